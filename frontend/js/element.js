// The custom element <skills-passport>: fetches files, makes the shadow root, and hands both to the wasm widget.
// The build puts SCRIPT_URL, SHADOW_MODE, STYLE, wasm_bindgen and freshBindgen in front of this file.

const BASE = new URL(".", SCRIPT_URL);
const LANGUAGES = ["en", "fr"];
const DEFAULT_FRAMEWORK = "digcomp@3.0";
const BANK = "general";

// Said before any wasm is there, or when it never comes.
const WORDS = {
  en: { loading: "Loading…", failed: "The questions could not be loaded. Check your connection.", retry: "Try again" },
  fr: {
    loading: "Chargement…",
    failed: "Les questions n’ont pas pu être chargées. Vérifiez votre connexion.",
    retry: "Réessayer",
  },
};

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
function loadFile(name) {
  if (!/^[\w.-]+$/.test(name)) return Promise.reject(new Error(`"${name}" is not the name of a file`));
  if (!files.has(name)) {
    const loading = fetch(new URL(`data/${name}`, BASE)).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.text();
    });
    loading.catch(() => files.delete(name));
    files.set(name, loading);
  }
  return files.get(name);
}
// What the first question is chosen with; its words come in a file of their own.
const loadPack = (framework, language) => loadFile(`${framework.replace("@", "-")}.${BANK}.${language}.start.json`);

class SkillsPassport extends HTMLElement {
  static observedAttributes = ["lang", "framework", "mode", "focus"];

  #root = this.attachShadow({ mode: SHADOW_MODE });
  #widget;
  #mount;
  #shown; // framework and language of the pack in use
  #turn = 0; // counts loads, so that a slow old one never overtakes a new one

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    if (!this.#widget) this.#load();
  }

  disconnectedCallback() {
    // Moving the element in the page disconnects and connects it: only what stays away is taken down.
    queueMicrotask(() => {
      if (!this.isConnected) this.#takeDown();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (this.isConnected && before !== after) this.#load();
  }

  get mode() {
    return this.getAttribute("mode");
  }
  set mode(value) {
    this.#reflect("mode", value);
  }
  get framework() {
    return this.getAttribute("framework");
  }
  set framework(value) {
    this.#reflect("framework", value);
  }
  get focusOn() {
    return this.getAttribute("focus");
  }
  set focusOn(value) {
    this.#reflect("focus", value);
  }

  // Called by the widget.
  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
  text(name) {
    return loadFile(name);
  }
  prefetch(name) {
    loadFile(name).catch(() => {});
  }
  chooseLanguage(language) {
    this.setAttribute("lang", language);
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

  async #load() {
    const turn = ++this.#turn;
    const language = this.#language;
    const wanted = `${this.#frameworkName} ${language}`;
    try {
      if (!this.#widget) this.#say(WORDS[language].loading);
      const pack = wanted === this.#shown ? undefined : loadPack(this.#frameworkName, language);
      const [text] = await Promise.all([pack, loadEngine()]);
      if (turn !== this.#turn || !this.isConnected) return;
      const { mode, focusOn } = this;
      if (this.#widget) this.#widget.update(language, mode ?? undefined, focusOn ?? undefined, text);
      else this.#mountWidget(language, mode ?? undefined, focusOn ?? undefined, text);
      this.#shown = wanted;
    } catch (error) {
      if (turn !== this.#turn) return;
      if (!this.#widget) this.#say(WORDS[language].failed, WORDS[language].retry);
      this.emit("error", { code: error?.code ?? "not-loaded", message: String(error?.message ?? error) });
    }
  }

  #mountWidget(language, mode, focus, pack) {
    const mount = document.createElement("div");
    this.#widget = new wasm_bindgen.Widget(mount, this, language, mode, focus, pack);
    this.#mount = mount;
    this.#root.replaceChildren(mount);
  }

  #takeDown() {
    this.#turn++;
    this.#widget?.unmount();
    this.#widget?.free();
    this.#widget = this.#mount = this.#shown = undefined;
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

if (!customElements.get("skills-passport")) customElements.define("skills-passport", SkillsPassport);
