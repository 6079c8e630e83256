// The figure over its two largest drivers: a cell for each pair of values, shaded by its amount.

import { node, scrolled } from "../nodes.js";
import { decimalsOf, heading, said, side, signed, waiting, withRun } from "./frame.js";

export const name = "two_way";
const STEPS = 4;

/** Show the figure for each pair of values of two assumptions, as a table that is shaded. */
export async function show(place, context) {
  await withRun(place, context, name, (view) => [
    heading(view.title),
    waiting(context, view),
    view.across ? [grid(context, view), node("p", { class: "note" }, said(context).ui.loss_minus)] : [],
  ]);
}

function grid(context, view) {
  const { across, up, rows } = view;
  const figures = rows.map(({ effect_mio_kr: figure }) => figure);
  const most = Math.max(...figures.map(Math.abs), 1e-12);
  const decimals = decimalsOf(figures);
  const shown = up.values
    .map((high, row) => across.values.map((_, at) => figures[row * across.values.length + at]))
    .reverse();
  const isToday = (value, texts, today, at) =>
    typeof today === "number" && nearest(value, today) === at && texts.length > 0;
  const head = node(
    "tr",
    {},
    node("td", {}),
    ...across.texts.map((text, at) =>
      headOf(context, text, isToday(across.values, across.texts, across.today, at), "col"),
    ),
  );
  const body = shown.map((line, at) => {
    const row = up.values.length - 1 - at;
    const first = headOf(context, up.texts[row], isToday(up.values, up.texts, up.today, row), "row");
    return node("tr", {}, first, ...line.map((figure) => cellOf(context, figure, most, decimals)));
  });
  const caption = node("caption", {}, `${said(context).two_way.unit} → ${told(across)}; ↓ ${told(up)}`);
  return scrolled(
    node("table", { class: "shaded" }, caption, node("thead", {}, head), node("tbody", {}, ...body)),
    view.caption,
  );
}

function told({ name: called, unit }) {
  return unit ? `${called} (${unit})` : called;
}

function nearest(values, today) {
  const apart = values.map((value) => Math.abs(value - today));
  const least = Math.min(...apart);
  return least <= (Math.max(...values) - Math.min(...values)) / 100 ? apart.indexOf(least) : -1;
}

function headOf(context, text, isToday, scope) {
  return node(
    "th",
    { scope, class: isToday ? "now" : null },
    text,
    isToday ? node("span", { class: "now-word" }, said(context).two_way.today) : null,
  );
}

function cellOf(context, figure, most, decimals) {
  const step = Math.min(STEPS - 1, Math.floor((Math.abs(figure) / most) * STEPS));
  return node("td", { class: `number shade-${side(figure)}-${step}` }, signed(context, figure, decimals));
}
