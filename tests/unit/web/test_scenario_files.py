"""The file that the page gives of a position is run by the command line and gives the same headline, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import simulator
from simulator.web.downloads import scenario_file
from simulator.web.opened import Options, base_of
from simulator.web.position import Position, Reader

SCENARIOS = Path(__file__).parents[3] / "scenarios"
CLOSURE = (
    "[{name: ice, from: 2022-01-05, to: 2022-01-06, planned: false, office_kinds: [jobcentre], places: [Samsø],"
    ' source: ""}]'
)
RULES = "[{name: phone only, from: 2022-01-03, to: 2022-01-07, rule: digital_only, types: [jobsamtale]}]"
FEW = ("places", "[Samsø]")

POSITIONS = {
    "values": ("christmas-2021", [FEW, ("effects.params.scale", "0.3"), ("saldo.value_per_person_year_kr", "310000")]),
    "closure": ("christmas-2021", [FEW, ("closures.periods", CLOSURE)]),
    "rules": ("christmas-2021", [FEW, ("proposal.attendance.rules", RULES)]),
    "period": ("christmas-2021", [FEW, ("period.from", "2021-12-20"), ("calendar.closure_weeks", "[2021-W52]")]),
    "places": ("christmas-2021", [("places", "[Samsø, Ærø]"), ("demand.scale", "1.2")]),
    "extended": ("choice-after-six-months-2022", [FEW, ("period.to", "2022-02-28"), ("delivery.utilisation", "0.9")]),
    "drawn": ("christmas-2021-bottom-up", [FEW, ("closures.carry_share", "0.5")]),
    "series": ("adaptive-2021-22", [FEW, ("period.to", "2021-12-20")]),
}


def _text(headline: object) -> str:
    return json.dumps(headline, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("name", POSITIONS)
def test_the_file_gives_the_headline_of_the_settings(name: str, tmp_path: Path) -> None:
    stem, sets = POSITIONS[name]
    path = SCENARIOS / f"{stem}.yaml"
    draws = 16 if name == "drawn" else None
    position = Position(base_of(path, stem, Options(seed=7, replications=1, draws=draws)), tuple(sets))
    said = simulator.run(path, seed=7, replications=1, draws=draws, sets=position.settings)
    file = _written(position, tmp_path)
    assert _text(simulator.run(file).headline) == _text(said.headline)


def _written(position: Position, folder: Path) -> Path:
    """Write what is downloaded as a reader would, and return the scenario file."""
    name, media, content = scenario_file(position, Reader()(position))
    assert isinstance(content, bytes)
    file = folder / name
    file.write_bytes(content)
    if media != "application/zip":
        return file
    import zipfile

    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    return folder / file.stem / f"{file.stem}.yaml"


def test_a_setting_of_several_lines_stays_in_the_head(tmp_path: Path) -> None:
    """A line break in a value must not end the comment at the head of the file."""
    base = base_of(SCENARIOS / "christmas-2021.yaml", "base", Options(replications=1))
    position = Position(base, (("note", '"one\\n\\ntwo"'), ("places", "[Samsø,\n Ærø]")))
    name, _, content = scenario_file(position, Reader()(position))
    assert isinstance(content, bytes)
    lines = content.decode().splitlines()
    assert name == "christmas-2021.yaml"
    assert [at for at, line in enumerate(lines) if line.startswith("#")] == [0]


def test_another_engine_is_told_in_the_head() -> None:
    base = base_of(SCENARIOS / "christmas-2021.yaml", "base", Options(engine="control"))
    position = Position(base)
    content = scenario_file(position, Reader()(position))[2]
    assert isinstance(content, bytes)
    assert "--engine control" in content.decode().splitlines()[0]


def test_what_was_drawn_can_be_set_to_points() -> None:
    """A run with draws is opened, and its uncertain values are set: nothing is left to draw, and nothing is wrong."""
    path = SCENARIOS / "christmas-2021-bottom-up.yaml"
    base = base_of(path, "base", Options(replications=1, draws=16))
    drawn = Reader()(Position(base))
    sets = tuple((key, "0.5") for key in ("effects.params.relative_effect", "effects.params.scale"))
    fixed = Position(base, (*sets, ("saldo.value_per_person_year_kr", "300000")))
    scenario = Reader()(fixed)
    assert (Position(base).plan(drawn).draws, fixed.plan(scenario).draws) == (16, 0)
    content = scenario_file(fixed, scenario)[2]
    assert isinstance(content, bytes)
