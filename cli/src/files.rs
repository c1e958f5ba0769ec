//! Reading files that may hold anything, and writing so that a failure never loses what was there.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};

use skills_passport::json;

use crate::error::CliError;

/// The text of a file of at most `limit` bytes; no more than one byte beyond them is read.
pub(crate) fn read(file: &Path, limit: usize) -> Result<String, CliError> {
    let refused = |reason: std::io::Error| match reason.kind() {
        ErrorKind::NotFound => CliError::Missing(file.to_owned()),
        ErrorKind::IsADirectory => CliError::Folder(file.to_owned()),
        _ => CliError::Unreadable { file: file.to_owned(), reason },
    };
    // Asked first: some systems open a folder and fail only later, others refuse it with another reason.
    if file.is_dir() {
        return Err(CliError::Folder(file.to_owned()));
    }
    let bytes = read_bounded(File::open(file).map_err(refused)?, limit).map_err(refused)?;
    if bytes.len() > limit {
        return Err(CliError::TooLarge { file: file.to_owned(), limit });
    }
    match json::utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let (code, message) = (error.code().to_owned(), error.to_string());
            let failure = skills_passport::facade::Failure { code, message, path: String::new() };
            Err(CliError::content(file, failure))
        }
    }
}

/// The text that is piped in, of at most `limit` bytes.
pub(crate) fn read_input(limit: usize) -> Result<String, CliError> {
    let file = Path::new("-");
    let refused = |reason| CliError::Unreadable { file: file.to_owned(), reason };
    let bytes = read_bounded(std::io::stdin().lock(), limit).map_err(refused)?;
    if bytes.len() > limit {
        return Err(CliError::TooLarge { file: file.to_owned(), limit });
    }
    match json::utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(CliError::content(file, skills_passport::facade::Failure::from(error))),
    }
}

fn read_bounded(source: impl Read, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What may be in the place of a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nothing: a file that has appeared there meanwhile is not touched.
    Free,
    /// The file that the new one takes the place of.
    Taken,
}

/// Writes a whole new file, where its folder is there and nothing is in its place.
pub(crate) fn write_new(file: &Path, text: &str) -> Result<(), CliError> {
    if file.symlink_metadata().is_ok() {
        return Err(CliError::Exists(file.to_owned()));
    }
    if !folder_of(file).is_dir() {
        return Err(CliError::NoFolder(folder_of(file).to_owned()));
    }
    write(file, text, Place::Free)
}

/// Writes a whole file beside its place, then moves it there in one step.
pub(crate) fn write(file: &Path, text: &str, place: Place) -> Result<(), CliError> {
    let refused = |reason: std::io::Error| CliError::Unwritable { file: file.to_owned(), reason };
    // A link stays a link: the file it leads to is the one that is replaced.
    let target = match place {
        Place::Taken => file.canonicalize().map_err(refused)?,
        Place::Free => file.to_owned(),
    };
    let mut draft = tempfile::Builder::new().prefix(".skills-").tempfile_in(folder_of(&target)).map_err(refused)?;
    draft.write_all(text.as_bytes()).and_then(|()| draft.write_all(b"\n")).map_err(refused)?;
    draft.as_file().sync_all().map_err(refused)?;
    match place {
        Place::Taken => {
            // As open to others as it was: the draft is open to nobody else.
            let permissions = target.metadata().map_err(refused)?.permissions();
            draft.as_file().set_permissions(permissions).map_err(refused)?;
            draft.persist(&target).map_err(|error| refused(error.error))?;
        }
        Place::Free => {
            draft.persist_noclobber(&target).map_err(|error| match error.error.kind() {
                ErrorKind::AlreadyExists => CliError::Exists(file.to_owned()),
                _ => refused(error.error),
            })?;
        }
    }
    Ok(())
}

/// Whether files can be made in a folder: better known before thirty questions than after.
pub(crate) fn check_folder(folder: &Path) -> Result<(), CliError> {
    if !folder.is_dir() {
        return Err(CliError::NoFolder(folder.to_owned()));
    }
    match tempfile::tempfile_in(folder) {
        Ok(_) => Ok(()),
        Err(reason) => Err(CliError::Unwritable { file: folder.to_owned(), reason }),
    }
}

/// The folder that a file is in.
pub(crate) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// `stem` + `ending` in this folder, or the first of `stem-2`, `stem-3`, … that is free.
pub(crate) fn free_name(folder: &Path, stem: &OsStr, ending: &str) -> PathBuf {
    let name = |number: u32| {
        let mut name = stem.to_owned();
        if number > 1 {
            name.push(format!("-{number}"));
        }
        name.push(ending);
        // A `./` that nobody typed only puzzles those who read it.
        if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) }
    };
    // Also a link that leads nowhere is something that is there.
    (1..).map(name).find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| name(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_limit_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f");
        std::fs::write(&file, "12345").unwrap();
        assert_eq!(read(&file, 5).unwrap(), "12345");
        assert!(matches!(read(&file, 4), Err(CliError::TooLarge { limit: 4, .. })));
        // Not even of what is much larger.
        assert_eq!(read_bounded(std::io::repeat(b'x').take(1_000_000), 100).unwrap().len(), 101);
    }

    #[test]
    fn a_free_place_that_was_taken_meanwhile_is_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f");
        std::fs::write(&file, "there before").unwrap();
        assert!(matches!(write(&file, "new", Place::Free), Err(CliError::Exists(_))));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "there before");
        write(&file, "new", Place::Taken).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new\n");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left behind");
    }

    #[test]
    fn a_free_name_is_found_by_counting() {
        let folder = tempfile::tempdir().unwrap();
        let name = || free_name(folder.path(), OsStr::new("a"), ".json").file_name().unwrap().to_owned();
        assert_eq!(name(), "a.json");
        std::fs::write(folder.path().join("a.json"), "").unwrap();
        assert_eq!(name(), "a-2.json");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::write(&real, "old").unwrap();
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        write(&link, "new", Place::Taken).unwrap();
        assert_eq!(std::fs::read_to_string(&real).unwrap(), "new\n");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    }
}
