//! Frameworks, item banks and crosswalks as data, and the loader that checks them.
//!
//! ```
//! use skills_passport_frameworks::Library;
//!
//! let library = Library::shipped();
//! let instrument = library.instrument("digcomp@3.0", "general")?;
//! assert_eq!(instrument.framework().competences().len(), 21);
//! # Ok::<(), skills_passport_frameworks::LoadError>(())
//! ```
//!
//! The files are meant to be read and edited by people: structure apart from texts, one file per competence. See the
//! `README.md` beside them. The same loader reads a folder of the same shape, so that anybody can bring their own.

mod error;
mod files;
mod library;
mod names;
mod packs;

pub use error::{LoadError, LoadFault};
pub use library::{BankFiles, Library, Listing};
pub use names::name_files;
pub use packs::{PackFile, alignments, packs, scheme_files, start_packs};
