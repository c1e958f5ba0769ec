// A Chromium, and pages of an imaginary partner that embed the widget.
//
// The widget's files come from the server under test (BASE_URL). The partner's pages are made up here, one per test,
// and come with the very Content-Security-Policy of that server.

import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "playwright-core";
import { Widget } from "./widget.mjs";

export const BASE_URL = needed("BASE_URL");

const CHROMIUM_ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Milliseconds until something that does not appear counts as missing: far more than a slow machine needs. */
const LONGEST_WAIT = 15_000;

const LOCALES = { en: "en-GB", fr: "fr-FR" };

/** Adds up what a page's policy forbade; the page's own globals stay as they are. */
function watchPolicy() {
  const violations = [];
  Object.defineProperty(document, Symbol.for("violations"), { value: violations });
  document.addEventListener("securitypolicyviolation", (event) => {
    violations.push(`${event.effectiveDirective}: ${event.blockedURI}`);
  });
}

/** An environment variable that `cargo xtask test` sets. */
export function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with \`cargo xtask test\``);
  return value;
}

/** A browser for all tests of a file; `args` are further switches of its command line. */
export async function launch(args = []) {
  const browser = await chromium.launch({
    executablePath: needed("CHROMIUM"),
    args: [...CHROMIUM_ARGS, ...args],
  });
  after(() => browser.close());
  return browser;
}

/** The server's policy, as it stands in its header. */
export async function policy() {
  const answer = await fetch(`${BASE_URL}/index.html`, { method: "HEAD" });
  return answer.headers.get("content-security-policy");
}

/** A partner's page. */
function html({ language, head, body, script }) {
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Partner</title>
    <link rel="icon" href="data:,">
    ${head}
    ${script}
  </head>
  <body>
    <header><h1>Partner</h1></header>
    <main>${body}</main>
  </body>
</html>`;
}

const CLASSIC = `<script src="skills-passport.js" defer></script>`;
export const MODULE = `<script type="module" src="skills-passport.mjs"></script>`;

/** In the page: chance that is the same each time (mulberry32), so that the same questions come in the same order. */
function foresee(seed) {
  let state = seed;
  Crypto.prototype.getRandomValues = (bytes) => {
    for (let n = 0; n < bytes.length; n++) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      bytes[n] = (mixed ^ (mixed >>> 14)) & 0xff;
    }
    return bytes;
  };
}

/**
 * A person with a browser profile of their own. With a `seed`, chance is the same each time. Whatever their pages complain about in the console, and whatever the
 * policy forbids, fails the test, unless `expected` matches it.
 */
export class Visitor {
  #context;
  #language;
  #expected;
  #pages = [];

  static async arrive(t, browser, options = {}) {
    const { language = "en", expected, seed, viewport = { width: 1280, height: 900 }, ...rest } = options;
    const context = await browser.newContext({
      locale: LOCALES[language] ?? language,
      timezoneId: "Europe/Paris",
      viewport,
      ...rest,
    });
    context.setDefaultTimeout(LONGEST_WAIT);
    const visitor = new Visitor(context, language, expected);
    await context.addInitScript(watchPolicy);
    if (seed !== undefined) await context.addInitScript(foresee, seed);
    // Nobody sits there to choose a file in a dialogue of the system.
    await context.addInitScript(() => delete window.showSaveFilePicker);
    t.after(() => visitor.leave());
    return visitor;
  }

  constructor(context, language, expected) {
    this.#context = context;
    this.#language = language;
    this.#expected = expected;
  }

  get context() {
    return this.#context;
  }

  /** Opens a partner's page and waits until its widgets are there. */
  async open(options = {}) {
    const { language = this.#language, head = "", script = CLASSIC, wait = true } = options;
    const { body = `<skills-passport lang="${language}"></skills-passport>` } = options;
    const header = await policy();
    await this.#context.route(`${BASE_URL}/partner.html`, (route) =>
      route.fulfill({
        contentType: "text/html; charset=utf-8",
        headers: { "Content-Security-Policy": header },
        body: html({ language, head, body, script }),
      }),
    );
    return this.visit("/partner.html", { language, wait });
  }

  /** Opens a page of the site. */
  async visit(path, { language = this.#language, wait = true } = {}) {
    const visit = await this.visitAt(BASE_URL + path, language);
    if (wait) await visit.ready();
    return visit;
  }

  /** Opens a page of any origin. */
  async visitAt(address, language = this.#language) {
    const page = await this.#context.newPage();
    const visit = new Visit(page, language);
    this.#pages.push(visit);
    await page.goto(address);
    return visit;
  }

  /** Serves another file in place of one of the widget's, or one that belongs to the partner. */
  async serves(path, contentType, body) {
    if (path.startsWith("data/")) await this.unchecked();
    await this.#context.route(`${BASE_URL}/${path}`, (route) => route.fulfill({ contentType, body }));
  }

  /** The widget of a test build takes files as they come, whatever they hash to. */
  async unchecked() {
    await this.#context.addInitScript(() => (window[Symbol.for("skills-passport-unchecked")] = true));
  }

  async leave() {
    const complaints = [];
    for (const visit of this.#pages) complaints.push(...(await visit.allComplaints()));
    await this.#context.close();
    assert.deepEqual(
      complaints.filter((complaint) => !this.#expected?.test(complaint)),
      [],
      "the page complained",
    );
  }
}

/** A page with everything that it asked for and complained about. */
class Visit {
  requests = [];
  complaints = [];

  constructor(page, language) {
    this.page = page;
    this.widget = new Widget(page, page.locator("skills-passport").first(), language);
    page.on("request", (request) => this.requests.push(request.url()));
    page.on("pageerror", (error) => this.complaints.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(`${message.type()}: ${message.text()}`);
    });
  }

  /** The widget in the n-th element of the page. */
  widgetAt(n, language) {
    return new Widget(this.page, this.page.locator("skills-passport").nth(n), language ?? this.widget.language);
  }

  /** Takes this tab to the front: browsers let the ones behind wait. */
  async inFront() {
    await this.page.bringToFront();
    return this.widget;
  }

  /** Waits until every widget of the page shows its first screen. */
  async ready() {
    for (const host of await this.page.locator("skills-passport").all()) await host.locator("h2").waitFor();
  }

  async reload() {
    await this.page.reload();
    await this.ready();
  }

  async allComplaints() {
    const violations = this.page.isClosed()
      ? []
      : await this.page.evaluate(() => document[Symbol.for("violations")] ?? []);
    return [...this.complaints, ...violations.map((violation) => `policy: ${violation}`)];
  }
}
