// The custom element <skills-passport>: fetches files, makes the shadow root, and hands both to the wasm widget.
// The build puts SCRIPT_URL, SHADOW_MODE, WORDS, BANK_LANGUAGES, HASHES, PARTS, STYLE, wasm_bindgen and freshBindgen
// in front of this file.

let base = new URL(".", SCRIPT_URL);
// WORDS is what is said before any wasm is there, or when it never comes, by language.
const LANGUAGES = Object.keys(WORDS);
const DEFAULT_FRAMEWORK = "digcomp@3.0";
const DEFAULT_BANK = "general";

const style = new CSSStyleSheet();
style.replaceSync(STYLE);

// A file of this very build: who trusts the script can trust what it fetches. A browser's cache may have one of another
// build, so what does not fit is asked for again, past the cache.
async function fetchOwn(path, hash = HASHES[path], fresh = false) {
  const unchecked = SHADOW_MODE === "open" && globalThis[Symbol.for("skills-passport-unchecked")];
  hash ??= JSON.parse(await loadFile("hashes.json"))[path];
  if (!hash && !unchecked) throw new Error(`"${path}" is not a file of this build`);
  const ask = (cache) => fetch(new URL(path, base), { cache, integrity: unchecked ? "" : `sha256-${hash}` });
  const answer = await (fresh ? ask("reload") : ask("default").catch(() => ask("reload")));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
}

// One wasm module for all widgets of a page. Asked for at once: the round trip is what costs.
let engine;
function loadEngine() {
  engine ??= wasm_bindgen({ module_or_path: fetchOwn("skills-passport.wasm") }).catch((error) => {
    engine = undefined;
    throw error;
  });
  return engine;
}
// Not before the code that imports this module had its chance to say where the files are.
const settled = Promise.resolve();
settled.then(loadEngine).catch(() => {});

function setBase(address) {
  base = new URL(address, document.baseURI);
}

// What the first question does not need was split off by the build. It shares memory, table and functions with the first
// part; the glue asks here for the functions that fetch it. PARTS says which files make a part, in order.
let loaded = new Map();
// The style of what comes late, for all parts.
let lateStyle;
function loadLateStyle() {
  lateStyle ??= fetchOwn("skills-passport-late.css")
    .then((answer) => answer.text())
    .then((late) => style.replaceSync(STYLE + late));
  lateStyle.catch(() => (lateStyle = undefined));
  return lateStyle;
}
function loadPart(name, exports) {
  const mine = loaded;
  if (!mine.has(name)) {
    const loading = fetchOwn(`skills-passport-${name}.wasm`)
      .then((answer) => answer.arrayBuffer())
      .then((bytes) => WebAssembly.instantiate(bytes, { __wasm_split: exports }));
    loading.catch(() => mine.delete(name));
    mine.set(name, loading);
  }
  return mine.get(name);
}
function require() {
  const loader = (names) => async (callback, data) => {
    const mine = engine;
    const exports = await mine;
    const success = await Promise.all([loadLateStyle(), ...names.map((name) => loadPart(name, exports))]).then(
      () => true,
      () => false,
    );
    // A module that has failed since is not called again.
    if (engine === mine) exports.__indirect_function_table.get(callback)(data, success);
  };
  return Object.fromEntries(Object.entries(PARTS).map(([name, names]) => [`__wasm_split_load_${name}`, loader(names)]));
}

// The words of questions are many files: a list of their own has their hashes. Another has those of all else that comes late.
async function loadOwn(name, fresh) {
  const [, group, rest] = /^(.+-\d+\.\d+\.\d+\.[a-z]+)\.(.+)\.json$/.exec(name) ?? [];
  const list = `hashes-${group}.json`;
  const hash = HASHES[`data/${list}`] && JSON.parse(await loadFile(list))[rest];
  return (await fetchOwn(`data/${name}`, hash, fresh)).text();
}

// Data files by name, shared by all widgets of a page: asked for once.
const files = new Map();
function loadFile(name, fresh = false) {
  if (!/^[\w.-]+$/.test(name)) return Promise.reject(new Error(`"${name}" is not the name of a file`));
  if (fresh || !files.has(name)) {
    const loading = loadOwn(name, fresh);
    loading.catch(() => files.delete(name));
    files.set(name, loading);
  }
  return files.get(name);
}
// The words of the interface up to the first question.
const loadTexts = (language, fresh) => loadFile(`ui.${language}.start.txt`, fresh);
// Names of a framework's competences in a language that has no questions.
const loadNames = (framework, language) => {
  const name = `${framework.replace("@", "-")}.${language}.names.txt`;
  return HASHES[`data/${name}`] && loadFile(name);
};
// What the first screens say, and the questions that can be the first.
function loadSheet(framework, bank, language) {
  return loadFile(`${framework.replace("@", "-")}.${bank}.${language}.sheet.txt`);
}

