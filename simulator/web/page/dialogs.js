// Dialogs: opened with focus in them, closed by Escape or a button, and focus goes back to where it came from.

import { button, node } from "./nodes.js";

/** Open a dialog with a title and content; returns `{node, close}`. `closed` is called when it is gone. */
export function openDialog(title, content, words, closed) {
  const from = document.activeElement;
  const id = "dialog-title";
  const dialog = node("dialog", { "aria-labelledby": id });
  const close = () => dialog.close();
  const head = node("div", { class: "dialog-head" }, node("h2", { id }, title),
    button("×", close, { class: "close", "aria-label": words.close }));
  dialog.append(head, ...content);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (from?.isConnected) from.focus();
    closed?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { node: dialog, close };
}

/** Ask a question that is answered by doing something or by leaving it. */
export function ask(question, words, does) {
  const asked = openDialog(question.title, [node("p", {}, question.text)], words);
  const yes = button(question.yes, () => {
    asked.close();
    does();
  }, { class: "primary" });
  asked.node.append(node("div", { class: "dialog-foot" }, yes, button(words.leave, asked.close)));
}
