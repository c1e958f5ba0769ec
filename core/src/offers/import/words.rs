//! Words for the vocabularies of offers that more than one format has.

use super::sort_once;
use crate::offers::{Audience, Modality};

/// People by the words of data.inclusion; none for everybody.
pub(super) const PUBLICS: &[(&str, Option<Audience>)] = &[
    ("tous-publics", None),
    ("actifs", Some(Audience::Workers)),
    ("beneficiaires-des-minimas-sociaux", Some(Audience::MinimumIncome)),
    ("demandeurs-emploi", Some(Audience::JobSeekers)),
    ("etudiants", Some(Audience::Students)),
    ("familles", Some(Audience::Families)),
    ("femmes", Some(Audience::Women)),
    ("jeunes", Some(Audience::Youth)),
    ("personnes-en-situation-de-handicap", Some(Audience::Disabled)),
    ("personnes-en-situation-durgence", Some(Audience::Emergency)),
    ("personnes-en-situation-juridique-specifique", Some(Audience::Legal)),
    ("personnes-exilees", Some(Audience::Exiled)),
    ("residents-qpv-frr", Some(Audience::PriorityAreas)),
    ("seniors", Some(Audience::Seniors)),
];

/// Modalities once each, in their order.
pub(super) fn modalities(mut found: Vec<Modality>) -> Vec<Modality> {
    sort_once(&mut found);
    found
}

/// The only people that it is for: nobody in particular where one of the words means everybody.
pub(super) fn audiences(found: Vec<Option<Audience>>) -> Vec<Audience> {
    let all: Option<Vec<Audience>> = found.into_iter().collect();
    let mut some = all.unwrap_or_default();
    sort_once(&mut some);
    some
}
