// The same conversations under other beliefs about what a conversation does, and under other concepts.

import { heading, tables, told, waiting, withRun } from "./frame.js";

export const name = "rivals";

/** Show the estimate under each effect model and each concept. */
export async function show(place, context) {
  await withRun(place, context, name, (view) => [
    heading(view.title),
    waiting(context, view),
    told(view.texts),
    tables(view),
  ]);
}
