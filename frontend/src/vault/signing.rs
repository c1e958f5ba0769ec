//! Badges: made, saved, shown as a code, put together for one recipient.

use skills_passport_web::core::credential::{BadgeRequest, MEDIA_TYPE};
use skills_passport_web::core::facade::{self, Document, Failure, IssueRequest, PresentRequest};
use skills_passport_web::core::id::AreaId;
use skills_passport_web::core::json;
use skills_passport_web::core::passport::Passport;

use super::{fresh, keys, language_of, refused};
use crate::desk::LateDesk;
use crate::desk::folder::hand_over;
use crate::state::folder::{Change, Code};
use crate::state::{Action, Notice};
use crate::text::Key;

/// A member of a document that is a text.
pub(crate) fn text_of<'a>(document: &'a Document, path: &[&str]) -> Option<&'a str> {
    let (first, rest) = path.split_first()?;
    let mut value = document.get(*first)?;
    for member in rest {
        value = value.get(member)?;
    }
    value.as_str()
}

/// The area of a badge.
fn area_of(badge: &Document) -> Option<AreaId> {
    text_of(badge, &["credentialSubject", "achievement", "humanCode"])?.parse().ok()
}

/// The badges in the passport, oldest first.
pub(crate) fn badges(passport: Option<&str>) -> Vec<Document> {
    let documents = passport.and_then(|passport| facade::documents_of(passport).ok()).unwrap_or_default();
    documents.into_iter().filter(|document| area_of(document).is_some()).collect()
}

/// The badge with this id.
pub(super) fn find(desk: &LateDesk, id: &str) -> Option<Document> {
    badges(desk.state.passport.as_deref()).into_iter().find(|badge| text_of(badge, &["id"]) == Some(id))
}

/// Signs a badge for each area of the newest results that has enough evidence and no badge yet.
pub(super) async fn issue(desk: &LateDesk) -> Result<(), Notice> {
    let Some(text) = &desk.state.passport else { return Ok(()) };
    let key = keys::current(desk).await?;
    let (issued, id) = fresh()?;
    let language = language_of(desk)?;
    let passport = Passport::parse(text).map_err(|error| refused(error.into()))?;
    let record = passport.assessment(None).ok_or(Notice::error(Key::ErrorNotEnough))?;
    let framework = desk.late.engine.instrument().framework();
    let request = BadgeRequest { record, framework, language: &language, alignments: &[], issued: &issued };
    let mut areas: Vec<AreaId> = request.areas().into_iter().cloned().collect();
    if areas.is_empty() {
        return Err(Notice::error(Key::ErrorNotEnough));
    }
    for badge in badges(Some(text)) {
        // A badge is valid from when its results are.
        let is_of_these = text_of(&badge, &["issuer"]) == Some(key.did().as_str())
            && text_of(&badge, &["validFrom"]) == Some(record.at.as_str());
        areas.retain(|area| !is_of_these || area_of(&badge).as_ref() != Some(area));
    }
    if areas.is_empty() {
        desk.act(Action::Notice(Notice::info(Key::NoticeBadgesThere)));
        return Ok(());
    }
    let secret = key.to_multibase().to_string();
    let request = IssueRequest { secret, language, issued, areas: Some(areas), assessment: None, keep: Some(id) };
    let made = desk.late.engine.issue(text, &request).map_err(refused)?;
    let passport = made.passport.ok_or(Notice::error(Key::ErrorOther))?;
    desk.act(Action::Passport(passport.clone()));
    desk.keep_passport(&passport).await?;
    desk.act(Action::Notice(Notice::info(Key::NoticeBadges)));
    Ok(())
}

/// Saves a badge as a file.
pub(super) async fn save(desk: &LateDesk, id: &str) -> Result<(), Notice> {
    let Some(badge) = find(desk, id) else { return Ok(()) };
    let text = json::to_text(&badge).map_err(|error| refused(error.into()))?;
    give(desk, &badge, "json", MEDIA_TYPE, &text).await
}

/// Saves a badge as a picture.
pub(super) async fn save_picture(desk: &LateDesk, id: &str) -> Result<(), Notice> {
    let Some(badge) = find(desk, id) else { return Ok(()) };
    let (now, _) = fresh()?;
    let picture = facade::badge_picture(&badge, &now, &language_of(desk)?).map_err(refused)?;
    give(desk, &badge, "svg", "image/svg+xml", &picture).await
}

async fn give(desk: &LateDesk, badge: &Document, ending: &str, media_type: &str, text: &str) -> Result<(), Notice> {
    let area = area_of(badge).map(|area| area.to_string()).unwrap_or_default();
    if let Some(key) = hand_over(false, &format!("badge-{area}.{ending}"), media_type, text).await? {
        desk.act(Action::Notice(Notice::info(key)));
    }
    Ok(())
}

/// The address of the page that checks badges.
pub(super) fn address(desk: &LateDesk) -> String {
    desk.host.beside("verify.html")
}

/// Why a badge has no code, in plain words.
pub(super) fn uncoded(failure: Failure) -> Notice {
    match failure.code.as_str() {
        // A page without a secure connection, as on a developer's machine.
        "wrong-credential" => Notice::error(Key::ErrorCodeAddress),
        _ => refused(failure),
    }
}

/// Shows the code of a badge, which opens the page that checks it.
pub(super) fn show_code(desk: &LateDesk, id: &str) -> Result<(), Notice> {
    let Some(badge) = find(desk, id) else { return Ok(()) };
    let code = facade::badge_code(&badge, &address(desk), &language_of(desk)?).map_err(uncoded)?;
    desk.change(Change::Code(Some(Code { badge: id.to_owned(), svg: code.svg.into(), link: code.link.into() })));
    Ok(())
}

/// Signs a presentation of chosen badges for one recipient, with what the passport says of earlier keys and with the
/// endorsements.
pub(super) async fn present(
    desk: &LateDesk,
    chosen: &[String],
    challenge: String,
    domain: String,
) -> Result<(), Notice> {
    let Some(passport) = &desk.state.passport else { return Ok(()) };
    if chosen.is_empty() {
        return Err(Notice::error(Key::ErrorChooseBadge));
    }
    let key = keys::current(desk).await?;
    let (created, _) = fresh()?;
    let is_chosen = |id: Option<&str>| id.is_some_and(|id| chosen.iter().any(|badge| badge == id));
    let documents = facade::documents_of(passport).map_err(refused)?.into_iter();
    let wanted = documents.filter(|document| {
        let about = text_of(document, &["credentialSubject", "id"]);
        let is_badge = area_of(document).is_some();
        let is_statement = about.is_some_and(|about| about.starts_with("did:"));
        is_chosen(text_of(document, &["id"])) || !is_badge && (is_chosen(about) || is_statement)
    });
    let secret = key.to_multibase().to_string();
    let request = PresentRequest { documents: wanted.collect(), secret, challenge, domain, created: created.clone() };
    let presentation = facade::present_documents(&request).map_err(refused)?;
    let text = json::to_text(&presentation).map_err(|error| refused(error.into()))?;
    let name = format!("badges-{}.json", created.date());
    if let Some(key) = hand_over(false, &name, MEDIA_TYPE, &text).await? {
        desk.act(Action::Notice(Notice::info(key)));
    }
    Ok(())
}
