"""The PDF: tagged, in its language, with its typefaces, and set so that nothing sticks out."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from simulator.report.blocks import Document, Figure, Heading, Line, Paragraph, Table
from simulator.report.formats import pdf
from simulator.report.formats._letters import breakable, divided, told
from simulator.report.formats._made import stems
from simulator.report.language import read_words
from simulator.report.pictures import Pictures
from tests.unit.report.formats.documents import EVERY

LONG = Table(
    "Tabel 1. En lang tabel",
    ("Række", "Tal"),
    tuple(Line((f"række {number}", str(number))) for number in range(120)),
    (False, True),
    ("Anm.: En note.",),
)


def pages_of(document: Document, pictures: Pictures) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.write(document, pictures)))


@pytest.fixture(scope="module")
def read(pictures: Pictures) -> pypdf.PdfReader:
    return pages_of(EVERY, pictures)


def tags_of(read: pypdf.PdfReader) -> list[tuple[str, dict[str, Any]]]:
    """Return the tags of a PDF in order, each with what it says of itself."""
    found: list[tuple[str, dict[str, Any]]] = []

    def walk(one: Any) -> None:
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            for part in one:
                walk(part)
        elif isinstance(one, dict):
            if "/S" in one:
                found.append((str(one["/S"]), one))
            if "/K" in one:
                walk(one["/K"])

    walk(read.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_it_names_its_standard_language_title_and_time(read: pypdf.PdfReader) -> None:
    root = read.trailer["/Root"]
    assert root["/Lang"] == "da-DK" and root["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert (read.metadata.title, read.metadata.author) == ("Notat om samtaler", "saldo 0.1.0")
    assert str(read.metadata.creation_date) == "2026-11-21 09:31:07+00:00"


def test_every_block_has_its_tag_and_every_figure_its_words(read: pypdf.PdfReader) -> None:
    tags = [tag for tag, _ in tags_of(read)]
    # Tables have headings of their own, and lists and captions are such.
    assert [tags.count(tag) for tag in ("/H1", "/H2", "/H3", "/Table", "/TH", "/Caption", "/L", "/Figure")] == [
        *(1, 1, 1, 1, 3, 2, 1, 1)
    ]
    [figure] = [one for tag, one in tags_of(read) if tag == "/Figure"]
    assert figure["/Alt"] == "10.000 samtaler ændrer form"


def test_its_typefaces_lie_within_it(read: pypdf.PdfReader) -> None:
    faces = {}
    for page in read.pages:
        for font in page["/Resources"]["/Font"].values():
            for inner in font["/DescendantFonts"]:
                described = inner.get_object()["/FontDescriptor"]
                faces[str(described["/FontName"]).split("+")[-1]] = any(
                    key.startswith("/FontFile") for key in described
                )
    assert {"SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSansPro-It"} <= set(faces)
    assert all(faces.values())


def test_a_break_begins_a_page_and_pages_are_numbered(read: pypdf.PdfReader) -> None:
    assert len(read.pages) == 2
    first, second = (page.extract_text() for page in read.pages)
    assert "side 1 af 2" in first and "side 2 af 2" in second
    assert "Bilag" in second and "Bilag" not in first


def test_a_long_table_goes_on_with_its_headings_on_each_page(pictures: Pictures) -> None:
    read = pages_of(replace(EVERY, blocks=(Heading(1, "En tabel"), LONG)), pictures)
    texts = [page.extract_text() for page in read.pages]
    assert len(texts) == 3 and all("Række" in text and "Tal" in text for text in texts)
    assert "Tabel 1." in texts[0] and "Tabel 1." not in "".join(texts[1:])
    assert [tag for tag, _ in tags_of(read)].count("/TH") == 2


@pytest.mark.parametrize("lines", range(30, 56, 4))
def test_a_heading_or_caption_is_not_left_alone_at_the_foot(lines: int, pictures: Pictures) -> None:
    small = replace(LONG, lines=LONG.lines[:3])
    filled = tuple(Paragraph(f"linje {number}") for number in range(lines))
    figure = Figure("bridge", "Figur 1. Kæden", "alt")
    for end, mark in (
        ((Heading(2, "Afsnit"), small), "række 0"),
        ((Heading(2, "Afsnit"), Paragraph("Sluttekst")), "Slut"),
    ):
        blocks = (Heading(1, "Titel"), *filled, *end, figure)
        texts = [page.extract_text() for page in pages_of(replace(EVERY, blocks=blocks), pictures).pages]
        [page] = [text for text in texts if "Afsnit" in text]
        assert mark in page
        assert all(("Tabel 1." in text) == ("Anm.: En note." in text) for text in texts)


@pytest.mark.parametrize("columns", [2, 5, 9])
def test_wide_tables_fit_between_the_margins(columns: int, pictures: Pictures) -> None:
    heads = tuple(f"Overskrift nummer {number}" for number in range(columns))
    cells = ("Samtaler om beskæftigelse", *(f"{number * 111_111:,}".replace(",", ".") for number in range(1, columns)))
    table = Table("Tabel", heads, (Line(cells),), (False, *(True for _ in heads[1:])))
    [value] = pdf.content(replace(EVERY, blocks=(table,)), pictures)["blocks"]
    assert sum(value["widths"]) == pytest.approx(468, abs=0.1)
    assert value["size"] >= 7.0
    read = pages_of(replace(EVERY, blocks=(Heading(1, "Titel"), table)), pictures)
    assert len(read.pages) == 1 and all(cell in read.pages[0].extract_text() for cell in cells[1:])


def test_every_letter_that_is_said_to_be_shown_is_shown_in_every_style(pictures: Pictures) -> None:
    letters = "".join(map(chr, sorted(code for code in pdf._letters() if code > 0x20)))
    text = "".join(f"\uf000{letter}" if letter in "*[]`" else letter for letter in letters).replace("\uf000", "")
    text = text.translate(dict.fromkeys(map(ord, "*[]`")))
    blocks = (Heading(1, "T"), Paragraph(f"{text} **{text}** [[{text}]] `{text}`"), Heading(2, f"[[{text}]]"))
    assert pages_of(replace(EVERY, blocks=blocks), pictures).pages
    assert {*map(ord, "æøåÆØÅé»«“”‘’–—−×½≥≤→←…§€"), 0xA0} <= pdf._letters()


def test_words_are_divided_where_danish_words_are_put_together() -> None:
    known = stems(read_words("da"))
    for word in (
        *("sygedagpenge|modtagere", "fuldtids|beskæftigede", "arbejds|markeds|bidrag", "ressource|forløbs|ydelse"),
        *("beskæftigelses|effekt", "opfølgnings|samtaler", "rehabiliterings|teamet", "sags|behandlertid"),
    ):
        assert divided(word.replace("|", ""), known).replace("\xad", "|").replace("syge|", "syge") == word
    assert divided("samtaler om dagpenge", known) == "samtaler om dagpenge"
    assert divided("conversations", ()) == "conversations"


def test_words_are_divided_in_narrow_columns_and_not_in_headings(pictures: Pictures) -> None:
    word = "opfølgningssamtaler"
    table = Table("T", (word,), (Line((word,)),), (False,))
    heading, values = pdf.content(replace(EVERY, blocks=(Heading(1, word), table)), pictures)["blocks"]
    assert heading["text"][0]["text"] == word
    assert values["columns"][0][0]["text"] == values["lines"][0]["cells"][0][0]["text"] == "opfølgnings\xadsamtaler"


def test_what_has_no_space_may_still_be_broken() -> None:
    assert breakable("tables/assumptions.csv") == "tables/assumptions.csv"
    assert "\u200b" in breakable("https://www.ft.dk/samling/20201/almdel/beu/index.htm")
    assert max(map(len, breakable("a" * 10_000).split("\u200b"))) < 25
    assert breakable("e\u0301" * 100).replace("\u200b", "") == "e\u0301" * 100
    assert "\u200b\u0301" not in breakable("e\u0301" * 100)
    assert told("a\tb") == "a b"
