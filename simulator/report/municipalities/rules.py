"""The attendance rule in force by municipality on a day, from `tables/rules.csv`.

Rules differ by conversation, so a map is of one: a jobsamtale of a dagpenge recipient in the first half-year, not
the first conversation of the spell, called to and held on the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from simulator.errors import InputError
from simulator.report.municipalities.choice import Choice
from simulator.report.municipalities.numbers import places_of
from simulator.report.municipalities.tiles import read_tiles
from simulator.report.reading import Row, Run

KINDS = ("physical_only", "office_chooses", "citizen_chooses", "digital_only", "suspended")
"""Kinds of rule, from the most physical to none at all."""

TYPE, GROUP, ORDER = "jobsamtale", "dagpenge", "later"
SPELL_DAYS = 91
"""Half of the first half-year [days since the spell began], where rules may part it."""

NEEDED = ("arm", "order", "rule", "kind", "from", "to", "municipality_codes", "types", "groups")


@dataclass(frozen=True)
class Rules:
    """The rule in force in each municipality.

    Attributes:
        kind: Kind of rule by code of the municipality; a municipality without any rule is left out.
        name: Name of that rule by code of the municipality.
        drafts: Names of the rules shown that are drafts.
        places: Codes of the municipalities of the run.
    """

    kind: Mapping[str, str]
    name: Mapping[str, str]
    drafts: tuple[str, ...]
    places: tuple[str, ...]

    def counted(self) -> list[tuple[str, int]]:
        """Return the kinds that are in force and in how many municipalities, in the order of `KINDS`."""
        counts = Counter(self.kind.values())
        return [(kind, counts[kind]) for kind in KINDS if counts[kind]]


def rules_of(run: Run, choice: Choice) -> Rules | None:
    """Return the rules of a map of rules; None where the run has no table of rules.

    Raises:
        InputError: The table of rules cannot be read.
    """
    rows = run.table("rules")
    if not rows or choice.day is None:
        return None
    _check(run, rows)
    applying = sorted((row for row in rows if _applies(row, choice)), key=lambda row: int(row["order"]))
    places = places_of(run) or tuple(read_tiles())
    winners: dict[str, Row] = {}
    for code in places:
        here = [row for row in applying if code in _listed(row["municipality_codes"], code)]
        if here:
            winners[code] = here[-1]
    return Rules(
        kind={code: row["kind"] for code, row in winners.items()},
        name={code: row["rule"] for code, row in winners.items()},
        drafts=tuple(dict.fromkeys(row["rule"] for row in winners.values() if row.get("draft") in ("1", "True"))),
        places=places,
    )


def _applies(row: Row, choice: Choice) -> bool:
    """Return whether a rule concerns the conversation of the map, wherever it is held."""
    assert choice.day is not None
    first, last = (date.fromisoformat(row[end]) if row[end] else choice.day for end in ("from", "to"))
    last = min(last, date.fromisoformat(row.get("held_to") or last.isoformat()))
    low, after = int(row.get("spell_from_days") or 0), int(row.get("spell_to_days") or SPELL_DAYS + 1)
    return (
        row["arm"] in (choice.arm, "both")
        and first <= choice.day <= last
        and TYPE in _listed(row["types"], TYPE)
        and GROUP in _listed(row["groups"], GROUP)
        and row.get("conversations", "all") in ("all", "", ORDER)
        and low <= SPELL_DAYS < after
    )


def _listed(cell: str, otherwise: str) -> tuple[str, ...]:
    """Return what a cell lists; an empty one means all, so also what is asked for."""
    return tuple(part.strip() for part in cell.split(",")) if cell.strip() else (otherwise,)


def _check(run: Run, rows: tuple[Row, ...]) -> None:
    """Refuse a table that was changed by hand into what cannot be read."""
    for line, row in enumerate(rows, start=2):
        fault = _fault_of(row)
        if fault:
            where = str(run.folder / "tables" / "rules.csv")
            raise InputError.one(f"line {line}: {fault}; run the scenario again", where=where)


def _fault_of(row: Row) -> str:
    if any(row.get(column) is None for column in NEEDED):
        return f"wants the columns {', '.join(NEEDED)}"
    if row["kind"] not in KINDS:
        return f"no kind of rule {row['kind']!r}; allowed: {', '.join(KINDS)}"
    try:
        [int(row.get(column) or 0) for column in ("order", "spell_from_days", "spell_to_days")]
        [date.fromisoformat(row[column]) for column in ("from", "to", "held_to") if row.get(column)]
    except ValueError as fault:
        return str(fault)
    return ""
