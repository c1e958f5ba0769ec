//! The form with the choices. Its fields keep what was chosen; whenever one changes, all are read.

use skills_passport_web::core::facade::{NextStep, OfferChoices};
use skills_passport_web::core::offers::Date;
use wasm_bindgen::prelude::*;
use web_sys::{FormData, HtmlFormElement};
use yew::prelude::*;

use super::filters::Filters;
use super::words;
use crate::layout::LateUi;
use crate::text::Key;

/// Distances to choose from, kilometres.
const DISTANCES: [u16; 5] = [2, 5, 10, 20, 50];

/// Why the place that was named is of no use, and what may have been meant.
pub(super) struct UnknownPlace {
    pub(super) suggestions: Vec<String>,
}

/// What the form shows, and where its changes go.
pub(super) struct Form<'a> {
    pub(super) filters: &'a Filters,
    pub(super) choices: &'a OfferChoices,
    pub(super) steps: &'a [NextStep],
    pub(super) unknown: Option<UnknownPlace>,
    pub(super) node: &'a NodeRef,
    /// The choices; and whether the button was pressed.
    pub(super) on_change: Callback<(Filters, bool)>,
    pub(super) on_clear: Callback<MouseEvent>,
}

impl Form<'_> {
    pub(super) fn show(&self, ui: &LateUi<'_>) -> Html {
        let read = |pressed: bool| {
            let (node, on_change) = (self.node.clone(), self.on_change.clone());
            move || {
                if let Some(fields) = fields(&node) {
                    on_change.emit((Filters::of_fields(&fields), pressed));
                }
            }
        };
        let (changed, pressed) = (read(false), read(true));
        let onchange = Callback::from(move |_: Event| changed());
        let onsubmit = Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            pressed();
        });
        let texts = ui.texts;
        html! {
            <form class="filters" ref={self.node.clone()} {onchange} {onsubmit} novalidate=true aria-labelledby="filters-title">
                <h4 id="filters-title">{ texts.get(Key::FiltersTitle) }</h4>
                { self.skills(ui) }
                if self.choices.places {
                    { self.place(ui) }
                }
                if self.choices.costs {
                    { tick("free", "on", texts.get(Key::FilterFree), self.filters.free) }
                }
                { self.further(ui) }
                <div class="actions">
                    { ui.submit("primary", Key::FilterApply) }
                    if *self.filters != Filters::default() {
                        <button type="button" onclick={self.on_clear.clone()}>{ texts.get(Key::FilterClear) }</button>
                    }
                </div>
            </form>
        }
    }

    fn skills(&self, ui: &LateUi<'_>) -> Html {
        let option = |step: &NextStep| {
            let selected = self.filters.skill.as_ref() == Some(&step.competence);
            (step.competence.as_str().to_owned(), words::skill(ui, &step.competence), selected)
        };
        let options = self.steps.iter().map(option).collect();
        select(ui, "skill", Key::FilterSkill, Key::FilterSkillAny, options)
    }

    fn place(&self, ui: &LateUi<'_>) -> Html {
        let texts = ui.texts;
        let invalid = self.unknown.as_ref().map(|_| "true");
        let place = &self.filters.place;
        let error = self.unknown.as_ref().map(|UnknownPlace { suggestions }| {
            let said = texts.fill(Key::FilterPlaceUnknown, &[("place", place)]);
            match suggestions.as_slice() {
                [] => said,
                like => [said, texts.fill(Key::FilterPlaceLike, &[("places", &like.join(", "))])].join(" "),
            }
        });
        let distance = |kilometres: &u16| {
            let label = texts.fill(Key::FilterWithinKm, &[("n", &kilometres.to_string())]);
            (kilometres.to_string(), label, self.filters.within == Some(*kilometres))
        };
        let distances = DISTANCES.iter().map(distance).collect();
        html! {
            <>
                <div class="field">
                    <label for="place">{ texts.get(Key::FilterPlace) }</label>
                    <input type="text" id="place" name="place" value={place.clone()} maxlength="100" autocomplete="off"
                        aria-describedby="place-hint place-error" aria-invalid={invalid} />
                    <p class="small" id="place-hint">{ texts.get(Key::FilterPlaceHint) }</p>
                    <p class="field-error" id="place-error" aria-live="polite">{ error }</p>
                </div>
                { select(ui, "within", Key::FilterWithin, Key::FilterWithinAny, distances) }
            </>
        }
    }

    /// What fewer people need, folded away.
    fn further(&self, ui: &LateUi<'_>) -> Html {
        let (texts, filters, choices) = (ui.texts, self.filters, self.choices);
        let group = |legend: Key, hint: Option<Key>, boxes: Vec<Html>| {
            if boxes.is_empty() {
                return Html::default();
            }
            let hint = hint.map(|key| html! { <span class="hint">{ texts.get(key) }</span> });
            html! { <fieldset><legend>{ texts.get(legend) }{ hint }</legend>{ for boxes }</fieldset> }
        };
        let passes = choices.passes.iter();
        let passes = passes.map(|pass| tick("pass", pass, &words::pass(ui, pass), filters.passes.contains(pass)));
        let modality =
            |one| tick("modality", word(one), texts.get(words::modality(one)), filters.modalities.contains(&one));
        fn word(modality: skills_passport_web::core::offers::Modality) -> &'static str {
            modality.word()
        }
        let modalities = choices.modalities.iter().copied().map(modality);
        let audiences = choices.audiences.iter();
        let audiences = audiences
            .map(|one| tick("audience", one.word(), texts.get(words::audience(*one)), filters.audiences.contains(one)));
        let needs = choices.needs.iter();
        let needs =
            needs.map(|one| tick("need", one.word(), texts.get(words::need(*one)), filters.needs.contains(one)));
        let languages: Vec<(String, String, bool)> = choices
            .languages
            .iter()
            .map(|language| {
                let name = language_name(ui, language.as_str());
                (language.as_str().to_owned(), name, filters.language.as_ref() == Some(language))
            })
            .collect();
        html! {
            <details open={filters.has_further()}>
                <summary>{ texts.get(Key::FilterFurther) }</summary>
                { group(Key::FilterPasses, None, passes.collect()) }
                { group(Key::FilterModality, None, modalities.collect()) }
                if !languages.is_empty() {
                    { select(ui, "spoken", Key::FilterLanguage, Key::FilterLanguageAny, languages) }
                }
                if choices.dates {
                    { day(ui, "from", Key::FilterFrom, filters.from) }
                    { day(ui, "until", Key::FilterUntil, filters.until) }
                }
                { group(Key::FilterAudience, Some(Key::FilterAudienceHint), audiences.collect()) }
                { group(Key::FilterNeeds, None, needs.collect()) }
                { tick("stated", "on", texts.get(Key::FilterStated), filters.only_stated) }
            </details>
        }
    }
}

