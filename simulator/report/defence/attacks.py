"""The attacks: assumptions by influence times weakness of evidence, what an opponent says, and the number in answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.report.blocks import Block, Heading, Line, Paragraph, Table
from simulator.report.defence.figures import Figures
from simulator.report.defence.turning import parts_of
from simulator.report.defence.weakness import NO_SOURCE, STRONGEST, grade_of
from simulator.report.reading import Row, quantity
from simulator.report.sections.values import source_name

MOST = 12
"""So many assumptions are attacked."""
MOST_SOURCES = 2
NUMERIC = (False, True, True, True, True, True, True)


@dataclass(frozen=True)
class Attack:
    """An assumption that can be attacked.

    Attributes:
        row: Its row in the table of drivers.
        grade: Grade of its evidence, 1 to 5.
    """

    row: Row
    grade: int

    @property
    def strength(self) -> float:
        """Swing [mio. kr.] times weakness."""
        return float(self.row["swing_mio_kr"]) * (STRONGEST + 1 - self.grade)


def attacks_of(figures: Figures) -> list[Attack]:
    """Return the attacks, the strongest first."""
    assumptions = figures.telling.run.table("assumptions")
    told = [row for row in figures.drivers if row["swing_mio_kr"]]
    found = [Attack(row, grade_of(row["key"], assumptions)) for row in told]
    return sorted(found, key=lambda attack: -attack.strength)[:MOST]


def attacks(figures: Figures) -> Iterator[Block]:
    """Yield the attack list; a sentence where there is nothing to attack."""
    yield Heading(2, figures.say("attacks.heading"))
    found = attacks_of(figures)
    if not found:
        has_table = (figures.telling.run.folder / "tables" / "drivers.csv").is_file()
        yield Paragraph(figures.say("still" if has_table else "before"))
        return
    yield Paragraph(figures.say("attacks.text"))
    yield _table(figures, found)
    for order, attack in enumerate(found, 1):
        yield Heading(3, figures.say("attacks.number", order=order, name=figures.name(attack.row["key"])))
        yield Paragraph(said(figures, attack.row), "speech", figures.say("attacks.opponent"))
        yield Paragraph(" ".join(answer(figures, attack.row)), label=figures.say("attacks.answer"))


def said(figures: Figures, row: Row) -> str:
    """Return what an opponent would say: of the longest known beginning of the key, else by kind of assumption."""
    known = figures.words.find("defence.says")
    parts = row["key"].split(".")
    beginnings = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    text = next((str(known[beginning]) for beginning in beginnings if beginning in known), "")
    if not text or ("{value}" in text and not row["value"]):
        kinds = row["kind"].split("/")
        kind = "none" if row["source"] in NO_SOURCE else next(iter(kinds))
        return figures.say(f"says_kind.{kind}")
    return text.format(value=figures.told(row, "value"))


def answer(figures: Figures, row: Row) -> Iterator[str]:
    """Yield the numbers that answer: the ends, what turns the estimate, and what the number rests on."""
    yield _ends(figures, row)
    turned = parts_of(figures, row["key"])
    if turned:
        yield f"{turned}."
    if "calibrated" in row["kind"].split("/"):
        yield figures.say("attacks.calibrated")
        return
    names = dict.fromkeys(source_name(figures.telling, one) for one in row["source"].split("/") if one not in NO_SOURCE)
    if names:
        yield figures.say("attacks.source", sources=figures.words.listed(list(names)[:MOST_SOURCES]))
    else:
        yield figures.say("attacks.unsourced")


def _ends(figures: Figures, row: Row) -> str:
    low, high = (figures.mio(row, f"{end}_figure_mio_kr") if row[f"{end}_figure_mio_kr"] else "" for end in _ENDS)
    if not low or not high:
        return figures.say("attacks.end_one", figure=low or high, now=figures.now)
    amounts = {"low_figure": low, "high_figure": high, "now": figures.now}
    if not row["low"] or not row["high"]:
        return figures.say("attacks.ends_own", values=figures.words.number(quantity(row, "values")), **amounts)
    return figures.say("attacks.ends", low=figures.told(row, "low"), high=figures.told(row, "high"), **amounts)


_ENDS = ("low", "high")


def _table(figures: Figures, found: list[Attack]) -> Table:
    columns = tuple(figures.words.find("defence.attacks.columns"))
    grades = {f"grade_{grade}": figures.words.find("defence.grades")[grade] for grade in range(1, STRONGEST + 1)}
    notes = [figures.say("attacks.remark", **grades)]
    if any(attack.row["how"] != "valued" for attack in found):
        notes[0] = f"{notes[0]} {figures.say('attacks.remark_closed')}"
    refused = [figures.name(row["key"]) for row in figures.drivers if not row["swing_mio_kr"]]
    if refused:
        notes.append(figures.say("attacks.remark_refused", names=figures.listed(refused)))
    lines = tuple(Line(tuple(_cells(figures, attack))) for attack in found)
    caption = figures.telling.numbered("table", figures.say("attacks.caption"))
    return Table(caption, columns, lines, NUMERIC, tuple(notes))


def _cells(figures: Figures, attack: Attack) -> Iterator[str]:
    row = attack.row
    yield figures.name(row["key"])
    yield figures.told(row, "value")
    yield figures.range_of(row)
    yield str(attack.grade)
    for column in ("low_figure_mio_kr", "high_figure_mio_kr"):
        yield figures.cell(row, column)
    yield figures.cell(row, "swing_mio_kr", plus=False)
