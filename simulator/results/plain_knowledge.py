"""What the draws of uncertain values say, in plain words for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.distributions import told

NAMES = {"span": "span of the assumptions", "interval": "95 per cent interval"}
SIGNS = {
    "open": "the sign is open: the assumptions leave both gains and losses",
    "assumed": "the sign is assumed, not computed: in no draw does a digital conversation do more than a physical one",
    "computed": "the sign was computed: assumptions that could have turned it do not",
}


def knowledge_lines(headline: Mapping[str, Any]) -> Iterator[str]:
    """Yield how far the employment effect reaches over the draws, and what that rests on; nothing without draws."""
    known = headline.get("knowledge")
    if not known:
        return
    effect = known["employment_effect_mio_kr"]
    low, high = effect["low"], effect["high"]
    named = NAMES[known["called"]]
    yield f"{named}, mio. kr.: {low['value']:,.2f} to {high['value']:,.2f}, mean {effect['mean']['value']:,.2f}"
    yield f"    {known['draws']:,} draws ({known['design']}){_errors(low, high)}; {SIGNS[known['sign']]}"
    yield from _exact(known["exact"], effect["sd"])
    exceeds = [f"{one['mio_kr']:g}: {one['share']:.0%}" for one in known["loss_exceeds"]]
    yield f"    chance that the loss exceeds, mio. kr.: {', '.join(exceeds)}"
    for one in known["uncertain"]:
        source = one["source"] or "an assumption, no source"
        yield f"    drawn: {one['key']} from {told(one['distribution'])}; {source}"
    if known["simulations"]:
        each = known["replications_of_each"]
        yield f"    {known['simulations']:,} more simulations of {each} replication each, since delivery is uncertain"
    yield ""


def _errors(low: Mapping[str, float | None], high: Mapping[str, float | None]) -> str:
    if low["std_error"] is None or high["std_error"] is None:
        return ""
    return f", std. error of its ends {low['std_error']:.2g} and {high['std_error']:.2g}"


def _exact(exact: Mapping[str, Any], sd: float) -> Iterator[str]:
    """Yield the exact moments beside those of the draws."""
    if "why_none" in exact:
        yield f"    no exact mean: {exact['why_none']}"
        return
    off, error = exact["draws_less_exact_mio_kr"], exact["std_error_mio_kr"]
    beside = "" if error is None else f" (std. error {error:.2g})"
    yield (
        f"    exact mean {exact['mean_mio_kr']:,.4f} and sd {exact['sd_mio_kr']:,.4f}; "
        f"the draws lie {off:+.2g}{beside} beside the mean, their sd is {sd:,.4f}"
    )
