//! The same sittings by us and by catsim, a published program in Python: do both ask the same, and how fast.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::tools::{Cmd, Workspace, on_path};

/// What is compared with, at the version that the bar names.
const PEER: &str = "catsim==0.21.0";
/// The bar: so many times as fast.
const BAR: f64 = 300.0;
/// What to do where it cannot be installed.
const INSTALLING: &str = "cannot install the peer: `cargo xtask bench peers` needs Python 3.10 or newer with `venv` and `pip`, and a \
    network to fetch it from Python's package index the first time; without them, leave this command out, nothing else needs it";

/// What was given to everybody.
#[derive(Deserialize)]
struct Given {
    questions: usize,
    thetas: Vec<f64>,
}

/// What one program made of it.
#[derive(Deserialize)]
struct Sittings {
    name: String,
    /// For everybody once.
    seconds: f64,
    /// Items by person, in order.
    asked: Vec<Vec<usize>>,
    /// By person.
    estimates: Vec<f64>,
}

/// Runs both and prints the comparison.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let python = environment(workspace)?;
    let folder = workspace.scratch("peers-data");
    let build = ["run", "--release", "-p", "skills-passport", "--example", "one_trait_sessions", "--"];
    Cmd::cargo(build).arg(workspace.show(&folder).to_string()).folder(&workspace.root).run()?;
    Cmd::new(&python, ["xtask/bench/catsim_sessions.py"])
        .named("python")
        .arg(workspace.show(&folder).to_string())
        // Where they are set, they make numpy choose slower code than it would.
        .without_env("OPENBLAS_CORETYPE")
        .without_env("OPENBLAS_L2_SIZE")
        .folder(&workspace.root)
        .run()?;
    let given: Given = read(&folder.join("bank.json"))?;
    let ours: Sittings = read(&folder.join("ours.json"))?;
    let theirs: Vec<Sittings> = read(&folder.join("catsim.json"))?;
    let people = given.thetas.len();
    if std::iter::once(&ours).chain(&theirs).any(|one| one.asked.len() != people || one.estimates.len() != people) {
        bail!("the two programs did not test the same people; delete {} and try again", workspace.show(&folder));
    }
    print!("{}", report(&given, &ours, &theirs));
    Ok(())
}

/// A Python of its own in the target folder, with the peer; made when it is missing or of another version.
fn environment(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.scratch("peers");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let check = format!("from importlib.metadata import version; assert 'catsim==' + version('catsim') == '{PEER}'");
    if !Cmd::new(&python, ["-c", check.as_str()]).succeeds() {
        let system = on_path(&["python3", "python"]).context(INSTALLING)?;
        Cmd::new(system, ["-m", "venv", "--clear"])
            .named("python3")
            .arg(workspace.show(&folder).to_string())
            .folder(&workspace.root)
            .run()
            .context(INSTALLING)?;
        Cmd::new(&python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER])
            .named("python")
            .run()
            .context(INSTALLING)?;
    }
    Ok(python)
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<T> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("cannot understand {}", file.display()))
}

fn report(given: &Given, ours: &Sittings, theirs: &[Sittings]) -> String {
    let people = given.thetas.len();
    let speed = |one: &Sittings| count(people) / one.seconds;
    let mut text = format!("{people} people, {} questions each, one core\n", given.questions);
    for one in std::iter::once(ours).chain(theirs) {
        let error = root_mean_square(&one.estimates, &given.thetas);
        text += &format!("{:<32} {:>10.1} sittings/s, RMSE against the truth {error:.3}\n", one.name, speed(one));
    }
    for one in theirs {
        text += &format!(
            "against {}: {:.0} times as fast; {:.1} % of the items asked are the same; estimates: correlation {:.4}, RMS difference {:.1e}\n",
            one.name,
            speed(ours) / speed(one),
            100.0 * overlap(&ours.asked, &one.asked),
            correlation(&ours.estimates, &one.estimates),
            root_mean_square(&ours.estimates, &one.estimates),
        );
    }
    let least = theirs.iter().map(|one| speed(ours) / speed(one)).fold(f64::INFINITY, f64::min);
    let verdict = if least >= BAR { "reached" } else { "missed" };
    text + &format!("bar of {BAR:.0} times: {verdict}\n")
}

/// Part of the items that a person was asked by both, whatever their order.
fn overlap(one: &[Vec<usize>], two: &[Vec<usize>]) -> f64 {
    let shared = |(one, two): (&Vec<usize>, &Vec<usize>)| {
        let items: BTreeSet<_> = one.iter().collect();
        two.iter().filter(|item| items.contains(item)).count()
    };
    count(one.iter().zip(two).map(shared).sum()) / count(one.iter().map(Vec::len).sum())
}

fn root_mean_square(one: &[f64], two: &[f64]) -> f64 {
    (one.iter().zip(two).map(|(x, y)| (x - y) * (x - y)).sum::<f64>() / count(one.len())).sqrt()
}

fn correlation(one: &[f64], two: &[f64]) -> f64 {
    let mean = |all: &[f64]| all.iter().sum::<f64>() / count(all.len());
    let (x_mean, y_mean) = (mean(one), mean(two));
    let product = |x: &[f64], x_mean: f64, y: &[f64], y_mean: f64| {
        x.iter().zip(y).map(|(x, y)| (x - x_mean) * (y - y_mean)).sum::<f64>()
    };
    product(one, x_mean, two, y_mean) / (product(one, x_mean, one, x_mean) * product(two, y_mean, two, y_mean)).sqrt()
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sittings(name: &str, seconds: f64, asked: [[usize; 2]; 2], estimates: [f64; 2]) -> Sittings {
        Sittings { name: name.to_owned(), seconds, asked: asked.map(Vec::from).into(), estimates: estimates.into() }
    }

    #[test]
    fn the_report_compares_choices_estimates_and_speed() {
        let given = Given { questions: 2, thetas: vec![1.0, -1.0] };
        let ours = sittings("ours", 0.001, [[1, 2], [3, 4]], [1.0, -1.0]);
        let peer = sittings("peer", 1.0, [[2, 1], [3, 5]], [2.0, -2.0]);
        let text = report(&given, &ours, &[peer]);
        assert!(text.contains("1000 times as fast; 75.0 % of the items asked are the same"), "{text}");
        assert!(text.contains("correlation 1.0000, RMS difference 1.0e0"), "{text}");
        assert!(text.ends_with("bar of 300 times: reached\n"), "{text}");
    }

    #[test]
    fn a_bar_that_is_missed_is_said() {
        let given = Given { questions: 2, thetas: vec![1.0, -1.0] };
        let one = || sittings("one", 1.0, [[1, 2], [3, 4]], [1.0, -1.0]);
        assert!(report(&given, &one(), &[one()]).ends_with("bar of 300 times: missed\n"));
    }
}
