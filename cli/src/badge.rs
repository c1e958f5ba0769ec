//! `badge`: a signed badge as a picture or a QR code.

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;
use skills_passport::credential::Verifier;
use skills_passport::paper::{card, code};

use crate::credential::{read, view};
use crate::error::CliError;
use crate::passport::{Answer, Out, say_written};
use crate::system::now;
use crate::texts::Texts;
use crate::{Verdict, files, output};

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Draw a badge (SVG)
    #[command(after_help = "\
Example:
  skills-passport badge svg badges/badge-1.json --out badge-1.svg

A badge that does not verify is not drawn. The picture proves nothing; the signed file does.")]
    Svg {
        /// The signed badge
        file: PathBuf,
        #[command(flatten)]
        out: Out,
        #[command(flatten)]
        answer: Answer,
    },
    /// Draw a badge as a QR code (SVG)
    #[command(after_help = "\
Example:
  skills-passport badge qr badges/badge-1.json --address https://skills.example/verify --out code-1.svg

The code opens the address, which must be a page that verifies badges. The whole badge is in the part after `#`, which is
never sent to a server. `skills-passport credential verify --code TEXT` reads it, too.")]
    Qr {
        /// The signed badge
        file: PathBuf,
        /// The page that the code opens
        #[arg(long, value_name = "URL")]
        address: String,
        #[command(flatten)]
        out: Out,
        #[command(flatten)]
        answer: Answer,
    },
}

impl Command {
    /// How to answer.
    pub(crate) fn answer(&self) -> Answer {
        match self {
            Self::Svg { answer, .. } | Self::Qr { answer, .. } => *answer,
        }
    }

    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let (Self::Svg { file, out: place, answer } | Self::Qr { file, out: place, answer, .. }) = self;
        let (badge, at) = (read(file)?, now()?);
        let report = Verifier { at: &at, rdfc: None }.badge(&badge, &[]);
        if !report.is_sound() {
            if answer.json {
                output::json(out, &report)?;
            } else {
                view::credential(out, &report, Texts::of(answer.lang()))?;
            }
            return Ok(Verdict::Faulty);
        }
        let wanted = "a language that badges are drawn in";
        let unspoken = || CliError::Argument { text: String::new(), wanted };
        let language = answer.lang().language().ok_or_else(unspoken)?;
        let svg = match self {
            Self::Svg { .. } => card(&badge, &at, &language).ok_or_else(unspoken)?,
            Self::Qr { address, .. } => {
                code(&badge, address, &language).map_err(|error| CliError::content(file, error))?.svg
            }
        };
        files::write_new(&place.out, svg.trim_end())?;
        say_written(out, &place.out, *answer)?;
        Ok(Verdict::Fine)
    }
}
