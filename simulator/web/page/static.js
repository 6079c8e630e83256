// The page that can be mailed: the same sliders and figures as the page of `saldo explore`, from a grid in the file.

import { read, written } from "./address.js";
import { makeChain } from "./chain.js";
import { makeFigures } from "./figures.js";
import { drawInterval } from "./interval.js";
import { button, filledIn, node } from "./nodes.js";
import { fixed, kroner as inKr, mio, unbroken } from "./numbers.js";
import { makeSlider } from "./slider.js";
import { aboutOf, assumptionsOf, errorsOf, inKroner } from "./static_about.js";
import { openGrid } from "./static_grid.js";
import { commandOf, errorOf, valueOf } from "./static_value.js";
import { decimalsOf } from "./typed.js";

const SETTLED_MS = 600;
const NOTHING = 1e-9;
const COUNTED = [
  "held_baseline", "physical_baseline", "converted", "employment_weeks", "person_years", "kr_per_conversation",
];
const SMALL = 0.01;
const THEMES = ["auto", "light", "dark"];
const page = { told: null, grid: null, state: null, look: {}, parts: {}, waiting: null };

/** Start the page. */
function start() {
  page.told = JSON.parse(document.getElementById("told").textContent);
  page.grid = openGrid(page.told);
  reread();
  build();
  addEventListener("hashchange", () => {
    reread();
    build();
  });
  document.querySelector(".skip").addEventListener("click", () => document.getElementById("results").focus());
}

/** Take the view from the address; settings that the page does not have, or past its ends, are left out. */
function reread() {
  const { state, look } = read(location.hash, page.told.language);
  const known = (state.columns[0]?.sets ?? []).filter(([key, value]) => {
    const axis = page.told.axes.find((one) => one.key === key);
    const number = Number(value);
    return axis && value.trim() !== "" && number >= Number(axis.stops[0]) && number <= Number(axis.stops.at(-1));
  });
  page.state = { language: state.language, sets: known };
  page.look = look;
}

function words() {
  return page.told.words[page.state.language];
}

/** Build the page in its language. */
function build() {
  const { language } = page.state;
  const its = words();
  document.documentElement.lang = language;
  document.title = page.told.title[language];
  document.querySelector(".skip").textContent = its.header.skip;
  themed(page.look.theme);
  document.querySelector("header").replaceChildren(headOf(its));
  page.parts = partsOf(language, its);
  document.querySelector("main").replaceChildren(page.parts.brief, assumptionsFrame(its), resultsFrame(its));
  show();
}

function headOf(its) {
  const { title, question } = page.told;
  const { language } = page.state;
  const choices = THEMES.map((name) => node("option", { value: name }, its.header.themes[name]));
  const select = node("select", { id: "theme", onchange: () => themeChosen(select.value) }, ...choices);
  select.value = THEMES.includes(page.look.theme) ? page.look.theme : "auto";
  const theme = node("span", { class: "theme" }, node("label", { for: "theme" }, its.header.theme), select);
  const spoken = { class: "language", lang: its.header.other };
  const other = button(its.header.other_language, () => speak(its.header.other), spoken);
  page.reset = button(its.static.reset, () => setAll([]));
  const told = { class: "tools", role: "group", "aria-label": its.header.tools };
  const tools = node("div", told, page.reset, other, theme);
  const asked = questionOf(question, title, language);
  const titles = node("div", { class: "titles" }, node("h1", {}, title[language]), asked);
  return node("div", { class: "head" }, titles, tools);
}

/** Return the question of the scenario, which stands in the language of its first title. */
function questionOf(question, title, language) {
  return question && (language === "en" || title.da === title.en) ? node("p", { class: "question" }, question) : null;
}

function partsOf(language, its) {
  return {
    sliders: page.told.axes.map((axis) => sliderOf(axis, language, its)),
    figures: makeFigures(language, its.figures),
    chain: makeChain(language, its.chain),
    interval: node("div", { class: "chart" }),
    sentence: node("p", { class: "sentence" }),
    state: node("p", { class: "state" }),
    remarks: node("ul", { class: "remarks" }),
    marks: node("p", { class: "marks" }),
    brief: node("p", { class: "brief", "aria-hidden": "true" }),
    command: node("code", { class: "command", tabindex: "0", role: "region", "aria-label": its.static.command_label }),
    copied: node("span", { class: "copied", role: "status" }),
  };
}

