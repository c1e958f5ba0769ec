// The custom element <skills-passport>: fetches files, makes the shadow root, and hands both to the wasm widget.
// The build puts SCRIPT_URL, SHADOW_MODE, WORDS, BANK_LANGUAGES, STYLE, wasm_bindgen and freshBindgen in front of this file.

const BASE = new URL(".", SCRIPT_URL);
// WORDS is what is said before any wasm is there, or when it never comes, by language.
const LANGUAGES = Object.keys(WORDS);
const DEFAULT_FRAMEWORK = "digcomp@3.0";
const DEFAULT_BANK = "general";

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

// One wasm module for all widgets of a page. Asked for at once: the round trip is what costs.
let engine;
function loadEngine() {
  engine ??= wasm_bindgen({ module_or_path: new URL("skills-passport.wasm", BASE) }).catch((error) => {
    engine = undefined;
    throw error;
  });
  return engine;
}
loadEngine().catch(() => {});

// What the first question does not need was split off by the build. It shares memory, table and functions with the first
// part; the glue asks here for the function that fetches it.
let late;
function loadLate(exports) {
  late ??= fetch(new URL("skills-passport-late.wasm", BASE))
    .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(`${answer.url}: ${answer.status}`))))
    .then((bytes) => WebAssembly.instantiate(bytes, { __wasm_split: exports }))
    .catch((error) => {
      late = undefined;
      throw error;
    });
  return late;
}
function require() {
  return {
    __wasm_split_load_late: async (callback, data) => {
      const exports = await loadEngine();
      const success = await loadLate(exports).then(
        () => true,
        () => false,
      );
      exports.__indirect_function_table.get(callback)(data, success);
    },
  };
}

// Data files by name, shared by all widgets of a page: asked for once.
const files = new Map();
function loadFile(name, fresh = false) {
  if (!/^[\w.-]+$/.test(name)) return Promise.reject(new Error(`"${name}" is not the name of a file`));
  if (fresh || !files.has(name)) {
    const loading = fetch(new URL(`data/${name}`, BASE), fresh ? { cache: "reload" } : {}).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.text();
    });
    loading.catch(() => files.delete(name));
    files.set(name, loading);
  }
  return files.get(name);
}
// The words of the interface up to the first question.
const loadTexts = (language, fresh) => loadFile(`ui.${language}.start.txt`, fresh);
// What the first question is chosen with; its words come in a file of their own.
const loadPack = (framework, bank, language) =>
  loadFile(`${framework.replace("@", "-")}.${bank}.${language}.start.json`);

// Places that are not in use: see `Widget` in Rust.
const places = [];
function takePlace() {
  const mount = document.createElement("div");
  return places.pop() ?? { mount, widget: new wasm_bindgen.Widget(mount) };
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
  #shown; // framework, bank and language of the pack in use
  #turn = 0; // counts loads, so that a slow old one never overtakes a new one
  #offers; // a catalogue that the page handed over
  #offersGiven = 0;
  #gone = false; // for good
  #ready = defer();

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
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
  chooseLanguage(language) {
    this.setAttribute("lang", language);
  }
  setting(name) {
    return this.getAttribute(name) ?? undefined;
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

  get #frameworkName() {
    const name = this.getAttribute("framework") || DEFAULT_FRAMEWORK;
    return name.includes("@") ? name : name === "digcomp" ? DEFAULT_FRAMEWORK : name;
  }

  // `fresh` fetches the texts again: a cache had those of another version.
  async #load(fresh = false) {
    const turn = ++this.#turn;
    const language = this.#language;
    const bank = this.bank || DEFAULT_BANK;
    const wanted = `${this.#frameworkName} ${bank} ${language}`;
    try {
      if (!this.#place) this.#say(WORDS[language].loading);
      const pack = wanted === this.#shown ? undefined : loadPack(this.#frameworkName, bank, language);
      const [data, texts] = await Promise.all([pack, loadTexts(language, fresh), loadEngine()]);
      if (turn !== this.#turn || !this.isConnected) return;
      const place = this.#place ?? takePlace();
      try {
        place.widget.show(this, data, texts);
      } catch (error) {
        if (!this.#place) places.push(place);
        throw error;
      }
      if (!this.#place) this.#root.replaceChildren(place.mount);
      this.#place = place;
      this.#shown = wanted;
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error?.code === "other-version" && !fresh) return this.#load(true);
      if (!this.#place) this.#say(WORDS[language].failed, WORDS[language].retry);
      this.emit("error", { code: error?.code ?? "not-loaded", message: String(error?.message ?? error) });
    }
  }

  #takeDown() {
    this.#turn++;
    if (this.#place) {
      this.#place.widget.hide();
      places.push(this.#place);
    }
    this.#place = this.#shown = undefined;
    this.#ready = defer();
    this.#root.replaceChildren();
  }

  #say(words, retry) {
    const box = document.createElement("div");
    box.className = "frame before";
    box.setAttribute("role", "status");
    const line = document.createElement("p");
    line.textContent = words;
    box.append(line);
    if (retry) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = retry;
      button.addEventListener("click", () => this.#load());
      box.append(button);
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
