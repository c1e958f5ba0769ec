//! Files under a passphrase.

use skills_passport_web::core::facade;
use skills_passport_web::core::passport::MEDIA_TYPE;
use skills_passport_web::core::passport::sealed::{FILE_ENDING, Fresh};
use skills_passport_web::device;

use super::{fresh, keys, refused};
use crate::desk::LateDesk;
use crate::desk::folder::hand_over;
use crate::state::folder::Change;
use crate::state::{Action, Notice};
use crate::text::Key;

/// Saves passport and keys under a passphrase.
pub(super) async fn seal(desk: &LateDesk, passphrase: &str, again: &str) -> Result<(), Notice> {
    if passphrase != again {
        return Err(Notice::error(Key::ErrorPassphraseAgain));
    }
    let Some(passport) = &desk.state.passport else { return Ok(()) };
    let (now, _) = fresh()?;
    let unable = || Notice::error(Key::ErrorOther);
    let random =
        Fresh { salt: device::random_bytes().ok_or_else(unable)?, nonce: device::random_bytes().ok_or_else(unable)? };
    wait(desk).await;
    let text = facade::seal_passport(passport, &keys::secrets(desk)?, &device::composed(passphrase), &random);
    let name = format!("skills-{}{FILE_ENDING}", now.date());
    if let Some(key) = hand_over(false, &name, MEDIA_TYPE, &text.map_err(refused)?).await? {
        desk.act(Action::Exported(now.clone(), key));
        desk.keeper.exported(&now).await?;
    } else {
        desk.act(Action::CloseNotice);
    }
    Ok(())
}

/// Opens the sealed file that waits, and shows what it would bring. Its keys come with it.
pub(super) async fn unseal(desk: &LateDesk, passphrase: &str) -> Result<(), Notice> {
    let Some(sealed) = &desk.state.folder.sealed else { return Ok(()) };
    wait(desk).await;
    let opened = facade::unseal_passport(sealed, &device::composed(passphrase)).map_err(|failure| {
        // What says of itself that it is sealed and ends too early was cut off.
        if failure.code == "not-json" { Notice::error(Key::ErrorTruncated) } else { refused(failure) }
    })?;
    let mut all = keys::of_secrets(&opened.secrets).map_err(refused)?;
    desk.look_at(opened.passport)?;
    desk.change(Change::Sealed(None));
    if !all.is_empty() {
        let own = keys::of(desk)?;
        all.retain(|key| own.iter().all(|known| known.did() != key.did()));
        all.extend(own);
        keys::keep(desk, all).await?;
    }
    Ok(())
}

/// The work takes a second, in which nothing moves: that is said first.
async fn wait(desk: &LateDesk) {
    desk.act(Action::Notice(Notice::info(Key::NoticeWait)));
    device::breathe().await;
}
