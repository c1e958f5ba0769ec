//! The QR code of a signed badge: a link with everything in its fragment.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use serde_json::{Map, Value};

use super::escaped;
use super::words::Words;
use crate::credential::{CredentialError, qr};
use crate::id::Language;

/// Light modules around the code (ISO/IEC 18004).
const QUIET: i32 = 4;
/// Codes up to this version are read well from paper by phones.
const EASY: u8 = 25;
/// Longest address of the page that verifies, bytes.
const MAX_ADDRESS_BYTES: usize = 300;

/// A code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The link that the code holds.
    pub link: String,
    /// The picture.
    pub svg: String,
    /// The version of the code, 1 to 40: its side has 17 + 4·version modules.
    pub version: u8,
}

/// The code of a badge; `address` is that of a page that reads badges from its fragment and verifies them where it is.
///
/// # Errors
/// If the badge is too large, the address is no `https` link without a fragment, or the language is not known.
pub fn code(badge: &Map<String, Value>, address: &str, language: &Language) -> Result<Code, CredentialError> {
    let words = Words::of(language).ok_or_else(|| CredentialError::Language { language: language.to_string() })?;
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>#\\^`{|}".contains(&byte);
    if !address.starts_with("https://") || address.len() > MAX_ADDRESS_BYTES || !address.bytes().all(plain) {
        return Err(CredentialError::NotA { wanted: "an `https` address of at most 300 characters, without `#`" });
    }
    let fragment = qr::encode(badge)?;
    let digits = fragment.strip_prefix(qr::PREFIX).unwrap_or_default();
    let head = format!("{address}#{}", qr::PREFIX);
    // Digits in their own segment: three of them in ten bits.
    let segments = [QrSegment::make_bytes(head.as_bytes()), QrSegment::make_numeric(digits)];
    let encode = |correction, largest| {
        QrCode::encode_segments_advanced(&segments, correction, Version::MIN, largest, None, false).ok()
    };
    let drawn = encode(QrCodeEcc::Medium, Version::new(EASY)).or_else(|| encode(QrCodeEcc::Low, Version::MAX));
    let drawn = drawn.ok_or(CredentialError::Payload { what: "the badge is too large for a code" })?;
    Ok(Code {
        link: format!("{address}#{fragment}"),
        svg: draw(&drawn, badge, words),
        version: drawn.version().value(),
    })
}

fn draw(code: &QrCode, badge: &Map<String, Value>, words: &Words) -> String {
    let side = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or_default();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    let name = escaped(badge.get("name").and_then(Value::as_str).unwrap_or_default());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" lang=\"{}\" \
         shape-rendering=\"crispEdges\"><title>{}</title><desc>{name}</desc>\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>\n",
        words.language,
        escaped(words.code_title)
    )
}
