"""Cases without a run behind them: a journal whose versions have made-up figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulator.case.folder import CaseFolder
from simulator.case.heading import Heading, heading_text
from simulator.case.issued import write_issued
from simulator.case.journal import Entry, write_entry
from simulator.case.state import State, state_of

HEADING = Heading(
    question="Hvad koster det?",
    asker="Folketingets Finansudvalg",
    file_number="2021-4567",
    deadline=datetime(2021, 12, 17, 15, 0),
    subject="christmas-2021",
    roles={"analyst": "A. B.", "assurer": "C. D.", "approver": "G. H."},
)
AT = datetime(2021, 12, 17, 9, 0, tzinfo=UTC)


def figures(mio_kr: float = -5.0, **others: Any) -> dict[str, Any]:
    return {
        "mio_kr": mio_kr,
        "low": None,
        "high": None,
        "control_mio_kr": mio_kr,
        "converted": 9993.0,
        "concept": "note",
        "price_year": 2021,
        "period": ["2021-12-19", "2022-01-16"],
        "run_id": "run",
        "engine": "fast",
        **others,
    }


def answer(mio_kr: float = -5.0, heading: Heading = HEADING, **others: Any) -> dict[str, Any]:
    return {
        "heading": heading.content(),
        "settings": [],
        "why": "",
        "figures": figures(mio_kr),
        "step": "",
        "changed_since": None,
        "before_kr": None,
        "changes": [],
        "rest_kr": 0.0,
        "earlier": [],
        "moved": [],
        **others,
    }


def made_case(cases: Path, name: str = "spm-412", heading: Heading = HEADING) -> CaseFolder:
    """Write a case that was opened."""
    case = CaseFolder(cases / name)
    for folder in (case.path, case.journal, case.versions):
        folder.mkdir(parents=True)
    case.heading.write_text(heading_text(heading), encoding="utf-8")
    said = {"name": name, "heading": heading.content()}
    entry = write_entry(case, (), Entry(1, "opened", AT, "A. B.", 0, said, ""))
    write_issued(case, state_of((entry,)))
    return case


def put(
    case: CaseFolder, state: State, kind: str, version: int, said: Mapping[str, Any] | None = None, by: str = "A. B."
) -> State:
    """Write an entry and what follows from it, but for documents."""
    entry = Entry(len(state.entries) + 1, kind, AT, by, version, said or {}, "")
    state = state_of((*state.entries, write_entry(case, state.entries, entry)))
    if kind == "answered":
        run = case.version(version).run
        run.mkdir(parents=True)
        (run / "manifest.json").write_text("{}", encoding="utf-8")
    write_issued(case, state)
    return state
