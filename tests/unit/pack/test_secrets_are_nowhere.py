"""Every byte of a run and of its pack is searched for the planted numbers; and quotients of what is told."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Any

import pandas as pd

from .planted import SHARE, VALUE, found_in, planted, saldo

TIMES = (1.0, 1 / 52, 52.0, 1e6, 1e6 / 52, 52e6, 100.0, 37.0, 7.0, 7e6, 7e6 / 52)
"""Factors that anybody would try: weeks, days, hours, millions."""


def test_the_run_folder_holds_none_of_them(kept: Path) -> None:
    files = [path for path in kept.rglob("*") if path.is_file()]
    assert {"brief.pdf", "brief.docx", "tabeller.xlsx", "saldo.parquet", "calendar.png"} <= {one.name for one in files}
    assert set().union(*(found_in(str(path), path.read_bytes()) for path in files)) == set()


def test_the_pack_holds_none_of_them_and_what_was_said_neither(kept: Path, pack: Path) -> None:
    assert found_in(str(pack), pack.read_bytes()) == set()
    assert found_in("said", (kept.parent / "said.txt").read_bytes()) == set()


def test_the_search_finds_what_is_planted(kept: Path) -> None:
    own = (kept.parent / "own.yaml").read_bytes()
    assert len(found_in("own.yaml", own)) >= 3, "else the search proves nothing"


def test_the_verbs_that_read_it_say_none_of_them_and_the_others_refuse(kept: Path) -> None:
    scenario = planted(kept.parent)
    for told in (
        saldo("check", scenario),
        saldo("sources", scenario),
        saldo("sources", kept),
        saldo("diff", kept, kept),
        saldo("verify", kept, "--no-rerun"),
    ):
        assert told.exit_code == 0, told.output
        assert found_in("said", told.output.encode()) == set()
    for refused in (
        saldo("breakeven", scenario),
        saldo("trace", kept, "saldo_mio_kr.employment_effect"),
        saldo("brief", kept, "--format", "xlsx"),
        saldo("brief", kept, "--defence", "--out", kept.parent / "defence.html"),
        saldo("figure", kept, "bridge"),
        saldo("new", "other", "--from", scenario),
        saldo("run", scenario, "-S", "saldo.value_per_person_year_kr=-348213.77"),
    ):
        assert refused.exit_code == 2, refused.output
        assert "onfidential" in refused.output or "***" in refused.output
        assert found_in("said", refused.output.encode()) == set()


def test_no_product_or_quotient_of_two_figures_is_the_value(kept: Path) -> None:
    figures = {**told_by(json.loads((kept / "headline.json").read_text(encoding="utf-8")))}
    for name, column in (("steps", "value"), ("concepts", "mio_kr"), ("control", "value"), ("saldo", "kr")):
        frame = pd.read_csv(kept / "tables" / f"{name}.csv")
        numbers = pd.to_numeric(frame[column], errors="coerce")
        figures |= {f"{name}:{row}": float(number) for row, number in numbers.dropna().items()}
    assert given_back(figures, VALUE) == []
    assert given_back(figures, SHARE, times=(1.0,)) == []


def test_the_search_for_quotients_finds_one() -> None:
    figures = {"effect_mio_kr": -5.0, "person_years": -16.7, "other": 3.0, "plain": 5.0 / 16.7}
    assert len(given_back(figures, 5e6 / 16.7)) == 1


def given_back(figures: dict[str, float], secret: float, times: tuple[float, ...] = TIMES) -> list[tuple[float, float]]:
    """Return the pairs of figures whose product or quotient is a number, but for a factor that anybody would try."""
    numbers = sorted({abs(number) for number in figures.values() if number and abs(number) != 1.0})
    return [
        (one, other)
        for one, other in itertools.combinations(numbers, 2)
        for found in (one / other, other / one, one * other)
        if any(math.isclose(found * factor, secret, rel_tol=1e-7) for factor in times)
    ]


def test_a_run_is_made_again_only_with_the_facts_file(kept: Path) -> None:
    alone = saldo("verify", kept)
    assert alone.exit_code == 1 and "--facts FILE" in alone.output
    again = saldo("verify", kept, "--facts", kept.parent / "own.yaml")
    assert again.exit_code == 0 and "0 of them differ" in again.output, again.output


def told_by(tree: Any, path: str = "") -> dict[str, float]:
    if isinstance(tree, dict):
        return {name: number for key, below in tree.items() for name, number in told_by(below, f"{path}.{key}").items()}
    return {path: float(tree)} if isinstance(tree, int | float) and not isinstance(tree, bool) else {}
