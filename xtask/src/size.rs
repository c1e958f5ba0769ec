//! What the shipped files weigh, and whether that is within budget.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::budget;
use crate::bundle::{self, Bundle};
use crate::tools::Workspace;
use crate::tree;

/// The largest brotli window that browsers must accept (RFC 7932).
const BROTLI_WINDOW: u32 = 22;
/// Best compression: what a host does once per release, not once per request.
const BROTLI_QUALITY: u32 = 11;

/// The weight of one file in its three states.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Weight {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Builds, prints the table and the budgets, and says whether every budget is kept.
pub(crate) fn report(workspace: &Workspace) -> Result<bool> {
    let bundle = Bundle::shipped(workspace.dist());
    bundle::build(workspace, &bundle)?;
    let weights = weigh_folder(&bundle.out)?;
    print!("{}", table(&weights));

    let file = workspace.root.join("budget.json");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let brotli_sizes: BTreeMap<String, u64> =
        weights.iter().map(|(file, weight)| (file.clone(), weight.brotli)).collect();
    let mut within = true;
    for (name, budget) in budget::parse(&text)? {
        let verdict = budget::check(&budget, &brotli_sizes).with_context(|| format!("budget.json, `{name}`"))?;
        let (used, allowed) = (grouped(verdict.used), grouped(verdict.allowed));
        match verdict.excess() {
            None => println!("budget {name}: {used} of {allowed} bytes (brotli)"),
            Some(excess) => {
                within = false;
                println!(
                    "budget {name}: {used} of {allowed} bytes (brotli), {} too many; the reason for the limit: {}",
                    grouped(excess),
                    budget.why
                );
            }
        }
    }
    Ok(within)
}

/// Compresses as a host would for a release.
pub(crate) fn brotli(bytes: &[u8]) -> Vec<u8> {
    brotli_at(BROTLI_QUALITY, bytes)
}

/// The same at another level, 0 to 11.
pub(crate) fn brotli_at(quality: u32, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut out, 4096, quality, BROTLI_WINDOW);
        // Writing to memory does not fail.
        let _ = writer.write_all(bytes);
    }
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn weigh(bytes: &[u8]) -> Weight {
    let length = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    Weight { raw: length(bytes), gzip: length(&gzip(bytes)), brotli: length(&brotli(bytes)) }
}

fn weigh_folder(folder: &Path) -> Result<BTreeMap<String, Weight>> {
    let mut contents = Vec::new();
    for file in tree::files_in(folder)? {
        let path = folder.join(&file);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        contents.push((file, bytes));
    }
    // Compressing is all of the work, and each file is apart.
    thread::scope(|scope| {
        let running: Vec<_> = contents.iter().map(|(file, bytes)| (file, scope.spawn(|| weigh(bytes)))).collect();
        running
            .into_iter()
            .map(|(file, thread)| match thread.join() {
                Ok(weight) => Ok((file.clone(), weight)),
                Err(_) => bail!("compressing `{file}` failed"),
            })
            .collect()
    })
}

fn table(weights: &BTreeMap<String, Weight>) -> String {
    let total = weights.values().fold(Weight::default(), |sum, weight| Weight {
        raw: sum.raw + weight.raw,
        gzip: sum.gzip + weight.gzip,
        brotli: sum.brotli + weight.brotli,
    });
    let width = weights.keys().map(|file| file.chars().count()).max().unwrap_or(0).max("total".len());
    let mut lines = format!("{:width$}  {:>11}  {:>11}  {:>11}\n", "file", "raw", "gzip", "brotli");
    let rows = weights.iter().map(|(file, weight)| (file.as_str(), weight));
    for (name, weight) in rows.chain([("total", &total)]) {
        let [raw, gzip, brotli] = [weight.raw, weight.gzip, weight.brotli].map(grouped);
        lines += &format!("{name:width$}  {raw:>11}  {gzip:>11}  {brotli:>11}\n");
    }
    lines
}

/// A number with its digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1 000", "1 234 567"]);
    }

    #[test]
    fn the_table_has_every_file_and_the_sum() {
        let weights = [("a.js", 1000), ("data/b.json", 23)]
            .map(|(file, raw)| (file.to_owned(), Weight { raw, gzip: 20, brotli: 10 }))
            .into();
        let expected = "\
file                 raw         gzip       brotli
a.js               1 000           20           10
data/b.json           23           20           10
total              1 023           40           20
";
        assert_eq!(table(&weights), expected);
    }

    #[test]
    fn brotli_output_is_complete() {
        let text = "the same words again and again ".repeat(100);
        let compressed = brotli(text.as_bytes());
        assert!(compressed.len() < 100);
        let mut restored = Vec::new();
        brotli::BrotliDecompress(&mut compressed.as_slice(), &mut restored).unwrap();
        assert_eq!(restored, text.as_bytes());
    }
}
