//! The answers as one page: without script, without network, to be read and printed.

use std::fmt::Write as _;

use skills_passport::id::CompetenceId;
use skills_passport::offers::matching::{MatchReason, Matches};
use skills_passport::offers::{Catalogue, Offer};

use super::shape::Shape;
use super::words;
use crate::error::CliError;
use crate::lang::Lang;
use crate::output::escaped;

const STYLE: &str = "
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
section { border-top: 2px solid var(--line); padding: 1rem 0; }
ol { padding-left: 1.6rem; } ol > li { margin-bottom: 1rem; }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; } p { margin: .2rem 0; }
.by { opacity: .8; } .ask { font-style: italic; }
.none { background: var(--soft); padding: .5rem .8rem; border-radius: .4rem; }
a { overflow-wrap: anywhere; }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 10pt; }
  section { break-after: page; border: 0; } section:last-of-type { break-after: auto; }
  ol > li { break-inside: avoid; } a { color: inherit; } }
";

/// Everything before the first person.
pub(super) fn head(lang: Lang) -> String {
    let (title, lead) = match lang {
        Lang::En => (
            "What to learn next, and where",
            "The offers come from a catalogue, the levels from a self-assessment. They are advice: ask the place before \
             you go.",
        ),
        Lang::Fr => (
            "Quoi apprendre ensuite, et où",
            "Les offres viennent d’un catalogue, les niveaux d’une auto-évaluation. Ce sont des conseils\u{a0}: renseignez-vous \
             sur place avant d’y aller.",
        ),
    };
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p>{lead}</p>\n",
        lang.tag(),
    )
}

/// Everything after the last person.
pub(super) fn tail() -> String {
    "</body>\n</html>\n".to_owned()
}

/// One person.
pub(super) fn section(
    name: &str,
    answer: Result<&Matches, &CliError>,
    catalogue: &Catalogue,
    shape: Shape<'_>,
) -> String {
    let mut html = format!("<section>\n<h2>{}</h2>\n", escaped(name));
    match answer {
        Ok(matches) => found(&mut html, matches, catalogue, shape),
        Err(error) => paragraph(&mut html, "none", &error.to_string()),
    }
    html.push_str("</section>\n");
    html
}

fn found(html: &mut String, matches: &Matches, catalogue: &Catalogue, shape: Shape<'_>) {
    let lang = shape.lang;
    if matches.offers.is_empty() {
        paragraph(html, "none", words::no_offer(lang));
    } else {
        html.push_str("<ol>\n");
        for found in &matches.offers {
            let Some(offer) = catalogue.offers().get(found.position) else { continue };
            let _ = writeln!(html, "<li><h3>{}</h3>", escaped(&offer.title));
            let by = whereabouts(offer);
            if !by.is_empty() {
                paragraph(html, "by", &by);
            }
            html.push_str("<ul>\n");
            for reason in &found.reasons {
                let mut words = words::reason(reason, lang);
                if let MatchReason::Gain { competence, .. } = reason {
                    words = with_name(&words, competence, shape);
                }
                let _ = writeln!(html, "<li>{}</li>", escaped(&words));
            }
            html.push_str("</ul>\n");
            if !found.unstated.is_empty() {
                paragraph(html, "ask", &words::ask(&found.unstated, lang));
            }
            if !offer.link.is_empty() {
                let link = escaped(&offer.link);
                let _ = writeln!(html, "<p><a href=\"{link}\" rel=\"noreferrer\">{link}</a></p>");
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol>\n");
        if matches.found > matches.offers.len() {
            paragraph(html, "by", &words::more(matches.found - matches.offers.len(), lang));
        }
    }
    if !matches.uncovered.is_empty() {
        let _ = writeln!(html, "<h3>{}</h3>\n<ul>", words::what_remains(lang));
        for goal in &matches.uncovered {
            let words = with_name(&words::uncovered(goal, lang), &goal.competence, shape);
            let _ = writeln!(html, "<li>{}</li>", escaped(&words));
        }
        html.push_str("</ul>\n");
    }
    if !matches.not_enough_evidence.is_empty() {
        paragraph(html, "by", &words::not_enough(&matches.not_enough_evidence, lang));
    }
}

/// A sentence that begins with the code of a competence, with its name behind the code.
fn with_name(words: &str, competence: &CompetenceId, shape: Shape<'_>) -> String {
    let text = shape.lang.language().and_then(|language| shape.framework.text(&language));
    let name = text.and_then(|text| text.competences.get(competence)).map(|text| text.name.as_str());
    match (name, words.strip_prefix(competence.as_str())) {
        (Some(name), Some(rest)) => format!("{competence} {name}{}{rest}", colon(shape.lang)),
        _ => words.to_owned(),
    }
}

fn colon(lang: Lang) -> &'static str {
    if lang == Lang::Fr { "\u{a0}:" } else { ":" }
}

/// Who gives it, and where.
fn whereabouts(offer: &Offer) -> String {
    let address = offer.place.as_ref().map(|place| &place.address);
    let town = address.map(|address| format!("{} {}", address.postcode, address.town)).unwrap_or_default();
    let street = address.map(|address| address.street.clone()).unwrap_or_default();
    let provider = if offer.provider == offer.title { String::new() } else { offer.provider.clone() };
    let parts = [provider, street, town.trim().to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn paragraph(html: &mut String, class: &str, text: &str) {
    let _ = writeln!(html, "<p class=\"{class}\">{}</p>", escaped(text));
}
