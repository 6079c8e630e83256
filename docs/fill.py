"""Fill the figures of README.md and docs/*.md from runs: `python docs/fill.py` measures, then writes.

A figure stands between `<!-- m SCENARIO KEY FORMAT -->` and `<!-- /m -->`. KEY is a dotted path into headline.json.
FORMAT is n (number) or p (per cent) and a number of decimals. What was measured is kept in docs/measured.json, so that
`python docs/fill.py --text` writes without running, and a test can tell when text and source differ.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
MEASURED = HERE / "measured.json"
PAGES = (ROOT / "README.md", *sorted(HERE.glob("*.md")))
MARK = re.compile(r"(<!-- m (\S+) (\S+) ([np])(\d) -->)(.*?)(<!-- /m -->)", flags=re.DOTALL)
MINUS = "\u2212"


def scenarios_named() -> list[str]:
    """Return the scenarios that the pages name, in order."""
    found = [mark.group(2) for page in PAGES for mark in MARK.finditer(page.read_text(encoding="utf-8"))]
    return list(dict.fromkeys(found))


def measure(folder: Path) -> dict[str, Any]:
    """Run every scenario named, as the README says, and return its headline; keep the figure of the first."""
    measured = {}
    for name in scenarios_named():
        out = folder / name
        command = [sys.executable, "-m", "simulator", "run", f"scenarios/{name}.yaml", "--out", str(out)]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        measured[name] = json.loads((out / "headline.json").read_text(encoding="utf-8"))
        if name == "christmas-2021":
            shutil.copy(out / "figures" / "bridge.png", HERE / "bridge.png")
    return measured


def rendered(measured: dict[str, Any], name: str, key: str, kind: str, decimals: int) -> str:
    """Return a figure as the pages print it."""
    value: Any = measured[name]
    for part in key.split("."):
        value = value[part]
    if value is None:
        return "none"
    text = f"{abs(value) * 100:,.{decimals}f} per cent" if kind == "p" else f"{abs(value):,.{decimals}f}"
    return (MINUS if value < 0 and text.strip("0.,") else "") + text


def filled(text: str, measured: dict[str, Any]) -> str:
    """Return a page with every figure written anew."""

    def figure(mark: re.Match[str]) -> str:
        value = rendered(measured, mark.group(2), mark.group(3), mark.group(4), int(mark.group(5)))
        return mark.group(1) + value + mark.group(7)

    return MARK.sub(figure, text)


def main() -> None:
    """Measure unless told otherwise, and write the pages."""
    if "--text" not in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            MEASURED.write_text(
                json.dumps(measure(Path(folder)), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
            )
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    for page in PAGES:
        page.write_text(filled(page.read_text(encoding="utf-8"), measured), encoding="utf-8")


if __name__ == "__main__":
    main()
