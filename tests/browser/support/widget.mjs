// The widget as a person sees it: its screens, and what can be done on each of them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { beginning, counted, word } from "./words.mjs";

export class Widget {
  constructor(page, host, language) {
    this.page = page;
    this.host = host;
    this.language = language;
  }

  say(key, values) {
    return word(this.language, key, values);
  }

  counted(key, n) {
    return counted(this.language, key, n);
  }

  // What is there.

  /** A screen is known by its heading. */
  heading(key, values) {
    return this.host.getByRole("heading", { level: 2, name: this.say(key, values), exact: true });
  }

  heading3(key) {
    return this.host.getByRole("heading", { level: 3, name: this.say(key), exact: true });
  }

  button(key) {
    return this.host.getByRole("button", { name: this.say(key), exact: true });
  }

  find(selector) {
    return this.host.locator(selector);
  }

  text(text) {
    return this.host.getByText(text, { exact: true });
  }

  get alert() {
    return this.find("[role=alert]");
  }

  get notice() {
    return this.find("[role=status]");
  }

  get fileInput() {
    return this.find("#import");
  }

  /** Waits for a message and gives its words. */
  async noticeText() {
    const line = this.notice.locator("p");
    await line.waitFor();
    return line.innerText();
  }

  /** Waits until the message line says exactly this; an older message may still stand there at first. */
  async hears(key, values) {
    const escaped = this.say(key, values).replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s/g, "\\s");
    await this.notice.locator("p").filter({ hasText: new RegExp(`^${escaped}$`) }).waitFor();
  }

  async headingText() {
    return this.find("h2").innerText();
  }

  /** The words of the question on the screen. */
  async questionText() {
    return this.find("section.question legend").innerText();
  }

  // What can be done.

  async press(key) {
    await this.button(key).click();
  }

  async choose(id) {
    await this.find(`label[for="${id}"]`).click();
  }

  /** From the first screen to the first question. */
  async start({ mode = "quick", keep = "memory" } = {}) {
    await this.choose(`mode-${mode}`);
    await this.choose(`keep-${keep}`);
    await this.press("start");
    await this.atQuestion(1);
  }

  async atQuestion(n) {
    await this.heading("question_title", { n: String(n) }).waitFor();
  }

  async isChecked(position) {
    return this.find(`#answer-${position}`).isChecked();
  }

  /** How the question shown is answered. */
  async kind() {
    // Its words may still be on their way.
    await this.find(".dont-know").waitFor();
    const inside = (selector) => this.find(`section.question ${selector}`).count();
    if (await inside("select")) return "matching";
    if (await inside("ol.ordering")) return "ordering";
    if (await inside("#answer-0[type=checkbox]")) return "multiple";
    // A statement comes with what is asked about it.
    return (await inside(".prompt")) ? "graded" : "choice";
  }

  /** How many answers the question shown asks for. */
  async howMany() {
    return Number(/\d+/.exec(await this.find("section.question .prompt").innerText())[0]);
  }

  /** Gives an answer to the question shown: the one at a position, or one that fits its kind. */
  async give(position = 0) {
    switch (await this.kind()) {
      case "matching":
        for (const list of await this.find("section.question select").all()) await list.selectOption({ index: 1 });
        break;
      case "ordering":
        await this.find("#down-0").click();
        break;
      case "multiple":
        for (let n = 0, count = await this.howMany(); n < count; n++) await this.choose(`answer-${n}`);
        break;
      default:
        await this.choose(`answer-${position}`);
    }
  }

  /** Answers the n-th question, and waits for what comes next: a question or results. */
  async answer(n, position = 0) {
    await this.give(position);
    await this.press("question_next");
    return this.#arrived(n + 1);
  }

  async answerDontKnow(n) {
    await this.find(".dont-know label").click();
    await this.press("question_next");
    return this.#arrived(n + 1);
  }

  /** Whether question n is shown, or the results instead. */
  async #arrived(n) {
    const question = this.heading("question_title", { n: String(n) });
    await question.or(this.heading("results_title")).waitFor();
    return question.isVisible();
  }

  /** Answers some questions, from the n-th on. */
  async answerSome(count, from = 1) {
    for (let n = from; n < from + count; n++) await this.answer(n, n % 3);
  }

  /** Answers until the results are there; gives the number of answers. Every seventh answer is "I don't know". */
  async answerAll(from = 1) {
    let n = from;
    while (await (n % 7 === 0 ? this.answerDontKnow(n) : this.answer(n, n % 3))) n++;
    return n;
  }

  /** From a question to the results. */
  async stop() {
    await this.press("question_stop");
    await this.heading("results_title").waitFor();
  }

  async toPassport() {
    await this.button("to_passport").or(this.button("have_passport")).first().click();
    await this.heading("passport_title").waitFor();
  }

  /** From the first screen to a passport with the results of so many answers. */
  async makePassport({ answers = 1, keep = "memory" } = {}) {
    await this.start({ keep });
    await this.answerSome(answers);
    await this.stop();
    await this.toPassport();
  }

  /** The records that the passport lists. */
  get records() {
    return this.host.getByRole("button", { name: beginning(this.language, "passport_see") });
  }

  /** Waits until the passport lists so many records: what the device has kept arrives behind the screen's back. */
  async holds(count) {
    if (count > 0) await this.records.nth(count - 1).waitFor();
    assert.equal(await this.records.count(), count);
  }

  /** Saves the passport as a file; `press` may be another way than a click. */
  async export(press = () => this.press("passport_export")) {
    const download = this.page.waitForEvent("download");
    await press();
    const file = await download;
    return { name: file.suggestedFilename(), path: await file.path() };
  }

  /** The text of the passport's file. */
  async exported() {
    const { path } = await this.export();
    return readFile(path, "utf8");
  }

  async import(file) {
    await this.fileInput.setInputFiles(file);
  }

  async importText(text, name = "someone.passport.json") {
    await this.import({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  }

  /** Opens a file, looks at what it brings, and adds it to the passport. */
  async takeIn(text) {
    await this.importText(text);
    await this.press("incoming_add");
    await this.hears("notice_imported");
  }
}

/** What has the focus, also inside a shadow root: in the page's own words where it is outside of the widget. */
export async function focused(page) {
  // A slow browser draws a screen a moment before the focus comes to it.
  for (let before; ; await page.waitForTimeout(50)) {
    const now = await focusedNow(page);
    if (before && now.tag === before.tag && now.id === before.id && now.text === before.text) return now;
    before = now;
  }
}

/** The same without waiting until it stays there: for who moves it with keys. */
export async function focusedNow(page) {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return { tag: element.localName, id: element.id, type: element.type ?? "", text: element.textContent.trim() };
  });
}

/** Waits until an element of this name has the focus inside the widget. */
export async function hasFocus(page, tag) {
  await page.waitForFunction(
    (tag) => document.querySelector("skills-passport").shadowRoot.activeElement?.localName === tag,
    tag,
  );
}
