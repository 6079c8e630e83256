// What a page without a server was made from, how far off it may be, and all assumptions behind it.

import { filledIn, node, scrolled, table } from "./nodes.js";
import { fixed, kroner, short } from "./numbers.js";

const SHOWN = [
  "employment_effect_mio_kr", "low", "high", "net_mio_kr", "kr_per_conversation", "converted", "person_years",
  "control.employment_effect_mio_kr",
];
const MIO = 1e6;

/** Return an amount in mio. kr. as whole kroner, never less than it is. */
export function inKroner(mioKr, language) {
  return kroner(Math.ceil(mioKr * MIO - 1e-3), language);
}

/** Return what the page was made from, as a list of terms. */
export function aboutOf({ made, base, period }, language, words) {
  const its = words.static.made;
  const count = (number) => fixed(number, 0, language);
  const [stops, middles] = made.simulations.map(count);
  const rows = [
    [its.base, base], [its.period, period.join(" – ")], [its.date, made.date], [its.version, made.version],
    [its.seed, String(made.seed)], [its.replications, made.replications ? count(made.replications) : its.none],
    [its.draws, made.draws ? count(made.draws) : its.none],
    [its.simulations, filledIn(its.simulated, { stops, middles })],
  ];
  const shown = rows.map(([term, text]) => node("div", {}, node("dt", {}, term), node("dd", {}, text)));
  return node("dl", { class: "made" }, ...shown);
}

/** Return how far a figure between stops was found to be from the figure worked out there. */
export function errorsOf({ off, made, figures }, language, words) {
  const its = words.static.errors;
  const rows = SHOWN.filter((name) => name in figures).map((name) =>
    [its.names[name], told(name, off.between[name] ?? 0, language), told(name, off.delivery[name] ?? 0, language)]);
  const [between, delivery] = made.checked.map((number) => fixed(number, 0, language));
  const [, middles] = made.simulations;
  const how = filledIn(its.how, { between, delivery, middles: fixed(middles, 0, language) });
  return [node("p", {}, how), scrolled(table(its.caption, its.heads, rows), its.caption)];
}

function told(name, error, language) {
  if (name === "kr_per_conversation") return inKroner(error / MIO, language);
  if (name === "converted" || name === "person_years") return fixed(Math.ceil(error * 100 - 1e-6) / 100, 2, language);
  return inKroner(error, language);
}

/** Return every value behind the page: the sliders, what else is drawn, and behind a fold all values. */
export function assumptionsOf({ assumptions, axes, sources }, language, words) {
  const its = words.static.values;
  const made = (rows, caption) => scrolled(table(caption, its.heads, rows), caption);
  const rowOf = ({ label, value, unit, range, kind, source, state }) => [
    label, value === null ? words.sheet.slider.apart : short(value, language),
    range ? range.map((end) => short(end, language)).join(" – ") : "–",
    unit, kind.split("/").map((one) => words.value_kinds[one] ?? one).join(", "), source, its.states[state],
  ];
  const sliders = axes.map((axis) => ({
    ...axis, label: axis.label[language], unit: axis.unit[language], state: "moves",
    range: axis.range[0] === null ? null : axis.range,
  }));
  const others = assumptions.map((one) => ({
    ...one, label: one.label[language], unit: words.value_units[one.unit] ?? one.unit,
    source: sources[one.source] || one.source,
  }));
  const drawn = others.filter(({ state }) => state === "drawn");
  const caption = filledIn(its.all, { count: fixed(others.length, 0, language) });
  return [
    made([...sliders, ...drawn].map(rowOf), its.moving),
    node("details", {}, node("summary", {}, caption), made(others.map(rowOf), caption)),
  ];
}
