//! Pictures, the page to print, QR codes.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::credential::Document;
use super::{Engine, Failure};
use crate::credential::CredentialError;
use crate::id::Language;
use crate::paper::{self, Page};
use crate::passport::{AssessmentRecord, Passport};
use crate::units::Timestamp;

/// A QR code of a badge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct BadgeCode {
    /// The link that the code holds: everything is in its fragment, which is never sent to a server.
    pub link: String,
    /// The picture (SVG).
    pub svg: String,
}

/// The QR code of a badge; `address` is that of a page that reads badges from its fragment and verifies them.
///
/// # Errors
/// If the badge is too large, the address is no `https` link without a fragment, or the language is not known.
pub fn badge_code(badge: &Document, address: &str, language: &Language) -> Result<BadgeCode, Failure> {
    let paper::Code { link, svg, .. } = paper::code(badge, address, language)?;
    Ok(BadgeCode { link, svg })
}

/// A badge as a picture (SVG). The picture proves nothing; the signed file does.
///
/// # Errors
/// If the badge does not verify at this time, or the language is not known.
pub fn badge_picture(badge: &Document, at: &Timestamp, language: &Language) -> Result<String, Failure> {
    refuse_unspoken(language)?;
    let sound = CredentialError::NotA { wanted: "a signed badge that verifies" };
    Ok(paper::card(badge, at, language).ok_or(sound)?)
}

/// A page to print.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PageRequest {
    /// The language of the page: `en` or `fr`.
    pub language: Language,
    /// The date of the assessment in the words of the place, for example `22 November 2026`.
    pub date: String,
    /// The assessment by the id of its record; none for the last.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub assessment: Option<Uuid>,
    /// Whether to print the name that the passport has.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub name: bool,
    /// A badge to be printed as a QR code, and the page that the code opens.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub code: Option<PageCode>,
}

/// The QR code on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct PageCode {
    /// The signed badge.
    #[cfg_attr(feature = "typescript", tsify(type = "Record<string, unknown>"))]
    pub badge: Document,
    /// The address of a page that verifies badges.
    pub address: String,
}

impl Engine {
    /// The results of an assessment in a passport file, the last one if none is named, as a picture (SVG).
    ///
    /// # Errors
    /// If the passport or the assessment cannot be read, the assessment is of another framework than this engine's, or the
    /// language is not known.
    pub fn picture(&self, passport: &str, assessment: Option<Uuid>, language: &Language) -> Result<String, Failure> {
        let passport = Passport::parse(passport)?;
        let record = self.own(&passport, assessment)?;
        let picture = paper::picture(&record.profile.areas, self.instrument().framework(), language);
        picture.ok_or_else(|| unspoken(language))
    }

    /// One page of A4 as an HTML file that needs nothing besides itself.
    ///
    /// # Errors
    /// As [`Engine::picture`] and [`badge_code`].
    pub fn page(&self, passport: &str, request: &PageRequest) -> Result<String, Failure> {
        let passport = Passport::parse(passport)?;
        let PageRequest { language, date, assessment, name, code } = request;
        let record = self.own(&passport, *assessment)?;
        let code = code.as_ref().map(|code| paper::code(&code.badge, &code.address, language)).transpose()?;
        let name = passport.name().filter(|_| *name);
        let framework = self.instrument().framework();
        let page = Page { record, framework, language, name: name.as_deref(), date, code: code.as_ref() };
        paper::page(&page).ok_or_else(|| unspoken(language))
    }

    /// The assessment, if it is of this engine's framework.
    pub(super) fn own<'a>(
        &self,
        passport: &'a Passport,
        assessment: Option<Uuid>,
    ) -> Result<&'a AssessmentRecord, Failure> {
        let record = passport.assessment(assessment).ok_or_else(Failure::no_assessment)?;
        let (found, here) = (&record.assessment.framework, self.framework());
        if *found == here {
            return Ok(record);
        }
        let message = format!("the assessment is on {found}, and this engine has {here}; load the other pack");
        Err(Failure { code: "other-framework".to_owned(), message, path: String::new() })
    }
}

fn refuse_unspoken(language: &Language) -> Result<(), Failure> {
    if paper::speaks(language) { Ok(()) } else { Err(unspoken(language)) }
}

fn unspoken(language: &Language) -> Failure {
    CredentialError::Language { language: language.to_string() }.into()
}
