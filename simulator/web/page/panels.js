// The panels below the figures, each a file of `panels/`; they are fetched when the first of them is looked at.

import { node } from "./nodes.js";

/** The panels, in their order. Those of DRIVEN need the job that finds what drives the figure. */
export const PANELS = [
  "bridge", "years", "calendar", "drivers", "breakeven", "two_way", "map", "assumptions", "checks", "rivals", "files",
];
const DRIVEN = ["drivers", "breakeven", "two_way", "rivals"];
const WITHOUT_RUN = ["calendar", "bridge", "assumptions", "files"];

/**
 * Return the tabs of the panels: `{node, show(context), stale(), wantsDrivers(), name}`.
 *
 * A panel is a module with `show(node, context)`. What it last showed stays, marked as being renewed, until it has
 * shown the new. `chosen(name)` is told which panel is looked at.
 */
export function makePanels(words, first, chosen) {
  const panels = { words, chosen, name: PANELS.includes(first) ? first : PANELS[0], context: null, turn: 0, drawn: "" };
  panels.body = node("div", { role: "tabpanel", id: "panel", tabindex: "0", class: "panel" });
  panels.note = node("p", { class: "renewed", hidden: true }, words.renewed);
  panels.tabs = PANELS.map((name) => tabOf(panels, name));
  const list = node("div", { role: "tablist", "aria-label": words.label, class: "tabs" }, ...panels.tabs);
  list.addEventListener("keydown", (event) => stepped(panels, event));
  mark(panels);
  return {
    node: node("div", { class: "panels" }, list, panels.note, panels.body),
    show: (context) => {
      panels.context = context;
      return show(panels);
    },
    stale: () => stale(panels, true),
    wantsDrivers: () => DRIVEN.includes(panels.name),
    name: () => panels.name,
  };
}

function tabOf(panels, name) {
  const title = panels.words.names[name];
  const given = { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "panel" };
  return node("button", { ...given, onclick: () => choose(panels, name) }, title);
}

function mark(panels) {
  PANELS.forEach((name, at) => {
    const isChosen = name === panels.name;
    panels.tabs[at].setAttribute("aria-selected", String(isChosen));
    panels.tabs[at].tabIndex = isChosen ? 0 : -1;
  });
  panels.body.setAttribute("aria-labelledby", `tab-${panels.name}`);
}

function choose(panels, name) {
  if (name === panels.name) return;
  panels.name = name;
  panels.drawn = "";
  panels.body.replaceChildren();
  mark(panels);
  panels.chosen(name);
  show(panels);
}

function stepped(panels, event) {
  const at = PANELS.indexOf(panels.name);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: PANELS.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const name = PANELS[(to + PANELS.length) % PANELS.length];
  choose(panels, name);
  panels.tabs[PANELS.indexOf(name)].focus();
}

function stale(panels, isStale) {
  if (panels.isStale === isStale) return;
  panels.isStale = isStale;
  panels.note.hidden = !isStale;
  panels.body.classList.toggle("stale", isStale);
  panels.body.setAttribute("aria-busy", String(isStale));
}

async function show(panels) {
  const { context, name, body } = panels;
  if (!context) return;
  if (!context.run && !WITHOUT_RUN.includes(name)) {
    if (!body.childElementCount) body.replaceChildren(node("p", { class: "empty" }, panels.words.waits));
    return stale(panels, body.dataset.name === name);
  }
  const turn = (panels.turn += 1);
  try {
    const { panels: all } = await import("./panels/all.js");
    if (turn !== panels.turn) return;
    if (body.dataset.name !== name) body.replaceChildren();
    body.dataset.name = name;
    await all[name].show(body, context);
    if (turn === panels.turn) stale(panels, false);
  } catch (wrong) {
    if (turn !== panels.turn) return;
    stale(panels, false);
    body.replaceChildren(node("p", { class: "empty" }, `${panels.words.failed} ${wrong.message}`));
  }
}
