"""The files of the page, read when the server starts: little is fetched, so that the page is there soon.

What the page begins with is one program and one style; the panels, which are looked at later, are a second program.
What is not in this list has no address.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from simulator.web.script import as_module, safe

PAGE: Final = Path(__file__).parents[1] / "page"
INDEX: Final = "/"
ENTRY: Final = "main.js"
PANELS: Final = "panels/all.js"
TOLD: Final = b'<script type="application/json" id="told">'
"""What is told stands in this element, which no browser runs."""
STYLES: Final = ("page.css", "panels.css")


class PageFile(NamedTuple):
    """A file as it is served: its content, and what it is."""

    content: bytes
    media: str


def page_files(folder: Path = PAGE) -> dict[str, PageFile]:
    """Return the files of the page by their addresses.

    Args:
        folder: Where they are.
    """
    style = "\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES)
    return {
        INDEX: PageFile((folder / "index.html").read_bytes(), "text/html; charset=utf-8"),
        f"/page/{STYLES[0]}": PageFile(style.encode(), "text/css; charset=utf-8"),
        f"/page/{ENTRY}": _program(as_module(folder, ENTRY)),
        f"/page/{PANELS}": _program(as_module(folder, PANELS, ENTRY)),
    }


def with_told(index: bytes, text: str) -> bytes:
    """Return the page with what it is told when it starts, so that it need not ask.

    Args:
        index: The page.
        text: JSON.
    """
    empty = index.index(TOLD) + len(TOLD)
    return index[:empty] + safe(text).encode() + index[empty:]


def _program(text: str) -> PageFile:
    return PageFile(text.encode(), "text/javascript; charset=utf-8")
