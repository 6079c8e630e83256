"""The waterfall of a bridge between two runs: every bar where its number says, every text Danish and on the sheet."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.report.language import NO_BREAK, Words
from simulator.report.style import SIZES
from simulator.report.waterfall import alt_text, bars_of, draw, save_waterfall, title
from tests.unit.report.drawn_texts import check_texts, texts_of

BLOCKS = ("calendar", "volume", "form", "effect", "value", "prices", "rules", "method")


def record(
    steps: dict[str, float], old: float = -7.8e6, beside: tuple[float, float] = (0.0, 0.0), **more: Any
) -> dict[str, Any]:
    """Return the record of a bridge with these steps in its stated order [kr.]."""
    total = sum(steps.values()) + sum(beside)
    return {
        "figure": "employment_effect",
        "unit": "kr.",
        "old": {"scenario": "jul-2021-andele", "figure": old},
        "new": {"scenario": "jul-2021", "figure": old + total},
        "order": list(BLOCKS),
        "steps": {
            block: {"in_order": steps.get(block, 0.0), "changes": [{"key": "a.key"}] if block in steps else []}
            for block in BLOCKS
        },
        "program_and_facts": {"old": beside[0], "new": beside[1]},
        "total": total,
        **more,
    }


PUBLISHED = record({"form": 1e6, "effect": 1.8e6})
RECORDS = {
    "published": PUBLISHED,
    "same": record({}),
    "nothing": record({"form": 0.0}, old=0.0),
    "all blocks": record(dict.fromkeys(BLOCKS, 0.4e6), beside=(0.1e6, -0.2e6)),
    "through nothing": record({"calendar": 9e6, "rules": -3e6, "method": -4e6}, old=-2e6),
    "small": record({"value": -1234.5}, old=400.0),
    "thousandfold": record({"volume": -7.8e9, "prices": 1e9}, old=-5e9),
    "conversations": record({"form": -1437.25}, old=11415.25, figure="converted", unit="conversations"),
    "weeks": record({"form": 1.25}, old=-7.5, figure="employment_weeks", unit="weeks"),
    "person-years": record({"effect": 8.1}, old=-25.6, figure="person_years", unit="person-years"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", RECORDS)
def test_no_text_overlaps_another_or_leaves_the_sheet(words: Words, name: str, size: str) -> None:
    figure = draw(RECORDS[name], words, size)
    assert len(texts_of(figure)) >= 6
    check_texts(figure)


def test_each_bar_begins_where_the_one_before_ends(words: Words) -> None:
    for name, one in RECORDS.items():
        first, *steps, last = bars_of(one, words)
        level = first.end
        for bar in steps:
            assert (bar.start, bar.level) == (level, False), name
            level = bar.end
        assert (first.start, last.start, first.level, last.level) == (0.0, 0.0, True, True)
        assert level == pytest.approx(last.end, abs=1e-3), name


def test_blocks_that_are_the_same_are_named_below_and_have_no_bar(words: Words) -> None:
    labels = [bar.label for bar in bars_of(PUBLISHED, words)]
    assert labels == ["Det gamle skøn", "Samtalernes form", "Effekt af en samtale", "Det nye skøn"]
    below = " ".join(text for text, _ in texts_of(draw(PUBLISHED, words)))
    assert "Ens i begge: kalender, antal samtaler, værdi i kroner, priser, regler og metode." in below
    many = [bar.label for bar in bars_of(RECORDS["all blocks"], words)]
    assert many.count("Program og faktatal") == 2 and len(many) == 12


def test_the_title_states_the_change(words: Words) -> None:
    told = {name: title(one, words).replace(NO_BREAK, " ") for name, one in RECORDS.items()}
    assert told["published"] == "Virkningen på den offentlige saldo går fra −7,80 mio. kr. til −5,00 mio. kr."
    assert told["same"] == "Virkningen på den offentlige saldo er −7,80 mio. kr. i begge beregninger"
    assert told["small"] == "Virkningen på den offentlige saldo går fra 400 kr. til −835 kr."
    assert told["conversations"] == "Antal samtaler der ændrer form går fra 11.415 samtaler til 9.978 samtaler"


def test_it_is_saved_with_a_description_and_the_same_bytes_each_time(tmp_path: Path, words: Words) -> None:
    (tmp_path / "again").mkdir()
    files = save_waterfall(PUBLISHED, tmp_path)
    again = save_waterfall(PUBLISHED, tmp_path / "again")
    assert [path.name for path in files] == ["bridge.svg", "bridge.png"]
    assert [path.read_bytes() for path in files] == [path.read_bytes() for path in again]
    root = ElementTree.fromstring(files[0].read_text(encoding="utf-8"))
    told = root.find("{http://www.w3.org/2000/svg}desc")
    assert told is not None and told.text == alt_text(PUBLISHED, words)
    assert "samtalernes form +1,00; effekt af en samtale +1,80" in alt_text(PUBLISHED, words)


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="allowed: da"):
        save_waterfall(PUBLISHED, tmp_path, "tlh")
