//! Passports under a passphrase.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Failure;
use crate::passport::Passport;
use crate::passport::sealed::{self, Contents, Cost, Fresh};

/// What an envelope held.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Unsealed {
    /// The passport file.
    pub passport: String,
    /// Secret keys in multibase, oldest first; may be empty.
    pub secrets: Vec<String>,
}

impl std::fmt::Debug for Unsealed {
    /// Without the keys: what is printed ends in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unsealed").field("secrets", &self.secrets.len()).finish_non_exhaustive()
    }
}

/// Puts a passport file, and secret keys in multibase if they are to go with it, under a passphrase; the text of a
/// `*.sealed.json` file. `fresh` is randomness that is never used again. The passphrase should be in Unicode form NFC, so
/// that every keyboard writes it with the same bytes.
///
/// It takes 64 MiB and about a second of a phone. **A forgotten passphrase cannot be recovered.**
///
/// # Errors
/// If the passport cannot be read, or the passphrase is shorter than 8 characters.
pub fn seal_passport(passport: &str, secrets: &[String], passphrase: &str, fresh: &Fresh) -> Result<String, Failure> {
    let keys = secrets.iter().cloned().map(Zeroizing::new).collect();
    let contents = Contents { passport: Passport::parse(passport)?, keys };
    Ok(sealed::seal(&contents, passphrase, Cost::STANDARD, fresh)?)
}

/// Opens a sealed file.
///
/// # Errors
/// `truncated`, `wrong-passphrase`, `tampered`, or what else is wrong with it; nothing of what it holds is given out then.
pub fn unseal_passport(text: &str, passphrase: &str) -> Result<Unsealed, Failure> {
    let Contents { passport, keys } = sealed::open(text, passphrase)?;
    let secrets = keys.iter().map(|key| key.to_string()).collect();
    Ok(Unsealed { passport: passport.to_json()?, secrets })
}
