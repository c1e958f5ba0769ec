//! A passport under a passphrase, with the secret keys of its holder if they are wanted.
//!
//! The file (`*.sealed.json`) is JSON:
//!
//! ```json
//! {
//!   "format": "1.0.0",
//!   "type": "sealed-passport",
//!   "key": {
//!     "name": "argon2id", "version": 19, "memoryKib": 65536, "passes": 3, "lanes": 4,
//!     "salt": "16 bytes", "check": "16 bytes"
//!   },
//!   "cipher": { "name": "xchacha20-poly1305", "nonce": "24 bytes" },
//!   "bytes": 1234,
//!   "content": "…"
//! }
//! ```
//!
//! Bytes are base64url without padding (RFC 4648). Argon2id (RFC 9106) makes 48 bytes of the passphrase (UTF-8, best in
//! Unicode form NFC) and the salt: 32 are the key of XChaCha20-Poly1305, 16 are `check`. The RFC 8785 form of the file
//! without `content` is authenticated with it. `bytes` is the length of the encrypted content, the tag of 16 bytes
//! included. The content is `{"keys": […], "passport": {…}}`, the keys in multibase.
//!
//! So three things can be told apart: a file that was cut off (before the passphrase is tried), a wrong passphrase
//! (`check` differs) and a changed file (the tag differs). Whoever has the file can try passphrases with the tag anyhow;
//! `check` gives them nothing more. **A forgotten passphrase cannot be recovered.**
//!
//! ```
//! use skills_passport::passport::Passport;
//! use skills_passport::passport::sealed::{Contents, Cost, Fresh, open, seal};
//!
//! let passport = Passport::new("1b4e28ba-2fa1-41d2-883f-0016d3cca427".parse()?, "2026-11-22T10:00:00Z".parse()?);
//! let contents = Contents { passport, keys: Vec::new() };
//! // Randomness, never used twice; here it is made up, and the work is far too little.
//! let (fresh, cost) = (Fresh { salt: [1; 16], nonce: [2; 24] }, Cost { memory_kib: 8, passes: 1, lanes: 1 });
//! let text = seal(&contents, "pirouette cacahuète", cost, &fresh)?;
//! assert_eq!(open(&text, "pirouette cacahuète")?, contents);
//! assert_eq!(open(&text, "pirouette").unwrap_err().code(), "wrong-passphrase");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use argon2::{Algorithm, Argon2, Params, Version as Argon2Version};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use semver::Version;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use thiserror::Error;
use zeroize::Zeroizing;

use super::{MAX_PASSPORT_BYTES, Passport, PassportError, migrate};
use crate::json::{self, JsonError};

/// Version of the envelope that this engine writes.
pub const FORMAT: Version = Version::new(1, 0, 0);
/// Ending of a sealed passport's file name.
pub const FILE_ENDING: &str = ".sealed.json";
/// Largest envelope read, bytes: the largest passport, keys, and a third more for base64.
pub const MAX_SEALED_BYTES: usize = (MAX_PASSPORT_BYTES + MAX_KEYS_BYTES) / 3 * 4 + 4096;
/// Shortest passphrase that is taken for a new envelope, characters.
pub const MIN_PASSPHRASE_CHARS: usize = 8;
/// Longest passphrase, bytes.
pub const MAX_PASSPHRASE_BYTES: usize = 4096;
/// Most keys.
pub const MAX_KEYS: usize = 100;

const MAX_KEYS_BYTES: usize = 64 << 10;
/// What the file says of itself.
pub const TYPE: &str = "sealed-passport";
const KDF: &str = "argon2id";
/// Its cipher.
pub const CIPHER: &str = "xchacha20-poly1305";
const SALT_BYTES: usize = 16;
const CHECK_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const KEY_BYTES: usize = 32;
const TAG_BYTES: usize = 16;

/// How much work a passphrase costs to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// The second recommendation of RFC 9106, section 4: 64 MiB, for machines that have not much.
    pub const STANDARD: Self = Self { memory_kib: 64 << 10, passes: 3, lanes: 4 };
    /// Most memory that a file may ask for, KiB: a phone must still open it, and no file may exhaust a computer.
    pub const MAX_MEMORY_KIB: u32 = 256 << 10;
    /// Most passes.
    pub const MAX_PASSES: u32 = 16;
    /// Most lanes.
    pub const MAX_LANES: u32 = 8;
    /// Most memory times passes, KiB.
    pub const MAX_WORK_KIB: u32 = 1 << 20;

    fn params(self) -> Result<Params, SealError> {
        let Self { memory_kib, passes, lanes } = self;
        let bounded = memory_kib <= Self::MAX_MEMORY_KIB
            && passes <= Self::MAX_PASSES
            && lanes <= Self::MAX_LANES
            && memory_kib.saturating_mul(passes) <= Self::MAX_WORK_KIB;
        let params = Params::new(memory_kib, passes, lanes, Some(KEY_BYTES + CHECK_BYTES));
        params.ok().filter(|_| bounded).ok_or(SealError::Parameters)
    }
}

