//! Mock-ups described as data: an e-mail, a page, a dialog. Drawn as real text by whoever shows the question.

use serde::{Deserialize, Serialize};

use super::{BankFault, MAX_PICTURE_CHARS};

/// How many parts a picture has.
const PARTS: std::ops::RangeInclusive<usize> = 2..=12;
/// Most cells in a row of a table.
const MOST_CELLS: usize = 4;
/// What stands between the cells of a row.
pub const CELL_SEPARATOR: &str = " | ";

/// A mock-up: what it imitates, and its parts from top to bottom. Kind and roles are the same in every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Picture {
    /// What it imitates.
    pub kind: PictureKind,
    /// Its parts, from top to bottom.
    pub parts: Vec<PicturePart>,
}

/// A part of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PicturePart {
    /// What part it is.
    pub role: PictureRole,
    /// Its words. A row of a table, or its columns: cells separated by ` | `.
    pub text: String,
    /// What else is to be seen of it: an address, a size, where a link leads, the value of a bar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub detail: Option<String>,
}

/// What a picture imitates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum PictureKind {
    /// An e-mail.
    Email,
    /// Messages: of a telephone, a messenger, or with an AI assistant.
    Chat,
    /// A page of search results.
    Search,
    /// A page in a browser.
    Page,
    /// A dialog: a permission, a consent banner, a warning.
    Dialog,
    /// A folder with files.
    Files,
    /// A post on a social network.
    Post,
    /// A page of settings.
    Settings,
    /// A table.
    Table,
    /// A bar chart.
    Chart,
}

/// What a part of a picture is; each kind has some of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub enum PictureRole {
    /// Who sent or published it; detail: the address, or what is known of the account.
    From,
    /// Who it is for.
    To,
    /// What it is about.
    Subject,
    /// When.
    Date,
    /// Running text.
    Text,
    /// A link; detail: where it leads.
    Link,
    /// A button.
    Button,
    /// An attached file; detail: its size.
    Attachment,
    /// A heading.
    Title,
    /// A message of one's own.
    Me,
    /// A message of somebody else; detail: who.
    Them,
    /// Words searched for.
    Query,
    /// A paid result; detail: its address.
    Ad,
    /// A result; detail: its address.
    Result,
    /// The address bar.
    Address,
    /// A field of a form; detail: what is in it.
    Field,
    /// A box that is ticked, or a switch that is on.
    ChoiceOn,
    /// A box that is not ticked, or a switch that is off.
    ChoiceOff,
    /// A folder.
    Folder,
    /// A file; detail: its size and date.
    File,
    /// An image, described; never shown as one.
    Image,
    /// How many people reacted.
    Count,
    /// A comment; detail: whose.
    Comment,
    /// The heads of a table's columns.
    Columns,
    /// A row of a table.
    Row,
    /// A bar of a chart; detail: its value, a whole number.
    Bar,
}

impl PictureKind {
    /// The parts that such a picture can have.
    #[must_use]
    pub fn roles(self) -> &'static [PictureRole] {
        use PictureRole::{
            Ad, Address, Attachment, Bar, Button, ChoiceOff, ChoiceOn, Columns, Comment, Count, Date, Field, File,
            Folder, From, Image, Link, Me, Query, Result, Row, Subject, Text, Them, Title, To,
        };
        match self {
            Self::Email => &[From, To, Subject, Date, Text, Link, Button, Attachment],
            Self::Chat => &[Title, Me, Them, Link, Attachment, Date],
            Self::Search => &[Query, Ad, Result, Text],
            Self::Page => &[Address, Title, Text, Link, Button, Field, ChoiceOn, ChoiceOff],
            Self::Dialog => &[Title, Text, Button, Link, ChoiceOn, ChoiceOff, Field],
            Self::Files => &[Folder, File, Text],
            Self::Post => &[From, Date, Text, Image, Link, Count, Comment],
            Self::Settings => &[Title, Text, ChoiceOn, ChoiceOff, Field, Button],
            Self::Table => &[Title, Columns, Row, Text],
            Self::Chart => &[Title, Bar, Text],
        }
    }
}

impl PicturePart {
    /// The cells of a row or of the heads of columns; one cell for every other part.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        let separator =
            if matches!(self.role, PictureRole::Columns | PictureRole::Row) { CELL_SEPARATOR } else { "\n" };
        self.text.split(separator)
    }
}

impl Picture {
    /// What is wrong with it, and in which part.
    pub(super) fn check(&self) -> Result<(), (usize, BankFault)> {
        if !PARTS.contains(&self.parts.len()) {
            let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
            return Err((0, BankFault::OutOfRange { low: number(*PARTS.start()), high: number(*PARTS.end()) }));
        }
        let roles = self.kind.roles();
        let mut columns = None;
        for (position, part) in self.parts.iter().enumerate() {
            let fault = |fault| Err((position, fault));
            if !roles.contains(&part.role) {
                return fault(BankFault::PictureRole);
            }
            let texts = || std::iter::once(&part.text).chain(&part.detail);
            if texts().any(|text| text.trim().is_empty()) {
                return fault(BankFault::MissingText);
            }
            if texts().any(|text| text.chars().count() > MAX_PICTURE_CHARS) {
                return fault(BankFault::TextTooLong { most: MAX_PICTURE_CHARS });
            }
            if matches!(part.role, PictureRole::Columns | PictureRole::Row) {
                let cells = part.cells().count();
                if cells > MOST_CELLS || *columns.get_or_insert(cells) != cells {
                    return fault(BankFault::PictureCells);
                }
            }
            let is_value = |detail: &String| detail.parse::<u32>().is_ok();
            if part.role == PictureRole::Bar && !part.detail.as_ref().is_some_and(is_value) {
                return fault(BankFault::PictureValue);
            }
        }
        Ok(())
    }

    /// Whether it is the same picture in other words.
    pub(super) fn matches(&self, other: &Self) -> bool {
        let same = |(one, two): (&PicturePart, &PicturePart)| {
            one.role == two.role
                && one.detail.is_some() == two.detail.is_some()
                && one.cells().count() == two.cells().count()
        };
        self.kind == other.kind
            && self.parts.len() == other.parts.len()
            && self.parts.iter().zip(&other.parts).all(same)
    }
}
