//! Reasons in words.

use skills_passport::offers::OfferOrigin;
use skills_passport::offers::matching::{Reason, Uncovered, Why, Wish};

use crate::lang::Lang;

/// A reason as a learner reads it.
pub(super) fn reason(reason: &Reason, lang: Lang) -> String {
    match (lang, reason) {
        (Lang::En, Reason::Gain { competence, from, to, origin, .. }) => {
            let hedge = if *origin == OfferOrigin::Derived { " (roughly: from its kind of service)" } else { "" };
            format!("{competence} up to level {to}{hedge}; you are at {from}")
        }
        (Lang::Fr, Reason::Gain { competence, from, to, origin, .. }) => {
            let hedge =
                if *origin == OfferOrigin::Derived { " (approximatif : d’après le type de service)" } else { "" };
            format!("{competence} jusqu’au niveau {to}{hedge} ; vous êtes à {from}")
        }
        (Lang::En, Reason::Distance { metres, .. }) => format!("{} km away", kilometres(*metres, '.')),
        (Lang::Fr, Reason::Distance { metres, .. }) => format!("à {} km", kilometres(*metres, ',')),
        (Lang::En, Reason::Remote) => "possible at a distance".to_owned(),
        (Lang::Fr, Reason::Remote) => "possible à distance".to_owned(),
        (Lang::En, Reason::Free) => "free".to_owned(),
        (Lang::Fr, Reason::Free) => "gratuit".to_owned(),
        (Lang::En, Reason::Pass { pass }) => format!("takes your pass ({pass})"),
        (Lang::Fr, Reason::Pass { pass }) => format!("accepte votre pass ({pass})"),
        (Lang::En, Reason::Conditional { .. }) => "free under conditions".to_owned(),
        (Lang::Fr, Reason::Conditional { .. }) => "gratuit sous condition".to_owned(),
        (Lang::En, Reason::Paid { .. }) => "to be paid".to_owned(),
        (Lang::Fr, Reason::Paid { .. }) => "payant".to_owned(),
        (lang, Reason::OnlyFor { audiences }) => {
            let words: Vec<&str> = audiences.iter().map(|audience| audience.word()).collect();
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
