// The bridge of changes: the figure of the scenario, what each setting adds, and the figure as it stands.

import { drawn, filledIn, node } from "../nodes.js";
import { decimalsOf, folded, heading, lines, picture, said, side, signed, widthOf, wrapped } from "./frame.js";
import { marksAcross, scaleOf } from "./scale.js";

/** Return the bridge of what was changed, as nodes; `again` shows it once more when what was missing is simulated. */
export async function movesOf(place, context, again) {
  const words = said(context).moves;
  const title = heading(words.heading);
  if (!context.position.sets.length) return [title, node("p", { class: "empty" }, words.none)];
  let found;
  try {
    found = await context.api.moves(context.position, context.language);
  } catch (wrong) {
    return [title, node("p", { class: "empty" }, `${said(context).ui.failed} ${wrong.message}`)];
  }
  const told = Number.isFinite(found.start_mio_kr) ? [drawing(place, context, found), numbers(context, found)] : [];
  return [title, ...told, node("p", { class: "note" }, words.order), ...missing(context, found, again)];
}

function barsOf(words, { moves, start_mio_kr: start, end_mio_kr: end }) {
  const steps = moves.map((move) => ({
    label: move.label || move.key,
    from: move.from_mio_kr,
    to: move.to_mio_kr,
    control: !move.simulated,
  }));
  return [
    { label: words.start, from: 0, to: start, whole: true },
    ...steps.filter(({ from, to }) => Number.isFinite(from) && Number.isFinite(to)),
    ...(Number.isFinite(end) ? [{ label: words.end, from: 0, to: end, whole: true }] : []),
  ];
}

function drawing(place, context, found) {
  const words = said(context).moves;
  const bars = barsOf(words, found);
  const width = widthOf(place);
  const beside = width >= 520;
  const left = beside ? Math.min(250, width * 0.38) : 0;
  const across = scaleOf(
    bars.flatMap(({ from, to }) => [from, to]),
    left + 46,
    width - 52,
  );
  const decimals = decimalsOf(bars.flatMap(({ from, to }) => [from, to]));
  let y = 6;
  const marks = bars.flatMap((bar, at) => {
    const text = wrapped(bar.control ? `${bar.label} (${words.control})` : bar.label, beside ? left - 14 : width);
    const top = beside ? y : y + text.length * 16;
    const high = beside ? Math.max(30, text.length * 16 + 10) : text.length * 16 + 34;
    const drawnBar = barOf(context, bar, { top, across, decimals });
    const label = lines(text, 0, beside ? y + 18 : y + 12, { class: `label ${bar.whole ? "strong" : ""}` });
    const link =
      at + 1 < bars.length
        ? [
            drawn("line", {
              x1: across.at(bar.to),
              x2: across.at(bar.to),
              y1: top + 24,
              y2: y + high + (beside ? 4 : 20),
              class: "link",
            }),
          ]
        : [];
    y += high;
    return [...link, ...drawnBar, ...label];
  });
  const alt = bars
    .map((bar) => `${bar.label} ${signed(context, bar.whole ? bar.to : bar.to - bar.from, decimals)}`)
    .join("; ");
  return picture({ title: words.heading, alt, width, height: y + 26 }, [marksAcross(across, 4, y, context), marks]);
}

function barOf(context, bar, { top, across, decimals }) {
  const change = bar.whole ? bar.to : bar.to - bar.from;
  const [start, end] = [across.at(bar.from), across.at(bar.to)].sort((a, b) => a - b);
  const isLeft = change < 0;
  return [
    drawn("rect", {
      x: start,
      y: top + 4,
      width: Math.max(end - start, 1),
      height: 20,
      class: `bar ${bar.whole ? "whole" : side(change)} ${bar.control ? "unsure" : ""}`,
    }),
    drawn(
      "text",
      {
        x: isLeft ? start - 5 : end + 5,
        y: top + 19,
        class: `label halo ${isLeft ? "last" : ""} ${bar.whole ? "strong" : ""}`,
      },
      signed(context, change, decimals),
    ),
  ];
}

function numbers(context, found) {
  const words = said(context).moves;
  const number = (value) => (Number.isFinite(value) ? context.numbers.fixed(value, 3, context.language) : "–");
  const rows = found.moves.map((move) => [
    move.label || move.key,
    value(context, move.before),
    value(context, move.after),
    number(move.effect_mio_kr),
    number(move.to_mio_kr),
  ]);
  const ends = (label, result) => [label, "", "", "", number(result)];
  const all = [ends(words.start, found.start_mio_kr), ...rows, ends(words.end, found.end_mio_kr)];
  return folded(context, words.heading, [words.setting, words.before, words.after, words.effect, words.result], all);
}

function value(context, given) {
  if (typeof given === "number") return context.numbers.short(given, context.language);
  return given === null || given === undefined ? "–" : typeof given === "string" ? given : JSON.stringify(given);
}

function missing(context, { missing: positions = [] }, again) {
  const words = said(context).moves;
  if (!positions.length) return [];
  const text = positions.length === 1 ? words.missing_one : filledIn(words.missing_many, { count: positions.length });
  const state = node("p", { role: "status" });
  const press = (event) => {
    event.currentTarget.disabled = true;
    state.textContent = said(context).ui.asked_job;
    Promise.allSettled(positions.map((position) => context.follow("deliver", position))).then(again);
  };
  return [
    node(
      "div",
      { class: "waiting" },
      node("p", {}, text),
      node("button", { type: "button", onclick: press }, words.simulate),
      state,
    ),
  ];
}
