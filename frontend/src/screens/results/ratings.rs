//! How the person's ratings of themselves compare with their answers, in kind words.

use skills_passport_web::core::framework::FrameworkText;
use skills_passport_web::core::profile::{AreaResult, Profile, Ratings};
use yew::prelude::*;

use crate::layout::LateUi;
use crate::text::Key;

/// Nothing where nothing can be told.
pub(super) fn ratings(ui: &LateUi<'_>, words: &FrameworkText, profile: &Profile) -> Html {
    let said = |result: &AreaResult| {
        let key = match result.leniency.as_ref()?.ratings {
            Ratings::Higher => Key::RatingsHigher,
            Ratings::Lower => Key::RatingsLower,
            Ratings::Similar => Key::RatingsSimilar,
            Ratings::Unclear => return None,
        };
        let area = words.areas.get(&result.area).map_or("", |area| area.name.as_str());
        Some(html! { <li>{ ui.texts.fill(key, &[("area", area)]) }</li> })
    };
    let said: Vec<Html> = profile.areas.iter().filter_map(said).collect();
    if said.is_empty() {
        return Html::default();
    }
    html! {
        <>
            { ui.subtitle(Key::RatingsTitle) }
            { ui.says("", Key::RatingsLead) }
            <ul>{ for said }</ul>
        </>
    }
}
