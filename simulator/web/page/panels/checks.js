// How far the simulation is from the calculation by hand, and what there is to warn of.

import { node } from "../nodes.js";
import { heading, part, said, tables, told, withRun } from "./frame.js";

export const name = "checks";

/** Show simulation and control beside each other, with what parts them, and the warnings of the run. */
export async function show(place, context) {
  const words = said(context).checks;
  await withRun(place, context, name, (view) => [
    heading(view.title),
    told(view.texts),
    tables(view),
    part(words.warnings),
    view.warnings.length
      ? node("ul", { class: "warnings" }, ...view.warnings.map((text) => node("li", {}, text)))
      : node("p", {}, words.none),
  ]);
}
