//! From action to action.

use skills_passport_frameworks::{Library, packs, start_packs};
use skills_passport_web::core::facade::{AnswerRequest, Engine, StartRequest};
use uuid::Uuid;

use super::way::Step;
use super::*;
use crate::late::Functions;

fn engine(file: &str) -> Rc<Engine> {
    let packs = packs(&Library::shipped()).unwrap();
    let pack = packs.iter().find(|pack| pack.file_name == file).unwrap();
    Rc::new(Engine::load(&pack.content).unwrap())
}

fn sheet(stem: &str) -> Rc<Sheet> {
    let files = start_packs(&Library::shipped()).unwrap();
    let name = format!("{stem}.sheet.txt");
    Rc::new(Sheet::read(&files.iter().find(|file| file.file_name == name).unwrap().content).unwrap())
}

/// A sheet and what comes late for it.
fn both(stem: &str) -> (Rc<Sheet>, Late) {
    let sheet = sheet(stem);
    (sheet.clone(), Late::new(sheet, engine(&format!("{stem}.json")), Functions::here()))
}

const FRENCH: &str = "digcomp-3.0.general.fr";
const ENGLISH: &str = "digcomp-3.0.general.en";

fn started(engine: &Engine) -> Turn {
    let request = StartRequest {
        mode: Mode::Quick,
        focus: vec![],
        language: "fr".parse().unwrap(),
        seed: 7,
        id: Uuid::from_u128(1),
        started: "2026-11-22T09:30:00Z".parse().unwrap(),
        assisted: false,
    };
    engine.start(request).unwrap()
}

/// With everything there.
fn whole(stem: &str) -> State {
    let (sheet, late) = both(stem);
    State { late: Some(late), ..State::new(sheet) }
}

fn after(state: State, actions: Vec<Action>) -> State {
    let last = actions.into_iter().fold(Rc::new(state), Reducible::reduce);
    (*last).clone()
}

#[test]
fn answering_to_the_end_leads_from_question_to_results() {
    let engine = engine("digcomp-3.0.general.fr.json");
    let mut state = after(State::new(sheet(FRENCH)), vec![Action::Turn(started(&engine))]);
    let mut asked = 0;
    while state.screen == Screen::Question {
        let turn = state.turn.clone().unwrap();
        let item = turn.question.unwrap().item;
        let request = AnswerRequest { assessment: turn.assessment, item, response: Response::DontKnow };
        state = after(state, vec![Action::Turn(engine.answer(request).unwrap())]);
        asked += 1;
    }
    assert_eq!((asked, state.screen), (10, Screen::Results(Shown::Current)));
}

#[test]
fn another_language_keeps_the_question_and_the_answer_taken_back() {
    let (english, late) = both(ENGLISH);
    let french = whole(FRENCH);
    let engine = &french.late.as_ref().unwrap().engine;
    let first = started(engine);
    let request = AnswerRequest {
        item: first.question.clone().unwrap().item,
        assessment: first.assessment,
        response: Response::DontKnow,
    };
    let undone = engine.undo(engine.answer(request).unwrap().assessment).unwrap();
    let asked = after(french, vec![Action::Turn(undone.clone()), Action::Sheet(english.clone())]);
    assert_eq!(asked.turn, Some(undone.clone()), "what is there stays until the other engine is there");
    let state = after(asked, vec![Action::Late(late)]);
    assert!(state.coming.is_none() && Rc::ptr_eq(&state.sheet, &english));
    let turn = state.turn.unwrap();
    assert_eq!(turn.assessment.setting.language.as_str(), "en");
    assert_eq!(turn.undone, Some(Response::DontKnow));
    let (french, english) = (undone.question.unwrap(), turn.question.unwrap());
    assert_eq!(french.item, english.item);
    assert_ne!(french.stem, english.stem);
}

#[test]
fn another_language_keeps_the_first_question_before_all_is_loaded() {
    let first = started(&engine("digcomp-3.0.general.fr.json"));
    let english = engine("digcomp-3.0.general.en.json");
    let state = after(State::new(sheet(FRENCH)), vec![Action::Turn(first.clone()), Action::Sheet(sheet(ENGLISH))]);
    let question = state.turn.unwrap().question.unwrap();
    assert_eq!(question.item, first.question.unwrap().item);
    let wording = english.instrument().bank().text(&"en".parse().unwrap()).unwrap();
    assert_eq!(question.stem, wording.items.get(&question.item).unwrap().stem);
}

#[test]
fn of_two_other_languages_the_one_chosen_last_is_taken() {
    let (english, late) = both(ENGLISH);
    let (other, late_other) = both("digcomp-2.2.general.en");
    let chosen = vec![Action::Sheet(other.clone()), Action::Sheet(english.clone())];
    let arrived = vec![Action::Late(late), Action::Late(late_other)];
    let state = after(after(whole(FRENCH), chosen), arrived);
    assert!(Rc::ptr_eq(&state.sheet, &english) && state.coming.is_none());
}

