"""Briefs: Danish throughout, true to the run, and the same bytes each time."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.report import format_names, make_brief, usual_formats
from simulator.report.brief import compose
from simulator.report.edition import Edition
from simulator.report.language import read_words
from simulator.report.reading import read_run
from simulator.report.sections.telling import Telling
from tests.unit.report.conftest import BriefOf, FolderOf
from tests.unit.report.danish_text import assert_danish, told
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES, Shape


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_brief_is_danish_throughout(brief_of: BriefOf, shape: str, form: str) -> None:
    text = told(brief_of(shape, form), form)
    # The id of the run is a name, and names are left as they are.
    assert_danish(text.replace(f"2026-11-21-{shape.replace('_', '-')}-7f3a", " "))


def plain(brief_of: BriefOf, shape: str) -> str:
    return told(brief_of(shape, "md"), "md")


def test_the_published_case_is_worded_as_an_order_of_magnitude(brief_of: BriefOf) -> None:
    text = plain(brief_of, "published")
    assert "ca. 10.000 samtaler i perioden 19. december 2021 til 16. januar 2022 afholdes digitalt" in text
    assert (
        "blive svækket i størrelsesordenen 5 mio. kr. efter skat, tilbageløb og adfærd (2021-pl), hovedsagelig" in text
    )
    assert "ca. 17 færre fuldtidsbeskæftigede i ét år" in text
    assert "Hvis digitale samtaler virker lige så godt som fysiske, er virkningen 0." in text
    assert "omkring 500 kr. pr. samtale, i alt omkring 5 mio. kr." in text
    assert "Tidligere er oplyst ca. 10.000 samtaler og en svækkelse i størrelsesordenen 5 mio. kr. Denne" in text
    assert "UDKAST" not in text


@pytest.mark.parametrize(
    ("shape", "title"),
    [
        ("published", "Økonomiske konsekvenser af digitale samtaler, 19. december 2021 til 16. januar 2022"),
        ("gain", "Økonomiske konsekvenser af digitale samtaler, 19. december 2021 til 16. januar 2022"),
        ("reverse", "Økonomiske konsekvenser af flere samtaler ved fysisk fremmøde, 19. december 2021 til 16. januar"),
        ("suspension", "Suspension af samtaler i foråret 2020"),
    ],
)
def test_the_title_is_that_of_the_scenario_in_danish_or_says_what_changes(
    brief_of: BriefOf, shape: str, title: str
) -> None:
    assert f"# {title}" in plain(brief_of, shape)
    assert "A title in English" not in brief_of(shape, "html")


def test_a_run_of_the_control_alone_has_a_brief(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["published"])
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    nothing = dict.fromkeys(headline["conversations"]["baseline"])
    headline |= {"engine": "control", "replications": 0, "reverse": None, "held_later": None, "unexplained_share": {}}
    headline["conversations"] = {"baseline": nothing, "proposal": nothing}
    (folder / "headline.json").write_text(json.dumps(headline), encoding="utf-8")
    steps = (folder / "tables" / "steps.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    known = [line for line in steps if not re.search(r"baseline|digital_by|share_that", line)]
    (folder / "tables" / "steps.csv").write_text("".join(known), encoding="utf-8")
    header = (folder / "tables" / "conversations.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "tables" / "conversations.csv").write_text(header + "\n", encoding="utf-8")
    text = told(make_brief(folder, ["md"])[0].read_text(encoding="utf-8"), "md")
    assert "ca. 10.000 samtaler i perioden" in text and "kontrolberegningen alene, uden simulation" in text
    assert "| **= samtaler, der ændrer form** | **10.000** |" in text and "digitale i forvejen" not in text
    assert "Samtaler afholdt pr. uge" not in text


def test_only_the_product_of_effect_and_loss_is_printed_before_the_assumptions(brief_of: BriefOf) -> None:
    main, annex = plain(brief_of, "published").split("## Forudsætninger")
    assert "ét produkt (effekt × tab) på 0,61 fuldtidsdage, svarende til 500 kr. pr. samtale" in main
    assert "bevarer intet" not in main and "bevarer intet" in annex
    assert "kalibreret til 0,42, så kørslen rammer virkningen på den offentlige saldo (−5)" in annex
    assert "11 pct. af den virkning pr. møde" in annex


def test_half_double_and_nothing_are_answered_link_by_link(brief_of: BriefOf) -> None:
    text = plain(brief_of, "published")
    assert "| Andel af fysiske samtaler, der bliver digital | 0 | 28 pct. | 56 pct. | ikke muligt |" in text
    assert "| Uger med samtaler | 0 | 1,0 | 2,0 | 4,0 |" in text
    assert "| Bortfald pr. samtale, fuldtidsdage | 0 | 0,30 | 0,61 | 1,21 |" in text
    assert "| Værdi pr. fuldtidsår, kr. | uden for spænd | uden for spænd | 300.000 | uden for spænd |" in text
    assert "| Uger med samtaler | 0 | 0,5 | 1,0 | ikke muligt |" in plain(brief_of, "one_week")


def test_a_null_has_no_effect(brief_of: BriefOf) -> None:
    text = plain(brief_of, "null")
    assert "Forslaget ændrer hverken antallet eller formen af samtaler" in text
    assert "ingen virkning på den offentlige saldo" in text
    assert not re.search(r"svækket|forbedret|−\d+,\d mio\.", text)
    assert "giver ligeledes 0" in text


def test_a_gain_is_not_called_a_loss(brief_of: BriefOf) -> None:
    text = plain(brief_of, "gain")
    assert "blive forbedret i størrelsesordenen 1,3 mio. kr." in text
    assert "ca. 4,2 flere fuldtidsbeskæftigede" in text
    assert not re.search(r"svækket|svækkelse|færre fuldtids|[Bb]ortfald pr\.|regner vi et tab", text)


def test_volume_is_told_as_volume(brief_of: BriefOf) -> None:
    waiting, fewer = plain(brief_of, "suspension"), plain(brief_of, "fewer_talks")
    assert "afholdes ca. 450.000 færre samtaler end uden forslaget" in waiting
    assert "venter ca. 410.000 flere samtaler" in waiting
    assert "svækkelse i størrelsesordenen 31 mio. kr. af, at antallet af samtaler ændres. Den indgår ikke" in waiting
    assert "Ændret antal samtaler (ikke medregnet) | −1,2 | −23,6 | −6,2 | −31,0 |" in waiting
    assert (
        "svækket i størrelsesordenen 8,5 mio. kr. efter skat, tilbageløb og adfærd (2021-pl), hovedsagelig i" in fewer
    )
    assert "telefonsamtale" not in fewer
    assert "| **Efter skat, tilbageløb og adfærd** | **−0,3** | **−6,4** | **−1,7** | **−8,4** |" in fewer


def test_both_form_and_volume_are_told(brief_of: BriefOf) -> None:
    text = plain(brief_of, "both")
    assert "afholdes digitalt eller telefonisk" in text and "Desuden afholdes ca. 3.400 færre samtaler" in text


def test_a_reversal_is_told(brief_of: BriefOf) -> None:
    assert "ca. 2.400 samtaler i perioden" in plain(brief_of, "reverse")
    assert "afholdes ved fysisk fremmøde i stedet for digitalt" in plain(brief_of, "reverse")


def test_a_partial_loss_shows_its_range_and_says_what_is_calibrated(brief_of: BriefOf) -> None:
    text = plain(brief_of, "partial_loss")
    assert "svækket i størrelsesordenen 5 mio. kr." in text
    assert "Skønnet har et spænd −9 til −1 mio. kr. Det afspejler forudsætninger" in text
    assert "Fortegnet er forudsat og ikke beregnet" in text
    assert "I ca. 50 pct. af trækningerne er tabet over 5 mio. kr." in text
    assert "digital samtale bevarer (lige sandsynligt fra 62 pct. til 94 pct., egen forudsætning)" in text


def test_a_calibrated_relative_effect_is_never_told(brief_of: BriefOf) -> None:
    text = plain(brief_of, "partial_loss")
    assert "Den er ikke identificeret og oplyses derfor ikke" in text
    assert "0,78" not in text and "78 pct." not in text
    assert "| oplyses ikke |" in text


def test_a_draft_says_so_at_its_head_and_why(brief_of: BriefOf) -> None:
    text = plain(brief_of, "draft")
    assert text.startswith("**NOTAT · UDKAST**")
    assert "afviger uforklaret med 3,1 pct." in text
    assert "2 oplysninger ud over deres sidste dato" in text


def test_extrapolated_facts_are_named_where_the_language_has_words(tmp_path: Path) -> None:
    shape = Shape("named", extrapolated=("demand.stock.sygedagpenge",))
    [path] = make_brief(write_run(tmp_path / "run", shape), ["md"])
    assert "ud over deres sidste dato: Bestand, sygedagpengemodtagere." in path.read_text(encoding="utf-8")


def test_the_error_of_events_is_never_printed(folder_of: FolderOf, tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["published"])
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    headline["converted"]["std_error"] = 4321.0
    headline["saldo_mio_kr"]["employment_effect"]["std_error"] = 43.21
    (folder / "headline.json").write_text(json.dumps(headline), encoding="utf-8")
    runs = read_run(folder_of("published")), read_run(folder)
    documents = [compose(Telling(run, read_words("da"))) for run in runs]
    assert documents[0] == documents[1]


def test_a_brief_made_again_has_the_same_bytes(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["published"])
    first = {path.name: path.read_bytes() for path in make_brief(folder)}
    second = {path.name: path.read_bytes() for path in make_brief(folder)}
    assert first == second and set(first) == {"brief.docx", "brief.html", "brief.md", "brief.pdf"}


def test_the_figures_of_the_markdown_are_files_of_the_run(folder_of: FolderOf) -> None:
    [path] = make_brief(folder_of("published"), ["md"])
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"!\[([^\]]+)\]\((figures/\w+\.svg)\)", text)
    assert len(named) == 3
    assert all(alt and (folder_of("published") / path).is_file() for alt, path in named)


@pytest.fixture(scope="module")
def page(folder_of: FolderOf) -> str:
    """The published case as a page, with its figures."""
    [path] = make_brief(folder_of("published"), ["html"])
    return path.read_text(encoding="utf-8")


def test_the_page_is_one_file_that_fetches_nothing(page: str) -> None:
    assert page.startswith('<!DOCTYPE html>\n<html lang="da">')
    assert 'name="viewport"' in page and "@media print" in page
    assert not re.findall(r'(?:src|href)="(?!#)|url\((?!data:|#)|@import|<script|<link', page)
    assert not re.findall(r"https?://(?!www\.w3\.org)", page)


def test_the_page_can_be_read_aloud(page: str) -> None:
    assert page.count("<table>") == page.count("<caption>") == 6
    assert page.count('<th scope="col"') == 3 + 5 + 5 + 4 + 7 + 6
    assert len(re.findall(r"<tr class", page)) == page.count('<th scope="row"')
    assert page.count('role="img"') == page.count("<desc ") == 6
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "an id that stands twice"
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))


def test_every_number_of_the_run_on_the_page_says_where_it_comes_from(page: str) -> None:
    found = re.findall(r'<data value="([^"]+)" data-from="([^"]+)">([^<]+)</data>', page)
    assert ("9999.8215", "headline.json:converted.mean", "10.000") in found
    assert len(found) == page.count("<data ") > 20
    for value, origin, _ in found:
        assert repr(float(value)) == value
        assert re.search(r"headline\.json|tables/\w+\.csv|^[\d. /]+$", origin) and len(origin) <= 160


def test_the_page_may_run_nothing_and_ask_nobody(page: str) -> None:
    [policy] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', page)
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;")
    assert page.index("Content-Security-Policy") < page.index("<style")


def test_a_printed_page_has_its_number(page: str) -> None:
    assert '@page{@bottom-right{content:"side " counter(page) " af " counter(pages)}}' in page


def test_what_a_run_says_cannot_break_the_page(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", Shape("odd", title='Samtaler <script>alert("x")</script> & mere'))
    [path] = make_brief(folder, ["html"])
    page = path.read_text(encoding="utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page


def test_unknown_formats_and_languages_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["null"])
    with pytest.raises(InputError, match=r"no format 'rtf'; available: docx, html, md, pdf"):
        make_brief(folder, ["md", "rtf"])
    with pytest.raises(InputError, match="no language 'xx'"):
        make_brief(folder, ["md"], "xx")
    assert not list(folder.glob("brief.*"))
    assert {"docx", "html", "md", "pdf"} <= set(format_names())
    assert usual_formats() == tuple(name for name in format_names() if name != "xlsx")


def test_a_template_is_for_formats_that_take_one_and_is_looked_at_before_anything_is_written(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["null"])
    with pytest.raises(InputError, match="--template: is for --format docx; none of the formats asked for takes one"):
        make_brief(folder, ["md", "pdf"], edition=Edition(template=tmp_path / "gone.docx"))
    with pytest.raises(InputError, match="no such file; give a Word document"):
        make_brief(folder, ["md", "docx"], edition=Edition(template=tmp_path / "gone.docx"))
    assert not list(folder.glob("brief.*"))


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no headline\.json here; give the folder of a finished run"):
        make_brief(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        make_brief(tmp_path / "gone")
    (tmp_path / "headline.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="not readable as JSON"):
        make_brief(tmp_path)
