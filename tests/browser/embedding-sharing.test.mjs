// What a page gets of the results: nothing, unless the person gives it, and then exactly what they saw.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { heard, listen, onElement, waitToHear } from "./support/page.mjs";
import { BASE_URL, launch, Visitor } from "./support/site.mjs";
import { focused } from "./support/widget.mjs";
import { showPassport } from "./support/tool.mjs";

const browser = await launch();

/** A visitor with results, on a page that has just asked for them. */
async function asked(t, { language = "en", answers = 4 } = {}) {
  const visitor = await Visitor.arrive(t, browser, { language });
  await listen(visitor);
  const visit = await visitor.open();
  const { widget } = visit;
  await widget.start();
  await widget.answerSome(answers);
  await widget.stop();
  await ask(visit);
  return visit;
}

/** The page asks; what becomes of it is in `window.given`. */
async function ask(visit) {
  await onElement(visit, (element) => {
    window.given = "undecided";
    element.share().then((passport) => (window.given = passport ?? "nothing"));
  });
  await visit.widget.find("dialog[open]").waitFor();
}

const given = (visit) => visit.page.evaluate(() => window.given);
const decided = (visit) => visit.page.waitForFunction(() => window.given !== "undecided");
const site = { site: BASE_URL };

test("a page that asks gets what the person has chosen and seen, to the letter, and hears it as an event", async (t) => {
  const visit = await asked(t);
  const { widget } = visit;
  const dialog = widget.find("dialog");
  assert.equal(await dialog.locator("h2").innerText(), widget.say("share_title", site));
  assert.equal(await dialog.locator("input:checked").count(), 0, "nothing is chosen beforehand");
  await widget.choose("share-1");
  await widget.choose("share-4");
  await dialog.locator("summary").click();
  const shown = JSON.parse(await dialog.locator("pre").innerText());
  assert.equal(await given(visit), "undecided");
  await dialog.getByRole("button", { name: widget.say("share_give", site) }).click();
  await decided(visit);

  const passport = await given(visit);
  assert.deepEqual(passport, shown);
  const shares = (await heard(visit)).filter(([name]) => name === "share");
  assert.deepEqual(shares, [["share", { passport }]]);
  const [record] = passport.records;
  assert.equal(passport.records.length, 1);
  assert.equal(record.type, "result");
  assert.deepEqual(record.areas.map(({ area }) => area), ["1", "4"]);
  assert.ok(record.competences.every(({ competence }) => /^[14]\./.test(competence)));
  const bytes = JSON.stringify(passport);
  assert.equal(record.answers, undefined);
  for (const absent of ["seed", "overall", "assessment", "response"]) assert.ok(!bytes.includes(`"${absent}"`), absent);
  await widget.hears("notice_shared");

  // It is a passport that any of our programs reads.
  const folder = await mkdtemp(join(tmpdir(), "shared-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, "shared.passport.json");
  await writeFile(file, bytes);
  await showPassport(file);
});

for (const [how, refuse] of [
  ["by the button", (visit) => visit.widget.press("share_refuse")],
  ["by Escape", (visit) => visit.page.keyboard.press("Escape")],
  ["by leaving with the element", (visit) => onElement(visit, (element) => element.remove())],
]) {
  test(`who refuses ${how} gives nothing, and the page hears of nothing`, async (t) => {
    const visit = await asked(t);
    await visit.widget.choose("share-all");
    await refuse(visit);
    await decided(visit);
    assert.equal(await given(visit), "nothing");
    assert.deepEqual((await heard(visit)).filter(([name]) => name === "share"), []);
    assert.equal(await visit.widget.find("dialog").count(), 0);
  });
}

test("giving nothing by the wrong button is pointed out", async (t) => {
  const visit = await asked(t);
  const { widget } = visit;
  await widget.find("dialog").getByRole("button", { name: widget.say("share_give", site) }).click();
  await widget.text(widget.say("share_missing")).waitFor();
  assert.equal(await given(visit), "undecided");
});

test("the dialog keeps the keyboard, and gives the focus back", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { language: "fr" });
  const body = `<button id="ask">Ask</button><skills-passport lang="fr"></skills-passport><a href="#">After</a>`;
  const visit = await visitor.open({ body });
  const { page, widget } = visit;
  await widget.start();
  await widget.answerSome(2);
  await widget.stop();
  await page.evaluate(() => {
    const element = document.querySelector("skills-passport");
    document.querySelector("#ask").addEventListener("click", () => element.share());
  });
  await page.focus("#ask");
  await page.keyboard.press("Enter");
  await widget.find("dialog[open]").waitFor();
  await page.waitForFunction(() => document.activeElement.localName === "skills-passport");
  const inside = await widget.find("dialog").locator("input, button, summary").count();
  for (let n = 0; n < inside + 2; n++) {
    await page.keyboard.press("Tab");
    const { tag, text } = await focused(page);
    assert.ok(!["Ask", "After"].includes(text), `${tag} ${text} of the page behind has the focus`);
  }
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.id === "ask");
});

test("where there are no results, nothing is asked and nothing is given", async (t) => {
  const visit = await (await Visitor.arrive(t, browser)).open();
  assert.equal(await onElement(visit, (element) => element.share()), undefined);
  assert.equal(await visit.widget.find("dialog").count(), 0);
});

test("a page that asks when it hears that the questions are finished gets its answer", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  await listen(visitor);
  const visit = await visitor.open();
  const { widget } = visit;
  await onElement(visit, (element) => {
    element.addEventListener("complete", async () => (window.given = await element.share()));
  });
  await widget.start();
  await widget.answerSome(2);
  await widget.press("question_stop");
  await widget.find("dialog[open]").waitFor();
  await widget.choose("share-all");
  await widget.find("dialog").getByRole("button", { name: widget.say("share_give", site) }).click();
  await waitToHear(visit, "share");
  assert.deepEqual((await heard(visit)).find(([name]) => name === "complete"), ["complete", {}]);
});
