//! Writing to people and to programs: plain text, JSON, and errors in both forms.
//!
//! Everything goes through `Write` and gives an error back, so that a closed pipe ends the program quietly.

use std::io::{self, IsTerminal as _, Write};
use std::num::NonZeroUsize;
use std::thread;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::error::CliError;
use crate::texts::Texts;

/// Headings. Taken out again where the output is no terminal or the person wants no colour.
pub(crate) const BOLD: anstyle::Style = anstyle::Style::new().bold();

/// Longer lines are hard to read, however wide the terminal is.
const WIDEST_TEXT: usize = 80;
/// Longest piece of somebody else's text that an error repeats, in characters.
const LONGEST_QUOTE: usize = 300;

/// Columns of the terminal that is written to; none where it is no terminal and lines may be of any length.
pub(crate) fn columns() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// A line on the terminal that is replaced as work goes on.
pub(crate) struct Watch {
    watched: bool,
}

impl Watch {
    pub(crate) fn new() -> Self {
        Self { watched: io::stderr().is_terminal() }
    }

    /// Replaces the line shown before. Progress that cannot be shown is no reason to give up.
    pub(crate) fn show(&self, line: &str) {
        if self.watched {
            let _ = write!(io::stderr(), "\r\u{1b}[K{line}").and_then(|()| io::stderr().flush());
        }
    }
}

/// Threads to use: as many as asked for, or one per core.
pub(crate) fn threads(asked: Option<u16>) -> usize {
    asked.map_or_else(|| thread::available_parallelism().map_or(1, NonZeroUsize::get), usize::from)
}

/// Writes one JSON document.
pub(crate) fn json(out: &mut dyn Write, value: &impl Serialize) -> Result<(), CliError> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Writes a paragraph, broken between words.
pub(crate) fn paragraph(out: &mut dyn Write, text: &str, indent: usize) -> io::Result<()> {
    let width = columns().unwrap_or(WIDEST_TEXT).min(WIDEST_TEXT);
    let margin = " ".repeat(indent);
    for line in wrapped(text, width.saturating_sub(indent)) {
        writeln!(out, "{margin}{line}")?;
    }
    Ok(())
}

/// Writes a text after a number or key, its further lines under its first.
pub(crate) fn numbered(out: &mut dyn Write, mark: &str, text: &str) -> io::Result<()> {
    const INDENT: usize = 5;
    let width = columns().unwrap_or(WIDEST_TEXT).min(WIDEST_TEXT);
    let mut margin = padded(&format!("  {mark}"), INDENT);
    for line in wrapped(text, width.saturating_sub(INDENT)) {
        writeln!(out, "{margin}{line}")?;
        margin = " ".repeat(INDENT);
    }
    Ok(())
}

/// Lines of at most `width` columns, broken at spaces only: a no-break space does not break.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// The text with spaces after it, so that it fills `width` columns.
pub(crate) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Writes lines of cells, each column as wide as its widest cell.
pub(crate) fn columns_of(out: &mut dyn Write, lines: &[Vec<String>]) -> io::Result<()> {
    let mut widths: Vec<usize> = Vec::new();
    for line in lines {
        widths.resize(widths.len().max(line.len()), 0);
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.width());
        }
    }
    for line in lines {
        let cells: Vec<String> = line.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
        writeln!(out, "  {}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

/// Somebody else's text, fit for a terminal: no control characters, nothing that turns the direction of writing, no
/// endless line.
pub(crate) fn quoted(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean = |c: char| if c.is_control() || turns(c) { '\u{fffd}' } else { c };
    let mut short: String = text.chars().take(LONGEST_QUOTE).map(clean).collect();
    if text.chars().nth(LONGEST_QUOTE).is_some() {
        short.push('…');
    }
    short
}

/// A text as part of HTML or SVG.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A file name as part of a command that can be copied into a shell.
pub(crate) fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._-/\\:+,@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if cfg!(windows) {
        format!("\"{word}\"")
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// An error as programs get it.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorView {
    code: String,
    message: String,
    path: String,
}

impl From<&CliError> for ErrorView {
    fn from(error: &CliError) -> Self {
        Self { code: error.code().to_owned(), message: quoted(&error.to_string()), path: quoted(&error.place()) }
    }
}

/// Writes an error as JSON: `{"error":{"code","message","path"}}`.
pub(crate) fn error_json(out: &mut dyn Write, error: &CliError) -> Result<(), CliError> {
    #[derive(Serialize)]
    struct Document {
        error: ErrorView,
    }
    json(out, &Document { error: error.into() })
}

/// Writes an error for people: what, where, what to do.
pub(crate) fn error_text(out: &mut dyn Write, error: &CliError, texts: &Texts) -> io::Result<()> {
    let words = &texts.errors;
    let label = (words.error)(error.code());
    writeln!(out, "{BOLD}{label}{BOLD:#} {}", quoted(&error.to_string()))?;
    let place = error.place();
    if !place.is_empty() {
        writeln!(out, "  {} {}", words.place, quoted(&place))?;
    }
    writeln!(out, "  {} {}", words.what_to_do, (words.advice)(error.advice()))?;
    if let CliError::Kept { file, .. } = error {
        writeln!(out, "  {}", (words.kept)(&file.display().to_string()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_never_at_a_no_break_space() {
        assert_eq!(wrapped("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrapped("vous savez\u{202f}?", 6), ["vous", "savez\u{202f}?"]);
        assert_eq!(wrapped("extraordinarily long", 4), ["extraordinarily", "long"]);
    }

    #[test]
    fn columns_count_what_is_seen() {
        assert_eq!(padded("é", 3), "é  ");
        assert_eq!(padded("e\u{301}", 3).chars().count(), 4);
        assert_eq!(padded("long", 2), "long");
    }

    #[test]
    fn foreign_text_cannot_steer_the_terminal() {
        assert_eq!(quoted("a\u{1b}[31m\u{202e}b"), "a\u{fffd}[31m\u{fffd}b");
        assert_eq!(quoted(&"x".repeat(1000)).chars().count(), LONGEST_QUOTE + 1);
    }

    #[test]
    fn a_name_with_spaces_is_one_word_of_a_command() {
        assert_eq!(shell_word("a/b.passport.json"), "a/b.passport.json");
        if !cfg!(windows) {
            assert_eq!(shell_word("Léa's file"), r"'Léa'\''s file'");
        }
    }
}
