// Somebody who has a keyboard and nothing else.

import assert from "node:assert/strict";
import { focused, focusedNow } from "./widget.mjs";

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
      const here = await focusedNow(this.page);
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

/** Answers the n-th question. Three ways to choose one answer take turns; the other kinds of questions have one each. */
export async function answerByKeyboard(keyboard, widget, n) {
  const next = async () => {
    await keyboard.tabToButton(widget.say("question_next"));
    await keyboard.press("Enter");
  };
  switch (await widget.kind()) {
    case "multiple":
      for (let option = 0, count = await widget.howMany(); option < count; option++) {
        await keyboard.tabToRadio(`answer-${option}`);
        await keyboard.press("Space");
      }
      return next();
    case "ordering":
      await keyboard.tabTo((here) => here.id === "down-0");
      await keyboard.press("Enter");
      // The entry that moved keeps the focus, so that it can be moved on.
      assert.equal((await focused(keyboard.page)).id, "down-1");
      return next();
    case "matching":
      for (let list = 0, count = await widget.find("section.question select").count(); list < count; list++) {
        await keyboard.tabTo((here) => here.tag === "select");
        await keyboard.press("ArrowDown");
      }
      return next();
  }
  switch (n % 3) {
    // The first answer with the space bar, then Enter on the button.
    case 0:
      await keyboard.tabToRadio("answer-0");
      await keyboard.press("Space");
      await keyboard.tabToButton(widget.say("question_next"));
      return keyboard.press("Enter");
    // Down to the second answer with an arrow, then Enter, which sends the form.
    case 1:
      await keyboard.tabToRadio("answer-0");
      await keyboard.press("ArrowDown");
      return keyboard.press("Enter");
    // From below: the last one is "I don't know"; then the space bar on the button.
    default:
      await keyboard.tabToButton(widget.say("question_next"));
      await keyboard.tabToRadio(undefined, "Shift+Tab");
      await keyboard.press("Space");
      await keyboard.tabToButton(widget.say("question_next"));
      return keyboard.press("Space");
  }
}
