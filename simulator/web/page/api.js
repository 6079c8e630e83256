// What the page asks of its server. Every address is relative to the address of the page, so it carries the key.

/** What was wrong with what was asked: a list of {path, message}. */
export class Faults extends Error {
  constructor(faults, status) {
    super(faults.map((one) => (one.path ? `${one.path}: ${one.message}` : one.message)).join("\n"));
    this.faults = faults;
    this.status = status;
  }
}

/** The server did not answer at all. */
export class Unreachable extends Error {}

/** Return the doors of the server, one function a door; each answers with what it was asked, or throws Faults. */
export function makeApi() {
  const told = (path, body) => asked(path, { method: "POST", body: JSON.stringify(body), type: "application/json" });
  return {
    told: toldInPage,
    start: () => asked("api/start"),
    words: (language) => asked(`api/words?language=${part(language)}`),
    places: async () => (await asked("api/places")).places,
    open: (id) => told("api/open", { id }),
    upload: (name, text) =>
      asked(`api/upload?name=${encodeURIComponent(name)}`, { method: "POST", body: text, type: "text/yaml" }),
    sheet: (position, language) => told("api/sheet", { position, language }),
    changes: (position, language) => told("api/changes", { position, language }),
    figures: (positions) => told("api/figures", { positions }),
    value: (positions, language) => told("api/value", { positions, language }),
    moves: (position, language) => told("api/moves", { position, language }),
    calendar: (position, language) => told("api/calendar", { position, language }),
    view: (run, panel, language) => asked(`api/views/${part(run)}/${part(panel)}?language=${part(language)}`),
    ask: (kind, position, language, given = {}) => told("api/jobs", { kind, position, language, ...given }),
    job: (id) => asked(`api/jobs/${part(id)}`),
    jobs: () => asked("api/jobs"),
    cancel: (id) => told(`api/jobs/${part(id)}/cancel`, {}),
    scenario: (position) => fileOf("api/scenario", { position }),
    quit: () => told("api/quit", {}),
    headlineAddress: (run) => `api/headline/${part(run)}`,
    fileAddress,
  };
}

/** Return what the server says at the start, which stands in the page; null where it could not say it. */
function toldInPage() {
  const place = document.getElementById("told");
  const text = place?.textContent;
  place?.remove();
  return text ? JSON.parse(text) : null;
}

/** Return the address of a file of a run: `fileAddress(run, "figures/bridge.svg", "da")`. */
function fileAddress(run, path, language) {
  const name = path.split("/").map(part).join("/");
  return `api/files/${part(run)}/${name}${language ? `?language=${part(language)}` : ""}`;
}

function part(text) {
  return encodeURIComponent(String(text));
}

async function asked(path, { method = "GET", body, type } = {}) {
  return (await answered(path, { method, body, type })).json();
}

/** Return a file that the server makes of what it is told: its name and its content. */
async function fileOf(path, body) {
  const answer = await answered(path, { method: "POST", body: JSON.stringify(body), type: "application/json" });
  const told = answer.headers.get("Content-Disposition") || "";
  const starred = /filename\*=UTF-8''([^;]+)/i.exec(told);
  const plain = /filename="?([^";]+)"?/i.exec(told);
  const name = starred ? decodeURIComponent(starred[1]) : plain ? plain[1] : "scenario.yaml";
  return { name, content: await answer.blob() };
}

async function answered(path, { method, body, type }) {
  let answer;
  try {
    answer = await fetch(path, { method, body, headers: type ? { "Content-Type": type } : {}, cache: "no-store" });
  } catch (wrong) {
    throw new Unreachable(String(wrong));
  }
  if (answer.ok) return answer;
  throw new Faults(await faultsOf(answer), answer.status);
}

async function faultsOf(answer) {
  try {
    const told = await answer.json();
    if (Array.isArray(told.faults) && told.faults.length) return told.faults;
  } catch {
    // an answer that is not ours says no more than its number
  }
  return [{ path: "", message: `${answer.status} ${answer.statusText}`.trim() }];
}
