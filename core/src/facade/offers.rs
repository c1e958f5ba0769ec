//! Offers for other languages: what a learner could learn next, which offers take them there, and a path of several.

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::framework::{Framework, FrameworkReference};
use crate::id::{CompetenceId, Language};
use crate::json::JsonError;
use crate::offers::matching::{Index, LearningGoal, Match, MatchReason, Prepared, Uncovered, Weights, Wish, Wishes};
use crate::offers::{
    Audience, Catalogue, Coordinates, Modality, Need, Offer, OfferError, PathError, PathStep, shortest_path_for,
};
use crate::passport::Passport;
use crate::profile::{Evidence, Profile};
use crate::units::Level;

/// Largest catalogue taken in here, bytes: a browser holds it several times over while it is read.
pub const MAX_OFFERS_BYTES: usize = 64 << 20;
/// Most offers in one answer.
pub const MAX_OFFERS_SHOWN: u16 = 1_000;
/// Offers in an answer where the request does not say how many.
const OFFERS_SHOWN: u16 = 10;
/// Most goals and most words of one kind in a request.
const MAX_WISHES: usize = 200;

impl From<OfferError> for Failure {
    fn from(error: OfferError) -> Self {
        Self { code: error.code().to_owned(), message: error.to_string(), path: error.path().to_owned() }
    }
}

impl From<PathError> for Failure {
    fn from(error: PathError) -> Self {
        let code = match &error {
            PathError::NotEnoughEvidence(_) => "not-enough-evidence",
            PathError::TooMany => "too-many-goals",
            PathError::None => "no-path",
        };
        refused(code, error.to_string(), "/goals")
    }
}

/// Whose results are matched: the one or the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Learner {
    /// Results.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub profile: Option<Profile>,
    /// The text of a passport file; its newest assessment in the framework of the offers counts.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub passport: Option<String>,
}

impl Learner {
    /// Somebody with these results.
    #[must_use]
    pub fn with(profile: Profile) -> Self {
        Self { profile: Some(profile), passport: None }
    }

    /// Somebody with this passport.
    #[must_use]
    pub fn holding(passport: String) -> Self {
        Self { profile: None, passport: Some(passport) }
    }
}

/// Asks for offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct MatchRequest {
    /// Whose results.
    pub learner: Learner,
    /// What the learner asks for.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub wishes: Wishes,
    /// Where the learner is, in the words of the catalogue: a town or a postcode. It counts instead of `wishes.near`.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub place: Option<String>,
    /// What counts how much; a judgement of ours where it is left out.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub weights: Option<Weights>,
    /// How many offers to give, 1 to 1,000; 10 where it is left out.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub limit: Option<u16>,
}

impl MatchRequest {
    /// What a learner with these results could follow, without any wish.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self { learner: Learner::with(profile), wishes: Wishes::default(), place: None, weights: None, limit: None }
    }
}

/// Offers that take the learner on, and what none does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct MatchAnswer {
    /// The best, best first.
    pub offers: Vec<MatchedOffer>,
    /// How many there are in all.
    pub found: u32,
    /// Goals that the offers found do not reach, in the order of the framework; where `why` is `no-offer`, the catalogue
    /// has none: no offer known.
    pub uncovered: Vec<Uncovered>,
    /// Competences about which too little is known to advise anything.
    pub not_enough_evidence: Vec<CompetenceId>,
    /// Where the learner is, if they said so.
    pub near: Option<Coordinates>,
}

/// An offer with what speaks for and against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct MatchedOffer {
    /// The offer.
    pub offer: Offer,
    /// Points, the more the better.
    pub points: i64,
    /// Reasons, each with its points; they add up to `points`.
    pub reasons: Vec<MatchReason>,
    /// How far away it is, metres, where both places are known.
    pub metres: Option<u32>,
    /// Wishes about which it says nothing: to be asked.
    pub unstated: Vec<Wish>,
}

/// Asks for a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PathRequest {
    /// Whose results.
    pub learner: Learner,
    /// The levels to reach.
    pub goals: Vec<LearningGoal>,
    /// Wishes that no step may break; their goals are not looked at.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub wishes: Wishes,
    /// Where the learner is, as in [`MatchRequest::place`].
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub place: Option<String>,
}

/// A path: the fewest offers that lead to every goal, in the order to follow them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PathAnswer {
    /// The steps; none where every goal is reached already.
    pub steps: Vec<PathOffer>,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PathOffer {
    /// The offer.
    pub offer: Offer,
    /// What it lifts.
    pub gains: Vec<PathGain>,
    /// Wishes about which it says nothing: to be asked.
    pub unstated: Vec<Wish>,
}

/// What a step lifts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PathGain {
    /// The competence.
    pub competence: CompetenceId,
    /// The level before.
    pub from: Level,
    /// The level after.
    pub to: Level,
}

/// Where a place of the catalogue is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct FoundPlace {
    /// The middle of its offers; none where the catalogue has no such town or postcode.
    pub near: Option<Coordinates>,
    /// Then: towns of the catalogue that are written like it, at most ten.
    pub suggestions: Vec<String>,
}

