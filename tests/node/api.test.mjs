// The built JavaScript package, used as a program uses it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { WEB_NODE } = process.env;
if (!WEB_NODE) throw new Error("WEB_NODE is not set: run these tests with `cargo xtask test`");
const { Engine, mergePassports, openPassport, removeRecord } = require(`${WEB_NODE}/skills-passport-api.js`);

/** The folder that is shipped. */
const DIST = process.env.DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));

const packText = (name) => readFileSync(`${DIST}/data/${name}`, "utf8");
const golden = (name) => JSON.parse(readFileSync(new URL(`../tests/golden/${name}`, import.meta.url), "utf8"));

const PACK = packText("digcomp-3.0.general.en.json");
const engine = new Engine(PACK);

const NOW = "2026-11-22T10:00:00Z";
const id = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

function request(changes = {}) {
  return { mode: "quick", language: "en", seed: 7, id: id(1), started: "2026-11-22T09:30:00Z", ...changes };
}

// Some kinds of questions have no ready answers.
const first = ({ question }) => question.answers[0]?.response ?? { kind: "dont-know" };

function answer(turn, response = first(turn)) {
  return engine.answer({ assessment: turn.assessment, item: turn.question.item, response });
}

/** A whole quick sitting. */
function sit(changes) {
  let turn = engine.start(request(changes));
  while (turn.question) turn = answer(turn);
  return turn;
}

const passportOf = (turn, passport, newId = id(9)) => engine.record(passport, turn.assessment, NOW, newId);

const copy = (value) => JSON.parse(JSON.stringify(value));

/** What `action` throws, which must be an `Error` that programs and people can use. */
function refusal(action) {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof Error, `${error} is an Error`);
    assert.equal(typeof error.code, "string", `“${error.message}” has a code`);
    assert.equal(typeof error.path, "string", `“${error.message}” has a path`);
    assert.notEqual(error.message, "");
    return { code: error.code, path: error.path };
  }
  return assert.fail("nothing was refused");
}

test("a sitting goes from the first question to the results", () => {
  let turn = engine.start(request());
  assert.deepEqual(turn.progress, { answered: 0, atMost: 10 });
  assert.equal(turn.ending, null);
  for (let n = 1; n <= 10; n++) {
    assert.ok(turn.question.stem);
    assert.ok(turn.question.answers.every(({ label }) => label));
    turn = answer(turn, n % 3 === 0 ? { kind: "dont-know" } : first(turn));
    assert.equal(turn.progress.answered, n);
  }
  assert.equal(turn.question, null);
  assert.equal(turn.ending, "length");
  const profile = engine.profile(turn.assessment);
  assert.equal(profile.answered, 10);
  assert.equal(profile.competences.length, 21);
  const review = engine.review(turn.assessment);
  assert.equal(review.length, 10);
  assert.ok(review.every(({ explanation }) => explanation));
});

test("the engine says which framework it speaks of", () => {
  assert.deepEqual(engine.framework(), { id: "digcomp", version: "3.0.0" });
  const older = new Engine(packText("digcomp-2.2.general.fr.json"));
  assert.deepEqual(older.framework(), { id: "digcomp", version: "2.2.0" });
  older.free();
});

test("requests may leave out what has a default", () => {
  const { assessment } = engine.start({ language: "en", seed: 1, id: id(1), started: NOW });
  assert.deepEqual(assessment.plan, { mode: "standard" });
  assert.equal(assessment.setting.assisted, false);
});

test("the same seed and answers give the same turns", () => {
  assert.deepEqual(sit(), sit());
  let [one, two] = [engine.start(request()), new Engine(PACK).start(request())];
  while (one.question) {
    assert.deepEqual(one, two);
    [one, two] = [answer(one), answer(two)];
  }
});

test("an assessment that was stored as JSON goes on at the same question", () => {
  let turn = engine.start(request());
  while (turn.question) {
    assert.deepEqual(new Engine(PACK).resume(copy(turn.assessment)), turn);
    turn = answer(turn);
  }
  assert.deepEqual(engine.resume(copy(turn.assessment)), turn);
});

