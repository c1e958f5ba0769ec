//! A picture of a profile: a spoke for each area, from level 1 in the middle to 8 at the rim. A thick line goes from the
//! lower to the upper bound of the 90 % interval, a dot marks the likeliest level. Coordinates are whole numbers.

use super::words::Words;
use super::{escaped, lines, wording};
use crate::framework::Framework;
use crate::id::Language;
use crate::profile::{AreaResult, Estimate, Evidence};
use crate::units::{Level, Thousandths};

/// Radius of the rim, of the empty middle, and of where names stand.
const RIM: f64 = 300.0;
const MIDDLE: f64 = 40.0;
const NAMES: f64 = 335.0;
/// Most characters in a line of a name.
const LINE: usize = 18;

/// The picture as an SVG file; none if it is not written in the language. What it shows stands in its description, too.
#[must_use]
pub fn picture(areas: &[AreaResult], framework: &Framework, language: &Language) -> Option<String> {
    let words = Words::of(language)?;
    let text = wording(framework, language);
    let name = |result: &AreaResult| {
        let name = text.and_then(|text| text.areas.get(&result.area)).map(|area| area.name.clone());
        format!("{} {}", result.area, name.unwrap_or_default()).trim().to_owned()
    };
    let title = (words.picture)(text.map_or("", |text| text.name.as_str()));
    let said: Vec<String> = areas.iter().map(|result| say(words, &name(result), &result.estimate)).collect();
    let mut drawn = String::new();
    for level in [2.5, 4.5, 6.5, 8.5] {
        drawn.push_str(&format!("<circle r=\"{}\" class=\"ring\"/>", whole(radius(level))));
    }
    for level in [2.0, 4.0, 6.0, 8.0_f64] {
        drawn.push_str(&format!(
            "<text x=\"4\" y=\"{}\" class=\"scale\">{}</text>",
            whole(-radius(level)),
            level as u8
        ));
    }
    for (position, result) in areas.iter().enumerate() {
        let turn = std::f64::consts::TAU * (count(position) + 0.5) / count(areas.len().max(1));
        drawn.push_str(&spoke(&result.estimate, turn));
        drawn.push_str(&label(&name(result), turn));
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-600 -420 1200 840\" role=\"img\" lang=\"{}\" \
         aria-labelledby=\"picture-title picture-desc\"><title id=\"picture-title\">{}</title>\
         <desc id=\"picture-desc\">{}</desc><style>text{{font:26px sans-serif}}.scale{{font-size:20px;fill:#333}}\
         .ring{{fill:none;stroke:#888}}.axis{{stroke:#aaa}}.band{{stroke:#0b5c8a;stroke-width:18;stroke-linecap:butt}}\
         .unknown{{stroke:#777;stroke-width:4;stroke-dasharray:8 8}}.likely{{fill:#fff;stroke:#000;stroke-width:3}}\
         </style><g aria-hidden=\"true\">{drawn}</g></svg>\n",
        words.language,
        escaped(&title),
        escaped(&said.join(" "))
    ))
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

fn spoke(estimate: &Estimate, turn: f64) -> String {
    let at = |value: Thousandths| point(radius(value.to_f64()), turn);
    let ((ax, ay), (bx, by)) = (point(MIDDLE, turn), point(RIM, turn));
    let ((lx, ly), (hx, hy)) = (at(estimate.low), at(estimate.high));
    let known = estimate.evidence != Evidence::NotEnough;
    let class = if known { "band" } else { "unknown" };
    let mut drawn = format!(
        "<line x1=\"{ax}\" y1=\"{ay}\" x2=\"{bx}\" y2=\"{by}\" class=\"axis\"/>\
         <line x1=\"{lx}\" y1=\"{ly}\" x2=\"{hx}\" y2=\"{hy}\" class=\"{class}\"/>"
    );
    if known {
        let (x, y) = at(estimate.median);
        drawn.push_str(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"11\" class=\"likely\"/>"));
    }
    drawn
}

/// The name in lines, beside the end of its spoke.
fn label(name: &str, turn: f64) -> String {
    let lines = lines(name, LINE);
    let (x, y) = point(NAMES, turn);
    let sine = libm::sin(turn);
    let anchor = if sine > 0.2 {
        "start"
    } else if sine < -0.2 {
        "end"
    } else {
        "middle"
    };
    let lines = lines.iter().enumerate().map(|(number, line)| {
        let down = if number == 0 { "0" } else { "1.15em" };
        format!("<tspan x=\"{x}\" dy=\"{down}\">{}</tspan>", escaped(line))
    });
    format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>", lines.collect::<String>())
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
