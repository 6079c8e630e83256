"""A run with confidential values as it may be kept: no number of theirs, and nothing that a division turns into one.

What comes in is a finished run; what goes out is the same run with some figures left out. This is done once, before a
run is written or handed on, so that documents, which read run folders only, cannot print what is not there.

Two kinds of values are kept apart. Of one that decides *how many conversations* change (take-up, persons, hours of
offices) the factors of the control that rest on it are left out, all of its stage and one of another, and the control
written out in its inputs. Of one that *values* conversations (weeks of employment, kroner, taxes) everything between
conversations and kroner is left out too: person-years, weeks, accounts, steps and other concepts. Conversations and
the kroner of the headline stay: they rest on the number, and who knows every other factor can work it out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from simulator.facts.secrets import BLACK, all_blackened, blackened
from simulator.results.dictionary import DRIVEN, INFORMATION, empty
from simulator.results.run import Run
from simulator.results.small_cells import without_few
from simulator.scenario.confidential import confidential_keys, secrets_of

NOT_TOLD = "not_told"
"""Stands in a table where an account or a reason was."""
WORTH = ("weeks_of_employment_per_conversation", "share_of_effect_lost", "kr_per_week_of_employment")
SOME_OTHER = "conversations_per_person_week"
"""A factor that is left out beside those of a stage, so that a product has two unknown ones."""
FACTORS = {
    "attendance": (
        *("share_not_excepted", "share_without_own_choice", "share_choosing_digital", "take_up_scale"),
        *("share_returning_to_physical", SOME_OTHER),
    ),
    "demand": ("persons", SOME_OTHER),
    "delivery": ("share_held_so_in_the_end", "share_held_within_the_tries", SOME_OTHER),
    "closures": ("carried_through_closures", "meeting_weeks", SOME_OTHER),
    "calendar": ("carried_through_closures", "meeting_weeks", SOME_OTHER),
    "effects": WORTH,
    "saldo": WORTH,
}
"""Factors of the control that rest on values of a stage, by the first word of their keys; all where it has none."""
COUNTING = ("attendance", "demand", "delivery", "closures", "calendar", "infection")
"""Stages whose values decide how many conversations change; all others value them."""
WORTH_OF_HEADLINE = (
    *("employment_weeks", "weeks_off_benefit", "full_time_person_years", "caseworker_hours", "no_show_hours"),
    *("employment_days_per_converted_conversation", "trial_effect_share_per_meeting"),
    *("identified_product.days_per_conversation", "if_carried", "contacts_avoided.mio_kr"),
    *(f"counterfactual.{line}.employment_weeks" for line in ("converted", "saved", "lost")),
    *("saldo_mio_kr_by_step.direct", "saldo_mio_kr_by_step.after_tax_and_return_flow"),
)
WORTH_OF_STEPS = (
    *("loss_per_conversation_days", "employment_weeks", "person_years", "value_per_person_year_kr"),
    "trial_effect_share_per_meeting",
)
ALWAYS_OF_HEADLINE = ("if_carried", "utilisation")
FREE_TEXTS = ("reason", "note", "source", "why", "missing", "title", "distribution_source", "owner", "signed_off_by")
"""Columns in which people write what they like."""
FEWEST_DIGITS = 3
"""A cell that holds a confidential number of so many digits is emptied wherever it stands."""


def masked(run: Run) -> Run:
    """Return a run as it may be kept; the run itself where nothing of it is confidential or of few persons."""
    run = without_few(run)
    keys = confidential_keys(run.scenario)
    if not keys or "confidential" in run.headline:
        return run
    secrets = secrets_of(run.scenario)
    worth = any(key.partition(".")[0] not in COUNTING for key in keys)
    tables = {name: table for name, table in run.tables.items() if name not in (*DRIVEN, *INFORMATION)}
    tables |= _tables(run, keys, worth)
    tables = {name: _without(_texts(table, secrets), secrets) for name, table in tables.items()}
    headline = _headline(run, keys, worth, secrets)
    log = tuple(
        "control: not told, it holds confidential numbers" if line.startswith("control: ") else blackened(line, secrets)
        for line in run.log
    )
    return replace(run, headline=headline, tables=tables, log=log)


def factors_left_out(keys: tuple[str, ...]) -> frozenset[str] | None:
    """Return the factors of the control that are left out for confidential values; None for all of them."""
    stages = {key.partition(".")[0] for key in keys}
    if not stages <= set(FACTORS):
        return None
    return frozenset(factor for stage in stages for factor in FACTORS[stage])


def _tables(run: Run, keys: tuple[str, ...], worth: bool) -> dict[str, pd.DataFrame]:
    """Return the tables that are kept otherwise."""
    tables, factors = run.tables, factors_left_out(keys)
    control = tables["control"]
    hidden = (
        control["factor"].isin(factors) if factors is not None else pd.Series(True, index=control.index, dtype=bool)
    )
    draws = tables["draws"]
    found = {
        "assumptions": _assumptions(tables["assumptions"], keys),
        "control": control.assign(value=control["value"].where(~hidden)),
        "control_terms": empty("control_terms"),
        "draws": draws[~draws["key"].isin([*keys, *(("employment_weeks",) if worth else ())])],
    }
    if any(key.startswith("delivery.") for key in keys):
        found["offices"] = empty("offices")
    return found | (_tables_of_worth(tables) if worth else {})


def _tables_of_worth(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of kroner without accounts, and without what a week of employment is worth."""
    concepts, steps = tables["concepts"], tables["steps"]
    other = concepts["chosen"] != 1
    told = {name: concepts[name].where(~other) for name in ("mio_kr", "control_mio_kr")}
    missing = concepts["missing"].where(~other, "confidential")
    return {
        "accounts": empty("accounts"),
        "ladder": empty("ladder"),
        "concepts": concepts.assign(**told, kr_per_week_of_employment=math.nan, missing=missing),
        "saldo": _collapsed(tables["saldo"], "kr", ("account",)),
        "law_comments": _collapsed(tables["law_comments"], "mio_kr", ("account", "kind")),
        "steps": _steps(steps),
    }


