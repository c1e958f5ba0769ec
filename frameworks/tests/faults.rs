//! A mistake in the files is named with the file and the place in it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

use serde_json::{Value, json};
use skills_passport_frameworks::{Library, LoadError, packs};

const BANK: &str = "banks/general/0.2.0/bank.json";
const ITEMS: &str = "banks/general/0.2.0/items/1.1.json";
const OTHER_ITEMS: &str = "banks/general/0.2.0/items/1.2.json";
const ENGLISH: &str = "banks/general/0.2.0/text/en/1.1.json";
const FRENCH: &str = "banks/general/0.2.0/text/fr/1.1.json";
const OTHER_FRENCH: &str = "banks/general/0.2.0/text/fr/1.2.json";
const FRENCH_SCALES: &str = "banks/general/0.2.0/text/fr/bank.json";
const FRAMEWORK: &str = "digcomp/3.0/framework.json";
const FRAMEWORK_FRENCH: &str = "digcomp/3.0/text/fr.json";
const OUTCOMES: &str = "digcomp/3.0/outcomes.json";
const CROSSWALK: &str = "crosswalks/digcomp-3.0--digcomp-2.2.json";

/// The shipped library with a file changed.
fn with(path: &str, change: impl FnOnce(&mut Value)) -> Library {
    let library = Library::shipped();
    let mut file: Value = serde_json::from_str(library.file(path).unwrap()).unwrap();
    change(&mut file);
    // Indented as people write it.
    let text = serde_json::to_string_pretty(&file).unwrap();
    library.with(path, Some(text))
}

fn without(path: &str) -> Library {
    assert!(Library::shipped().file(path).is_some(), "{path}");
    Library::shipped().with(path, None)
}

/// The shipped library with a file cut off in the middle.
fn cut_off(path: &str) -> Library {
    let library = Library::shipped();
    let text = library.file(path).unwrap();
    let half: String = text.chars().take(text.chars().count() / 2).collect();
    library.with(path, Some(half))
}

fn remove(value: &mut Value, member: &str) {
    value.as_object_mut().unwrap().remove(member).unwrap();
}

/// The first fault found when the bank is measured in each framework, and when everything is packed.
fn fault(library: &Library) -> Option<LoadError> {
    let measured = ["digcomp@3.0", "digcomp@2.2"].map(|name| library.instrument(name, "general").err());
    measured.into_iter().flatten().next().or_else(|| packs(library).err())
}

