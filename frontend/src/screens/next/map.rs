//! A simple map: where the offers of the list are, around the place that was named. No tiles, no network: dots on paper,
//! north at the top, with a scale. Decorative for a screen reader: the list says the same.
//!
//! Near enough for a territory: longitudes are shortened by the cosine of the middle latitude (an equirectangular
//! projection, Marinus of Tyre).

use skills_passport_web::core::offers::Coordinates;
use yew::prelude::*;

use crate::layout::Ui;
use crate::text::Key;

/// The picture, in its own units.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 360.0;
/// Room for the dots at the edges.
const MARGIN: f64 = 52.0;
/// Dots nearer than this are one.
const TOGETHER: f64 = 34.0;
/// Metres of one degree of latitude, on the mean radius of the Earth.
const METRES_PER_DEGREE: f64 = 111_195.0;
/// The least that a map shows from side to side: one place alone is no map of a street.
const LEAST_METRES: f64 = 4_000.0;

/// A dot with the numbers of the offers that it stands for.
#[derive(Debug, Clone, PartialEq)]
struct Dot {
    x: f64,
    y: f64,
    numbers: Vec<usize>,
}

/// Where everything is drawn.
#[derive(Debug, Clone, PartialEq)]
struct Sheet {
    dots: Vec<Dot>,
    here: Option<(f64, f64)>,
    /// Length of the scale in the picture, and what it stands for in kilometres.
    scale: (f64, u32),
}

/// The map of offers by their numbers in the list; nothing where no place is known.
pub(super) fn map(ui: &Ui, places: &[(usize, Coordinates)], here: Option<Coordinates>) -> Html {
    let Some(sheet) = Sheet::new(places, here) else { return Html::default() };
    let dot = |Dot { x, y, numbers }: &Dot| {
        let label: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        // Three numbers fit; more are told by an ellipsis, and stand in the list anyway.
        let label = match label.as_slice() {
            [first, second, _, _, ..] => [first, ", ", second, "…"].concat(),
            few => few.join(", "),
        };
        let half = whole(10.0 + 5.5 * f64::from(u16::try_from(label.chars().count()).unwrap_or(u16::MAX)));
        let (x, y) = (whole(*x), whole(*y));
        html! {
            <g>
                <rect class="dot" x={(x - half).to_string()} y={(y - 17).to_string()} width={(2 * half).to_string()}
                    height="34" rx="17" />
                <text x={x.to_string()} y={(y + 7).to_string()}>{ label }</text>
            </g>
        }
    };
    let cross = sheet.here.map(|(x, y)| {
        let (x, y) = (whole(x), whole(y));
        let d = [
            "M",
            &(x - 13).to_string(),
            " ",
            &y.to_string(),
            "h26M",
            &x.to_string(),
            " ",
            &(y - 13).to_string(),
            "v26",
        ];
        html! { <path class="here" d={d.concat()} /> }
    });
    let (length, kilometres) = sheet.scale;
    let (from, at) = (20, whole(HEIGHT) - 18);
    let to = from + whole(length);
    let bar = ["M", &from.to_string(), " ", &(at - 8).to_string(), "v8H", &to.to_string(), "v-8"].concat();
    let scale = ui.texts.fill(Key::MapScale, &[("n", &kilometres.to_string())]);
    html! {
        <figure class="map">
            <svg viewBox="0 0 480 360" aria-hidden="true" focusable="false">
                <rect class="paper" width="480" height="360" rx="12" />
                { cross }
                { for sheet.dots.iter().map(dot) }
                <path class="scale" d={bar} />
                <text class="scale-text" x={(to + 12).to_string()} y={at.to_string()}>{ scale }</text>
            </svg>
            <figcaption class="small">{ ui.texts.get(if here.is_some() { Key::MapHelpHere } else { Key::MapHelp }) }</figcaption>
        </figure>
    }
}

