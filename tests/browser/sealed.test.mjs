// Files under a passphrase, and the keys that travel in them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { documents } from "./support/device.mjs";
import { launch, Visitor } from "./support/site.mjs";
import { hasFocus } from "./support/widget.mjs";
import { LANGUAGES } from "./support/words.mjs";

const browser = await launch();

const PASSPHRASE = "trois pommes é rondes";

/** A passport of somebody, saved under the passphrase. */
async function sealedBySomebody(t, { language = "en", badges = false } = {}) {
  const { widget } = await (await Visitor.arrive(t, browser, { language })).open();
  await widget.makePassport({ answers: 2 });
  if (badges) {
    await widget.press("more_badges");
    await widget.heading("badges_title").waitFor();
    await widget.press("badges_make");
    await widget.notice.locator("p").waitFor();
    await widget.press("back_to_passport");
  }
  const plain = await widget.exported();
  await widget.press("more_protect");
  await widget.heading("protect_title").waitFor();
  await widget.text(widget.say("protect_forgotten")).waitFor();
  await widget.find("#passphrase").fill(PASSPHRASE);
  await widget.find("#again").fill(PASSPHRASE);
  const file = await widget.export(() => widget.press("protect_save"));
  assert.match(file.name, /^skills-\d{4}-\d\d-\d\d\.sealed\.json$/);
  return { plain, sealed: await readFile(file.path, "utf8") };
}

async function open(widget, sealed, passphrase) {
  if (await widget.heading3("sealed_title").count()) await widget.press("incoming_leave");
  await widget.importText(sealed, "someone.sealed.json");
  await widget.heading3("sealed_title").waitFor();
  await widget.find("#passphrase").fill(passphrase);
  await widget.press("sealed_open");
}

test("a sealed file is opened with its passphrase only, and what is wrong with one is told apart", async (t) => {
  for (const language of LANGUAGES) {
    const { plain, sealed } = await sealedBySomebody(t, { language });
    assert.ok(!sealed.includes(JSON.parse(plain).id), "nothing of the passport can be read");
    const { page, widget } = await (await Visitor.arrive(t, browser, { language })).open();
    await widget.toPassport();

    await open(widget, sealed, "trois pommes carrées");
    await widget.hears("error_passphrase");
    await open(widget, sealed.slice(0, sealed.length - 400), PASSPHRASE);
    await widget.hears("error_truncated");
    const envelope = JSON.parse(sealed);
    const middle = envelope.content.length >> 1;
    const other = envelope.content[middle] === "A" ? "B" : "A";
    envelope.content = envelope.content.slice(0, middle) + other + envelope.content.slice(middle + 1);
    await open(widget, JSON.stringify(envelope), PASSPHRASE);
    await widget.hears("error_tampered");
    await widget.press("incoming_leave");
    await widget.text(widget.say("passport_empty")).waitFor();

    // Decomposed, as another keyboard may write it.
    await widget.importText(sealed, "someone.sealed.json");
    await hasFocus(page, "div");
    await widget.find("#passphrase").fill(PASSPHRASE.normalize("NFD"));
    await widget.press("sealed_open");
    await widget.press("incoming_add");
    await widget.hears("notice_imported");
    assert.equal(await widget.exported(), plain);
  }
});

test("passphrases that are too short, or typed in two ways, are not taken", async (t) => {
  const { widget } = await (await Visitor.arrive(t, browser)).open();
  await widget.makePassport();
  await widget.press("more_protect");
  await widget.find("#passphrase").fill("seven 7");
  await widget.find("#again").fill("seven 7");
  await widget.press("protect_save");
  await widget.hears("error_passphrase_short");
  await widget.find("#again").fill("something else");
  await widget.press("protect_save");
  await widget.hears("error_passphrase_again");
});

test("what is typed as a passphrase stays nowhere on the device", async (t) => {
  const visit = await (await Visitor.arrive(t, browser)).open();
  const { page, widget } = visit;
  await widget.makePassport({ keep: "device" });
  await widget.press("more_protect");
  await widget.find("#passphrase").fill(PASSPHRASE);
  await widget.find("#again").fill(PASSPHRASE);
  await widget.export(() => widget.press("protect_save"));
  await widget.hears("notice_exported");
  assert.ok(!JSON.stringify(await documents(page)).includes("pommes"));
});
