//! What surrounds the passport: files that were given and not yet taken in, what the device could not read, what is being
//! prepared.

use std::rc::Rc;

use skills_passport_web::core::id::AreaId;
use skills_passport_web::core::passport::MergePreview;

/// A file that the person has given, to be looked at before it becomes part of the passport.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Incoming {
    /// The text of its passport.
    pub(crate) text: Rc<str>,
    /// What would be merged.
    pub(crate) preview: Rc<MergePreview>,
}

/// A passport that the device has kept and that cannot be read here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// Its text, to be handed over as it is.
    pub(crate) text: Rc<str>,
    /// Whether it is of a newer version, and not damaged.
    pub(crate) newer: bool,
}

/// The code of a badge that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code {
    /// Identity of the badge.
    pub(crate) badge: String,
    pub(crate) svg: Rc<str>,
    pub(crate) link: Rc<str>,
}

/// What surrounds the passport.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folder {
    pub(crate) incoming: Option<Incoming>,
    pub(crate) unreadable: Option<Unreadable>,
    /// A file under a passphrase that waits for it.
    pub(crate) sealed: Option<Rc<str>>,
    /// Secret keys, as the text of their file.
    pub(crate) keys: Option<Rc<str>>,
    pub(crate) code: Option<Code>,
    /// Whether the browser promises to keep what is kept; none where nobody has asked.
    pub(crate) persistent: Option<bool>,
    /// Whether the device has refused what it should keep: then what is shown is not there, or not all of it.
    pub(crate) unkept: bool,
    /// Whether a file is being dragged over the place where it can be dropped.
    pub(crate) dropping: bool,
    /// Whether this browser hands files to other programs.
    pub(crate) can_send: bool,
}

/// What happened to it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// A file waits for the person's word, or no longer.
    Incoming(Option<Incoming>),
    Unreadable(Option<Unreadable>),
    Sealed(Option<Rc<str>>),
    Keys(Option<Rc<str>>),
    Code(Option<Code>),
    Persistent(bool),
    Unkept(bool),
    Dropping(bool),
    CanSend(bool),
}

/// What the person did with it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Act {
    /// Look at what the device has kept, again if another tab has changed it.
    Look,
    /// Tell the other tabs which answers are gone on with here, and listen to them.
    Settle,
    /// Look at a file before it is taken in.
    Open(web_sys::File),
    TakeIn,
    LeaveOut,
    /// Save the passport as a file.
    Save,
    /// Hand it to another program.
    Send,
    /// Save what the device has kept and cannot be read.
    SaveUnreadable,
    Erase,
}

/// What goes into a copy for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sharing {
    /// Areas that are left out.
    pub(crate) without: Vec<AreaId>,
    pub(crate) history: bool,
    pub(crate) name: bool,
    pub(crate) answers: bool,
    pub(crate) badges: bool,
}

/// What the person did with badges, passphrases and copies for others.
#[derive(Clone, PartialEq)]
pub(crate) enum Errand {
    /// Save passport and keys under a passphrase, which was typed twice.
    Seal {
        passphrase: String,
        again: String,
    },
    /// Open the sealed file that waits.
    Unseal(String),
    /// Take the keys of a key file.
    TakeKeys(String),
    SaveKeys,
    ChangeKey,
    /// Make the badges of the newest results.
    Issue,
    SaveBadge(String),
    SavePicture(String),
    ShowCode(String),
    /// Put badges together for one recipient.
    Present {
        badges: Vec<String>,
        challenge: String,
        domain: String,
    },
    Share(Sharing),
    Print {
        name: bool,
        /// The id of the badge whose code stands on the page; empty for none.
        code: String,
    },
    SetName(String),
}

impl std::fmt::Debug for Errand {
    /// Without what it holds: passphrases and keys have no place in a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Errand")
    }
}

impl Folder {
    pub(crate) fn change(&mut self, change: Change) {
        match change {
            Change::Incoming(incoming) => {
                self.incoming = incoming;
                self.dropping = false;
            }
            Change::Sealed(sealed) => {
                self.sealed = sealed;
                self.dropping = false;
            }
            Change::Keys(keys) => self.keys = keys,
            Change::Code(code) => self.code = code,
            Change::Unreadable(unreadable) => self.unreadable = unreadable,
            Change::Persistent(promised) => self.persistent = Some(promised),
            Change::Unkept(refused) => self.unkept = refused,
            Change::Dropping(over) => self.dropping = over,
            Change::CanSend(can) => self.can_send = can,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use skills_passport_web::core::facade::preview_merge;

    const EMPTY: &str = r#"{ "format": "1.1.0", "id": "00000000-0000-4000-8000-000000000001",
        "created": "2026-11-22T09:30:00Z", "records": [] }"#;

    fn incoming() -> Incoming {
        Incoming { text: EMPTY.into(), preview: preview_merge(None, EMPTY).unwrap().into() }
    }

    #[test]
    fn a_file_that_is_looked_at_waits_until_the_person_has_decided() {
        let mut folder = Folder::default();
        folder.change(Change::Dropping(true));
        folder.change(Change::Incoming(Some(incoming())));
        assert!(folder.incoming.is_some() && !folder.dropping);
        folder.change(Change::Incoming(None));
        assert_eq!(folder.incoming, None);
    }

    #[test]
    fn what_the_device_refused_is_not_said_to_be_kept_until_it_is() {
        let mut folder = Folder::default();
        folder.change(Change::Unkept(true));
        assert!(folder.unkept);
        folder.change(Change::Unkept(false));
        assert!(!folder.unkept);
    }
}
