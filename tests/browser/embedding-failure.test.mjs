// What happens when the program fails, and what a page costs that adds and removes the element again and again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { heard, listen, onElement, waitToHear } from "./support/page.mjs";
import { launch, Visitor } from "./support/site.mjs";

const browser = await launch();

const DYING = /unreachable|RuntimeError|closure invoked|recursive use/;

/** Makes the program fail as a fault in it would: possible in test builds only. */
const panic = (visit) => onElement(visit, (element) => void element.ask("panic").catch(() => {}));

for (const keep of ["memory", "device"]) {
  test(`a program that fails begins anew at the same question, with answers kept on the ${keep}`, async (t) => {
    const visitor = await Visitor.arrive(t, browser, { expected: DYING });
    await listen(visitor);
    const visit = await visitor.open();
    const { widget } = visit;
    await widget.start({ keep });
    await widget.answerSome(3);
    const question = await widget.questionText();
    await panic(visit);
    await waitToHear(visit, "error");
    await widget.hears("error_other");
    await widget.atQuestion(4);
    assert.equal(await widget.questionText(), question);
    const errors = (await heard(visit)).filter(([name]) => name === "error");
    assert.equal(errors.length, 1 + 1, "one of the program, one of the message");
    assert.equal(errors[0][1].code, "panic");
    assert.match(errors[0][1].message, /^[\w/.-]+\.rs:\d+$/, "a place in the program, and nothing of the person");
    // It goes on to the end.
    assert.ok(await widget.answerAll(4) >= 10);
    await widget.toPassport();
    await widget.holds(1);
  });
}

test("results that are only on the page survive a program that fails, and so does every other widget of the page", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { expected: DYING });
  await listen(visitor);
  const two = `<skills-passport lang="en"></skills-passport><skills-passport lang="fr"></skills-passport>`;
  const visit = await visitor.open({ body: two });
  const [one, other] = [visit.widgetAt(0, "en"), visit.widgetAt(1, "fr")];
  await one.start();
  await one.answerSome(2);
  await one.stop();
  await one.heading("results_title").waitFor();
  await waitToHear(visit, "complete");
  await other.start();
  await other.answerSome(1);
  await panic(visit);
  await waitToHear(visit, "error", 2);
  await other.atQuestion(2);
  await one.toPassport();
  await one.holds(1);
});

test("a program that fails again at once is not begun anew for ever", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { expected: DYING });
  await listen(visitor);
  const visit = await visitor.open();
  await visit.widget.start();
  await visit.widget.answerSome(1);
  await panic(visit);
  await visit.widget.hears("error_other");
  await panic(visit);
  const retry = visit.widget.notice.getByRole("button", { name: /./ });
  await waitToHear(visit, "error", 3);
  await visit.widget.find(".before button").waitFor();
  assert.equal(await retry.count(), 1);
  // The person may try once more, and has lost nothing.
  await retry.click();
  await visit.widget.atQuestion(2);
});

test("an element that is erased or taken out is not remembered when the program fails later", async (t) => {
  const visitor = await Visitor.arrive(t, browser, { expected: DYING });
  await listen(visitor);
  const visit = await visitor.open();
  const { page, widget } = visit;
  await widget.makePassport();
  await page.evaluate(async () => {
    const element = document.querySelector("skills-passport");
    element.remove();
    await new Promise((later) => requestAnimationFrame(later));
    document.querySelector("main").append(element);
  });
  await widget.heading("welcome_title").waitFor();
  await waitToHear(visit, "ready", 2);
  await panic(visit);
  await waitToHear(visit, "ready", 3);
  await widget.toPassport();
  await widget.text(widget.say("passport_empty")).waitFor();
});

test("a page that adds and removes the element a thousand times does not grow", async (t) => {
  const visitor = await Visitor.arrive(t, browser);
  await visitor.context.addInitScript(() => {
    const { instantiateStreaming } = WebAssembly;
    WebAssembly.instantiateStreaming = async (...given) => {
      const made = await instantiateStreaming.apply(WebAssembly, given);
      const { memory } = made.instance.exports;
      Object.defineProperty(document, Symbol.for("memory"), { configurable: true, get: () => memory.buffer.byteLength });
      return made;
    };
  });
  const visit = await visitor.open({ body: "", wait: false });
  const devtools = await visitor.context.newCDPSession(visit.page);
  await devtools.send("Performance.enable");
  const measure = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const metric = (name) => metrics.find((metric) => metric.name === name).value;
    const wasm = await visit.page.evaluate(() => document[Symbol.for("memory")]);
    return { wasm, listeners: metric("JSEventListeners"), nodes: metric("Nodes") };
  };
  const cycles = (count) =>
    visit.page.evaluate(async (count) => {
      await customElements.whenDefined("skills-passport");
      for (let n = 0; n < count; n++) {
        const element = document.createElement("skills-passport");
        const ready = new Promise((resolve) => element.addEventListener("ready", resolve, { once: true }));
        document.querySelector("main").append(element);
        await ready;
        element.remove();
        await Promise.resolve();
      }
    }, count);
  await cycles(200);
  const before = await measure();
  await cycles(1000);
  const after = await measure();
  // Memory comes in pages of 64 KiB, and the fullest moment may come late; what 0.6 kB left behind each time would make of
  // it is far above.
  assert.ok(after.wasm - before.wasm <= 4 * 65_536, `${before.wasm} bytes of the program, then ${after.wasm}`);
  // The browser may still hold the last one or two.
  assert.ok(after.listeners <= before.listeners + 100, `${before.listeners} listeners, then ${after.listeners}`);
  assert.ok(after.nodes <= before.nodes + 500, `${before.nodes} nodes, then ${after.nodes}`);
});
