//! A signed badge as the fragment of a link, small enough for one QR code.
//!
//! The fragment is `b1.` and decimal digits. The digits are a compressed document: the badge in RFC 8785 canonical form,
//! compressed with DEFLATE (RFC 1951, without a header) after the words that most badges have in common
//! (`qr_dictionary.txt`), which are not stored again; then each piece of 7 bytes, read as one number with the first
//! byte highest, as 17 digits, and a last piece of 1 to 6 bytes as 3, 5, 8, 10, 13 or 15 digits. Digits, because a QR code
//! stores three of them in ten bits (ISO/IEC 18004): as dense as bytes, and they are safe in a link. A fragment is never
//! sent to a server: the page that the link opens reads and verifies it where it is.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};
use serde_json::{Map, Value};

use super::CredentialError;
use crate::json;

/// What most badges have in common. Part of the form: it never changes; another one would come with another prefix.
const DICTIONARY: &str = include_str!("qr_dictionary.txt");

/// What the fragment begins with: the version of this form.
pub const PREFIX: &str = "b1.";
/// Most digits: what a QR code of the largest size holds besides the link.
pub const MAX_DIGITS: usize = 7_000;
/// Largest document that a payload may unfold to, bytes.
pub const MAX_UNFOLDED_BYTES: usize = 32 << 10;
/// Digits for a piece of so many bytes: the smallest number that holds every value.
const DIGITS: [usize; 8] = [0, 3, 5, 8, 10, 13, 15, 17];
/// Bytes in a whole piece.
const PIECE: usize = 7;

/// The fragment of a badge, without the `#`.
///
/// # Errors
/// If the badge has numbers that are not whole, or is too large for a code.
pub fn encode(badge: &Map<String, Value>) -> Result<String, CredentialError> {
    let text = json::canonical(&Value::Object(badge.clone()))?;
    let too_large = CredentialError::Payload { what: "the badge is too large for a code" };
    if text.len() > MAX_UNFOLDED_BYTES {
        return Err(too_large);
    }
    let mut fragment = PREFIX.to_owned();
    for piece in fold(text.as_bytes()).ok_or(too_large.clone())?.chunks(PIECE) {
        let number = piece.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        let width = DIGITS.get(piece.len()).copied().unwrap_or_default();
        fragment.push_str(&format!("{number:0width$}"));
    }
    if fragment.len() > PREFIX.len() + MAX_DIGITS { Err(too_large) } else { Ok(fragment) }
}

/// The badge of a fragment. That it can be read says nothing about whether its signature holds.
///
/// # Errors
/// If the fragment is of another form, cut off, or unfolds to anything but a JSON object of bounded size.
pub fn decode(fragment: &str) -> Result<Map<String, Value>, CredentialError> {
    let refused = |what| CredentialError::Payload { what };
    let digits = fragment.trim_start_matches('#').strip_prefix(PREFIX).ok_or(refused("it is of another form"))?;
    if digits.len() > MAX_DIGITS {
        return Err(refused("it is too long"));
    }
    let mut bytes = Vec::new();
    for piece in digits.as_bytes().chunks(17) {
        let width = DIGITS.iter().position(|digits| *digits == piece.len()).ok_or(refused("it is cut off"))?;
        let mut number = 0_u64;
        for digit in piece {
            if !digit.is_ascii_digit() {
                return Err(refused("it has other characters than digits"));
            }
            number = number * 10 + u64::from(digit - b'0');
        }
        if number >> (8 * width) != 0 {
            return Err(refused("it is damaged"));
        }
        bytes.extend(number.to_be_bytes().iter().skip(8 - width));
    }
    let unfolded = unfold(&bytes).ok_or(refused("it is damaged or too large"))?;
    super::parse(json::utf8(&unfolded)?, MAX_UNFOLDED_BYTES)
}

/// Compresses after the dictionary: its own compressed form, which ends at a byte, is left away.
fn fold(bytes: &[u8]) -> Option<Vec<u8>> {
    const BEST: i32 = 10;
    const RAW: i32 = 0;
    let mut state = CompressorOxide::new(create_comp_flags_from_zip_params(BEST, RAW, 0));
    let mut room = vec![0; DICTIONARY.len() * 2 + 1024];
    let (status, read, _) = compress(&mut state, DICTIONARY.as_bytes(), &mut room, TDEFLFlush::Sync);
    if status != TDEFLStatus::Okay || read != DICTIONARY.len() {
        return None;
    }
    let mut folded = vec![0; bytes.len() * 2 + 1024];
    let (status, _, written) = compress(&mut state, bytes, &mut folded, TDEFLFlush::Finish);
    folded.truncate(written);
    (status == TDEFLStatus::Done).then_some(folded)
}

/// Decompresses after the dictionary, into at most [`MAX_UNFOLDED_BYTES`]. Bytes that are left over are refused.
fn unfold(folded: &[u8]) -> Option<Vec<u8>> {
    let mut room = DICTIONARY.as_bytes().to_vec();
    let start = room.len();
    room.resize(start + MAX_UNFOLDED_BYTES, 0);
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, read, written) = decompress(&mut DecompressorOxide::new(), folded, &mut room, start, flags);
    if status != TINFLStatus::Done || read != folded.len() {
        return None;
    }
    Some(room.get(start..start + written)?.to_vec())
}
