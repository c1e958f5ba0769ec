// How long a learner waits for the first question, and for the next one, beside SurveyJS with 30 of the same questions.
//
//   node load.mjs prepare FOLDER   writes both pages into a built folder
//   node load.mjs measure          visits them: BASE_URL, CHROMIUM and PLAYWRIGHT say how
//
// Both pages do what their makers recommend. Caches are empty, files are compressed with brotli, the processor is slowed
// down four times and the network is the browser's own "slow 3G": 400 kbit/s, two seconds for each round trip.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const QUESTIONS = 30;
const RUNS = 3;
const SLOW_3G = { offline: false, latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const BARS = { time: 0.65, bytes: 0.6, answer: 100 };
/** Six sittings of at most 84 questions. */
const ANSWERS = 500;

function page(head, body) {
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Bench</title>
    <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
}

/** Questions of our bank that SurveyJS has the kind of: one answer of several, or some of several. */
function questions(pack) {
  const texts = pack.bankTexts[0];
  const fitting = pack.bank.items.filter(({ kind }) => ["graded", "choice", "multiple"].includes(kind));
  const every = fitting.filter((_, position) => position % Math.floor(fitting.length / QUESTIONS) === 0);
  return every.slice(0, QUESTIONS).map(({ id, kind, scale }) => {
    const { situation, stem, options } = texts.items[id];
    const labels = kind === "graded" ? texts.scales[scale].answers : Object.values(options);
    return {
      type: kind === "multiple" ? "checkbox" : "radiogroup",
      name: id,
      title: stem,
      description: situation ?? texts.scales[scale]?.question,
      choices: labels.map((text, value) => ({ value, text })),
    };
  });
}

function prepare(folder) {
  const modules = new URL("node_modules/", import.meta.url);
  mkdirSync(join(folder, "peer"), { recursive: true });
  for (const file of ["survey-core/survey.core.min.js", "survey-core/survey-core.fontless.min.css", "survey-js-ui/survey-js-ui.min.js"]) {
    copyFileSync(new URL(file, modules), join(folder, "peer", file.split("/")[1]));
  }
  const pack = JSON.parse(readFileSync(join(folder, "data/digcomp-3.0.general.fr.json"), "utf8"));
  const survey = { questionsOnPageMode: "questionPerPage", showProgressBar: true, elements: questions(pack) };
  writeFileSync(
    join(folder, "peer/start.js"),
    `new Survey.Model(${JSON.stringify(survey)}).render(document.getElementById("survey"));`,
  );
  const peer = `<link rel="stylesheet" href="peer/survey-core.fontless.min.css">
    <script src="peer/survey.core.min.js" defer></script><script src="peer/survey-js-ui.min.js" defer></script>
    <script src="peer/start.js" defer></script>`;
  writeFileSync(join(folder, "peer.html"), page(peer, `<div id="survey"></div>`));

  const preload = ["skills-passport.wasm", "data/digcomp-3.0.general.fr.sheet.txt", "data/ui.fr.start.txt"];
  const links = preload.map((file) => `<link rel="preload" href="${file}" as="fetch" crossorigin>`).join("");
  const ours = `${links}<script src="start.js" defer></script><script src="skills-passport.js" defer></script>`;
  writeFileSync(join(folder, "ours.html"), page(ours, `<skills-passport lang="fr" mode="standard" storage="memory"></skills-passport>`));
  writeFileSync(join(folder, "start.js"), `document.addEventListener("ready", ({ target }) => target.start());`);
}

/** Where the first answer of the question shown can be chosen. */
const ANSWER = { ours: "section.question input", peer: ".sd-question input" };

/** In the page: shadow roots are open, so that we can look inside, and the first answer to choose is waited for. */
function watch(selector) {
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    return attachShadow.call(this, { ...options, mode: "open" });
  };
  const look = () => {
    const root = document.querySelector("skills-passport")?.shadowRoot ?? document;
    if (root.querySelector(selector)) document[Symbol.for("there")] = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function open(browser, name, { cpu, network }) {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  if (network) await devtools.send("Network.emulateNetworkConditions", network);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  let bytes = 0;
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.addInitScript(watch, ANSWER[name]);
  await page.goto(`${process.env.BASE_URL}/${name}.html`, { waitUntil: "commit" });
  await page.waitForFunction(() => document[Symbol.for("there")], undefined, { timeout: 120_000 });
  const loaded = bytes;
  const time = await page.evaluate(() => document[Symbol.for("there")]);
  return { context, page, devtools, time, bytes: loaded };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const verdict = (value, bar) => (value <= bar ? "reached" : "missed");

async function load(browser) {
  const found = { ours: [], peer: [] };
  // The server compresses a file when it is first asked for: not while we measure.
  for (const name of Object.keys(found)) await (await open(browser, name, { cpu: 1 })).context.close();
  for (let run = 0; run < RUNS; run++) {
    for (const name of Object.keys(found)) {
      const { context, time, bytes } = await open(browser, name, { cpu: 4, network: SLOW_3G });
      found[name].push({ time, bytes });
      await context.close();
    }
  }
  const of = (name, what) => median(found[name].map((one) => one[what]));
  for (const [name, title] of [["ours", "Skills Passport"], ["peer", "SurveyJS"]]) {
    console.log(`${title.padEnd(16)} first question after ${(of(name, "time") / 1000).toFixed(1)} s, ${Math.round(of(name, "bytes") / 1000)} kB (median of ${RUNS})`);
  }
  for (const what of ["time", "bytes"]) {
    const ratio = of("ours", what) / of("peer", what);
    console.log(`${what}: ${ratio.toFixed(2)} of SurveyJS; bar of ${BARS[what]}: ${verdict(ratio, BARS[what])}`);
  }
}

/**
 * In the page: answers one question and gives the milliseconds from the click to the frame that shows what comes next, and
 * whether that is a question; nothing where results are shown. Questions are told apart by their number: several are put in
 * the same words.
 */
async function answer() {
  const root = document.querySelector("skills-passport").shadowRoot;
  const frame = () => new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
  const question = () => root.querySelector("section.question h2")?.textContent;
  // Its words may still be on their way.
  while (!root.querySelector("section.question, section.results")) await frame();
  const before = question();
  if (before === undefined) return undefined;
  const choice = root.querySelector("section.question input[type=radio]") ?? root.querySelector(".dont-know input");
  choice.click();
  await frame();
  const clicked = performance.now();
  root.querySelector("section.question button[type=submit]").click();
  while (question() === before) await new Promise((later) => setTimeout(later));
  await frame();
  return { time: performance.now() - clicked, isLast: question() === undefined };
}

/** The sittings of one page, one after the other: how long each answer takes, and what memory grows to. */
async function answers(browser) {
  const { context, page, devtools } = await open(browser, "ours", { cpu: 6 });
  // What comes late is fetched while the person reads the first question.
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.querySelector("skills-passport").setAttribute("mode", "thorough"));
  const [times, last, heaps] = [[], [], []];
  while (times.length + last.length < ANSWERS) {
    const answered = await page.evaluate(answer);
    if (answered !== undefined) {
      (answered.isLast ? last : times).push(answered.time);
      continue;
    }
    await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await devtools.send("Runtime.getHeapUsage");
    heaps.push(`${times.length + last.length}: ${(usedSize / 1e6).toFixed(1)} MB`);
    // The same page, another sitting.
    await page.evaluate(() => {
      const element = document.querySelector("skills-passport");
      const parent = element.parentNode;
      element.remove();
      return new Promise((later) => setTimeout(later)).then(() => {
        parent.append(element);
        return new Promise((ready) => element.addEventListener("start", ready, { once: true }));
      });
    });
    await page.waitForFunction(() => document.querySelector("skills-passport").shadowRoot.querySelector("section.question input"));
  }
  await context.close();
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => sorted[Math.floor(sorted.length * part)];
  console.log(`an answer paints the next question, at 6 times less processor: median ${at(0.5).toFixed(0)} ms, 98 of 100 within ${at(0.98).toFixed(0)} ms`);
  console.log(`bar of ${BARS.answer} ms for 98 of 100: ${verdict(at(0.98), BARS.answer)}`);
  console.log(`the last answer of a sitting paints the results: median ${median(last).toFixed(0)} ms`);
  console.log(`memory of the page by answers given: ${heaps.join(", ")}`);
}

const [task, folder] = process.argv.slice(2);
if (task === "prepare") prepare(folder);
else {
  const { chromium } = await import(process.env.PLAYWRIGHT);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
  await load(browser);
  await answers(browser);
  await browser.close();
}
