// Whether the server is still there, and the small things that the page listens for everywhere.

import { Unreachable } from "./api.js";
import { node } from "./nodes.js";

const BEAT_MS = 45_000;

/** Ask the server now and then whether it is there, which also tells it that the page is; `told(isThere)`. */
export function watchServer(api, told) {
  const beat = async () => {
    try {
      await api.jobs();
      told(true);
    } catch (wrong) {
      told(!(wrong instanceof Unreachable));
    }
  };
  setInterval(beat, BEAT_MS);
  addEventListener("visibilitychange", () => document.hidden || beat());
}

/** Say that the server does not answer, or take that back. */
export function showLost(isLost, text) {
  const place = document.querySelector(".banner");
  if (!isLost) return place?.remove();
  if (!place) document.querySelector("main").before(node("p", { class: "banner", role: "alert" }, text));
}

/** Stop the server, and leave nothing on the page but that it has stopped. */
export async function stopServer(api, text) {
  try {
    await api.quit();
  } catch {
    // a server that is gone has stopped
  }
  document.querySelector("header").replaceChildren();
  document.querySelector("main").replaceChildren(node("p", { class: "loading", role: "status" }, text));
}

/** Listen for the keys that work everywhere: undo and redo, but where a text is being written. */
export function listenForKeys({ undo, redo }) {
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    const isRedo = key === "y" || (key === "z" && event.shiftKey);
    if (key !== "z" && key !== "y") return;
    if (isWriting(event.target)) return;
    event.preventDefault();
    if (isRedo) redo();
    else undo();
  });
}

/** Whether a text is being written that has steps of its own to undo. */
function isWriting(target) {
  if (!target.matches("textarea, input:not([type=checkbox], [type=radio], .typed)")) return false;
  return target.value !== target.defaultValue;
}

/** Give a file to the reader as a download. */
export function handOver({ name, content }) {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
