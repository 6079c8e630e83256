"""From a scenario that was worked up to an analysis of what its figure hangs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from simulator.errors import Fault, InputError
from simulator.uncertainty.sensitivity import MOST, Choice, Found, Grid, Indices, check_choice, found_by, method_of
from simulator.uncertainty.sensitivity.asking import Asking
from simulator.uncertainty.sensitivity.beside_exact import Exact, beside_exact, write_out
from simulator.uncertainty.sensitivity.factors import Factor, factor_of, groups_of
from simulator.uncertainty.sensitivity.indices import asked
from simulator.uncertainty.sensitivity.known import correlated_among, drawn_together
from simulator.uncertainty.sensitivity.methods import pawn, sobol
from simulator.uncertainty.sensitivity.methods.sobol import power_of_two

if TYPE_CHECKING:
    from simulator.uncertainty.levers import Lever
    from simulator.uncertainty.worked import Worked

FIGURE = "employment_effect_kr"


@dataclass(frozen=True)
class Request:
    """What an analysis is asked.

    Attributes:
        method: Name of the method.
        figure: Name of the figure.
        only: Keys to move; empty for those that carry a distribution, or, where none does, all that have a range.
        groups: As `groups_of` reads them.
        choice: Count, seed and the like.
        most: Simulations that may be made.
    """

    method: str = "tornado"
    figure: str = FIGURE
    only: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    choice: Choice = field(default_factory=Choice)
    most: int = 500


@dataclass(frozen=True)
class Chosen:
    """The levers of an analysis.

    Attributes:
        levers: Those that are moved.
        no_range: Keys that are read but have neither a range nor a distribution.
        why: Which they are, in words.
        left: Keys that are read and have a range, but are not moved because others carry a distribution.
    """

    levers: tuple[Lever, ...]
    no_range: tuple[str, ...]
    why: str
    left: tuple[str, ...] = ()


def chosen_of(worked: Worked, only: Sequence[str]) -> Chosen:
    """Return the levers that an analysis moves.

    Raises:
        InputError: A key is unknown, two keys set the same value, or there is nothing to move; names all faults.
    """
    if only:
        asked = _asked(worked, only)
        bare = tuple(lever.key for lever in asked if not _ranged(lever))
        return Chosen(tuple(lever for lever in asked if _ranged(lever)), bare, "the keys that were named")
    levers = tuple(worked.levers.values())
    sure = tuple(lever for lever in levers if lever.distribution is not None)
    covered = {leaf for lever in levers for leaf in lever.leaves}
    others = [row.key for row in worked.scenario.baseline.values.rows() if row.key not in covered]
    bare = tuple(key for key in others if worked.lever(key).stage)
    if sure:
        left = tuple(lever.key for lever in levers if lever not in sure)
        return Chosen(sure, bare, "the values that carry a distribution", left)
    return Chosen(levers, bare, "all values read that have a range")


def _ranged(lever: Lever) -> bool:
    return lever.distribution is not None or (lever.low is not None and lever.high is not None)


def _asked(worked: Worked, only: Sequence[str]) -> list[Lever]:
    found: list[Lever] = []
    faults: list[Fault] = []
    for key in dict.fromkeys(only):
        try:
            found.append(worked.lever(key))
        except InputError as error:
            faults += error.faults
    owners: dict[str, str] = {}
    for lever in found:
        for leaf in lever.leaves:
            if owners.setdefault(leaf, lever.key) != lever.key:
                faults.append(Fault("command line", 0, 0, "--only", f"{lever.key} and {owners[leaf]} both set {leaf}"))
                break
    if faults:
        raise InputError(faults)
    return found


@dataclass(frozen=True)
class Analysis:
    """An analysis that was made.

    Attributes:
        request: What was asked.
        chosen: The levers.
        found: What the method found.
        worked: The scenario, worked up.
        groups: Group of each lever by key; empty where it stands alone.
        today: The figure as the scenario stands.
        simulations: Simulations that were made, beside that of the scenario as it stands.
        simulated: Keys of the levers that they were made for.
        exact: What the exact decomposition says beside it; None where there is none.
        not_exact: Why there is none.
    """

    request: Request
    chosen: Chosen
    found: Found
    worked: Worked
    groups: Mapping[str, str]
    today: float
    simulations: int
    simulated: tuple[str, ...]
    exact: Exact | None
    not_exact: str


def analysed(worked: Worked, request: Request) -> Analysis:
    """Return an analysis of a scenario.

    Values that the scenario says are correlated are drawn together for the method that is right for them, and refused
    by the others.

    Args:
        worked: The scenario, worked up.
        request: What is asked.

    Raises:
        InputError: Something cannot be moved, grouped or asked, or it needs more simulations than are allowed.
        RunError: A law is broken.
    """
    chosen = chosen_of(worked, request.only)
    if not chosen.levers:
        told = f"; without a range: {', '.join(chosen.no_range)}" if request.only else ""
        raise InputError.one(f"there is nothing to move{told}", path="--only")
    groups = groups_of(chosen.levers, request.groups)
    together = correlated_among(worked.scenario, chosen.levers)
    check_choice(request.method, request.choice, groups=any(groups.values()), correlated=together)
    # Others stay as the scenario has them in each arm, not at the number of one arm.
    factors = [replace(factor_of(lever, groups[lever.key]), today=None) for lever in chosen.levers]
    figure = Asking(worked, [lever.key for lever in chosen.levers], request.figure, request.most)
    found = _found(worked, request, chosen, figure, factors)
    exact, not_exact = _exactly(figure, chosen, factors, request)
    simulated = figure.simulated if figure.simulations else ()
    if isinstance(found, Grid) and request.choice.keys:
        simulated = tuple(key for key in simulated if key in found.names)
    today = figure.today[request.figure]
    made = figure.simulations
    return Analysis(request, chosen, found, worked, groups, today, made, simulated, exact, not_exact)


def _found(worked: Worked, request: Request, chosen: Chosen, figure: Asking, factors: list[Factor]) -> Found:
    """Return what the method finds; what would be refused later for its cost is refused first."""
    together = correlated_among(worked.scenario, chosen.levers)
    if request.method == "tornado" or (request.method == "map" and not request.choice.keys):
        figure.allow(expected(worked, chosen, request), 0)
    if request.method == "sobol" and not figure.of_delivery:
        points = (request.choice.count or sobol.COUNT[0]) * (len(chosen.levers) + 2)
        write_out(figure, chosen.levers, min(points, MOST))
    if together and request.method == "pawn":
        return _of_draws(worked, chosen, figure, factors, request.choice)
    return found_by(request.method, figure, factors, request.choice, together)


def expected(worked: Worked, chosen: Chosen, request: Request) -> int:
    """Return how many simulations an analysis takes at most, beside that of the scenario as it stands.

    A map counts only the search for its two assumptions where they are not named.
    """
    moved = sum(worked.simulates(lever.key) for lever in chosen.levers)
    count = request.choice.count or (method_of(request.method).COUNT or (0, ""))[0]
    if not moved:
        return 0
    if request.method == "map" and request.choice.keys:
        return int(count ** sum(map(worked.simulates, request.choice.keys)))
    of_method = {"morris": count * (moved + 1), "sobol": count * (moved + 2), "pawn": count}
    return int(of_method.get(request.method, 2 * moved))


def _of_draws(worked: Worked, chosen: Chosen, figure: Asking, factors: list[Factor], choice: Choice) -> Indices:
    """Return PAWN indices of values that are drawn together."""
    count = power_of_two(choice.count or pawn.COUNT[0])
    points = drawn_together(worked.scenario, chosen.levers, count, choice.seed)
    return pawn.indices_of_draws(factors, points, asked(figure, points), choice.seed)


def _exactly(figure: Asking, chosen: Chosen, factors: list[Factor], request: Request) -> tuple[Exact | None, str]:
    """Return the exact indices beside those of Sobol, or why there are none."""
    if request.method != "sobol":
        return None, ""
    if figure.of_delivery:
        return None, "some of the values touch the conversations, which are no sum of products of them"
    return beside_exact(figure, chosen.levers, factors, request.choice.seed)
