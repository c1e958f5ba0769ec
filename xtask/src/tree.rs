//! A folder held in memory until all of it is known, then written in one go.
//!
//! It knows nothing of what the files are. Writing the whole at the end means that a build that fails leaves the last good folder
//! as it was, that two parts cannot overwrite each other unnoticed, and that files which are no longer built go away.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Files by their path inside the folder, with `/` between the parts.
#[derive(Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// Adds a file; two files of one name are a mistake of the build.
    pub(crate) fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<()> {
        let path = path.into();
        if self.files.contains_key(&path) {
            bail!("two parts of the build both make `{path}`");
        }
        self.files.insert(path, bytes.into());
        Ok(())
    }

    /// The files by path.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Makes the folder `out` hold exactly these files. Unchanged files are left alone. `mark` is a file that every earlier build
    /// has written: a folder that holds other things and not the mark is somebody else's, and is not touched.
    pub(crate) fn write(&self, out: &Path, mark: &str) -> Result<()> {
        let present = if out.is_dir() { files_in(out)? } else { Vec::new() };
        if !present.is_empty() && !present.iter().any(|path| path == mark) {
            bail!("{} holds files that this build did not make: choose an empty folder", out.display());
        }
        for (path, bytes) in &self.files {
            let file = out.join(path);
            if fs::read(&file).is_ok_and(|old| old == *bytes) {
                continue;
            }
            create_parent(&file)?;
            fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
        }
        for path in present.iter().filter(|path| !self.files.contains_key(*path)) {
            let file = out.join(path);
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
            remove_empty_parents(&file, out);
        }
        Ok(())
    }
}

/// Makes the folder that a file will be written to.
pub(crate) fn create_parent(file: &Path) -> Result<()> {
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    }
    Ok(())
}

/// Makes a folder that is certain to be empty.
pub(crate) fn empty_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

/// The files of a folder and its subfolders, as sorted relative paths with `/`.
pub(crate) fn files_in(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open: Vec<(PathBuf, String)> = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let unreadable = || format!("cannot read the folder {}", folder.display());
        for entry in fs::read_dir(&folder).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let Ok(name) = entry.file_name().into_string() else {
                bail!("a file name in {} is not UTF-8", folder.display());
            };
            if entry.path().is_dir() {
                open.push((entry.path(), format!("{prefix}{name}/")));
            } else {
                found.push(format!("{prefix}{name}"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Removes the folders that have become empty. Failing to is of no importance: an empty folder serves nothing.
fn remove_empty_parents(file: &Path, stop: &Path) {
    for folder in file.ancestors().skip(1).take_while(|folder| *folder != stop) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        empty_folder(&folder).unwrap();
        folder
    }

    fn tree(files: &[(&str, &str)]) -> Tree {
        let mut tree = Tree::default();
        for (path, text) in files {
            tree.add(*path, *text).unwrap();
        }
        tree
    }

    #[test]
    fn a_second_write_removes_what_is_no_longer_built() {
        let out = folder("stale");
        tree(&[("mark", "1"), ("data/old/a.json", "{}")]).write(&out, "mark").unwrap();
        tree(&[("mark", "2"), ("data/b.json", "{}")]).write(&out, "mark").unwrap();
        assert_eq!(files_in(&out).unwrap(), ["data/b.json", "mark"]);
        assert!(!out.join("data/old").exists());
        assert_eq!(fs::read(out.join("mark")).unwrap(), b"2");
        fs::remove_dir_all(out).unwrap();
    }

    #[test]
    fn an_unchanged_file_keeps_its_date() {
        let out = folder("date");
        tree(&[("mark", "same")]).write(&out, "mark").unwrap();
        let before = fs::metadata(out.join("mark")).unwrap().modified().unwrap();
        tree(&[("mark", "same")]).write(&out, "mark").unwrap();
        let after = fs::metadata(out.join("mark")).unwrap().modified().unwrap();
        assert_eq!(before, after);
        fs::remove_dir_all(out).unwrap();
    }

    #[test]
    fn the_folder_of_someone_else_is_left_alone() {
        let out = folder("foreign");
        fs::write(out.join("thesis.txt"), "years of work").unwrap();
        let error = tree(&[("mark", "")]).write(&out, "mark").unwrap_err();
        assert!(error.to_string().contains("choose an empty folder"), "{error}");
        assert_eq!(files_in(&out).unwrap(), ["thesis.txt"]);
        fs::remove_dir_all(out).unwrap();
    }

    #[test]
    fn two_parts_cannot_make_the_same_file() {
        let mut tree = tree(&[("index.html", "a")]);
        assert!(tree.add("index.html", "b").is_err());
    }
}
