// The spread of the figure: bands of 95 and 50 per cent, the shape of the draws, and marks of the other figures.
// Knows nothing of the server or of the page, so that the page without a server uses it too.

import { axisOf, shapeOf } from "./axis.js";
import { drawn, filledIn, node, table } from "./nodes.js";
import { fixed, mio } from "./numbers.js";

const ROW = 76;
const ALONE = 200;
const BARE = 110;
const FAR = 2;
const FOOT = 26;
const EDGE = 14;
const NAME = 26;
const NARROW = 420;
const figures = new WeakMap();

/**
 * Draw the intervals of one or more figures on one axis in a node, and their numbers as a table behind a fold.
 *
 * `data`: {lines: [{name, value, interval, control, published}]}, all in millions of kroner; `interval` as VALUE has
 * it, or null. `words`: section `interval` of the words of the page.
 */
export function drawInterval(target, data, language, words) {
  const figure = figures.get(target) ?? begun(target);
  figure.last = [data, language, words];
  drawAt(figure, figure.width || target.clientWidth || 640); // asking for a width that is known would lay the page out
  figure.legend.replaceChildren(...legendOf(figure.picture, data.lines, words));
  figure.summary.textContent = words.as_table;
  figure.numbers.replaceChildren(tableOf(data.lines, language, words));
}

function begun(target) {
  const figure = {
    picture: node("div", { class: "picture" }), legend: node("ul", { class: "legend" }), summary: node("summary"),
    numbers: node("div", { class: "scrolled" }),
  };
  const fold = node("details", {}, figure.summary, figure.numbers);
  target.replaceChildren(node("figure", { class: "interval" }, figure.picture, figure.legend, fold));
  figures.set(target, figure);
  new ResizeObserver(() => {
    const width = target.clientWidth;
    if (width && width !== figure.width) drawAt(figure, width);
  }).observe(target);
  return figure;
}

function drawAt(figure, width) {
  const [{ lines }, language, words] = figure.last;
  figure.width = width;
  const inset = EDGE + (lines.length > 1 ? NAME : 0);
  const axis = axisOf(heldOf(lines), width < NARROW ? 3 : 6);
  const across = (value) => inset + ((value - axis.low) / (axis.high - axis.low)) * (width - inset - EDGE);
  const tall = lines.length > 1 ? ROW : lines.some((line) => line.interval) ? ALONE : BARE;
  const height = tall * lines.length + FOOT;
  const text = lines.map((line) => sentenceOf(line, language, words)).join(" ");
  const label = `${words.title}. ${text}`;
  const told = { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label };
  const isIn = (value) => Number.isFinite(value) && value >= axis.low && value <= axis.high;
  const named = lines.length > 1;
  const rows = lines.map((line, at) => rowOf(line, { top: at * tall, tall, across, isIn, named, at }));
  figure.picture.replaceChildren(drawn("svg", told, marksOf(axis, across, height, language), ...rows));
}

/** Return what the axis holds: all, but no published figure of something so much larger that it hides the rest. */
function heldOf(lines) {
  const values = lines.flatMap(({ value, interval, control }) =>
    [value, control, interval?.low, interval?.high, interval?.quantiles?.[1], interval?.quantiles?.at(-2)]);
  const most = Math.max(...values.filter(Number.isFinite).map(Math.abs));
  return [...values, ...lines.map(({ published }) => published).filter((one) => Math.abs(one) <= FAR * most)];
}

function marksOf(axis, across, height, language) {
  const marks = axis.ticks.map((tick) => {
    const isZero = Math.abs(tick) < 1e-12;
    const line = { x1: across(tick), x2: across(tick), y1: 0, y2: height - FOOT, class: isZero ? "zero" : "hair" };
    const text = { x: across(tick), y: height - 8, class: "mark", "text-anchor": "middle" };
    return [drawn("line", line), drawn("text", text, fixed(tick, axis.decimals, language))];
  });
  return drawn("g", {}, ...marks.flat());
}

