"""Predictions of a kept run: what its table says, added up by hand, and ranges that chance does not leave."""

from __future__ import annotations

import json
import math
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulator import pipeline
from simulator.errors import InputError
from simulator.forecast import By, Prediction, predictions_of
from simulator.forecast.measures import members_of
from simulator.forecast.prediction import SPREAD, probability_of
from simulator.results.months import months_by_place_table
from simulator.results.read import KeptRun
from simulator.results.record import Occasion
from simulator.results.save import Place, save
from simulator.scenario import read_scenario
from tests.unit.results.small_runs import SCENARIOS, small_run

MONTHS = ("period.from=2021-11-01", "period.to=2022-01-16")
SAMSOE, BORNHOLM = "741", "400"


def kept(folder: Path, *sets: str, engine: str = "reference") -> Path:
    moment = datetime(2021, 10, 15, tzinfo=UTC)
    save(small_run("christmas-2021", *MONTHS, *sets, engine=engine), Place(folder), Occasion("", (), moment, moment))
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a kept run of Samsø and Bornholm from November to 16 January."""
    return kept(tmp_path_factory.mktemp("kept") / "run")


def table_of(run: Path) -> pd.DataFrame:
    return pd.read_csv(run / "tables" / "months_by_place.csv", dtype={"municipality_code": str})


def test_values_are_those_of_the_table_by_hand(run: Path) -> None:
    rows = table_of(run)
    rows = rows[(rows["arm"] == "proposal") & (rows["municipality_code"] == SAMSOE) & (rows["month"] == 12)]
    measures = ("due", "held", "digital", "digital_share")
    found = {one.measure: one for one in predictions_of(run, By(measures, (SAMSOE,))) if one.month == 12}
    held, digital = rows["held"].sum(), rows["phone"].sum() + rows["video"].sum()
    assert found["held"].value == pytest.approx(held)
    assert found["due"].value == pytest.approx(rows["due"].sum())
    assert found["digital"].value == pytest.approx(digital)
    assert found["digital_share"].value == pytest.approx(digital / held)
    assert 0 < digital < held


def test_ranges_by_hand(run: Path) -> None:
    """Two replications: 1.96 x sd x sqrt(1 + 1/2); of a number held the variance is the number itself."""
    found = {one.measure: one for one in predictions_of(run, By(places=(SAMSOE,))) if one.month == 11}
    held, digital = found["held"], found["digital"]
    assert held.sd == pytest.approx(math.sqrt(held.value))
    assert held.std_error == pytest.approx(held.sd / math.sqrt(2))
    assert held.high == pytest.approx(held.value + 1.959964 * held.sd * math.sqrt(1.5))
    assert (held.kind, held.nominal, held.arm, held.types) == ("events", 0.95, "proposal", ())
    rows = table_of(run)
    rows = rows[(rows["arm"] == "proposal") & (rows["municipality_code"] == SAMSOE) & (rows["month"] == 11)]
    by_kind = rows.assign(digital=rows["phone"] + rows["video"]).groupby(
        rows["type"].isin(["jobsamtale", "opfoelgning"])
    )
    assumed = pd.read_csv(run / "tables" / "assumptions.csv").set_index("key").loc[SPREAD, "value"]
    shared = sum(part["digital"].sum() ** 2 for _, part in by_kind) * float(assumed) ** 2 / 3
    assert digital.sd >= math.sqrt(digital.value)
    assert digital.sd == pytest.approx(math.sqrt(digital.value + shared))


def test_places_of_an_area_add_up_and_their_luck_is_their_own(run: Path, tmp_path: Path) -> None:
    """Ten municipalities that are each like Samsø: ten times the number and ten times the variance."""
    folder, ten = tmp_path / "ten", members_of("Fyn")
    shutil.copytree(run, folder)
    rows = table_of(run)
    rows = rows[rows["municipality_code"] == SAMSOE]
    pd.concat([rows.assign(municipality_code=code) for code in ten]).to_csv(
        folder / "tables" / "months_by_place.csv", index=False
    )
    fyn, samsoe = predictions_of(folder, By(places=("Fyn",))), predictions_of(run, By(places=(SAMSOE,)))
    assert len(ten) == 10
    for area, one in zip(fyn, samsoe, strict=True):
        times = 1 if area.measure == "digital_share" else 10
        assert (area.place, area.value) == ("Fyn", pytest.approx(times * one.value))
        assert area.sd == pytest.approx(math.sqrt(10) * one.sd * times / 10)


def test_no_range_reaches_beyond_what_can_be(run: Path, tmp_path: Path) -> None:
    folder = tmp_path / "all-digital"
    shutil.copytree(run, folder)
    rows = table_of(run)
    rows.assign(physical=0.0, phone=rows["held"], video=0.0).to_csv(
        folder / "tables" / "months_by_place.csv", index=False
    )
    for one in predictions_of(folder, By(("digital_share", "physical"), (SAMSOE,))):
        if one.measure == "digital_share":
            assert (one.value, one.high) == (1, 1)
            assert one.low is not None and 0.5 < one.low < 1
        else:
            assert (one.value, one.low, one.kind) == (0, None, "none")
    few = predictions_of(run, By(("held",), (SAMSOE,), ("rehabiliteringsmoede",)))
    assert [one.low for one in few] == [0, 0, 0]


def test_types_add_up_and_a_place_is_known_by_its_name(run: Path) -> None:
    both = {one.month: one for one in predictions_of(run, By(("held",), ("Bornholm",)))}
    assert {one.place for one in both.values()} == {BORNHOLM}
    each = predictions_of(run, By(("held",)))
    assert {one.place for one in each} == {SAMSOE, BORNHOLM}, "the country is not all there, so it is not predicted"
    of_type = [
        {one.month: one.value for one in predictions_of(run, By(("held",), (BORNHOLM,), (name,)))}
        for name in ("cv_samtale", "raadighedssamtale", "jobsamtale", "opfoelgning", "rehabiliteringsmoede")
    ]
    for month, one in both.items():
        assert one.value == pytest.approx(sum(values[month] for values in of_type if month in values))


def test_a_year_or_month_of_which_the_run_holds_a_part_says_so(run: Path) -> None:
    found = {(one.year, one.month): one.complete for one in predictions_of(run, By(("held",), (SAMSOE,)))}
    assert found == {(2021, 11): True, (2021, 12): True, (2022, 1): False}
    years = predictions_of(run, By(("held",), (SAMSOE,), months=False))
    assert [(one.year, one.month, one.complete) for one in years] == [(2021, None, False), (2022, None, False)]
    months = predictions_of(run, By(("held",), (SAMSOE,)))
    assert years[0].value == pytest.approx(months[0].value + months[1].value)


def test_the_baseline_is_another_prediction(run: Path) -> None:
    shares = {arm: predictions_of(run, By(("digital_share",), (SAMSOE,), arm=arm)) for arm in ("proposal", "baseline")}
    assert shares["proposal"][2].value > shares["baseline"][2].value
    assert {one.arm for one in shares["baseline"]} == {"baseline"}


def test_runs_at_other_assumptions_give_a_span_without_a_probability(run: Path, tmp_path: Path) -> None:
    more = kept(tmp_path / "more", "attendance.take_up_scale=1.1")
    asked = By(("digital",), (SAMSOE,))
    here, there = predictions_of(run, asked)[2], predictions_of(more, asked)[2]
    spanned = predictions_of(run, asked, beside=(more,))[2]
    assert (spanned.value, spanned.kind, spanned.nominal) == (here.value, "knowledge", None)
    ends = [end for one in (here, there) for end in (one.low, one.high) if end is not None]
    assert (spanned.low, spanned.high) == (min(ends), max(ends))
    assert there.value > here.value


@pytest.mark.parametrize(
    ("layers", "nominal"),
    [
        (["draw 1", "draw 2", "draw 3"], 2 / 4),
        (["draw 1", "draw 1", "draw 3"], None),
        (["draw 1", "draw 2", "command line"], None),
        (["draw 1"], None),
    ],
)
def test_a_span_has_a_probability_where_the_runs_are_different_draws(
    layers: list[str], nominal: float | None, tmp_path: Path
) -> None:
    """Of three numbers and one more, in any order, the one lies between two others in two of four orders."""

    def drawn(number: int, layer: str, seed: int = 1) -> KeptRun:
        folder = tmp_path / str(number)
        folder.mkdir(exist_ok=True)
        record = {"scenario": "a", "seed": seed, "layers": ["facts", layer]}
        (folder / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
        return KeptRun(folder)

    runs = [drawn(number, layer) for number, layer in enumerate(layers)]
    assert probability_of(runs) == nominal
    assert probability_of([*runs, drawn(9, "draw 9", seed=2)]) is None


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (By(("digitel",)), "no measure 'digitel'; allowed: due, held.*did you mean digital?"),
        (By(types=("jobsamtaler",)), "no type 'jobsamtaler'; .*did you mean jobsamtale?"),
        (By(arm="both"), "no arm 'both'; allowed: proposal, baseline"),
        (By(places=("DK",)), "does not hold all of DK .lacks København, Frederiksberg, Ballerup and 93 more."),
        (By(places=("Odensee",)), "`Odensee` is not a place; .*did you mean Odense?"),
        (By(places=("Odense",)), r"does not hold all of Odense \(lacks Odense\)"),
    ],
)
def test_what_a_run_cannot_predict_is_refused(by: By, words: str, run: Path) -> None:
    with pytest.raises(InputError, match=words):
        predictions_of(run, by)


def test_runs_that_predict_nothing_by_month_are_refused(run: Path, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(run, older)
    (older / "tables" / "months_by_place.csv").unlink()
    with pytest.raises(InputError, match="an older version made this run; run the scenario again"):
        predictions_of(older)
    with pytest.raises(InputError, match="the control alone predicts nothing by month"):
        predictions_of(kept(tmp_path / "by-hand", engine="control"))
    with pytest.raises(InputError, match="there is no such folder"):
        predictions_of(tmp_path / "none")
    shutil.copytree(run, tmp_path / "damaged")
    headline = tmp_path / "damaged" / "headline.json"
    headline.write_text(json.dumps(json.loads(headline.read_text(encoding="utf-8")) | {"period": 5}), encoding="utf-8")
    with pytest.raises(InputError, match="does not say period"):
        predictions_of(tmp_path / "damaged")


def test_months_by_place_add_up_to_the_months(run: Path) -> None:
    months = pd.read_csv(run / "tables" / "months.csv")
    columns = ["due", "held", "physical", "phone", "video"]
    whole = months.groupby(["arm", "year", "month"])[columns].sum()
    parts = table_of(run).groupby(["arm", "year", "month"])[columns].sum()
    pd.testing.assert_frame_equal(parts, whole)
    assert "jobsamtale_a_kasse" not in set(table_of(run)["type"]), "it begins in 2024"


def test_chance_is_no_wider_than_the_range_takes_it_to_be() -> None:
    """Sixty replications of a month on Samsø.

    Were the variance that of the range, a ratio above 1.6 would have a chance of 0.2 per cent; ten are looked at, so
    the error rate is at most 2 per cent.
    """
    world = pipeline.prepare(
        read_scenario(
            SCENARIOS / "current-law.yaml", ["places=[Samsø]", "period.from=2025-09-01", "period.to=2025-09-30"]
        )
    )
    tables = [
        months_by_place_table(world.setting, pipeline.run_once(world, 1, number).counts.arms) for number in range(60)
    ]
    spread = world.scenario.baseline.values[SPREAD]
    rows = pd.concat(tables, keys=range(60), names=["replication", None]).query("arm == 'baseline'")
    rows = rows.assign(digital=rows["phone"] + rows["video"])
    looked_at = 0
    for _, part in rows.groupby("type"):
        held, digital = part["held"].to_numpy(), part["digital"].to_numpy()
        looked_at += 1 + 2 * bool(digital.mean())
        assert np.var(held, ddof=1) <= 1.6 * held.mean()
        if not digital.mean():
            continue
        assert np.var(digital, ddof=1) <= 1.6 * (digital.mean() + (digital.mean() * spread) ** 2 / 3)
        share, shared = digital.mean() / held.mean(), (digital.mean() * spread) ** 2 / 3
        of_share = share * (1 - share) / held.mean() + shared / held.mean() ** 2
        assert np.var(digital / held, ddof=1) <= 1.6 * of_share
    assert looked_at == 10


def test_a_prediction_is_found_by_what_an_outcome_says() -> None:
    assert Prediction("held", "DK", 2025, None, 1.0).key == ("held", "DK", 2025, 0, ())
