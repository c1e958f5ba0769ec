// For a page that shows the widget in an iframe: the other end of embed.js.
//
//   import { connect } from "https://widget.example/skills-passport-frame.js";
//   const passport = connect(document.querySelector("iframe"), { lang: "fr", mode: "quick" });
//   passport.addEventListener("complete", () => passport.share());

const VERSION = 1;

class Connection extends EventTarget {
  #frame;
  #origin;
  #settings;
  #calls = new Map();
  #last = 0;
  #welcome;
  #welcomed = new Promise((resolve) => (this.#welcome = resolve));
  #stop = new AbortController();

  constructor(frame, settings) {
    super();
    this.#frame = frame;
    this.#settings = settings;
    // The frame's own address says whom to believe; one that moved elsewhere is not believed.
    this.#origin = new URL(frame.src, document.baseURI).origin;
    addEventListener("message", (message) => this.#receive(message), { signal: this.#stop.signal });
  }

  start() {
    return this.#call("start");
  }
  pause() {
    return this.#call("pause");
  }
  export() {
    return this.#call("export");
  }
  import(file) {
    return this.#call("import", file);
  }
  share() {
    return this.#call("share");
  }
  set(settings) {
    Object.assign(this.#settings, settings);
    this.#welcomed.then(() => this.#send({ type: "set", settings }));
  }
  close() {
    this.#stop.abort();
  }

  #send(message) {
    this.#frame.contentWindow?.postMessage({ skillsPassport: VERSION, ...message }, this.#origin);
  }

  async #call(method, argument) {
    await this.#welcomed;
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      this.#send({ type: "call", id, method, argument });
    });
  }

  #receive({ source, origin, data }) {
    if (source !== this.#frame.contentWindow || origin !== this.#origin || data?.skillsPassport !== VERSION) return;
    switch (data.type) {
      case "loaded":
        this.#send({ type: "hello", settings: this.#settings });
        break;
      case "welcome":
        this.#welcome();
        break;
      case "height":
        this.#frame.style.height = `${Math.max(0, Number(data.height) || 0)}px`;
        break;
      case "event":
        this.dispatchEvent(new CustomEvent(String(data.name), { detail: data.detail }));
        break;
      case "answer": {
        const call = this.#calls.get(data.id);
        this.#calls.delete(data.id);
        if (data.error) call?.reject(Object.assign(new Error(data.error.message), data.error));
        else call?.resolve(data.value);
      }
    }
  }
}

export function connect(frame, settings = {}) {
  return new Connection(frame, { ...settings });
}
