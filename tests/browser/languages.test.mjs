// Languages: choosing one, what happens where the questions are not in it, and writing from right to left.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { overflowing, smallTargets } from "./support/accessibility.mjs";
import { passportAt } from "./support/people.mjs";
import { startFile } from "./support/packs.mjs";
import { BASE_URL, launch, needed, Visitor } from "./support/site.mjs";
import { about, ALL_LANGUAGES, LANGUAGES, word } from "./support/words.mjs";

const browser = await launch();

const PHONE = { width: 320, height: 900 };

const data = (name) => readFileSync(join(needed("DIST"), "data", name), "utf8");

/** With this chance, the first question is a statement with something asked about it. */
const GRADED_FIRST = 1;
const DRAFTS = ALL_LANGUAGES.filter((language) => !LANGUAGES.includes(language));

test("all languages can be chosen on a phone, each by its own name", async (t) => {
  const visit = await (await Visitor.arrive(t, browser, { viewport: PHONE })).open();
  const { widget, page } = visit;
  const offered = await widget.find("#language option").allInnerTexts();
  assert.deepEqual(offered, ALL_LANGUAGES.map((language) => about(language).name));
  for (const language of ALL_LANGUAGES) {
    await widget.find("#language").selectOption(language);
    await visit.widgetAt(0, language).heading("welcome_title").waitFor();
    assert.deepEqual(await overflowing(widget), [], language);
    assert.deepEqual(await smallTargets(widget), [], language);
    const { lang, dir } = await widget.find(".frame").evaluate(({ lang, dir }) => ({ lang, dir }));
    assert.deepEqual({ lang, dir }, { lang: language, dir: about(language).direction });
    assert.equal(await page.evaluate(() => document.querySelector("skills-passport").lang), language);
  }
});

for (const language of DRAFTS) {
  test(`in ${language} the names are translated, the questions say in which language they are, and a footer says what is not proof-read`, async (t) => {
    const visit = await (await Visitor.arrive(t, browser, { language, locale: "fr-FR", seed: GRADED_FIRST })).open({ language });
    const { widget } = visit;
    const names = JSON.parse(data(`digcomp-3.0.${language}.names.json`));
    await widget.find("footer").filter({ hasText: word(language, "draft_texts") }).filter({ hasText: names.provenance.note }).waitFor();
    await widget.find(".languages").filter({ hasText: word(language, "questions_language") }).waitFor();
    // The browser knows French.
    assert.equal(await widget.find("#questions-in").inputValue(), "fr");
    await widget.start();
    const topic = await widget.find("section.question .topic").innerText();
    assert.ok(Object.values(names.competences).some(({ name }) => name === topic), topic);
    const stem = widget.find("section.question .stem");
    const prompt = visit.widget.find("section.question .prompt");
    for (const words of [stem, prompt]) {
      assert.deepEqual(await words.evaluate(({ lang, dir }) => [lang, dir]), ["fr", "ltr"]);
    }
    const french = await stem.innerText();

    await widget.find("#questions-in").selectOption("en");
    await widget.find('section.question .stem[lang="en"]').waitFor();
    assert.notEqual(await stem.innerText(), french);
    await widget.atQuestion(1);
    // What is the interface's stays in its language.
    assert.equal(await widget.find(".dont-know label").innerText(), word(language, "question_dont_know"));
  });
}

test("a question in another language than the interface is answered to the end", async (t) => {
  const { widget } = await (await Visitor.arrive(t, browser, { language: "de" })).open({ language: "de" });
  await widget.start();
  assert.equal(await widget.answerAll(), 10);
  await widget.heading("results_title").waitFor();
  const names = JSON.parse(data("digcomp-3.0.de.names.json"));
  await widget.find("table th").filter({ hasText: names.areas["4"].name }).first().waitFor();
});

test("where the questions of another language are lost on the way, those that are there go on, and the next one tries again", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { expected: /ERR_FAILED/ });
  const visit = await visitor.open();
  await visit.widget.start();
  await visit.widget.answerSome(1);
  const lost = `${BASE_URL}/data/${startFile("digcomp-3.0", "fr")}`;
  await visitor.context.route(lost, (route) => route.abort());
  await visit.widget.find("#language").selectOption("fr");
  const french = visit.widgetAt(0, "fr");
  await french.hears("error_late");
  await french.find(".stem[lang=en]").waitFor();
  const again = visit.page.waitForEvent("requestfailed");
  await french.answerSome(1, 2);
  await again;
  await french.atQuestion(3);
  // Said once: a message on every question would take the focus from it.
  await visit.page.waitForTimeout(300);
  assert.equal(await french.notice.locator("p").count(), 0);
  await visitor.context.unroute(lost);
  await french.answerSome(1, 3);
  await french.atQuestion(4);
  await french.find(".stem:not([lang])").waitFor();
});

