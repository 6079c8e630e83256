// Lists and tables on one line, as a setting of the command line has them.

const PLAIN = /^[\p{L}\p{N}_.][\p{L}\p{N}_.\-]*( [\p{L}\p{N}_.\-]+)*$/u;
const OTHER = ["null", "true", "false", "yes", "no", "on", "off"];

/** Return a value as YAML on one line: `[{name: x, from: 2022-01-05, planned: false}]`. */
export function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.entries(value)
      .map(([key, below]) => `${flow(key)}: ${flow(below)}`)
      .join(", ")}}`;
  }
  if (typeof value !== "string") return String(value);
  return PLAIN.test(value) && !OTHER.includes(value.toLowerCase()) ? value : JSON.stringify(value);
}
