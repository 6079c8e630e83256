"""The defence pack: what it says of a loss, a gain, nothing and volume alone; bound numbers; where it may stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.report.blocks import Document, Heading, Masthead, plain
from simulator.report.defence import make_defence
from simulator.report.defence.attacks import attacks_of
from simulator.report.defence.figures import Figures
from simulator.report.defence.pack import compose
from simulator.report.defence.weakness import grade, grade_of
from simulator.report.language import read_words
from simulator.report.reading import Run, read_run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from simulator.results.dictionary import columns_of
from tests.unit.report.defence.made_up_drivers import COLUMNS, KEPT, SCALE, TAKE_UP, VALUE, write_driven
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.printed import loose_numbers, printed, without_digits
from tests.unit.report.shapes import SHAPES

OWN_NUMBERS = re.compile(r"\d+\. (?=[A-ZÆØÅ])|[1-5]")
"""The number of an attack, and the grade of a number, which are the pack's own."""

FolderOf = Callable[[str], Path]


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> FolderOf:
    @cache
    def folder(name: str) -> Path:
        return write_driven(tmp_path_factory.mktemp(name) / "run", SHAPES[name])

    return folder


def pack_of(run: Run, earlier: Run | None = None) -> Document:
    return compose(run, words_for(run, read_words("da")), earlier)


def text_of(document: Document) -> str:
    return "\n".join(plain(text) for text in printed(document)).replace("\N{NO-BREAK SPACE}", " ")


def headings(document: Document) -> list[str]:
    return [plain(block.text) for block in document.blocks if isinstance(block, Heading)]


def test_the_made_up_tables_have_the_columns_of_real_ones() -> None:
    assert {name: list(columns) for name, columns in COLUMNS.items()} == {name: columns_of(name) for name in COLUMNS}


def test_every_page_says_that_it_is_internal(driven: FolderOf) -> None:
    document = pack_of(read_run(driven("published")))
    (masthead,) = (block for block in document.blocks if isinstance(block, Masthead))
    assert "Internt arbejdsdokument" in masthead.marks
    assert "Internt arbejdsdokument" in document.page
    assert "Internt arbejdsdokument" in document.footer


def test_attacks_stand_by_swing_times_weakness(driven: FolderOf) -> None:
    run = read_run(driven("published"))
    found = attacks_of(Figures(Telling(run, read_words("da"))))
    assert next(attack.row["key"] for attack in found) == SCALE
    assert [attack.strength for attack in found] == sorted((attack.strength for attack in found), reverse=True)
    assert {attack.row["key"] for attack in found} == {SCALE, KEPT, TAKE_UP, VALUE}


def test_a_loss_is_answered_with_the_numbers_of_its_ends(driven: FolderOf) -> None:
    text = text_of(pack_of(read_run(driven("published"))))
    assert "Ved 0 pct. er skønnet −5,0 mio. kr., ved 100 pct. er det 0 kr." in text
    assert "Skønnet bliver 0 ved 100 pct., halveres ved 50 pct. og kan ikke fordobles." in text
    assert (
        "Flyttes de 12 værdier hver til sin lave ende, er skønnet −2,5 mio. kr.; til den høje er det −7,5 mio. kr."
        in text
    )
    assert "fordobles ved 600.000 kr. pr. fuldtidsår (uden for spændet)" in text
    assert "Uden for tabellen: Bestand." in text


def test_ten_questions_are_answered_for_the_published_case(driven: FolderOf) -> None:
    document = pack_of(read_run(driven("published")))
    asked = [text for text in headings(document) if text.endswith("?")]
    assert len(asked) >= 10
    assert "Hvorfor −5,0 mio. kr. og ikke det dobbelte?" in [one.replace("\N{NO-BREAK SPACE}", " ") for one in asked]
    text = text_of(document)
    assert "Så er virkningen −2,5 mio. kr. i stedet for −5,0 mio. kr." in text
    assert "»Skala på beskæftigelseseffekten«: 0,5 i stedet for 0,25" in text


def test_a_gain_is_not_called_a_loss(driven: FolderOf) -> None:
    text = text_of(pack_of(read_run(driven("gain"))))
    assert not re.search(r"\btab\b|svækkes|svækkelse|bortfald|falder bort", text)
    assert "Hvem får gevinsten?" in text
    assert "Skønnet er +1,3 mio. kr." in text


def test_nothing_is_not_attacked(driven: FolderOf) -> None:
    document = pack_of(read_run(driven("null")))
    text = text_of(document)
    assert "Kørslen viser ingen virkning." in text
    assert "Ingen forudsætning flytter skønnet" in text
    assert not any(text.endswith("?") for text in headings(document))


def test_volume_alone_has_no_question_of_changed_form(driven: FolderOf) -> None:
    text = text_of(pack_of(read_run(driven("fewer_talks"))))
    assert "Ja. Ændret antal samtaler giver −8,4 mio. kr." in text
    assert "pr. samtale, der ændrer form" not in text
    assert "Hvordan passer det med forsøget?" not in text


