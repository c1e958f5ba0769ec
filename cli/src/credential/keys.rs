//! A file of secret keys: the last one signs, the others were changed.

use std::path::{Path, PathBuf};

use skills_passport::credential::{KEYS_FILE_ENDING, Key, MAX_KEYS_FILE_BYTES, read_keys, write_keys};
use zeroize::Zeroizing;

use crate::error::CliError;
use crate::files::{self, Place};
use crate::system;

/// The keys of a file, oldest first; never none.
pub(crate) struct KeyFile {
    keys: Vec<Key>,
}

impl KeyFile {
    /// A new key of the system's randomness.
    pub(crate) fn new() -> Result<Self, CliError> {
        Ok(Self { keys: vec![new_key()?] })
    }

    /// Keys that were sealed.
    pub(crate) fn of_secrets(file: &Path, secrets: &[Zeroizing<String>]) -> Result<Self, CliError> {
        let keys = secrets.iter().map(|secret| Key::from_multibase(secret)).collect::<Result<Vec<_>, _>>();
        let keys = keys.map_err(|error| CliError::content(file, error))?;
        if keys.is_empty() { Err(CliError::NoKey(file.to_owned())) } else { Ok(Self { keys }) }
    }

    /// Reads a file that nobody else can read.
    pub(crate) fn read(file: &Path) -> Result<Self, CliError> {
        let text = Zeroizing::new(files::read(file, MAX_KEYS_FILE_BYTES)?);
        refuse_open(file)?;
        Ok(Self { keys: read_keys(&text).map_err(|error| CliError::content(file, error))? })
    }

    /// Reads the file, or makes it with a new key; whether it was made.
    pub(crate) fn read_or_make(file: &Path) -> Result<(Self, bool), CliError> {
        if file.symlink_metadata().is_ok() {
            return Ok((Self::read(file)?, false));
        }
        let made = Self::new()?;
        made.write_new(file)?;
        Ok((made, true))
    }

    /// Writes a new file that nobody else can read.
    pub(crate) fn write_new(&self, file: &Path) -> Result<(), CliError> {
        files::write_new(file, &self.text(file)?)
    }

    /// Puts the keys in the place of the file's.
    pub(crate) fn replace(&self, file: &Path) -> Result<(), CliError> {
        files::write(file, &self.text(file)?, Place::Taken)
    }

    fn text(&self, file: &Path) -> Result<Zeroizing<String>, CliError> {
        write_keys(&self.keys).map_err(|error| CliError::content(file, error))
    }

    /// The key that signs.
    pub(crate) fn current(&self, file: &Path) -> Result<&Key, CliError> {
        self.keys.last().ok_or_else(|| CliError::NoKey(file.to_owned()))
    }

    /// The keys, oldest first.
    pub(crate) fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The keys in multibase.
    pub(crate) fn secrets(&self) -> Vec<Zeroizing<String>> {
        self.keys.iter().map(Key::to_multibase).collect()
    }

    /// Adds a new key, which signs from now on.
    pub(crate) fn rotate(&mut self) -> Result<(), CliError> {
        self.keys.push(new_key()?);
        Ok(())
    }
}

fn new_key() -> Result<Key, CliError> {
    Ok(Key::from_seed(&Zeroizing::new(system::random()?)))
}

/// Where the keys of a passport are, unless somebody says otherwise: beside it.
pub(crate) fn beside(passport: &Path) -> PathBuf {
    let name = passport.file_name().and_then(|name| name.to_str()).unwrap_or("skills");
    let stem = name.strip_suffix(skills_passport::passport::FILE_ENDING).unwrap_or(name);
    passport.with_file_name(format!("{stem}{KEYS_FILE_ENDING}"))
}

#[cfg(unix)]
fn refuse_open(file: &Path) -> Result<(), CliError> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = file.metadata().map_err(|reason| CliError::Unreadable { file: file.to_owned(), reason })?;
    let others = metadata.permissions().mode() & 0o077;
    if others == 0 { Ok(()) } else { Err(CliError::OpenKeys(file.to_owned())) }
}

/// Elsewhere, new files belong to the user alone by the folder's rules.
#[cfg(not(unix))]
fn refuse_open(_: &Path) -> Result<(), CliError> {
    Ok(())
}
