"""The page, served and mailed, prints the digits of the command line; the mailed one says how near between them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator import pipeline
from simulator.report.language import read_words
from simulator.uncertainty.worked import reading_of
from simulator.web.desk.delivered import Delivered
from simulator.web.desk.desk import Desk
from simulator.web.opened import Options, base_of
from simulator.web.position import Position, Reader
from simulator.web.static import plan_static
from tests.property.page_in_node import PRINTS, in_node, told_in

BOTTOM_UP = Path("scenarios/christmas-2021-bottom-up.yaml")
PUBLISHED = Path("scenarios/christmas-2021.yaml")
LANGUAGES = ("da", "en")
RELATIVE, SCALE = "effects.params.relative_effect", "effects.params.scale"
VALUE, TAKE_UP = "saldo.value_per_person_year_kr", "attendance.take_up_scale"
DECIMALS = {
    "employment_effect_mio_kr": 2,
    "low": 2,
    "high": 2,
    "net_mio_kr": 2,
    "form_mio_kr": 2,
    "volume_mio_kr": 2,
    "employment_weeks": 1,
    "person_years": 1,
    "kr_per_conversation": 0,
    "converted": 0,
    "held_baseline": 0,
    "physical_baseline": 0,
    "control.employment_effect_mio_kr": 2,
    "control.converted": 0,
    "control.person_years": 1,
}
Chosen = dict[str, str]


def figures_of(headline: dict[str, Any]) -> dict[str, float | None]:
    """Return the figures of a run under the names of the page."""
    kroner, effect = headline["saldo_mio_kr"], headline["saldo_mio_kr"]["employment_effect"]
    held = headline["conversations"]["baseline"]
    return {
        "employment_effect_mio_kr": effect["mean"],
        "low": effect["low"],
        "high": effect["high"],
        "net_mio_kr": kroner["net"]["mean"],
        "form_mio_kr": kroner["form"]["mean"],
        "volume_mio_kr": kroner["volume"]["mean"],
        "employment_weeks": headline["employment_weeks"]["mean"],
        "person_years": headline["full_time_person_years"]["mean"],
        "kr_per_conversation": headline["kr_per_converted_conversation"]["mean"],
        "converted": headline["converted"]["mean"],
        "held_baseline": held["held"],
        "physical_baseline": held["physical"],
        "control.employment_effect_mio_kr": effect["control"],
        "control.converted": headline["converted"]["control"],
        "control.person_years": headline["full_time_person_years"]["control"],
    }


class Served:
    """What the served page is told of positions, with all that they deliver at hand."""

    def __init__(self, scenario: Path, options: Options, sets: tuple[str, ...]) -> None:
        self.base, self.read = base_of(scenario, scenario.name, options, sets), Reader()
        self.desk = Desk(self.read)

    def figures(self, settings: Chosen) -> dict[str, float | None]:
        """Return the figures of a position under the names of the mailed page, as far as the served one shows them."""
        position = Position(self.base, tuple(settings.items()))
        if not self.desk.has(position):
            scenario = self.read(position)
            world = pipeline.prepare(scenario)
            told = pipeline.record(world, position.plan(scenario, jobs=2))
            self.desk.take(self.desk.delivery_of(position), Delivered(world, told, reading_of(scenario)))
        value = self.desk.value(position, "da")
        assert value["state"] == "simulated"
        interval = value["interval"] or {"low": None, "high": None}
        control = {f"control.{name}": number for name, number in value["control"].items()}
        found = {**value["figures"], **control, "low": interval["low"], "high": interval["high"]}
        return {name: number for name, number in found.items() if name in DECIMALS}


def chosen(told: dict[str, Any], count: int) -> list[Chosen]:
    """Return positions at stops: by the digits of a hash, so the same every time; some sliders stand still."""
    found = []
    for number in range(count):
        position = {}
        for axis in told["axes"]:
            digest = sha256(f"{number} {axis['key']}".encode()).digest()
            level = int.from_bytes(digest[:4]) % (len(axis["stops"]) + 1)
            if level < len(axis["stops"]):
                position[axis["key"]] = axis["stops"][level]
        found.append(position)
    return found


def differences(page: Path, scenario: Path, positions: list[Chosen], options: Options, sets: tuple[str, ...]) -> list:
    """Return where the page prints other digits than a run with these settings."""
    told = told_in(page)
    given = {"told": told, "decimals": DECIMALS, "languages": LANGUAGES}
    numbers = [{key: float(text) for key, text in one.items()} for one in positions]
    printed = in_node(PRINTS, given | {"positions": numbers})
    drawn = {axis["key"] for axis in told["axes"] if axis["drawn"]}
    wrong, served = [], Served(scenario, options, sets)
    for position, found in zip(positions, printed, strict=True):
        assert not found["interpolated"]
        draws = options.draws if drawn - set(position) else None
        settings = [*sets, *(f"{key}={text}" for key, text in position.items())]
        run = simulator.run(scenario, options.seed, options.replications, settings, draws=draws, jobs=2)
        at_once = served.figures(position)
        assert len(at_once) >= len(DECIMALS) - 1
        for name, number in figures_of(run.headline).items():
            for language, text in zip(LANGUAGES, found["printed"][name], strict=True):
                words = read_words(language)
                expected = words.number(number, DECIMALS[name])
                shown = words.number(at_once[name], DECIMALS[name]) if name in at_once else expected
                if not text == shown == expected:
                    wrong.append((position, name, language, text, shown, expected))
            if number is not None:
                assert found["numbers"][name] == pytest.approx(number, rel=1e-9, abs=1e-12)
    return wrong


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Options, tuple[str, ...]]:
    """A page of one small place; three of its four sliders are drawn where nothing is set, one is simulated."""
    options, sets = Options(replications=2, draws=64), ("places=[Samsø]",)
    base = base_of(BOTTOM_UP, "bottom-up.yaml", options, sets)
    over = (f"{RELATIVE}=0,0.35,1", f"{SCALE}=0.5,1.3", f"{VALUE}=250000,320000", f"{TAKE_UP}=0.8,1")
    out = tmp_path_factory.mktemp("page") / "page.html"
    plan_static(base, over).write(out)
    return out, options, sets


def test_at_its_points_the_page_prints_the_digits_of_the_command_line(
    small: tuple[Path, Options, tuple[str, ...]],
) -> None:
    page, options, sets = small
    positions = chosen(told_in(page), 10)
    assert any(TAKE_UP in one for one in positions) and any(RELATIVE not in one for one in positions)
    assert differences(page, BOTTOM_UP, positions, options, sets) == []


@pytest.mark.parametrize(
    "position",
    [
        {RELATIVE: "0.175", SCALE: "0.9", VALUE: "285000", TAKE_UP: "0.9"},  # the middle of a cell
        {RELATIVE: "0.1", SCALE: "0.7", VALUE: "305000", TAKE_UP: "0.8"},  # near a corner, the conversations as there
    ],
)
def test_between_its_points_it_is_as_near_as_it_says(
    small: tuple[Path, Options, tuple[str, ...]], position: Chosen
) -> None:
    page, options, sets = small
    numbers = {key: float(text) for key, text in position.items()}
    (found,) = in_node(
        PRINTS, {"told": told_in(page), "decimals": DECIMALS, "languages": LANGUAGES, "positions": [numbers]}
    )
    assert found["interpolated"]
    settings = [*sets, *(f"{key}={text}" for key, text in position.items())]
    run = simulator.run(BOTTOM_UP, None, options.replications, settings)
    for name, number in figures_of(run.headline).items():
        if number is not None:
            assert abs(found["numbers"][name] - number) <= found["off"][name] + 1e-9 * abs(number), name
    assert (found["off"]["converted"] > 0.01) == (position[TAKE_UP] == "0.9")


@pytest.mark.verify
@pytest.mark.parametrize("scenario", [PUBLISHED, BOTTOM_UP])
def test_at_200_positions_of_the_whole_country(scenario: Path, tmp_path: Path) -> None:
    base = base_of(scenario, scenario.name)
    plan_static(base).write(tmp_path / "page.html")
    assert (tmp_path / "page.html").stat().st_size < 2_000_000
    positions = chosen(told_in(tmp_path / "page.html"), 100)
    assert differences(tmp_path / "page.html", scenario, positions, Options(), ()) == []
