// The key figures of the chosen column: what, how much, within which range, and what the control says.

import { filledIn, node } from "./nodes.js";
import { fixed, mio, unbroken } from "./numbers.js";

/** The key figures, in their order: name, decimals, and whether it is in millions of kroner. */
export const FIGURES = [
  { name: "employment_effect_mio_kr", decimals: 2, mio: true },
  { name: "converted", decimals: 0 },
  { name: "person_years", decimals: 1 },
  { name: "kr_per_conversation", decimals: 0 },
];

/** Return a figure as it is printed. */
export function printed(figure, number, language, words) {
  if (!Number.isFinite(number)) return "–";
  if (figure.mio) return mio(number, language, figure.decimals);
  return unbroken(words.units[figure.name] ?? "{number}", fixed(number, figure.decimals, language));
}

/** Return the range of a figure as VALUE has it, or null: low and high. */
export function rangeOf(figure, interval) {
  if (!interval) return null;
  if (figure.mio) return Number.isFinite(interval.low) ? [interval.low, interval.high] : null;
  return figure.name === "converted" && interval.converted ? interval.converted : null;
}

/** Return a range as it is printed, with the word for what it is. */
export function printedRange(figure, interval, language, words, pattern = null) {
  const range = rangeOf(figure, interval);
  if (!range) return "";
  const [low, high] = range.map((number) => fixed(number, figure.decimals, language));
  if (low === high && !figure.mio) return ""; // nothing that was drawn moves it
  return filledIn(pattern ?? words[interval.called === "interval" ? "interval" : "span"], { low, high });
}

/** Return the cards of the key figures: `{node, show(value, state)}`. */
export function makeFigures(language, words) {
  const cards = FIGURES.map((figure) => cardOf(figure, words));
  const list = node("dl", { class: "cards" }, ...cards.map((card) => card.node));
  const show = (value, state) => {
    list.classList.toggle("stale", state === "stale");
    cards.forEach((card) => fill(card, value, language, words));
  };
  return { node: list, show };
}

function cardOf(figure, words) {
  const [range, beside] = ["range", "beside"].map((name) => node("span", { class: name }));
  const parts = { number: node("strong"), range, beside };
  const label = node("dt", {}, words.names[figure.name]);
  const told = node("dd", {}, parts.number, parts.range, parts.beside);
  return { figure, parts, node: node("div", { class: `card ${figure.name}` }, label, told) };
}

function fill({ figure, parts }, value, language, words) {
  const number = value?.figures?.[figure.name];
  const control = value?.control?.[figure.name];
  parts.number.textContent = value ? printed(figure, number, language, words) : "…";
  parts.number.className = signOf(figure, number);
  parts.range.textContent = value ? rangeText(figure, value, language, words) : "";
  const isControl = value?.state === "control";
  parts.beside.textContent = isControl ? words.is_control
    : Number.isFinite(control) ? filledIn(words.control, { value: printed(figure, control, language, words) }) : "";
}

function rangeText(figure, value, language, words) {
  const text = printedRange(figure, value.interval, language, words);
  if (text || !figure.mio) return text;
  return value.interval_waits ? words.range_waits : words.no_range;
}

function signOf(figure, number) {
  if (!figure.mio || !Number.isFinite(number)) return "figure";
  const text = fixed(number, figure.decimals, "en");
  return `figure ${/[1-9]/.test(text) ? (number < 0 ? "loss" : "gain") : ""}`;
}
