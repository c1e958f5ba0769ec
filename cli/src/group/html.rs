//! The report as one HTML file: pictures as SVG, each beside a table that says the same; no script and nothing from
//! elsewhere.

use std::fmt::Write as _;

use skills_passport::observatory::{CATEGORIES, CompetenceReport, Group, NOT_ASKED, NOT_ENOUGH, Need, Published, Step};

use super::Page;
use crate::output::escaped;

/// Width of the names of rows, of the picture beside them, and height of a row, pixels.
const LEFT: usize = 300;
const WIDE: usize = 600;
const TALL: usize = 26;
/// Longest name of a row, characters.
const NAME_CHARS: usize = 40;
/// Narrower parts of a bar are not named, pixels.
const NAMED_FROM: usize = 30;
/// Most steps without an offer that are named before the table.
const GAPS_NAMED: usize = 20;
/// Fills from low to high levels; black text can be read on each.
const LEVEL_FILLS: [&str; 8] = ["#f6e3b4", "#f0d79a", "#d8e3b0", "#bfdcae", "#a6d5b4", "#93cfc4", "#8fc3d6", "#9db8e0"];
/// Fills of changes: higher, not clear, lower, not comparable, only one.
const CHANGE_FILLS: [&str; 5] = ["#8fc3d6", "#e4e4e4", "#f0c39a", "#f4f4f4", "#ffffff"];
/// Fill of people without a level.
const NO_LEVEL: &str = "#e4e4e4";

const STYLE: &str = "body{font-family:sans-serif;line-height:1.4;max-width:62em;margin:2em auto;padding:0 1em;color:#111}\
table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #767676;padding:.2em .6em;text-align:left;vertical-align:top}\
svg{max-width:100%;height:auto}td[colspan]{text-align:center}figure{margin:1em 0}.wide{overflow-x:auto}\
@media print{body{max-width:none;margin:0}h2,figure,tr{break-inside:avoid}h2{break-after:avoid}\
svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

/// The whole page.
pub(super) fn page(page: &Page<'_>) -> String {
    let (words, report) = (page.words, page.report);
    let people = report.people.map_or_else(|| words.too_few.to_owned(), words.people_in_all);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n<main>\n<h1>{title}</h1>\n\
         <p>{}, {people}.</p>\n<p>{}</p>\n<p>{}</p>\n",
        page.lang.tag(),
        escaped(&page.names.of_framework()),
        (words.protection)(report.policy.k(), report.policy.base()),
        words.purpose,
        title = words.title,
    );
    if report.people.is_some() {
        levels(&mut html, page);
        distribution(&mut html, page);
        if report.competences.iter().any(|row| !row.needs.is_empty()) {
            needs(&mut html, page);
        }
        // Everybody has but one assessment where that is all that is known: the last category, alone.
        if report.competences.iter().any(|row| row.change.groups.iter().any(|group| group.first < 4)) {
            change(&mut html, page);
        }
    }
    html.push_str("</main>\n</html>\n");
    html
}

