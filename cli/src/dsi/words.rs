//! What the indicator says, in each language.

use skills_passport::observatory::dsi::{Area, AreaClass, Overall};

use crate::lang::Lang;

/// All words; one that is missing in a language does not compile.
pub(super) struct Words {
    pub(super) intro: &'static str,
    pub(super) internet: &'static str,
    /// Number, of how many.
    pub(super) progress: fn(usize, usize) -> String,
    pub(super) in_months: &'static str,
    pub(super) prompt: &'static str,
    pub(super) not_understood: &'static str,
    pub(super) stopped: &'static str,
    /// What means yes, no, back, stop; the first is shown.
    pub(super) yes: &'static [&'static str],
    pub(super) no: &'static [&'static str],
    pub(super) back: &'static [&'static str],
    pub(super) stop: &'static [&'static str],
    pub(super) your_class: &'static str,
    /// What something is called, and what it is.
    pub(super) pair: fn(&str, &str) -> String,
    pub(super) not_assessed: &'static str,
    pub(super) meaning: &'static str,
    pub(super) area: fn(Area) -> &'static str,
    pub(super) area_class: fn(AreaClass) -> &'static str,
    pub(super) overall: fn(Overall) -> &'static str,
    pub(super) all_areas: &'static str,
    /// Class.
    pub(super) at_least: fn(&str) -> String,
    pub(super) figures: &'static str,
    pub(super) group: &'static str,
    /// Territory as Eurostat codes it, year.
    pub(super) territory: fn(&str, u16) -> String,
    /// Hundredths of a per cent.
    pub(super) share: fn(u16) -> String,
    pub(super) not_shown: &'static str,
    /// People, k, base.
    pub(super) protection: fn(Option<u64>, u64, u64) -> String,
    pub(super) kept: fn(&str) -> String,
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
    intro: "Thirty questions about what you did online or with software in the last 3 months. There is no right or wrong answer, \
            and nothing leaves this computer.",
    internet: "Did you use the internet in the last 3 months?",
    progress: |number, all| format!("Question {number} of {all}"),
    in_months: "In the last 3 months, did you do this?",
    prompt: "y yes, n no, b back, q stop: ",
    not_understood: "Please type y, n, b or q.",
    stopped: "You stopped. Nothing was kept.",
    yes: &["y", "yes", "1"],
    no: &["n", "no", "0"],
    back: &["b", "back"],
    stop: &["q", "quit"],
    your_class: "Your class",
    pair: |name, value| format!("{name}: {value}"),
    not_assessed: "not assessed (no internet in the last 3 months)",
    meaning: "This is Eurostat's Digital Skills Indicator 2.0. It counts what you did, not how well you can do it, and it says \
              nothing about your levels in the questionnaire on digital competences.",
    area: |area| match area {
        Area::Information => "Information and data literacy",
        Area::Communication => "Communication and collaboration",
        Area::Creation => "Digital content creation",
        Area::Safety => "Safety",
        Area::ProblemSolving => "Problem solving",
    },
    area_class: |class| match class {
        AreaClass::None => "no skills",
        AreaClass::Basic => "basic",
        AreaClass::AboveBasic => "above basic",
    },
    overall: |class| match class {
        Overall::None => "no overall digital skills",
        Overall::Limited => "limited",
        Overall::Narrow => "narrow",
        Overall::Low => "low",
        Overall::Basic => "basic",
        Overall::AboveBasic => "above basic",
    },
    all_areas: "All areas",
    at_least: |class| format!("at least {class}"),
    figures: "Published figures",
    group: "this group",
    territory: |territory, year| match territory {
        "EU27_2020" => format!("EU {year}"),
        "FR" => format!("France {year}"),
        other => format!("{other} {year}"),
    },
    share: |share| format!("{}.{}%", share / 100, share % 100 / 10),
    not_shown: "not shown",
    protection: |people, k, base| match people {
        Some(people) => format!(
            "About {people} people. Classes with fewer than {k} people are put together with the next one, and numbers are rounded \
             to multiples of {base}: a share that would tell of fewer is not shown."
        ),
        None => "Too few people: no share is shown.".to_owned(),
    },
    kept: |file| format!("Your answers are in {file}."),
};

const FR: Words = Words {
    intro: "Trente questions sur ce que vous avez fait en ligne ou avec des logiciels au cours des 3 derniers mois. Il n’y a pas de \
            bonne ou de mauvaise réponse, et rien ne quitte cet ordinateur.",
    internet: "Avez-vous utilisé internet au cours des 3 derniers mois\u{202f}?",
    progress: |number, all| format!("Question {number} sur {all}"),
    in_months: "Au cours des 3 derniers mois, l’avez-vous fait\u{202f}?",
    prompt: "o oui, n non, r retour, q arrêter : ",
    not_understood: "Tapez o, n, r ou q.",
    stopped: "Vous avez arrêté. Rien n’a été gardé.",
    yes: &["o", "oui", "1"],
    no: &["n", "non", "0"],
    back: &["r", "retour"],
    stop: &["q", "quitter"],
    your_class: "Votre classe",
    pair: |name, value| format!("{name} : {value}"),
    not_assessed: "non évaluée (pas d’internet au cours des 3 derniers mois)",
    meaning: "C’est l’indicateur de compétences numériques 2.0 d’Eurostat. Il compte ce que vous avez fait, pas comment vous savez le \
              faire, et il ne dit rien de vos niveaux dans le questionnaire sur les compétences numériques.",
    area: |area| match area {
        Area::Information => "Maîtrise de l’information et des données",
        Area::Communication => "Communication et collaboration",
        Area::Creation => "Création de contenu numérique",
        Area::Safety => "Sécurité",
        Area::ProblemSolving => "Résolution de problèmes",
    },
    area_class: |class| match class {
        AreaClass::None => "aucune compétence",
        AreaClass::Basic => "de base",
        AreaClass::AboveBasic => "plus que de base",
    },
    overall: |class| match class {
        Overall::None => "aucune compétence numérique globale",
        Overall::Limited => "limitées",
        Overall::Narrow => "étroites",
        Overall::Low => "faibles",
        Overall::Basic => "de base",
        Overall::AboveBasic => "plus que de base",
    },
    all_areas: "Tous les domaines",
    at_least: |class| format!("au moins : {class}"),
    figures: "Chiffres publiés",
    group: "ce groupe",
    territory: |territory, year| match territory {
        "EU27_2020" => format!("UE {year}"),
        "FR" => format!("France {year}"),
        other => format!("{other} {year}"),
    },
    share: |share| format!("{},{}\u{a0}%", share / 100, share % 100 / 10),
    not_shown: "non montré",
    protection: |people, k, base| match people {
        Some(people) => format!(
            "Environ {people} personnes. Les classes de moins de {k} personnes sont regroupées avec la suivante, et les nombres sont \
             arrondis à un multiple de {base} : une part qui parlerait de moins de personnes n’est pas montrée."
        ),
        None => "Trop peu de personnes : aucune part n’est montrée.".to_owned(),
    },
    kept: |file| format!("Vos réponses sont dans {file}."),
};
