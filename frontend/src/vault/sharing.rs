//! Copies for others: a part of the passport as a file, one page to print, the name that stands on them.

use skills_passport_web::core::facade::{PageCode, PageRequest, RedactRequest};
use skills_passport_web::core::id::AreaId;
use skills_passport_web::core::passport::{FILE_ENDING, Holder, MEDIA_TYPE, Passport, Record};

use super::{fresh, language_of, refused, signing};
use crate::desk::LateDesk;
use crate::desk::folder::hand_over;
use crate::layout::date;
use crate::state::folder::Sharing;
use crate::state::{Action, Notice};
use crate::text::Key;

/// Saves a copy with what was chosen and nothing else.
pub(super) async fn share(desk: &LateDesk, choice: Sharing) -> Result<(), Notice> {
    let Some(passport) = &desk.state.passport else { return Ok(()) };
    let (at, id) = fresh()?;
    let all = desk.late.engine.instrument().framework().areas();
    let kept = all.iter().map(|area| &area.id).filter(|area| !choice.without.contains(area));
    let areas: Vec<AreaId> = kept.cloned().collect();
    if areas.is_empty() {
        return Err(Notice::error(Key::ErrorShareNothing));
    }
    let request = RedactRequest {
        id,
        at: at.clone(),
        areas: (areas.len() < all.len()).then_some(areas),
        history: choice.history,
        name: choice.name,
        answers: choice.answers,
        goals: false,
        courses: false,
        badges: choice.badges,
    };
    let copy = desk.late.engine.redact(passport, request).map_err(refused)?;
    let name = format!("skills-shared-{}{FILE_ENDING}", at.date());
    if let Some(key) = hand_over(false, &name, MEDIA_TYPE, &copy).await? {
        desk.act(Action::Notice(Notice::info(key)));
    }
    Ok(())
}

/// Saves the newest results as one page to print: a file, since a page inside of another's cannot be printed by itself.
/// `code` is the id of the badge whose code stands on it; empty for none.
pub(super) async fn print(desk: &LateDesk, name: bool, code: &str) -> Result<(), Notice> {
    let Some(text) = &desk.state.passport else { return Ok(()) };
    let passport = Passport::parse(text).map_err(|error| refused(error.into()))?;
    let record = passport.assessment(None).ok_or(Notice::error(Key::ErrorNotEnough))?;
    let request = PageRequest {
        language: language_of(desk)?,
        date: date(desk.texts, &record.at),
        assessment: None,
        name,
        code: signing::find(desk, code).map(|badge| PageCode { badge, address: signing::address(desk) }),
    };
    let page = desk.late.engine.page(text, &request).map_err(signing::uncoded)?;
    let file = format!("skills-{}.html", record.at.date());
    if let Some(key) = hand_over(false, &file, "text/html", &page).await? {
        desk.act(Action::Notice(Notice::info(key)));
    }
    Ok(())
}

/// Puts a name into the passport: the newest one counts.
pub(super) async fn set_name(desk: &LateDesk, name: String) -> Result<(), Notice> {
    let Some(text) = &desk.state.passport else { return Ok(()) };
    let (at, id) = fresh()?;
    let mut passport = Passport::parse(text).map_err(|error| refused(error.into()))?;
    let record = Record::of(id, at, &Holder { name: name.trim().to_owned() });
    let added = record.map_err(|_| Notice::error(Key::ErrorText)).map(|record| passport.add(record))?;
    added.map_err(|error| refused(error.into()))?;
    let text = passport.to_json().map_err(|error| refused(error.into()))?;
    desk.act(Action::Passport(text.clone()));
    desk.keep_passport(&text).await?;
    desk.act(Action::Notice(Notice::info(Key::NoticeName)));
    Ok(())
}
