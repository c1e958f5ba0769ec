//! What pages and pictures say.

use crate::id::Language;
use crate::profile::Evidence;

pub(super) struct Words {
    pub(super) language: &'static str,
    pub(super) title: &'static str,
    /// The name of the framework.
    pub(super) picture: fn(&str) -> String,
    /// An area, lowest and highest level, the likeliest.
    pub(super) between: fn(&str, u8, u8, u8) -> String,
    /// An area without enough evidence.
    pub(super) not_enough: fn(&str) -> String,
    pub(super) area: &'static str,
    pub(super) level: &'static str,
    pub(super) basis: &'static str,
    /// Lowest and highest level, the likeliest.
    pub(super) range: fn(u8, u8, u8) -> String,
    pub(super) no_range: &'static str,
    pub(super) evidence: fn(Evidence, u16) -> String,
    /// A date, how many answers, whether somebody helped.
    pub(super) about: fn(&str, u16, bool) -> String,
    pub(super) is: &'static str,
    pub(super) is_not: &'static str,
    pub(super) provisional: &'static str,
    pub(super) code: &'static str,
    pub(super) code_title: &'static str,
    pub(super) cv_title: &'static str,
}

impl Words {
    pub(super) fn of(language: &Language) -> Option<&'static Self> {
        match language.as_str() {
            "en" => Some(&ENGLISH),
            "fr" => Some(&FRENCH),
            _ => None,
        }
    }
}

const ENGLISH: Words = Words {
    language: "en",
    title: "Digital skills passport",
    picture: |framework| format!("Levels by area, {framework}"),
    between: |area, low, high, likeliest| {
        if low == high {
            format!("{area}: level {low} of 8.")
        } else {
            format!("{area}: between level {low} and level {high} of 8, most likely {likeliest}.")
        }
    },
    not_enough: |area| format!("{area}: not enough answers yet."),
    area: "Area and competences",
    level: "Level, 1 to 8",
    basis: "Based on",
    range: |low, high, likeliest| {
        if low == high { format!("{low}") } else { format!("{low} to {high}, most likely {likeliest}") }
    },
    no_range: "not known yet",
    evidence: |evidence, answers| match evidence {
        Evidence::Measured if answers == 1 => "1 direct answer".to_owned(),
        Evidence::Measured => format!("{answers} direct answers"),
        Evidence::Inferred => "answers about related skills".to_owned(),
        Evidence::NotEnough => "not enough answers yet".to_owned(),
    },
    about: |date, answers, assisted| {
        let helped = if assisted { ", with somebody's help" } else { "" };
        format!("Self-assessment of {date}, {answers} answers{helped}")
    },
    is: "This is what a person said and showed of themselves in a questionnaire, for guidance: to choose what to learn.",
    is_not: "It is not a certificate and not a supervised test. It is not for admission, recruitment or benefits.",
    provisional: "How hard the questions are is so far their authors' judgement, so the results are provisional.",
    code: "With a phone's camera: the signed badge. The page that opens checks it on the phone and sends nothing.",
    code_title: "QR code of a signed badge",
    cv_title: "Digital skills",
};

const FRENCH: Words = Words {
    language: "fr",
    title: "Passeport de compétences numériques",
    picture: |framework| format!("Niveaux par domaine, {framework}"),
    between: |area, low, high, likeliest| {
        if low == high {
            format!("{area}\u{a0}: niveau {low} sur 8.")
        } else {
            format!("{area}\u{a0}: entre le niveau {low} et le niveau {high} sur 8, le plus probable {likeliest}.")
        }
    },
    not_enough: |area| format!("{area}\u{a0}: pas encore assez de réponses."),
    area: "Domaine et compétences",
    level: "Niveau, de 1 à 8",
    basis: "D’après",
    range: |low, high, likeliest| {
        if low == high { format!("{low}") } else { format!("{low} à {high}, le plus probable {likeliest}") }
    },
    no_range: "pas encore connu",
    evidence: |evidence, answers| match evidence {
        Evidence::Measured if answers < 2 => format!("{answers} réponse directe"),
        Evidence::Measured => format!("{answers} réponses directes"),
        Evidence::Inferred => "des réponses sur des sujets proches".to_owned(),
        Evidence::NotEnough => "pas encore assez de réponses".to_owned(),
    },
    about: |date, answers, assisted| {
        let helped = if assisted { ", avec l’aide de quelqu’un" } else { "" };
        format!("Auto-évaluation du {date}, {answers} réponses{helped}")
    },
    is: "C’est ce qu’une personne a dit et montré d’elle-même dans un questionnaire, pour s’orienter\u{a0}: choisir quoi \
         apprendre.",
    is_not: "Ce n’est ni un certificat ni une épreuve surveillée. Cela ne sert ni à une admission, ni à un recrutement, ni à \
             l’attribution d’aides.",
    provisional: "La difficulté des questions est pour l’instant celle que leurs auteurs estiment\u{a0}: les résultats sont \
                  provisoires.",
    code: "Avec l’appareil photo d’un téléphone\u{a0}: le badge signé. La page qui s’ouvre le vérifie sur le téléphone et \
           n’envoie rien.",
    code_title: "Code QR d’un badge signé",
    cv_title: "Compétences numériques",
};
