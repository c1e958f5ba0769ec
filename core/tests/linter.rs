//! The item linter: a sound bank passes, and every rule finds its fault.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod common;

use std::collections::BTreeSet;

use common::Parts;
use serde_json::{Value, json};
use skills_passport::bank::lint::{Finding, Rule, lint};

const WHY: &str = "The label says what the room is for. The colour may please, yet it says nothing. The door is near, \
                   and the noise is a matter of the hour.";
const POURQUOI: &str = "L’affiche dit à quoi sert la pièce. La couleur plaît, mais elle ne dit rien. La porte est proche, \
                        et le bruit change avec l’heure.";

/// A statement, a choice, a multiple choice, an ordering and a matching, in English and French, without fault.
fn sound() -> Parts {
    let mut parts = Parts::tiny();
    let item = |id: &str, kind: &str, rest: Value| {
        let mut item = json!({
            "id": id, "competence": "A.1", "kind": kind, "level": 2, "outcomes": ["A.1-low"], "seconds": 30,
            "slope": 1000, "locationSd": 500,
        });
        item.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        item
    };
    parts.bank["items"] = json!([
        item("A.1-01", "graded", json!({ "scale": "skill", "thresholds": [1000, 2000, 3000] })),
        item("A.1-02", "choice", json!({ "options": ["a", "b", "c", "d"], "right": "a", "location": 2000 })),
        item("A.1-03", "multiple", json!({ "options": ["a", "b", "c", "d"], "rights": ["a", "c"], "location": 2000 })),
        item(
            "A.1-04",
            "ordering",
            json!({ "options": ["a", "b", "c", "d"], "order": ["d", "c", "a", "b"], "steps": [1500, 2500] })
        ),
        item(
            "A.1-05",
            "matching",
            json!({ "options": ["a", "b", "c"], "targets": ["x", "y"], "matches": { "a": "x", "b": "y", "c": "x" }, "steps": [1500, 2500] })
        ),
    ]);
    let picture = |words: [&str; 2]| {
        json!({ "kind": "email", "parts": [
            { "role": "from", "text": words[0], "detail": "desk@library.example" },
            { "role": "text", "text": words[1] },
        ] })
    };
    parts.bank_texts[0]["items"] = json!({
        "A.1-01": { "stem": "I can find a room in a house by its label.", "explanation": WHY },
        "A.1-02": {
            "situation": "You look for room 12. The hall has many doors.",
            "picture": picture(["The library", "Your room is ready from 3 pm on."]),
            "stem": "What shows you best which room is yours?",
            "options": { "a": "The label on its door", "b": "The colour of its walls", "c": "The way that is shortest", "d": "The noise from inside" },
            "explanation": WHY,
        },
        "A.1-03": {
            "stem": "Which two things help you find a book?",
            "options": { "a": "The name of its author", "b": "The size of the shelf", "c": "The words of its title", "d": "The age of the house" },
            "explanation": WHY,
        },
        "A.1-04": {
            "stem": "In which order do you borrow a story?",
            "options": { "a": "Show your card", "b": "Read at home", "c": "Choose a book", "d": "Enter the hall" },
            "explanation": WHY,
        },
        "A.1-05": {
            "stem": "Where does each thing belong?",
            "options": { "a": "A novel", "b": "A map", "c": "A poem" },
            "targets": { "x": "Stories", "y": "Travel" },
            "explanation": WHY,
        },
    });
    let mut french = parts.bank_texts[0].clone();
    french["language"] = "fr".into();
    french["items"] = json!({
        "A.1-01": { "stem": "Je sais trouver une pièce grâce à son affiche.", "explanation": POURQUOI },
        "A.1-02": {
            "situation": "Vous cherchez la salle 12. Il y a beaucoup de portes.",
            "picture": picture(["La salle", "Votre place est prête dès 15\u{a0}h."]),
            "stem": "Qu’est-ce qui vous montre le mieux votre salle\u{202f}?",
            "options": { "a": "L’affiche sur la porte", "b": "La couleur des murs clairs", "c": "Le chemin le plus court", "d": "Le bruit qui en vient" },
            "explanation": POURQUOI,
        },
        "A.1-03": {
            "stem": "Quelles sont les deux choses qui aident à trouver un livre\u{202f}?",
            "options": { "a": "Le nom de son auteur", "b": "La taille du meuble", "c": "Les mots de son titre", "d": "L’âge de la maison" },
            "explanation": POURQUOI,
        },
        "A.1-04": {
            "stem": "Dans quel ordre emprunter un roman\u{202f}?",
            "options": { "a": "Montrer sa carte", "b": "Lire chez soi", "c": "Choisir un livre", "d": "Entrer" },
            "explanation": POURQUOI,
        },
        "A.1-05": {
            "stem": "Où va chaque chose\u{202f}?",
            "options": { "a": "Un roman", "b": "Un plan", "c": "Un poème" },
            "targets": { "x": "Histoires", "y": "Voyages" },
            "explanation": POURQUOI,
        },
    });
    parts.bank_texts.push(french);
    parts
}

