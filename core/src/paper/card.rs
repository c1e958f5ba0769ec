//! A badge as a picture to show: what it says, that it is a self-assessment, and since when. The picture proves nothing;
//! the signed file does.

use serde_json::{Map, Value};

use super::words::Words;
use super::{escaped, lines};
use crate::credential::Verifier;
use crate::id::Language;
use crate::units::Timestamp;

/// Characters in a line: of the name, of results, of what is small.
const LINES: [usize; 3] = [38, 58, 70];
/// Most results that are shown.
const MOST_RESULTS: usize = 8;

/// The badge as an SVG file; none if it is not written in the language, or if the badge does not verify at this time: a
/// picture of a changed badge would look like one of a sound one.
#[must_use]
pub fn card(badge: &Map<String, Value>, at: &Timestamp, language: &Language) -> Option<String> {
    let words = Words::of(language)?;
    let report = Verifier { at, rdfc: None }.credential(badge);
    let claim = report.claim.as_ref().filter(|_| report.is_sound())?;
    let results = claim.results.iter().take(MOST_RESULTS).map(|result| format!("{} = {}", result.name, result.value));
    let date = report.valid_from.as_deref().and_then(|from| from.get(..10)).unwrap_or_default();
    let parts = [("name", claim.name.clone()), ("date", date.to_owned())];
    let parts = parts.into_iter().chain(results.map(|result| ("result", result)));
    let parts = parts.chain([("small", words.is.to_owned()), ("small", words.is_not.to_owned())]);
    let (mut drawn, mut said, mut y) = (String::new(), Vec::new(), 20);
    for (class, text) in parts {
        let [name, result, small] = LINES;
        let width = match class {
            "name" => name,
            "result" => result,
            _ => small,
        };
        for line in lines(&text, width) {
            y += if class == "name" { 34 } else { 26 };
            drawn.push_str(&format!("<text x=\"30\" y=\"{y}\" class=\"{class}\">{}</text>", escaped(&line)));
        }
        y += 8;
        said.push(text);
    }
    let height = y + 20;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 {height}\" role=\"img\" lang=\"{}\" \
         aria-labelledby=\"card-title card-desc\"><title id=\"card-title\">{}</title><desc id=\"card-desc\">{}</desc>\
         <style>text{{font:19px sans-serif}}.name{{font-size:26px;font-weight:bold}}.date,.small{{font-size:16px;\
         fill:#444}}</style><rect x=\"4\" y=\"4\" width=\"632\" height=\"{}\" rx=\"12\" fill=\"#fff\" stroke=\"#0b5c8a\" \
         stroke-width=\"4\"/><g aria-hidden=\"true\">{drawn}</g></svg>\n",
        words.language,
        escaped(&claim.name),
        escaped(&said.join(" ")),
        height - 8
    ))
}
