// Passports, badges and exports in the built JavaScript package.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { WEB_NODE } = process.env;
if (!WEB_NODE) throw new Error("WEB_NODE is not set: run these tests with `cargo xtask test`");
const api = require(`${WEB_NODE}/skills-passport-api.js`);

const DIST = process.env.DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));
const data = (name) => readFileSync(`${DIST}/data/${name}`, "utf8");
const engine = new api.Engine(data("digcomp-3.0.general.fr.json"));

const NOW = "2026-11-22T10:05:00Z";
const PASSPHRASE = "pirouette cacahuète";
const id = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** The best answer where there is one to choose, else "I don't know". */
function sit(number, choose) {
  const request = { mode: "thorough", language: "fr", seed: number, id: id(number), started: "2026-11-22T09:30:00Z" };
  let turn = engine.start(request);
  while (turn.question) {
    const { item, answers } = turn.question;
    const response = (choose && answers.at(-1)?.response) || { kind: "dont-know" };
    turn = engine.answer({ assessment: turn.assessment, item, response });
  }
  return turn.assessment;
}

/** A passport with two thorough sittings, of one who knows little and then rates themself highest. */
const passport = (() => {
  const first = engine.record(undefined, sit(1, false), "2026-11-21T10:00:00Z", id(9));
  return engine.record(first, sit(2, true), "2026-11-22T10:00:00Z", id(9));
})();

const learner = api.newKey();
const issue = (more) => engine.issue(passport, { secret: learner.secret, language: "fr", issued: NOW, ...more });
const [first, second] = issue().badges.map(({ badge }) => badge);

const library = api.newKey();
const endorse = (badge) =>
  api.endorseBadge({
    badge,
    secret: library.secret,
    endorser: "Médiathèque de Saint-Claude",
    comment: "J’étais à côté d’elle.",
    language: "fr",
    id: id(20),
    issued: NOW,
  });

/** What `action` throws, which must be an `Error` that programs can use. */
function code(action) {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof Error && typeof error.code === "string" && error.message, `${error}`);
    return error.code;
  }
  return assert.fail("nothing was refused");
}

const copy = (value) => JSON.parse(JSON.stringify(value));

test("a passport is shown whole", () => {
  const shown = api.showPassport(passport);
  assert.equal(shown.assessments.length, 2);
  assert.deepEqual([shown.name, shown.goals, shown.notes, shown.attestations], [null, [], 0, 0]);
  assert.equal(code(() => api.showPassport("{}")), "wrong-shape");
});

test("a merge says what it would bring before it is made", () => {
  const other = engine.record(undefined, sit(3, false), "2026-11-20T10:00:00Z", id(8));
  const preview = api.previewMerge(passport, other);
  assert.deepEqual(preview.new, [
    { kind: "assessment", count: 1, earliest: "2026-11-20T10:00:00Z", latest: "2026-11-20T10:00:00Z" },
  ]);
  assert.equal(api.openPassport(passport).assessments.length, 2, "nothing was merged");
  assert.equal(api.openPassport(api.mergePassports(passport, other)).assessments.length, 3);
  assert.equal(api.previewMerge(undefined, other).present, 0);
});

test("two assessments are compared", () => {
  const comparison = engine.compare(passport);
  assert.deepEqual([comparison.before, comparison.after, comparison.basis], [id(1), id(2), "answers"]);
  assert.equal(comparison.areas.length, 5);
  assert.equal(code(() => engine.compare(passport, { before: id(1), after: id(1) })), "same-record");
});

test("a copy to share has nothing in it but what was chosen", () => {
  const shared = engine.redact(passport, { id: id(30), at: NOW, areas: ["1"] });
  assert.ok(!shared.includes("\"answers\": ["), "no answers");
  const { results, assessments } = api.showPassport(shared);
  assert.equal(assessments.length, 0);
  assert.deepEqual(results[0].areas.map(({ area }) => area), ["1"]);
});

test("an older passport is brought to this version", () => {
  const old = passport.replace('"format": "1.1.0"', '"format": "1.0.0"');
  const { from, to, passport: brought } = api.migratePassport(old);
  assert.deepEqual([from, to], ["1.0.0", "1.1.0"]);
  assert.equal(brought, passport);
  assert.equal(code(() => api.migratePassport(passport.replace("1.1.0", "2.0.0"))), "newer-version");
});

test("a sealed passport opens with its passphrase, however it is typed, and with no other", () => {
  const sealed = api.sealPassport(passport, [learner.secret], PASSPHRASE);
  assert.ok(!sealed.includes("assessment") && !sealed.includes(learner.secret));
  assert.deepEqual(api.unsealPassport(sealed, PASSPHRASE.normalize("NFD")), { passport, secrets: [learner.secret] });
  assert.equal(code(() => api.unsealPassport(sealed, "pirouette")), "wrong-passphrase");
  assert.equal(code(() => api.unsealPassport(sealed.slice(0, -20), PASSPHRASE)), "not-json");
  assert.equal(code(() => api.sealPassport(passport, [], "short")), "unfit-passphrase");
  assert.notEqual(api.sealPassport(passport, [], PASSPHRASE), api.sealPassport(passport, [], PASSPHRASE));
});

test("keys are drawn anew each time, and name themselves", () => {
  assert.notEqual(learner.did, library.did);
  assert.match(learner.did, /^did:key:z6Mk/);
  assert.equal(api.didOf(learner.secret), learner.did);
  assert.equal(code(() => api.didOf("z3u2")), "wrong-key");
});

