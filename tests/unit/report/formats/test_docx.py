"""The Word document: native styles, tables that can be read, and a ministry's own template."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor

from simulator.errors import InputError
from simulator.report.blocks import Break, Heading, Line, Paragraph, Table
from simulator.report.formats.docx import write
from simulator.report.pictures import Pictures
from tests.unit.report.formats.documents import EVERY, saved, squeezed, texts_of, word_text


@pytest.fixture(scope="module")
def word(pictures: Pictures) -> Any:
    return docx.Document(io.BytesIO(write(EVERY, pictures)))


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def test_each_block_stands_in_a_native_style(word: Any) -> None:
    names = {one.text: one.style.name for one in word.paragraphs}
    assert names["Digitale samtaler → »jul« og nytår"] == "Title"
    assert (names["Skøn"], names["Bilag"]) == ("Heading 1", "Heading 2")
    assert names["10. andet punkt"] == "List Bullet"
    assert (names["Tabel 1. År"], names["Figur 1. Kæden"]) == ("Caption", "Caption")
    assert names["Talelinje. Vi ved det ikke."] == "Saldo Speech"
    assert [table.style.name for table in word.tables] == ["Saldo Key Table", "Saldo Table"]
    styles = {run.style.name for one in word.paragraphs for run in one.runs}
    assert styles == {"Default Paragraph Font", "Strong", "Emphasis", "Saldo Code"}


def test_bullets_are_a_list(word: Any) -> None:
    style = word.styles["List Bullet"].element
    number = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    sheet = word.part.numbering_part.element
    [found] = [one for one in sheet.findall(qn("w:num")) if one.get(qn("w:numId")) == number]
    link = found.find(qn("w:abstractNumId")).get(qn("w:val"))
    [kind] = [one for one in sheet.findall(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == link]
    assert kind.find(f"{qn('w:lvl')}/{qn('w:lvlText')}").get(qn("w:val")) == "–"


def test_language_title_author_and_time_are_those_of_the_run(word: Any) -> None:
    told = word.core_properties
    assert (told.title, told.author, told.language) == ("Notat om samtaler", "saldo 0.1.0", "da-DK")
    assert str(told.created) == str(told.modified) == "2026-11-21 09:31:07+00:00"
    [language] = word.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:val")) == "da-DK"


def test_tables_repeat_their_headings_and_do_not_split_rows(word: Any) -> None:
    table = word.tables[1]._tbl
    rows = table.tr_lst
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False, False]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    assert table.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Tabel 1. År"
    # The caption stays with the table, and the table with its notes.
    assert word.styles["Caption"].paragraph_format.keep_with_next
    assert all(cell.p_lst[0].pPr.keepNext is not None for row in rows[1:] for cell in row.tc_lst)


def test_widths_stand_on_the_grid_and_on_every_cell(word: Any) -> None:
    for table in word.tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        assert sum(grid) == pytest.approx(9360, abs=4)
        for row in table._tbl.tr_lst:
            assert [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.tc_lst] == grid


def test_numbers_are_flush_right_and_names_are_not(word: Any) -> None:
    for row in word.tables[1].rows:
        assert [str(cell.paragraphs[0].alignment) for cell in row.cells] == ["None", "RIGHT (2)", "None"]


def test_a_long_name_is_not_broken_where_there_is_room(pictures: Pictures) -> None:
    name = "Beskæftigelsesministeriets opfølgningssamtaler"
    table = Table("T", ("Led", "2022", "2023"), (Line((name, "1", "2")),), (False, True, True))
    made = opened(write(replace(EVERY, blocks=(table,)), pictures)).tables[0]
    first = int(made._tbl.tblGrid.findall(qn("w:gridCol"))[0].get(qn("w:w"))) / 20
    assert first > len(name) * 8.0 * 0.56


def test_pictures_say_what_they_show(word: Any) -> None:
    [told] = word.element.body.iter(qn("wp:docPr"))
    assert told.get("descr") == "10.000 samtaler ændrer form"


def test_the_foot_numbers_the_pages_in_fields(word: Any) -> None:
    foot = word.sections[0].footer._element
    fields = [field.get(qn("w:instr")) for field in foot.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert word_text(foot) == "Beregnet med saldo 0.1.0 side 1 af 1"


def test_a_break_begins_a_page(word: Any, pictures: Pictures) -> None:
    breaking = [one.text for one in word.paragraphs if one.paragraph_format.page_break_before]
    assert breaking == ["Bilag"]
    key = next(block for block in EVERY.blocks if type(block).__name__ == "KeyFigures")
    made = opened(write(replace(EVERY, blocks=(Paragraph("a"), Break(), key, key)), pictures))
    assert made.tables[0].rows[0].cells[0].paragraphs[0].paragraph_format.page_break_before
    kinds = [one.tag for one in made.element.body]
    assert kinds == [qn(f"w:{tag}") for tag in ("p", "tbl", "p", "tbl", "p", "sectPr")], "tables would run together"


def test_the_page_is_a4_and_words_are_hyphenated(word: Any) -> None:
    section = word.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    settings = {one.tag: one.get(qn("w:val")) for one in word.settings.element}
    assert settings[qn("w:autoHyphenation")] == "1" and settings[qn("w:decimalSymbol")] == ","


# A template of the reader's own.


@pytest.fixture
def ministry(tmp_path: Path) -> Callable[..., Path]:
    """A ministry's template: own heads and feet, wide margins, a style of its own, and the lines it is given."""

    def made(*lines: str, name: str = "ministry.docx") -> Path:
        word = docx.Document()
        section = word.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(60)
        section.header.paragraphs[0].text = "Ministeriet"
        section.footer.paragraphs[0].text = "Sagsnr. 2021-17"
        word.styles["Heading 1"].font.color.rgb = RGBColor(0x80, 0, 0)
        for unused in ("List Bullet", "Caption", "Strong"):
            word.styles[unused].element.getparent().remove(word.styles[unused].element)
        for line in lines:
            word.add_paragraph(line)
        return saved(tmp_path, name, word)

    return made


