// The panels by their names: one program, fetched when the first of them is looked at.

import * as assumptions from "./assumptions.js";
import * as breakeven from "./breakeven.js";
import * as bridge from "./bridge.js";
import * as calendar from "./calendar.js";
import * as checks from "./checks.js";
import * as drivers from "./drivers.js";
import * as files from "./files.js";
import * as map from "./map.js";
import * as rivals from "./rivals.js";
import * as two_way from "./two_way.js";
import * as years from "./years.js";

export const panels = {
  assumptions, breakeven, bridge, calendar, checks, drivers,
  files, map, rivals, two_way, years,
};
