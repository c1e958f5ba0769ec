//! What crosses crates.
//!
//! This library is empty; around it are
//!
//! * `tests/`: from the data files through packs and engine to a passport, and golden sittings that native code and
//!   WebAssembly must agree on;
//! * `node/`: the built JavaScript package under Node, compared with the same golden sittings;
//! * `browser/`: the widget in a real Chromium.
//!
//! `cargo xtask test` runs them all.
