//! What some more questions would bring, and a button to go on.

use skills_passport_web::core::assessment::Outlook;
use yew::prelude::*;

use crate::layout::LateUi;
use crate::state::Deed;
use crate::state::way::Act;
use crate::text::Key;

pub(super) fn outlook(ui: &LateUi<'_>, outlook: &Outlook) -> Html {
    let words = ui.words();
    let name = |id| words.and_then(|words| words.competences.get(id)).map(|competence| competence.name.clone());
    let sharper = outlook.sharper.iter().filter_map(|sharper| name(&sharper.competence));
    let minutes = u16::try_from(outlook.seconds.div_ceil(60)).unwrap_or(u16::MAX);
    let time = ui.texts.count(minutes, Key::OutlookMinutesOne, Key::OutlookMinutesOther);
    let questions = outlook.questions.to_string();
    let values = [("n", questions.as_str()), ("time", time.as_str())];
    html! {
        <div class="card outlook">
            { ui.subtitle(Key::OutlookTitle) }
            { ui.paragraph("", &ui.texts.fill(Key::OutlookText, &values)) }
            <ul>{ for sharper.map(|name| html! { <li>{ name }</li> }) }</ul>
            <div class="actions">{ ui.does("", Key::OutlookGo, Deed::Way(Act::Lengthen)) }</div>
            { ui.says("small", Key::OutlookStop) }
        </div>
    }
}
