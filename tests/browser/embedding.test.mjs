// The widget as a guest: what it asks of a page, what it does to it, and what it tells it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { BASE_URL, launch, MODULE, needed, policy, Visitor } from "./support/site.mjs";
import { heard, listen, onElement, waitToHear } from "./support/page.mjs";
import { hashFile, sheet, sheetFile, startFile, startPack, textFiles } from "./support/packs.mjs";
import { showPassport } from "./support/tool.mjs";
import { elementWords } from "./support/words.mjs";

const browser = await launch();

/** The strictest policy that the widget promises to live with. */
const PROMISED = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  // For the hub page, which can be installed.
  "manifest-src 'self'",
];

async function arrive(t, options) {
  return Visitor.arrive(t, browser, options);
}

const isForServer = (url) => url.startsWith("http");

/** What comes once somebody begins: what questions need, then what the screen of next steps needs, and the words. */
const SCRIPT = readFileSync(join(needed("DIST"), "skills-passport.js"), "utf8");
const FILES_OF = JSON.parse(/const PARTS = (.*);/.exec(SCRIPT)[1]);
const LATE = [...new Set([...FILES_OF.late, ...FILES_OF.next])].map((name) => `/skills-passport-${name}.wasm`);
LATE.push("/skills-passport-late.css", "/data/ui.fr.late.txt");
LATE.push(`/data/${startFile("digcomp-3.0", "fr")}`, "/data/digcomp-3.0.fr.descriptors.json");
LATE.push("/data/hashes.json", `/data/${hashFile("fr")}`);

test("the demonstration page asks for its own files only, each once, and for nothing afterwards", async (t) => {
  const visitor = await arrive(t, { language: "fr" });
  const visit = await visitor.visit("/");
  const { widget } = visit;
  const asked = () => visit.requests.filter(isForServer).map((url) => url.slice(BASE_URL.length)).sort();
  const start = `/data/${sheetFile("digcomp-3.0", "fr")}`;
  const texts = textFiles("fr").map((name) => `/data/${name}`);
  const first = ["/", "/demo.css", "/skills-passport.js", "/skills-passport.wasm", start, "/data/ui.fr.start.txt"];
  // The words of the first question are there; those of the others come later.
  assert.deepEqual(asked(), [...first].sort());
  await widget.start({ mode: "quick" });
  assert.equal(await widget.answerAll(), 10);
  await widget.toPassport();
  await widget.export();
  const all = first.length - 1 + LATE.length + texts.length;
  await visit.page.waitForFunction((count) => performance.getEntriesByType("resource").length >= count, all);
  assert.deepEqual(asked(), [...first, ...LATE, ...texts].sort());
});

test("the widget lives with the policy that it promises to live with", async (t) => {
  // That nothing is complained about is checked on every page of every test.
  const directives = (await policy()).split(";").map((directive) => directive.trim());
  for (const promised of PROMISED) assert.ok(directives.includes(promised), promised);
  const others = directives.filter((directive) => !PROMISED.includes(directive));
  assert.deepEqual(others.filter((directive) => !directive.endsWith("'none'")), [], "nothing more is allowed");
  const { widget } = await (await arrive(t)).open();
  await widget.makePassport({ keep: "device" });
  await widget.export();
});

test("several widgets live on a page, each with its own language and answers, and share their files", async (t) => {
  const body = ["en", "fr", "en"].map((lang) => `<skills-passport lang="${lang}"></skills-passport>`).join("");
  const visit = await (await arrive(t)).open({ body });
  const [one, two, three] = [visit.widgetAt(0, "en"), visit.widgetAt(1, "fr"), visit.widgetAt(2, "en")];
  await one.start();
  await one.answerSome(2);
  await two.start({ mode: "thorough" });
  await one.atQuestion(3);
  await two.atQuestion(1);
  await three.heading("welcome_title").waitFor();
  const files = visit.requests.filter((url) => /\.(wasm|json|txt)$/.test(url));
  assert.deepEqual(files.filter((url, position) => files.indexOf(url) !== position), [], "each is asked for once");
  for (const language of ["en", "fr"]) {
    assert.ok(files.includes(`${BASE_URL}/data/${sheetFile("digcomp-3.0", language)}`), language);
  }
});

