//! What is printed: pictures and pages that say in words what they show, and codes that a reader of codes reads.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

#[path = "common/badges.rs"]
mod badges;

use badges::{INSTRUMENT, RECORD, badge, badges as all_badges, language, now};
use skills_passport::credential::{Verifier, qr};
use skills_passport::paper::{Page, card, code, page, picture, speaks};
use skills_passport::passport::AssessmentRecord;
use skills_passport::profile::Evidence;

const ADDRESS: &str = "https://skills.example/verify";

/// The modules of a drawn code: its side, and whether each is dark.
fn modules(svg: &str) -> (usize, Vec<bool>) {
    let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let path = svg.split("<path d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut dark = vec![false; side * side];
    for run in path.split('M').skip(1) {
        let numbers: Vec<usize> = run.split([' ', 'h', 'v', 'z', '-']).filter_map(|part| part.parse().ok()).collect();
        let (x, y, length) = (numbers[0], numbers[1], numbers[2]);
        dark[y * side + x..y * side + x + length].fill(true);
    }
    (side, dark)
}

/// What a program that knows nothing of us reads from the picture, drawn four pixels a module.
fn read(svg: &str) -> String {
    const PIXELS: usize = 4;
    let (side, dark) = modules(svg);
    let is_dark = |x: usize, y: usize| dark[y / PIXELS * side + x / PIXELS];
    let mut image = rqrr::PreparedImage::prepare_from_bitmap(side * PIXELS, side * PIXELS, is_dark);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

#[test]
fn a_code_is_read_back_as_the_link_and_the_link_as_the_badge() {
    for badge in ["en", "fr"].into_iter().flat_map(all_badges) {
        let code = code(&badge, ADDRESS, &language("en")).unwrap();
        assert_eq!(read(&code.svg), code.link);
        let (address, fragment) = code.link.split_once('#').unwrap();
        assert_eq!(address, ADDRESS);
        let back = qr::decode(fragment).unwrap();
        assert_eq!(back, badge);
        assert!(Verifier { at: &now(), rdfc: None }.badge(&back, &[]).is_sound());
        println!("version {}", code.version);
        assert!(code.version <= 25, "{}", code.version);
        assert!(code.svg.contains("<title>") && code.svg.contains("<desc>"));
    }
}

#[test]
fn an_address_that_is_no_link_makes_no_code() {
    for address in
        ["http://a.example/", "https://a.example/#x", "https://a.example/\"><script>", "", "https://é.example/"]
    {
        assert_eq!(code(&badge(), address, &language("en")).unwrap_err().code(), "wrong-credential", "{address}");
    }
    assert_eq!(code(&badge(), ADDRESS, &language("de")).unwrap_err().code(), "no-such-language");
}

/// The record of the fixture, whose figures never change.
fn fixture() -> AssessmentRecord {
    let text = include_str!("fixtures/passport/1.0.0-two-assessments.json");
    skills_passport::passport::Passport::parse(text).unwrap().assessments().last().unwrap().clone()
}

#[test]
fn a_picture_says_what_it_shows() {
    let record = fixture();
    for tag in ["en", "fr"] {
        let svg = picture(&record.profile.areas, INSTRUMENT.framework(), &language(tag)).unwrap();
        insta::assert_snapshot!(format!("picture_{tag}"), svg);
    }
    let mut areas = record.profile.areas.clone();
    areas[0].estimate.evidence = Evidence::NotEnough;
    let svg = picture(&areas, INSTRUMENT.framework(), &language("en")).unwrap();
    assert!(svg.contains("not enough answers yet.") && svg.contains("class=\"unknown\""));
    assert_eq!(svg.matches("class=\"likely\"").count(), areas.len() - 1, "no level is named on too little");
}

#[test]
fn a_page_is_what_was_agreed_in_both_languages() {
    let record = fixture();
    for tag in ["en", "fr"] {
        let language = language(tag);
        let page = page(&Page {
            record: &record,
            framework: INSTRUMENT.framework(),
            language: &language,
            name: Some("Léa <Martin> & co"),
            date: "22.11.2026",
            code: None,
        });
        insta::assert_snapshot!(format!("page_{tag}"), page.unwrap());
    }
}

#[test]
fn nothing_of_anybodys_words_becomes_markup_and_nothing_is_fetched() {
    let language = language("fr");
    let code = code(&badge(), ADDRESS, &language).unwrap();
    let text = page(&Page {
        record: &RECORD,
        framework: INSTRUMENT.framework(),
        language: &language,
        name: Some("<script>alert(1)</script>\u{0}"),
        date: "\"><img src=x>",
        code: Some(&code),
    })
    .unwrap();
    assert!(!text.contains("<script") && !text.contains("<img") && !text.contains('\u{0}'));
    assert!(!text.contains("<link") && !text.contains("url(") && !text.contains("@import") && !text.contains("href"));
    let drawn = text.split("<svg ").find(|part| part.contains("crispEdges")).unwrap();
    let (_, dark) = modules(drawn);
    assert!(dark.iter().any(|dark| *dark), "the code is on the page");
}

#[test]
fn pages_are_written_in_two_languages() {
    assert!(speaks(&language("en")) && speaks(&language("fr")) && !speaks(&language("de")));
    assert_eq!(picture(&RECORD.profile.areas, INSTRUMENT.framework(), &language("de")), None);
}

#[test]
fn a_badge_that_was_changed_gets_no_picture() {
    let svg = card(&badge(), &now(), &language("en")).unwrap();
    assert!(svg.contains("<title") && svg.contains("not a certificate") && svg.contains("2026-11-22"));
    let mut changed = badge();
    changed["credentialSubject"]["result"][0]["value"] = "8".into();
    assert_eq!(card(&changed, &now(), &language("en")), None);
}
