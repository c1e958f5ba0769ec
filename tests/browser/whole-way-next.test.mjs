// The whole way of one person with a keyboard and a small screen: from the first screen by way of questions, results and
// next steps to a passport in a file.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { overflowing } from "./support/accessibility.mjs";
import { Keyboard, answerByKeyboard } from "./support/keyboard.mjs";
import { textFiles } from "./support/packs.mjs";
import { BASE_URL, launch, Visitor } from "./support/site.mjs";
import { showPassport } from "./support/tool.mjs";
import { focused } from "./support/widget.mjs";
import { LANGUAGES } from "./support/words.mjs";

const browser = await launch();

const PICTURES = fileURLToPath(new URL("artefacts/", import.meta.url));
mkdirSync(PICTURES, { recursive: true });

const DEMO = readFileSync(new URL("../../frontend/demo/demo-offers.json", import.meta.url), "utf8");
const PHONE = { width: 320, height: 640 };

async function arrive(t, language, options) {
  const visitor = await Visitor.arrive(t, browser, { language, viewport: PHONE, ...options });
  await visitor.serves("offers.json", "application/json", DEMO);
  const visit = await visitor.open({ body: `<skills-passport lang="${language}" offers="offers.json"></skills-passport>` });
  return { visitor, visit, page: visit.page, widget: visit.widget, keyboard: new Keyboard(visit.page) };
}

/** Presses a button without a mouse. */
async function press(keyboard, widget, key, back) {
  await keyboard.tabToButton(widget.say(key), back && "Shift+Tab");
  await keyboard.press("Enter");
}

/** The screen is there, its heading has the focus, and nothing sticks out. */
async function atScreen({ page, widget }, key, values) {
  await widget.heading(key, values).waitFor();
  const { tag, text } = await focused(page);
  assert.deepEqual({ tag, text }, { tag: "h2", text: widget.say(key, values) });
  assert.deepEqual(await overflowing(widget), [], `${key}: too wide`);
}

/** From the first screen to the results. */
async function answerAll(person) {
  const { widget, keyboard } = person;
  await press(keyboard, widget, "start");
  let n = 1;
  await atScreen(person, "question_title", { n: "1" });
  const question = widget.find("section.question");
  while (await question.isVisible()) {
    await answerByKeyboard(keyboard, widget, n);
    n++;
    await widget.heading("question_title", { n: String(n) }).or(widget.heading("results_title")).waitFor();
    if (await question.isVisible()) await atScreen(person, "question_title", { n: String(n) });
  }
  await atScreen(person, "results_title");
  return n - 1;
}

for (const language of LANGUAGES) {
  test(`from the first screen to a passport in a file, by keyboard alone at 320 px (${language})`, async (t) => {
    const person = await arrive(t, language);
    const { page, widget, keyboard } = person;
    assert.deepEqual(await overflowing(widget), []);
    const answers = await answerAll(person);
    assert.equal(answers, 10);
    await page.screenshot({ path: `${PICTURES}${language}-whole-way-results.png`, fullPage: true });

    await press(keyboard, widget, "to_next");
    await atScreen(person, "next_title");
    await widget.find(".count").filter({ hasText: /./ }).waitFor();
    await keyboard.tabTo((here) => here.id === "theme");
    await keyboard.press("ArrowDown");
    await keyboard.tabTo((here) => here.id === "postcode");
    await page.keyboard.type("16140");
    await keyboard.tabTo((here) => here.tag === "a" && here.text === widget.say("country_link"));
    await page.screenshot({ path: `${PICTURES}${language}-whole-way-next.png`, fullPage: true });

    await press(keyboard, widget, "to_passport");
    await atScreen(person, "passport_title");
    await keyboard.tabToButton(widget.say("passport_export"));
    const file = await widget.export(() => keyboard.press("Enter"));
    const { assessments } = await showPassport(file.path);
    assert.equal(assessments.length, 1);
    assert.equal(assessments[0].profile.answered, answers);
  });
}

test("a whole way asks the network for the widget’s own files and the page’s catalogue, and for nothing once it is offline", async (t) => {
  const person = await arrive(t, "fr", { viewport: { width: 1280, height: 900 } });
  const { visitor, visit, page, widget } = person;
  await widget.start({ mode: "quick" });
  const all = textFiles("fr").length;
  const here = (count) => performance.getEntriesByType("resource").filter(({ name }) => name.includes("general-")).length >= count;
  await page.waitForFunction(here, all);
  await widget.answerAll();
  await widget.press("to_next");
  await widget.find(".count").filter({ hasText: /./ }).waitFor();

  await visitor.context.setOffline(true);
  const before = visit.requests.length;
  await widget.find("#theme").selectOption({ index: 1 });
  await widget.press("back_to_results");
  await widget.press("to_next");
  await widget.find(".count").filter({ hasText: /./ }).waitFor();
  await widget.press("to_passport");
  await widget.holds(1);
  await widget.export();
  await widget.press("new_assessment");
  await widget.start({ mode: "quick" });
  await widget.answerAll();
  await widget.toPassport();
  await widget.holds(2);
  const network = (url) => !url.startsWith("blob:") && !url.startsWith("data:");
  assert.deepEqual(visit.requests.slice(before).filter(network), []);

  // Whatever was asked for before is the page, a file of the widget, or the catalogue; and it carries nothing.
  const own = [/^\/partner\.html$/, /^\/skills-passport(-\w+)?\.(js|wasm|css)$/, /^\/data\/[\w.-]+$/, /^\/offers\.json$/];
  const foreign = visit.requests.filter(network).filter((url) => {
    const { origin, pathname, search } = new URL(url);
    return origin !== new URL(BASE_URL).origin || search !== "" || !own.some((name) => name.test(pathname));
  });
  assert.deepEqual(foreign, []);
});