test("no language of the interface lacks a text", () => {
  const keys = (language, part) => Object.keys(JSON.parse(readFileSync(new URL(`../../frontend/text/${language}/${part}.json`, import.meta.url), "utf8")));
  for (const language of ALL_LANGUAGES) {
    for (const part of ["start", "late", "element"]) {
      const own = new Set(keys(language, part));
      assert.deepEqual(keys("en", part).filter((key) => !own.has(key)), [], `${language} ${part}`);
    }
  }
});

test("questions and answers explained say in which language they are", async (t) => {
  const { widget } = await (await Visitor.arrive(t, browser, { language: "ar" })).open({ language: "ar" });
  await widget.start();
  assert.equal(await widget.answerAll(), 10);
  await widget.find("details.review summary").click();
  const review = widget.find("details.review li");
  await review.first().waitFor();
  for (const stem of await review.locator(".stem").all()) {
    assert.deepEqual(await stem.evaluate(({ parentElement: { lang, dir } }) => [lang, dir]), ["en", "ltr"]);
  }
});

test("what somebody can do at the next level says that it is in the language of the questions", async (t) => {
  const { widget } = await (await Visitor.arrive(t, browser, { language: "ar" })).open({ language: "ar" });
  await widget.toPassport();
  await widget.takeIn(passportAt(3));
  await widget.press("to_next");
  const descriptors = widget.find("li .hint span");
  await descriptors.first().waitFor();
  for (const descriptor of await descriptors.all()) {
    assert.deepEqual(await descriptor.evaluate(({ lang, dir }) => [lang, dir]), ["en", "ltr"]);
  }
});

test("from right to left everything that has a side is on the other one", async (t) => {
  const places = {};
  for (const language of ["en", "ar"]) {
    const visit = await (await Visitor.arrive(t, browser, { language })).open({ language });
    const { widget } = visit;
    const side = (selector) =>
      widget.find(selector).first().evaluate((part) => {
        const [own, all] = [part, part.closest(".frame > *")].map((box) => box.getBoundingClientRect());
        return own.left - all.left < all.right - own.right ? "left" : "right";
      });
    const welcome = [await side(".brand"), await side(".tools"), await side(".option input")];
    await widget.start({ mode: "standard" });
    await widget.answerSome(1);
    const back = await widget.button("question_back").boundingBox();
    const next = await widget.find("button[type=submit]").boundingBox();
    await widget.stop();
    const table = [await side("table thead th:first-child"), await side("table thead th:last-child")];
    places[language] = { welcome, table, next: next.x < back.x ? "left" : "right" };
  }
  const mirrored = JSON.stringify(places.en).replaceAll(/left|right/g, (one) => (one === "left" ? "right" : "left"));
  assert.deepEqual(places.ar, JSON.parse(mirrored));
  assert.deepEqual(places.en.welcome, ["left", "right", "left"]);
});

test("Arabic has six forms for counting, and all of them are used", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { language: "ar" });
  const { widget } = await visitor.open({ language: "ar" });
  await widget.start({ mode: "standard" });
  const said = new Map();
  for (let n = 1; n <= 11; n++) {
    await widget.answerDontKnow(n);
    if (![1, 2, 3, 11].includes(n)) continue;
    await widget.stop();
    said.set(n, await widget.find("section.results > p").first().innerText());
    if (n === 11) break;
    // Back to the questions: a new sitting is not what is counted here.
    await widget.toPassport();
    await widget.press("new_assessment");
    await widget.start({ mode: "standard" });
    for (let again = 1; again <= n; again++) await widget.answerDontKnow(again);
  }
  const forms = { 1: "one", 2: "two", 3: "few", 11: "many" };
  for (const [n, form] of Object.entries(forms)) {
    assert.equal(said.get(Number(n)), word("ar", `results_lead_${form}`, { n }), form);
  }
});

test("dates are written as the language writes them", async (t) => {
  const expected = { en: /^\d+ \p{L}+ \d{4}$/u, fr: /^\d+ \p{L}+ \d{4}$/u, de: /^\d+\. \p{L}+ \d{4}$/u };
  for (const [language, pattern] of Object.entries(expected)) {
    const { widget } = await (await Visitor.arrive(t, browser, { language })).open({ language });
    await widget.makePassport();
    const button = await widget.records.first().innerText();
    const [before, after] = word(language, "passport_see", { date: "|" }).split("|");
    assert.match(button.slice(before.length, button.length - after.length), pattern, button);
  }
});

test("the built folder says which languages are drafts and what they say in English", () => {
  const index = JSON.parse(data("languages.json"));
  const languages = index.filter(({ variant }) => !variant);
  assert.deepEqual(languages.map(({ language }) => language), ALL_LANGUAGES);
  for (const { language, draft, direction, inEnglish } of languages) {
    assert.equal(draft, DRAFTS.includes(language));
    assert.equal(direction, about(language).direction);
    assert.ok(Array.isArray(inEnglish));
  }
});
