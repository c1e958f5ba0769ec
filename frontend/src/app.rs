//! The application: one Yew component that holds the state and shows one screen.
//!
//! Screens are functions from [`Ui`] and the state to `Html`. They send [`Deed`]s: what the person did. The
//! [`Desk`](crate::desk::Desk) carries deeds out, and the reducer in [`crate::state`] changes what is shown.

use std::rc::Rc;

use skills_passport_web::core::assessment::Mode;
use skills_passport_web::core::facade::Sheet;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use crate::desk::Desk;
use crate::display::has_easy;
use crate::host::{Host, PASSPORT};
use crate::keeper::Keeper;
use crate::layout::{Ui, frame};
use crate::screens;
use crate::stage::Line;
use crate::state::{Action, Deed, Screen, Settings, State};
use crate::text::Texts;

/// The loaded sheet; two are the same if they are the same object.
#[derive(Clone)]
pub(crate) struct SheetHandle(pub(crate) Rc<Sheet>);

impl PartialEq for SheetHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What the element gives the application.
#[derive(Clone, PartialEq, yew::Properties)]
pub(crate) struct Properties {
    pub(crate) host: Host,
    pub(crate) settings: Settings,
    pub(crate) sheet: SheetHandle,
    pub(crate) line: Line,
    pub(crate) texts: Texts,
}

