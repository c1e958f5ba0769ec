//! `credential issue`: a badge for each area.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use skills_passport::credential::{BadgeRequest, ProofOptions, Purpose, keep, keep_key};
use skills_passport::id::AreaId;
use skills_passport::passport::{AssessmentRecord, KeyRecord, Passport};
use skills_passport_frameworks::Library;
use uuid::Uuid;

use super::keys::{self, KeyFile};
use super::{ContextArgs, write_new};
use crate::error::CliError;
use crate::files::{self, Place};
use crate::output::{self, paragraph, quoted};
use crate::passport::{Answer, read};
use crate::results::Names;
use crate::system::{new_id, now};
use crate::texts::Texts;
use crate::{Verdict, lang::Lang};

/// The arguments.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  skills-passport credential issue --passport marie.passport.json --out badges
  skills-passport credential issue --passport marie.passport.json --out badges --areas 1,4 --keep

Each badge is a file `badge-AREA.json` (W3C Verifiable Credential 2.0, Open Badges 3.0) that you sign yourself.
It says what you say and show of yourself, without supervision. Areas with too few answers get none.
The key is in a file beside the passport (`marie.keys.json`), which is made if it is not there.")]
pub(crate) struct Args {
    /// The passport
    #[arg(long, value_name = "FILE")]
    passport: PathBuf,
    /// The folder for the badges; it is made if it is not there
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Only these areas, by their numbers
    #[arg(long, value_name = "AREAS", value_delimiter = ',')]
    areas: Vec<AreaId>,
    /// The assessment, by its id [default: the last one]
    #[arg(long, value_name = "ID")]
    assessment: Option<Uuid>,
    /// The file of keys [default: beside the passport]
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Keep the badges in the passport, too
    #[arg(long)]
    keep: bool,
    #[command(flatten)]
    contexts: ContextArgs,
    #[command(flatten)]
    pub(crate) answer: Answer,
}

/// What was made.
struct Made {
    /// Area, file and badge.
    badges: Vec<(AreaId, PathBuf, Map<String, Value>)>,
    /// Areas with too little evidence.
    skipped: Vec<AreaId>,
    did: String,
    /// A file of keys that was not there before.
    new_keys: Option<PathBuf>,
}

impl Args {
    /// Runs the command.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<Verdict, CliError> {
        let mut passport = read(&self.passport)?;
        let record = passport.assessment(self.assessment).cloned();
        let record = record.ok_or_else(|| CliError::NoAssessment(self.passport.clone()))?;
        let made = self.make(&record)?;
        if self.keep {
            self.keep(&mut passport, &made)?;
        }
        if self.answer.json {
            let badges: Vec<Value> = made
                .badges
                .iter()
                .map(|(area, file, _)| serde_json::json!({ "area": area, "file": file.display().to_string() }))
                .collect();
            let view = serde_json::json!({ "did": made.did, "badges": badges, "notEnough": made.skipped });
            output::json(out, &view)?;
        } else {
            self.say(out, &record, &made)?;
        }
        Ok(Verdict::Fine)
    }

    fn make(&self, record: &AssessmentRecord) -> Result<Made, CliError> {
        let library = Library::shipped();
        let framework = library.framework(&record.assessment.framework.to_string())?;
        let language = self.answer.lang().language();
        let language = language.as_ref().unwrap_or(&record.assessment.setting.language);
        let issued = now()?;
        let request = BadgeRequest { record, framework: &framework, language, alignments: &[], issued: &issued };
        let enough = request.areas();
        let wanted: Vec<&AreaId> = if self.areas.is_empty() { enough.clone() } else { self.areas.iter().collect() };
        let refused = |error| CliError::content(&self.passport, error);
        if let Some(first) = record.profile.areas.first().filter(|_| wanted.is_empty()) {
            let area = first.area.to_string();
            return Err(refused(skills_passport::credential::CredentialError::NotEnough { area }));
        }
        let contexts = self.contexts.read()?;
        let key_file = self.key.clone().unwrap_or_else(|| keys::beside(&self.passport));
        // Before a key is made: nothing is left behind by a request that fails.
        for area in &wanted {
            request.unsigned(area, "").map_err(refused)?;
            let file = self.file(area);
            if file.symlink_metadata().is_ok() {
                return Err(CliError::Exists(file));
            }
        }
        make_folder(&self.out)?;
        let (keys, is_new) = KeyFile::read_or_make(&key_file)?;
        let key = keys.current(&key_file)?;
        let mut badges = Vec::new();
        for area in wanted {
            let mut badge = request.sign(area, key).map_err(refused)?;
            if let Some(contexts) = &contexts {
                let options =
                    ProofOptions { created: issued.clone(), purpose: Purpose::AssertionMethod, binding: None };
                contexts.sign(&mut badge, key, &options).map_err(refused)?;
            }
            let file = self.file(area);
            write_new(&file, &badge)?;
            badges.push((area.clone(), file, badge));
        }
        let skipped = record.profile.areas.iter().map(|result| &result.area).filter(|area| !enough.contains(area));
        Ok(Made {
            badges,
            skipped: skipped.cloned().collect(),
            did: key.did().to_string(),
            new_keys: is_new.then_some(key_file),
        })
    }

    fn file(&self, area: &AreaId) -> PathBuf {
        self.out.join(format!("badge-{area}.json"))
    }

    /// Puts the badges, and the public key if it is not known there, into the passport.
    fn keep(&self, passport: &mut Passport, made: &Made) -> Result<(), CliError> {
        let refused = |error| CliError::content(&self.passport, error);
        let (id, at) = (new_id()?, now()?);
        let badges: Vec<_> = made.badges.iter().map(|(_, _, badge)| badge.clone()).collect();
        keep(passport, &badges, id, &at).map_err(refused)?;
        let key = KeyRecord { did: made.did.clone(), replaces: None, statement: None };
        keep_key(passport, &key, id, &at).map_err(refused)?;
        files::write(&self.passport, &passport.to_json().map_err(refused)?, Place::Taken)
    }

    fn say(&self, out: &mut dyn Write, record: &AssessmentRecord, made: &Made) -> Result<(), CliError> {
        let lang: Lang = self.answer.lang();
        let texts = Texts::of(lang);
        let framework = Library::shipped().framework(&record.assessment.framework.to_string()).ok();
        let names = Names::new(framework.as_ref(), lang.language().as_ref());
        for (_, file, _) in &made.badges {
            paragraph(out, &(texts.records.written)(&quoted(&file.display().to_string())), 0)?;
        }
        for area in &made.skipped {
            paragraph(out, &(texts.credential.too_little)(&names.area(area)), 0)?;
        }
        if let Some(file) = &made.new_keys {
            paragraph(out, &(texts.credential.new_key)(&quoted(&file.display().to_string())), 0)?;
        }
        paragraph(out, texts.credential.meaning, 0)?;
        Ok(())
    }
}

fn make_folder(folder: &Path) -> Result<(), CliError> {
    std::fs::create_dir_all(folder).map_err(|reason| CliError::Unwritable { file: folder.to_owned(), reason })
}
