// What every panel has: a statement, a drawing with its numbers behind a fold, tables, notes, and what is missing.

import { drawn, filledIn, node, scrolled } from "../nodes.js";

const MOST_AT_HAND = 40;
const NOTHING = 1e-9;
const FONT = '13px "Source Sans 3", "Segoe UI", system-ui, sans-serif';
const seen = new Map();
let drawings = 0;

/** Return what a panel shows of the run, asked for once a run and language. */
export async function viewed(context, name) {
  const key = `${context.run} ${[...(context.kinds ?? [])].join()} ${name} ${context.language}`;
  if (!seen.has(key)) {
    const found = await context.api.view(context.run, name, context.language);
    seen.set(key, found);
    if (seen.size > MOST_AT_HAND) seen.delete(seen.keys().next().value);
  }
  return seen.get(key);
}

/** Return the words of the panels. */
export function said(context) {
  return context.words.views;
}

/** Return the heading of a panel: what its figure states. */
export function heading(text) {
  return node("h3", { class: "statement" }, text);
}

/** Return a heading within a panel. */
export function part(text) {
  return node("h4", {}, text);
}

/** Return paragraphs of texts; none of those that are empty. */
export function told(texts) {
  return texts.filter(Boolean).map((text) => node("p", {}, text));
}

/**
 * Return a drawing as one picture with a title and a description for those who cannot see it.
 *
 * @param {{title: string, alt: string, width: number, height: number}} shape
 * @param {Element[]} marks
 */
export function picture({ title, alt, width, height }, marks) {
  drawings += 1;
  const [named, described] = [`drawing-${drawings}-title`, `drawing-${drawings}-text`];
  const svg = drawn(
    "svg",
    {
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      role: "img",
      "aria-labelledby": `${named} ${described}`,
    },
    drawn("title", { id: named }, title),
    drawn("desc", { id: described }, alt),
    ...marks.flat(),
  );
  svg.style.maxWidth = `${Math.ceil(width)}px`;
  return node("figure", { class: "drawing" }, svg);
}

/** Return a table of numbers behind a fold. */
export function folded(context, caption, heads, rows) {
  const table = ruled(
    caption,
    heads,
    rows,
    heads.map((_, at) => at > 0),
  );
  return node(
    "details",
    { class: "numbers" },
    node("summary", {}, said(context).ui.as_table),
    scrolled(table, caption),
  );
}

/** Return a table of a document, with its notes below. */
export function documentTable({ caption, columns, numeric, lines, notes }) {
  const table = ruled(
    caption,
    columns,
    lines.map(({ cells }) => cells),
    numeric,
    lines.map(({ emphasis }) => emphasis),
  );
  return node(
    "div",
    { class: "told" },
    scrolled(table, caption),
    ...notes.map((text) => node("p", { class: "note" }, text)),
  );
}

/** Return a table in which columns of numbers stand flush right; a row may be a part (`sub`) or a `total`. */
export function ruled(caption, heads, rows, numeric, emphasis = []) {
  const flush = (at) => (numeric[at] ? "number" : "text");
  const head = node("tr", {}, ...heads.map((text, at) => node("th", { scope: "col", class: flush(at) }, text)));
  const body = rows.map((cells, row) => {
    const [first, ...rest] = cells;
    const named = node("th", { scope: "row", class: flush(0) }, first);
    return node(
      "tr",
      { class: emphasis[row] ?? null },
      named,
      ...rest.map((cell, at) => node("td", { class: flush(at + 1) }, cell)),
    );
  });
  return node("table", {}, node("caption", {}, caption), node("thead", {}, head), node("tbody", {}, ...body));
}

/** Return the tables of a view. */
export function tables(view) {
  return (view.tables ?? []).map(documentTable);
}

/** Return a note that something is not worked out yet, with a button that asks for it; nothing where it is. */
export function waiting(context, view) {
  const words = said(context).ui;
  if (!view.waits) return [];
  const state = node("p", { role: "status" });
  const press = () => {
    state.textContent = words.asked_job;
    context.ask(view.waits);
  };
  const ask = node("button", { type: "button", class: "primary", onclick: press }, words.ask_job);
  return [node("div", { class: "waiting" }, node("p", {}, words.needs_job), ask, state)];
}

/** Show a panel that needs a run: what it says, or that the run is not there yet. */
export async function withRun(place, context, name, build) {
  const words = said(context).ui;
  if (!context.run) return place.replaceChildren(node("p", { class: "empty" }, words.needs_run));
  const view = await viewed(context, name);
  const parts = build(view).flat(Infinity).filter(Boolean);
  place.replaceChildren(...(parts.length ? parts : [node("p", { class: "empty" }, words.nothing)]));
}

/** Return how wide a drawing may be in a place [px]. */
export function widthOf(place, most = 760) {
  return Math.max(260, Math.min(most, place.clientWidth || most));
}

let measuring = null;

/** Return how wide a text is [px]. */
export function measured(text, bold = false) {
  measuring ??= globalThis.document.createElement("canvas").getContext("2d");
  measuring.font = bold ? `600 ${FONT}` : FONT;
  return measuring.measureText(text).width;
}

/** Return a text in lines that fit a width [px]. */
export function wrapped(text, width, bold = false) {
  const lines = [];
  for (const word of String(text).split(" ")) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && measured(longer, bold) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Return lines of text in a drawing, the first at a height [px]. */
export function lines(texts, x, y, given = {}) {
  return texts.map((text, at) => drawn("text", { x, y: y + at * 16, class: "label halo", ...given }, text));
}

/** Return kroner in millions with their sign, to a number of decimals. */
export function signed(context, mio, decimals) {
  if (Math.abs(mio) < NOTHING) return "0";
  const text = context.numbers.fixed(mio, decimals, context.language);
  return mio > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Return the decimals in which amounts [mio. kr.] are told apart: two of small ones, none of large ones. */
export function decimalsOf(amounts) {
  const most = Math.max(0, ...amounts.map(Math.abs));
  return most >= 99.5 ? 0 : most >= 9.95 ? 1 : most >= 0.0995 ? 2 : 3;
}

/** Return the class of an amount: a loss, a gain or nothing. */
export function side(amount) {
  return Math.abs(amount) < NOTHING ? "none" : amount < 0 ? "loss" : "gain";
}

/** Return a day, given as in a setting, as it is written in the language of the page. */
export function dated(context, iso) {
  const words = said(context).calendar;
  const [year, month, day] = String(iso).split("-").map(Number);
  return words.months[month - 1] ? filledIn(words.date, { day, month: words.months[month - 1], year }) : String(iso);
}

/** Return a stretch of days as it is written; one that has no ends is the whole period. */
export function stretch(context, from, to) {
  if (!from && !to) return said(context).calendar.whole;
  return [from, to].map((day) => (day ? dated(context, day) : "…")).join(" – ");
}