/// What filters can tell apart in a catalogue: only what some offers have is worth a question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct OfferChoices {
    /// Languages, sorted.
    pub languages: Vec<Language>,
    /// Passes, sorted.
    pub passes: Vec<String>,
    /// Modalities.
    pub modalities: Vec<Modality>,
    /// Audiences.
    pub audiences: Vec<Audience>,
    /// Needs.
    pub needs: Vec<Need>,
    /// Whether costs are said.
    pub costs: bool,
    /// Whether places with coordinates are said.
    pub places: bool,
    /// Whether dates are said.
    pub dates: bool,
}

/// A competence that the learner could work on next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct NextStep {
    /// The competence.
    pub competence: CompetenceId,
    /// The learner's level.
    pub level: Level,
    /// The level above.
    pub next: Level,
    /// The level that offers are looked for up to, unless a wish says otherwise ([`Weights::horizon`]).
    pub goal: Level,
    /// On what the level rests.
    pub evidence: Evidence,
}

/// What could be learned next, and what is not known well enough to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct NextSteps {
    /// Competences with enough evidence below the highest level: first the gaps as the profile has them, then from the
    /// lowest level up.
    pub steps: Vec<NextStep>,
    /// Competences of the profile about which too little is known to advise anything.
    pub not_enough_evidence: Vec<CompetenceId>,
}

/// What could be learned next. Nothing rests on "not enough evidence".
#[must_use]
pub fn next_steps(profile: &Profile) -> NextSteps {
    let mut found = Vec::new();
    let mut not_enough_evidence = Vec::new();
    for result in &profile.competences {
        let estimate = &result.estimate;
        if estimate.evidence == Evidence::NotEnough {
            not_enough_evidence.push(result.competence.clone());
        } else if let Ok(next) = Level::new(estimate.level.number() + 1) {
            let gap = profile.gaps.iter().position(|gap| *gap == result.competence);
            let horizon = estimate.level.number() + Weights::default().horizon;
            let step = NextStep {
                competence: result.competence.clone(),
                level: estimate.level,
                next,
                goal: Level::new(horizon.min(Level::COUNT)).unwrap_or(next),
                evidence: estimate.evidence,
            };
            // Behind its equals: they stay in the order of the framework.
            let order = (gap.unwrap_or(usize::MAX), estimate.median.0);
            let place = found.partition_point(|(other, _)| *other <= order);
            found.insert(place, (order, step));
        }
    }
    NextSteps { steps: found.into_iter().map(|(_, step)| step).collect(), not_enough_evidence }
}

/// A catalogue, loaded.
#[derive(Debug, Clone)]
pub struct Offers {
    framework: Framework,
    catalogue: Catalogue,
    /// Made of these two, once.
    prepared: Prepared,
}

impl Offers {
    /// Loads a catalogue (JSON, or lines of it) of this framework.
    ///
    /// # Errors
    /// If it is larger than [`MAX_OFFERS_BYTES`], damaged or of another framework: the first fault with its place.
    pub fn load(framework: &Framework, catalogue: &str) -> Result<Self, Failure> {
        if catalogue.len() > MAX_OFFERS_BYTES {
            return Err(JsonError::TooLarge { bytes: catalogue.len(), limit: MAX_OFFERS_BYTES }.into());
        }
        let catalogue = Catalogue::parse(catalogue, framework)?;
        let prepared = Prepared::new(framework, &catalogue);
        Ok(Self { framework: framework.clone(), catalogue, prepared })
    }

    /// The framework that competences and levels are those of.
    #[must_use]
    pub fn framework(&self) -> FrameworkReference {
        self.framework.reference()
    }

    /// The offers.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What filters can tell apart.
    #[must_use]
    pub fn choices(&self) -> OfferChoices {
        let offers = self.catalogue.offers();
        let mut choices = OfferChoices::default();
        for offer in offers {
            add_new(&mut choices.languages, &offer.languages);
            add_new(&mut choices.passes, &offer.cost.passes);
            add_new(&mut choices.modalities, &offer.modalities);
            add_new(&mut choices.audiences, &offer.audiences);
            add_new(&mut choices.needs, &offer.accessibility);
            choices.costs |= !offer.cost.kinds.is_empty();
            choices.dates |= !offer.dates.is_empty();
            choices.places |= offer.place.as_ref().is_some_and(|place| place.coordinates.is_some());
        }
        choices
    }

    /// Where a town or postcode of the catalogue is.
    #[must_use]
    pub fn find_place(&self, name: &str) -> FoundPlace {
        let near = self.catalogue.locate(name);
        let suggestions = if near.is_some() { Vec::new() } else { self.catalogue.places_like(name) };
        FoundPlace { near, suggestions }
    }

