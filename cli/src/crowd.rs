//! Many passports: a folder, a file with one on each line, or what is piped in. On all cores, in order, in bounded memory;
//! what cannot be read is said and left out.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal as _, Read as _, Write as _, stderr};
use std::path::{Path, PathBuf};
use std::thread;

use skills_passport::json;
use skills_passport::passport::{Content, FILE_ENDING, MAX_PASSPORT_BYTES, Measured, Passport};
use uuid::Uuid;

use crate::error::CliError;
use crate::lang::Lang;
use crate::{files, output};

/// Passports that a thread takes at once.
const SHARE: usize = 64;
/// Bytes of lines that are in memory at once; one line more may begin before.
const ROUND_BYTES: usize = 64 << 20;
/// Most refusals that are shown one by one.
const SHOWN: usize = 20;

/// How many were there.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Passports that counted.
    pub(crate) taken: usize,
    /// Without results in the framework.
    pub(crate) without: usize,
    /// Copies of a passport that was there before.
    pub(crate) again: usize,
    /// No passports.
    pub(crate) refused: usize,
}

/// A passport that has not been read yet.
enum Raw {
    File(PathBuf),
    Line { number: usize, bytes: Vec<u8> },
    TooLong { number: usize },
}

/// What became of one.
enum Done<T> {
    Taken(Uuid, T),
    Without(Uuid),
    Refused(String),
}

/// The results of a passport or of a shared copy, oldest first.
pub(crate) fn measured(passport: &Passport) -> impl Iterator<Item = Measured<'_>> {
    passport.records().into_iter().filter_map(|record| match record.content() {
        Content::Assessment(record) => Some(Measured::from(record.as_ref())),
        Content::Result(record) => Some(Measured::from(record.as_ref())),
        _ => None,
    })
}

/// Does `work` on each passport of `source` and hands what it gives to `take`, in the order of the source; `work` gives
/// nothing for a passport without what is looked for. A passport that comes twice counts once, the first time.
pub(crate) fn each<T: Send>(
    source: &Path,
    lang: Lang,
    work: &(dyn Fn(&Passport) -> Option<T> + Sync),
    take: &mut dyn FnMut(T) -> Result<(), CliError>,
) -> Result<Tally, CliError> {
    let threads = output::threads(None);
    let (mut tally, mut seen, mut shown) = (Tally::default(), HashSet::new(), 0);
    let watch = output::Watch::new();
    let mut round = |raws: Vec<Raw>, all: Option<usize>| -> Result<(), CliError> {
        for done in on_all_cores(&raws, threads, source, work) {
            match done {
                Done::Refused(why) => {
                    tally.refused += 1;
                    shown += 1;
                    if shown <= SHOWN {
                        watch.show("");
                        // A refusal that cannot be shown is still counted.
                        let _ = writeln!(stderr(), "{}", output::quoted(&why));
                    }
                }
                Done::Taken(id, _) | Done::Without(id) if !seen.insert(id) => tally.again += 1,
                Done::Without(_) => tally.without += 1,
                Done::Taken(_, value) => {
                    tally.taken += 1;
                    take(value)?;
                }
            }
        }
        watch.show(&progress(seen.len() + tally.refused, all, lang));
        Ok(())
    };
    if source.is_dir() {
        let names = folder(source)?;
        for part in names.chunks(SHARE * threads) {
            round(part.iter().cloned().map(Raw::File).collect(), Some(names.len()))?;
        }
    } else if source.to_string_lossy().ends_with(FILE_ENDING) {
        round(vec![Raw::File(source.to_owned())], Some(1))?;
    } else if source == Path::new("-") {
        lines(&mut std::io::stdin().lock(), source, SHARE * threads, &mut round)?;
    } else {
        let file = File::open(source).map_err(|reason| match reason.kind() {
            std::io::ErrorKind::NotFound => CliError::Missing(source.to_owned()),
            _ => CliError::Unreadable { file: source.to_owned(), reason },
        })?;
        lines(&mut BufReader::new(file), source, SHARE * threads, &mut round)?;
    }
    watch.show("");
    say(tally, lang);
    Ok(tally)
}

/// The passports of a folder, by name.
fn folder(folder: &Path) -> Result<Vec<PathBuf>, CliError> {
    let unreadable = |reason| CliError::Unreadable { file: folder.to_owned(), reason };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.to_string_lossy().ends_with(FILE_ENDING) {
            names.push(path);
        }
    }
    names.sort();
    Ok(names)
}

