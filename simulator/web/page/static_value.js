// What a page without a server knows of a position, in the shape in which the page with a server is told it.

const RANGE = { low: "low", high: "high" };
const CONTROL = "control.";

/** Return the figures of a position as VALUE has them, and whether and how they are interpolated. */
export function valueOf(told, grid, set) {
  const { figures, between, delivery } = grid.at(set);
  const named = (keep) => Object.fromEntries(Object.entries(figures).filter(([name]) => keep(name)));
  const control = named((name) => name.startsWith(CONTROL));
  const interval = intervalOf(told, figures, set);
  return {
    figures: named((name) => !name.startsWith(CONTROL)),
    control: Object.fromEntries(Object.entries(control).map(([name, number]) => [name.slice(CONTROL.length), number])),
    published: told.published,
    interval,
    interval_waits: false,
    no_range: !interval && told.made.draws > 0 && told.axes.some(({ key, drawn }) => drawn && !(key in set)),
    state: told.made.engine === "control" ? "control" : "simulated",
    between,
    delivery,
  };
}

function intervalOf(told, figures, set) {
  if (figures[RANGE.low] === null || figures[RANGE.low] === undefined) return null;
  const left = told.axes.filter(({ key, own }) => own === null && !(key in set)).map(({ key }) => key);
  return {
    low: figures.low, high: figures.high, fifty: [figures.quarter, figures.three_quarters],
    called: told.called[left.sort().join(" ")] ?? "span", draws: told.made.draws,
  };
}

/** Return the largest error found of a figure where a position is interpolated, in the unit of the figure. */
export function errorOf(told, name, { between, delivery }) {
  const found = (kind) => told.off[kind][name] ?? 0;
  return Math.max(between || delivery ? found("between") : 0, delivery ? found("delivery") : 0);
}

/** Return the command that gives the figures of a position, as it is typed into a terminal. */
export function commandOf({ made }, sets, drawn) {
  const settings = [...made.sets, ...sets.map(([key, value]) => `${key}=${value}`)].flatMap((one) => ["-S", one]);
  const draws = made.asked_draws !== null && drawn ? ["--draws", String(made.asked_draws)] : [];
  return ["saldo", "run", ...made.command, ...draws, ...settings].map(quoted).join(" ");
}

function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}
