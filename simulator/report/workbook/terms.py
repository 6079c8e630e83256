"""The control written out in its inputs, as the run's table of terms gives it, ready to be put into formulas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

from simulator.report.reading import Row, Run

Pair = tuple[str, str]
"""Conversation type and target group."""
KEYS = {
    "take_up_scale": "attendance.take_up_scale",
    "carry_share": "closures.carry_share",
    "effect_scale": "effects.params.scale",
    "first_year_share": "saldo.first_year_share",
    "value_per_person_year": "saldo.value_per_person_year_kr",
}
"""Columns of powers, and the key of the value that is raised."""
RELATIVE = "effects.params.relative_effect"
VIDEO = "attendance.video_share"
WEEKS = ("form_weeks", "reverse_weeks", "volume_weeks")
TABLE = "control_terms"
LEAST = 1e-12
"""A term smaller than this share of the largest of its figure is the rounding of arithmetic."""


@dataclass(frozen=True)
class Input:
    """A number that the reader may change.

    Attributes:
        name: Name of its cell, the key of the scenario with underscores.
        key: Key of the value in the scenario; empty where the run worked it out.
        kind: What it is: a key of the words of inputs, or of `keys`.
        about: Type or group that it is for; empty where it is for all.
        value: The run's value.
        unit: Key of the words for units.
    """

    name: str
    key: str
    kind: str
    about: str
    value: float
    unit: str


@dataclass(frozen=True)
class Part:
    """A term: a number, times inputs raised to powers, divided by what some of them are in the run.

    Attributes:
        line: Figure that it is a part of.
        type: Conversation type; empty where the figure is that of a group.
        group: Target group.
        year: Financial year; empty where the figure has none.
        number: The number [unit].
        unit: Unit of the figure.
        powers: Power of each input, by name; none is 0.
        per: Inputs that it is in proportion to, by name.
    """

    line: str
    type: str
    group: str
    year: str
    number: float
    unit: str
    powers: Mapping[str, int]
    per: tuple[str, ...]

    def value(self, inputs: Mapping[str, Input]) -> float:
        """Return the term at the run's own inputs."""
        return self.number * prod(inputs[name].value ** power for name, power in self.powers.items())

    def formula(self, cell: str, inputs: Mapping[str, Input]) -> str:
        """Return the term as a formula; powers of 0 are left out, since 0 to the power of 0 is an error there."""
        raised = [name if power == 1 else f"{name}^{power}" for name, power in self.powers.items()]
        shares = [f"({name}/{inputs[name].value!r})" for name in self.per if inputs[name].value]
        return "*".join((f"={cell}", *raised, *shares))


