// Every screen, in both languages and from right to left, in every theme: what a tool can measure of its accessibility, and a
// picture to look at.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { overflowing, roles, smallTargets, violations, withTextSpacing } from "./support/accessibility.mjs";
import { Keyboard } from "./support/keyboard.mjs";
import { sampler } from "./support/packs.mjs";
import { passportAt } from "./support/people.mjs";
import { BASE_URL, launch, Visitor } from "./support/site.mjs";
import { focused } from "./support/widget.mjs";
import { LANGUAGES } from "./support/words.mjs";

const browser = await launch();

const PICTURES = fileURLToPath(new URL("artefacts/", import.meta.url));
mkdirSync(PICTURES, { recursive: true });

const PHONE = 320;
const TABLET = 768;
const DESKTOP = 1280;

/** With this one, the questions of the tour come early. */
const SEED = 1;

const OTHER_THEMES = ["dark", "contrast"];

/** All screens in the order of one visit; each step begins where the last one ended. */
const TOUR = [
  ["welcome", async () => {}],
  ["choose", async ({ widget }) => {
    await widget.choose("mode-focus");
    await widget.press("start");
    await widget.find("section.choose summary").first().click();
    await widget.press("start");
    await widget.alert.locator("p").waitFor();
  }],
  ["question-graded", async (tour) => {
    await tour.widget.press("choose_back");
    await tour.widget.start({ mode: "thorough", keep: "device" });
    await tour.toQuestionOf("graded");
  }],
  ["question-choice", (tour) => tour.toQuestionOf("choice")],
  ["question-nothing-chosen", async ({ widget }) => {
    await widget.press("question_next");
    await widget.alert.locator("p").waitFor();
  }],
  ["question-why", async ({ widget }) => {
    await widget.press("why");
    await widget.find("#why p").first().waitFor();
  }],
  ["pause", async ({ widget }) => {
    await widget.press("question_pause");
    await widget.heading("pause_title").waitFor();
  }],
  ["results", async (tour) => {
    await tour.widget.press("go_on");
    await tour.widget.atQuestion(tour.n);
    await tour.widget.stop();
  }],
  ["results-review-open", async ({ widget }) => {
    await widget.find("details.review summary").click();
    await widget.find("details.review li").first().waitFor();
  }],
  ["passport", ({ widget }) => widget.toPassport()],
  ["passport-message", async ({ widget }) => {
    await widget.export();
    await widget.noticeText();
  }],
  ["passport-bad-file", async ({ widget }) => {
    await widget.importText("{");
    await widget.text(widget.say("error_not_json")).waitFor();
  }],
  ["passport-incoming", async (tour) => {
    await tour.widget.importText(passportAt(3));
    await tour.widget.host.getByRole("group", { name: tour.widget.say("incoming_title") }).waitFor();
  }],
  ["protect", async ({ widget }) => {
    await widget.press("incoming_leave");
    await widget.press("more_protect");
    await widget.heading("protect_title").waitFor();
  }],
  ["copy", async ({ widget }) => {
    await widget.press("back_to_passport");
    await widget.press("more_share");
    await widget.heading("copy_title").waitFor();
  }],
  ["badges", async ({ widget }) => {
    await widget.press("back_to_passport");
    await widget.press("more_badges");
    await widget.heading("badges_title").waitFor();
  }],
  ["next", async ({ widget }) => {
    await widget.press("back_to_passport");
    await widget.press("to_next");
    await widget.heading("next_title").waitFor();
    await widget.heading3("country_title").or(widget.heading3("offers_title")).first().waitFor();
  }],
  ["display", async ({ widget }) => {
    await widget.press("display");
    await widget.find("#display").waitFor();
  }],
  ["passport-erase-asked", async ({ widget }) => {
    await widget.press("display");
    await widget.toPassport();
    await widget.press("passport_erase");
    await widget.alert.locator("p").waitFor();
  }],
  ["erased", async ({ widget }) => {
    await widget.press("passport_erase_yes");
    await widget.text(widget.say("notice_erased")).waitFor();
  }],
  ["passport-empty", async ({ widget }) => {
    if (await widget.button("new_assessment").count()) await widget.press("new_assessment");
    await widget.toPassport();
  }],
  ["welcome-waiting", async ({ widget, visit }) => {
    await widget.press("new_assessment");
    await widget.start({ keep: "device" });
    await widget.answerSome(2);
    await visit.reload();
    await widget.button("go_on").waitFor();
  }],
];

