// The page around a widget: what it hears and what it does to the element.

export const EVENTS = ["ready", "start", "progress", "complete", "share", "error"];

/** Writes down the element's events, as a page hears them. */
export async function listen(visitor) {
  await visitor.context.addInitScript((names) => {
    window.heard = [];
    for (const name of names) {
      document.addEventListener(name, (event) => {
        if (event.target.localName === "skills-passport") window.heard.push([name, event.detail]);
      });
    }
  }, EVENTS);
}

export const heard = (visit) => visit.page.evaluate(() => window.heard);

/** Waits for an event that `listen` writes down. */
export async function waitToHear(visit, name, count = 1) {
  const often = ([name, count]) => window.heard.filter(([other]) => other === name).length >= count;
  await visit.page.waitForFunction(often, [name, count]);
}

export const onElement = (visit, change, argument) =>
  visit.page.locator("skills-passport").first().evaluate(change, argument);
