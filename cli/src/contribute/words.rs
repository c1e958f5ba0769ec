//! What is said about contributions, in each language.

use crate::lang::Lang;

/// All words; one that is missing in a language does not compile.
pub(super) struct Words {
    /// Campaign, what it is about, share of truth in thousandths, ε.
    pub(super) explain: fn(&str, &str, u16, f64) -> String,
    pub(super) question: &'static str,
    pub(super) yes: &'static [&'static str],
    pub(super) not_made: &'static str,
    /// Campaign, framework, what it is about.
    pub(super) heading: fn(&str, &str, &str) -> String,
    /// People, share of truth in thousandths.
    pub(super) design: fn(u64, u16) -> String,
    pub(super) columns: [&'static str; 4],
    /// Level 1 to 8, or 9.
    pub(super) category: fn(u16) -> String,
    /// Thousandths.
    pub(super) percent: fn(i32) -> String,
    /// Two ends, thousandths.
    pub(super) range: fn(i32, i32) -> String,
}

impl Words {
    /// The words of a language.
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Fr => &FR,
        }
    }
}

const EN: Words = Words {
    explain: |campaign, about, truth, epsilon| {
        format!(
            "You are about to make a contribution to “{campaign}” about {about}. It says your level in {} of 100 cases, and a \
             level drawn at random in the others; nobody can tell which. Seen alone it makes no level more than {:.0} times \
             likelier than another. It holds no name. Nothing is sent: the line is written here, and you decide.",
            truth / 10,
            times(epsilon)
        )
    },
    question: "Make it? (y/n) ",
    yes: &["y", "yes"],
    not_made: "No contribution was made.",
    heading: |campaign, framework, about| format!("{campaign}: {about}, {framework}"),
    design: |people, truth| {
        format!(
            "{people} contributions; the truth in {} of 100 cases. The ranges hold the true share in 95 of 100 cases.",
            truth / 10
        )
    },
    columns: ["Level", "Share", "Error", "Range"],
    category: |category| if category == 9 { "not enough evidence".to_owned() } else { category.to_string() },
    percent: |share| format!("{}%", tenths(share, '.')),
    range: |low, high| format!("{}–{}%", tenths(low, '.'), tenths(high, '.')),
};

const FR: Words = Words {
    explain: |campaign, about, truth, epsilon| {
        format!(
            "Vous allez faire une contribution à « {campaign} », sur {about}. Elle dit votre niveau dans {} cas sur 100, et un niveau \
             tiré au hasard dans les autres ; personne ne peut savoir lequel. Vue seule, elle ne rend aucun niveau plus de {:.0} \
             fois plus probable qu’un autre. Elle ne contient pas de nom. Rien n’est envoyé : la ligne est écrite ici, et vous \
             décidez.",
            truth / 10,
            times(epsilon)
        )
    },
    question: "La faire\u{202f}? (o/n) ",
    yes: &["o", "oui"],
    not_made: "Aucune contribution n’a été faite.",
    heading: |campaign, framework, about| format!("{campaign} : {about}, {framework}"),
    design: |people, truth| {
        format!(
            "{people} contributions ; la vérité dans {} cas sur 100. Les fourchettes contiennent la vraie part dans 95 cas sur 100.",
            truth / 10
        )
    },
    columns: ["Niveau", "Part", "Erreur", "Fourchette"],
    category: |category| if category == 9 { "pas assez d’éléments".to_owned() } else { category.to_string() },
    percent: |share| format!("{}\u{a0}%", tenths(share, ',')),
    range: |low, high| format!("{} à {}\u{a0}%", tenths(low, ','), tenths(high, ',')),
};

/// How many times likelier at most: e to the ε.
fn times(epsilon: f64) -> f64 {
    epsilon.exp()
}

/// Thousandths as per cent with one decimal.
fn tenths(share: i32, mark: char) -> String {
    let sign = if share < 0 { "−" } else { "" };
    format!("{sign}{}{mark}{}", share.abs() / 10, share.abs() % 10)
}
