//! The learner's keys: made of the browser's cryptographic randomness, kept beside the passport, never in it.

use skills_passport_web::core::credential::{KEYS_FILE_ENDING, Key as Signing, read_keys, write_keys};
use skills_passport_web::core::facade::{self, Failure, SucceedRequest};
use skills_passport_web::device;

use super::{fresh, language_of, refused};
use crate::desk::LateDesk;
use crate::desk::folder::hand_over;
use crate::state::folder::Change;
use crate::state::{Action, Notice};
use crate::text::Key;

/// The keys that are here, oldest first.
pub(crate) fn of(desk: &LateDesk) -> Result<Vec<Signing>, Notice> {
    match &desk.state.folder.keys {
        Some(text) => read_keys(text).map_err(|error| refused(error.into())),
        None => Ok(Vec::new()),
    }
}

/// The key that signs, made if there is none yet.
pub(super) async fn current(desk: &LateDesk) -> Result<Signing, Notice> {
    let mut keys = of(desk)?;
    if let Some(key) = keys.pop() {
        return Ok(key);
    }
    let key = new()?;
    keep(desk, vec![key.clone()]).await?;
    Ok(key)
}

fn new() -> Result<Signing, Notice> {
    let seed = device::random_bytes().ok_or(Notice::error(Key::ErrorOther))?;
    Ok(Signing::from_seed(&seed))
}

/// Takes these keys for the ones that are here; the last one signs. Keys that another tab has kept stay.
pub(super) async fn keep(desk: &LateDesk, keys: Vec<Signing>) -> Result<(), Notice> {
    let text = write_keys(&keys).map_err(|error| refused(error.into()))?;
    desk.change(Change::Keys(Some(text.as_str().into())));
    let together = |kept: Option<&str>| union(kept, &keys);
    desk.keeper.keys(&together).await.map_err(|error| desk.unkept(error))
}

/// A key file with all keys, ours last; none if the kept one cannot be read: then it is left alone.
fn union(kept: Option<&str>, ours: &[Signing]) -> Option<String> {
    let mut all = match kept {
        Some(kept) => read_keys(kept).ok()?,
        None => Vec::new(),
    };
    all.retain(|key| ours.iter().all(|own| own.did() != key.did()));
    all.extend(ours.iter().cloned());
    write_keys(&all).ok().map(|text| text.to_string())
}

/// Adds the keys of a file, before the one that signs.
pub(super) async fn take(desk: &LateDesk, text: &str) -> Result<(), Notice> {
    let mut taken = read_keys(text).map_err(|error| refused(error.into()))?;
    let own = of(desk)?;
    taken.retain(|key| own.iter().all(|known| known.did() != key.did()));
    taken.extend(own);
    keep(desk, taken).await?;
    desk.act(Action::Notice(Notice::info(Key::NoticeKeys)));
    Ok(())
}

/// Saves the keys as a file.
pub(super) async fn save(desk: &LateDesk) -> Result<(), Notice> {
    let Some(text) = &desk.state.folder.keys else { return Ok(()) };
    let (now, _) = fresh()?;
    let name = format!("skills-{}{KEYS_FILE_ENDING}", now.date());
    if let Some(key) = hand_over(false, &name, "application/json", text).await? {
        desk.act(Action::Notice(Notice::info(key)));
    }
    Ok(())
}

/// A new key takes the place of the one that signs. A statement that both have signed says so, so that older badges stay the
/// holder's.
pub(super) async fn change(desk: &LateDesk) -> Result<(), Notice> {
    let mut keys = of(desk)?;
    let (Some(old), Some(passport)) = (keys.last(), &desk.state.passport) else { return Ok(()) };
    let new = new()?;
    let (issued, id) = fresh()?;
    let request = SucceedRequest {
        old: old.to_multibase().to_string(),
        new: new.to_multibase().to_string(),
        language: language_of(desk)?,
        id,
        issued,
    };
    let passport = facade::change_key(passport, &request).map_err(refused)?;
    keys.push(new);
    // The key before what speaks of it: a statement about a key that was lost would be worse than a key without one.
    keep(desk, keys).await?;
    desk.act(Action::Passport(passport.clone()));
    desk.keep_passport(&passport).await?;
    desk.act(Action::Notice(Notice::info(Key::NoticeKeyChanged)));
    Ok(())
}

/// The keys in multibase, as a sealed file holds them.
pub(super) fn secrets(desk: &LateDesk) -> Result<Vec<String>, Notice> {
    Ok(of(desk)?.iter().map(|key| key.to_multibase().to_string()).collect())
}

/// Keys from a sealed file.
pub(super) fn of_secrets(secrets: &[String]) -> Result<Vec<Signing>, Failure> {
    secrets.iter().map(|secret| Ok(Signing::from_multibase(secret)?)).collect()
}
