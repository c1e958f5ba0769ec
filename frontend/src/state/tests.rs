//! From action to action.

use skills_passport_frameworks::{Library, packs};
use skills_passport_web::core::facade::{AnswerRequest, StartRequest};
use uuid::Uuid;

use super::way::Step;
use super::*;

fn engine(file: &str) -> Rc<Engine> {
    let packs = packs(&Library::shipped()).unwrap();
    let pack = packs.iter().find(|pack| pack.file_name == file).unwrap();
    Rc::new(Engine::load(&pack.content).unwrap())
}

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
fn whole(engine: Rc<Engine>) -> State {
    State { late: Some(Late::here()), ..State::new(engine) }
}

fn after(state: State, actions: Vec<Action>) -> State {
    let last = actions.into_iter().fold(Rc::new(state), Reducible::reduce);
    (*last).clone()
}

#[test]
fn answering_to_the_end_leads_from_question_to_results() {
    let engine = engine("digcomp-3.0.general.fr.json");
    let mut state = after(State::new(engine.clone()), vec![Action::Turn(started(&engine))]);
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
    let french = engine("digcomp-3.0.general.fr.json");
    let first = started(&french);
    let request = AnswerRequest {
        item: first.question.clone().unwrap().item,
        assessment: first.assessment,
        response: Response::DontKnow,
    };
    let undone = french.undo(french.answer(request).unwrap().assessment).unwrap();
    let english = engine("digcomp-3.0.general.en.json");
    let state = after(whole(french), vec![Action::Turn(undone.clone()), Action::Reload(english)]);
    let turn = state.turn.unwrap();
    assert_eq!(turn.assessment.setting.language.as_str(), "en");
    assert_eq!(turn.undone, Some(Response::DontKnow));
    let (french, english) = (undone.question.unwrap(), turn.question.unwrap());
    assert_eq!(french.item, english.item);
    assert_ne!(french.stem, english.stem);
}

#[test]
fn another_language_keeps_the_first_question_before_all_is_loaded() {
    let french = engine("digcomp-3.0.general.fr.json");
    let first = started(&french);
    let english = engine("digcomp-3.0.general.en.json");
    let state = after(State::new(french), vec![Action::Turn(first.clone()), Action::Reload(english.clone())]);
    let question = state.turn.unwrap().question.unwrap();
    assert_eq!(question.item, first.question.unwrap().item);
    let wording = english.instrument().bank().text(&"en".parse().unwrap()).unwrap();
    assert_eq!(question.stem, wording.items.get(&question.item).unwrap().stem);
}

#[test]
fn what_is_said_while_waiting_goes_when_the_rest_has_come() {
    let waiting = vec![Action::Notice(Notice::info(Key::ComingText)), Action::Late(Late::here())];
    assert_eq!(after(State::new(engine("digcomp-3.0.general.en.json")), waiting).notice, None);
}

#[test]
fn another_framework_ends_the_assessment_under_way() {
    let first = engine("digcomp-3.0.general.fr.json");
    let turn = started(&first);
    let other = engine("digcomp-2.2.general.fr.json");
    let state = after(State::new(first), vec![Action::Turn(turn), Action::Reload(other)]);
    assert!(state.turn.is_none() && state.screen == Screen::Welcome);
}

#[test]
fn erasing_forgets_everything_and_says_so() {
    let engine = engine("digcomp-3.0.general.en.json");
    let turn = started(&self::engine("digcomp-3.0.general.fr.json"));
    let actions = vec![Action::Turn(turn), Action::Keeping(true), Action::Passport("{}".into()), Action::Erased];
    let state = after(State::new(engine), actions);
    assert!(state.turn.is_none() && state.passport.is_none() && !state.keeping);
    assert_eq!(state.notice, Some(Notice::info(Key::NoticeErased)));
}