test("undo asks the same question again and shows the answer taken back", () => {
  const before = answer(engine.start(request()));
  const after = answer(before, { kind: "dont-know" });
  assert.deepEqual(engine.undo(after.assessment), { ...before, undone: { kind: "dont-know" } });
  const start = engine.undo(before.assessment);
  assert.deepEqual(refusal(() => engine.undo(start.assessment)), { code: "nothing-to-undo", path: "" });
});

test("nothing that is given to the engine is changed by it", () => {
  const deepFreeze = (value) => {
    if (value && typeof value === "object") Object.values(Object.freeze(value)).forEach(deepFreeze);
    return value;
  };
  let turn = deepFreeze(engine.start(deepFreeze(request())));
  for (let n = 0; n < 3; n++) turn = deepFreeze(answer(turn));
  engine.profile(turn.assessment);
  engine.undo(turn.assessment);
});

test("results go into a passport, which others can open, merge and take from", () => {
  const one = passportOf(sit({ id: id(1) }));
  const both = passportOf(sit({ id: id(2), seed: 8 }), one);
  const other = passportOf(sit({ id: id(3), seed: 9 }), undefined, id(8));
  assert.equal(passportOf(sit({ id: id(1) }), null), one);

  assert.deepEqual(openPassport(both).assessments.map((record) => record.id), [id(1), id(2)]);
  const merged = mergePassports(both, other);
  assert.equal(openPassport(merged).assessments.length, 3);
  assert.equal(mergePassports(merged, other), merged);
  assert.deepEqual(openPassport(mergePassports(other, both)), openPassport(merged));

  const without = removeRecord(merged, id(2), id(20), NOW);
  assert.deepEqual(openPassport(without).assessments.map((record) => record.id).sort(), [id(1), id(3)]);
  // A copy cannot bring it back.
  assert.equal(mergePassports(without, both), without);
});

for (const name of ["standard-en.json", "focus-fr.json"]) {
  test(`WebAssembly asks and measures as native code did (${name})`, () => {
    const { pack, start, answers, ending, estimates, profileSha256 } = golden(name);
    const engine = new Engine(packText(pack));
    let turn = engine.start(start);
    for (const line of answers) {
      const [item, response] = [line.slice(0, line.indexOf(" ")), JSON.parse(line.slice(line.indexOf(" ")))];
      assert.equal(turn.question.item, item);
      turn = engine.answer({ assessment: turn.assessment, item, response });
    }
    assert.equal(turn.ending, ending);
    const profile = engine.profile(turn.assessment);
    const found = [
      ...profile.competences.map(({ competence, estimate }) => [competence, estimate]),
      ["overall", profile.overall],
    ].map(([name, { median, standardError }]) => [name, `${median} ± ${standardError}`]);
    assert.deepEqual(Object.fromEntries(found), estimates);
    assert.equal(createHash("sha256").update(JSON.stringify(profile)).digest("hex"), profileSha256);
  });
}

test("a pack that cannot be used is refused with its place", () => {
  const spoilt = (change) => {
    const pack = JSON.parse(PACK);
    change(pack);
    return JSON.stringify(pack);
  };
  const unknownCompetence = spoilt((pack) => (pack.bank.items[3].competence = "9.9"));
  const { id: item } = JSON.parse(PACK).bank.items[3];
  const number = spoilt((pack) => (pack.bankTexts[0].items[item].stem = 5));
  const blank = spoilt((pack) => (pack.bankTexts[0].items[item].stem = ""));
  for (const [text, expected] of [
    [PACK.slice(0, 30_000), { code: "not-json", path: "" }],
    ["", { code: "not-json", path: "" }],
    ["[".repeat(50_000_000), { code: "too-large", path: "" }],
    ['{"framework":'.repeat(100_000), { code: "not-json", path: "" }],
    [unknownCompetence, { code: "invalid-bank", path: `item ${item}, competence` }],
    [number, { code: "wrong-shape", path: `/bankTexts/0/items/${item}/stem` }],
    [blank, { code: "invalid-bank", path: `text en, item ${item}, stem` }],
  ]) {
    assert.deepEqual(refusal(() => new Engine(text)), expected, `${text.slice(0, 20)}… (${text.length})`);
  }
});

