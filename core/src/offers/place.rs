//! Where an offer takes place, and how far that is.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Mean radius of the Earth, metres (IUGG, R₁).
const EARTH_RADIUS_METRES: f64 = 6_371_008.8;

/// A point on the Earth (WGS 84) in millionths of a degree, so that documents hold whole numbers: 0.11 m at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "CoordinatesDocument", into = "CoordinatesDocument")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Coordinates {
    latitude: i32,
    longitude: i32,
}

/// Coordinates that are not on the Earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "latitude {latitude} and longitude {longitude} are no point on the Earth: write millionths of a degree, \
     ±90,000,000 and ±180,000,000 at most"
)]
pub struct PlaceError {
    /// Latitude, millionths of a degree.
    pub latitude: i32,
    /// Longitude, millionths of a degree.
    pub longitude: i32,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CoordinatesDocument {
    latitude: i32,
    longitude: i32,
}

impl Coordinates {
    /// The point with this latitude and longitude, millionths of a degree.
    ///
    /// # Errors
    /// Outside ±90 and ±180 degrees.
    pub fn new(latitude: i32, longitude: i32) -> Result<Self, PlaceError> {
        if latitude.unsigned_abs() <= 90_000_000 && longitude.unsigned_abs() <= 180_000_000 {
            Ok(Self { latitude, longitude })
        } else {
            Err(PlaceError { latitude, longitude })
        }
    }

    /// Latitude, millionths of a degree.
    #[must_use]
    pub fn latitude(self) -> i32 {
        self.latitude
    }

    /// Longitude, millionths of a degree.
    #[must_use]
    pub fn longitude(self) -> i32 {
        self.longitude
    }

    /// The direction from the middle of the Earth.
    #[must_use]
    pub fn direction(self) -> Direction {
        let radians = |millionths: i32| f64::from(millionths) * (std::f64::consts::PI / 180e6);
        let (latitude, longitude) = (radians(self.latitude), radians(self.longitude));
        let flat = libm::cos(latitude);
        Direction { x: flat * libm::cos(longitude), y: flat * libm::sin(longitude), z: libm::sin(latitude) }
    }

    /// Great-circle distance in whole metres, see [`Direction::metres_to`].
    #[must_use]
    pub fn metres_to(self, other: Self) -> u32 {
        self.direction().metres_to(&other.direction())
    }
}

/// A unit vector: coordinates prepared for many distances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Direction {
    x: f64,
    y: f64,
    z: f64,
}

impl Direction {
    /// Great-circle distance in whole metres: d = 2 R asin √h, with the haversine h of the angle (Sinnott 1984, "Virtues of
    /// the haversine"). Here h is a quarter of the squared chord between the two unit vectors, which is the same number and
    /// needs no trigonometry per pair; like the haversine it keeps its precision for near points.
    #[must_use]
    pub fn metres_to(&self, other: &Self) -> u32 {
        let (x, y, z) = (self.x - other.x, self.y - other.y, self.z - other.z);
        let half_chord = libm::sqrt(x * x + y * y + z * z) / 2.0;
        // At most half the circumference, 20,015,115 m: the conversion is exact.
        libm::round(2.0 * EARTH_RADIUS_METRES * libm::asin(if half_chord > 1.0 { 1.0 } else { half_chord })) as u32
    }
}

/// Where an offer takes place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Place {
    /// Where on the Earth, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Coordinates>,
    /// Postal address.
    #[serde(default, skip_serializing_if = "Address::is_empty")]
    pub address: Address,
    /// Whether it moves: a bus, a caravan; the place is then one of its stops.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub itinerant: bool,
}

/// A postal address; parts that are not known are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Address {
    /// Number and street.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub street: String,
    /// Postcode.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// Town or village.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub town: String,
    /// Official code of the town, in France that of INSEE.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub town_code: String,
}

impl Address {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        [&self.street, &self.postcode, &self.town, &self.town_code].iter().all(|part| part.is_empty())
    }
}

impl From<Coordinates> for CoordinatesDocument {
    fn from(point: Coordinates) -> Self {
        Self { latitude: point.latitude, longitude: point.longitude }
    }
}

impl TryFrom<CoordinatesDocument> for Coordinates {
    type Error = PlaceError;
    fn try_from(document: CoordinatesDocument) -> Result<Self, PlaceError> {
        Self::new(document.latitude, document.longitude)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn textbook_haversine(one: Coordinates, two: Coordinates) -> f64 {
        let radians = |millionths: i32| (f64::from(millionths) / 1e6).to_radians();
        let half = |a: i32, b: i32| ((radians(b) - radians(a)) / 2.0).sin().powi(2);
        let h = half(one.latitude, two.latitude)
            + radians(one.latitude).cos() * radians(two.latitude).cos() * half(one.longitude, two.longitude);
        2.0 * EARTH_RADIUS_METRES * h.min(1.0).sqrt().asin()
    }

    fn point() -> impl Strategy<Value = Coordinates> {
        (-90_000_000..=90_000_000_i32, -180_000_000..=180_000_000_i32)
            .prop_map(|(latitude, longitude)| Coordinates::new(latitude, longitude).unwrap())
    }

    proptest! {
        #[test]
        fn a_distance_is_that_of_the_textbook_formula(one in point(), two in point()) {
            let (ours, theirs) = (f64::from(one.metres_to(two)), textbook_haversine(one, two));
            prop_assert!((ours - theirs).abs() <= 1.0, "{ours} {theirs}");
            prop_assert_eq!(one.metres_to(two), two.metres_to(one));
            prop_assert_eq!(one.metres_to(one), 0);
        }

        #[test]
        fn near_points_are_told_apart(one in point(), step in 20..2000_i32) {
            let two = Coordinates::new((one.latitude - step).max(-90_000_000), one.longitude).unwrap();
            let theirs = textbook_haversine(one, two);
            prop_assert!((f64::from(one.metres_to(two)) - theirs).abs() <= 0.51);
        }
    }

    #[test]
    fn known_distances() {
        let point = |latitude, longitude| Coordinates::new(latitude, longitude).unwrap();
        // A quarter of a meridian of the sphere.
        assert_eq!(point(0, 0).metres_to(point(90_000_000, 0)), 10_007_557);
        // Paris to Marseille: 661 km.
        assert_eq!(point(48_856_600, 2_352_200).metres_to(point(43_296_500, 5_369_800)) / 1000, 660);
        assert!(Coordinates::new(90_000_001, 0).is_err());
    }
}
