// After a move: simulation where it is needed, and the run when moves rest.

import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";

import { makeCourse } from "../../../../simulator/web/page/course.js";
import { makeJobs } from "../../../../simulator/web/page/jobs.js";
import { withKept, withRun } from "../../../../simulator/web/page/overlay.js";

afterEach(() => mock.timers.reset());

const settled = async () => {
  for (let at = 0; at < 5; at += 1) await new Promise((done) => setImmediate(done));
};

function stage(given = {}) {
  const told = { asked: [], refreshed: 0, ran: [], failed: [] };
  const jobs = {
    ask: async (kind, position) => {
      told.asked.push(`${kind} ${position}`);
      return given[kind] ?? { kind, state: "done", result: { run: `run of ${position}`, headline: { kind } } };
    },
  };
  const course = makeCourse({
    jobs, client: "c", refresh: () => (told.refreshed += 1), ran: (key) => told.ran.push(key),
    failed: (value, job) => told.failed.push([value.key, job.state]), wantsDrivers: () => given.wants ?? false,
  });
  return { told, course };
}

const view = (state) => ({ positions: ["p"], language: "da", chosen: 0, values: [{ key: "k", delivery: "d", state }] });

test("what is not simulated is simulated and valued again; the run follows when moves rest", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { told, course } = stage({ wants: true });
  course.valued(view("control"));
  mock.timers.tick(400);
  await settled();
  assert.deepEqual([told.asked, told.refreshed], [["deliver p"], 1]);
  course.valued(view("simulated"));
  mock.timers.tick(400);
  await settled();
  assert.equal(told.asked.length, 1);
  mock.timers.tick(400);
  await settled();
  await settled();
  assert.deepEqual(told.asked, ["deliver p", "tell p", "drivers p"]);
  assert.deepEqual([...course.runOf({ key: "k" }).kinds], ["tell", "drivers"]);
  course.valued(view("simulated"));
  mock.timers.tick(800);
  await settled();
  assert.equal(told.asked.length, 3);
});

test("what cannot be simulated is not asked for over and over, and what was stopped is said", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { told, course } = stage({ deliver: { state: "cancelled" } });
  for (let at = 0; at < 3; at += 1) {
    course.valued(view("control"));
    mock.timers.tick(800);
    await settled();
  }
  assert.deepEqual([told.asked.filter((one) => one === "deliver p").length, told.failed], [1, [["k", "cancelled"]]]);
  course.again();
  await settled();
  assert.equal(told.asked.filter((one) => one === "deliver p").length, 2);
});

test("the same job asked twice is followed once", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let looked = 0;
  const api = {
    ask: async () => ({ id: "1", state: "running" }),
    job: async () => ({ id: "1", state: (looked += 1) > 2 ? "done" : "running" }),
  };
  const jobs = makeJobs(api, () => null);
  const both = Promise.all([jobs.ask("tell", "p", "da"), jobs.ask("tell", "p", "da")]);
  for (let at = 0; at < 6; at += 1) {
    await settled();
    mock.timers.tick(1000);
  }
  const [first, second] = await both;
  assert.equal(first, second);
  assert.deepEqual([looked, jobs.running()], [3, []]);
});

test("a run gives the range that the view waited for, and a kept run stands where only the control is known", () => {
  const headline = {
    saldo_mio_kr: { employment_effect: { mean: -5, low: -8, high: -2 } }, converted: { mean: 9, low: 8, high: 10 },
    kr_per_converted_conversation: { mean: 500 }, full_time_person_years: { mean: -16 },
    knowledge: { called: "span", sign: "computed" }, draws: 64,
  };
  const waits = { state: "simulated", interval: null, interval_waits: true, figures: { employment_effect_mio_kr: -5 } };
  assert.deepEqual(withRun(waits, headline).interval.converted, [8, 10]);
  assert.equal(withRun({ ...waits, interval_waits: false }, headline).interval, null);
  const kept = withKept({ ...waits, state: "control", interval_waits: false }, headline);
  assert.deepEqual([kept.state, kept.figures.converted, kept.interval.low], ["kept", 9, -8]);
  assert.equal(withKept(waits, headline), waits);
  assert.equal(withKept(null, headline).figures.employment_effect_mio_kr, -5);
  assert.equal(withKept(null, null), null);
});
