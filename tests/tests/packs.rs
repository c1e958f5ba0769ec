//! What travels to a browser measures like the files it was made from.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use serde_json::json;
use skills_passport::assessment::Assessment;
use skills_passport::bank::{BankText, Response};
use skills_passport::facade::{self, AnswerRequest, Engine, Turn};
use skills_passport::passport::Passport;
use skills_passport_frameworks::{Library, PackFile, packs, start_packs};
use uuid::Uuid;

const FRAMEWORKS: [&str; 2] = ["digcomp@3.0", "digcomp@2.2"];
const LANGUAGES: [&str; 2] = ["en", "fr"];

fn pack(framework: &str, language: &str) -> PackFile {
    let name = format!("{}.general.{language}.json", framework.replace('@', "-"));
    packs(&Library::shipped()).unwrap().into_iter().find(|pack| pack.file_name == name).unwrap()
}

fn start(engine: &Engine, language: &str) -> Turn {
    start_with(engine, "quick", language, 7)
}

fn start_with(engine: &Engine, mode: &str, language: &str, seed: u32) -> Turn {
    let request = json!({
        "mode": mode,
        "language": language,
        "seed": seed,
        "id": "00000000-0000-4000-8000-000000000001",
        "started": "2026-11-22T09:30:00Z",
    });
    engine.start(serde_json::from_value(request).unwrap()).unwrap()
}

/// Answers the first answer and "I don't know" in turn, and gives every question on the way.
fn sit(engine: &Engine, language: &str) -> (Vec<facade::Question>, Assessment) {
    let mut turn = start(engine, language);
    let mut asked = Vec::new();
    while let Some(question) = turn.question {
        let first = question.answers.first().map(|answer| answer.response.clone());
        let response = first.filter(|_| asked.len() % 2 == 0).unwrap_or(Response::DontKnow);
        let request = AnswerRequest { assessment: turn.assessment, item: question.item.clone(), response };
        asked.push(question);
        turn = engine.answer(request).unwrap();
    }
    (asked, turn.assessment)
}

#[test]
fn a_pack_asks_and_measures_like_the_library() {
    for framework in FRAMEWORKS {
        let library = Engine::new(Library::shipped().instrument(framework, "general").unwrap());
        for language in LANGUAGES {
            let pack = Engine::load(&pack(framework, language).content).unwrap();
            let ((asked, assessment), (same, also)) = (sit(&pack, language), sit(&library, language));
            assert_eq!(asked, same, "{framework} {language}");
            assert_eq!(assessment, also, "{framework} {language}");
            assert_eq!(pack.profile(&assessment).unwrap(), library.profile(&also).unwrap(), "{framework} {language}");
        }
    }
}

/// What a browser has on its server.
fn served(name: &str) -> String {
    let files = start_packs(&Library::shipped()).unwrap();
    files.into_iter().find(|file| file.file_name == name).unwrap().content
}

/// The turn with the texts that its question needs.
fn with_texts(engine: &mut Engine, turn: Turn, fetched: &mut Vec<String>) -> Turn {
    let Some(competence) = &turn.texts_missing else { return turn };
    assert!(turn.question.is_none() && turn.ending.is_none());
    let file = engine.text_file(competence, &turn.assessment.setting.language).unwrap();
    engine.add_texts(&served(&file)).unwrap();
    fetched.push(file);
    let complete = engine.resume(turn.assessment).unwrap();
    assert_eq!(complete.texts_missing, None);
    complete
}

#[test]
fn a_start_pack_that_fetches_texts_as_needed_asks_and_measures_like_the_whole_one() {
    for framework in FRAMEWORKS {
        let whole = Engine::load(&pack(framework, "fr").content).unwrap();
        let name = format!("{}.general.fr.start.json", framework.replace('@', "-"));
        let mut engine = Engine::load(&served(&name)).unwrap();
        let mut fetched = Vec::new();
        let mut turn = start(&engine, "fr");
        let mut expected = start(&whole, "fr");
        loop {
            turn = with_texts(&mut engine, turn, &mut fetched);
            assert_eq!(turn, expected, "{framework}");
            let Some(question) = turn.question else { break };
            let answer =
                |assessment| AnswerRequest { assessment, item: question.item.clone(), response: Response::DontKnow };
            (turn, expected) =
                (engine.answer(answer(turn.assessment)).unwrap(), whole.answer(answer(expected.assessment)).unwrap());
        }
        assert_eq!(engine.review(&turn.assessment).unwrap(), whole.review(&turn.assessment).unwrap());
        // Each file once, and by the numbers of the framework that the bank was written for.
        let different: std::collections::BTreeSet<_> = fetched.iter().collect();
        assert_eq!(different.len(), fetched.len(), "{fetched:?}");
        assert!(fetched.iter().all(|name| name.starts_with("general-") && name.contains(".fr.")), "{fetched:?}");
    }
}

#[test]
fn the_text_files_of_a_language_hold_every_text_once() {
    for language in LANGUAGES {
        let mut engine = Engine::load(&served(&format!("digcomp-3.0.general.{language}.start.json"))).unwrap();
        let tag = language.parse().unwrap();
        let missing = engine.missing_texts(&tag);
        assert_eq!(missing.len(), 21);
        for competence in missing {
            let file = engine.text_file(&competence, &tag).unwrap();
            engine.add_texts(&served(&file)).unwrap();
        }
        assert!(engine.missing_texts(&tag).is_empty());
        let whole = Library::shipped().instrument("digcomp@3.0", "general").unwrap();
        let words = |text: Option<&BankText>| text.unwrap().clone();
        assert_eq!(words(engine.instrument().bank().text(&tag)), words(whole.bank().text(&tag)), "{language}");
    }
}