test("an assessment that does not fit is refused with its place", () => {
  const { assessment } = answer(answer(engine.start(request())));
  for (const [change, code, path] of [
    [(it) => (it.setting.language = 7), "wrong-shape", "/setting/language"],
    [(it) => (it.setting.language = "de"), "no-such-language", "/setting/language"],
    [(it) => (it.setting.seed = -1), "wrong-shape", "/setting/seed"],
    [(it) => (it.setting.seed = 2 ** 40), "wrong-shape", "/setting/seed"],
    [(it) => (it.answers[1].item = "0.0-00"), "unknown-item", "/answers/1/item"],
    [(it) => (it.answers[1] = it.answers[0]), "answered-twice", "/answers/1/item"],
    [(it) => (it.answers[1].response = { kind: "graded", answer: 200 }), "wrong-response", "/answers/1/response"],
    [(it) => (it.bank.sha256 = "0".repeat(64)), "other-bank", "/bank"],
    [(it) => (it.framework.version = "2.2.0"), "other-framework", "/framework"],
    [(it) => (it.plan = { mode: "focus", focus: [] }), "wrong-focus", "/plan/focus"],
  ]) {
    const changed = copy(assessment);
    change(changed);
    for (const call of ["resume", "undo", "profile", "review"]) {
      assert.deepEqual(refusal(() => engine[call](changed)), { code, path }, `${call}: ${change}`);
    }
  }
});

test("an assessment of a newer version is refused as such", () => {
  const { assessment } = engine.start(request());
  assert.deepEqual(refusal(() => engine.resume({ ...assessment, format: "2.0.0" })), {
    code: "newer-version",
    path: "/format",
  });
});

test("an answer to another question than the one asked is refused, and the sitting goes on", () => {
  const turn = engine.start(request());
  const other = engine.start(request({ seed: 1000 })).question.item;
  const item = other === turn.question.item ? "1.1-01" : other;
  const wrong = { assessment: turn.assessment, item, response: { kind: "dont-know" } };
  assert.deepEqual(refusal(() => engine.answer(wrong)), { code: "not-asked", path: "" });
  const response = { kind: "choice", option: "zzz" };
  const wrongKind = { assessment: turn.assessment, item: turn.question.item, response };
  assert.equal(refusal(() => engine.answer(wrongKind)).code, "wrong-response");
  assert.equal(answer(turn).progress.answered, 1);
});

test("a request that cannot be fulfilled is refused with its place", () => {
  for (const [changes, code, path] of [
    [{ language: "de" }, "no-such-language", "/setting/language"],
    [{ mode: "endless" }, "wrong-shape", "/mode"],
    [{ mode: "focus" }, "wrong-focus", "/plan/focus"],
    [{ mode: "focus", focus: ["9.9"] }, "wrong-focus", "/plan/focus"],
    [{ started: "yesterday" }, "wrong-shape", "/started"],
    [{ id: "me" }, "wrong-shape", "/id"],
    [{ surname: "unknown" }, "wrong-shape", "/surname"],
  ]) {
    assert.deepEqual(refusal(() => engine.start(request(changes))), { code, path }, JSON.stringify(changes));
  }
});

test("a passport that cannot be read is refused with its place, and the other one stays as it was", () => {
  const turn = sit();
  const good = passportOf(turn);
  const changed = (change) => {
    const passport = JSON.parse(good);
    change(passport);
    return JSON.stringify(passport);
  };
  for (const [bad, code, path] of [
    [good.slice(0, -100), "not-json", ""],
    [changed((it) => (it.format = "2.0.0")), "newer-version", "/format"],
    [changed((it) => (it.created = 5)), "wrong-shape", "/created"],
    [changed(({ records }) => (records[0].assessment.plan.mode = 7)), "wrong-shape", "/records/0/assessment/plan/mode"],
    ["[".repeat(50_000_000), "too-large", ""],
  ]) {
    const expected = { code, path };
    assert.deepEqual(refusal(() => openPassport(bad)), expected);
    assert.deepEqual(refusal(() => mergePassports(good, bad)), expected);
    assert.deepEqual(refusal(() => passportOf(turn, bad)), expected);
    assert.deepEqual(refusal(() => removeRecord(bad, id(1), id(2), NOW)), expected);
  }
  assert.equal(openPassport(good).assessments.length, 1);
  assert.equal(refusal(() => removeRecord(good, id(77), id(2), NOW)).code, "no-such-record");
  const contrary = changed(({ records }) => (records[0].profile.provisional = !records[0].profile.provisional));
  assert.equal(refusal(() => passportOf(turn, contrary)).code, "conflict");
  assert.equal(refusal(() => engine.record(good, turn.assessment, "never", id(9))).code, "wrong-shape");
  assert.equal(refusal(() => engine.record(undefined, turn.assessment, NOW, "nobody")).code, "wrong-shape");
});

