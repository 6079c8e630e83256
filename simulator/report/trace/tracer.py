"""The tree behind a number of the headline: what rule it follows, and then the numbers that it is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from simulator.errors import InputError
from simulator.report.reading import HEADLINE
from simulator.report.trace.control import Chains
from simulator.report.trace.conversations import Conversations
from simulator.report.trace.drawn import Draws
from simulator.report.trace.kept import ESTIMATE, Kept
from simulator.report.trace.node import Node

Path = tuple[str, ...]
Rule = Callable[["Tracer", Path, float, str], Node | None]
"""What a rule is given: the tracer, the path without its end, the number and its place; None where it has no say."""

NOTES = {
    "std_error": "standard error of the events, from the replications; no part of an estimate",
    "control_parts": "worked out beside the simulation: what the control does not follow",
    "control_parts_mio_kr": "worked out beside the simulation: what the control does not follow",
    "published": "given in the scenario",
    "calibrated": "given in the scenario",
    "meeting_days": "days in tables/calendar.csv",
    "conversations": "counted by the simulation",
}


class Tracer:
    """Traces numbers of one run; each is worked out once.

    Attributes:
        kept: What the run keeps.
        chains: The control's chains.
        draws: The draws.
        conversations: Counts of conversations.
    """

    def __init__(self, kept: Kept) -> None:
        """Take what a run keeps."""
        self.kept = kept
        self.chains, self.draws, self.conversations = Chains(kept), Draws(kept), Conversations(kept)
        self._made: dict[Path, Node] = {}

    def headline(self, path: Sequence[str]) -> Node:
        """Return the tree of a number of the headline; of an estimate that of its mean.

        Raises:
            InputError: The headline has no such number.
        """
        full = tuple(path)
        if not self.kept.has(*full) and self.kept.has(*full, "mean"):
            full = (*full, "mean")
        if full not in self._made:
            self._made[full] = self._traced(full)
        return self._made[full]

    def has(self, *path: str) -> bool:
        """Return whether the headline has a number, or an estimate, at a place."""
        return self.kept.has(*path) or self.kept.has(*path, "mean")

    def value(self, *path: str) -> float:
        """Return a number of the headline; that of an estimate is its mean."""
        return self.headline(path).value

    def _traced(self, full: Path) -> Node:
        from simulator.report.trace.controls import CONTROLS
        from simulator.report.trace.means import ALSO, MEANS

        leaf = self.kept.leaf(full, NOTES.get(full[0], ""))
        base, end = (full[:-1], full[-1]) if full[-1] in ESTIMATE else (full, "mean")
        if end == "std_error":
            return replace(leaf, note=NOTES["std_error"])
        if end in ("low", "high"):
            return self.draws.end(base, end, leaf.value, leaf.place) or replace(
                leaf, note="an end of the range of the draws; tables/draws.csv does not keep this figure"
            )
        rules = CONTROLS if end == "control" else MEANS
        node = next((found for rule in rules if (found := rule(self, base, leaf.value, leaf.place))), leaf)
        if end == "control":
            return node
        others = (found for rule in ALSO if (found := rule(self, base, leaf.value, leaf.place)))
        also = tuple(other for other in others if _names(other) != _names(node))
        return replace(node, also=also) if also else node


def _names(node: Node) -> list[str]:
    return [part.name for part in node.parts]


def place_of(path: Sequence[str]) -> str:
    """Return where a number of the headline stands."""
    return f"{HEADLINE}:{'.'.join(path)}"


def missing(figure: str, known: Sequence[str]) -> InputError:
    """Return that there is no such figure, with those that there are."""
    return InputError.one(f"no figure {figure!r}; allowed: {', '.join(known)}", path="FIGURE")
