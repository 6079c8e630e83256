// The page: what the reader does changes the view, the view asks for its figures, and the figures are drawn.

import { makeAnswers } from "./answers.js";
import { Unreachable, makeApi } from "./api.js";
import { makeCourse } from "./course.js";
import { ask } from "./dialogs.js";
import { drawFigures, spokenOf } from "./drawing.js";
import { makeJobs } from "./jobs.js";
import { makeLayout } from "./layout.js";
import { node } from "./nodes.js";
import * as numbers from "./numbers.js";
import { showOpening } from "./opening.js";
import { withKept, withRun } from "./overlay.js";
import { makeReading } from "./reading.js";
import { hasRoom, makeStore, positionOf, withColumn, withCopy, without, withSets } from "./state.js";
import { setTheme } from "./toolbar.js";
import { makeValuing } from "./valuing.js";
import { handOver, listenForKeys, showLost, stopServer, watchServer } from "./watch.js";

const SHEET_RESTS_MS = 300;
const DIM_MS = 200;
const HIDDEN_MS = 250;
const SPEAK_MS = 900;
const PANELS_REST_MS = 700;

const page = {
  api: makeApi(), bases: new Map(), answers: makeAnswers(), values: [], wrong: [], differences: [], sheet: null,
  parts: null, store: null, words: null, running: [], isStale: true, isDim: false, isFirst: false,
  dims: null, frame: 0, timers: {}, seen: "", reads: 0,
};

begin();

async function begin() {
  try {
    page.start = page.api.told() ?? (await page.api.start());
    page.store = makeStore(page.start.language);
    await fetchWords(page.store.get().language);
  } catch (wrong) {
    document.querySelector("main").replaceChildren(node("p", { role: "alert" }, String(wrong.message)));
    return;
  }
  page.reading = makeReading(page.api);
  page.jobs = makeJobs(page.api, (running) => {
    page.running = running;
    page.parts.progress.show(running);
    draw();
  });
  page.course = makeCourse({
    jobs: page.jobs, refresh, ran: () => (draw(), showPanels()), wantsDrivers: () => page.parts.panels.wantsDrivers(),
    failed: (value, job) => (page.parts.progress.failed(job), draw()), client: `${performance.timeOrigin}`,
  });
  page.valuing = makeValuing(page.api, { figured, shown: answered, lost });
  build();
  page.store.on(changed);
  listenForKeys(page.store);
  watchServer(page.api, (isThere) => banner(!isThere));
  await openFirst();
}

/** Open what the address names, or what the command line named, or ask. */
async function openFirst() {
  const { opened } = page.start;
  if (opened) page.bases.set(opened.id, opened);
  if (!page.store.get().columns.length && opened) return page.store.begin(viewOf(opened, []));
  if (!page.store.get().columns.length) return openDialog();
  changed(page.store.get());
}

/** Return what the server told at the start of the one column that it opened, once; null of any other view. */
function toldFirst({ language, columns }) {
  const { first, opened, language: spokenFirst } = page.start;
  page.start.first = null;
  const isThat = columns.length === 1 && columns[0].base === opened?.id && !columns[0].sets.length;
  return first?.value && isThat && language === spokenFirst ? first : null;
}

/** Fetch the words of a language, where they are not at hand. */
async function fetchWords(language) {
  page.start.words[language] ??= await page.api.words(language);
}

/** Do something that needs the words of a language, when they are there. */
function inWordsOf(language, does) {
  fetchWords(language).then(does, lost);
}

function viewOf(base, sets) {
  return { language: page.store.get().language, columns: [{ name: "A", base: base.id, sets }], chosen: 0 };
}

/** Build the page anew in the language of the view. */
function build() {
  const { language } = page.store.get();
  const all = page.start.words[language];
  page.language = language;
  page.words = { ...all.page, sheet: { ...all.page.sheet, keys: all.desk?.keys ?? {} } };
  page.all = all;
  const { store } = page;
  page.parts = makeLayout(language, page.words, store.look, {
    toolbar: toolbarActs(),
    sheet: {
      change: (key, text, merge) => set(key, text, merge),
      reset: (key) => store.change(withSets(store.get(), [[key, null]])),
    },
    columns: columnActs(store),
    jobs: { cancel: (id) => page.jobs.cancel(id), again: () => page.course.again() },
    panel: (panel) => {
      store.looked({ panel });
      draw();
      if (page.parts.panels.wantsDrivers()) page.course.again();
    },
  });
  page.parts.progress.show(page.running);
  setTheme(store.look.theme);
}

function columnActs(store) {
  const rename = (at, name) => store.change(withColumn(store.get(), at, { name }));
  return {
    choose: (at) => store.change({ ...store.get(), chosen: at }),
    add: () => hasRoom(store.get()) && store.change(withCopy(store.get())),
    remove: (at) => store.change(without(store.get(), at)),
    rename,
  };
}

