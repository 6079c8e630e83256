// The view as the address after `#` holds it: what is open, and what is set of it, as the command line would be told.
//
//   #language=da&column=A&base=scenarios/x.yaml&effects.params.scale=0.3&column=B&base=scenarios/x.yaml&chosen=2

const PLAIN = /%(?:2F|3A|5B|5D|7B|7D|2C|40|3B|24|21|27|28|29|2A|3F)/gi;
const MOST_COLUMNS = 6;

/** Return the address of a view, without its `#`. */
export function written(state, look = {}) {
  const parts = [["language", state.language]];
  for (const name of ["theme", "panel"]) if (look[name]) parts.push([name, look[name]]);
  for (const { name, base, sets } of state.columns) parts.push(["column", name], ["base", base], ...sets);
  if (state.chosen > 0) parts.push(["chosen", String(state.chosen + 1)]);
  return parts.map(([key, value]) => `${escaped(key)}=${escaped(value)}`).join("&");
}

/** Return the view and the look that an address holds; a part that cannot be read is left out. */
export function read(text, language) {
  const state = { language, columns: [], chosen: 0 };
  const look = {};
  let chosen = 1;
  for (const [key, value] of partsOf(text)) {
    if (key === "language") state.language = value === "en" || value === "da" ? value : language;
    else if (key === "theme" || key === "panel") look[key] = value;
    else if (key === "chosen") chosen = Number(value);
    else if (key === "column") state.columns.push({ name: value, base: "", sets: [] });
    else if (key === "base") based(state.columns, value);
    else if (state.columns.length) setIn(state.columns.at(-1), key, value);
  }
  state.columns = state.columns.filter(({ base }) => base).slice(0, MOST_COLUMNS);
  state.chosen = Number.isInteger(chosen) && chosen >= 1 && chosen <= state.columns.length ? chosen - 1 : 0;
  return { state, look };
}

/** Give a column its base; a base that stands before any column makes one. */
function based(columns, value) {
  if (!columns.length || columns.at(-1).base) columns.push({ name: "", base: "", sets: [] });
  const column = columns.at(-1);
  column.base = value;
  column.name ||= String.fromCharCode(64 + columns.length);
}

function setIn(column, key, value) {
  column.sets = [...column.sets.filter(([other]) => other !== key), [key, value]];
}

function partsOf(text) {
  return text.replace(/^#/, "").split("&").filter((part) => part.includes("=")).map((part) => {
    const at = part.indexOf("=");
    return [unescaped(part.slice(0, at)), unescaped(part.slice(at + 1))];
  });
}

function escaped(text) {
  return encodeURIComponent(text).replace(PLAIN, decodeURIComponent).replaceAll("%20", "+");
}

function unescaped(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
