// Where answers are kept: on the device if the person says so, and nowhere otherwise.

import assert from "node:assert/strict";
import { test } from "node:test";
import { documents, journals, NO_TRACE, plant, recordsKept, traces } from "./support/device.mjs";
import { launch, Visitor } from "./support/site.mjs";
import { showPassport } from "./support/tool.mjs";

const browser = await launch();

async function arrive(t, language = "en") {
  return Visitor.arrive(t, browser, { language });
}

/** Two widgets side by side. */
const TWO = `<skills-passport lang="en"></skills-passport><skills-passport lang="fr"></skills-passport>`;

test("who keeps answers on the device goes on at the same question after a reload, and keeps results", async (t) => {
  const visit = await (await arrive(t)).open();
  const { page, widget } = visit;
  await widget.start({ mode: "standard", keep: "device" });
  await widget.answerSome(4);
  const question = await widget.questionText();

  await visit.reload();
  await widget.text(widget.counted("waiting_text", 4)).waitFor();
  await widget.press("go_on");
  await widget.atQuestion(5);
  assert.equal(await widget.questionText(), question);

  const answers = await widget.answerAll(5);
  await recordsKept(page, 1);
  await visit.reload();
  assert.equal(await widget.text(widget.say("waiting_title")).count(), 0);
  await widget.toPassport();
  await widget.holds(1);
  const { assessments } = await showPassport((await widget.export()).path);
  assert.equal(assessments[0].profile.answered, answers);
  assert.deepEqual(await journals(page), []);
});

test("an answer taken back is taken back on the device too", async (t) => {
  const visit = await (await arrive(t)).open();
  const { widget } = visit;
  await widget.start({ keep: "device" });
  await widget.answerSome(3);
  await widget.press("question_back");
  await widget.atQuestion(3);
  await visit.reload();
  await widget.text(widget.counted("waiting_text", 2)).waitFor();
});

test("who keeps answers on the page only leaves no trace", async (t) => {
  const visit = await (await arrive(t)).open();
  const { page, widget } = visit;
  assert.deepEqual(await traces(page), NO_TRACE);
  await widget.start({ keep: "memory" });
  await widget.answerSome(2);
  assert.deepEqual(await traces(page), NO_TRACE);
  await widget.stop();
  await widget.toPassport();
  await widget.exported();
  assert.deepEqual(await traces(page), NO_TRACE);
  await visit.reload();
  await widget.toPassport();
  await widget.text(widget.say("passport_empty")).waitFor();
});

test("who thinks better of it during a pause keeps the answers given before", async (t) => {
  const visit = await (await arrive(t)).open();
  const { widget } = visit;
  await widget.start({ keep: "memory" });
  await widget.answerSome(2);
  await widget.press("question_pause");
  await widget.press("passport_keep");
  await widget.text(widget.say("pause_kept")).waitFor();
  await visit.reload();
  await widget.text(widget.counted("waiting_text", 2)).waitFor();
});

test("who keeps the passport only later finds it again", async (t) => {
  const visit = await (await arrive(t)).open();
  const { widget } = visit;
  await widget.makePassport();
  await widget.press("passport_keep");
  await widget.hears("notice_kept");
  await visit.reload();
  await widget.toPassport();
  await widget.holds(1);
});

test("erasing asks first, and then leaves nothing", async (t) => {
  const visit = await (await arrive(t)).open();
  const { page, widget } = visit;
  await widget.makePassport({ keep: "device" });
  await widget.press("passport_erase");
  await widget.alert.getByText(widget.say("passport_erase_ask")).waitFor();
  await widget.press("passport_erase_no");
  await widget.holds(1);
  assert.deepEqual((await traces(page)).databases, ["skills-passport"]);

  await widget.press("passport_erase");
  await widget.press("passport_erase_yes");
  await widget.hears("notice_erased");
  assert.deepEqual(await traces(page), NO_TRACE);
  await visit.reload();
  await widget.toPassport();
  await widget.text(widget.say("passport_empty")).waitFor();
});

test("erasing works while another tab has the passport open", async (t) => {
  const visitor = await arrive(t);
  const one = await visitor.open();
  await one.widget.makePassport({ keep: "device" });
  const other = await visitor.open();
  await other.widget.toPassport();
  await other.widget.holds(1);

  await (await one.inFront()).press("passport_erase");
  await one.widget.press("passport_erase_yes");
  await one.widget.hears("notice_erased");
  assert.deepEqual(await traces(one.page), NO_TRACE);
});

test("a device that opens no storage is said plainly, and the answers can still be saved", async (t) => {
  const visitor = await arrive(t, "fr");
  await visitor.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("blocked", "SecurityError");
    };
  });
  const { widget } = await visitor.open();
  assert.equal(await widget.notice.innerText(), "");
  await widget.start({ keep: "device" });
  await widget.hears("error_store");
  await widget.answerSome(3);
  await widget.stop();
  await widget.toPassport();
  const { assessments } = await showPassport((await widget.export()).path);
  assert.equal(assessments[0].profile.answered, 3);
});

