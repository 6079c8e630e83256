import assert from "node:assert/strict";
import { test } from "node:test";

import { filledIn } from "../../../../simulator/web/page/nodes.js";

test("names in braces are filled in, and others stay", () => {
  assert.equal(filledIn("{n} af {m}, {x}", { n: 1, m: "to" }), "1 af to, {x}");
  assert.equal(filledIn(undefined, {}), "");
});

test("the point of an abbreviation ends the sentence too", () => {
  assert.equal(filledIn("Virkning {figure}, {range}.", { figure: "-1", range: "2 mio. kr." }), "Virkning -1, 2 mio. kr.");
  assert.equal(filledIn("Regner {what} ...", { what: "videre" }), "Regner videre ...");
});
