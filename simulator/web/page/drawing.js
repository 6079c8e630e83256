// What stands on the page of the latest figures: filled in at most once a frame.

import { comparison } from "./columns.js";
import { FIGURES, printed, printedRange } from "./figures.js";
import { drawInterval } from "./interval.js";
import { filledIn, node } from "./nodes.js";
import { fixed } from "./numbers.js";
import { faultList } from "./opening.js";

const KR = "employment_effect_mio_kr";
const shown = new WeakMap();

/**
 * Fill in a view: {state, values, differences, wrong, running, isDim, isFirst, bases, language, words}.
 *
 * Where `isFirst`, only the figures and their sentence, which the reader looks at first.
 */
export function drawFigures(parts, view) {
  const { state, values, words, language } = view;
  const value = values[state.chosen];
  renewed(parts.figures.node, [value, view.isDim], () => parts.figures.show(value, view.isDim ? "stale" : ""));
  filled(parts.brief, [value?.figures, value?.interval], () => briefOf(value, language, words.figures));
  const told = stateOf(value, view);
  renewed(parts.state, [told, value?.state], () => {
    parts.state.textContent = told;
    parts.state.className = `state ${value?.state ?? ""}`;
  });
  filled(parts.sentence, [value?.sentence, value?.statement?.range], () => headlineOf(value));
  if (!view.isFirst) drawBelow(parts, view, value);
}

function drawBelow(parts, view, value) {
  const { state, values, words, language } = view;
  for (const [place, texts] of [[parts.remarks, value?.drafts ?? []], [parts.ranged, remarksOf(value, view)]]) {
    filled(place, texts, () => texts.map((text) => node("li", {}, text)));
  }
  parts.marks.textContent = marksOf(state, value, words.marks);
  renewed(parts.chain.node, value?.chain, () => parts.chain.show(value?.chain));
  const concepts = Object.entries(value?.figures?.concepts ?? {});
  const refused = concepts.filter(([, found]) => found === null).map(([name]) => name);
  parts.sheet.refuse("saldo.concept", refused);
  const lines = linesOf(state, values);
  renewed(parts.interval, lines, () => drawInterval(parts.interval, { lines }, language, words.interval));
  drawFaults(parts, view);
  parts.compareFrame.hidden = state.columns.length < 2;
  if (state.columns.length > 1) drawCompared(parts, view);
}

function drawCompared(parts, view) {
  const { language, words } = view;
  const { label: labels, named } = parts.sheet;
  const titled = (base) => (language === "da" && base?.title_da) || base?.title;
  const bases = (id) => titled(view.bases.get(id)) ?? id;
  parts.compare.replaceChildren(...comparison({ ...view, labels, named, bases }, language, words));
}

/** Show something in a place where it is new there: what is drawn again is laid out and painted again. */
function renewed(place, what, show) {
  const text = JSON.stringify(what) ?? "";
  if (shown.get(place) === text) return;
  shown.set(place, text);
  show();
}

function filled(place, what, made) {
  renewed(place, what, () => place.replaceChildren(...made()));
}

/** Return the figure and its range in one line, for a narrow page that has scrolled past them. */
function briefOf(value, language, words) {
  if (!value) return [];
  const [figure] = FIGURES;
  const number = node("strong", {}, printed(figure, value.figures[figure.name], language, words));
  return [number, ` ${printedRange(figure, value.interval, language, words)}`];
}

/** Return the sentence of a value, with its range at the end and strong. */
function headlineOf(value) {
  if (!value?.sentence) return [];
  const range = value.statement?.range;
  if (!range) return [value.sentence];
  return [`${value.sentence} `, node("strong", {}, ended(`${range[0].toUpperCase()}${range.slice(1)}`))];
}

function stateOf(value, { running, words }) {
  if (!value) return words.states.waits;
  if (value.state === "kept") return words.states.kept;
  if (value.state === "control") return running ? words.states.control_running : words.states.control;
  return words.states.simulated;
}

/** Return what there is to say of the range: its sign, what it rests on, or why there is none. */
function remarksOf(value, { words, language }) {
  if (!value) return [];
  const { interval } = value;
  const sign = value.statement?.sign_text;
  const told = sign ? [sign] : interval?.sign === "open" ? [words.remarks.open] : [];
  const number = interval?.drawn?.length;
  const parts = { draws: fixed(interval?.draws, 0, language), number };
  if (number) told.push(filledIn(number === 1 ? words.remarks.drawn_one : words.remarks.drawn, parts));
  if (!interval && !value.interval_waits && value.state === "simulated") told.push(words.remarks.no_range);
  return told;
}

function marksOf(state, value, words) {
  const changed = state.columns[state.chosen]?.sets.length ?? 0;
  const { outside = [], unsourced = [] } = value?.marks ?? {};
  const parts = [changed ? filledIn(words[changed === 1 ? "one" : "changed"], { number: changed }) : words.none];
  if (outside.length) parts.push(filledIn(words.outside, { number: outside.length }));
  if (unsourced.length) parts.push(filledIn(words.unsourced, { number: unsourced.length }));
  return parts.join(" · ");
}

function linesOf(state, values) {
  const several = state.columns.length > 1;
  return state.columns.map(({ name }, at) => {
    const value = values[at];
    const isControl = value?.state === "control";
    return {
      name: several ? name : "", value: value?.figures[KR] ?? null, interval: value?.interval ?? null,
      control: isControl ? null : value?.control?.[KR], published: value?.published?.[KR],
    };
  });
}

function drawFaults(parts, { state, wrong, words }) {
  const mine = wrong[state.chosen] ?? [];
  const left = parts.sheet.complain(mine);
  const others = state.columns.filter((_, at) => at !== state.chosen && wrong[at]);
  const lines = [
    ...(mine.length ? [node("p", {}, words.faults.kept), faultList(mine)] : []),
    ...others.map(({ name }) => node("p", {}, filledIn(words.faults.other, { name }))),
  ];
  const text = JSON.stringify([mine, left.length, others.length]);
  if (parts.faults.dataset.text === text) return;
  parts.faults.dataset.text = text;
  parts.faults.replaceChildren(...lines);
}

/** Return what is said to a reader who hears the page: the figure and its range. */
export function spokenOf(value, language, words) {
  const [figure] = FIGURES;
  const range = printedRange(figure, value.interval, language, words.figures);
  const parts = { figure: printed(figure, value.figures[figure.name], language, words.figures), range };
  return ended(filledIn(range ? words.announce.ranged : words.announce.alone, parts));
}

/** Return a text with one full stop at its end; that of an abbreviation is enough. */
function ended(text) {
  return `${text.replace(/\.+$/, "")}.`;
}