#[test]
fn a_start_pack_has_the_words_of_every_first_question_and_little_else() {
    let start = served("digcomp-3.0.general.en.start.json");
    for word in ["\"rationale\"", "\"outcomes\"", "\"description\"", "\"advanced\":\""] {
        assert!(!start.contains(word), "{word}");
    }
    assert!(start.matches("\"stem\"").count() <= 5, "an assessment opens with one of at most five items");
    for file in start_packs(&Library::shipped()).unwrap() {
        let Some(language) = file.file_name.strip_suffix(".start.json").and_then(|stem| stem.rsplit('.').next()) else {
            continue;
        };
        let engine = Engine::load(&file.content).unwrap();
        for mode in ["quick", "standard", "thorough"] {
            for seed in 0..15 {
                let turn = start_with(&engine, mode, language, seed);
                assert!(turn.question.is_some() && turn.texts_missing.is_none(), "{} {mode} {seed}", file.file_name);
            }
        }
    }
}

#[test]
fn the_descriptors_of_a_language_come_in_a_file_of_their_own_and_make_the_pack_whole() {
    for (framework, language) in FRAMEWORKS.into_iter().zip(LANGUAGES) {
        let stem = framework.replace('@', "-");
        let mut engine = Engine::load(&served(&format!("{stem}.general.{language}.start.json"))).unwrap();
        let tag = language.parse().unwrap();
        let file = engine.descriptors_file(&tag).unwrap();
        assert_eq!(file, format!("{stem}.{language}.descriptors.json"));
        engine.add_names(&served(&file)).unwrap();
        assert_eq!(engine.descriptors_file(&tag), None);
        let whole = Engine::load(&pack(framework, language).content).unwrap();
        let words = |engine: &Engine| engine.instrument().framework().text(&tag).cloned();
        assert_eq!(words(&engine), words(&whole));
        // What is there cannot be replaced.
        assert!(engine.add_names(&served(&file)).is_err());
        assert_eq!(words(&engine), words(&whole));
    }
}

#[test]
fn names_in_another_language_borrow_the_descriptors_once_they_are_there() {
    let names = skills_passport_frameworks::name_files(&Library::shipped()).unwrap();
    let names = names.into_iter().find(|file| file.file_name == "digcomp-3.0.es.names.json").unwrap().content;
    let [spanish, french] = ["es", "fr"].map(|tag| tag.parse().unwrap());
    let mut engine = Engine::load(&served("digcomp-3.0.general.fr.start.json")).unwrap();
    engine.add_names(&names).unwrap();
    let text = |engine: &Engine, language| engine.instrument().framework().text(language).cloned().unwrap();
    assert!(text(&engine, &spanish).is_without_descriptors());
    engine.add_names(&served(&engine.descriptors_file(&french).unwrap())).unwrap();
    let (of_names, of_pack) = (text(&engine, &spanish), text(&engine, &french));
    for (id, competence) in of_pack.competences.iter() {
        let other = of_names.competences.get(id).unwrap();
        assert_eq!(other.descriptors, competence.descriptors);
        assert_ne!(other.name, competence.name);
    }
}

#[test]
fn every_language_asks_the_same_in_its_own_words() {
    let [english, french] = LANGUAGES.map(|language| {
        let engine = Engine::load(&pack("digcomp@3.0", language).content).unwrap();
        sit(&engine, language).0
    });
    assert_eq!(english.len(), french.len());
    for (english, french) in english.iter().zip(&french) {
        assert_eq!(english.item, french.item);
        assert_ne!(english.stem, french.stem);
    }
}

#[test]
fn both_frameworks_ask_the_same_questions() {
    let [new, old] = FRAMEWORKS.map(|framework| {
        let engine = Engine::load(&pack(framework, "en").content).unwrap();
        sit(&engine, "en").0.into_iter().map(|question| question.item).collect::<Vec<_>>()
    });
    assert_eq!(new, old);
}

#[test]
fn an_assessment_stored_under_one_pack_goes_on_under_another_of_the_same_bank() {
    let english = Engine::load(&pack("digcomp@3.0", "en").content).unwrap();
    let library = Engine::new(Library::shipped().instrument("digcomp@3.0", "general").unwrap());
    let turn = start(&english, "en");
    assert_eq!(library.resume(turn.assessment.clone()).unwrap(), turn);
}

#[test]
fn a_passport_holds_results_of_both_frameworks() {
    let mut passport = None;
    for (number, framework) in (1..).zip(FRAMEWORKS) {
        let engine = Engine::load(&pack(framework, "fr").content).unwrap();
        let mut assessment = sit(&engine, "fr").1;
        assessment.setting.id = Uuid::from_u128(number);
        let finished = format!("2026-11-22T1{number}:00:00Z").parse().unwrap();
        passport = Some(engine.record(passport.as_deref(), assessment, finished, Uuid::from_u128(9)).unwrap());
    }
    let text = passport.unwrap();
    let summary = facade::open_passport(&text).unwrap();
    let names: Vec<String> = summary.assessments.iter().map(|record| record.framework.to_string()).collect();
    assert_eq!(names, ["digcomp@3.0.0", "digcomp@2.2.0"]);
    // Reading and writing changes nothing: a file that is opened and saved stays the same to the letter.
    assert_eq!(Passport::parse(&text).unwrap().to_json().unwrap(), text);
    assert_eq!(facade::merge_passports(&text, &text).unwrap(), text);
}
