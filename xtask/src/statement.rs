//! The accessibility statement: one data file, checked for completeness, and a page of it in each of two languages.
//!
//! `frontend/accessibility/statement.json` has every success criterion of WCAG 2.2 at A and AA and every criterion of
//! RGAA 4.1, each with a result and what it rests on. What rests on a test names it, and a test here sees that there is
//! such a test. The wording of criteria is ours, shortened; their numbers are the standards'.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::tools::Workspace;

/// Where the data file is.
const FILE: &str = "frontend/accessibility/statement.json";
/// Success criteria of WCAG 2.2 at A and AA: 50 of WCAG 2.1, less 4.1.1, and six new ones.
const WCAG_CRITERIA: usize = 55;
/// Criteria of RGAA 4.1 in each of its thirteen themes; 106 in all.
const RGAA_CRITERIA: [usize; 13] = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    checked: String,
    evidence: BTreeMap<String, Evidence>,
    wcag: Vec<Criterion>,
    themes: Vec<Words>,
    rgaa: Vec<Criterion>,
}

/// What a result rests on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Evidence {
    en: String,
    fr: String,
    /// `file#part of the test's name`; none for what was done by hand.
    tests: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    en: String,
    fr: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Criterion {
    id: String,
    #[serde(default)]
    level: String,
    en: String,
    fr: String,
    result: Outcome,
    how: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    /// The author found it met.
    Met,
    /// Met in a part only.
    Partly,
    /// There is nothing that it could apply to.
    Na,
    /// The page that embeds the widget decides.
    Host,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tongue {
    English,
    French,
}

impl Tongue {
    fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    fn pick<'a>(self, en: &'a str, fr: &'a str) -> &'a str {
        match self {
            Self::English => en,
            Self::French => fr,
        }
    }
}

/// The statement's pages, by file name.
pub(crate) fn pages(workspace: &Workspace) -> Result<Vec<(String, String)>> {
    let statement = read(workspace)?;
    statement.check()?;
    [Tongue::English, Tongue::French]
        .into_iter()
        .map(|tongue| Ok((format!("accessibility.{}.html", tongue.tag()), page(&statement, tongue)?)))
        .collect()
}

fn read(workspace: &Workspace) -> Result<Statement> {
    let text = fs::read_to_string(workspace.root.join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
    serde_json::from_str(&text).with_context(|| format!("in {FILE}"))
}

impl Statement {
    fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.wcag.iter().chain(&self.rgaa)
    }

    /// Whether every criterion is there once, and rests on something that is there.
    fn check(&self) -> Result<()> {
        let ids: BTreeSet<&str> = self.wcag.iter().map(|criterion| criterion.id.as_str()).collect();
        if self.wcag.len() != WCAG_CRITERIA || ids.len() != WCAG_CRITERIA {
            bail!("{FILE}: WCAG 2.2 has {WCAG_CRITERIA} success criteria at A and AA, not {}", ids.len());
        }
        let themes = RGAA_CRITERIA.iter().zip(1..);
        let expected = themes.flat_map(|(count, theme)| (1..=*count).map(move |number| format!("{theme}.{number}")));
        if !self.rgaa.iter().map(|criterion| criterion.id.clone()).eq(expected) {
            bail!("{FILE}: the criteria of RGAA 4.1 are not all there, in order");
        }
        for criterion in self.criteria() {
            if criterion.how.is_empty() {
                bail!("{FILE}: {} rests on nothing", criterion.id);
            }
            if let Some(unknown) = criterion.how.iter().find(|id| !self.evidence.contains_key(*id)) {
                bail!("{FILE}: {} rests on `{unknown}`, which is not explained", criterion.id);
            }
        }
        let used: BTreeSet<&String> = self.criteria().flat_map(|criterion| &criterion.how).collect();
        match self.evidence.keys().find(|id| !used.contains(id)) {
            Some(idle) => bail!("{FILE}: nothing rests on `{idle}`"),
            None => Ok(()),
        }
    }
}

fn count(criteria: &[Criterion], outcome: Outcome) -> usize {
    criteria.iter().filter(|criterion| criterion.result == outcome).count()
}

fn page(statement: &Statement, tongue: Tongue) -> Result<String> {
    let t = |en: &'static str, fr: &'static str| tongue.pick(en, fr);
    let mut html = String::new();
    let title = t("Accessibility statement of the widget", "Déclaration d’accessibilité du composant");
    write!(
        html,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"pages.css\">\n<link rel=\"icon\" href=\"data:,\">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        tongue.tag()
    )?;
    let (met, partly) = (count(&statement.rgaa, Outcome::Met), count(&statement.rgaa, Outcome::Partly));
    let (wcag_met, wcag_partly) = (count(&statement.wcag, Outcome::Met), count(&statement.wcag, Outcome::Partly));
    match tongue {
        Tongue::English => write!(
            html,
            "<p>This is about the widget <code>&lt;skills-passport&gt;</code>. A site that embeds it publishes its own \
             statement, for all of its pages.</p>\n<h2>State</h2>\n<p>The widget is <strong>partially conformant</strong> with WCAG 2.2 at \
             levels A and AA and with RGAA 4.1. Of the criteria of RGAA that apply to it, {met} of {} are met; of the success \
             criteria of WCAG, {wcag_met} of {}.</p>\n<p>This is a self-assessment by the authors, finished on <time>{}</time>. It is not \
             an audit by a third party. It was <strong>not</strong> checked with screen readers or other assistive technology in the \
             hands of people who use them, nor with readers of the easy texts: the results below come from automatic tests in Chromium, \
             from its accessibility tree, from screenshots and from reading the source.</p>\n",
            met + partly,
            wcag_met + wcag_partly,
            statement.checked
        ),
        Tongue::French => write!(
            html,
            "<p>Cette déclaration porte sur le composant <code>&lt;skills-passport&gt;</code>. Un site qui l’intègre publie sa propre \
             déclaration, pour toutes ses pages.</p>\n<h2>État de conformité</h2>\n<p>Le composant est <strong>partiellement \
             conforme</strong> au référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1, et aux WCAG 2.2, niveaux A et \
             AA, en raison des non-conformités énumérées ci-dessous. Parmi les critères du RGAA applicables, {met} sur {} sont \
             respectés\u{202f}; parmi ceux des WCAG, {wcag_met} sur {}.</p>\n<p>Il s’agit d’une auto-évaluation par les auteurs, terminée le \
             <time>{}</time>. Ce n’est pas un audit par un tiers. Le composant n’a <strong>pas</strong> été vérifié avec des lecteurs d’écran \
             ou d’autres technologies d’assistance par des personnes qui les utilisent, ni les textes faciles par leurs lecteurs\u{a0}: les \
             résultats viennent de tests automatiques dans Chromium, de son arbre d’accessibilité, de captures d’écran et de la lecture du \
             code.</p>\n",
            met + partly,
            wcag_met + wcag_partly,
            statement.checked
        ),
    }?;
    writeln!(html, "<h2>{}</h2>\n<ul>", t("What is not met", "Non-conformités"))?;
    for criterion in statement.criteria().filter(|criterion| criterion.result == Outcome::Partly) {
        let standard = if criterion.level.is_empty() { "RGAA" } else { "WCAG" };
        let why = reasons(statement, criterion, tongue, |evidence| evidence.tests.is_empty());
        writeln!(
            html,
            "<li>{standard} {}, {}{}{why}</li>",
            criterion.id,
            tongue.pick(&criterion.en, &criterion.fr),
            t(": ", "\u{a0}: ")
        )?;
    }
    html.push_str("</ul>\n");
    writeln!(
        html,
        "<h2>{}</h2>",
        t("Criterion by criterion: WCAG 2.2, A and AA", "Critère par critère\u{a0}: WCAG 2.2, A et AA")
    )?;
    table(&mut html, statement, &statement.wcag, tongue, "WCAG 2.2")?;
    writeln!(html, "<h2>{}</h2>", t("Criterion by criterion: RGAA 4.1", "Critère par critère\u{a0}: RGAA 4.1"))?;
    for (theme, number) in statement.themes.iter().zip(1..) {
        let prefix = format!("{number}.");
        let own: Vec<&Criterion> =
            statement.rgaa.iter().filter(|criterion| criterion.id.starts_with(&prefix)).collect();
        writeln!(html, "<h3>{number}. {}</h3>", tongue.pick(&theme.en, &theme.fr))?;
        table(&mut html, statement, own, tongue, &format!("RGAA {number}"))?;
    }
    writeln!(html, "<h2>{}</h2>\n<dl>", t("The evidence", "Les vérifications"))?;
    for evidence in statement.evidence.values() {
        let how = if evidence.tests.is_empty() {
            t("by hand", "à la main").to_owned()
        } else {
            evidence.tests.iter().map(|test| format!("<code>{}</code>", escaped(test))).collect::<Vec<_>>().join("<br>")
        };
        writeln!(html, "<dt>{}</dt>\n<dd>{how}</dd>", escaped(tongue.pick(&evidence.en, &evidence.fr)))?;
    }
    html.push_str("</dl>\n</main>\n</body>\n</html>\n");
    Ok(html)
}

fn table<'a>(
    html: &mut String,
    statement: &Statement,
    criteria: impl IntoIterator<Item = &'a Criterion>,
    tongue: Tongue,
    caption: &str,
) -> Result<()> {
    let t = |en: &'static str, fr: &'static str| tongue.pick(en, fr);
    writeln!(
        html,
        "<table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>",
        t("Criterion", "Critère"),
        t("Result", "Résultat"),
        t("What it rests on", "Vérifié par")
    )?;
    for criterion in criteria {
        let result = match criterion.result {
            Outcome::Met => t("met", "respecté"),
            Outcome::Partly => t("not met everywhere", "non respecté partout"),
            Outcome::Na => t("does not apply", "non applicable"),
            Outcome::Host => t("up to the page", "relève de la page"),
        };
        let level = if criterion.level.is_empty() { String::new() } else { format!(" ({})", criterion.level) };
        writeln!(
            html,
            "<tr><th scope=\"row\">{} {}{level}</th><td>{result}</td><td>{}</td></tr>",
            criterion.id,
            escaped(tongue.pick(&criterion.en, &criterion.fr)),
            reasons(statement, criterion, tongue, |_| true)
        )?;
    }
    html.push_str("</tbody>\n</table>\n");
    Ok(())
}

