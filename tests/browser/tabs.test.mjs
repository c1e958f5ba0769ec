// Several tabs with one passport: what happens in one shows in the other, and nothing is overwritten.

import assert from "node:assert/strict";
import { test } from "node:test";
import { documents, journals, recordsKept } from "./support/device.mjs";
import { launch, Visitor } from "./support/site.mjs";
import { showPassport } from "./support/tool.mjs";

const browser = await launch();

const arrive = (t, options) => Visitor.arrive(t, browser, options);

/** A browser without the ways in which tabs talk to each other. */
async function withoutTalk(visitor) {
  await visitor.context.addInitScript(() => {
    delete window.BroadcastChannel;
    Object.defineProperty(navigator, "locks", { value: undefined });
  });
}

test("results of one tab appear in the other", async (t) => {
  const visitor = await arrive(t);
  const one = await visitor.open();
  await one.widget.makePassport({ keep: "device" });
  const two = await visitor.open();
  await two.widget.toPassport();
  await two.widget.holds(1);

  await (await one.inFront()).press("new_assessment");
  await one.widget.start({ keep: "device" });
  await one.widget.answerSome(2);
  await one.widget.stop();
  await recordsKept(one.page, 2);
  await (await two.inFront()).hears("notice_other_tab");
  await two.widget.holds(2);
});

test("what was erased in one tab is said in the other, which keeps what it shows on the page only", async (t) => {
  const visitor = await arrive(t, { language: "fr" });
  const one = await visitor.open();
  await one.widget.makePassport({ keep: "device" });
  const two = await visitor.open();
  await two.widget.toPassport();
  await two.widget.holds(1);

  await (await one.inFront()).press("passport_erase");
  await one.widget.press("passport_erase_yes");
  await one.widget.hears("notice_erased");
  await (await two.inFront()).hears("notice_erased_elsewhere");
  await two.widget.holds(1);
  const { assessments } = await showPassport((await two.widget.export()).path);
  assert.equal(assessments.length, 1);
  const databases = await two.page.evaluate(async () => (await indexedDB.databases()).length);
  assert.equal(databases, 0, "nothing is written again");
});

test("answers that one tab goes on with are not offered in another until that tab is no more", async (t) => {
  const visitor = await arrive(t);
  const one = await visitor.open();
  await one.widget.start({ keep: "device" });
  await one.widget.answerSome(2);
  const two = await visitor.open();
  const offer = two.widget.text(two.widget.counted("waiting_text", 2));
  await two.page.waitForTimeout(500);
  assert.equal(await offer.count(), 0);

  // Nothing is done in the second tab.
  await one.page.close();
  await offer.waitFor();
  await two.reload();
  await offer.waitFor();
});

test("two tabs that offer the same answers: the second to go on is told where they are", async (t) => {
  const visitor = await arrive(t);
  const first = await visitor.open();
  await first.widget.start({ keep: "device" });
  await first.widget.answerSome(2);
  await first.page.close();
  const one = await visitor.open();
  await one.widget.text(one.widget.counted("waiting_text", 2)).waitFor();
  const two = await visitor.open();
  // The news does not reach this one.
  await two.page.evaluate(() => (BroadcastChannel.prototype.dispatchEvent = () => {}));
  await two.widget.text(two.widget.counted("waiting_text", 2)).waitFor();
  await (await one.inFront()).press("go_on");
  await one.widget.atQuestion(3);
  await one.widget.answer(3);
  const offered = two.widget.button("go_on");
  await two.inFront();
  if (await offered.count()) {
    await offered.click();
    await two.widget.hears("error_other_tab");
  }
  assert.deepEqual((await journals(one.page)).map(([, { answers }]) => answers.length), [3]);
});

for (const talk of [true, false]) {
  const how = talk ? "" : ", even where the browser has neither locks nor channels";
  test(`two tabs that answer at once both keep every answer${how}`, async (t) => {
    const visitor = await arrive(t);
    if (!talk) await withoutTalk(visitor);
    const one = await visitor.open();
    const two = await visitor.open();
    await (await one.inFront()).start({ keep: "device" });
    await (await two.inFront()).start({ keep: "device" });
    // In front or behind: pages answer by their own scripts, at the same time.
    const answering = [one, two].map(({ widget }, n) => answerQuickly(widget, 6 + n));
    await Promise.all(answering);
    assert.deepEqual((await journals(one.page)).map(([, { answers }]) => answers.length), [7, 6]);
  });
}

test("two tabs that go on with the same answers without knowing of each other lose none of them", async (t) => {
  const visitor = await arrive(t);
  await withoutTalk(visitor);
  const first = await visitor.open();
  await first.widget.start({ keep: "device" });
  await first.widget.answerSome(2);
  await first.page.close();
  const [one, two] = [await visitor.open(), await visitor.open()];
  await (await one.inFront()).press("go_on");
  await (await two.inFront()).press("go_on");
  await two.widget.answerSome(3, 3);
  await (await one.inFront()).answerSome(1, 3);
  assert.deepEqual((await journals(one.page)).map(([, { answers }]) => answers.length), [5, 3]);
  await one.widget.stop();
  await (await two.inFront()).stop();
  await recordsKept(two.page, 2);
  const { passport } = await documents(two.page);
  const answered = JSON.parse(passport).records.map(({ profile }) => profile.answered);
  assert.deepEqual(answered.sort(), [3, 5]);
});

/** Answers questions from inside the page, as fast as it goes; without timers, which browsers slow down in tabs behind. */
async function answerQuickly(widget, count) {
  await widget.page.evaluate(
    async ([count, next]) => {
      const root = document.querySelector("skills-passport").shadowRoot;
      const heading = () => root.querySelector("h2").textContent;
      const until = (done) =>
        new Promise((resolve) => {
          const watch = new MutationObserver(() => look());
          const look = () => {
            if (!done()) return;
            watch.disconnect();
            resolve();
          };
          watch.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
          look();
        });
      for (let answered = 0; answered < count; answered++) {
        await until(() => root.querySelector(".dont-know label"));
        const shown = heading();
        root.querySelector(".dont-know label").click();
        await until(() => root.querySelector(".dont-know input").checked);
        [...root.querySelectorAll("button")].find((button) => button.textContent === next).click();
        await until(() => heading() !== shown);
      }
    },
    [count, widget.say("question_next")],
  );
}
