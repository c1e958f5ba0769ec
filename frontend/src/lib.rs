//! The widget: a Yew application inside the custom element `<skills-passport>`.
//!
//! It shows what the engine says and passes on what the person does. Nothing here scores, chooses a question or knows
//! a file format: that is `skills-passport`. The element's class (`js/element.js`) fetches files, makes the shadow root
//! and hands both over to [`Widget`].

mod app;
mod desk;
mod host;
mod keeper;
mod late;
mod layout;
mod screens;
mod state;
mod text;

use std::rc::Rc;

use skills_passport_web::core::facade::Engine;
use wasm_bindgen::prelude::*;
use yew::AppHandle;

use app::{App, Properties};
use host::{Host, HostElement};
use state::Settings;

/// A mounted widget.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "a handle to a running application has nothing to show")]
pub struct Widget {
    app: Option<AppHandle<App>>,
    properties: Properties,
}

#[wasm_bindgen]
impl Widget {
    /// Mounts the widget in `mount`. `pack` is the text of a data file, `mode` and `focus` are the element's attributes.
    ///
    /// # Errors
    /// If the pack is damaged: an `Error` with `code` and `path`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        mount: web_sys::Element,
        host: HostElement,
        language: &str,
        mode: Option<String>,
        focus: Option<String>,
        pack: &str,
    ) -> Result<Widget, JsValue> {
        let properties = Properties {
            host: Host::new(host),
            settings: Settings::from_attributes(language, mode.as_deref(), focus.as_deref()),
            engine: load(pack)?,
        };
        let app = yew::Renderer::<App>::with_root_and_props(mount, properties.clone()).render();
        Ok(Self { app: Some(app), properties })
    }

    /// Takes changed attributes, and a new pack where language or framework changed.
    ///
    /// # Errors
    /// If the pack is damaged; the widget then stays as it is.
    pub fn update(
        &mut self,
        language: &str,
        mode: Option<String>,
        focus: Option<String>,
        pack: Option<String>,
    ) -> Result<(), JsValue> {
        if let Some(pack) = pack {
            self.properties.engine = load(&pack)?;
        }
        self.properties.settings = Settings::from_attributes(language, mode.as_deref(), focus.as_deref());
        if let Some(app) = &mut self.app {
            app.update(self.properties.clone());
        }
        Ok(())
    }

    /// Takes everything out of the page.
    pub fn unmount(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}

fn load(pack: &str) -> Result<app::EngineHandle, JsValue> {
    let engine = Engine::load(pack).map_err(|failure| host::failure_to_js(&failure))?;
    Ok(app::EngineHandle(Rc::new(engine)))
}