test("an argument that is missing or of another type is refused like anything else", () => {
  const turn = sit();
  const good = passportOf(turn);
  const circular = {};
  circular.self = circular;
  const wrong = [undefined, null, 5, "text", [], Symbol("no"), () => {}, 1n, circular];
  for (const [name, call] of Object.entries({
    start: (it) => engine.start(it),
    resume: (it) => engine.resume(it),
    answer: (it) => engine.answer(it),
    undo: (it) => engine.undo(it),
    profile: (it) => engine.profile(it),
    review: (it) => engine.review(it),
    record: (it) => engine.record(undefined, it, NOW, id(9)),
  })) {
    for (const value of wrong) {
      assert.equal(refusal(() => call(value)).code, "wrong-shape", `${name}(${typeof value})`);
    }
  }
  assert.equal(answer(engine.start(request())).progress.answered, 1);
  assert.equal(passportOf(turn), good);
});

test("a text that is missing or of another type is refused like anything else", () => {
  const turn = sit();
  const good = passportOf(turn);
  for (const [name, call] of Object.entries({
    Engine: (it) => new Engine(it),
    openPassport: (it) => openPassport(it),
    mergePassports: (it) => mergePassports(good, it),
    "removeRecord, record": (it) => removeRecord(good, it, id(2), NOW),
    "record, finished": (it) => engine.record(undefined, turn.assessment, it, id(9)),
  })) {
    for (const value of [undefined, null, 5, {}]) {
      assert.equal(refusal(() => call(value)).code, "wrong-shape", `${name}(${value})`);
    }
  }
  assert.equal(passportOf(turn), good);
});

test("the TypeScript declarations name what goes in and comes out", () => {
  const declarations = readFileSync(`${DIST}/api/skills-passport-api.d.ts`, "utf8");
  const exports = declarations.matchAll(/^export (?:interface|type|class|function) (\w+)/gm);
  const exported = [...exports].map(([, name]) => name);
  for (const name of `Engine StartRequest AnswerRequest Turn Question PossibleAnswer Assessment Progress Ending Mode
    Profile CompetenceResult AreaResult Estimate Evidence Review PassportSummary AssessmentSummary FrameworkReference
    openPassport mergePassports removeRecord`.split(/\s+/)) {
    assert.ok(exported.includes(name), name);
  }
  for (const signature of [
    "start(request: StartRequest): Turn;",
    "answer(request: AnswerRequest): Turn;",
    "resume(assessment: Assessment): Turn;",
    "undo(assessment: Assessment): Turn;",
    "profile(assessment: Assessment): Profile;",
    "review(assessment: Assessment): Review[];",
    "openPassport(passport: string): PassportSummary;",
  ]) {
    assert.ok(declarations.includes(signature), signature);
  }
  // What is below belongs to the loader that wasm-bindgen writes.
  const [ours] = declarations.replaceAll(/\/\*.*?\*\//gs, "").split("export type InitInput");
  assert.doesNotMatch(ours, /\bany\b/);
});

test("the TypeScript declarations do not hide names of the browser that they use themselves", () => {
  const declarations = readFileSync(`${DIST}/api/skills-passport-api.d.ts`, "utf8");
  // `fetch` gives a promise of the browser's Response, which the module's loader must accept.
  assert.doesNotMatch(declarations, /^export (?:interface|type|class) (?:Response|Request|URL|BufferSource)\b/m);
});
