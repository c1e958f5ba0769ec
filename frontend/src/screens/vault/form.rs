//! Forms whose fields are read when they are sent: nothing of what is typed is in the state before.

use web_sys::{FormData, HtmlFormElement};
use yew::prelude::*;

use crate::layout::Ui;
use crate::state::Deed;
use crate::state::folder::Errand;
use crate::text::Key;

/// What was filled in.
pub(crate) struct Fields(FormData);

impl Fields {
    /// The text of a field; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        self.0.get(name).as_string().unwrap_or_default()
    }

    /// Whether a box is ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        self.0.has(name)
    }

    /// The values of the ticked boxes of one name.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.0.get_all(name).iter().filter_map(|value| value.as_string()).collect()
    }
}

/// A form that sends an errand.
pub(crate) fn form(ui: &Ui, errand: fn(&Fields) -> Errand, content: Html) -> Html {
    let on = ui.on.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target_dyn_into::<HtmlFormElement>();
        if let Some(fields) = form.and_then(|form| FormData::new_with_form(&form).ok()) {
            on.emit(Deed::Vault(errand(&Fields(fields))));
        }
    });
    html! { <form {onsubmit} novalidate=true>{ content }</form> }
}

/// A line to fill in, with its label.
pub(crate) fn line(ui: &Ui, name: &'static str, kind: &'static str, label: Key, complete: &'static str) -> Html {
    html! {
        <div class="field">
            <label for={name}>{ ui.texts.get(label) }</label>
            <input type={kind} id={name} {name} autocomplete={complete} />
        </div>
    }
}

/// A box to tick.
pub(crate) fn tick(name: &'static str, value: &str, label: &str) -> Html {
    let id = [name, "-", value].concat();
    html! {
        <div class="option tick">
            <input type="checkbox" {name} value={value.to_owned()} id={id.clone()} />
            <label for={id}>{ label.to_owned() }</label>
        </div>
    }
}
