"""What the page is told first: a figure and sliders, as they are asked for otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.web.door.first import First
from simulator.web.door.lobby import Lobby, Started
from simulator.web.opened import Options
from simulator.web.position import Position, Reader
from simulator.web.words import page_words
from tests.unit.web.stand_in import MadeUpDesk, write_scenario


@pytest.fixture
def lobby(tmp_path: Path) -> Lobby:
    made = Lobby(Started(tmp_path, Options(replications=1), "en"), Reader(), tmp_path / ".uploads")
    made.lay_first(write_scenario(tmp_path / "a.yaml"), ())
    return made


def _told(first: First) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(first.told())
    return found


def test_figure_and_sliders_of_what_was_opened_come_first(lobby: Lobby) -> None:
    """In the language of the start; the other is asked for when it is wanted."""
    desk = MadeUpDesk()
    assert lobby.first is not None
    position = Position(lobby.first)
    told = _told(First(desk, lobby))
    assert set(told["words"]) == {"en"} and told["words"]["en"]["page"] == page_words("en")["page"]
    assert told["opened"] == lobby.told(lobby.first)
    assert told["first"]["value"] == desk.value(position, "en")
    assert told["first"]["sheet"] == {**desk.sheet(position, "en"), "assumptions": []}


def test_the_figure_is_valued_again_when_it_is_simulated(lobby: Lobby, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, asked = MadeUpDesk(), []
    monkeypatch.setattr(desk, "value", lambda position, language: {"turn": asked.append(language) or len(asked)})
    first = First(desk, lobby)
    turns = [_told(first)["first"]["value"]["turn"] for _ in range(2)]
    desk.simulated = True
    turns += [_told(first)["first"]["value"]["turn"] for _ in range(2)]
    assert turns == [1, 1, 2, 2]


def test_a_figure_that_is_refused_is_not_told(lobby: Lobby, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page asks for it like for any other, and is told why."""
    desk = MadeUpDesk()

    def refused(position: Position, language: str) -> dict[str, Any]:
        raise InputError.one("cannot be")

    monkeypatch.setattr(desk, "value", refused)
    told = _told(First(desk, lobby))
    assert told["first"] == {"value": None, "sheet": None} and told["opened"]["title"] == "A title"
