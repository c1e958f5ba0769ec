//! The JSON files of a library: those shipped with this crate, or a folder's.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use skills_passport::json;

use crate::{LoadError, LoadFault};

/// Texts by path, separated by `/`.
pub(crate) type Files = BTreeMap<String, Cow<'static, str>>;

const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Most JSON read from a folder, bytes.
const MAX_FOLDER_BYTES: usize = 64 << 20;
/// Deepest folder read.
const MAX_DEPTH: usize = 8;

pub(crate) fn shipped() -> Files {
    SHIPPED.iter().map(|(path, text)| ((*path).to_owned(), Cow::Borrowed(*text))).collect()
}

pub(crate) fn folder(root: &Path) -> Result<Files, LoadError> {
    let mut files = Files::new();
    let mut bytes = 0;
    read_folder(root, "", 0, &mut bytes, &mut files)?;
    Ok(files)
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    depth: usize,
    bytes: &mut usize,
    files: &mut Files,
) -> Result<(), LoadError> {
    let unreadable =
        |error: &std::io::Error| LoadError::new(folder.display().to_string(), LoadFault::Unreadable(error.to_string()));
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(&error))? {
        let entry = entry.map_err(|error| unreadable(&error))?;
        let (path, name) = (entry.path(), format!("{prefix}{}", entry.file_name().to_string_lossy()));
        // Links are not followed: they could lead in a circle or out of the folder.
        let kind = entry.file_type().map_err(|error| unreadable(&error))?;
        if kind.is_dir() && depth < MAX_DEPTH {
            read_folder(&path, &format!("{name}/"), depth + 1, bytes, files)?;
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "json") {
            let left = MAX_FOLDER_BYTES.saturating_sub(*bytes);
            let content = read_at_most(&path, left)
                .map_err(|error| LoadError::new(&name, LoadFault::Unreadable(error.to_string())))?
                .ok_or_else(|| LoadError::new(&name, LoadFault::TooLarge(MAX_FOLDER_BYTES)))?;
            *bytes += content.len();
            let text = json::utf8(&content).map_err(|error| LoadError::new(&name, error))?.to_owned();
            files.insert(name, Cow::Owned(text));
        }
    }
    Ok(())
}

/// The content of a file, unless it is larger than `limit` bytes.
fn read_at_most(path: &Path, limit: usize) -> std::io::Result<Option<Vec<u8>>> {
    let mut content = Vec::new();
    let bound = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path)?.take(bound).read_to_end(&mut content)?;
    Ok((content.len() <= limit).then_some(content))
}
