"""Every whole file in docs/scenarios.md and docs/rules.md can be read, and changes something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.control import control_of
from simulator.pipeline import prepare
from simulator.scenario import read_scenario

PAGE = Path(__file__).parents[2] / "docs" / "scenarios.md"
TEXTS = [page.read_text(encoding="utf-8") for page in (PAGE, PAGE.with_name("rules.md"))]
BLOCKS = [block for text in TEXTS for block in re.findall(r"```yaml\n(name: .*?)```", text, flags=re.DOTALL)]


def test_the_page_has_a_block_for_each_thing_that_may_change() -> None:
    """The issue names rule, contact rule, closure, capacity and take-up."""
    names = {block.split("\n")[0].removeprefix("name: ") for block in BLOCKS}
    assert {"rules", "contact", "closures", "capacity", "behaviour", "effects", "suspension"} <= names
    assert {"two-laws", "called", "by-incidence", "infected"} <= names


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0])
def test_block_is_read_and_prepared(block: str, tmp_path: Path) -> None:
    """A newcomer's copy of the block works as it stands."""
    (tmp_path / "scenario.yaml").write_text(block, encoding="utf-8")
    scenario = read_scenario(tmp_path / "scenario.yaml", ["places=[Odense]"] if "places:" not in block else [])
    world = prepare(scenario)
    control = control_of(scenario, world.calendars, world.span, world.places)
    assert control.total("due") > 0
    assert scenario.baseline.sections != scenario.proposal.sections or "proposal" not in block


def test_own_figures(tmp_path: Path) -> None:
    """The overlay of the page is read, with its layer and source."""
    text = re.search(r"# my-figures.yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert text is not None
    (tmp_path / "my-figures.yaml").write_text(text.group(1), encoding="utf-8")
    (tmp_path / "scenario.yaml").write_text(
        "name: own\nperiod: {from: 2022-02-01, to: 2022-02-28}\nfacts: my-figures.yaml\n", encoding="utf-8"
    )
    row = read_scenario(tmp_path / "scenario.yaml").baseline.values.row("delivery.no_show.jobsamtale.dagpenge")
    assert (row.value, row.source, row.layer) == (0.06, "our own register, 2026", "facts file my-figures.yaml")
