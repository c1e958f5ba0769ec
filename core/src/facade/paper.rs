//! Pictures, the page to print, QR codes, and results for a CV or for Europass.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::credential::Document;
use super::{Engine, Failure};
use crate::credential::{CredentialError, ElmRequest};
use crate::framework::Alignments;
use crate::id::Language;
use crate::paper::{self, Cv, Page};
use crate::passport::{AssessmentRecord, KeyRecord, Passport};
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

/// A text for a CV.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct CvRequest {
    /// The language of the text: `en` or `fr`.
    pub language: Language,
    /// The date of the assessment in the words of the place, for example `22 November 2026`.
    pub date: String,
    /// The assessment by the id of its record; none for the last.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub assessment: Option<Uuid>,
    /// Whether to name each competence, too.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub competences: bool,
}

/// A document of the European Learning Model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct ElmDocumentRequest {
    /// A new random UUID: the identity of the document.
    #[cfg_attr(feature = "typescript", tsify(type = "string"))]
    pub id: Uuid,
    /// The language that counts: `en` or `fr`. The document is written in every language that the engine has of these.
    pub language: Language,
    /// The assessment by the id of its record; none for the last.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional, type = "string"))]
    pub assessment: Option<Uuid>,
    /// Whether the name that the passport has goes with it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub name: bool,
    /// Whether the newest public key of the passport goes with it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", tsify(optional))]
    pub did: bool,
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

    /// The results of an assessment in a passport file as plain text for a CV.
    ///
    /// # Errors
    /// As [`Engine::picture`]; and if no area has enough answers.
    pub fn cv(&self, passport: &str, request: &CvRequest) -> Result<String, Failure> {
        let passport = Passport::parse(passport)?;
        let CvRequest { language, date, assessment, competences } = request;
        refuse_unspoken(language)?;
        let record = self.own(&passport, *assessment)?;
        let (framework, competences) = (self.instrument().framework(), *competences);
        let nothing = || {
            let first = record.profile.areas.first();
            CredentialError::NotEnough { area: first.map_or_else(String::new, |area| area.area.to_string()) }
        };
        Ok(paper::cv(&Cv { record, framework, language, date, competences }).ok_or_else(nothing)?)
    }

    /// The results of an assessment in a passport file in the shape of the European Learning Model 3, unsigned, for an
    /// organisation to seal. `alignments` is the text of the file with ESCO's addresses (`data/digcomp-3.0.esco.json`).
    ///
    /// # Errors
    /// If the passport, the assessment or the alignments cannot be read or are of another framework than this engine's,
    /// no area has enough answers, or the language is not known.
    pub fn elm(
        &self,
        passport: &str,
        alignments: Option<&str>,
        request: &ElmDocumentRequest,
    ) -> Result<Document, Failure> {
        let passport = Passport::parse(passport)?;
        let record = self.own(&passport, request.assessment)?;
        let framework = self.instrument().framework();
        let alignments = alignments.map(Alignments::parse).transpose()?;
        if let Some(other) = alignments.as_ref().filter(|all| all.framework != framework.reference()) {
            let message =
                format!("the addresses are for {}, and this engine has {}", other.framework, self.framework());
            return Err(Failure { code: "other-framework".to_owned(), message, path: "/framework".to_owned() });
        }
        let name = passport.name().filter(|_| request.name);
        let own = passport.entries::<KeyRecord>().pop().map(|(_, key)| key.did).filter(|_| request.did);
        let request = ElmRequest {
            record,
            framework,
            language: &request.language,
            alignments: alignments.as_ref(),
            id: request.id,
            name: name.as_deref(),
            did: own.as_deref(),
        };
        Ok(request.document()?)
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
