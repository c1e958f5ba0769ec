//! The report as one HTML file: a heat map as SVG, the same as a table, no script and nothing from elsewhere.

use std::fmt::Write as _;

use super::Report;

/// Size of a cell of the heat map, pixels.
const CELL: (usize, usize) = (60, 26);
/// Room for the names of rows, pixels.
const LEFT: usize = 60;

/// The whole page.
pub(super) fn page(report: &Report) -> String {
    let people = report
        .people
        .map_or_else(|| "too few people for a report".to_owned(), |people| format!("about {people} people"));
    let (k, base) = (report.policy.k(), report.policy.base());
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Group report</title>\n\
         <style>body{{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}\
         table{{border-collapse:collapse}}td,th{{border:1px solid #888;padding:.2em .6em;text-align:left}}</style>\n\
         <h1>Group report</h1>\n<p>{}, {people}.</p>\n<p>Neighbouring levels are put together where they hold fewer than {k} \
         people; numbers are rounded to multiples of {base}. Self-assessments, for guidance only: not for admission, recruitment \
         or benefits.</p>\n<h2>Levels</h2>\n",
        report.framework
    );
    heat_map(&mut page, report);
    page.push_str("<table>\n<tr><th>Competence</th><th>Levels</th><th>People</th><th>Offers that lead on</th></tr>\n");
    for row in &report.competences {
        for group in &row.levels.groups {
            let need = row.needs.iter().find(|need| need.first_level == group.first + 1);
            let offers = match need.map(|need| need.offers) {
                Some(0) => "no offer known for some".to_owned(),
                Some(offers) => offers.to_string(),
                None => String::new(),
            };
            let name = named(group.first, group.last);
            let _ = writeln!(
                page,
                "<tr><td>{}</td><td>{name}</td><td>{}</td><td>{offers}</td></tr>",
                row.competence, group.people
            );
        }
    }
    page.push_str("</table>\n");
    if report.competences.iter().any(|row| !row.change.groups.is_empty()) {
        page.push_str("<h2>Change from the first to the last assessment</h2>\n<table>\n");
        page.push_str("<tr><th>Competence</th><th>Change</th><th>People</th></tr>\n");
        let names = ["higher", "not clear", "lower", "not comparable"];
        for row in &report.competences {
            for group in &row.change.groups {
                let name: Vec<&str> = names.iter().take(group.last + 1).skip(group.first).copied().collect();
                let _ = writeln!(
                    page,
                    "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                    row.competence,
                    name.join(" or "),
                    group.people
                );
            }
        }
        page.push_str("</table>\n");
    }
    page.push_str("</html>\n");
    page
}

fn named(first: usize, last: usize) -> String {
    let level =
        |category: usize| if category == 8 { "not enough evidence".to_owned() } else { (category + 1).to_string() };
    if first == last { level(first) } else { format!("{} to {}", level(first), level(last)) }
}

fn heat_map(page: &mut String, report: &Report) {
    let (wide, tall) = CELL;
    let most = report
        .competences
        .iter()
        .flat_map(|row| &row.levels.groups)
        .map(|group| group.people)
        .max()
        .unwrap_or(1)
        .max(1);
    let (width, height) = (LEFT + 9 * wide, (report.competences.len() + 1) * tall);
    let _ = writeln!(
        page,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" \
         aria-label=\"People by competence and level; the table below says the same\" font-size=\"13\">"
    );
    for category in 0..9 {
        let name = if category == 8 { "?".to_owned() } else { (category + 1).to_string() };
        let x = LEFT + category * wide + wide / 2;
        let _ = writeln!(page, "<text x=\"{x}\" y=\"17\" text-anchor=\"middle\">{name}</text>");
    }
    for (number, row) in report.competences.iter().enumerate() {
        let y = (number + 1) * tall;
        let _ = writeln!(page, "<text x=\"4\" y=\"{}\">{}</text>", y + 17, row.competence);
        for group in &row.levels.groups {
            let (x, across) = (LEFT + group.first * wide, (group.last + 1 - group.first) * wide);
            // The darkest still lets black text be read.
            let shade = 255 - group.people * 120 / most;
            let _ = writeln!(
                page,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{across}\" height=\"{tall}\" fill=\"rgb({shade},{shade},255)\" stroke=\"#888\"/>\
                 <text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                x + across / 2,
                y + 17,
                group.people
            );
        }
    }
    page.push_str("</svg>\n");
}
