// The grid of a page without a server: figures at the stops of its sliders, and straight lines between them.

const BYTES = 8;

/** Return the figures of a grid: `{axes, names, at(set)}`; `told` as the page holds it. */
export function openGrid({ axes, figures }) {
  const stops = axes.map((axis) => axis.stops.map(Number));
  const held = Object.entries(figures).map(([name, packed]) => [name, unpacked(packed)]);
  const at = (set) => {
    const places = axes.map((axis, number) => placeOf(axis, stops[number], set[axis.key]));
    return {
      figures: Object.fromEntries(held.map(([name, whole]) => [name, valueAt(whole, places)])),
      between: places.some(({ part }, number) => part > 0 && !axes[number].simulates),
      delivery: places.some(({ part }, number) => part > 0 && axes[number].simulates),
    };
  };
  return { axes, at };
}

/** Return where a slider stands: the stop at or below it, and how far it is from there to the next [0-1]. */
export function placeOf(axis, stops, number) {
  if (number === undefined) return { level: axis.own ?? stops.length, part: 0 };
  const next = stops.findIndex((stop) => stop >= number);
  if (next < 0) return { level: stops.length - 1, part: 0 };
  if (stops[next] === number || next === 0) return { level: next, part: 0 };
  const below = stops[next - 1];
  return { level: next - 1, part: (number - below) / (stops[next] - below) };
}

function unpacked({ shape, numbers }) {
  const bytes = Uint8Array.from(atob(numbers), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const count = bytes.length / BYTES;
  return { shape, numbers: Float64Array.from({ length: count }, (_, at) => view.getFloat64(at * BYTES, true)) };
}

/** Return a figure at a place: what stands there at a stop, else on straight lines between the stops around it. */
function valueAt({ shape, numbers }, places) {
  let corners = [{ index: 0, weight: 1 }];
  shape.forEach((length, axis) => {
    const { level, part } = length === 1 ? { level: 0, part: 0 } : places[axis];
    corners = corners.flatMap(({ index, weight }) => {
      const here = index * length + level;
      if (part === 0) return [{ index: here, weight }];
      return [{ index: here, weight: weight * (1 - part) }, { index: here + 1, weight: weight * part }];
    });
  });
  if (corners.length === 1) return known(numbers[corners[0].index]);
  return known(corners.reduce((sum, { index, weight }) => sum + weight * numbers[index], 0));
}

function known(number) {
  return Number.isFinite(number) ? number : null;
}
