// The page that a badge's link or QR code opens: it reads the badge from the part of the address after `#`, which browsers
// never send, or from a file, checks it here, and says in words what it is.
// The build puts WORDS in front of this file.

import init, { badgeOfCode, verify } from "./skills-passport-verify.js";

const LANGUAGES = Object.keys(WORDS);
/** Largest file that is read, bytes: a presentation. */
const LARGEST = 4 << 20;

const page = Object.fromEntries(
  ["title", "verdict", "reports", "open", "files", "languages"].map((id) => [id, document.getElementById(id)]),
);
const ready = init({ module_or_path: new URL("skills-passport-verify_bg.wasm", import.meta.url) });

let language =
  navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => LANGUAGES.includes(tag)) ?? "en";
/** What is shown: nothing yet, what verification says, or the key of a text that says why there is nothing to check. */
let shown = {};

function say(key, values = {}) {
  return WORDS[language][key].replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** A text by a code that the checker gives; codes of newer versions get a text for the rest. */
function sayOf(family, code, values) {
  const key = `${family}_${code.replaceAll("-", "_")}`;
  return say(key in WORDS[language] ? key : `${family}_other`, values);
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function list(items, className) {
  const made = element("ul", undefined, className);
  made.append(...items.map((item) => element("li", item)));
  return made;
}

/** An instant as people write a day in this language. */
function day(text) {
  const date = new Date(text);
  return Number.isNaN(date.valueOf()) ? text : date.toLocaleDateString(say("locale"), { dateStyle: "long" });
}

function reason(refusal) {
  if (refusal.code === "broken-proof") return sayOf("proof", refusal.fault);
  const values = {
    place: refusal.path ?? refusal.term ?? "",
    key: refusal.wanted ?? refusal.subject ?? refusal.endorsed ?? "",
    date: day(refusal.from ?? refusal.until ?? ""),
  };
  return sayOf("refusal", refusal.code, values);
}

function who(report) {
  const name = report.issuerName ? say("calls_themselves", { name: report.issuerName }) : "";
  return [report.kind === "self-assessment" ? say("by_oneself") : sayOf("by", report.kind), name].join(" ").trim();
}

function sound(report) {
  return report.refusals.length === 0;
}

function drawSignatures(box, report) {
  box.append(element("h3", say("signed")));
  for (const { signer, created, state } of report.signatures) {
    const values = { date: created ? day(created) : "?" };
    box.append(element("p", sayOf("signature", state, values)));
    if (signer) box.append(element("p", signer, "key"));
  }
  if (report.signatures.length === 0) box.append(element("p", say("signature_none")));
}

function drawReport(report) {
  const box = element("article", undefined, sound(report) ? "report" : "report bad");
  box.append(element("h2", report.claim?.name ?? report.name ?? sayOf("kind", report.kind)));
  box.append(element("p", sayOf("kind", report.kind), "small"));
  if (!sound(report)) box.append(element("h3", say("reasons")), list(report.refusals.map(reason), "reasons"));
  if (report.claim) {
    box.append(element("p", report.claim.description), element("h3", say("results")));
    box.append(list(report.claim.results.map(({ name, value }) => `${name} = ${value}`)));
  }
  if (report.comment) box.append(element("blockquote", report.comment));
  box.append(element("h3", say("who")), element("p", who(report)));
  if (report.validFrom) box.append(element("p", say("since", { date: day(report.validFrom) })));
  const { assessed } = report;
  if (assessed) {
    box.append(element("h3", say("how")));
    box.append(element("p", say(assessed.unsupervised ? "unsupervised" : "supervision_unsaid")));
    if (assessed.conditions.length > 0) box.append(list(assessed.conditions));
    const { engine, bank } = assessed;
    if (engine && bank) box.append(element("p", say("computed", { engine, bank }), "small"));
  }
  drawSignatures(box, report);
  if (report.claim) {
    box.append(element("h3", say("endorsements")));
    if (report.endorsements.length === 0) box.append(element("p", say("endorsements_none")));
    for (const endorsement of report.endorsements) {
      const name = endorsement.issuerName ?? "?";
      box.append(element("p", say(sound(endorsement) ? "endorsed" : "endorsed_refused", { name })));
      if (endorsement.comment) box.append(element("blockquote", endorsement.comment));
      if (!sound(endorsement)) box.append(list(endorsement.refusals.map(reason), "reasons"));
      if (endorsement.issuer) box.append(element("p", endorsement.issuer, "key"));
    }
  }
  return box;
}

function draw() {
  document.documentElement.lang = language;
  document.title = say("title");
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = say(place.dataset.word);
  page.languages.replaceChildren(
    ...LANGUAGES.map((tag) => {
      const button = element("button", WORDS[tag].language_name);
      button.type = "button";
      button.lang = tag;
      if (tag === language) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => {
        language = tag;
        draw();
      });
      const item = element("li");
      item.append(button);
      return item;
    }),
  );
  const { verified, fault, presentation } = shown;
  page.title.textContent = say("title");
  const verdict = verified ? (verified.sound ? "verdict_sound" : "verdict_refused") : fault;
  const good = verified?.sound;
  page.verdict.replaceChildren(
    ...(verdict ? [element("p", say(verdict), good ? "verdict" : "verdict bad")] : []),
    ...(presentation ? [element("p", say("presentation"))] : []),
  );
  page.reports.replaceChildren(...(verified?.credentials ?? []).map(drawReport));
}

/** Checks documents and shows what they are; `read` gives their texts. */
async function check(read) {
  try {
    await ready;
  } catch {
    shown = { fault: "not_loaded" };
    return draw();
  }
  try {
    shown = JSON.parse(verify(await read(), new Date().toISOString()));
    if (shown.verified.credentials.length === 0) shown = { fault: "not_a_badge" };
  } catch (error) {
    shown = { fault: `fault_${error?.code ?? "other"}`.replaceAll("-", "_") };
    if (!(shown.fault in WORDS[language])) shown = { fault: "not_a_badge" };
  }
  draw();
  page.title.focus();
}

function checkFiles(files) {
  if (files.length === 0) return;
  check(async () => {
    if (files.some(({ size }) => size > LARGEST)) throw Object.assign(new Error("too large"), { code: "too-large" });
    return Promise.all(files.map((file) => file.text()));
  });
}

function checkAddress() {
  if (location.hash.length > 1) check(async () => [badgeOfCode(location.hash)]);
}

page.files.addEventListener("change", () => {
  checkFiles([...page.files.files]);
  page.files.value = "";
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    page.open.classList.toggle("over", kind === "dragover");
    if (kind === "drop") checkFiles([...(event.dataTransfer?.files ?? [])]);
  });
}
window.addEventListener("hashchange", checkAddress);
draw();
checkAddress();
