"""The table of the law comments: state, municipalities and regions by kind, financial year and step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from simulator.report.blocks import Block, Heading, Line, Paragraph, Table
from simulator.report.columns import PUBLIC, STEPS, decimals_of, is_nothing, whole_column, year_columns
from simulator.report.language import MIO
from simulator.report.reading import Row, Run, quantity
from simulator.report.sections.telling import Telling

KINDS = ("drift", "overfoersler", "anlaeg", "skatter_og_afgifter")
ASKED = KINDS[:3]
"""Kinds that the form asks for, with or without an amount."""
REACHED = {"direct": STEPS[:1], "returned": STEPS[:2], "reached": STEPS}
"""The three figures, and the steps that each adds up."""


def law_comments(telling: Telling) -> Iterator[Block]:
    """Yield the table of the law comments; nothing where a run has none, a sentence where it has nothing to tell."""
    rows = telling.run.table("law_comments")
    if not rows:
        return
    if telling.story.is_public and not any(map(_kr, rows)):
        return
    yield Heading(3, telling.say("annex.law"))
    if not telling.story.is_public:
        yield Paragraph(telling.say("law.society"))
        return
    form = _Form(telling, rows)
    price = rows[0].get("price_level")
    caption = telling.say("law.caption_price", year=price) if price else telling.say("law.caption")
    headings = [*map(telling.heading, form.years), *(telling.say(f"law.{name}") for name in REACHED)]
    yield Table(
        caption=telling.numbered("table", caption),
        columns=(telling.say("law.item"), *headings),
        lines=tuple(form.lines()),
        numeric=(False, *(True for _ in headings)),
        notes=(form.remark(), " ".join(form.compensation()), form.indexation()),
        name="law_comments",
    )


def municipal_accounts(run: Run) -> list[Row]:
    """Return the rows of the municipalities' accounts that hold an amount."""
    rows = run.table("law_comments")
    return [row for row in rows if row["authority"] == "municipality" and row["account"] and _kr(row)]


def _kr(row: Row) -> float:
    """Return the amount of a row [kr] with the sign of law comments: plus is an expenditure."""
    kr = quantity(row, "as_law_comments_mio_kr") * MIO
    return 0.0 if is_nothing(kr) else kr


class _Form:
    """The rows of the table, and its notes."""

    def __init__(self, telling: Telling, rows: Iterable[Row]) -> None:
        self.telling, self.rows = telling, list(rows)
        years = sorted({row["year"] for row in self.rows})
        self.years = year_columns(telling.story, years)
        self.whole = whole_column(telling.story, years)
        by_authority = (self.cells([row for row in self.rows if row["authority"] == name]) for name in PUBLIC)
        self.decimals = decimals_of(max(abs(kr) for cells in by_authority for kr in cells))

    def cells(self, rows: Iterable[Row]) -> list[float]:
        """Return the amounts of a row [kr]: the years, and the three steps of the whole."""
        by_step: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        for row in rows:
            for figure, steps in REACHED.items():
                if row["step"] in steps:
                    by_step[figure][row["year"]] += _kr(row)
        years = [column.of(by_step["reached"]) for column in self.years]
        return years + [self.whole.of(by_step[figure]) for figure in REACHED]

    def lines(self) -> Iterator[Line]:
        """Yield each authority with its kinds, those that the form asks for also where they are 0, and the whole."""
        words = self.telling.words
        for authority in PUBLIC:
            own = [row for row in self.rows if row["authority"] == authority]
            yield self.line(words.sentence(f"names.authorities.{authority}"), own, total=True)
            for kind in KINDS:
                rows = [row for row in own if row["kind"] == kind]
                cells = self.line(words.name("kinds", kind), rows)
                if kind in ASKED or any(map(_kr, rows)):
                    yield cells
        yield self.line(self.telling.say("law.total"), self.rows, total=True)

    def line(self, name: str, rows: list[Row], total: bool = False) -> Line:
        """Return a row of amounts [mio. kr.]; 0 without decimals where there is nothing."""
        cells = (self.telling.cell(kr, self.decimals) for kr in self.cells(rows))
        return Line((name, *cells), "total" if total else "sub")

    def remark(self) -> str:
        """Return which sign the table has, and what its columns are."""
        return self.telling.say("law.remark_lasting" if self.telling.story.full_years else "law.remark")

    def compensation(self) -> Iterator[str]:
        """Yield what municipalities are compensated for, by kind of compensation."""
        accounts = municipal_accounts(self.telling.run)
        if not accounts:
            return
        ways: defaultdict[str, list[Row]] = defaultdict(list)
        for row in accounts:
            ways[row["compensation"]].append(row)
        parts = [
            self.telling.say(
                "law.part",
                name=self.telling.words.name("compensation", way),
                amount=self.telling.amount(self.cells(rows)[-1]),
                accounts=self.named(rows),
            )
            for way, rows in ways.items()
        ]
        span = self.telling.say("law.span_lasting" if self.telling.story.full_years else "law.span_all")
        yield self.telling.say("law.compensation", span=span, parts=self.telling.words.listed(parts))

    def indexation(self) -> str:
        """Return what the accounts are regulated by."""
        ways: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row["account"] and _kr(row):
                ways[row["indexation"]].append(row)
        parts = [
            self.telling.say("law.indexed", name=self.telling.words.name("indexation", way), accounts=self.named(rows))
            for way, rows in ways.items()
        ]
        return self.telling.say("law.indexation", parts=self.telling.words.listed(parts))

    def named(self, rows: Iterable[Row]) -> str:
        """Return the names of the accounts of some rows, as a list."""
        names = dict.fromkeys(self.telling.words.name("accounts", row["account"]) for row in rows)
        return self.telling.words.listed(names)
