"""Bundle: page, style, program and numbers in one file, which its own security policy lets ask for nothing else."""

from __future__ import annotations

import hashlib
import html
import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "page"
ENTRY = "static.js"
STYLES = ("page.css", "static.css")
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function (\w+)|const (\w+)|class (\w+))", re.MULTILINE)


def bundled(told: Mapping[str, Any], language: str, title: str, noscript: str) -> str:
    """Return the page with its numbers as one text.

    Args:
        told: What the program is told; see `told.py`.
        language: Language in which the page opens.
        title: Title of the window.
        noscript: What stands there where no program runs.
    """
    script = in_one(PAGE, ENTRY)
    style = "\n".join((PAGE / name).read_text(encoding="utf-8") for name in STYLES)
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; base-uri 'none'"
    return f"""<!doctype html>
<html lang="{html.escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{html.escape(title)}</title>
<link rel="icon" href="data:,">
<style>{style}</style>
</head>
<body>
<button type="button" class="skip"></button>
<header></header>
<main></main>
<div class="announced" role="status" aria-live="polite"></div>
<noscript><p>{html.escape(noscript)}</p></noscript>
<script type="application/json" id="told">{as_data(told)}</script>
<script>{script}</script>
</body>
</html>
"""


def as_data(told: Mapping[str, Any]) -> str:
    """Return what the program is told, so that no text of a scenario can end the element that it stands in."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def in_one(folder: Path, entry: str) -> str:
    """Return a module and all that it imports as one program; each module keeps its own names to itself.

    Args:
        folder: Where the modules are.
        entry: File name of the first.
    """
    parts = [_closed(folder, name) for name in _order(folder, entry, [])]
    return '"use strict";\n' + "".join(parts)


def _order(folder: Path, name: str, found: list[str]) -> list[str]:
    """Return the modules, each after what it imports."""
    for _, other in IMPORT.findall((folder / name).read_text(encoding="utf-8")):
        if other not in found:
            _order(folder, other, found)
    assert name not in found, f"{name} imports itself in a circle"
    found.append(name)
    return found


def _closed(folder: Path, name: str) -> str:
    """Return a module as a function that gives away what it exports."""
    text = (folder / name).read_text(encoding="utf-8")
    given = [next(filter(None, names)) for names in EXPORT.findall(text)]
    opened = IMPORT.sub(lambda found: f"const {{{_renamed(found[1])}}} = {_called(found[2])};\n", text)
    body = EXPORT.sub("", opened)
    assert "\nimport " not in body and "\nexport " not in body, f"{name} imports or exports in a way that is not known"
    return f"const {_called(name)} = (() => {{\n{body}return {{ {', '.join(given)} }};\n}})();\n"


def _renamed(names: str) -> str:
    return re.sub(r"(\w+) as (\w+)", r"\1: \2", names)


def _called(name: str) -> str:
    return "in_" + re.sub(r"\W", "_", name.removesuffix(".js"))


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


__all__: Sequence[str] = ("as_data", "bundled", "in_one")
