"""Break-even as a table, as sentences, and as rows for JSON and CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from simulator.uncertainty.breakeven import AT, CLOSED_FORM, NONE, NOT_ALONE, SIMULATED, STILL, Answer, Turn
from simulator.uncertainty.targets import Aimed
from simulator.uncertainty.wording import Wording, table_text

COLUMNS = (
    "key",
    "unit",
    "today",
    "low",
    "high",
    "kind",
    "source",
    "stage",
    "worked_out",
    "goal",
    "figure",
    "figure_unit",
    "figure_today",
    "figure_there",
    "answer",
    "value",
    "residual",
    "way_share",
    "inside_range",
)
"""One row for each value, goal and point. `way_share` is the share of the way from today to the end of the range;
`residual` what the figure misses at a jump, in the unit of the figure."""
SOME = 6
SENTENCE_ORDER = ("half", "double", "zero", "target")
TABLE_ORDER = ("zero", "half", "double", "target")


@dataclass(frozen=True)
class Page:
    """What a break-even found, to be told.

    Attributes:
        figure: The figure.
        today: The figure as the scenario stands, in its unit.
        turns: The values, the nearest first.
    """

    figure: Aimed
    today: float
    turns: Sequence[Turn]


def rows_of(page: Page) -> list[dict[str, Any]]:
    """Return the rows under `COLUMNS`; an answer without a point has one row with empty cells."""
    return [row for turn in page.turns for answer in turn.answers for row in _rows(page, turn, answer)]


def _rows(page: Page, turn: Turn, answer: Answer) -> Iterator[dict[str, Any]]:
    lever, figure = turn.lever, page.figure
    start = (lever.key, lever.unit, lever.value, lever.low, lever.high, lever.kind, lever.source, lever.stage, turn.how)
    goal = (answer.goal, figure.name, figure.unit, page.today, answer.aim, answer.kind)
    points: list[tuple[Any, ...]] = [
        (root.value, root.residual, share, inside)
        for root, share, inside in zip(answer.roots, answer.shares, answer.inside, strict=True)
    ]
    for point in points or [(None, None, None, None)]:
        yield dict(zip(COLUMNS, (*start, *goal, *point), strict=True))


def csv_of(rows: Sequence[dict[str, Any]], columns: Sequence[str] = COLUMNS) -> str:
    """Return rows as CSV."""
    text = StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: "" if row[name] is None else row[name] for name in columns} for row in rows)
    return text.getvalue()


def plain(page: Page, words: Wording) -> str:
    """Return the table, the sentences of what a range reaches, and what cannot turn the figure."""
    unit = words.figure_unit(page.figure.unit)
    today = words.digits(page.today)
    title = words.sentence("break_even.title", figure=words.figure(page.figure.name), today=today, unit=unit)
    able = [turn for turn in page.turns if any(answer.kind == AT for answer in turn.answers)]
    parts = [title, ""]
    if able:
        parts += [_table(page, able, words), words.text("break_even.legend"), "", *_sentences(page, able, words)]
    return "\n".join([*parts, *_rest(page, able, words)])


def _table(page: Page, turns: Sequence[Turn], words: Wording) -> str:
    goals = [goal for goal in TABLE_ORDER if goal in {answer.goal for answer in turns[0].answers}]
    head = {name: words.text(f"break_even.heads.{name}") for name in ("lever", "today", "span", "how")}
    lines = [[head["lever"], head["today"], head["span"], *(_goal_head(page, turns[0], goal, words) for goal in goals)]]
    lines[0].append(head["how"])
    for turn in turns:
        lever = turn.lever
        answers = {answer.goal: answer for answer in turn.answers}
        start = [words.lever_name(lever.key), words.told(lever.value, lever.unit)]
        cells = [_cell(turn, answers[goal], words) for goal in goals]
        how = words.text(f"break_even.how.{turn.how}")
        lines.append([*start, words.span(lever.low, lever.high, lever.unit), *cells, how])
    return table_text(lines)


def _goal_head(page: Page, turn: Turn, goal: str, words: Wording) -> str:
    aim = next(answer.aim for answer in turn.answers if answer.goal == goal)
    return words.text(f"break_even.heads.{goal}", target=words.digits(aim), unit=words.figure_unit(page.figure.unit))


def _cell(turn: Turn, answer: Answer, words: Wording) -> str:
    if answer.kind != AT:
        return words.text(
            {NONE: "break_even.none", STILL: "break_even.still", NOT_ALONE: "break_even.not_alone"}[answer.kind]
        )
    told = []
    for root, share, inside in zip(answer.roots, answer.shares, answer.inside, strict=True):
        value = words.bare(root.value, turn.lever.unit)
        if turn.lever.low is not None and not inside:
            value += words.text("break_even.outside")
        elif share is not None:
            value += words.text("break_even.part", share=words.number(share * 100))
        if root.residual and turn.how != SIMULATED:
            value += words.text("break_even.jump")
        told.append(value)
    return ", ".join(told)


def _sentences(page: Page, turns: Sequence[Turn], words: Wording) -> Iterator[str]:
    """Yield a sentence for each value that reaches something inside its range."""
    near = [turn for turn in turns if any(any(answer.inside) for answer in turn.answers)]
    yield words.text("break_even.reached" if near else "break_even.nothing_reached")
    for turn in near:
        answers = {answer.goal: answer for answer in turn.answers}
        told = [_goal(page, turn, answers[goal], words) for goal in SENTENCE_ORDER if goal in answers]
        yield words.text("break_even.sentence", lever=words.lever_name(turn.lever.key), parts=", ".join(told))


def _goal(page: Page, turn: Turn, answer: Answer, words: Wording) -> str:
    aim = {"target": words.digits(answer.aim), "unit": words.figure_unit(page.figure.unit)}
    if answer.kind != AT:
        return words.text(f"break_even.never.{answer.goal}", **aim)
    told = []
    for root, inside in zip(answer.roots, answer.inside, strict=True):
        value = words.told(root.value, turn.lever.unit)
        marked = turn.lever.low is not None and not inside
        told.append(words.text("break_even.marked", value=value) if marked else value)
    value = f" {words.text('or')} ".join(told)
    return words.text(f"break_even.goals.{answer.goal}", value=value, **aim)


def _rest(page: Page, able: Sequence[Turn], words: Wording) -> Iterator[str]:
    """Yield what cannot turn the figure, in a line of each kind, and how the others were worked out."""
    kinds = {STILL: "idle_line", NOT_ALONE: "alone_line", NONE: "never_line"}
    told = False
    for kind, line in kinds.items():
        keys = [turn.lever.key for turn in page.turns if turn not in able and turn.answers[0].kind == kind]
        if keys:
            if not told:
                yield ""
            told = True
            some = ", ".join([*keys[:SOME], *(["..."] if len(keys) > SOME else [])])
            yield words.text(f"break_even.{line}", count=len(keys), some=some)
    if any(turn.how == CLOSED_FORM for turn in able):
        yield words.text("break_even.closed_form_line")