#[test]
fn an_engine_that_comes_after_another_language_was_chosen_is_not_taken() {
    let (_, late) = both(FRENCH);
    let actions = vec![Action::Sheet(sheet(ENGLISH)), Action::Late(late)];
    assert!(after(State::new(sheet(FRENCH)), actions).late.is_none());
}

#[test]
fn an_answer_taken_in_the_old_language_is_asked_on_in_the_new_one() {
    let (english, late) = both(ENGLISH);
    let french = engine("digcomp-3.0.general.fr.json");
    let first = started(&french);
    let item = first.question.clone().unwrap().item;
    let request = AnswerRequest { item, assessment: first.assessment.clone(), response: Response::DontKnow };
    let answered = french.answer(request).unwrap();
    let asked = after(State::new(sheet(FRENCH)), vec![Action::Turn(first), Action::Sheet(english)]);
    for late_first in [false, true] {
        let mut actions = vec![Action::Turn(answered.clone()), Action::Late(late.clone())];
        if late_first {
            actions.reverse();
        }
        let turn = after(asked.clone(), actions).turn.unwrap();
        assert_eq!((turn.assessment.answers.len(), turn.assessment.setting.language.as_str()), (1, "en"));
        assert_eq!(turn.question.unwrap().item, answered.question.as_ref().unwrap().item);
    }
}

#[test]
fn what_is_said_while_waiting_goes_when_the_rest_has_come() {
    let (english, late) = both(ENGLISH);
    let waiting = vec![Action::Notice(Notice::info(Key::ComingText)), Action::Late(late)];
    let state = after(State::new(english), waiting);
    assert!(state.notice.is_none() && state.late.is_some());
}

#[test]
fn another_framework_ends_the_assessment_under_way() {
    let turn = started(&engine("digcomp-3.0.general.fr.json"));
    let (other, late) = both("digcomp-2.2.general.fr");
    let ended = |state: State| state.turn.is_none() && state.screen == Screen::Welcome;
    let changed = vec![Action::Turn(turn), Action::Sheet(other.clone())];
    assert!(ended(after(State::new(sheet(FRENCH)), changed)));
    let turn = started(&engine("digcomp-3.0.general.fr.json"));
    let changed = vec![Action::Turn(turn), Action::Sheet(other.clone()), Action::Late(late)];
    assert!(ended(after(whole(FRENCH), changed)));
}

#[test]
fn erasing_forgets_everything_and_says_so() {
    let turn = started(&engine("digcomp-3.0.general.fr.json"));
    let actions = vec![Action::Turn(turn), Action::Keeping(true), Action::Passport("{}".into()), Action::Erased];
    let state = after(State::new(sheet(FRENCH)), actions);
    assert!(state.turn.is_none() && state.passport.is_none() && !state.keeping);
    assert_eq!(state.notice, Some(Notice::info(Key::NoticeErased)));
}

#[test]
fn chosen_skills_are_asked_for_first_and_then_count_in_the_order_of_the_framework() {
    let (nothing, named) = (settings(&[]), settings(&[("mode", Some("focus")), ("focus", Some("4.1"))]));
    let state = after(State::new(sheet(FRENCH)), vec![Action::Did(Deed::ChooseMode(Mode::Focus))]);
    assert!(state.must_choose(&nothing) && !state.must_choose(&named));
    let choose = |ids: &[&str]| {
        let ids = ids.iter().map(|id| id.parse().unwrap()).collect();
        Action::Did(Deed::Step(Step::Choose(ids, true)))
    };
    let asked = after(state, vec![Action::Did(Deed::Show(Screen::Choose))]);
    assert!(asked.must_choose(&nothing), "nothing is chosen yet");
    let chosen = after(asked, vec![choose(&["2.1", "9.9"]), choose(&["1.2"])]);
    assert!(!chosen.must_choose(&nothing));
    assert_eq!(chosen.choices(&nothing).focus, ["1.2".parse().unwrap(), "2.1".parse().unwrap()]);
}

#[test]
fn only_what_is_on_this_page_alone_goes_when_nobody_is_there() {
    let engine = engine("digcomp-3.0.general.fr.json");
    let asked = after(State::new(sheet(FRENCH)), vec![Action::Turn(started(&engine))]);
    assert!(!asked.is_in_passing(), "nothing is answered yet");
    let turn = asked.turn.clone().unwrap();
    let item = turn.question.unwrap().item;
    let request = AnswerRequest { assessment: turn.assessment, item, response: Response::DontKnow };
    let answered = after(asked, vec![Action::Turn(engine.answer(request).unwrap())]);
    assert!(answered.is_in_passing());
    assert!(!after(answered, vec![Action::Keeping(true)]).is_in_passing(), "the device has it");
}

#[test]
fn the_warning_changes_the_place_and_erasing_ends_it() {
    let state = State::new(sheet(FRENCH));
    let warned = after(state.clone(), vec![Action::Did(Deed::Step(Step::Idle(Some(120))))]);
    assert_ne!(warned.place(), state.place(), "the heading of the warning takes the focus");
    assert_eq!(after(warned.clone(), vec![Action::Did(Deed::Step(Step::Idle(Some(119))))]).place(), warned.place());
    assert_eq!(after(warned, vec![Action::Erased]).place(), state.place());
}

