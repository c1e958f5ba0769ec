//! A message to the person, in one line.

use skills_passport_web::core::facade::Failure;

use crate::text::Key;

/// A message to the person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Notice {
    pub(crate) key: Key,
    /// Where a file is at fault, for error messages that say so.
    pub(crate) path: String,
    pub(crate) is_error: bool,
}

impl Notice {
    pub(crate) fn info(key: Key) -> Self {
        Self { key, path: String::new(), is_error: false }
    }

    pub(crate) fn error(key: Key) -> Self {
        Self { key, path: String::new(), is_error: true }
    }

    /// Code of an error for the page.
    pub(crate) fn code(&self) -> &'static str {
        match self.key {
            Key::ErrorStore
            | Key::ErrorStoreFull
            | Key::ErrorStoreNewer
            | Key::ErrorStoreGone
            | Key::ErrorStoreCorrupt
            | Key::ErrorKeptPassport
            | Key::ErrorKeptNewer
            | Key::ErrorOtherTab
            | Key::ErrorWaiting => "storage",
            Key::ErrorOther => "other",
            Key::ErrorLate => "not-loaded",
            Key::ErrorVersion => "other-version",
            _ => "file",
        }
    }
}

/// Plain words for a refusal.
impl From<Failure> for Notice {
    fn from(failure: Failure) -> Self {
        let key = match failure.code.as_str() {
            "too-large" => Key::ErrorTooLarge,
            "not-utf8" => Key::ErrorNotText,
            "not-json" => Key::ErrorNotJson,
            // Not even the outermost value is right: there is no place to name.
            "wrong-shape" if failure.path.is_empty() => Key::ErrorNotJson,
            "wrong-shape" => Key::ErrorWrongShape,
            "newer-version" => Key::ErrorNewer,
            "conflict" => Key::ErrorConflict,
            _ => Key::ErrorOther,
        };
        Self { key, path: failure.path, is_error: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_plain_words() {
        for (code, key) in [("newer-version", Key::ErrorNewer), ("not-json", Key::ErrorNotJson), ("?", Key::ErrorOther)]
        {
            let failure = Failure { code: code.into(), message: String::new(), path: "/format".into() };
            let notice = Notice::from(failure);
            assert_eq!((notice.key, notice.is_error, notice.path.as_str()), (key, true, "/format"));
        }
    }
}