test("a device without any storage says so only to who wants it", async (t) => {
  const visitor = await arrive(t);
  await visitor.context.addInitScript(() => {
    IDBFactory.prototype.databases = () => Promise.reject(new DOMException("no", "InvalidStateError"));
    IDBFactory.prototype.open = () => {
      throw new DOMException("no", "InvalidStateError");
    };
  });
  const { widget } = await visitor.open();
  await widget.makePassport({ answers: 2 });
  assert.equal(await widget.notice.innerText(), "");
  await widget.press("passport_keep");
  await widget.hears("error_store");
  const { assessments } = await showPassport((await widget.export()).path);
  assert.equal(assessments[0].profile.answered, 2);
});

test("a device that is full says so, and no answer is lost", async (t) => {
  const visit = await (await arrive(t)).open();
  const { page, widget } = visit;
  await widget.start({ keep: "device" });
  await widget.answerSome(2);
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await widget.answer(3);
  await widget.hears("error_store_full");
  await widget.answer(4);
  await widget.stop();
  await widget.text(widget.counted("results_lead", 4)).waitFor();
  await widget.toPassport();
  const { assessments } = await showPassport((await widget.export()).path);
  assert.equal(assessments[0].profile.answered, 4);

  // What the device had before is still there.
  const kept = await journals(page);
  assert.deepEqual(kept.map(([, assessment]) => assessment.answers.length), [2]);
});

test("two widgets on a page do not overwrite each other’s answers", async (t) => {
  const visit = await (await arrive(t)).open({ body: TWO });
  const [one, two] = [visit.widgetAt(0, "en"), visit.widgetAt(1, "fr")];
  await one.start({ keep: "device" });
  await two.start({ keep: "device" });
  await one.answerSome(2);
  await two.answerSome(3);
  await one.answerSome(2, 3);
  const kept = await journals(visit.page);
  assert.deepEqual(kept.map(([, assessment]) => assessment.answers.length), [4, 3]);

  await one.stop();
  await two.stop();
  await recordsKept(visit.page, 2);
  await visit.reload();
  await one.toPassport();
  const { assessments } = await showPassport((await one.export()).path);
  assert.deepEqual(assessments.map(({ profile }) => profile.answered).sort(), [3, 4]);
});

test("two tabs do not overwrite each other’s answers", async (t) => {
  const visitor = await arrive(t);
  const one = await visitor.open();
  const two = await visitor.open();
  await (await one.inFront()).start({ keep: "device" });
  await one.widget.answerSome(1);
  await (await two.inFront()).start({ keep: "device" });
  await two.widget.answerSome(3);
  await (await one.inFront()).answerSome(1, 2);
  const kept = await journals(one.page);
  assert.deepEqual(kept.map(([, assessment]) => assessment.answers.length), [3, 2]);

  await one.widget.stop();
  await (await two.inFront()).stop();
  await recordsKept(two.page, 2);
  await two.reload();
  await two.widget.toPassport();
  const { assessments } = await showPassport((await two.widget.export()).path);
  assert.deepEqual(assessments.map(({ profile }) => profile.answered).sort(), [2, 3]);
});

test("answers to questions that have changed are left alone, and that is said", async (t) => {
  for (const language of ["en", "fr"]) {
    const visit = await (await arrive(t, language)).open();
    const { page, widget } = visit;
    await widget.start({ keep: "device" });
    await widget.answerSome(2);
    const [[key, assessment]] = await journals(page);
    assessment.bank.sha256 = "0".repeat(64);
    const text = JSON.stringify(assessment);
    await plant(page, key, text);

    await visit.reload();
    await widget.hears("error_waiting");
    assert.equal(await widget.button("go_on").count(), 0);
    assert.equal((await documents(page))[key], text);

    // Those of today are kept beside them.
    await widget.start({ keep: "device" });
    await widget.answerSome(1);
    assert.equal((await journals(page)).filter(([other]) => other !== key).length, 1);
  }
});

test("a kept passport that cannot be read is left as it is, and that is said", async (t) => {
  const visit = await (await arrive(t)).open();
  const { page, widget } = visit;
  await widget.makePassport({ keep: "device" });
  await recordsKept(page, 1);
  const damaged = `{"format": "1.0.0", "id": `;
  await plant(page, "passport", damaged);

  await visit.reload();
  await widget.hears("error_kept_passport");
  await widget.makePassport({ answers: 2, keep: "device" });
  await widget.records.waitFor();
  assert.equal((await documents(page)).passport, damaged);
  const { assessments } = await showPassport((await widget.export()).path);
  assert.deepEqual(assessments.map(({ profile }) => profile.answered), [2]);
});

test("a journal that is no JSON is left as it is, and does not hide one that is", async (t) => {
  const visit = await (await arrive(t)).open();
  const { page, widget } = visit;
  await widget.start({ keep: "device" });
  await widget.answerSome(2);
  await plant(page, "journal/00000000-0000-4000-8000-000000000000", "{");
  await visit.reload();
  await widget.text(widget.counted("waiting_text", 2)).waitFor();
  assert.equal((await documents(page))["journal/00000000-0000-4000-8000-000000000000"], "{");
});

test("answers kept in one language can be gone on with in another", async (t) => {
  const visit = await (await arrive(t, "fr")).open();
  const { page, widget } = visit;
  await widget.start({ keep: "device" });
  await widget.answerSome(2);
  await visit.reload();
  await page.evaluate(() => document.querySelector("skills-passport").setAttribute("lang", "en"));
  const english = visit.widgetAt(0, "en");
  await english.press("go_on");
  await english.atQuestion(3);
});
