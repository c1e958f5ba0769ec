//! The readers of all formats with the shipped tables.

use std::sync::LazyLock;

use skills_passport::framework::Framework;
use skills_passport::offers::import::{
    Concepts, Counts, Finding, Format, ImportError, Imported, Knowledge, Structures, read_offers,
};
use skills_passport::offers::{Offer, Tables};
use skills_passport_frameworks::Library;

pub(crate) static DIGCOMP: LazyLock<Framework> = LazyLock::new(|| Library::shipped().framework("digcomp@3.0").unwrap());

pub(crate) static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let library = Library::shipped();
    let mut tables = Tables::default();
    for name in
        ["lamednum-services-v1", "lamednum-services-v0", "data-inclusion-themes", "formacode", "educational-levels"]
    {
        tables.add(library.file(&format!("offers/{name}.json")).unwrap()).unwrap();
    }
    let old = library.framework("digcomp@2.2").unwrap().reference();
    let way = library.way(&old, &DIGCOMP).unwrap().unwrap();
    let concepts = Concepts::new(&DIGCOMP)
        .with_scheme(&DIGCOMP, &library.scheme("esco", &DIGCOMP).unwrap())
        .with_version(&old.version, way);
    Knowledge { tables, concepts, structures: Structures::default() }
});

/// Everything that a file gives; what is imported is checked to fit a catalogue, and the counts to be those of it.
pub(crate) fn read(format: Format, bytes: &[u8]) -> Result<(Counts, Vec<Offer>, Vec<Finding>), ImportError> {
    let (mut offers, mut findings, mut counted) = (Vec::new(), Vec::new(), Counts::default());
    let result = read_offers(format, bytes, "the file", &KNOWLEDGE, &mut |read| {
        counted.add(&read);
        match read {
            Imported::Offer(offer, found) => {
                offer.check(DIGCOMP.competences(), "").unwrap();
                offers.push(*offer);
                findings.extend(found);
            }
            Imported::Refused(found) => {
                assert!(!found.is_empty(), "refused without a reason");
                findings.extend(found);
            }
        }
    });
    result.map(|counts| {
        assert_eq!(counts, counted);
        (counts, offers, findings)
    })
}

pub(crate) fn described(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {} {}", finding.row, finding.column, finding.reason.code())).collect()
}
