// Two bridges: of what was changed on the page, and from conversations to kroner.

import { drawn, node } from "../nodes.js";
import { folded, heading, lines, part, picture, said, tables, told, viewed, widthOf, wrapped } from "./frame.js";
import { movesOf } from "./moves.js";

export const name = "bridge";
const ROW = 30;

/** Show the bridge of the changes, which needs no run, and the way from conversations to kroner. */
export async function show(place, context) {
  const [moves, view] = await Promise.all([
    movesOf(place, context, () => show(place, context)),
    context.run ? viewed(context, name) : null,
  ]);
  const below = view ? ofRun(place, context, view) : [node("p", { class: "empty" }, said(context).ui.needs_run)];
  place.replaceChildren(...moves, ...below.flat());
}

function ofRun(place, context, view) {
  const parts = view.rows.filter(({ kind }) => kind !== "term");
  return [
    heading(view.title),
    parts.length > 1 ? [waterfall(place, context, view, parts), numbersOf(context, view, parts)] : [],
    view.terms.length ? [part(said(context).bridge.terms), termsOf(view.terms)] : [],
    told(view.texts),
    tables(view),
  ].flat();
}

function waterfall(place, context, view, parts) {
  const width = widthOf(place);
  const beside = width >= 520;
  const left = beside ? Math.min(250, width * 0.4) : 0;
  const most = Math.max(...parts.filter(({ kind }) => kind === "level").map(({ value }) => Math.abs(value)), 1e-9);
  const across = (count) => left + (Math.max(0, count) / most) * (width - left - 70);
  let [level, y] = [0, 6];
  const marks = parts.flatMap((row, at) => {
    const after = row.kind === "level" ? row.value : level + row.value;
    const text = wrapped(row.label, beside ? left - 14 : width);
    const top = beside ? y : y + text.length * 16;
    const high = beside ? Math.max(ROW, text.length * 16 + 8) : text.length * 16 + ROW;
    const ends = [row.kind === "level" ? 0 : level, after].map(across).sort((a, b) => a - b);
    const label = lines(text, 0, beside ? y + 18 : y + 12, { class: faceOf(row) });
    const next = { x: across(after), top: top + 24, bottom: y + high + (beside ? 4 : 20) };
    level = after;
    y += high;
    return [at + 1 < parts.length ? link(next) : [], barOf(context, row, ends, top), label].flat();
  });
  return picture({ title: view.caption, alt: view.alt, width, height: y + 6 }, marks);
}

function faceOf({ kind }) {
  return kind === "level" ? "label halo strong" : "label halo";
}

function link({ x, top, bottom }) {
  return drawn("line", { x1: x, x2: x, y1: top, y2: bottom, class: "link" });
}

function barOf(context, row, [start, end], top) {
  const isLevel = row.kind === "level";
  const number = context.numbers.fixed(row.value, 0, context.language);
  const width = Math.max(end - start, 1);
  return [
    drawn("rect", { x: start, y: top + 4, width, height: 20, class: isLevel ? "bar whole" : "bar taken" }),
    drawn("text", { x: end + 6, y: top + 19, class: faceOf(row) }, !isLevel && row.value > 0 ? `+${number}` : number),
  ];
}

function numbersOf(context, view, parts) {
  const words = said(context).bridge;
  const rows = parts.map(({ label, value }) => [label, context.numbers.fixed(value, 1, context.language)]);
  return folded(context, view.caption, [words.step, words.count], rows);
}

function termsOf(terms) {
  const items = terms.map(({ sign, number, label }) =>
    node(
      "li",
      {},
      node("span", { class: "sign" }, sign),
      node("strong", {}, number),
      node("span", { class: "of" }, label),
    ),
  );
  return node("ol", { class: "terms" }, ...items);
}
