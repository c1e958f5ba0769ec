//! What the person may give to the page, before anything is given. Pure.

use skills_passport_web::core::facade::{Engine, Failure, RedactRequest};
use skills_passport_web::core::id::AreaId;
use skills_passport_web::core::units::Timestamp;
use uuid::Uuid;

/// A request of the page for results, and what the person has chosen to give.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sharing {
    /// Who would get it: an origin, as the browser knows it.
    pub(crate) to: String,
    /// Identity of the copy.
    pub(crate) id: Uuid,
    pub(crate) at: Timestamp,
    /// The areas to give; at first none. Consent is an act, not something ticked beforehand.
    pub(crate) areas: Vec<AreaId>,
    /// Whether the person tried to give nothing.
    pub(crate) missing: bool,
}

/// What the person does about it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ShareDeed {
    /// Give an area, or no longer.
    Toggle(AreaId),
    /// Give all areas, or none.
    All(bool),
    /// Give what is shown.
    Give,
    /// Give nothing.
    Refuse,
}

impl Sharing {
    pub(crate) fn did(&mut self, deed: &ShareDeed, areas: &[AreaId]) {
        let before = std::mem::take(&mut self.areas);
        let kept = |area: &AreaId| match deed {
            ShareDeed::Toggle(toggled) => before.contains(area) != (area == toggled),
            ShareDeed::All(all) => *all,
            ShareDeed::Give | ShareDeed::Refuse => before.contains(area),
        };
        self.areas = areas.iter().filter(|area| kept(area)).cloned().collect();
        self.missing = self.areas.is_empty() && *deed == ShareDeed::Give;
    }
}

/// Exactly what would be given, as the text of its file: the newest results of the chosen areas, and nothing else of the
/// passport.
pub(crate) fn copy(engine: &Engine, passport: &str, sharing: &Sharing) -> Result<String, Failure> {
    let request = RedactRequest {
        id: sharing.id,
        at: sharing.at.clone(),
        areas: Some(sharing.areas.clone()),
        history: false,
        name: false,
        answers: false,
        goals: false,
        courses: false,
        badges: false,
    };
    engine.redact(passport, request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(ids: &[&str]) -> Vec<AreaId> {
        ids.iter().map(|id| id.parse().unwrap()).collect()
    }

    #[test]
    fn nothing_is_given_until_an_area_is_chosen() {
        let all = areas(&["1", "2", "3"]);
        let (id, at) = (Uuid::nil(), "2026-11-24T10:00:00Z".parse().unwrap());
        let mut sharing = Sharing { to: "https://a.example".to_owned(), id, at, areas: Vec::new(), missing: false };
        let mut after = |deed: ShareDeed| {
            sharing.did(&deed, &all);
            (sharing.areas.clone(), sharing.missing)
        };
        assert_eq!(after(ShareDeed::Give), (areas(&[]), true));
        let toggle = |id: &str| ShareDeed::Toggle(id.parse().unwrap());
        assert_eq!(after(toggle("3")), (areas(&["3"]), false));
        assert_eq!(after(toggle("1")), (areas(&["1", "3"]), false));
        assert_eq!(after(toggle("9")), (areas(&["1", "3"]), false), "there is no such area");
        assert_eq!(after(toggle("3")), (areas(&["1"]), false));
        assert_eq!(after(ShareDeed::All(true)), (all.clone(), false));
        assert_eq!(after(ShareDeed::All(false)), (areas(&[]), false));
    }
}