// Places that are not in use: see `Widget` in Rust.
const places = [];
function takePlace() {
  const mount = document.createElement("div");
  return places.pop() ?? { mount, widget: new wasm_bindgen.Widget(mount) };
}

// Called by the dying wasm module, once. What it still has to do on the way down is not disturbed.
function onPanic(file, line) {
  wasm_bindgen.retire();
  setTimeout(() => SkillsPassport.recover(`${file}:${line}`));
}

function defer() {
  const deferred = {};
  deferred.promise = new Promise((resolve) => (deferred.resolve = resolve));
  return deferred;
}

class SkillsPassport extends HTMLElement {
  static observedAttributes = ["lang", "framework", "bank", "mode", "focus", "offers", "theme", "storage", "assisted"];

  #root = this.attachShadow({ mode: SHADOW_MODE });
  #place; // where the widget is drawn, with the widget
  #shown; // framework, bank and languages of the sheet in use
  #turn = 0; // counts loads, so that a slow old one never overtakes a new one
  #offers; // a catalogue that the page handed over
  #offersGiven = 0;
  #gone = false; // for good
  #ready = defer();
  #questions; // the language that the person wants questions in, where the element's has none
  #asked; // what the page asked to be shared, until the person has decided
  #memory = new Map(); // what would be lost if the program failed
  #failedAt = -1; // how much was in the memory then

  static #alive = new Set(); // elements with a place

