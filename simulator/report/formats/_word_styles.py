"""The styles of a Word document: those of `word.xml` where the document does not have them, by their names."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from docx.document import Document as Word
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

SHEET = Path(__file__).with_name("word.xml")
BULLETS = "List Bullet"
SHIFT = 9_000
"""Numbers of our list are so much above any that a template is likely to have."""


@cache
def our_styles() -> Any:
    """Return our style sheet; it is not to be changed."""
    return parse_xml(SHEET.read_bytes())


def name_of(style: Any) -> str:
    """Return the name of a style in lower case, as Word compares them."""
    return str(style.find(qn("w:name")).get(qn("w:val"))).lower()


class Styles:
    """The styles of a document by name; one that it lacks is added when it is asked for."""

    def __init__(self, word: Word) -> None:
        self._word = word
        self._sheet = word.styles.element
        named = ((name_of(style), style) for style in self._sheet.findall(qn("w:style")))
        self._ids = {name: str(style.get(qn("w:styleId"))) for name, style in named}
        self._ours = {name_of(style): style for style in our_styles().findall(qn("w:style"))}
        self._by_our_id = {str(style.get(qn("w:styleId"))): name for name, style in self._ours.items()}

    def id(self, name: str) -> str:
        """Return the id that a style has in this document."""
        key = name.lower()
        if key not in self._ids:
            self._add(key)
        return self._ids[key]

    def _add(self, name: str) -> None:
        style = deepcopy(self._ours[name])
        wanted = str(style.get(qn("w:styleId")))
        taken = set(self._ids.values())
        self._ids[name] = wanted if wanted not in taken else f"{wanted}Saldo"
        style.set(qn("w:styleId"), self._ids[name])
        for tag in ("w:basedOn", "w:next"):
            for reference in style.findall(qn(tag)):
                reference.set(qn("w:val"), self.id(self._by_our_id[reference.get(qn("w:val"))]))
        self._sheet.append(style)
        if name == BULLETS.lower():
            self._number(style)

    def _number(self, style: Any) -> None:
        """Give a style of bullets its bullet."""
        sheet = self._numbering()
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{SHIFT}"><w:multiLevelType w:val="singleLevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/>'
            '<w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        )
        number = parse_xml(f'<w:num {nsdecls("w")} w:numId="{SHIFT}"><w:abstractNumId w:val="{SHIFT}"/></w:num>')
        first = sheet.find(qn("w:num"))
        if first is None:
            sheet.append(abstract)
        else:
            first.addprevious(abstract)
        sheet.append(number)
        properties = style.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = SHIFT

    def _numbering(self) -> Any:
        part: Any = self._word.part
        try:
            return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
        except KeyError:
            root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
            name = PackURI("/word/numbering.xml")
            made = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, root, part.package)
            part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
            return made.element