fn findings(parts: &Parts) -> Vec<Finding> {
    lint(parts.load().unwrap().bank()).unwrap()
}

fn changed(change: impl Fn(&mut Parts)) -> Vec<Finding> {
    let mut parts = sound();
    change(&mut parts);
    findings(&parts)
}

fn english(parts: &mut Parts, item: u8) -> &mut Value {
    &mut parts.bank_texts[0]["items"][format!("A.1-0{item}")]
}

fn french(parts: &mut Parts, item: u8) -> &mut Value {
    &mut parts.bank_texts[1]["items"][format!("A.1-0{item}")]
}

/// The choice so often that shares mean something, with a right answer that `right` places.
fn many_choices(parts: &mut Parts, right: impl Fn(usize) -> &'static str, label: impl Fn(usize, &str) -> String) {
    let item = parts.bank["items"][1].clone();
    for number in 0..40 {
        let id = format!("A.1-1{number:02}");
        let mut copy = item.clone();
        copy["id"] = id.as_str().into();
        copy["right"] = right(number).into();
        parts.bank["items"].as_array_mut().unwrap().push(copy);
        for texts in &mut parts.bank_texts {
            let mut text = texts["items"]["A.1-02"].clone();
            for (position, option) in ["a", "b", "c", "d"].into_iter().enumerate() {
                text["options"][option] = label(position, right(number)).into();
            }
            let word = |step: usize| ["stone", "river", "cloud", "paper", "light"][number / step % 5];
            text["situation"] = format!("Look at {}{} and {}{}.", word(1), word(5), word(5), number).into();
            text["stem"] = format!("Which {}{}{} is it?", word(25), word(1), word(5)).into();
            text.as_object_mut().unwrap().remove("picture");
            texts["items"][&id] = text;
        }
    }
}

#[test]
fn a_sound_bank_has_no_finding() {
    assert_eq!(findings(&sound()), []);
}

type Change = fn(&mut Parts);

