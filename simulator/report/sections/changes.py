"""What changed since an earlier run: the two estimates beside each other, and every assumption that differs."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Heading, Line, Paragraph, Table, foreign
from simulator.report.bound import Cell, Expression, Operation, Quantity
from simulator.report.reading import Row, Run, quantity
from simulator.report.register import Change, changes
from simulator.report.sections.register import assumption_name
from simulator.report.sections.telling import Telling
from simulator.report.sections.values import RATIO_UNITS, source_name
from simulator.report.story import Story, direction

COLUMNS = ("assumption", "before", "after", "changed")


def changed(telling: Telling) -> Iterator[Block]:
    """Yield the section on what changed since an earlier run; nothing where the run stands alone.

    How much of the change in the estimate an assumption makes is not said: that takes new runs, which `saldo bridge`
    makes.
    """
    words, earlier = telling.words, telling.earlier
    if earlier is None:
        return
    yield Heading(2, words.text("register.changes.heading"))
    yield Paragraph(" ".join(estimates(telling, earlier)))
    found = changes(telling.run, earlier)
    if not found:
        yield Paragraph(words.text("register.changes.none"))
        return
    yield Table(
        caption=telling.numbered("table", words.text("register.changes.caption")),
        columns=tuple(words.text(f"register.changes.columns.{column}") for column in COLUMNS),
        lines=tuple(change_line(telling, earlier, change) for change in found),
        numeric=(False, False, False, False),
        notes=(words.text("register.changes.remark"),),
        name="changes",
    )


def estimates(telling: Telling, earlier: Run) -> Iterator[str]:
    """Yield the two estimates, and that assumptions alone need not explain the difference."""
    before = {
        "effect": _of(earlier, Story(earlier).effect_kr),
        "converted": _of(earlier, Story(earlier).converted),
    }
    now = {"effect": telling.story.effect_kr, "converted": telling.story.converted}
    yield telling.words.text(
        "register.changes.estimates",
        run=f"`{foreign(str(earlier.manifest.get('run_id') or earlier.folder.name))}`",
        before=_amount(telling, before["effect"]),
        after=_amount(telling, now["effect"]),
        converted_before=telling.count(before["converted"]),
        converted_after=telling.count(now["converted"]),
    )
    if _structure_differs(telling.run, earlier):
        yield telling.words.text("register.changes.not_alone")


def _structure_differs(run: Run, earlier: Run) -> bool:
    """Return whether period, law or program differ, so that assumptions alone do not explain the change."""
    alike = run.headline.get("period") == earlier.headline.get("period")
    names = ("version", "commit", "scenario", "engine", "replications", "seed")
    return not (alike and all(run.manifest.get(name) == earlier.manifest.get(name) for name in names))


def _amount(telling: Telling, kr: float) -> str:
    return telling.amount(kr) if direction(kr) != "none" else telling.words.kr(0)


def change_line(telling: Telling, earlier: Run, change: Change) -> Line:
    """Return the row of an assumption that differs."""
    before = None if change.before is None else _Side(telling, change, change.before, earlier)
    after = None if change.after is None else _Side(telling, change, change.after, None)
    unused = telling.words.text("register.changes.unused")
    cells = [unused if side is None else side.told() for side in (before, after)]
    listed = telling.words.listed(telling.words.text(f"register.changes.parts.{part}") for part in change.parts)
    return Line((assumption_name(telling, change.key), *cells, listed or telling.words.text("register.changes.use")))


class _Side:
    """An assumption as one of the runs says it."""

    def __init__(self, telling: Telling, change: Change, row: Row, earlier: Run | None) -> None:
        self.telling, self.change, self.row, self.earlier = telling, change, row, earlier

    def told(self) -> str:
        """Return its number, and of range, source and grade what differs."""
        parts = [self._with_unit(self._number("value"))]
        words = self.telling.words
        if "range" in self.change.parts:
            ends = [self._number(end) for end in ("low", "high") if self.row[end]]
            told = words.text("brief.annex.to", low=ends[0], high=ends[-1]) if len(ends) == 2 else ""
            parts.append(words.text("register.changes.range" if told else "register.changes.no_range", span=told))
        if "source" in self.change.parts:
            own = self.telling if self.earlier is None else Telling(self.earlier, words)
            parts.append(source_name(own, self.row["source"]))
        if "grade" in self.change.parts:
            parts.append(words.text(f"register.grades.{int(self.row['grade'] or 0)}"))
        return "; ".join(parts)

    def _number(self, column: str) -> str:
        value = quantity(self.row, column)
        bound = value if self.earlier is None else _of(self.earlier, value)
        if self.change.unit == "year":
            return self.telling.words.noted(bound, f"{bound:.0f}")
        return self.telling.number(bound * 100 if self.change.unit in RATIO_UNITS else bound)

    def _with_unit(self, number: str) -> str:
        words, unit = self.telling.words, self.change.unit
        if unit in RATIO_UNITS:
            return words.amount(number, "per_cent")
        if unit in ("", "factor", "number", "year"):
            return number
        return words.valued(number, unit)


def _of(run: Run, value: float) -> float:
    """Return a number of the earlier run, which knows that it is not one of the run that the document is of."""
    if not isinstance(value, Quantity):
        return value
    name = str(run.manifest.get("run_id") or run.folder.name)
    return Quantity(float(value), _moved(value.expression, name))


def _moved(expression: Expression, name: str) -> Expression:
    """Return an expression whose cells stand in the folder of another run."""
    match expression:
        case Cell(file, path, where):
            return Cell(f"{name}/{file}", path, where)
        case Operation(sign, parts):
            return Operation(sign, tuple(_moved(part, name) for part in parts))
    return expression
