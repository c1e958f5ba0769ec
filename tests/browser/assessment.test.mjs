// The main job: a person answers questions and leaves with a passport, with a mouse or with a keyboard.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Keyboard, answerByKeyboard } from "./support/keyboard.mjs";
import { launch, Visitor } from "./support/site.mjs";
import { showPassport } from "./support/tool.mjs";
import { focused } from "./support/widget.mjs";

const browser = await launch();

async function open(t, language = "en", options = {}) {
  const visitor = await Visitor.arrive(t, browser, { language, ...options });
  return visitor.open();
}

async function assertHolds(file, { answers, mode }) {
  const { assessments } = await showPassport(file.path);
  assert.equal(assessments.length, 1);
  assert.equal(assessments[0].mode, mode);
  assert.equal(assessments[0].framework.id, "digcomp");
  assert.equal(assessments[0].profile.answered, answers);
  assert.equal(assessments[0].profile.competences.length, 21);
}

test("a whole standard assessment by clicks, in French, ends in a file that the command-line tool reads", async (t) => {
  const { widget } = await open(t, "fr");
  await widget.start({ mode: "standard" });
  const answers = await widget.answerAll();
  assert.ok(answers >= 10 && answers <= 30, `${answers} answers`);
  await widget.text(widget.counted("results_lead", answers)).waitFor();
  await widget.toPassport();
  const file = await widget.export();
  assert.match(file.name, /^skills-\d{4}-\d\d-\d\d\.passport\.json$/);
  await widget.hears("notice_exported");
  await assertHolds(file, { answers, mode: "standard" });
});

test("a whole standard assessment by keyboard alone, in English, ends in the same", async (t) => {
  const { page, widget } = await open(t);
  const keyboard = new Keyboard(page);

  await keyboard.tabToRadio("who-me");
  await keyboard.press("ArrowDown");
  assert.equal((await focused(page)).id, "who-helper");
  await keyboard.tabToRadio("keep-memory");
  await keyboard.tabToRadio("mode-quick");
  await keyboard.press("ArrowDown");
  assert.equal((await focused(page)).id, "mode-standard");
  await keyboard.tabToButton(widget.say("start"));
  await keyboard.press("Enter");
  await widget.atQuestion(1);

  let answers = 0;
  const question = widget.find("section.question");
  while (await question.isVisible()) {
    answers++;
    await answerByKeyboard(keyboard, widget, answers);
    await widget
      .heading("question_title", { n: String(answers + 1) })
      .or(widget.heading("results_title"))
      .waitFor();
  }

  await keyboard.tabToButton(widget.say("to_passport"));
  await keyboard.press("Enter");
  await widget.heading("passport_title").waitFor();
  await keyboard.tabToButton(widget.say("passport_export"));
  const file = await widget.export(() => keyboard.press("Enter"));
  await assertHolds(file, { answers, mode: "standard" });
});

test("the focus stays where the page has it when the widget loads", async (t) => {
  const { page } = await open(t);
  assert.equal((await focused(page)).tag, "body");
});

test("the focus goes to the heading of each new screen", async (t) => {
  const { widget } = await open(t);
  // Waited for: a slow browser draws a screen a moment before the focus comes to it.
  const assertAt = (key, values) => widget.heading(key, values).and(widget.find(":focus")).waitFor();
  await widget.start();
  await assertAt("question_title", { n: "1" });
  await widget.answer(1);
  await assertAt("question_title", { n: "2" });
  await widget.press("question_back");
  await assertAt("question_title", { n: "1" });
  await widget.press("question_pause");
  await assertAt("pause_title");
  await widget.press("go_on");
  await assertAt("question_title", { n: "1" });
  await widget.answer(1);
  await widget.stop();
  await assertAt("results_title");
  await widget.toPassport();
  await assertAt("passport_title");
});

test("who chooses nothing is told so, and the question stays", async (t) => {
  const { widget } = await open(t);
  await widget.start();
  const question = await widget.questionText();
  assert.equal(await widget.alert.innerText(), "");
  await widget.press("question_next");
  await widget.alert.getByText(widget.say("question_choose_first")).waitFor();
  // Not only said once: it belongs to the group of answers for whoever comes back to it.
  await widget.host
    .getByRole("group", { description: widget.say("question_choose_first") })
    .first()
    .waitFor();
  assert.equal(await widget.questionText(), question);
  await widget.choose("answer-1");
  assert.equal(await widget.alert.innerText(), "");
  await widget.press("question_next");
  await widget.atQuestion(2);
});

test("an impatient double click answers one question", async (t) => {
  for (const keep of ["memory", "device"]) {
    const { widget } = await open(t);
    await widget.start({ keep });
    await widget.choose("answer-1");
    await widget.button("question_next").dblclick();
    await widget.atQuestion(2);
    await widget.answer(2);
    await widget.stop();
    await widget.text(widget.counted("results_lead", 2)).waitFor();
  }
});

test("going back shows the previous question with its answer, which can be changed", async (t) => {
  const { widget } = await open(t);
  await widget.start();
  assert.equal(await widget.button("question_back").count(), 0);
  const first = await widget.questionText();
  await widget.answer(1, 2);
  await widget.answer(2, 1);
  await widget.press("question_back");
  await widget.atQuestion(2);
  assert.ok(await widget.isChecked(1));
  await widget.press("question_back");
  await widget.atQuestion(1);
  assert.equal(await widget.questionText(), first);
  assert.ok(await widget.isChecked(2));
  await widget.answer(1, 0);
  await widget.press("question_back");
  await widget.atQuestion(1);
  assert.ok(await widget.isChecked(0));
});

test("“I don’t know” is an answer, and the review says so", async (t) => {
  const { widget } = await open(t, "fr");
  await widget.start();
  await widget.answerDontKnow(1);
  await widget.stop();
  await widget.text(widget.counted("results_lead", 1)).waitFor();
  const review = widget.find("details.review");
  await review.locator("summary").click();
  await review.getByText(widget.say("question_dont_know"), { exact: true }).waitFor();
});

test("after a pause the same question is asked", async (t) => {
  const { widget } = await open(t);
  await widget.start();
  await widget.answerSome(2);
  const question = await widget.questionText();
  await widget.press("question_pause");
  await widget.text(widget.say("pause_memory")).waitFor();
  await widget.press("go_on");
  await widget.atQuestion(3);
  assert.equal(await widget.questionText(), question);
});

test("who stops early gets the results of the answers given", async (t) => {
  const { widget } = await open(t);
  await widget.start();
  await widget.answerSome(3);
  await widget.stop();
  await widget.text(widget.counted("results_lead", 3)).waitFor();
  await widget.toPassport();
  await assertHolds(await widget.export(), { answers: 3, mode: "quick" });
});

test("stopping from a pause leads to the results too", async (t) => {
  const { widget } = await open(t);
  await widget.start();
  await widget.answerSome(2);
  await widget.press("question_pause");
  await widget.stop();
  await widget.text(widget.counted("results_lead", 2)).waitFor();
});

test("a level that is sure is said once", async (t) => {
  // The questions of one seed, so that the range is always the same.
  const { widget } = await open(t, "en", { seed: 1 });
  await widget.start();
  for (let n = 1; await widget.answerDontKnow(n); n++);
  const level = `${widget.say("level_single", { level: "1" })}, Basic`;
  await widget.text(widget.say("results_overall", { level })).waitFor();
});
