//! The command line of Skills Passport: for training bodies, mediators and anybody who prefers a terminal.
//!
//! Owns what a terminal needs: arguments, prompts, tables, files, the clock and chance. Knows nothing of scoring, of
//! choosing questions or of file formats; the library `skills-passport` does, and its data come from
//! `skills-passport-frameworks`.

mod assess;
mod badge;
mod bank;
mod calibrate;
mod contribute;
mod credential;
mod crowd;
mod dsi;
mod error;
mod files;
mod framework;
mod group;
mod lang;
mod offers;
mod output;
mod paper;
mod passphrase;
mod passport;
mod results;
mod simulate;
mod system;
mod tables;
mod texts;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::CliError;
use crate::lang::Lang;
use crate::texts::Texts;

/// Assess your digital skills, and keep the results in a passport that belongs to you
#[derive(Debug, Parser)]
#[command(
    name = "skills-passport",
    version,
    max_term_width = 100,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  skills-passport assess                         At most 30 questions; the results go into a file
  skills-passport assess --lang fr --mode quick  Ten questions, in French
  skills-passport passport show FILE             Read a passport again
  skills-passport credential verify FILE         Who says what, and was it changed?
  skills-passport framework show                 What is measured, in words
  skills-passport bank check --library FOLDER    Check your own questions
  skills-passport offers match FILE --in CATALOGUE  What to learn next, and where
  skills-passport simulate --people 200          Try the questions on simulated people
  skills-passport calibrate answers.csv          Estimate how hard they are from real answers

It is for self-assessment and guidance. It is not for admission, recruitment or benefits.
It works without a network, and nothing leaves this computer.

Exit codes: 0 all is well, 1 a file or a request has a fault, 2 the command was not understood,
3 something could not be checked"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer questions and get a picture of your digital skills
    Assess(assess::Args),
    /// Read, merge, share, compare, check, seal a passport
    #[command(subcommand, arg_required_else_help = true)]
    Passport(passport::Command),
    /// Sign badges of your results, endorse and verify those of others
    #[command(subcommand, arg_required_else_help = true)]
    Credential(credential::Command),
    /// Draw a signed badge, or put it into a QR code
    #[command(subcommand, arg_required_else_help = true)]
    Badge(badge::Command),
    /// Look at the frameworks that skills are measured on
    #[command(subcommand, arg_required_else_help = true)]
    Framework(framework::Command),
    /// Check banks of questions
    #[command(subcommand, arg_required_else_help = true)]
    Bank(bank::Command),
    /// Import, check and match offers of training and support
    #[command(subcommand, arg_required_else_help = true)]
    Offers(offers::Command),
    /// Reports about groups in which nobody can be recognised
    #[command(subcommand, arg_required_else_help = true)]
    Group(group::Command),
    /// Eurostat's Digital Skills Indicator 2.0: thirty questions, and counts of many people's answers
    #[command(subcommand, arg_required_else_help = true)]
    Dsi(dsi::Command),
    /// Give a deniable answer to a territory's question, and estimate shares from many of them
    #[command(subcommand, arg_required_else_help = true)]
    Contribute(contribute::Command),
    /// Write passports in the formats of other programs
    #[command(subcommand, arg_required_else_help = true)]
    Export(tables::Export),
    /// Ask exported tables a question in SQL
    Query(tables::Query),
    /// Try a bank of questions on simulated people whose truth is known
    Simulate(Box<simulate::Args>),
    /// Estimate a bank's parameters from many people's answers, and write a new version of it
    Calibrate(Box<calibrate::Args>),
}

/// How a command ended that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// All is well.
    Fine,
    /// What was checked has faults, and they were shown.
    Faulty,
    /// Something could not be checked, and it was said what.
    Unsure,
}

impl Verdict {
    /// The name that programs get.
    fn name(self) -> &'static str {
        match self {
            Self::Fine => "sound",
            Self::Faulty => "faulty",
            Self::Unsure => "unsure",
        }
    }
}

/// Exit code where something could not be checked.
const UNSURE: u8 = 3;

impl Command {
    fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        match self {
            Self::Assess(args) => args.run(out),
            Self::Passport(command) => command.run(out),
            Self::Credential(command) => command.run(out),
            Self::Badge(command) => command.run(out),
            Self::Framework(command) => command.run(out),
            Self::Bank(command) => command.run(out),
            Self::Offers(command) => command.run(out),
            Self::Group(command) => command.run(out),
            Self::Dsi(command) => command.run(out),
            Self::Contribute(command) => command.run(out),
            Self::Export(command) => command.run(),
            Self::Query(args) => args.run(out),
            Self::Simulate(args) => args.run(out),
            Self::Calibrate(args) => args.run(out),
        }
    }

    /// Whether programs read the answer.
    fn is_json(&self) -> bool {
        match self {
            Self::Assess(_) => false,
            Self::Passport(command) => command.answer().json,
            Self::Credential(command) => command.answer().json,
            Self::Badge(command) => command.answer().json,
            Self::Framework(command) => command.is_json(),
            Self::Bank(command) => command.is_json(),
            Self::Offers(command) => command.is_json(),
            Self::Group(command) => command.is_json(),
            Self::Dsi(command) => command.is_json(),
            Self::Contribute(command) => command.is_json(),
            Self::Export(_) | Self::Query(_) => false,
            Self::Simulate(args) => args.is_json(),
            Self::Calibrate(args) => args.is_json(),
        }
    }

    /// The language that was asked for.
    fn lang(&self) -> Option<Lang> {
        match self {
            Self::Assess(args) => args.lang,
            Self::Passport(command) => command.answer().lang,
            Self::Credential(command) => command.answer().lang,
            Self::Badge(command) => command.answer().lang,
            Self::Framework(command) => command.lang(),
            Self::Bank(command) => command.lang(),
            Self::Offers(command) => command.lang(),
            Self::Group(command) => command.lang(),
            Self::Dsi(command) => command.lang(),
            Self::Contribute(command) => command.lang(),
            Self::Export(tables::Export::Parquet(args)) => args.lang,
            Self::Query(args) => args.lang,
            Self::Simulate(_) | Self::Calibrate(_) => Some(Lang::En),
        }
    }
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    // These take colour out where there is no terminal, or where NO_COLOR asks for it.
    let (mut out, mut err) = (anstream::stdout(), anstream::stderr());
    let done = command.run(&mut out).and_then(|verdict| {
        out.flush()?;
        Ok(verdict)
    });
    match done {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Faulty) => ExitCode::FAILURE,
        Ok(Verdict::Unsure) => ExitCode::from(UNSURE),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            let texts = Texts::of(command.lang().unwrap_or_else(Lang::of_environment));
            // Where even this cannot be written, the exit code is all there is left to say.
            let _ = if command.is_json() {
                output::error_json(&mut out, &error)
            } else {
                output::error_text(&mut err, &error, texts).map_err(CliError::from)
            };
            ExitCode::FAILURE
        }
    }
}
