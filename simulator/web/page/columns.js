// Scenarios side by side: one column each. Sliders act on the chosen one.

import { button, filledIn, node, scrolled, table } from "./nodes.js";
import { short } from "./numbers.js";
import { FIGURES, printed, printedRange } from "./figures.js";

const LONGEST_NAME = 24;

/** Return the bar of columns: `{node, show(state, bases)}`; `acts`: choose, add, remove, rename. */
export function makeColumnBar(words, acts) {
  const bar = node("div", { class: "columns", role: "group", "aria-label": words.label });
  const shown = { text: "" };
  const show = (state, titles, room) => {
    const text = JSON.stringify([state.columns.map(({ name }) => name), state.chosen, titles, room]);
    if (text === shown.text) return;
    shown.text = text;
    const focused = bar.contains(document.activeElement) ? document.activeElement.dataset.act : null;
    const chips = state.columns.map((column, at) => chipOf(column, at, state, { words, acts, title: titles[at] }));
    bar.replaceChildren(...chips, button(words.add, acts.add, { "data-act": "add", disabled: !room }));
    if (focused) (bar.querySelector(`[data-act="${focused}"]`) ?? bar.querySelector("button")).focus();
  };
  return { node: bar, show };
}

function chipOf({ name }, at, state, { words, acts, title }) {
  const isChosen = at === state.chosen;
  const several = state.columns.length > 1;
  const choose = button(name, () => acts.choose(at), {
    class: "choose", "aria-pressed": String(isChosen), title, "data-act": `choose ${at}`,
  });
  if (!isChosen || !several) return node("span", { class: `chip line-${at % 6}${isChosen ? " chosen" : ""}` }, choose);
  const rename = button("✎", () => renaming(choose, name, words, (text) => acts.rename(at, text)), {
    "aria-label": filledIn(words.rename, { name }), title: filledIn(words.rename, { name }), "data-act": `rename ${at}`,
  });
  const remove = button("×", () => acts.remove(at), {
    "aria-label": filledIn(words.remove, { name }), title: filledIn(words.remove, { name }), "data-act": "remove",
  });
  return node("span", { class: `chip chosen line-${at % 6}` }, choose, rename, remove);
}

function renaming(choose, name, words, renamed) {
  const label = filledIn(words.rename, { name });
  const field = node("input", { type: "text", value: name, maxlength: LONGEST_NAME, "aria-label": label });
  let over = false;
  const end = (text) => {
    if (over) return;
    over = true;
    field.replaceWith(choose);
    choose.focus();
    if (text && text !== name) renamed(text);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") end(field.value.trim());
    if (event.key === "Escape") end("");
  });
  field.addEventListener("blur", () => end(field.value.trim()));
  choose.replaceWith(field);
  field.focus();
  field.select();
}

/**
 * Return the tables of two or more columns: their figures, and what differs.
 *
 * `told`: {state, values, differences, labels, named, bases}, where `labels(key)` names a setting, `named(key, text)`
 * what it is set to, and `bases(id)` a scenario.
 */
export function comparison(told, language, words) {
  const { state, values } = told;
  const heads = [words.compare.what, ...state.columns.map(({ name }) => name)];
  const rows = FIGURES.flatMap((figure) => rowsOf(figure, values, language, words.figures));
  const control = (value) => printed(FIGURES[0], value?.control?.[FIGURES[0].name], language, words.figures);
  rows.push([words.compare.control, ...values.map(control)]);
  rows.push(...differenceRows(told, language, words));
  const { figures, settings } = words.compare;
  return [
    scrolled(table(figures, heads, rows), figures),
    ...reasons(told).map((text) => node("p", { class: "note" }, text)),
    scrolled(table(settings, heads, settingRows(told, language, words)), settings),
  ];
}

function rowsOf(figure, values, language, words) {
  const number = (value) => printed(figure, value?.figures?.[figure.name], language, words);
  const numbers = [words.names[figure.name], ...values.map(number)];
  const ranges = values.map((value) => printedRange(figure, value?.interval, language, words, words.cell));
  return ranges.some(Boolean) ? [numbers, [words.range_row, ...ranges.map((text) => text || "–")]] : [numbers];
}

/** Return the rows of how each column differs from the first: the server says them, draw by draw where it can. */
function differenceRows({ state, differences }, language, words) {
  const first = state.columns[0].name;
  const skipped = differences?.length === state.columns.length ? 1 : 0;
  const told = state.columns.slice(1).map((_, at) => differences?.[at + skipped]);
  if (!told.some(Boolean)) return [];
  const mean = told.map((one) => printed(FIGURES[0], meanOf(one), language, words.figures));
  const range = told.map((one) => {
    if (!one) return "–";
    if (!Number.isFinite(one.low)) return words.figures.no_range;
    return printedRange(FIGURES[0], one, language, words.figures, words.figures.cell);
  });
  return [[filledIn(words.compare.difference, { first }), "–", ...mean], [words.figures.range_row, "–", ...range]];
}

/** Return why differences have no range, each reason once. */
function reasons({ differences }) {
  return [...new Set((differences ?? []).filter((one) => one && !Number.isFinite(one.low)).map(({ reason }) => reason))]
    .filter(Boolean);
}

function meanOf(difference) {
  return difference?.mean_mio_kr ?? difference?.employment_effect_mio_kr ?? difference?.mean ?? null;
}

function settingRows({ state, labels, named, bases }, language, words) {
  const keys = [...new Set(state.columns.flatMap(({ sets }) => sets.map(([key]) => key)))];
  const cell = (column, key) => {
    const found = column.sets.find(([one]) => one === key);
    return found ? numberOr(named(key, found[1]), language) : words.compare.as_base;
  };
  const differs = (row) => new Set(row.slice(1)).size > 1;
  const rows = keys.map((key) => [labels(key), ...state.columns.map((column) => cell(column, key))]).filter(differs);
  const titles = state.columns.map(({ base }) => bases(base));
  if (new Set(state.columns.map(({ base }) => base)).size > 1) rows.unshift([words.compare.scenario, ...titles]);
  return rows.length ? rows : [[words.compare.alike, ...state.columns.map(() => "")]];
}

function numberOr(text, language) {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  return short(Number(text), language);
}
