"""Confidential values of a scenario: which they are, what is known of them to others, and who may read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from simulator.errors import InputError, RunError
from simulator.facts.secrets import BLACK, blackened, without_secrets
from simulator.scenario.model import Scenario

PERSONS = ("persons", "full_time_persons")
"""Units of values that count persons."""
MOST_TOLD = 5


def confidential_keys(scenario: Scenario) -> tuple[str, ...]:
    """Return the keys of the confidential values, in the order of the catalogue."""
    return tuple(dict.fromkeys(row.key for row in scenario.confidential))


def secrets_of(scenario: Scenario) -> tuple[float, ...]:
    """Return all confidential numbers, with ranges and what they are drawn from."""
    found = [number for row in scenario.confidential for number in row.numbers]
    drawn = [row.distribution.described() for row in scenario.confidential if row.distribution is not None]
    found += [number for one in drawn for number in one.values() if isinstance(number, float)]
    return tuple(dict.fromkeys(found))


def overlaid_persons(scenario: Scenario) -> tuple[str, ...]:
    """Return the keys of the counts of persons that a facts file of the user's own laid over the shipped ones."""
    rows = (row for arm in scenario.arms for row in arm.values.rows())
    return tuple(dict.fromkeys(row.key for row in rows if row.unit in PERSONS and row.layer.startswith("facts file ")))


def refuse_confidential(scenario: Scenario) -> None:
    """Refuse a scenario with confidential values to who would print them, or what gives them back.

    Raises:
        InputError: It has some.
    """
    keys = confidential_keys(scenario)
    if keys:
        more = f" and {len(keys) - MOST_TOLD} more" if len(keys) > MOST_TOLD else ""
        message = (
            f"is confidential ({', '.join(keys[:MOST_TOLD])}{more}), and this verb prints numbers that give it back; "
            "allowed: saldo run, check, sources and verify; or a scenario without it"
        )
        raise InputError.one(message, scenario.path, "confidential")


def setting_kept(text: str, keys: Sequence[str], secrets: tuple[float, ...]) -> str:
    """Return a setting `key=value` as a record may keep it."""
    key, equals, _ = text.partition("=")
    bare = key.strip().removeprefix("baseline.").removeprefix("proposal.")
    if any(one == bare or one.startswith(f"{bare}.") or bare.startswith(f"{one}.") for one in keys):
        return f"{key}{equals}{BLACK}"
    return blackened(text, secrets)


@contextmanager
def discreetly(scenario: Scenario) -> Iterator[None]:
    """Let no error that is raised within quote a confidential number.

    Raises:
        InputError: As it was raised, without the number.
        RunError: Likewise.
    """
    try:
        yield
    except InputError as wrong:
        raise (without_secrets(wrong, secrets_of(scenario)) if scenario.confidential else wrong) from None
    except RunError as wrong:
        raise (RunError(blackened(str(wrong), secrets_of(scenario))) if scenario.confidential else wrong) from None
