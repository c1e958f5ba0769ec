//! What a report about a group says, in each language.

use skills_passport::observatory::{NOT_ASKED, NOT_ENOUGH, Step};

use crate::lang::Lang;

/// All words of a report; one that is missing in a language does not compile.
pub(super) struct Words {
    pub(super) title: &'static str,
    /// About how many people.
    pub(super) people_in_all: fn(u64) -> String,
    pub(super) too_few: &'static str,
    /// k, and what numbers are rounded to.
    pub(super) protection: fn(u64, u64) -> String,
    pub(super) purpose: &'static str,
    pub(super) levels: &'static str,
    pub(super) levels_picture: &'static str,
    pub(super) distribution: &'static str,
    pub(super) distribution_picture: &'static str,
    pub(super) distribution_note: &'static str,
    pub(super) needs: &'static str,
    pub(super) needs_note: &'static str,
    pub(super) change: &'static str,
    pub(super) change_picture: &'static str,
    pub(super) change_note: &'static str,
    pub(super) competence: &'static str,
    pub(super) people: &'static str,
    pub(super) share: &'static str,
    pub(super) step: &'static str,
    pub(super) offers: &'static str,
    pub(super) quarter: [&'static str; 3],
    pub(super) nothing_shown: &'static str,
    /// The heads of the columns of a table of values.
    pub(super) columns: [&'static str; 7],
    /// The names of the tables in it: levels, quartiles, needs, changes.
    pub(super) tables: [&'static str; 4],
    not_enough: &'static str,
    not_asked: &'static str,
    changes: [&'static str; 5],
    or: &'static str,
    to: &'static str,
    /// Competence, about how many people, the step.
    pub(super) need: fn(&str, u64, &Step) -> String,
    /// Declared, derived.
    pub(super) offers_known: fn(u32, u32) -> String,
    pub(super) at_most: fn(u64) -> String,
    pub(super) percent: fn(u64) -> String,
    /// Two ends, thousandths.
    pub(super) decimal: fn(i32, i32) -> String,
    pub(super) not_for_publication: &'static str,
}

impl Words {
    /// The words of a language.
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Fr => &FR,
        }
    }

    /// The name of neighbouring categories of a row of levels.
    pub(super) fn levels_of(&self, first: usize, last: usize) -> String {
        let (low, high) = (first + 1, last.min(NOT_ENOUGH - 1) + 1);
        let levels = match low {
            _ if first >= NOT_ENOUGH => None,
            low if low == high => Some(low.to_string()),
            low => Some(format!("{low} {} {high}", self.to)),
        };
        let others = [(NOT_ENOUGH, self.not_enough), (NOT_ASKED, self.not_asked)];
        let others =
            others.iter().filter(|(category, _)| (first..=last).contains(category)).map(|(_, name)| (*name).to_owned());
        levels.into_iter().chain(others).collect::<Vec<_>>().join(&format!(" {} ", self.or))
    }

    /// The name of neighbouring categories of a row of changes.
    pub(super) fn changes_of(&self, first: usize, last: usize) -> String {
        let names: Vec<&str> = self.changes.iter().take(last + 1).skip(first).copied().collect();
        names.join(&format!(" {} ", self.or))
    }
}

const EN: Words = Words {
    title: "Group report",
    people_in_all: |people| format!("about {people} people"),
    too_few: "too few people for a report",
    protection: |k, base| {
        format!(
            "To protect people, neighbouring levels with fewer than {k} people are put together, and numbers are rounded at \
             random to a multiple of {base}. Numbers of different rows do not add up exactly."
        )
    },
    purpose: "Self-assessments, for guidance only: not for admission, recruitment or benefits.",
    levels: "Levels",
    levels_picture: "Heat map: people by competence and level. The table below says the same.",
    distribution: "Distribution",
    distribution_picture: "Bars: the share of people at each level, by competence. The table below says the same.",
    distribution_note: "The three last columns say at which levels a quarter, half and three quarters of the people with a \
                        level are, counted from the lowest.",
    needs: "Needs",
    needs_note: "The next step of everybody with a level, and the offers of the catalogue that lead there.",
    change: "Change from the first to the last assessment",
    change_picture: "Bars: the share of people whose level changed, by competence. The table below says the same.",
    change_note: "A level counts as higher or lower only if the difference is larger than the uncertainty of both results.",
    competence: "Competence",
    people: "People",
    share: "Share",
    step: "Step",
    offers: "Offers",
    quarter: ["A quarter up to", "Half up to", "Three quarters up to"],
    nothing_shown: "too few people",
    columns: ["competence", "name", "table", "from", "to", "people", "offers"],
    tables: ["level", "quartile", "need", "change"],
    not_enough: "not enough evidence",
    not_asked: "not asked",
    changes: ["higher", "not clear", "lower", "not comparable", "only one assessment"],
    or: "or",
    to: "to",
    need: |competence, people, step| {
        format!("about {people} people need {competence} from {} to {}", step.from, step.to)
    },
    offers_known: |declared, derived| match (declared, derived) {
        (0, 0) => "no offer known".to_owned(),
        (declared, 0) => declared.to_string(),
        (0, derived) => format!("{derived} (only roughly matched)"),
        (declared, derived) => format!("{declared}, and {derived} roughly matched"),
    },
    at_most: |people| format!("at most {people}"),
    percent: |share| format!("{share}%"),
    decimal: |from, to| format!("{}–{}", decimal(from, '.'), decimal(to, '.')),
    not_for_publication: "Levels up to which a share of the people are. Not protected, not for publication.",
};

const FR: Words = Words {
    title: "Rapport de groupe",
    people_in_all: |people| format!("environ {people} personnes"),
    too_few: "trop peu de personnes pour un rapport",
    protection: |k, base| {
        format!(
            "Pour protéger les personnes, les niveaux voisins qui en comptent moins de {k} sont regroupés, et les nombres sont \
             arrondis au hasard à un multiple de {base}. Les nombres de lignes différentes ne s’additionnent pas exactement."
        )
    },
    purpose: "Auto-évaluations, pour l’orientation seulement : ni pour une admission, ni pour un recrutement, ni pour des aides.",
    levels: "Niveaux",
    levels_picture: "Carte de chaleur : personnes par compétence et par niveau. Le tableau ci-dessous dit la même chose.",
    distribution: "Répartition",
    distribution_picture: "Barres : part des personnes à chaque niveau, par compétence. Le tableau ci-dessous dit la même chose.",
    distribution_note: "Les trois dernières colonnes disent à quels niveaux se trouvent le quart, la moitié et les trois quarts \
                        des personnes qui ont un niveau, en partant du plus bas.",
    needs: "Besoins",
    needs_note: "La prochaine étape de chaque personne qui a un niveau, et les offres du catalogue qui y mènent.",
    change: "Évolution de la première à la dernière évaluation",
    change_picture: "Barres : part des personnes dont le niveau a changé, par compétence. Le tableau ci-dessous dit la même chose.",
    change_note: "Un niveau n’est dit plus haut ou plus bas que si l’écart dépasse l’incertitude des deux résultats.",
    competence: "Compétence",
    people: "Personnes",
    share: "Part",
    step: "Étape",
    offers: "Offres",
    quarter: ["Un quart jusqu’à", "La moitié jusqu’à", "Trois quarts jusqu’à"],
    nothing_shown: "trop peu de personnes",
    columns: ["compétence", "nom", "tableau", "de", "à", "personnes", "offres"],
    tables: ["niveau", "quartile", "besoin", "évolution"],
    not_enough: "pas assez d’éléments",
    not_asked: "question non posée",
    changes: ["plus haut", "pas net", "plus bas", "non comparable", "une seule évaluation"],
    or: "ou",
    to: "à",
    need: |competence, people, step| {
        format!("environ {people} personnes ont besoin de {competence}, de {} à {}", step.from, step.to)
    },
    offers_known: |declared, derived| match (declared, derived) {
        (0, 0) => "aucune offre connue".to_owned(),
        (declared, 0) => declared.to_string(),
        (0, derived) => format!("{derived} (correspondance approximative)"),
        (declared, derived) => format!("{declared}, et {derived} en correspondance approximative"),
    },
    at_most: |people| format!("au plus {people}"),
    percent: |share| format!("{share}\u{a0}%"),
    decimal: |from, to| format!("{}–{}", decimal(from, ','), decimal(to, ',')),
    not_for_publication: "Niveaux jusqu’auxquels se trouve une part des personnes. Non protégé, à ne pas publier.",
};

/// Thousandths with two decimals.
fn decimal(thousandths: i32, mark: char) -> String {
    let hundredths = thousandths / 10;
    format!("{}{mark}{:02}", hundredths / 100, (hundredths % 100).abs())
}
