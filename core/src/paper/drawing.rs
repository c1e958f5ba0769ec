//! What a picture is made of: shapes with whole coordinates, so that it can be written as SVG or painted on a canvas.

use super::escaped;

/// A picture with the words that stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Left, top, width and height of what is seen.
    pub view: (i32, i32, i32, i32),
    /// The shapes, from the bottom to the top.
    pub shapes: Vec<Shape>,
}

/// A part of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A circle.
    Circle {
        /// The middle.
        at: (i32, i32),
        /// The radius.
        radius: i32,
        /// How it looks.
        look: Look,
    },
    /// A line.
    Line {
        /// One end.
        from: (i32, i32),
        /// The other end.
        to: (i32, i32),
        /// How it looks.
        look: Look,
    },
    /// Lines of text, one below the other.
    Text {
        /// Where the first line stands.
        at: (i32, i32),
        /// How they are aligned with that place.
        anchor: Anchor,
        /// The lines.
        lines: Vec<String>,
        /// How they look.
        look: Look,
    },
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// How a shape looks; programs with a style of their own go by the [name](Look::name).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A ring of the scale.
    Ring,
    /// A number of the scale.
    Scale,
    /// The axis of an area.
    Axis,
    /// From one area's likeliest level to the next one's.
    Outline,
    /// The 90 % interval.
    Band,
    /// The interval where too little is known.
    Unknown,
    /// The likeliest level.
    Likely,
    /// The name of an area.
    Name,
}

/// Colours and sizes of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Colour inside; none for lines.
    pub fill: Option<&'static str>,
    /// Colour of the line; none for texts.
    pub stroke: Option<&'static str>,
    /// Width of the line, or size of the letters.
    pub size: i32,
    /// Length of dashes and of the gaps between them; 0 for a line without gaps.
    pub dash: i32,
}

impl Look {
    const ALL: [Self; 8] =
        [Self::Ring, Self::Scale, Self::Axis, Self::Outline, Self::Band, Self::Unknown, Self::Likely, Self::Name];

    /// A name for style sheets.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ring => "ring",
            Self::Scale => "scale",
            Self::Axis => "axis",
            Self::Outline => "outline",
            Self::Band => "band",
            Self::Unknown => "unknown",
            Self::Likely => "likely",
            Self::Name => "name",
        }
    }

    /// Its colours and sizes on white paper.
    #[must_use]
    pub fn style(self) -> Style {
        let line = |stroke, size| Style { fill: None, stroke: Some(stroke), size, dash: 0 };
        let text = |fill, size| Style { fill: Some(fill), stroke: None, size, dash: 0 };
        match self {
            Self::Ring => line("#888", 1),
            Self::Axis => line("#aaa", 1),
            Self::Outline => line("#0b5c8a", 3),
            Self::Band => line("#0b5c8a", 18),
            Self::Unknown => Style { dash: 8, ..line("#777", 4) },
            Self::Likely => Style { fill: Some("#fff"), ..line("#000", 3) },
            Self::Scale => text("#333", 20),
            Self::Name => text("#000", 26),
        }
    }

    fn css(self) -> String {
        let Style { fill, stroke, size, dash } = self.style();
        let fill = fill.unwrap_or("none");
        let rest = match stroke {
            None => format!("font:{size}px sans-serif"),
            Some(stroke) if dash > 0 => format!("stroke:{stroke};stroke-width:{size};stroke-dasharray:{dash} {dash}"),
            Some(stroke) => format!("stroke:{stroke};stroke-width:{size}"),
        };
        format!(".{}{{fill:{fill};{rest}}}", self.name())
    }
}

impl Anchor {
    /// Its name in SVG.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Drawing {
    /// The picture as an SVG file that says in words what it shows.
    pub(super) fn svg(&self, language: &str, title: &str, description: &str) -> String {
        let (left, top, width, height) = self.view;
        let style: String = Look::ALL.into_iter().map(Look::css).collect();
        let shapes: String = self.shapes.iter().map(Shape::svg).collect();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left} {top} {width} {height}\" role=\"img\" \
             lang=\"{language}\" aria-labelledby=\"picture-title picture-desc\"><title id=\"picture-title\">{}</title>\
             <desc id=\"picture-desc\">{}</desc><style>{style}</style><g aria-hidden=\"true\">{shapes}</g></svg>\n",
            escaped(title),
            escaped(description)
        )
    }
}

impl Shape {
    fn svg(&self) -> String {
        match self {
            Self::Circle { at: (x, y), radius, look } => {
                format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" class=\"{}\"/>", look.name())
            }
            Self::Line { from: (ax, ay), to: (bx, by), look } => {
                format!("<line x1=\"{ax}\" y1=\"{ay}\" x2=\"{bx}\" y2=\"{by}\" class=\"{}\"/>", look.name())
            }
            Self::Text { at: (x, y), anchor, lines, look } => {
                let lines = lines.iter().enumerate().map(|(number, line)| {
                    let down = if number == 0 { "0" } else { "1.15em" };
                    format!("<tspan x=\"{x}\" dy=\"{down}\">{}</tspan>", escaped(line))
                });
                let (lines, look) = (lines.collect::<String>(), look.name());
                format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{}\" class=\"{look}\">{lines}</text>", anchor.name())
            }
        }
    }
}
