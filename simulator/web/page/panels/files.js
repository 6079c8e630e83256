// What can be taken home: the scenario as it is set, the run, its documents, figures and tables.

import { filledIn, node } from "../nodes.js";
import { heading, part, said, viewed } from "./frame.js";

export const name = "files";
const FORMATS = ["pdf", "docx", "html", "md"];
const chosen = { language: "" };

/** Show what can be downloaded of the position, and of its run where there is one. */
export async function show(place, context) {
  const words = said(context).files;
  const state = node("p", { role: "status", class: "note" });
  const shown = [heading(words.heading), state, ofPosition(context, state)];
  if (context.run) {
    const view = await viewed(context, name);
    const body = node("div", {});
    const choose = languageChoice(context, () => body.replaceChildren(...ofRun(context, view, state)));
    body.replaceChildren(...ofRun(context, view, state));
    shown.push(choose, body);
  } else shown.push(node("p", { class: "empty" }, said(context).ui.needs_run));
  place.replaceChildren(...shown);
}

function ofPosition(context, state) {
  const words = said(context).files;
  const press = async () => {
    try {
      const { name: called, content } = await context.api.scenario(context.position);
      handOver(called, content);
      state.textContent = filledIn(words.fetched, { name: called });
    } catch (wrong) {
      state.textContent = wrong.message;
    }
  };
  return node(
    "p",
    {},
    node("button", { type: "button", class: "primary", onclick: press }, words.scenario),
    " ",
    words.scenario_text,
  );
}

function handOver(called, content) {
  const address = URL.createObjectURL(content);
  const made = node("a", { href: address, download: called });
  document.body.append(made);
  made.click();
  made.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function languageChoice(context, changed) {
  const words = said(context).files;
  chosen.language ||= context.language;
  const options = Object.entries(words.languages).map(([code, text]) =>
    node("option", { value: code, selected: code === chosen.language }, text),
  );
  const choice = node("select", { id: "file-language" }, ...options);
  choice.addEventListener("change", () => {
    chosen.language = choice.value;
    changed();
  });
  return node("p", { class: "choice" }, node("label", { for: "file-language" }, words.language), " ", choice);
}

function ofRun(context, view, state) {
  const words = said(context).files;
  const file = (path, text) => link(context, path, text, state);
  const forms = ["short", "full"].map((form) =>
    node(
      "li",
      {},
      `${words[form]}: `,
      ...spaced([
        ...FORMATS.map((end) => file(`brief/${form}.${end}`, end.toUpperCase())),
        ...(form === "full" ? [file("brief/full.xlsx", words.workbook)] : []),
      ]),
    ),
  );
  const figures = view.figures.map(({ name: called, text }) =>
    node(
      "li",
      {},
      `${text}: `,
      ...spaced([file(`figures/${called}.svg`, "SVG"), file(`figures/${called}.png`, "PNG")]),
    ),
  );
  const tables = view.tables.map((called) =>
    node("li", {}, file(`tables/${chosen.language === "da" ? "da/" : ""}${called}.csv`, called)),
  );
  const whole = [file("run.zip", words.run), file("headline.json", words.headline)];
  return [
    node("p", {}, ...spaced(whole)),
    part(words.brief),
    node("ul", { class: "files" }, ...forms),
    part(words.figures),
    node("ul", { class: "files" }, ...figures),
    part(words.tables),
    node("ul", { class: "files several" }, ...tables),
  ];
}

/** Return a link to a file of the run: it says that the file is being made, and what is wrong where it cannot be. */
function link(context, path, text, state) {
  const address = context.api.fileAddress(context.run, path, chosen.language);
  const press = async (event) => {
    event.preventDefault();
    state.textContent = said(context).files.fetching;
    state.textContent = await fetched(context, address);
  };
  return node("a", { href: address, onclick: press }, text);
}

async function fetched(context, address) {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) return (await answer.json()).faults.map(({ message }) => message).join(" ");
    const given = /filename\*?=(?:UTF-8'')?"?([^";]+)"?/i.exec(answer.headers.get("Content-Disposition") ?? "");
    const called = given ? decodeURIComponent(given[1]) : address.split("?")[0].split("/").pop();
    handOver(called, await answer.blob());
    return filledIn(said(context).files.fetched, { name: called });
  } catch (wrong) {
    return wrong.message;
  }
}

function spaced(links) {
  return links.flatMap((one, at) => (at ? [" · ", one] : [one]));
}
