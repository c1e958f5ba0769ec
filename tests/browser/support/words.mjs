// The words of the interface, from the same files as the widget's: no test repeats a text.

import { readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../../../frontend/text/", import.meta.url);

const readPart = (language, part) => JSON.parse(readFileSync(new URL(`${language}/${part}.json`, FOLDER), "utf8"));

const read = (language) => ({ ...readPart(language, "start"), ...readPart(language, "late") });

/** What the element says before any other file is there. */
export const elementWords = (language) => readPart(language, "element");

/** The languages that the questions are in too. */
export const LANGUAGES = ["fr", "en"];

/** All languages of the interface, without variants. */
export const ALL_LANGUAGES = readdirSync(FOLDER).filter((name) => !name.includes("-")).sort();

/** What `language.json` says of one. */
export const about = (language) => readPart(language, "language");

// What a language does not say yet is said in English, and what a variant does not say, in its language.
const texts = (tag) => ({ ...read("en"), ...read(tag.split("-")[0]), ...read(tag) });
const TEXTS = Object.fromEntries(readdirSync(FOLDER).map((tag) => [tag, texts(tag)]));

/** The text of a key, with its {placeholders} filled in. */
export function word(language, key, values = {}) {
  const text = TEXTS[language][key];
  if (text === undefined) throw new Error(`frontend/text/${language} has no "${key}"`);
  return text.replaceAll(/\{(\w+)\}/g, (_, name) => {
    if (values[name] === undefined) throw new Error(`"${key}" needs a value for {${name}}`);
    return values[name];
  });
}

/** What stands in front of a text's first {placeholder}. */
export function beginning(language, key) {
  const text = TEXTS[language][key];
  if (text === undefined) throw new Error(`frontend/text/${language} has no "${key}"`);
  return text.split("{")[0].trim();
}

/** One text for one thing and another for several; French counts zero as one. */
export function counted(language, key, n) {
  const one = n === 1 || (n === 0 && language === "fr");
  return word(language, `${key}_${one ? "one" : "other"}`, { n: String(n) });
}
