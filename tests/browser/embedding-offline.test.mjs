// Without a network, after the first visit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BASE_URL, launch, Visitor } from "./support/site.mjs";
import { Widget } from "./support/widget.mjs";

const browser = await launch();

/** What the browser says to a page that asks for what is neither here nor in the network. */
const NO_NETWORK = /ERR_INTERNET_DISCONNECTED|Failed to fetch/;

const isReady = () => navigator.serviceWorker.ready.then(() => true);

test("the hub page works from beginning to end without a network once it was there", async (t) => {
  for (const language of ["fr", "en"]) {
    const visitor = await Visitor.arrive(t, browser, { language, expected: NO_NETWORK });
    const first = await visitor.visit("/hub.html");
    await first.page.evaluate(isReady);
    await first.page.locator("#offline").filter({ hasText: /./ }).waitFor();
    await visitor.context.setOffline(true);
    // Another tab, as on another day.
    const later = await visitor.visit("/hub.html");
    const { widget } = later;
    await widget.start({ mode: "quick" });
    assert.equal(await widget.answerAll(), 10);
    await widget.toPassport();
    await widget.holds(1);
    const strangers = later.requests.filter((url) => url.startsWith("http") && !url.startsWith(BASE_URL));
    assert.deepEqual(strangers, []);
  }
});

test("a site keeps its own page with the widget by a worker of two lines", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { expected: NO_NETWORK });
  const worker = `self.skillsPassport = { base: "/", pages: ["/partner.html", "/style.css"], languages: ["fr"] };
    importScripts("/skills-passport-sw.js");`;
  await visitor.serves("sw.js", "text/javascript", worker);
  await visitor.serves("style.css", "text/css", "h1 { color: #123456 }");
  const head = `<link rel="stylesheet" href="style.css">`;
  const visit = await visitor.open({ head, body: `<skills-passport lang="fr"></skills-passport>` });
  await visit.page.evaluate(() => navigator.serviceWorker.register("/sw.js"));
  await visit.page.evaluate(isReady);
  await visitor.context.unrouteAll();
  await visitor.context.setOffline(true);
  await visit.page.reload();
  const widget = new Widget(visit.page, visit.page.locator("skills-passport"), "fr");
  await widget.makePassport({ answers: 2 });
  assert.equal(await visit.page.evaluate(() => getComputedStyle(document.querySelector("h1")).color), "rgb(18, 52, 86)");
});

test("the hub page can be installed", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  const { page } = await visitor.visit("/hub.html");
  await page.evaluate(isReady);
  const devtools = await visitor.context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  // A visitor without a profile of their own (as every visitor of a test is) can install nothing.
  const errors = installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito");
  assert.deepEqual(errors, []);
  const { manifest } = await devtools.send("Page.getAppManifest");
  assert.ok(!manifest || manifest.startUrl.endsWith("/hub.html"));
});
