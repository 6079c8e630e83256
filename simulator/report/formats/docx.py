"""A brief as a Word document, in native styles, of its own or within a template of the reader's own."""

from __future__ import annotations

from pathlib import Path

from simulator.report.blocks import Document
from simulator.report.pictures import Pictures

NEEDS_FIGURE_FILES = False
"""Whether the document refers to files in `figures/`."""
TAKES_TEMPLATE = True
"""Whether the document can be set in a template of the reader's own."""


def write(document: Document, pictures: Pictures, template: Path | None = None) -> bytes:
    """Return a document as a Word file; same document, run and template, same bytes.

    A template keeps its headers, footers, styles and page setup. The document takes the place of the paragraph
    `{{saldo}}`, or stands after what the template holds; styles that the template lacks are added.

    Args:
        document: The document.
        pictures: Its figures, and the run.
        template: A Word document to set it in.

    Raises:
        InputError: The template is not a Word document.
    """
    from simulator.report.formats._word import written

    return written(document, pictures, template)
