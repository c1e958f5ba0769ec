// The widget in an iframe: speaks with the page around it, and with nobody else. The messages are described in README.md beside it;
// skills-passport-frame.js is their other end.

const VERSION = 1;
const SETTINGS = ["lang", "framework", "bank", "mode", "focus", "offers", "theme", "storage", "assisted"];
const EVENTS = ["ready", "start", "progress", "complete", "share", "error"];
const METHODS = ["start", "pause", "export", "import", "share"];

const element = document.querySelector("skills-passport");
let page; // the origin of the page around, once it has said hello
let ready = false; // before that, perhaps

function send(message, to = page) {
  if (to) parent.postMessage({ skillsPassport: VERSION, ...message }, to);
}

function set(settings) {
  for (const [name, value] of Object.entries(settings ?? {})) if (SETTINGS.includes(name)) element[name] = value;
}

async function call({ id, method, argument }) {
  try {
    if (!METHODS.includes(method)) throw Object.assign(new Error(`there is no method "${method}"`), { code: "no-method" });
    // What was shared travels as an event; the answer says only that it was.
    const value = await element[method](argument);
    send({ type: "answer", id, value });
  } catch (error) {
    send({ type: "answer", id, error: { code: error.code ?? "other", message: error.message, path: error.path ?? "" } });
  }
}

// Where there is no page around, or it cannot be told apart from others ("null"), the widget is on its own.
addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || parent === window || origin === "null" || typeof data?.skillsPassport !== "number") return;
  if (page !== undefined && origin !== page) return;
  if (data.skillsPassport !== VERSION) return send({ type: "refused", versions: [VERSION] }, origin);
  if (data.type === "hello") {
    page = origin;
    // Whom the person gives results to, when they do: see `recipient` in the element.
    element.dataset.page = origin;
    set(data.settings);
    send({ type: "welcome" });
    if (ready) send({ type: "event", name: "ready", detail: {} });
    measure();
  } else if (page === undefined) {
    return;
  } else if (data.type === "set") {
    set(data.settings);
  } else if (data.type === "call") {
    call(data);
  }
});

element.addEventListener("ready", () => (ready = true));
for (const name of EVENTS) {
  element.addEventListener(name, ({ detail }) => send({ type: "event", name, detail }));
}

function measure() {
  send({ type: "height", height: Math.ceil(element.getBoundingClientRect().height) });
}
new ResizeObserver(measure).observe(element);

// Tells whoever is around that it may say hello: nothing else is in it. Again for a while, since that page may not have been
// listening yet.
const SECONDS = 60;
let called = 0;
const calling = setInterval(callOut, 1000);
function callOut() {
  if (page !== undefined || parent === window || called++ === SECONDS) clearInterval(calling);
  else send({ type: "loaded" }, "*");
}
callOut();
