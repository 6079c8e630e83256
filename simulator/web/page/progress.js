// Jobs under way: what is being done, how far it is, and a button that stops it.

import { button, filledIn, node } from "./nodes.js";
import { fixed } from "./numbers.js";

/** How long [ms] a simulation may rest before its first step until the reader is told why. */
const COMPILES_MS = 5000;

/** Return the place of the jobs: `{node, show(jobs), failed(job), clear()}`; `acts`: cancel(id), again(). */
export function makeProgress(language, words, acts) {
  const list = node("ul", { class: "jobs" });
  const note = node("div", { class: "job-note", role: "status" });
  const rows = new Map();
  const show = (jobs) => {
    for (const [id, row] of rows) if (!jobs.some((job) => job.id === id)) (row.node.remove(), rows.delete(id));
    for (const job of jobs) {
      if (!rows.has(job.id)) rows.set(job.id, rowOf(job, words, acts));
      const row = rows.get(job.id);
      if (!row.node.isConnected) list.append(row.node);
      fill(row, job, language, words);
    }
  };
  const failed = (job) => note.replaceChildren(
    node("span", {}, job.state === "cancelled" ? words.cancelled : filledIn(words.failed, { error: job.error ?? "" })),
    button(words.again, () => (note.replaceChildren(), acts.again())));
  const clear = () => note.replaceChildren();
  return { node: node("div", { class: "progress" }, list, note), show, failed, clear };
}

function rowOf(job, words, acts) {
  const text = node("span", { class: "job-text", id: `job-${job.id}` });
  const bar = node("progress", { "aria-labelledby": `job-${job.id}` });
  const stop = button(words.cancel, () => acts.cancel(job.id), { class: "cancel" });
  return { text, bar, since: performance.now(), node: node("li", {}, text, bar, stop) };
}

function fill(row, job, language, words) {
  const { text, bar } = row;
  const what = job.what || words.kinds[job.kind] || job.kind;
  const isQueued = job.state === "queued";
  const [done, total] = [job.done, job.total].map((number) => fixed(number, 0, language));
  const count = job.total > 0 ? filledIn(words.count, { done, total }) : "";
  const ahead = job.ahead > 0 ? filledIn(words.ahead, { ahead: job.ahead }) : words.next;
  if (isQueued || job.done > 0) row.since = performance.now();
  const isSlow = job.kind === "deliver" && performance.now() - row.since > COMPILES_MS;
  text.textContent = [what, isQueued ? ahead : count, isSlow && words.compiles].filter(Boolean).join(" · ");
  if (!isQueued && job.total > 0) {
    bar.max = job.total;
    bar.value = job.done;
  } else bar.removeAttribute("value");
}
