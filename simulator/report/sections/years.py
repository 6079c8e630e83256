"""Table 2: the effect on the public balance by financial year, account and authority."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from simulator.report.blocks import Block, Emphasis, Line, Paragraph, Table
from simulator.report.language import MIO
from simulator.report.reading import Row
from simulator.report.sections.telling import Telling
from simulator.report.story import LEAST_KR, in_headline

MOST_YEARS = 5
"""Further financial years stand together in one column."""

ByYear = dict[str, float]
"""Amounts by column of years [kr]."""


def table_of_years(telling: Telling) -> Iterator[Block]:
    """Yield table 2; a sentence where no year has an effect."""
    rows = [row for row in telling.run.table("saldo") if row["concept"] == telling.run.headline.get("concept")]
    rows = rows or list(telling.run.table("saldo"))
    if not any(abs(float(row["kr"])) >= LEAST_KR for row in rows):
        yield Paragraph(telling.say("consequences.none"))
        return
    years = sorted({row["year"] for row in rows})
    lines = _Lines(telling, rows, years)
    price = telling.run.headline.get("price_year")
    caption = telling.say("consequences.caption_price", year=price) if price else telling.say("consequences.caption")
    yield Table(
        caption=telling.numbered("table", caption),
        columns=(telling.say("consequences.item"), *lines.columns, telling.say("consequences.total_column")),
        lines=tuple(lines.all()),
        numeric=(False, *(True for _ in lines.columns), True),
        notes=(telling.say("consequences.remark"),),
    )


class _Lines:
    """The rows of table 2."""

    def __init__(self, telling: Telling, rows: list[Row], years: list[str]) -> None:
        self.telling, self.rows, self.years = telling, rows, years
        self.shown = years if len(years) <= MOST_YEARS + 1 else years[:MOST_YEARS]
        later = [telling.say("consequences.later")] if len(self.shown) < len(years) else []
        self.columns = [*self.shown, *later]
        self.effect = [row for row in rows if in_headline(row, telling.story)]
        beside = [row for row in rows if row["line"] == "volume"]
        most = max(abs(kr) for part in (self.effect, beside) for kr in self.by_year(part).values())
        self.decimals = 1 if most >= 0.095 * MIO else 2 if most >= 0.0095 * MIO else 3

    def by_year(self, rows: list[Row]) -> ByYear:
        """Return the sum of rows by column."""
        sums = dict.fromkeys(self.columns, 0.0)
        for row in rows:
            sums[row["year"] if row["year"] in self.shown else self.columns[-1]] += float(row["kr"])
        return sums

    def line(self, name: str, rows: list[Row], emphasis: Emphasis = "plain") -> Line:
        """Return a row of amounts [mio. kr.] with its total."""
        sums = self.by_year(rows)
        amounts = [*sums.values(), sum(sums.values())]
        cells = (self.telling.words.number(kr / MIO, self.decimals, plus=True) for kr in amounts)
        return Line((name, *cells), emphasis)

    def grouped(self, rows: list[Row], name_of: Callable[[Row], str]) -> dict[str, list[Row]]:
        """Return rows by name, leaving out groups that hold nothing."""
        groups: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows:
            groups[name_of(row)].append(row)
        return {
            name: group
            for name, group in groups.items()
            if name and sum(abs(float(row["kr"])) for row in group) > LEAST_KR
        }

    def all(self) -> Iterator[Line]:
        """Yield accounts, the total, its authorities, and what stands beside it."""
        words, say = self.telling.words, self.telling.say
        lines = self.grouped(self.effect, lambda row: words.name("lines", row["line"]))
        accounts = self.grouped(self.effect, self.account)
        parts = accounts if len(accounts) > 1 else lines
        if len(parts) > 1:
            for name, rows in parts.items():
                yield self.line(name[:1].upper() + name[1:], rows)
        yield self.line(say("consequences.total"), self.effect, "total")
        authorities = self.grouped(self.effect, lambda row: row["authority"])
        if len(authorities) > 1:
            for name, rows in authorities.items():
                yield self.line(say("consequences.of_which", authority=words.name("authorities", name)), rows, "sub")
        for line, key in (("volume", "beside"), ("caseworker_time", "caseworker_time")):
            rows = [row for row in self.rows if row["line"] == line and row not in self.effect]
            shown = 0.5 * MIO * 10.0**-self.decimals
            if any(abs(kr) >= shown for kr in self.by_year(rows).values()):
                yield self.line(say(f"consequences.{key}"), rows, "sub")

    def account(self, row: Row) -> str:
        """Return what an account is called, with the step of the reckoning where that has a name."""
        words = self.telling.words
        step = words.find(f"names.saldo_steps.{row['step']}")
        account = words.name("accounts", row["account"])
        return f"{step}: {account}" if step else account
