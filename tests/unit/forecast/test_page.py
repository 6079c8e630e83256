"""Scores as text, JSON and CSV, and predictions as a case keeps them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.forecast import (
    content_of,
    content_of_predictions,
    form_of,
    pairs_csv,
    plain,
    plain_predictions,
    predictions_from,
    read_outcomes,
    scored,
)
from simulator.forecast.measures import LEVELS, called, level_of, members_of, place_named
from simulator.forecast.page import MOST_PAIRS
from tests.unit.forecast.made_up import ISSUED, came, said

RANGE = {"low": 90.0, "high": 110.0, "sd": 10.0, "kind": "events", "nominal": 0.95}
REGIONS = ("Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland")
SHARE = {"measure": "digital_share", "place": "Fyn", "types": ("jobsamtale",)}


def scores() -> Any:
    predictions = [said(100, 9, **RANGE), said(1200, 10), said(0.4, 9, **SHARE), said(0.5, 10, **SHARE), said(7, 12)]
    outcomes = [came(112, 9), came(1000, 10), came(0.45, 9, **SHARE), came(0.5, 10, published=ISSUED, **SHARE)]
    return scored(predictions, [*outcomes, came(1, 1), came(108, 9, naive=True, published=ISSUED)], ISSUED)


def test_the_page_by_eye() -> None:
    assert plain(scores()) == (
        "Issued on 2025-08-31.\n"
        "\n"
        "                               predicted     range  counted        error          inside  range of\n"
        "Odense 2025-09  held                 100  90 - 110      112        -12.0  -10.7%      no    events\n"
        "Odense 2025-10  held               1,200         -    1,000       +200.0  +20.0%       -         -\n"
        "Fyn 2025-09     digital_share      40.0%         -    45.0%  -5.0 points  -11.1%       -         -\n"
        "\n"
        "digital_share, jobsamtale, by landsdel: 1 pair\n"
        "  bias -5.0 points  mean absolute error 5.0 points  mean absolute percentage error 11.1%\n"
        "  few: with 1 pair the share inside says little, and pairs of one run miss together\n"
        "\n"
        "held, all, by municipality: 2 pairs\n"
        "  bias +94.0  mean absolute error 106.0  mean absolute percentage error 15.4%\n"
        "  0 of 1 lie inside their range, where 95% should\n"
        "  interval score 100.0, lower is better\n"
        "  CRPS 7.5, lower is better\n"
        "  skill -2.00 against 1 naive forecast: worse than it\n"
        "  few: with 2 pairs the share inside says little, and pairs of one run miss together\n"
        "\n"
        "The ranges hold the chance of events alone, not what we do not know of take-up and stocks.\n"
        "predicted, and no outcome yet: 2 (digital_share of Fyn 2025-10, held of Odense 2025-12)\n"
        "counted, and not predicted: 1 (held of Odense 2025-01)\n"
        "not taken: digital_share of Fyn 2025-10, published on 2025-08-31, not after the prediction was issued on "
        "2025-08-31: it was known\n"
    )


def test_without_a_day_of_issue_it_says_that_it_is_no_forecast() -> None:
    assert plain(scored([said(1)], [came(1)])).startswith("No day of issue is given: this is a look back")


def test_many_pairs_are_cut_short_and_the_csv_has_all() -> None:
    number = MOST_PAIRS + 3
    found = scored(
        [said(1, 1, year=2000 + at) for at in range(number)], [came(1, 1, year=2000 + at) for at in range(number)]
    )
    assert "and 3 more" in plain(found)
    assert len(list(csv.DictReader(io.StringIO(pairs_csv(found))))) == number


def test_json_and_csv_hold_the_same_numbers() -> None:
    content = json.loads(json.dumps(content_of(scores()), allow_nan=False))
    rows = list(csv.DictReader(io.StringIO(pairs_csv(scores()))))
    assert [float(row["error"]) for row in rows] == [pair["error"] for pair in content["pairs"]]
    assert (rows[0]["place_name"], rows[0]["inside"], rows[2]["types"]) == ("Odense", "0", "jobsamtale")
    assert content["issued"] == "2025-08-31"
    assert content["summaries"][1]["skill"] == pytest.approx(-2)
    assert [len(content[name]) for name in ("without_outcome", "without_prediction", "refused")] == [2, 1, 1]


def test_a_source_that_a_spreadsheet_would_run_is_kept_from_it() -> None:
    found = scored([said(1)], [came(1, source="=cmd()")])
    assert next(csv.DictReader(io.StringIO(pairs_csv(found))))["source"] == "'=cmd()"


def test_a_form_that_was_filled_in_is_read_back_and_its_other_rows_are_not_there_yet(tmp_path: Path) -> None:
    predictions = [said(100), said(0.4, None, **SHARE), said(3, place="400", types=("jobsamtale", "opfoelgning"))]
    form = form_of(predictions)
    assert form.splitlines()[1] == "held;Odense;2025;9;;;;"
    file = tmp_path / "form.csv"
    file.write_text(form, encoding="utf-8-sig")
    with pytest.raises(InputError, match="holds no outcomes"):
        read_outcomes(file)
    lines = form.splitlines()
    lines[1] = lines[1].replace(";;;;", ";1.100;STAR;15.10.2025;")
    lines[3] = lines[3].replace(";;;;", ";4;STAR;15.10.2025;")
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    found = scored(predictions, read_outcomes(file))
    assert [pair.error for pair in found.pairs] == [-1000, -1]
    assert [one.measure for one in found.without_outcome] == ["digital_share"]


def test_every_place_is_found_again_by_its_name() -> None:
    places = [*members_of("DK"), "DK", "Sjælland", "Hovedstaden", "Byen København", "Østsjælland", "Nordjylland", "Fyn"]
    assert [place_named(called(place)) for place in places] == places
    assert place_named("Region Sjælland") == "Sjælland"
    assert len(members_of("DK")) == sum(len(members_of(name)) for name in REGIONS) == 98
    assert [level_of(place) for place in ("DK", "Sjælland", "Fyn", "461")] == list(LEVELS)


def test_predictions_by_eye() -> None:
    rows = [said(1234, **RANGE | {"low": 1165.0, "high": 1303.0}), said(0.4, 10, **SHARE, complete=False)]
    assert plain_predictions(rows) == (
        "                               predicted          range  range of  of\n"
        "Odense 2025-09  held               1,234  1,165 - 1,303    events  all\n"
        "Fyn 2025-10     digital_share      40.0%              -         -  jobsamtale, a part of these days\n"
    )


def test_predictions_are_read_back_as_they_were_written() -> None:
    predictions = (said(100, **RANGE, types=("jobsamtale",)), said(0.4, None, **SHARE, complete=False, run_id="a"))
    written = json.loads(json.dumps(content_of_predictions(predictions), allow_nan=False))
    assert predictions_from(written, "journal") == predictions


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"measure": "weeks"}, "measure"),
        ({"place": "Nowhere"}, "place or run_id"),
        ({"month": 13}, "month"),
        ({"year": "2025"}, "year"),
        ({"value": None}, "value"),
        ({"low": "a"}, "low"),
        ({"value": float("nan")}, "value"),
        ({"low": 5.0, "high": 6.0, "kind": "events"}, "low and high"),
        ({"low": 1.0}, "low and high"),
        ({"complete": 1}, "complete"),
        ({"measure": []}, "measure"),
        ({"place": 461}, "place or run_id"),
        ({"types": [["x"]]}, "types"),
        ({"types": ["x"]}, "types"),
        ({"more": 1}, "and nothing else"),
    ],
)
def test_predictions_edited_into_nonsense_are_named(change: dict[str, Any], words: str) -> None:
    written = content_of_predictions([said(1), said(2, 10)])
    written[1] |= change
    with pytest.raises(InputError, match=rf"journal  predictions\[2\]: .*{words}"):
        predictions_from(written, "journal")
    with pytest.raises(InputError, match="must hold a list"):
        predictions_from({}, "journal")
