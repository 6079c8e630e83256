// What moves the figure: a bar from the figure at the lowest value of an assumption to that at its highest.

import { drawn, node } from "../nodes.js";
import {
  decimalsOf,
  folded,
  heading,
  lines,
  measured,
  picture,
  said,
  signed,
  tables,
  told,
  waiting,
  widthOf,
  withRun,
  wrapped,
} from "./frame.js";
import { marksAcross, scaleOf } from "./scale.js";

export const name = "drivers";

/** Show the drivers, the widest at the top. */
export async function show(place, context) {
  await withRun(place, context, name, (view) => [
    heading(view.title),
    waiting(context, view),
    view.rows.length ? [drawing(place, context, view), legend(context), numbers(context, view)] : empty(context, view),
    told(view.texts),
    tables(view),
  ]);
}

function empty(context, view) {
  return view.waits ? [] : [node("p", { class: "empty" }, said(context).drivers.none)];
}

function drawing(place, context, view) {
  const width = widthOf(place);
  const figures = view.rows.flatMap((row) => [row.low_figure_mio_kr, row.high_figure_mio_kr, row.today_mio_kr]);
  const decimals = decimalsOf(figures);
  const room = 14 + Math.max(...figures.map((figure) => measured(signed(context, figure, decimals))));
  const beside = width >= 620;
  const left = beside ? width * 0.42 : 0;
  const across = scaleOf(figures, left + room, width - room, beside ? 5 : 3);
  let y = 26;
  const marks = view.rows.flatMap((row) => {
    const named = wrapped(row.name, beside ? left - 12 : width);
    const under = wrapped(row.range, beside ? left - 12 : width);
    const text = (named.length + under.length) * 16;
    const top = beside ? y + Math.max(0, text / 2 - 12) : y + text + 4;
    const label = [
      lines(named, 0, y + 13),
      lines(under, 0, y + 13 + named.length * 16, { class: "quiet halo" }),
    ].flat();
    y += beside ? Math.max(34, text + 10) : text + 38;
    return [...label, ...barOf(context, row, { top, across, decimals })];
  });
  const today = view.rows[0].today_mio_kr;
  const x = across.at(today);
  const line = drawn("line", { x1: x, x2: x, y1: 18, y2: y, class: "today" });
  const text = drawn("text", { x, y: 12, class: "label strong middle halo" }, signed(context, today, decimals));
  return picture({ title: view.caption, alt: view.alt, width, height: y + 26 }, [
    marksAcross(across, 18, y, context),
    line,
    marks,
    text,
  ]);
}

function barOf(context, row, { top, across, decimals }) {
  const today = across.at(row.today_mio_kr);
  return [
    ["low", row.low_figure_mio_kr],
    ["high", row.high_figure_mio_kr],
  ].flatMap(([end, figure]) => {
    const x = across.at(figure);
    const isLeft = x < today || (x === today && end === "low");
    const text = drawn(
      "text",
      { x: isLeft ? x - 5 : x + 5, y: top + 16, class: `quiet halo ${isLeft ? "last" : ""}` },
      signed(context, figure, decimals),
    );
    const bar = drawn("rect", {
      x: Math.min(x, today),
      y: top + 2,
      width: Math.abs(x - today),
      height: 20,
      class: `bar at-${end}`,
    });
    return Math.abs(x - today) < 0.5 ? [bar] : [bar, text];
  });
}

function legend(context) {
  const words = said(context).drivers;
  return node(
    "ul",
    { class: "keys" },
    ...["low", "high"].map((end) => node("li", {}, node("span", { class: `key-box at-${end}` }), words[`at_${end}`])),
  );
}

function numbers(context, view) {
  const words = said(context).drivers;
  const number = (value) => context.numbers.fixed(value, 3, context.language);
  const rows = view.rows.map((row) => [
    row.name,
    row.range,
    number(row.low_figure_mio_kr),
    number(row.high_figure_mio_kr),
    number(row.swing_mio_kr),
  ]);
  return folded(context, view.caption, [words.name, words.range, words.low, words.high, words.swing], rows);
}
