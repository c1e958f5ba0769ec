//! The way to the national map: a link that says what was chosen for it, and only goes where it is pressed.

use skills_passport_web::core::directory::{Directory, Spot, Theme};
use skills_passport_web::core::offers::{Coordinates, Tables};
use skills_passport_web::core::profile::Profile;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::layout::Ui;
use crate::text::Key;

const MAP: &str = include_str!("../../../../frameworks/offers/national-map.json");
const SERVICES: &str = include_str!("../../../../frameworks/offers/lamednum-services-v1.json");

/// The map, and which of its themes are about something that the learner could work on next.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct National {
    directory: Directory,
    /// Positions of themes, those of use first.
    order: Vec<usize>,
    of_use: usize,
}

impl National {
    /// Both files are ours and tested; without them there is no such link.
    pub(super) fn new(profile: &Profile) -> Option<Self> {
        let directory = Directory::parse(MAP).ok()?;
        let mut tables = Tables::default();
        tables.add(SERVICES).ok()?;
        let codes: Vec<&str> =
            directory.themes_for(profile, &tables).into_iter().map(|theme| theme.code.as_str()).collect();
        let helps = |position: &usize| {
            directory.themes.get(*position).is_some_and(|theme: &Theme| codes.contains(&theme.code.as_str()))
        };
        let (mut order, others): (Vec<usize>, Vec<usize>) = (0..directory.themes.len()).partition(helps);
        order.extend(others);
        let of_use = codes.len();
        Some(Self { directory, order, of_use })
    }
}

/// What was chosen for the link.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Aim {
    /// Code of the theme.
    pub(super) theme: Option<String>,
    pub(super) postcode: String,
}

/// The section; `here` is the place that the learner named for the offers, with its name.
pub(super) fn country(
    ui: &Ui,
    national: &National,
    aim: &Aim,
    here: Option<(Coordinates, &str)>,
    on_aim: &Callback<Aim>,
) -> Html {
    let texts = ui.texts;
    let National { directory, order, of_use } = national;
    let chosen = directory.themes.iter().find(|theme| aim.theme.as_ref() == Some(&theme.code));
    let spot = match here {
        _ if !aim.postcode.is_empty() => Spot::Postcode(&aim.postcode),
        Some((point, _)) => Spot::Around(point),
        None => Spot::Anywhere,
    };
    let named = match (spot, here) {
        (Spot::Postcode(postcode), _) => Some(postcode),
        (Spot::Around(_), Some((_, name))) => Some(name),
        _ => None,
    };
    let label = |theme: &Theme| theme.label(texts.language()).to_owned();
    // What is said to be in the link is what is in the link.
    let told: Vec<String> = chosen.map(label).into_iter().chain(named.map(str::to_owned)).collect();
    let told = match told.as_slice() {
        [] => texts.get(Key::CountryTellsNothing).to_owned(),
        some => texts.fill(Key::CountryTells, &[("what", &some.join(", "))]),
    };
    let option = |position: &usize| {
        let theme = directory.themes.get(*position)?;
        Some(html! { <option value={theme.code.clone()} selected={chosen == Some(theme)}>{ label(theme) }</option> })
    };
    let options = |positions: &[usize]| -> Html { positions.iter().filter_map(option).collect() };
    let (useful, others) = order.split_at((*of_use).min(order.len()));
    let theme_chosen = on_aim.reform({
        let aim = aim.clone();
        move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            Aim { theme: value.filter(|code| !code.is_empty()), ..aim.clone() }
        }
    });
    let postcode_typed = on_aim.reform({
        let aim = aim.clone();
        move |event: InputEvent| {
            let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value());
            Aim { postcode: value.unwrap_or_default().trim().to_owned(), ..aim.clone() }
        }
    });
    html! {
        <section class="country" aria-labelledby="country-title">
            <h3 id="country-title">{ texts.get(Key::CountryTitle) }</h3>
            { ui.says("", Key::CountryLead) }
            <div class="filters">
                <div class="field">
                    <label for="theme">{ texts.get(Key::CountryTheme) }</label>
                    <select id="theme" onchange={theme_chosen}>
                        <option value="" selected={chosen.is_none()}>{ texts.get(Key::CountryThemeAny) }</option>
                        if !useful.is_empty() {
                            <optgroup label={texts.get(Key::CountryUseful)}>{ options(useful) }</optgroup>
                        }
                        if !others.is_empty() {
                            <optgroup label={texts.get(Key::CountryOthers)}>{ options(others) }</optgroup>
                        }
                    </select>
                </div>
                <div class="field">
                    <label for="postcode">{ texts.get(Key::CountryPostcode) }</label>
                    <input type="text" id="postcode" inputmode="numeric" maxlength="8" autocomplete="off"
                        value={aim.postcode.clone()} oninput={postcode_typed} />
                </div>
            </div>
            <p>
                <a class="out" href={directory.link(chosen, spot)} target="_blank" rel="noopener noreferrer">
                    { texts.get(Key::CountryLink) }
                </a>
            </p>
            { ui.paragraph("small", &told) }
            { ui.paragraph("small", &directory.name) }
        </section>
    }
}
