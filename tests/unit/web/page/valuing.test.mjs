import assert from "node:assert/strict";
import { test } from "node:test";

import { Faults } from "../../../../simulator/web/page/api.js";
import { makeAnswers } from "../../../../simulator/web/page/answers.js";
import { makeValuing } from "../../../../simulator/web/page/valuing.js";

/** Return a server that answers when it is told to, and what the page was told by it. */
function made() {
  const [told, waiting] = [[], []];
  const wait = (name, answer) => (positions) =>
    new Promise((done, fail) => waiting.push({ name, done: () => done(answer(positions)), fail }));
  const values = (positions) => ({ values: positions.map((one) => ({ of: one.id })) });
  const api = { figures: wait("figures", values), value: wait("value", values) };
  const heard = (name) => (answer) => told.push([name, answer.values.map((one) => one?.of), answer.wrong]);
  const valuing = makeValuing(api, { figured: heard("figured"), shown: heard("shown"), lost: (wrong) => told.push(wrong) });
  const next = async (does = "done", how) => {
    waiting.shift()[does](how);
    await new Promise((turned) => setTimeout(turned));
  };
  return { told, waiting, valuing, next };
}

test("figures are told first, and then all", async () => {
  const { told, waiting, valuing, next } = made();
  valuing([{ id: 1 }], "da");
  assert.deepEqual(waiting.map(({ name }) => name), ["figures"]);
  await next();
  assert.deepEqual(told, [["figured", [1], undefined]]);
  await next();
  assert.deepEqual(told.at(-1), ["shown", [1], [null]]);
  assert.equal(waiting.length, 0);
});

test("the latest view is asked for when the one before is told, and none between", async () => {
  const { told, valuing, next } = made();
  for (const id of [1, 2, 3]) valuing([{ id }], "da");
  for (let turn = 0; turn < 4; turn += 1) await next();
  assert.deepEqual(told.map(([name, of]) => [name, of[0]]), [["figured", 1], ["shown", 1], ["figured", 3], ["shown", 3]]);
});

test("what is wrong is told once, with all else", async () => {
  const { told, valuing, next } = made();
  valuing([{ id: 1 }], "da");
  const faults = new Faults([{ path: "a", message: "b" }], 422);
  await next("fail", faults);
  await next("fail", faults);
  assert.deepEqual(told, [["shown", [undefined], [[{ path: "a", message: "b" }]]]]);
});

test("views side by side are told together", async () => {
  const { told, waiting, valuing, next } = made();
  valuing([{ id: 1 }, { id: 2 }], "da");
  await new Promise((turned) => setTimeout(turned));
  assert.deepEqual(waiting.map(({ name }) => name), ["value"]);
  await next();
  assert.deepEqual(told, [["shown", [1, 2], [null, null]]]);
});

test("answers at hand are those that were kept last", () => {
  const answers = makeAnswers();
  for (let id = 0; id < 301; id += 1) answers.keep("da", { id }, id);
  assert.equal(answers.get("da", { id: 0 }), null);
  assert.equal(answers.get("da", { id: 1 }), 1);
  assert.equal(answers.get("en", { id: 1 }), null);
});

test("a position that is wrong leaves the figures of the others", async () => {
  const api = {
    value: async (positions) => {
      if (positions.includes("bad")) throw new Faults([{ path: "p", message: "m" }], 422);
      return { values: positions.map((name) => ({ name })), differences: [] };
    },
  };
  let found = null;
  makeValuing(api, { shown: (answer) => (found = answer), lost: assert.fail })(["good", "bad"], "da");
  await new Promise((turned) => setTimeout(turned, 5));
  assert.deepEqual(found.values, [{ name: "good" }, null]);
  assert.deepEqual(found.wrong, [null, [{ path: "p", message: "m" }]]);
});
