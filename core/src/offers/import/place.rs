//! Postcodes and coordinates, checked against each other.

use super::Problem;
use super::cell::Notes;
use super::geography::is_far;
use crate::offers::Coordinates;

impl Notes {
    /// A French postcode: five digits.
    pub(super) fn postcode(&mut self, column: &str, text: String) -> String {
        self.five_digits(column, text, |code| code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// A French town code: five digits, or `2A` and `2B` and three.
    pub(super) fn town_code(&mut self, column: &str, text: String) -> String {
        self.five_digits(column, text, |code| {
            let corsican = code.starts_with("2A") || code.starts_with("2B");
            let digits = if corsican { code.get(2..) } else { Some(code) };
            code.len() == 5 && digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
        })
    }

    /// A point of two texts in degrees; `postcode` is empty where the place may be anywhere.
    pub(super) fn coordinates(
        &mut self,
        [column, other]: [&str; 2],
        latitude: &str,
        longitude: &str,
        postcode: &str,
    ) -> Option<Coordinates> {
        let (one, two) = (self.degrees(column, latitude), self.degrees(other, longitude));
        if one.is_some() != two.is_some() {
            self.repaired(if one.is_none() { column } else { other }, Problem::Missing, "");
        }
        let found = format!("{latitude} {longitude}");
        let near = |one: i32, two: i32| Coordinates::new(one, two).ok().filter(|point| !is_far(*point, postcode));
        let (one, two) = (one?, two?);
        if let Some(point) = near(one, two).filter(|_| (one, two) != (0, 0) || postcode.is_empty()) {
            return Some(point);
        }
        let swapped = near(two, one).filter(|_| one != two);
        self.repaired(column, if swapped.is_some() { Problem::Swapped } else { Problem::FarFromPostcode }, &found);
        swapped
    }
}
