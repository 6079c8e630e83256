"""A ministry's own Word template: opened, and the place in it where the document goes."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as Word
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree  # type: ignore[import-untyped]  # comes with python-docx and has no types

from simulator.errors import InputError

MARK = "{{saldo}}"
"""A paragraph of this text is where the document goes."""
OPTION = "--template"
SAVE_AS = "open it in Word, save it as a Word document (.docx) and give that"
SUFFIX = ".docx"


def opened(template: Path) -> Word:
    """Return the document in a file.

    Raises:
        InputError: There is no such file, or it is not a Word document.
    """
    if not template.exists():
        raise InputError.one("no such file; give a Word document (.docx)", str(template), OPTION)
    if template.is_dir():
        raise InputError.one("is a folder; give a Word document (.docx)", str(template), OPTION)
    if template.suffix.lower() != SUFFIX:
        kind = f"a {template.suffix} file" if template.suffix else "a file without an ending"
        raise InputError.one(f"is {kind}, not a .docx; {SAVE_AS}", str(template), OPTION)
    try:
        word = docx.Document(str(template))
        assert word.element.body is not None
    except ValueError as wrong:
        message = f"is a .docx by its name alone and holds another kind of file; {SAVE_AS}"
        raise InputError.one(message, str(template), OPTION) from wrong
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, AttributeError, etree.XMLSyntaxError) as wrong:
        message = f"is not a Word document, or is damaged or locked by a password; {SAVE_AS}"
        raise InputError.one(message, str(template), OPTION) from wrong
    except OSError as wrong:
        raise InputError.one(f"cannot be read: {wrong.strerror}", str(template), OPTION) from wrong
    return word


class Place:
    """Where blocks go in the body of a document: before one of its elements.

    Attributes:
        width: Width of the text there [EMU].
    """

    def __init__(self, body: Any, mark: Any, section: Any) -> None:
        self._mark = mark
        self._body = body
        self.width = _text_width(section)

    def put(self, element: Any) -> None:
        """Put an element at the place, after those put before it."""
        self._mark.addprevious(element)

    def finish(self) -> None:
        """Take the mark away; what ends with a table gets the paragraph that Word asks for after one."""
        last = self._mark.getprevious()
        if last is not None and last.tag == qn("w:tbl"):
            self.put(OxmlElement("w:p"))
        if self._mark.tag == qn("w:p"):
            self._body.remove(self._mark)


def place_in(word: Word) -> Place:
    """Return the place of the paragraph `{{saldo}}`; that after all other content where there is none."""
    body = word.element.body
    final = body.get_or_add_sectPr()
    for paragraph in body.findall(qn("w:p")):
        if "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip() == MARK:
            return Place(body, paragraph, _section_of(paragraph, final))
    last = final.getprevious()
    if last is not None and last.tag == qn("w:p") and _is_empty(last):
        body.remove(last)
    return Place(body, final, final)


def _section_of(paragraph: Any, final: Any) -> Any:
    """Return the setup of the page that a paragraph stands on: the next one that ends a section."""
    following = [paragraph, *paragraph.itersiblings()]
    return next((found for one in following for found in one.iter(qn("w:sectPr"))), final)


def _is_empty(paragraph: Any) -> bool:
    content = paragraph.iter(*(qn(f"w:{name}") for name in ("t", "drawing", "pict", "object", "br", "sectPr")))
    return next(content, None) is None


def _text_width(section: Any) -> int:
    """Return the width between the margins of a section, or of one of its columns [EMU]."""
    across = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    columns = section.find(qn("w:cols"))
    count = int(columns.get(qn("w:num")) or 1) if columns is not None else 1
    between = int(columns.get(qn("w:space")) or 720) * 635 if columns is not None else 0
    one = (across - between * (count - 1)) // count
    return int(one) if one > 0 else 468 * 12_700
