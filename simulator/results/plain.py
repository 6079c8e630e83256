"""The headline in plain words, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.results.plain_knowledge import knowledge_lines
from simulator.results.plain_money import money_lines

Headline = Mapping[str, Any]
WIDTH = 34


def plain_headline(headline: Headline) -> str:
    """Return the headline as lines of text, with numbers as they are written in English."""
    return "\n".join(_lines(headline))


def _lines(headline: Headline) -> Iterator[str]:
    period, days = headline["period"], headline["meeting_days"]
    yield headline["scenario"] + (f": {headline['title']}" if headline["title"] else "")
    same = len(set(days.values())) == 1
    told = str(next(iter(days.values()))) if same else ", ".join(f"{kind} {n}" for kind, n in days.items())
    yield f"{period['from']} to {period['to']}, meeting days: {told}"
    yield ""
    yield _row("converted conversations", headline["converted"], "{:,.0f}")
    yield from _changes(headline)
    yield _row("employment effect, mio. kr.", headline["saldo_mio_kr"]["employment_effect"], "{:,.2f}")
    yield _row("full-time person-years", headline["full_time_person_years"], "{:,.2f}")
    if _some_converted(headline):
        yield _row("kr. lost per converted", headline["kr_per_converted_conversation"], "{:,.0f}")
        yield _row("days of work lost per converted", headline["employment_days_per_converted_conversation"], "{:,.2f}")
        yield _row("share of the trial's effect", headline["trial_effect_share_per_meeting"], "{:.1%}")
    hours = headline["caseworker_hours"]
    yield _row("caseworker hours saved, municipal", hours["municipal"], "{:,.0f}")
    yield _row("caseworker hours saved, a-kasse", hours["a_kasse"], "{:,.0f}")
    yield ""
    yield from knowledge_lines(headline)
    yield from money_lines(headline)
    yield from _calibration(headline)
    yield from _published(headline)
    yield f"Control: {headline['control_line']}"
    yield from _difference(headline)
    yield from _warnings(headline)


BACKLOG = 2
"""How many times as many must wait under the proposal for the queue to be told of."""


def _some_converted(headline: Headline) -> bool:
    """Return whether enough conversations change form for a figure a conversation to say anything."""
    product = headline["identified_product"]["kr_per_conversation"]
    return product is not None and (headline["converted"]["mean"] or 0.0) >= 1


def _row(label: str, estimate: Mapping[str, float | None], form: str) -> str:
    """Return a figure with its standard error and its control."""
    mean, error, control = (estimate[name] for name in ("mean", "std_error", "control"))
    parts = [f"{label:<{WIDTH}}{_number(mean, form):>12}"]
    parts.append(f"  std. error {_number(error, form):>8}" if error is not None else " " * 21)
    if control is not None:
        parts.append(f"  control {_number(control, form):>10}")
    return "".join(parts).rstrip()


def _number(number: float | None, form: str) -> str:
    if number is None:
        return "-"
    # A number that rounds to nothing has no sign.
    text = form.format(number)
    return text.lstrip("-") if not any(digit in text for digit in "123456789") else text


def _changes(headline: Headline) -> Iterator[str]:
    """Yield what else changes: the other way round, the number held, and what waits."""
    if headline["reverse"]:
        yield f"{'from digital to physical':<{WIDTH}}{headline['reverse']:>12,.0f}"
    arms = headline["conversations"]
    before, after = arms["baseline"], arms["proposal"]
    for name, label in (("held", "held in the period"), ("waiting_end", "waiting when it ends")):
        if before[name] is not None and after[name] is not None:
            yield f"{label:<{WIDTH}}{before[name]:>12,.0f}  -> {after[name]:,.0f}"
    for name, label in (("saved", "saved from cancellation"), ("lost", "held no more")):
        found = headline["counterfactual"][name]
        if found["conversations"]["mean"]:
            kr = _number(found["mio_kr"]["mean"], "{:,.2f}")
            yield f"{label:<{WIDTH}}{found['conversations']['mean']:>12,.0f}  {kr} mio. kr."
    yield from _decided(headline)
    yield from _backlog(headline)


MOST_DECISIONS = 8
"""Times in force that are told one by one."""


def _decided(headline: Headline) -> Iterator[str]:
    """Yield when rules that hang on the incidence were in force."""
    decisions = headline["decisions"]
    for one in decisions[:MOST_DECISIONS]:
        yield f"In force by incidence ({one['arm']}): {one['rule']}, {one['area']}, {one['from']} to {one['to']}"
    if len(decisions) > MOST_DECISIONS:
        yield f"and {len(decisions) - MOST_DECISIONS} more times; see tables/rules.csv"


def _backlog(headline: Headline) -> Iterator[str]:
    """Yield what becomes of a queue that the proposal has made longer: held later, never held, how long it lasts."""
    waiting = [headline["conversations"][arm]["waiting_end"] for arm in ("baseline", "proposal")]
    if None in waiting or waiting[1] < BACKLOG * max(waiting[0], 1) or headline["utilisation"] is None:
        return
    for name, label in (("held_later", "of these held later"), ("not_held_later", "of these never held")):
        found = headline[name]
        yield f"{label:<{WIDTH}}{found['baseline']:>12,.0f}  -> {found['proposal']:,.0f}"
    open_places = headline["not_cleared"]
    met = f"had not met in {len(open_places)} municipalities by" if open_places else "had met again at the latest on"
    yield (
        f"Queues of both arms {met} {headline['last_simulated_date']}, "
        f"at a utilisation of {headline['utilisation']:g}, which is an assumption."
    )


def _calibration(headline: Headline) -> Iterator[str]:
    product = headline["identified_product"]
    for entry in headline["calibrated"]:
        value = "confidential" if entry["value"] is None else f"{entry['value']:g}"
        yield f"Calibrated: {entry['key']} = {value}, to {entry['to']}"
    if _some_converted(headline):
        yield (
            f"Effect x loss x value is one product, kr. {product['kr_per_conversation']:,.0f} a converted "
            "conversation; nothing published takes it apart."
        )


def _published(headline: Headline) -> Iterator[str]:
    found = {
        "converted": (headline["converted"]["mean"], "{:,.0f} converted"),
        "employment_effect_mio_kr": (headline["saldo_mio_kr"]["employment_effect"]["mean"], "{:,.2f} mio. kr."),
    }
    told = [
        f"{form.format(number)} (here {_number(found[name][0], form)})"
        for name, number in headline["published"].items()
        if name in found
        for form in (found[name][1],)
    ]
    if told:
        yield f"Published: {', '.join(told)}"


def _difference(headline: Headline) -> Iterator[str]:
    parts = headline["control_parts"]
    if parts and headline["unexplained"] is not None:
        told = ", ".join(f"{name} {part:+,.0f}" for name, part in parts.items())
        yield f"Simulation less control, conversations: {told}, unexplained {headline['unexplained']:+,.0f}"
    for name, number in headline["control_parts_mio_kr"].items():
        yield f"Of the effect the control cannot foresee, mio. kr.: {name} {number:+,.3f}"


def _warnings(headline: Headline) -> Iterator[str]:
    if headline["draft"]:
        share = headline["unexplained_share"]["converted"]
        yield f"Draft: {share:.1%} of the difference to the control is not explained."
    if headline["extrapolated"]:
        yield f"Extrapolated: {', '.join(headline['extrapolated'])} do not cover the period."
    for warning in headline["warnings"]:
        yield f"Warning, {warning['name'].replace('_', ' ')}: {warning['text']}."
    late = headline["not_cleared"]
    if late:
        yield (
            f"Not cleared: in {len(late)} municipalities the queues of the arms had not always met by "
            f"{headline['last_simulated_date']} ({headline['not_cleared_share']:.2%} of all cases); "
            "raise delivery.run_on_weeks.most."
        )
