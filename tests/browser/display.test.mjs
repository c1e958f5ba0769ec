// How the reader wants things shown: colours, size of the text, easy words, reading aloud.

import assert from "node:assert/strict";
import { test } from "node:test";
import { overflowing, smallTargets, violations } from "./support/accessibility.mjs";
import { documents, NO_TRACE, traces } from "./support/device.mjs";
import { launch, Visitor } from "./support/site.mjs";
import { focused } from "./support/widget.mjs";
import { word } from "./support/words.mjs";

const browser = await launch();

const SIZES = [1, 1.25, 1.5, 2];

async function openMenu(widget) {
  await widget.press("display");
  await widget.find("#display").waitFor();
}

const paper = (widget) => widget.find(".frame").evaluate((frame) => getComputedStyle(frame).backgroundColor);

test("the menu opens and closes where its button is, and is named to a screen reader", async (t) => {
  const { widget, page } = await (await Visitor.arrive(t, browser)).open();
  const button = widget.button("display");
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  await openMenu(widget);
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  assert.equal((await focused(page)).text, word("en", "display"));
  await widget.host.getByRole("region", { name: word("en", "display_title") }).waitFor();
  assert.deepEqual(await violations(page), []);
  await button.click();
  await widget.find("#display").waitFor({ state: "detached" });
});

test("the menu leads to the accessibility statement", async (t) => {
  for (const language of ["en", "fr", "ar"]) {
    const visitor = await Visitor.arrive(t, browser, { language });
    const { widget, page } = await visitor.open();
    await openMenu(widget);
    const opened = page.waitForEvent("popup");
    await widget.host.getByRole("link", { name: word(language, "display_statement") }).click();
    const statement = await opened;
    await statement.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await statement.locator("html").getAttribute("lang"), language === "fr" ? "fr" : "en");
    assert.deepEqual(await violations(statement), []);
  }
});

test("the reader’s colours come before the page’s, and the page’s before the browser’s", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { colorScheme: "dark" });
  const visit = await visitor.open({ body: `<skills-passport lang="en" theme="light"></skills-passport>` });
  const { widget } = visit;
  const light = await paper(widget);
  await visit.page.evaluate(() => document.querySelector("skills-passport").removeAttribute("theme"));
  await widget.find(".frame[data-theme=auto]").waitFor();
  const dark = await paper(widget);
  assert.notEqual(dark, light);
  await openMenu(widget);
  await widget.choose("theme-contrast");
  await widget.find(".frame[data-theme=contrast]").waitFor();
  assert.equal(await paper(widget), "rgb(0, 0, 0)");
  await widget.choose("theme-light");
  await widget.find(".frame[data-theme=light]").waitFor();
  assert.equal(await paper(widget), light);
});

test("whoever asks the browser for more contrast gets it", async (t) => {
  const { widget } = await (await Visitor.arrive(t, browser, { contrast: "more" })).open();
  assert.equal(await paper(widget), "rgb(0, 0, 0)");
});

test("text grows to twice its size on a phone, and nothing is cut or too small to press", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { viewport: { width: 320, height: 900 } });
  const { widget } = await visitor.open();
  const size = () => widget.find(".screen p").first().evaluate((line) => parseFloat(getComputedStyle(line).fontSize));
  const normal = await size();
  await openMenu(widget);
  for (const [step, factor] of SIZES.entries()) {
    await widget.choose(`size-${step}`);
    await widget.find(`.frame[data-size="${step}"]`).waitFor();
    assert.ok(Math.abs((await size()) / normal - factor) < 0.02, `step ${step}`);
    assert.deepEqual(await overflowing(widget), [], `step ${step}`);
    assert.deepEqual(await smallTargets(widget), [], `step ${step}`);
  }
  await widget.button("display").click();
  await widget.start();
  assert.deepEqual(await overflowing(widget), []);
  await widget.answerSome(2);
  await widget.stop();
  assert.deepEqual(await overflowing(widget), []);
});

test("a page of 1280 px at 400 % is a page of 320 px: nothing scrolls sideways", async (t) => {
  // What a browser does at 400 %: a quarter of the width in CSS pixels, four device pixels for each.
  const visitor = await Visitor.arrive(t, browser, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
  const { widget } = await visitor.open();
  assert.deepEqual(await overflowing(widget), []);
  await widget.start();
  assert.deepEqual(await overflowing(widget), []);
  await widget.answerSome(1);
  await widget.stop();
  assert.deepEqual(await overflowing(widget), []);
});

test("choices are kept on the device only by who keeps answers there", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  const visit = await visitor.open();
  const { widget, page } = visit;
  await openMenu(widget);
  await widget.choose("theme-dark");
  await widget.choose("size-2");
  await widget.find('.frame[data-theme=dark][data-size="2"]').waitFor();
  await widget.text(word("en", "display_not_kept")).waitFor();
  assert.deepEqual(await traces(page), NO_TRACE);
  await visit.reload();
  assert.equal(await widget.find(".frame").getAttribute("data-theme"), "auto");

  await openMenu(widget);
  await widget.choose("theme-dark");
  await widget.button("display").click();
  await widget.start({ keep: "device" });
  await widget.answer(1);
  assert.equal((await documents(page)).display.trim(), "dark 0");
  await visit.reload();
  await widget.find(".frame[data-theme=dark]").waitFor();
  await openMenu(widget);
  await widget.text(word("en", "display_kept")).waitFor();
  await widget.choose("size-1");
  await widget.find('.frame[data-size="1"]').waitFor();
  await visit.reload();
  await widget.find('.frame[data-theme=dark][data-size="1"]').waitFor();
});

