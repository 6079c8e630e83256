"""The register of issued figures: of one case, and across all cases of a folder."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from simulator.case.folder import CaseFolder, cases_in
from simulator.case.journal import Entry, read_journal
from simulator.case.state import State, Version, state_of
from simulator.case.status import shown
from simulator.case.writing import write_whole
from simulator.errors import Fault, InputError
from simulator.results.dictionary import columns_of

TABLE = "issued"
Row = Mapping[str, str]


def issued_rows(case: str, state: State) -> list[dict[str, str]]:
    """Return the register of a case: a row for each version, as text by column of the data dictionary."""
    return [_row(case, version) for version in state.versions]


def _row(case: str, version: Version) -> dict[str, str]:
    figures, heading = version.figures, version.said["heading"]
    checked = version.checked or {}
    first, last = figures.period
    told = {
        "case": case,
        "file_number": heading["file_number"],
        "subject": heading["subject"],
        "version": version.number,
        "status": shown(version.status),
        "status_at": version.status_at.isoformat(),
        "made_by": version.by,
        "recipient": version.recipient,
        "sent_at": version.sent_at.isoformat() if version.sent_at else "",
        "figure_mio_kr": figures.mio_kr,
        "low_mio_kr": figures.low,
        "high_mio_kr": figures.high,
        "control_mio_kr": figures.control_mio_kr,
        "conversations": figures.converted,
        "concept": figures.concept,
        "step": version.said.get("step", ""),
        "price_year": figures.price_year,
        "period_from": first.isoformat(),
        "period_to": last.isoformat(),
        "run_id": figures.run_id,
        "engine": figures.engine,
        "checked_by": checked.get("by", "") if checked.get("within") else "",
        "check_difference_share": checked.get("difference_share"),
        "cleared_by": version.cleared_by,
        "replaced_by": f"v{version.replaced_by}" if version.replaced_by else "",
        "why": version.withdrawn_why or version.said.get("why", ""),
    }
    return {column: _text(told[column]) for column in columns_of(TABLE)}


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def csv_text(rows: Sequence[Row]) -> str:
    """Return a register as the text of a CSV file."""
    made = io.StringIO()
    writer = csv.DictWriter(made, columns_of(TABLE), lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: _harmless(text) for column, text in row.items()} for row in rows)
    return made.getvalue()


def _harmless(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula; numbers stay."""
    try:
        float(text)
    except ValueError:
        return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
    return text


def write_issued(case: CaseFolder, state: State) -> None:
    """Write the register of a case anew from its journal."""
    write_whole(case.issued, csv_text(issued_rows(case.name, state)))


def faults_of_issued(case: CaseFolder, entries: tuple[Entry, ...]) -> list[Fault]:
    """Return where the register of a case was edited by hand; none where it is as the journal says.

    A register that lacks what the last entry did is one of a command that was ended: it is written anew without a word.
    """
    if not case.issued.is_file():
        return []
    try:
        found = list(csv.reader(io.StringIO(case.issued.read_text(encoding="utf-8-sig"))))
    except (OSError, ValueError, csv.Error) as wrong:
        return [Fault(str(case.issued), 0, 0, "", f"cannot be read ({wrong}); {RESTORE.format(case.name)}")]
    wanted = [_lines(case, entries), _lines(case, entries[:-1])]
    if any(_agrees(found, lines) for lines in wanted):
        return []
    return list(_differences(case, found, wanted[0])) or [
        Fault(str(case.issued), 1, 1, "", f"was changed by hand; {RESTORE.format(case.name)}")
    ]


RESTORE = "it is made from the journal: `saldo case log {} --restore` writes it anew and keeps the edited one beside"


def _lines(case: CaseFolder, entries: tuple[Entry, ...]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_text(issued_rows(case.name, state_of(entries))))))


def _agrees(found: list[list[str]], wanted: list[list[str]]) -> bool:
    """Return whether two registers say the same in the columns that both have; an older saldo knew fewer."""
    if not found or len(found) != len(wanted) or any(len(line) != len(found[0]) for line in found):
        return False
    both = [name for name in wanted[0] if name in found[0]]
    if len(both) < len(found[0]) or len(set(found[0])) < len(found[0]):
        return False
    places = [(found[0].index(name), wanted[0].index(name)) for name in both]
    pairs = zip(found[1:], wanted[1:], strict=True)
    return all(mine[at] == theirs[there] for mine, theirs in pairs for at, there in places)


def _differences(case: CaseFolder, found: list[list[str]], wanted: list[list[str]]) -> Iterator[Fault]:
    where, restore = str(case.issued), RESTORE.format(case.name)
    if not found or found[0] != wanted[0]:
        yield Fault(where, 1, 1, "", f"has other columns than the register has; {restore}")
        return
    for number, line in enumerate(found[1:], start=2):
        if number > len(wanted):
            yield Fault(where, number, 1, "", f"is a line that the journal knows nothing of; {restore}")
            continue
        right = wanted[number - 1]
        for at, text in enumerate(line[: len(right)]):
            if text != right[at]:
                message = f"was changed by hand: `{text[:40]}`, but the journal says `{right[at][:40]}`; {restore}"
                yield Fault(where, number, at + 1, wanted[0][at], message)
        if len(line) != len(right):
            yield Fault(where, number, 1, "", f"has {len(line)} cells instead of {len(right)}; {restore}")
    if len(found) < len(wanted):
        yield Fault(where, len(found), 1, "", f"lacks lines that the journal knows; {restore}")


def restore_issued(case: CaseFolder, state: State) -> Path | None:
    """Write the register anew; the one that was edited is kept beside. Returns where; None where there was none."""
    kept = _kept_beside(case) if case.issued.is_file() else None
    write_issued(case, state)
    return kept


def _kept_beside(case: CaseFolder) -> Path:
    number = 1
    while (kept := case.path / f"issued.edited-{number}.csv").exists():
        number += 1
    case.issued.rename(kept)
    return kept


def refuse_copy(case: CaseFolder, state: State) -> None:
    """Refuse a case under another name than it was opened with: its figures would stand in the register twice.

    Raises:
        InputError: It is a copy, or was renamed.
    """
    opened = state.opened.get("name")
    if opened != case.name:
        message = f"is called {case.name}, but was opened as {opened}: a copy, or renamed; give it back its name"
        raise InputError.one(f"{message}, or take it out of {case.path.parent}", str(case.path))


def register_of(cases: Path, names: Sequence[str] = (), subject: str = "") -> list[dict[str, str]]:
    """Return the register across the cases of a folder, in order of the time when versions were made.

    Args:
        cases: The folder of cases.
        names: Only these; all where left out.
        subject: Only of this subject; all where left out.

    Raises:
        InputError: A journal is not as it was written; names all.
    """
    faults: list[Fault] = []
    found: list[tuple[str, dict[str, str]]] = []
    for case in cases_in(cases):
        if names and case.name not in names:
            continue
        try:
            state = state_of(read_journal(case))
            refuse_copy(case, state)
        except InputError as wrong:
            faults.extend(wrong.faults)
            continue
        rows = zip(state.versions, issued_rows(case.name, state), strict=True)
        found += [(version.made_at.isoformat(), row) for version, row in rows if subject in ("", row["subject"])]
    if faults:
        raise InputError(faults)
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]
