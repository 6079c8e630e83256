"""The life of versions, told by the journal alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.case.folder import CaseFolder
from simulator.case.journal import read_journal
from simulator.case.state import State, state_of
from tests.unit.case.made_up_cases import answer, made_case, put

CHECKED = {"within": True, "difference_share": 0.003}
SENT = {"recipient": "FIU", "files": {"notat.docx": "00"}}


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return made_case(tmp_path)


def told(state: State) -> list[str]:
    return [f"v{one.number} {one.status}" for one in state.versions]


def after(case: CaseFolder, *steps: tuple[str, int, dict[str, object]]) -> State:
    state = state_of(read_journal(case))
    for kind, version, said in steps:
        state = put(case, state, kind, version, said)
    assert state_of(read_journal(case)) == state
    return state


def test_a_case_begins_without_a_version(case: CaseFolder) -> None:
    state = after(case)
    assert state.latest is None
    assert state.settings == ()
    assert state.opened["name"] == "spm-412"


def test_a_version_goes_from_draft_to_sent(case: CaseFolder) -> None:
    steps = [("answered", 1, answer()), ("checked", 1, CHECKED), ("cleared", 1, {}), ("sent", 1, SENT)]
    found = [after(case, step).versions[0].status for step in steps]
    assert found == ["udkast", "kontrolregnet", "clearet", "oversendt"]
    last = state_of(read_journal(case)).versions[0]
    assert (last.recipient, last.cleared_by, last.was_sent) == ("FIU", "A. B.", True)


def test_a_check_that_finds_too_much_leaves_a_draft(case: CaseFolder) -> None:
    state = after(case, ("answered", 1, answer()), ("checked", 1, {"within": False, "difference_share": 0.2}))
    assert told(state) == ["v1 udkast"]
    assert state.versions[0].checked is not None


def test_a_draft_is_replaced_by_the_next_version_at_once(case: CaseFolder) -> None:
    state = after(case, ("answered", 1, answer()), ("answered", 2, answer(-4.0)))
    assert told(state) == ["v1 udgaaet", "v2 udkast"]
    assert (state.versions[0].replaced_by, state.versions[1].replaces) == (2, 1)


def test_what_was_sent_holds_until_another_is_sent(case: CaseFolder) -> None:
    first = [("answered", 1, answer()), ("checked", 1, CHECKED), ("cleared", 1, {}), ("sent", 1, SENT)]
    state = after(case, *first, ("answered", 2, answer(-4.0)), ("answered", 3, answer(-3.0)))
    assert told(state) == ["v1 oversendt", "v2 udgaaet", "v3 udkast"]
    state = after(case, ("checked", 3, CHECKED), ("cleared", 3, {}), ("sent", 3, SENT))
    assert told(state) == ["v1 udgaaet", "v2 udgaaet", "v3 oversendt"]
    assert state.versions[0].replaced_by == 3
    assert state.versions[0].was_sent


def test_a_version_is_withdrawn_with_its_reason(case: CaseFolder) -> None:
    state = after(case, ("answered", 1, answer()), ("withdrawn", 1, {"why": "wrong stocks"}))
    assert told(state) == ["v1 udgaaet"]
    assert state.versions[0].withdrawn_why == "wrong stocks"
    assert after(case, ("answered", 2, answer())).versions[1].replaces is None


def test_settings_in_force_are_those_of_the_latest_version(case: CaseFolder) -> None:
    state = after(case, ("answered", 1, answer(settings=["a.b=1"])), ("answered", 2, answer(settings=["a.b=2"])))
    assert state.settings == ("a.b=2",)
