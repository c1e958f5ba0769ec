// What Lighthouse says of the demonstration page, as a learner's phone shows it.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import lighthouse from "lighthouse";
import { BASE_URL, launch } from "./support/site.mjs";

const CATEGORIES = ["accessibility", "best-practices"];

/** A port that nobody listens on. */
function freePort() {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const port = await freePort();
await launch([`--remote-debugging-port=${port}`]);

test("Lighthouse finds nothing to mend on the demonstration page", async () => {
  const { lhr } = await lighthouse(`${BASE_URL}/`, { port, onlyCategories: CATEGORIES, logLevel: "error" });
  const failed = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1);
  assert.deepEqual(failed.map(({ id, title, displayValue }) => [id, title, displayValue]), []);
  assert.deepEqual(CATEGORIES.map((category) => lhr.categories[category].score), [1, 1]);
  assert.equal(lhr.runtimeError, undefined);
});
