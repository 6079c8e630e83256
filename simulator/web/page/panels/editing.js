// What can be edited of the days: the period, closure weeks, closures and attendance rules.

import { button, filledIn, node } from "../nodes.js";
import { entryForm } from "./entry.js";
import { flow } from "./flow.js";
import { dated, part, said, stretch } from "./frame.js";

/** Boxes that stand open; more are folded. */
const MOST_WEEKS = 16;

/**
 * Return the forms: `{nodes, picked()}`; `picked` is told that other days are picked in the calendar.
 *
 * `set(sets, fault)` sets what was edited; `fault` is the node in which it says what is wrong.
 */
export function editing(context, view, picked, set) {
  const words = said(context).calendar;
  const told = node("p", { class: "note" }, words.pick_first);
  const parts = [
    periodForm(context, view.edit, set),
    ...view.edit.weeks.map((weeks) => weeksForm(context, view, weeks, set)),
    listForm(context, view.edit, { list: "periods", picked, told, set }),
    listForm(context, view.edit, { list: "rules", picked, told: null, set }),
    ...ordersOf(context, view.edit),
  ];
  const sayPicked = () => {
    const { from, to } = picked;
    const ends = from ? { from: dated(context, from), to: dated(context, to || from) } : {};
    told.textContent = from ? filledIn(words.picked, ends) : words.pick_first;
  };
  sayPicked();
  return { nodes: [node("section", { class: "editing" }, part(words.edit), ...parts)], picked: sayPicked };
}

function faultNode() {
  return node("p", { class: "fault", role: "alert" });
}

function periodForm(context, { period }, set) {
  const words = said(context).calendar;
  const fault = faultNode();
  const fields = ["from", "to"].map((end) =>
    node("input", {
      type: "date",
      id: `period-${end}`,
      value: period[end],
      required: true,
      "data-focus": `period-${end}`,
    }),
  );
  const labels = ["from", "to"].map((end, at) => [
    node("label", { for: `period-${end}` }, words[end]),
    " ",
    fields[at],
    " ",
  ]);
  const apply = (event) => {
    event.preventDefault();
    const sets = fields
      .map((field, at) => [`period.${["from", "to"][at]}`, field.value])
      .filter(([key, value]) => value && value !== period[key.slice(7)]);
    if (sets.length) set(sets, fault);
  };
  return node(
    "form",
    { class: "choice", onsubmit: apply },
    ...labels.flat(),
    node("button", { type: "submit", "data-focus": "period-apply" }, words.apply),
    fault,
  );
}

/** Return a box for each week of the period that is closed when it is ticked. */
function weeksForm(context, view, { key, arm, weeks }, set) {
  const words = said(context).calendar;
  const fault = faultNode();
  const inPeriod = [...new Set(view.days.map(({ week }) => week))];
  const press = (event) => {
    const { value, checked } = event.target;
    const next = [...weeks.filter((week) => week !== value), ...(checked ? [value] : [])].sort();
    set([[key, flow(next)]], fault);
  };
  const boxes = inPeriod.map((week) => {
    const id = `${key}-${week}`;
    const box = node("input", {
      type: "checkbox",
      id,
      value: week,
      checked: weeks.includes(week),
      onchange: press,
      "data-focus": id,
    });
    return node(
      "span",
      { class: "box" },
      box,
      node("label", { for: id }, filledIn(words.week_on, { week: `${Number(week.slice(6))}, ${week.slice(0, 4)}` })),
    );
  });
  const legend = node("legend", {}, arm === "both" ? words.weeks : filledIn(words.weeks_of, { arm: words.arms[arm] }));
  const made = node("fieldset", { class: "boxes" }, legend, ...boxes, fault);
  return boxes.length <= MOST_WEEKS
    ? made
    : node("details", {}, node("summary", {}, `${legend.textContent}: ${weeks.length}`), made);
}

/** Return the closures or the rules of the scenario, each with buttons that change or remove it, and one that adds. */
function listForm(context, edit, { list, picked, told, set }) {
  const words = said(context).calendar;
  const isRules = list === "rules";
  const lists = edit.lists.filter((one) => one.list === list);
  const [fault, room] = [faultNode(), node("div", {})];
  const close = () => room.replaceChildren();
  const put = (changed) => {
    const sets = changed.map(([key, entries]) => [key, flow(entries)]);
    set(sets, fault);
  };
  const open = (from, at, entry) =>
    room.replaceChildren(entryForm(context, edit, { isRules, lists, from, at, entry, put, close }));
  const items = lists.flatMap((one) => one.entries.map((_, at) => itemOf(context, edit, { one, at, open, put })));
  const usual = lists.find(({ arm }) => arm === (isRules ? "proposal" : "both"));
  const add = () => open(usual, -1, freshEntry(context, edit, isRules, picked));
  const none = node("p", { class: "note" }, isRules ? words.rules_none : words.closures_none);
  const adder = button(isRules ? words.add_rule : words.add_closure, add, { "data-focus": `add-${list}` });
  const shown = items.length ? node("ul", { class: "entries" }, ...items) : none;
  return node("section", {}, part(isRules ? words.rule_list : words.closures), shown, told, adder, room, fault);
}

function itemOf(context, edit, { one, at, open, put }) {
  const words = said(context).calendar;
  const entry = one.entries[at];
  const whom = node("span", { class: "note" }, words.applies[one.arm]);
  const text = node("span", {}, `${entry.name || "–"}: ${summaryOf(context, edit, entry)} `, whom);
  const mark = one.unsourced[at] ? node("span", { class: "badge unsourced" }, words.no_source) : null;
  const change = button(words.change, () => open(one, at, entry), {
    "data-focus": `${one.key}-${at}`,
    "aria-label": `${words.change}: ${entry.name}`,
  });
  const rest = one.entries.filter((_, other) => other !== at);
  const remove = button(words.remove, () => put([[one.key, rest]]), {
    "aria-label": `${words.remove}: ${entry.name}`,
  });
  return node("li", {}, text, " ", mark, " ", change, " ", remove);
}

function freshEntry(context, { period, lists }, isRules, picked) {
  const words = said(context).calendar;
  const count = lists
    .filter(({ list }) => list === (isRules ? "rules" : "periods"))
    .reduce((sum, { entries }) => sum + entries.length, 0);
  const days = { from: picked.from || period.from, to: picked.to || picked.from || period.to };
  const called = `${isRules ? words.new_rule : words.new_closure} ${count + 1}`;
  return isRules
    ? { name: called, ...days, rule: "office_chooses", source: "" }
    : { name: called, ...days, planned: true, source: "" };
}

/** Return in a line what an entry says: its days, what it does, and for whom. */
function summaryOf(context, { allowed }, entry) {
  const words = said(context).calendar;
  const label = (kind, id) => allowed[kind].find((one) => one.id === id)?.label ?? id;
  const what = entry.rule ? label("rules", entry.rule) : entry.planned === false ? words.unplanned : words.planned;
  const days = stretch(context, entry.from, entry.to);
  const whom = ["types", "groups", "office_kinds", "places"].flatMap((kind) =>
    (entry[kind] ?? []).map((id) => label(kind, id)),
  );
  return [days, what, whom.slice(0, 6).join(", "), entry.source].filter(Boolean).join("; ");
}

function ordersOf(context, { orders }) {
  const words = said(context).calendar;
  const names = Object.values(orders).flat();
  return names.length ? [node("p", { class: "note" }, filledIn(words.orders, { names: names.join(", ") }))] : [];
}
