//! Why a question is asked, and what the last answer completed, in plain words. Comes late.

use skills_passport_web::core::assessment::{Reason, Rule};
use skills_passport_web::core::profile::Milestone;
use yew::prelude::*;

use crate::layout::LateUi;
use crate::text::Key;

pub(crate) fn reason(ui: &LateUi<'_>, reason: &Reason) -> Html {
    let words = ui.words();
    let area = words.and_then(|words| words.areas.get(&reason.area)).map_or("", |area| area.name.as_str());
    let skill = words.and_then(|words| words.competences.get(&reason.competence));
    let skill = skill.map_or("", |skill| skill.name.as_str());
    let key = match reason.rule {
        Rule::BestPerSecond => Key::WhyBest,
        Rule::OwedArea => Key::WhyArea,
        Rule::OtherCompetence => Key::WhyOtherSkill,
        Rule::OtherKind => Key::WhyOtherKind,
        Rule::KindStart => Key::WhyStart,
        Rule::KindAfterFailures => Key::WhyEasier,
    };
    let (now, then) = (reason.standard_error.0, reason.expected_standard_error.0);
    // How much smaller the doubt about the skill gets, in hundredths.
    let sharper = (now - then).saturating_mul(100) / now.max(1);
    let seconds = reason.seconds.to_string();
    html! {
        <>
            { ui.paragraph("", &ui.texts.fill(key, &[("area", area)])) }
            { ui.paragraph("", &ui.texts.fill(Key::WhyAbout, &[("skill", skill), ("area", area)])) }
            if sharper > 0 {
                { ui.paragraph("", &ui.texts.fill(Key::WhySharper, &[("n", &sharper.to_string())])) }
            }
            { ui.paragraph("small", &ui.texts.fill(Key::WhySeconds, &[("n", &seconds)])) }
        </>
    }
}

/// A true word of encouragement.
pub(crate) fn cheer(ui: &LateUi<'_>, reached: &Milestone) -> String {
    let area = ui.words().and_then(|words| words.areas.get(&reached.area)).map_or("", |area| area.name.as_str());
    let (right, tested) = (reached.right.to_string(), reached.tested.to_string());
    let key = match reached {
        Milestone { right, tested, .. } if *right > 0 && right * 2 >= *tested => Key::CheerRight,
        _ => Key::CheerDone,
    };
    ui.texts.fill(key, &[("area", area), ("right", &right), ("tested", &tested)])
}
