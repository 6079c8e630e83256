"""All forms of a document: the same texts in each, whatever they are, and the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from simulator.report.blocks import foreign, plain
from simulator.report.brief import compose
from simulator.report.formats.pdf import content
from simulator.report.language import read_words
from simulator.report.pictures import Pictures
from simulator.report.plugs import plug
from simulator.report.sections.telling import Telling
from tests.unit.report.conftest import RunOf, Undrawn
from tests.unit.report.formats.documents import (
    EVERY,
    FORMS,
    ODD,
    UNSEEN,
    as_page,
    of_text,
    read_html,
    shown,
    squeezed,
    texts_of,
)

PLACES = 20
"""Places of a text in the document that has it everywhere; the title of the file and the alt text come beside."""
OWN_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "h1", "h2", "h3", "p", "ul", "li"),
    *("dl", "div", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "svg"),
    *("desc", "strong", "cite", "code", "span", "data"),
}
OWN_MARKS = {
    *("h1", "h2", "h3", "p", "ul", "li", "strong", "em", "code", "table", "thead", "tbody", "tr", "th", "td", "hr"),
    *("img", "blockquote"),
}


def made(form: str, document: object, pictures: Pictures) -> bytes:
    content: bytes = plug("formats", form, "format").write(document, pictures)
    return content


def undivided(text: str) -> str:
    """Return a text without spaces and hyphens: a PDF that is read back has one where a word is divided."""
    return squeezed(text).replace("-", "")


def set_in(value: object) -> Iterator[str]:
    """Yield the texts among the values that a PDF is set from."""
    if isinstance(value, dict):
        yield from [value["text"]] if isinstance(value.get("text"), str) else set_in(list(value.values()))
    elif isinstance(value, list):
        for one in value:
            yield from set_in(one)


@pytest.mark.parametrize("form", FORMS)
def test_every_kind_of_block_is_in_every_form(form: str, pictures: Pictures) -> None:
    text = squeezed(shown(form, made(form, EVERY, pictures)))
    assert [one for one in texts_of(EVERY) if squeezed(one) not in text] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_form_made_again_has_the_same_bytes(form: str, pictures: Pictures) -> None:
    assert made(form, EVERY, pictures) == made(form, EVERY, pictures)


@pytest.mark.parametrize("shape", ["published", "suspension", "draft"])
@pytest.mark.parametrize("form", FORMS)
def test_the_forms_of_a_brief_hold_the_same_sentences_and_cells(form: str, shape: str, run_of: RunOf) -> None:
    run, words = run_of(shape), read_words("da")
    document = compose(Telling(run, words))
    pages = shown(form, made(form, document, Undrawn(run, words)))
    foot = undivided(plain(document.footer))
    # A sentence may go on over the foot of a page.
    text = re.sub(rf"{re.escape(foot)}side\d+af\d+", "", undivided(pages)) + foot
    assert foot in undivided(pages)
    assert [one for one in texts_of(document) if undivided(one) not in text] == []


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("form", FORMS)
def test_what_others_wrote_is_shown_as_it_is_in_every_place(form: str, kind: str, pictures: Pictures) -> None:
    document = of_text(foreign(ODD[kind]))
    written = made(form, document, pictures)
    if form == "pdf" and len(ODD[kind]) > 1000:
        # To read so many pages back takes long; what is set is looked at instead.
        text = squeezed(" ".join(set_in(content(document, pictures))))
    else:
        text = squeezed(shown(form, written))
    assert text.count(squeezed(ODD[kind])) == PLACES


@pytest.mark.parametrize("kind", UNSEEN)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_seen_is_left_out_of_every_form(form: str, kind: str, pictures: Pictures) -> None:
    given, left = UNSEEN[kind]
    text = shown(form, made(form, of_text(foreign(given)), pictures))
    assert squeezed(text).count(squeezed(left)) == PLACES
    assert not re.search(r"[\ue000-\uf8ff\u202a-\u202e\u2066-\u2069\0\x1b]", text)


@pytest.mark.parametrize("form", FORMS)
def test_a_text_that_was_not_made_foreign_breaks_no_form_either(form: str, pictures: Pictures) -> None:
    text = shown(form, made(form, of_text("a\0b\x0bc \ud800 \uffff \u202e#*_<b>"), pictures))
    assert "ab c" in text and "\u202e" not in text


@pytest.mark.parametrize("kind", ODD)
def test_no_text_becomes_a_tag_of_a_page_or_a_mark_of_markdown(kind: str, pictures: Pictures) -> None:
    document = of_text(foreign(ODD[kind]))
    _, tags = read_html(made("html", document, pictures).decode())
    assert {tag for tag, _ in tags} <= OWN_TAGS
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    page = as_page(made("md", document, pictures).decode())
    _, marks = read_html(page)
    assert {mark for mark, _ in marks} <= OWN_MARKS
    assert [attributes["src"] for mark, attributes in marks if mark == "img"] == ["figures/bridge.svg"]


@pytest.mark.parametrize("form", FORMS)
def test_characters_of_other_scripts_and_pictures_are_told(form: str, pictures: Pictures) -> None:
    text = shown(form, made(form, of_text(foreign("\u4e2d \U0001f469 \u0416 \u2192")), pictures))
    expected = "[U+4E2D] [U+1F469]" if form == "pdf" else "\u4e2d \U0001f469"
    assert expected in text and "\u0416 \u2192" in text