/// What a criterion's result rests on, in words.
fn reasons(statement: &Statement, criterion: &Criterion, tongue: Tongue, wanted: fn(&Evidence) -> bool) -> String {
    let evidence = criterion.how.iter().filter_map(|id| statement.evidence.get(id)).filter(|evidence| wanted(evidence));
    let words: Vec<String> = evidence.map(|evidence| escaped(tongue.pick(&evidence.en, &evidence.fr))).collect();
    words.join(tongue.pick("; ", "\u{202f}; "))
}

fn escaped(text: &str) -> String {
    // What stands between backticks is code.
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let parts = text.split('`').enumerate();
    parts.map(|(number, part)| if number % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> Workspace {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf();
        Workspace { target: root.join("target"), root }
    }

    #[test]
    fn every_criterion_of_both_standards_is_there_with_what_it_rests_on() {
        read(&workspace()).unwrap().check().unwrap();
        assert_eq!(RGAA_CRITERIA.iter().sum::<usize>(), 106);
    }

    #[test]
    fn the_tests_that_are_named_exist() {
        let workspace = workspace();
        for evidence in read(&workspace).unwrap().evidence.values() {
            for test in &evidence.tests {
                let (file, name) = test.split_once('#').unwrap();
                let source = fs::read_to_string(workspace.root.join(file)).unwrap_or_else(|_| panic!("no {file}"));
                assert!(source.contains(name), "{file} has no test “{name}”");
            }
        }
    }

    #[test]
    fn a_criterion_that_is_missing_or_rests_on_nothing_is_noticed() {
        let spoilt = |spoil: fn(&mut Statement)| {
            let mut statement = read(&workspace()).unwrap();
            spoil(&mut statement);
            statement.check().unwrap_err().to_string()
        };
        assert!(spoilt(|statement| drop(statement.wcag.pop())).contains("55 success criteria"));
        assert!(spoilt(|statement| drop(statement.rgaa.remove(3))).contains("RGAA 4.1 are not all there"));
        assert!(spoilt(|statement| statement.rgaa[0].how.clear()).contains("1.1 rests on nothing"));
        assert!(spoilt(|statement| statement.rgaa[0].how.push("hope".into())).contains("`hope`"));
    }

    #[test]
    fn the_pages_say_the_state_and_that_nobody_audited_it() {
        for (name, html) in pages(&workspace()).unwrap() {
            let (state, audit) = match name.as_str() {
                "accessibility.fr.html" => ("partiellement conforme", "Ce n’est pas un audit par un tiers"),
                _ => ("partially conformant", "It is not an audit by a third party"),
            };
            // However the lines are wrapped.
            let html = html.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(html.contains(state) && html.contains(audit), "{name}");
            assert_eq!(html.matches("<th scope=\"row\">").count(), 161, "{name}");
        }
    }
}
