//! A picture of a profile: a spoke for each area, from level 1 in the middle to 8 at the rim. A thick line goes from the
//! lower to the upper bound of the 90 % interval, a dot marks the likeliest level; thin lines join the
//! dots. Coordinates are whole numbers.

use super::drawing::{Anchor, Drawing, Look, Shape};
use super::words::Words;
use super::{lines, wording};
use crate::framework::{Framework, FrameworkText};
use crate::id::Language;
use crate::profile::{AreaResult, Estimate, Evidence};
use crate::units::{Level, Thousandths};

/// Radius of the rim, of the empty middle, and of where names stand.
const RIM: f64 = 300.0;
const MIDDLE: f64 = 40.0;
const NAMES: f64 = 335.0;
/// Distance of two lines of a name; from this height on names stand above the rim, not beside it.
const LINE_HEIGHT: i32 = 30;
const RIM_SIDE: i32 = 100;
/// Most characters in a line of a name.
const LINE: usize = 18;

/// The picture as an SVG file; none if it is not written in the language. What it shows stands in its description, too.
#[must_use]
pub fn picture(areas: &[AreaResult], framework: &Framework, language: &Language) -> Option<String> {
    let words = Words::of(language)?;
    let text = wording(framework, language);
    let title = (words.picture)(text.map_or("", |text| text.name.as_str()));
    let said: Vec<String> = areas.iter().map(|result| say(words, &name(result, text), &result.estimate)).collect();
    Some(drawing(areas, framework, language).svg(words.language, &title, &said.join(" ")))
}

/// The picture without its words, to be painted otherwise. Areas are named in the language, or in any that there is.
#[must_use]
pub fn drawing(areas: &[AreaResult], framework: &Framework, language: &Language) -> Drawing {
    let text = wording(framework, language);
    let mut shapes = Vec::new();
    for level in [2.5, 4.5, 6.5, 8.5] {
        shapes.push(Shape::Circle { at: (0, 0), radius: whole(radius(level)), look: Look::Ring });
    }
    for (level, number) in [(2.0, "2"), (4.0, "4"), (6.0, "6"), (8.0, "8")] {
        let (anchor, lines) = (Anchor::Start, vec![number.to_owned()]);
        shapes.push(Shape::Text { at: (4, whole(-radius(level))), anchor, lines, look: Look::Scale });
    }
    let turn = |position: usize| std::f64::consts::TAU * (count(position) + 0.5) / count(areas.len().max(1));
    let likeliest = |position: usize| {
        let result = areas.get(position).filter(|result| result.estimate.evidence != Evidence::NotEnough);
        result.map(|result| point(radius(result.estimate.median.to_f64()), turn(position)))
    };
    for position in 0..areas.len() {
        // From the last area on to the first; two areas have one line between them.
        let next = if position + 1 < areas.len() || areas.len() < 3 { position + 1 } else { 0 };
        if let (Some(from), Some(to)) = (likeliest(position), likeliest(next)) {
            shapes.push(Shape::Line { from, to, look: Look::Outline });
        }
    }
    for (position, result) in areas.iter().enumerate() {
        let turn = turn(position);
        spoke(&result.estimate, turn, &mut shapes);
        shapes.push(label(&name(result, text), turn));
    }
    Drawing { view: (-600, -420, 1200, 840), shapes }
}

fn name(result: &AreaResult, text: Option<&FrameworkText>) -> String {
    let name = text.and_then(|text| text.areas.get(&result.area)).map_or("", |area| area.name.as_str());
    format!("{} {name}", result.area).trim().to_owned()
}

fn say(words: &Words, name: &str, estimate: &Estimate) -> String {
    let number = Level::number;
    match estimate.evidence {
        Evidence::NotEnough => (words.not_enough)(name),
        _ => {
            (words.between)(name, number(estimate.lowest_level), number(estimate.highest_level), number(estimate.level))
        }
    }
}

fn spoke(estimate: &Estimate, turn: f64, shapes: &mut Vec<Shape>) {
    let at = |value: Thousandths| point(radius(value.to_f64()), turn);
    let known = estimate.evidence != Evidence::NotEnough;
    shapes.push(Shape::Line { from: point(MIDDLE, turn), to: point(RIM, turn), look: Look::Axis });
    let look = if known { Look::Band } else { Look::Unknown };
    shapes.push(Shape::Line { from: at(estimate.low), to: at(estimate.high), look });
    if known {
        shapes.push(Shape::Circle { at: at(estimate.median), radius: 11, look: Look::Likely });
    }
}

/// The name in lines, beside the end of its spoke.
fn label(name: &str, turn: f64) -> Shape {
    let sine = libm::sin(turn);
    let anchor = if sine > 0.2 {
        Anchor::Start
    } else if sine < -0.2 {
        Anchor::End
    } else {
        Anchor::Middle
    };
    let (lines, (x, y)) = (lines(name, LINE), point(NAMES, turn));
    // Above the middle a long name grows upwards: it would run into the rim.
    let grown = i32::try_from(lines.len().saturating_sub(1)).unwrap_or_default() * LINE_HEIGHT;
    let y = if y < -RIM_SIDE { y - grown } else { y };
    Shape::Text { at: (x, y), anchor, lines, look: Look::Name }
}

/// Radius of a level: ½ is the middle's edge, 8½ the rim.
fn radius(level: f64) -> f64 {
    let top = f64::from(Level::COUNT);
    MIDDLE + (RIM - MIDDLE) * (level.clamp(0.5, top + 0.5) - 0.5) / top
}

fn point(radius: f64, turn: f64) -> (i32, i32) {
    (whole(radius * libm::sin(turn)), whole(-radius * libm::cos(turn)))
}

fn whole(value: f64) -> i32 {
    libm::round(value) as i32
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
