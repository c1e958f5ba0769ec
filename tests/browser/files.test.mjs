// Files that a person opens: whatever they are, what was there before is still there.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { NO_TRACE, recordsKept, traces } from "./support/device.mjs";
import { launch, Visitor } from "./support/site.mjs";
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
  await widget.importText(passport);
  await widget.hears("notice_imported");
  assert.equal(await widget.exported(), passport);
  // Opening a file is no permission to keep it.
  assert.deepEqual(await traces(page), NO_TRACE);
  await widget.records.click();
  await widget.text(widget.counted("results_lead", 3)).waitFor();
  await widget.find("table").waitFor();
});

test("a file is added to the passport, and adding it again changes nothing", async (t) => {
  const other = await passportOfSomebody(t, 2);
  const { widget } = await (await Visitor.arrive(t, browser)).open();
  await widget.makePassport({ answers: 1 });
  await widget.importText(other);
  await widget.hears("notice_imported");
  await widget.holds(2);
  const file = await widget.export();
  const { assessments } = await showPassport(file.path);
  assert.deepEqual(assessments.map(({ profile }) => profile.answered).sort(), [1, 2]);

  const merged = await widget.exported();
  await widget.importText(other);
  await widget.hears("notice_imported");
  await widget.importText(merged);
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
  await widget.importText(newer);
  await widget.hears("notice_imported");
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
  await widget.importText(other);
  await widget.hears("notice_imported");
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
  await widget.importText(passport);
  await widget.records.click();
  await widget.text(widget.counted("results_lead", 3)).waitFor();
});
