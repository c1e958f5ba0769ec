// The tab dies at any moment: no answer that the page has acknowledged by showing the next question is ever missing.
//
// Twenty deaths in the ordinary check; `KILLS=200` for as many as wanted, `SEED=…` for others than the usual ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import { documents } from "./support/device.mjs";
import { launch, Visitor } from "./support/site.mjs";

const KILLS = Number(process.env.KILLS ?? 20);
const SEED = Number(process.env.SEED ?? 20261124);
/** Longest time from the first question to the end of a tab, milliseconds: several answers. */
const LONGEST_LIFE = 500;

/** A tab that is not gone after so many milliseconds does not die. */
const LONGEST_DEATH = 15_000;

const browser = await launch();

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/** A small random generator (mulberry32), so that a run can be repeated. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Begins or goes on, and answers as fast as the page lets it; what the page acknowledges is called out at once. */
function answerOn([start, next, goOn, results]) {
  const root = document.querySelector("skills-passport").shadowRoot;
  const button = (text) => [...root.querySelectorAll("button")].find((button) => button.textContent === text);
  const heading = () => root.querySelector("h2")?.textContent ?? "";
  const until = (done) =>
    new Promise((resolve) => {
      const look = () => (done() ? resolve() : setTimeout(look, 1));
      look();
    });
  const called = (number) => globalThis.acknowledged(Number(/\d+/.exec(number)?.[0] ?? 0) - 1);
  (async () => {
    const before = heading();
    if (button(goOn)) button(goOn).click();
    else {
      root.querySelector("#mode-thorough").click();
      root.querySelector("#keep-device").click();
      await until(() => root.querySelector("#keep-device").checked);
      button(start).click();
    }
    await until(() => heading() !== before && root.querySelector("section.question, table"));
    for (;;) {
      // Words of a question may still be on their way.
      await until(() => heading() === results || root.querySelector(".dont-know label"));
      // Nothing was left to ask: nothing new is acknowledged.
      if (heading() === results) return globalThis.acknowledged(0);
      called(heading());
      const shown = heading();
      root.querySelector(".dont-know label").click();
      await until(() => root.querySelector(".dont-know input").checked);
      button(next).click();
      await until(() => heading() !== shown);
    }
  })();
}

/** What the device has: the number of answers of every sitting, by its id, finished or under way. */
async function kept(page) {
  const all = await documents(page).catch(() => ({}));
  const journals = Object.entries(all).filter(([key]) => key.startsWith("journal/"));
  const finished = (all.passport ? JSON.parse(all.passport).records : []).map(({ assessment }) => assessment);
  const answers = (assessments) =>
    new Map(assessments.map((assessment) => [assessment.setting.id, assessment.answers.length]));
  return { underWay: answers(journals.map(([, text]) => JSON.parse(text))), finished: answers(finished) };
}

test(`of ${KILLS} tabs that died while somebody answered, none has lost an acknowledged answer`, async (t) => {
  const next = random(SEED);
  const visitor = await Visitor.arrive(t, browser, { expected: /./ });
  const { context } = visitor;
  const reader = await context.newPage();
  await reader.goto(`${process.env.BASE_URL}/index.html`);

  // Of the sitting under way, and of all.
  let acknowledged = 0;
  let total = 0;
  let shows = () => {};
  await context.exposeFunction("acknowledged", (count) => {
    shows();
    total += Math.max(0, count - acknowledged);
    acknowledged = Math.max(acknowledged, count);
  });

  const finished = new Set();
  let waiting = false;
  for (let death = 1; death <= KILLS; death++) {
    const { page, widget } = await visitor.open();
    const words = ["start", "question_next", "go_on", "results_title"].map((key) => widget.say(key));
    if (waiting) await widget.text(widget.say("waiting_title")).waitFor();
    const crashed = new Promise((resolve) => page.once("crash", resolve));
    const devtools = await context.newCDPSession(page);
    const begun = new Promise((resolve) => (shows = resolve));
    await page.evaluate(answerOn, words);
    // Some die while they begin, most while somebody answers.
    if (next() < 0.8) await begun;
    await later(next() * LONGEST_LIFE);
    devtools.send("Page.crash").catch(() => {});
    const died = await Promise.race([crashed.then(() => true), later(LONGEST_DEATH)]);
    assert.ok(died, `death ${death} of seed ${SEED}: the tab lives on`);
    await page.close();

    const found = await kept(reader);
    const fresh = [...found.finished].filter(([id]) => !finished.has(id));
    // A tab may die after the results were written and before the journal was forgotten.
    const open = [...found.underWay].filter(([id]) => !found.finished.has(id));
    const answers = Math.max(0, ...[...fresh, ...open].map(([, count]) => count));
    const where = `death ${death} of seed ${SEED}`;
    assert.ok(fresh.length + open.length <= 1, `${where}: one sitting became several`);
    assert.ok(answers >= acknowledged, `${where}: ${acknowledged} answers acknowledged, ${answers} kept`);
    waiting = open.length > 0;
    for (const [id] of fresh) finished.add(id);
    if (fresh.length > 0) acknowledged = 0;
  }
  t.diagnostic(`${KILLS} deaths, ${total} acknowledged answers, ${finished.size} sittings finished`);
  assert.ok(total >= KILLS / 2, "the tabs died before anybody could answer");
});
