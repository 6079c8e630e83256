"""What one position has more than another: draw by draw where both draw the same, so that what they share falls out."""

from __future__ import annotations

from typing import Any

from simulator.draws import ends_of
from simulator.report.language import read_words
from simulator.results import Drawn
from simulator.results.drawn import HEADLINE, SURE
from simulator.results.sample import MIO
from simulator.results.statements import INTERVAL, SPAN
from simulator.web.words import page_words

Pair = tuple[Drawn | None, Drawn | None]


def difference_of(drawn: Pair, means: tuple[tuple[float, float], bool], language: str) -> dict[str, Any]:
    """Return the employment effect of the second position less that of the first [mio. kr.], minus is a larger loss.

    Args:
        drawn: The draws of both.
        means: The effect of both, and whether both were found in the same way.
        language: Language of the reason why there is no range.
    """
    (first, second), alike = means
    answer: dict[str, Any] = {
        "mean_mio_kr": second - first + 0.0,
        "low": None,
        "high": None,
        "called": None,
        "share": None,
        "reason": None,
    }
    why = _why_none(drawn, alike)
    if why is not None:
        name, keys = why
        text: str = page_words(language)["desk"]["difference"][name]
        names = read_words(language)
        return answer | {"reason": text.format(only="; ".join(names.key_name(key) or key for key in keys))}
    one, two = drawn
    assert one is not None and two is not None, "what has no draws has a reason"
    apart = (two.figures[HEADLINE] - one.figures[HEADLINE]) * MIO
    low, high = ends_of(apart, two.table.parts, SURE)
    called = INTERVAL if one.called == two.called == INTERVAL else SPAN
    return answer | {"low": low + 0.0, "high": high + 0.0, "called": called, "share": SURE}


def _why_none(drawn: Pair, alike: bool) -> tuple[str, list[str]] | None:
    """Return why there is no range, by name, and the keys that only one of the two draws."""
    one, two = drawn
    if not alike:
        return "mixed", []
    if one is None or two is None:
        return "not_drawn", []
    only = sorted(set(one.table.keys) ^ set(two.table.keys))
    if only:
        return "other_draws", only
    luck = [(each.table.seed, each.table.count, each.table.design, each.table.parts) for each in (one, two)]
    return None if luck[0] == luck[1] else ("other_luck", [])
