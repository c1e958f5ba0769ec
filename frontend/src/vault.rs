//! What only badges, passphrases and shared copies need: cryptography, pictures, and their screens.
//!
//! A wasm file of its own, as [`late`](crate::late) is, fetched when somebody opens one of these screens or a sealed file.
//! Functions are reached through [`Vault`] only.

pub(crate) mod keys;
mod sealing;
mod sharing;
pub(crate) mod signing;

use skills_passport_web::core::facade::Failure;
use skills_passport_web::core::id::Language;
use skills_passport_web::core::paper;
use skills_passport_web::core::units::Timestamp;
use skills_passport_web::device;
use uuid::Uuid;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::Html;

use crate::desk::LateDesk;
use crate::late::Work;
use crate::layout::LateUi;
use crate::screens;
use crate::state::folder::Errand;
use crate::state::{Notice, Page, State};
use crate::text::Key;

/// The functions that badges, passphrases and shared copies need.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vault {
    /// The screens.
    pub(crate) screen: fn(&LateUi<'_>, &State, Page) -> Html,
    /// Carries out what the person does there.
    pub(crate) work: fn(LateDesk, Errand) -> Work,
}

/// Fetches them, once; if the network fails, the next call tries again.
#[wasm_split(vault, fallible)]
pub(crate) fn vault() -> Result<Vault, SplitLoaderError> {
    Ok(Vault { screen: screens::vault, work })
}

fn work(desk: LateDesk, errand: Errand) -> Work {
    Box::pin(async move {
        match errand {
            Errand::Seal { passphrase, again } => sealing::seal(&desk, &passphrase, &again).await,
            Errand::Unseal(passphrase) => sealing::unseal(&desk, &passphrase).await,
            Errand::TakeKeys(text) => keys::take(&desk, &text).await,
            Errand::SaveKeys => keys::save(&desk).await,
            Errand::ChangeKey => keys::change(&desk).await,
            Errand::Issue => signing::issue(&desk).await,
            Errand::SaveBadge(id) => signing::save(&desk, &id).await,
            Errand::SavePicture(id) => signing::save_picture(&desk, &id).await,
            Errand::ShowCode(id) => signing::show_code(&desk, &id),
            Errand::Present { badges, challenge, domain } => signing::present(&desk, &badges, challenge, domain).await,
            Errand::Share(choice) => sharing::share(&desk, choice).await,
            Errand::Print { name, code } => sharing::print(&desk, name, &code).await,
            Errand::SetName(name) => sharing::set_name(&desk, name).await,
        }
    })
}

/// The moment and a new identity, for whatever is written.
fn fresh() -> Result<(Timestamp, Uuid), Notice> {
    device::now().zip(device::random_uuid()).ok_or(Notice::error(Key::ErrorOther))
}

/// The language that signed documents and pages are written in: the reader's, if they have it, else English.
fn language_of(desk: &LateDesk) -> Result<Language, Notice> {
    let base = desk.texts.language().split('-').next().unwrap_or_default();
    let mut spoken = [base, "en"].into_iter().filter_map(|tag| tag.parse().ok()).filter(paper::speaks);
    spoken.next().ok_or(Notice::error(Key::ErrorOther))
}

/// Plain words for what these parts refuse.
fn refused(failure: Failure) -> Notice {
    let key = match failure.code.as_str() {
        "wrong-passphrase" => Key::ErrorPassphrase,
        "truncated" => Key::ErrorTruncated,
        "tampered" => Key::ErrorTampered,
        "unfit-passphrase" => Key::ErrorPassphraseShort,
        "unsupported-parameters" => Key::ErrorSealedOther,
        "not-enough-evidence" => Key::ErrorNotEnough,
        "other-framework" | "no-names" => Key::ErrorOtherFramework,
        "wrong-key" => Key::ErrorKeys,
        "wrong-text" => Key::ErrorText,
        _ => return failure.into(),
    };
    Notice::error(key)
}
