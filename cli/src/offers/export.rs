//! `offers export`.

use std::io::Write;
use std::path::PathBuf;

use skills_passport::offers::export::Exporter;
use skills_passport_frameworks::Library;

use crate::error::CliError;
use crate::{Verdict, framework};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Writes courses of schema.org (JSON-LD) to the output: what a provider may publish in their pages.
Levels, passes, support and needs, for which schema.org has no words, stand in members that begin
with `sp:`; `offers import` reads them back, and other programs pass over them.

Example:
  skills-passport offers export offers.ndjson > courses.jsonld")]
pub(crate) struct Args {
    /// The catalogue
    catalogue: PathBuf,
    /// Framework that its competences are those of
    #[arg(long, value_name = "NAME", default_value = framework::DEFAULT)]
    framework: String,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let framework = Library::shipped().framework(&self.framework)?;
        let catalogue = super::open(&self.catalogue, &framework)?;
        let exporter = Exporter::new(&framework);
        write!(out, "{{\n\"@context\": {},\n\"@graph\": [", Exporter::context())?;
        for (number, offer) in catalogue.offers().iter().enumerate() {
            let mark = if number == 0 { "\n" } else { ",\n" };
            write!(out, "{mark}{}", exporter.course(offer))?;
        }
        writeln!(out, "\n]\n}}")?;
        Ok(Verdict::Fine)
    }
}