def test_a_run_of_before_says_that_it_has_no_drivers(tmp_path: Path) -> None:
    text = text_of(pack_of(read_run(write_run(tmp_path / "run", SHAPES["published"]))))
    assert "uden drivertabeller" in text
    assert "Hvilket år rammer det?" in text


@pytest.mark.parametrize("name", ["published", "gain", "partial_loss", "fewer_talks", "both", "social", "null"])
def test_every_number_is_bound_to_the_run(driven: FolderOf, name: str) -> None:
    run = read_run(driven(name))
    document = compose(run, without_digits(words_for(run, read_words("da"))), run)
    loose = {text: loose_numbers(OWN_NUMBERS.sub("", text, count=1)) for text in printed(document)}
    assert {text: found for text, found in loose.items() if found} == {}


@pytest.mark.parametrize(
    ("key", "column", "says"),
    [
        (KEPT, "high_figure_mio_kr", "Så er virkningen −77,0 mio. kr."),
        (VALUE, "low_figure_mio_kr", "er skønnet −77,0 mio. kr."),
        (TAKE_UP, "high_figure_mio_kr", "til den høje er det −77,0 mio. kr."),
    ],
)
def test_another_number_makes_another_sentence(
    driven: FolderOf, tmp_path: Path, key: str, column: str, says: str
) -> None:
    assert says not in text_of(pack_of(read_run(driven("published"))))
    folder = write_driven(tmp_path / "run", SHAPES["published"])
    path = folder / "tables" / "drivers.csv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    at = head.split(",").index(column)
    changed = [_with(line, at) if f",{key}," in line else line for line in lines]
    path.write_text("\n".join([head, *changed]) + "\n", encoding="utf-8")
    assert says in text_of(pack_of(read_run(folder)))


def _with(line: str, at: int) -> str:
    cells = line.split(",")
    cells[at] = "-77"
    return ",".join(cells)


def test_the_last_estimate_stands_beside_this_one(driven: FolderOf) -> None:
    text = text_of(pack_of(read_run(driven("published")), read_run(driven("gain"))))
    assert "Fra sidste skøn til dette" in text
    assert "+1,3 mio. kr." in text
    assert "−6,2 mio. kr." in text or "−6,3 mio. kr." in text
    assert "Andel af effekten, som en digital samtale bevarer" in text


@pytest.mark.parametrize(
    ("kind", "source", "expected"),
    [
        ("assumption", "none-found", 1),
        ("assumption", "own-derivation", 2),
        ("calibrated", "epidemic-note-2021", 2),
        ("assumption", "nao-2006", 2),
        ("derived", "star-2024", 3),
        ("fact", "beu-558", 4),
    ],
)
def test_evidence_is_graded_by_kind_and_source(kind: str, source: str, expected: int) -> None:
    assert grade({"kind": kind, "source": source}) == expected
    assert grade({"kind": kind, "source": source, "grade": ""}) == expected
    assert grade({"kind": kind, "source": source, "grade": "5"}) == 5


def test_a_family_is_as_weak_as_its_weakest_value_that_was_read() -> None:
    rows = [
        {"key": "a.b.one", "kind": "fact", "source": "x", "used": "1"},
        {"key": "a.b.two", "kind": "derived", "source": "x", "used": "1"},
        {"key": "a.b.three", "kind": "assumption", "source": "none-found", "used": "0"},
        {"key": "a.bc", "kind": "assumption", "source": "none-found", "used": "1"},
    ]
    assert grade_of("a.b", rows) == 3


def test_the_pack_stands_beside_the_run_and_is_the_same_each_time(driven: FolderOf) -> None:
    folder = driven("published")
    before = sorted(folder.rglob("*"))
    (file,) = make_defence(folder)
    assert file == folder.resolve().parent / "run-forsvar.html"
    first = file.read_bytes()
    assert make_defence(folder, ("html", "md"))[0].read_bytes() == first
    assert sorted(folder.rglob("*")) == before


def test_the_ending_says_the_format(driven: FolderOf, tmp_path: Path) -> None:
    (file,) = make_defence(driven("published"), out=tmp_path / "pack.md")
    assert file.read_text(encoding="utf-8").startswith("**FORSVARSNOTAT**")


def test_foreign_text_stays_text(driven: FolderOf, tmp_path: Path) -> None:
    folder = write_driven(tmp_path / "run", SHAPES["published"])
    headline = folder / "headline.json"
    text = headline.read_text(encoding="utf-8")
    headline.write_text(text.replace('"title_da": "', '"title_da": "<script>**fed** [[x]] '), encoding="utf-8")
    (file,) = make_defence(folder, out=tmp_path / "pack.html")
    assert "<script>" not in file.read_text(encoding="utf-8").replace("<script>\n", "")


@pytest.mark.parametrize("inside", ["forsvar.html", "tables/forsvar.md"])
def test_it_is_never_written_into_a_run(driven: FolderOf, inside: str) -> None:
    with pytest.raises(InputError, match="inside the run folder"):
        make_defence(driven("published"), out=driven("published") / inside)