/// Randomness for one envelope, never used twice.
#[derive(Debug, Clone, Copy)]
pub struct Fresh {
    /// The salt.
    pub salt: [u8; SALT_BYTES],
    /// The nonce.
    pub nonce: [u8; NONCE_BYTES],
}

/// What an envelope holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    /// The passport.
    pub passport: Passport,
    /// Secret keys in multibase; may be empty.
    pub keys: Vec<Zeroizing<String>>,
}

/// An envelope that cannot be made or opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SealError {
    /// Not an envelope, or damaged.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Of another major version.
    #[error("envelope version {found} is not readable here; 1.x is")]
    Version {
        /// Its version.
        found: Version,
    },
    /// Other algorithms, or parameters that would take too much memory or time.
    #[error("the envelope asks for algorithms or parameters that are not supported here")]
    Parameters,
    /// The content is shorter or longer than it was.
    #[error("the file is cut off: {found} bytes of content instead of {expected}")]
    Truncated {
        /// Bytes that are there.
        found: usize,
        /// Bytes that there were.
        expected: usize,
    },
    /// Not the passphrase that it was sealed with; or salt, parameters or check were changed.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The passphrase is right, and the content is not what was sealed.
    #[error("the file was changed or damaged after it was sealed")]
    Tampered,
    /// A passphrase that is too short or too long.
    #[error("a passphrase has at least 8 characters and at most 4096 bytes")]
    Passphrase,
    /// Too many keys.
    #[error("an envelope holds at most 100 keys")]
    TooManyKeys,
    /// What was sealed is no passport.
    #[error(transparent)]
    Passport(#[from] PassportError),
}

impl SealError {
    /// Stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::Version { .. } => "newer-version",
            Self::Parameters => "unsupported-parameters",
            Self::Truncated { .. } => "truncated",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::Tampered => "tampered",
            Self::Passphrase => "unfit-passphrase",
            Self::TooManyKeys => "too-large",
            Self::Passport(error) => error.code(),
        }
    }

    /// JSON pointer of the fault; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Json(error) => error.path(),
            Self::Version { .. } => "/format",
            Self::Parameters => "/key",
            Self::Truncated { .. } => "/content",
            // What was sealed is not to be seen from outside.
            _ => "",
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    format: Version,
    r#type: String,
    key: KeyPart,
    cipher: CipherPart,
    bytes: u32,
    content: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeyPart {
    name: String,
    version: u32,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    check: String,
}

#[derive(Serialize, Deserialize)]
struct CipherPart {
    name: String,
    nonce: String,
}

/// Seals a passport, and secret keys in multibase, under a passphrase; the text of the file.
///
/// # Errors
/// If the passphrase is too short or too long, or the parameters are out of bounds.
pub fn seal(contents: &Contents, passphrase: &str, cost: Cost, fresh: &Fresh) -> Result<String, SealError> {
    if passphrase.chars().count() < MIN_PASSPHRASE_CHARS {
        return Err(SealError::Passphrase);
    }
    if contents.keys.len() > MAX_KEYS {
        return Err(SealError::TooManyKeys);
    }
    let Derived { key, check } = derive(passphrase, cost, &fresh.salt)?;
    let passport: Value = json::parse(&contents.passport.to_json()?, MAX_PASSPORT_BYTES)?;
    let keys: Vec<&str> = contents.keys.iter().map(|key| key.as_str()).collect();
    let plain = Zeroizing::new(json::canonical(&json!({ "keys": keys, "passport": passport }))?);
    let bytes = plain.len() + TAG_BYTES;
    let too_large = JsonError::TooLarge { bytes, limit: MAX_PASSPORT_BYTES + MAX_KEYS_BYTES };
    if bytes > MAX_PASSPORT_BYTES + MAX_KEYS_BYTES {
        return Err(too_large.into());
    }
    let mut envelope = Envelope {
        format: FORMAT,
        r#type: TYPE.to_owned(),
        key: KeyPart {
            name: KDF.to_owned(),
            version: u32::from(Argon2Version::V0x13),
            memory_kib: cost.memory_kib,
            passes: cost.passes,
            lanes: cost.lanes,
            salt: Base64UrlUnpadded::encode_string(&fresh.salt),
            check: Base64UrlUnpadded::encode_string(&check),
        },
        cipher: CipherPart { name: CIPHER.to_owned(), nonce: Base64UrlUnpadded::encode_string(&fresh.nonce) },
        bytes: u32::try_from(bytes).map_err(|_| too_large)?,
        content: String::new(),
    };
    let mut document = match serde_json::to_value(&envelope) {
        Ok(Value::Object(document)) => document,
        _ => Map::new(),
    };
    let aad = authenticated(&document)?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload { msg: plain.as_bytes(), aad: aad.as_bytes() };
    let sealed = cipher.encrypt(&XNonce::from(fresh.nonce), payload).map_err(|_| SealError::Parameters)?;
    envelope.content = Base64UrlUnpadded::encode_string(&sealed);
    document.insert("content".to_owned(), envelope.content.into());
    Ok(json::to_text(&document)?)
}