test("badges are signed, kept in the passport, and checked there", () => {
  const { did, badges, notEnough, passport: kept } = issue({ keep: id(40) });
  assert.equal(did, learner.did);
  assert.equal(badges.length + notEnough.length, 5);
  assert.ok(badges.length >= 2);
  const { verdict, assessments, credentials } = engine.checkPassport(kept, NOW);
  assert.deepEqual([verdict, assessments.map(({ replay }) => replay)], ["sound", ["confirmed", "confirmed"]]);
  assert.equal(credentials.length, badges.length);
  assert.equal(api.keepDocuments(kept, api.documentsOf(kept), id(41), NOW), kept, "each once");
  assert.equal(code(() => issue({ areas: ["9"] })), "not-enough-evidence");
  assert.equal(code(() => issue({ secret: undefined })), "wrong-shape");
});

test("verification says who says what about whom, and why something is refused", () => {
  const { sound, credentials } = api.verifyDocuments([first, endorse(first)], NOW);
  assert.equal(sound, true);
  const [report] = credentials;
  assert.equal(report.kind, "self-assessment");
  assert.deepEqual([report.issuer, report.subject], [learner.did, learner.did]);
  assert.equal(report.assessed.unsupervised, true);
  assert.equal(report.endorsements[0].issuerName, "Médiathèque de Saint-Claude");

  const changed = copy(first);
  changed.credentialSubject.result[0].value = "8";
  const [broken] = api.verifyDocuments([changed], NOW).credentials;
  assert.deepEqual(broken.refusals[0], { code: "broken-proof", position: 0, fault: "changed" });
  assert.equal(code(() => endorse(changed)), "broken-proof");

  const [moved] = api.verifyDocuments([second, { ...endorse(first), credentialSubject: endorse(second).credentialSubject }], NOW).credentials;
  assert.notEqual(moved.endorsements[0].refusals.length, 0, "an endorsement moved to another badge");
});

test("the text of a file is read strictly, and nothing else than documents is", () => {
  const text = JSON.stringify(first);
  assert.equal(api.verifyDocuments([text], NOW).sound, true);
  assert.equal(code(() => api.verifyDocuments([text.replace("{", '{"id": "urn:x:y",')], NOW)), "wrong-shape");
  assert.equal(code(() => api.verifyDocuments(text, NOW)), "wrong-shape");
  assert.equal(code(() => api.verifyDocuments([undefined], NOW)), "wrong-shape");
});

test("a presentation is for one verifier", () => {
  const shown = api.presentDocuments({
    documents: [first, endorse(first)],
    secret: learner.secret,
    challenge: "8a1f",
    domain: "https://training.example",
    created: NOW,
  });
  assert.equal(api.verifyPresentation(shown, "8a1f", "https://training.example", NOW).sound, true);
  const { sound, report } = api.verifyPresentation(shown, "8a1f", "https://other.example", NOW);
  assert.equal(sound, false);
  assert.equal(report.refusals[0].code, "other-domain");
});

test("a new key takes the place of the old one, and the passport keeps the statement", () => {
  const request = { old: learner.secret, new: api.newKey().secret, language: "fr", id: id(50), issued: NOW };
  assert.equal(api.verifyDocuments([api.succeedKey(request)], NOW).credentials[0].kind, "succession");
  const changed = api.changeKey(passport, request);
  assert.equal(api.documentsOf(changed).length, 1);
  assert.equal(engine.checkPassport(changed, NOW).verdict, "sound");
});

test("a badge goes through a QR code and comes back as it was", () => {
  const { link, svg } = api.badgeCode(first, "https://skills.example/verify", "fr");
  assert.equal(link, `https://skills.example/verify#${api.codeOfBadge(first)}`);
  assert.match(svg, /^<svg .*<title>Code QR/);
  assert.deepEqual(api.badgeOfCode(link), first);
  assert.equal(code(() => api.badgeOfCode(link.slice(0, -9))), "wrong-payload");
});

test("results and badges are drawn, and printed on one page", () => {
  const picture = engine.picture(passport, "fr");
  assert.match(picture, /^<svg .*<desc/s);
  assert.notEqual(engine.picture(passport, "fr", id(1)), picture, "an assessment by its id");
  assert.match(api.badgePicture(first, NOW, "fr"), /<svg .*Auto-évaluation/s);
  const code_ = { badge: first, address: "https://skills.example/verify" };
  const page = engine.page(passport, { language: "fr", date: "22 novembre 2026", code: code_ });
  assert.ok(page.startsWith("<!DOCTYPE html>") && page.includes("22 novembre 2026") && page.includes("crispEdges"));
  assert.equal(code(() => engine.picture(passport, "eo")), "no-such-language");
  assert.equal(code(() => engine.picture(passport, "fr", id(99))), "no-assessment");
});

test("results are written for a CV and for Europass", () => {
  const cv = engine.cv(passport, { language: "fr", date: "22 novembre 2026" });
  assert.match(cv, /^Compétences numériques\n.*22 novembre 2026.*\n\n- 1 .* sur 8/);
  const elm = engine.elm(passport, data("digcomp-3.0.esco.json"), { id: id(60), language: "fr" });
  assert.deepEqual(elm.type, ["VerifiableCredential", "EuropeanDigitalCredential"]);
  const [claim] = elm.credentialSubject.hasClaim;
  assert.match(claim.specifiedBy.learningOutcome[0].relatedESCOSkill[0].id, /^http:\/\/data\.europa\.eu\/esco\/skill\//);
  assert.equal(claim.provenBy[0].idVerification.prefLabel.en, "Unsupervised without ID Verification");
  const without = engine.elm(passport, undefined, { id: id(60), language: "fr" });
  assert.equal(without.credentialSubject.hasClaim[0].specifiedBy.learningOutcome[0].relatedESCOSkill, undefined);
  const other = () => engine.elm(passport, data("digcomp-2.2.esco.json"), { id: id(60), language: "fr" });
  assert.equal(code(other), "other-framework");
});
