// What a learner could do next: skills, offers of the page's catalogue that fit, a map, and the national map.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { overflowing, smallTargets, violations, withTextSpacing } from "./support/accessibility.mjs";
import { Keyboard } from "./support/keyboard.mjs";
import { passportAt } from "./support/people.mjs";
import { BASE_URL, launch, Visitor } from "./support/site.mjs";
import { focused } from "./support/widget.mjs";
import { LANGUAGES } from "./support/words.mjs";

const browser = await launch();

const PICTURES = fileURLToPath(new URL("artefacts/", import.meta.url));
mkdirSync(PICTURES, { recursive: true });

const DEMO = readFileSync(new URL("../../frontend/demo/demo-offers.json", import.meta.url), "utf8");
const PERSON = passportAt(2);

const offersOf = (widget) => widget.find(".offer");
const body = (language, offers) =>
  `<skills-passport lang="${language}"${offers ? ` offers="${offers}"` : ""}></skills-passport>`;

/** Opens a partner's page with a catalogue, and the results of somebody who is at level 2. */
async function arrive(t, { language = "en", offers = "offers.json", catalogue = DEMO, person = PERSON, ...options } = {}) {
  const visitor = await Visitor.arrive(t, browser, { language, ...options });
  if (catalogue !== null) await visitor.serves("offers.json", "application/json", catalogue);
  const visit = await visitor.open({ body: body(language, offers) });
  const { widget } = visit;
  await widget.toPassport();
  await widget.takeIn(person);
  await widget.holds(1);
  await widget.records.first().click();
  await widget.button("to_next").waitFor();
  return { visitor, visit, widget, page: visit.page };
}

async function toNext(widget) {
  await widget.press("to_next");
  await widget.heading("next_title").waitFor();
}

/** The number of offers that is announced. */
async function announced(widget, count) {
  const text = count === 0 ? widget.say("offers_found_none") : widget.counted("offers_found", count);
  await widget.find(".count[aria-live=polite]", { hasText: text }).filter({ hasText: text }).waitFor();
}

