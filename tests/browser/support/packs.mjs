// The data files that the widget loads.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { needed } from "./site.mjs";

const folder = () => join(needed("DIST"), "data");

/** The name of the file that the widget shows its first question from, for example `sheetFile("digcomp-3.0", "fr")`. */
export const sheetFile = (framework, language) => `${framework}.general.${language}.sheet.txt`;

/** The name of the file that its engine is loaded from. */
export const startFile = (framework, language) => `${framework}.general.${language}.start.json`;

/** The content of these. */
export function sheet(framework, language) {
  return readFileSync(join(folder(), sheetFile(framework, language)), "utf8");
}
export function startPack(framework, language) {
  return readFileSync(join(folder(), startFile(framework, language)), "utf8");
}

/** The names of the files with the words of questions in a language. */
export function textFiles(language) {
  return readdirSync(folder()).filter((name) => name.startsWith("general-") && name.includes(`.${language}.`));
}

/** The name of the file with the hashes of these. */
export const hashFile = (language) =>
  readdirSync(folder()).find((name) => name.startsWith("hashes-general-") && name.endsWith(`.${language}.json`));

/**
 * The files of a small bank: for each kind of question one without a picture, and for each kind of picture one question.
 * `names` are what there is to see, `files` are pairs of name and content.
 */
export function sampler(framework, language) {
  const read = (name) => JSON.parse(readFileSync(join(folder(), name), "utf8"));
  const texts = new Map(textFiles(language).map((name) => [name, read(name)]));
  const words = Object.assign({}, ...[...texts.values()].map(({ items }) => items));
  const pack = read(startFile(framework, language));
  const chosen = new Map();
  for (const { id, kind } of pack.bank.items) {
    const name = words[id].picture ? `mockup-${words[id].picture.kind}` : kind;
    if (!chosen.has(name)) chosen.set(name, id);
  }
  const kept = (id) => [...chosen.values()].includes(id);
  pack.bank.items = pack.bank.items.filter(({ id }) => kept(id)).map(({ enemies, ...item }) => item);
  for (const text of [...texts.values(), ...pack.bankTexts]) {
    text.items = Object.fromEntries(Object.entries(text.items).filter(([id]) => kept(id)));
  }
  const files = [[startFile(framework, language), pack], ...texts].map(([name, content]) => [name, JSON.stringify(content)]);
  // Which of them is the first, only the engine can say.
  const lines = sheet(framework, language).split("\n");
  files.push([sheetFile(framework, language), lines.filter((line) => !line.startsWith("opening\t")).join("\n")]);
  return { names: [...chosen.keys()], files };
}