def _collapsed(table: pd.DataFrame, number: str, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return a table summed over columns, which say no more; further numbers are summed likewise."""
    order = list(table.columns)
    table = table.assign(**dict.fromkeys(columns, NOT_TOLD))
    numbers = [name for name in order if name == number or name.startswith("as_law")]
    by = [name for name in order if name not in numbers]
    return table.groupby(by, sort=False, dropna=False, as_index=False)[numbers].sum(min_count=1)[order]


def _steps(steps: pd.DataFrame) -> pd.DataFrame:
    """Return the chain without the links between conversations and kroner, and its accounts as one."""
    account = steps["step"].str.startswith("account_")
    first = steps.index[account][:1]
    value = steps["value"].where(~steps["step"].isin(WORTH_OF_STEPS))
    value.loc[first] = math.fsum(steps.loc[account, "value"])
    step = steps["step"].where(~steps.index.isin(first), f"account_{NOT_TOLD}_kr")
    source = steps["source"].where(~steps["step"].isin(WORTH_OF_STEPS), "confidential")
    kept = steps.assign(step=step, value=value, source=source)[~account | steps.index.isin(first)]
    return kept.assign(order=range(1, len(kept) + 1)).reset_index(drop=True)


def _assumptions(table: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    """Return the values, the confidential ones without their numbers."""
    secret = table["key"].isin(keys)
    numbers = {name: table[name].where(~secret) for name in ("value", "low", "high", "signed_value")}
    texts = {
        name: table[name].where(~secret, word)
        for name, word in {"distribution": "", "reason": "confidential", "note": ""}.items()
    }
    return table.assign(**numbers, **texts)


def _headline(run: Run, keys: tuple[str, ...], worth: bool, secrets: tuple[float, ...]) -> dict[str, Any]:
    concept = run.headline["concept"]
    others = [name for name in run.headline["saldo_mio_kr_by_concept"] if name != concept]
    paths = [*ALWAYS_OF_HEADLINE]
    if worth:
        paths += WORTH_OF_HEADLINE
    paths = list(dict.fromkeys(paths))
    headline = all_blackened(run.headline, secrets)
    for path in paths:
        _empty(headline, path.split("."))
    headline["saldo_mio_kr_by_concept"] |= dict.fromkeys(others) if worth else {}
    headline["control_line"] = f"not told, it holds confidential numbers ({BLACK})"
    for one in headline["calibrated"]:
        if any(key == one["key"] or key.startswith(f"{one['key']}.") for key in keys):
            one["value"] = None
    if headline["knowledge"] is not None:
        told = [one for one in headline["knowledge"]["uncertain"] if not set(_keys(one)) & set(keys)]
        headline["knowledge"]["uncertain"] = told
    swept: dict[str, Any] = _swept(headline, secrets)
    return swept | {
        "confidential": {
            "values": list(keys),
            "left_out": [*paths, *(f"saldo_mio_kr_by_concept.{one}" for one in others if worth)],
        }
    }


def _keys(uncertain: Mapping[str, Any]) -> Iterator[str]:
    yield str(uncertain["key"])


def _empty(tree: dict[str, Any], path: list[str]) -> None:
    """Empty every number at and below a path."""
    *above, last = path
    for part in above:
        tree = tree.get(part) or {}
    if last in tree:
        tree[last] = _nothing(tree[last])


def _nothing(found: Any) -> Any:
    return {key: _nothing(below) for key, below in found.items()} if isinstance(found, dict) else None


def _swept(found: Any, secrets: tuple[float, ...]) -> Any:
    """Return nested data in which no number is a confidential one: the second lock."""
    if isinstance(found, dict):
        return {key: _swept(below, secrets) for key, below in found.items()}
    if isinstance(found, list):
        return [_swept(below, secrets) for below in found]
    return None if isinstance(found, float) and _is_secret(found, secrets) else found


def _texts(table: pd.DataFrame, secrets: tuple[float, ...]) -> pd.DataFrame:
    """Return a table whose texts quote no confidential number; codes, days and names are left as they are."""
    columns = [name for name in table.columns if name in FREE_TEXTS]
    told = {name: [all_blackened(cell, secrets) for cell in table[name]] for name in columns}
    return table.assign(**told)


def _without(table: pd.DataFrame, secrets: tuple[float, ...]) -> pd.DataFrame:
    """Return a table in which no cell of kroner, shares or values is a confidential number: the second lock."""
    numbers = {
        name: table[name].where(~table[name].map(lambda cell: _is_secret(cell, secrets)))
        for name in table.columns
        if str(table[name].dtype) == "float64"
    }
    return table.assign(**numbers)


def _is_secret(number: float, secrets: tuple[float, ...]) -> bool:
    told = (one for one in secrets if _digits(one) >= FEWEST_DIGITS)
    return any(math.isclose(abs(number), abs(one), rel_tol=1e-9) for one in told)


def _digits(number: float) -> int:
    """Return how many digits a number is written with, the zeros at its ends aside."""
    return len(f"{number:.12e}".partition("e")[0].strip("-0.").replace(".", ""))