#[function_component]
pub(crate) fn App(properties: &Properties) -> Html {
    let state = use_reducer({
        let sheet = properties.sheet.0.clone();
        move || State::new(sheet)
    });
    let keeper = use_memo((), |()| Keeper::default());
    let (heading, question, leaving, dialog) = (use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref());
    let texts = state.display.texts(properties.texts);
    let desk = Rc::new(Desk {
        state: state.clone(),
        keeper: (*keeper).clone(),
        host: properties.host.clone(),
        settings: properties.settings.clone(),
        texts,
    });

    properties.line.connect(desk.clone());
    use_effect_with((), {
        let (desk, line) = (desk.clone(), properties.line.clone());
        move |()| {
            desk.look();
            move || line.cut()
        }
    });
    use_effect_with(properties.sheet.clone(), {
        let state = state.clone();
        move |SheetHandle(sheet)| {
            if !Rc::ptr_eq(&state.sheet, sheet) {
                state.dispatch(Action::Sheet(sheet.clone()));
            }
        }
    });
    // If the network fails, the person goes on in the words that are there, and the next screen tries again.
    let attempt = use_mut_ref(|| None);
    use_effect_with((state.coming.clone().map(SheetHandle), state.place()), {
        let desk = desk.clone();
        move |_| desk.fetch_coming(attempt)
    });
    // The first screen and the first question come before everything else, where that question needs no engine.
    let is_under_way = state.screen != Screen::Welcome || state.display_open;
    let wants_late = is_under_way || state.modes(&properties.settings) == [Mode::Focus];
    use_effect_with((wants_late, state.keeping, SheetHandle(state.sheet.clone()), texts), {
        let desk = desk.clone();
        move |(wants_late, ..)| {
            if *wants_late {
                desk.fetch_late();
            }
        }
    });
    use_effect_with(state.turn.as_ref().and_then(|turn| turn.texts_missing.clone()), {
        let desk = desk.clone();
        move |missing| {
            if missing.is_some() {
                desk.fetch_texts();
            }
        }
    });
    // First, so that the heading of a new screen wins.
    use_effect_with(state.erasing, {
        let (leaving, touched) = (leaving.clone(), state.touched);
        move |_| {
            if let Some(leaving) = leaving.cast::<HtmlElement>().filter(|_| touched) {
                let _ = leaving.focus();
            }
        }
    });
    // Another language may have been chosen since what comes late came: its late texts come as the first ones did.
    let late = state.late.as_ref().filter(|_| texts.has_late());
    use_effect_with((state.display.easy && has_easy(properties.texts), properties.texts, texts.has_late()), {
        let desk = desk.clone();
        move |(wanted, ..)| {
            if *wanted {
                desk.fetch_easy();
            }
        }
    });
    use_effect_with(state.place(), {
        let desk = desk.clone();
        move |_| desk.hush()
    });
    // A new screen takes the focus to its heading, so that the keyboard and a screen reader go on from there; so does a
    // message that closes, since its button is gone. But not before the person has done anything.
    let looked_at = (state.folder.incoming.is_some(), state.folder.sealed.is_some());
    let is_coming = match state.screen {
        Screen::Results(_) | Screen::Passport => late.is_none(),
        Screen::Vault(_) => late.is_none() || state.vault.is_none(),
        _ => false,
    };
    use_effect_with((state.place(), is_coming, state.notice.is_some(), looked_at), {
        let (heading, moves) = (heading.clone(), state.touched && state.notice.is_none());
        move |_| {
            if let Some(heading) = heading.cast::<HtmlElement>().filter(|_| moves) {
                // A heading that cannot take the focus loses nothing else.
                let _ = heading.focus();
            }
        }
    });

    // Asking about erasing swaps buttons, and so does moving an entry: the focus stays with them.
    use_effect_with((state.erasing, state.chosen.clone()), {
        let (question, touched) = (question.clone(), state.touched);
        move |_| {
            if let Some(question) = question.cast::<HtmlElement>().filter(|_| touched) {
                let _ = question.focus();
            }
        }
    });

    // A dialog over the page: the keyboard stays in it, and Escape closes it.
    use_effect_with((state.sharing.is_some(), state.late.is_some(), properties.texts.has_late()), {
        let dialog = dialog.clone();
        move |_| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>().filter(|dialog| !dialog.open()) {
                // It is in the page and closed, so it opens.
                let _ = dialog.show_modal();
            }
        }
    });
    // What the element remembers in case the program fails.
    use_effect_with(state.passport.clone(), {
        let host = properties.host.clone();
        move |passport| {
            if passport.is_some() {
                host.remember(PASSPORT, passport.as_deref());
            }
        }
    });
    // What a file would bring is read before anything is done with it.
    use_effect_with(looked_at, {
        let question = question.clone();
        move |looked_at| {
            if let Some(question) = question.cast::<HtmlElement>().filter(|_| looked_at.0 || looked_at.1) {
                let _ = question.focus();
            }
        }
    });
    use_effect_with(state.heard, {
        let desk = desk.clone();
        move |heard| {
            if *heard > 0 {
                desk.look_again();
            }
        }
    });
    // Asked for when somebody goes there.
    let is_vault = matches!(state.screen, Screen::Vault(_));
    use_effect_with(is_vault, {
        let desk = desk.clone();
        move |is_vault| {
            if *is_vault {
                desk.fetch_vault();
            }
        }
    });
    // On a computer that people share, nothing stays when nobody is there any more.
    let watched = (state.is_in_passing(), state.late.is_some(), state.way.patience, state.way.idle.is_some());
    use_effect_with(watched, {
        let desk = desk.clone();
        move |(in_passing, ..)| {
            let late = desk.state.late.clone().filter(|_| *in_passing);
            let watch = late.map(|late| (late.keep_watch)(desk));
            move || drop(watch)
        }
    });

    let ui = Ui {
        texts,
        settings: properties.settings.clone(),
        // What is shown follows the state, so that a sheet that is being taken in never meets another one's answers.
        sheet: state.sheet.clone(),
        heading,
        question,
        dialog,
        leaving,
        on: Callback::from(move |deed: Deed| desk.clone().carry_out(deed)),
    };
    let screen = match &state.screen {
        Screen::Welcome => screens::welcome(&ui, &state, &properties.settings),
        Screen::Choose => match late {
            Some(late) => (late.choose)(&ui.with(late), &state, &properties.settings),
            None => screens::coming(&ui),
        },
        Screen::Question => screens::question(&ui, &state),
        Screen::Pause => screens::pause(&ui, &state),
        Screen::Results(shown) => match late {
            Some(late) => (late.results)(&ui.with(late), &state, *shown),
            None => screens::coming(&ui),
        },
        Screen::Next(shown) => match late {
            Some(late) => (late.next)(&ui.with(late), &state, *shown, &properties.host),
            None => screens::coming(&ui),
        },
        Screen::Passport => match late {
            Some(late) => (late.passport)(&ui, &state),
            None => screens::coming(&ui),
        },
        Screen::Vault(page) => match late.zip(state.vault) {
            Some((late, vault)) => (vault.screen)(&ui.with(late), &state, *page),
            None => screens::coming(&ui),
        },
    };
    // Who has gone away may have left results on the screen: the warning hides them.
    let screen = match (state.way.idle, late) {
        (Some(left), Some(late)) => (late.idle)(&ui, left),
        _ => {
            let share =
                late.zip(state.sharing.as_ref()).map(|(late, sharing)| (late.share)(&ui.with(late), &state, sharing));
            html! { <>{ screen }{ screens::leave(&ui, &state) }{ share }</> }
        }
    };
    frame(&ui, &state, late, &properties.host.question_languages(), screen)
}
