//! Small drawings as SVG text: accessible, without script, the same bytes for the same numbers.

use std::fmt::Write as _;

use crate::output::escaped;

/// Room for labels around the plot, pixels: left, right, top, bottom.
const MARGINS: (f64, f64, f64, f64) = (70.0, 130.0, 50.0, 60.0);

/// A drawing with two linear axes.
pub(super) struct Chart {
    width: f64,
    height: f64,
    x: (f64, f64),
    y: (f64, f64),
    title: String,
    description: String,
    body: String,
}

/// Where a text stands against its point.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Chart {
    /// A plot of this size in pixels, over these ranges; `description` says in words what is drawn, for those who do not
    /// see it.
    pub(super) fn new(size: (f64, f64), x: (f64, f64), y: (f64, f64), title: &str, description: &str) -> Self {
        let (left, right, top, bottom) = MARGINS;
        let (title, description) = (escaped(title), escaped(description));
        let (width, height) = (size.0 + left + right, size.1 + top + bottom);
        Self { width, height, x, y, title, description, body: String::new() }
    }

    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let (left, right, top, bottom) = MARGINS;
        let part = |value: f64, (low, high): (f64, f64)| (value - low) / (high - low);
        let wide = self.width - left - right;
        let tall = self.height - top - bottom;
        (left + wide * part(x, self.x), top + tall * (1.0 - part(y, self.y)))
    }

    /// A line through points.
    pub(super) fn line(&mut self, points: &[(f64, f64)], style: &str) {
        let points: Vec<String> =
            points.iter().map(|(x, y)| self.at(*x, *y)).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = writeln!(self.body, r#"<polyline fill="none" {style} points="{}"/>"#, points.join(" "));
    }

    /// A dot.
    pub(super) fn dot(&mut self, x: f64, y: f64) {
        let (x, y) = self.at(x, y);
        let _ = writeln!(self.body, r#"<circle cx="{x:.1}" cy="{y:.1}" r="4"/>"#);
    }

    /// A filled rectangle between two corners.
    pub(super) fn bar(&mut self, from: (f64, f64), to: (f64, f64)) {
        let ((left, bottom), (right, top)) = (self.at(from.0, from.1), self.at(to.0, to.1));
        let (wide, tall) = (right - left, bottom - top);
        let _ = writeln!(
            self.body,
            r##"<rect x="{left:.1}" y="{top:.1}" width="{wide:.1}" height="{tall:.1}" fill="#1f5fa8"/>"##
        );
    }

    /// A text at a point, moved by so many pixels.
    pub(super) fn text(&mut self, (x, y): (f64, f64), (right, down): (f64, f64), anchor: Anchor, text: &str) {
        let (x, y) = self.at(x, y);
        self.text_at(x + right, y + down, anchor, text);
    }

    fn text_at(&mut self, x: f64, y: f64, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escaped(text);
        let _ = writeln!(self.body, r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{text}</text>"#);
    }

    /// The horizontal axis with its ticks and name.
    pub(super) fn x_axis(&mut self, ticks: &[(f64, String)], name: &str) {
        let ((low, high), bottom) = (self.x, self.y.0);
        self.line(&[(low, bottom), (high, bottom)], AXIS);
        for (at, label) in ticks {
            self.text((*at, bottom), (0.0, 20.0), Anchor::Middle, label);
        }
        self.text((f64::midpoint(low, high), bottom), (0.0, 45.0), Anchor::Middle, name);
    }

    /// The vertical axis with its ticks, a faint line across at each, and its name above.
    pub(super) fn y_axis(&mut self, ticks: &[(f64, String)], name: &str) {
        let ((low, high), (left, right)) = (self.y, self.x);
        for (at, label) in ticks {
            self.line(&[(left, *at), (right, *at)], GRID);
            self.text((left, *at), (-8.0, 4.0), Anchor::End, label);
        }
        self.line(&[(left, low), (left, high)], AXIS);
        self.text((left, high), (-8.0, -8.0), Anchor::Start, name);
    }

    /// The whole drawing.
    pub(super) fn finish(mut self) -> String {
        let title = std::mem::take(&mut self.title);
        let Self { width, height, description, body, .. } = self;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="13" fill="#1a1a1a">
<title id="title">{title}</title>
<desc id="desc">{description}</desc>
<rect width="{width:.0}" height="{height:.0}" fill="#ffffff"/>
<text x="14" y="22" font-size="16" font-weight="bold">{title}</text>
{body}</svg>
"##
        )
    }
}

const AXIS: &str = r##"stroke="#1a1a1a" stroke-width="1""##;
const GRID: &str = r##"stroke="#d0d0d0" stroke-width="1""##;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_names_and_describes_itself_and_nothing_in_it_is_markup_by_accident() {
        let mut chart = Chart::new((100.0, 100.0), (0.0, 1.0), (0.0, 1.0), "a < b", "\"c\" & d");
        chart.text((0.0, 0.0), (0.0, 0.0), Anchor::Start, "<script>");
        let svg = chart.finish();
        assert!(svg.contains(r#"<title id="title">a &lt; b</title>"#), "{svg}");
        assert!(svg.contains(r#"<desc id="desc">&quot;c&quot; &amp; d</desc>"#), "{svg}");
        assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script"), "{svg}");
        assert!(svg.contains(r#"role="img" aria-labelledby="title desc""#), "{svg}");
    }
}