test("an element that is taken out leaves nothing, and works again when it is put back", async (t) => {
  const visit = await (await arrive(t)).open();
  const { page, widget } = visit;
  const count = () => page.evaluate(() => document.querySelectorAll("*").length);
  const before = await count();
  await page.evaluate(() => (window.element = document.querySelector("skills-passport")));
  for (const _ of [1, 2, 3]) {
    await widget.start();
    await widget.answerSome(1);
    const left = await page.evaluate(async () => {
      window.element.remove();
      await new Promise((later) => requestAnimationFrame(later));
      return { inside: window.element.shadowRoot.childNodes.length, outside: document.querySelectorAll("*").length };
    });
    assert.deepEqual(left, { inside: 0, outside: before - 1 });
    await page.evaluate(() => document.querySelector("main").append(window.element));
    await widget.heading("welcome_title").waitFor();
    assert.equal(await count(), before);
    assert.equal(await onElement(visit, (element) => element.shadowRoot.childNodes.length), 1);
  }
});

test("an element that is taken out while it loads stays empty", async (t) => {
  const visit = await (await arrive(t)).open({ body: "", wait: false });
  const inside = await visit.page.evaluate(async () => {
    await customElements.whenDefined("skills-passport");
    const element = document.createElement("skills-passport");
    document.body.append(element);
    element.remove();
    // A second one, in the same language: when it is there, the files of the first are too.
    const other = document.createElement("skills-passport");
    document.body.append(other);
    await new Promise((ready) => other.addEventListener("ready", ready));
    return element.shadowRoot.childNodes.length;
  });
  assert.equal(inside, 0);
});

test("an element that is moved in the page keeps its question", async (t) => {
  const visit = await (await arrive(t)).open();
  const { page, widget } = visit;
  await widget.start();
  await widget.answerSome(2);
  const question = await widget.questionText();
  await page.evaluate(async () => {
    const place = document.createElement("section");
    document.body.append(place);
    place.append(document.querySelector("skills-passport"));
    await new Promise((later) => requestAnimationFrame(later));
  });
  await widget.atQuestion(3);
  assert.equal(await widget.questionText(), question);
  assert.ok(await widget.answer(3));
});

test("another lang shows the same question in other words", async (t) => {
  const visit = await (await arrive(t)).open();
  const french = visit.widgetAt(0, "fr");
  const { widget } = visit;
  await widget.start();
  await widget.answerSome(2);
  const question = await widget.questionText();
  await onElement(visit, (element) => element.setAttribute("lang", "fr"));
  await french.button("question_next").waitFor();
  await french.atQuestion(3);
  assert.notEqual(await french.questionText(), question);
  await french.find("#language").selectOption("en");
  await widget.button("question_next").waitFor();
  assert.equal(await widget.questionText(), question);
  assert.equal(await onElement(visit, (element) => element.lang), "en");
});

test("without a lang of its own the element takes that of the page", async (t) => {
  const visit = await (await arrive(t, { language: "fr" })).open({ body: "<skills-passport></skills-passport>" });
  await visit.widget.heading("welcome_title").waitFor();
});

test("a language that there is not falls back to one of the browser’s", async (t) => {
  const visitor = await arrive(t, { language: "fr" });
  const visit = await visitor.open({ body: `<skills-passport lang="nl"></skills-passport>` });
  await visit.widget.heading("welcome_title").waitFor();
});

test("another framework gives results in its own words", async (t) => {
  const visit = await (await arrive(t)).open();
  const { widget } = visit;
  const names = ["digcomp-3.0", "digcomp-2.2"].map((framework) => JSON.parse(startPack(framework, "en")).frameworkTexts[0].name);
  await widget.find("footer", { hasText: names[0] }).waitFor();
  await onElement(visit, (element) => element.setAttribute("framework", "digcomp@2.2"));
  await widget.host.locator("footer").filter({ hasText: names[1] }).waitFor();
  await widget.makePassport({ answers: 2 });
  const { assessments } = await showPassport((await widget.export()).path);
  assert.match(assessments[0].framework.version, /^2\.2\./);
});

