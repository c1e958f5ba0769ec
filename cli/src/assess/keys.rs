//! What a person types, understood.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Read as _};

use skills_passport::bank::{ItemKindName, Response};
use skills_passport::facade::{Labelled, Question};
use skills_passport::id::OptionId;

use crate::texts::Keys;

/// Longest line taken in; the rest of a longer one is passed over.
const LONGEST_LINE: u64 = 4096;

/// What a line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Typed {
    /// An answer, "I don't know" or a question passed over.
    Answer(Response),
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

/// Understands a line typed at a question.
pub(crate) fn understand(line: &str, question: &Question, keys: &Keys) -> Typed {
    let word = line.trim().to_lowercase();
    let meanings = [
        (&keys.dont_know, Typed::Answer(Response::DontKnow)),
        (&keys.skip, Typed::Answer(Response::Skipped)),
        (&keys.back, Typed::Back),
        (&keys.pause, Typed::Pause),
        (&keys.stop, Typed::Stop),
        (&keys.why, Typed::Why),
        (&keys.help, Typed::Help),
    ];
    if let Some((_, meaning)) = meanings.into_iter().find(|(key, _)| key.words.contains(&word.as_str())) {
        return meaning;
    }
    answer(&word, question).map_or(Typed::Unclear, Typed::Answer)
}

/// The letter that stands for the target at this position.
pub(crate) fn letter(position: usize) -> char {
    ('a'..='z').nth(position).unwrap_or('?')
}

/// An answer in numbers, or for a matching in letters: one for each option.
fn answer(word: &str, question: &Question) -> Option<Response> {
    let parts: Vec<&str> = word.split([' ', ',', ';', '\t']).filter(|part| !part.is_empty()).collect();
    let options = || parts.iter().map(|part| id_of(&question.options, number(part)?)).collect::<Option<Vec<_>>>();
    let distinct = |ids: &[OptionId]| ids.iter().collect::<BTreeSet<_>>().len() == ids.len();
    match question.kind {
        ItemKindName::Graded | ItemKindName::Choice => match parts.as_slice() {
            [part] => question.answers.get(number(part)?).map(|answer| answer.response.clone()),
            _ => None,
        },
        ItemKindName::Multiple => {
            let options = options()?;
            let wanted = usize::from(question.choose.unwrap_or_default());
            (options.len() == wanted && distinct(&options)).then_some(Response::Multiple { options })
        }
        ItemKindName::Ordering => {
            let options = options()?;
            let whole = options.len() == question.options.len() && distinct(&options);
            whole.then_some(Response::Ordering { options })
        }
        ItemKindName::Matching => {
            // "1b" is what some people type for the first.
            let target = |(position, part): (usize, &&str)| {
                let own = (position + 1).to_string();
                let letters = part.strip_prefix(own.as_str()).unwrap_or(part).trim_start_matches(['-', '=', '.', ')']);
                let place = (0..question.targets.len()).find(|place| letters == letter(*place).to_string())?;
                id_of(&question.targets, place)
            };
            let targets: Vec<_> = parts.iter().enumerate().map(target).collect::<Option<_>>()?;
            let options = question.options.iter().map(|option| option.id.clone());
            let whole = targets.len() == question.options.len();
            whole.then(|| Response::Matching { matches: options.zip(targets).collect() })
        }
    }
}

/// A response as it is typed: numbers, or for a matching letters; empty for "I don't know" and a skipped question.
pub(crate) fn typed(question: &Question, response: &Response) -> String {
    let number = |id: &OptionId| question.options.iter().position(|option| option.id == *id).map(|place| place + 1);
    let parts: Vec<String> = match response {
        Response::Multiple { options } | Response::Ordering { options } => {
            options.iter().filter_map(number).map(|number| number.to_string()).collect()
        }
        Response::Matching { matches } => {
            let place = |id: &OptionId| question.targets.iter().position(|target| target.id == *id).map(letter);
            let letters = question.options.iter().filter_map(|option| matches.get(&option.id).and_then(place));
            letters.map(String::from).collect()
        }
        _ => {
            let place = question.answers.iter().position(|answer| answer.response == *response);
            place.map(|place| (place + 1).to_string()).into_iter().collect()
        }
    };
    parts.join(" ")
}

/// The position that a number from 1 stands for. "2." and "2)" are what some people type after a numbered list.
fn number(part: &str) -> Option<usize> {
    part.trim_end_matches(['.', ')']).parse::<usize>().ok()?.checked_sub(1)
}

