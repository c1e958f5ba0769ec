//! The results as a table: what the wheel shows, in words.

use skills_passport_web::core::framework::FrameworkText;
use skills_passport_web::core::profile::Profile;
use skills_passport_web::core::profile::{AreaResult, Estimate, Evidence};
use skills_passport_web::core::units::Thousandths;
use yew::prelude::*;

use super::level_phrase;
use crate::layout::LateUi;
use crate::text::{Key, Texts};

pub(super) fn table(ui: &LateUi<'_>, words: &FrameworkText, profile: &Profile) -> Html {
    let (texts, framework) = (ui.texts, ui.framework());
    let area = |result: &AreaResult| {
        let number = framework.areas().iter().position(|area| area.id == result.area)?;
        let members = &framework.areas().get(number)?.competences;
        let rows = profile.competences.iter().filter(|row| members.contains(&row.competence));
        let rows = rows.map(|row| {
            let name = words.competences.get(&row.competence).map(|competence| competence.name.as_str());
            html! {
                <tr>
                    <th scope="row"><span class="code">{ row.competence.as_str() }</span>{ " " }{ name }</th>
                    <td>
                        { level_phrase(ui, words, &row.estimate) }
                        { bar(&row.estimate) }
                    </td>
                    <td>{ evidence(texts, row.estimate.evidence) }</td>
                </tr>
            }
        });
        let name = words.areas.get(&result.area).map(|area| area.name.as_str());
        Some(html! {
            <tbody class={format!("area-{}", number % 6)}>
                <tr class="area-row">
                    <th scope="rowgroup">{ result.area.as_str() }{ ". " }{ name }</th>
                    <td>{ level_phrase(ui, words, &result.estimate) }{ bar(&result.estimate) }</td>
                    <td>{ evidence(texts, result.estimate.evidence) }</td>
                </tr>
                { for rows }
            </tbody>
        })
    };
    html! {
        <table>
            <caption class="hidden">{ texts.get(Key::ResultsTable) }</caption>
            <thead>
                <tr>
                    <th scope="col">{ texts.get(Key::ResultsColumnSkill) }</th>
                    <th scope="col">{ texts.get(Key::ResultsColumnLevel) }</th>
                    <th scope="col">{ texts.get(Key::ResultsColumnWhy) }</th>
                </tr>
            </thead>
            { for profile.areas.iter().filter_map(area) }
        </table>
    }
}

fn evidence(texts: Texts, evidence: Evidence) -> &'static str {
    texts.get(match evidence {
        Evidence::Measured => Key::EvidenceMeasured,
        Evidence::Inferred => Key::EvidenceInferred,
        Evidence::NotEnough => Key::EvidenceNotEnough,
    })
}

/// The interval on the scale from ½ to 8½, in hundredths of a level.
pub(super) fn bar(estimate: &Estimate) -> Html {
    let at = |value: Thousandths| value.0.clamp(500, 8500) / 10 - 50;
    let (low, high, middle) = (at(estimate.low), at(estimate.high), at(estimate.median));
    let known = estimate.evidence != Evidence::NotEnough;
    let class = if known { "band" } else { "band unknown" };
    let rect = |class: &'static str, x: i32, width: i32| {
        html! { <rect {class} x={x.to_string()} y="0" width={width.to_string()} height="40" /> }
    };
    html! {
        <svg class="bar" viewBox="0 0 800 40" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            { rect("track", 0, 800) }
            { rect(class, low, (high - low).max(1)) }
            if known {
                { rect("likely", (middle - 6).max(0), 12) }
            }
        </svg>
    }
}
