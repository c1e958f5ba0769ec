//! What verification found, in words.

use std::io::Write;

use skills_passport::credential::{CredentialKind, CredentialReport, PresentationReport, Refusal, SignatureReport};

use crate::error::CliError;
use crate::output::{BOLD, paragraph, quoted};
use crate::texts::Texts;

/// Says what is known of a credential and of the endorsements that came with it.
pub(crate) fn credential(out: &mut dyn Write, report: &CredentialReport, texts: &Texts) -> Result<(), CliError> {
    let words = &texts.credential;
    let title = (words.kind)(report.kind);
    match &report.name {
        Some(name) => writeln!(out, "{BOLD}{title}{BOLD:#} {}", quoted(name))?,
        None => writeln!(out, "{BOLD}{title}{BOLD:#}")?,
    }
    let name = report.issuer_name.as_deref().map(quoted);
    if let Some(issuer) = &report.issuer {
        paragraph(out, &(words.by)(&quoted(issuer), name.as_deref()), 2)?;
    }
    match &report.subject {
        Some(subject) if Some(subject) == report.issuer.as_ref() => paragraph(out, words.about_oneself, 2)?,
        Some(subject) => paragraph(out, &(words.about)(&quoted(subject)), 2)?,
        None => {}
    }
    claim(out, report, texts)?;
    if let Some(comment) = report.comment.as_deref().filter(|_| report.kind == CredentialKind::Endorsement) {
        paragraph(out, &quoted(comment), 4)?;
    }
    signatures(out, &report.signatures, texts)?;
    for endorsement in &report.endorsements {
        let name = endorsement.issuer_name.as_deref().map(quoted);
        let issuer = quoted(endorsement.issuer.as_deref().unwrap_or("?"));
        paragraph(out, &(words.endorsed)(&issuer, name.as_deref()), 2)?;
        paragraph(out, &quoted(endorsement.comment.as_deref().unwrap_or_default()), 4)?;
        refusals(out, &endorsement.refusals, texts, 4)?;
    }
    refusals(out, &report.refusals, texts, 2)
}

/// Says what is known of a presentation and of what is in it.
pub(crate) fn presentation(out: &mut dyn Write, report: &PresentationReport, texts: &Texts) -> Result<(), CliError> {
    let words = &texts.credential;
    writeln!(out, "{BOLD}{}{BOLD:#}", words.presentation)?;
    if let Some(holder) = &report.holder {
        paragraph(out, &(words.by)(&quoted(holder), None), 2)?;
    }
    signatures(out, &report.signatures, texts)?;
    refusals(out, &report.refusals, texts, 2)?;
    for one in &report.credentials {
        writeln!(out)?;
        credential(out, one, texts)?;
    }
    Ok(())
}

fn claim(out: &mut dyn Write, report: &CredentialReport, texts: &Texts) -> Result<(), CliError> {
    let words = &texts.credential;
    if let Some(claim) = &report.claim {
        paragraph(out, words.results, 2)?;
        for result in &claim.results {
            paragraph(out, &format!("{} = {}", quoted(&result.name), quoted(&result.value)), 4)?;
        }
    }
    if let Some(assessed) = &report.assessed {
        if assessed.unsupervised {
            paragraph(out, words.unsupervised, 2)?;
        }
        for conditions in &assessed.conditions {
            paragraph(out, &quoted(conditions), 4)?;
        }
        if let (Some(engine), Some(bank)) = (&assessed.engine, &assessed.bank) {
            paragraph(out, &(words.computed)(&quoted(engine), &quoted(bank)), 2)?;
        }
    }
    Ok(())
}

fn signatures(out: &mut dyn Write, all: &[SignatureReport], texts: &Texts) -> Result<(), CliError> {
    for signature in all {
        let signer = quoted(signature.signer.as_deref().unwrap_or("?"));
        let created = quoted(signature.created.as_deref().unwrap_or("?"));
        let said = (texts.credential.signature)(&signer, &created, &quoted(&signature.suite), signature.state);
        paragraph(out, &said, 2)?;
    }
    Ok(())
}

fn refusals(out: &mut dyn Write, all: &[Refusal], texts: &Texts, indent: usize) -> Result<(), CliError> {
    let words = &texts.credential;
    if all.is_empty() {
        paragraph(out, words.unchanged, indent)?;
        return Ok(());
    }
    paragraph(out, words.refused, indent)?;
    for refusal in all {
        paragraph(out, &quoted(&(words.refusal)(refusal)), indent + 2)?;
    }
    Ok(())
}
