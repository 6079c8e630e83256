"""The worked day of docs/case.md: every command of it runs, and prints what the page says."""

from __future__ import annotations

import json
from pathlib import Path

from docs.day import PAGE, commands, day
from simulator.case.documents import changed_after_sending
from simulator.case.folder import CaseFolder
from simulator.case.journal import read_journal
from simulator.case.state import state_of

TEXT = PAGE.read_text(encoding="utf-8")
VERBS = ("new", "answer", "check", "clear", "predict", "send", "withdraw", "log", "show", "score")


def test_the_day_runs_as_the_page_tells_it(tmp_path: Path) -> None:
    """`python docs/day.py` writes the page anew; it is one run of the whole day."""
    told = {command.split()[2] for command in commands(TEXT) if command.startswith("saldo case")}
    assert set(VERBS) <= told
    assert day(TEXT, tmp_path) == TEXT
    case = CaseFolder(tmp_path / "cases" / "spm-412")
    state = state_of(read_journal(case))
    assert [version.status for version in state.versions] == ["udgaaet", "udgaaet", "oversendt"]
    assert all(changed_after_sending(case, version) == [] for version in state.versions)
    for version in state.versions:
        documents = {path.name for path in case.version(version.number).documents.iterdir()}
        assert {"svar.docx", "notat.pdf", "halv-side.docx", "talelinje.pdf"} <= documents
        effects = sum(change["effect_kr"] for change in version.said["changes"]) + version.said["rest_kr"]
        before = version.said["before_kr"]
        assert before is None or round(version.figures.mio_kr * 1e6 - before - effects, 2) == 0
    predicted = read_journal(CaseFolder(tmp_path / "cases" / "marts-2022"))
    scores = [entry for entry in predicted if entry.kind == "scored"]
    assert scores
    assert json.dumps(scores[0].said["scores"])
