// The command-line tool, which reads what the widget wrote.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { needed } from "./site.mjs";

const run = promisify(execFile);

/** What `skills-passport passport show` says about a file. */
export async function showPassport(path) {
  const { stdout } = await run(needed("SKILLS_PASSPORT"), ["passport", "show", path, "--json"]);
  return JSON.parse(stdout);
}
