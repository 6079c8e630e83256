"""`saldo voi`: what it prints and writes, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from simulator import cli

DECISION = "scenarios/decision-digital-2022.yaml"
SMALL = (
    *("-S", "places=[Odense]", "-S", "period.to=2022-02-28", "-S", "delivery.run_on_weeks={least: 4, most: 4}"),
    *("-S", "saldo.value_per_person_year_kr=300000", "-S", "saldo.caseworker_kr_per_hour=400"),
)
FEW = ("--replications", "1", "--draws", "256")


def said(*words: str) -> Result:
    return CliRunner().invoke(cli.group, ["voi", *words])


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], Path]:
    file = tmp_path_factory.mktemp("voi") / "worth.csv"
    found = said(DECISION, *SMALL, *FEW, "--json", "--csv", str(file))
    assert found.exit_code == 0, found.output
    return json.loads(found.output), file


def test_json_and_csv_say_the_same(answer: tuple[dict[str, object], Path]) -> None:
    told, file = answer
    names = {"voi": file, **{name: Path(f"{file}.{name}.csv") for name in ("trial_sizes", "trial_worth")}}
    for name, path in names.items():
        kept, rows = pd.read_csv(path), told[name]
        assert isinstance(rows, list)
        assert list(kept.columns) == list(rows[0])
        assert len(kept) == len(rows)
    voi = pd.read_csv(file)
    evpi = voi[voi["measure"] == "evpi"]["a_year_mio_kr"].tolist()
    assert isinstance(told["voi"], list)
    assert evpi == pytest.approx([row["a_year_mio_kr"] for row in told["voi"] if row["measure"] == "evpi"])
    assert len(evpi) == 3


def test_it_says_what_was_asked_and_how_much_was_simulated(answer: tuple[dict[str, object], Path]) -> None:
    told, _ = answer
    assert told["scenario"] == "decision-digital-2022"
    assert (told["draws"], told["simulations"], told["horizon_years"]) == (256, 2, 10.0)
    assert told["tried"] == "office-chooses"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("nofile.yaml",), "there is no such file"),
        ((DECISION, "--draws", "100"), "100 draws are too few to learn from; allowed: 128 or more"),
        ((DECISION, *SMALL, "--draws", "1000"), "a power of two of points, not 1000"),
        ((DECISION, "--draws", "131072"), "131072 is out of range; allowed: up to 65536"),
        ((DECISION, "--simulations", "-1"), "-1 is out of range; allowed: 0 or more"),
        ((DECISION, "--replications", "0"), "0 is out of range"),
        ((DECISION, "--engine", "fst"), "`fst` is not among the engines"),
        ((DECISION, "--language", "fr"), "no language `fr`; allowed: da, en"),
        ((DECISION, "--csv", "nowhere/at/all.csv"), "there is no folder"),
        ((DECISION, "-S", "decision.horizon_years=0", *SMALL, *FEW), "is 0 years; allowed: above 0"),
        ((DECISION, "--group", "foo", *SMALL, *FEW), "`foo` is no group; allowed: stage, parts, or NAME=KEY,KEY"),
        ((DECISION, "--group", "x=effects.params.scle", *SMALL, *FEW), "did you mean effects.params.scale?"),
        ((DECISION, "-S", "decision.options=[{name: a}, {name: a}]"), "`a` is the name of another of this list"),
        (
            (
                *(DECISION, *SMALL, *FEW, "-S"),
                "decision.priors=[{name: a, key: effects.params.relativ_effect, "
                "distribution: {name: fixed, value: 1}}, "
                "{name: b, key: decision.horizon_years, distribution: {name: fixed, value: 1}}, "
                "{name: c, distribution: {name: normal, mean: 0, sd: 1}}]",
            ),
            "did you mean effects.params.relative_effect?",
        ),
    ],
)
def test_what_is_wrong_ends_with_2_and_says_so(words: tuple[str, ...], fault: str) -> None:
    found = said(*words)
    assert found.exit_code == 2, found.output
    assert fault in found.stderr
    assert "Traceback" not in found.output
