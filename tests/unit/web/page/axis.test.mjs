// Axes with round marks, and the shape of a spread.

import assert from "node:assert/strict";
import { test } from "node:test";

import { axisOf, roundStep, shapeOf } from "../../../../simulator/web/page/axis.js";

test("an axis holds its values and 0, and its marks are round", () => {
  for (const values of [[-5.02, -8.1, -1.7], [0.31, 0.2], [-3, 4], [0], [1e-4], [-123456, -5]]) {
    const { low, high, ticks, decimals } = axisOf(values);
    assert.ok(low <= Math.min(0, ...values) && high >= Math.max(0, ...values) && low < high, String(values));
    assert.ok(ticks.length >= 2 && ticks.length <= 12);
    const isRound = (tick) => Math.abs(Number(tick.toFixed(decimals)) - tick) < 1e-9 * Math.abs(tick) + 1e-12;
    for (const tick of ticks) assert.ok(isRound(tick), String(tick));
  }
});

test("what is not there is not held", () => {
  assert.deepEqual(axisOf([-4, null, undefined, NaN]), axisOf([-4]));
});

test("steps are 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual([0.9, 1, 1.1, 2.5, 5, 7, 0.03].map(roundStep), [1, 1, 2, 5, 5, 10, 0.05]);
});

test("an even spread has an even shape; another is densest where its quantiles lie close", () => {
  const even = Array.from({ length: 41 }, (_, at) => at);
  for (const part of shapeOf(even, 0, 40, 20)) assert.ok(Math.abs(part - 1) < 1e-9);
  const leaning = even.map((one) => one ** 2);
  const shape = shapeOf(leaning, 0, 1600, 20);
  assert.equal(shape[0], 1);
  assert.ok(shape[19] < 0.3);
});

test("a spread that is one point has no shape that is wrong", () => {
  assert.ok(shapeOf(Array(41).fill(2), 1, 3, 10).every((part) => part >= 0 && part <= 1));
});
