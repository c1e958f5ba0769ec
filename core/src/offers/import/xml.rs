//! Elements of an XML file one by one, each as a small tree.
//!
//! The elements are cut out of the file by following its tags by hand, so that a damaged one does not cost the others;
//! what is cut out is then parsed.

use std::io::{BufRead as _, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::elements::Element;
use super::entry::reference;
use super::{ImportError, MAX_ENTRY_BYTES};

/// Deepest nesting of an element.
const MAX_DEPTH: usize = 64;

/// Reads the elements with a name, whatever they stand in; they do not hold one another.
pub(super) struct Cuttings<R: Read> {
    input: BufReader<R>,
    name: &'static [u8],
    number: u64,
    /// What was read of the next element.
    current: Option<Vec<u8>>,
    /// Whether there was a tag of any kind.
    pub(super) has_tags: bool,
}

impl<R: Read> Cuttings<R> {
    pub(super) fn new(input: R, name: &'static str) -> Self {
        let input = BufReader::with_capacity(64 << 10, input);
        Self { input, name: name.as_bytes(), number: 0, current: None, has_tags: false }
    }

    /// The next element; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Element>, ImportError> {
        loop {
            let Some(text) = self.until(b'<')? else {
                let rest = self.current.take();
                return Ok(rest.map(|bytes| self.element(bytes, true)));
            };
            self.keep(&text)?;
            let Some(tag) = self.tag()? else { continue };
            self.has_tags = true;
            let is_end = tag.starts_with(b"</");
            if local_name(&tag) != self.name {
                self.keep(&tag)?;
                continue;
            }
            let before = self.current.take();
            match (before, is_end) {
                (Some(mut whole), true) => {
                    whole.extend(tag);
                    return Ok(Some(self.element(whole, false)));
                }
                // An end without start: of one that was cut off before.
                (None, true) => {}
                (before, false) => {
                    let is_empty = tag.ends_with(b"/>");
                    if is_empty && before.is_none() {
                        return Ok(Some(self.element(tag, false)));
                    }
                    self.current = Some(tag);
                    if let Some(cut) = before {
                        return Ok(Some(self.element(cut, true)));
                    }
                }
            }
        }
    }

    fn element(&mut self, bytes: Vec<u8>, is_cut: bool) -> Element {
        self.number += 1;
        Element { number: self.number, bytes, is_cut }
    }

    fn keep(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        let Some(current) = &mut self.current else { return Ok(()) };
        if current.len() + bytes.len() > MAX_ENTRY_BYTES {
            return Err(ImportError::EntryTooLong { entry: self.number + 1 });
        }
        current.extend_from_slice(bytes);
        Ok(())
    }

    /// What comes before a byte, which is left; none at the end of the file. Long text is given in pieces.
    fn until(&mut self, stop: u8) -> Result<Option<Vec<u8>>, ImportError> {
        let buffer = self.input.fill_buf().map_err(ImportError::Unreadable)?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let before = buffer.iter().position(|byte| *byte == stop).unwrap_or(buffer.len());
        let text = buffer.iter().take(before).copied().collect();
        self.input.consume(before);
        Ok(Some(text))
    }

    /// A tag, comment or marked section with its brackets; none where the text before was only a piece.
    fn tag(&mut self) -> Result<Option<Vec<u8>>, ImportError> {
        let mut tag = Vec::new();
        loop {
            let byte = self.input.fill_buf().map_err(ImportError::Unreadable)?.first().copied();
            match byte {
                // The file ends in a tag.
                None => return Ok((!tag.is_empty()).then_some(tag)),
                Some(byte) if tag.is_empty() && byte != b'<' => return Ok(None),
                // A bracket that is no tag: text.
                Some(b'<') if !tag.is_empty() && !tag.starts_with(b"<!") => return Ok(Some(tag)),
                Some(byte) => {
                    self.input.consume(1);
                    tag.push(byte);
                    let ends: &[u8] = match () {
                        () if tag.starts_with(b"<!--") => b"-->",
                        () if tag.starts_with(b"<![CDATA[") => b"]]>",
                        () => b">",
                    };
                    if tag.ends_with(ends) && (ends.len() == 1 || tag.len() > 6) {
                        return Ok(Some(tag));
                    }
                }
            }
            if tag.len() > MAX_ENTRY_BYTES {
                return Err(ImportError::EntryTooLong { entry: self.number + 1 });
            }
        }
    }
}

/// The name of a tag without its prefix.
fn local_name(tag: &[u8]) -> &[u8] {
    let inner = tag.strip_prefix(b"</").or_else(|| tag.strip_prefix(b"<")).unwrap_or(tag);
    let name = inner.split(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte)).next().unwrap_or_default();
    name.rsplit(|byte| *byte == b':').next().unwrap_or_default()
}

/// An element with what it holds.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Its name without prefix.
    name: String,
    attributes: Vec<(String, String)>,
    /// Its own text, that of elements in it left out.
    pub(super) text: String,
    children: Vec<Node>,
}

impl Node {
    /// Parses an element; none if it is not well-formed.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Node> = vec![Node::default()];
        loop {
            match reader.read_event().ok()? {
                Event::Start(tag) => {
                    if open.len() > MAX_DEPTH {
                        return None;
                    }
                    open.push(Self::of_tag(&tag)?);
                }
                Event::Empty(tag) => open.last_mut()?.children.push(Self::of_tag(&tag)?),
                Event::End(_) => {
                    let node = open.pop()?;
                    open.last_mut()?.children.push(node);
                }
                Event::Text(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
                Event::CData(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
                Event::GeneralRef(name) => {
                    let name: &str = &name;
                    let text = &mut open.last_mut()?.text;
                    match reference(name) {
                        Some(sign) => text.push(sign),
                        None => text.extend(["&", name, ";"]),
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let mut root = open.pop().filter(|_| open.is_empty())?;
        root.children.pop()
    }

    fn of_tag(tag: &BytesStart<'_>) -> Option<Self> {
        let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.ok()?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned();
            attributes.push((local(attribute.key.as_ref()), value));
        }
        Some(Self { name: local(tag.name().as_ref()), attributes, ..Self::default() })
    }

    /// An attribute; empty where there is none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The elements of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element on a path of names.
    pub(super) fn at(&self, path: &str) -> Option<&Node> {
        path.split('/').try_fold(self, |node, name| node.children.iter().find(|child| child.name == name))
    }

    /// The text at a path of names; empty where there is none.
    pub(super) fn text_at(&self, path: &str) -> &str {
        self.at(path).map(|node| node.text.trim()).unwrap_or_default()
    }
}