test("the mode of the page is chosen beforehand, and can be changed", async (t) => {
  const visitor = await arrive(t);
  const visit = await visitor.open({ body: `<skills-passport mode="thorough"></skills-passport>` });
  const { widget } = visit;
  assert.ok(await widget.find("#mode-thorough").isChecked());
  await onElement(visit, (element) => (element.mode = "standard"));
  await widget.find("#mode-standard:checked").waitFor();
  await widget.choose("mode-quick");
  await widget.find("#mode-quick:checked").waitFor();
  await onElement(visit, (element) => element.setAttribute("mode", "no such mode"));
  await widget.press("start");
  await widget.atQuestion(1);
});

test("a page that asks about some competences gets questions and results about these", async (t) => {
  const visit = await (await arrive(t)).open();
  const { widget } = visit;
  await onElement(visit, (element) => {
    element.setAttribute("mode", "focus");
    element.setAttribute("focus", "1.1, 4.2");
  });
  await widget.find("#mode-focus:checked").waitFor();
  assert.equal(await widget.find("[id^=mode-]:not([id$=-hint])").count(), 1);
  await widget.press("start");
  await widget.atQuestion(1);
  await widget.answerAll();
  await widget.toPassport();
  const file = await widget.export();
  const { records } = JSON.parse(readFileSync(file.path, "utf8"));
  assert.deepEqual(records[0].assessment.plan, { mode: "focus", focus: ["1.1", "4.2"] });
  const { items } = JSON.parse(startPack("digcomp-3.0", "en")).bank;
  const asked = records[0].assessment.answers.map(({ item }) => items.find(({ id }) => id === item).competence);
  assert.deepEqual([...new Set(asked)].sort(), ["1.1", "4.2"]);
  assert.deepEqual(records[0].profile.competences.map(({ competence }) => competence), ["1.1", "4.2"]);
});

test("competences that the framework does not have do not lead into a dead end", async (t) => {
  const visit = await (await arrive(t)).open({
    body: `<skills-passport mode="focus" focus="9.9, 1.1"></skills-passport>`,
  });
  await visit.widget.press("start");
  await visit.widget.atQuestion(1);
});

test("a framework that there is not is said plainly, with an event for the page", async (t) => {
  for (const language of ["fr", "en"]) {
    const visitor = await arrive(t, { language, expected: /404/ });
    await listen(visitor);
    const body = `<skills-passport lang="${language}" framework="nonsense@1.0"></skills-passport>`;
    const visit = await visitor.open({ body, wait: false });
    await waitToHear(visit, "error");
    const [[name, detail]] = await heard(visit);
    assert.equal(name, "error");
    assert.equal(detail.code, "not-loaded");
    assert.equal(await visit.widget.notice.locator("p").innerText(), elementWords(language).failed);

    // The page mends it.
    await onElement(visit, (element) => element.removeAttribute("framework"));
    await visit.widget.heading("welcome_title").waitFor();
  }
});

test("a framework that there is not does not disturb a widget that works", async (t) => {
  const visitor = await arrive(t, { expected: /404/ });
  await listen(visitor);
  const visit = await visitor.open();
  await visit.widget.start();
  await visit.widget.answerSome(1);
  await onElement(visit, (element) => element.setAttribute("framework", "nonsense@1.0"));
  await waitToHear(visit, "error");
  await visit.widget.atQuestion(2);
  assert.ok(await visit.widget.answer(2));
});

test("a lost connection is said plainly, and trying again helps", async (t) => {
  for (const lost of ["skills-passport.wasm", `data/${sheetFile("digcomp-3.0", "en")}`, "data/ui.en.start.txt"]) {
    const visitor = await arrive(t, { expected: /ERR_FAILED/ });
    await visitor.context.route(`${BASE_URL}/${lost}`, (route) => route.abort());
    const visit = await visitor.open({ wait: false });
    const retry = visit.widget.notice.getByRole("button");
    await retry.waitFor();
    assert.equal(await visit.widget.notice.locator("p").innerText(), elementWords("en").failed);
    await visitor.context.unroute(`${BASE_URL}/${lost}`);
    await retry.click();
    await visit.widget.heading("welcome_title").waitFor();
  }
});