class Tour {
  n = 1;

  constructor(visit) {
    this.visit = visit;
    this.widget = visit.widget;
  }

  /** Answers until a question of this kind is on the screen. */
  async toQuestionOf(kind) {
    for (const seen = []; (seen.push(await this.widget.kind()), seen.at(-1) !== kind); this.n++) {
      assert.ok(await this.widget.answer(this.n, this.n % 3), `the questions ended before: ${seen}`);
    }
  }
}

for (const language of [...LANGUAGES, "ar"]) {
  test(`every screen in ${language}`, async (t) => {
    const visit = await (await Visitor.arrive(t, browser, { language, seed: SEED })).open();
    const tour = new Tour(visit);
    for (const [number, [name, arrive]] of TOUR.entries()) {
      await arrive(tour);
      await t.test(name, (t) => lookAt(t, visit, `${language}-${String(number + 1).padStart(2, "0")}-${name}`));
    }
  });
}

for (const language of LANGUAGES) {
  test(`every kind of question and of picture in ${language}`, async (t) => {
    const visitor = await Visitor.arrive(t, browser, { language });
    const { names, files } = sampler("digcomp-3.0", language);
    for (const [name, text] of files) await visitor.serves(`data/${name}`, "text/plain; charset=utf-8", text);
    const visit = await visitor.open();
    const { widget } = visit;
    await widget.start({ mode: "thorough" });
    const seen = new Set();
    for (let n = 1; ; n++) {
      const figure = widget.find("section.question figure");
      const shown = (await figure.count()) ? (await figure.getAttribute("class")).replace(" ", "-") : await widget.kind();
      if (!seen.has(shown)) {
        seen.add(shown);
        await t.test(shown, (t) => lookAt(t, visit, `${language}-question-${shown}`));
      }
      if (!(await widget.answer(n))) break;
    }
    assert.deepEqual([...seen].sort(), names.sort());
  });
}