/// Reads lines, so many or so many bytes at once.
fn lines(
    reader: &mut dyn BufRead,
    source: &Path,
    most: usize,
    round: &mut dyn FnMut(Vec<Raw>, Option<usize>) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let unreadable = |reason| CliError::Unreadable { file: source.to_owned(), reason };
    let limit = u64::try_from(MAX_PASSPORT_BYTES).unwrap_or(u64::MAX);
    let (mut raws, mut held, mut number) = (Vec::new(), 0, 0);
    loop {
        let mut bytes = Vec::new();
        // One byte more than is accepted, so that a longer line is known as such.
        let read = (&mut *reader).take(limit + 1).read_until(b'\n', &mut bytes).map_err(unreadable)?;
        if read == 0 {
            return round(raws, None);
        }
        number += 1;
        if !bytes.ends_with(b"\n") && bytes.len() > MAX_PASSPORT_BYTES {
            reader.skip_until(b'\n').map_err(unreadable)?;
            raws.push(Raw::TooLong { number });
        } else if !bytes.trim_ascii().is_empty() {
            held += bytes.len();
            raws.push(Raw::Line { number, bytes });
        }
        if raws.len() >= most || held >= ROUND_BYTES {
            round(std::mem::take(&mut raws), None)?;
            held = 0;
        }
    }
}

fn on_all_cores<T: Send>(
    raws: &[Raw],
    threads: usize,
    source: &Path,
    work: &(dyn Fn(&Passport) -> Option<T> + Sync),
) -> Vec<Done<T>> {
    let one = |raw: &Raw| match read(raw, source) {
        Err(why) => Done::Refused(why),
        Ok(passport) => match work(&passport) {
            Some(value) => Done::Taken(passport.id(), value),
            None => Done::Without(passport.id()),
        },
    };
    let share = raws.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = raws
            .chunks(share)
            .map(|part| (part.len(), scope.spawn(|| part.iter().map(one).collect::<Vec<_>>())))
            .collect();
        // A worker cannot panic from data; if one did, its passports were not read.
        let lost = |people: usize| (0..people).map(|_| Done::Refused("not read".to_owned())).collect();
        workers.into_iter().flat_map(|(people, worker)| worker.join().unwrap_or_else(|_| lost(people))).collect()
    })
}

/// Reads a passport; a refusal says where.
fn read(raw: &Raw, source: &Path) -> Result<Passport, String> {
    let at = |number: &usize| format!("{}, line {number}", source.display());
    match raw {
        Raw::File(path) => {
            let told = |error: &CliError| format!("{}: {error}", path.display());
            let text = files::read(path, MAX_PASSPORT_BYTES).map_err(|error| told(&error))?;
            Passport::parse(&text).map_err(|error| told(&CliError::content(path, error)))
        }
        Raw::TooLong { number } => Err(format!("{}: longer than {MAX_PASSPORT_BYTES} bytes", at(number))),
        Raw::Line { number, bytes } => {
            let text = json::utf8(bytes).map_err(|error| format!("{}: {error}", at(number)))?;
            Passport::parse(text).map_err(|error| format!("{}: {error}", at(number)))
        }
    }
}

fn progress(done: usize, all: Option<usize>, lang: Lang) -> String {
    match (lang, all) {
        (Lang::En, Some(all)) => format!("{done} of {all} passports"),
        (Lang::En, None) => format!("{done} passports"),
        (Lang::Fr, Some(all)) => format!("{done} passeports sur {all}"),
        (Lang::Fr, None) => format!("{done} passeports"),
    }
}

/// What did not count, and on a terminal what did.
fn say(tally: Tally, lang: Lang) {
    let Tally { taken, without, again, refused } = tally;
    if without + again + refused == 0 && !stderr().is_terminal() {
        return;
    }
    let line = match lang {
        Lang::En => format!(
            "{taken} passports counted; left out: {refused} that could not be read, {without} without results in this \
             framework, {again} copies"
        ),
        Lang::Fr => format!(
            "{taken} passeports comptés ; laissés de côté : {refused} illisibles, {without} sans résultat dans ce \
             référentiel, {again} copies"
        ),
    };
    // The numbers are a courtesy; the exit code says whether something could not be read.
    let _ = writeln!(stderr(), "{line}");
}
