// The widget from another origin, pinned by hashes, and inside an iframe.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { heard, listen, waitToHear } from "./support/page.mjs";
import { sheetFile } from "./support/packs.mjs";
import { serve } from "./support/server.mjs";
import { BASE_URL, launch, needed, Visitor } from "./support/site.mjs";
import { Widget } from "./support/widget.mjs";

const browser = await launch();

const pages = new Map();
const PARTNER = await serve((path) => pages.get(path) ?? { status: 404 });

/** What a careful partner's policy allows the widget, and nothing more. */
const POLICY = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${BASE_URL}; connect-src ${BASE_URL}; img-src data:`;

/** A page of the partner's origin; no test uses another one's name. */
async function partner(visitor, name, html, { script = "", more = "" } = {}) {
  const start = `<!doctype html><html lang="en"><title>Partner</title><link rel="icon" href="data:,">`;
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": `${POLICY}; ${more}` };
  pages.set(`/${name}.html`, { headers, body: start + html });
  pages.set(`/${name}.js`, { headers: { "Content-Type": "text/javascript" }, body: script });
  return visitor.visitAt(`${PARTNER}/${name}.html`);
}

const hashes = () => JSON.parse(readFileSync(join(needed("DIST"), "integrity.json"), "utf8"));

test("the list of hashes is that of the files that are shipped", async () => {
  const list = Object.entries(hashes());
  assert.ok(list.some(([path]) => path === "skills-passport.js"));
  for (const [path, integrity] of list) {
    const hash = createHash("sha256").update(readFileSync(join(needed("DIST"), path))).digest("base64");
    assert.equal(integrity, `sha256-${hash}`, path);
  }
});

test("a page of another origin pins the script, and the way to the passport works under its strict policy", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  const script = `<script src="${BASE_URL}/skills-passport.js" integrity="${hashes()["skills-passport.js"]}" crossorigin defer></script>`;
  const { widget } = await partner(visitor, "pinned", `${script}<skills-passport lang="en"></skills-passport>`);
  await widget.makePassport({ answers: 2 });
  await widget.holds(1);
});

test("a script that is not the pinned one is not run", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { expected: /integrity/ });
  const wrong = `sha256-${createHash("sha256").update("another script").digest("base64")}`;
  const script = `<script src="${BASE_URL}/skills-passport.js" integrity="${wrong}" crossorigin defer></script>`;
  const { page } = await partner(visitor, "wrong", `${script}<skills-passport></skills-passport>`);
  await page.waitForLoadState("load");
  assert.equal(await page.evaluate(() => customElements.get("skills-passport")), undefined);
});

for (const [what, path] of [
  ["program", "skills-passport.wasm"],
  ["questions", `data/${sheetFile("digcomp-3.0", "en")}`],
  ["words of the interface", "data/ui.en.start.txt"],
]) {
  test(`a script that was pinned refuses ${what} that are not its own`, async (t) => {
    const visitor = await Visitor.arrive(t, browser, { expected: /integrity/ });
    await listen(visitor);
    await visitor.context.route(`${BASE_URL}/${path}`, async (route) => {
      const answer = await route.fetch();
      return route.fulfill({ response: answer, body: Buffer.concat([await answer.body(), Buffer.from(" ")]) });
    });
    const visit = await visitor.open({ wait: false });
    await waitToHear(visit, "error");
    assert.equal((await heard(visit))[0][1].code, "not-loaded");
    assert.equal(await visit.widget.find("h2").count(), 0);
  });
}

test("a script refuses what comes later if it is not its own, and takes it once it is", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { expected: /integrity/ });
  const late = `${BASE_URL}/skills-passport-late.wasm`;
  await visitor.context.route(late, (route) => route.fulfill({ contentType: "application/wasm", body: "\0asm\x01\0\0\0" }));
  const { widget } = await visitor.open();
  await widget.start();
  await widget.give();
  await widget.press("question_next");
  await widget.hears("error_late");
  await visitor.context.unroute(late);
  await widget.press("question_next");
  await widget.atQuestion(2);
});

/** A page of the partner with the widget in an iframe, connected; what it hears is in `window.heard`. */
async function framed(visitor, settings = { lang: "en", mode: "quick" }) {
  const script = `
    import { connect } from "${BASE_URL}/skills-passport-frame.js";
    const frame = document.querySelector("iframe");
    const passport = connect(frame, ${JSON.stringify(settings)});
    window.heard = [];
    for (const name of ["ready", "start", "progress", "complete", "share", "error"]) {
      passport.addEventListener(name, ({ detail }) => window.heard.push([name, detail]));
    }
    Object.defineProperty(document, Symbol.for("passport"), { value: passport });`;
  const html = `<h1>Partner</h1><iframe title="Passport" src="${BASE_URL}/embed.html" width="400"></iframe>
    <script type="module" src="framed.js"></script>`;
  const visit = await partner(visitor, "framed", html, { script, more: `frame-src ${BASE_URL}` });
  const frame = visit.page.frameLocator("iframe[title=Passport]");
  return { visit, widget: new Widget(visit.page, frame.locator("skills-passport"), settings.lang) };
}

const onConnection = (visit, act, argument) =>
  visit.page.evaluate(`(${act})(document[Symbol.for("passport")], ${JSON.stringify(argument)})`);

test("in an iframe the widget takes settings, tells events, and is as high as what it shows", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { language: "fr" });
  const { visit, widget } = await framed(visitor, { lang: "en", mode: "thorough", theme: "dark" });
  await widget.find("#mode-thorough:checked").waitFor();
  const fits = async () => {
    const { height } = await visit.page.locator("iframe").boundingBox();
    const inside = await widget.host.evaluate((element) => element.getBoundingClientRect().height);
    return Math.abs(height - inside) < 8;
  };
  const settle = async () => {
    for (let n = 0; n < 50 && !(await fits()); n++) await visit.page.waitForTimeout(50);
    assert.ok(await fits());
  };
  await settle();
  await onConnection(visit, (passport) => passport.start());
  await widget.atQuestion(1);
  await settle();
  await onConnection(visit, (passport) => passport.set({ lang: "fr" }));
  const french = new Widget(visit.page, widget.host, "fr");
  await french.atQuestion(1);
  await onConnection(visit, (passport) => passport.pause());
  await french.heading("pause_title").waitFor();
  assert.deepEqual((await heard(visit)).slice(0, 2), [["ready", {}], ["start", { mode: "thorough" }]]);
});

test("in an iframe results are given to the page around, by its name, and only if the person says so", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  const { visit, widget } = await framed(visitor);
  await widget.start();
  await widget.answerSome(2);
  await widget.stop();
  const asked = onConnection(visit, (passport) => passport.share());
  const site = { site: PARTNER };
  await widget.find("dialog h2").filter({ hasText: PARTNER }).waitFor();
  await widget.choose("share-2");
  await widget.find("dialog").getByRole("button", { name: widget.say("share_give", site) }).click();
  const passport = await asked;
  assert.deepEqual(passport.records[0].areas.map(({ area }) => area), ["2"]);
  await waitToHear(visit, "share");
  const refused = onConnection(visit, (passport) => passport.share().then((given) => given ?? "nothing"));
  await widget.press("share_refuse");
  assert.equal(await refused, "nothing");
});

test("a frame listens to the page around it and to nobody else, and says which version it speaks", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  const { visit, widget } = await framed(visitor);
  await widget.heading("welcome_title").waitFor();
  await waitToHear(visit, "ready");
  // A second frame of another origin, beside it, tries to command it.
  await visitor.context.route(`${BASE_URL}/stranger.html`, (route) =>
    route.fulfill({ contentType: "text/html", body: `<title>Stranger</title><script src="stranger.js"></script>` }),
  );
  await visitor.context.route(`${BASE_URL}/stranger.js`, (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `for (const type of ["hello", "call"]) {
        parent.frames[0].postMessage({ skillsPassport: 1, type, id: 1, method: "start", settings: { lang: "fr" } }, "*");
      }
      parent.postMessage({ skillsPassport: 1, type: "event", name: "complete", detail: {} }, "*");
      parent.postMessage("done", "*");`,
    }),
  );
  await visit.page.evaluate((src) => {
    const done = new Promise((resolve) => addEventListener("message", ({ data }) => data === "done" && resolve()));
    const stranger = document.createElement("iframe");
    stranger.src = src;
    document.body.append(stranger);
    return done;
  }, `${BASE_URL}/stranger.html`);
  const answer = await visit.page.evaluate(() => {
    const answer = new Promise((resolve) =>
      addEventListener("message", ({ data }) => data.type === "refused" && resolve(data)),
    );
    document.querySelector("iframe").contentWindow.postMessage({ skillsPassport: 2, type: "hello" }, "*");
    return answer;
  });
  assert.deepEqual(answer, { skillsPassport: 1, type: "refused", versions: [1] });
  await widget.heading("welcome_title").waitFor();
  assert.deepEqual((await heard(visit)).map(([name]) => name), ["ready"]);
});

test("a call that the widget does not know is answered with a typed refusal", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  const { visit, widget } = await framed(visitor);
  await widget.heading("welcome_title").waitFor();
  const code = await onConnection(visit, (passport) => passport.import("no passport").catch((error) => error.code));
  assert.equal(code, "file");
});
