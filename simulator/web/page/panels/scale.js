// A straight scale from values to places in a drawing, with its round marks.

import { axisOf } from "../axis.js";
import { drawn } from "../nodes.js";

/** Return a scale that holds all values and 0 between two places [px]: `{at(value), axis, start, end}`. */
export function scaleOf(values, start, end, marks = 5) {
  const axis = axisOf(values, marks);
  const at = (value) => start + ((value - axis.low) / (axis.high - axis.low)) * (end - start);
  return { at, axis, start, end };
}

/** Return the marks of a scale that runs from left to right, between two heights [px], with their numbers below. */
export function marksAcross({ at, axis }, top, bottom, { numbers, language }) {
  return axis.ticks.flatMap((tick) => {
    const x = at(tick);
    const { isZero, text } = told(tick, axis, numbers, language);
    return [
      drawn("line", { x1: x, x2: x, y1: top, y2: bottom, class: isZero ? "zero" : "hair" }),
      drawn("text", { x, y: bottom + 15, class: "quiet middle" }, text),
    ];
  });
}

/** Return the marks of a scale that runs upwards, between two places [px], with their numbers at the left. */
export function marksUp({ at, axis }, left, right, { numbers, language }) {
  return axis.ticks.flatMap((tick) => {
    const y = at(tick);
    const { isZero, text } = told(tick, axis, numbers, language);
    return [
      drawn("line", { x1: left, x2: right, y1: y, y2: y, class: isZero ? "zero" : "hair" }),
      drawn("text", { x: left - 6, y: y + 4, class: "quiet last" }, text),
    ];
  });
}

/** Return whether a mark is that of nothing, and its number; rounding leaves nothing a little beside 0. */
function told(tick, axis, numbers, language) {
  const isZero = Math.abs(tick) < 1e-12;
  return { isZero, text: numbers.fixed(isZero ? 0 : tick, isZero ? 0 : axis.decimals, language) };
}
