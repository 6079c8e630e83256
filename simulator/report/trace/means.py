"""Rules for means: the control's figure and what the simulation adds, or what is worked out of other means."""

from __future__ import annotations

from simulator.report.trace.kept import Kept
from simulator.report.trace.kroner import counted, has_rows, sum_of_rows
from simulator.report.trace.node import Node, constant, summed
from simulator.report.trace.tracer import Path, Tracer, place_of

EFFECT = ("saldo_mio_kr", "employment_effect")
CONVERTED = ("converted",)
FORM_WEEKS = ("counterfactual", "converted", "employment_weeks")
ADDED = "added by the simulation"
QUEUES = "queue, lapsed conversations and chance: the difference between two kept figures"
UNITS = {
    "converted": "conversations",
    "converted_by_type": "conversations",
    "converted_by_group": "conversations",
    "employment_weeks": "weeks",
    "weeks_off_benefit": "weeks",
    "full_time_person_years": "full-time persons in one year",
    "caseworker_hours": "hours",
    "no_show_hours": "hours",
    "saldo_mio_kr": "mio. kr.",
    "saldo_mio_kr_by_concept": "mio. kr.",
}
FORMS = ("physical", "phone", "video")
RATIOS = (
    "kr_per_converted_conversation",
    "employment_days_per_converted_conversation",
    "trial_effect_share_per_meeting",
)
SALDO_LINES = ("form", "volume", "caseworker_time", "no_shows", "travel")
DAYS = constant(7.0, "days a week")
MIO = constant(1e6, "kr. in a million")


def name_of(path: Path) -> str:
    """Return what a figure of the headline is called."""
    return ".".join(path)


