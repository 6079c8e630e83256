// The form of one closure or one attendance rule.

import { button, node } from "../nodes.js";
import { said } from "./frame.js";

const CLOSURE = ["office_kinds"];
const RULE = ["types", "groups"];
const LISTS = { office_kinds: "kinds", types: "types", groups: "groups" };

/** Return a form that puts an entry into its list; what the form does not show of it stays as it is. */
export function entryForm(context, { allowed }, { isRules, lists, from, at, entry, put, close }) {
  const words = said(context).calendar;
  const fields = fieldsOf(words, allowed, { isRules, lists, from, entry });
  const save = (event) => {
    event.preventDefault();
    const told = readEntry(entry, fields, isRules);
    const target = lists.find(({ key }) => key === fields.whose.value);
    const isSame = target.key === from.key && at >= 0;
    const next = isSame ? target.entries.map((one, other) => (other === at ? told : one)) : [...target.entries, told];
    const left = isSame || at < 0 ? [] : [[from.key, from.entries.filter((_, other) => other !== at)]];
    put([...left, [target.key, next]]);
  };
  const rows = [
    [words.name, fields.texts.name],
    [words.from, fields.days.from],
    [words.to, fields.days.to],
    [isRules ? words.rule_field : words.kind_of, fields.what],
    [words.whose, fields.whose],
    [words.places, fields.texts.places],
    [words.source_field, fields.texts.source],
  ].map(([label, field]) => node("p", { class: "field" }, node("label", { for: field.id }, label), field));
  const keep = node("button", { type: "submit", class: "primary" }, words.save);
  const foot = node("p", { class: "choice" }, keep, " ", button(words.cancel, close));
  return node(
    "form",
    { class: "entry", onsubmit: save },
    ...rows,
    ...fields.boxes.map(({ node: made }) => made),
    foot,
  );
}

function fieldsOf(words, allowed, { isRules, lists, from, entry }) {
  const arms = lists.map(({ key, arm }) => ({ id: key, label: words.applies[arm] }));
  const kinds = isRules ? RULE : CLOSURE;
  return {
    whose: choice("entry-whose", arms, from.key),
    what: isRules
      ? choice("entry-rule", allowed.rules, entry.rule)
      : choice("entry-planned", plannedOf(words), String(entry.planned !== false)),
    texts: {
      name: text("entry-name", entry.name),
      source: text("entry-source", entry.source),
      places: text("entry-places", placesOf(entry, allowed)),
    },
    days: { from: day("entry-from", entry.from), to: day("entry-to", entry.to) },
    boxes: kinds.map((kind) => boxesOf(kind, words[LISTS[kind]], allowed[kind], entry[kind] ?? [])),
  };
}

function plannedOf(words) {
  return [
    { id: "true", label: words.planned },
    { id: "false", label: words.unplanned },
  ];
}

function readEntry(entry, { texts, days, what, boxes }, isRules) {
  const told = {
    ...entry,
    name: texts.name.value.trim(),
    source: texts.source.value.trim(),
    ...(isRules ? { rule: what.value } : { planned: what.value === "true" }),
  };
  for (const [end, field] of Object.entries(days)) {
    if (field.value) told[end] = field.value;
    else delete told[end];
  }
  const lists = {
    places: texts.places.value
      .split(",")
      .map((one) => one.trim())
      .filter(Boolean),
  };
  for (const { kind, read } of boxes) lists[kind] = read();
  for (const [kind, found] of Object.entries(lists)) {
    if (found.length) told[kind] = found;
    else delete told[kind];
  }
  return told;
}

function placesOf({ places = [] }, allowed) {
  return places.map((code) => allowed.places.find(({ id }) => id === code)?.label ?? code).join(", ");
}

function choice(id, options, chosen) {
  return node(
    "select",
    { id },
    ...options.map((one) => node("option", { value: one.id, selected: one.id === chosen }, one.label)),
  );
}

function text(id, value) {
  return node("input", { type: "text", id, value: value ?? "", autocomplete: "off" });
}

function day(id, value) {
  return node("input", { type: "date", id, value: value ?? "" });
}

/** Return a box for each of some words: `{kind, node, read}`. */
function boxesOf(kind, legend, options, chosen) {
  const boxes = options.map(({ id, label }) => {
    const box = node("input", {
      type: "checkbox",
      id: `entry-${kind}-${id}`,
      value: id,
      checked: chosen.includes(id),
    });
    return { box, shown: node("span", { class: "box" }, box, node("label", { for: `entry-${kind}-${id}` }, label)) };
  });
  const made = node("fieldset", { class: "boxes" }, node("legend", {}, legend), ...boxes.map(({ shown }) => shown));
  return { kind, node: made, read: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value) };
}
