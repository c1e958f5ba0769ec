// The widget without a network: an option of the page that hosts it. FILES (paths and hashes of this build) and VERSION
// are put in front by the build.
//
// A page in the widget's own folder registers this very file. Any other site has a service worker of its own at its root:
//
//   self.skillsPassport = { base: "/skills-passport/", pages: ["/questions.html", "/style.css"] };
//   importScripts("/skills-passport/skills-passport-sw.js");

const { base: folder = ".", pages = [], languages } = self.skillsPassport ?? {};
const BASE = new URL(folder, self.location);
const PREFIX = `skills-passport ${BASE.pathname} `;
const CACHE = PREFIX + VERSION;
const PAGES = new Set(pages.map((page) => new URL(page, self.location).href));

// The languages whose words are fetched beforehand; those of others are kept once somebody has asked for them.
function wanted() {
  const known = new Set(Object.keys(FILES).map(languageOf).filter(Boolean));
  const asked = languages ?? navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
  const fitting = asked.filter((language) => known.has(language));
  return new Set(fitting.length > 0 ? fitting : ["en"]);
}

// `data/general-0.2.0.fr.1.1.json`, `data/digcomp-3.0.general.fr.sheet.txt`
function languageOf(path) {
  return /^data\/.*?\.([a-z]{2,3}(?:-[a-z]+)?)\.(?:[\w.]+\.)?(?:json|txt)$/.exec(path)?.[1];
}

async function own(path, cache) {
  const address = new URL(path, BASE);
  const integrity = `sha256-${FILES[path]}`;
  // A browser's cache may have a file of another build.
  const answer = await fetch(address, { integrity }).catch(() => fetch(address, { integrity, cache: "reload" }));
  if (answer.ok) await cache.put(address, answer.clone());
  return answer;
}

async function fill() {
  const cache = await caches.open(CACHE);
  const known = wanted();
  const needed = (path) => !path.startsWith("data/") || !languageOf(path) || known.has(languageOf(path));
  const got = await Promise.all(Object.keys(FILES).filter(needed).map((path) => own(path, cache)));
  const missing = got.find((answer) => !answer.ok);
  if (missing) throw new Error(`${missing.url}: ${missing.status}`);
  // A page that is not there now is kept when it is next visited.
  await Promise.allSettled([...PAGES].map(async (page) => cache.add(page)));
}

// Another build waits until no page shows this one: a script and its wasm always fit.
self.addEventListener("install", (event) => event.waitUntil(fill()));

self.addEventListener("activate", (event) => {
  const outdated = (name) => name.startsWith(PREFIX) && name !== CACHE;
  const clean = async () => Promise.all((await caches.keys()).filter(outdated).map((name) => caches.delete(name)));
  event.waitUntil(clean().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  address.search = address.hash = "";
  const path = address.href.startsWith(BASE.href) ? address.href.slice(BASE.href.length) || "index.html" : undefined;
  if (request.method !== "GET") return;
  if (path in FILES) event.respondWith(kept(path));
  else if (PAGES.has(address.href)) event.respondWith(newest(address.href, request));
});

async function kept(path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(new URL(path, BASE))) ?? own(path, cache);
}

// The host's own pages change whenever the host likes.
async function newest(address, request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(address, answer.clone());
    return answer;
  } catch (error) {
    const old = await cache.match(address);
    if (old) return old;
    throw error;
  }
}
