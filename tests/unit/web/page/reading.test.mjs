// The sheet is read whole once a base and language, and then only what differs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { makeReading, merged } from "../../../../simulator/web/page/reading.js";

const BASE = { base: "a", sets: [] };
const MOVED = { base: "a", sets: [["x", "2"]] };
const rowOf = (key, value) => ({ key, value });

function served() {
  const told = { opened: "1", asked: [] };
  return Object.assign(told, {
    sheet: async (position, language) => {
      told.asked.push(["sheet", language, position.sets.length]);
      const rows = [rowOf("x", told.opened), rowOf("y", 1)];
      return { opened: told.opened, title: "whole", sliders: rows, assumptions: [...rows, rowOf("z", 1)] };
    },
    changes: async (position, language) => {
      told.asked.push(["changes", language, position.sets.length]);
      return { opened: told.opened, title: "now", rows: position.sets.map(([key, value]) => rowOf(key, value)) };
    },
  });
}

test("rows that are other take the place of those of what was opened, and the rest is the same object", () => {
  const whole = { title: "whole", sliders: [rowOf("x", 1), rowOf("y", 1)], assumptions: [rowOf("z", 1)] };
  const sheet = merged(whole, { title: "now", rows: [rowOf("y", 2)] });
  assert.deepEqual(sheet, { title: "now", sliders: [rowOf("x", 1), rowOf("y", 2)], assumptions: [rowOf("z", 1)] });
  assert.equal(sheet.sliders[0], whole.sliders[0]);
});

test("the whole is asked for once a base and language", async () => {
  const server = served();
  const read = makeReading(server);
  assert.equal((await read(MOVED, "da")).sliders[0].value, "2");
  assert.equal((await read(BASE, "da")).sliders[0].value, "1");
  await read(MOVED, "en");
  assert.deepEqual(server.asked.filter(([what]) => what === "sheet"), [["sheet", "da", 0], ["sheet", "en", 0]]);
});

test("another text under the same name is read whole again", async () => {
  const server = served();
  const read = makeReading(server);
  await read(BASE, "da");
  server.opened = "2";
  assert.equal((await read(BASE, "da")).sliders[0].value, "2");
  assert.equal(server.asked.filter(([what]) => what === "sheet").length, 2);
});
