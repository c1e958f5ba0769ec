//! Several tabs, or several widgets of one page, with one passport: who goes on with which answers, and what has changed.
//!
//! Who works on something holds a lock of the browser on its name (Web Locks). The browser lets go of it when the tab
//! closes or dies. What has changed is said on a channel of the origin (`BroadcastChannel`): never what was answered,
//! only that there is something to look at. Both leave no trace on the device. Where a browser has neither, the
//! [store](crate::keep::Store) still never overwrites what somebody else wrote.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

/// The channel, and what stands before the names of locks.
const NAME: &str = "skills-passport";

/// What a tab says to the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// What is kept has changed.
    Changed,
    /// Everything was erased, on the person's word.
    Erased,
}

impl News {
    fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Erased => "erased",
        }
    }

    /// Words of other versions mean that something has changed.
    fn of(word: &str) -> Self {
        if word == Self::Erased.word() { Self::Erased } else { Self::Changed }
    }
}

/// The channel between the tabs.
#[derive(Debug)]
pub struct Channel {
    channel: BroadcastChannel,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    /// Listens to the other tabs; none where the browser has no channels.
    #[must_use]
    pub fn open(mut heard: impl FnMut(News) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(NAME).ok()?;
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            heard(News::of(&event.data().as_string().unwrap_or_default()));
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Some(Self { channel, _listener: listener })
    }

    /// Says it to all others.
    pub fn say(&self, news: News) {
        // A channel that is closed reaches nobody; they look when they appear.
        let _ = self.channel.post_message(&news.word().into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

/// A lock that is held until this is dropped, or until the tab is no more.
#[derive(Debug)]
pub struct Held(Option<js_sys::Function>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

#[wasm_bindgen]
extern "C" {
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, options: &JsValue, granted: &JsValue) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn query(this: &Locks) -> Result<js_sys::Promise, JsValue>;
}

/// Pages without a secure connection have no locks.
fn locks() -> Option<Locks> {
    let navigator = js_sys::Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = js_sys::Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}

/// Claims a name: none if another tab has it. Where the browser has no locks, everybody gets everything.
pub async fn claim(name: &str) -> Option<Held> {
    let Some(locks) = locks() else { return Some(Held(None)) };
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"ifAvailable".into(), &true.into());
    // The lock is held as long as the promise that the callback gives is not settled. The answer is how to settle it,
    // null if somebody else has the lock, and nothing where the browser refuses.
    let answer = js_sys::Promise::new(&mut |resolve, _| {
        let answer = resolve.clone();
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                let _ = answer.call1(&JsValue::UNDEFINED, &JsValue::NULL);
                return JsValue::UNDEFINED;
            }
            let held = js_sys::Promise::new(&mut |release, _| {
                let _ = answer.call1(&JsValue::UNDEFINED, &release);
            });
            held.into()
        });
        let refused = Closure::once_into_js(move |_: JsValue| {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        });
        match locks.request(&[NAME, "/", name].concat(), &options, &granted) {
            Ok(request) => drop(call(&request, "catch", &refused)),
            Err(error) => drop(refused.unchecked_ref::<js_sys::Function>().call1(&JsValue::UNDEFINED, &error)),
        }
    });
    let release = JsFuture::from(answer).await.ok()?;
    if release.is_null() { None } else { Some(Held(release.dyn_into().ok())) }
}

/// Waits until nobody holds a name any more. False, at once, where the browser has no locks or refuses.
pub async fn freed(name: &str) -> bool {
    let Some(locks) = locks() else { return false };
    let options = js_sys::Object::new();
    // Shared: several who wait do not wait for each other.
    let _ = js_sys::Reflect::set(&options, &"mode".into(), &"shared".into());
    let granted = Closure::once_into_js(|_: JsValue| JsValue::UNDEFINED);
    match locks.request(&[NAME, "/", name].concat(), &options, &granted) {
        Ok(request) => JsFuture::from(request).await.is_ok(),
        Err(_) => false,
    }
}

fn call(this: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    js_sys::Reflect::get(this, &method.into()).ok()?.dyn_into::<js_sys::Function>().ok()?.call1(this, argument).ok()
}

/// The names that some tab has claimed now.
pub async fn claimed() -> Vec<String> {
    let Some(asked) = locks().and_then(|locks| locks.query().ok()) else { return Vec::new() };
    let Ok(answer) = JsFuture::from(asked).await else { return Vec::new() };
    let held = js_sys::Reflect::get(&answer, &"held".into()).unwrap_or_default();
    let name = |lock: JsValue| js_sys::Reflect::get(&lock, &"name".into()).ok()?.as_string();
    let ours = |name: String| Some(name.strip_prefix(NAME)?.strip_prefix('/')?.to_owned());
    js_sys::Array::from(&held).iter().filter_map(name).filter_map(ours).collect()
}
