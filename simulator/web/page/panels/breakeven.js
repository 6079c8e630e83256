// What one must believe: the range of each value, its number today, and where it alone gives another answer.

import { drawn, node } from "../nodes.js";
import {
  folded,
  heading,
  lines,
  measured,
  picture,
  said,
  tables,
  told,
  waiting,
  widthOf,
  withRun,
  wrapped,
} from "./frame.js";

export const name = "breakeven";
const GOALS = ["zero", "half", "double"];
const INSIDE = [0.24, 0.76];

/** Show where each value alone gives none, half or twice of the estimate. */
export async function show(place, context) {
  await withRun(place, context, name, (view) => [
    heading(view.title),
    waiting(context, view),
    view.values.length ? [legend(context), drawing(place, context, view), numbers(context, view)] : [],
    told(view.texts),
    tables(view),
  ]);
}

function legend(context) {
  const words = said(context).breakeven;
  const items = [["range", words.range], ["today", words.today], ...GOALS.map((goal) => [goal, words.goals[goal]])];
  return node("ul", { class: "keys" }, ...items.map(([kind, text]) => node("li", {}, sample(kind), text)));
}

function sample(kind) {
  const svg = drawn("svg", { viewBox: "0 0 18 16", class: "sample", "aria-hidden": "true" });
  if (kind === "range") svg.append(drawn("rect", { x: 0, y: 3, width: 18, height: 10, class: "bar extent" }));
  else if (kind === "today") svg.append(drawn("line", { x1: 9, x2: 9, y1: 1, y2: 15, class: "today" }));
  else svg.append(mark(kind, 9, 8));
  return svg;
}

function mark(goal, x, y) {
  if (goal === "zero") return drawn("circle", { cx: x, cy: y, r: 5.5, class: "goal" });
  if (goal === "half") return drawn("rect", { x: x - 5, y: y - 5, width: 10, height: 10, class: "goal" });
  return drawn("polygon", { points: `${x},${y - 7} ${x + 7},${y} ${x},${y + 7} ${x - 7},${y}`, class: "goal filled" });
}

/** Return a scale whose middle is the range of a value; what lies further out stands at its edge. */
function scaleIn(value, width) {
  const given = [value.low, value.high, value.value].filter((one) => typeof one === "number");
  const all =
    given.length && Math.max(...given) > Math.min(...given) ? given : [...given, ...value.turns.map(({ at }) => at)];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const [start, end] = INSIDE.map((share) => share * width);
  const at = (one) => start + ((one - low) / (high - low || 1)) * (end - start);
  return {
    at: (one) => Math.min(width - 8, Math.max(8, at(one))),
    beyond: (one) => at(one) < 8 || at(one) > width - 8,
  };
}

function drawing(place, context, view) {
  const width = widthOf(place);
  let y = 0;
  const marks = view.values.flatMap((value) => {
    const named = wrapped(value.name, width, true);
    const under = wrapped(value.range, width);
    const label = [
      lines(named, 0, y + 14, { class: "label strong" }),
      lines(under, 0, y + 14 + named.length * 16, { class: "quiet" }),
    ].flat();
    const top = y + (named.length + under.length) * 16 + 16;
    const { shapes, height } = barOf(context, value, width, top);
    y = top + height + 14;
    return [...label, ...shapes];
  });
  return picture({ title: view.caption, alt: view.alt, width, height: y }, marks);
}

function barOf(context, value, width, middle) {
  const scale = scaleIn(value, width);
  const shapes = [drawn("line", { x1: 0, x2: width, y1: middle, y2: middle, class: "link" })];
  if (typeof value.low === "number" && typeof value.high === "number") {
    const [low, high] = [scale.at(value.low), scale.at(value.high)];
    shapes.push(drawn("rect", { x: low, y: middle - 7, width: high - low, height: 14, class: "bar extent" }));
  }
  if (typeof value.value === "number") {
    const x = scale.at(value.value);
    shapes.push(drawn("line", { x1: x, x2: x, y1: middle - 11, y2: middle + 11, class: "today" }));
  }
  const turns = value.turns
    .map((turn) => ({ ...turn, x: scale.at(turn.at), beyond: scale.beyond(turn.at) }))
    .sort((a, b) => a.x - b.x);
  shapes.push(...turns.map(({ goal, x }) => mark(goal, x, middle)));
  const rows = placed(turns, width);
  const texts = rows.map(({ text, x, row }) =>
    drawn("text", { x, y: middle + 26 + row * 16, class: "quiet middle" }, text),
  );
  const deepest = Math.max(-1, ...rows.map(({ row }) => row));
  const never = value.impossible
    .map((goal) => `${said(context).breakeven.goals[goal]}: ${said(context).breakeven.impossible}`)
    .join(" · ");
  const under = never ? wrapped(never, width) : [];
  const first = 26 + (deepest + 1) * 16;
  const below = lines(under, 0, middle + first, { class: "quiet" });
  return { shapes: [...shapes, ...texts, ...below], height: first + under.length * 16 - 12 };
}

/** Return the numbers of the marks, moved down where they would cover each other. */
function placed(turns, width) {
  const ends = [];
  return turns.map(({ text, x, beyond, at }) => {
    const shown = beyond ? `${x < width / 2 ? "← " : ""}${text}${x < width / 2 ? "" : " →"}` : text;
    const half = measured(shown) / 2;
    const middle = Math.min(width - half, Math.max(half, x));
    const row = [...ends, -Infinity].findIndex((end) => end < middle - half - 8);
    ends[row] = middle + half;
    return { text: shown, x: middle, row, at };
  });
}

function numbers(context, view) {
  const words = said(context).breakeven;
  const ui = said(context).ui;
  const rows = view.values.flatMap((value) => [
    ...value.turns.map(({ goal, text, inside }) => [
      value.name,
      words.goals[goal],
      text,
      inside ? ui.is_so : ui.is_not,
    ]),
    ...value.impossible.map((goal) => [value.name, words.goals[goal], words.impossible, ""]),
  ]);
  return folded(context, view.caption, [words.name, words.goal, words.at, words.inside], rows);
}
