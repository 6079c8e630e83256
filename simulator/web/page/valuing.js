// Figures for the view as it stands, and a moment later all else: one request at a time, and the latest view wins.

import { Faults } from "./api.js";

/**
 * Return `ask(positions, language)`, which values the latest positions asked for.
 *
 * `shown(answer)` is told each answer, {positions, language, values, differences, wrong}: `values` holds null and
 * `wrong` the faults where a position could not be valued. `figured({positions, language, values})` is told the figures
 * alone, as soon as they are there. `lost(error)` is told that the server did not answer.
 */
export function makeValuing(api, { figured, shown, lost }) {
  const turn = { wanted: null, busy: false };
  const next = async () => {
    if (turn.busy || !turn.wanted) return;
    const { positions, language } = turn.wanted;
    turn.wanted = null;
    turn.busy = true;
    try {
      const values = await figures(api, positions);
      if (values) figured({ positions, language, values });
      shown({ positions, language, ...(await valued(api, positions, language)) });
    } catch (wrong) {
      lost(wrong);
    }
    turn.busy = false;
    next();
  };
  return (positions, language) => {
    turn.wanted = { positions, language };
    next();
  };
}

/** Return the figures alone; null where something is wrong, or several are held beside each other: all else says so. */
async function figures(api, positions) {
  if (positions.length > 1) return null;
  try {
    return (await api.figures(positions)).values;
  } catch (wrong) {
    if (!(wrong instanceof Faults)) throw wrong;
    return null;
  }
}

async function valued(api, positions, language) {
  try {
    const { values, differences } = await api.value(positions, language);
    return { values, differences: differences ?? [], wrong: values.map(() => null) };
  } catch (wrong) {
    if (!(wrong instanceof Faults)) throw wrong;
    if (positions.length === 1) return { values: [null], differences: [], wrong: [wrong.faults] };
  }
  return oneByOne(api, positions, language);
}

/** Value positions alone where one of them is wrong, so that the others keep their figures. */
async function oneByOne(api, positions, language) {
  const each = [];
  for (const position of positions) each.push(await valued(api, [position], language));
  return { values: each.map((one) => one.values[0]), differences: [], wrong: each.map((one) => one.wrong[0]) };
}
