//! Which skills the questions are to be about.

use skills_passport_web::core::assessment::{Mode, Plan};
use skills_passport_web::core::framework::AreaDocument;
use skills_passport_web::core::id::CompetenceId;
use yew::prelude::*;

use crate::layout::{Choice, LateUi};
use crate::screens::welcome::duration;
use crate::state::way::Step;
use crate::state::{Deed, Screen, Settings, State};
use crate::text::Key;

pub(crate) fn choose(ui: &LateUi<'_>, state: &State, settings: &Settings) -> Html {
    let chosen = state.choices(settings).focus;
    let areas = ui.framework().areas().iter().map(|area| of_area(ui, &chosen, area));
    // Said as often as it changes: what is ticked decides how long it takes.
    let length = (!chosen.is_empty()).then(|| {
        let plan = Plan { focus: chosen.clone(), ..Plan::new(Mode::Focus) };
        duration(ui, Key::ChooseLength, plan)
    });
    let missing = (state.missing && chosen.is_empty()).then(|| ui.says("field-error", Key::ChooseMissing));
    let content = html! {
        <>
            { for areas }
            <p role="status">{ length }</p>
            <div role="alert">{ missing }</div>
            <div class="actions">
                { ui.submit("primary", Key::Start) }
                { ui.does("", Key::ChooseBack, Deed::Show(Screen::Welcome)) }
            </div>
        </>
    };
    html! {
        <section class="choose">
            { ui.title(ui.texts.get(Key::ChooseTitle)) }
            { ui.says("lead", Key::ChooseLead) }
            { ui.form(Deed::Start, content) }
        </section>
    }
}

/// A whole area with one box, or some of its skills.
fn of_area(ui: &LateUi<'_>, chosen: &[CompetenceId], area: &AreaDocument) -> Html {
    let words = ui.words();
    let name = words.and_then(|words| words.areas.get(&area.id)).map_or("", |words| words.name.as_str());
    let all = area.competences.iter().all(|id| chosen.contains(id));
    let some = area.competences.iter().filter(|id| chosen.contains(id)).count();
    let competence = |id: &CompetenceId| {
        let name = words.and_then(|words| words.competences.get(id)).map_or("", |words| words.name.as_str());
        let checked = chosen.contains(id);
        ui.choice(Choice {
            kind: "checkbox",
            group: "competence",
            id: ["competence-", id.as_str()].concat(),
            class: "option",
            label: name,
            hint: "",
            checked,
            deed: Deed::Step(Step::Choose(vec![id.clone()], !checked)),
        })
    };
    let (n, of) = (some.to_string(), area.competences.len().to_string());
    let summary = ui.texts.fill(Key::ChooseSome, &[("area", name), ("n", &n), ("all", &of)]);
    html! {
        <fieldset class="choices">
            <legend>{ name.to_owned() }</legend>
            { ui.choice(Choice {
                kind: "checkbox",
                group: "area",
                id: ["area-", area.id.as_str()].concat(),
                class: "option",
                label: ui.texts.get(Key::ChooseAll),
                hint: "",
                checked: all,
                deed: Deed::Step(Step::Choose(area.competences.clone(), !all)),
            }) }
            <details>
                <summary>{ summary }</summary>
                { for area.competences.iter().map(competence) }
            </details>
        </fieldset>
    }
}
