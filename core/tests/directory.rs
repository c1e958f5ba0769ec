//! The national map: links say what was chosen for them and nothing else, and its themes are those of the tables.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use skills_passport::directory::{Directory, Spot};
use skills_passport::json::JsonError;
use skills_passport::offers::{Coordinates, Tables};
use skills_passport::profile::Profile;

const MAP: &str = include_str!("../../frameworks/offers/national-map.json");
const SERVICES: &str = include_str!("../../frameworks/offers/lamednum-services-v1.json");

fn map() -> Directory {
    Directory::parse(MAP).unwrap()
}

fn tables() -> Tables {
    let mut tables = Tables::default();
    tables.add(SERVICES).unwrap();
    tables
}

fn profile(competence: &str, level: u8, evidence: &str) -> Profile {
    let estimate = serde_json::json!({
        "median": u32::from(level) * 1000, "standardError": 500, "low": 0, "high": 8000, "level": level, "lowestLevel": 1,
        "highestLevel": 8, "probabilities": [125, 125, 125, 125, 125, 125, 125, 125], "answers": 3, "evidence": evidence,
    });
    serde_json::from_value(serde_json::json!({
        "competences": [{ "competence": competence, "estimate": estimate }], "areas": [], "overall": estimate,
        "strengths": [], "gaps": [], "provisional": true, "answered": 20,
    }))
    .unwrap()
}

#[test]
fn every_theme_stands_in_the_table_and_has_its_label_in_both_languages() {
    let (map, tables) = (map(), tables());
    for theme in &map.themes {
        assert!(
            tables.entry(&map.vocabulary, &theme.code).is_some_and(|entry| entry.code == theme.code),
            "{}",
            theme.code
        );
        for language in ["en", "fr"] {
            assert_ne!(theme.label(language), "", "{}", theme.code);
        }
        assert_eq!(theme.label("xx"), theme.code);
    }
    let teaching = tables.entries(&map.vocabulary).filter(|entry| !entry.targets.is_empty());
    assert_eq!(teaching.count(), map.themes.len(), "every service that teaches something");
}

#[test]
fn a_link_carries_the_theme_and_the_place_that_were_chosen() {
    let map = map();
    let theme = &map.themes[1];
    let link = |theme, spot| map.link(theme, spot).strip_prefix(&map.address).unwrap().to_owned();
    assert_eq!(link(None, Spot::Anywhere), "");
    assert_eq!(link(None, Spot::Postcode("here")), "");
    assert_eq!(link(Some(theme), Spot::Anywhere), "?services=Utilisation%20s%C3%A9curis%C3%A9e%20du%20num%C3%A9rique");
    assert_eq!(link(None, Spot::Postcode("16140")), "?territoire_type=departements&territoires=16");
    let point = Coordinates::new(45_952_791, -8_588).unwrap();
    assert_eq!(link(None, Spot::Around(point)), "?latitude=45.95&longitude=-0.01&zoom=11");
    assert!(link(Some(theme), Spot::Around(point)).contains("num%C3%A9rique&latitude=45.95"));
}

#[test]
fn themes_are_offered_at_the_learners_level_and_on_enough_evidence_only() {
    let (map, tables) = (map(), tables());
    let codes = |profile: &Profile| -> Vec<String> {
        map.themes_for(profile, &tables).into_iter().map(|theme| theme.code.clone()).collect()
    };
    assert_eq!(codes(&profile("4.2", 2, "measured")), ["Utilisation sécurisée du numérique"]);
    assert!(codes(&profile("4.2", 3, "measured")).is_empty());
    assert!(codes(&profile("4.2", 2, "not-enough")).is_empty());
}

#[test]
fn an_address_that_is_not_secure_is_refused_with_its_place() {
    for address in ["http://example.org/", "javascript:alert(1)", "https://example.org/?a=1"] {
        let text = MAP.replace("https://cartographie.societenumerique.gouv.fr/", address);
        let error = Directory::parse(&text).unwrap_err();
        assert!(matches!(&error, JsonError::Shape { path, .. } if path == "/address"), "{error}");
    }
}
