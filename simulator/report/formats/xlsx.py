"""A brief as a calculating workbook: the run with its control in live formulas, see `simulator.report.workbook`."""

from __future__ import annotations

from pathlib import Path

from simulator.report.blocks import Document
from simulator.report.pictures import Pictures
from simulator.report.workbook import workbook_bytes

NEEDS_FIGURE_FILES = False
"""Whether the document refers to files in `figures/`."""
TAKES_TEMPLATE = False
"""Whether the document can be laid into a template."""


def write(document: Document, pictures: Pictures, template: Path | None = None) -> bytes:
    """Return the workbook of the run; the text of the document stays with the other formats."""
    pictures.run.refuse_if_kept_back("a calculating workbook")
    return workbook_bytes(pictures.run, pictures.told)
