// What was answered of positions: the latest is at hand, so that a view that is gone back to is there at once.

const MOST = 300;

/** Return `{get(language, position), keep(language, position, value)}`; what was kept longest ago goes first. */
export function makeAnswers() {
  const kept = new Map();
  const keyOf = (language, position) => JSON.stringify([language, position]);
  return {
    get: (language, position) => kept.get(keyOf(language, position)) ?? null,
    keep: (language, position, value) => {
      kept.delete(keyOf(language, position));
      kept.set(keyOf(language, position), value);
      if (kept.size > MOST) kept.delete(kept.keys().next().value);
    },
  };
}
