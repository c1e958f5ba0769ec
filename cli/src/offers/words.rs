//! Reasons in words.

use skills_passport::id::CompetenceId;
use skills_passport::offers::import::Problem;
use skills_passport::offers::matching::{MatchReason, Uncovered, Why, Wish};
use skills_passport::offers::{Audience, OfferOrigin, PathError};

use crate::lang::Lang;

/// A reason as a learner reads it.
pub(super) fn reason(reason: &MatchReason, lang: Lang) -> String {
    match (lang, reason) {
        (Lang::En, MatchReason::Gain { competence, from, to, origin, .. }) => {
            let hedge = if *origin == OfferOrigin::Derived { " (roughly: from its kind of service)" } else { "" };
            format!("{competence} up to level {to}{hedge}; you are at {from}")
        }
        (Lang::Fr, MatchReason::Gain { competence, from, to, origin, .. }) => {
            let hedge =
                if *origin == OfferOrigin::Derived { " (approximatif : d’après le type de service)" } else { "" };
            format!("{competence} jusqu’au niveau {to}{hedge} ; vous êtes à {from}")
        }
        (Lang::En, MatchReason::Distance { metres, .. }) => format!("{} km away", kilometres(*metres, '.')),
        (Lang::Fr, MatchReason::Distance { metres, .. }) => format!("à {} km", kilometres(*metres, ',')),
        (Lang::En, MatchReason::Remote) => "possible at a distance".to_owned(),
        (Lang::Fr, MatchReason::Remote) => "possible à distance".to_owned(),
        (Lang::En, MatchReason::Free) => "free".to_owned(),
        (Lang::Fr, MatchReason::Free) => "gratuit".to_owned(),
        (Lang::En, MatchReason::Pass { pass }) => format!("takes your pass ({pass})"),
        (Lang::Fr, MatchReason::Pass { pass }) => format!("accepte votre pass ({pass})"),
        (Lang::En, MatchReason::Conditional { .. }) => "free under conditions".to_owned(),
        (Lang::Fr, MatchReason::Conditional { .. }) => "gratuit sous condition".to_owned(),
        (Lang::En, MatchReason::Paid { .. }) => "to be paid".to_owned(),
        (Lang::Fr, MatchReason::Paid { .. }) => "payant".to_owned(),
        (lang, MatchReason::OnlyFor { audiences }) => {
            let words: Vec<&str> = audiences.iter().map(|one| audience(*one, lang)).collect();
            let words = words.join(", ");
            if lang == Lang::Fr { format!("réservé à : {words}") } else { format!("only for: {words}") }
        }
    }
}

fn kilometres(metres: u32, mark: char) -> String {
    let tenths = (metres + 50) / 100;
    format!("{}{mark}{}", tenths / 10, tenths % 10)
}

/// What has to be asked.
pub(super) fn wish(wish: Wish, lang: Lang) -> &'static str {
    match (lang, wish) {
        (Lang::En, Wish::Language) => "language",
        (Lang::Fr, Wish::Language) => "la langue",
        (Lang::En, Wish::Cost) => "cost",
        (Lang::Fr, Wish::Cost) => "le prix",
        (Lang::En, Wish::Modality) => "on site or at a distance",
        (Lang::Fr, Wish::Modality) => "sur place ou à distance",
        (Lang::En, Wish::Distance) => "where it is",
        (Lang::Fr, Wish::Distance) => "le lieu",
        (Lang::En, Wish::Accessibility) => "accessibility",
        (Lang::Fr, Wish::Accessibility) => "l’accessibilité",
    }
}

/// A goal that is not reached.
pub(super) fn uncovered(goal: &Uncovered, lang: Lang) -> String {
    let Uncovered { competence, level, goal, reached, why } = goal;
    match (lang, why) {
        (Lang::En, Why::NoOffer) => format!("{competence} from {level} to {goal}: no offer known"),
        (Lang::Fr, Why::NoOffer) => format!("{competence} de {level} à {goal} : aucune offre connue"),
        (Lang::En, Why::OutOfReach) => {
            format!("{competence} from {level} to {goal}: only offers that ask for more first")
        }
        (Lang::Fr, Why::OutOfReach) => {
            format!("{competence} de {level} à {goal} : seulement des offres qui demandent d’autres acquis")
        }
        (Lang::En, Why::Wishes) => {
            format!("{competence} from {level} to {goal}: only offers that do not suit your wishes")
        }
        (Lang::Fr, Why::Wishes) => {
            format!("{competence} de {level} à {goal} : seulement des offres qui ne conviennent pas à vos souhaits")
        }
        (Lang::En, Why::OnlyPartly) => format!("{competence} from {level} to {goal}: offers lead to {reached} only"),
        (Lang::Fr, Why::OnlyPartly) => {
            format!("{competence} de {level} à {goal} : les offres ne mènent qu’à {reached}")
        }
    }
}

/// What has to be asked of an offer.
pub(super) fn ask(wishes: &[Wish], lang: Lang) -> String {
    let ask = if lang == Lang::Fr { "à demander, ce n’est pas dit :" } else { "ask, it is not said:" };
    let wishes: Vec<&str> = wishes.iter().map(|one| wish(*one, lang)).collect();
    format!("{ask} {}", wishes.join(", "))
}

