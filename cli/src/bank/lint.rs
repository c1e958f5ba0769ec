//! What the linter says of banks.

use std::io::Write;

use serde::Serialize;
use skills_passport::bank::lint::{Finding, Severity, lint};
use skills_passport_frameworks::Library;

use super::{named, own_instrument};
use crate::Verdict;
use crate::error::CliError;
use crate::output::{self, BOLD};

#[derive(Serialize)]
struct BankFindings {
    bank: String,
    errors: usize,
    warnings: usize,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Document {
    banks: Vec<BankFindings>,
}

pub(super) fn run(
    out: &mut dyn Write,
    library: &Library,
    name: Option<&str>,
    as_json: bool,
) -> Result<Verdict, CliError> {
    let mut banks = Vec::new();
    for name in named(library, name)? {
        let instrument = own_instrument(library, &name)?;
        let bank = instrument.bank();
        let findings = lint(bank).map_err(|error| CliError::Refused(error.into()))?;
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        banks.push(BankFindings {
            bank: format!("{}@{}", bank.document().id, bank.document().version),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            findings,
        });
    }
    let verdict = if banks.iter().any(|bank| bank.errors > 0) { Verdict::Faulty } else { Verdict::Fine };
    if as_json {
        output::json(out, &Document { banks })?;
    } else {
        banks.iter().try_for_each(|bank| write(out, bank))?;
    }
    Ok(verdict)
}

fn write(out: &mut dyn Write, bank: &BankFindings) -> std::io::Result<()> {
    writeln!(out, "{BOLD}Bank {}{BOLD:#}: {} errors, {} warnings", bank.bank, bank.errors, bank.warnings)?;
    for finding in &bank.findings {
        let place = finding.item.as_ref().map_or("bank", |item| item.as_str());
        let language = finding.language.as_ref().map(|language| format!(" {language}")).unwrap_or_default();
        let mark = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(out, "  {mark}[{}] {place}{language}: {}; {}", finding.rule.code(), finding.what, finding.advice)?;
    }
    Ok(())
}