/// A name for the mistake, and how to make it.
type Mistake = (&'static str, fn() -> Library);

fn messages(mistakes: &[Mistake]) -> String {
    let message = |(name, make): &Mistake| {
        let message = fault(&make()).map_or_else(|| "NOT REFUSED".to_owned(), |error| error.to_string());
        format!("{name}\n    {message}\n")
    };
    mistakes.iter().map(message).collect()
}

const MISTAKES: &[Mistake] = &[
    ("items of an unknown competence", || with(ITEMS, |file| file["competence"] = "1.9".into())),
    ("outcome that does not exist", || with(ITEMS, |file| file["items"][0]["outcomes"] = json!(["LO1.1.99"]))),
    ("outcome of another competence", || with(ITEMS, |file| file["items"][0]["outcomes"] = json!(["LO1.2.01"]))),
    ("outcome of another level", || with(ITEMS, |file| file["items"][0]["level"] = 7.into())),
    ("right option that does not exist", || with(ITEMS, |file| file["items"][1]["right"] = "e".into())),
    ("scale that does not exist", || with(ITEMS, |file| file["items"][0]["scale"] = "mood".into())),
    ("thresholds that fall", || with(ITEMS, |file| file["items"][0]["thresholds"] = json!([700, 3500, 2000]))),
    ("item twice in a file", || with(ITEMS, |file| file["items"][1]["id"] = "1.1-01".into())),
    ("item twice in two files", || with(OTHER_ITEMS, |file| file["items"][0]["id"] = "1.1-01".into())),
    ("misspelt member", || with(ITEMS, |file| file["items"][2]["treshold"] = 1.into())),
    ("text for a number", || with(ITEMS, |file| file["items"][3]["location"] = "5600".into())),
    ("model that does not add up", || with(BANK, |file| file["model"]["general"] = 600.into())),
    ("bank for another framework", || with(BANK, |file| file["framework"]["version"] = "3.1.0".into())),
    ("language without a file of items", || without(FRENCH)),
    ("item without text in one language", || with(FRENCH, |file| remove(file, "1.1-03"))),
    ("option without text in one language", || with(ENGLISH, |file| remove(&mut file["1.1-02"]["options"], "c"))),
    ("empty explanation", || with(FRENCH, |file| file["1.1-04"]["explanation"] = " ".into())),
    ("number for a text", || with(FRENCH, |file| file["1.1-02"]["stem"] = 5.into())),
    ("text of no item", || with(FRENCH, |file| file["1.1-99"] = file["1.1-01"].clone())),
    ("text of an item in a second file", || {
        with(OTHER_FRENCH, |file| file["1.1-01"] = json!({ "stem": "Je sais.", "explanation": "C’est utile." }))
    }),
    ("item that names its competence again", || with(ITEMS, |file| file["items"][1]["competence"] = "1.1".into())),
    ("member twice", || {
        let library = Library::shipped();
        let text = library.file(FRENCH).unwrap().replacen("1.1-02", "1.1-01", 1);
        library.with(FRENCH, Some(text))
    }),
    ("scale without text", || with(FRENCH_SCALES, |file| remove(&mut file["scales"], "attitude"))),
    ("answer of a scale left out", || {
        with(FRENCH_SCALES, |file| file["scales"]["skill"]["answers"] = json!(["Non", "Oui"]))
    }),
    ("items file cut off", || cut_off(ITEMS)),
    ("text file cut off", || cut_off(FRENCH)),
    ("bank cut off", || cut_off(BANK)),
    ("framework cut off", || cut_off(FRAMEWORK)),
    ("competence twice", || with(FRAMEWORK, |file| file["areas"][1]["competences"][0] = "1.1".into())),
    ("level left out", || with(FRAMEWORK, |file| file["broadLevels"][0]["levels"] = json!([1]))),
    ("competence without text", || with(FRAMEWORK_FRENCH, |file| remove(&mut file["competences"], "4.2"))),
    ("descriptor left out", || {
        with(FRAMEWORK_FRENCH, |file| remove(&mut file["competences"]["4.2"]["descriptors"], "advanced"))
    }),
    ("description left out", || with(FRAMEWORK_FRENCH, |file| remove(&mut file["competences"]["4.2"], "description"))),
    ("number for a name", || with(FRAMEWORK_FRENCH, |file| file["areas"]["2"]["name"] = 2.into())),
    ("outcome twice", || with(OUTCOMES, |file| file["outcomes"]["1.2"][0]["id"] = "LO1.1.01".into())),
    ("outcome of an unknown level", || with(OUTCOMES, |file| file["outcomes"]["1.1"][0]["level"] = "expert".into())),
    ("crosswalk left out", || without(CROSSWALK)),
    ("crosswalk to an unknown competence", || with(CROSSWALK, |file| file["mappings"][0]["to"] = "9.9".into())),
    ("crosswalk that leaves a competence out", || {
        with(CROSSWALK, |file| {
            file["mappings"].as_array_mut().unwrap().remove(0);
        })
    }),
];

#[test]
fn mistakes_are_named_with_file_and_place() {
    insta::assert_snapshot!(messages(MISTAKES));
}

#[test]
fn a_library_without_mistakes_has_none() {
    assert_eq!(fault(&with(ITEMS, |_| ())), None);
}

#[test]
fn a_mistake_has_the_code_of_its_kind() {
    for (library, code) in [
        (with(ITEMS, |file| file["items"][0]["slope"] = 0.into()), "invalid-bank"),
        (with(FRAMEWORK, |file| file["areas"] = json!([])), "invalid-framework"),
        (with(FRENCH, |file| file["1.1-01"] = 5.into()), "wrong-shape"),
        (cut_off(FRENCH), "not-json"),
        (without(CROSSWALK), "not-found"),
    ] {
        let error = fault(&library).unwrap();
        assert_eq!(error.code(), code, "{error}");
    }
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let library = Library::shipped();
    let errors: Vec<String> = ["digcomp@4", "digcomp@2.2.9", "digcomp@two", "esco"]
        .iter()
        .map(|name| library.framework(name).unwrap_err().to_string())
        .chain([library.instrument("digcomp", "special").unwrap_err().to_string()])
        .collect();
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn a_version_may_be_cut_short_or_left_out() {
    let library = Library::shipped();
    for (name, version) in [
        ("digcomp", "3.0.0"),
        ("digcomp@3", "3.0.0"),
        ("digcomp@3.0", "3.0.0"),
        ("digcomp@3.0.0", "3.0.0"),
        ("digcomp@2", "2.2.0"),
        ("digcomp@2.2", "2.2.0"),
    ] {
        assert_eq!(library.framework(name).unwrap().reference().version.to_string(), version, "{name}");
    }
}

#[test]
fn the_folder_of_the_crate_is_what_is_shipped() {
    let folder = Library::folder(env!("CARGO_MANIFEST_DIR").as_ref()).unwrap();
    assert_eq!(packs(&folder).unwrap(), packs(&Library::shipped()).unwrap());
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let error = Library::folder("no/such/folder".as_ref()).unwrap_err();
    assert_eq!((error.code(), error.file.as_str()), ("unreadable", "no/such/folder"));
}
