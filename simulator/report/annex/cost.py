"""Second part: what it costs to choose without knowing, and how likely each option is the best one, by prior."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.report.annex.found import HORIZON, LEAST_MIO, Found, decimals
from simulator.report.blocks import Block, Emphasis, Heading, Line, Paragraph, Table
from simulator.report.informed import named, number_in
from simulator.report.reading import Row

ABREAST = 3
"""Priors that stand side by side in one table."""
MOST_KEYS, MOST_GROUPS = 4, 4
OPTION = "option_value"
SURE = 1 - 1e-9
PAIRS = (("a_year_mio_kr", "a_year_std_error_mio_kr"), ("horizon_mio_kr", "horizon_std_error_mio_kr"))
"""Columns of an amount and its standard error: a year, and over the horizon."""


def cost(found: Found) -> Iterator[Block]:
    """Yield what not knowing costs: a sentence, and a table with the priors side by side."""
    yield Heading(2, found.say("cost.heading"))
    if not found.rows("voi"):
        yield Paragraph(found.say("cost.no_table"))
        return
    yield Paragraph(" ".join((_sentence(found), *_best_on_average(found))))
    for at in range(0, len(found.priors), ABREAST):
        yield _table(found, found.priors[at : at + ABREAST], at)


def always_best(found: Found) -> str:
    """Return the option that is best at every draw under every prior; empty where none is."""
    for option in found.subjects("best_share"):
        shares = [number_in(found.voi("best_share", option, prior), "share") for prior in found.priors]
        if shares and all(share is not None and share >= SURE for share in shares):
            return option
    return ""


def _best_on_average(found: Found) -> Iterator[str]:
    """Yield which option is the best on average, by prior; nothing where that is said already or not known."""
    if always_best(found):
        return
    best: dict[str, list[str]] = {}
    for prior in found.priors:
        values = {option: number_in(found.voi(OPTION, option, prior), PAIRS[0][0]) for option in found.subjects(OPTION)}
        known = {option: value for option, value in values.items() if value is not None}
        if known:
            best.setdefault(max(known, key=lambda option: known[option]), []).append(found.prior(prior))
    if len(best) == 1:
        yield found.say("cost.best_always", option=found.words.quoted(found.option(next(iter(best)))))
    elif best:
        told = [
            found.say("cost.best_under", option=found.words.quoted(found.option(option)), priors=found.listed(priors))
            for option, priors in best.items()
        ]
        yield found.say("cost.best", options="; ".join(told))


def _sentence(found: Found) -> str:
    worth = found.worth("evpi", "")
    if not worth:
        return found.say("cost.not_told")
    if max(worth) < LEAST_MIO:
        best = always_best(found)
        option = found.words.quoted(found.option(best))
        return found.say("cost.nothing_same", option=option) if best else found.say("cost.nothing")
    key = "sentence" if min(worth) >= LEAST_MIO else "sentence_from_nothing"
    return found.say(f"cost.{key}", worth=found.between(worth), most=found.size(max(worth)))


def _table(found: Found, priors: Sequence[str], at: int) -> Table:
    heads = [found.say("cost.first_column")]
    for prior in priors:
        heads += [found.say(f"cost.{key}", prior=found.prior(prior), years=_years(found)) for key in _heads(found)]
    lines = tuple(Line((name, *cells), emphasis) for name, emphasis, cells in _lines(found, priors))
    caption = found.telling.numbered("table", found.say("cost.caption"))
    name = "voi" if not at else f"voi-{at // ABREAST + 1}"
    return Table(
        caption, tuple(heads), lines, (False, *(True for _ in heads[1:])), (found.say("cost.remark"),), name=name
    )


def _heads(found: Found) -> tuple[str, str]:
    return "year_column", "years_column" if _years(found) else "horizon_column"


def _years(found: Found) -> str:
    """Return the years of the horizon, where the run holds them."""
    rows = [row for row in found.values_of(HORIZON) if row["key"] == HORIZON]
    return found.told(rows, "value", unit=False) if rows else ""


def _lines(found: Found, priors: Sequence[str]) -> Iterator[tuple[str, Emphasis, list[str]]]:
    """Yield name, emphasis and cells of each row: all knowledge, parts of it, and the options."""

    def money(measure: str, subject: str) -> list[str]:
        rows = [found.voi(measure, subject, prior) for prior in priors]
        return [cell for row in rows for cell in _amounts(found, row)]

    if found.subjects("evpi"):
        yield found.say("cost.rows.evpi"), "total", money("evpi", "")
    for key in found.most_telling("evppi", MOST_KEYS):
        yield found.name(key), "sub", money("evppi", key)
    for group in found.most_telling("evppi_group", MOST_GROUPS):
        name = found.say("cost.rows.group", name=named(found.words, "assumption_groups", group))
        yield name, "sub", money("evppi_group", group)
    for option in found.subjects("option_value"):
        yield found.say("cost.rows.value", option=found.option(option)), "plain", money("option_value", option)
    for option in found.subjects("best_share"):
        shares = [number_in(found.voi("best_share", option, prior), "share") for prior in priors]
        cells = [cell for share in shares for cell in ("" if share is None else found.chance(share), "")]
        yield found.say("cost.rows.best", option=found.option(option)), "plain", cells


def _amounts(found: Found, row: Row | None) -> Iterator[str]:
    """Yield the amounts of a row; options and knowledge have decimals of their own, for they differ in size."""
    for column, error in PAIRS:
        of_option = row is not None and row["measure"] == OPTION
        yield found.cell(row, column, decimals(_largest(found, column, of_option)), error)


def _largest(found: Found, column: str, of_option: bool) -> float:
    rows = [row for row in found.rows("voi") if row[column] and (row["measure"] == OPTION) == of_option]
    return max((abs(float(row[column])) for row in rows), default=0.0)
