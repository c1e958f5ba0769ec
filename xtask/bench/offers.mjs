// How long a browser needs to match one learner with 100,000 offers: `node offers.mjs API PACK`, with the built API and a
// shipped pack. Reading the catalogue is measured apart: it is done once.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";

const OFFERS = 100_000;
const WARM_UP = 5;
const RUNS = 60;

const [api, packFile] = process.argv.slice(2);
const { Engine, Offers } = createRequire(import.meta.url)(api);
const engine = new Engine(readFileSync(packFile, "utf8"));
const competences = JSON.parse(readFileSync(packFile, "utf8")).framework.areas.flatMap((area) => area.competences);

/** A number that looks like chance (Mulberry32 by T. Ettinger). */
function chance(number, below) {
  let t = (number + 0x6d2b79f5) | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % below;
}

function offer(number) {
  const targets = Array.from({ length: 1 + (number % 6) }, (_, target) => {
    const from = 1 + chance(number * 31 + target, 5);
    const competence = competences[(chance(number, competences.length) + target) % competences.length];
    return { competence, from, to: from + 1 + (number % 3), origin: number % 4 ? "declared" : "derived" };
  });
  return {
    id: `offer-${number}`,
    title: `Offer ${number}`,
    provider: `Provider ${number % 977}`,
    targets,
    modalities: [["on-site"], ["remote"], []][number % 3],
    place: {
      coordinates: { latitude: 43_000_000 + chance(number + 1, 7_000_000), longitude: chance(number + 2, 7_000_000) },
      address: { town: `Town ${number % 5000}`, postcode: String(10_000 + (number % 5000)) },
    },
    languages: [["fr"], ["fr", "en"], []][number % 3],
    cost: { kinds: [["free"], ["paid"], ["conditional"], []][number % 4], passes: number % 5 ? [] : ["pass-numerique"] },
    source: { name: "bench" },
  };
}

const head = { format: "1.0.0", framework: engine.framework() };
const lines = [head, ...Array.from({ length: OFFERS }, (_, number) => offer(number))].map((line) => JSON.stringify(line));
const text = lines.join("\n");

let start = performance.now();
const offers = new Offers(engine, text);
const loaded = performance.now() - start;
assert.equal(offers.count, OFFERS);

const estimate = (level) => ({
  median: level * 1000,
  standardError: 700,
  low: 0,
  high: 8000,
  level,
  lowestLevel: 1,
  highestLevel: 8,
  probabilities: [100, 200, 200, 200, 200, 100, 0, 0],
  answers: 3,
  evidence: "measured",
});
const profile = {
  competences: competences.map((competence, number) => ({ competence, estimate: estimate(1 + chance(number, 6)) })),
  areas: [],
  overall: estimate(3),
  strengths: [],
  gaps: [],
  provisional: true,
  answered: 30,
};
const request = {
  learner: { profile },
  wishes: {
    near: { latitude: 45_000_000, longitude: 3_000_000 },
    withinMetres: 100_000,
    free: true,
    passes: ["pass-numerique"],
    languages: ["fr"],
  },
};

const times = [];
for (let run = 0; run < WARM_UP + RUNS; run += 1) {
  start = performance.now();
  const { found } = offers.match(request);
  const time = performance.now() - start;
  assert.ok(found > 100);
  if (run >= WARM_UP) times.push(time);
}
times.sort((one, two) => one - two);
const quantile = (part) => times[Math.floor(part * times.length)].toFixed(1);
const megabytes = (text.length / 1e6).toFixed(1);
console.log(`matching in wasm: one learner, ${OFFERS} offers (${megabytes} MB, read in ${(loaded / 1000).toFixed(1)} s)`);
console.log(`median ${quantile(0.5)} ms, 90 % within ${quantile(0.9)} ms, with conversion (bar: 60 ms)`);
