"""What every verb of a case is told: where the cases are, and who works."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.case.desk import Asked

WHO = "SALDO_BY"
"""Environment variable that says who works."""
Verb = TypeVar("Verb", bound=Callable[..., Any])


def where_option(verb: Verb) -> Verb:
    """Add the option of the folder of cases."""
    return click.option(
        "--cases", type=click.Path(path_type=Path), metavar="DIR", help="Folder of cases: SALDO_CASES, or ./cases."
    )(verb)


def who_option(verb: Verb) -> Verb:
    """Add the option of who works."""
    return click.option("--by", metavar="NAME", help="Who does it; SALDO_BY where left out.")(verb)


def clock_option(verb: Verb) -> Verb:
    """Add the option for a journal that another machine wrote with a wrong clock."""
    return click.option(
        "--clock-is-right", is_flag=True, help="The clock here is right, although the journal has a later time."
    )(verb)


def version_option(verb: Verb) -> Verb:
    """Add the option of the version."""
    return click.option("--version", "version", type=int, metavar="N", help="The version; the latest where left out.")(
        verb
    )


def one_line(_ctx: click.Context, option: click.Parameter, text: str) -> str:
    """Return a text that was typed, as one line; what no document can hold is refused before anything is done.

    Raises:
        InputError: A character cannot be seen.
    """
    found = " ".join(text.split())
    unseen = next((one for one in found if not one.isprintable() and unicodedata.category(one) != "Cf"), None)
    if unseen is not None:
        message = f"holds a character that cannot be seen (U+{ord(unseen):04X}); delete it"
        raise InputError.one(message, path=option.opts[0])
    return found


def who(by: str | None) -> str:
    """Return who works: as typed, as the environment says, or as asked at a terminal.

    Raises:
        InputError: Nobody says it.
    """
    found = " ".join((by or os.environ.get(WHO, "")).split())
    if not found and sys.stdin.isatty() and sys.stderr.isatty():
        found = " ".join(str(click.prompt("Who are you (name or initials)", err=True)).split())
    if not found:
        raise InputError.one(f"is missing; say who does it: --by NAME, or {WHO}=NAME", path="--by")
    if len(found) > 100 or not found.isprintable():
        raise InputError.one("must be a name of at most 100 printable characters", path="--by")
    return found


def asked_of(name: str, options: dict[str, Any]) -> Asked:
    """Return who works in which case, and take these options away from the others."""
    from simulator.case.desk import Asked
    from simulator.case.folder import cases_folder

    by, right = who(options.pop("by")), bool(options.pop("clock_is_right", False))
    return Asked(cases_folder(options.pop("cases")), name, by, right)
