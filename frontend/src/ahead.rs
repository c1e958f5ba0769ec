//! What only the screen of next steps needs: reading a catalogue of offers, matching, the map.
//!
//! A wasm file of its own, as [`late`](crate::late) is, fetched when everything that questions need is there. Functions are
//! reached through [`Ahead`] only.

use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::Html;

use crate::screens::{self, NextProperties};

/// The functions of next steps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ahead {
    /// What is inside the screen.
    pub(crate) inside: fn(&NextProperties) -> Html,
}

/// Fetches them, once; if the network fails, the next call tries again.
#[wasm_split(next, fallible)]
pub(crate) fn ahead() -> Result<Ahead, SplitLoaderError> {
    Ok(Ahead { inside: screens::inside })
}
