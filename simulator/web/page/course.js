// What happens after a move: the figure at once, the simulation where it is needed, and the whole run when moves rest.

const REST_MS = 350;
const TELL_MS = 700;
const MOST_RUNS = 60;
/** A delivery that the server has dropped may be asked for again; one that gives nothing is not asked for at once. */
const AGAIN_MS = 5000;

/**
 * Return the course of a view: `{valued, moved, again, isTried, runOf, ask}`.
 *
 * `page`: {jobs, refresh, ran, failed, wantsDrivers, client}; `refresh()` values the view anew, `ran()` says that a run
 * is at hand, `failed(key, job)` that a job did not end well.
 */
export function makeCourse(page) {
  const [asked, stopped, tried, runs] = [new Set(), new Set(), new Map(), new Map()];
  const course = { page, runs, asked, stopped, tried, waits: null, latest: null };
  return {
    moved: () => clearTimeout(course.waits),
    valued: (view) => {
      course.latest = view;
      clearTimeout(course.waits);
      course.waits = setTimeout(() => follow(course), view.values.some(isControl) ? REST_MS : TELL_MS);
    },
    again: () => {
      course.stopped.clear();
      course.tried.clear();
      follow(course);
    },
    isTried: (value) => [course.tried, course.stopped].some((known) => known.has(value?.delivery)),
    runOf: (value) => (value ? course.runs.get(value.key) ?? null : null),
    ask: (kind) => {
      const view = course.latest;
      return view ? run(course, kind, view.chosen) : null;
    },
  };
}

function isControl(value) {
  return value?.state === "control";
}

/** Simulate what is not simulated yet, column by column, and then keep the run of the chosen column. */
async function follow(course) {
  const view = course.latest;
  if (!view) return;
  const waiting = [...view.values.keys()].filter((at) => isControl(view.values[at]));
  const fresh = waiting.filter((at) => mayDeliver(course, view.values[at].delivery));
  if (fresh.length) {
    await Promise.all(fresh.map((at) => deliver(course, view, at)));
    return course.page.refresh();
  }
  const others = [...view.values.keys()].filter((at) => at !== view.chosen && view.values[at]?.interval_waits);
  for (const at of [view.chosen, ...others]) await run(course, "tell", at);
  if (course.latest === view && course.page.wantsDrivers()) await run(course, "drivers", view.chosen);
}

function mayDeliver(course, delivery) {
  if (course.asked.has(delivery) || course.stopped.has(delivery)) return false;
  return !(performance.now() - course.tried.get(delivery) < AGAIN_MS);
}

async function deliver(course, view, at) {
  const value = view.values[at];
  course.asked.add(value.delivery);
  const job = await asked(course, "deliver", view, at);
  const isWanted = course.latest?.values.some((one) => one?.delivery === value.delivery);
  course.asked.delete(value.delivery);
  if (job.state === "done") course.tried.set(value.delivery, performance.now());
  else if (isWanted) {
    course.stopped.add(value.delivery);
    course.page.failed(value, job);
  }
}

/** Have a run told (or its drivers found) and kept, once a position. */
async function run(course, kind, at) {
  const view = course.latest;
  const value = view.values[at];
  if (!value || (isControl(value) && !course.tried.has(value.delivery))) return null;
  const known = course.runs.get(value.key);
  const name = `${kind} ${value.key}`;
  if (known?.kinds.has(kind) || course.asked.has(name)) return null;
  course.asked.add(name);
  const job = await asked(course, kind, view, at);
  if (job.state !== "done") {
    course.asked.delete(name);
    return job.state === "failed" ? course.page.failed(value, job) : null;
  }
  keep(course, value.key, kind, job.result);
  course.page.ran(value.key);
  return job;
}

function keep(course, key, kind, result) {
  const known = course.runs.get(key);
  const kinds = new Set([...(known?.kinds ?? []), kind]);
  course.runs.delete(key);
  course.runs.set(key, { run: result.run, headline: result.headline ?? known?.headline ?? null, kinds });
  if (course.runs.size > MOST_RUNS) course.runs.delete(course.runs.keys().next().value);
}

async function asked(course, kind, view, at) {
  const { jobs, client } = course.page;
  try {
    return await jobs.ask(kind, view.positions[at], view.language, `${client} ${at}`);
  } catch (wrong) {
    return { kind, state: "failed", error: wrong.message };
  }
}
