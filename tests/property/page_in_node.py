"""Runs the modules of the page in the interpreter that playwright brings: what the page would print, as lists."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import simulator

PAGE = Path(simulator.__file__).parent / "web" / "page"
PRINTS = """
import { openGrid } from "PAGE/static_grid.js";
import { errorOf, valueOf } from "PAGE/static_value.js";
import { fixed } from "PAGE/numbers.js";
const { told, positions, decimals, languages } = given;
const grid = openGrid(told);
const out = positions.map((set) => {
  const value = valueOf(told, grid, set);
  const found = { ...value.figures };
  for (const [name, number] of Object.entries(value.control)) found[`control.${name}`] = number;
  if (!value.interval) { found.low = null; found.high = null; }
  const printed = Object.fromEntries(Object.entries(decimals).map(([name, places]) =>
    [name, languages.map((language) => fixed(found[name] ?? null, places, language))]));
  const off = Object.fromEntries(Object.keys(decimals).map((name) => [name, errorOf(told, name, value)]));
  return { numbers: found, printed, off, interpolated: value.between || value.delivery };
});
"""
ROUNDS = """
import { fixed, short } from "PAGE/numbers.js";
const out = given.map(([number, decimals, language]) => fixed(number, decimals, language));
"""


@cache
def node() -> str:
    """Return the interpreter: that of playwright, else one of the machine."""
    import playwright

    brought = Path(playwright.__file__).parent / "driver" / "node"
    found = str(brought) if brought.is_file() else shutil.which("node")
    assert found, "playwright brings an interpreter"
    return found


def in_node(program: str, given: Any) -> Any:
    """Return what a program of modules of the page makes of what it is given."""
    read = "const given = JSON.parse(await new Response(process.stdin).text());\n"
    text = program.replace("PAGE", PAGE.as_uri())
    imports = "\n".join(line for line in text.splitlines() if line.startswith("import "))
    rest = "\n".join(line for line in text.splitlines() if not line.startswith("import "))
    code = f"{imports}\n{read}{rest}\nprocess.stdout.write(JSON.stringify(out));"
    command = [node(), "--no-warnings", "--experimental-default-type=module", "--input-type=module", "-e", code]
    if "--experimental-default-type" not in _known():
        command.remove("--experimental-default-type=module")
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@cache
def _known() -> str:
    return subprocess.run([node(), "--help"], capture_output=True, text=True, check=True).stdout


def told_in(page: Path) -> Any:
    """Return what a page that was written is told."""
    text = page.read_text(encoding="utf-8")
    start = text.index('id="told">') + len('id="told">')
    return json.loads(text[start : text.index("</script>", start)])
