"""Walks the way from the old run to the new: checks every mixture, runs each once, and keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from simulator.bridge.ends import Change, End, changes_of, differing, exchanged
from simulator.bridge.figures import Figure
from simulator.bridge.mixtures import Workshop, name_of, scenario_of, scenario_text, shipped_numbers
from simulator.bridge.route import Mixture, Route, order_that_runs, sorted_blocks
from simulator.bridge.steps import Bridge, KeptEnd, Point, line_of
from simulator.errors import InputError
from simulator.pipeline import CONTROL, prepare
from simulator.results.difference import figure_of
from simulator.results.record import commit, version_of

END_OF_WAY = "the kept run cannot be run by this program"


@dataclass(frozen=True, eq=False)
class Course:
    """What a bridge is to be built of.

    Attributes:
        old: The old end.
        new: The new end.
        order: All blocks, in the order in which they are exchanged.
        control: Whether every run, the ends too, is that of the control alone.
        changes: What the ends say differently, by block.
        unrunnable: Mixtures that no scenario allows, and why.
        texts: The scenarios of the mixtures that were asked for.
    """

    old: End
    new: End
    order: tuple[str, ...]
    control: bool
    changes: Mapping[str, list[Change]]
    unrunnable: Mapping[Mixture, str] = field(default_factory=dict)
    texts: dict[Mixture, str] = field(default_factory=dict, repr=False)

    @cached_property
    def route(self) -> Route:
        """The blocks that differ, in order."""
        return Route(differing(self.changes, self.order))

    def asker(self, mixture: Mixture) -> End:
        """Return the end whose engine, seed and replications a mixture has."""
        return self.new if "method" in mixture else self.old

    def mixtures(self) -> list[Mixture]:
        """Return the mixtures to run, each once; none where the scenarios are the same."""
        if not self.route.blocks:
            return []
        return [mixture for mixture in self.route.mixtures() if mixture not in self.unrunnable]

    @property
    def replications(self) -> int:
        """Number of replications of all runs together; a run of the control counts as one."""
        return sum(self.replications_of(mixture) for mixture in self.mixtures())

    def replications_of(self, mixture: Mixture) -> int:
        """Return the replications of a run; that of the control counts as one."""
        asked = self.asker(mixture).asked
        return 1 if asked.engine == CONTROL else max(asked.replications, 1)

    @cached_property
    def shipped(self) -> dict[str, Any]:
        """What a mixture that is only tried need not write."""
        return shipped_numbers(self.old, self.new)

    def blocks(self, mixture: Mixture) -> Mixture:
        """Return the blocks of the new run that a mixture has, those that are the same in both runs among them."""
        return frozenset(self.order) if mixture == self.route.everything else mixture

    def text(self, mixture: Mixture) -> str:
        """Return a mixture as the text of a scenario file."""
        if mixture not in self.texts:
            tree, ends = exchanged(self.old, self.new, self.blocks(mixture)), (self.old.scenario, self.new.scenario)
            self.texts[mixture] = scenario_text(tree, name_of(mixture, self.route), ends, mixture)
        return self.texts[mixture]


def course_of(old: End, new: End, order: tuple[str, ...], *, control: bool = False) -> Course:
    """Return what a bridge is to be built of; every mixture is checked before any is run.

    Args:
        old: The old end.
        new: The new end.
        order: All blocks, in the order in which they are exchanged.
        control: Whether to run the control alone.

    Raises:
        InputError: An end or a mixture of the stated order cannot be run; names an order that can.
    """
    old, new = (end.by_control() if control else end for end in (old, new))
    course = Course(old, new, order, control, changes_of(old, new))
    if not course.route.blocks:
        return course
    found = {mixture: fault_of(course, mixture) for mixture in course.route.mixtures()}
    unrunnable = {mixture: fault for mixture, fault in found.items() if fault is not None}
    _refuse_ends(course, unrunnable)
    wrong = next((mixture for mixture in course.route.chain() if mixture in unrunnable), None)
    if wrong is not None:
        raise _no_way(course, wrong, unrunnable)
    return replace(course, unrunnable=unrunnable)


def fault_of(course: Course, mixture: Mixture) -> str | None:
    """Return why a mixture cannot be run; None where it can."""
    try:
        prepare(scenario_of(exchanged(course.old, course.new, course.blocks(mixture), course.shipped)))
    except InputError as wrong:
        told = [f"{fault.path}: {fault.message}" if fault.path else fault.message for fault in wrong.faults]
        return "; ".join(dict.fromkeys(told))
    return None


def _refuse_ends(course: Course, unrunnable: Mapping[Mixture, str]) -> None:
    for mixture, end in ((frozenset[str](), course.old), (course.route.everything, course.new)):
        if mixture in unrunnable:
            raise InputError.one(f"{END_OF_WAY}: {unrunnable[mixture]}", str(end.kept.folder))


def _no_way(course: Course, wrong: Mixture, unrunnable: Mapping[Mixture, str]) -> InputError:
    """Return the error of an order that cannot be gone, with one that can."""
    known = {mixture: mixture not in unrunnable for mixture in course.route.mixtures()}

    def runs(mixture: Mixture) -> bool:
        if mixture not in known:
            known[mixture] = fault_of(course, mixture) is None
        return known[mixture]

    found = order_that_runs(course.route.blocks, runs)
    message = f"{', '.join(sorted_blocks(wrong))} of the new run cannot stand beside all else of the old run"
    way = "no other order can be run either"
    if found is not None:
        way = f"give an order that can be run: --order {','.join(_completed(found, course.order))}"
    return InputError.one(f"{message}: {unrunnable[wrong]}; {way}", path="--order")


def _completed(found: tuple[str, ...], order: tuple[str, ...]) -> list[str]:
    """Return an order of all blocks in which those that differ stand as they were found, the others in their places."""
    following = iter(found)
    return [next(following) if block in found else block for block in order]


def walked(course: Course, figure: Figure, workshop: Workshop, step: Callable[[], None] = lambda: None) -> Bridge:
    """Run every mixture, keep it, and return the bridge, checked.

    Args:
        course: What it is to be built of.
        figure: The figure.
        workshop: Where the runs are kept, and how they are made.
        step: Called after each replication.

    Raises:
        InputError: A kept run does not give the figure, or a folder is not free.
        RunError: A run failed, or the steps do not add up.
    """
    part = "control" if course.control else "mean"
    ends = [_kept_end(end, figure, part) for end in (course.old, course.new)]
    points: dict[Mixture, Point] = {}
    for mixture in course.mixtures():
        name, asked = name_of(mixture, course.route), course.asker(mixture).asked
        kept, reused = workshop.made(name, course.text(mixture), asked, step)
        if reused:
            for _ in range(course.replications_of(mixture)):
                step()
        points[mixture] = Point(name, str(kept.record["run_id"]), figure.of(kept, part), reused)
    lines = tuple(line_of(block, tuple(course.changes[block]), course.route, points, figure) for block in course.order)
    program = program_of(version_of("saldo"), commit())
    return Bridge(figure, ends[0], ends[1], course.order, lines, points, dict(course.unrunnable), program).check()


def program_of(version: object, made_from: object) -> str:
    """Return version and commit of a program in words."""
    told = f"version {version}" if version else "a version that was not recorded"
    return f"{told}, commit {made_from}" if made_from else told


def _kept_end(end: End, figure: Figure, part: str) -> KeptEnd:
    record, asked = end.kept.record, end.asked
    many = "replication" if asked.replications == 1 else "replications"
    words = f"{asked.engine}, {asked.replications} {many}, seed {asked.seed}"
    return KeptEnd(
        scenario=end.scenario,
        run_id=end.run_id,
        folder=str(end.kept.folder),
        asked="control" if asked.engine == CONTROL else words,
        program=program_of(record.get("version"), record.get("commit")),
        number=figure.of(end.kept, part),
        std_error=None if part == "control" else figure_of(end.kept.headline, figure.path, "std_error"),
    )
