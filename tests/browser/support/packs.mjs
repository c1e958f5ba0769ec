// The data files that the widget loads.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { needed } from "./site.mjs";

const folder = () => join(needed("DIST"), "data");

/** The name of the file that the widget starts with, for example `startFile("digcomp-3.0", "fr")`. */
export const startFile = (framework, language) => `${framework}.general.${language}.start.json`;

/** Its content. */
export function startPack(framework, language) {
  return readFileSync(join(folder(), startFile(framework, language)), "utf8");
}

/** The names of the files with the words of questions in a language. */
export function textFiles(language) {
  return readdirSync(folder()).filter((name) => name.startsWith("general-") && name.includes(`.${language}.`));
}
