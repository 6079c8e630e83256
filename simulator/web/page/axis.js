// An axis with round marks, and the shape of a spread that is told by its quantiles.

/** Return an axis that holds all values and 0: its ends, its marks and the decimals that the marks need. */
export function axisOf(values, marks = 5) {
  const held = values.filter((value) => Number.isFinite(value));
  const low = Math.min(0, ...held);
  const high = Math.max(0, ...held);
  const step = roundStep((high - low || 1) / marks);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  return { low: first * step, high: last * step, ticks, decimals };
}

/** Return the least of 1, 2 and 5 times a power of ten that is no less than a length. */
export function roundStep(length) {
  const power = 10 ** Math.floor(Math.log10(length));
  const times = [1, 2, 5, 10].find((one) => one * power >= length * (1 - 1e-9));
  return times * power;
}

/** Return how dense a spread is in so many bins between two values: parts of the densest one [0-1]. */
export function shapeOf(quantiles, low, high, bins = 48) {
  const edges = Array.from({ length: bins + 1 }, (_, at) => low + ((high - low) * at) / bins);
  const below = edges.map((edge) => shareBelow(quantiles, edge));
  const raw = below.slice(1).map((share, at) => share - below[at]);
  const smooth = raw.map((_, at) => (value(raw, at - 1) + 2 * value(raw, at) + value(raw, at + 1)) / 4);
  const most = Math.max(...smooth);
  return most > 0 ? smooth.map((one) => one / most) : smooth;
}

function value(list, at) {
  return list[Math.min(list.length - 1, Math.max(0, at))];
}

/** Return the share of a spread that lies below a value, straight between its quantiles. */
function shareBelow(quantiles, edge) {
  const last = quantiles.length - 1;
  if (edge <= quantiles[0]) return 0;
  if (edge >= quantiles[last]) return 1;
  const at = quantiles.findIndex((quantile) => quantile > edge) - 1;
  const width = quantiles[at + 1] - quantiles[at];
  return (at + (width > 0 ? (edge - quantiles[at]) / width : 0)) / last;
}
