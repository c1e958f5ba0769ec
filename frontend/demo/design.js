// Puts every sample of the page about the design into a frame of each theme.

const THEMES = { light: "Light", dark: "Dark", contrast: "High contrast" };

for (const place of document.querySelectorAll("[data-template]")) {
  const template = document.getElementById(place.dataset.template);
  for (const [theme, name] of Object.entries(THEMES)) {
    const column = document.createElement("div");
    const title = document.createElement("p");
    title.textContent = name;
    const frame = document.createElement("div");
    frame.className = "frame";
    frame.dataset.theme = theme;
    frame.dataset.size = "0";
    const sheet = document.createElement("div");
    sheet.append(template.content.cloneNode(true));
    // Names are for one sample in one theme.
    for (const attribute of ["id", "for", "name"]) {
      for (const part of sheet.querySelectorAll(`[${attribute}]`)) {
        part.setAttribute(attribute, `${part.getAttribute(attribute)}-${place.dataset.template}-${theme}`);
      }
    }
    for (const caption of sheet.querySelectorAll("section[aria-label], caption")) {
      if (caption.localName === "caption") caption.append(`, ${name}`);
      else caption.setAttribute("aria-label", `${caption.getAttribute("aria-label")}, ${name}`);
    }
    frame.append(sheet);
    column.append(title, frame);
    place.append(column);
  }
}
document.documentElement.dataset.ready = "";