/// Reads all fields of the form as pairs of name and value.
fn fields(node: &NodeRef) -> Option<Vec<(String, String)>> {
    let data = FormData::new_with_form(&node.cast::<HtmlFormElement>()?).ok()?;
    let pair = |entry: JsValue| {
        let entry = js_sys::Array::from(&entry);
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    Some(js_sys::Array::from(&data).iter().filter_map(pair).collect())
}

/// A drop-down list with its label; the first entry stands for no wish.
pub(super) fn select(
    ui: &LateUi<'_>,
    name: &'static str,
    label: Key,
    any: Key,
    options: Vec<(String, String, bool)>,
) -> Html {
    let none = !options.iter().any(|(.., selected)| *selected);
    let option =
        |(value, label, selected): (String, String, bool)| html! { <option {value} {selected}>{ label }</option> };
    html! {
        <div class="field">
            <label for={name}>{ ui.texts.get(label) }</label>
            <select id={name} {name}>
                <option value="" selected={none}>{ ui.texts.get(any) }</option>
                { for options.into_iter().map(option) }
            </select>
        </div>
    }
}

/// A day to choose, with its label; left empty, it asks for nothing.
fn day(ui: &LateUi<'_>, name: &'static str, label: Key, chosen: Option<Date>) -> Html {
    let value = chosen.map(|day| day.to_string());
    html! {
        <div class="field">
            <label for={name}>{ ui.texts.get(label) }</label>
            <input type="date" id={name} {name} {value} />
        </div>
    }
}

/// A check box with its label as one large target.
fn tick(name: &'static str, value: &str, label: &str, checked: bool) -> Html {
    let id = [name, "-", value].concat();
    html! {
        <div class="option tick">
            <input type="checkbox" {name} id={id.clone()} value={value.to_owned()} {checked} />
            <label for={id}>{ label.to_owned() }</label>
        </div>
    }
}

#[wasm_bindgen]
extern "C" {
    /// `Intl.DisplayNames`, which `js-sys` does not have.
    type DisplayNames;

    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;
}

/// What a language is called in the language of the widget; its tag where the browser does not know.
fn language_name(ui: &LateUi<'_>, tag: &str) -> String {
    let options = js_sys::Object::new();
    // Setting a member of a fresh object cannot fail.
    let _ = js_sys::Reflect::set(&options, &"type".into(), &"language".into());
    let name = DisplayNames::new(ui.texts.language(), &options).and_then(|names| names.of(tag));
    name.ok().flatten().unwrap_or_else(|| tag.to_owned())
}
