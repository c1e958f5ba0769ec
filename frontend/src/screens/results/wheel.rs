//! The wheel: one wedge per competence, one colour per area, the likely level as a line and its uncertainty as a band. A
//! thin line across each area shows the area's level, which is known sooner than those of its competences.
//!
//! Decorative for a screen reader: the table beside it says the same. Coordinates are whole numbers.

use skills_passport_web::core::profile::{Estimate, Evidence, Profile};
use skills_passport_web::core::units::{Level, Thousandths};
use yew::prelude::*;

use crate::layout::LateUi;

/// Radius of the empty middle, and of level 8's outer edge.
const INNER: f64 = 110.0;
const OUTER: f64 = 430.0;
/// Where the numbers of the competences stand.
const LABELS: f64 = 468.0;
/// Space between two areas, as a share of a wedge.
const AREA_GAP: f64 = 0.35;
/// Space between two wedges, radians.
const WEDGE_GAP: f64 = 0.012;

pub(super) fn wheel(ui: &LateUi<'_>, profile: &Profile) -> Html {
    let (framework, words) = (ui.framework(), ui.words());
    let areas: Vec<usize> = profile
        .competences
        .iter()
        .map(|result| {
            let area = framework.area_of(&result.competence);
            framework.areas().iter().position(|candidate| Some(&candidate.id) == area).unwrap_or_default()
        })
        .collect();
    let wedges = profile.competences.iter().zip(&areas).zip(angles(&areas));
    let wedges = wedges.map(|((result, area), (from, to))| {
        html! {
            <g class={format!("area-{}", area % 6)}>
                { wedge_picture(&result.estimate, from, to) }
                { label(result.competence.as_str(), f64::midpoint(from, to)) }
            </g>
        }
    });
    let area_lines = profile.areas.iter().filter(|result| result.estimate.evidence != Evidence::NotEnough);
    let area_lines = area_lines.filter_map(|result| {
        let number = framework.areas().iter().position(|area| area.id == result.area)?;
        let own = || areas.iter().zip(angles(&areas)).filter(|(area, _)| **area == number).map(|(_, angle)| angle);
        let (from, to) = (own().next()?.0, own().next_back()?.1);
        let middle = radius(result.estimate.median.to_f64());
        let class = format!("area-line area-{}", number % 6);
        Some(html! { <path {class} d={ring_part(middle - 2.5, middle + 2.5, from, to)} /> })
    });
    let rings = [2.5, 4.5, 6.5, 8.5].map(|level| {
        let radius = whole(radius(level));
        html! { <circle class="ring" r={radius} /> }
    });
    let shown = profile.areas.iter().filter_map(|result| {
        let number = framework.areas().iter().position(|area| area.id == result.area)?;
        let name = &words?.areas.get(&result.area)?.name;
        let class = format!("swatch area-{}", number % 6);
        Some(html! { <li><span {class}></span>{ result.area.as_str() }{ " " }{ name }</li> })
    });
    html! {
        <div class="picture" aria-hidden="true">
            <svg class="wheel" viewBox="-500 -500 1000 1000" focusable="false">
                { for wedges }
                { for rings }
                { for area_lines }
            </svg>
            <ul class="legend">{ for shown }</ul>
        </div>
    }
}

/// From and to of every wedge, radians clockwise from the top.
fn angles(areas: &[usize]) -> Vec<(f64, f64)> {
    let ends_area = |i: usize| areas.get(i + 1).is_none_or(|next| Some(next) != areas.get(i));
    let gaps = (0..areas.len()).filter(|i| ends_area(*i)).count();
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let wedge = std::f64::consts::TAU / (count(areas.len()) + AREA_GAP * count(gaps)).max(1.0);
    let mut at = 0.0;
    (0..areas.len())
        .map(|i| {
            let (from, to) = (at, at + wedge);
            at = to + if ends_area(i) { AREA_GAP * wedge } else { 0.0 };
            (from + WEDGE_GAP, to - WEDGE_GAP)
        })
        .collect()
}

/// Radius of a level, in levels: ½ is the middle's edge, 8½ the rim.
fn radius(level: f64) -> f64 {
    let top = f64::from(Level::COUNT);
    INNER + (OUTER - INNER) * (level.clamp(0.5, top + 0.5) - 0.5) / top
}

fn wedge_picture(estimate: &Estimate, from: f64, to: f64) -> Html {
    let at = |value: Thousandths| radius(value.to_f64());
    let known = estimate.evidence != Evidence::NotEnough;
    let band = if known { "band" } else { "band unknown" };
    html! {
        <>
            <path class="track" d={ring_part(INNER, OUTER, from, to)} />
            <path class={band} d={ring_part(at(estimate.low), at(estimate.high), from, to)} />
            if known {
                <path class="likely" d={ring_part(at(estimate.median) - 7.0, at(estimate.median) + 7.0, from, to)} />
            }
        </>
    }
}

fn label(text: &str, angle: f64) -> Html {
    let (x, y) = point(LABELS, angle);
    html! { <text x={x} y={y} dy="9">{ text.to_owned() }</text> }
}

/// The part of a ring between two radii and two angles, as an SVG path.
fn ring_part(inner: f64, outer: f64, from: f64, to: f64) -> String {
    let large = if to - from > std::f64::consts::PI { "1" } else { "0" };
    let ((ax, ay), (bx, by)) = (point(outer, from), point(outer, to));
    let ((cx, cy), (dx, dy)) = (point(inner, to), point(inner, from));
    let (r, s) = (whole(outer), whole(inner));
    format!("M{ax} {ay}A{r} {r} 0 {large} 1 {bx} {by}L{cx} {cy}A{s} {s} 0 {large} 0 {dx} {dy}Z")
}

fn point(radius: f64, angle: f64) -> (String, String) {
    (whole(radius * js_sys::Math::sin(angle)), whole(-radius * js_sys::Math::cos(angle)))
}

/// The nearest whole number as text: printing floats would cost the download two kilobytes.
#[expect(clippy::cast_possible_truncation, reason = "coordinates lie within the picture")]
fn whole(value: f64) -> String {
    (value.round() as i32).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wedges_fill_the_circle_without_touching() {
        let wedges = angles(&[0, 0, 0, 1, 1, 2]);
        assert!(wedges.windows(2).all(|pair| pair[0].1 < pair[1].0));
        let last = wedges.last().unwrap().1;
        let wedge = wedges[0].1 - wedges[0].0 + 2.0 * WEDGE_GAP;
        assert!((last + WEDGE_GAP + AREA_GAP * wedge - std::f64::consts::TAU).abs() < 1e-9);
    }

    #[test]
    fn levels_stay_between_the_middle_and_the_rim() {
        assert!((radius(-3.0) - INNER).abs() < 1e-9 && (radius(12.0) - OUTER).abs() < 1e-9);
        assert!((radius(4.5) - f64::midpoint(INNER, OUTER)).abs() < 1e-9);
    }
}