async function assertGood(t, { page, widget }, name) {
  const problems = [];
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${PICTURES}${name}-${width}.png`, fullPage: true });
    const add = (what, found) => problems.push(...found.map((one) => `${what} at ${width} px: ${one}`));
    const grave = (await violations(page)).filter(({ impact }) => impact === "serious" || impact === "critical");
    add("axe", grave.map(({ text }) => text));
    add("too small", await smallTargets(widget));
    add("too wide", await overflowing(widget));
    add("too wide with wide text spacing", await withTextSpacing(widget, () => overflowing(widget)));
  }
  assert.deepEqual(problems, []);
}

for (const language of LANGUAGES) {
  test(`results lead to offers that fit, with the reasons in words (${language})`, async (t) => {
    const { widget, page } = await arrive(t, { language });
    await toNext(widget);
    assert.deepEqual(await focused(page).then(({ tag, text }) => ({ tag, text })), {
      tag: "h2",
      text: widget.say("next_title"),
    });
    await offersOf(widget).first().waitFor();
    const shown = await offersOf(widget).count();
    assert.ok(shown > 3 && shown <= 10, `${shown} offers`);
    const first = await offersOf(widget).first().innerText();
    // "Takes you from level 2 to level …"
    assert.ok(first.includes(widget.say("reason_gain", { from: "2", to: "3", skill: "|" }).split(/\d/)[0].trim()), first);
    for (const one of await offersOf(widget).all()) {
      assert.match(await one.innerText(), /\d.*\d/);
      const link = one.locator("a");
      assert.equal(await link.getAttribute("target"), "_blank");
      assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
    }
    await widget.text(widget.say("uncovered_title")).waitFor();
    // Offers that rest on a coarse table say so.
    while (await widget.button("offers_more").count()) await widget.press("offers_more");
    assert.ok((await widget.text(widget.say("offer_derived")).count()) > 0);
    await widget.find(".next details summary").last().click();
    await assertGood(t, { page, widget }, `${language}-next`);
  });
}

test("choices narrow the list down, by keyboard alone, and the number is announced", async (t) => {
  const { widget, page } = await arrive(t);
  await toNext(widget);
  await offersOf(widget).first().waitFor();
  const keyboard = new Keyboard(page);
  const all = Number(/\d+/.exec(await widget.find(".count").innerText())[0]);

  await keyboard.tabTo((here) => here.id === "place");
  await page.keyboard.type("99100");
  await keyboard.tabTo((here) => here.id === "within");
  await keyboard.press("ArrowDown");
  await keyboard.tabToButton(widget.say("filter_apply"));
  await keyboard.press("Enter");
  // The focus goes where the number is said.
  assert.match((await focused(page)).text, /\d/);
  const near = await offersOf(widget).allInnerTexts();
  assert.ok(near.length > 0 && near.length < all);
  const far = near.filter((text) => !text.includes(widget.say("reason_near")) && !text.includes(widget.say("reason_remote")));
  assert.deepEqual(far.filter((text) => !/About [12] km/.test(text)), []);

  // Taking all choices back.
  await keyboard.tabToButton(widget.say("filter_clear"), "Shift+Tab");
  await keyboard.press("Enter");
  await announced(widget, all);
  assert.equal(await widget.find("#place").inputValue(), "");
});

test("a place that the list does not have is said beside the field, with what may have been meant", async (t) => {
  const { widget } = await arrive(t);
  await toNext(widget);
  await widget.find("#place").fill("Les Tilles");
  await widget.press("filter_apply");
  const error = widget.find("#place-error");
  await error.filter({ hasText: "Les Tilleuls" }).waitFor();
  assert.equal(await widget.find("#place").getAttribute("aria-invalid"), "true");
  assert.equal(await offersOf(widget).count(), 0);
  await widget.find("#place").fill("les tilleuls");
  await widget.press("filter_apply");
  await offersOf(widget).first().waitFor();
  assert.equal(await error.innerText(), "");
});

test("further choices are wishes too: passes, language, audience and needs", async (t) => {
  const { widget } = await arrive(t);
  await toNext(widget);
  await offersOf(widget).first().waitFor();
  await widget.find(".filters summary").click();
  await widget.find("label[for=free-on]").click();
  await widget.find("label[for=pass-pass-numerique]").click();
  const taken = widget.say("reason_pass", { pass: widget.say("pass_numerique") });
  await widget.find(".reasons li", { hasText: taken }).first().waitFor();
  await widget.find("#spoken").selectOption("en");
  await widget.find("label[for=stated-on]").click();
  for (const text of await offersOf(widget).allInnerTexts()) {
    assert.ok(!text.includes(widget.say("reason_paid")), text);
  }
  // Offers in French only are gone.
  const demo = JSON.parse(DEMO).offers;
  const english = demo.filter(({ languages }) => languages.includes("en")).map(({ title }) => title);
  const titles = await widget.find(".offer h4").allInnerTexts();
  assert.ok(titles.length > 0);
  for (const title of titles) assert.ok(english.some((one) => title.includes(one)), title);
});

test("an offer whose days do not suit is gone", async (t) => {
  const { widget } = await arrive(t);
  await toNext(widget);
  await offersOf(widget).first().waitFor();
  const later = JSON.parse(DEMO).offers.filter(({ dates = [] }) => dates.length > 0 && dates.every(({ start }) => start > "2026-12-31"));
  const shown = async () => {
    const titles = await widget.find(".offer h4").allInnerTexts();
    return later.filter(({ title }) => titles.some((shown) => shown.includes(title))).length;
  };
  assert.ok((await shown()) > 0);
  await widget.find(".filters summary").click();
  await widget.find("#until").fill("2026-12-31");
  await widget.press("filter_apply");
  await offersOf(widget).first().waitFor();
  assert.equal(await shown(), 0);
});

test("nothing is sent anywhere: only the catalogue is fetched, once, and only when it is needed", async (t) => {
  const { visit, widget } = await arrive(t);
  const before = visit.requests.length;
  assert.ok(!visit.requests.some((url) => url.includes("offers.json")), "not fetched before it is needed");
  await toNext(widget);
  await offersOf(widget).first().waitFor();
  await widget.find("#place").fill("99100");
  await widget.press("filter_apply");
  await widget.find("#theme").selectOption({ index: 1 });
  await widget.find("#postcode").fill("16140");
  await widget.press("back_to_results");
  await toNext(widget);
  // What was chosen is still there, and the catalogue too.
  assert.equal(await widget.find("#place").inputValue(), "99100");
  await offersOf(widget).first().waitFor();
  // The widget's own files may still be on their way.
  const own = /\/data\/|\/skills-passport-\w+\.wasm$/;
  const after = visit.requests.slice(before).filter((url) => !own.test(url));
  assert.deepEqual(after, [`${BASE_URL}/offers.json`]);
});

test("the link to the national map says what was chosen for it and nothing else", async (t) => {
  const { widget } = await arrive(t);
  await toNext(widget);
  const link = widget.host.getByRole("link", { name: widget.say("country_link") });
  const query = async () => Object.fromEntries(new URL(await link.getAttribute("href")).searchParams);
  assert.equal(new URL(await link.getAttribute("href")).origin, "https://cartographie.societenumerique.gouv.fr");
  assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
  assert.deepEqual(await query(), {});
  await widget.text(widget.say("country_tells_nothing")).waitFor();
  await widget.find("#theme").selectOption("Utilisation sécurisée du numérique");
  await widget.find("#postcode").fill("97410");
  await widget.text(widget.say("country_tells", { what: "Staying safe online, 97410" })).waitFor();
  assert.deepEqual(await query(), {
    services: "Utilisation sécurisée du numérique",
    territoire_type: "departements",
    territoires: "974",
  });
  await widget.find("#postcode").fill("");
  await widget.find("#place").fill("Les Tilleuls");
  await widget.press("filter_apply");
  await widget.text(widget.say("country_tells", { what: "Staying safe online, Les Tilleuls" })).waitFor();
  const { latitude, longitude, zoom, ...rest } = await query();
  assert.match(`${latitude} ${longitude} ${zoom}`, /^4\d\.\d\d 1\.\d\d \d+$/);
  assert.deepEqual(rest, { services: "Utilisation sécurisée du numérique" });
});

for (const [name, catalogue] of [
  ["that is no JSON", "<!doctype html><title>Not found</title>"],
  ["with a fault in an offer", DEMO.replace('"from": 1', '"from": 9')],
  ["of another framework", DEMO.replace('"3.0.0"', '"2.2.0"')],
]) {
  test(`a catalogue ${name} is said in plain words, and everything else works`, async (t) => {
    const { visit, widget, page } = await arrive(t, { language: "fr", catalogue });
    const told = page.evaluate(
      () =>
        new Promise((heard) =>
          document.addEventListener("error", ({ detail }) => detail && heard(detail), { capture: true, once: true }),
        ),
    );
    await toNext(widget);
    await widget.text(widget.say("offers_bad")).waitFor();
    assert.equal((await told).code, "offers");
    assert.ok((await widget.find(".skills li").count()) > 0);
    await widget.host.getByRole("link", { name: widget.say("country_link") }).waitFor();
    if (name.includes("fault")) await assertGood(t, { page, widget }, "fr-next-bad");
    // The page mends it with a catalogue of its own.
    await visit.page.evaluate((text) => (document.querySelector("skills-passport").offers = JSON.parse(text)), DEMO);
    await offersOf(widget).first().waitFor();
  });
}

test("a catalogue that does not come can be asked for again", async (t) => {
  const { visitor, widget } = await arrive(t, { catalogue: null, expected: /404|Failed to load/ });
  await toNext(widget);
  await widget.text(widget.say("offers_lost")).waitFor();
  await visitor.serves("offers.json", "application/json", DEMO);
  await widget.press("offers_retry");
  await offersOf(widget).first().waitFor();
});

test("a connection that is lost on the way here is said, and trying again helps", async (t) => {
  const file = `${BASE_URL}/skills-passport-next.wasm`;
  const visitor = await Visitor.arrive(t, browser, { expected: /ERR_FAILED/ });
  await visitor.context.route(file, (route) => route.abort());
  const { widget } = await visitor.open({ body: body("en") });
  await widget.start();
  await widget.answerSome(1);
  await widget.stop();
  await toNext(widget);
  await widget.text(widget.say("error_late")).waitFor();
  await visitor.context.unroute(file);
  await widget.press("offers_retry");
  await widget.text(widget.say("offers_none")).waitFor();
});

test("without a catalogue there are plain words and the national map", async (t) => {
  const { visit, widget, page } = await arrive(t, { offers: "" });
  await toNext(widget);
  await widget.text(widget.say("offers_none")).waitFor();
  assert.ok((await widget.find(".skills li").count()) > 0);
  assert.equal(await widget.find("form.filters").count(), 0);
  assert.ok(!visit.requests.some((url) => url.includes("offers")));
  await assertGood(t, { page, widget }, "en-next-no-catalogue");
});

test("nothing is recommended where too little is known", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { language: "fr" });
  await visitor.serves("offers.json", "application/json", DEMO);
  const { widget, page } = await visitor.open({ body: body("fr", "offers.json") });
  await widget.start();
  await widget.answerSome(1);
  await widget.stop();
  await toNext(widget);
  await widget.text(widget.say("next_unknown")).waitFor();
  await announced(widget, 0);
  assert.equal(await offersOf(widget).count(), 0);
  await assertGood(t, { page, widget }, "fr-next-unknown");
});

test("the printed list has offers and addresses, and nothing to press", async (t) => {
  const { widget, page } = await arrive(t, { language: "fr" });
  await toNext(widget);
  await offersOf(widget).first().waitFor();
  await page.emulateMedia({ media: "print" });
  for (const button of await widget.find("button").all()) assert.ok(await button.isHidden(), await button.innerText());
  assert.ok(await offersOf(widget).first().isVisible());
  assert.ok(await widget.find("form.filters").isHidden());
  await page.screenshot({ path: `${PICTURES}fr-next-print.png`, fullPage: true });
});

test("a list of offers in another language of the widget stays, in its words", async (t) => {
  const { widget, visit } = await arrive(t, { language: "en" });
  await toNext(widget);
  await offersOf(widget).first().waitFor();
  await widget.find("#language").selectOption("fr");
  const french = visit.widgetAt(0, "fr");
  await french.heading("next_title").waitFor();
  await offersOf(french).first().waitFor();
  assert.equal(visit.requests.filter((url) => url.endsWith("/offers.json")).length, 1);
});
