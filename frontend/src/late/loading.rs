//! The engine that belongs to a sheet: its files fetched, read, and put together.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use skills_passport_web::core::facade::{Engine, Failure, Sheet};

use crate::host::Host;
use crate::state::Notice;
use crate::text::Key;

/// The files of an engine, with the engine as long as somebody has it.
type Loaded = (Vec<String>, Weak<Engine>);

thread_local! {
    /// Whoever asks while somebody else is fetching, and other widgets of the page, need not read everything again.
    static LOADED: RefCell<Vec<Loaded>> = const { RefCell::new(Vec::new()) };
}

/// The names of the files: the pack, the descriptors of levels and, where the names are in another language, those.
pub(crate) fn files(sheet: &Sheet) -> Vec<String> {
    [sheet.pack_file(), sheet.descriptors_file()].into_iter().chain(sheet.names_file()).collect()
}

/// Fetches and reads them.
pub(super) async fn load(host: Host, sheet: Rc<Sheet>) -> Result<Rc<Engine>, Notice> {
    let names = files(&sheet);
    // Side by side: asking takes longer than answering.
    names.iter().for_each(|name| host.prefetch(name));
    let mut texts = Vec::with_capacity(names.len());
    for name in &names {
        texts.push(host.text(name).await.map_err(|_| Notice::error(Key::ErrorLate))?);
    }
    let loaded = LOADED.with_borrow(|all| all.iter().find(|(other, _)| *other == names)?.1.upgrade());
    if let Some(engine) = loaded {
        return Ok(engine);
    }
    // A file of the widget's own build is at fault, not one of the learner's.
    let engine = Rc::new(read(&texts).map_err(|_| Notice::error(Key::ErrorLate))?);
    LOADED.with_borrow_mut(|all| {
        all.retain(|(other, engine)| *other != names && engine.strong_count() > 0);
        all.push((names, Rc::downgrade(&engine)));
    });
    Ok(engine)
}

fn read(texts: &[String]) -> Result<Engine, Failure> {
    let (pack, others) = texts.split_first().map_or(("", texts), |(pack, others)| (pack.as_str(), others));
    let mut engine = Engine::load(pack)?;
    for names in others {
        engine.add_names(names)?;
    }
    Ok(engine)
}

/// See [`Functions::with_texts`](super::Functions::with_texts).
pub(super) fn with_texts(engine: &Engine, files: &[String]) -> (Rc<Engine>, bool) {
    let mut engine = engine.clone();
    // All that fit are taken, whatever comes before them.
    let unfit = files.iter().filter(|file| engine.add_texts(file).is_err()).count();
    (Rc::new(engine), unfit == 0)
}
