//! Keys and their names: Ed25519 and `did:key` (W3C CCG, did:key method v0.7).

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use super::CredentialError;

/// Multicodec of an Ed25519 public key, as an unsigned varint.
const ED25519_PUB: [u8; 2] = [0xed, 0x01];
/// Multicodec of an Ed25519 private key, as an unsigned varint.
const ED25519_PRIV: [u8; 2] = [0x80, 0x26];
/// Longest text that is looked at as multibase.
const MAX_MULTIBASE: usize = 128;

/// Writes bytes as multibase with base58btc: `z…`.
pub(super) fn multibase(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// Reads multibase with base58btc.
pub(super) fn from_multibase(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix('z').filter(|_| text.len() <= MAX_MULTIBASE)?;
    bs58::decode(digits).into_vec().ok()
}

fn with_codec(codec: [u8; 2], key: &[u8; 32]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([codec.as_slice(), key.as_slice()].concat())
}

fn without_codec(codec: [u8; 2], bytes: &[u8]) -> Option<[u8; 32]> {
    bytes.strip_prefix(codec.as_slice())?.try_into().ok()
}

/// A secret key. Its 32 bytes come from the caller's source of randomness; they are wiped from memory when it is dropped.
#[derive(Clone)]
pub struct Key {
    signing: SigningKey,
    did: Did,
}

impl Key {
    /// The key of a seed (RFC 8032): 32 bytes from the operating system's or the browser's cryptographic randomness.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let signing = SigningKey::from_bytes(seed);
        let did = Did::of(signing.verifying_key());
        Self { signing, did }
    }

    /// Reads a secret key in multibase, `z3u2…`.
    ///
    /// # Errors
    /// If it is not one.
    pub fn from_multibase(text: &str) -> Result<Self, CredentialError> {
        let bytes = Zeroizing::new(from_multibase(text).ok_or(CredentialError::Key { what: "not base58 multibase" })?);
        let seed = without_codec(ED25519_PRIV, &bytes).map(Zeroizing::new);
        let seed = seed.ok_or(CredentialError::Key { what: "not the secret half of an Ed25519 key" })?;
        Ok(Self::from_seed(&seed))
    }

    /// The secret key in multibase, `z3u2…`: to be stored where nobody else can read it.
    #[must_use]
    pub fn to_multibase(&self) -> Zeroizing<String> {
        Zeroizing::new(multibase(&with_codec(ED25519_PRIV, self.signing.as_bytes())))
    }

    /// The name of its public half.
    #[must_use]
    pub fn did(&self) -> &Did {
        &self.did
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("did", &self.did.text).finish_non_exhaustive()
    }
}

/// A public key under its own name: `did:key:z6Mk…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Did {
    text: String,
    key: VerifyingKey,
}

impl Did {
    fn of(key: VerifyingKey) -> Self {
        Self { text: format!("did:key:{}", multibase(&with_codec(ED25519_PUB, key.as_bytes()))), key }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The key alone in multibase, `z6Mk…`.
    #[must_use]
    pub fn multibase(&self) -> &str {
        self.text.strip_prefix("did:key:").unwrap_or_default()
    }

    /// The name of the key inside its own document: `did:key:z6Mk…#z6Mk…`.
    #[must_use]
    pub fn verification_method(&self) -> String {
        format!("{}#{}", self.text, self.multibase())
    }

    /// Reads a verification method, which must be that of its own document.
    pub(super) fn of_method(method: &str) -> Option<Self> {
        let did: Self = method.split_once('#')?.0.parse().ok()?;
        (did.verification_method() == method).then_some(did)
    }

    /// Whether a signature is of this key and message. Strict: neither weak keys nor signatures that can be changed
    /// without becoming invalid are accepted (Chalkias et al. 2020, "Taming the many EdDSAs").
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        self.key.verify_strict(message, &signature).is_ok()
    }
}

impl std::str::FromStr for Did {
    type Err = CredentialError;

    fn from_str(text: &str) -> Result<Self, CredentialError> {
        let refused = |what| CredentialError::Did { found: text.chars().take(40).collect(), what };
        let multibase = text.strip_prefix("did:key:").ok_or_else(|| refused("it does not begin with `did:key:`"))?;
        let bytes = from_multibase(multibase).ok_or_else(|| refused("not base58 multibase"))?;
        let key = without_codec(ED25519_PUB, &bytes).ok_or_else(|| refused("another kind of key"))?;
        let key = VerifyingKey::from_bytes(&key).map_err(|_| refused("not a point of the curve"))?;
        if key.is_weak() {
            return Err(refused("a weak key, for which anybody can sign"));
        }
        let did = Self::of(key);
        if did.text == text { Ok(did) } else { Err(refused("not written in the one canonical form")) }
    }
}

impl std::fmt::Display for Did {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}
