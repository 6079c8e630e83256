// One assumption that can be moved: a rail, a field for a typed number, a button back, and what there is to say of it.
// Knows nothing of the server or of the page, so that the page without a server uses it too.

import { button, filledIn, node } from "./nodes.js";
import { fixed } from "./numbers.js";
import { asSet, decimalsOf, nearestStop, readNumber, settingOf, stopFrom } from "./typed.js";

const PAGE = 10;
/** The language in which facts and scenarios give their reasons. */
const REASONED_IN = "en";
const KEYS = {
  ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: PAGE, PageDown: -PAGE,
  Home: -Infinity, End: Infinity,
};
let made = 0;

/**
 * Return a slider: `{node, set, on}`.
 *
 * `options`: key, label, unit_text, low, high, step, decimals, value, base_value, source_text, reason, drawn, changed,
 * outside, unsourced, kind, stage, `fine` (a smaller step under Shift, if any), `stops` (where they are uneven),
 * language and words (section `slider`).
 * `set(options)` shows what is given anew. `on("change", handler)`: handler(text, merge), the text of the setting, and
 * whether it belongs to the move before it. `on("reset", handler)`: back to the value of the scenario.
 */
export function makeSlider(options) {
  const slider = { told: { ...options }, heard: {}, parts: {}, dragged: null };
  slider.parts = partsOf(slider, `slider-${(made += 1)}`);
  listen(slider);
  redraw(slider);
  return {
    node: slider.parts.frame,
    set: (given) => {
      Object.assign(slider.told, given);
      redraw(slider);
    },
    on: (what, handler) => {
      slider.heard[what] = handler;
    },
  };
}

function partsOf(slider, id) {
  const { words, label } = slider.told;
  const parts = {
    label: node("span", { class: "slider-label", id: `${id}-label` }, label),
    badges: node("span", { class: "badges", id: `${id}-badges` }),
    fill: node("span", { class: "fill" }),
    tick: node("span", { class: "tick" }),
    thumb: node("span", { class: "thumb" }),
    low: node("span"),
    high: node("span"),
    about: node("details", { class: "about" }),
    fault: node("p", { class: "fault", id: `${id}-fault`, hidden: true }),
    field: node("input", { class: "typed", type: "text", inputmode: "decimal", autocomplete: "off" }),
    reset: button("↺", () => slider.heard.reset?.(), { class: "back" }),
  };
  parts.field.setAttribute("aria-label", filledIn(words.field, { label }));
  parts.field.setAttribute("aria-describedby", `${id}-fault`);
  const seen = node("span", { class: "groove" }, parts.fill, parts.tick, parts.thumb);
  const named = { "aria-labelledby": `${id}-label`, "aria-describedby": `${id}-badges` };
  parts.rail = node("div", { class: "rail", role: "slider", tabindex: "0", ...named }, seen);
  const head = node("div", { class: "slider-head" }, parts.label, parts.reset);
  const row = node("div", { class: "slider-row" }, parts.rail, parts.field);
  const ends = node("div", { class: "ends", "aria-hidden": "true" }, parts.low, parts.high);
  const foot = node("div", { class: "slider-foot" }, parts.about, parts.badges);
  parts.frame = node("div", { class: "slider", "data-key": slider.told.key }, head, row, ends, parts.fault, foot);
  return parts;
}

function listen(slider) {
  const { rail, field } = slider.parts;
  rail.addEventListener("keydown", (event) => pressed(slider, event));
  rail.addEventListener("pointerdown", (event) => grabbed(slider, event));
  rail.addEventListener("pointermove", (event) => dragged(slider, event));
  for (const end of ["pointerup", "pointercancel"]) rail.addEventListener(end, () => (slider.dragged = null));
  field.addEventListener("change", () => typed(slider));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") restored(slider);
  });
}

