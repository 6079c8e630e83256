"""From a run to the cells that a second person fills: the factors of its control, each at the level it is known at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from pathlib import Path

from simulator.errors import InputError
from simulator.report.language import MIO
from simulator.report.reading import Run, read_run
from simulator.report.story import Story
from simulator.report.workbook.asked import FORM, REVERSE, VOLUME, Asked, Chain, Product, Scope, Totals, alike, wide

VALUE_KEY, WEEKS_KEY = "saldo.value_per_person_year_kr", "saldo.weeks_per_person_year"
PRODUCT = "weeks_lost_per_conversation"
HELD, KR, PERSON_YEAR = "share_held_so_in_the_end", "kr_per_week_of_employment", "value_per_person_year"
LEVELS = {
    "persons": ("group",),
    "carried_through_closures": ("whole", "type"),
    "take_up_scale": ("whole", "type"),
    "share_of_effect_lost": ("whole", "type"),
    KR: ("whole", "group"),
}
"""Levels that a factor is asked for at, the widest first; that of a type where none is named."""
SHARED = ("persons", "conversations_per_person_week", "meeting_weeks", "carried_through_closures", KR)
"""Factors that conversations which return to physical form have in common with those that leave it."""
OF_EFFECT = ("weeks_of_employment_per_conversation", "share_of_effect_lost")
GIVEN = ("take_up_scale", HELD)
"""Factors that no publication gives."""
QUANTITIES = {FORM: "converted_kr", REVERSE: "reverse_kr"}


def chain_of(folder: Path) -> Chain:
    """Return what a second person is asked for about a run.

    Args:
        folder: The run folder.

    Raises:
        InputError: It is no run, or keeps no control.
    """
    run = read_run(folder)
    control = control_figures(run)
    if control is None or not run.table("control"):
        message = "the run keeps no control, so there is no chain to fill; run the scenario again"
        raise InputError.one(message, where=str(folder))
    asking = Asking(run)
    try:
        products = tuple(asking.products())
    except (KeyError, ValueError, StopIteration) as fault:
        message = "does not hold the factors of a control that this version can read; run the scenario again"
        raise InputError.one(message, where=str(folder / "tables" / "control.csv")) from fault
    run_id = str(run.manifest.get("run_id", ""))
    asked, tolerated = tuple(asking.asked.values()), float(Story(run).tolerated_share)
    return Chain(run_id, asked, products, control, simulated_figures(run), tolerated)


def control_figures(run: Run) -> Totals | None:
    """Return the control's figures of a run; None where it has none."""
    paths = (("converted",), ("employment_weeks",), ("saldo_mio_kr", "employment_effect"))
    found = [run.number(*path, "control") for path in paths]
    converted, weeks, mio_kr = (0.0 if one is None else float(one) for one in found)
    return None if None in found else Totals(converted, weeks, mio_kr * MIO)


def simulated_figures(run: Run) -> Totals | None:
    """Return the simulated figures of a run; None where nothing was simulated."""
    if run.headline.get("engine") == "control":
        return None
    effect = float(run.mean("saldo_mio_kr", "employment_effect")) * MIO
    return Totals(float(run.mean("converted")), float(run.mean("employment_weeks")), effect)


