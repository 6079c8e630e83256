// The page as it stands in one language: all its parts, put together once and filled in again and again.

import { makeChain } from "./chain.js";
import { makeColumnBar } from "./columns.js";
import { makeFigures } from "./figures.js";
import { node } from "./nodes.js";
import { makePanels } from "./panels.js";
import { makeProgress } from "./progress.js";
import { makeSheet } from "./sheet.js";
import { makeToolbar } from "./toolbar.js";

/** Build the page in a language in `header` and `main`; returns its parts by name. `acts`: what each part may do. */
export function makeLayout(language, words, look, acts) {
  const parts = {
    toolbar: makeToolbar(words.header, acts.toolbar),
    sheet: makeSheet(language, words.sheet, acts.sheet),
    columns: makeColumnBar(words.columns, acts.columns),
    figures: makeFigures(language, words.figures),
    chain: makeChain(language, words.chain),
    progress: makeProgress(language, words.jobs, acts.jobs),
    panels: makePanels(words.panels, look.panel, acts.panel),
    sentence: node("p", { class: "sentence" }),
    remarks: node("ul", { class: "remarks" }),
    ranged: node("ul", { class: "remarks" }),
    faults: node("div", { class: "faults", role: "alert" }),
    state: node("p", { class: "state" }),
    interval: node("div", { class: "chart" }),
    compare: node("div", { class: "compare" }),
    brief: node("p", { class: "brief", "aria-hidden": "true" }),
    marks: node("p", { class: "marks" }),
  };
  document.documentElement.lang = language;
  document.querySelector("header").replaceChildren(parts.toolbar.node);
  document.querySelector("main").replaceChildren(parts.brief, assumptionsOf(parts, words), resultsOf(parts, words));
  const skip = document.querySelector(".skip");
  skip.textContent = words.header.skip;
  skip.onclick = () => document.getElementById("results").focus();
  return parts;
}

function assumptionsOf(parts, words) {
  return node("section", { class: "assumptions card-frame", "aria-label": words.sheet.landmark },
    node("h2", {}, words.sheet.title), parts.marks, parts.sheet.node);
}

function resultsOf(parts, words) {
  const titled = (name, level, ...content) =>
    node("section", { class: `card-frame ${name}`, "aria-labelledby": `${name}-title` },
      node(level, { id: `${name}-title` }, words.titles[name]), ...content);
  const figures = titled("figure-section", "h2", parts.columns.node, parts.sentence, parts.figures.node,
    parts.state, parts.progress.node, parts.faults, parts.remarks);
  parts.compareFrame = titled("compare-section", "h3", parts.compare);
  parts.compareFrame.hidden = true;
  return node("div", { class: "results", id: "results", tabindex: "-1" }, figures,
    titled("interval-section", "h3", parts.interval, parts.ranged), titled("chain-section", "h3", parts.chain.node),
    parts.compareFrame, titled("panel-section", "h3", parts.panels.node));
}
