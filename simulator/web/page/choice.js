// An assumption that is one name of several: the concept of the balance, the effect model.

import { button, filledIn, node } from "./nodes.js";

/**
 * Return a select with a button back: `{node, set(row), refuse(names)}`, where what is refused cannot be chosen.
 *
 * `acts`: change(key, text, merge) and reset(key).
 */
export function makeChoice(row, words, acts) {
  const id = `choice-${row.key}`;
  const parts = {
    select: node("select", { id, "aria-describedby": `${id}-fault`, class: "choice-select" }),
    badge: node("span", { class: "badge changed" }, words.badges.changed),
    back: button("↺", () => acts.reset(row.key), { class: "back" }),
    fault: node("p", { class: "fault", id: `${id}-fault`, hidden: true }),
  };
  parts.select.append(...row.options.map(({ value, label }) => node("option", { value }, label)));
  parts.select.addEventListener("change", () => acts.change(row.key, parts.select.value, false));
  const label = node("label", { for: id, class: "slider-label" }, row.label);
  const head = node("div", { class: "slider-head" }, label, parts.badge, parts.back);
  const frame = node("div", { class: "slider", "data-key": row.key }, head, parts.select, parts.fault);
  return { node: frame, set: (now) => fill(parts, now, words), refuse: (names) => refuse(parts, names) };
}

function fill({ select, badge, back }, { label, value, base_value: before, options }, words) {
  select.value = value;
  badge.hidden = value === before;
  back.classList.toggle("away", value === before);
  const was = options.find((one) => one.value === before)?.label ?? before;
  back.setAttribute("aria-label", filledIn(words.reset, { label, value: was }));
  back.title = filledIn(words.back, { value: was });
}

function refuse({ select }, names) {
  for (const option of select.options) {
    const isRefused = names.has(option.value) && !option.selected;
    if (option.disabled !== isRefused) option.disabled = isRefused;
  }
}
