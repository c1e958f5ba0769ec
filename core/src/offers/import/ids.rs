//! Ids that occur twice, without holding the ids.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::Problem;
use super::cell::Notes;

/// Entries whose ids are kept to find the ones that occur twice: 16 MB or so.
const MAX_IDS: usize = 1_000_000;
/// Longest id taken over, characters: there is room for what makes it unique.
const MAX_ID: usize = 180;

/// The ids seen, as hashes of eight bytes.
#[derive(Default)]
pub(super) struct Ids(HashSet<u64>);

impl Ids {
    /// The id of an entry: cut to length, made where there is none, made unique. `kind` is what an entry is called.
    pub(super) fn unique(&mut self, notes: &mut Notes, column: &str, found: &str, kind: &str) -> String {
        let number = notes.number();
        let mut id: String = found.chars().take(MAX_ID).collect();
        if id.is_empty() {
            id = format!("{kind}-{number}");
        }
        if self.0.contains(&hash(&id)) {
            notes.repaired(column, Problem::DuplicateId, &id);
            id = format!("{id}-{kind}-{number}");
        }
        // What was made up may be there too.
        let (made, mut again) = (id.clone(), 1);
        while self.0.contains(&hash(&id)) {
            again += 1;
            id = format!("{made}-{again}");
        }
        if self.0.len() < MAX_IDS {
            self.0.insert(hash(&id));
        }
        id
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}
