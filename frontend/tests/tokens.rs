//! The style's numbers: contrast in every theme, and no side that would be wrong from right to left.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Tokens = BTreeMap<String, [u8; 3]>;

fn sheet(name: &str) -> String {
    fs::read_to_string(Path::new("style").join(name)).unwrap()
}

/// The colours of each block of the tokens' sheet, by selector.
fn blocks() -> Vec<(String, Tokens)> {
    let sheet = sheet("1-tokens.css");
    let blocks = sheet.split('}').filter_map(|block| {
        let (head, body) = block.rsplit_once('{')?;
        let selector = head.lines().last()?.trim().to_owned();
        let tokens = body.split(';').filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": ")?;
            // The colour itself, or what stands for it where the page says nothing.
            let hex = value.rsplit('#').next()?.trim_end_matches(')');
            let byte = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
            Some((name.to_owned(), [byte(0)?, byte(2)?, byte(4)?]))
        });
        Some((selector, tokens.collect::<Tokens>()))
    });
    blocks.filter(|(_, tokens)| tokens.len() > 6).collect()
}

/// Relative luminance (WCAG 2.2, definition).
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|byte| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// Contrast ratio (WCAG 2.2, definition).
fn contrast(one: [u8; 3], two: [u8; 3]) -> f64 {
    let (a, b) = (luminance(one), luminance(two));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What is written on what: 4.5 and more.
const WRITTEN: [(&str, &[&str]); 9] = [
    ("ink", &["paper", "paper-soft", "bad-soft"]),
    ("ink-soft", &["paper", "paper-soft"]),
    ("accent", &["paper", "paper-soft"]),
    ("accent-strong", &["paper", "paper-soft"]),
    ("on-accent", &["accent", "accent-strong"]),
    ("good", &["paper"]),
    ("bad", &["paper", "bad-soft"]),
    ("paper", &["accent"]),
    ("ink", &["paper"]),
];

/// What shows where a control is, or which one has the focus: 3 and more.
const DRAWN: [(&str, &[&str]); 2] = [("line", &["paper", "paper-soft"]), ("focus", &["paper", "paper-soft"])];

#[test]
fn words_and_controls_can_be_told_from_what_is_behind_them_in_every_theme() {
    let blocks = blocks();
    assert_eq!(blocks.len(), 5, "light, and two forms each of dark and high contrast");
    for (selector, tokens) in &blocks {
        for (pairs, least) in [(WRITTEN.as_slice(), 4.5), (DRAWN.as_slice(), 3.0)] {
            for (front, backs) in pairs {
                for back in *backs {
                    let found = contrast(tokens[*front], tokens[*back]);
                    assert!(found >= least, "{selector}: {front} on {back} is {found:.2}, not {least}");
                }
            }
        }
        for area in 1..=6 {
            for back in ["paper", "paper-soft"] {
                let found = contrast(tokens[&format!("area-{area}")], tokens[back]);
                assert!(found >= 4.5, "{selector}: area {area} on {back} is {found:.2}");
            }
        }
    }
}

#[test]
fn high_contrast_is_higher() {
    let blocks = blocks();
    for (selector, tokens) in blocks.iter().filter(|(selector, _)| selector.contains("contrast")) {
        assert!(contrast(tokens["ink"], tokens["paper"]) > 20.0, "{selector}");
        assert!(contrast(tokens["accent"], tokens["paper"]) > 7.0, "{selector}");
        assert!(contrast(tokens["line"], tokens["paper"]) > 7.0, "{selector}");
    }
}

#[test]
fn a_theme_looks_the_same_chosen_or_by_the_browser() {
    let blocks = blocks();
    let chosen = |name: &str| {
        let selector = format!(".frame[data-theme=\"{name}\"]");
        blocks.iter().filter(|(other, _)| *other == selector).map(|(_, tokens)| tokens).collect::<Vec<_>>()
    };
    assert_eq!([chosen("dark"), chosen("contrast")].concat(), chosen("auto"));
}

#[test]
fn nothing_has_a_left_or_a_right() {
    for entry in fs::read_dir("style").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        for declaration in sheet(&name).split(['{', ';', '}']) {
            let Some((property, value)) = declaration.trim().split_once(':') else { continue };
            let sided = ["left", "right"].iter().any(|side| property.contains(side) || value.trim() == *side);
            let values: Vec<&str> = value.split_whitespace().collect();
            let uneven = ["margin", "padding", "inset"].contains(&property.trim())
                && values.len() == 4
                && values[1] != values[3];
            assert!(!sided && !uneven, "{name}: `{}` has a side", declaration.trim());
        }
    }
}
