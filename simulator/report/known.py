"""What a run's draws bear out of its estimate: how it is rounded and worded, in documents and figures alike."""

from __future__ import annotations

from dataclasses import replace

from simulator.report.bound import standing_for
from simulator.report.language import MIO, Words
from simulator.report.reading import Run
from simulator.report.stated import point_text
from simulator.results.statements import ASSUMED, INTERVAL, NO_POINT, OPEN, Found, Statement, statement_of


def stated(run: Run) -> Statement | None:
    """Return what may be said of the employment effect; None where nothing was drawn that moves it."""
    known = run.headline.get("knowledge")
    effect = run.estimate("saldo_mio_kr", "employment_effect")
    if not known or effect.low is None or effect.high is None or effect.low == effect.high:
        return None
    found = Found(effect.mean * MIO, effect.low * MIO, effect.high * MIO)
    told = statement_of(found, known["called"] == INTERVAL, known["sign"] == ASSUMED)
    return replace(
        told,
        point=None if told.point is None else standing_for(told.point, found.point),
        low=None if told.low is None else standing_for(told.low, found.low),
        high=None if told.high is None else standing_for(told.high, found.high),
    )


def sign_is_open(run: Run) -> bool:
    """Return whether the assumptions leave both a loss and a gain, so that no figure is given."""
    told = stated(run)
    return told is not None and told.sign == OPEN


def effect_amount(run: Run, words: Words) -> str:
    """Return the size of the employment effect with the word that its range bears."""
    told = stated(run)
    if told is None:
        return words.text("statements.order_of_magnitude", amount=bare_amount(run, words))
    return point_text(words, told)


def bare_amount(run: Run, words: Words) -> str:
    """Return the size of the employment effect, rounded to what its range bears, without a word before it."""
    told = stated(run)
    if told is None or told.word == NO_POINT:
        return words.magnitude_kr(run.mean("saldo_mio_kr", "employment_effect") * MIO)
    return point_text(words, told).removeprefix(words.text(f"statements.{told.word}", amount=""))
