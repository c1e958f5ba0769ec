// What can be measured about a screen's accessibility. Green here is not conformity: axe-core reaches about a third of
// the criteria, and only people can say whether the words are plain.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "EN-301-549", "RGAAv4"];

/** Pixels that a finger needs (WCAG 2.2 AA asks for 24, AAA for 44). */
const TARGET = 44;

/** What axe-core finds on the whole page: `{ impact, text }`. */
export async function violations(page) {
  // By way of the debugger: the page's policy forbids it any other script.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, {
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations"],
    });
    return violations.map(({ impact, id, help, nodes }) => {
      const places = nodes.slice(0, 3).map(({ target, failureSummary }) => {
        const why = failureSummary.split("\n").slice(1).join(" ").trim();
        return `${[target].flat(2).join(" ")}: ${why}`;
      });
      return { impact, text: `${id} (${impact}): ${help}; ${nodes.length} places, such as ${places.join(" | ")}` };
    });
  }, TAGS);
}

/** What sticks out of the page to a side. */
export async function overflowing(widget) {
  return widget.host.evaluate((element) => {
    const wide = (candidate) => {
      const { left, right, width } = candidate.getBoundingClientRect();
      return width > 1 && (right > innerWidth + 0.5 || left < -0.5);
    };
    const name = (found) => `${found.localName}.${found.getAttribute("class") ?? ""}#${found.id}`;
    const found = [...element.shadowRoot.querySelectorAll("*")].filter(wide).map(name);
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide, not ${clientWidth}`, ...found] : found;
  });
}

/** Runs `action` with the text spacing that a reader may set (WCAG 1.4.12). */
export async function withTextSpacing(widget, action) {
  await widget.host.evaluate((element) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-block-end: 2em !important }`);
    element.shadowRoot.adoptedStyleSheets.push(sheet);
  });
  try {
    return await action();
  } finally {
    await widget.host.evaluate((element) => element.shadowRoot.adoptedStyleSheets.pop());
  }
}

/** Buttons and answers that are too small to hit. */
export async function smallTargets(widget) {
  return widget.host.evaluate((element, least) => {
    const targets = [...element.shadowRoot.querySelectorAll("button, select, summary, .option label, label[for=import]")];
    return targets
      .map((target) => ({ words: target.textContent.trim().slice(0, 40), box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < least || box.width < least))
      .map(({ words, box }) => `${words}: ${Math.round(box.width)} × ${Math.round(box.height)} px`);
  }, TARGET);
}

/** The roles that a screen reader is told, from the browser's own tree. */
export async function roles(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  return nodes.filter((node) => !node.ignored).map(({ role }) => role.value);
}