    /// The offers that take the learner on.
    ///
    /// # Errors
    /// If the passport cannot be read or has no results in this framework, a goal or the place is not known, or a list of
    /// the request is too long.
    pub fn matches(&self, request: &MatchRequest) -> Result<MatchAnswer, Failure> {
        let profile = self.profile(&request.learner)?;
        let wishes = self.wishes(&request.wishes, request.place.as_deref())?;
        let limit = request.limit.unwrap_or(OFFERS_SHOWN);
        if limit == 0 || limit > MAX_OFFERS_SHOWN {
            let message = format!("`limit` is {limit}: ask for 1 to {MAX_OFFERS_SHOWN} offers");
            return Err(refused("wrong-shape", message, "/limit"));
        }
        let weights = request.weights.unwrap_or_default();
        let matches = self.index().matches(&profile, &wishes, &weights, usize::from(limit));
        let offer = |found: Match| {
            let Match { position, points, reasons, metres, unstated, .. } = found;
            let offer = self.catalogue.offers().get(position)?.clone();
            Some(MatchedOffer { offer, points, reasons, metres, unstated })
        };
        Ok(MatchAnswer {
            offers: matches.offers.into_iter().filter_map(offer).collect(),
            found: u32::try_from(matches.found).unwrap_or(u32::MAX),
            uncovered: matches.uncovered,
            not_enough_evidence: matches.not_enough_evidence,
            near: wishes.near,
        })
    }

    /// The fewest offers that lead to every goal.
    ///
    /// # Errors
    /// As for [`Offers::matches`]; and if no sequence of offers leads there, or none can be planned.
    pub fn path(&self, request: &PathRequest) -> Result<PathAnswer, Failure> {
        let profile = self.profile(&request.learner)?;
        self.check_goals(&request.goals, "/goals")?;
        if request.goals.is_empty() {
            return Err(refused("wrong-focus", "a path needs a goal".to_owned(), "/goals"));
        }
        let wishes = Wishes { goals: Vec::new(), ..request.wishes.clone() };
        let wishes = Wishes { goals: request.goals.clone(), ..self.wishes(&wishes, request.place.as_deref())? };
        let path = shortest_path_for(&self.index(), &profile.competences, &wishes)?;
        let step = |PathStep { position, gains, unstated, .. }: PathStep| {
            let offer = self.catalogue.offers().get(position)?.clone();
            let gains = gains.into_iter().map(|(competence, from, to)| PathGain { competence, from, to });
            Some(PathOffer { offer, gains: gains.collect(), unstated })
        };
        Ok(PathAnswer { steps: path.steps.into_iter().filter_map(step).collect() })
    }

    fn index(&self) -> Index<'_> {
        Index::prepared(&self.framework, &self.catalogue, &self.prepared)
    }

    /// The learner's results in this framework.
    fn profile(&self, learner: &Learner) -> Result<Profile, Failure> {
        let text = match (&learner.profile, &learner.passport) {
            (Some(profile), None) => return Ok(profile.clone()),
            (None, Some(text)) => text,
            _ => {
                let message = "give a profile or a passport".to_owned();
                return Err(refused("wrong-shape", message, "/learner"));
            }
        };
        let (passport, reference) = (Passport::parse(text)?, self.framework.reference());
        let last = passport.assessments().rfind(|record| record.assessment.framework == reference);
        last.map(|record| record.profile.clone()).ok_or_else(|| {
            let message = format!("the passport has no assessment in {reference}");
            refused("no-results", message, "/learner/passport")
        })
    }

    fn wishes(&self, wishes: &Wishes, place: Option<&str>) -> Result<Wishes, Failure> {
        self.check_goals(&wishes.goals, "/wishes/goals")?;
        let lists = [
            ("languages", wishes.languages.len()),
            ("passes", wishes.passes.len()),
            ("modalities", wishes.modalities.len()),
            ("audiences", wishes.audiences.len()),
            ("needs", wishes.needs.len()),
        ];
        if let Some((list, _)) = lists.iter().find(|(_, entries)| *entries > MAX_WISHES) {
            let message = format!("more than {MAX_WISHES} entries");
            return Err(refused("too-large", message, &format!("/wishes/{list}")));
        }
        let near = match place {
            None => wishes.near,
            Some(place) => Some(self.catalogue.locate(place).ok_or_else(|| {
                let like = self.catalogue.places_like(place);
                let hint = if like.is_empty() { String::new() } else { format!("; it has {}", like.join(", ")) };
                let place: String = place.chars().take(80).collect();
                refused("unknown-place", format!("the catalogue has no town or postcode `{place}`{hint}"), "/place")
            })?),
        };
        Ok(Wishes { near, ..wishes.clone() })
    }

    fn check_goals(&self, goals: &[LearningGoal], path: &str) -> Result<(), Failure> {
        if goals.len() > MAX_WISHES {
            return Err(refused("too-large", format!("more than {MAX_WISHES} goals"), path));
        }
        match goals.iter().position(|goal| self.framework.position(&goal.competence).is_none()) {
            Some(number) => {
                let message = "the framework has no such competence".to_owned();
                Err(refused("wrong-focus", message, &format!("{path}/{number}/competence")))
            }
            None => Ok(()),
        }
    }
}

fn add_new<T: Ord + Clone>(known: &mut Vec<T>, found: &[T]) {
    for word in found {
        if let Err(place) = known.binary_search(word) {
            known.insert(place, word.clone());
        }
    }
}

fn refused(code: &str, message: String, path: &str) -> Failure {
    Failure { code: code.to_owned(), message, path: path.to_owned() }
}
