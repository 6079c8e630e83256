"""A sweep is opened with the scenario that it was made of, and its rows are positions of the page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.sweeps.course import Watch, swept
from simulator.web.door.lobby import Lobby, Started
from simulator.web.opened import Options
from simulator.web.position import Reader
from tests.unit.sweeps.hand_made import GRID, compiled_of, easy
from tests.unit.sweeps.test_course import AtOnce


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made")
    plan = compiled_of(GRID.replace("rows_per", "seed: 7\nreplications: 3\nrows_per"), home / "plans")
    swept(plan, home / "sweep", AtOnce(), Watch(), work=easy)
    return home


@pytest.fixture
def root(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy, which a test may damage."""
    shutil.copytree(made, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def _lobby(root: Path, options: Options | None = None) -> Lobby:
    return Lobby(Started(root, options or Options()), Reader(), root / ".uploads")


def test_rows_are_positions_with_their_figures(root: Path) -> None:
    lobby = _lobby(root)
    assert [(one["id"], one["kind"]) for one in lobby.places() if one["kind"] == "sweep"] == [("sweep", "sweep")]
    told = lobby.told(lobby.open("sweep"))
    rows = told["rows"]
    assert (told["kind"], told["name"], rows["total"], len(rows["rows"])) == ("sweep", "christmas-2021", 18, 18)
    assert rows["keys"] == ["demand.scale", "effects.params.scale"]
    assert rows["figures"] == ["employment_effect_kr", "converted"]
    assert rows["rows"][0] == {
        "sets": [["demand.scale", "0.9"], ["effects.params.scale", "0.1"]],
        "figures": {"employment_effect_kr": pytest.approx(9.1), "converted": 0.0},
    }
    assert rows["rows"][6]["sets"][0] == ["demand.scale", "1"]
    position = lobby.position({"base": "sweep", "sets": rows["rows"][17]["sets"]})
    assert position.settings == ("demand.scale=1.1", "effects.params.scale=0.6")
    assert lobby.reader(position).baseline.values.row("effects.params.scale").value == 0.6


def test_it_is_run_as_the_sweep_ran_it_unless_told_otherwise(root: Path) -> None:
    asked = _lobby(root).open("sweep").asked
    assert (asked.seed, asked.replications, asked.engine) == (7, 3, "fast")
    asked = _lobby(root, Options(seed=1, replications=2, draws=0)).open("sweep").asked
    assert (asked.seed, asked.replications, asked.draws) == (1, 2, 0)


def test_a_scenario_that_was_changed_since_is_not_the_one_that_was_swept(root: Path) -> None:
    """A comment changes nothing, a number does."""
    scenario = root / "plans" / "christmas-2021.yaml"
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text("# a comment\n" + text, encoding="utf-8")
    assert _lobby(root).open("sweep").path == Path("plans/christmas-2021.yaml")
    scenario.write_text(text.replace("2022-01-16", "2022-01-15"), encoding="utf-8")
    with pytest.raises(InputError, match="the scenario christmas-2021, of which it was made, has been changed since"):
        _lobby(root).open("sweep")
    scenario.unlink()
    with pytest.raises(InputError, match="does not lie below"):
        _lobby(root).open("sweep")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"jobs": []}'])
def test_a_sweep_that_cannot_be_read_is_refused(root: Path, text: str) -> None:
    (root / "sweep" / "sweep.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        _lobby(root).open("sweep")
