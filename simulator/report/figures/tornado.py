"""The drivers of the estimate: how far each assumption moves it alone, the widest at the top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simulator.report.driven import closed_form_keys, tornado_record
from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.sensitivity import tornado
from simulator.report.sensitivity.telling import Told
from simulator.report.style import Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURE = "figures.tornado"
NEEDS = "a table of drivers in which something moves the estimate"
"""What a run must have to be drawn, for the message where it has not."""
MOST_ROWS = {"column": 8, "page": 10, "slide": 10}


def wanted(run: Run) -> bool:
    """Return whether a run says what drives its estimate, and anything does."""
    record = tornado_record(run)
    return len(record["rows"]) > len(record["unmoved"])


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure."""
    return tornado.title(Told(tornado_record(run), words))


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: a bar for each driver, from today's estimate to those at both ends of its range."""
    told = Told(tornado_record(run), words)
    closed = closed_form_keys(run)

    def note(names: Sequence[str]) -> str:
        count = len(closed.intersection(names))
        key = "closed_form" if count > 1 else "closed_form_one"
        return words.text(f"{FIGURE}.{key}", count=count) if count else ""

    return tornado.draw(told, size, MOST_ROWS[size.name], note)


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    told = Told(tornado_record(run), words)
    return tornado.alt_text(told, MOST_ROWS["page"])


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: the estimate at both ends of the range of each driver."""
    record = tornado_record(run)
    told = Told(record, words)
    levers = {lever["key"]: lever for lever in record["levers"]}
    closed = closed_form_keys(run)
    return [
        {
            "key": row["name"],
            "name": told.name(row["name"]),
            **{name: levers.get(row["name"], {}).get(name, "") for name in ("low", "high", "value", "unit")},
            "today_mio_kr": record["today"],
            "low_figure_mio_kr": row["low_figure"],
            "high_figure_mio_kr": row["high_figure"],
            "swing_mio_kr": row["swing"],
            "how": "closed form" if row["name"] in closed else "valued",
        }
        for row in told.rows[: MOST_ROWS["page"]]
    ]
