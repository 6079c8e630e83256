// The municipalities as squares in their places, and the same numbers as a list.

import { drawn, node, scrolled } from "../nodes.js";
import { heading, part, picture, ruled, said, withRun } from "./frame.js";

export const name = "map";
const SIDE = 38;
const chosen = { name: "" };

/** Show the map of what is chosen above it. */
export async function show(place, context) {
  await withRun(place, context, name, (view) => (view.shown.length ? frame(context, view) : [heading(view.title)]));
}

function frame(context, view) {
  const words = said(context).map;
  const body = node("div", { class: "map" });
  const options = view.shown.map((one) =>
    node("option", { value: one.name, selected: one.name === chosen.name }, one.label),
  );
  const choice = node("select", { id: "map-choice" }, ...options);
  const fill = () => {
    const found = view.shown.find((one) => one.name === choice.value) ?? view.shown[0];
    body.replaceChildren(...contentOf(context, view, found));
  };
  choice.addEventListener("change", () => {
    chosen.name = choice.value;
    fill();
  });
  fill();
  return [node("p", { class: "choice" }, node("label", { for: "map-choice" }, words.choice), " ", choice), body];
}

function contentOf(context, view, shown) {
  const words = said(context).map;
  const text = [shown.below, shown.whole ? `${words.whole}: ${shown.whole}.` : "", shown.note].filter(Boolean);
  const legend = node(
    "ul",
    { class: "keys" },
    shown.unit ? node("li", {}, shown.unit) : null,
    ...shown.legend.map(({ fill, text: told }) =>
      node("li", {}, node("span", { class: `key-box tile-${fill}` }), told),
    ),
  );
  return [
    heading(shown.title),
    node("div", { class: "map-parts" }, node("div", {}, tilesOf(view, shown), legend), listOf(context, view, shown)),
    ...text.map((one) => node("p", { class: "note" }, one)),
  ];
}

function tilesOf(view, shown) {
  const rows = Math.max(...view.tiles.map(({ row }) => row));
  const columns = Math.max(...view.tiles.map(({ column }) => column));
  const marks = view.tiles.map((tile) => tileOf(tile, shown));
  return picture({ title: shown.title, alt: shown.alt, width: columns * SIDE, height: rows * SIDE }, marks);
}

function tileOf(tile, shown) {
  const fill = shown.fills[tile.code] ?? "missing";
  const [x, y] = [(tile.column - 1) * SIDE, (tile.row - 1) * SIDE];
  const number = shown.in_tiles ? shown.printed[tile.code] : "";
  const group = drawn(
    "g",
    { class: `tile tile-${fill}` },
    drawn("title", {}, `${tile.name}${shown.printed[tile.code] ? `: ${shown.printed[tile.code]}` : ""}`),
    drawn("rect", { x: x + 1, y: y + 1, width: SIDE - 2, height: SIDE - 2, rx: 3 }),
    drawn("text", { x: x + SIDE / 2, y: y + (number ? 16 : 23), class: "middle" }, tile.short),
  );
  if (number) group.append(drawn("text", { x: x + SIDE / 2, y: y + 30, class: "middle" }, number));
  return group;
}

function listOf(context, view, shown) {
  const words = said(context).map;
  const names = new Map(view.tiles.map(({ code, name: called }) => [code, called]));
  const rows = shown.order.map((code) => [names.get(code) ?? code, shown.printed[code]]);
  const table = ruled(shown.in_tiles ? words.listed : shown.label, [words.municipality, words.value], rows, [
    false,
    shown.in_tiles,
  ]);
  return node("div", { class: "map-list" }, scrolled(table, part(words.listed).textContent));
}
