//! The widget: a Yew application inside the custom element `<skills-passport>`.
//!
//! It shows what the engine says and passes on what the person does. Nothing here scores, chooses a question or knows
//! a file format: that is `skills-passport`. The element's class (`js/element.js`) fetches files, makes the shadow root
//! and hands both over to [`Widget`].

mod ahead;
mod app;
mod desk;
mod display;
mod host;
mod keeper;
mod late;
mod layout;
mod screens;
mod sharing;
mod speech;
mod stage;
mod state;
mod text;
mod vault;

use std::panic::Location;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use skills_passport_web::core::facade::{Failure, Sheet, SheetError};
use wasm_bindgen::prelude::*;
use yew::AppHandle;

use app::{Properties, SheetHandle};
use host::{Host, HostElement};
use stage::{Line, Stage, StageProperties};
use state::Settings;
use text::{OtherVersion, Texts};

#[wasm_bindgen]
extern "C" {
    /// Of the script around the glue: says that this module is dead.
    #[wasm_bindgen(js_name = onPanic)]
    fn on_panic(file: &str, line: u32);
}

/// Says once that the program has failed, and where in it: never with what data. The script then begins anew with another
/// copy of this module and the answers that it was given to remember.
#[wasm_bindgen(start)]
pub fn watch() {
    static SAID: AtomicBool = AtomicBool::new(false);
    // Yew would set one of its own.
    yew::set_custom_panic_hook(Box::new(|info| {
        if !SAID.swap(true, Ordering::Relaxed) {
            let place = info.location();
            on_panic(place.map(Location::file).unwrap_or_default(), place.map(Location::line).unwrap_or_default());
        }
    }));
}

/// A place in a page that shows the application for one element after another.
///
/// Yew leaves the listeners of an application's root behind when it is destroyed, for ever. So a place is kept when its
/// element goes, and given to the next one: what a page adds and removes again and again costs no memory.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "a handle to a running application has nothing to show")]
pub struct Widget {
    app: AppHandle<Stage>,
    stage: StageProperties,
}

#[wasm_bindgen]
impl Widget {
    /// An empty place in `mount`.
    #[wasm_bindgen(constructor)]
    pub fn new(mount: web_sys::Element) -> Widget {
        let stage = StageProperties::default();
        Self { app: yew::Renderer::<Stage>::with_root_and_props(mount, stage.clone()).render(), stage }
    }

    /// Shows the application for an element, or takes what has changed about it: attributes, and data files: a new sheet where
    /// language, framework or bank changed, with names in a language that the sheet is not in, and the texts of the interface
    /// up to the first questions.
    ///
    /// # Errors
    /// If a file is damaged: an `Error` with `code` and `path`; `other-version` if the texts belong to another version of
    /// the widget. What was shown then stays as it is.
    pub fn show(
        &mut self,
        host: HostElement,
        sheet: Option<String>,
        names: Option<String>,
        texts: &str,
    ) -> Result<(), JsValue> {
        let texts = Texts::load(texts).map_err(|OtherVersion| host::error_to_js("other-version", ""))?;
        let before = self.stage.shown.as_ref();
        let sheet = match (sheet, before) {
            (Some(sheet), _) => {
                let sheet = read(&sheet, names.as_deref());
                SheetHandle(Rc::new(sheet.map_err(|error| host::failure_to_js(&Failure::from(error)))?))
            }
            (None, Some(before)) => before.sheet.clone(),
            (None, None) => return Ok(()),
        };
        let line = before.map_or_else(Line::default, |before| before.line.clone());
        let host = Host::new(host);
        let settings = Settings::read(host.offers_given(), host.beside(""), |name| host.setting(name));
        self.stage.shown = Some(Properties { host, settings, sheet, texts, line });
        self.app.update(self.stage.clone());
        Ok(())
    }

    /// Takes everything out of the page and out of memory that belongs to the element.
    pub fn hide(&mut self) {
        self.stage.shown = None;
        self.stage.turn = self.stage.turn.wrapping_add(1);
        self.app.update(self.stage.clone());
    }

    /// Does what the page asks for by a method of the element; `argument` is the file for `import`. The promise is
    /// fulfilled when it is done, and rejected with an `Error` that has a `code`.
    pub fn ask(&self, what: &str, argument: JsValue) -> js_sys::Promise {
        let desk = self.stage.shown.as_ref().and_then(|shown| shown.line.desk());
        let what = what.to_owned();
        wasm_bindgen_futures::future_to_promise(async move {
            let Some(desk) = desk else { return Ok(JsValue::UNDEFINED) };
            match desk.asked(&what, argument).await {
                Ok(()) => Ok(JsValue::UNDEFINED),
                Err(notice) => Err(host::error_to_js(notice.code(), &notice.path)),
            }
        })
    }
}

fn read(sheet: &str, names: Option<&str>) -> Result<Sheet, SheetError> {
    let mut sheet = Sheet::read(sheet)?;
    if let Some(names) = names {
        sheet.add_names(names)?;
    }
    Ok(sheet)
}
