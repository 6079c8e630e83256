// The address holds the view: what is written is read again, and what others write does no harm.

import assert from "node:assert/strict";
import { test } from "node:test";

import { read, written } from "../../../../simulator/web/page/address.js";

const BASE = "scenarios/christmas-2021.yaml";
const TEXTS = [
  "0.3", "[2021-W51, 2021-W52]", "{name: a&b=c#d+e, places: [Samsø]}", "100 %", "<img src=x onerror=alert(1)>",
  "»å«", "a%20b", "",
];

test("a view is written so that it can be read aloud", () => {
  const sets = [["effects.params.scale", "0.3"], ["calendar.closure_weeks", "[2021-W51]"]];
  const text = written({ language: "da", columns: [{ name: "A", base: BASE, sets }], chosen: 0 });
  assert.equal(text, `language=da&column=A&base=${BASE}&effects.params.scale=0.3&calendar.closure_weeks=[2021-W51]`);
});

test("what is written is read again, whatever stands in it", () => {
  const sets = TEXTS.map((text, at) => [`key.${at}`, text]);
  const columns = TEXTS.slice(0, 5).map((name) => ({ name: name || "A", base: BASE, sets }));
  const state = { language: "en", columns, chosen: 2 };
  const look = { theme: "dark", panel: "map" };
  assert.deepEqual(read(`#${written(state, look)}`, "da"), { state, look });
});

test("a browser may write letters in its own way", () => {
  const text = "language=da&column=J%C3%B8l&base=a.yaml&places=%5BSams%C3%B8%5D";
  assert.deepEqual(read(text, "da").state.columns, [{ name: "Jøl", base: "a.yaml", sets: [["places", "[Samsø]"]] }]);
});

test("an address that nobody wrote does no harm", () => {
  const wrong = ["", "#", "#&&=&", "#%E0%A4%A", "#chosen=9&language=xx", "#column=A", "#key=1", "#chosen=-1&base="];
  for (const text of wrong) {
    const { state } = read(text, "da");
    assert.deepEqual(state, { language: "da", columns: [], chosen: 0 }, text);
  }
});

test("a key is set once, and the last one counts", () => {
  const { state } = read(`base=${BASE}&a=1&b=2&a=3`, "da");
  assert.deepEqual(state.columns, [{ name: "A", base: BASE, sets: [["b", "2"], ["a", "3"]] }]);
});

test("at most six columns are read", () => {
  const text = Array.from({ length: 30 }, () => "column=X&base=x").join("&");
  assert.equal(read(text, "da").state.columns.length, 6);
});
