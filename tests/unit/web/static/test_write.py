"""The mailed page appears whole or not at all, and what cannot be written is told before any work."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.web.opened import Options, base_of
from simulator.web.static import plan_static, write_static
from tests.property.page_in_node import PRINTS, in_node, told_in

PUBLISHED = Path("scenarios/christmas-2021.yaml")
SAMSOE = ("places=[Samsø]",)
SCALE, TAKE_UP = "effects.params.scale", "attendance.take_up_scale"


def written(out: Path, path: Path, over: tuple[str, ...], sets: tuple[str, ...] = (), engine: str = "fast") -> dict:
    """Return what a page of one small place is told, and its figures where nothing is set."""
    base = base_of(path, path.name, Options(replications=1, engine=engine), (*SAMSOE, *sets))
    write_static(base, out, over, force=True)
    told = told_in(out)
    names = dict.fromkeys(("employment_effect_mio_kr", "converted"), 2)
    (found,) = in_node(PRINTS, {"told": told, "positions": [{}], "decimals": names, "languages": ["da"]})
    return told | {"found": found}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("page.txt", "must end on .html"),
        ("page", "must end on .html"),
        ("there.html", "is there already"),
        ("folder.html", "is a folder"),
        ("nowhere/page.html", "there is no folder"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_any_work(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "there.html").write_text("mine")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(InputError, match=told):
        write_static(base_of(PUBLISHED, "x"), tmp_path / name)
    assert (tmp_path / "there.html").read_text() == "mine"


@pytest.mark.parametrize(
    ("over", "sets", "told"),
    [
        ((f"{SCALE}=-1,1",), (), "at least|between"),
        ((f"{TAKE_UP}=" + ",".join(str(one / 100) for one in range(40)),), (), "allowed: 80"),
        ((SCALE,), ("run.std_error_kr=1000",), "replications of its own"),
        ((SCALE,), ("effects.params.scale={value: 0.3, confidential: true}",), "confidential"),
    ],
)
def test_what_cannot_be_made_a_page_is_refused(over: tuple[str, ...], sets: tuple[str, ...], told: str) -> None:
    with pytest.raises(InputError, match=told):
        plan_static(base_of(PUBLISHED, "x", Options(replications=1), (*SAMSOE, *sets)), over)


def test_it_is_said_beforehand_how_much_is_simulated() -> None:
    base = base_of(PUBLISHED, "x", Options(replications=7), SAMSOE)
    planned = plan_static(base, (SCALE, f"{TAKE_UP}=0.8,1"))
    assert planned.simulations == 3 + 2  # 0.8, 0.873 and 1, and the two middles
    assert planned.steps == 35
    assert "5 simulations of 7 replications" in str(planned)


def test_a_proposal_that_changes_nothing_is_exactly_nothing(tmp_path: Path) -> None:
    told = written(tmp_path / "page.html", Path("scenarios/null.yaml"), (f"{SCALE}=0.5,1",))
    assert told["found"]["numbers"]["employment_effect_mio_kr"] == 0
    assert told["found"]["printed"]["employment_effect_mio_kr"] == ["0,00"]


def test_the_control_alone_is_a_page_too(tmp_path: Path) -> None:
    told = written(tmp_path / "page.html", PUBLISHED, (f"{SCALE}=0.2,0.4",), engine="control")
    assert told["made"]["engine"] == "control"
    found = told["found"]["numbers"]
    assert found["employment_effect_mio_kr"] == pytest.approx(found["control.employment_effect_mio_kr"])


def test_draws_that_change_what_is_held_leave_no_range(tmp_path: Path) -> None:
    drawn = (f"{TAKE_UP}={{value: 0.9, distribution: {{name: uniform, low: 0.8, high: 1}}}}", "run.draws=16")
    told = written(tmp_path / "page.html", PUBLISHED, (f"{SCALE}=0.2,0.4",), drawn)
    assert told["made"]["draws"] == 16 and "low" not in told["figures"]
