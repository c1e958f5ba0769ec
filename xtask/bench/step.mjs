// How long a learner's browser works on one question: `node step.mjs API PACK`, with the built API and a shipped pack.
//
// `resume` of an assessment with 30 answers checks it, updates the belief by all answers, chooses among the items left and
// converts in and out of JavaScript: what an answer costs, from the click to the next question, without drawing it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";

const ITEMS = 500;
const ANSWERS = 30;
const WARM_UP = 300;
const RUNS = 2000;

const [api, packFile] = process.argv.slice(2);
const { Engine } = createRequire(import.meta.url)(api);

/** The shipped bank, its items again and again with other locations, until there are 500. */
function enlarged(pack) {
  const { items } = pack.bank;
  const texts = pack.bankTexts.map((text) => text.items);
  const shipped = items.length;
  for (let number = shipped; number < ITEMS; number += 1) {
    const item = structuredClone(items[number % shipped]);
    const original = item.id;
    item.id = `${item.competence}-${number}`;
    delete item.enemies;
    const shift = ((number * 7919) % 1001) - 500;
    if (item.location !== undefined) item.location += shift;
    for (const list of ["thresholds", "steps"]) {
      if (item[list]) item[list] = item[list].map((bound) => bound + shift);
    }
    items.push(item);
    for (const text of texts) text[item.id] = text[original];
  }
  return pack;
}

const engine = new Engine(JSON.stringify(enlarged(JSON.parse(readFileSync(packFile, "utf8")))));
let turn = engine.start({
  mode: "thorough",
  language: "en",
  seed: 7,
  id: "00000000-0000-4000-8000-000000000001",
  started: "2026-11-22T09:30:00Z",
});
for (let number = 0; number < ANSWERS; number += 1) {
  const { answers } = turn.question;
  const response = answers.length > 0 ? answers[(number * 5) % answers.length].response : { kind: "dont-know" };
  turn = engine.answer({ assessment: turn.assessment, item: turn.question.item, response });
}
assert.equal(turn.progress.answered, ANSWERS);

const times = [];
for (let run = 0; run < WARM_UP + RUNS; run += 1) {
  const start = performance.now();
  const { question } = engine.resume(turn.assessment);
  const time = performance.now() - start;
  assert.equal(question.item, turn.question.item);
  if (run >= WARM_UP) times.push(time);
}
times.sort((one, two) => one - two);
const quantile = (part) => times[Math.floor(part * times.length)].toFixed(3);
console.log(`question step in wasm: ${ANSWERS} answers, 26 dimensions, ${ITEMS} items, with conversion from and to JavaScript`);
console.log(`median ${quantile(0.5)} ms, 90 % within ${quantile(0.9)} ms (bar: 0.5 ms)`);
