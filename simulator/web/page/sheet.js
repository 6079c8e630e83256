// The column of assumptions: the main ones first, all of them below by group, and a field to find one.

import { makeChoice } from "./choice.js";
import { filledIn, node } from "./nodes.js";
import { makeSlider } from "./slider.js";

/**
 * Return the column of sliders: `{node, show(sheet), moved(sets), complain(faults), refuse(key, names)}`.
 *
 * `acts`: change(key, text, merge) and reset(key).
 */
export function makeSheet(language, words, acts) {
  const column = { language, words, acts, rows: new Map(), made: new Map(), sets: new Map(), key: "" };
  Object.assign(column, { groups: [], choices: [] });
  column.search = node("input", { type: "search", id: "search", autocomplete: "off", oninput: () => filter(column) });
  column.main = node("div", { class: "main-sliders" });
  column.names = node("div", { class: "choices" });
  column.all = node("div", { class: "groups" });
  column.none = node("p", { class: "empty", hidden: true }, words.none_found);
  const frame = node("div", { class: "sheet" }, column.main, column.names,
    node("h3", {}, words.all), node("label", { for: "search" }, words.search), column.search, column.none, column.all);
  return {
    node: frame,
    show: (sheet) => show(column, sheet),
    moved: (sets) => moved(column, sets),
    complain: (faults) => complain(column, faults),
    refuse: (key, names) => column.choices.find(({ row }) => row.key === key)?.select.refuse(new Set(names)),
    label: (key) => column.rows.get(key)?.label ?? words.keys[key] ?? key,
    named: (key, text) => {
      const { options } = column.choices.find(({ row }) => row.key === key)?.row ?? {};
      return options?.find(({ value }) => value === text)?.label ?? text;
    },
  };
}

/** Show a sheet anew: sliders that are there already only take what is new of them. */
function show(column, sheet) {
  const before = column.rows;
  column.rows = new Map([...before, ...sheet.sliders.map((row) => [row.key, row])]);
  const key = sheet.sliders.map((row) => `${row.key} ${row.main} ${row.group} ${row.low} ${row.high}`).join();
  if (!column.choices.length) chooseAmong(column, sheet.choices ?? []);
  if (key !== column.key) rebuild(column, sheet.sliders, key);
  for (const row of sheet.sliders) if (before.get(row.key) !== row) column.made.get(row.key)?.set(given(column, row));
  column.choices.forEach((choice, at) => (choice.row = sheet.choices[at]));
  chosen(column);
}

/** Show what is chosen among names. */
function chosen({ choices, sets }) {
  for (const choice of choices) {
    const { row, select } = choice;
    const value = sets.get(row.key) ?? row.base_value;
    if (choice.shown === row && choice.value === value) continue;
    Object.assign(choice, { shown: row, value });
    select.set({ ...row, value });
  }
}

function chooseAmong(column, rows) {
  const { words, acts } = column;
  column.choices = rows.map((row) => ({ row, select: makeChoice(row, words.slider, acts) }));
  column.names.replaceChildren(...column.choices.map(({ select }) => select.node));
}

function rebuild(column, rows, key) {
  column.key = key;
  column.made.clear();
  column.main.replaceChildren(...rows.filter(({ main }) => main).map((row) => sliderOf(column, row)));
  const names = [...new Set(rows.filter(({ main }) => !main).map(({ group }) => group))];
  column.groups = names.map((name) => groupOf(column, name, rows.filter((row) => !row.main && row.group === name)));
  column.all.replaceChildren(...column.groups.map((group) => group.node));
  filter(column);
}

/** Return a group, whose sliders are made when it is first opened. */
function groupOf(column, name, rows) {
  const inner = node("div", {});
  const fold = node("details", { class: "group" }, node("summary", {}, `${name} (${rows.length})`), inner);
  const fill = () => {
    if (!inner.childElementCount) inner.append(...rows.map((row) => sliderOf(column, column.rows.get(row.key))));
  };
  fold.addEventListener("toggle", () => fold.open && fill());
  return { node: fold, rows, fill };
}

function sliderOf(column, row) {
  const slider = makeSlider(given(column, row));
  slider.on("change", (text, merge) => column.acts.change(row.key, text, merge));
  slider.on("reset", () => column.acts.reset(row.key));
  column.made.set(row.key, slider);
  return slider.node;
}

/** Return what a slider is given: the row of the sheet, with what was set since the sheet was read. */
function given(column, row) {
  const text = column.sets.get(row.key);
  const { language } = column;
  const told = { ...row, language, words: column.words.slider };
  if (text === undefined) {
    return row.changed ? { ...told, value: row.base_value, changed: false, outside: false, unsourced: false } : told;
  }
  const value = Number.isFinite(Number(text)) && text.trim() ? Number(text) : row.value;
  return { ...told, value, changed: true, drawn: false, unsourced: true, outside: value < row.low || value > row.high };
}

/** Show settings at once, before the server has said anything of them. */
function moved(column, sets) {
  const before = column.sets;
  column.sets = new Map(sets);
  for (const [key, slider] of column.made) {
    if (before.get(key) !== column.sets.get(key)) slider.set(given(column, column.rows.get(key)));
  }
  chosen(column);
}

/** Put each fault beside the slider that it concerns. Returns the faults that concern none. */
function complain(column, faults) {
  if (!faults.length && !column.faults) return [];
  column.faults = faults.length;
  const left = new Set(faults);
  const made = [...column.made, ...column.choices.map(({ row, select }) => [row.key, select])];
  for (const [key, slider] of made) {
    const mine = faults.filter(({ path }) => path === key || path?.endsWith(` ${key}`));
    const place = slider.node.querySelector(".fault");
    if (mine.length) place.textContent = mine.map(({ message }) => message).join(" ");
    else if (place.dataset.told) place.textContent = "";
    if (mine.length || place.dataset.told) place.hidden = !mine.length;
    place.dataset.told = mine.length ? "1" : "";
    mine.forEach((one) => left.delete(one));
  }
  return [...left];
}

function filter(column) {
  const words = column.search.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ key, label, group }) => {
    const text = `${label} ${key} ${group}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  };
  let found = 0;
  for (const group of column.groups) {
    const shown = group.rows.filter(matches);
    found += shown.length;
    group.node.hidden = !shown.length;
    if (words.length && shown.length) group.fill();
    if (words.length) group.node.open = true;
    else if (column.searched) group.node.open = false;
    for (const row of group.rows) hide(column, row.key, words.length > 0 && !matches(row));
  }
  for (const [key, row] of column.rows) {
    if (!row.main) continue;
    found += matches(row) ? 1 : 0;
    hide(column, key, words.length > 0 && !matches(row));
  }
  column.searched = words.length > 0;
  column.none.hidden = found > 0;
  column.none.textContent = filledIn(column.words.none_found, { text: column.search.value.trim() });
}

function hide(column, key, isHidden) {
  const slider = column.made.get(key);
  if (slider) slider.node.hidden = isHidden;
}
