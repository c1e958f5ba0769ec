// The npm package as a partner gets it: installed from its tarball, used as it is, with React and with Vue.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { policy, launch, needed, Visitor } from "./support/site.mjs";
import { serveFolder } from "./support/server.mjs";

const run = promisify(execFile);
const browser = await launch();

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));

/** A partner's folder, with the package installed in it. */
const site = mkdtempSync(join(tmpdir(), "partner-"));
const modules = join(site, "node_modules");
const installed = join(modules, "skills-passport");
after(() => rmSync(site, { recursive: true, force: true }));

before(async () => {
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", site], { cwd: needed("DIST") });
  writeFileSync(join(site, "package.json"), JSON.stringify({ name: "partner", private: true, type: "module" }));
  const options = ["--offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  await run("npm", ["install", ...options, join(site, stdout.trim())], { cwd: site });
  // React, Vue and Vite, as the examples' lock file has them.
  for (const name of readdirSync(join(EXAMPLES, "node_modules")).filter((name) => !name.startsWith("."))) {
    symlinkSync(join(EXAMPLES, "node_modules", name), join(modules, name));
  }
});

/** Visits the built example and goes through it; the page's own counters say what it heard and got. */
async function goThrough(t, folder) {
  const origin = await serveFolder(folder, await policy());
  const visitor = await Visitor.arrive(t, browser);
  const { page, widget } = await visitor.visitAt(`${origin}/`);
  await widget.heading("welcome_title").waitFor();
  await widget.press("start");
  await widget.atQuestion(1);
  await widget.answerSome(2);
  await page.locator("#answered").filter({ hasText: /^2$/ }).waitFor();
  await widget.press("question_stop");
  await widget.find("dialog[open]").waitFor();
  await widget.choose("share-1");
  await widget.find("dialog").getByRole("button", { name: widget.say("share_give", { site: origin }) }).click();
  await page.locator("#areas").filter({ hasText: /^1$/ }).waitFor();
}

test("the package has what its manifest promises, and the types and the list of elements agree with the element", async (t) => {
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const read = (name) => readFileSync(join(installed, name), "utf8");
  for (const entry of Object.values(manifest.exports)) {
    for (const path of typeof entry === "string" ? [] : Object.values(entry)) assert.ok(read(path).length > 0, path);
  }
  assert.ok(!readdirSync(installed).includes("demo.css"), "the demo of a partner is not part of it");
  const { declarations } = JSON.parse(read(manifest.customElements)).modules[0];
  const described = declarations.find(({ customElement }) => customElement);
  const types = read("skills-passport.d.ts");

  const { page } = await (await Visitor.arrive(t, browser)).open();
  const element = await page.evaluate(() => {
    const Element = customElements.get("skills-passport");
    const own = Object.entries(Object.getOwnPropertyDescriptors(Element.prototype));
    return {
      attributes: Element.observedAttributes,
      fields: own.filter(([, { get, set }]) => get && set).map(([name]) => name),
      methods: own.filter(([, { value }]) => typeof value === "function").map(([name]) => name),
    };
  });
  const names = (list) => list.map(({ name }) => name).sort();
  assert.deepEqual(names(described.attributes), [...element.attributes].sort());
  const fields = described.members.filter(({ kind }) => kind === "field");
  // `focus` can be set, but reads as HTML's method.
  assert.deepEqual(names(fields), element.fields.filter((name) => name !== "focus").sort());
  const methods = described.members.filter(({ kind }) => kind === "method");
  for (const { name } of methods) assert.ok(element.methods.includes(name), name);
  for (const { name } of [...fields, ...methods, ...described.events]) {
    assert.match(types, new RegExp(`\\b${name}\\b`), `${name} has a type`);
  }
  // What the element says and does is reflected.
  const reflected = await page.evaluate(() => {
    const element = document.createElement("skills-passport");
    Object.assign(element, { mode: "quick", framework: "digcomp@2.2", bank: "general", focus: "1.1", offers: "a.json" });
    Object.assign(element, { theme: "dark", storage: "memory", assisted: true, lang: "fr" });
    return Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  });
  assert.deepEqual(reflected, {
    mode: "quick",
    framework: "digcomp@2.2",
    bank: "general",
    focus: "1.1",
    offers: "a.json",
    theme: "dark",
    storage: "memory",
    assisted: "",
    lang: "fr",
  });
});

test("without a bundler the package's files are used as they are", async (t) => {
  const folder = join(site, "plain");
  cpSync(join(EXAMPLES, "plain"), folder, { recursive: true });
  cpSync(installed, join(folder, "skills-passport"), { recursive: true });
  await goThrough(t, folder);
});

for (const framework of ["react", "vue"]) {
  test(`with ${framework} and Vite the element takes properties and is heard`, async (t) => {
    const source = join(site, framework);
    cpSync(join(EXAMPLES, framework), source, { recursive: true });
    mkdirSync(join(source, "public"));
    cpSync(installed, join(source, "public/skills-passport"), { recursive: true });
    const vite = join(EXAMPLES, "node_modules/vite/bin/vite.js");
    await run(process.execPath, [vite, "build", source, "--logLevel", "error"], { cwd: site });
    await goThrough(t, join(source, "dist"));
  });
}
