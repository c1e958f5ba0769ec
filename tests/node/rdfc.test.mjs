// Proofs over RDF, in a module of their own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { WEB_NODE } = process.env;
if (!WEB_NODE) throw new Error("WEB_NODE is not set: run these tests with `cargo xtask test`");
const api = require(`${WEB_NODE}/skills-passport-api.js`);
const rdf = require(`${WEB_NODE}/rdfc/skills-passport-rdfc.js`);

const DIST = process.env.DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));
const engine = new api.Engine(readFileSync(`${DIST}/data/digcomp-3.0.general.en.json`, "utf8"));
const golden = new URL("../../core/tests/fixtures/credential/badge-b1.json", import.meta.url);
const badge = JSON.parse(readFileSync(golden, "utf8"));

const NOW = "2026-11-23T10:05:00Z";
const { secret, did } = api.newKey();

// Stand-ins for the published contexts: every term has a meaning, and that is all that these tests need.
const meaning = (vocabulary) =>
  JSON.stringify({ "@context": { "@version": 1.1, "@vocab": vocabulary, id: "@id", type: "@type" } });
const contexts = Object.fromEntries(badge["@context"].map((address) => [address, meaning("https://terms.example/")]));

const words = { secret, endorser: "A library", comment: "I was there.", language: "en", issued: NOW };
const endorsement = api.endorseBadge({ ...words, badge, id: "00000000-0000-4000-8000-000000000001" });

function code(action) {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof Error && error.message, `${error}`);
    return error.code;
  }
  return assert.fail("nothing was refused");
}

const states = (verified) => verified.credentials[0].signatures.map(({ suite, state }) => [suite, state]);

test("both kinds of proof stand side by side, and the second is checked where it can be", () => {
  const signed = rdf.addRdfProof(endorsement, contexts, secret, NOW);
  assert.equal(signed.issuer.id, did);
  const both = rdf.verifyDocumentsWithRdf([signed], contexts, NOW);
  assert.deepEqual(states(both), [["eddsa-jcs-2022", "holds"], ["eddsa-rdfc-2022", "holds"]]);
  assert.equal(both.sound, true);
  const alone = api.verifyDocuments([signed], NOW);
  assert.deepEqual(states(alone), [["eddsa-jcs-2022", "holds"], ["eddsa-rdfc-2022", "not-checked"]]);
});

test("a changed document breaks both", () => {
  const signed = rdf.addRdfProof(endorsement, contexts, secret, NOW);
  signed.credentialSubject.endorsementComment = "I was elsewhere.";
  const verified = rdf.verifyDocumentsWithRdf([JSON.stringify(signed)], contexts, NOW);
  assert.equal(verified.sound, false);
  assert.deepEqual(states(verified).map(([, state]) => state), ["broken", "broken"]);
});

test("words with another meaning are other words", () => {
  const signed = rdf.addRdfProof(endorsement, contexts, secret, NOW);
  const others = Object.fromEntries(Object.keys(contexts).map((address) => [address, meaning("https://other.example/")]));
  assert.equal(states(rdf.verifyDocumentsWithRdf([signed], others, NOW))[1][1], "broken");
});

test("a context that was not given is named, and nothing is fetched", () => {
  assert.equal(code(() => rdf.addRdfProof(endorsement, {}, secret, NOW)), "not-json-ld");
  assert.equal(code(() => rdf.addRdfProof(endorsement, { a: 1 }, secret, NOW)), "wrong-shape");
  assert.equal(code(() => rdf.addRdfProof(endorsement, contexts, "z3u2", NOW)), "wrong-key");
});

test("the engine's badges take a second proof, too", () => {
  let turn = engine.start({ mode: "quick", language: "en", seed: 7, id: "00000000-0000-4000-8000-000000000002", started: NOW });
  while (turn.question) {
    const { item } = turn.question;
    turn = engine.answer({ assessment: turn.assessment, item, response: { kind: "dont-know" } });
  }
  const passport = engine.record(undefined, turn.assessment, NOW, "00000000-0000-4000-8000-000000000003");
  for (const { badge } of engine.issue(passport, { secret, language: "en", issued: NOW }).badges) {
    assert.equal(rdf.verifyDocumentsWithRdf([rdf.addRdfProof(badge, contexts, secret, NOW)], contexts, NOW).sound, true);
  }
});
