// Somebody who has a keyboard and nothing else.

import assert from "node:assert/strict";
import { focused } from "./widget.mjs";

/** More stops than any screen has. */
const MOST_STOPS = 60;

export class Keyboard {
  constructor(page) {
    this.page = page;
  }

  async press(key, times = 1) {
    for (let n = 0; n < times; n++) await this.page.keyboard.press(key);
  }

  /** Tabs until what has the focus fits; fails if it never does. */
  async tabTo(fits, key = "Tab") {
    const seen = [];
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      await this.press(key);
      const here = await focused(this.page);
      if (fits(here)) return here;
      seen.push(`${here.tag} ${here.id} ${here.text.slice(0, 40)}`);
    }
    assert.fail(`${key} never gets there; it stops at:\n${seen.join("\n")}`);
  }

  async tabToButton(text, key) {
    return this.tabTo((here) => here.tag === "button" && here.text === text, key);
  }

  async tabToRadio(id, key) {
    return this.tabTo((here) => here.tag === "input" && (!id || here.id === id), key);
  }
}
