// Elements built node by node: what a scenario calls itself is text here, and never markup.

const DRAWING = "http://www.w3.org/2000/svg";

/** Return an element with attributes, listeners (`onclick: handler`) and children; a text child is text. */
export function node(name, given = {}, ...children) {
  return filled(document.createElement(name), given, children);
}

/** Return an element of a drawing (SVG) with attributes, listeners and children. */
export function drawn(name, given = {}, ...children) {
  return filled(document.createElementNS(DRAWING, name), given, children);
}

/** Return a button that says what it does. */
export function button(text, onclick, given = {}) {
  return node("button", { type: "button", onclick, ...given }, text);
}

/**
 * Return a text with the names in braces filled in: `filledIn("{n} af {m}", {n: 1, m: 2})`. A part that ends with the
 * point of an abbreviation ends the sentence too.
 */
export function filledIn(pattern, parts = {}) {
  const part = (whole, name) => (name in parts ? String(parts[name]) : whole);
  return String(pattern ?? "").replace(/\{(\w+)\}/g, part).replace(/(\p{L})\.\.(?!\.)/gu, "$1.");
}

/** Return a table with a caption, heads and rows; the first cell of a row is its head. */
export function table(caption, heads, rows) {
  const head = node("tr", {}, ...heads.map((text) => node("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...rest]) =>
    node("tr", {}, node("th", { scope: "row" }, first), ...rest.map((cell) => node("td", {}, cell))));
  return node("table", {}, node("caption", {}, caption), node("thead", {}, head), node("tbody", {}, ...body));
}

/** Return a table in a frame that scrolls sideways by mouse and by keyboard. */
export function scrolled(made, label) {
  return node("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": label }, made);
}

function filled(element, given, children) {
  for (const [key, value] of Object.entries(given)) attribute(element, key, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function attribute(element, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (key === "style") throw new Error("a style is set by script, never as an attribute");
  else element.setAttribute(key, value === true ? "" : String(value));
}
