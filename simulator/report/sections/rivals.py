"""Rival effect models beside each other: the same conversations, four beliefs about what a conversation does."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Heading, Line, Paragraph, Table
from simulator.report.columns import decimals_of, is_nothing
from simulator.report.language import MIO
from simulator.report.reading import quantity
from simulator.report.sections.telling import Telling


def rivals(telling: Telling) -> Iterator[Block]:
    """Yield the estimate under each effect model; nothing where the run does not hold it or all are nothing."""
    rows = [row for row in telling.run.table("rivals") if row["saldo_mio_kr"]]
    figures = [quantity(row, "saldo_mio_kr") * MIO for row in rows]
    if len(rows) < 2 or all(map(is_nothing, figures)):
        return
    decimals = decimals_of(max(map(abs, figures)))
    yield Heading(2, telling.say("rivals.heading"))
    low, high = min(figures, key=abs), max(figures, key=abs)
    yield Paragraph(telling.say("rivals.text", low=telling.amount(low), high=telling.amount(high)))
    chosen = str(telling.run.headline.get("effect_model") or "")
    yield Table(
        caption=telling.numbered("table", telling.say("rivals.caption")),
        columns=tuple(telling.words.find("brief.rivals.columns")),
        lines=tuple(
            Line(
                (
                    _named(telling, row["model"], row["model"] == chosen),
                    telling.say(f"rivals.assumes.{row['model']}"),
                    telling.cell(kr, decimals),
                ),
                "total" if row["model"] == chosen else "plain",
            )
            for row, kr in zip(rows, figures, strict=True)
        ),
        numeric=(False, False, True),
        notes=(telling.say("rivals.remark"),),
        name="rivals",
    )


def _named(telling: Telling, model: str, chosen: bool) -> str:
    name = telling.words.name("effect_models", model)
    return telling.say("concepts.chosen", name=name) if chosen else name
