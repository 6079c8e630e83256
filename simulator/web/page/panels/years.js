// The effect by financial year: a bar a year and one for the whole with its range, and the years added up.

import { drawn, node } from "../nodes.js";
import {
  decimalsOf,
  folded,
  heading,
  measured,
  part,
  picture,
  said,
  side,
  signed,
  tables,
  told,
  widthOf,
  withRun,
  wrapped,
  lines,
} from "./frame.js";
import { marksUp, scaleOf } from "./scale.js";

export const name = "years";
const HIGH = 260;

/** Show the kroner by financial year. */
export async function show(place, context) {
  await withRun(place, context, name, (view) => [
    heading(view.title),
    view.rows.length ? drawings(place, context, view) : [],
    told(view.texts),
    tables(view),
  ]);
}

function drawings(place, context, view) {
  const words = said(context).years;
  const shown = [bars(place, context, view)];
  if (view.added_up.length > 1) shown.push(part(words.added_up), addedUp(place, context, view));
  const heads = [words.year, words.effect, ...(view.added_up.length ? [words.added] : []), words.low, words.high];
  const number = (value) => (typeof value === "number" ? context.numbers.fixed(value, 3, context.language) : "");
  const rows = view.rows.map((row, at) => [
    row.column,
    number(row.effect_mio_kr),
    ...(view.added_up.length ? [number(view.added_up[at])] : []),
    number(row.low_mio_kr),
    number(row.high_mio_kr),
  ]);
  const ranged = view.rows.some((row) => typeof row.low_mio_kr === "number");
  return [
    ...shown,
    node("p", { class: "note" }, `${said(context).ui.loss_minus} ${ranged ? words.range : ""}`),
    folded(context, view.caption, heads, rows),
  ];
}

function bars(place, context, view) {
  const width = widthOf(place);
  const values = view.rows.flatMap(({ effect_mio_kr, low_mio_kr, high_mio_kr }) =>
    [effect_mio_kr, low_mio_kr, high_mio_kr].filter((one) => typeof one === "number"),
  );
  const up = scaleOf(values, HIGH - 24, 24);
  const left = leftOf(context, up);
  const ends = view.rows
    .flatMap(({ low_mio_kr, high_mio_kr }) => [low_mio_kr, high_mio_kr])
    .filter((one) => typeof one === "number");
  const right = Math.max(10, ...ends.map((end) => measured(endTold(context, end)) + 14));
  const step = (width - left - right) / view.rows.length;
  const decimals = decimalsOf(view.rows.map((row) => row.effect_mio_kr));
  const marks = view.rows.map((row, at) => {
    const middle = left + (at + 0.5) * step;
    return column(context, {
      row,
      middle,
      up,
      wide: Math.min(step * 0.56, 64),
      step,
      decimals,
      whole: at === view.rows.length - 1,
    });
  });
  const height = HIGH + 20 + 16 * Math.max(...view.rows.map((row) => wrapped(row.column, step - 4).length));
  return picture({ title: view.caption, alt: view.alt, width, height }, [
    marksUp(up, left, width - 4, context),
    marks,
  ]);
}

function column(context, { row, middle, up, wide, step, decimals, whole }) {
  const value = row.effect_mio_kr;
  const [level, nought] = [up.at(value), up.at(0)];
  const ends = [row.low_mio_kr, row.high_mio_kr].map((end) => (typeof end === "number" ? up.at(end) : null));
  const x = ends[0] === null ? middle : middle - wide * 0.3;
  const bar = drawn("rect", {
    x: x - wide / 2,
    y: Math.min(level, nought),
    width: wide,
    height: Math.abs(level - nought),
    class: whole ? "bar whole" : `bar ${side(value)}`,
  });
  const y = value < 0 ? level + 16 : level - 6;
  const text = drawn("text", { x, y, class: "label middle strong halo" }, signed(context, value, decimals));
  const range = ends[0] === null ? [] : rangeOf(context, row, ends, x + wide / 2 + 12);
  return [
    bar,
    text,
    ...range,
    ...lines(wrapped(row.column, step - 4), middle, HIGH + 16, { class: `label middle ${whole ? "strong" : ""}` }),
  ];
}

function rangeOf(context, row, [low, high], x) {
  const apart = Math.abs(low - high) > 18;
  return [
    drawn("line", { x1: x, x2: x, y1: low, y2: high, class: "range-line" }),
    ...(apart
      ? [
          [row.low_mio_kr, low],
          [row.high_mio_kr, high],
        ]
      : [[row.low_mio_kr, low + 8]]
    ).map(([value, y]) => drawn("text", { x: x + 8, y: y + 4, class: "quiet halo" }, endTold(context, value))),
  ];
}

/** Return an end of the range as it is stated: in full, since it is rounded already. */
function endTold({ numbers, language }, value) {
  return `${value > 0 ? "+" : ""}${numbers.short(value, language)}`;
}

function leftOf({ numbers, language }, up) {
  return 14 + Math.max(...up.axis.ticks.map((tick) => measured(numbers.fixed(tick, up.axis.decimals, language))));
}

/** Draw the years added up, one after the other, to the whole and its range. */
function addedUp(place, context, view) {
  const width = widthOf(place);
  const whole = view.rows[view.rows.length - 1];
  const ends = [whole.low_mio_kr, whole.high_mio_kr].filter((end) => typeof end === "number");
  const up = scaleOf([...view.added_up, ...ends], 180, 16, 4);
  const left = leftOf(context, up);
  const step = (width - left - 70) / view.added_up.length;
  const points = [[left, up.at(0)], ...view.added_up.map((value, at) => [left + (at + 1) * step, up.at(value)])];
  const [lastX, lastY] = points[points.length - 1];
  const fan = ends.length ? [drawn("polygon", { points: fanOf(view, up, left, step, ends), class: "fan" })] : [];
  const path = drawn("polyline", { points: points.map((point) => point.join()).join(" "), class: "path" });
  const text = signed(context, view.added_up.at(-1), decimalsOf(view.added_up));
  const labels = view.added_up.map((_, at) =>
    drawn("text", { x: left + (at + 1) * step, y: 200, class: "quiet middle" }, view.rows[at].column),
  );
  const dots = points.map(([cx, cy]) => drawn("circle", { cx, cy, r: 3, class: "dot" }));
  const parts = view.added_up.map((value, at) => `${view.rows[at].column} ${signed(context, value, 2)}`);
  const alt = `${said(context).years.added_up}: ${parts.join("; ")}`;
  const end = drawn("text", { x: lastX + 8, y: lastY + 4, class: "label strong halo" }, text);
  return picture({ title: said(context).years.added_up, alt, width, height: 212 }, [
    marksUp(up, left, width - 66, context),
    fan,
    path,
    dots,
    labels,
    end,
  ]);
}

/** Return the corners of the range, which each year has its share of as of the whole. */
function fanOf(view, up, left, step, ends) {
  const whole = view.added_up.at(-1);
  if (Math.abs(whole) < 1e-12) return "";
  const edge = (end) =>
    [0, ...view.added_up].map((value, at) => `${left + at * step},${up.at((value / whole) * end)}`);
  return [...edge(ends[0]), ...edge(ends[1]).reverse()].join(" ");
}
