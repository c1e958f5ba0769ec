//! Results in words: a table of areas and competences, and what stands out. Computes nothing.

use std::io::Write;

use skills_passport::framework::{Framework, FrameworkReference, FrameworkText};
use skills_passport::id::{AreaId, CompetenceId, Language};
use skills_passport::profile::{Estimate, Evidence, Profile, Ratings};
use skills_passport::units::Level;
use unicode_width::UnicodeWidthStr as _;

use crate::error::CliError;
use crate::output::{BOLD, columns, padded, paragraph};
use crate::texts::{Range, Texts};

/// Between two columns.
const GAP: &str = "  ";

/// What areas, competences and levels are called; their numbers where that is not known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names<'a> {
    framework: Option<&'a Framework>,
    text: Option<&'a FrameworkText>,
}

impl<'a> Names<'a> {
    /// Names in a language, or else in any language that the framework has.
    pub(crate) fn new(framework: Option<&'a Framework>, language: Option<&Language>) -> Self {
        let text = framework.and_then(|framework| {
            language
                .and_then(|language| framework.text(language))
                .or_else(|| framework.languages().next().and_then(|language| framework.text(language)))
        });
        Self { framework, text }
    }

    /// What the framework is called.
    pub(crate) fn framework(&self, reference: &FrameworkReference) -> String {
        self.text.map_or_else(|| reference.to_string(), |text| text.name.clone())
    }

    /// Number and name of an area.
    pub(crate) fn area(&self, id: &AreaId) -> String {
        match self.text.and_then(|text| text.areas.get(id)) {
            Some(area) => format!("{id} {}", area.name),
            None => id.to_string(),
        }
    }

    /// Number and name of a competence.
    pub(crate) fn competence(&self, id: &CompetenceId) -> String {
        match self.text.and_then(|text| text.competences.get(id)) {
            Some(competence) => format!("{id} {}", competence.name),
            None => id.to_string(),
        }
    }

    /// Name of the broad level that holds a level.
    fn level(&self, level: Level) -> Option<&'a str> {
        let broad = self.framework?.broad_level_of(level)?;
        self.text?.broad_levels.get(&broad.id).map(|text| text.name.as_str())
    }
}

/// A line of the table.
struct Row {
    name: String,
    range: String,
    basis: String,
    is_area: bool,
}

/// Writes the results under a heading.
pub(crate) fn write(
    out: &mut dyn Write,
    heading: &str,
    profile: &Profile,
    names: &Names<'_>,
    texts: &Texts,
) -> Result<(), CliError> {
    let words = &texts.results;
    writeln!(out, "{BOLD}{heading}{BOLD:#}\n")?;
    table(out, &rows(profile, names, texts), texts, columns())?;
    writeln!(out)?;
    if profile.strengths.is_empty() && profile.gaps.is_empty() {
        paragraph(out, words.nothing_stands_out, 0)?;
    }
    for (title, competences) in [(words.strengths, &profile.strengths), (words.gaps, &profile.gaps)] {
        if !competences.is_empty() {
            paragraph(out, title, 0)?;
            for id in competences {
                writeln!(out, "  {}", names.competence(id))?;
            }
        }
    }
    ratings(out, profile, names, texts)?;
    writeln!(out)?;
    if profile.unsettled {
        paragraph(out, words.unsettled, 0)?;
    }
    if profile.provisional {
        paragraph(out, words.provisional, 0)?;
    }
    paragraph(out, words.use_of_it, 0)?;
    Ok(())
}

/// How the person's ratings of themselves compare with the other answers, where there are both.
fn ratings(out: &mut dyn Write, profile: &Profile, names: &Names<'_>, texts: &Texts) -> Result<(), CliError> {
    let compared = || profile.areas.iter().filter_map(|area| Some((&area.area, area.leniency.as_ref()?.ratings)));
    if compared().count() == 0 {
        return Ok(());
    }
    writeln!(out)?;
    if compared().all(|(_, ratings)| ratings == Ratings::Unclear) {
        paragraph(out, (texts.results.ratings)(Ratings::Unclear), 0)?;
    }
    for said in [Ratings::Higher, Ratings::Lower, Ratings::Similar] {
        let mut areas = compared().filter(|(_, ratings)| *ratings == said).map(|(area, _)| area).peekable();
        if areas.peek().is_some() {
            paragraph(out, (texts.results.ratings)(said), 0)?;
            areas.try_for_each(|area| writeln!(out, "  {}", names.area(area)))?;
        }
    }
    Ok(())
}

fn rows(profile: &Profile, names: &Names<'_>, texts: &Texts) -> Vec<Row> {
    let row = |name: String, estimate: &Estimate, is_area| Row {
        name,
        range: (texts.results.range)(&range(estimate, names)),
        basis: (texts.results.evidence)(estimate.evidence, estimate.answers).into_owned(),
        is_area,
    };
    let area_of = |id: &CompetenceId| names.framework.and_then(|framework| framework.area_of(id));
    let competence = |id: &CompetenceId, estimate| row(format!("  {}", names.competence(id)), estimate, false);
    let mut rows = vec![row(texts.results.all_together.to_owned(), &profile.overall, true)];
    for area in &profile.areas {
        rows.push(row(names.area(&area.area), &area.estimate, true));
        let members = profile.competences.iter().filter(|result| area_of(&result.competence) == Some(&area.area));
        rows.extend(members.map(|result| competence(&result.competence, &result.estimate)));
    }
    // Of a framework that is not known here, nobody can say which area a competence belongs to.
    let stray = profile.competences.iter().filter(|result| area_of(&result.competence).is_none());
    rows.extend(stray.map(|result| competence(&result.competence, &result.estimate)));
    rows
}

