// People whose results are known: passports made with the JavaScript API, without a browser.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { needed } from "./site.mjs";

const id = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** What somebody answers who knows everything up to a level, and nothing above it. */
function answerOf(item, question, level) {
  if (question.kind === "graded") {
    const { answers } = question;
    const position = Math.max(0, Math.min(answers.length - 1, level - item.level + 2));
    return answers[position].response;
  }
  if (item.level > level) return { kind: "dont-know" };
  const { kind, right: option, rights: options, order, matches } = item;
  if (kind === "choice") return { kind, option };
  if (kind === "multiple") return { kind, options };
  return kind === "ordering" ? { kind, options: order } : { kind, matches };
}

/** The text of a passport with a thorough assessment of such a person. */
export function passportAt(level, { framework = "digcomp-3.0", mode = "thorough", seed = 7 } = {}) {
  const { Engine } = createRequire(import.meta.url)(join(needed("WEB_NODE"), "skills-passport-api.js"));
  const pack = readFileSync(join(needed("DIST"), "data", `${framework}.general.en.json`), "utf8");
  const items = new Map(JSON.parse(pack).bank.items.map((item) => [item.id, item]));
  const engine = new Engine(pack);
  let turn = engine.start({ mode, language: "en", seed, id: id(1), started: "2026-11-22T09:30:00Z" });
  while (turn.question) {
    const { assessment, question } = turn;
    const response = answerOf(items.get(question.item), question, level);
    turn = engine.answer({ assessment, item: question.item, response });
  }
  return engine.record(undefined, turn.assessment, "2026-11-22T10:00:00Z", id(2));
}
