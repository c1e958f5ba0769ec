//! Comparing words as people write them: without case, accents, kinds of apostrophes and runs of spaces.

/// The text in lower case without accents, every run of other signs than letters and digits as one space.
///
/// `Maîtrise  des outils`, `MAITRISE DES OUTILS` and `maîtrise-des-outils` are the same. Letters of other scripts stay.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        let plain: &str = match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
            'ç' => "c",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ñ' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => "o",
            'ù' | 'ú' | 'û' | 'ü' => "u",
            'ý' | 'ÿ' => "y",
            'œ' => "oe",
            'æ' => "ae",
            // Combining marks: the letter before them is there already.
            '\u{300}'..='\u{36f}' => "",
            _ if letter.is_alphanumeric() => {
                folded.push(letter);
                continue;
            }
            _ => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
                continue;
            }
        };
        folded.push_str(plain);
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The folded words joined by hyphens: an identifier for a name.
#[must_use]
pub fn key(text: &str) -> String {
    fold(text).replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_the_same_however_they_are_written() {
        for text in
            ["Point d'accès  numérique CAF", "POINT D’ACCES NUMERIQUE CAF", " point d`acce\u{300}s numérique\tcaf. "]
        {
            assert_eq!(fold(text), "point d acces numerique caf");
        }
        assert_eq!(key("Œuvre n° 3"), "oeuvre-n-3");
        assert_eq!(fold("—"), "");
        assert_eq!(fold("Ωmega"), "ωmega");
    }
}