fn range<'a>(estimate: &Estimate, names: &Names<'a>) -> Range<'a> {
    let (lowest, highest) = (estimate.lowest_level.number(), estimate.highest_level.number());
    let name = names.level(estimate.level);
    if estimate.evidence == Evidence::NotEnough {
        Range::NotEnough { lowest, highest }
    } else if lowest == highest {
        Range::Exact { level: estimate.level.number(), name }
    } else {
        Range::Between { lowest, highest, likeliest: estimate.level.number(), name }
    }
}

/// Aligned columns where they fit; otherwise each part on a line of its own, which also reads well at 40 columns.
fn table(out: &mut dyn Write, rows: &[Row], texts: &Texts, columns: Option<usize>) -> Result<(), CliError> {
    let words = &texts.results;
    let widest = |title: &str, part: fn(&Row) -> &str| {
        rows.iter().map(|row| part(row).width()).chain([title.width()]).max().unwrap_or_default()
    };
    let name = widest(words.competence, |row| &row.name);
    let range = widest(words.level, |row| &row.range);
    let basis = widest(words.basis, |row| &row.basis);
    let fits = columns.is_none_or(|columns| name + range + basis + 2 * GAP.len() <= columns);
    if fits {
        let (one, two) = (padded(words.competence, name), padded(words.level, range));
        writeln!(out, "{BOLD}{one}{GAP}{two}{GAP}{}{BOLD:#}", words.basis)?;
    }
    for (number, row) in rows.iter().enumerate() {
        if row.is_area && (fits || number > 0) {
            writeln!(out)?;
        }
        if fits {
            writeln!(out, "{}{GAP}{}{GAP}{}", padded(&row.name, name), padded(&row.range, range), row.basis)?;
        } else {
            writeln!(out, "{}\n      {}\n      ({})", row.name, row.range, row.basis)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn written(columns: Option<usize>) -> String {
        let row = |name: &str, is_area| Row {
            name: name.to_owned(),
            range: "entre 3 et 5 sur 8".to_owned(),
            basis: "3 réponses directes".to_owned(),
            is_area,
        };
        let mut out = Vec::new();
        table(&mut out, &[row("1 Données", true), row("  1.1 Été", false)], Texts::of(Lang::Fr), columns).unwrap();
        anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
    }

    fn compared(ratings: &[&str], unsettled: bool, lang: Lang) -> String {
        let estimate = serde_json::json!({
            "median": 3000, "standardError": 900, "low": 1520, "high": 4480, "level": 3, "lowestLevel": 2,
            "highestLevel": 4, "probabilities": [], "answers": 9, "evidence": "measured",
        });
        let area = |(id, ratings): (usize, &&str)| {
            let leniency = serde_json::json!({ "median": 900, "standardError": 500, "ratings": ratings });
            serde_json::json!({ "area": format!("{id}"), "estimate": estimate, "leniency": leniency })
        };
        let areas: Vec<_> = (1..).zip(ratings).map(area).collect();
        let profile: Profile = serde_json::from_value(serde_json::json!({
            "competences": [], "areas": areas, "overall": estimate, "strengths": [], "gaps": [], "provisional": false,
            "answered": 9, "unsettled": unsettled,
        }))
        .unwrap();
        let mut out = Vec::new();
        write(&mut out, "", &profile, &Names::new(None, None), Texts::of(lang)).unwrap();
        let text = anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string();
        text.lines().skip_while(|line| !line.ends_with('.')).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn areas_are_named_under_what_can_be_said_of_their_ratings() {
        let text = compared(&["higher", "unclear", "similar", "higher", "lower"], false, Lang::En);
        let after = |words: &str| -> Vec<String> {
            let lines = text.lines().skip_while(|line| !line.contains(words)).skip_while(|line| !line.ends_with(':'));
            lines.skip(1).take_while(|line| line.starts_with("  ")).map(|line| line.trim().to_owned()).collect()
        };
        assert_eq!(after("a little higher"), ["1", "4"], "{text}");
        assert_eq!(after("lower than your other"), ["5"], "{text}");
        assert_eq!(after("much as your other"), ["3"], "{text}");
        assert!(!text.contains("cannot be told"), "{text}");
    }

    #[test]
    fn where_nothing_can_be_said_of_ratings_that_is_said_once_and_without_ratings_nothing() {
        for lang in Lang::ALL {
            let unclear = (Texts::of(lang).results.ratings)(Ratings::Unclear).split('.').next().unwrap();
            let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let unclear = flat(unclear.to_owned());
            assert_eq!(flat(compared(&["unclear", "unclear"], false, lang)).matches(&unclear).count(), 1);
            assert!(!flat(compared(&[], false, lang)).contains(&unclear));
        }
    }

    #[test]
    fn estimates_that_did_not_settle_are_called_less_exact() {
        for (lang, words) in [(Lang::En, "contradict each other"), (Lang::Fr, "se contredisent")] {
            assert!(compared(&[], true, lang).contains(words) && !compared(&[], false, lang).contains(words));
        }
    }

    #[test]
    fn columns_line_up_where_there_is_room() {
        for columns in [None, Some(63)] {
            let text = written(columns);
            let starts: Vec<Option<usize>> = text
                .lines()
                .filter(|line| !line.is_empty())
                .map(|line| line.find("entre").or_else(|| line.find("Niveau")).map(|at| line.split_at(at).0.width()))
                .collect();
            assert_eq!(starts, [Some(24); 3], "{text}");
        }
    }

    #[test]
    fn parts_stand_below_each_other_where_there_is_none() {
        assert!(written(Some(62)).contains("  1.1 Été\n      entre 3 et 5 sur 8\n      (3 réponses directes)\n"));
    }
}