function sliderOf(axis, language, its) {
  const stops = axis.stops.map(Number);
  const decimals = Math.max(...stops.filter((_, at) => at !== axis.own).map(decimalsOf));
  const slider = makeSlider({
    key: axis.key, label: axis.label[language], unit_text: axis.unit[language], language, words: its.sheet.slider,
    low: stops[0], high: stops.at(-1), stops, step: stops[1] - stops[0], fine: axis.fine, decimals,
    value: axis.value, base_value: axis.value, source_text: axis.source,
    reason: axis.reason, kind: axis.kind, unsourced: axis.unsourced, drawn: axis.drawn,
    stage: axis.simulates ? "delivery" : "money",
  });
  slider.on("change", (text) => moved(axis, text));
  slider.on("reset", () => setAll(page.state.sets.filter(([key]) => key !== axis.key)));
  return { axis, slider };
}

function assumptionsFrame(its) {
  const sheet = node("div", { class: "sheet" }, ...page.parts.sliders.map(({ slider }) => slider.node));
  return node("section", { class: "assumptions card-frame", "aria-labelledby": "assumptions-title" },
    node("h2", { id: "assumptions-title" }, its.sheet.title), node("p", { class: "marks how" }, its.static.how),
    page.parts.marks, sheet);
}

function resultsFrame(its) {
  const { parts, told } = page;
  const { language } = page.state;
  const titled = (name, level, title, ...content) =>
    node("section", { class: `card-frame ${name}`, "aria-labelledby": `${name}-title` },
      node(level, { id: `${name}-title` }, title), ...content);
  const copy = button(its.static.copy, copyCommand);
  return node("div", { class: "results", id: "results", tabindex: "-1" },
    titled("figure-section", "h2", its.titles["figure-section"], parts.sentence, parts.figures.node, parts.state,
      parts.remarks),
    titled("interval-section", "h3", its.titles["interval-section"], parts.interval),
    titled("chain-section", "h3", its.titles["chain-section"], parts.chain.node),
    titled("panel-section", "h3", its.static.again, node("p", {}, its.static.command), parts.command,
      node("p", {}, copy, " ", parts.copied), aboutOf(told, language, its)),
    titled("panel-section errors", "h3", its.static.errors.title, errorsOf(told, language, its)),
    titled("panel-section values", "h3", its.sheet.all, assumptionsOf(told, language, its)));
}

/** Take a new number of a slider; past the last stop there is nothing to show, so it stops there. */
function moved(axis, text) {
  const [low, high] = [Number(axis.stops[0]), Number(axis.stops.at(-1))];
  const number = Number(text);
  const whole = axis.whole ? String(Math.round(number)) : text;
  const held = number < low ? axis.stops[0] : number > high ? axis.stops.at(-1) : whole;
  setAll([...page.state.sets.filter(([key]) => key !== axis.key), [axis.key, held]]);
}

function setAll(sets) {
  page.state.sets = sets;
  show();
  remember();
}

function speak(language) {
  page.state.language = language;
  build();
  remember();
  document.querySelector(".language").focus();
}

function themeChosen(name) {
  page.look.theme = name === "auto" ? undefined : name;
  themed(name);
  remember();
}

function themed(name) {
  if (name === "light" || name === "dark") document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
}

/** Write the view into the address: the same as that of `saldo explore`, which opens it too. */
function remember() {
  const { language, sets } = page.state;
  const view = { language, columns: [{ name: "A", base: page.told.base, sets }], chosen: 0 };
  history.replaceState(null, "", `#${written(view, page.look)}`);
}

/** Show the figures of the present position everywhere. */
function show() {
  const { told, state, parts } = page;
  const set = Object.fromEntries(state.sets.map(([key, value]) => [key, Number(value)]));
  const value = valueOf(told, page.grid, set);
  for (const { axis, slider } of parts.sliders) showSlider(axis, slider, set[axis.key]);
  page.reset.disabled = state.sets.length === 0;
  parts.figures.show(value, "now");
  parts.chain.show(chainOf(value));
  drawInterval(parts.interval, { lines: [lineOf(value)] }, state.language, words().interval);
  showWords(value);
  showMarks(set);
  parts.command.textContent = commandOf(told, state.sets, value.interval !== null);
  parts.copied.textContent = "";
}

function showSlider(axis, slider, number) {
  const set = number !== undefined;
  const [low, high] = axis.range;
  const outside = set && low !== null && high !== null && (number < low || number > high);
  const marks = { changed: set, outside, unsourced: set || axis.unsourced, drawn: axis.drawn && !set };
  slider.set({ value: set ? number : axis.value, ...marks });
}

