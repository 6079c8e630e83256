// Steps of the view: each is undone, a drag is one, and the address follows.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import {
  hasRoom, makeStore, withColumn, withCopy, without, withSets,
} from "../../../../simulator/web/page/state.js";

const FIRST = { language: "da", columns: [{ name: "A", base: "x", sets: [] }], chosen: 0 };
const page = { written: [], came: null };

beforeEach(() => {
  page.written = [];
  globalThis.location = { hash: "" };
  globalThis.addEventListener = (_name, handler) => (page.came = handler);
  globalThis.history = {
    pushState: (_state, _title, text) => page.written.push(["push", (globalThis.location.hash = text)]),
    replaceState: (_state, _title, text) => page.written.push(["replace", (globalThis.location.hash = text)]),
  };
});

function begun() {
  const store = makeStore("da");
  store.begin(FIRST);
  page.written = [];
  return store;
}

function scaled(store, value, merge) {
  store.change(withSets(store.get(), [["scale", value]]), merge);
}

test("200 steps are undone one by one, and made again", () => {
  const store = begun();
  for (let at = 1; at <= 200; at += 1) scaled(store, String(at));
  for (let at = 0; at < 200; at += 1) store.undo();
  assert.deepEqual(store.get(), FIRST);
  assert.equal(store.canUndo(), false);
  for (let at = 0; at < 200; at += 1) store.redo();
  assert.deepEqual(store.get().columns[0].sets, [["scale", "200"]]);
  assert.equal(store.canRedo(), false);
});

test("a drag is one step, and its address is written when it rests", async () => {
  const store = begun();
  scaled(store, "1", false);
  for (const value of ["2", "3", "4"]) scaled(store, value, true);
  assert.deepEqual(page.written, [["push", "#language=da&column=A&base=x&scale=1"]]);
  store.undo();
  assert.deepEqual(store.get(), FIRST);
  store.redo();
  assert.deepEqual(store.get().columns[0].sets, [["scale", "4"]]);
  assert.equal(globalThis.location.hash, "#language=da&column=A&base=x&scale=4");
});

test("a step after an undo takes the place of what was undone", () => {
  const store = begun();
  scaled(store, "1");
  store.undo();
  scaled(store, "2");
  assert.equal(store.canRedo(), false);
  store.undo();
  assert.deepEqual(store.get(), FIRST);
});

test("what changes nothing is no step", () => {
  const store = begun();
  store.change({ ...store.get() });
  assert.equal(store.canUndo(), false);
  assert.deepEqual(page.written, []);
});

test("going back in the browser is followed, and a pasted address is a step", () => {
  const store = begun();
  scaled(store, "1");
  scaled(store, "2");
  globalThis.location.hash = "#language=da&column=A&base=x&scale=1";
  page.came();
  assert.deepEqual(store.get().columns[0].sets, [["scale", "1"]]);
  assert.equal(store.canRedo(), true);
  globalThis.location.hash = "#language=en&column=A&base=y";
  page.came();
  assert.equal(store.get().columns[0].base, "y");
  store.undo();
  assert.deepEqual(store.get().columns[0].sets, [["scale", "1"]]);
});

test("the look is written in the address and is no step", () => {
  const store = begun();
  store.looked({ theme: "dark" });
  assert.equal(globalThis.location.hash, "#language=da&theme=dark&column=A&base=x");
  assert.equal(store.canUndo(), false);
});

test("settings keep their order, are replaced in place and are taken away", () => {
  let state = withSets(FIRST, [["a", "1"], ["b", "2"]]);
  state = withSets(state, [["c", "3"], ["a", "9"]]);
  assert.deepEqual(state.columns[0].sets, [["a", "9"], ["b", "2"], ["c", "3"]]);
  state = withSets(state, [["b", null], ["never", null]]);
  assert.deepEqual(state.columns[0].sets, [["a", "9"], ["c", "3"]]);
  assert.deepEqual(FIRST.columns[0].sets, []);
});

test("columns are copied, named, changed alone and removed", () => {
  let state = withCopy(withSets(FIRST, [["a", "1"]]));
  assert.deepEqual([state.columns.map(({ name }) => name), state.chosen], [["A", "B"], 1]);
  state = withSets(state, [["a", "2"]]);
  assert.deepEqual(state.columns.map(({ sets }) => sets[0][1]), ["1", "2"]);
  state = withCopy(withColumn(state, 0, { name: "C" }));
  assert.deepEqual(state.columns.map(({ name }) => name), ["C", "B", "A"]);
  state = without(state, 0);
  assert.deepEqual([state.columns.map(({ name }) => name), state.chosen], [["B", "A"], 1]);
  assert.equal(without(without(state, 0), 0).columns.length, 1);
  while (hasRoom(state)) state = withCopy(state);
  assert.equal(state.columns.length, 6);
});