/// A change for each rule, and the item and language that it is found at.
const BROKEN: &[(Rule, &str, &str, Change)] = &[
    (Rule::LongestRight, "A.1-02", "en", |parts| {
        english(parts, 2)["options"]["a"] = "The label on its door at the end of the hall".into();
    }),
    (Rule::OnlyRightHedges, "A.1-02", "en", |parts| {
        english(parts, 2)["options"]["a"] = "Often the door label".into();
    }),
    (Rule::OnlyRightExample, "A.1-02", "fr", |parts| {
        french(parts, 2)["options"]["a"] = "La porte (l’affiche)".into();
    }),
    (Rule::OnlyRightClauses, "A.1-02", "en", |parts| {
        english(parts, 2)["options"]["a"] = "A label, on its door".into();
    }),
    (Rule::OnlyRightPolicy, "A.1-02", "en", |parts| {
        english(parts, 2)["options"]["a"] = "Ethical door labels".into();
    }),
    (Rule::AbsolutesOnlyWrong, "A.1-02", "fr", |parts| {
        french(parts, 2)["options"]["b"] = "Toujours la couleur".into();
    }),
    (Rule::SameOption, "A.1-04", "en", |parts| english(parts, 4)["options"]["b"] = "Show your card".into()),
    (Rule::AllOrNone, "A.1-02", "en", |parts| english(parts, 2)["options"]["d"] = "All of the above".into()),
    (Rule::HowMany, "A.1-03", "fr", |parts| {
        french(parts, 3)["stem"] = "Qu’est-ce qui aide à trouver un livre\u{202f}?".into();
    }),
    (Rule::OrderShown, "A.1-04", "", |parts| parts.bank["items"][3]["order"] = json!(["a", "c", "b", "d"])),
    (Rule::OneToOne, "A.1-05", "", |parts| {
        parts.bank["items"][4]["targets"] = json!(["x", "y", "z"]);
        parts.bank["items"][4]["matches"]["c"] = "z".into();
        english(parts, 5)["targets"]["z"] = "Verse".into();
        french(parts, 5)["targets"]["z"] = "Vers".into();
    }),
    (Rule::OptionCount, "A.1-03", "", |parts| {
        parts.bank["items"][2]["options"] = json!(["a", "b", "c"]);
        for texts in &mut parts.bank_texts {
            texts["items"]["A.1-03"]["options"].as_object_mut().unwrap().remove("d");
        }
    }),
    (Rule::FarFromLevel, "A.1-02", "", |parts| parts.bank["items"][1]["location"] = 3000.into()),
    (Rule::Negation, "A.1-02", "fr", |parts| {
        french(parts, 2)["stem"] = "Qu’est-ce qui n’aide pas\u{202f}?".into();
    }),
    (Rule::SentenceLength, "A.1-01", "en", |parts| {
        let words = "I can find a room in a big old house by the label that is on the door of it.";
        english(parts, 1)["stem"] = words.into();
    }),
    (Rule::Readability, "A.1-01", "en", |parts| {
        let words = "Administrative documentation necessitates considerable organisational familiarity. ".repeat(2);
        english(parts, 1)["explanation"] = words.trim_end().into();
    }),
    (Rule::TooLong, "A.1-05", "en", |parts| {
        english(parts, 5)["targets"]["x"] = "Stories that somebody has made up to please others".into();
    }),
    (Rule::ShortExplanation, "A.1-01", "en", |parts| english(parts, 1)["explanation"] = "It helps.".into()),
    (Rule::StemEnd, "A.1-01", "en", |parts| english(parts, 1)["stem"] = "I can find a room".into()),
    (Rule::Letters, "A.1-02", "en", |parts| {
        english(parts, 2)["explanation"] = format!("{WHY} Option B is wrong.").into();
    }),
    (Rule::Term, "A.1-01", "en", |parts| english(parts, 1)["stem"] = "I can read an e-mail.".into()),
    (Rule::Brand, "A.1-01", "fr", |parts| french(parts, 1)["stem"] = "Je sais utiliser Facebook.".into()),
    (Rule::Address, "A.1-02", "fr", |parts| {
        french(parts, 2)["picture"]["parts"][0]["detail"] = "lire@livres.fr".into();
    }),
    (Rule::Informal, "A.1-01", "fr", |parts| french(parts, 1)["stem"] = "Je sais où tu es.".into()),
    (Rule::Typography, "A.1-02", "fr", |parts| french(parts, 2)["stem"] = "Quelle salle ?".into()),
    (Rule::PictureRepeated, "A.1-02", "en", |parts| {
        english(parts, 2)["situation"] = "Room 12: Your room is ready from 3 pm on. Where is it?".into();
    }),
    (Rule::NearDuplicate, "A.1-05", "en", |parts| {
        english(parts, 4)["stem"] = "Where does each thing belong, kitchen, garden, cellar?".into();
        english(parts, 5)["stem"] = "Where does each thing belong, garden, cellar, kitchen?".into();
    }),
    (Rule::Parts, "A.1-03", "fr", |parts| english(parts, 3)["situation"] = "You are in a library.".into()),
    (Rule::Numbers, "A.1-02", "fr", |parts| {
        french(parts, 2)["situation"] = "Vous cherchez la salle 21. Il y a beaucoup de portes.".into();
    }),
];

