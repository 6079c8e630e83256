// What people type as a number, and the stops of a slider: one text, read as the same number everywhere.

import { fixed, short } from "./numbers.js";

const MARKS = { da: { decimal: ",", thousand: "." }, en: { decimal: ".", thousand: "," } };

/**
 * Return a typed number as a setting is written (digits and a point), or null where it is none.
 *
 * A comma or a point marks decimals. `300.000` is 300000 in Danish where the value has no decimals, and is refused
 * where it has.
 */
export function readNumber(text, language, decimals) {
  const bare = text.replace(/[\s\u00a0\u202f]/g, "").replace(/^[\u2212\u2013]/, "-");
  const { decimal, thousand } = MARKS[language];
  const groups = new RegExp(`^-?[1-9]\\d{0,2}(\\${thousand}\\d{3})+$`);
  const groupsAndDecimals = new RegExp(`^-?[1-9]\\d{0,2}(\\${thousand}\\d{3})+\\${decimal}\\d+$`);
  if (groupsAndDecimals.test(bare)) return plainOf(bare.replaceAll(thousand, ""));
  if (groups.test(bare)) return decimals === 0 ? plainOf(bare.replaceAll(thousand, "")) : null;
  return plainOf(bare);
}

function plainOf(text) {
  const pointed = text.replace(",", ".");
  if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(pointed)) return null;
  const [whole, part] = pointed.replace("-", "").split(".");
  const digits = (whole || "0").replace(/^0+(?=\d)/, "") + (part ? `.${part}` : "");
  return pointed.startsWith("-") ? `-${digits}` : digits;
}

/**
 * Return a number with so many decimals as a setting is written: "0.30", "300000".
 *
 * `1.050` could be a thousand and fifty, and is refused where settings are read; it gets one decimal more.
 */
export function asSet(number, decimals) {
  const text = fixed(number, decimals, "en").replaceAll(",", "").replace("\u2212", "-");
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text) ? `${text}0` : text;
}

/** Return how many decimals a value needs to be told without losing a digit. */
export function decimalsOf(value) {
  return (short(Number(value), "en").split(".")[1] || "").length;
}

/** Return the text of a setting for a number that was typed: as a stop is written, where that is the same number. */
export function settingOf(typed, decimals) {
  const made = asSet(Number(typed), Math.max(decimals, decimalsOf(typed)));
  return Number(made) === Number(typed) ? made : typed;
}

/** Return the stop of a slider that lies so many steps from a value, never past the ends. */
export function stopFrom(scale, value, steps) {
  if (scale.stops) return stopAmong(scale.stops, value, steps);
  const at = (value - scale.low) / scale.step;
  const near = Math.round(at);
  const onStop = Math.abs(at - near) < 1e-6;
  const from = onStop ? near : steps > 0 ? Math.floor(at) : Math.ceil(at);
  return stopAt(scale, from + steps);
}

/** Return the stop that lies nearest to a value; both ends are stops. */
export function nearestStop(scale, value) {
  const nearer = (best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best);
  if (scale.stops) return scale.stops.reduce(nearer);
  const stop = stopAt(scale, Math.round((value - scale.low) / scale.step));
  return Math.abs(scale.high - value) < Math.abs(stop - value) ? scale.high : stop;
}

/** Return the stop of an uneven scale that lies so many stops from a value, never past the ends. */
function stopAmong(stops, value, steps) {
  const above = stops.findIndex((stop) => (steps > 0 ? stop > value : stop >= value));
  const first = above < 0 ? stops.length : above;
  const at = steps > 0 ? first + steps - 1 : first + steps;
  return stops[Math.min(stops.length - 1, Math.max(0, at))];
}

function stopAt({ low, high, step, decimals }, count) {
  return Math.min(high, Math.max(low, Number(asSet(low + count * step, decimals))));
}
