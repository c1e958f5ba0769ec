//! From the address in a request to a file, and from a file to its media type. Pure; [`serve`](crate::serve) does the reading.

/// The file that a request target means, as path segments below the served folder. None if it could mean anything outside of it.
///
/// A segment that starts with a dot is refused whatever follows: that covers `..` and hidden files alike.
pub(crate) fn segments(target: &str) -> Option<Vec<String>> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let mut segments: Vec<String> = path.split('/').map(percent_decoded).collect::<Option<_>>()?;
    if segments.last().is_some_and(String::is_empty) {
        segments.pop();
        segments.push("index.html".to_owned());
    }
    let safe = |segment: &String| {
        !segment.is_empty() && !segment.starts_with('.') && !segment.contains(['/', '\\', ':', '\0'])
    };
    segments.iter().all(safe).then_some(segments)
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            u8::try_from(digit()? * 16 + digit()?).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

/// The media type by file extension. Browsers refuse scripts, styles and streaming WebAssembly that come under a wrong one.
pub(crate) fn media_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" | "ts" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// Whether compressing this media type saves anything.
pub(crate) fn compresses(media_type: &str) -> bool {
    media_type.starts_with("text/")
        || ["application/json", "application/wasm", "application/manifest+json", "image/svg+xml"].contains(&media_type)
}

/// Whether an `Accept-Encoding` header allows brotli.
pub(crate) fn accepts_brotli(header: &str) -> bool {
    header.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br"));
        let refused = parts.any(|parameter| matches!(parameter, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(target: &str) -> Option<String> {
        segments(target).map(|segments| segments.join("/"))
    }

    #[test]
    fn ordinary_addresses_name_files() {
        assert_eq!(path("/").as_deref(), Some("index.html"));
        assert_eq!(path("/api/").as_deref(), Some("api/index.html"));
        assert_eq!(path("/data/digcomp.fr.json?v=2").as_deref(), Some("data/digcomp.fr.json"));
        assert_eq!(path("/caf%C3%A9%20noir.html").as_deref(), Some("café noir.html"));
    }

    #[test]
    fn no_address_leaves_the_folder() {
        for target in [
            "/../Cargo.toml",
            "/data/../../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/..%5cCargo.toml",
            "/data%2f..%2f..%2fCargo.toml",
            "//etc/passwd",
            "/data//a.json",
            "/./index.html",
            "/.git/config",
            "/c:/windows",
            "/a%00.html",
            "/%ff",
            "/%4",
            "/%zz",
            "/%+5",
            "index.html",
            "http://elsewhere/index.html",
            "",
        ] {
            assert_eq!(path(target), None, "{target}");
        }
    }

    #[test]
    fn browsers_get_the_types_they_insist_on() {
        assert_eq!(media_type("skills-passport.wasm"), "application/wasm");
        assert_eq!(media_type("skills-passport.mjs"), "text/javascript; charset=utf-8");
        assert_eq!(media_type("digcomp.fr.json"), "application/json");
        assert_eq!(media_type("index.html"), "text/html; charset=utf-8");
        assert_eq!(media_type("LICENSE"), "application/octet-stream");
    }

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        assert!(accepts_brotli("gzip, deflate, br, zstd"));
        assert!(accepts_brotli("BR;q=0.5"));
        assert!(!accepts_brotli("gzip, br;q=0"));
        assert!(!accepts_brotli("gzip, brx"));
        assert!(!accepts_brotli(""));
    }
}
