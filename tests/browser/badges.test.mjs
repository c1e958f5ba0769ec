// Badges: made and kept here, and checked by whoever gets them, without anything being sent.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { documents } from "./support/device.mjs";
import { BASE_URL, launch, needed, Visitor } from "./support/site.mjs";
import { Widget } from "./support/widget.mjs";
import { LANGUAGES, word } from "./support/words.mjs";

const browser = await launch();
const folder = await mkdtemp(join(tmpdir(), "skills-passport-badges-"));
after(() => rm(folder, { recursive: true }));
const tool = (...args) => promisify(execFile)(needed("SKILLS_PASSPORT"), args);

/** The address under which the site is reached securely: badges' codes lead nowhere else. */
const SECURE = "https://skills.example";

const WORDS = Object.fromEntries(
  await Promise.all(
    LANGUAGES.map(async (language) => [
      language,
      JSON.parse(await readFile(new URL(`../../frontend/verify/words/${language}.json`, import.meta.url), "utf8")),
    ]),
  ),
);

/** Serves the site under its secure address too; what is asked for there is written down. */
async function secure(visitor) {
  const asked = [];
  await visitor.context.route(`${SECURE}/**`, async (route) => {
    asked.push(route.request().url());
    const answer = await fetch(BASE_URL + new URL(route.request().url()).pathname);
    const headers = Object.fromEntries(answer.headers);
    delete headers["content-encoding"];
    await route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) });
  });
  return asked;
}

/** Somebody whose answers are enough for a badge, on the demonstration page at its secure address. */
async function withBadges(t, { language = "en", keep = "memory" } = {}) {
  const visitor = await Visitor.arrive(t, browser, { language });
  const asked = await secure(visitor);
  const page = await visitor.context.newPage();
  await page.goto(`${SECURE}/index.html`);
  await page.evaluate((tag) => document.querySelector("skills-passport").setAttribute("lang", tag), language);
  const widget = new Widget(page, page.locator("skills-passport"), language);
  await widget.heading("welcome_title").waitFor();
  await widget.start({ mode: "standard", keep });
  await widget.answerAll();
  await widget.toPassport();
  await widget.press("more_badges");
  await widget.heading("badges_title").waitFor();
  await widget.press("badges_make");
  await widget.hears("notice_badges");
  return { visitor, page, widget, asked };
}

const saveButtons = (widget) => widget.find(".card button").filter({ hasText: widget.say("badge_save") });

async function saved(widget, press) {
  const file = await widget.export(press);
  return { ...file, text: await readFile(file.path, "utf8") };
}

for (const language of LANGUAGES) {
  test(`badges are made once per area, and the terminal agrees with them (${language})`, async (t) => {
    const { widget } = await withBadges(t, { language });
    const count = await saveButtons(widget).count();
    assert.ok(count > 0);
    await widget.press("badges_make");
    await widget.hears("notice_badges_there");
    assert.equal(await saveButtons(widget).count(), count);

    const badge = await saved(widget, () => saveButtons(widget).first().click());
    assert.match(badge.name, /^badge-\w+\.json$/);
    const { credentialSubject, issuer } = JSON.parse(badge.text);
    assert.equal(credentialSubject.id, issuer);
    const { stdout } = await tool("credential", "verify", badge.path, "--json");
    assert.deepEqual(JSON.parse(stdout)[0].refusals, []);

    const picture = await saved(widget, () =>
      widget.find(".card button").filter({ hasText: widget.say("badge_picture") }).first().click(),
    );
    assert.match(picture.text, /^<svg [^>]*role="img"/);
  });

  test(`the code of a badge leads to a page that checks it where it is (${language})`, async (t) => {
    const { visitor, widget, asked } = await withBadges(t, { language });
    await widget.find(".card button").filter({ hasText: widget.say("badge_code") }).first().click();
    await widget.find(".qr svg").waitFor();
    const link = await widget.find(".card a").getAttribute("href");
    assert.ok(link.startsWith(`${SECURE}/verify.html#b1.`));

    asked.length = 0;
    const page = await visitor.context.newPage();
    const complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(link);
    await page.getByText(WORDS[language].verdict_sound).waitFor();
    await page.getByText(WORDS[language].by_oneself).waitFor();
    await page.getByText(WORDS[language].unsupervised).first().waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    for (const other of LANGUAGES) {
      await page.getByRole("button", { name: WORDS[other].language_name }).click();
      await page.getByRole("heading", { level: 1, name: WORDS[other].title }).waitFor();
      await page.getByText(WORDS[other].verdict_sound).waitFor();
    }
    assert.deepEqual(complaints, []);
    // Nothing of the badge has left the browser.
    assert.ok(asked.every((address) => !address.includes("b1.") && !address.includes("?")), asked.join(" "));
    // A digit that was misread, and a link that was cut off.
    for (const broken of [link.replace(/(\d)(\d{30})$/, (_, digit, rest) => ((Number(digit) + 1) % 10) + rest), link.slice(0, -9)]) {
      await page.goto("about:blank");
      await page.goto(broken);
      await page.locator(".verdict.bad").waitFor();
      assert.equal(await page.locator(".verdict:not(.bad)").count(), 0);
    }
    await page.close();
  });
}

