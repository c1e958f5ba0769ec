//! What a person types, understood.

use std::io::{self, BufRead, Read as _};

use crate::texts::Keys;

/// Longest line taken in; the rest of a longer one is passed over.
const LONGEST_LINE: u64 = 4096;

/// What a line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    /// The answer at this position, 0 the first.
    Answer(usize),
    /// "I don't know".
    DontKnow,
    /// To the question before.
    Back,
    /// Save and leave.
    Pause,
    /// Results from what was answered.
    Stop,
    /// Say why this question is asked.
    Why,
    /// Show the keys.
    Help,
    /// None of these.
    Unclear,
}

/// Understands a line where so many answers can be chosen.
pub(super) fn understand(line: &str, answers: usize, keys: &Keys) -> Typed {
    let word = line.trim().to_lowercase();
    let meanings = [
        (&keys.dont_know, Typed::DontKnow),
        (&keys.back, Typed::Back),
        (&keys.pause, Typed::Pause),
        (&keys.stop, Typed::Stop),
        (&keys.why, Typed::Why),
        (&keys.help, Typed::Help),
    ];
    if let Some((_, meaning)) = meanings.into_iter().find(|(key, _)| key.words.contains(&word.as_str())) {
        return meaning;
    }
    // "2." and "2)" are what some people type after a numbered list.
    match word.trim_end_matches(['.', ')']).parse::<usize>() {
        Ok(number) if (1..=answers).contains(&number) => Typed::Answer(number - 1),
        _ => Typed::Unclear,
    }
}

/// The next line; none at the end of the input.
pub(super) fn read_line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.take(LONGEST_LINE).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    let mut ended = bytes.ends_with(b"\n");
    while !ended {
        let rest = input.fill_buf()?;
        let end = rest.iter().position(|byte| *byte == b'\n');
        let passed = end.map_or(rest.len(), |end| end + 1);
        ended = end.is_some() || passed == 0;
        input.consume(passed);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::texts::Texts;

    #[test]
    fn numbers_keys_and_words_are_understood() {
        let keys = &Texts::of(Lang::Fr).keys;
        for (line, meaning) in [
            ("1\n", Typed::Answer(0)),
            (" 4 \r\n", Typed::Answer(3)),
            ("2.", Typed::Answer(1)),
            ("0", Typed::Unclear),
            ("5", Typed::Unclear),
            ("-1", Typed::Unclear),
            ("99999999999999999999999", Typed::Unclear),
            ("", Typed::Unclear),
            ("?", Typed::DontKnow),
            ("Je ne sais pas", Typed::DontKnow),
            ("R", Typed::Back),
            ("ARRÊTER", Typed::Stop),
            ("p", Typed::Pause),
            ("pourquoi", Typed::Why),
            ("aide", Typed::Help),
        ] {
            assert_eq!(understand(line, 4, keys), meaning, "{line:?}");
        }
    }

    #[test]
    fn lines_may_be_long_or_no_text_at_all() {
        let long = format!("{}\n2\nlast", "x".repeat(1 << 20));
        let mut input = long.as_bytes();
        assert_eq!(read_line(&mut input).unwrap().unwrap().len(), 4096);
        assert_eq!(read_line(&mut input).unwrap().as_deref(), Some("2\n"));
        assert_eq!(read_line(&mut input).unwrap().as_deref(), Some("last"));
        assert_eq!(read_line(&mut input).unwrap(), None);
        assert_eq!(read_line(&mut &b"\xff\n"[..]).unwrap().as_deref(), Some("\u{fffd}\n"));
    }
}