#[test]
fn a_reason_is_for_one_question() {
    let engine = engine("digcomp-3.0.general.fr.json");
    let turn = started(&engine);
    let reason = engine.why(&turn.assessment).unwrap();
    let asked = vec![Action::Turn(turn.clone()), Action::Did(Deed::Step(Step::Reason(reason.clone())))];
    let asked = after(State::new(sheet(FRENCH)), asked);
    assert!(reason.is_some() && asked.way.reason == reason);
    assert_eq!(after(asked, vec![Action::Turn(turn)]).way.reason, None);
}

#[test]
fn focus_is_left_alone_until_the_person_acts() {
    let state = State::new(sheet(ENGLISH));
    let found = after(state, vec![Action::Found { waiting: None, passport: None, last_export: None }]);
    assert!(!found.touched);
    assert!(after(found, vec![Action::Did(Deed::Show(Screen::Passport))]).touched);
}

#[test]
fn what_another_tab_does_leaves_the_focus_alone() {
    let state = State::new(sheet(ENGLISH));
    let heard = vec![Action::Heard(News::Changed), Action::Folder(Change::Persistent(true))];
    let state = after(state, heard);
    assert_eq!((state.touched, state.heard), (false, 1));
}

#[test]
fn what_another_tab_erases_stays_on_this_page_and_is_kept_no_more() {
    let actions = vec![Action::Keeping(true), Action::Passport("{}".into()), Action::Heard(News::Erased)];
    let state = after(State::new(sheet(FRENCH)), actions);
    assert!(state.passport.is_some() && !state.keeping);
    assert_eq!(state.notice, Some(Notice::info(Key::NoticeErasedElsewhere)));
}

#[test]
fn going_on_without_an_answer_is_pointed_out_until_one_is_chosen() {
    let turn = started(&engine("digcomp-3.0.general.fr.json"));
    let pointed = after(State::new(sheet(FRENCH)), vec![Action::Turn(turn), Action::Did(Deed::Submit)]);
    assert!(pointed.missing);
    assert!(!after(pointed, vec![Action::Did(Deed::Choose(Response::DontKnow))]).missing);
}

#[test]
fn a_new_question_forgets_the_choice_made_for_the_last() {
    let turn = started(&engine("digcomp-3.0.general.fr.json"));
    let chosen = vec![Action::Turn(turn.clone()), Action::Did(Deed::Choose(Response::DontKnow)), Action::Turn(turn)];
    assert_eq!(after(State::new(sheet(FRENCH)), chosen).chosen, None);
}

fn settings(attributes: &[(&str, Option<&str>)]) -> Settings {
    let value = |name: &str| attributes.iter().find(|(other, _)| *other == name).and_then(|(_, value)| *value);
    Settings::read(0, String::new(), |name| value(name).map(str::to_owned))
}

#[test]
fn a_page_for_a_shared_computer_keeps_nothing_whatever_was_chosen() {
    let state = State::new(sheet(FRENCH));
    let keep = |state: &State, storage| state.choices(&settings(&[("storage", storage)])).keep;
    assert!(!keep(&state, None) && keep(&state, Some("device")) && !keep(&state, Some("memory")));
    let chosen = after(state, vec![Action::Did(Deed::ChooseKeep(true))]);
    assert!(keep(&chosen, None) && !keep(&chosen, Some("memory")));
    let chosen = after(chosen, vec![Action::Did(Deed::ChooseKeep(false))]);
    assert!(!keep(&chosen, Some("device")), "the person decides");
}

#[test]
fn a_page_may_say_that_a_mediator_helps_and_the_person_may_say_otherwise() {
    let state = State::new(sheet(FRENCH));
    let assisted = |state: &State| state.choices(&settings(&[("assisted", Some(""))])).assisted;
    assert!(assisted(&state) && !state.choices(&settings(&[])).assisted);
    assert!(!assisted(&after(state, vec![Action::Did(Deed::ChooseAssisted(false))])));
}

#[test]
fn attributes_set_the_mode_until_the_person_chooses() {
    let state = State::new(sheet(FRENCH));
    let mode = |state: &State, mode, focus| state.choices(&settings(&[("mode", mode), ("focus", focus)])).mode;
    assert_eq!(mode(&state, None, None), Mode::Quick);
    assert_eq!(mode(&state, Some("standard"), None), Mode::Standard);
    assert_eq!(mode(&state, Some("nonsense"), None), Mode::Quick);
    assert_eq!(mode(&state, Some("focus"), None), Mode::Focus);
    assert_eq!(mode(&state, Some("focus"), Some("1.1, 4.2")), Mode::Focus);
    assert_eq!(mode(&state, Some("focus"), Some("9.9")), Mode::Focus, "the person chooses");
    let focus = state.choices(&settings(&[("mode", Some("focus")), ("focus", Some("9.9, 1.1 1.1"))])).focus;
    assert_eq!(focus, ["1.1".parse().unwrap()]);
    let chosen = after(state, vec![Action::Did(Deed::ChooseMode(Mode::Thorough))]);
    assert_eq!(mode(&chosen, Some("standard"), None), Mode::Thorough);
}