impl Sheet {
    fn new(places: &[(usize, Coordinates)], here: Option<Coordinates>) -> Option<Self> {
        let degrees = |point: Coordinates| (f64::from(point.longitude()) / 1e6, f64::from(point.latitude()) / 1e6);
        let points: Vec<(f64, f64)> = places.iter().map(|(_, point)| degrees(*point)).collect();
        if points.is_empty() {
            return None;
        }
        let all = || points.iter().copied().chain(here.map(degrees));
        let low = |of: fn((f64, f64)) -> f64| all().map(of).fold(f64::INFINITY, f64::min);
        let high = |of: fn((f64, f64)) -> f64| all().map(of).fold(f64::NEG_INFINITY, f64::max);
        let (west, east) = (low(|(x, _)| x), high(|(x, _)| x));
        let (south, north) = (low(|(_, y)| y), high(|(_, y)| y));
        let (middle_x, middle_y) = (f64::midpoint(west, east), f64::midpoint(south, north));
        let across = METRES_PER_DEGREE * cosine(middle_y).max(0.01);
        let (wide, tall) = ((east - west) * across, (north - south) * METRES_PER_DEGREE);
        let (inner_width, inner_height) = (WIDTH - 2.0 * MARGIN, HEIGHT - 2.0 * MARGIN);
        // Metres of one unit of the picture.
        let unit = (wide / inner_width).max(tall / inner_height).max(LEAST_METRES / inner_width);
        let place = |(x, y): (f64, f64)| {
            let right = (x - middle_x) * across / unit;
            let up = (y - middle_y) * METRES_PER_DEGREE / unit;
            (WIDTH / 2.0 + right, HEIGHT / 2.0 - up)
        };
        let mut dots: Vec<Dot> = Vec::new();
        for ((number, _), point) in places.iter().zip(points.iter().copied().map(place)) {
            let (x, y) = point;
            let near = |dot: &&mut Dot| (dot.x - x).abs() < TOGETHER && (dot.y - y).abs() < TOGETHER;
            match dots.iter_mut().find(near) {
                Some(dot) => dot.numbers.push(*number),
                None => dots.push(Dot { x, y, numbers: vec![*number] }),
            }
        }
        // The longest round length that takes at most a third of the width.
        let longest = unit * WIDTH / 3_000.0;
        let round = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];
        let kilometres = round.into_iter().rev().find(|length| f64::from(*length) <= longest).unwrap_or(1);
        let scale = (f64::from(kilometres) * 1_000.0 / unit, kilometres);
        Some(Self { dots, here: here.map(degrees).map(place), scale })
    }
}

#[cfg(target_arch = "wasm32")]
fn cosine(degrees: f64) -> f64 {
    js_sys::Math::cos(degrees.to_radians())
}

#[cfg(not(target_arch = "wasm32"))]
fn cosine(degrees: f64) -> f64 {
    degrees.to_radians().cos()
}

#[expect(clippy::cast_possible_truncation, reason = "coordinates lie within the picture")]
fn whole(value: f64) -> i32 {
    value.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(latitude: i32, longitude: i32) -> Coordinates {
        Coordinates::new(latitude * 1000, longitude * 1000).unwrap()
    }

    #[test]
    fn everything_lies_within_the_picture_and_north_is_up() {
        let places = [(1, point(45_000, 0)), (2, point(46_000, 100)), (3, point(45_500, 3_000))];
        let sheet = Sheet::new(&places, Some(point(44_000, -500))).unwrap();
        for (x, y) in sheet.dots.iter().map(|dot| (dot.x, dot.y)).chain(sheet.here) {
            assert!((MARGIN - 1e-6..=WIDTH - MARGIN + 1e-6).contains(&x), "{x}");
            assert!((MARGIN - 1e-6..=HEIGHT - MARGIN + 1e-6).contains(&y), "{y}");
        }
        assert!(sheet.dots[1].y < sheet.dots[0].y, "the second is north of the first");
        assert!(sheet.dots[2].x > sheet.dots[1].x, "the third is east of the second");
    }

    #[test]
    fn places_that_would_cover_each_other_share_a_dot() {
        let places = [(1, point(45_000, 0)), (2, point(45_000, 0)), (3, point(45_000, 200))];
        let sheet = Sheet::new(&places, None).unwrap();
        let numbers: Vec<_> = sheet.dots.iter().map(|dot| dot.numbers.clone()).collect();
        assert_eq!(numbers, [vec![1, 2], vec![3]]);
    }

    #[test]
    fn the_scale_tells_how_far_apart_two_places_are() {
        // One degree of latitude is 111.2 km.
        let sheet = Sheet::new(&[(1, point(45_000, 0)), (2, point(46_000, 0))], None).unwrap();
        let apart = sheet.dots[0].y - sheet.dots[1].y;
        let (length, kilometres) = sheet.scale;
        assert!((apart / length * f64::from(kilometres) - 111.195).abs() < 0.1);
        assert!(length <= WIDTH / 3.0);
    }

    #[test]
    fn one_place_alone_is_in_the_middle_and_none_is_no_map() {
        let sheet = Sheet::new(&[(1, point(45_000, 0))], None).unwrap();
        assert!((sheet.dots[0].x - WIDTH / 2.0).abs() < 1e-9 && (sheet.dots[0].y - HEIGHT / 2.0).abs() < 1e-9);
        assert_eq!(Sheet::new(&[], Some(point(45_000, 0))), None);
    }
}
