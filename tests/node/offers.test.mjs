// Matching in the built JavaScript package: offers, reasons and paths as plain objects.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const { WEB_NODE } = process.env;
if (!WEB_NODE) throw new Error("WEB_NODE is not set: run these tests with `cargo xtask test`");
const { Engine, Offers, nextSteps, openPassport } = createRequire(import.meta.url)(`${WEB_NODE}/skills-passport-api.js`);

const DIST = process.env.DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));
const engine = new Engine(readFileSync(`${DIST}/data/digcomp-3.0.general.en.json`, "utf8"));

const DEMO = readFileSync(new URL("../../frontend/demo/demo-offers.json", import.meta.url), "utf8");
const offers = new Offers(engine, DEMO);

/** Results at these levels, measured where nothing else is said. */
function profile(levels) {
  const estimate = ({ level, evidence = "measured" }) => ({
    median: level * 1000,
    standardError: 500,
    low: 0,
    high: 8000,
    level,
    lowestLevel: 1,
    highestLevel: 8,
    probabilities: Array.from({ length: 8 }, (_, position) => (position === level - 1 ? 1000 : 0)),
    answers: 3,
    evidence,
  });
  const entries = Object.entries(levels).map(([competence, level]) => [
    competence,
    typeof level === "number" ? { level } : level,
  ]);
  return {
    competences: entries.map(([competence, level]) => ({ competence, estimate: estimate(level) })),
    areas: [],
    overall: estimate({ level: 3 }),
    strengths: [],
    gaps: [],
    provisional: true,
    answered: 20,
  };
}

function refusal(action) {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof Error && error.message, `${error} is an Error with words`);
    return { code: error.code, path: error.path };
  }
  return assert.fail("nothing was refused");
}

test("offers come best first, with typed reasons whose points add up", () => {
  const answer = offers.match({ learner: { profile: profile({ "4.1": 1, "4.2": 2 }) }, place: "Les Tilleuls" });
  assert.deepEqual(answer.offers.map(({ offer }) => offer.id), ["proteger", "donnees", "maison"]);
  assert.equal(answer.found, 3);
  const [first, , last] = answer.offers;
  assert.deepEqual(
    first.reasons.map(({ code, from, to, metres }) => ({ code, from, to, metres })),
    [
      { code: "gain", from: 1, to: 4, metres: undefined },
      { code: "distance", from: undefined, to: undefined, metres: first.metres },
      { code: "free", from: undefined, to: undefined, metres: undefined },
    ],
  );
  const sum = first.reasons.reduce((total, { points = 0 }) => total + points, 0);
  assert.equal(sum, first.points);
  assert.equal(last.reasons[0].origin, "derived");
  assert.equal(answer.near.latitude, 45_950_000);
  assert.equal(answer.notEnoughEvidence.length, 19);
});

test("what no offer covers is said, and nothing rests on too little evidence", () => {
  const answer = offers.match({ learner: { profile: profile({ "4.4": 6, "4.1": { level: 1, evidence: "not-enough" } }) } });
  assert.deepEqual(answer.offers, []);
  assert.deepEqual(answer.uncovered, [{ competence: "4.4", level: 6, goal: 8, reached: 6, why: "no-offer" }]);
  const steps = nextSteps(profile({ "4.4": 6, "4.1": { level: 1, evidence: "not-enough" } }));
  assert.deepEqual(steps, {
    steps: [{ competence: "4.4", level: 6, next: 7, goal: 8, evidence: "measured" }],
    notEnoughEvidence: ["4.1"],
  });
});

test("wishes narrow down, and a passport stands for its newest results", () => {
  const id = "00000000-0000-4000-8000-000000000001";
  const started = engine.start({ mode: "quick", language: "en", seed: 7, id, started: "2026-11-22T09:30:00Z" });
  const response = started.question.answers[0]?.response ?? { kind: "dont-know" };
  const { assessment } = engine.answer({ assessment: started.assessment, item: started.question.item, response });
  const passport = engine.record(undefined, assessment, "2026-11-22T10:00:00Z", id);
  const [{ profile: own }] = openPassport(passport).assessments;
  assert.deepEqual(offers.match({ learner: { passport } }), offers.match({ learner: { profile: own } }));

  const remote = { learner: { profile: profile({ "3.4": 1, "1.1": 1 }) }, wishes: { modalities: ["remote"], free: true } };
  assert.deepEqual(offers.match(remote).offers.map(({ offer }) => offer.id), ["programmer"]);
});