#[test]
fn chosen_skills_are_asked_for_first_and_then_count_in_the_order_of_the_framework() {
    let engine = engine("digcomp-3.0.general.fr.json");
    let (nothing, named) = (settings(&[]), settings(&[("mode", Some("focus")), ("focus", Some("4.1"))]));
    let state = after(State::new(engine), vec![Action::Did(Deed::ChooseMode(Mode::Focus))]);
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
    let asked = after(State::new(engine.clone()), vec![Action::Turn(started(&engine))]);
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
    let state = State::new(engine("digcomp-3.0.general.fr.json"));
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
    let asked = after(State::new(engine), asked);
    assert!(reason.is_some() && asked.way.reason == reason);
    assert_eq!(after(asked, vec![Action::Turn(turn)]).way.reason, None);
}

#[test]
fn focus_is_left_alone_until_the_person_acts() {
    let state = State::new(engine("digcomp-3.0.general.en.json"));
    let found = after(state, vec![Action::Found { waiting: None, passport: None, last_export: None }]);
    assert!(!found.touched);
    assert!(after(found, vec![Action::Did(Deed::Show(Screen::Passport))]).touched);
}

#[test]
fn what_another_tab_does_leaves_the_focus_alone() {
    let state = State::new(engine("digcomp-3.0.general.en.json"));
    let heard = vec![Action::Heard(News::Changed), Action::Folder(Change::Persistent(true))];
    let state = after(state, heard);
    assert_eq!((state.touched, state.heard), (false, 1));
}

#[test]
fn what_another_tab_erases_stays_on_this_page_and_is_kept_no_more() {
    let engine = engine("digcomp-3.0.general.en.json");
    let actions = vec![Action::Keeping(true), Action::Passport("{}".into()), Action::Heard(News::Erased)];
    let state = after(State::new(engine), actions);
    assert!(state.passport.is_some() && !state.keeping);
    assert_eq!(state.notice, Some(Notice::info(Key::NoticeErasedElsewhere)));
}

#[test]
fn going_on_without_an_answer_is_pointed_out_until_one_is_chosen() {
    let engine = engine("digcomp-3.0.general.fr.json");
    let turn = started(&engine);
    let pointed = after(State::new(engine), vec![Action::Turn(turn), Action::Did(Deed::Submit)]);
    assert!(pointed.missing);
    assert!(!after(pointed, vec![Action::Did(Deed::Choose(Response::DontKnow))]).missing);
}

#[test]
fn a_new_question_forgets_the_choice_made_for_the_last() {
    let engine = engine("digcomp-3.0.general.fr.json");
    let turn = started(&engine);
    let chosen = vec![Action::Turn(turn.clone()), Action::Did(Deed::Choose(Response::DontKnow)), Action::Turn(turn)];
    assert_eq!(after(State::new(engine), chosen).chosen, None);
}

fn settings(attributes: &[(&str, Option<&str>)]) -> Settings {
    let value = |name: &str| attributes.iter().find(|(other, _)| *other == name).and_then(|(_, value)| *value);
    Settings::read(0, String::new(), |name| value(name).map(str::to_owned))
}

#[test]
fn a_page_for_a_shared_computer_keeps_nothing_whatever_was_chosen() {
    let state = State::new(engine("digcomp-3.0.general.fr.json"));
    let keep = |state: &State, storage| state.choices(&settings(&[("storage", storage)])).keep;
    assert!(!keep(&state, None) && keep(&state, Some("device")) && !keep(&state, Some("memory")));
    let chosen = after(state, vec![Action::Did(Deed::ChooseKeep(true))]);
    assert!(keep(&chosen, None) && !keep(&chosen, Some("memory")));
    let chosen = after(chosen, vec![Action::Did(Deed::ChooseKeep(false))]);
    assert!(!keep(&chosen, Some("device")), "the person decides");
}

#[test]
fn a_page_may_say_that_a_mediator_helps_and_the_person_may_say_otherwise() {
    let state = State::new(engine("digcomp-3.0.general.fr.json"));
    let assisted = |state: &State| state.choices(&settings(&[("assisted", Some(""))])).assisted;
    assert!(assisted(&state) && !state.choices(&settings(&[])).assisted);
    assert!(!assisted(&after(state, vec![Action::Did(Deed::ChooseAssisted(false))])));
}

#[test]
fn attributes_set_the_mode_until_the_person_chooses() {
    let state = State::new(engine("digcomp-3.0.general.fr.json"));
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
