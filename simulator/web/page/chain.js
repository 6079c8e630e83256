// The chain from conversations to kroner: each link with its number, in words that are ready to print.

import { node } from "./nodes.js";
import { short } from "./numbers.js";

/** Return the chain: `{node, show(chain)}`. */
export function makeChain(language, words) {
  const list = node("ol", { class: "chain" });
  const show = (chain) => {
    list.replaceChildren(...(chain ?? []).map((link) => linkOf(link, language)));
    if (!chain?.length) list.append(node("li", { class: "empty" }, words.empty));
  };
  return { node: list, show };
}

function linkOf({ name, label, value, unit, text }, language) {
  const number = typeof value === "number" ? short(value, language) : value;
  const told = text || [number, unit].filter(Boolean).join("\u00a0");
  const named = node("span", { class: "link-name" }, label || name);
  return node("li", {}, named, node("span", { class: "link-text" }, told));
}