def person_years(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """Person-years are weeks of employment over the weeks of a year, where a week of employment is a full-time one."""
    weeks = tracer.kept.assumption("saldo.weeks_per_person_year")
    if path != ("full_time_person_years",) or weeks is None or not tracer.kept.full_time:
        return None
    parts = (tracer.headline(("employment_weeks",)), weeks)
    return Node(name_of(path), value, place, UNITS[path[0]], "/", parts)


def effect(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """The effect is person-years times their stated value, or under other concepts the sum of the accounts."""
    kept = tracer.kept
    stated = kept.assumption("saldo.value_per_person_year_kr") if kept.stated else None
    if path != EFFECT or not tracer.has("full_time_person_years"):
        return None
    if stated is None:
        return sum_of_rows(kept, name_of(path), counted(kept), place, value) if has_rows(kept, counted(kept)) else None
    years = tracer.headline(("full_time_person_years",))
    kr = Node("effect, kr.", years.value * stated.value, "", "kr.", "*", (years, stated))
    return Node(name_of(path), value, place, "mio. kr.", "/", (kr, MIO))


def net(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """The net is the effect and what stands beside it."""
    if path != ("saldo_mio_kr", "net"):
        return None
    names = [name for name in ("employment_effect", *SALDO_LINES[2:]) if tracer.has("saldo_mio_kr", name)]
    parts = tuple(tracer.headline(("saldo_mio_kr", name)) for name in names)
    return summed(name_of(path), value, parts, place, "mio. kr.")


def line(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """A line of kroner is the sum of its rows."""
    if len(path) != 2 or path[0] != "saldo_mio_kr" or path[1] not in SALDO_LINES:
        return None
    if not has_rows(tracer.kept, lambda row: row["line"] == path[1]):
        return None
    return sum_of_rows(tracer.kept, name_of(path), lambda row: row["line"] == path[1], place, value)


def authority(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """The amount of an authority is the sum of its rows in the headline."""
    if len(path) != 2 or path[0] != "saldo_mio_kr_by_authority":
        return None
    inside = counted(tracer.kept)
    return sum_of_rows(
        tracer.kept, name_of(path), lambda row: inside(row) and row["authority"] == path[1], place, value
    )


def financial_year(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """The amount of a financial year is the sum of its rows in the headline."""
    if len(path) != 3 or path[:2] != ("measure", "financial_years"):
        return None
    inside = counted(tracer.kept)
    return sum_of_rows(tracer.kept, name_of(path), lambda row: inside(row) and row["year"] == path[2], place, value)


def per_conversation(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """A loss for each conversation is the loss of form over the conversations that change form, without its minus."""
    made = ratio(tracer, path, "mean")
    return None if made is None else Node(name_of(path), value, place, made[2], "neg", (made[0],), note=made[1])


def ratio(tracer: Tracer, path: Path, end: str) -> tuple[Node, str, str] | None:
    """Return the loss for each conversation with its minus, what it leaves out, and its unit."""
    if name_of(path) not in RATIOS or not tracer.kept.number("converted", end):
        return None
    conversations = tracer.headline(("converted", end))
    if path[0] == "kr_per_converted_conversation":
        amount = tracer.headline(("saldo_mio_kr", "form", end))
        kr = Node("form, kr.", amount.value * 1e6, "", "kr.", "*", (amount, MIO))
        return _over(kr, conversations), "kroner of changed form for each conversation that becomes digital", "kr."
    if not tracer.kept.has(*FORM_WEEKS, end):
        return None
    weeks = tracer.headline((*FORM_WEEKS, end))
    if path[0] == "employment_days_per_converted_conversation":
        days = Node("form, full-time days", weeks.value * 7, "", "days", "*", (weeks, DAYS))
        return _over(days, conversations), "", "days"
    trial = [tracer.kept.assumption(f"effects.trial.{name}") for name in ("weeks_of_employment", "meetings")]
    if path[0] != "trial_effect_share_per_meeting" or trial[0] is None or trial[1] is None:
        return None
    each = Node("trial, weeks per meeting", trial[0].value / trial[1].value, "", "weeks", "/", (trial[0], trial[1]))
    return _over(_over(weeks, conversations), each), "", "share"


def _over(upper: Node, lower: Node) -> Node:
    return Node(f"{upper.name} / {lower.name}", upper.value / lower.value, sign="/", parts=(upper, lower))


def product(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """The product that is identified is the loss for each conversation."""
    same = {
        "identified_product.days_per_conversation": "employment_days_per_converted_conversation",
        "identified_product.kr_per_conversation": "kr_per_converted_conversation",
    }.get(name_of(path))
    if same is None or not tracer.has(same):
        return None
    return Node(name_of(path), value, place, "", "=", (tracer.headline((same,)),))


def count(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """A count of conversations is the sum of its rows."""
    if len(path) != 3 or path[0] != "conversations":
        return None
    return tracer.conversations.sum(path[1], path[2], value, place)


def simulated(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """What the simulation found is the control's figure and what the simulation adds."""
    control = tracer.kept.number(*path, "control")
    if control is None:
        return None
    checked = tracer.headline((*path, "control"))
    if tracer.kept.by_control or value == control:
        return Node(name_of(path), value, place, UNITS.get(path[0], ""), "=", (checked,))
    parts = (checked, *named_parts(tracer, path))
    rest = value - sum(part.value for part in parts)
    if path != CONVERTED or len(parts) == 1:
        parts = (*parts, Node(ADDED, rest, note=QUEUES))
    return summed(name_of(path), value, parts, place, UNITS.get(path[0], ""))


def named_parts(tracer: Tracer, path: Path) -> tuple[Node, ...]:
    """Return what the simulation adds, part by part, as far as the run names the parts."""
    kept = tracer.kept
    if path == CONVERTED and kept.under("control_parts") and kept.has("unexplained"):
        names = [("control_parts", name) for name in kept.under("control_parts")]
        return tuple(tracer.headline(name) for name in [*names, ("unexplained",)])
    if path == EFFECT:
        return tuple(tracer.headline(("control_parts_mio_kr", name)) for name in kept.under("control_parts_mio_kr"))
    return ()


def by_kind(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """Conversations that change form are those of all types."""
    return _over_all(tracer, path, value, place, "converted_by_type")


def by_group(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """Conversations that change form are those of all groups."""
    return _over_all(tracer, path, value, place, "converted_by_group")


def _over_all(tracer: Tracer, path: Path, value: float, place: str, kind: str) -> Node | None:
    names = tracer.kept.under(kind)
    if path != CONVERTED or not names:
        return None
    parts = tuple(
        Node(f"{kind}.{name}", number, place_of((kind, name, "mean")), "conversations")
        for name in names
        if (number := tracer.kept.number(kind, name, "mean") or tracer.kept.number(kind, name))
    )
    return summed(f"all of {kind}", value, parts, place, "conversations")


def of_accounts(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """The effect is also the sum of the rows of kroner."""
    if path != EFFECT or not has_rows(tracer.kept, counted(tracer.kept)):
        return None
    return sum_of_rows(tracer.kept, "all rows of the headline", counted(tracer.kept), place, value)


def of_control(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """The effect is also the control's and what the simulation adds."""
    return simulated(tracer, path, value, place) if path == EFFECT else None


def of_forms(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """Conversations held are those of all forms."""
    if len(path) != 3 or path[0] != "conversations" or path[2] != "held":
        return None
    if not all(tracer.kept.has(*path[:2], form) for form in FORMS):
        return None
    parts = tuple(_kept(tracer.kept, (*path[:2], form)) for form in FORMS)
    return summed("all forms", value, parts, place, "conversations")


def _kept(kept: Kept, path: Path) -> Node:
    return kept.leaf(path, "counted by the simulation")


def of_balance(tracer: Tracer, path: Path, value: float, place: str) -> Node | None:
    """What waits at the end is what waited and fell due, less what was held, lapsed and was cancelled."""
    if len(path) != 3 or path[0] != "conversations" or path[2] != "waiting_end":
        return None
    arm = path[:2]
    if not all(tracer.kept.has(*arm, name) for name in ("waiting_start", "due", "held", "lapsed", "cancelled")):
        return None
    came = [_kept(tracer.kept, (*arm, name)) for name in ("waiting_start", "due")]
    gone = [_kept(tracer.kept, (*arm, name)) for name in ("held", "lapsed", "cancelled")]
    less = [Node(f"less {one.name}", -one.value, sign="neg", parts=(one,)) for one in gone]
    return summed("conversations that came and went", value, (*came, *less), place, "conversations")


MEANS = (
    *(person_years, effect, net, line, authority, financial_year),
    *(per_conversation, product, count, simulated),
)
"""Rules for means, the first that has a say holds."""
ALSO = (by_kind, by_group, of_accounts, of_control, of_forms, of_balance)
"""Other ways to a mean, all of which hold."""