@dataclass(frozen=True)
class Terms:
    """All terms of a run and their inputs.

    Attributes:
        run: The run.
    """

    run: Run

    @property
    def there(self) -> bool:
        """Whether the run has the table."""
        return bool(self.run.table(TABLE) and self.run.table("control"))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Types and groups of which conversations fall due, in order."""
        return tuple(dict.fromkeys((row["type"], row["group"]) for row in self.run.table(TABLE) if row["type"]))

    @cached_property
    def types(self) -> tuple[str, ...]:
        """Conversation types, in order."""
        return tuple(dict.fromkeys(name for name, _ in self.pairs))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Target groups, in order."""
        return tuple(dict.fromkeys(group for _, group in self.pairs))

    @cached_property
    def years(self) -> tuple[str, ...]:
        """Financial years, ascending."""
        return tuple(sorted({row["year"] for row in self.run.table(TABLE) if row["year"]}))

    @property
    def stated(self) -> bool:
        """Whether the concept takes one value of a person-year, which is then an input."""
        return any(row["value_per_person_year"] != "0" for row in self.run.table(TABLE))

    @cached_property
    def values(self) -> Mapping[str, Row]:
        """Rows of the assumptions by key; where the arms differ that of the baseline."""
        found: dict[str, Row] = {}
        for row in self.run.table("assumptions"):
            found.setdefault(row["key"], row)
        return found

    def number(self, key: str) -> float:
        """Return a value of the assumptions; 0 where there is none."""
        row = self.values.get(key)
        return float(row["value"]) if row and row["value"] else 0.0

    def factor(self, quantity: str, pair: Pair, name: str) -> float:
        """Return a factor of the control; 0 where there is none, or one before it is 0."""
        return self._factors.get((quantity, *pair, name), 0.0)

    @cached_property
    def _factors(self) -> dict[tuple[str, str, str, str], float]:
        rows = self.run.table("control")
        at = ((row["quantity"], row["type"], row["group"], row["factor"]) for row in rows)
        return {key: float(row["value"]) for key, row in zip(at, rows, strict=True) if row["value"]}

    def calibrated(self, type_name: str) -> bool:
        """Return whether the relative effect of a type was calibrated, and is no figure of its own."""
        keys = (key for key in self.values if key.startswith(f"{RELATIVE}.{type_name}."))
        return any(self.values[key]["kind"] == "calibrated" for key in keys)

    def kept(self, type_name: str) -> float:
        """Return the share of the effect that a digital conversation of a type keeps, over phone and video."""
        video = self.number(VIDEO)
        phone, seen = (self.number(f"{RELATIVE}.{type_name}.{form}") for form in ("phone", "video"))
        return (1 - video) * phone + video * seen

    @cached_property
    def inputs(self) -> dict[str, Input]:
        """Inputs by name, in the order of the sheet."""
        found = [
            *(
                Input(_name(key), key, key, "", self.number(key), _unit(key))
                for column, key in KEYS.items()
                if any(row[column] != "0" for row in self.run.table(TABLE))
            ),
            *(self._relative(name) for name in self.types if self._uses_relative(name)),
            *(
                Input(f"meeting_weeks_{name}", "", "meeting_weeks", name, self.weeks(name), "weeks")
                for name in self.types
            ),
            *(Input(f"persons_{name}", "", "persons", name, self.persons(name), "persons") for name in self.groups),
        ]
        if not self.stated:
            found += [
                Input(f"kr_per_week_{name}", "", "kr_per_week", name, self.kr_per_week(name), "kr")
                for name in self.groups
            ]
        return {one.name: one for one in found}

    def _uses_relative(self, type_name: str) -> bool:
        rows = self.run.table(TABLE)
        return any(row["type"] == type_name and row["relative_effect"] != "0" for row in rows)

    def _relative(self, type_name: str) -> Input:
        if self.calibrated(type_name):
            return Input(f"loss_index_{type_name}", "", "loss_index", type_name, 1.0, "index")
        key = f"{RELATIVE}.{type_name}"
        return Input(f"relative_effect_{type_name}", key, "relative_effect", type_name, self.kept(type_name), "share")

    def weeks(self, type_name: str) -> float:
        """Return the weeks with conversations of a type."""
        return max(self.factor("due", pair, "meeting_weeks") for pair in self.pairs if pair[0] == type_name)

    def persons(self, group: str) -> float:
        """Return the persons of a group; offices with other meeting days may see some more or fewer."""
        return max(self.factor("due", pair, "persons") for pair in self.pairs if pair[1] == group)

    def kr_per_week(self, group: str) -> float:
        """Return kroner of a week of employment of a group."""
        rows = [row for row in self.run.table(TABLE) if row["line"] == "kr_per_week" and row["group"] == group]
        return sum(
            float(row["value"]) * prod(self.number(KEYS[name]) ** int(row[name]) for name in KEYS) for row in rows
        )

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All terms, those of one figure side by side; terms with the same powers are one."""
        found: dict[object, Part] = {}
        for row in self.run.table(TABLE):
            for part in self._parts(row):
                key = (part.line, part.type, part.group, part.year, tuple(part.powers.items()))
                number = part.number + (found[key].number if key in found else 0.0)
                found[key] = replace(part, number=number)
        most: defaultdict[tuple[str, str, str], float] = defaultdict(float)
        for part in found.values():
            most[part.line, part.type, part.group] = max(most[part.line, part.type, part.group], abs(part.number))
        kept = (part for part in found.values() if abs(part.number) > LEAST * most[part.line, part.type, part.group])
        order = [*dict.fromkeys(row["line"] for row in self.run.table(TABLE))]
        return tuple(sorted(kept, key=lambda part: (order.index(part.line), part.type, part.group, part.year)))

    def _parts(self, row: Row) -> Iterable[Part]:
        """Yield the term of a row; one with a calibrated relative effect is told by the loss that it leaves."""
        powers = {_name(key): int(row[column]) for column, key in KEYS.items() if row[column] != "0"}
        per = self._proportional(row)
        number, of = float(row["value"]), (row["line"], row["type"], row["group"], row["year"])
        if row["relative_effect"] == "0":
            yield Part(*of, number, row["unit"], powers, per)
        elif self.calibrated(row["type"]):
            yield Part(*of, number, row["unit"], powers, per)
            lost = {**powers, f"loss_index_{row['type']}": 1}
            yield Part(*of, number * (self.kept(row["type"]) - 1), row["unit"], lost, per)
        else:
            raised = {**powers, f"relative_effect_{row['type']}": int(row["relative_effect"])}
            yield Part(*of, number, row["unit"], raised, per)

    def _proportional(self, row: Row) -> tuple[str, ...]:
        if row["type"]:
            return f"persons_{row['group']}", f"meeting_weeks_{row['type']}"
        if row["line"] == "kr_per_week" and not self.stated and row["group"] in self.groups:
            return (f"kr_per_week_{row['group']}",)
        return ()

    def sum_of(self, line: str, pair: Pair, year: str = "") -> float:
        """Return a figure at the run's own inputs: the sum of its terms."""
        found = (part for part in self.parts if (part.line, part.type, part.group, part.year) == (line, *pair, year))
        return sum(part.value(self.inputs) for part in found)


def _name(key: str) -> str:
    return key.replace(".", "_")


def _unit(key: str) -> str:
    return "kr" if key.endswith("_kr") else "share" if key.endswith("_share") else "factor"
