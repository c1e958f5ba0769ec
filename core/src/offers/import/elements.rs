//! The entries of a JSON file one by one, without holding the file.
//!
//! An entry is an element of the array that the file is, or that a member of its object is; a line, where each line is an
//! object; or the one object that the file is. Brackets and strings are followed by hand, because one damaged entry must
//! not cost the others: a parser would stop there. A line break ends a string, which JSON does not allow inside one, so
//! that a lost quotation mark does harm up to the end of its line only: brackets in what was no string count again.

use std::io::{BufRead as _, BufReader, Chain, Cursor, Read};

use super::{ImportError, MAX_ENTRY_BYTES};

/// Looked at to tell lines from one document.
const HEAD: u64 = 256 << 10;

/// An entry as it stands in the file.
pub(super) struct Element {
    /// From 1.
    pub(super) number: u64,
    pub(super) bytes: Vec<u8>,
    /// Whether the file ends before the entry does.
    pub(super) is_cut: bool,
}

/// Reads entries.
pub(super) struct Elements<R: Read> {
    input: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    /// Members whose arrays hold entries.
    lists: &'static [&'static str],
    state: State,
    number: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Lines,
    /// In an array; whether that is a member of an object.
    Array {
        is_member: bool,
    },
    /// In the object, after one of its arrays.
    Object,
    Done,
}

impl<R: Read> Elements<R> {
    pub(super) fn new(mut input: R, lists: &'static [&'static str]) -> Result<Self, ImportError> {
        let mut head = Vec::new();
        input.by_ref().take(HEAD).read_to_end(&mut head).map_err(ImportError::Unreadable)?;
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
        let is_lines = [lines.next(), lines.next()].iter().all(|line| line.is_some_and(|line| line.starts_with(b"{")));
        let state = if is_lines { State::Lines } else { State::Start };
        Ok(Self { input: BufReader::with_capacity(64 << 10, Cursor::new(head).chain(input)), lists, state, number: 0 })
    }

    /// The next entry; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Element>, ImportError> {
        loop {
            let found = match self.state {
                State::Done => return Ok(None),
                State::Lines => self.line()?,
                State::Start => self.start()?,
                State::Array { is_member } => self.element(is_member)?,
                State::Object => self.object()?,
            };
            if let Some((bytes, is_cut)) = found {
                self.number += 1;
                return Ok(Some(Element { number: self.number, bytes, is_cut }));
            }
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, ImportError> {
        let byte = self.input.fill_buf().map_err(ImportError::Unreadable)?.first().copied();
        self.input.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    fn push(&self, bytes: &mut Vec<u8>, byte: u8) -> Result<(), ImportError> {
        if bytes.len() >= MAX_ENTRY_BYTES {
            return Err(ImportError::EntryTooLong { entry: self.number + 1 });
        }
        bytes.push(byte);
        Ok(())
    }

    fn line(&mut self) -> Result<Option<(Vec<u8>, bool)>, ImportError> {
        let mut line = Vec::new();
        loop {
            match self.byte()? {
                None => {
                    self.state = State::Done;
                    break;
                }
                Some(b'\n') => break,
                Some(byte) => self.push(&mut line, byte)?,
            }
        }
        Ok((!line.trim_ascii().is_empty()).then_some((line, false)))
    }

    fn start(&mut self) -> Result<Option<(Vec<u8>, bool)>, ImportError> {
        match self.byte()? {
            Some(byte) if byte.is_ascii_whitespace() => Ok(None),
            Some(b'[') => {
                self.state = State::Array { is_member: false };
                Ok(None)
            }
            Some(b'{') => {
                self.state = State::Object;
                self.whole_object()
            }
            _ => Err(ImportError::UnknownFormat),
        }
    }

    /// The object that the file is: its own entry, unless an array in it holds the entries.
    fn whole_object(&mut self) -> Result<Option<(Vec<u8>, bool)>, ImportError> {
        let mut raw = vec![b'{'];
        let before = self.state;
        let ended = self.members(&mut |reader, byte| reader.push(&mut raw, byte))?;
        if self.state != before && self.state != State::Done {
            return Ok(None);
        }
        Ok(Some((raw, !ended)))
    }

    fn object(&mut self) -> Result<Option<(Vec<u8>, bool)>, ImportError> {
        let ended = self.members(&mut |_, _| Ok(()))?;
        Ok((self.state == State::Done && !ended).then(|| (Vec::new(), true)))
    }

    /// Reads members of the object up to an array of entries or to its end; whether it has an end.
    fn members(&mut self, each: &mut dyn FnMut(&Self, u8) -> Result<(), ImportError>) -> Result<bool, ImportError> {
        let (mut walk, mut key, mut last) = (Walk::default(), Vec::new(), Vec::new());
        let mut is_value = false;
        while let Some(byte) = self.byte()? {
            each(self, byte)?;
            let was_text = walk.in_text;
            walk.step(byte);
            match (walk.depth, was_text, byte) {
                (0, true, _) if walk.in_text => key.extend((key.len() < 64).then_some(byte)),
                (0, true, _) => last = std::mem::take(&mut key),
                (0, false, b':') => is_value = true,
                (0, false, b',') => is_value = false,
                (1, false, b'[') if is_value && self.lists.iter().any(|list| list.as_bytes() == last) => {
                    self.state = State::Array { is_member: true };
                    return Ok(true);
                }
                (_, false, b'}') if walk.has_left => {
                    self.state = State::Done;
                    return Ok(true);
                }
                _ => {}
            }
        }
        self.state = State::Done;
        Ok(false)
    }

    fn element(&mut self, is_member: bool) -> Result<Option<(Vec<u8>, bool)>, ImportError> {
        let (mut walk, mut bytes) = (Walk::default(), Vec::new());
        while let Some(byte) = self.byte()? {
            if walk.depth == 0 && !walk.in_text && (byte == b',' || byte == b']') {
                if byte == b']' {
                    self.state = if is_member { State::Object } else { State::Done };
                }
                return Ok((!bytes.trim_ascii().is_empty()).then_some((bytes, false)));
            }
            self.push(&mut bytes, byte)?;
            let was_text = walk.in_text;
            walk.step(byte);
            // The quotation mark was lost, and the comma behind the entry was taken for text.
            if was_text && byte == b'\n' && walk.depth == 0 && bytes.trim_ascii_end().ends_with(b",") {
                return Ok(Some((bytes, false)));
            }
        }
        // The array has no end: said even where nothing of an entry is left.
        self.state = State::Done;
        Ok(Some((bytes, true)))
    }
}

/// Where in a JSON text one is.
#[derive(Default)]
struct Walk {
    depth: u32,
    in_text: bool,
    is_escaped: bool,
    /// Brackets opened less those closed in the text so far: they count if it turns out to be none.
    in_text_depth: i32,
    /// A bracket was closed that was not opened here.
    has_left: bool,
}

impl Walk {
    fn step(&mut self, byte: u8) {
        if self.in_text {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.in_text = false,
                b'\n' => {
                    self.in_text = false;
                    self.depth = self.depth.saturating_add_signed(self.in_text_depth);
                }
                b'{' | b'[' => self.in_text_depth += 1,
                b'}' | b']' => self.in_text_depth -= 1,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => (self.in_text, self.in_text_depth) = (true, 0),
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => match self.depth.checked_sub(1) {
                Some(depth) => self.depth = depth,
                None => self.has_left = true,
            },
            _ => {}
        }
    }
}
