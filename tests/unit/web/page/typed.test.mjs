// What people type, and the stops of a slider.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  asSet, decimalsOf, nearestStop, readNumber, settingOf, stopFrom,
} from "../../../../simulator/web/page/typed.js";

const SCALE = { low: 0.1, high: 1, step: 0.02, decimals: 2 };

test("a comma and a point both mark decimals", () => {
  for (const language of ["da", "en"]) {
    assert.equal(readNumber("0,3", language, 2), "0.3");
    assert.equal(readNumber(" 0.30 ", language, 2), "0.30");
    assert.equal(readNumber("\u22121,5", language, 2), "-1.5");
    assert.equal(readNumber("-0.5", language, 2), "-0.5");
  }
});

test("groups of three are read where there are no decimals, and refused where they could be either", () => {
  assert.equal(readNumber("300.000", "da", 0), "300000");
  assert.equal(readNumber("1.234.567", "da", 0), "1234567");
  assert.equal(readNumber("300,000", "en", 0), "300000");
  assert.equal(readNumber("1.000", "da", 2), null);
  assert.equal(readNumber("1,000", "en", 2), null);
  assert.equal(readNumber("1.234,5", "da", 2), "1234.5");
  assert.equal(readNumber("0.300", "da", 2), "0.300");
});

test("what is no number is none", () => {
  for (const text of ["", "hest", "1e5", "1,2,3", "0x10", "NaN", "Infinity", "--1", "1-2", ".", "1,5 kr."]) {
    assert.equal(readNumber(text, "da", 2), null, text);
  }
});

test("a typed number that is a stop is written as the stop is", () => {
  assert.equal(settingOf("0.3", 2), "0.30");
  assert.equal(settingOf("0.2556", 2), "0.2556");
  assert.equal(settingOf("300000", 0), "300000");
  assert.equal(settingOf("0.1234567890123456", 2), "0.1234567890123456");
});

test("a number that has two readings gets one decimal more, so that it has one", () => {
  assert.equal(asSet(1.05, 3), "1.0500");
  assert.equal(asSet(-3, 3), "-3.0000");
  assert.equal(asSet(0.875, 3), "0.875");
  assert.equal(asSet(1234.5, 3), "1234.500");
  assert.equal(settingOf("1.234", 2), "1.2340");
});

test("an arrow goes to the next stop, from a stop and from between stops", () => {
  assert.equal(stopFrom(SCALE, 0.2556, 1), 0.26);
  assert.equal(stopFrom(SCALE, 0.2556, -1), 0.24);
  assert.equal(stopFrom(SCALE, 0.26, 1), 0.28);
  assert.equal(stopFrom(SCALE, 0.3, 10), 0.5);
  assert.equal(stopFrom(SCALE, 0.99, 10), 1);
  assert.equal(stopFrom(SCALE, 0.1, -1), 0.1);
});

test("every stop on the way is a number of few decimals, up and down again", () => {
  const stops = [SCALE.low];
  while (stops.at(-1) < SCALE.high) stops.push(stopFrom(SCALE, stops.at(-1), 1));
  assert.equal(stops.length, 46);
  assert.deepEqual(stops.map((stop) => asSet(stop, 2)), stops.map((stop) => stop.toFixed(2)));
  const back = [SCALE.high];
  while (back.at(-1) > SCALE.low) back.push(stopFrom(SCALE, back.at(-1), -1));
  assert.deepEqual(back, stops.toReversed());
});

test("a place on the rail is its nearest stop, and both ends are stops", () => {
  const uneven = { low: 0, high: 1, step: 0.3, decimals: 1 };
  assert.equal(nearestStop(uneven, 0.2), 0.3);
  assert.equal(nearestStop(uneven, 0.97), 1);
  assert.equal(nearestStop(uneven, 0.92), 0.9);
  assert.equal(nearestStop(uneven, 1), 1);
  assert.equal(nearestStop(uneven, 0), 0);
});

test("a value keeps the decimals that it needs", () => {
  assert.deepEqual([0.2556, 1, 0.1 + 0.2, 300000, 1e-7].map(decimalsOf), [4, 0, 1, 0, 7]);
});
