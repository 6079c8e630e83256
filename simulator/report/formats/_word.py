"""The Word document of a brief: its base, its properties and its bytes. The blocks are set in `_word_blocks.py`."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt

from simulator.report.blocks import Document
from simulator.report.formats._letters import told
from simulator.report.formats._made import locale, made_at, made_by
from simulator.report.formats._word_blocks import Setter
from simulator.report.formats._word_styles import BULLETS, Styles, name_of, our_styles
from simulator.report.formats._word_template import opened, place_in
from simulator.report.language import Words
from simulator.report.pictures import Pictures

TEXT_WIDTH = Pt(468)
DENSE_TYPE, DENSE_SPACE, DENSE_LINE = 0.76, 0.3, 0.94
"""Shares of type, of space between paragraphs and between lines, in a document that is to fit on one page."""
FIXED = (1980, 1, 1, 0, 0, 0)
"""Time of every file within the document, so that the bytes repeat."""


def written(document: Document, pictures: Pictures, template: Path | None) -> bytes:
    """Return the bytes of a document, in a template where one is given.

    Raises:
        InputError: The template is not a Word document.
    """
    word = opened(template) if template else blank(pictures.words)
    place = place_in(word)
    setter = Setter(word, place, Styles(word), pictures, locale(pictures.words) if template else "")
    for block in document.blocks:
        setter.block(block)
    if template:
        setter.paragraph(document.footer, "Saldo Note")
    else:
        setter.footer(document.footer, document.page)
    place.finish()
    if document.dense and not template:
        _closer(word)
    _properties(word, document, pictures)
    return _bytes(word)


def _closer(word: Word) -> None:
    """Set a document smaller and closer, so that it fits on one page."""
    section = word.sections[0]
    section.top_margin, section.bottom_margin = Mm(11), Mm(12)
    section.footer_distance = Mm(6)
    for part in (word.styles.element, word.element):
        for size in (*part.iter(qn("w:sz")), *part.iter(qn("w:szCs"))):
            size.set(qn("w:val"), str(round(int(size.get(qn("w:val"))) * DENSE_TYPE)))
        for spacing in part.iter(qn("w:spacing")):
            for side, share in (
                (qn("w:before"), DENSE_SPACE),
                (qn("w:after"), DENSE_SPACE),
                (qn("w:line"), DENSE_LINE),
            ):
                if spacing.get(side):
                    spacing.set(side, str(round(int(spacing.get(side)) * share)))


def blank(words: Words) -> Word:
    """Return an empty document on A4 in our own styles, in the language of some words."""
    word, language = docx.Document(), locale(words)
    styles = word.styles.element
    for child in list(styles):
        if child.tag in (qn("w:style"), qn("w:docDefaults")):
            styles.remove(child)
    ours = our_styles()
    styles.insert(0, deepcopy(ours[0]))
    # The bullets need a list beside their style, which comes when they are first asked for.
    styles.extend(deepcopy([style for style in ours[1:] if name_of(style) != BULLETS.lower()]))
    for tag in styles.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)
        tag.set(qn("w:eastAsia"), language)
    _page(word)
    _settings(word, words)
    for key, relation in list(word.part.package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del word.part.package.rels[key]
    return word


def _page(word: Word) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Emu((Mm(210) - TEXT_WIDTH) // 2)
    section.top_margin, section.bottom_margin = Mm(22), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)


def _settings(word: Word, words: Words) -> None:
    """Write the settings of a document: long words are hyphenated, in its language, and tables begin at the margin."""
    decimal = words.tree["numbers"]["decimal"]
    newest = 'w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
    made = parse_xml(
        f"<w:settings {nsdecls('w')}>"
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:autoHyphenation w:val="1"/>'
        '<w:hyphenationZone w:val="425"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" {newest}/></w:compat>'
        f'<w:themeFontLang w:val="{locale(words)}"/><w:decimalSymbol w:val="{decimal}"/>'
        f'<w:listSeparator w:val="{";" if decimal == "," else ","}"/></w:settings>'
    )
    settings = word.settings.element
    settings[:] = list(made)


def _properties(word: Word, document: Document, pictures: Pictures) -> None:
    moment = made_at(pictures.run).replace(tzinfo=None)
    properties = word.core_properties
    properties.title = told(document.title)[:255]
    properties.author = properties.last_modified_by = made_by(pictures.run)
    properties.language = locale(pictures.words)
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = moment


def _bytes(word: Word) -> bytes:
    """Return a document as a file whose parts have no time of their own."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as again:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            again.writestr(entry, parts.read(name))
    return fixed.getvalue()