class Asking:
    """Lists the cells, and the chains that they make.

    Attributes:
        run: The run.
        asked: The cells by factor, type and group.
    """

    def __init__(self, run: Run) -> None:
        """Take a run."""
        self.run = run
        self.asked: dict[tuple[str, str, str], Asked] = {}

    @cached_property
    def factors(self) -> Mapping[tuple[str, str], Mapping[Scope, float | None]]:
        """Values by type and group, of each factor of each line; None after a factor of 0."""
        found: dict[tuple[str, str], dict[Scope, float | None]] = {}
        lines = {quantity: line for line, quantity in QUANTITIES.items()}
        for row in self.run.table("control"):
            if row["type"] and row["quantity"] in lines:
                value = float(row["value"]) if row["value"] else None
                turned = -value if value and (lines[row["quantity"]], row["factor"]) == (FORM, KR) else value
                at = found.setdefault((lines[row["quantity"]], row["factor"]), {})
                at[row["type"], row["group"]] = turned
        return found

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Key of the scenario by factor, that of the whole."""
        return {row["factor"]: row["key"] for row in self.run.table("control") if not row["type"]}

    @cached_property
    def calibrated(self) -> str:
        """Key of the effect that was fitted to a published figure, which gives one product; empty if none was."""
        keys = (str(one.get("key", "")) for one in self.run.headline.get("calibrated") or ())
        return next((key for key in keys if key.startswith("effects.")), "")

    @cached_property
    def counts_volume(self) -> bool:
        """Whether the figure counts conversations that are held in one arm only, and there are such."""
        chosen = next((row for row in self.run.table("concepts") if row["chosen"] == "1"), None)
        lines = chosen.get("lines", "") if chosen else "form"
        return "volume" in lines and bool(self._volume("conversations")) and bool(self._volume("mio_kr"))

    def products(self) -> Iterator[Product]:
        """Yield the chains, in the order of the sheet, and list their cells."""
        changes = any(self._count(FORM, pair) for pair in self.factors.get((FORM, HELD), ()))
        returning = self.factors.get((REVERSE, "share_returning_to_physical"), {})
        back = tuple(pair for pair, share in returning.items() if share)
        # A proposal about numbers alone, or about physical form, has no chain to digital form to fill.
        if changes or not (back or self.counts_volume):
            yield from self._line(FORM, tuple(self.factors[FORM, "persons"]))
        if back:
            yield from self._line(REVERSE, back)
        if self.counts_volume:
            yield self._of_volume()

    def _line(self, line: str, pairs: tuple[Scope, ...]) -> Iterator[Product]:
        names = [name for of, name in self.factors if of == line]
        effect = names.index(OF_EFFECT[0])
        to_conversations = [self._places(line, name, pairs) for name in names[:effect]]
        of_effect = [self._product(line, pairs)] if self.calibrated else self._effect(line, pairs)
        kr, per = self._kr(pairs)
        for pair in pairs:
            counted = tuple(found[pair] for found in to_conversations)
            yield Product(line, *pair, counted, tuple(found[pair] for found in of_effect), (kr[pair],), per)

    def _effect(self, line: str, pairs: tuple[Scope, ...]) -> list[dict[Scope, int]]:
        return [self._places(line, name, pairs) for name in OF_EFFECT]

    def _places(self, line: str, name: str, pairs: tuple[Scope, ...]) -> dict[Scope, int]:
        """List the cells of a factor, and return where each type and group has its own."""
        values = {pair: self.factors[line, name].get(pair) for pair in pairs}
        shown = name if line == FORM or name in SHARED or name == "share_returning_to_physical" else f"returning_{name}"
        unit = self._unit(name)
        if name == HELD and self.calibrated:  # the effect of all conversations is one number, so their mean is enough
            ours = self._mean_held(line, pairs)
            return dict.fromkeys(pairs, self._place((shown, "", ""), ours, unit, self.keys.get(name, "")))
        found = wide(values, LEVELS.get(name, ("type",)))
        ours_at: dict[Scope, float | None] = {}
        for pair, scope in found.items():
            ours_at[scope] = values[pair] if ours_at.get(scope) is None else ours_at[scope]
        return {pair: self._place((shown, *found[pair]), ours_at[found[pair]], unit, self.keys[name]) for pair in pairs}

    def _place(self, name: tuple[str, str, str], ours: float | None, unit: str, key: str) -> int:
        """Return the place of a cell in the list, where it is put if it is not there."""
        if name not in self.asked:
            number, plain = f"K{len(self.asked) + 1:02}", name[0].removeprefix("returning_")
            signed = plain == "volume_conversations" or (ours is not None and ours < 0)
            self.asked[name] = Asked(number, *name, unit, key, ours, plain in GIVEN, signed)
        return list(self.asked).index(name)

    def _unit(self, name: str) -> str:
        return next(row["unit"] for row in self.run.table("control") if row["factor"] == name)

    def _count(self, line: str, pair: Scope) -> float:
        """Return the conversations of a type and group in the control."""
        names = [name for of, name in self.factors if of == line]
        values = [self.factors[line, name][pair] for name in names[: names.index(OF_EFFECT[0])]]
        return prod(one or 0.0 for one in values)

    def _lost(self, line: str, pair: Scope) -> float:
        """Return the weeks of employment of a type and group in the control, as a size."""
        return self._count(line, pair) * prod(self.factors[line, name][pair] or 0.0 for name in OF_EFFECT)

    def _mean_held(self, line: str, pairs: tuple[Scope, ...]) -> float | None:
        held = self.factors[line, HELD]
        before = sum(self._count(line, pair) / (held[pair] or 1.0) for pair in pairs)
        return sum(self._count(line, pair) for pair in pairs) / before if before else None

    def _product(self, line: str, pairs: tuple[Scope, ...]) -> dict[Scope, int]:
        """List the one product that a calibrated effect is."""
        count = sum(self._count(line, pair) for pair in pairs)
        ours = sum(self._lost(line, pair) for pair in pairs) / count if count else None
        name = PRODUCT if line == FORM else f"returning_{PRODUCT}"
        return dict.fromkeys(pairs, self._place((name, "", ""), ours, "weeks", self.calibrated))

    def _kr(self, pairs: tuple[Scope, ...]) -> tuple[dict[Scope, int], int | None]:
        """List the value of employment: a stated one of a person-year, or of a week of each group."""
        week = self._week_kr()
        stated = self._stated(list(week.values()))
        if stated is not None:
            return dict.fromkeys(pairs, stated[0]), stated[1]
        if self.calibrated:
            return dict.fromkeys(pairs, self._place((KR, "", ""), self._mean_kr(week), "kr per week", "saldo")), None
        scopes = wide(week, LEVELS[KR])
        by_scope = {scope: week[pair] for pair, scope in scopes.items() if week[pair] is not None}
        found = {pair: scopes[pair] for pair in pairs}
        return {
            pair: self._place((KR, *scope), by_scope.get(scope), "kr per week", "saldo")
            for pair, scope in found.items()
        }, None

    def _stated(self, week: Sequence[float | None]) -> tuple[int, int] | None:
        """List the stated value of a person-year and its weeks; None where kroner of a week come otherwise."""
        year, weeks = self._assumed(VALUE_KEY), self._assumed(WEEKS_KEY)
        if not year or not weeks or not alike((1.0, *(one * weeks / year for one in week if one))):
            return None
        at = self._place((PERSON_YEAR, "", ""), year, "kr per person-year", VALUE_KEY)
        return at, self._place(("weeks_per_person_year", "", ""), weeks, "weeks", WEEKS_KEY)

    def _week_kr(self) -> dict[Scope, float | None]:
        """Return kroner of a week of employment by type and group; those of the group where the chain stops before."""
        week = dict(self.factors[FORM, KR])
        for pair, value in self.factors.get((REVERSE, KR), {}).items():
            week[pair] = value if week.get(pair) is None else week[pair]
        of_group = {pair[1]: value for pair, value in week.items() if value is not None}
        return {pair: of_group.get(pair[1]) if value is None else value for pair, value in week.items()}

    def _mean_kr(self, week: Mapping[Scope, float | None]) -> float | None:
        """Return kroner of a mean week of employment."""
        figures = control_figures(self.run)
        known = [one for one in week.values() if one is not None]
        if known and alike(known):
            return known[0]
        return figures.kr / figures.weeks if figures and figures.weeks else None

    def _assumed(self, key: str) -> float | None:
        """Return a value of the scenario that is one number; None where it is not."""
        found = {row["value"] for row in self.run.table("assumptions") if row["key"] == key and row["value"]}
        return float(found.pop()) if len(found) == 1 else None

    def _volume(self, what: str) -> float:
        """Return conversations, weeks or kroner of what is held in one arm only, fewer with a minus."""
        saved, lost = (self.run.number("counterfactual", name, what, "control") for name in ("saved", "lost"))
        if what == "conversations":
            return float(saved or 0.0) - float(lost or 0.0)
        return float(saved or 0.0) + float(lost or 0.0)

    def _of_volume(self) -> Product:
        """List what conversations that are held in one arm only come to."""
        count, weeks = self._volume("conversations"), self._volume("employment_weeks")
        held = self._place(("volume_conversations", "", ""), count, "conversations", "demand.contact")
        per = self._place(("volume_weeks_per_conversation", "", ""), weeks / count, "weeks", self.keys[OF_EFFECT[0]])
        week = self._volume("mio_kr") * MIO / weeks if weeks else None
        stated = self._stated([*self._week_kr().values(), week])
        if stated is not None:
            return Product(VOLUME, "", "", (held,), (per,), stated[:1], stated[1])
        kr = self._place((f"volume_{KR}", "", ""), week, "kr per week", "saldo")
        return Product(VOLUME, "", "", (held,), (per,), (kr,))