function toolbarActs() {
  const { store } = page;
  return {
    open: openDialog,
    download,
    undo: store.undo,
    redo: store.redo,
    language: () => {
      const language = page.language === "da" ? "en" : "da";
      inWordsOf(language, () => {
        store.change({ ...store.get(), language });
        document.querySelector(".language").focus();
      });
    },
    theme: (theme) => {
      store.looked({ theme: theme === "auto" ? undefined : theme });
      setTheme(theme);
    },
    quit: () => ask(page.words.quitting, page.words.dialog, () => stopServer(page.api, page.words.quitting.stopped)),
  };
}

/** Set a value of the chosen column; one that is drawn nowhere and stands at the scenario's is not set at all. */
function set(key, text, merge) {
  const { sliders = [], choices = [] } = page.sheet ?? {};
  const row = [...sliders, ...choices].find((one) => one.key === key);
  const isSame = row && (text === row.base_value || Number(text) === row.base_value);
  const isBack = isSame && !row.drawn && !row.base_drawn;
  page.store.change(withSets(page.store.get(), [[key, isBack ? null : text]]), merge);
}

/** The view is another one: show at once what is known of it, and ask for the rest. */
function changed(state) {
  if (state.language !== page.language) {
    if (!page.start.words[state.language]) return inWordsOf(state.language, () => changed(page.store.get()));
    build();
    page.sheet = null;
  }
  setTheme(page.store.look.theme);
  const missing = state.columns.map(({ base }) => base).filter((id) => !page.bases.has(id));
  if (missing.length) return openMissing([...new Set(missing)]);
  const column = state.columns[state.chosen];
  const isOther = page.seen !== `${column?.base} ${state.chosen}`;
  page.seen = `${column?.base} ${state.chosen}`;
  page.course.moved();
  page.parts.progress.clear();
  becameStale();
  keepShown(state);
  const first = toldFirst(state);
  if (!first) refresh(); // before anything is drawn, which takes its time beside the server's
  page.parts.sheet.moved(column.sets);
  page.parts.panels.stale();
  if (first) return showFirst(state, first);
  later("sheet", isOther || !page.sheet ? 0 : SHEET_RESTS_MS, readSheet);
  draw();
}

/** Note that the figures are those of another view; they are dimmed where the new ones are not there soon. */
function becameStale() {
  page.isStale = true;
  page.dims ??= setTimeout(() => {
    page.isDim = true;
    draw();
  }, DIM_MS);
}

function isFresh() {
  clearTimeout(page.dims);
  Object.assign(page, { isStale: false, isDim: false, dims: null });
}

/** Show the figures and sliders of the start in one frame; all else is drawn and asked for after it. */
function showFirst({ columns, language }, { value, sheet }) {
  page.sheet = sheet;
  page.parts.sheet.show(sheet);
  page.isFirst = true;
  answered({ positions: columns.map(positionOf), language, values: [value], differences: [], wrong: [null] });
  afterFrame(() => {
    page.isFirst = false;
    drawNow();
    later("sheet", 0, readSheet);
  });
}

async function openMissing(ids) {
  for (const id of ids) {
    try {
      page.bases.set(id, await page.api.open(id));
    } catch (wrong) {
      const faults = wrong.faults ?? [{ path: id, message: wrong.message }];
      return openDialog(faults.map((one) => ({ ...one, path: one.path || id })));
    }
  }
  changed(page.store.get());
}

/** Keep the figures that are shown where a column is still the same, and take those that are at hand. */
function keepShown({ columns }) {
  const before = page.values;
  page.values = columns.map((column, at) => {
    const isSame = before[at] && before[at].position.base === column.base && before.length === columns.length;
    return page.answers.get(page.language, positionOf(column)) ?? (isSame ? before[at] : null);
  });
  page.wrong = columns.map((_, at) => (before.length === columns.length ? page.wrong[at] ?? null : null));
  page.differences = before.length === columns.length ? page.differences : [];
}

function refresh() {
  const { columns, language } = page.store.get();
  if (columns.length) page.valuing(columns.map(positionOf), language);
}

/** The figures are there, all else a moment later: until then what was said before stands beside them. */
function figured({ positions, language, values }) {
  if (positions.length !== page.store.get().columns.length || language !== page.language) return;
  page.values = values.map((value, at) => ({ ...page.values[at], ...value, position: positions[at] }));
  drawNow();
}

function answered({ positions, language, values, differences, wrong }) {
  banner(false);
  positions.forEach((position, at) => {
    if (values[at]) page.answers.keep(language, position, { ...values[at], position });
  });
  const { columns, chosen } = page.store.get();
  const isLatest = language === page.language && JSON.stringify(positions) === JSON.stringify(columns.map(positionOf));
  if (positions.length !== columns.length || language !== page.language) return;
  page.values = values.map((value, at) => (value ? { ...value, position: positions[at] } : page.values[at]));
  page.wrong = wrong;
  page.differences = differences;
  if (isLatest) isFresh();
  drawNow();
  if (!isLatest) return;
  if (values[chosen]) page.course.valued({ positions, language, chosen, values });
  later("speak", SPEAK_MS, speak);
  later("panels", PANELS_REST_MS, showPanels);
}