function rowOf({ name, value, interval, control, published }, { top, tall, across, isIn, named, at }) {
  const middle = top + tall - 22;
  const parts = [];
  if (interval) parts.push(...bandsOf(interval, across, { top, middle }));
  if (value !== null && value !== undefined) {
    parts.push(drawn("line", { x1: across(value), x2: across(value), y1: top + 8, y2: middle + 12, class: "point" }));
  }
  const marked = (d, name) => parts.push(drawn("path", { d, class: name }));
  if (Number.isFinite(control)) marked(diamond(across(control), middle), "control-mark");
  if (isIn(published)) marked(triangle(across(published), middle + 8), "published-mark");
  if (named) parts.push(drawn("text", { x: EDGE - 8, y: middle + 4, class: "line-name" }, name.slice(0, 3)));
  return drawn("g", { class: `line line-${at % 6}` }, ...parts);
}

function bandsOf({ low, high, fifty, quantiles }, across, { top, middle }) {
  const band = (from, to, half, name) => drawn("rect", {
    x: across(from), y: middle - half, width: Math.max(1, across(to) - across(from)), height: 2 * half, rx: 2,
    class: name,
  });
  const parts = [];
  if (quantiles) parts.push(shape(quantiles, across, { top: top + 12, foot: middle - 9 }));
  if (Number.isFinite(low)) parts.push(band(low, high, 7, "band wide"));
  if (fifty) parts.push(band(fifty[0], fifty[1], 7, "band half"));
  return parts;
}

function shape(quantiles, across, { top, foot }) {
  const [low, high] = [quantiles[1], quantiles.at(-2)];
  if (!(high > low)) return null;
  const parts = shapeOf(quantiles, low, high);
  const width = (high - low) / parts.length;
  const points = parts.map((part, at) => `${across(low + (at + 0.5) * width)},${foot - (foot - top) * part}`);
  const around = `${across(low)},${foot} ${points.join(" ")} ${across(high)},${foot}`;
  return drawn("polygon", { points: around, class: "shape" });
}

function diamond(x, y) {
  return `M${x},${y - 6}L${x + 6},${y}L${x},${y + 6}L${x - 6},${y}Z`;
}

function triangle(x, y) {
  return `M${x},${y}L${x + 6},${y + 10}L${x - 6},${y + 10}Z`;
}

function legendOf(figure, lines, words) {
  const spread = lines.find((line) => line.interval);
  const shown = [
    ["point", true],
    ["wide", spread],
    ["half", spread?.interval.fifty],
    ["control", lines.some((line) => Number.isFinite(line.control))],
    ["published", figure.querySelector(".published-mark")],
  ].filter(([, there]) => there);
  const called = (name) => (name === "wide" && spread.interval.called === "interval" ? "wide_interval" : name);
  return shown.map(([name]) =>
    node("li", {}, node("span", { class: `key-mark ${name}`, "aria-hidden": "true" }), words.legend[called(name)]));
}

function sentenceOf({ name, value, interval, control, published }, language, words) {
  const told = (number) => mio(number, language);
  const parts = { name, value: told(value) };
  const pieces = [filledIn(name ? words.named : words.alone, parts)];
  if (interval) pieces.push(filledIn(words.spread, { low: told(interval.low), high: told(interval.high) }));
  if (Number.isFinite(control)) pieces.push(filledIn(words.control, { value: told(control) }));
  if (Number.isFinite(published)) pieces.push(filledIn(words.published, { value: told(published) }));
  return `${pieces.join("; ")}.`;
}

function tableOf(lines, language, words) {
  const number = (value) => fixed(value, 2, language);
  const rows = lines.map(({ name, value, interval, control, published }) => [
    name || words.here, number(value), number(interval?.low), number(interval?.high), number(interval?.fifty?.[0]),
    number(interval?.fifty?.[1]), number(control), number(published),
  ]);
  return table(words.caption, words.heads, rows);
}
