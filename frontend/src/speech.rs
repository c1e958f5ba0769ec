//! Reading aloud, by the browser's own voice. Nothing is sent anywhere by this; a voice may be one that the browser asks a
//! service for, so only voices of the device are used.

use std::cell::Cell;

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};
use yew::Callback;

/// Whether something is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Reading {
    /// Nothing is.
    #[default]
    Silent,
    /// A question is.
    Aloud,
    /// A question was, and waits.
    Paused,
}

thread_local! {
    /// Counts what was read, so that the end of an old text does not end the next one.
    static TURN: Cell<u32> = const { Cell::new(0) };
}

/// None where the browser cannot speak at all.
fn synthesis() -> Option<SpeechSynthesis> {
    let window = gloo::utils::window();
    let there = js_sys::Reflect::get(&window, &"speechSynthesis".into()).is_ok_and(|found| found.is_object());
    if there { window.speech_synthesis().ok() } else { None }
}

fn voice(language: &str) -> Option<SpeechSynthesisVoice> {
    let voices = synthesis()?.get_voices();
    let mut voices = voices.iter().map(JsCast::unchecked_into::<SpeechSynthesisVoice>);
    voices.find(|voice| {
        let tag = voice.lang().to_lowercase().replace('_', "-");
        voice.local_service() && tag.split('-').next() == Some(language)
    })
}

/// Whether there is a voice for a language.
pub(crate) fn has_voice(language: &str) -> bool {
    voice(language).is_some()
}

/// Tells once when the browser has found its voices, which some do only when asked.
pub(crate) fn when_found(tell: Callback<()>) {
    let Some(synthesis) = synthesis().filter(|synthesis| synthesis.get_voices().length() == 0) else { return };
    let found = Closure::once_into_js(move || tell.emit(()));
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    // A browser without this event has its voices at once.
    let _ = synthesis.add_event_listener_with_callback_and_add_event_listener_options(
        "voiceschanged",
        found.unchecked_ref(),
        &options,
    );
}

/// Reads texts one after the other, in place of what was read before; tells when all are read, or the browser gave up.
pub(crate) fn read(texts: &[String], language: &str, done: Callback<()>) {
    let Some((synthesis, voice)) = synthesis().zip(voice(language)) else { return done.emit(()) };
    synthesis.cancel();
    let turn = TURN.get().wrapping_add(1);
    TURN.set(turn);
    for (position, text) in texts.iter().enumerate() {
        // One utterance for each text: some browsers cut long ones off.
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(text) else { continue };
        utterance.set_lang(&voice.lang());
        utterance.set_voice(Some(&voice));
        if position + 1 == texts.len() {
            let done = done.clone();
            let end = Closure::<dyn FnMut(JsValue)>::new(move |_| {
                if TURN.get() == turn {
                    done.emit(());
                }
            });
            let end = end.into_js_value();
            utterance.set_onend(Some(end.unchecked_ref()));
            utterance.set_onerror(Some(end.unchecked_ref()));
        }
        synthesis.speak(&utterance);
    }
}

/// Holds, goes on or ends.
pub(crate) fn turn_to(reading: Reading) {
    let Some(synthesis) = synthesis() else { return };
    match reading {
        Reading::Silent => {
            TURN.set(TURN.get().wrapping_add(1));
            synthesis.cancel();
        }
        Reading::Aloud => synthesis.resume(),
        Reading::Paused => synthesis.pause(),
    }
}
