// Heavy jobs: asked for, followed until they end, and cancelled.

import { Unreachable } from "./api.js";

const FIRST_MS = 150;
const MOST_MS = 1000;
const ENDED = ["done", "failed", "cancelled"];

/**
 * Return `{ask, cancel, running}`.
 *
 * `ask(kind, position, language, client)` answers with the job when it has ended; `show(jobs)` is told the jobs under
 * way each time that one moves. The same job asked twice is followed once.
 */
export function makeJobs(api, show) {
  const followed = new Map();
  const tell = () => show([...followed.values()].map(({ job }) => job));
  const ask = async (kind, position, language, client) => {
    const job = await api.ask(kind, position, language, { client });
    if (ENDED.includes(job.state)) return job;
    if (!followed.has(job.id)) followed.set(job.id, { job, ended: follow(api, followed, job, tell) });
    tell();
    return followed.get(job.id).ended;
  };
  const cancel = async (id) => {
    const job = await api.cancel(id);
    if (followed.has(id)) followed.get(id).job = job;
    tell();
  };
  return { ask, cancel, running: () => [...followed.values()].map(({ job }) => job) };
}

async function follow(api, followed, first, tell) {
  let job = first;
  for (let rest = FIRST_MS; !ENDED.includes(job.state); rest = Math.min(MOST_MS, rest * 1.3)) {
    await new Promise((done) => setTimeout(done, rest));
    job = await nextOf(api, job);
    if (followed.has(job.id)) followed.get(job.id).job = job;
    tell();
  }
  followed.delete(job.id);
  tell();
  return job;
}

/** Return how a job stands; a server that does not answer for a while is asked again. */
async function nextOf(api, job) {
  try {
    return await api.job(job.id);
  } catch (wrong) {
    if (wrong instanceof Unreachable) return job;
    return { ...job, state: "failed", error: wrong.message };
  }
}
