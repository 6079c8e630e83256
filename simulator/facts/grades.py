"""The step of evidence of a value: the one that was given, else one that follows from its kind and source.

>>> from simulator.facts.grades import grade_of
>>> grade_of("assumption", "none-found", 0), grade_of("fact", "lab-31", 0), grade_of("fact", "lab-31", 3)
((1, False), (5, False), (3, True))
"""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from simulator.facts.read import Source, sources
from simulator.facts.standing import GRADES, grades
from simulator.facts.tree import Listing, Scalar, Table, read_file

NO_SOURCE = ("", "none-found", "command line", "baseline", "proposal")
"""What stands in the place of a source where nobody named one; so does the name of a scenario."""
OWN = "own-derivation"
PARTS_OF_HOSTS = ("www.", "info.", "rss.")


def grade_of(kind: str, source: str, given: int) -> tuple[int, bool]:
    """Return the step of evidence of a value, and whether it was given.

    One that was not given follows from what the value is and where it comes from: a guess where nobody has published
    anything; a judgement where we chose or calibrated it; derived where we worked it out; published where it is a
    published number, and official where that is a statistic, a law or a Danish trial.

    Args:
        kind: fact, derived, assumption or calibrated.
        source: Id in sources.yaml, or what a scenario says.
        given: The step that was given; 0 for none.
    """
    if given:
        return given, True
    names = {step.name: step.number for step in grades()}
    if kind == "fact" and source != OWN:
        return names["official" if is_official(source) else "published"], False
    if kind in ("fact", "derived"):
        return names["derived"], False
    said = source not in NO_SOURCE and not source.startswith("scenario ")
    return names["judgement" if said or kind == "calibrated" else "guess"], False


def is_official(source: str) -> bool:
    """Return whether a source is a statistic, a law or a Danish trial."""
    known = sources().get(source)
    hosts, trials = _official()
    return source in trials or (known is not None and _host(known) in hosts)


def _host(source: Source) -> str:
    host = urlsplit(source.url).hostname or ""
    for part in PARTS_OF_HOSTS:
        host = host.removeprefix(part)
    return host


@cache
def _official() -> tuple[frozenset[str], frozenset[str]]:
    tree = read_file(GRADES, GRADES.name).entries["official_sources"]
    assert isinstance(tree, Table)
    return _words(tree, "hosts"), _words(tree, "trials")


def _words(tree: Table, key: str) -> frozenset[str]:
    node = tree.entries[key]
    assert isinstance(node, Listing)
    return frozenset(item.text for item in node.items if isinstance(item, Scalar))