fn id_of(labelled: &[Labelled], position: usize) -> Option<OptionId> {
    labelled.get(position).map(|labelled| labelled.id.clone())
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
    use skills_passport::facade::PossibleAnswer;

    use crate::lang::Lang;
    use crate::texts::Texts;

    fn question(kind: ItemKindName) -> Question {
        let labelled = |ids: &str| -> Vec<Labelled> {
            let one = |id: char| Labelled { id: id.to_string().parse().unwrap(), label: id.to_string() };
            ids.chars().map(one).collect()
        };
        let composed = !matches!(kind, ItemKindName::Graded | ItemKindName::Choice);
        let answers = (0..if composed { 0 } else { 4 })
            .map(|answer| PossibleAnswer { response: Response::Graded { answer }, label: answer.to_string() });
        Question {
            item: "x".parse().unwrap(),
            kind,
            competence: "x".parse().unwrap(),
            area: "x".parse().unwrap(),
            situation: None,
            picture: None,
            stem: String::new(),
            prompt: None,
            answers: answers.collect(),
            options: if composed { labelled("pqrs") } else { Vec::new() },
            choose: (kind == ItemKindName::Multiple).then_some(2),
            targets: if kind == ItemKindName::Matching { labelled("xyz") } else { Vec::new() },
        }
    }

    #[test]
    fn numbers_keys_and_words_are_understood() {
        let keys = &Texts::of(Lang::Fr).keys;
        let answer = |answer| Typed::Answer(Response::Graded { answer });
        for (line, meaning) in [
            ("1\n", answer(0)),
            (" 4 \r\n", answer(3)),
            ("2.", answer(1)),
            ("0", Typed::Unclear),
            ("5", Typed::Unclear),
            ("-1", Typed::Unclear),
            ("1 2", Typed::Unclear),
            ("99999999999999999999999", Typed::Unclear),
            ("", Typed::Unclear),
            ("?", Typed::Answer(Response::DontKnow)),
            ("Je ne sais pas", Typed::Answer(Response::DontKnow)),
            ("x", Typed::Answer(Response::Skipped)),
            ("passer", Typed::Answer(Response::Skipped)),
            ("R", Typed::Back),
            ("ARRÊTER", Typed::Stop),
            ("p", Typed::Pause),
            ("pourquoi", Typed::Why),
            ("aide", Typed::Help),
        ] {
            assert_eq!(understand(line, &question(ItemKindName::Graded), keys), meaning, "{line:?}");
        }
    }

    #[test]
    fn answers_of_several_parts_are_understood() {
        let keys = &Texts::of(Lang::En).keys;
        let ids = |ids: &str| ids.chars().map(|id| id.to_string().parse::<OptionId>().unwrap()).collect::<Vec<_>>();
        let multiple = |options| Typed::Answer(Response::Multiple { options: ids(options) });
        let ordering = |options| Typed::Answer(Response::Ordering { options: ids(options) });
        let matching = |targets| {
            Typed::Answer(Response::Matching { matches: ids("pqrs").into_iter().zip(ids(targets)).collect() })
        };
        use ItemKindName::{Matching, Multiple, Ordering};
        for (kind, line, meaning) in [
            (Multiple, "1 3", multiple("pr")),
            (Multiple, "3, 1.", multiple("rp")),
            (Multiple, "1", Typed::Unclear),
            (Multiple, "1 1", Typed::Unclear),
            (Multiple, "1 5", Typed::Unclear),
            (Multiple, "1 2 3", Typed::Unclear),
            (Ordering, "4 2 1 3", ordering("sqpr")),
            (Ordering, "4 2 1", Typed::Unclear),
            (Ordering, "4 2 1 1", Typed::Unclear),
            (Matching, "b a c b", matching("yxzy")),
            (Matching, "1B, 2a, 3=c, 4) b", Typed::Unclear),
            (Matching, "1B, 2a, 3=c, 4)b", matching("yxzy")),
            (Matching, "b a c", Typed::Unclear),
            (Matching, "b a c d", Typed::Unclear),
            (Matching, "b", Typed::Back),
        ] {
            assert_eq!(understand(line, &question(kind), keys), meaning, "{line:?}");
        }
    }

    #[test]
    fn what_is_typed_again_means_the_same() {
        let keys = &Texts::of(Lang::En).keys;
        use ItemKindName::{Graded, Matching, Multiple, Ordering};
        for (kind, line) in [(Graded, "3"), (Multiple, "1 3"), (Ordering, "4 2 1 3"), (Matching, "b a c b")] {
            let question = question(kind);
            let Typed::Answer(response) = understand(line, &question, keys) else { panic!("{line}") };
            assert_eq!(typed(&question, &response), line);
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
