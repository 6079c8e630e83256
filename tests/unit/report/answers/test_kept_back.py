"""A run that keeps figures back: the forms tell the estimate, and ask for nothing that would give a figure back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.report.answers import form_names
from simulator.report.blocks import Paragraph
from simulator.report.reading import Run
from tests.unit.report.answers.made_up_issues import FULL, document, table, text
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

SECRET = "saldo.value_per_person_year_kr"
LEFT_OUT = (
    *("employment_weeks", "full_time_person_years", "caseworker_hours", "no_show_hours", "if_carried", "utilisation"),
    *("employment_days_per_converted_conversation", "identified_product", "saldo_mio_kr_by_step"),
    *("saldo_mio_kr.form", "saldo_mio_kr.volume", "saldo_mio_kr.net"),
)
FolderOf = Callable[[str], Path]


@pytest.fixture(params=["confidential", "small_cells"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Path]:
    """A run that keeps figures back, and refuses to tell what it left out."""
    folder, kind = write_run(tmp_path / "run", SHAPES["published"]), str(request.param)
    left_out = (*LEFT_OUT, *(("converted", "conversations", "reverse") if kind == "small_cells" else ()))
    path = folder / "headline.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**found, kind: {"values": [SECRET], "left_out": list(left_out)}}), encoding="utf-8")
    number = Run.number

    def refusing(run: Run, *way: str | int) -> float | None:
        asked = ".".join(map(str, way))
        assert not any(f"{asked}.".startswith(f"{one}.") for one in left_out), f"{asked} was left out"
        return number(run, *way)

    monkeypatch.setattr(Run, "number", refusing)
    return kind, folder


@pytest.mark.parametrize("form", form_names())
@pytest.mark.parametrize("language", ["da", "en"])
def test_no_form_asks_for_what_was_left_out(kept: tuple[str, Path], form: str, language: str) -> None:
    assert text(document(kept[1], FULL, form, language))


def test_the_note_has_its_sections_and_says_why_they_are_short(kept: tuple[str, Path]) -> None:
    found = document(kept[1], FULL, "note")
    labels = [block.label for block in found.blocks if isinstance(block, Paragraph)]
    assert [label[0] for label in labels if label[:1].isdigit()] == list("12345678")
    told = text(found)
    assert "i størrelsesordenen 5 mio. kr." in told
    assert "De gengives ikke, og det gør heller ikke de led, som ville give dem tilbage." in told
    assert ("10.000 samtaler" in told) == (kept[0] == "confidential")
    assert table(found, "chain") is None and table(found, "years") is None


def test_a_confidential_value_is_not_told_before_or_after(kept: tuple[str, Path]) -> None:
    told = text(document(kept[1], FULL, "half_page"))
    assert ("310.000" in told) == ("300.000" in told) == (kept[0] == "small_cells")
    assert ("fortroligt" in told) == (kept[0] == "confidential")
    assert "Andel af effekten, som en digital samtale bevarer" in told


def test_the_line_to_say_has_no_division(kept: tuple[str, Path]) -> None:
    told = text(document(kept[1], FULL, "spoken"))
    assert "koster de offentlige finanser omkring 5 millioner kroner i alt." in told and "for hver" not in told
