// The data files that the widget loads, to know what is behind the words on the screen.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { needed } from "./site.mjs";

/** A pack, for example `pack("digcomp-3.0", "fr")`. */
export function pack(framework, language) {
  return JSON.parse(readFileSync(join(needed("DIST"), "data", `${framework}.general.${language}.json`), "utf8"));
}

/** Which kind of question is on the screen: `graded` or `choice`. */
export async function kindOnScreen(widget, data) {
  const words = await widget.questionText();
  const { items } = data.bankTexts[0];
  const item = data.bank.items.find(({ id }) => words.includes(items[id].stem));
  if (!item) throw new Error(`no item of the bank has these words: ${words}`);
  return item.kind;
}
