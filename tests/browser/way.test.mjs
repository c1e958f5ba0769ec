// The way through beside the questions themselves: chosen skills, reasons, encouragement, more questions, results over
// time, pictures to take away, a helper, and a computer that people share.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { overflowing, smallTargets, violations } from "./support/accessibility.mjs";
import { NO_TRACE, traces } from "./support/device.mjs";
import { Keyboard } from "./support/keyboard.mjs";
import { launch, Visitor } from "./support/site.mjs";
import { showPassport } from "./support/tool.mjs";
import { focused } from "./support/widget.mjs";
import { LANGUAGES } from "./support/words.mjs";

const browser = await launch();

const PICTURES = fileURLToPath(new URL("artefacts/", import.meta.url));
mkdirSync(PICTURES, { recursive: true });

const MINUTE = 60_000;
/** Chance with which there is something to say: after some ten answers, results are as sure as can be. */
const SEED = 1;

async function open(t, language = "en", options = {}) {
  const visitor = await Visitor.arrive(t, browser, { language, ...options });
  return visitor.open();
}

/** Nothing that a tool finds is wrong with the screen, at three widths; leaves a picture of each. */
async function lookAt({ page, widget }, name) {
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${PICTURES}${widget.language}-way-${name}-${width}.png`, fullPage: true });
    const found = (await violations(page)).filter(({ impact }) => impact === "serious" || impact === "critical");
    assert.deepEqual(found.map(({ text }) => text), [], `axe at ${width} px`);
    assert.deepEqual(await smallTargets(widget), [], `targets at ${width} px`);
    assert.deepEqual(await overflowing(widget), [], `width at ${width} px`);
  }
}

/** The texts that stand for a key, whatever fills its placeholders. */
function matches(widget, key) {
  const parts = widget.say(key, new Proxy({}, { get: () => "\u0000", has: () => true })).split("\u0000");
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s/g, "\\s"));
  return new RegExp(`^${escaped.join(".+")}$`);
}

// Chosen skills.

test("who chooses some skills is told how long it takes, and is asked about nothing else", async (t) => {
  for (const language of LANGUAGES) {
    const visit = await open(t, language);
    const { widget } = visit;
    await widget.choose("mode-focus");
    await widget.press("start");
    await widget.heading("choose_title").waitFor();
    await widget.press("start");
    await widget.alert.getByText(widget.say("choose_missing")).waitFor();
    await widget.find("section.choose summary").nth(1).click();
    await widget.choose("competence-2.1");
    await widget.choose("competence-2.3");
    const length = widget.find("section.choose [role=status]");
    await length.filter({ hasText: matches(widget, "choose_length") }).waitFor();
    assert.match(await length.innerText(), /^16 /, "eight questions for each skill");
    await lookAt(visit, "choose");
    await widget.press("start");
    await widget.atQuestion(1);
    const topics = new Set();
    for (let n = 1; n <= 3; n++) {
      topics.add(await widget.find(".topic").innerText());
      await widget.answer(n);
    }
    assert.ok(topics.size <= 2, [...topics].join());
    await widget.stop();
    await widget.toPassport();
    const { assessments } = await showPassport((await widget.export()).path);
    assert.equal(assessments[0].mode, "focus");
    assert.deepEqual(assessments[0].profile.competences.map(({ competence }) => competence), ["2.1", "2.3"]);
  }
});

test("a whole area is chosen and dropped with one box, by keyboard alone", async (t) => {
  const { page, widget } = await open(t);
  const keyboard = new Keyboard(page);
  await keyboard.tabToRadio("mode-quick");
  await keyboard.press("ArrowDown", 3);
  assert.equal((await focused(page)).id, "mode-focus");
  await keyboard.press("Enter");
  await widget.heading("choose_title").waitFor();
  await keyboard.tabTo((here) => here.id === "area-4");
  await keyboard.press("Space");
  await keyboard.tabTo((here) => here.tag === "summary");
  await keyboard.press("Enter");
  const boxes = widget.find('[id^="competence-4."]');
  assert.equal(await boxes.count(), 4);
  for (const box of await boxes.all()) assert.ok(await box.isChecked());
  await keyboard.tabTo((here) => here.id === "competence-4.2");
  await keyboard.press("Space");
  assert.ok(!(await widget.find("#area-4").isChecked()));
  await keyboard.tabToButton(widget.say("start"));
  await keyboard.press("Enter");
  await widget.atQuestion(1);
});

// On the way.

test("why a question is asked is said when somebody asks, and not again at the next question", async (t) => {
  for (const language of LANGUAGES) {
    const visit = await open(t, language);
    const { widget } = visit;
    await widget.start();
    const button = widget.button("why");
    assert.equal(await button.getAttribute("aria-expanded"), "false");
    await button.click();
    const first = await widget.find("#why p").first().innerText();
    const rules = ["why_best", "why_area", "why_other_skill", "why_other_kind", "why_start", "why_easier"];
    assert.ok(rules.some((key) => matches(widget, key).test(first)), first);
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    await lookAt(visit, "why");
    await button.click();
    await widget.find("#why p").first().waitFor({ state: "detached" });
    await button.click();
    await widget.find("#why p").first().waitFor();
    await widget.answer(1);
    assert.equal(await widget.find("#why p").count(), 0);
  }
});

test("progress never goes back, and says which areas were seen", async (t) => {
  const { widget } = await open(t);
  await widget.start({ mode: "standard" });
  let [before, most] = [-1, 0];
  for (let n = 1; n <= 12; n++) {
    const bar = widget.find("progress");
    const [value, max] = [Number(await bar.getAttribute("value")), Number(await bar.getAttribute("max"))];
    assert.equal(value, n - 1);
    assert.ok(value / max > before, `question ${n}`);
    assert.ok(most === 0 || max === most, "the length does not change under way");
    [before, most] = [value / max, max];
    const text = await widget.find(".progress p").innerText();
    const seen = Number(/(\d) of 5/.exec(text)[1]);
    assert.ok(seen <= Math.min(5, n - 1) && (n < 2 || seen >= 1), text);
    await widget.answer(n, n % 3);
  }
});

test("after enough answers about an area something true is said of it, once", async (t) => {
  const { page, widget } = await open(t, "fr", { seed: SEED });
  await widget.start({ mode: "standard" });
  const said = [];
  const cheer = widget.find(".cheer");
  const right = matches(widget, "cheer_right");
  const done = matches(widget, "cheer_done");
  for (let n = 1; n <= 20; n++) {
    const text = await cheer.innerText();
    if (text) {
      assert.ok(right.test(text) || done.test(text), text);
      said.push(text.split(String.fromCharCode(187))[0]);
      if (said.length === 1) await page.screenshot({ path: `${PICTURES}fr-way-cheer.png`, fullPage: true });
    }
    if (!(await widget.answer(n, n % 3))) break;
    // What is said comes when the question is painted.
    await page.waitForTimeout(150);
  }
  assert.ok(said.length >= 2, said.join());
  assert.equal(new Set(said).size, said.length, "each area once");
});

test("skipping is a button beside the answer, and the review says that it was skipped", async (t) => {
  const { widget } = await open(t);
  await widget.start();
  await widget.press("question_skip");
  await widget.atQuestion(2);
  await widget.answer(2);
  await widget.stop();
  await widget.text(widget.counted("results_lead", 1)).waitFor();
  await widget.find("details.review summary").click();
  await widget.text(widget.say("review_skipped")).waitFor();
});

// At the end.

test("who wants to know more goes on with the same answers, and has one result in the end", async (t) => {
  for (const keep of ["memory", "device"]) {
    const { widget } = await open(t, "en", { seed: SEED });
    await widget.start({ keep });
    assert.equal(await widget.answerAll(), 10);
    await widget.find(".outlook li").first().waitFor();
    const text = await widget.find(".outlook p").first().innerText();
    const [, minutes, word] = /\(about (\d+) (minutes?)\)/.exec(text) ?? assert.fail(text);
    assert.equal(word, minutes === "1" ? "minute" : "minutes");
    await widget.press("outlook_go");
    await widget.atQuestion(11);
    await widget.answerSome(2, 11);
    await widget.stop();
    await widget.text(widget.counted("results_lead", 12)).waitFor();
    await widget.toPassport();
    await widget.holds(1);
    const { assessments } = await showPassport((await widget.export()).path);
    assert.deepEqual(assessments.map(({ profile }) => profile.answered), [12]);
  }
});

test("a second assessment is compared with the first, and both stand on a line of time", async (t) => {
  for (const language of LANGUAGES) {
    const visit = await open(t, language);
    const { widget } = visit;
    await widget.start();
    for (let n = 1; await widget.answerDontKnow(n); ) n++;
    assert.equal(await widget.find("table.changes").count(), 0, "there is nothing to compare with");
    assert.equal(await widget.find(".timeline").count(), 0);
    await widget.toPassport();
    await widget.press("new_assessment");
    await widget.start();
    // The highest of the answers, where they are ordered.
    for (let n = 1; ; n++) {
      const graded = (await widget.kind()) === "graded";
      if (!(await widget.answer(n, graded ? (await widget.find("[id^=answer-]:is(input)").count()) - 1 : 0))) break;
    }
    const changes = widget.find("table.changes tbody tr");
    await changes.first().waitFor();
    assert.equal(await changes.count(), 6, "the whole and five areas");
    const overall = await changes.first().locator("td").last().innerText();
    assert.equal(overall, widget.say("change_risen"));
    assert.equal(await widget.find(".timeline .band").count(), 2);
    const rows = widget.find(".timeline-table tbody tr");
    assert.equal(await rows.count(), 2);
    await lookAt(visit, "results");
    await rows.last().getByRole("button").click();
    await widget.text(widget.counted("results_lead", 10)).waitFor();
    assert.equal(await widget.find("table.changes").count(), 0, "nothing came before the first");
  }
});

test("the picture of the results can be saved as PNG and as SVG that says what it shows", async (t) => {
  const { page, widget } = await open(t, "fr");
  await widget.start();
  await widget.answerAll();
  const saved = async (key) => {
    const download = page.waitForEvent("download");
    await widget.press(key);
    const file = await download;
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
  };
  const png = await saved("save_png");
  assert.match(png.name, /^skills-\d{4}-\d\d-\d\d\.png$/);
  assert.equal(png.content.subarray(1, 4).toString(), "PNG");
  assert.deepEqual([png.content.readUInt32BE(16), png.content.readUInt32BE(20)], [2400, 1680]);
  assert.ok(png.content.length > 20_000, `${png.content.length} bytes: more than white paper`);
  await writeFile(`${PICTURES}fr-way-picture.png`, png.content);
  const svg = await saved("save_svg");
  assert.match(svg.name, /\.svg$/);
  const text = svg.content.toString();
  assert.match(text, /^<svg [^>]*role="img" lang="fr"/);
  assert.match(text, /<desc id="picture-desc">[^<]*sur 8/);
});

test("printed results are black on white and fit on four pages of A4", async (t) => {
  const { page, widget } = await open(t, "fr");
  await widget.start();
  await widget.answerAll();
  const pdf = await page.pdf({ path: `${PICTURES}fr-way-print.pdf`, format: "A4" });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages <= 4, `${pages} pages`);
  await page.emulateMedia({ media: "print" });
  const coloured = await widget.host.evaluate((element) => {
    const isGrey = (colour) => {
      const [red, green, blue] = colour.match(/[\d.]+/g) ?? [0, 0, 0];
      return red === green && green === blue;
    };
    const shown = [...element.shadowRoot.querySelectorAll(".results *")].filter((part) => part.checkVisibility());
    const colours = (part) => {
      const { color, fill, stroke, backgroundColor } = getComputedStyle(part);
      return [color, fill, stroke, backgroundColor].filter((colour) => colour.startsWith("rgb"));
    };
    return shown.flatMap(colours).filter((colour) => !isGrey(colour));
  });
  assert.deepEqual([...new Set(coloured)], []);
});

// With a helper, on a computer that people share.

test("a helper is told how to help, the record says so, and a summary can be copied", async (t) => {
  for (const language of LANGUAGES) {
    const visit = await open(t, language, { permissions: ["clipboard-read", "clipboard-write"] });
    const { page, widget } = visit;
    await widget.choose("who-helper");
    await widget.start({ mode: "thorough" });
    await widget.text(widget.say("question_helper")).waitFor();
    await widget.answerSome(45);
    await widget.stop();
    await widget.press("summary_make");
    const summary = widget.find("#summary");
    await summary.waitFor();
    const text = await summary.inputValue();
    assert.ok(text.includes(widget.counted("summary_done", 45)), text);
    assert.ok(text.includes(widget.say("purpose")), text);
    assert.match(text, new RegExp(`${widget.say("summary_themes")}\n- .+ – .+8`));
    await writeFile(`${PICTURES}${language}-way-summary.txt`, text);
    await widget.press("summary_copy");
    await widget.text(widget.say("summary_copied")).waitFor();
    assert.equal((await page.evaluate(() => navigator.clipboard.readText())).replaceAll("\r", ""), text);
    await lookAt(visit, "summary");
    await widget.toPassport();
    const { path } = await widget.export();
    const { records } = JSON.parse(await readFile(path, "utf8"));
    assert.equal(records[0].assessment.setting.assisted, true);
  }
});

test("who helps nobody sees nothing of that", async (t) => {
  const { widget } = await open(t);
  await widget.start();
  assert.equal(await widget.text(widget.say("question_helper")).count(), 0);
  await widget.answerAll();
  assert.equal(await widget.button("summary_make").count(), 0);
});

test("one button erases everything, from every screen on the way, and asks first", async (t) => {
  for (const language of LANGUAGES) {
    const visit = await open(t, language);
    const { page, widget } = visit;
    assert.equal(await widget.button("leave").count(), 0, "nothing is there yet");
    const reach = [
      async () => {},
      async () => {
        await widget.press("question_pause");
        await widget.heading("pause_title").waitFor();
      },
      () => widget.stop(),
    ];
    for (const [number, arrive] of reach.entries()) {
      await widget.start();
      await widget.answerSome(2);
      await arrive();
      await widget.press("leave");
      // The question takes the focus with it, and "no" leaves everything as it was.
      assert.match((await focused(page)).text, new RegExp(widget.say("leave_yes")));
      if (number === 2) await lookAt(visit, "leave");
      await widget.press("leave_no");
      await widget.press("leave");
      await widget.press("leave_yes");
      await widget.heading("welcome_title").waitFor();
      await widget.hears("notice_erased");
      assert.equal(await widget.button("leave").count(), 0);
      assert.deepEqual(await traces(page), NO_TRACE);
    }
  }
});

test("where answers are kept on the device, the page does not ask to erase them", async (t) => {
  const { widget } = await open(t);
  await widget.start({ keep: "device" });
  await widget.answerSome(2);
  assert.equal(await widget.button("leave").count(), 0);
});

/** A page whose time goes by as the test says. */
async function withClock(t, keep, language = "en") {
  const visitor = await Visitor.arrive(t, browser, { language });
  await visitor.context.clock.install();
  const visit = await visitor.open();
  await visit.widget.start({ keep });
  await visit.widget.answerSome(2);
  return visit;
}

test("after ten minutes without a sign of life a warning hides the page, and who is still there goes on", async (t) => {
  const { page, widget } = await withClock(t, "memory");
  await widget.give();
  const question = await widget.questionText();
  await page.clock.fastForward(9 * MINUTE);
  assert.equal(await widget.heading("idle_title").count(), 0);
  await page.clock.fastForward(1.1 * MINUTE);
  await widget.heading("idle_title").waitFor();
  assert.equal(await widget.find("section.question").count(), 0);
  assert.equal((await focused(page)).text, widget.say("idle_title"));
  await page.clock.fastForward(30_000);
  assert.match(await widget.find(".countdown").innerText(), /^1:\d\d$/);
  await new Keyboard(page).tabToButton(widget.say("idle_here"));
  await page.keyboard.press("Enter");
  await widget.atQuestion(3);
  assert.equal(await widget.questionText(), question);
  await widget.press("question_next");
  await widget.atQuestion(4);
});

test("two minutes after the warning everything is erased, and the page says so", async (t) => {
  for (const language of LANGUAGES) {
    const visit = await withClock(t, "memory", language);
    const { page, widget } = visit;
    await widget.stop();
    await page.clock.fastForward(10.1 * MINUTE);
    await widget.heading("idle_title").waitFor();
    await lookAt(visit, "idle");
    await page.clock.fastForward(2.1 * MINUTE);
    await widget.heading("welcome_title").waitFor();
    await widget.hears("notice_erased");
    await widget.toPassport();
    await widget.holds(0);
  }
});

test("who needs more time gets an hour", async (t) => {
  const { page, widget } = await withClock(t, "memory");
  await page.clock.fastForward(10.1 * MINUTE);
  await widget.press("idle_longer");
  await widget.atQuestion(3);
  await page.clock.fastForward(58 * MINUTE);
  assert.equal(await widget.heading("idle_title").count(), 0);
  await page.clock.fastForward(3 * MINUTE);
  await widget.heading("idle_title").waitFor();
});

test("what is kept on the device is not erased by waiting", async (t) => {
  const { page, widget } = await withClock(t, "device");
  await page.clock.fastForward(120 * MINUTE);
  await widget.atQuestion(3);
  assert.equal(await widget.heading("idle_title").count(), 0);
});
