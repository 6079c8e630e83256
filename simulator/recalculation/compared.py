"""Their chain beside ours: each factor, the figure, and what of the difference each factor makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date

from simulator.report.workbook.asked import Asked, Chain, Totals

LEAST_KR = 0.5
"""Kroner below which a figure is nothing."""


@dataclass(frozen=True)
class Compared:
    """A number of ours and of theirs.

    Attributes:
        name: Name of the figure: `converted`, `employment_weeks` or `employment_effect`.
        unit: Unit of the figure.
        theirs: What their factors come to [unit].
        control: What the run's control has [unit].
        simulated: What the run simulated, on average [unit]; None where nothing was simulated.
    """

    name: str
    unit: str
    theirs: float
    control: float
    simulated: float | None

    @property
    def difference(self) -> float:
        """Theirs less the control."""
        return self.theirs - self.control

    @property
    def share(self) -> float | None:
        """Size of the difference as a share of the control; None where only theirs is something."""
        return share_of(self.theirs, self.control)


@dataclass(frozen=True)
class Exchanged:
    """A factor that was filled in, beside ours.

    Attributes:
        number: Its number on the sheet.
        cell: Where it stands, such as `Led!E7`.
        factor: Name of the factor.
        type: Conversation type; empty for all.
        group: Target group; empty for all.
        unit: Unit.
        ours: Value in the control; None where the control does not get so far.
        theirs: Value that was filled in.
        given: Whether the analyst gave it, so that it is not checked.
        effect_kr: What the figure changes by with theirs for ours, and all else ours [kr].
        remark: What the second person wrote beside it.
    """

    number: str
    cell: str
    factor: str
    type: str
    group: str
    unit: str
    ours: float | None
    theirs: float
    given: bool
    effect_kr: float = 0.0
    remark: str = ""

    @property
    def difference(self) -> float | None:
        """Theirs less ours."""
        return None if self.ours is None else self.theirs - self.ours

    @property
    def share(self) -> float | None:
        """Difference as a share of ours; None where ours is nothing and theirs is something."""
        if self.ours is None:
            return None
        return 0.0 if self.theirs == self.ours else (self.theirs - self.ours) / abs(self.ours) if self.ours else None


@dataclass(frozen=True)
class Filled:
    """A recalculation: what the case keeps of the second pair of eyes.

    Attributes:
        run_id: The run.
        fingerprint: Print of the sheet.
        filled_by: Who filled it in.
        filled_on: On which day.
        rows: The factors, in the order of the sheet.
        figures: Conversations, weeks and kroner.
        coarseness_kr: What our own factors come to on this sheet, less the run's control [kr].
        interaction_kr: What the factors make of the difference only together [kr].
        tolerated_share: Share by which the two figures may part.
    """

    run_id: str
    fingerprint: str
    filled_by: str
    filled_on: date
    rows: tuple[Exchanged, ...]
    figures: tuple[Compared, ...]
    coarseness_kr: float
    interaction_kr: float
    tolerated_share: float

    @property
    def control(self) -> float:
        """The figure of the run's control [kr]."""
        return self.figures[-1].control

    @property
    def theirs(self) -> float:
        """The figure that they came to [kr]."""
        return self.figures[-1].theirs

    @property
    def simulated(self) -> float | None:
        """The simulated figure [kr]; None where nothing was simulated."""
        return self.figures[-1].simulated

    @property
    def difference(self) -> float:
        """Their figure less the control's [kr]."""
        return self.figures[-1].difference

    @property
    def difference_share(self) -> float | None:
        """Size of the difference as a share of the control; None where only theirs is something."""
        return self.figures[-1].share

    @property
    def agrees(self) -> bool:
        """Whether the two figures part by no more than is tolerated."""
        return self.difference_share is not None and self.difference_share <= self.tolerated_share

    @property
    def cancels(self) -> bool:
        """Whether a factor alone moves the figure by more than is tolerated, and others take it back."""
        most = max((abs(row.effect_kr) for row in self.rows), default=0.0)
        return self.agrees and most > self.tolerated_share * abs(self.control) + LEAST_KR

    @property
    def checked(self) -> int:
        """Factors that were looked up and not given by the analyst."""
        return sum(not row.given for row in self.rows)


def share_of(theirs: float, ours: float) -> float | None:
    """Return the size of a difference as a share of ours; None where ours is nothing and theirs is something."""
    if ours == 0:
        return 0.0 if abs(theirs) < LEAST_KR else None
    return abs(theirs - ours) / abs(ours)


@dataclass(frozen=True)
class Typed:
    """What was read of the workbook.

    Attributes:
        filled_by: Who filled it in.
        filled_on: On which day.
        cells: Where each factor stands.
        values: What was typed for it [its unit].
        given: Whether it was given by the analyst.
        remarks: What was written beside it.
    """

    filled_by: str
    filled_on: date
    cells: tuple[str, ...]
    values: tuple[float, ...]
    given: tuple[bool, ...]
    remarks: tuple[str, ...]


def compared(chain: Chain, typed: Typed) -> Filled:
    """Return a filled chain beside the run's.

    Args:
        chain: What was asked.
        typed: What was answered, in the same order.
    """
    ours = [theirs if one.ours is None else one.ours for one, theirs in zip(chain.asked, typed.values, strict=True)]
    rows = tuple(_row(one, typed, at) for at, one in enumerate(chain.asked))
    own, their = chain.totals(ours), chain.totals(typed.values)
    effects = _effects(chain, ours, typed.values)
    rows = tuple(replace(row, effect_kr=effects[row.number]) for row in rows)
    return Filled(
        run_id=chain.run_id,
        fingerprint=chain.fingerprint,
        filled_by=typed.filled_by,
        filled_on=typed.filled_on,
        rows=rows,
        figures=_figures(chain, their),
        coarseness_kr=own.kr - chain.control.kr,
        interaction_kr=their.kr - own.kr - sum(effects.values()),
        tolerated_share=chain.tolerated_share,
    )


def _row(one: Asked, typed: Typed, at: int) -> Exchanged:
    named = (one.number, typed.cells[at], one.factor, one.type, one.group, one.unit)
    return Exchanged(*named, one.ours, typed.values[at], typed.given[at], remark=typed.remarks[at])


def _effects(chain: Chain, ours: Sequence[float], theirs: Sequence[float]) -> Mapping[str, float]:
    """Return what each factor changes the figure by, alone [kr]."""
    before, found = chain.totals(ours).kr, {}
    for at, (one, value) in enumerate(zip(chain.asked, theirs, strict=True)):
        exchanged = [*ours[:at], value, *ours[at + 1 :]]
        found[one.number] = 0.0 if value == ours[at] else chain.totals(exchanged).kr - before
    return found


def _figures(chain: Chain, theirs: Totals) -> tuple[Compared, ...]:
    named = (("converted", "conversations"), ("employment_weeks", "weeks"), ("employment_effect", "kr"))
    simulated: Sequence[float | None] = (None,) * len(named)
    if chain.simulated is not None:
        simulated = astuple(chain.simulated)
    of_each = zip(named, astuple(theirs), astuple(chain.control), simulated, strict=True)
    return tuple(Compared(*name, their, control, mean) for name, their, control, mean in of_each)