function lineOf({ figures, control, interval, published }) {
  const name = "employment_effect_mio_kr";
  return { name: "", value: figures[name], interval, control: control[name], published: published?.[name] };
}

function chainOf({ figures }) {
  const { language } = page.state;
  const { links, units } = words().static.chain;
  const kroner = ["form_mio_kr", "volume_mio_kr", "caseworker_time_mio_kr"].filter((name) => figures[name]);
  const last = figures.net_mio_kr === figures.employment_effect_mio_kr ? [] : ["net_mio_kr"];
  const names = [...COUNTED, ...kroner, "employment_effect_mio_kr", ...last];
  return names.filter((name) => figures[name] !== undefined).map((name) => {
    if (name.endsWith("mio_kr")) return { label: links[name], text: mio(figures[name], language) };
    const decimals = name === "person_years" || name === "employment_weeks" ? 1 : 0;
    const pattern = figures[name] === null ? "{number}" : units[name] ?? "{number}";
    return { label: links[name], text: unbroken(pattern, fixed(figures[name], decimals, language)) };
  });
}

function showWords(value) {
  const { parts, told } = page;
  const { language } = page.state;
  const its = words().static;
  const isOff = value.between || value.delivery;
  const error = inKroner(errorOf(told, "employment_effect_mio_kr", value), language);
  const isControl = value.state === "control";
  const stop = isControl ? its.stop_control : its.stop;
  parts.state.textContent = isOff ? closed(filledIn(its.interpolated, { error })) : stop;
  parts.state.className = isOff ? "state control" : "state";
  parts.sentence.textContent = sentenceOf(value, language, its);
  parts.remarks.replaceChildren(...remarksOf(value).map((text) => node("li", {}, text)));
  const effect = mio(value.figures.employment_effect_mio_kr, language);
  parts.brief.replaceChildren(node("strong", {}, effect), " ", rangeText(value, language, its));
  clearTimeout(page.waiting);
  page.waiting = setTimeout(() => {
    const how = isOff ? parts.state.textContent : "";
    document.querySelector(".announced").textContent = `${parts.sentence.textContent} ${how}`;
  }, SETTLED_MS);
}

/** Return the headline as a sentence: what happens to the public balance, by how much, and within which range. */
function sentenceOf({ figures, interval }, language, { sentence }) {
  const effect = figures.employment_effect_mio_kr;
  const kind = Math.abs(effect) < NOTHING ? "nothing" : effect < 0 ? "loss" : "gain";
  const pattern = sentence.range[interval?.called] ?? sentence.range.span;
  const range = interval ? filledIn(pattern, endsOf(interval, language)) : "";
  const converted = fixed(figures.converted, 0, language);
  const lead = filledIn(/[1-9]/.test(converted) ? sentence.lead : sentence.lead_none, { converted });
  return closed(filledIn(sentence[kind], { lead, value: sizeOf(effect, language), range }));
}

/** Return the size of an amount: in kroner where it is too small to be told in millions. */
function sizeOf(mioKr, language) {
  const size = Math.abs(mioKr);
  if (size >= SMALL) return mio(size, language);
  return inKr(size * 1e6, language);
}

/** Return a sentence with one full stop, also where it ends on an abbreviation. */
function closed(text) {
  return text.endsWith(".") ? text : `${text}.`;
}

function endsOf({ low, high }, language) {
  return { low: mio(low, language), high: mio(high, language) };
}

function rangeText({ interval }, language, { sentence }) {
  return interval ? filledIn(sentence.brief, endsOf(interval, language)) : "";
}

function remarksOf({ interval, no_range: isWithout }) {
  const { told } = page;
  const its = words();
  const found = [];
  if (isWithout) found.push(its.static.no_range);
  if (told.made.draws === 0) found.push(its.static.no_draws);
  if (interval && interval.low < 0 && interval.high > 0) found.push(its.remarks.open);
  return found;
}

function showMarks(set) {
  const { marks } = words().static;
  const count = Object.keys(set).length;
  page.parts.marks.textContent = filledIn(marks[count === 0 ? "none" : count === 1 ? "one" : "more"], { count });
}

async function copyCommand() {
  const { copied, command } = page.parts;
  try {
    await navigator.clipboard.writeText(command.textContent);
    copied.textContent = words().static.copied;
  } catch {
    getSelection().selectAllChildren(command); // a file that was opened from disk may not write to the clipboard
    copied.textContent = words().static.marked;
  }
}

start();
