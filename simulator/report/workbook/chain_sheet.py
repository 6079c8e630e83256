"""The sheet of the chain: from persons to kroner in live formulas, beside what the run simulated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from simulator.report.language import Words
from simulator.report.workbook.grid import Content, Formula, Sheet, cell, span
from simulator.report.workbook.terms import Pair, Terms
from simulator.report.workbook.terms_sheet import Sums

SHARES = ("share_not_excepted", "share_without_own_choice", "share_choosing_digital")
TAKE_UP = "attendance_take_up_scale"
COUNT, RATE, SHARE, WEEKS, KR, MIO_KR = "#,##0", "0.0000", "0.000", "#,##0.0", "#,##0", "#,##0.000"
ALIKE = 1e-9
"""Numbers that differ by less than this share are the same number."""


@dataclass(frozen=True)
class Links:
    """What the other sheets need of the chain.

    Attributes:
        sheet: Name of the sheet.
        converted: Conversations that change form, by type.
        weeks: Weeks of employment by group.
    """

    sheet: str
    converted: dict[str, Formula]
    weeks: dict[str, Formula]


class ChainSheet:
    """Writes the sheet.

    Attributes:
        sheet: The sheet.
        terms: The terms of the run.
        sums: Where the terms stand.
        words: The language.
    """

    def __init__(self, sheet: Sheet, terms: Terms, sums: Sums, words: Words) -> None:
        self.sheet, self.terms, self.sums, self.words = sheet, terms, sums, words
        self.converted: dict[Pair, tuple[str, float]] = {}
        self.weeks: dict[Pair, tuple[str, float]] = {}

    @property
    def counts_volume(self) -> bool:
        """Whether the concept counts conversations held in one arm only."""
        chosen = next((row for row in self.terms.run.table("concepts") if row["chosen"] == "1"), None)
        if chosen is None:
            return self.terms.run.headline.get("concept") != "note"
        return "volume" in chosen.get("lines", "")

    def write(self) -> Links:
        """Write the three steps of the chain; the comparison follows in `check.py`."""
        self._conversations()
        self._weeks()
        return self._links()

    def _text(self, key: str, **values: object) -> str:
        return self.words.text(f"workbook.chain.{key}", **values)

    def _begin(self, name: str, heads: str, texts: int) -> int:
        found = self.words.find(f"workbook.chain.{heads}")
        self.sheet.line(self._text(name), "heading")
        self.sheet.heads(found, [False] * texts + [True] * (len(found) - texts))
        return self.sheet.row

    def _named(self, pair: Pair) -> tuple[str, str]:
        return self.words.name("types", pair[0]), self.words.name("groups", pair[1])

    def _conversations(self) -> None:
        numbers = ("", "", COUNT, RATE, SHARE, SHARE, COUNT, *[SHARE] * 5, COUNT)
        first = self._begin("conversations", "conversation_heads", 2)
        for pair in self.terms.pairs:
            row = self.sheet.row
            contents = [*self._named(pair), *self._due(pair, row), *self._changes(pair, row)]
            last = contents[-1]
            assert isinstance(last, Formula)
            self.converted[pair] = (cell(row, len(contents) - 1), float(last.value))
            self.sheet.cells(contents, numbers)
        due = sum(self.sums.of("due", *pair).value for pair in self.terms.pairs)  # type: ignore[misc]
        totals = {6: float(due), 12: sum(value for _, value in self.converted.values())}
        self._total(first, 13, totals, numbers)
        self.sheet.line(self._text("residual", terms=self.words.text("workbook.sheets.terms")), "remark")
        self.sheet.row += 1

    def _due(self, pair: Pair, row: int) -> list[Content]:
        """Return the cells from persons to conversations due."""
        persons, a_week, weeks = (
            self.terms.factor("due", pair, name)
            for name in ("persons", "conversations_per_person_week", "meeting_weeks")
        )
        due, product = self.sums.of("due", *pair), persons * a_week * weeks
        at = [cell(row, column) for column in range(2, 7)]
        carried = Formula(
            f"=IF({at[0]}*{at[1]}*{at[2]}=0,0,{at[4]}/({at[0]}*{at[1]}*{at[2]}))",
            float(due.value) / product if product else 0.0,
        )
        return [
            self._scaled(f"persons_{pair[1]}", self.terms.persons(pair[1]), persons),
            a_week,
            self._scaled(f"meeting_weeks_{pair[0]}", self.terms.weeks(pair[0]), weeks),
            carried,
            due,
        ]

    def _changes(self, pair: Pair, row: int) -> list[Content]:
        """Return the cells from shares to conversations that change form."""
        shares: list[float] = [self.terms.factor("converted", pair, name) for name in SHARES]
        scale = self.terms.factor("converted", pair, "take_up_scale")
        converted, due = self.sums.of("converted", *pair), self.sums.of("due", *pair)
        chained = float(due.value) * prod(shares) * scale
        product = "*".join(cell(row, column) for column in range(6, 11))
        held = Formula(
            f"=IF({product}=0,0,{cell(row, 12)}/({product}))", float(converted.value) / chained if chained else 0.0
        )
        return [*shares, self._take_up(scale), held, converted]

    def _take_up(self, scale: float) -> Content:
        known = self.terms.inputs.get(TAKE_UP)
        alike = known is not None and abs(scale - known.value) <= ALIKE * abs(known.value)
        return Formula(f"={TAKE_UP}", scale) if alike else scale

    @staticmethod
    def _scaled(name: str, whole: float, value: float) -> Content:
        """Return an input, times what of it an office with other meeting days sees."""
        if not whole or abs(value - whole) <= ALIKE * abs(whole):
            return Formula(f"={name}", value)
        return Formula(f"={name}*{value / whole!r}", value)

    def _weeks(self) -> None:
        numbers = ("", "", COUNT, RATE, SHARE, WEEKS, WEEKS, WEEKS, WEEKS)
        first = self._begin("weeks", "week_heads", 2)
        totals: dict[int, float] = dict.fromkeys((2, 5, 6, 7, 8), 0.0)
        for pair in self.terms.pairs:
            row = self.sheet.row
            contents = [*self._named(pair), *self._week_cells(pair, row)]
            self.sheet.cells(contents, numbers)
            for column in totals:
                content = contents[column]
                totals[column] += float(content.value) if isinstance(content, Formula) else 0.0
            counted = contents[8]
            assert isinstance(counted, Formula)
            self.weeks[pair] = (cell(row, 8), float(counted.value))
        self._total(first, 9, totals, numbers)
        if not self.counts_volume:
            self.sheet.line(self._text("volume_beside"), "remark")
        self.sheet.row += 1

    def _week_cells(self, pair: Pair, row: int) -> list[Content]:
        at, count = self.converted[pair]
        form, back, volume = (self.sums.of(f"{line}_weeks", *pair) for line in ("form", "reverse", "volume"))
        lost = self._lost(pair[0])
        where, share, of_form = (cell(row, column) for column in (2, 4, 5))
        per = Formula(
            f"=IF({where}*{share}=0,0,-{of_form}/({where}*{share}))",
            -float(form.value) / (count * float(lost.value)) if count * float(lost.value) else 0.0,
        )
        parts = (form, back, volume) if self.counts_volume else (form, back)
        names = "+".join(cell(row, 5 + number) for number in range(len(parts)))
        whole = Formula(f"={names}", sum(float(part.value) for part in parts))
        return [Formula(f"={at}", count), per, lost, form, back, volume, whole]

    def _lost(self, type_name: str) -> Formula:
        """Return the share of the effect that is lost; an index of it where the relative effect was calibrated."""
        if f"relative_effect_{type_name}" in self.terms.inputs:
            return Formula(f"=1-relative_effect_{type_name}", 1 - self.terms.kept(type_name))
        if f"loss_index_{type_name}" in self.terms.inputs:
            return Formula(f"=loss_index_{type_name}", 1.0)
        return Formula("=1", 1.0)

    def _total(self, first: int, width: int, totals: dict[int, float], numbers: Sequence[str]) -> None:
        contents: list[Content] = [self._text("total"), *[None] * (width - 1)]
        for column, value in totals.items():
            contents[column] = Formula(f"=SUM({span(first, self.sheet.row - 1, column)})", value)
        self.sheet.cells(contents, numbers, "total")

    def _links(self) -> Links:
        name = self.sheet.made.get_name()

        def added(found: dict[Pair, tuple[str, float]], place: int, key: str) -> Formula:
            chosen = [at for pair, at in found.items() if pair[place] == key]
            return Formula(
                "=" + "+".join(f"'{name}'!{where}" for where, _ in chosen), sum(value for _, value in chosen)
            )

        return Links(
            name,
            {key: added(self.converted, 0, key) for key in self.terms.types},
            {key: added(self.weeks, 1, key) for key in self.terms.groups},
        )