  // Begins anew with another copy of the module, which knows nothing of the dead one; elements bring what they remember.
  static recover(place) {
    wasm_bindgen = freshBindgen();
    engine = undefined;
    loaded = new Map();
    places.length = 0;
    for (const element of [...SkillsPassport.#alive]) element.#recover(place);
  }

  // For tests: methods that the page has not got.
  static {
    if (SHADOW_MODE === "open") this.prototype.ask = function (what) {
      return this.#ask(what);
    };
  }

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [style];
  }

  connectedCallback() {
    // A framework may have set properties before this class was there: they hide the accessors until they are set again.
    for (const name of [...SkillsPassport.observedAttributes, "focusOn"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    if (!this.#place && !this.#gone) this.#load();
  }

  disconnectedCallback() {
    // Moving the element in the page disconnects and connects it: only what stays away is taken down.
    queueMicrotask(() => {
      if (!this.isConnected) this.#takeDown();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "offers") {
      this.#offers = undefined;
      this.#offersGiven++;
    }
    if (this.isConnected && !this.#gone) this.#load();
  }

  // An address, or the catalogue itself.
  get offers() {
    return this.#offers ?? this.getAttribute("offers");
  }
  set offers(value) {
    if (value === null || typeof value !== "object") return this.#reflect("offers", value);
    this.#offers = value;
    this.#offersGiven++;
    if (this.isConnected) this.#load();
  }
  get assisted() {
    return this.hasAttribute("assisted");
  }
  set assisted(value) {
    this.toggleAttribute("assisted", Boolean(value));
  }
  // HTML has given this name to a method; a page that sets it means the attribute, as frameworks do.
  get focus() {
    return super.focus;
  }
  set focus(value) {
    this.#reflect("focus", value);
  }
  get focusOn() {
    return this.getAttribute("focus");
  }
  set focusOn(value) {
    this.#reflect("focus", value);
  }

  start() {
    return this.#ask("start");
  }
  pause() {
    return this.#ask("pause");
  }
  export() {
    return this.#ask("export");
  }
  import(file) {
    return this.#ask("import", file instanceof File ? file : new File([file], "passport.json"));
  }
  // Gives what the person chose to give, or undefined.
  share() {
    if (!this.#asked) {
      this.#asked = defer();
      // What was finished just now is being drawn.
      setTimeout(() => this.#ask("share").catch(() => this.decided()));
    }
    return this.#asked.promise;
  }
  destroy() {
    this.#gone = true;
    this.remove();
    this.#takeDown();
  }

  async #ask(what, argument) {
    await this.#ready.promise;
    await this.#place?.widget.ask(what, argument);
  }

  // Called by the widget.
  emit(name, detail) {
    if (name === "ready") this.#ready.resolve();
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
  text(name, fresh) {
    return loadFile(name, fresh);
  }
  prefetch(name) {
    loadFile(name).catch(() => {});
  }
  beside(name) {
    return new URL(name, base).href;
  }
  chooseLanguage(language) {
    this.setAttribute("lang", language);
  }
  setting(name) {
    return this.getAttribute(name) ?? undefined;
  }
  remember(name, text) {
    // What was still under way when the element was taken out is not kept.
    if (!this.#place) return;
    if (text === undefined) this.#memory.delete(name);
    else this.#memory.set(name, text);
  }
  recall(name) {
    return this.#memory.get(name);
  }
  // Who gets what is shared: this page, or where it is our own page in an iframe, the page around. That page's origin is
  // what the browser said of its messages.
  recipient() {
    const own = location.origin + location.pathname === new URL("embed.html", base).href;
    return (own && this.dataset.page) || location.origin;
  }
  decided(text) {
    const asked = this.#asked;
    this.#asked = undefined;
    const passport = text === undefined ? undefined : JSON.parse(text);
    if (passport) this.emit("share", { passport });
    asked?.resolve(passport);
  }
  offersGiven() {
    return this.#offers || this.hasAttribute("offers") ? this.#offersGiven : 0;
  }
  // The page's own file, wherever it is: a relative address is the page's.
  async offersText() {
    if (this.#offers) return JSON.stringify(this.#offers);
    const answer = await fetch(new URL(this.getAttribute("offers"), document.baseURI));
    if (!answer.ok) throw new Error(`offers: ${answer.status}`);
    return answer.text();
  }

  #reflect(name, value) {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  // The element's language, else that of the page around it, else the browser's.
  get #language() {
    const wanted = [this.closest("[lang]")?.lang, ...(navigator.languages ?? [])];
    const known = wanted.map((tag) => tag?.toLowerCase().split("-")[0]).filter((tag) => LANGUAGES.includes(tag));
    return known[0] ?? "en";
  }

  // The language of the questions: the element's, else what the person chose, else one that the browser knows.
  get #questionLanguage() {
    const wanted = [this.#language, this.#questions, ...(navigator.languages ?? []).map((tag) => tag.split("-")[0])];
    return wanted.find((language) => BANK_LANGUAGES.includes(language)) ?? BANK_LANGUAGES[0];
  }
  questionLanguages() {
    return BANK_LANGUAGES.join(" ");
  }
  chooseQuestions(language) {
    this.#questions = language;
    this.#load();
  }

  get #frameworkName() {
    const name = this.getAttribute("framework") || DEFAULT_FRAMEWORK;
    return name.includes("@") ? name : name === "digcomp" ? DEFAULT_FRAMEWORK : name;
  }

  // `fresh` fetches the texts again: a cache had those of another version.
  async #load(fresh = false) {
    const turn = ++this.#turn;
    const language = this.#language;
    const bank = this.bank || DEFAULT_BANK;
    const questions = this.#questionLanguage;
    const wanted = `${this.#frameworkName} ${bank} ${language} ${questions}`;
    try {
      if (!this.#place) this.#say(WORDS[language].loading);
      const changed = wanted !== this.#shown;
      const sheet = changed ? loadSheet(this.#frameworkName, bank, questions) : undefined;
      const names = changed && language !== questions ? loadNames(this.#frameworkName, language) : undefined;
      const [lines, texts, named] = await Promise.all([sheet, loadTexts(language, fresh), names, loadEngine()]);
      if (turn !== this.#turn || !this.isConnected) return;
      const place = this.#place ?? takePlace();
      try {
        place.widget.show(this, lines, named, texts);
      } catch (error) {
        if (!this.#place) places.push(place);
        throw error;
      }
      if (!this.#place) this.#root.replaceChildren(place.mount);
      this.#place = place;
      this.#shown = wanted;
      SkillsPassport.#alive.add(this);
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error?.code === "other-version" && !fresh) return this.#load(true);
      if (!this.#place) this.#say(...this.#failure());
      this.emit("error", { code: error?.code ?? "not-loaded", message: String(error?.message ?? error) });
    }
  }

  #takeDown() {
    if (this.#place) {
      this.#place.widget.hide();
      places.push(this.#place);
    }
    this.#memory.clear();
    this.#clear();
    this.decided();
  }

  #recover(place) {
    const remembered = [...this.#memory.values()].join("").length;
    this.#clear();
    this.decided();
    this.emit("error", { code: "panic", message: place });
    // Once: if it fails again before anything new has happened, beginning anew does not help.
    if (remembered === this.#failedAt) this.#say(...this.#failure());
    else this.#load();
    this.#failedAt = remembered;
  }

  #clear() {
    this.#turn++;
    this.#place = this.#shown = undefined;
    SkillsPassport.#alive.delete(this);
    this.#ready = defer();
    this.#root.replaceChildren();
  }

  #failure() {
    const { failed, retry } = WORDS[this.#language];
    return [failed, retry];
  }

  #say(words, retry) {
    const box = document.createElement("div");
    box.className = "frame before";
    box.setAttribute("role", "status");
    // The frame sets its children apart from its edges.
    const inside = box.appendChild(document.createElement("div"));
    const line = document.createElement("p");
    line.textContent = words;
    inside.append(line);
    if (retry) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = retry;
      button.addEventListener("click", () => this.#load());
      inside.append(button);
    }
    this.#root.replaceChildren(box);
  }
}

// Attributes that are plain texts, as properties.
for (const name of ["framework", "bank", "mode", "theme", "storage"]) {
  Object.defineProperty(SkillsPassport.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name);
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

if (!customElements.get("skills-passport")) customElements.define("skills-passport", SkillsPassport);
