"""Deciding: what each option is worth a year at draws of what is uncertain, under every prior.

Each option is simulated as a proposal against the same baseline, with the same luck, and valued at the same draws: the
columns of a table are keyed by name, so under another prior only the column of its own value changes. The net value of
an option at a draw is what its run gives the public balance (`net`: employment effect, and caseworker time and the
other lines as far as the scenario counts them), for each conversation that the baseline holds in the period, times the
conversations a year that the decision governs. The rules as they are are worth 0 by definition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from simulator.draws import Correlation, DrawPlan, DrawTable, draw_table, spearman
from simulator.errors import InputError
from simulator.pipeline import DELIVERY
from simulator.plan import CONTROL, Plan
from simulator.results.sample import MIO
from simulator.scenario import Scenario
from simulator.uncertainty.information.options import Believed, Choice, believed, choices_of
from simulator.uncertainty.information.regression import Sampled, sampled
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.sensitivity.asking import ANSWERS
from simulator.uncertainty.valuer import BASELINE_HELD
from simulator.uncertainty.worked import Worked, reading_of

FloatArray = npt.NDArray[np.float64]
FIGURES = ("net_kr", "employment_weeks", "converted", BASELINE_HELD)
LEAST_DRAWS = 128
SHOWN = 3


@dataclass(frozen=True, eq=False)
class Weighed:
    """The options under one prior.

    Attributes:
        believed: The prior.
        table: The draws.
        drawn: What each option is worth at each draw [mio. kr. a year], the rules as they are first.
        lost_weeks: Weeks of employment that a conversation loses when it changes form, by the option that a trial
            would try, shape (draw,).
        net_kr: Net kroner of a conversation that changes form by that option, shape (draw,).
    """

    believed: Believed
    table: DrawTable
    drawn: Sampled
    lost_weeks: FloatArray
    net_kr: FloatArray

    @property
    def varying(self) -> tuple[str, ...]:
        """Keys of what varies over the draws, in their order."""
        return tuple(key for key, column in self.table.points.items() if np.ptp(column) > 0)


class Deciding:
    """A decision whose draws are made, so that it is known how much it simulates.

    Attributes:
        scenario: The scenario.
        choices: The options, the rules as they are first.
        believed: The priors.
        options: The other options, worked up.
    """

    def __init__(self, scenario: Scenario, plan: Plan, most: int, step: Callable[[], None] = lambda: None) -> None:
        """Take a scenario and make its draws; nothing is simulated yet.

        Args:
            scenario: The scenario.
            plan: How it is simulated, and how many draws are made.
            most: Simulations that may be made for draws, beside one of each option.
            step: Called after each replication.

        Raises:
            InputError: A prior is wrong, the draws are too few, or they would need more simulations than are allowed.
        """
        if plan.draws < LEAST_DRAWS:
            message = f"{plan.draws} draws are too few to learn from; allowed: {LEAST_DRAWS} or more"
            raise InputError.one(message, path="--draws")
        self.scenario, self.plan, self.choices = scenario, plan, choices_of(scenario)
        self.options = [
            Worked(one.scenario, plan, step, reading_of(one.scenario))
            for one in self.choices
            if one.scenario is not None
        ]
        self.believed = believed(scenario, self.options)
        self._tables = [draw_table(self._drawn_as(one)) for one in self.believed]
        self._most = most
        self._allow()

    @property
    def levers(self) -> list[Lever]:
        """What is drawn under any prior, by the first option that reads it."""
        keys = sorted({key for one in self.believed for key in one.distributions})
        found = [[worked.lever(key) for worked in self.options] for key in keys]
        return [next((one for one in levers if one.stage), levers[0]) for levers in found]

    @property
    def replications(self) -> int:
        """Replications that are made."""
        if self.plan.engine == CONTROL:
            return 0
        return (sum(self._deliveries(worked) for worked in self.options) + len(self.options)) * self.plan.replications

    def weighed(self) -> list[Weighed]:
        """Return what the options are worth under each prior.

        Raises:
            InputError: The baseline holds no conversation, or a number that was drawn is not one that its unit can be.
            RunError: A law is broken.
        """
        today = [worked.today() for worked in self.options]
        if not today[0][BASELINE_HELD]:
            message = "the baseline holds no conversation in the period, so that there is nothing to decide about"
            raise InputError.one(message, self.scenario.path, "period")
        self.tried = max(range(len(today)), key=lambda at: today[at]["converted"])
        figures = [worked.figures(self._points, FIGURES) for worked in self.options]
        starts = np.cumsum([0, *(table.count for table in self._tables)]).tolist()
        return [
            self._of(one, table, [{name: of[name][start : start + table.count] for name in FIGURES} for of in figures])
            for one, table, start in zip(self.believed, self._tables, starts, strict=False)
        ]

    @property
    def tried_choice(self) -> Choice:
        """The option that a trial would try: the one by which most conversations change form."""
        return self.choices[1 + self.tried]

    def _of(self, one: Believed, table: DrawTable, figures: Sequence[dict[str, FloatArray]]) -> Weighed:
        a_year = self.scenario.baseline.values["decision.conversations_per_year"]
        worth = [of["net_kr"] / of[BASELINE_HELD] * a_year * MIO for of in figures]
        tried = figures[self.tried]
        changed = np.where(tried["converted"] > 0, tried["converted"], np.inf)
        return Weighed(
            believed=one,
            table=table,
            drawn=sampled(np.stack([np.zeros(table.count), *worth], axis=1), table.parts),
            lost_weeks=-tried["employment_weeks"] / changed,
            net_kr=tried["net_kr"] / changed,
        )

    def _drawn_as(self, one: Believed) -> DrawPlan:
        sections = self.scenario.sections
        correlations = tuple(
            Correlation(pair.one, pair.other, spearman(pair.correlation) if pair.of == "ranks" else pair.correlation)
            for pair in sections.uncertainty.correlations
        )
        return DrawPlan(one.distributions, self.plan.draws, self.plan.seed, sections.run.design, correlations)

    @property
    def _points(self) -> dict[str, FloatArray]:
        """The draws under all priors, one after another, so that none of their deliveries is simulated twice."""
        keys = sorted({key for table in self._tables for key in table.keys})
        return {key: np.concatenate([self._column(table, key) for table in self._tables]) for key in keys}

    def _column(self, table: DrawTable, key: str) -> FloatArray:
        """Return the draws of a value; where a prior does not draw it, its number today."""
        if key in table.keys:
            return table.points[key]
        now = self.options[0].lever(key).value
        if now is None:
            message = f"{key} is drawn under one prior and has several values under another; draw it under all of them"
            raise InputError.one(message, self.scenario.path, "decision.priors")
        return np.full(table.count, now)

    def _deliveries(self, worked: Worked) -> int:
        points = self._points
        return worked.deliveries(points) if any(worked.simulates(key) for key in points) else 0

    def _allow(self) -> None:
        """Refuse more simulations than may be made, or more answers of the control than are made in their time."""
        by_hand = self.plan.engine == CONTROL
        delivering = [lever.key for lever in self.levers if lever.stage == DELIVERY]
        if by_hand:  # where the conversations are worked out anew no point is like another
            points = sum(table.count for table in self._tables) * len(self.options) if delivering else 0
            needed = -(-points // ANSWERS)
        else:
            needed = sum(self._deliveries(worked) for worked in self.options)
        if needed <= self._most:
            return
        what = f"{needed * ANSWERS:,} answers of the control" if by_hand else f"{needed:,} simulations"
        most = self._most * ANSWERS if by_hand else self._most
        told = ", ".join(delivering[:SHOWN])
        told += f" and {len(delivering) - SHOWN} more" if len(delivering) > SHOWN else ""
        message = f"needs {what}, one for each option and draw of {told}, but may make {most:,}"
        ways = f"allowed: {'' if by_hand else '--engine control, '}fewer --draws, or --simulations {needed}"
        raise InputError.one(f"{message}; {ways}", path="--simulations")


def deciding(scenario: Scenario, plan: Plan, draws: int, most: int, step: Callable[[], None]) -> Deciding:
    """Return a decision whose draws are made; see `Deciding`."""
    return Deciding(scenario, replace(plan, draws=draws), most, step)
