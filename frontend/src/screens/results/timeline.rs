//! All assessments of the passport over time: the whole level with its uncertainty, and the same as a table.

use skills_passport_web::core::facade::AssessmentSummary;
use skills_passport_web::core::framework::FrameworkText;
use skills_passport_web::core::profile::{Estimate, Evidence};
use skills_passport_web::core::units::{Level, Thousandths};
use yew::prelude::*;

use super::level_phrase;
use crate::layout::{LateUi, date};
use crate::state::{Deed, Screen, Shown};
use crate::text::Key;

/// Size of the picture, of the space for numbers, and of what stands for one assessment.
const WIDTH: i32 = 720;
const HEIGHT: i32 = 300;
const LEFT: i32 = 60;
const RIGHT: i32 = 40;
const FOOT: i32 = 40;
const BAND: i32 = 16;
const DOT: i32 = 8;
/// Most assessments in the picture: the newest. The table has them all.
const MOST_DRAWN: usize = 12;

/// `records` is sorted by time.
pub(super) fn timeline(ui: &LateUi<'_>, words: &FrameworkText, records: &[&AssessmentSummary]) -> Html {
    let row = |record: &&AssessmentSummary| {
        let day = date(ui.texts, &record.at);
        let see = ui.texts.fill(Key::PassportSee, &[("date", &day)]);
        html! {
            <tr>
                <th scope="row">{ ui.button("link", &see, Deed::Show(Screen::Results(Shown::Record(record.id)))) }</th>
                <td>{ level_phrase(ui, words, &record.profile.overall) }</td>
                <td data-label={ui.texts.get(Key::ColumnAnswers)}>{ record.profile.answered }</td>
            </tr>
        }
    };
    html! {
        <>
            { ui.subtitle(Key::TimelineTitle) }
            { ui.says("small", Key::TimelineHelp) }
            { draw(records.get(records.len().saturating_sub(MOST_DRAWN)..).unwrap_or_default()) }
            <table class="timeline-table">
                <caption class="hidden">{ ui.texts.get(Key::TimelineTitle) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ ui.texts.get(Key::ColumnDate) }</th>
                        <th scope="col">{ ui.texts.get(Key::ResultsColumnLevel) }</th>
                        <th scope="col">{ ui.texts.get(Key::ColumnAnswers) }</th>
                    </tr>
                </thead>
                <tbody>{ for records.iter().rev().map(row) }</tbody>
            </table>
        </>
    }
}

fn draw(records: &[&AssessmentSummary]) -> Html {
    let days: Vec<f64> =
        records.iter().map(|record| js_sys::Date::new(&record.at.as_str().into()).get_time()).collect();
    let places = places(&days);
    let estimates = || records.iter().map(|record| &record.profile.overall).zip(&places);
    let line = |number: i32| {
        let y = height(f64::from(number)).to_string();
        html! {
            <>
                <line class="ring" x1={LEFT.to_string()} x2={(WIDTH - RIGHT).to_string()} y1={y.clone()} y2={y.clone()} />
                <text class="scale" x={(LEFT - 20).to_string()} {y} dy="8">{ number }</text>
            </>
        }
    };
    let points: Vec<String> = estimates()
        .filter(|(estimate, _)| estimate.evidence != Evidence::NotEnough)
        .map(|(estimate, x)| format!("{x},{}", at(estimate.median)))
        .collect();
    html! {
        <svg class="timeline" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} aria-hidden="true" focusable="false">
            { for [2, 4, 6, 8].map(line) }
            { for estimates().map(|(estimate, x)| band(estimate, *x)) }
            <polyline class="outline" points={points.join(" ")} />
            { for estimates().map(|(estimate, x)| dot(estimate, *x)) }
            { for records.iter().zip(&places).map(|(record, x)| year(record, *x)) }
        </svg>
    }
}

/// Where each stands, left to right: by time, but never on top of one another.
#[expect(clippy::cast_possible_truncation, reason = "between the margins")]
fn places(days: &[f64]) -> Vec<i32> {
    let (from, to) = (f64::from(LEFT + BAND), f64::from(WIDTH - RIGHT - BAND));
    let (first, last) = (days.first().copied().unwrap_or_default(), days.last().copied().unwrap_or_default());
    let span = (last - first).max(1.0);
    let closest = 2 * BAND + 4;
    let mut places: Vec<i32> = days.iter().map(|day| (from + (day - first) / span * (to - from)) as i32).collect();
    // From the right, so that the newest keeps its place; then from the left, where that pushed one out.
    let mut most = i32::MAX;
    for place in places.iter_mut().rev() {
        *place = (*place).min(most);
        most = *place - closest;
    }
    let mut least = LEFT + BAND;
    for place in &mut places {
        *place = (*place).max(least);
        least = *place + closest;
    }
    places
}

fn band(estimate: &Estimate, x: i32) -> Html {
    let (high, low) = (at(estimate.high), at(estimate.low));
    let class = if estimate.evidence == Evidence::NotEnough { "band unknown" } else { "band" };
    html! {
        <rect {class} x={(x - BAND).to_string()} width={(2 * BAND).to_string()} y={high.to_string()}
            height={(low - high).max(1).to_string()} />
    }
}

fn dot(estimate: &Estimate, x: i32) -> Html {
    if estimate.evidence == Evidence::NotEnough {
        return Html::default();
    }
    html! { <circle class="likely" cx={x.to_string()} cy={at(estimate.median).to_string()} r={DOT.to_string()} /> }
}

/// Month and year, as numbers: the table has the dates in words.
fn year(record: &AssessmentSummary, x: i32) -> Html {
    let day = record.at.date();
    let month = day.get(..7).unwrap_or_default().to_owned();
    html! { <text class="scale" x={x.to_string()} y={(HEIGHT - 10).to_string()}>{ month }</text> }
}

fn at(value: Thousandths) -> i32 {
    height(value.to_f64())
}

/// Level ½ is at the foot, 8½ at the top.
#[expect(clippy::cast_possible_truncation, reason = "within the picture")]
fn height(level: f64) -> i32 {
    let top = f64::from(Level::COUNT);
    let share = (level.clamp(0.5, 8.5) - 0.5) / top;
    (f64::from(HEIGHT - FOOT) * (1.0 - share)) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assessments_of_one_day_stand_beside_each_other() {
        let places = places(&[0.0, 1.0, 2.0, 1e12]);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 2 * BAND), "{places:?}");
        assert!(places[0] >= LEFT && places[3] <= WIDTH - RIGHT);
    }

    #[test]
    fn twelve_assessments_at_the_end_fit_into_the_picture() {
        let days: Vec<f64> = (0..12).map(|n| if n == 0 { 0.0 } else { 1e12 + f64::from(n) }).collect();
        let places = places(&days);
        assert!(places.windows(2).all(|pair| pair[1] > pair[0]));
        assert!(*places.last().unwrap() <= WIDTH - RIGHT, "{places:?}");
    }

    #[test]
    fn higher_levels_stand_higher() {
        assert!(height(8.0) < height(2.0) && height(0.5) == HEIGHT - FOOT && height(8.5) == 0);
    }
}