test("a path lists its steps in order", () => {
  const learner = { profile: profile({ "2.1": 1, "2.4": 2, "2.2": 1 }) };
  const { steps } = offers.path({ learner, goals: [{ competence: "2.4", level: 5 }] });
  // Working together asks for level 2 in another competence first.
  assert.deepEqual(steps.map(({ offer }) => offer.id), ["ecrire", "ensemble"]);
  assert.deepEqual(steps[1].gains, [{ competence: "2.4", from: 2, to: 5 }]);
  const beyond = { learner, goals: [{ competence: "2.4", level: 8 }] };
  assert.deepEqual(refusal(() => offers.path(beyond)), { code: "no-path", path: "/goals" });
});

test("a place is found by its name or postcode, and a similar one suggested", () => {
  assert.deepEqual(offers.findPlace("roche bleue"), { near: { latitude: 45_870_000, longitude: 1_760_000 }, suggestions: [] });
  assert.deepEqual(offers.findPlace("Rochefort"), { near: null, suggestions: ["Roche-Bleue"] });
});

test("choices are what offers of the catalogue have", () => {
  const choices = offers.choices();
  assert.deepEqual(choices.languages, ["en", "fr"]);
  assert.deepEqual(choices.passes, ["pass-numerique"]);
  assert.ok(choices.places && choices.costs);
  assert.equal(offers.count, JSON.parse(DEMO).offers.length);
});

test("a catalogue or a request that cannot be used is refused with its place", () => {
  const load = (text) => refusal(() => new Offers(engine, text));
  assert.deepEqual(load("<html>"), { code: "not-json", path: "" });
  assert.deepEqual(load(DEMO.replace('"from": 1, "to": 2', '"from": 3, "to": 2')), {
    code: "invalid-offer",
    path: "/offers/0/targets/0/to",
  });
  assert.equal(load(DEMO.replace('"3.0.0"', '"2.2.0"')).code, "other-framework");
  const learner = { profile: profile({ "4.1": 1 }) };
  for (const [request, code, path] of [
    [{}, "wrong-shape", ""],
    [{ learner: {} }, "wrong-shape", "/learner"],
    [{ learner, limit: 0 }, "wrong-shape", "/limit"],
    [{ learner, place: "Atlantis" }, "unknown-place", "/place"],
    [{ learner, wishes: { goals: [{ competence: "9.9", level: 3 }] } }, "wrong-focus", "/wishes/goals/0/competence"],
    [{ learner, wishes: { modalities: ["by post"] } }, "wrong-shape", "/wishes/modalities/0"],
    [{ learner, surname: "x" }, "wrong-shape", "/surname"],
    [{ learner: { passport: "{" } }, "not-json", ""],
  ]) {
    assert.deepEqual(refusal(() => offers.match(request)), { code, path }, JSON.stringify(request).slice(0, 80));
  }
  for (const value of [undefined, null, 5, {}]) {
    assert.equal(refusal(() => new Offers(engine, value)).code, "wrong-shape");
  }
});

test("the TypeScript declarations name what goes in and comes out of matching", () => {
  const declarations = readFileSync(`${DIST}/api/skills-passport-api.d.ts`, "utf8");
  const names = [...declarations.matchAll(/^export (?:interface|type|class|function) (\w+)/gm)].map(([, name]) => name);
  const wanted = `Offers MatchRequest MatchAnswer MatchedOffer MatchReason Wishes LearningGoal Weights Wish Uncovered Why
    Learner PathRequest PathAnswer PathOffer PathGain FoundPlace OfferChoices NextSteps NextStep nextSteps
    Offer Target Prerequisite OfferOrigin OfferSource Cost CostKind Modality Support Audience Need Period Place Address
    Coordinates`;
  for (const name of wanted.split(/\s+/)) assert.ok(names.includes(name), name);
  assert.deepEqual(names.filter((name, position) => names.indexOf(name) !== position), [], "no name twice");
  for (const signature of ["match(request: MatchRequest): MatchAnswer;", "path(request: PathRequest): PathAnswer;"]) {
    assert.ok(declarations.includes(signature), signature);
  }
});
