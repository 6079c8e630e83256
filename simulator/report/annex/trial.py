"""Third part: what it would cost to find out by a trial, and whether that is worth it, by prior."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.annex.found import Found, decimals
from simulator.report.annex.power import power
from simulator.report.blocks import Block, Heading, Line, Paragraph, Table
from simulator.report.informed import day_in, named, number_in, stated
from simulator.report.reading import Row

NUMERIC = (False, *(True for _ in range(8)))
IN_DECISION = ("evsi_horizon_mio_kr", "cost_mio_kr", "loss_mio_kr", "net_gain_mio_kr")
POINTS = "share"
"""Unit of a share, which is told in points."""


def trial(found: Found) -> Iterator[Block]:
    """Yield the line of the committee, whether a trial is worth it, and its power."""
    yield Heading(2, found.say("trial.heading"))
    design = {row["quantity"]: row for row in found.rows("trial_design")}
    sentences = [*_line(found, design), *_worth_sentences(found)]
    if not sentences:
        yield Paragraph(found.say("trial.no_table"))
        return
    yield Paragraph(" ".join(sentences))
    described = list(_described(found, design))
    if described:
        yield Paragraph(" ".join(described))
    if found.rows("trial_worth"):
        yield _worth_table(found)
    yield from power(found)


def _line(found: Found, design: dict[str, Row]) -> Iterator[str]:
    """Yield the line of the committee: persons per arm for one percentage point, and the day of the answer."""
    asked = design.get("persons_for_one_point")
    persons = number_in(asked, "value")
    if persons is None:
        if asked is not None:
            yield found.say("trial.line_impossible")
        return
    told = found.words.number(persons)
    answer = design.get("answer_for_one_point")
    day = day_in(answer, "day")
    if day is not None:
        yield found.say("trial.line", persons=told, day=found.words.day(day))
        return
    intake = number_in(design.get("intake_persons"), "value")
    key = "line_never" if intake is None else "line_too_few"
    yield found.say(f"trial.{key}", persons=told, intake=found.words.number(intake))


def _described(found: Found, design: dict[str, Row]) -> Iterator[str]:
    """Yield what trial it is: its design, its intake, both arms and the least difference that it finds."""
    name = stated(found.telling.run, "trial").get("design")
    if name:
        yield found.say("trial.design", design=named(found.words, "trial_designs", str(name)))
    for key, quantities in DESCRIBED.items():
        numbers = {quantity: number_in(design.get(quantity), "value") for quantity in quantities}
        alone = key == "clusters" and numbers["design_effect"] == 1
        if all(number is not None for number in numbers.values()) and not alone:
            yield found.say(f"trial.{key}", **{quantity: _number(found, design[quantity]) for quantity in quantities})


DESCRIBED = {
    "intake": ("intake_persons", "intake_persons_per_week"),
    "clusters": ("clusters", "cluster_mean_size", "icc", "design_effect"),
    "arms": ("exit_share_control", "exit_share_treated", "weeks_52_control", "weeks_52_treated"),
    "detectable": ("detectable_points", "detectable_weeks"),
    "first_stage": ("first_stage",),
}
"""Sentences by the quantities that they tell; one is left out where the run lacks a quantity of it."""
PLACES = {"weeks_52_control": 1, "weeks_52_treated": 1, "detectable_weeks": 2, "design_effect": 2, "icc": 3}


def _number(found: Found, row: Row) -> str:
    name, value = row["quantity"], number_in(row, "value")
    assert value is not None, "only numbers that there are are told"
    if name == "detectable_points":
        return found.words.number(value * 100 if row["unit"] == POINTS else value, 1)
    if name.startswith("exit_share") or name == "first_stage":
        return found.words.share(value, 1)
    return found.words.number(value, PLACES.get(name, 0))


def _worth_sentences(found: Found) -> Iterator[str]:
    """Yield under which priors a trial is worth it, and under which it is not."""
    rows = found.rows("trial_worth")
    if not rows:
        return
    worth = [found.prior(row["prior"]) for row in rows if _is_worth(row)]
    other = [found.prior(row["prior"]) for row in rows if not _is_worth(row)]
    if not worth:
        yield found.say("trial.never_worth")
    elif not other:
        yield found.say("trial.always_worth")
    else:
        yield found.say("trial.sometimes_worth", worth=found.listed(worth), other=found.listed(other))


def _is_worth(row: Row) -> bool:
    return float(row["best_persons_per_arm"]) > 0


def _worth_table(found: Found) -> Table:
    rows = found.rows("trial_worth")
    most = max(
        (abs(float(one[name])) for one in found.rows("trial_sizes") for name in IN_DECISION if one[name]), default=1
    )
    places = min(decimals(most), 1)
    lines = tuple(Line(tuple(_worth_cells(found, row, places))) for row in rows)
    caption = found.telling.numbered("table", found.say("trial.caption"))
    columns = tuple(found.words.find("information.trial.columns"))
    return Table(caption, columns, lines, NUMERIC, (found.say("trial.remark"),), name="trial_worth")


def _worth_cells(found: Found, row: Row, places: int) -> Iterator[str]:
    words, size = found.words, _best_size(found, row)
    yield found.prior(row["prior"])
    yield words.number(number_in(row, "best_persons_per_arm")) if _is_worth(row) else found.say("trial.not_worth")
    weeks = number_in(size, "weeks_until_answer")
    yield found.missing if weeks is None else words.number(weeks)
    for column in IN_DECISION[:-1]:
        yield found.cell(size, column, places) or found.missing
    gain = number_in(row, "net_gain_mio_kr")
    yield words.number(gain, places, plus=True)
    set_up, person = (number_in(row, f"break_even_{name}") for name in ("set_up_mio_kr", "per_person_kr"))
    yield _limit(found, set_up, places)
    yield _limit(found, person, 0)


def _limit(found: Found, value: float | None, places: int) -> str:
    """Return what something may cost at most; that no cost is low enough where even nothing is too much."""
    if value is None:
        return found.missing
    return found.words.number(value, places) if value > 0 else found.words.noted(value, found.say("trial.no_cost"))


def _best_size(found: Found, row: Row) -> Row | None:
    """Return the size of the largest net gain under a prior, or the least bad one."""
    sizes = [one for one in found.rows("trial_sizes") if one["prior"] == row["prior"]]
    return max(sizes, key=lambda one: float(one["net_gain_mio_kr"]), default=None)