/// A row of the heat map: the darker, the more people.
fn levels(html: &mut String, page: &Page<'_>) {
    let words = page.words;
    let groups = || page.report.competences.iter().flat_map(|row| &row.levels.groups);
    let most = groups().map(|group| group.people).max().unwrap_or(1).max(1);
    heading(html, words.levels, "");
    open(html, page.report.competences.len() + 1, words.levels_picture);
    let cell = WIDE / CATEGORIES;
    for category in 0..CATEGORIES {
        let name = match category {
            NOT_ENOUGH => "?".to_owned(),
            NOT_ASKED => "–".to_owned(),
            level => (level + 1).to_string(),
        };
        text(html, LEFT + category * cell + cell / 2, 0, &name, true);
    }
    for (number, row) in page.report.competences.iter().enumerate() {
        label(html, page, number + 1, row);
        for group in &row.levels.groups {
            // The darkest still lets black text be read.
            let shade = 255 - group.people * 110 / most;
            let fill = format!("rgb({shade},{},255)", 128 + shade / 2);
            let (x, across) = (LEFT + group.first * cell, (group.last + 1 - group.first) * cell);
            part(html, (x, across), number + 1, &fill, &group.people.to_string());
        }
    }
    html.push_str("</svg>\n");
    let note = format!("? {}, – {}", words.levels_of(8, 8), words.levels_of(9, 9));
    let _ = writeln!(html, "<figcaption>{} {note}.</figcaption>\n</figure>", words.levels_picture);
    // The same cells: what is put together in the picture is one cell here.
    let mut heads = vec![words.competence.to_owned()];
    heads.extend((0..CATEGORIES).map(|category| words.levels_of(category, category)));
    table(html, &heads.iter().map(String::as_str).collect::<Vec<_>>());
    for row in &page.report.competences {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(&full_name(page, row)));
        for group in &row.levels.groups {
            let _ = write!(html, "<td colspan=\"{}\">{}</td>", group.last + 1 - group.first, group.people);
        }
        if row.levels.groups.is_empty() {
            let _ = write!(html, "<td colspan=\"{CATEGORIES}\">{}</td>", words.nothing_shown);
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</table>\n</div>\n");
}

/// How the people of each row spread over the levels.
fn distribution(html: &mut String, page: &Page<'_>) {
    let words = page.words;
    heading(html, words.distribution, words.distribution_note);
    bars(html, page, words.distribution_picture, &|row| &row.levels, &|group| {
        let (first, last) = (group.first, group.last.min(NOT_ENOUGH - 1));
        if first >= NOT_ENOUGH {
            return (NO_LEVEL, "?".to_owned());
        }
        let name = match (first + 1, last + 1) {
            (low, _) if group.last >= NOT_ENOUGH => format!("{low}+?"),
            (low, high) if low == high => low.to_string(),
            (low, high) => format!("{low}–{high}"),
        };
        (LEVEL_FILLS.get((first + last) / 2).copied().unwrap_or(NO_LEVEL), name)
    });
    let mut heads = vec![words.competence, words.share];
    heads.extend(words.quarter);
    table(html, &heads);
    for row in page.report.competences.iter().filter(|row| !row.levels.groups.is_empty()) {
        let mut cells = vec![told_shares(page, &row.levels, &|group| words.levels_of(group.first, group.last))];
        match row.quartiles {
            Some(spans) => cells.extend(spans.map(|span| words.levels_of(span.lowest - 1, span.highest - 1))),
            None => cells.extend([(); 3].map(|()| "–".to_owned())),
        }
        line(html, &full_name(page, row), &cells);
    }
    html.push_str("</table>\n</div>\n");
}

/// What leads on: first what no offer leads to.
fn needs(html: &mut String, page: &Page<'_>) {
    let words = page.words;
    heading(html, words.needs, words.needs_note);
    let mut gaps: Vec<(&CompetenceReport, &Need, &Step)> = Vec::new();
    for row in &page.report.competences {
        for need in &row.needs {
            // Where the number is that of the step alone; the table has all of them.
            if !at_most(need) {
                gaps.extend(need.steps.iter().filter(|step| step.is_gap()).map(|step| (row, need, step)));
            }
        }
    }
    gaps.sort_by_key(|(_, need, _)| std::cmp::Reverse(need.people));
    if !gaps.is_empty() {
        html.push_str("<ul>\n");
        for (row, need, step) in gaps.into_iter().take(GAPS_NAMED) {
            let need = (words.need)(row.competence.as_str(), need.people, step);
            let _ = writeln!(html, "<li>{need} – <strong>{}</strong></li>", (words.offers_known)(0, 0));
        }
        html.push_str("</ul>\n");
    }
    table(html, &[words.competence, words.people, words.step, words.offers]);
    for row in &page.report.competences {
        for need in &row.needs {
            let people = if at_most(need) { (words.at_most)(need.people) } else { need.people.to_string() };
            for step in &need.steps {
                let cells = [
                    people.clone(),
                    format!("{} → {}", step.from, step.to),
                    (words.offers_known)(step.declared, step.derived),
                ];
                line(html, &full_name(page, row), &cells);
            }
        }
    }
    html.push_str("</table>\n</div>\n");
}

/// Whether fewer people than the number take each of its steps.
fn at_most(need: &Need) -> bool {
    need.with_others || need.steps.len() > 1
}

/// How levels changed.
fn change(html: &mut String, page: &Page<'_>) {
    let words = page.words;
    heading(html, words.change, words.change_note);
    bars(html, page, words.change_picture, &|row| &row.change, &|group| {
        let mark = |category: usize| ["+", "=", "−", "?", "1"].get(category).copied().unwrap_or_default();
        let name: Vec<&str> = (group.first..=group.last).map(mark).collect();
        let fill = if group.first == group.last { CHANGE_FILLS.get(group.first).copied() } else { None };
        (fill.unwrap_or(NO_LEVEL), name.join(" "))
    });
    table(html, &[words.competence, words.change, words.people]);
    for row in &page.report.competences {
        for group in &row.change.groups {
            line(html, &full_name(page, row), &[words.changes_of(group.first, group.last), group.people.to_string()]);
        }
    }
    html.push_str("</table>\n</div>\n");
}

/// A picture of bars: each row as long as any other, its parts by their share.
fn bars(
    html: &mut String,
    page: &Page<'_>,
    picture: &str,
    of: &dyn Fn(&CompetenceReport) -> &Published,
    look: &dyn Fn(&Group) -> (&'static str, String),
) {
    open(html, page.report.competences.len(), picture);
    for (number, row) in page.report.competences.iter().enumerate() {
        label(html, page, number, row);
        let groups = &of(row).groups;
        let all: u64 = groups.iter().map(|group| group.people).sum();
        let at = |people: u64| usize::try_from(people * WIDE as u64 / all.max(1)).unwrap_or(WIDE);
        let mut passed = 0;
        for group in groups.iter().filter(|group| group.people > 0) {
            let (from, to) = (at(passed), at(passed + group.people));
            passed += group.people;
            let (fill, name) = look(group);
            let name = if to - from < NAMED_FROM { "" } else { &name };
            part(html, (LEFT + from, to - from), number, fill, name);
        }
    }
    let _ = writeln!(html, "</svg>\n<figcaption>{picture}</figcaption>\n</figure>");
}

/// The shares of the groups of a row in words; they need not add up to a hundred.
fn told_shares(page: &Page<'_>, row: &Published, name: &dyn Fn(&Group) -> String) -> String {
    let all: u64 = row.groups.iter().map(|group| group.people).sum();
    let told = |group: &Group| {
        let share = (group.people * 100 + all / 2) / all.max(1);
        format!("{} ({})", name(group), (page.words.percent)(share))
    };
    row.groups.iter().map(told).collect::<Vec<_>>().join(", ")
}

fn full_name(page: &Page<'_>, row: &CompetenceReport) -> String {
    format!("{} {}", row.competence, page.names.of(&row.competence))
}

fn heading(html: &mut String, title: &str, note: &str) {
    let _ = writeln!(html, "<h2>{title}</h2>");
    if !note.is_empty() {
        let _ = writeln!(html, "<p>{note}</p>");
    }
}

/// Begins a picture of so many rows.
fn open(html: &mut String, rows: usize, name: &str) {
    let (width, height) = (LEFT + WIDE, rows * TALL);
    let _ = writeln!(
        html,
        "<figure>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{}\" font-size=\"13\">",
        escaped(name)
    );
}

/// The name of a row, cut where it would reach into the picture.
fn label(html: &mut String, page: &Page<'_>, row: usize, competence: &CompetenceReport) {
    let name = full_name(page, competence);
    let mut short: String = name.chars().take(NAME_CHARS).collect();
    if short.len() < name.len() {
        short.push('…');
    }
    text(html, 4, row, &short, false);
}

fn text(html: &mut String, x: usize, row: usize, text: &str, middle: bool) {
    let anchor = if middle { " text-anchor=\"middle\"" } else { "" };
    let _ = writeln!(html, "<text x=\"{x}\" y=\"{}\"{anchor}>{}</text>", row * TALL + 17, escaped(text));
}

/// A filled part of a row: where it begins and how wide it is, and what stands in it.
fn part(html: &mut String, (x, across): (usize, usize), row: usize, fill: &str, name: &str) {
    let y = row * TALL;
    let _ = writeln!(
        html,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{across}\" height=\"{TALL}\" fill=\"{fill}\" stroke=\"#767676\"/>"
    );
    text(html, x + across / 2, row, name, true);
}

fn table(html: &mut String, heads: &[&str]) {
    html.push_str("<div class=\"wide\">\n<table>\n<tr>");
    for head in heads {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(head));
    }
    html.push_str("</tr>\n");
}

fn line(html: &mut String, name: &str, cells: &[String]) {
    let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escaped(name));
    for cell in cells {
        let _ = write!(html, "<td>{}</td>", escaped(cell));
    }
    html.push_str("</tr>\n");
}
