//! The plots of a study.

use skills_passport::simulation::Tally;

use super::Done;
use super::svg::{Anchor, Chart};
use super::table::decimal;

/// Half the width of a 95 % interval, in standard errors.
const Z_95: f64 = 1.96;
/// The share of intervals that should hold the truth.
const PROMISED: f64 = 0.9;

fn subject(done: &Done<'_>) -> String {
    format!("{} mode, {} simulated people", done.design.plan.mode.name(), done.results.people())
}

/// RMSE of competences, areas and overall against the number of questions.
pub(super) fn rmse(done: &Done<'_>) -> String {
    let curve = done.results.curve();
    let last = curve.len().saturating_sub(1);
    type Of = fn(&skills_passport::simulation::CurvePoint) -> &Tally;
    let lines: [(&str, &str, Of); 3] = [
        ("competences", r##"stroke="#1f5fa8" stroke-width="2.5""##, |point| &point.competences),
        ("areas", r##"stroke="#9a4b00" stroke-width="2.5" stroke-dasharray="7 4""##, |point| &point.areas),
        ("all together", r##"stroke="#2e6b2e" stroke-width="2.5" stroke-dasharray="2 4""##, |point| &point.overall),
    ];
    let height = |of: Of| curve.iter().map(|point| of(point).figures().rmse.to_f64()).collect::<Vec<_>>();
    let heights = lines.map(|(_, _, of)| height(of));
    let top = heights.iter().flatten().copied().fold(0.5_f64, f64::max);
    let top = (top * 4.0).ceil() / 4.0;
    let ends = |values: &[f64]| {
        let end = |value: Option<&f64>| value.copied().unwrap_or_default();
        format!("from {:.2} to {:.2}", end(values.first()), end(values.last()))
    };
    let words: Vec<String> =
        lines.iter().zip(&heights).map(|((name, _, _), values)| format!("{name} {}", ends(values))).collect();
    let description = format!(
        "How far estimates are from the truth, in levels, after 0 to {last} questions ({}): {}.",
        subject(done),
        words.join("; ")
    );
    let mut chart = Chart::new(
        (520.0, 300.0),
        (0.0, last.max(1) as f64),
        (0.0, top),
        "RMSE against number of questions",
        &description,
    );
    chart.y_axis(&ticks(top), "levels");
    let step = if last > 40 { 10 } else { 5 };
    let numbers: Vec<(f64, String)> = (0..=last).step_by(step).map(|n| (n as f64, n.to_string())).collect();
    chart.x_axis(&numbers, &format!("questions ({})", subject(done)));
    for ((name, style, _), values) in lines.iter().zip(&heights) {
        let points: Vec<(f64, f64)> = values.iter().enumerate().map(|(n, value)| (n as f64, *value)).collect();
        chart.line(&points, style);
        if let Some(end) = points.last() {
            chart.text(*end, (8.0, 4.0), Anchor::Start, name);
        }
    }
    chart.finish()
}

fn ticks(top: f64) -> Vec<(f64, String)> {
    let step = if top > 1.0 { 0.5 } else { 0.25 };
    let mut at = 0.0;
    let mut ticks = Vec::new();
    while at <= top {
        ticks.push((at, format!("{at:.2}")));
        at += step;
    }
    ticks
}

/// Coverage of the 90 % interval by competence, with 95 % intervals for the number of people simulated.
pub(super) fn coverage(done: &Done<'_>) -> String {
    let rows: Vec<(String, f64, f64)> = done
        .results
        .competences()
        .iter()
        .map(|(id, tally)| (id.to_string(), tally.figures()))
        .map(|(id, figures)| (id, figures.coverage.to_f64(), Z_95 * figures.coverage_error.to_f64()))
        .collect();
    let lowest = rows.iter().map(|(_, share, doubt)| share - doubt).fold(0.8_f64, f64::min);
    let low = (lowest * 20.0).floor().max(0.0) / 20.0;
    let words: Vec<String> = rows.iter().map(|(id, share, _)| format!("{id}: {share:.3}")).collect();
    let together = decimal(done.results.competences_together().figures().coverage);
    let description = format!(
        "Share of 90 % intervals that hold the truth ({}): all competences {together}; {}.",
        subject(done),
        words.join(", ")
    );
    let count = rows.len() as f64;
    let size = (460.0, 20.0 * count + 20.0);
    let mut chart =
        Chart::new(size, (low, 1.0), (-count - 0.5, 0.5), "Coverage of the 90 % interval by competence", &description);
    let tick_count = ((1.0 - low) * 20.0).round() as u32;
    let numbers: Vec<(f64, String)> =
        (0..=tick_count).map(|n| low + f64::from(n) / 20.0).map(|at| (at, format!("{at:.2}"))).collect();
    chart.x_axis(&numbers, &format!("share ({}; bars: 95 % interval)", subject(done)));
    chart.line(
        &[(PROMISED, -count - 0.5), (PROMISED, 0.5)],
        r##"stroke="#9a4b00" stroke-width="2" stroke-dasharray="7 4""##,
    );
    chart.text((PROMISED, 0.5), (0.0, -4.0), Anchor::Middle, "promised: 0.90");
    for (position, (id, share, doubt)) in rows.iter().enumerate() {
        let y = -(position as f64) - 0.5;
        chart.text((low, y), (-10.0, 4.0), Anchor::End, id);
        chart.line(&[(share - doubt, y), ((share + doubt).min(1.0), y)], r##"stroke="#1f5fa8" stroke-width="2""##);
        chart.dot(*share, y);
    }
    chart.finish()
}

/// How often each item was asked, the most asked first.
pub(super) fn exposure(done: &Done<'_>) -> String {
    let people = done.results.people().max(1) as f64;
    let mut items: Vec<(&str, u64)> =
        done.results.exposure().iter().map(|(item, asked)| (item.as_str(), *asked)).collect();
    items.sort_by(|one, two| two.1.cmp(&one.1).then_with(|| one.0.cmp(two.0)));
    let share = |asked: u64| asked as f64 / people;
    let most: Vec<String> = items.iter().take(5).map(|(item, asked)| format!("{item} {:.2}", share(*asked))).collect();
    let never: Vec<&str> = items.iter().filter(|(_, asked)| *asked == 0).map(|(item, _)| *item).collect();
    let description = format!(
        "Share of people who were asked each of {} items ({}). Most often: {}. Never: {}.",
        items.len(),
        subject(done),
        most.join(", "),
        if never.is_empty() { "none".to_owned() } else { never.join(", ") }
    );
    let count = items.len().max(1) as f64;
    let mut chart = Chart::new((520.0, 260.0), (0.0, count), (0.0, 1.0), "Item exposure", &description);
    let shares: Vec<(f64, String)> =
        (0..=4_u8).map(|n| f64::from(n) / 4.0).map(|at| (at, format!("{at:.2}"))).collect();
    chart.y_axis(&shares, "share of people");
    for (position, (_, asked)) in items.iter().enumerate().filter(|(_, (_, asked))| *asked > 0) {
        let left = position as f64;
        chart.bar((left + 0.1, 0.0), (left + 0.9, share(*asked)));
    }
    let asked = items.len() - never.len();
    let mut marks = vec![(0.0, "1".to_owned()), (asked as f64, asked.to_string())];
    // Beside each other, two numbers need room.
    if never.len() * 20 > items.len() {
        marks.push((count, items.len().to_string()));
    }
    chart.x_axis(&marks, &format!("items, the most asked first ({})", subject(done)));
    chart.finish()
}
