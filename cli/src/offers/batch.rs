//! Many passports: on all cores, in their order, each written as soon as those before it are.

use std::io::Write;
use std::thread;

use skills_passport::framework::Framework;
use skills_passport::offers::Catalogue;
use skills_passport::offers::matching::Matches;
use skills_passport::profile::CompetenceResult;

use super::people::{People, Person};
use super::shape::Shape;
use crate::Verdict;
use crate::error::CliError;
use crate::output::{Watch, threads};

/// Passports that a thread takes at once: memory holds the answers of so many per thread.
const BATCH: usize = 64;

/// Matches every passport and writes the answers in a shape.
pub(super) fn run(
    out: &mut dyn Write,
    mut people: People,
    framework: &Framework,
    catalogue: &Catalogue,
    shape: Shape<'_>,
    matches: &(dyn Fn(&[CompetenceResult]) -> Matches + Sync),
) -> Result<Verdict, CliError> {
    let one = |person: Person| -> (String, bool) {
        let name = person.name();
        let answer = person.results(framework).map(|results| matches(&results));
        (shape.answer(&name, answer.as_ref(), catalogue), answer.is_ok())
    };
    let (threads, watch, all) = (threads(None), Watch::new(), people.count());
    let (mut done, mut verdict) = (0, Verdict::Fine);
    write!(out, "{}", shape.head())?;
    loop {
        let mut round = people.next(BATCH * threads);
        if round.is_empty() {
            break;
        }
        let count = round.len();
        let share = count.div_ceil(threads).max(1);
        let parts: Vec<Vec<(String, bool)>> = thread::scope(|scope| {
            let mut workers = Vec::new();
            while !round.is_empty() {
                let rest = round.split_off(share.min(round.len()));
                let part = std::mem::replace(&mut round, rest);
                workers.push(scope.spawn(|| part.into_iter().map(one).collect()));
            }
            workers.into_iter().map(|worker| worker.join().unwrap_or_default()).collect()
        });
        for (text, fine) in parts.into_iter().flatten() {
            if done > 0 {
                write!(out, "{}", shape.between())?;
            }
            write!(out, "{text}")?;
            done += 1;
            if !fine {
                verdict = Verdict::Faulty;
            }
        }
        match all {
            Some(all) => watch.show(&format!("{done} of {all} passports")),
            None => watch.show(&format!("{done} passports")),
        }
    }
    watch.show("");
    write!(out, "{}", shape.tail())?;
    Ok(verdict)
}
