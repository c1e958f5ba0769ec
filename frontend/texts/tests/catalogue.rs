//! Folders of texts, whole and with faults.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use std::fs;
use std::path::{Path, PathBuf};

use skills_passport_texts::{Catalogue, Part, TextError};

/// A folder of the test's own, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("skills-passport-texts-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        let folder = Self(path);
        folder.language("en", r#""plurals": ["one", "other"], "complete": true"#);
        folder
            .write("en/start.json", r#"{ "hello": "Hello {name}", "left_one": "{n} left", "left_other": "{n} left" }"#);
        folder.write("en/late.json", r#"{ "bye": "Bye", "error_other": "Oops" }"#);
        folder
    }

    fn language(&self, tag: &str, more: &str) {
        let head = format!(r#"{{ "name": "{tag}", "locale": "{tag}", "direction": "ltr", {more} }}"#);
        self.write(&format!("{tag}/language.json"), &head);
        for part in Part::ALL {
            self.write(&format!("{tag}/{}.json", part.name()), "{}");
        }
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self) -> Result<Catalogue, TextError> {
        Catalogue::read(&self.0)
    }

    fn packed(&self, name: &str) -> String {
        self.read().unwrap().packed().into_iter().find(|file| file.name == name).unwrap().content
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_shipped_texts_are_without_fault_and_french_and_english_are_complete() {
    let catalogue = Catalogue::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../text")).unwrap();
    let complete: Vec<_> =
        catalogue.languages().filter(|(_, language)| language.complete).map(|(tag, _)| tag).collect();
    assert_eq!(complete, ["en", "fr"]);
    assert!(catalogue.gaps().iter().all(|gap| !complete.contains(&gap.language.as_str())));
}

#[test]
fn a_packed_file_has_one_text_a_line_in_the_order_of_the_keys() {
    let folder = Folder::new("packed");
    let content = folder.packed("ui.en.start.txt");
    let digest = folder.read().unwrap().digest();
    assert_eq!(content, format!("texts-1 en start {digest} en ltr read\nHello {{name}}\n{{n}} left\n{{n}} left\n"));
}

#[test]
fn what_a_language_lacks_is_said_in_english_and_listed() {
    let folder = Folder::new("gaps");
    folder.language("ar", r#""plurals": ["one", "few", "other"], "draft": true"#);
    folder.write("ar/start.json", r#"{ "left_one": "wahid", "left_few": "{n} few", "left_other": "{n} other" }"#);
    let content = folder.packed("ui.ar.start.txt");
    assert!(content.ends_with("draft\nHello {name}\nwahid\n{n} other\tfew\t{n} few\n"), "{content}");
    let gaps: Vec<_> = folder.read().unwrap().gaps().into_iter().map(|gap| (gap.part, gap.key)).collect();
    assert_eq!(
        gaps,
        [(Part::Start, "hello".to_owned()), (Part::Late, "bye".to_owned()), (Part::Late, "error_other".to_owned())]
    );
}

#[test]
fn a_missing_plural_form_is_a_gap() {
    let folder = Folder::new("plural");
    folder.language("ar", r#""plurals": ["one", "two", "other"]"#);
    folder.write("ar/start.json", r#"{ "hello": "{name}", "left_one": "a", "left_other": "{n}" }"#);
    folder.write("ar/late.json", r#"{ "bye": "b", "error_other": "no form of a number" }"#);
    let gaps = folder.read().unwrap().gaps();
    assert_eq!(gaps.iter().map(|gap| gap.key.as_str()).collect::<Vec<_>>(), ["left_two"]);
}

#[test]
fn a_variant_says_what_it_says_and_its_language_says_the_rest() {
    let folder = Folder::new("variant");
    folder.language("en-easy", r#""plurals": ["one", "other"], "style": "easy""#);
    folder.write("en-easy/late.json", r#"{ "bye": "See you" }"#);
    assert!(folder.packed("ui.en-easy.late.txt").ends_with("\nSee you\nOops\n"));
    assert!(folder.packed("ui.en-easy.start.txt").contains("\nHello {name}\n"));
    let catalogue = folder.read().unwrap();
    assert!(catalogue.gaps().is_empty());
    assert_eq!(catalogue.element_words().as_object().unwrap().len(), 1, "a variant is no language to choose");
}

#[test]
fn another_set_of_texts_has_another_digest() {
    let folder = Folder::new("digest");
    let before = folder.read().unwrap().digest();
    folder.write("en/late.json", r#"{ "bye": "Good bye", "error_other": "Oops" }"#);
    assert_eq!(folder.read().unwrap().digest(), before);
    folder.write("en/late.json", r#"{ "bye": "Bye", "again": "Again" }"#);
    assert_ne!(folder.read().unwrap().digest(), before);
}

#[test]
fn faults_are_named_with_file_and_key() {
    type Spoil = fn(&Folder);
    let cases: [(&str, Spoil); 9] = [
        ("fr/start.json: `hello` has other {placeholders} than in English", |folder| {
            folder.write("fr/start.json", r#"{ "hello": "Bonjour {nom}" }"#);
        }),
        ("fr/late.json: `by` is not in the English file; add it there, or correct its name", |folder| {
            folder.write("fr/late.json", r#"{ "by": "Au revoir" }"#);
        }),
        ("fr/late.json: `bye` is empty", |folder| folder.write("fr/late.json", r#"{ "bye": " " }"#)),
        ("fr/late.json: `bye` has a line break or a tab; a text is one line", |folder| {
            folder.write("fr/late.json", r#"{ "bye": "Au\nrevoir" }"#);
        }),
        ("fr/late.json is missing", |folder| fs::remove_file(folder.0.join("fr/late.json")).unwrap()),
        ("fr/start.json: `hello` is missing; this language is declared complete", |folder| {
            folder.language("fr", r#""plurals": ["one", "other"], "complete": true"#);
        }),
        ("fr/late.json: expected value at line 1 column 1", |folder| folder.write("fr/late.json", "oops")),
        ("en/language.json is missing", |folder| fs::remove_file(folder.0.join("en/language.json")).unwrap()),
        (
            "es-easy/language.json: a folder with a hyphen is a variant of the language before it, which has to exist, and \
             names its `style`; a language has none",
            |folder| folder.language("es-easy", r#""plurals": ["other"], "style": "easy""#),
        ),
    ];
    for (number, (message, spoil)) in cases.into_iter().enumerate() {
        let folder = Folder::new(&format!("fault-{number}"));
        folder.language("fr", r#""plurals": ["one", "other"]"#);
        spoil(&folder);
        assert_eq!(folder.read().unwrap_err().to_string(), message);
    }
}