#[test]
fn each_rule_finds_its_fault_and_no_other_does() {
    for (rule, item, language, change) in BROKEN {
        let found = changed(change);
        let places: Vec<_> = found
            .iter()
            // A word may be long, old and wrong at once; what matters is that the rule found it, and where.
            .filter(|finding| finding.rule == *rule)
            .map(|finding| {
                let item = finding.item.as_ref().map_or("", |item| item.as_str());
                (item, finding.language.as_ref().map_or("", |language| language.as_str()))
            })
            .collect();
        assert_eq!(places, [(*item, *language)], "{rule:?}: {found:#?}");
        let others: BTreeSet<_> =
            found.iter().filter(|finding| finding.rule != *rule).map(|finding| finding.rule).collect();
        let expected: &[Rule] = match rule {
            // Long sentences are hard to read too.
            Rule::SentenceLength | Rule::Readability => &[Rule::Readability, Rule::SentenceLength],
            // What one language repeats, the other does not.
            Rule::PictureRepeated => &[Rule::Numbers],
            _ => &[],
        };
        assert!(others.iter().all(|other| expected.contains(other)), "{rule:?}: {found:#?}");
    }
}

#[test]
fn right_answers_at_one_position_are_found() {
    let label = |position: usize, _: &str| {
        ["This one here", "That one there", "Some other one", "The last of all"][position].to_owned()
    };
    let spread = |number: usize| ["a", "b", "c", "d"][number % 4];
    let balanced = changed(|parts| many_choices(parts, spread, label));
    assert!(!balanced.iter().any(|finding| finding.rule == Rule::Positions), "{balanced:#?}");
    let found = changed(|parts| many_choices(parts, |_| "b", label));
    let whats: Vec<_> =
        found.iter().filter(|finding| finding.rule == Rule::Positions).map(|finding| &finding.what).collect();
    assert!(whats[0].contains("40 of 41 right answers are option 2"), "{whats:?}");
}

#[test]
fn a_right_option_that_is_mostly_the_longest_is_found() {
    let label = |position: usize, right: &str| {
        let own = ["a", "b", "c", "d"][position] == right;
        ["This one", "That one", "Another", "The last"][position].to_owned() + if own { " s" } else { "" }
    };
    let found = changed(|parts| many_choices(parts, |number| ["a", "b", "c", "d"][number % 4], label));
    let languages: Vec<_> = found
        .iter()
        .filter(|finding| finding.rule == Rule::LongestOftenRight)
        .map(|finding| finding.language.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(languages, ["en", "fr"], "{found:#?}");
}

#[test]
fn a_language_without_word_lists_is_said_to_be_looked_at_in_part() {
    let found = changed(|parts| parts.bank_texts[1]["language"] = "de".into());
    assert!(found.iter().any(|finding| finding.rule == Rule::NoWords));
}

#[test]
fn every_rule_has_a_test() {
    let tested: BTreeSet<Rule> = BROKEN.iter().map(|(rule, ..)| *rule).collect();
    let others = [Rule::Positions, Rule::LongestOftenRight, Rule::NoWords];
    assert!(Rule::ALL.iter().all(|rule| tested.contains(rule) || others.contains(rule)));
    let codes: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
    assert_eq!(codes.len(), Rule::ALL.len());
}

#[test]
fn findings_come_in_the_order_of_the_items() {
    let found = changed(|parts| {
        for item in [4, 1, 3] {
            english(parts, item)["explanation"] = "Short.".into();
        }
    });
    let items: Vec<_> = found.iter().map(|finding| finding.item.as_ref().unwrap().as_str()).collect();
    assert_eq!(items, ["A.1-01", "A.1-03", "A.1-04"]);
}

#[test]
fn a_finding_says_what_is_wrong_and_what_to_do() {
    let found = changed(|parts| english(parts, 1)["stem"] = "I can read an e-mail.".into());
    insta::assert_json_snapshot!(found);
}
