// Files that a person opens: whatever they are, what was there before is still there.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { NO_TRACE, recordsKept, traces } from "./support/device.mjs";
import { launch, Visitor } from "./support/site.mjs";
import { hasFocus } from "./support/widget.mjs";
import { showPassport } from "./support/tool.mjs";
import { LANGUAGES } from "./support/words.mjs";

const browser = await launch();
const folder = await mkdtemp(join(tmpdir(), "skills-passport-files-"));
after(() => rm(folder, { recursive: true }));

/** Made from a good passport: what is wrong, the message's key, and the place that it names. */
const BAD_FILES = [
  ["a passport cut in half", (good) => good.slice(0, good.length / 2), "error_not_json"],
  ["a passport of version 2", (good) => changed(good, (it) => (it.format = "2.0.0")), "error_newer"],
  ["a number as the version", (good) => changed(good, (it) => (it.format = 2)), "error_wrong_shape", "/format"],
  ["a number where a text belongs", numberForLanguage, "error_wrong_shape", "/records/0/assessment/setting/language"],
  ["no records at all", (good) => changed(good, (it) => delete it.records), "error_wrong_shape", "/records"],
  ["a record of an unknown type", unknownType, "error_wrong_shape", "/records/0/type"],
  ["other JSON", () => `["not", "a", "passport"]`, "error_not_json"],
  ["brackets in brackets", () => `{"records": ${"[".repeat(1_000_000)}`, "error_not_json"],
  ["50 MB of brackets", () => Buffer.alloc(50_000_000, "["), "error_too_large"],
  ["a text that is not UTF-8", (good) => Buffer.from(`${good} é`, "latin1"), "error_not_text"],
  ["a UTF-16 text", (good) => Buffer.from(`\ufeff${good}`, "utf16le"), "error_not_text"],
  ["a picture", () => PNG, "error_not_text"],
  ["an empty file", () => "", "error_not_json"],
];

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

function changed(text, change) {
  const document = JSON.parse(text);
  change(document);
  return JSON.stringify(document);
}

function numberForLanguage(good) {
  return changed(good, (it) => (it.records[0].assessment.setting.language = 7));
}

function unknownType(good) {
  return changed(good, (it) => (it.records[0].type = "poem"));
}

/** A file on the disk: what a person chooses. */
async function onDisk(name, content) {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** A passport of somebody, made in a browser of its own. */
async function passportOfSomebody(t, answers = 1) {
  const { widget } = await (await Visitor.arrive(t, browser)).open();
  await widget.makePassport({ answers });
  return widget.exported();
}

for (const language of LANGUAGES) {
  test(`bad files are refused in plain words, and the passport stays as it was (${language})`, async (t) => {
    const { widget } = await (await Visitor.arrive(t, browser, { language })).open();
    await widget.makePassport();
    const before = await widget.exported();
    for (const [name, spoil, key, path] of BAD_FILES) {
      await t.test(name, async () => {
        // Away and back: the last message goes, so that the next one is surely this file's.
        await widget.press("back_to_results");
        await widget.toPassport();
        await widget.import(await onDisk("bad.passport.json", spoil(before)));
        await widget.hears(key, { path });
        await widget.holds(1);
        assert.equal(await widget.exported(), before);
      });
    }
  });
}

test("a bad file leaves an empty passport empty", async (t) => {
  const { page, widget } = await (await Visitor.arrive(t, browser)).open();
  await widget.toPassport();
  await widget.importText("{");
  await widget.hears("error_not_json");
  await widget.text(widget.say("passport_empty")).waitFor();
  assert.deepEqual(await traces(page), NO_TRACE);
});

test("an exported passport can be opened elsewhere, word for word", async (t) => {
  const passport = await passportOfSomebody(t, 3);
  const { page, widget } = await (await Visitor.arrive(t, browser, { language: "fr" })).open();
  await widget.toPassport();
  await widget.takeIn(passport);
  assert.equal(await widget.exported(), passport);
  // Opening a file is no permission to keep it.
  assert.deepEqual(await traces(page), NO_TRACE);
  await widget.records.click();
  await widget.text(widget.counted("results_lead", 3)).waitFor();
  await widget.find("table").first().waitFor();
});

test("a file is added to the passport, and adding it again changes nothing", async (t) => {
  const other = await passportOfSomebody(t, 2);
  const { widget } = await (await Visitor.arrive(t, browser)).open();
  await widget.makePassport({ answers: 1 });
  await widget.takeIn(other);
  await widget.holds(2);
  const file = await widget.export();
  const { assessments } = await showPassport(file.path);
  assert.deepEqual(assessments.map(({ profile }) => profile.answered).sort(), [1, 2]);

  const merged = await widget.exported();
  for (const known of [other, merged]) {
    await widget.importText(known);
    await widget.text(widget.say("incoming_nothing")).waitFor();
    await widget.press("incoming_close");
  }
  assert.equal(await widget.exported(), merged);
});

test("the very same file can be chosen twice in a row", async (t) => {
  const { widget } = await (await Visitor.arrive(t, browser)).open();
  await widget.toPassport();
  const path = await onDisk("twice.passport.json", "{");
  for (const _ of [1, 2]) {
    await widget.import(path);
    await widget.hears("error_not_json");
    await widget.press("notice_close");
    await widget.notice.locator("p").waitFor({ state: "detached" });
  }
});

test("a file that contradicts the passport is not added", async (t) => {
  const { widget } = await (await Visitor.arrive(t, browser)).open();
  await widget.makePassport();
  const own = await widget.exported();
  const contrary = changed(own, ({ records: [record] }) => (record.profile.provisional = !record.profile.provisional));
  await widget.importText(contrary);
  await widget.hears("error_conflict");
  assert.equal(await widget.exported(), own);
});

test("what a newer minor version has written survives", async (t) => {
  const poem = { type: "poem", id: "00000000-0000-4000-8000-0000000000aa", at: "2026-01-01T00:00:00Z", lines: ["…"] };
  const newer = changed(await passportOfSomebody(t), (it) => {
    it.format = "1.9.0";
    it.surname = "Nouveau";
    it.records.push(poem);
  });
  const { widget } = await (await Visitor.arrive(t, browser)).open();
  await widget.makePassport({ answers: 2 });
  await widget.takeIn(newer);
  const merged = JSON.parse(await widget.exported());
  assert.equal(merged.format, "1.9.0");
  assert.equal(merged.surname, "Nouveau");
  assert.deepEqual(merged.records.find(({ type }) => type === "poem"), poem);
  assert.equal(merged.records.length, 3);
});

test("a file opened by who keeps the passport on the device is kept there too", async (t) => {
  const other = await passportOfSomebody(t);
  const visit = await (await Visitor.arrive(t, browser)).open();
  const { page, widget } = visit;
  await widget.makePassport({ keep: "device" });
  await recordsKept(page, 1);
  await widget.takeIn(other);
  await recordsKept(page, 2);
});

test("results of another framework in the passport are shown as well", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  const body = `<skills-passport lang="en" framework="digcomp@2.2"></skills-passport>`;
  const older = await visitor.open({ body });
  await older.widget.makePassport({ answers: 3 });
  const passport = await older.widget.exported();
  const { widget } = await visitor.open();
  await widget.toPassport();
  await widget.takeIn(passport);
  await widget.records.click();
  await widget.text(widget.counted("results_lead", 3)).waitFor();
});

