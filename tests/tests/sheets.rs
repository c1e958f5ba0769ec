//! Sheets, the first question without an engine: the same question as the engine's, for everybody.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use skills_passport::assessment::{Mode, Plan};
use skills_passport::facade::{AnswerRequest, Engine, Sheet, SheetError, StartRequest, name_lines};
use skills_passport::framework::FrameworkText;
use skills_passport_frameworks::{Library, PackFile, name_files, start_packs};
use uuid::Uuid;

fn request(mode: Mode, language: &str, seed: u32) -> StartRequest {
    StartRequest {
        mode,
        focus: Vec::new(),
        language: language.parse().unwrap(),
        seed,
        id: Uuid::from_u128(7),
        started: "2026-11-24T09:00:00Z".parse().unwrap(),
        assisted: true,
    }
}

/// Every sheet with the engine that comes after it, and their language.
fn sheets() -> Vec<(Sheet, Engine, String)> {
    let files = start_packs(&Library::shipped()).unwrap();
    let engine_of = |sheet: &Sheet| {
        let pack = files.iter().find(|file| file.file_name == sheet.pack_file()).unwrap();
        Engine::load(&pack.content).unwrap()
    };
    let pair = |file: &PackFile| {
        let language = file.file_name.strip_suffix(".sheet.txt")?.rsplit('.').next()?.to_owned();
        let sheet = Sheet::read(&file.content).unwrap();
        let engine = engine_of(&sheet);
        Some((sheet, engine, language))
    };
    files.iter().filter_map(pair).collect()
}

fn french() -> (String, Sheet) {
    let files = start_packs(&Library::shipped()).unwrap();
    let file = files.into_iter().find(|file| file.file_name == "digcomp-3.0.general.fr.sheet.txt").unwrap();
    let sheet = Sheet::read(&file.content).unwrap();
    (file.content, sheet)
}

#[test]
fn a_sheet_asks_what_the_engine_asks_and_the_engine_takes_the_answer() {
    let sheets = sheets();
    assert_eq!(sheets.len(), 6, "two frameworks and the mediators' one, in two languages");
    let mut asked = 0;
    for (sheet, engine, language) in &sheets {
        for mode in Mode::ALL {
            for seed in 0..40 {
                let request = request(mode, language, seed);
                let Some(turn) = sheet.start(request.clone()) else { continue };
                assert_eq!(turn, engine.start(request).unwrap(), "{:?} {mode:?} {seed}", sheet.framework());
                assert_eq!(turn, engine.resume(turn.assessment.clone()).unwrap());
                let question = turn.question.unwrap();
                let response = question.answers[0].response.clone();
                let answer = AnswerRequest { assessment: turn.assessment, item: question.item, response };
                assert_eq!(engine.answer(answer).unwrap().progress.answered, 1);
                asked += 1;
            }
        }
    }
    // All but focus, for the bank that everybody gets; what a sheet cannot ask, it leaves to the engine.
    assert!(asked >= 4 * 3 * 40, "{asked}");
}

#[test]
fn a_sheet_says_what_the_first_screens_say() {
    for (sheet, engine, language) in sheets() {
        let instrument = engine.instrument();
        let words = instrument.framework().text(&language.parse().unwrap()).unwrap();
        assert_eq!(sheet.words(), format!("{}. {}", words.name, words.provenance.note));
        assert_eq!(engine.descriptors_file(sheet.language()), Some(sheet.descriptors_file()));
        assert!(sheet.competences().eq(instrument.framework().competences()));
        for competence in sheet.competences() {
            assert_eq!(sheet.name(competence), words.competences.get(competence).unwrap().name);
        }
        let some: Vec<_> = sheet.competences().step_by(3).cloned().collect();
        let plans =
            Mode::ALL.map(Plan::new).into_iter().chain([Plan { focus: some.clone(), ..Plan::new(Mode::Focus) }]);
        for plan in plans {
            assert_eq!(sheet.expected_length(&plan), instrument.expected_length(&plan), "{plan:?}");
            let areas = instrument.framework().areas().iter();
            let planned = areas.filter(|area| area.competences.iter().any(|id| plan.covers(id))).map(|area| &area.id);
            assert!(planned.eq(sheet.areas(&plan)), "{plan:?}");
        }
    }
}

#[test]
fn what_only_an_engine_can_open_is_left_to_it() {
    let (_, sheet) = french();
    let open = |change: &dyn Fn(&mut StartRequest)| {
        let mut request = request(Mode::Standard, "fr", 3);
        change(&mut request);
        sheet.start(request)
    };
    let one = || sheet.competences().next().unwrap().clone();
    assert!(open(&|_| ()).is_some());
    assert_eq!(open(&|request| request.mode = Mode::Focus), None);
    assert_eq!(open(&|request| request.focus = vec![one()]), None);
    let turn = open(&|_| ()).unwrap();
    let mut other = turn.assessment.clone();
    other.bank.sha256 = "0".repeat(64);
    assert_eq!(sheet.open(other), None);
    // The same sitting in another language keeps its question.
    let mut english = turn.assessment.clone();
    english.setting.language = "en".parse().unwrap();
    assert_eq!(sheet.open(english), Some(turn));
}

#[test]
fn names_in_another_language_take_the_place_of_the_sheets_own() {
    let names = name_files(&Library::shipped()).unwrap();
    let file = |name: &str| names.iter().find(|file| file.file_name == name).unwrap().content.clone();
    let text: FrameworkText = serde_json::from_str(&file("digcomp-3.0.es.names.json")).unwrap();
    let (_, mut sheet) = french();
    assert_eq!(sheet.names_file(), None);
    let lines = file("digcomp-3.0.es.names.txt");
    assert_eq!(lines, name_lines(sheet.framework(), &text));
    sheet.add_names(&lines).unwrap();
    assert_eq!(sheet.names_file().as_deref(), Some("digcomp-3.0.es.names.json"));
    for (id, competence) in &text.competences {
        assert_eq!(sheet.name(id), competence.name);
    }
    assert!(sheet.words().ends_with(&text.provenance.note));
    let before = sheet.clone();
    for (wrong, line) in [
        (file("digcomp-2.2.es.names.txt"), 1),
        (lines.replacen(" es\n", "\n", 1), 1),
        (lines.replace("end\n", ""), lines.lines().count()),
        (lines.replace("\n1.1\t", "\n9.9\t"), 3),
        (String::new(), 1),
    ] {
        assert_eq!(sheet.add_names(&wrong), Err(SheetError { line }));
        assert_eq!(sheet, before);
    }
}

#[test]
fn a_damaged_sheet_is_refused_with_its_line() {
    let (text, _) = french();
    let lines: Vec<&str> = text.lines().collect();
    for (number, line) in (1..).zip(&lines) {
        if *line == "end" {
            continue;
        }
        // Each line cut after its first word, then the file cut before it.
        let cut = line.split(['\t', ' ']).next().unwrap();
        let damaged = text.replacen(line, cut, 1);
        assert_eq!(Sheet::read(&damaged), Err(SheetError { line: number }), "{line}");
        let short = lines[..number - 1].join("\n");
        assert_eq!(Sheet::read(&short), Err(SheetError { line: number }), "{line}");
    }
}
