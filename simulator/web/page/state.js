// The view: language, columns side by side, the chosen one; and every step that led to it, so that each can be undone.

import { read, written } from "./address.js";

const MOST_STEPS = 500;
const ADDRESS_RESTS_MS = 250;
const MOST_COLUMNS = 6;

/**
 * Return the one state of the page, kept in the address and nowhere else.
 *
 * `get()` is the state, `look` its theme and panel (no steps), `begin(state)` the first view, `change(next, merge)`
 * takes a step, or takes the place of the last one where `merge` says that it belongs to the same move;
 * `undo`, `redo`, `on(handler)`.
 */
export function makeStore(language) {
  const first = read(location.hash, language);
  const store = { steps: [first.state], at: 0, look: first.look, heard: [], resting: null };
  addEventListener("popstate", () => cameBack(store, language));
  return {
    get: () => store.steps[store.at],
    look: store.look,
    on: (handler) => store.heard.push(handler),
    begin: (state) => began(store, state),
    change: (next, merge = false) => stepped(store, next, merge),
    undo: () => went(store, store.at - 1),
    redo: () => went(store, store.at + 1),
    canUndo: () => store.at > 0,
    canRedo: () => store.at < store.steps.length - 1,
    looked: (look) => {
      Object.assign(store.look, look);
      rewrite(store);
    },
  };
}

function stepped(store, next, merge) {
  if (written(next) === written(store.steps[store.at])) return;
  const kept = store.steps.slice(0, store.at + 1);
  if (merge && kept.length > 1) kept.pop();
  store.steps = [...kept, next].slice(-MOST_STEPS);
  store.at = store.steps.length - 1;
  tell(store); // first, since figures are asked for then; the address follows in the same turn
  if (merge) rest(store);
  else push(store);
}

/** Begin with a view, which is no step: there is nothing before it. */
function began(store, state) {
  store.steps = [state];
  store.at = 0;
  rewrite(store);
  tell(store);
}

function went(store, at) {
  if (at < 0 || at >= store.steps.length) return;
  store.at = at;
  rewrite(store);
  tell(store);
}

/** Follow the reader back or forth in the browser, or to an address that was pasted. */
function cameBack(store, language) {
  const { state, look } = read(location.hash, language);
  const text = written(state);
  const isHere = (at) => store.steps[at] && written(store.steps[at]) === text;
  const near = [store.at, store.at - 1, store.at + 1].find(isHere);
  const found = near ?? store.steps.findLastIndex((step) => written(step) === text);
  Object.assign(store.look, { theme: undefined, panel: undefined }, look);
  if (found >= 0) store.at = found;
  else {
    store.steps = [...store.steps.slice(0, store.at + 1), state].slice(-MOST_STEPS);
    store.at = store.steps.length - 1;
  }
  tell(store);
}

function tell(store) {
  for (const handler of store.heard) handler(store.steps[store.at]);
}

function push(store) {
  clearTimeout(store.resting);
  history.pushState(null, "", `#${written(store.steps[store.at], store.look)}`);
}

function rewrite(store) {
  clearTimeout(store.resting);
  history.replaceState(null, "", `#${written(store.steps[store.at], store.look)}`);
}

/** Write the address when a drag rests: a browser refuses an address that is written too often. */
function rest(store) {
  clearTimeout(store.resting);
  store.resting = setTimeout(() => rewrite(store), ADDRESS_RESTS_MS);
}

/** Return a column as the server is told it. */
export function positionOf({ base, sets }) {
  return { base, sets };
}

/** Return the state with settings of the chosen column made (a text) or taken away (null), in their order. */
export function withSets(state, sets) {
  const made = new Map(sets);
  const before = state.columns[state.chosen].sets;
  const known = new Set(before.map(([key]) => key));
  const kept = before.map(([key, value]) => [key, made.has(key) ? made.get(key) : value]);
  const added = [...made].filter(([key]) => !known.has(key));
  return withColumn(state, state.chosen, { sets: [...kept, ...added].filter(([, value]) => value !== null) });
}

/** Return the state with one column changed. */
export function withColumn(state, at, change) {
  return { ...state, columns: state.columns.map((column, one) => (one === at ? { ...column, ...change } : column)) };
}

/** Return the state with a copy of the chosen column beside it, which is chosen. */
export function withCopy(state) {
  const columns = [...state.columns];
  columns.push({ ...columns[state.chosen], name: freeName(columns) });
  return { ...state, columns, chosen: columns.length - 1 };
}

/** Return the state without a column; the last one stays. */
export function without(state, at) {
  if (state.columns.length < 2) return state;
  const columns = state.columns.filter((_, one) => one !== at);
  return { ...state, columns, chosen: Math.max(0, state.chosen - (at <= state.chosen ? 1 : 0)) };
}

/** Whether another column may be put beside the others. */
export function hasRoom(state) {
  return state.columns.length < MOST_COLUMNS;
}

function freeName(columns) {
  const taken = new Set(columns.map(({ name }) => name));
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters.find((letter) => !taken.has(letter)) ?? "Z";
}
