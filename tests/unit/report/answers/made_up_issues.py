"""Made-up issues of a version: what a case may say beside its run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from simulator.report.answers.answer import Answer
from simulator.report.answers.documents import compose
from simulator.report.answers.issue import ChangedAssumption, Checked, Earlier, Issue
from simulator.report.blocks import Document, Table, plain
from simulator.report.language import NO_BREAK, read_words
from simulator.report.reading import read_run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from tests.unit.report.printed import texts_of

PERIOD = (date(2021, 12, 19), date(2022, 1, 16))
TODAY = date(2026, 11, 23)
QUESTION = "Hvad koster det den offentlige saldo, at samtaler i julen kan holdes digitalt?"
NEWEST = Earlier(
    day=date(2026, 11, 12),
    recipient="Finansministeriet",
    case="jul-2021",
    file_number="2026-4711",
    version=2,
    status="oversendt",
    mio_kr=-6.03,
    concept="note",
    price_year=2021,
    period=PERIOD,
    run_id="2026-11-12-a1",
)
OLDER = replace(
    NEWEST,
    day=date(2026, 10, 2),
    recipient="Folketingets Finansudvalg",
    case="jul-foer",
    file_number="2026-3900",
    version=1,
    status="udgaaet",
    mio_kr=-7.5,
)
CHANGES = (
    ChangedAssumption("effects.params.relative_effect", "share", 0.0, 0.05, 0.5e6, "Nyt forsøg", "MLN"),
    ChangedAssumption(
        "saldo.value_per_person_year_kr", "kr per person-year", 310_000, 300_000, 0.4e6, "Ny pris", "KFR"
    ),
    ChangedAssumption("calendar.closure_weeks", "", "51, 52", "52", -0.1e6, "Kommunernes svar", "KFR"),
    ChangedAssumption("attendance.take_up_scale", "factor", 0.853, 0.855, None, "Opdateret opgørelse", "MLN"),
    ChangedAssumption("saldo.price_level", "year", 2020, None, 0.004e6, "", "MLN"),
)
DRAFT = Issue(
    case="jul-2021",
    question=QUESTION,
    asker="Folketingets Beskæftigelsesudvalg",
    file_number="2026-4711",
    deadline=TODAY,
    version=3,
    status="udkast",
    status_day=TODAY,
    recipient="Folketingets Beskæftigelsesudvalg",
)
FULL = replace(
    DRAFT,
    replaces=2,
    earlier=(OLDER, NEWEST),
    moved=(("volume", -0.2e6), ("effect", 1.0e6)),
    changed_since=2,
    changes=CHANGES,
    rest_kr=0.05e6,
    before_kr=-6.03e6,
    checked=Checked("KFR", TODAY, 0.012),
)
CLEARED = replace(FULL, status="clearet", cleared_by="MLN")
ISSUES = {
    "bare": DRAFT,
    "udkast": FULL,
    "kontrolregnet": replace(FULL, status="kontrolregnet"),
    "clearet": CLEARED,
    "oversendt": replace(CLEARED, status="oversendt"),
    "erstattet": replace(CLEARED, status="udgaaet", replaced_by=4, replaced_day=date(2026, 11, 24)),
    "trukket": replace(CLEARED, status="udgaaet", withdrawn_why="Kalenderen var forkert."),
}


def document(folder: Path, issue: Issue, form: str, language: str = "da") -> Document:
    """Return a document of a version of a run."""
    run = read_run(folder)
    return compose(run, words_for(run, read_words(language)), issue, form)


def answer(folder: Path, issue: Issue, language: str = "da") -> Answer:
    """Return a version being told."""
    run = read_run(folder)
    return Answer(Telling(run, words_for(run, read_words(language)), short=True), issue)


def text(found: Document) -> str:
    """Return all that a document says, with plain spaces."""
    told = [plain(one) for block in found.blocks for one in texts_of(block)]
    return "\n".join([*told, plain(found.footer)]).replace(NO_BREAK, " ")


def table(found: Document, name: str) -> Table | None:
    """Return a table of a document by its name; None where it has none."""
    return next((block for block in found.blocks if isinstance(block, Table) and block.name == name), None)
