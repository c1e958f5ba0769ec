//! Mock-ups as text.

use std::io::{self, Write};

use skills_passport::bank::{Picture, PicturePart, PictureRole};

use crate::output::{columns_of, paragraph};
use crate::texts::PictureWords;

/// Space before every part, so that it is seen where the picture begins and ends.
const INDENT: usize = 4;

/// Writes what it imitates, then its parts, each with what it is.
pub(super) fn write(out: &mut dyn Write, picture: &Picture, words: &PictureWords) -> io::Result<()> {
    paragraph(out, &format!("[{}]", (words.kind)(picture.kind)), 2)?;
    let mut table: Vec<Vec<String>> = Vec::new();
    for part in &picture.parts {
        if matches!(part.role, PictureRole::Columns | PictureRole::Row) {
            table.push(std::iter::once(String::new()).chain(part.cells().map(str::to_owned)).collect());
            continue;
        }
        columns_of(out, &std::mem::take(&mut table))?;
        paragraph(out, &line(part, words), INDENT)?;
    }
    columns_of(out, &table)
}

/// A part in one line.
pub(crate) fn line(part: &PicturePart, words: &PictureWords) -> String {
    let PicturePart { role, text, detail } = part;
    match (role, detail) {
        (PictureRole::ChoiceOn, _) => format!("[x] {text}"),
        (PictureRole::ChoiceOff, _) => format!("[ ] {text}"),
        // Who speaks stands before what they say.
        (PictureRole::Them | PictureRole::Comment, Some(who)) => (words.labelled)(who, text),
        (PictureRole::Bar | PictureRole::Field, Some(value)) => (words.labelled)(text, value),
        _ => {
            let detail = detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
            match (words.role)(*role) {
                "" => format!("{text}{detail}"),
                name => format!("{}{detail}", (words.labelled)(name, text)),
            }
        }
    }
}
