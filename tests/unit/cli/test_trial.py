"""`saldo trial`: what it prints, draws and writes, and what it refuses."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group

SCENARIOS = Path(__file__).parents[3] / "scenarios"
SCENARIO = str(SCENARIOS / "trial-digital-2021.yaml")
ENCOURAGED = str(SCENARIOS / "trial-encouragement-2022.yaml")
SMALL = ("-S", "places=[Svendborg]", "--simulations", "4", "--jobs", "1")
PLACES = "places=[Svendborg, Nyborg, Assens, Langeland]"


def saldo(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments), prog_name="saldo")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trial")


@pytest.fixture(scope="module")
def printed(folder: Path) -> str:
    files = [part for form in ("csv", "png", "svg") for part in (f"--{form}", str(folder / f"power.{form}"))]
    result = saldo("trial", SCENARIO, *SMALL, *files, "--language", "en")
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def record() -> dict[str, object]:
    result = saldo("trial", SCENARIO, *SMALL, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_the_line_for_a_committee_stands_first(printed: str, record: dict[str, dict[str, str]]) -> None:
    assert printed.splitlines()[0] == record["line"]["en"]
    needed, admitted = record["one_point"]["persons_per_arm"], record["one_point"]["admitted_per_arm"]
    assert f"{needed:,}" in record["line"]["en"] and f"{admitted:,}" in record["line"]["en"]
    assert record["line"]["da"].startswith("For at se ét procentpoint færre i job")
    assert "Nobody is taken in while the national incidence is at or above 200" in printed


def test_page_file_and_record_say_the_same(
    printed: str, record: dict[str, list[dict[str, float]]], folder: Path
) -> None:
    rows = list(csv.DictReader(StringIO((folder / "power.csv").read_text(encoding="utf-8"))))
    assert list(rows[0])[:5] == ["outcome", "persons_per_arm", "effect", "effect_unit", "closed_form_power"]
    assert len(rows) == len(record["power"]) == 20
    for told, row in zip(rows, record["power"], strict=True):
        assert float(told["closed_form_power"]) == row["closed_form_power"]
        assert float(told["simulated_power"]) == row["simulated_power"]
        assert int(told["simulations"]) == row["simulations"] == 4
        assert told["holds"] == "False" and "fear" in told["why_not"]
    assert "conversations in person are worth less in fear" in printed
    assert {row["check"] for row in record["checks"]} == {"type_1_error", "coverage"}


def test_the_figure_is_drawn_in_both_forms(folder: Path) -> None:
    assert (folder / "power.png").read_bytes()[:4] == b"\x89PNG"
    svg = (folder / "power.svg").read_text(encoding="utf-8")
    assert "<title" in svg and "Chance of finding the effect of" in svg and "per arm: closed form" in svg


def test_formulas_alone_simulate_no_trial() -> None:
    result = saldo("trial", ENCOURAGED, "-S", "places=[Svendborg]", "--closed-form", "--jobs", "1", "--json")
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert record["simulations"] == 0 and record["checks"] == [] and record["pilot_replications"] == 10
    assert {row["simulated_power"] for row in record["power"]} == {None}
    shares = {row["quantity"]: row["value"] for row in record["quantities"]}
    assert 0.15 < shares["first_stage"] < 0.35, "0.55 against 0.25 of conversations, and some hold none"
    plain = saldo("trial", ENCOURAGED, "-S", "places=[Svendborg]", "--closed-form", "--jobs", "1").stdout
    assert "intet forsøg er simuleret" in plain and "For dem, der følger opfordringen" in plain


@pytest.mark.parametrize("design", ["by_jobcentre", "stepped_wedge"])
def test_designs_by_place_run_from_the_command_line(design: str) -> None:
    sets = ("-S", PLACES, "--simulations", "3", "--jobs", "1", "--language", "en")
    result = saldo("trial", SCENARIO, *sets, "--design", design, "--outcome", "weeks_in_52")
    assert result.exit_code == 0, result.output
    assert "there are few jobcentres" in result.stdout and "weeks in employment of 52" in result.stdout


def test_under_a_model_that_leads_nobody_out_the_trial_is_simulated_under_hazard() -> None:
    asked = ("trial", SCENARIO, "-S", "places=[Svendborg]", "--closed-form", "--jobs", "1", "--language", "en")
    own, other = saldo(*asked), saldo(*asked, "-S", "effects.model=fading_loss")
    assert own.exit_code == other.exit_code == 0, other.output
    staged = [line for line in other.stdout.splitlines() if line not in own.stdout.splitlines()]
    assert len(staged) == 1 and "under fading_loss, the scenario's own" in staged[0]


def test_a_trial_runs_over_its_own_days() -> None:
    """The period of the estimate may end before the last is followed for a year."""
    asked = ("trial", SCENARIO, "-S", "places=[Svendborg]", "--closed-form", "--jobs", "1", "--json")
    own, short = (saldo(*asked, *more) for more in ((), ("-S", "period.to=2021-12-31")))
    assert own.exit_code == short.exit_code == 0, short.output
    found = [{row["quantity"]: row for row in json.loads(one.stdout)["quantities"]} for one in (own, short)]
    assert found[0]["intake_persons"] == found[1]["intake_persons"]
    for name in ("weeks_52_control", "weeks_52_treated"):
        own_weeks, short_weeks = (one[name]["value"] for one in found)
        assert short_weeks == pytest.approx(own_weeks, rel=1e-3), "fear is a mean over weeks, which begin elsewhere"


def test_contamination_is_told() -> None:
    crossing = "trial.contamination.control_gets_treated=30 %"
    result = saldo("trial", SCENARIO, *SMALL, "-S", crossing, "--language", "en")
    assert "some are met as the other arm is" in result.stdout
    assert "With 30 per cent / 0 per cent met as the other arm is" in result.stdout.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.yaml",), "nowhere.yaml"),
        ((str(SCENARIOS / "null.yaml"),), "plans no trial"),
        ((SCENARIO, "--design", "cluster"), "is no design of a trial"),
        ((SCENARIO, "--outcome", "weeks"), "is no outcome of a trial"),
        ((SCENARIO, "--simulations", "1"), "allowed: 2 to 100,000"),
        ((SCENARIO, "--simulations", "x"), "--simulations"),
        ((SCENARIO, "--closed-form", "--simulations", "5"), "--closed-form"),
        ((SCENARIO, "--size", "poster"), "no size"),
        ((SCENARIO, "--language", "se"), "no language"),
        ((SCENARIO, "--png", "/no/such/folder/a.png"), "no folder"),
        ((SCENARIO, "--csv", "."), "is a folder"),
        ((SCENARIO, "-S", "trial.jobcentre_spread=90 %", "-S", "places=[Svendborg]"), "makes no sense"),
        ((SCENARIO, "-S", "trial.power=2"), "trial.power"),
        ((SCENARIO, "--seed", "-1"), "seed"),
        ((SCENARIO, "--jobs", "0"), "jobs"),
        (
            (SCENARIO, "-S", "trial.intake.stop_above_per_100k=1", "-S", "places=[Svendborg]", "--closed-form"),
            "at least four in each",
        ),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], said: str) -> None:
    result = saldo("trial", *arguments)
    assert result.exit_code == 2, result.output
    assert said in result.stderr and "Traceback" not in result.stderr