/// The people that an offer is only for.
fn audience(audience: Audience, lang: Lang) -> &'static str {
    let (en, fr) = match audience {
        Audience::Youth => ("young people", "jeunes"),
        Audience::Students => ("students", "étudiants"),
        Audience::Families => ("families", "familles"),
        Audience::Seniors => ("older people", "personnes âgées"),
        Audience::Women => ("women", "femmes"),
        Audience::JobSeekers => ("people looking for work", "personnes en recherche d’emploi"),
        Audience::Workers => ("people who work", "personnes qui travaillent"),
        Audience::Disabled => ("people with a disability", "personnes en situation de handicap"),
        Audience::MinimumIncome => ("recipients of minimum income", "bénéficiaires de minima sociaux"),
        Audience::Exiled => ("exiled people", "personnes exilées"),
        Audience::Emergency => ("people in an emergency", "personnes en situation d’urgence"),
        Audience::Legal => ("people in a particular legal situation", "personnes en situation juridique particulière"),
        Audience::PriorityAreas => ("residents of priority areas", "habitants de quartiers prioritaires"),
    };
    if lang == Lang::Fr { fr } else { en }
}

/// Nobody offers anything.
pub(super) fn no_offer(lang: Lang) -> &'static str {
    if lang == Lang::Fr { "Aucune offre connue." } else { "No offer known." }
}

/// More offers than are shown.
pub(super) fn more(count: usize, lang: Lang) -> String {
    if lang == Lang::Fr { format!("Autres offres trouvées : {count}") } else { format!("Other offers found: {count}") }
}

/// The heading over goals that are not reached.
pub(super) fn what_remains(lang: Lang) -> &'static str {
    if lang == Lang::Fr { "Ce qui reste" } else { "What remains" }
}

/// Competences about which too little is known.
pub(super) fn not_enough(competences: &[CompetenceId], lang: Lang) -> String {
    let list: Vec<&str> = competences.iter().map(CompetenceId::as_str).collect();
    let words = if lang == Lang::Fr {
        "Pas encore assez de réponses pour conseiller :"
    } else {
        "Not enough answers yet to advise on:"
    };
    format!("{words} {}", list.join(", "))
}

/// An offer or job that asks for nothing.
pub(super) fn asks_for_nothing(lang: Lang) -> &'static str {
    if lang == Lang::Fr {
        "Rien n’est demandé : aucun niveau à atteindre."
    } else {
        "It asks for nothing: no level to reach."
    }
}

/// Every goal is reached.
pub(super) fn already_there(lang: Lang) -> &'static str {
    if lang == Lang::Fr { "Vous y êtes déjà." } else { "You are there already." }
}

/// Why there is no path.
pub(super) fn no_path(error: &PathError, lang: Lang) -> String {
    match (lang, error) {
        (Lang::Fr, PathError::NotEnoughEvidence(competence)) => {
            format!("pas encore assez de réponses sur {competence} ; répondez à d’autres questions sur ce sujet")
        }
        (Lang::Fr, PathError::None) => "aucune suite des offres connues n’y mène".to_owned(),
        (Lang::Fr, PathError::TooMany) => "trop de possibilités ; choisissez moins de compétences".to_owned(),
        (_, error) => error.to_string(),
    }
}

/// What is wrong with a value, and what was done.
pub(super) fn problem(problem: Problem, lang: Lang) -> &'static str {
    let (en, fr) = match problem {
        Problem::Missing => ("missing", "manque"),
        Problem::EmptyRow => ("the row is empty", "la ligne est vide"),
        Problem::CellCount => ("more or fewer cells than the header", "plus ou moins de cellules que l’en-tête"),
        Problem::Encoding => ("not UTF-8; decoded", "pas en UTF-8 ; décodé"),
        Problem::LineBreak => ("line break; now a space", "saut de ligne ; remplacé par une espace"),
        Problem::Spaces => ("superfluous spaces; taken out", "espaces en trop ; retirées"),
        Problem::Separator => ("other separator; understood", "autre séparateur ; compris"),
        Problem::Spelling => ("other spelling; understood", "autre graphie ; comprise"),
        Problem::OtherVersion => ("of another version; understood", "d’une autre version ; compris"),
        Problem::UnknownValue => ("not known; left out", "inconnu ; laissé de côté"),
        Problem::Form => ("not of the right form", "pas de la bonne forme"),
        Problem::LeadingZero => ("leading zero lost; put back", "zéro initial perdu ; remis"),
        Problem::CheckDigit => ("wrong check digit; kept", "clé de contrôle fausse ; gardé"),
        Problem::DecimalComma => ("decimal comma; understood", "virgule décimale ; comprise"),
        Problem::Swapped => ("latitude and longitude swapped; put right", "latitude et longitude inversées ; remises"),
        Problem::FarFromPostcode => ("far from the postcode; left out", "loin du code postal ; laissé de côté"),
        Problem::LinkScheme => ("without https://; added", "sans https:// ; ajouté"),
        Problem::TooLong => ("too long; cut off", "trop long ; coupé"),
        Problem::DuplicateId => ("there already", "déjà présent"),
        Problem::Markup => ("HTML; taken out", "HTML ; retiré"),
        Problem::Malformed => ("not well-formed", "mal formé"),
        Problem::CutOff => ("the file ends here", "le fichier s’arrête ici"),
        Problem::Unlinked => ("refers to something that is not there", "renvoie à quelque chose d’absent"),
        Problem::TooMany => ("too many; the first were kept", "trop nombreux ; les premiers sont gardés"),
        Problem::NoLevel => ("no level; taken from a table", "pas de niveau ; pris dans un tableau"),
        other => (other.code(), other.code()),
    };
    if lang == Lang::Fr { fr } else { en }
}
