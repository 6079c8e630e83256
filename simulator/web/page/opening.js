// What can be opened: scenarios, runs and sweeps below the folder, a file of the reader's own, rows of a sweep.

import { Faults } from "./api.js";
import { openDialog } from "./dialogs.js";
import { button, filledIn, node, scrolled } from "./nodes.js";
import { fixed, short } from "./numbers.js";

const LARGEST = 2_000_000;
/** The language in which the program says what is wrong with a file or a setting. */
const FAULTS_IN = "en";
const MOST_SHOWN = 200;

/**
 * Open the dialog. `page`: {api, words, language, limits, faults, hasBeside}; `opened(base, sets, isBeside)`
 * hears what is chosen, and whether it stands in a column of its own beside the others.
 */
export function showOpening(page, opened) {
  const { words } = page;
  const faults = node("div", { class: "faults", role: "alert" });
  const list = node("ul", { class: "places" });
  const search = node("input", { type: "search", id: "find-place", autocomplete: "off" });
  const body = node("div", { class: "opening" });
  const dialog = openDialog(words.opening.title, [body], words.dialog);
  const beside = node("input", { type: "checkbox", id: "beside" });
  const turn = { page, faults, body, opened: (base, sets) => (dialog.close(), opened(base, sets, beside.checked)) };
  turn.places = [];
  const show = () => list.replaceChildren(...placesOf(turn, search.value));
  search.addEventListener("input", show);
  const first = [node("label", { for: "find-place" }, words.opening.search), search, list];
  const aside = node("p", { class: "beside" }, beside, node("label", { for: "beside" }, words.opening.beside));
  const place = node("div", {}, ...first);
  body.append(...(page.hasBeside ? [aside] : []), fileDoor(turn), place, faults);
  told(turn, page.faults ?? []);
  search.focus();
  fetchPlaces(turn, show, () => {
    const isThere = place.contains(document.activeElement);
    place.replaceChildren(node("p", {}, words.opening.nothing));
    if (isThere) body.querySelector("input").focus();
  });
}

/** Fetch what can be opened, which is looked for anew each time; `none` hears that there is nothing. */
async function fetchPlaces(turn, show, none) {
  try {
    turn.places = await turn.page.api.places();
  } catch (wrong) {
    told(turn, wrong instanceof Faults ? wrong.faults : [{ path: "", message: turn.page.words.lost }]);
    return;
  }
  if (turn.places.length) show();
  else none();
}

function placesOf(turn, text) {
  const { page, places } = turn;
  const wanted = text.trim().toLocaleLowerCase();
  const isIn = ({ id, title, title_da: danish }) => `${title} ${danish} ${id}`.toLocaleLowerCase().includes(wanted);
  const found = places.filter(isIn);
  const kinds = page.words.opening.kinds;
  return found.slice(0, MOST_SHOWN).map(({ id, kind, title, title_da: danish }) =>
    placeOf({ id, title: (page.language === "da" && danish) || title, kind: kinds[kind] ?? kind },
      () => open(turn, () => page.api.open(id))));
}

function placeOf({ id, title, kind }, onclick) {
  const named = node("span", { class: "place-title" }, title || id);
  const inside = [named, node("span", { class: "place-id" }, `${kind} · ${id}`)];
  return node("li", {}, node("button", { type: "button", class: "place", onclick }, ...inside));
}

/** Return the door for a file of the reader's own: chosen, or dropped on it. */
function fileDoor(turn) {
  const { words } = turn.page;
  const field = node("input", { type: "file", id: "file", accept: ".yaml,.yml,text/yaml" });
  field.addEventListener("change", () => field.files[0] && upload(turn, field.files[0]));
  const door = node("div", { class: "drop" }, node("label", { for: "file" }, words.opening.file), field,
    node("p", {}, words.opening.drop));
  door.addEventListener("dragover", (event) => {
    event.preventDefault();
    door.classList.add("over");
  });
  door.addEventListener("dragleave", () => door.classList.remove("over"));
  door.addEventListener("drop", (event) => {
    event.preventDefault();
    door.classList.remove("over");
    const file = event.dataTransfer?.files[0];
    if (file) upload(turn, file);
  });
  return door;
}

function upload(turn, file) {
  const { api, words, limits } = turn.page;
  const most = limits?.upload_bytes ?? LARGEST;
  if (file.size > most) {
    const parts = { name: file.name, most: fixed(most / 1e6, 0, turn.page.language) };
    return told(turn, [{ path: "", message: filledIn(words.opening.too_large, parts) }]);
  }
  return open(turn, async () => api.upload(file.name, await file.text()));
}

async function open(turn, opening) {
  told(turn, []);
  turn.body.setAttribute("aria-busy", "true");
  try {
    const base = await opening();
    if (base.rows?.rows?.length) showRows(turn, base);
    else turn.opened(base, []);
  } catch (wrong) {
    told(turn, wrong instanceof Faults ? wrong.faults : [{ path: "", message: turn.page.words.lost }]);
  }
  turn.body.removeAttribute("aria-busy");
}

function told({ faults, page }, found) {
  faults.replaceChildren(...(found.length ? [node("p", {}, page.words.opening.faults), faultList(found)] : []));
}

/** Return faults as a list: where, and what. */
export function faultList(faults) {
  const place = ({ where, path }) => [where !== "command line" && where, path].filter(Boolean).join("  ");
  const placed = (fault) => (place(fault) ? [node("code", {}, place(fault)), " "] : []);
  const message = (fault) => node("span", { lang: FAULTS_IN }, fault.message);
  return node("ul", {}, ...faults.map((fault) => node("li", {}, ...placed(fault), message(fault))));
}

/** Show the rows of a sweep, of which one is chosen: its settings become those of the column. */
function showRows(turn, base) {
  const { words, language } = turn.page;
  const { keys, figures, rows, total } = base.rows;
  const heads = [words.opening.row, ...keys, ...figures].map((text) => node("th", { scope: "col" }, text));
  const body = rows.map(({ sets, figures: found }, at) => {
    const made = new Map(sets);
    const choose = button(filledIn(words.opening.choose, { row: at + 1 }), () => turn.opened(base, sets));
    const numbers = figures.map((name) => numberOf(found[name], language));
    const cells = [...keys.map((key) => settingOf(made.get(key), language)), ...numbers];
    return node("tr", {}, node("th", { scope: "row" }, choose), ...cells.map((cell) => node("td", {}, cell)));
  });
  const title = filledIn(words.opening.rows, { title: base.title, shown: rows.length, total });
  const head = node("thead", {}, node("tr", {}, ...heads));
  const made = node("table", {}, node("caption", {}, title), head, node("tbody", {}, ...body));
  const whole = button(words.opening.without_row, () => turn.opened(base, []));
  turn.body.replaceChildren(whole, scrolled(made, title), turn.faults);
  turn.body.querySelector("button").focus();
}

/** Return a setting as it is read: a number in the digits of the language, anything else as it stands. */
function settingOf(text, language) {
  return text && Number.isFinite(Number(text)) ? short(Number(text), language) : text ?? "–";
}

function numberOf(value, language) {
  if (typeof value !== "number") return value ?? "–";
  return fixed(value, Math.abs(value) < 100 ? 2 : 0, language);
}