for (const language of ["fr", "en"]) {
  test(`easy words in ${language} replace the others, and can be left again`, async (t) => {
    const { widget } = await (await Visitor.arrive(t, browser, { language })).open();
    await openMenu(widget);
    await widget.choose("help-easy");
    await widget.text(word(`${language}-easy`, "welcome_lead")).waitFor();
    assert.notEqual(word(`${language}-easy`, "welcome_lead"), word(language, "welcome_lead"));
    assert.equal(await widget.find("#display").count(), 1, "the menu stays");
    assert.equal(await widget.find(".frame").getAttribute("lang"), language);
    await widget.choose("help-easy");
    await widget.text(word(language, "welcome_lead")).waitFor();
  });
}

test("a language without easy words does not offer them", async (t) => {
  const { widget } = await (await Visitor.arrive(t, browser, { language: "it" })).open({ language: "it" });
  await openMenu(widget);
  assert.equal(await widget.find("#help-easy").count(), 0);
});

/** A browser that can speak, and writes down what it is told to. */
function speaks(languages) {
  const spoken = [];
  let waiting = [];
  const voices = languages.map((lang) => ({ lang, localService: true, name: lang }));
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) {
      super();
      this.text = text;
    }
    set voice(voice) {
      this.chosen = voice.lang;
    }
  };
  const synthesis = {
    getVoices: () => voices,
    addEventListener: () => {},
    speak: (utterance) => {
      spoken.push(`${utterance.chosen}: ${utterance.text}`);
      waiting.push(utterance);
    },
    cancel: () => {
      spoken.push("cancel");
      waiting = [];
    },
    pause: () => spoken.push("pause"),
    resume: () => spoken.push("resume"),
  };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis, configurable: true });
  window.spoken = spoken;
  window.finishSpeaking = () => {
    for (const utterance of waiting.splice(0)) utterance.onend?.({});
  };
}

test("a question is read aloud with its answers, held, gone on with and ended", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { language: "fr" });
  await visitor.context.addInitScript(speaks, ["en-GB", "fr-FR"]);
  const { widget, page } = await visitor.open();
  const spoken = () => page.evaluate(() => window.spoken.splice(0));
  await openMenu(widget);
  await widget.choose("help-read");
  await widget.button("display").click();
  await widget.start();
  assert.deepEqual(await spoken(), [], "nothing is read unasked");
  await widget.press("read_play");
  await widget.button("read_pause").waitFor();
  const said = await spoken();
  const stem = await widget.find("section.question .stem").innerText();
  assert.ok(said.includes(`fr-FR: ${stem}`), said.join("\n"));
  for (const label of await widget.find("section.question .option:not(.dont-know) label").allInnerTexts()) {
    assert.ok(said.includes(`fr-FR: ${label}`), label);
  }
  assert.equal((await focused(page)).text, word("fr", "read_pause"), "the focus stays with the button");
  await widget.press("read_pause");
  await widget.press("read_resume");
  await widget.press("read_stop");
  await widget.button("read_play").waitFor();
  assert.deepEqual(await spoken(), ["pause", "resume", "cancel"]);

  // At its end the button offers to begin again.
  await widget.press("read_play");
  await widget.button("read_pause").waitFor();
  await page.evaluate(() => window.finishSpeaking());
  await widget.button("read_play").waitFor();

  // The next question interrupts.
  await widget.press("read_play");
  await widget.button("read_pause").waitFor();
  await spoken();
  await widget.answer(1);
  await widget.button("read_play").waitFor();
  assert.deepEqual(await spoken(), ["cancel"]);
});

test("where there is no voice for the questions, reading aloud is not offered", async (t) => {
  for (const voices of [undefined, ["de-DE"]]) {
    const visitor = await Visitor.arrive(t, browser);
    if (voices) await visitor.context.addInitScript(speaks, voices);
    const { widget } = await visitor.open();
    await openMenu(widget);
    assert.equal(await widget.find("#help-read").count(), 0);
  }
});