test("the page that checks says in words who says what, what was changed, and who endorses it", async (t) => {
  const { visitor, widget } = await withBadges(t);
  const badge = await saved(widget, () => saveButtons(widget).first().click());
  const badgeFile = join(folder, "badge.json");
  await writeFile(badgeFile, badge.text);
  const [keys, endorsement] = ["mediator.keys.json", "endorsement.json"].map((name) => join(folder, name));
  await tool("credential", "did", "--new", "--key", keys);
  const endorse = ["credential", "endorse", "--badge", badgeFile, "--key", keys, "--by", "Les Tilleuls"];
  await tool(...endorse, "--comment", "Seen at work.", "--out", endorsement);

  const page = await visitor.context.newPage();
  await page.goto(`${BASE_URL}/verify.html`);
  await page.locator("#files").setInputFiles([badgeFile, endorsement]);
  await page.getByText(WORDS.en.verdict_sound).waitFor();
  await page.getByText("Seen at work.").waitFor();
  await page.getByText("Les Tilleuls").first().waitFor();
  const { issuer } = JSON.parse(badge.text);
  await page.getByText(issuer).first().waitFor();

  const changed = JSON.parse(badge.text);
  changed.credentialSubject.result[0].value = "8";
  await writeFile(badgeFile, JSON.stringify(changed));
  await page.locator("#files").setInputFiles([badgeFile, endorsement]);
  await page.getByText(WORDS.en.verdict_refused).waitFor();
  await page.getByText(WORDS.en.proof_changed).waitFor();
  await page.getByText(WORDS.en.refusal_endorsed_other_content).waitFor();

  await writeFile(badgeFile, "{");
  await page.locator("#files").setInputFiles(badgeFile);
  await page.getByText(WORDS.en.fault_not_json).waitFor();
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "badge.json", { type: "application/json" }));
    return data;
  }, badge.text);
  await page.locator("main").dispatchEvent("drop", { dataTransfer: dropped });
  await page.getByText(WORDS.en.verdict_sound).waitFor();
  await page.close();
});

test("keys are kept beside the passport and never in it, go into their own file, and can be changed", async (t) => {
  const { page, widget } = await withBadges(t, { keep: "device" });
  const before = JSON.parse((await documents(page)).keys);
  assert.equal(before.keys.length, 1);
  assert.ok(!(await documents(page)).passport.includes(before.keys[0].secret));

  const open = () => widget.find("summary").filter({ hasText: widget.say("signing_title") }).click();
  await open();
  await widget.text(before.keys[0].did).waitFor();
  const file = await saved(widget, () => widget.press("signing_save"));
  assert.deepEqual(JSON.parse(file.text), before);
  await widget.press("signing_change");
  await widget.hears("notice_key_changed");
  const changed = JSON.parse((await documents(page)).keys);
  assert.deepEqual(changed.keys.map(({ did }) => did).slice(0, 1), [before.keys[0].did]);
  assert.equal(changed.keys.length, 2);

  // Badges under the old key are the new one's in a presentation.
  await widget.find("summary").filter({ hasText: widget.say("present_title") }).click();
  await widget.find("input[name=badge] + label").first().click();
  await widget.find("#domain").fill("https://training.example");
  await widget.find("#challenge").fill("8a1f");
  const presentation = await saved(widget, () => widget.press("present_make"));
  const { stdout } = await tool(
    ...["credential", "verify", presentation.path, "--json"],
    ...["--challenge", "8a1f", "--domain", "https://training.example"],
  );
  assert.deepEqual(JSON.parse(stdout).refusals, []);
});

test("the page to print has the code of the badge that was chosen", async (t) => {
  const { widget } = await withBadges(t);
  await widget.press("back_to_passport");
  await widget.press("more_share");
  const choice = widget.find("#print-code");
  const without = await saved(widget, () => widget.press("print_save"));
  assert.ok(!without.text.includes(`class="code"`));
  await choice.selectOption({ index: 1 });
  const page = await saved(widget, () => widget.press("print_save"));
  assert.ok(page.text.includes(`<div class="code"><svg`));
});

test("a copy for somebody has nothing of the areas that were left out", async (t) => {
  const { widget } = await (await Visitor.arrive(t, browser, { language: "fr" })).open();
  await widget.makePassport({ answers: 3 });
  await widget.press("more_share");
  await widget.heading("copy_title").waitFor();
  for (const area of [2, 3, 4, 5]) await widget.choose(`without-${area}`);
  const copy = await saved(widget, () => widget.press("copy_save"));
  const { records } = JSON.parse(copy.text);
  assert.deepEqual(records.map(({ type, areas }) => [type, areas.map(({ area }) => area)]), [["result", ["1"]]]);

  const page = await saved(widget, () => widget.press("print_save"));
  assert.match(page.name, /\.html$/);
  assert.match(page.text, /<html lang="fr">/);

  await widget.find("#holder").fill("Aïcha B.");
  await widget.press("name_save");
  await widget.hears("notice_name");
  await widget.text(word("fr", "name_now", { name: "Aïcha B." })).waitFor();
});
