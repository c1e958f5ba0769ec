//! What can be learned where: offers of training and support, and which of them fit a learner's results.
//!
//! Owns the neutral [`Offer`], the catalogue as a document people can write by hand, matching with its reasons, paths
//! of several offers and the coverage of a catalogue; with the feature `import`, also the readers of other formats. Knows no clock and no network.

mod catalogue;
mod coverage;
mod date;
mod error;
#[cfg(feature = "import")]
pub mod export;
mod fold;
mod goals;
#[cfg(feature = "import")]
pub mod import;
pub mod matching;
mod model;
mod path;
mod place;
mod tables;

pub use catalogue::{CATALOGUE_FORMAT, Catalogue, CatalogueHead, MAX_CATALOGUE_BYTES, MAX_OFFER_BYTES, MAX_OFFERS};
pub use coverage::{CoverageCell, coverage};
pub use date::{Date, DateError};
pub use error::{OfferError, OfferFault};
pub use fold::{fold, key};
pub use goals::{JOB_PROFILE_FORMAT, JobProfile, MAX_JOB_PROFILE_BYTES};
pub use model::{
    Audience, Cost, CostKind, Modality, Need, Offer, OfferOrigin, OfferSource, Period, Prerequisite, Support, Target,
};
pub use path::{Path, PathError, PathStep, shortest_path, shortest_path_for};
pub use place::{Address, Coordinates, Direction, Place, PlaceError};
pub use tables::{TableDocument, TableEntry, TableStrength, TableTarget, Tables};
