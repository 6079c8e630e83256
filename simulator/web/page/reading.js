// The sheet of a position, read cheaply: whole once a base and language, and then only the rows that differ from it.

const MOST_WHOLE = 6;

/** Return `read(position, language)`, which answers with the sheet of a position. */
export function makeReading(api) {
  const whole = new Map();
  const wholeOf = async ({ base }, language) => {
    const sheet = await api.sheet({ base, sets: [] }, language);
    const key = JSON.stringify([base, language]);
    whole.delete(key);
    whole.set(key, sheet);
    if (whole.size > MOST_WHOLE) whole.delete(whole.keys().next().value);
    return sheet;
  };
  return async (position, language) => {
    const known = whole.get(JSON.stringify([position.base, language]));
    const [sheet, changes] = await Promise.all([
      known ?? wholeOf(position, language), api.changes(position, language),
    ]);
    // What was opened may be another text by now, under the same name.
    return merged(sheet.opened === changes.opened ? sheet : await wholeOf(position, language), changes);
  };
}

/** Return the sheet of a position: that of what was opened, with the rows that are other there. */
export function merged(whole, { rows, ...told }) {
  const other = new Map(rows.map((row) => [row.key, row]));
  const now = (row) => other.get(row.key) ?? row;
  return { ...told, sliders: whole.sliders.map(now), assumptions: whole.assumptions.map(now) };
}
