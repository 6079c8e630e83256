"""A finished run: what was asked, what came out, and where it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from simulator.errors import RunError
from simulator.results.checks import broken_sums
from simulator.results.headline import Asked
from simulator.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Run:
    """A finished run.

    Attributes:
        scenario: The scenario.
        asked: Seed, replications and engine.
        headline: The figures, as `headline.json` holds them.
        tables: The tables by name, as `tables/` holds them.
        events: Every attempt at a conversation, where a log was asked for.
        log: What happened, line by line.
        folder: Where it is kept; None while it is not.
    """

    scenario: Scenario
    asked: Asked
    headline: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    events: pd.DataFrame | None = None
    log: tuple[str, ...] = field(default=(), repr=False)
    folder: Path | None = None

    def check(self) -> Run:
        """Return the run itself if its parts add up.

        Raises:
            RunError: They do not; names each sum.
        """
        broken = broken_sums(self.headline, self.tables)
        if broken:
            raise RunError("parts do not add up to the whole: " + "; ".join(broken))
        return self

    @property
    def brief(self) -> Path | None:
        """The brief, to be read in a browser; None where there is none."""
        names = ("brief.html", "brief.md")
        found = [self.folder / name for name in names if (self.folder / name).is_file()] if self.folder else []
        return found[0] if found else None

    def with_tables(self, tables: Mapping[str, pd.DataFrame]) -> Run:
        """Return the run with further tables."""
        return replace(self, tables={**self.tables, **tables})

    def kept_in(self, folder: Path) -> Run:
        """Return the run with the folder that it is kept in."""
        return replace(self, folder=folder)

    def __repr__(self) -> str:
        """Return name, engine and folder."""
        where = f", kept in {self.folder}" if self.folder else ""
        return f"<Run of {self.scenario.name}: {self.asked.replications} replications by {self.asked.engine}{where}>"
