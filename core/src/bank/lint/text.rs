//! Words, sentences and phrases of a text.

/// Words with more letters than these count as long (Björnsson 1968).
const LONG_WORD: usize = 6;

/// The words of a text as written. Hyphens hold a word together, apostrophes part it.
pub(super) fn words(text: &str) -> Vec<&str> {
    let inside = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let edges: &[char] = &['-', '.'];
    text.split(|c: char| !inside(c)).map(|word| word.trim_matches(edges)).filter(|word| !word.is_empty()).collect()
}

/// The sentences of a text that hold words; a colon ends one too.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = text;
    while let Some((sentence, after)) = first_sentence(rest) {
        sentences.push(sentence);
        rest = after;
    }
    sentences.push(rest);
    sentences.retain(|sentence| sentence.chars().any(char::is_alphabetic));
    sentences
}

fn first_sentence(text: &str) -> Option<(&str, &str)> {
    let mut characters = text.char_indices().peekable();
    while let Some((_, c)) = characters.next() {
        if let Some((next, behind)) = characters.peek()
            && ".!?:…".contains(c)
            && behind.is_whitespace()
        {
            return text.split_at_checked(*next);
        }
    }
    None
}

/// Words of natural language, parted at apostrophes and hyphens, so that languages can be compared; numbers are none.
fn plain_words(text: &str) -> impl Iterator<Item = &str> {
    words(text).into_iter().flat_map(|word| word.split(['-', '.'])).filter(|word| word.chars().any(char::is_alphabetic))
}

/// Mean number of words in a sentence; what stands between two spaces is a word, as it is for a reader.
pub(super) fn words_per_sentence(texts: &[&str]) -> f64 {
    let spaced =
        |sentence: &str| sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    mean_over_sentences(texts, spaced)
}

fn mean_over_sentences(texts: &[&str], count: impl Fn(&str) -> usize) -> f64 {
    let sentences: Vec<&str> = texts.iter().flat_map(|text| sentences(text)).collect();
    ratio(sentences.iter().map(|sentence| count(sentence)).sum(), sentences.len())
}

/// LIX: mean number of words in a sentence plus the percentage of words of more than six letters (Björnsson 1968).
/// About 30 is easy, 40 ordinary, 50 hard; French, with its longer words, lies some points higher than English.
pub(super) fn lix(texts: &[&str]) -> f64 {
    let all: Vec<&str> = texts.iter().flat_map(|text| plain_words(text)).collect();
    let long = all.iter().filter(|word| word.chars().count() > LONG_WORD).count();
    mean_over_sentences(texts, |sentence| plain_words(sentence).count()) + 100.0 * ratio(long, all.len())
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(part) / number(whole.max(1))
}

/// Words in a row that are looked for: `word`, `prefix*`, `…` for any words between, and `(` for the sign. A word with a
/// capital is looked for as it is written, others in any writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    written: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Word(String),
    Prefix(String),
    Gap,
    Sign(char),
}

impl Phrase {
    pub(super) fn new(written: &str) -> Self {
        let mut pieces = Vec::new();
        for part in written.split_whitespace() {
            match part {
                "…" => pieces.push(Piece::Gap),
                "(" => pieces.push(Piece::Sign('(')),
                _ => {
                    let (part, prefix) = part.strip_suffix('*').map_or((part, false), |part| (part, true));
                    pieces.extend(words(part).into_iter().map(|word| Piece::Word(word.to_owned())));
                    if let Some(Piece::Word(last)) = pieces.last_mut().filter(|_| prefix) {
                        let last = std::mem::take(last);
                        pieces.pop();
                        pieces.push(Piece::Prefix(last));
                    }
                }
            }
        }
        Self { written: written.to_owned(), pieces }
    }

    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// The first words of the text that it fits, as they are written there.
    pub(super) fn find<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        if let [Piece::Sign(sign)] = self.pieces.as_slice() {
            return text.contains(*sign).then(Vec::new);
        }
        let words = words(text);
        (0..words.len()).find_map(|start| fit(&self.pieces, words.get(start..)?))
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

fn fit<'a>(pieces: &[Piece], words: &[&'a str]) -> Option<Vec<&'a str>> {
    let Some((piece, rest)) = pieces.split_first() else { return Some(Vec::new()) };
    if *piece == Piece::Gap {
        return (0..=words.len()).find_map(|skipped| fit(rest, words.get(skipped..)?));
    }
    let (word, others) = words.split_first()?;
    let as_wanted = |wanted: &str| {
        if wanted.chars().any(char::is_uppercase) { (*word).to_owned() } else { word.to_lowercase() }
    };
    let fits = match piece {
        Piece::Word(wanted) => as_wanted(wanted) == *wanted,
        Piece::Prefix(wanted) => as_wanted(wanted).starts_with(wanted.as_str()),
        Piece::Gap | Piece::Sign(_) => false,
    };
    let mut found = fit(rest, others).filter(|_| fits)?;
    found.insert(0, word);
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_at_apostrophes_and_held_together_by_hyphens() {
        assert_eq!(
            words("L’e-mail, c'est (déjà) lu: 3.5 fois."),
            ["L", "e-mail", "c", "est", "déjà", "lu", "3.5", "fois"]
        );
    }

    #[test]
    fn sentences_end_at_signs_before_a_space() {
        let text = "Look at www.shop.example. What is 3.5 %? Well…\u{a0}Two things: one.";
        assert_eq!(
            sentences(text),
            ["Look at www.shop.example.", " What is 3.5 %?", " Well…", "\u{a0}Two things:", " one."]
        );
    }

    #[test]
    fn lix_is_words_in_a_sentence_and_long_words_in_a_hundred() {
        // 8 words in 2 sentences, 2 of them long.
        assert!((lix(&["The computer is slow. It needs another start."]) - (4.0 + 25.0)).abs() < 1e-12);
        assert!((words_per_sentence(&["One two three. Four", "Five."]) - 5.0 / 3.0).abs() < 1e-12);
        assert!((lix(&[]) - 0.0).abs() < 1e-12);
    }

    #[test]
    fn phrases_fit_whole_words_prefixes_and_gaps() {
        for (phrase, text, fits) in [
            ("may", "It may rain", true),
            ("may", "Maybe", false),
            ("ethic*", "An ethical question", true),
            ("ne … pas", "Cela ne marche plus ou pas", true),
            ("n’ … pas", "Il n’y a pas", true),
            ("ne … pas", "Un pas", false),
            ("mail", "Un e-mail", false),
            ("for example", "For  example, this", true),
            ("don't", "I don’t know", true),
            ("e.g.", "e.g. this", true),
            ("(", "a (b)", true),
            ("AI", "J’ai une AI", true),
            ("AI", "J’ai fini", false),
        ] {
            assert_eq!(Phrase::new(phrase).is_in(text), fits, "{phrase} in {text}");
        }
        assert_eq!(Phrase::new("ne … pas").find("Cela NE va pas").unwrap(), ["NE", "pas"]);
    }
}
