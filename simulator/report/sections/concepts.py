"""What the choice of concept is worth: the same run under every concept, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Heading, Line, Paragraph, Table
from simulator.report.columns import decimals_of, is_nothing
from simulator.report.language import MIO
from simulator.report.reading import Row, quantity
from simulator.report.sections.telling import Telling

NOT_PUBLIC = "production"
"""What a concept includes that is not the public balance."""
WHY_MISSING = {"temporary": "temporary measure", "empty": "empty slots", "beyond": "beyond the marginal scale"}
"""Words of the table of concepts by which it is told why a concept has no figure."""


def concepts(telling: Telling) -> Iterator[Block]:
    """Yield the section; nothing where a run has no table of concepts, and a sentence where all are nothing."""
    rows = telling.run.table("concepts")
    if len(rows) < 2:
        return
    yield Heading(2, telling.say("concepts.heading"))
    figures = [kr for row in rows if (kr := figure_kr(row)) is not None]
    if all(map(is_nothing, figures)):
        yield Paragraph(telling.say("concepts.nothing"))
        return
    decimals = decimals_of(max(map(abs, figures)))
    yield Paragraph(" ".join(sentences(telling, rows)))
    price = rows[0].get("price_level")
    caption = telling.say("concepts.caption_price", year=price) if price else telling.say("concepts.caption")
    yield Table(
        caption=telling.numbered("table", caption),
        columns=tuple(telling.words.find("brief.concepts.columns")),
        lines=tuple(line(telling, row, chosen_kr(rows), decimals) for row in rows),
        numeric=(False, False, True, True),
        notes=(" ".join(remarks(telling, rows)),),
        name="concepts",
    )


def figure_kr(row: Row) -> float | None:
    """Return the figure of a concept [kr]; None where it has none."""
    return quantity(row, "mio_kr") * MIO if row["mio_kr"] else None


def is_chosen(row: Row) -> bool:
    """Return whether a concept is that of the headline."""
    return row["chosen"] == "1"


def chosen_kr(rows: tuple[Row, ...]) -> float | None:
    """Return the figure of the concept of the headline [kr]."""
    return next((figure_kr(row) for row in rows if is_chosen(row)), None)


def sentences(telling: Telling, rows: tuple[Row, ...]) -> Iterator[str]:
    """Yield what differs between the rows, and how far their figures reach."""
    yield telling.say("concepts.text")
    if telling.story.permanent:
        yield telling.say("concepts.whole")
    public = [row for row in rows if NOT_PUBLIC not in parts_of(row)]
    figures = sorted((kr for row in public if (kr := figure_kr(row)) is not None), key=abs)
    chosen = chosen_kr(rows)
    told = "" if chosen is None else telling.amount(chosen)
    if len(figures) > 1:
        low, high = (telling.amount(kr) for kr in (figures[0], figures[-1]))
        yield telling.say("concepts.range", low=low, high=high, chosen=told)
    elif told:
        yield telling.say("concepts.chosen_alone", chosen=told)


def parts_of(row: Row) -> list[str]:
    """Return what a concept includes, by name."""
    return [part.strip() for part in row["includes"].split(",")]


def line(telling: Telling, row: Row, chosen: float | None, decimals: int) -> Line:
    """Return the row of a concept: name, what it includes or why it has no figure, figure, and difference."""
    words, kr = telling.words, figure_kr(row)
    name = words.name("concepts", row["concept"])
    if is_chosen(row):
        name = telling.say("concepts.chosen", name=name)
    if kr is None:
        missing = words.name("missing", why_missing(row["missing"]))
        return Line((name, missing, words.number(None), words.number(None)))
    parts = words.listed(words.name("concept_parts", part) for part in parts_of(row))
    if row["lines"] == "form":
        parts = telling.say("concepts.form_alone", parts=parts)
    difference = words.number(None) if chosen is None else telling.cell(kr - chosen, decimals)
    return Line((name, parts, telling.cell(kr, decimals), difference), "total" if is_chosen(row) else "plain")


def why_missing(reason: str) -> str:
    """Return the name of the reason for which a concept has no figure; `unknown` where the words are others."""
    return next((name for name, words in WHY_MISSING.items() if words in reason), "unknown")


def remarks(telling: Telling, rows: tuple[Row, ...]) -> Iterator[str]:
    """Yield the remarks below the table."""
    yield telling.say("concepts.remark")
    chosen = chosen_kr(rows)
    time = telling.run.mean("saldo_mio_kr", "caseworker_time") * MIO
    if chosen is not None and not is_nothing(time) and is_nothing(chosen - telling.story.effect_kr - time):
        yield telling.say("concepts.with_time")
