// The pages of the demo site that are read: the design of the widget, and its accessibility statement.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { violations } from "./support/accessibility.mjs";
import { launch, Visitor } from "./support/site.mjs";

const browser = await launch();

const PICTURES = fileURLToPath(new URL("artefacts/", import.meta.url));
mkdirSync(PICTURES, { recursive: true });

const THEMES = ["light", "dark", "contrast"];

test("the page about the design shows every component in every theme, and all of it is accessible", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  const { page } = await visitor.visit("/design.html", { wait: false });
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
  const samples = await page.locator("[data-template]").count();
  assert.ok(samples >= 9);
  for (const theme of THEMES) assert.equal(await page.locator(`.frame[data-theme=${theme}]`).count(), samples);
  const papers = await page.locator(".themes").first().locator(".frame").evaluateAll((frames) => frames.map((frame) => getComputedStyle(frame).backgroundColor));
  assert.equal(new Set(papers).size, THEMES.length, "the themes differ");
  for (const width of [320, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${PICTURES}design-${width}.png`, fullPage: true });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${width} px`);
    assert.deepEqual((await violations(page)).map(({ text }) => text), []);
  }
});

for (const language of ["fr", "en"]) {
  test(`the accessibility statement can be read in ${language}, on a phone as well`, async (t) => {
    for (const colorScheme of ["light", "dark"]) {
      const visitor = await Visitor.arrive(t, browser, { language, colorScheme, viewport: { width: 320, height: 900 } });
      const { page } = await visitor.visit(`/accessibility.${language}.html`, { wait: false });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
      assert.deepEqual((await violations(page)).map(({ text }) => text), []);
      assert.equal(await page.locator("tbody tr").count(), 161);
    }
  });
}