test("what a file would bring is shown first, and nothing of it is taken in without a word", async (t) => {
  for (const language of LANGUAGES) {
    const other = changed(await passportOfSomebody(t, 2), (it) => {
      const at = "2026-01-02T10:00:00Z";
      it.records.push({ type: "holder", id: "00000000-0000-4000-8000-0000000000ab", at, name: "Aïcha <b>" });
      it.records.push({ type: "note", id: "00000000-0000-4000-8000-0000000000ac", at, text: "…" });
    });
    const { widget } = await (await Visitor.arrive(t, browser, { language })).open();
    await widget.makePassport();
    const own = await widget.exported();
    await widget.importText(other);
    const card = widget.host.getByRole("group", { name: widget.say("incoming_title") });
    await card.getByText("Aïcha <b>").waitFor();
    for (const kind of ["kind_assessment", "kind_holder", "kind_note"]) {
      await card.getByRole("listitem").filter({ hasText: widget.counted(kind, 1) }).waitFor();
    }
    await hasFocus(widget.page, "div");
    assert.equal(await widget.exported(), own);
    await widget.press("incoming_leave");
    await hasFocus(widget.page, "h2");
    assert.equal(await widget.exported(), own);
  }
});

test("a file that is dropped is looked at like one that is chosen", async (t) => {
  const other = await passportOfSomebody(t, 2);
  const { page, widget } = await (await Visitor.arrive(t, browser)).open();
  await widget.toPassport();
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "other.passport.json", { type: "application/json" }));
    return data;
  }, other);
  const place = widget.find("section");
  await place.dispatchEvent("dragover", { dataTransfer: dropped });
  await widget.find("section.over").waitFor();
  await place.dispatchEvent("drop", { dataTransfer: dropped });
  await widget.press("incoming_add");
  await widget.hears("notice_imported");
  await widget.holds(1);
  assert.equal(await widget.find("section.over").count(), 0);
});

test("where the browser lets people choose the file, it is written there and nowhere else", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  // A real file handle of the browser's own file system stands for the one that a person would choose.
  await visitor.context.addInitScript(() => {
    window.showSaveFilePicker = async ({ suggestedName }) => {
      if (window.thinksBetterOfIt) throw new DOMException("no", "AbortError");
      return (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
    };
  });
  const { page, widget } = await visitor.open();
  await widget.makePassport({ answers: 2 });
  await page.evaluate(() => (window.thinksBetterOfIt = true));
  await widget.press("passport_export");
  await page.evaluate(() => (window.thinksBetterOfIt = false));
  assert.equal(await widget.notice.innerText(), "");
  await widget.press("passport_export");
  await widget.hears("notice_saved");
  const files = await page.evaluate(async () => {
    const found = [];
    for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) {
      found.push([name, await (await handle.getFile()).text()]);
    }
    return found;
  });
  assert.equal(files.length, 1);
  assert.match(files[0][0], /^skills-\d{4}-\d\d-\d\d\.passport\.json$/);
  assert.equal(JSON.parse(files[0][1]).records[0].profile.answered, 2);
});

test("a phone hands the file to another app, as plain text where it takes nothing else", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { language: "fr" });
  await visitor.context.addInitScript(() => {
    window.shared = [];
    navigator.canShare = ({ files }) => files.every(({ type }) => type === "text/plain");
    navigator.share = async ({ files }) => {
      for (const file of files) window.shared.push([file.name, await file.text()]);
    };
  });
  const { page, widget } = await visitor.open();
  await widget.makePassport();
  const text = await widget.exported();
  await widget.press("passport_send");
  await widget.hears("notice_sent");
  const [[name, shared]] = await page.evaluate(() => window.shared);
  assert.match(name, /\.passport\.json\.txt$/);
  assert.equal(shared, text);
});
