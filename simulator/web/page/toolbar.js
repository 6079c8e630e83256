// The head of the page: what is open, and what can be done with all of it.

import { button, node } from "./nodes.js";

const THEMES = ["auto", "light", "dark"];

/** Return the head: `{node, show({title, question, canUndo, canRedo, isOpen, theme})}`; `acts`: what a button does. */
export function makeToolbar(words, acts) {
  const title = node("h1", {}, words.name);
  const question = node("p", { class: "question" });
  const made = {
    open: button(words.open, acts.open),
    download: button(words.download, acts.download),
    undo: button(words.undo, acts.undo, { "aria-keyshortcuts": "Control+Z", title: words.undo_keys }),
    redo: button(words.redo, acts.redo, { "aria-keyshortcuts": "Control+Shift+Z", title: words.redo_keys }),
    language: button(words.other_language, acts.language, { class: "language", lang: words.other }),
    theme: themeOf(words, acts),
    quit: button(words.quit, acts.quit),
  };
  const bar = node("div", { class: "tools", role: "group", "aria-label": words.tools }, ...Object.values(made));
  const shown = { text: "" };
  const show = (told) => {
    const text = JSON.stringify(told);
    if (text === shown.text) return;
    shown.text = text;
    title.textContent = told.title || words.name;
    question.textContent = told.question || "";
    made.undo.disabled = !told.canUndo;
    made.redo.disabled = !told.canRedo;
    made.download.disabled = !told.isOpen;
    made.theme.querySelector("select").value = THEMES.includes(told.theme) ? told.theme : "auto";
  };
  return { node: node("div", { class: "head" }, node("div", { class: "titles" }, title, question), bar), show };
}

function themeOf(words, acts) {
  const choices = THEMES.map((name) => node("option", { value: name }, words.themes[name]));
  const select = node("select", { id: "theme", onchange: () => acts.theme(select.value) }, ...choices);
  return node("span", { class: "theme" }, node("label", { for: "theme" }, words.theme), select);
}

/** Let the page be light, dark, or as the machine is. */
export function setTheme(name) {
  if (document.documentElement.dataset.theme === name) return;
  if (name === "light" || name === "dark") document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
}
