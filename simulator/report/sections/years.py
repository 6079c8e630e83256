"""Table 2: the effect on the public balance by financial year, step of the reckoning, account and authority."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from simulator.report.blocks import Block, Emphasis, Heading, Line, Paragraph, Table
from simulator.report.bound import constant
from simulator.report.columns import BESIDE, PUBLIC, STEPS, Column, decimals_of, whole_column, year_columns
from simulator.report.language import MIO
from simulator.report.reading import Row, quantity
from simulator.report.sections.law_comments import municipal_accounts
from simulator.report.sections.telling import Telling
from simulator.report.sections.timing import time_sentences
from simulator.report.story import LEAST_KR, in_headline

GROUP_OF = {
    "transfer": "transfers",
    "transfer_to_employer": "transfers",
    "wage_subsidy": "transfers",
    "transfer_tax": "taxes",
    "transfer_labour_market_contribution": "taxes",
    "labour_market_contribution": "taxes",
    "wage_tax": "taxes",
    "employment_allowance": "taxes",
    "job_allowance": "taxes",
    "indirect_taxes": "return_flow",
    "unemployment_insurance": "return_flow",
    "running_costs": "running_costs",
    "employment": "undivided",
    "production": "production",
    "tax_distortion": "tax_distortion",
}
"""Row of the table by account, in the order of the table."""


def consequences(telling: Telling) -> Iterator[Block]:
    """Yield when the effect falls and the table of years; a sentence where no year has an effect."""
    yield Heading(2, telling.say("consequences.heading"))
    rows = [row for row in telling.run.table("saldo") if row["concept"] == telling.run.headline.get("concept")]
    rows = rows or list(telling.run.table("saldo"))
    if not any(abs(quantity(row, "kr")) >= LEAST_KR for row in rows):
        yield Paragraph(telling.say("consequences.none"))
        return
    told = " ".join(time_sentences(telling))
    if told:
        yield Paragraph(told)
    lines = _Lines(telling, rows)
    price = telling.run.headline.get("price_year")
    caption = telling.say("consequences.caption_price", year=price) if price else telling.say("consequences.caption")
    yield Table(
        caption=telling.numbered("table", caption),
        columns=(telling.say("consequences.item"), *lines.headings),
        lines=tuple(lines.all()),
        numeric=(False, *(True for _ in lines.headings)),
        notes=tuple(remarks(telling, lines))[: 1 if telling.short else None],
        name="years",
    )


class _Lines:
    """The rows of table 2."""

    def __init__(self, telling: Telling, rows: list[Row]) -> None:
        self.telling, self.rows = telling, rows
        years = sorted({row["year"] for row in rows})
        self.columns: tuple[Column, ...] = (
            *year_columns(telling.story, years),
            whole_column(telling.story, years),
        )
        self.effect = [row for row in rows if in_headline(row, telling.story)]
        self.beside = [row for row in rows if row["line"] in BESIDE]
        self.by_steps = any(row["step"] in STEPS for row in rows)
        volume = [row for row in rows if row["line"] == "volume"]
        parts = (self.effect, volume, self.beside if self.by_steps else [])
        self.decimals = decimals_of(max(abs(kr) for part in parts for kr in self.amounts(part)))

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings of the columns of amounts."""
        return tuple(map(self.telling.heading, self.columns))

    def amounts(self, rows: list[Row]) -> list[float]:
        """Return the sum of rows by column [kr]."""
        by_year: defaultdict[str, float] = defaultdict(float)
        for row in rows:
            by_year[row["year"]] += quantity(row, "kr")
        return [column.of(by_year) for column in self.columns]

    def line(self, name: str, rows: list[Row], emphasis: Emphasis = "plain") -> Line:
        """Return a row of amounts [mio. kr.]; one without any amount is told as 0."""
        cells = (self.telling.cell(kr, self.decimals) for kr in self.amounts(rows))
        return Line((name[:1].upper() + name[1:] if emphasis != "sub" else name, *cells), emphasis)

    def shown(self, rows: list[Row]) -> bool:
        """Return whether some amount of rows is more than rounds to nothing."""
        least = 0.5 * MIO * 10.0**-self.decimals
        return any(abs(kr) >= least for kr in self.amounts(rows))

    def grouped(self, rows: list[Row], name_of: Callable[[Row], str]) -> dict[str, list[Row]]:
        """Return rows by name, leaving out groups that hold nothing."""
        groups: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows:
            groups[name_of(row)].append(row)
        return {
            name: group
            for name, group in groups.items()
            if name and sum(abs(quantity(row, "kr")) for row in group) > LEAST_KR
        }

    def all(self) -> Iterator[Line]:
        """Yield the steps, or the accounts of a run that knows no steps; then what stands beside."""
        yield from self.steps() if self.by_steps else self.accounts()
        apart = [("volume", "beside")] if self.by_steps else [("volume", "beside"), ("caseworker_time",) * 2]
        for line, key in apart:
            rows = [row for row in self.rows if row["line"] == line and not in_headline(row, self.telling.story)]
            if self.shown(rows):
                yield self.line(self.telling.say(f"consequences.{key}"), rows, "sub")

    def steps(self) -> Iterator[Line]:
        """Yield the three steps, each after the one before, with the accounts of the third, and who bears the last."""
        words, say = self.telling.words, self.telling.say
        counted = [*self.effect, *self.beside]
        at_once, returned, behaviour = ([row for row in counted if row["step"] == step] for step in STEPS)
        yield self.line(say("consequences.direct"), at_once)
        for name, rows in self.grouped(at_once, lambda row: row["line"]).items():
            yield self.line(say("consequences.of_which_line", line=words.name("lines", name)), rows, "sub")
        yield self.line(say("consequences.returned"), [*at_once, *returned])
        for name, rows in self.behaviour(behaviour):
            yield self.line(say("consequences.behaviour", account=name), rows)
        yield self.line(say("consequences.reached"), counted, "total")
        yield from self.of_which(counted)

    def behaviour(self, rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
        """Yield the accounts of behaviour in the order of the table: their names, and their rows."""
        order = tuple(dict.fromkeys(GROUP_OF.values()))
        groups = self.grouped(rows, lambda row: GROUP_OF.get(row["account"], row["account"]))
        for name in sorted(groups, key=lambda name: order.index(name) if name in order else len(order)):
            kind = "account_groups" if name in order else "accounts"
            insured = name == "return_flow" and any(row["account"] == "unemployment_insurance" for row in groups[name])
            yield self.telling.words.name(kind, "return_flow_and_insurance" if insured else name), groups[name]

    def of_which(self, counted: list[Row]) -> Iterator[Line]:
        """Yield the parts of the last step: the estimate, its lines, and state, municipalities and regions."""
        words, say = self.telling.words, self.telling.say
        if self.shown(self.beside):
            yield self.line(say("consequences.estimate"), self.effect, "sub")
        lines = self.grouped(self.effect, lambda row: row["line"])
        if len(lines) > 1 and all(map(self.shown, lines.values())):
            for name, rows in lines.items():
                yield self.line(say("consequences.of_which_line", line=words.name("lines", name)), rows, "sub")
        if not self.grouped([row for row in counted if row["authority"] in PUBLIC], lambda row: row["authority"]):
            return
        for authority in PUBLIC:
            rows = [row for row in counted if row["authority"] == authority]
            yield self.line(say("consequences.of_which", authority=words.name("authorities", authority)), rows, "sub")

    def accounts(self) -> Iterator[Line]:
        """Yield the accounts, the total and its authorities of a run that knows no steps."""
        words, say = self.telling.words, self.telling.say
        lines = self.grouped(self.effect, lambda row: words.name("lines", row["line"]))
        accounts = self.grouped(self.effect, lambda row: words.name("accounts", row["account"]))
        parts = accounts if len(accounts) > 1 else lines
        if len(parts) > 1:
            for name, rows in parts.items():
                yield self.line(name, rows)
        yield self.line(say("consequences.total"), self.effect, "total")
        authorities = self.grouped(self.effect, lambda row: row["authority"])
        if len(authorities) > 1:
            for name, rows in authorities.items():
                yield self.line(say("consequences.of_which", authority=words.name("authorities", name)), rows, "sub")


def remarks(telling: Telling, lines: _Lines) -> Iterator[str]:
    """Yield the remarks below table 2: sign and rounding, what the accounts rest on, and what lies outside."""
    if telling.short:
        yield telling.say("consequences.remark_short")
        return
    first = [telling.say("consequences.remark", zero=telling.words.number(constant(0.0), lines.decimals))]
    if lines.by_steps:
        first.append(telling.say("consequences.behaviour_alone"))
        undivided = all(GROUP_OF.get(row["account"]) == "undivided" for row in lines.effect)
        if telling.story.value_is_stated and not undivided:
            first.append(telling.say("consequences.split"))
    yield " ".join(first)
    second = [*compensation(telling), *outside(telling)] if lines.by_steps else []
    if second:
        yield " ".join(second)


def compensation(telling: Telling) -> Iterator[str]:
    """Yield how municipalities are made good, by kind."""
    ways: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in municipal_accounts(telling.run):
        ways[telling.words.name("kinds", row["kind"])][telling.words.name("compensation", row["compensation"])] = None
    if ways:
        kinds = [
            telling.say("consequences.compensated", kind=kind, ways=telling.words.listed(found))
            for kind, found in ways.items()
        ]
        yield telling.say("consequences.compensation", kinds=telling.words.listed(kinds))


def outside(telling: Telling) -> Iterator[str]:
    """Yield the time of a-kasser, which lies outside the public balance."""
    hours = telling.run.mean("caseworker_hours", "a_kasse")
    if abs(hours) >= LEAST_KR:
        key = "saved" if hours > 0 else "extra"
        yield telling.say(f"consequences.outside_{key}", hours=telling.count(hours))
