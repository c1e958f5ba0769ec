//! SQL over a folder of Parquet files, by DataFusion.

use std::io::Write;
use std::path::{Path, PathBuf};

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::csv::WriterBuilder;
use datafusion::arrow::json::LineDelimitedWriter;
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use futures::StreamExt as _;
use skills_passport::facade::Failure;
use tokio::runtime::{Builder, Runtime};

use super::Format;
use crate::error::CliError;
use crate::output;

/// What sorting and joining may hold in memory, bytes; beyond it they use files, or say that it is not enough.
const MEMORY: usize = 2 << 30;
/// Ending of the files that are tables.
const ENDING: &str = "parquet";

/// The tables of a folder, ready for questions.
pub(super) struct Engine {
    runtime: Runtime,
    session: SessionContext,
}

impl Engine {
    /// Opens every Parquet file of a folder.
    pub(super) fn open(folder: &Path) -> Result<Self, CliError> {
        let files = tables(folder)?;
        let unreadable = |reason| CliError::Unreadable { file: folder.to_owned(), reason };
        let runtime = Builder::new_current_thread().build().map_err(unreadable)?;
        let memory = RuntimeEnvBuilder::new().with_memory_limit(MEMORY, 1.0).build_arc();
        let config = SessionConfig::new().with_target_partitions(output::threads(None));
        let session = SessionContext::new_with_config_rt(config, memory.map_err(|error| refused(&error))?);
        for (name, file) in files {
            let path = file.to_string_lossy();
            runtime
                .block_on(session.register_parquet(name.as_str(), path.as_ref(), ParquetReadOptions::default()))
                .map_err(|error| damaged(&file, &error))?;
        }
        Ok(Self { runtime, session })
    }

    /// Asks, and hands on the answer piece by piece.
    pub(super) fn ask(
        &self,
        sql: &str,
        take: &mut dyn FnMut(&RecordBatch) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        let mut answer = self.answer(sql)?;
        while let Some(batch) = self.next(&mut answer)? {
            take(&batch)?;
        }
        Ok(())
    }

    /// Asks, and writes the answer.
    pub(super) fn write(&self, sql: &str, format: Format, out: &mut dyn Write) -> Result<(), CliError> {
        let failed = |error: datafusion::arrow::error::ArrowError| CliError::Output(std::io::Error::other(error));
        let mut answer = self.answer(sql)?;
        match format {
            Format::Json => {
                let mut lines = LineDelimitedWriter::new(out);
                while let Some(batch) = self.next(&mut answer)? {
                    lines.write(&batch).map_err(failed)?;
                }
                lines.finish().map_err(failed)
            }
            Format::Csv => {
                let mut lines = WriterBuilder::new().with_header(true).build(out);
                // The names of the columns are there also where no row is.
                lines.write(&RecordBatch::new_empty(answer.schema())).map_err(failed)?;
                while let Some(batch) = self.next(&mut answer)? {
                    lines.write(&batch).map_err(failed)?;
                }
                Ok(())
            }
        }
    }

    /// Only questions: nothing is made, changed or set.
    fn answer(&self, sql: &str) -> Result<SendableRecordBatchStream, CliError> {
        let only_questions = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
        let answer = async {
            let question = self.session.sql_with_options(sql, only_questions).await?;
            question.execute_stream().await
        };
        self.runtime.block_on(answer).map_err(|error| refused(&error))
    }

    fn next(&self, answer: &mut SendableRecordBatchStream) -> Result<Option<RecordBatch>, CliError> {
        self.runtime.block_on(answer.next()).transpose().map_err(|error| refused(&error))
    }
}

/// The names and files of the tables of a folder, sorted.
fn tables(folder: &Path) -> Result<Vec<(String, PathBuf)>, CliError> {
    if !folder.is_dir() {
        return Err(CliError::Missing(folder.to_owned()));
    }
    let unreadable = |reason| CliError::Unreadable { file: folder.to_owned(), reason };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        if let (Some(name), true) = (file.file_stem(), file.extension().is_some_and(|ending| ending == ENDING)) {
            files.push((name.to_string_lossy().into_owned(), file));
        }
    }
    files.sort();
    Ok(files)
}

fn damaged(file: &Path, error: &DataFusionError) -> CliError {
    let failure = Failure { code: "no-table".to_owned(), message: message(error), path: String::new() };
    CliError::content(file, failure)
}

fn refused(error: &DataFusionError) -> CliError {
    CliError::Refused(Failure { code: "wrong-sql".to_owned(), message: message(error), path: String::new() })
}

/// The first line: what follows is for those who write DataFusion.
fn message(error: &DataFusionError) -> String {
    error.strip_backtrace().lines().next().unwrap_or_default().to_owned()
}
