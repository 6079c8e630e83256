// The period day by day: a month after the other, why a day is closed, by which rules, and what can be edited.

import { filledIn, node, scrolled } from "../nodes.js";
import { editing } from "./editing.js";
import { heading, part, ruled, said, stretch, told, viewed } from "./frame.js";

export const name = "calendar";
/** Days from which the months are drawn small. */
const LONG = 190;
const picked = { from: "", to: "" };
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Show the calendar of the position; the conversations of each day where there is a run. */
export async function show(place, context) {
  const view = await context.api.calendar(context.position, context.language);
  const run = context.run ? await viewed(context, name).catch(() => null) : null;
  if (isBeingFilledIn(place, context)) return;
  const held = run?.held ?? {};
  if (!view.days.some(({ date }) => date === picked.from)) Object.assign(picked, { from: "", to: "" });
  const detail = node("div", { class: "day-detail", "aria-live": "polite" });
  const edit = editing(context, view, picked, (sets, form) => changed(context, sets, form));
  const months = node(
    "div",
    { class: view.days.length > LONG ? "months small" : "months" },
    ...monthsOf(context, view, held),
  );
  const pick = (date) => {
    choose(date);
    mark(months);
    detail.replaceChildren(...detailOf(context, view, date, held));
    edit.picked();
  };
  months.addEventListener("click", (event) => {
    const cell = event.target.closest("button[data-date]");
    if (cell) pick(cell.dataset.date);
  });
  months.addEventListener("keydown", (event) => stepped(months, event));
  const focus = place.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
  place.replaceChildren(
    heading(run?.title ?? view.caption),
    ...told([view.text, countsOf(context, view)]),
    legend(context, view),
    months,
    node("p", { class: "note" }, said(context).calendar.hint),
    detail,
    ...edit.nodes,
    ...rulesOf(context, view),
  );
  mark(months);
  if (focus) place.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
}

/** Whether a form of this very position stands open, which is not to be lost to a run that arrives meanwhile. */
function isBeingFilledIn(place, context) {
  const [before, now] = [place.dataset.position, JSON.stringify(context.position)];
  place.dataset.position = now;
  return before === now && Boolean(place.querySelector("form.entry"));
}

/** Set what was edited; what is wrong with it is told at the form, and nothing is set. */
async function changed(context, sets, form) {
  const keys = sets.map(([key]) => key);
  const kept = context.position.sets.filter(([key]) => !keys.includes(key));
  const next = { ...context.position, sets: [...kept, ...sets.filter(([, value]) => value !== null)] };
  try {
    await context.api.calendar(next, context.language);
  } catch (wrong) {
    form.textContent = wrong.message;
    return;
  }
  form.textContent = "";
  context.change(sets);
}

function countsOf(context, view) {
  const words = said(context).calendar;
  const counts = view.office_kinds.map(({ label, meeting_days: count }) =>
    filledIn(words.meeting_days, { kind: label, count }),
  );
  return `${counts.join(" · ")}.`;
}

function legend(context, view) {
  const words = said(context).calendar;
  const kinds = new Map(
    view.days.filter(({ class_label: label }) => label).map((day) => [day.class, day.class_label]),
  );
  const items = [["open", words.held], ...kinds];
  return node(
    "ul",
    { class: "keys", "aria-label": words.legend },
    ...items.map(([kind, text]) => node("li", {}, node("span", { class: `key-box day-${kind}` }), text)),
  );
}

function monthsOf(context, view, held) {
  const months = new Map();
  for (const day of view.days) {
    const month = day.date.slice(0, 7);
    if (!months.has(month)) months.set(month, []);
    months.get(month).push(day);
  }
  const most = Math.max(1, ...Object.values(held));
  return [...months].map(([month, days]) => monthOf(context, view, { month, days, held, most }));
}

function monthOf(context, view, { month, days, held, most }) {
  const words = said(context).calendar;
  const [year, number] = month.split("-").map(Number);
  const weeks = new Map();
  for (const day of days) {
    if (!weeks.has(day.week)) weeks.set(day.week, new Array(7).fill(null));
    weeks.get(day.week)[day.weekday - 1] = day;
  }
  const head = node("tr", {}, node("td", {}), ...words.weekdays.map((text) => node("th", { scope: "col" }, text)));
  const body = [...weeks].map(([week, row]) => {
    const named = node(
      "th",
      { scope: "row", title: filledIn(words.week, { week: week.slice(6) }) },
      String(Number(week.slice(6))),
    );
    return node(
      "tr",
      {},
      named,
      ...row.map((day) => node("td", {}, day ? cellOf(context, view, day, held[day.date], most) : null)),
    );
  });
  const caption = node("caption", {}, `${words.months[number - 1]} ${year}`);
  return node("table", { class: "month" }, caption, node("thead", {}, head), node("tbody", {}, ...body));
}