test("a lost connection after the first question is said where it matters, and no answer is lost", async (t) => {
  for (const lost of ["skills-passport-late.wasm", `data/${startFile("digcomp-3.0", "en")}`]) {
    const visitor = await arrive(t, { expected: /ERR_FAILED/ });
    await visitor.context.route(`${BASE_URL}/${lost}`, (route) => route.abort());
    const { widget } = await visitor.open();
    await widget.start();
    await widget.give();
    await widget.press("question_next");
    await widget.hears("error_late");
    await visitor.context.unroute(`${BASE_URL}/${lost}`);
    await widget.press("question_next");
    await widget.atQuestion(2);
    await widget.stop();
    await widget.toPassport();
    await widget.holds(1);
  }
});

test("the questions go on without a network once they are there", async (t) => {
  const visitor = await arrive(t, { expected: /ERR_INTERNET_DISCONNECTED/ });
  const visit = await visitor.open();
  await visit.widget.start();
  const all = textFiles("en").length;
  const here = (count) => performance.getEntriesByType("resource").filter(({ name }) => name.includes("general-")).length >= count;
  await visit.page.waitForFunction(here, all);
  await visitor.context.setOffline(true);
  assert.equal(await visit.widget.answerAll(), 10);
  await visit.widget.toPassport();
  await visit.widget.holds(1);
});

test("a data file that is cut off is said plainly, with the code of its fault", async (t) => {
  const visitor = await arrive(t);
  await listen(visitor);
  const half = sheet("digcomp-3.0", "en").slice(0, 2_000);
  await visitor.serves(`data/${sheetFile("digcomp-3.0", "en")}`, "text/plain", half);
  const visit = await visitor.open({ wait: false });
  await waitToHear(visit, "error");
  const [[, detail]] = await heard(visit);
  assert.equal(detail.code, "wrong-shape");
  assert.equal(await visit.widget.notice.locator("p").innerText(), elementWords("en").failed);
});

test("a data file that is cut off and comes late is said plainly, and the question stays", async (t) => {
  const visitor = await arrive(t);
  const half = startPack("digcomp-3.0", "en").slice(0, 20_000);
  await visitor.serves(`data/${startFile("digcomp-3.0", "en")}`, "application/json", half);
  const { widget } = await visitor.open();
  await widget.start();
  await widget.give();
  await widget.press("question_next");
  await widget.hears("error_late");
  await widget.atQuestion(1);
});

test("a file of another version in a cache is fetched again, and is never used", async (t) => {
  const visitor = await arrive(t, { expected: /integrity/ });
  const asked = [];
  for (const part of ["start", "late"]) {
    await visitor.context.route(`${BASE_URL}/data/ui.en.${part}.txt`, async (route) => {
      asked.push(part);
      if (asked.filter((other) => other === part).length > 1) return route.continue();
      const body = (await (await route.fetch()).text()).replace(/ [0-9a-f]{16} /, " 0123456789abcdef ");
      return route.fulfill({ body, contentType: "text/plain; charset=utf-8" });
    });
  }
  const { widget } = await visitor.open();
  await widget.heading("welcome_title").waitFor();
  await widget.makePassport();
  assert.deepEqual(asked, ["start", "start", "late", "late"]);
});

test("texts that are of another version on the server too are said plainly, and no answer is lost", async (t) => {
  const visitor = await arrive(t);
  await visitor.unchecked();
  const file = `${BASE_URL}/data/ui.en.late.txt`;
  await visitor.context.route(file, (route) => route.fulfill({ body: "<!doctype html>", contentType: "text/html" }));
  const { widget } = await visitor.open();
  await widget.start();
  await widget.give();
  await widget.press("question_next");
  await widget.hears("error_version");
  await visitor.context.unroute(file);
  await widget.press("question_next");
  await widget.atQuestion(2);
});

test("another language while the results are shown gives the results in its words", async (t) => {
  const visit = await (await arrive(t)).open();
  await visit.widget.start();
  await visit.widget.answerSome(2);
  await visit.widget.stop();
  await visit.widget.find("#language").selectOption("fr");
  await visit.widgetAt(0, "fr").heading("results_title").waitFor();
});

test("the page hears how far it is, and nothing of answers or results", async (t) => {
  const visitor = await arrive(t);
  await listen(visitor);
  const visit = await visitor.open();
  const { widget } = visit;
  await waitToHear(visit, "ready");
  await widget.start({ mode: "quick" });
  await widget.answerSome(2);
  await widget.press("question_back");
  await widget.atQuestion(2);
  await widget.answerSome(1, 2);
  await widget.stop();
  await waitToHear(visit, "complete");
  const progress = (answered) => ["progress", { answered, atMost: 10 }];
  // To the letter: whatever else an event carried would be one thing too many.
  assert.deepEqual(await heard(visit), [
    ["ready", {}],
    ["start", { mode: "quick" }],
    progress(0),
    progress(1),
    progress(2),
    progress(1),
    progress(2),
    ["complete", {}],
  ]);
});

