//! A passport on paper and on a phone: a picture of results, a page to print, text for a CV, a QR code of a signed
//! badge.
//!
//! Everything is text: SVG that says in words what it shows, and HTML that needs nothing besides itself.

mod card;
mod code;
mod cv;
mod drawing;
mod page;
mod picture;
mod words;

pub use card::card;
pub use code::{Code, code};
pub use cv::{Cv, cv};
pub use drawing::{Anchor, Drawing, Look, Shape, Style};
pub use page::{Page, page};
pub use picture::{drawing, picture};

use crate::framework::{Framework, FrameworkText};
use crate::id::Language;

/// Whether pages and pictures are written in this language.
#[must_use]
pub fn speaks(language: &Language) -> bool {
    words::Words::of(language).is_some()
}

/// The framework's wording in the language, or in any that it has.
fn wording<'a>(framework: &'a Framework, language: &Language) -> Option<&'a FrameworkText> {
    framework.text(language).or_else(|| framework.languages().next().and_then(|other| framework.text(other)))
}

/// A text as part of HTML or SVG: no character of it is markup, and none is forbidden in XML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

/// A text in lines of at most so many characters, broken between words.
fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let full = lines
            .last()
            .is_some_and(|line| !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}