function pressed(slider, event) {
  const steps = KEYS[event.key];
  if (steps === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const { low, high, value, fine } = slider.told;
  if (!Number.isFinite(steps)) return moved(slider, steps > 0 ? high : low, event.repeat);
  const finer = event.shiftKey && fine;
  moved(slider, stopFrom(finer ? finerScale(slider.told) : slider.told, value ?? low, steps), event.repeat, finer);
}

function finerScale({ low, high, fine, decimals }) {
  return { low, high, step: fine, decimals: Math.max(decimals, decimalsOf(fine)) };
}

function grabbed(slider, event) {
  if (event.button !== 0) return;
  slider.parts.rail.focus({ preventScroll: true });
  slider.parts.rail.setPointerCapture(event.pointerId);
  slider.dragged = { id: event.pointerId, moved: false };
  dragged(slider, event);
}

function dragged(slider, event) {
  if (slider.dragged?.id !== event.pointerId) return;
  const { rail } = slider.parts;
  const inset = rail.querySelector(".groove").getBoundingClientRect();
  const part = Math.min(1, Math.max(0, (event.clientX - inset.left) / inset.width));
  const { low, high, fine } = slider.told;
  const finer = event.shiftKey && fine;
  const stop = nearestStop(finer ? finerScale(slider.told) : slider.told, low + part * (high - low));
  if (moved(slider, stop, slider.dragged.moved, finer)) slider.dragged.moved = true;
}

function moved(slider, value, merge, finer = false) {
  const { decimals, fine } = slider.told;
  if (value === slider.told.value) return false;
  const text = asSet(value, Math.max(decimals, finer ? decimalsOf(fine) : 0, decimalsOf(value)));
  told(slider, text, merge);
  return true;
}

function typed(slider) {
  const { words, language, decimals, value } = slider.told;
  const given = slider.parts.field.value;
  if (given === shown(slider.told)) return complain(slider, "");
  const found = readNumber(given, language, decimals);
  if (found === null) return complain(slider, filledIn(words.no_number, { given: given.slice(0, 40) }));
  if (Number(found) === value) return restored(slider);
  slider.shown = null;
  return told(slider, settingOf(found, decimals), false);
}

function restored(slider) {
  slider.shown = null;
  complain(slider, "");
  redraw(slider);
}

function told(slider, text, merge) {
  complain(slider, "");
  slider.told.value = Number(text);
  redraw(slider);
  slider.heard.change?.(text, merge);
}

function complain(slider, text) {
  const { fault, field } = slider.parts;
  fault.textContent = text;
  fault.hidden = !text;
  if (text) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

/** Return a value as it stands in its field: as many decimals as a stop has, or as it needs; a year has no groups. */
function shown({ value, decimals, language, unit }) {
  if (value === null || value === undefined) return "";
  if (unit === "year") return asSet(value, decimalsOf(value));
  return fixed(value, Math.max(decimals, decimalsOf(value)), language);
}

function redraw(slider) {
  const { parts, told: now } = slider;
  const { value, low, high, words, label, base_value: before, unit_text: unit } = now;
  const text = shown(now);
  const here = value ?? low;
  const at = { "aria-valuemin": Math.min(low, here), "aria-valuemax": Math.max(high, here), "aria-valuenow": here };
  parts.label.textContent = label;
  for (const [key, told] of Object.entries(at)) parts.rail.setAttribute(key, String(told));
  parts.rail.setAttribute("aria-valuetext", [text || words.apart, unit && `(${unit})`].filter(Boolean).join(" "));
  parts.field.placeholder = text ? "" : words.several;
  parts.fill.style.width = parts.thumb.style.left = `${100 * share(here, low, high)}%`;
  parts.tick.hidden = before === null || before === undefined || before < low || before > high;
  parts.tick.style.left = `${100 * share(before, low, high)}%`;
  if (slider.shown !== text) parts.field.value = text; // what is being typed stays, as long as the value does
  slider.shown = text;
  parts.reset.classList.toggle("away", !now.changed);
  const was = shown({ ...now, value: before }) || words.apart;
  parts.reset.setAttribute("aria-label", filledIn(words.reset, { label, value: was }));
  parts.reset.title = filledIn(words.back, { value: was });
  parts.low.textContent = shown({ ...now, value: low });
  parts.high.textContent = shown({ ...now, value: high });
  parts.frame.classList.toggle("changed", Boolean(now.changed));
  redrawWords(slider);
}

function share(value, low, high) {
  return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
}

/** Redraw what is seldom new, only where it is: badges, and the source behind its fold. */
function redrawWords(slider) {
  const { parts, told: now } = slider;
  const said = new Map((now.marks ?? []).map(({ name, text: told }) => [name, told]));
  const badges = badgesOf(now).map((name) => [name, now.words.badges[name], said.get(name)]);
  if (JSON.stringify(badges) !== slider.badges) {
    slider.badges = JSON.stringify(badges);
    const made = badges.map(([name, word, title]) => node("span", { class: `badge ${name}`, title }, word));
    parts.badges.replaceChildren(...made);
  }
  const about = [now.unit_text, now.source_text, now.reason, now.language].join("|");
  if (about === slider.about) return;
  slider.about = about;
  const summary = node("summary", {}, filledIn(now.words.about, { unit: now.unit_text || now.words.unitless }));
  const reason = now.reason && node("p", { lang: REASONED_IN }, now.reason);
  const source = now.source_text && node("p", {}, `${now.words.source}: ${now.source_text}`);
  parts.about.replaceChildren(summary, ...[source, reason, node("p", { class: "key" }, now.key)].filter(Boolean));
}

/** Return what there is to mark of a value: words of `badges` in the order in which they stand. */
export function badgesOf({ changed, outside, unsourced, kind, drawn, stage }) {
  return [
    changed && "changed", outside && "outside", unsourced && "unsourced",
    kind === "calibrated" && !changed && "calibrated", drawn && "drawn", stage === "delivery" && "delivery",
  ].filter(Boolean);
}
