// Numbers as the documents print them: Danish and English marks, the true minus, spaces that do not break.
// Shared by the page and the page without a server, so both write the same digits.

const MARKS = {
  da: { decimal: ",", thousand: "." },
  en: { decimal: ".", thousand: "," },
};
const MINUS = "\u2212";
const GAP = "\u00a0";

/** Return a number with so many decimals, rounded half away from zero in its shortest decimal form. */
export function fixed(number, decimals, language) {
  if (number === null || number === undefined || !Number.isFinite(number)) return "–";
  const { decimal, thousand } = MARKS[language];
  const [whole, part] = rounded(Math.abs(number), decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousand);
  const digits = part ? grouped + decimal + part : grouped;
  const isZero = /^[0.,]*$/.test(digits);
  return (number < 0 && !isZero ? MINUS : "") + digits;
}

/** Return a positive number rounded half up on its shortest decimal digits, as a plain text. */
function rounded(number, decimals) {
  const shortest = plain(number);
  const [whole, part = ""] = shortest.split(".");
  if (part.length <= decimals) return decimals ? `${whole}.${part.padEnd(decimals, "0")}` : whole;
  const kept = BigInt(whole + part.slice(0, decimals)) + (part[decimals] >= "5" ? 1n : 0n);
  const text = kept.toString().padStart(decimals + 1, "0");
  return decimals ? `${text.slice(0, -decimals)}.${text.slice(-decimals)}` : text;
}

/** Return a number without an exponent. */
function plain(number) {
  const text = String(number);
  const found = /^(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!found) return text;
  const [, whole, part = "", power] = found;
  const shift = Number(power);
  if (shift < 0) return `0.${"0".repeat(-shift - 1)}${whole}${part}`;
  return whole + part.padEnd(shift, "0");
}

/** Return kroner in millions with their unit: "−5,02 mio. kr.", "DKK −5.02 million". */
export function mio(number, language, decimals = 2) {
  return unbroken(language === "da" ? "{number} mio. kr." : "DKK {number} million", fixed(number, decimals, language));
}

/** Return kroner with their unit: "502 kr.", "DKK 502". */
export function kroner(number, language) {
  return unbroken(language === "da" ? "{number} kr." : "DKK {number}", fixed(number, 0, language));
}

/** Return a number in the pattern of its unit, on one line. */
export function unbroken(pattern, number) {
  return pattern.replaceAll(" ", GAP).replace("{number}", number);
}

/** Return a number as short as it can be told without losing a digit that was set. */
export function short(number, language) {
  const text = plain(Math.abs(Number(number.toPrecision(12))));
  return fixed(number, (text.split(".")[1] || "").length, language);
}
