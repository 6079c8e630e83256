"""Rules for the control's figures: sums over types and groups of products of factors."""

from __future__ import annotations

from collections.abc import Callable

from simulator.report.trace.control import Pair
from simulator.report.trace.means import EFFECT, FORM_WEEKS, MIO, UNITS, name_of, ratio
from simulator.report.trace.node import Node, summed
from simulator.report.trace.tracer import Path, Tracer

NO_FACTORS = "closed form of the control; tables/control.csv keeps no factors of it"
FORM_KR = ("counterfactual", "converted", "mio_kr")
MINUTES = 60.0


def converted(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """Conversations that change form, of the whole, a type or a group."""
    wanted: Callable[[Pair], bool] | None = None
    if path in (("converted",), ("counterfactual", "converted", "conversations")):
        wanted = _all
    elif len(path) == 2 and path[0] in ("converted_by_type", "converted_by_group"):
        at = 0 if path[0] == "converted_by_type" else 1

        def wanted(pair: Pair) -> bool:
            return pair[at] == path[1]

    if wanted is None or not tracer.chains.known("converted"):
        return None
    parts = tracer.chains.pairs("converted", wanted)
    return summed(f"{name_of(path)}.control", value, parts, place, "conversations")


def _all(pair: Pair) -> bool:
    return True


def form_weeks(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """Weeks of employment of changed form, returns to physical form included."""
    if path != FORM_WEEKS or not tracer.chains.known("converted_weeks"):
        return None
    return tracer.chains.sum(f"{name_of(path)}.control", value, ("converted_weeks", "reverse_weeks"), place)


def form_kr(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """Kroner of changed form, returns to physical form included."""
    if path != FORM_KR or not tracer.chains.known("converted_kr"):
        return None
    kr = tracer.chains.sum("form, kr.", value * 1e6, ("converted_kr", "reverse_kr"), "")
    return Node(f"{name_of(path)}.control", value, place, "mio. kr.", "/", (kr, MIO))


def by_lines(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """Weeks and kroner of the headline are those of the lines that the concept counts."""
    below = {("employment_weeks",): "employment_weeks", EFFECT: "mio_kr"}.get(path)
    names = _parts_of(tracer.kept.lines)
    if path in (("saldo_mio_kr", "form"), ("saldo_mio_kr", "volume")):
        below, names = "mio_kr", _parts_of((path[1],))
    if below is None or not all(tracer.kept.has("counterfactual", name, below, "control") for name in names):
        return None
    parts = tuple(tracer.headline(("counterfactual", name, below, "control")) for name in names)
    return summed(f"{name_of(path)}.control", value, parts, place, UNITS[path[0]])


def _parts_of(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Return what lines are made of: form of conversations that change it, volume of those held in one arm only."""
    return tuple(name for line in lines for name in (("converted",) if line == "form" else ("saved", "lost")))


def person_years(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """Person-years are weeks of employment over the weeks of a year, where a week of employment is a full-time one."""
    weeks = tracer.kept.assumption("saldo.weeks_per_person_year")
    if path != ("full_time_person_years",) or weeks is None or not tracer.kept.full_time:
        return None
    parts = (tracer.headline(("employment_weeks", "control")), weeks)
    return Node(f"{name_of(path)}.control", value, place, UNITS[path[0]], "/", parts)


def per_conversation(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """A loss for each conversation, of the control's figures."""
    made = ratio(tracer, path, "control")
    return None if made is None else Node(f"{name_of(path)}.control", value, place, made[2], "neg", (made[0],))


def municipal_hours(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """Hours of municipalities: minutes saved in each digital conversation, missed appointments, and what is left."""
    minutes = tracer.kept.assumption("delivery.digital_saves_minutes")
    types = [name for name in tracer.kept.under("converted_by_type") if name in MUNICIPAL]
    if path != ("caseworker_hours", "municipal") or minutes is None or not tracer.kept.has("no_show_hours", "control"):
        return None
    counts = tuple(tracer.headline(("converted_by_type", name, "control")) for name in types)
    held = summed("conversations of jobcentres and teams that change form", sum(one.value for one in counts), counts)
    hour = Node("minutes an hour", MINUTES)
    a_talk = Node("hours saved in a digital conversation", minutes.value / MINUTES, sign="/", parts=(minutes, hour))
    saved = Node("hours saved in digital conversations", held.value * a_talk.value, "", "hours", "*", (held, a_talk))
    missed = tracer.headline(("no_show_hours", "control"))
    note = "returns to physical form and conversations held in one arm only: the difference between kept figures"
    rest = Node("hours not told apart", value - saved.value - missed.value, "", "hours", note=note)
    return summed(f"{name_of(path)}.control", value, (saved, missed, rest), place, "hours")


MUNICIPAL = ("jobsamtale", "opfoelgning", "rehabiliteringsmoede")
"""Types that jobcentres and rehabilitation teams hold."""


def leaf(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """What the run keeps no factors of is a leaf."""
    return Node(f"{name_of(path)}.control", value, place, UNITS.get(path[0], ""), note=NO_FACTORS)


CONTROLS = (converted, form_weeks, form_kr, by_lines, person_years, per_conversation, municipal_hours, leaf)
"""Rules for the control's figures, the first that has a say holds."""