function cellOf(context, view, day, count, most) {
  const isOpen = day.open.length > 0;
  const some = differs(view, day);
  const text = wordsOf(context, view, day, count);
  const shade = isOpen && count ? Math.min(3, Math.floor((count / most) * 4)) : 0;
  const kind = isOpen ? `day-open shade-${shade}` : `day-${day.class}`;
  const given = {
    type: "button",
    class: `day ${kind} ${some ? "some" : ""}`,
    "data-date": day.date,
    "data-focus": day.date,
    title: text,
    "aria-label": text,
  };
  const number =
    count >= 0.5 && view.days.length <= LONG
      ? node("span", { class: "count" }, context.numbers.fixed(count, 0, context.language))
      : null;
  return node("button", given, String(Number(day.date.slice(8))), number);
}

/** Return whether some offices hold conversations on a day and others, of another kind, place or arm, do not. */
function differs(view, day) {
  const held = view.said[day.lines].map((line) => line.held);
  return held.includes(true) && held.includes(false);
}

function wordsOf(context, view, day, count) {
  const words = said(context).calendar;
  const some = differs(view, day);
  const status = some ? words.some : day.open.length ? words.held : day.class_label || words.not_held;
  const reasons = [...new Set(view.said[day.lines].map(({ reason }) => reason).filter(Boolean))];
  const held =
    count >= 0.5 ? filledIn(words.conversations, { count: context.numbers.fixed(count, 0, context.language) }) : "";
  return [day.label, status, reasons.join("; "), held].filter(Boolean).join(" – ");
}

/** Pick a day: the first of a stretch, or the last where the first is picked and stands before it. */
function choose(date) {
  if (picked.from && !picked.to && date > picked.from) picked.to = date;
  else Object.assign(picked, { from: date, to: "" });
}

function mark(months) {
  const all = [...months.querySelectorAll("button[data-date]")];
  const last = picked.to || picked.from;
  for (const cell of all) {
    const { date } = cell.dataset;
    cell.setAttribute("aria-pressed", String(Boolean(picked.from) && date >= picked.from && date <= last));
    cell.tabIndex = date === (last || all[0].dataset.date) ? 0 : -1;
  }
}

function stepped(months, event) {
  const step = STEPS[event.key];
  const cell = event.target.closest("button[data-date]");
  if (!step || !cell) return;
  event.preventDefault();
  const all = [...months.querySelectorAll("button[data-date]")];
  const to = all[all.indexOf(cell) + step];
  if (!to) return;
  cell.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

function detailOf(context, view, date, held) {
  const words = said(context).calendar;
  const day = view.days.find((one) => one.date === date);
  const kinds = new Map(view.office_kinds.map(({ id, label }) => [id, label]));
  const rows = view.said[day.lines].map((line) => [
    line.office_kinds.map((kind) => kinds.get(kind) ?? kind).join(", "),
    [line.place, line.arm].filter(Boolean).join("; "),
    line.held ? words.held : words.not_held,
    [line.reason, line.source && `[${line.source}]`].filter(Boolean).join(" "),
    line.rule,
  ]);
  const heads = [words.office, words.place, words.status, words.reason, words.rule];
  const table = scrolled(
    ruled(
      wordsOf(context, view, day, held[date]),
      heads,
      rows,
      heads.map(() => false),
    ),
    day.label,
  );
  return [part(day.label), table];
}

function rulesOf(context, view) {
  const words = said(context).calendar;
  const rows = view.rules.map((rule) => [
    rule.name,
    words.arms[rule.arm] ?? rule.arm,
    rule.rule,
    stretch(context, rule.from, rule.to),
    rule.why || rule.source || words.no_source,
  ]);
  const heads = [words.name, words.whose, words.rule, words.period, words.source];
  const table = ruled(
    words.in_force_note,
    heads,
    rows,
    heads.map(() => false),
  );
  return [node("details", {}, node("summary", {}, words.in_force), scrolled(table, words.in_force))];
}
