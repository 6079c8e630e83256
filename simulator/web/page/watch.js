// Whether the server is still there, and the small things that the page listens for everywhere.

import { Unreachable } from "./api.js";

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