/// Opens an envelope.
///
/// # Errors
/// If it is damaged, cut off, changed, of another version or too costly, or the passphrase is wrong. Nothing of what it
/// holds is given out then.
pub fn open(text: &str, passphrase: &str) -> Result<Contents, SealError> {
    let document = json::parse(text, MAX_SEALED_BYTES)?;
    let format: Version = json::read_value(document.get("format").unwrap_or(&Value::Null), "/format")?;
    if format.major != FORMAT.major {
        return Err(SealError::Version { found: format });
    }
    let envelope: Envelope = json::read_known(&document, "")?;
    let KeyPart { name, version, memory_kib, passes, lanes, salt, check } = &envelope.key;
    let known = envelope.r#type == TYPE
        && name == KDF
        && *version == u32::from(Argon2Version::V0x13)
        && envelope.cipher.name == CIPHER;
    if !known {
        return Err(SealError::Parameters);
    }
    let cost = Cost { memory_kib: *memory_kib, passes: *passes, lanes: *lanes };
    cost.params()?;
    let salt: [u8; SALT_BYTES] = fixed(salt, "/key/salt")?;
    let check: [u8; CHECK_BYTES] = fixed(check, "/key/check")?;
    let nonce: [u8; NONCE_BYTES] = fixed(&envelope.cipher.nonce, "/cipher/nonce")?;
    let expected = usize::try_from(envelope.bytes).unwrap_or(usize::MAX);
    // Before any work: a file that lost its end is known as one by its length.
    let found = envelope.content.len() / 4 * 3 + (envelope.content.len() % 4).saturating_sub(1);
    if found != expected || expected < TAG_BYTES {
        return Err(SealError::Truncated { found, expected });
    }
    let sealed = decoded(&envelope.content, "/content")?;
    let derived = derive(passphrase, cost, &salt)?;
    if derived.check != check {
        return Err(SealError::WrongPassphrase);
    }
    let Value::Object(document) = document else { return Err(SealError::Parameters) };
    let aad = authenticated(&document)?;
    let payload = Payload { msg: &sealed, aad: aad.as_bytes() };
    let cipher = XChaCha20Poly1305::new(&Key::from(*derived.key));
    let plain = Zeroizing::new(cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Tampered)?);
    read_contents(json::utf8(&plain)?)
}

fn read_contents(text: &str) -> Result<Contents, SealError> {
    let mut document = json::parse(text, MAX_PASSPORT_BYTES + MAX_KEYS_BYTES)?;
    let keys: Vec<String> = json::read_value(document.get("keys").unwrap_or(&Value::Null), "/keys")?;
    if keys.len() > MAX_KEYS {
        return Err(SealError::TooManyKeys);
    }
    let passport = document.get_mut("passport").map(Value::take).unwrap_or_default();
    let passport = Passport::from_migrated(migrate(passport)?)?;
    Ok(Contents { passport, keys: keys.into_iter().map(Zeroizing::new).collect() })
}

/// Key and check value of a passphrase.
struct Derived {
    key: Zeroizing<[u8; KEY_BYTES]>,
    check: [u8; CHECK_BYTES],
}

fn derive(passphrase: &str, cost: Cost, salt: &[u8]) -> Result<Derived, SealError> {
    if passphrase.len() > MAX_PASSPHRASE_BYTES {
        return Err(SealError::Passphrase);
    }
    let mut both = Zeroizing::new([0; KEY_BYTES + CHECK_BYTES]);
    let argon2 = Argon2::new(Algorithm::Argon2id, Argon2Version::V0x13, cost.params()?);
    argon2.hash_password_into(passphrase.as_bytes(), salt, both.as_mut()).map_err(|_| SealError::Parameters)?;
    let (one, two) = both.split_at(KEY_BYTES);
    let mut derived = Derived { key: Zeroizing::new([0; KEY_BYTES]), check: [0; CHECK_BYTES] };
    derived.key.copy_from_slice(one);
    derived.check.copy_from_slice(two);
    Ok(derived)
}

/// The envelope without its content: what is authenticated beside it.
fn authenticated(document: &Map<String, Value>) -> Result<String, SealError> {
    let mut head = document.clone();
    head.remove("content");
    Ok(json::canonical(&Value::Object(head))?)
}

fn decoded(text: &str, path: &str) -> Result<Vec<u8>, SealError> {
    let refused = || JsonError::Shape { message: "not base64url without padding".to_owned(), path: path.to_owned() };
    Ok(Base64UrlUnpadded::decode_vec(text).map_err(|_| refused())?)
}

fn fixed<const N: usize>(text: &str, path: &str) -> Result<[u8; N], SealError> {
    let refused = || JsonError::Shape { message: format!("expected {N} bytes"), path: path.to_owned() };
    Ok(decoded(text, path)?.try_into().map_err(|_| refused())?)
}
