//! The program as people and programs meet it: arguments and input in; text, files and exit codes out.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that fails is a failing test")]

mod assess;
mod bad_files;
mod bank;
mod calibrate;
mod contribute;
mod credential;
mod dsi;
mod framework;
mod group;
mod help;
mod offers;
mod paper;
mod passport;
mod simulate;
mod support;
#[cfg(feature = "tables")]
mod tables;
