"""Bundle: page, style, program and numbers in one file, which its own security policy lets ask for nothing else."""

from __future__ import annotations

import hashlib
import html
from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.web.script import as_data, in_one

PAGE = Path(__file__).parents[1] / "page"
ENTRY = "static.js"
STYLES = ("page.css", "static.css")


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


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


__all__: Sequence[str] = ("bundled",)