/** Everything that holds on every screen. */
async function lookAt(t, { page, widget }, name) {
  const problems = [];
  for (const width of [PHONE, TABLET, DESKTOP]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${PICTURES}${name}-${width}.png`, fullPage: true });
    const add = (what, found) => problems.push(...found.map((one) => `${what} at ${width} px: ${one}`));
    // In between, only the layout could differ.
    if (width !== TABLET) add("axe", await allViolations(page));
    add("too small", await smallTargets(widget));
    add("too wide", await overflowing(widget));
    add("too wide with wide text spacing", await withTextSpacing(widget, () => overflowing(widget)));
  }
  for (const theme of OTHER_THEMES) {
    await widget.host.evaluate((element, theme) => element.setAttribute("theme", theme), theme);
    await widget.find(`.frame[data-theme=${theme}]`).waitFor();
    await page.screenshot({ path: `${PICTURES}${name}-${theme}.png`, fullPage: true });
    problems.push(...(await allViolations(page)).map((found) => `axe in ${theme}: ${found}`));
  }
  await widget.host.evaluate((element) => element.removeAttribute("theme"));
  await widget.find(".frame[data-theme=auto]").waitFor();
  assert.deepEqual(problems, []);
  const headings = widget.find("h2");
  assert.equal(await headings.count(), 1);
  assert.equal(await headings.getAttribute("tabindex"), "-1");
}

/** Whatever axe-core finds, grave or not. */
async function allViolations(page) {
  return (await violations(page)).map(({ text }) => text);
}

test("the checks see into the widget", async (t) => {
  const { page, widget } = await (await Visitor.arrive(t, browser)).open();
  await widget.host.evaluate((element) => {
    const unnamed = document.createElement("button");
    unnamed.style.inlineSize = "400px";
    element.shadowRoot.querySelector("h2").before(unnamed);
  });
  await page.setViewportSize({ width: PHONE, height: 900 });
  assert.match((await allViolations(page)).join(), /button-name/);
  assert.notDeepEqual(await overflowing(widget), []);
});

test("what is said before the widget is there is accessible as well", async (t) => {
  for (const language of LANGUAGES) {
    const visitor = await Visitor.arrive(t, browser, { language, expected: /ERR_FAILED/ });
    await visitor.context.route(`${BASE_URL}/skills-passport.wasm`, (route) => route.abort());
    const visit = await visitor.open({ wait: false });
    await visit.widget.notice.getByRole("button").waitFor();
    for (const width of [PHONE, DESKTOP]) {
      await visit.page.setViewportSize({ width, height: 900 });
      await visit.page.screenshot({ path: `${PICTURES}${language}-not-loaded-${width}.png` });
      assert.deepEqual(await allViolations(visit.page), []);
      assert.deepEqual(await smallTargets(visit.widget), []);
      assert.deepEqual(await overflowing(visit.widget), []);
    }
  }
});

test("the focus can be seen on every stop of the keyboard", async (t) => {
  const visit = await (await Visitor.arrive(t, browser)).open();
  const { page, widget } = visit;
  const keyboard = new Keyboard(page);
  await widget.makePassport();
  for (const stop of ["passport_export", "passport_import", "new_assessment"]) {
    const here = await keyboard.tabTo((here) => here.id === "import" || here.text === widget.say(stop));
    assert.ok(await showsFocus(widget), `${here.tag} ${here.id} ${here.text}`);
  }
  await widget.press("new_assessment");
  await widget.start();
  await keyboard.tabToRadio("answer-0");
  assert.ok(await showsFocus(widget), "an answer");
});

/** Whether what has the focus, or the label that stands for it, has a ring around it. */
async function showsFocus(widget) {
  return widget.host.evaluate((element) => {
    const active = element.shadowRoot.activeElement;
    const rings = [active, ...(active.labels ?? [])].map((part) => getComputedStyle(part));
    return rings.some(({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
  });
}

test("the results stay a table for a screen reader on a narrow screen", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { viewport: { width: PHONE, height: 900 } });
  const { page, widget } = await visitor.open();
  await widget.start();
  await widget.answerAll();
  const told = await roles(page);
  const count = (role) => told.filter((other) => other === role).length;
  assert.equal(count("table"), 2);
  // In detail: a row for each of the 21 competences and the 5 areas, and one of headings. The areas alone: six more.
  assert.equal(count("row"), 27 + 6);
  assert.equal(count("rowheader"), 26 + 5);
  assert.equal(count("columnheader"), 3 + 2);
});

test("with the browser’s high contrast the chosen answer and the focus can still be told", async (t) => {
  const visit = await (await Visitor.arrive(t, browser, { forcedColors: "active" })).open();
  const { page, widget } = visit;
  await widget.start();
  await new Keyboard(page).tabToRadio("answer-0");
  await page.keyboard.press("Space");
  await page.screenshot({ path: `${PICTURES}en-forced-colours-question.png`, fullPage: true });
  assert.ok(await showsFocus(widget));
  const radio = await widget.find("#answer-0").evaluate((input) => {
    const { appearance, opacity, visibility } = getComputedStyle(input);
    return { appearance, opacity, visibility, checked: input.checked };
  });
  assert.deepEqual(radio, { appearance: "auto", opacity: "1", visibility: "visible", checked: true });
  await widget.press("question_next");
  await widget.answerAll(2);
  await page.screenshot({ path: `${PICTURES}en-forced-colours-results.png`, fullPage: true });
});

test("who wants less motion gets none", async (t) => {
  const visit = await (await Visitor.arrive(t, browser, { reducedMotion: "reduce" })).open();
  const { widget } = visit;
  await widget.start();
  await widget.answerSome(2);
  const moving = await widget.host.evaluate((element) => {
    const parts = [...element.shadowRoot.querySelectorAll("*")];
    const moves = (part) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(part);
      return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior === "smooth";
    };
    return parts.filter(moves).map((part) => part.localName);
  });
  assert.deepEqual(moving, []);
});

test("printed results show the table, and nothing to press", async (t) => {
  const visit = await (await Visitor.arrive(t, browser, { language: "fr" })).open();
  const { page, widget } = visit;
  await widget.start();
  await widget.answerAll();
  await page.emulateMedia({ media: "print" });
  await widget.find("table").last().waitFor();
  await widget.heading("results_title").waitFor();
  for (const button of await widget.find("button").all()) assert.ok(await button.isHidden(), await button.innerText());
  await page.screenshot({ path: `${PICTURES}fr-print.png`, fullPage: true });
});

test("the focus is not lost when a message is closed or erasing is called off", async (t) => {
  const visit = await (await Visitor.arrive(t, browser)).open();
  const { page, widget } = visit;
  await widget.makePassport();
  await widget.press("passport_erase");
  await widget.press("passport_erase_no");
  assert.notEqual((await focused(page)).tag, "body");
  await widget.importText("{");
  await widget.press("notice_close");
  await widget.notice.locator("p").waitFor({ state: "detached" });
  assert.notEqual((await focused(page)).tag, "body");
});
