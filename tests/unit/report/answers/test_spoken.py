"""The line to say: two sentences, whatever the run says, without a unit that nobody says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.report.blocks import Paragraph, plain
from simulator.report.language import NO_BREAK, languages, read_words
from tests.unit.report.answers.made_up_issues import DRAFT, FULL, document
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

FolderOf = Callable[[str], Path]
SAID = {
    "published": "»Vi ved ikke, om en telefonsamtale virker lige så godt som et møde. Derfor regner vi med et tab på "
    "omkring 500 kroner for hver samtale og omkring 5 millioner kroner i alt.«",
    "partial_loss": "»Vi ved ikke, om en telefonsamtale virker lige så godt som et møde. Derfor regner vi med et tab "
    "på omkring 500 kroner for hver samtale og omkring 5 millioner kroner i alt.«",
    "null": "»Forslaget ændrer hverken, hvor mange samtaler der holdes, eller hvordan de holdes. Derfor har det ingen "
    "virkning på de offentlige finanser.«",
    "gain": "»Vi ved ikke, om en telefonsamtale virker lige så godt som et møde. Med det, vi har lagt til grund, "
    "regner vi med en gevinst på omkring 130 kroner for hver samtale og omkring 1,3 millioner kroner i alt.«",
    "suspension": "»Det, der ændres, er, hvor mange samtaler der holdes, og det svarer til omkring 31 millioner "
    "kroner, som ikke er talt med. Vi ved ikke præcist, hvad en samtale betyder for, om folk kommer i arbejde.«",
    "reverse": "»Flere samtaler bliver til møder, og vi regner ikke med en virkning på de offentlige finanser. Vi ved "
    "dog ikke, om et møde virker bedre end en telefonsamtale.«",
    "transfers": "»Vi ved ikke, om en telefonsamtale virker lige så godt som et møde. Derfor regner vi med et tab på "
    "omkring 500 kroner for hver samtale og omkring 5 millioner kroner i alt før skat.«",
}


def line(folder: Path, language: str = "da") -> str:
    blocks = document(folder, DRAFT, "spoken", language).blocks
    [found] = [block for block in blocks if isinstance(block, Paragraph) and block.tone == "speech"]
    return plain(found.text).replace(NO_BREAK, " ")


@pytest.mark.parametrize("name", SAID)
def test_the_minister_says_what_the_run_says(name: str, folder_of: FolderOf) -> None:
    assert line(folder_of(name)) == SAID[name]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", SHAPES)
def test_there_are_two_sentences_and_no_unit_that_nobody_says(name: str, language: str, folder_of: FolderOf) -> None:
    said = line(folder_of(name), language)
    assert len(re.findall(r"[.!?](?=\s|[«”’'])", said)) == 2
    assert not re.search(r"\b(?:mio|kr|ca|pct|pr|pl|DKK|fuldtids)\b|[−+%_{}]", said)


def test_small_amounts_are_said_in_kroner_and_one_million_is_one(tmp_path: Path) -> None:
    small = write_run(tmp_path / "small", replace(SHAPES["published"], scale=0.04))
    assert "omkring 200.000 kroner i alt" in line(small)
    one = write_run(tmp_path / "one", replace(SHAPES["published"], scale=0.2))
    assert "omkring 1 million kroner i alt" in line(one)


def test_a_rule_that_lasts_is_said_by_the_year(folder_of: FolderOf) -> None:
    assert "om året" in line(folder_of("lasting")) and "i alt" not in line(folder_of("lasting"))


def test_an_open_sign_is_a_loss_or_a_gain(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["partial_loss"])
    path = folder / "headline.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["saldo_mio_kr"]["employment_effect"] |= {"low": -8.4, "high": 4.2}
    found["knowledge"]["sign"] = "computed"
    path.write_text(json.dumps(found), encoding="utf-8")
    assert line(folder) == (
        "»Vi ved ikke, om det bliver et tab eller en gevinst for de offentlige finanser. Med det, vi ved, kan det "
        "blive alt fra et tab på 9 millioner kroner til en gevinst på 5 millioner kroner.«"
    )


def test_it_is_the_same_whatever_the_case_says(folder_of: FolderOf) -> None:
    changed = document(folder_of("published"), FULL, "spoken").blocks
    assert [block for block in changed if isinstance(block, Paragraph)][-1].text == (
        [block for block in document(folder_of("published"), DRAFT, "spoken").blocks if isinstance(block, Paragraph)][
            -1
        ]
    ).text


def test_every_kind_of_sentence_has_both_in_every_language() -> None:
    for language in languages():
        assert all(set(pair) == {"first", "second"} for pair in read_words(language).find("answers.spoken").values())
