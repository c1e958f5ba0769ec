// A device that does not keep things as it should: each time a plain message, and the data can still be saved as a file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { documents, journals, plant, recordsKept } from "./support/device.mjs";
import { BASE_URL, launch, Visitor } from "./support/site.mjs";
import { showPassport } from "./support/tool.mjs";
import { LANGUAGES } from "./support/words.mjs";

const browser = await launch();

const arrive = (t, options) => Visitor.arrive(t, browser, options);

/** How many answers the exported passport rests on, assessment by assessment. */
async function exportedAnswers(widget) {
  const { assessments } = await showPassport((await widget.export()).path);
  return assessments.map(({ profile }) => profile.answered);
}

test("a device without room says so, and what was answered can be saved", async (t) => {
  for (const language of LANGUAGES) {
    const visit = await (await arrive(t, { language })).open();
    const { page, widget } = visit;
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Storage.overrideQuotaForOrigin", { origin: BASE_URL, quotaSize: 1 });
    await widget.start({ keep: "device" });
    await widget.hears("error_store_full");
    await widget.answerSome(3);
    await widget.stop();
    await widget.toPassport();
    await widget.find("p").filter({ hasText: widget.say("passport_where_memory") }).waitFor();
    assert.deepEqual(await exportedAnswers(widget), [3]);

    // With room again, the person can have everything kept after all.
    await devtools.send("Storage.overrideQuotaForOrigin", { origin: BASE_URL });
    await widget.press("passport_keep");
    await widget.hears("notice_kept");
    await recordsKept(page, 1);
  }
});

test("where a page may use no storage at all, that is said to who wants it", async (t) => {
  for (const [name, prepare] of [
    ["none", () => Object.defineProperty(window, "indexedDB", { value: undefined })],
    [
      "blocked",
      () => {
        for (const method of ["open", "databases", "deleteDatabase"]) {
          IDBFactory.prototype[method] = () => {
            throw new DOMException(method, "SecurityError");
          };
        }
      },
    ],
    [
      "failing",
      () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException("the disk is broken", "UnknownError");
        };
      },
    ],
  ]) {
    await t.test(name, async (t) => {
      const visitor = await arrive(t);
      await visitor.context.addInitScript(prepare);
      const { widget } = await visitor.open();
      assert.equal(await widget.notice.innerText(), "");
      await widget.start({ keep: "device" });
      await widget.hears("error_store");
      await widget.answerSome(2);
      await widget.stop();
      await widget.toPassport();
      await widget.find("p").filter({ hasText: widget.say("passport_where_memory") }).waitFor();
      assert.deepEqual(await exportedAnswers(widget), [2]);
    });
  }
});

test("what the browser evicts while the page is open is kept again from the page", async (t) => {
  const visit = await (await arrive(t)).open();
  const { page, widget } = visit;
  await widget.makePassport({ keep: "device" });
  await recordsKept(page, 1);
  await widget.press("new_assessment");
  await widget.press("start");
  await widget.atQuestion(1);
  await widget.answer(1);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: BASE_URL, storageTypes: "indexeddb" });
  await widget.answer(2);
  await widget.hears("notice_kept_again");
  await recordsKept(page, 1);
  assert.deepEqual((await journals(page)).map(([, { answers }]) => answers.length), [2]);
});

test("what a newer version of the page has kept is left alone, and that is said", async (t) => {
  for (const language of LANGUAGES) {
    const visitor = await arrive(t, { language });
    const first = await visitor.visit("/index.html", { wait: false });
    const kept = await first.page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open("skills-passport", 7);
          request.onupgradeneeded = () => request.result.createObjectStore("archive").put("text", "key");
          request.onsuccess = () => resolve(request.result.version);
          request.onerror = () => reject(request.error);
        }),
    );
    assert.equal(kept, 7);
    await first.page.close();
    const { page, widget } = await visitor.open();
    await widget.hears("error_store_newer");
    await widget.makePassport({ answers: 2, keep: "device" });
    assert.deepEqual(await exportedAnswers(widget), [2]);
    const after = await page.evaluate(async () => await indexedDB.databases());
    assert.deepEqual(after, [{ name: "skills-passport", version: 7 }]);
  }
});

for (const [what, text, key, why] of [
  ["damaged", `{"format": "1.0.0", "id": `, "error_kept_passport", "unreadable_damaged"],
  ["of a newer version", `{"format": "2.0.0", "all": "new"}`, "error_kept_newer", "unreadable_newer"],
]) {
  test(`a kept passport that is ${what} can be saved as it is`, async (t) => {
    for (const language of LANGUAGES) {
      const visit = await (await arrive(t, { language })).open();
      const { page, widget } = visit;
      await widget.makePassport({ keep: "device" });
      await recordsKept(page, 1);
      await plant(page, "passport", text);
      await visit.reload();
      await widget.hears(key);
      await widget.toPassport();
      await widget.text(widget.say(why)).waitFor();
      const file = await widget.export(() => widget.press("unreadable_save"));
      assert.equal(await readFile(file.path, "utf8"), text);
      assert.equal((await documents(page)).passport, text);
    }
  });
}

test("a record that is no text is left alone, and new results can be saved", async (t) => {
  const visit = await (await arrive(t)).open();
  const { page, widget } = visit;
  await widget.makePassport({ keep: "device" });
  await recordsKept(page, 1);
  await plant(page, "passport", { not: ["a", "text"] });
  await visit.reload();
  await widget.hears("error_store_corrupt");
  await widget.start({ keep: "device" });
  await widget.answerSome(3);
  await widget.stop();
  await widget.hears("error_store_corrupt");
  await widget.toPassport();
  assert.deepEqual(await exportedAnswers(widget), [3]);
  assert.deepEqual((await documents(page)).passport, { not: ["a", "text"] });
});

test("the browser is asked to keep what is kept, on the person’s word only", async (t) => {
  const visitor = await arrive(t);
  await visitor.context.addInitScript(() => {
    window.asked = 0;
    StorageManager.prototype.persist = async () => ((window.asked += 1), true);
    StorageManager.prototype.persisted = async () => window.asked > 0;
  });
  const { page, widget } = await visitor.open();
  await widget.makePassport();
  assert.equal(await page.evaluate(() => window.asked), 0);
  await widget.press("passport_keep");
  await widget.hears("notice_kept");
  assert.equal(await page.evaluate(() => window.asked), 1);
  await widget.find("p").filter({ hasText: widget.say("passport_where_persistent") }).waitFor();
});
