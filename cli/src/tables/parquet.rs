//! Writing Parquet files, a few thousand rows at a time.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;
use tempfile::NamedTempFile;

use super::rows::Row;
use crate::error::CliError;

/// Rows that are turned into columns at once.
const BATCH: usize = 8192;
/// Rows of a row group: memory holds the columns of so many, compressed.
const ROW_GROUP: usize = 1 << 17;

/// A file that is being written: a draft beside its place, moved there when it is whole.
pub(super) struct Table<R> {
    path: PathBuf,
    schema: SchemaRef,
    writer: ArrowWriter<File>,
    draft: NamedTempFile,
    rows: Vec<R>,
}

impl<R: Row> Table<R> {
    /// Begins the file `name.parquet` of a folder, where none of this name is.
    pub(super) fn create(folder: &Path, name: &str) -> Result<Self, CliError> {
        let path = folder.join(format!("{name}.parquet"));
        if path.symlink_metadata().is_ok() {
            return Err(CliError::Exists(path));
        }
        let refused = |reason| CliError::Unwritable { file: path.clone(), reason };
        let draft = tempfile::Builder::new().prefix(".skills-").tempfile_in(folder).map_err(refused)?;
        let file = draft.as_file().try_clone().map_err(refused)?;
        let schema = Arc::new(R::schema());
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .build();
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))
            .map_err(|error| unwritable(&path, error))?;
        Ok(Self { path, schema, writer, draft, rows: Vec::new() })
    }

    /// Adds rows.
    pub(super) fn add(&mut self, rows: Vec<R>) -> Result<(), CliError> {
        self.rows.extend(rows);
        if self.rows.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), CliError> {
        let rows = std::mem::take(&mut self.rows);
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), R::columns(&rows))
            .map_err(|error| unwritable(&self.path, error))?;
        self.writer.write(&batch).map_err(|error| unwritable(&self.path, error))
    }

    /// Writes what is left and moves the file to its place.
    pub(super) fn finish(mut self) -> Result<(), CliError> {
        self.flush()?;
        let Self { path, writer, draft, .. } = self;
        let file = writer.into_inner().map_err(|error| unwritable(&path, error))?;
        file.sync_all().map_err(|reason| CliError::Unwritable { file: path.clone(), reason })?;
        draft.persist_noclobber(&path).map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => CliError::Exists(path.clone()),
            _ => CliError::Unwritable { file: path.clone(), reason: error.error },
        })?;
        Ok(())
    }
}

fn unwritable(path: &Path, error: impl std::error::Error + Send + Sync + 'static) -> CliError {
    CliError::Unwritable { file: path.to_owned(), reason: std::io::Error::other(error) }
}