test("the page hears that storage fails, and nothing else about it", async (t) => {
  const visitor = await arrive(t);
  await listen(visitor);
  await visitor.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("secret path", "SecurityError");
    };
  });
  const visit = await visitor.open();
  await visit.widget.start({ keep: "device" });
  await waitToHear(visit, "error");
  const errors = (await heard(visit)).filter(([name]) => name === "error");
  assert.deepEqual(errors, [["error", { code: "storage" }]]);
});

test("the script adds no global name to the page", async (t) => {
  const visitor = await arrive(t);
  const names = (visit) => visit.page.evaluate(() => Object.getOwnPropertyNames(window));
  const without = await names(await visitor.open({ script: "", wait: false }));
  const visit = await visitor.open();
  await visit.widget.makePassport();
  assert.deepEqual((await names(visit)).filter((name) => !without.includes(name)), []);
});

test("the ES module works as well, and both scripts together do no harm", async (t) => {
  const visitor = await arrive(t);
  const module = await visitor.open({ script: MODULE });
  await module.widget.makePassport();
  const both = await visitor.open({ script: `${MODULE}<script src="skills-passport.js" defer></script>` });
  await both.widget.makePassport();
});

/** What a page may do to everything that is on it, on purpose or not. */
const HOSTILE = {
  "a rule for everything": `* { font-size: 50px !important; color: red }`,
  "an important rule for everything": `* {
    color: red !important; font: italic 900 50px/3 cursive !important; letter-spacing: 1em !important;
    text-transform: uppercase !important; text-align: right !important; word-spacing: 2em !important;
    white-space: nowrap !important; text-indent: 3em !important; cursor: wait !important; }`,
  "a root whose rem is not a reader’s": `html { font-size: 62.5% }`,
  "a page that writes from right to left": `html { direction: rtl }`,
  "rules for names that the widget uses too": `
    h2, p, button, input, label, table, .option, .primary, .results { display: none; background: lime; margin: 5em }`,
};

for (const [name, css] of Object.entries(HOSTILE)) {
  test(`the page’s style does not reach into the widget: ${name}`, async (t) => {
    const visitor = await arrive(t);
    await visitor.serves("hostile.css", "text/css", css);
    const head = `<link rel="stylesheet" href="hostile.css">`;
    const [clean, hostile] = [await visitor.open(), await visitor.open({ head })];
    for (const visit of [clean, hostile]) {
      await visit.inFront();
      await visit.widget.start({ mode: "quick" });
      await visit.page.mouse.move(0, 0);
    }
    // Not the same question, but the same frame, heading, buttons and "I don't know".
    const [expected, found] = [await styles(clean), await styles(hostile)];
    const differences = Object.keys(expected)
      .filter((property) => found[property] !== expected[property])
      .map((property) => `${property}: ${found[property]} instead of ${expected[property]}`);
    assert.deepEqual(differences, []);
  });
}

/** What every question has. */
const PARTS = ["h2", "legend", ".dont-know label", ".dont-know input", "button[type=submit]", "footer p", "progress"];

/** What a reader sees of a style. */
const LOOKS = `font-size font-family font-style font-weight line-height letter-spacing word-spacing text-transform
  text-align text-indent white-space-collapse direction display visibility color background-color cursor min-height
  padding-top padding-left margin-top margin-left border-top-width border-top-color border-top-left-radius`;

/** How the parts of a question look, by part and property. */
async function styles(visit) {
  const known = { parts: PARTS, looks: LOOKS.split(/\s+/) };
  return visit.page.locator("skills-passport").evaluate((element, { parts, looks }) => {
    const look = (part) => {
      const computed = getComputedStyle(element.shadowRoot.querySelector(part));
      return looks.map((name) => [`${part} { ${name} }`, computed.getPropertyValue(name)]);
    };
    return Object.fromEntries(parts.flatMap(look));
  }, known);
}