function lost(wrong) {
  if (wrong instanceof Unreachable) banner(true);
  else throw wrong;
}

async function readSheet() {
  const { columns, chosen, language } = page.store.get();
  const position = positionOf(columns[chosen]);
  const turn = (page.reads += 1);
  try {
    const sheet = await page.reading(position, language);
    if (turn !== page.reads || language !== page.language) return;
    if (page.store.get().columns[page.store.get().chosen]?.base !== position.base) return;
    page.sheet = sheet;
    page.parts.sheet.show(sheet);
    page.parts.sheet.moved(page.store.get().columns[page.store.get().chosen].sets);
  } catch (wrong) {
    if (wrong instanceof Unreachable) banner(true);
    else if (!page.sheet) page.parts.faults.replaceChildren(node("p", {}, wrong.message));
  }
}

/** Do something when the frame that is being made was shown; soon in any case, since a page that is hidden has none. */
function afterFrame(does) {
  later("first", HIDDEN_MS, does);
  requestAnimationFrame(() => later("first", 0, does));
}

/** Draw once a frame, however often something is new. */
function draw() {
  if (!page.frame) page.frame = requestAnimationFrame(drawNow);
}

/** Draw without waiting for a frame: figures have come, and the frame that shows them is the next. */
function drawNow() {
  cancelAnimationFrame(page.frame);
  page.frame = 0;
  const state = page.store.get();
  if (state.columns.length !== page.values.length) return;
  drawHead(state);
  const values = state.columns.map((column, at) => shownOf(page.values[at], column));
  const { wrong, differences, bases, words, language, isDim, isFirst } = page;
  const running = !page.course.isTried(page.values[state.chosen]);
  drawFigures(page.parts, { state, values, wrong, differences, bases, words, language, isDim, running, isFirst });
}

/** Return a value with what a run knows of it besides. */
function shownOf(value, { base, sets }) {
  const run = page.course.runOf(value);
  const kept = sets.length ? null : page.bases.get(base)?.headline;
  return withKept(withRun(value, run?.headline), kept);
}

function drawHead(state) {
  const base = page.bases.get(state.columns[state.chosen]?.base);
  const title = titleOf(base);
  const { store, parts } = page;
  const isTranslated = page.language === "da" && base?.title_da; // the question is in the language of the other title
  parts.toolbar.show({
    title, question: isTranslated ? "" : base?.question, isOpen: Boolean(base), theme: store.look.theme,
    canUndo: store.canUndo(), canRedo: store.canRedo(),
  });
  const named = title ? `${title} – saldo` : "saldo";
  if (document.title !== named) document.title = named;
  parts.columns.show(state, state.columns.map((column) => titleOf(page.bases.get(column.base))), hasRoom(state));
}

function titleOf(base) {
  if (!base) return "";
  return (page.language === "da" && base.title_da) || base.title || base.name || base.id;
}

function showPanels() {
  const { columns, chosen } = page.store.get();
  const value = page.values[chosen];
  if (!value || page.isStale || page.wrong[chosen]) return;
  const run = page.course.runOf(value);
  page.parts.panels.show({
    language: page.language, words: page.all, position: positionOf(columns[chosen]), value,
    run: run?.run ?? null, kinds: run?.kinds ?? new Set(),
    api: page.api, numbers, base: page.bases.get(columns[chosen].base), sheet: page.sheet, announce,
    change: (sets) => page.store.change(withSets(page.store.get(), sets)),
    ask: (kind) => page.course.ask(kind),
    follow: (kind, position) => page.jobs.ask(kind, position, page.language),
  });
}

function speak() {
  const { columns, chosen } = page.store.get();
  const value = shownOf(page.values[chosen], columns[chosen]);
  if (value && !page.wrong[chosen]) announce(spokenOf(value, page.language, page.words));
}

function announce(text) {
  document.querySelector(".announced").textContent = text;
}

function later(name, rest, does) {
  clearTimeout(page.timers[name]);
  page.timers[name] = setTimeout(does, rest);
}

async function download() {
  const { columns, chosen } = page.store.get();
  try {
    handOver(await page.api.scenario(positionOf(columns[chosen])));
  } catch (wrong) {
    announce(wrong.message);
    page.parts.faults.replaceChildren(node("p", {}, wrong.message));
  }
}

function openDialog(faults = []) {
  const { api, language, words, start } = page;
  const told = Array.isArray(faults) ? faults : [];
  const { limits } = start;
  const { columns } = page.store.get();
  const hasBeside = columns.length > 0 && !told.length && hasRoom(page.store.get());
  showOpening({ api, language, words, limits, faults: told, hasBeside }, (base, sets, isBeside) => {
    page.bases.set(base.id, base);
    const state = page.store.get();
    if (!state.columns.length || told.length) return page.store.begin(viewOf(base, sets));
    const to = isBeside ? withCopy(state) : state;
    page.store.change(withColumn(to, to.chosen, { base: base.id, sets }));
  });
}

function banner(isLost) {
  showLost(isLost, page.words.lost);
}