def test_a_template_keeps_its_heads_feet_styles_and_page(ministry: Callable[..., Path], pictures: Pictures) -> None:
    made = opened(write(EVERY, pictures, ministry("Til ministeren")))
    section = made.sections[0]
    assert section.header.paragraphs[0].text == "Ministeriet"
    assert section.footer.paragraphs[0].text == "Sagsnr. 2021-17"
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (297, 60)
    assert made.styles["Heading 1"].font.color.rgb == RGBColor(0x80, 0, 0)
    assert [one.style.name for one in made.paragraphs if one.text == "Skøn"] == ["Heading 1"]
    assert {"List Bullet", "Caption", "Strong", "Saldo Note"} <= {style.name for style in made.styles}
    captions = [one for one in made.paragraphs if one.style.name == "Caption"]
    assert captions and all(one.paragraph_format.keep_with_next for one in captions)
    text = squeezed(word_text(made.element.body))
    assert [one for one in texts_of(EVERY) if squeezed(one) not in text] == []


def test_tables_and_pictures_are_as_wide_as_the_page_of_the_template(
    ministry: Callable[..., Path], pictures: Pictures
) -> None:
    made = opened(write(EVERY, pictures, ministry()))
    room = round(Mm(177) / 635)
    for table in made.tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        assert sum(grid) == pytest.approx(room, abs=4)


def test_the_document_stands_in_place_of_the_mark_or_last(ministry: Callable[..., Path], pictures: Pictures) -> None:
    marked = opened(write(EVERY, pictures, ministry("Før", " {{saldo}} ", "Efter")))
    texts = [one.text for one in marked.paragraphs]
    assert texts[0] == "Før" and texts[-1] == "Efter" and "{{saldo}}" not in "".join(texts)
    assert "Skøn" in texts[1:-1] and texts[-2] == "Beregnet med saldo 0.1.0"
    plain = [one.text for one in opened(write(EVERY, pictures, ministry("Før", ""))).paragraphs]
    assert plain[0] == "Før" and plain[1].startswith("NOTAT") and plain[-1] == "Beregnet med saldo 0.1.0"


def test_what_goes_into_a_template_is_in_its_own_language(ministry: Callable[..., Path], pictures: Pictures) -> None:
    made = opened(write(EVERY, pictures, ministry()))
    paragraph = next(one for one in made.paragraphs if "Det skønnes" in one.text)
    assert {run._r.rPr.find(qn("w:lang")).get(qn("w:val")) for run in paragraph.runs} == {"da-DK"}


def test_a_template_gives_the_same_bytes_twice(ministry: Callable[..., Path], pictures: Pictures) -> None:
    template = ministry("Før", "{{saldo}}")
    assert write(EVERY, pictures, template) == write(EVERY, pictures, template)


def test_a_template_without_lists_gets_one(tmp_path: Path, pictures: Pictures) -> None:
    word = docx.Document()
    for key, relation in list(word.part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del word.part.rels[key]
    bullet = word.styles["List Bullet"].element
    bullet.getparent().remove(bullet)
    made = opened(write(EVERY, pictures, saved(tmp_path, "bare.docx", word)))
    assert made.part.numbering_part.element.findall(qn("w:num"))


def a_folder(folder: Path) -> Path:
    (folder / "mappe.docx").mkdir()
    return folder / "mappe.docx"


def a_file(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def renamed(folder: Path, kind: str) -> Path:
    """Write a Word document that says that it is another kind of file."""
    source = saved(folder, "source.docx", docx.Document())
    target = folder / "other.docx"
    with zipfile.ZipFile(source) as parts, zipfile.ZipFile(target, "w") as again:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"wordprocessingml.document.main", kind.encode())
            again.writestr(name, content)
    return target


def cut(folder: Path) -> Path:
    """Write the first half of a Word document."""
    content = saved(folder, "whole.docx", docx.Document()).read_bytes()
    return a_file(folder, "half.docx", content[: len(content) // 2])


def zipped(folder: Path, *names: str) -> Path:
    with zipfile.ZipFile(folder / "zip.docx", "w") as parts:
        for name in names:
            parts.writestr(name, "<x/>")
    return folder / "zip.docx"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        (lambda at: at / "gone.docx", "no such file"),
        (a_folder, "is a folder"),
        (lambda at: a_file(at, "t.dotx", b""), r"is a \.dotx file, not a \.docx; open it in Word, save it as"),
        (lambda at: a_file(at, "t.doc", b""), r"is a \.doc file"),
        (lambda at: a_file(at, "template", b""), "a file without an ending"),
        (lambda at: a_file(at, "t.docx", b""), "is not a Word document"),
        (lambda at: a_file(at, "t.docx", b"\xd0\xcf\x11\xe0 locked"), "locked by a password"),
        (cut, "damaged"),
        (zipped, "is not a Word document"),
        (lambda at: zipped(at, "[Content_Types].xml", "_rels/.rels"), "is not a Word document"),
        (lambda at: renamed(at, "wordprocessingml.template.main"), "holds another kind of file"),
        (lambda at: renamed(at, "spreadsheetml.sheet.main"), "holds another kind of file"),
    ],
)
def test_what_is_no_template_is_refused(
    template: Callable[[Path], Path], message: str, tmp_path: Path, pictures: Pictures
) -> None:
    with pytest.raises(InputError, match=message):
        write(replace(EVERY, blocks=(Heading(1, "T"),)), pictures, template(tmp_path))
