// All values that are read, with what they rest on; changed ones, those outside and those without a source are marked.

import { filledIn, node, scrolled } from "../nodes.js";
import { heading, part, ruled, said, tables, told, viewed } from "./frame.js";

export const name = "assumptions";
/** Rows that are shown without a fold. */
const FEW = 30;
const filter = { text: "", changed: false };

/** Show the assumptions of the position, and what the run says of them. */
export async function show(place, context) {
  const words = said(context).assumptions;
  const rows = context.sheet?.assumptions ?? [];
  const view = context.run ? await viewed(context, name) : null;
  const below = view ? [part(words.used), ...told(view.texts), ...(rows.length ? [] : tables(view))] : [];
  place.replaceChildren(heading(words.heading), ...(rows.length ? listed(context, rows) : []), ...below);
}

function listed(context, rows) {
  const words = said(context).assumptions;
  const count = node("p", { class: "note", role: "status" });
  const body = node("div", {});
  const search = node("input", { type: "search", id: "assumption-filter", value: filter.text });
  const only = node("input", { type: "checkbox", id: "assumption-changed", checked: filter.changed });
  const fill = () => {
    filter.text = search.value;
    filter.changed = only.checked;
    const shown = rows.filter((row) => matches(row, filter));
    count.textContent = filledIn(words.count, { shown: shown.length, all: rows.length });
    body.replaceChildren(...groupsOf(context, shown, shown.length <= FEW));
  };
  search.addEventListener("input", fill);
  only.addEventListener("change", fill);
  fill();
  const labels = [node("label", { for: "assumption-filter" }, words.filter), search];
  return [
    node(
      "p",
      { class: "choice" },
      ...labels,
      node("span", { class: "box" }, only, node("label", { for: "assumption-changed" }, words.changed_only)),
    ),
    count,
    body,
  ];
}

function matches(row, { text, changed }) {
  const wanted = text.trim().toLowerCase();
  const content = [row.key, row.label, row.source_text, row.reason, row.group].join(" ").toLowerCase();
  return (!changed || row.changed) && (!wanted || content.includes(wanted));
}

/** Return the main ones as a table that stands open, and the others by group, folded unless they are few. */
function groupsOf(context, rows, isOpen) {
  const groups = new Map();
  for (const row of rows.filter(({ main }) => !main)) {
    const group = row.group || said(context).assumptions.others;
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  const main = rows.filter((row) => row.main);
  const others = [...groups].map(([group, found]) =>
    node(
      "details",
      { open: isOpen || (!main.length && groups.size === 1) },
      node("summary", {}, `${group} (${found.length})`),
      tableOf(context, found, group),
    ),
  );
  return [...(main.length ? [tableOf(context, main, said(context).assumptions.heading)] : []), ...others];
}

function tableOf(context, rows, caption) {
  const words = said(context).assumptions;
  const heads = [words.name, words.value, words.range, words.source];
  const cells = rows.map((row) => [
    node("span", {}, row.label || row.key, " ", marksOf(context, row)),
    valueOf(context, row),
    rangeOf(context, row),
    sourceOf(context, row),
  ]);
  return scrolled(ruled(caption, heads, cells, [false, true, true, false]), caption);
}

function sourceOf(context, { kind, source_text: title, source, reason }) {
  const kinds = said(context).assumptions.kinds;
  const known = [kinds[kind] ?? kind, title || source].filter(Boolean).join(". ");
  return node("span", {}, known, reason ? ". " : "", reason ? node("span", { lang: "en" }, reason) : "");
}

function numberOf(context, value, unit) {
  if (typeof value !== "number") return value === null || value === undefined ? "–" : String(value);
  return unit === "year" ? String(value) : context.numbers.short(value, context.language);
}

function valueOf(context, row) {
  const number = numberOf(context, row.value, row.unit);
  return row.unit_text ? `${number} ${row.unit_text}` : number;
}

function rangeOf(context, { low, high, unit }) {
  if (typeof low !== "number" || typeof high !== "number") return "–";
  return `${numberOf(context, low, unit)} – ${numberOf(context, high, unit)}`;
}

function marksOf(context, row) {
  const words = said(context).assumptions;
  const before = numberOf(context, row.base_value, row.unit);
  const marks = [
    row.changed ? ["changed", filledIn(words.changed, { before })] : null,
    row.outside ? ["outside", words.outside] : null,
    row.unsourced ? ["unsourced", words.unsourced] : null,
    row.drawn ? ["drawn", words.drawn] : null,
  ];
  const shown = marks.filter(Boolean).map(([kind, text]) => node("span", { class: `badge ${kind}` }, text));
  return node("span", { class: "badges" }, ...shown);
}
