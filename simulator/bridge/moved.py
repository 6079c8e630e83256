"""What each changed assumption does to a figure: the change between two kept runs, assumption by assumption.

`walk.py` exchanges blocks and keeps a run behind each step. Here single assumptions are exchanged, old for new, one
after the other in the order of the blocks and then of their keys, and nothing is kept: what only values conversations
is valued on one simulation, and what a kept run of this very program says is not worked out again. The steps and the
rest add up to the difference exactly. The rest is what no assumption makes: another program, seed, number of
replications or engine. Mixtures are run with those of the old run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from simulator.bridge.assumptions import Assumption, Said, assumptions_of
from simulator.bridge.blocks import BLOCKS
from simulator.bridge.ends import End, end_of
from simulator.bridge.figures import Figure
from simulator.bridge.levels import Jobs, Keys, Levels
from simulator.errors import InputError, RunError
from simulator.pipeline import CONTROL
from simulator.results.record import commit, version_of

END = "the kept run cannot be run by this program"
DIRTY = "-dirty"
DASH = "–"
PROGRAM = "program"
"""Stands among what the rest can come from for a run that was made by another program."""
ASKED = ("seed", "replications", "engine")
NOTHING: Keys = frozenset()


@dataclass(frozen=True)
class Piece:
    """A changed assumption, and what it does to the figure.

    Attributes:
        key: Its key as a user names it; several, parted by commas, where no scenario allows one without the other.
        unit: Unit of before and after; empty where they are texts.
        before: What the old run says: a number where it is one.
        after: What the new run says.
        effect: Its step [smallest parts of the figure].
        block: The block of the bridge in which it stands; of several the first.
        blocks: All blocks that it belongs to.
        keys: Keys of the scenario that it is made of.
    """

    key: str
    unit: str
    before: Said
    after: Said
    effect: int
    block: str
    blocks: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """The change of a figure between two kept runs, by assumption.

    Attributes:
        figure: The figure.
        before: The figure of the old run as it was kept [smallest parts].
        after: That of the new run.
        rows: The changed assumptions, in the order in which they were exchanged.
        rest: What they do not make of the difference [smallest parts].
        rest_from: What the rest comes from: program, seed, replications, engine; empty where there is none.
        simulated: Simulations that were made for it.
    """

    figure: Figure
    before: int
    after: int
    rows: tuple[Piece, ...]
    rest: int
    rest_from: tuple[str, ...]
    simulated: int

    @property
    def total(self) -> int:
        """The difference of the two kept figures [smallest parts]: that of the rows and the rest."""
        return self.after - self.before

    def by_block(self) -> dict[str, int]:
        """Return what each block with a changed assumption makes [smallest parts], in the order of the blocks."""
        found = dict.fromkeys((block for block in BLOCKS if any(row.block == block for row in self.rows)), 0)
        for row in self.rows:
            found[row.block] += row.effect
        return found

    def check(self) -> Moved:
        """Return itself if it adds up.

        Raises:
            RunError: It does not.
        """
        found = sum(row.effect for row in self.rows) + self.rest
        if found != self.total:
            raise RunError(f"the changed assumptions do not add up: {found} is not {self.total}")
        return self


def changes_between(
    old: Path,
    new: Path,
    figure: Figure,
    *,
    control: bool = False,
    step: Callable[[], None] = lambda: None,
    jobs: Jobs = lambda _scenario, _engine: 1,
) -> Moved:
    """Return what each assumption that two kept runs have in different states does to a figure.

    Args:
        old: Folder of the old run.
        new: Folder of the new run.
        figure: The figure.
        control: Whether to take the figures of the control, and to work out all else by it, at once.
        step: Called after each replication that is simulated.
        jobs: Gives the number of threads or processes for a scenario and an engine; it changes nothing but the time.

    Raises:
        InputError: A folder holds no finished run, the run is not as it was written, it does not give the figure, or
            this program cannot run it.
        RunError: A law is broken, or the parts do not add up.
    """
    ends = end_of(old), end_of(new)
    if control:
        ends = ends[0].by_control(), ends[1].by_control()
    numbers = [figure.whole(figure.of(end.kept, "control" if control else "mean")) for end in ends]
    return taken_apart(Levels(*ends, figure, step, jobs), numbers[0], numbers[1])


def taken_apart(levels: Levels, before: int, after: int) -> Moved:
    """Return what each changed assumption does to a figure.

    Args:
        levels: Gives the figures of mixtures of two ends.
        before: The figure of the old run as it was kept [smallest parts].
        after: That of the new run.

    Raises:
        InputError: This program cannot run an end.
        RunError: A law is broken, or the parts do not add up.
    """
    groups = _groups(levels, assumptions_of(levels.old, levels.new))
    found = _levels_along(levels, groups, (before, after))
    rows = tuple(_piece(group, one, other) for group, (one, other) in zip(groups, pairwise(found), strict=True))
    rest = after - before - sum(row.effect for row in rows)
    why = _rest_from(levels.old, levels.new) if rest else ()
    return Moved(levels.figure, before, after, rows, rest, why, levels.simulated).check()


Group = tuple[Assumption, ...]


def _keys(groups: Sequence[Group]) -> Keys:
    return frozenset(key for group in groups for one in group for key in one.keys)


def _groups(levels: Levels, rows: Sequence[Assumption]) -> list[Group]:
    """Return the assumptions in order, those together that no scenario allows one without the other.

    Raises:
        InputError: The new run cannot be run by this program, or the old one.
    """
    groups: list[Group] = []
    left = list(rows)
    if left:
        _refuse_ends(levels, rows)
    while left:
        group = _next(levels, groups, left)
        groups.append(group)
        left = [one for one in left if one not in group]
    return groups


def _refuse_ends(levels: Levels, rows: Sequence[Assumption]) -> None:
    for keys, end in ((NOTHING, levels.old), (_keys([tuple(rows)]), levels.new)):
        wrong = None if _by_this_program(end) else levels.fault_of(keys)
        if wrong is not None:
            raise InputError.one(f"{END}: {wrong}", str(end.kept.folder))


def _next(levels: Levels, groups: Sequence[Group], left: Sequence[Assumption]) -> Group:
    """Return the next assumption, with one other where it needs that, or with as many as it takes."""
    first, *others = left
    if not others:
        return (first,)
    tried: list[Group] = [(first,), *((first, other) for other in others)]
    tried += [tuple(left[:count]) for count in range(3, len(left))]
    return next((group for group in tried if levels.fault_of(_keys([*groups, group])) is None), tuple(left))


def _levels_along(levels: Levels, groups: Sequence[Group], numbers: Sequence[int]) -> list[int]:
    """Return the figure before the first exchange and after each [smallest parts].

    That of an end is taken as it was kept where this program made it, and in the way in which mixtures are run.
    """
    points = [_keys(groups[:count]) for count in range(len(groups) + 1)]
    found: dict[Keys, int] = {}
    if _by_this_program(levels.old):
        found[points[0]] = numbers[0]
    if _by_this_program(levels.new) and not _asked_apart(levels.old, levels.new):
        found[points[-1]] = numbers[1]
    wanted = [keys for keys in points if keys not in found] if groups else []
    before = delivery = wanted[0] if wanted else NOTHING
    for keys in wanted:
        delivery = delivery if levels.same_delivery(before, keys) else keys
        found[keys] = levels.level(keys, delivery)
        before = keys
    return [found[keys] for keys in points] if groups else [numbers[0]]


def _by_this_program(end: End) -> bool:
    """Return whether a kept run was made by this very program, as far as its record tells."""
    made = commit()
    record = end.kept.record
    return (record.get("version"), record.get("commit")) == (version_of("saldo"), made) and DIRTY not in (made or "")


def _asked_apart(old: End, new: End) -> tuple[str, ...]:
    """Return in what the two runs were made in other ways; a run of the control has no seed and no replications."""
    names = ("engine",) if CONTROL in (old.asked.engine, new.asked.engine) else ASKED
    return tuple(name for name in names if getattr(old.asked, name) != getattr(new.asked, name))


def _rest_from(old: End, new: End) -> tuple[str, ...]:
    program = () if _by_this_program(old) and _by_this_program(new) else (PROGRAM,)
    return (*program, *_asked_apart(old, new))


def _piece(group: Group, before: int, after: int) -> Piece:
    """Return the row of one assumption, or of several that were exchanged together."""
    units = {one.unit for one in group}
    blocks = tuple(dict.fromkeys(one.block for one in group))
    return Piece(
        key=", ".join(one.key for one in group),
        unit=units.pop() if len(units) == 1 else "",
        before=_together([one.before for one in group]),
        after=_together([one.after for one in group]),
        effect=after - before,
        block=blocks[0],
        blocks=blocks,
        keys=tuple(key for one in group for key in one.keys),
    )


def _together(said: Sequence[Said]) -> Said:
    """Return what several assumptions say as one text, with a dash where one says nothing."""
    if len(said) == 1:
        return said[0]
    return "; ".join(f"{one:.6g}" if isinstance(one, float) else one or DASH for one in said)
