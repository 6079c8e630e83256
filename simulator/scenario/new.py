"""Writes a new scenario file that differs from another only where its user edits it."""

from __future__ import annotations

import os
from pathlib import Path

from simulator.errors import InputError
from simulator.facts.files import is_folder, is_name, near_name
from simulator.facts.spelling import did_you_mean, one_reading
from simulator.scenario.load import read_scenario
from simulator.scenario.model import Scenario, Value
from simulator.scenario.versions import PRESENT
from simulator.scenario.versions.read import FIELD, KEY

_OFFERED = (
    ("attendance.take_up_scale", "how many choose phone or video, on every take-up"),
    ("effects.params.relative_effect", "share of the physical effect that a digital conversation keeps"),
    ("effects.params.scale", "on every effect"),
    ("saldo.value_per_person_year_kr", "kroner a full-time person-year of employment"),
    ("demand.scale", "on the number of persons"),
    ("delivery.utilisation", "share of the caseworkers' time that the normal load fills"),
    ("closures.carry_share", "share of persons whose clock runs on through planned closures"),
)


def new_scenario(name: str, source: Path) -> Path:
    """Write NAME.yaml, which extends another scenario, and return its path.

    Args:
        name: Name of the new scenario, with a folder if it shall not stand beside the other one.
        source: The scenario to differ from.

    Raises:
        InputError: If the name is not allowed, the file is there already, or the other scenario is wrong.
    """
    target = _target(name, source)
    scenario = read_scenario(source)
    text = _text(target.stem, source, target, scenario)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise InputError.one("is there already; give another name", str(target)) from None
    except OSError as wrong:
        raise InputError.one(f"cannot be written: {wrong.strerror}", str(target)) from wrong
    return target


def _target(name: str, source: Path) -> Path:
    given = Path(name)
    stem = given.name.removesuffix(".yaml")
    if not is_name(stem):
        message = f"`{stem}` is not a name; allowed: small letters a-z, digits and -, at most 64{near_name(stem)}"
        raise InputError.one(message)
    folder = given.parent if len(given.parts) > 1 else source.parent
    if not is_folder(folder):
        near = [str(one) for one in folder.parent.iterdir() if one.is_dir()] if is_folder(folder.parent) else []
        raise InputError.one(f"there is no such folder{did_you_mean(str(folder), near)}", str(folder))
    target = folder / f"{stem}.yaml"
    if target.exists():
        raise InputError.one("is there already; give another name", str(target))
    return target


def _text(name: str, source: Path, target: Path, scenario: Scenario) -> str:
    extends = Path(os.path.relpath(source.resolve(), target.parent.resolve())).as_posix()
    sections = scenario.sections
    places = ", ".join(sections.places) or "Odense, 751"
    rules = [
        "# proposal:",
        "#   attendance:",
        "#     rules:        # laid on top of the scenario's own; the last that applies wins",
        f"#       - {{from: {sections.period.from_}, to: {sections.period.to}, rule: office_chooses}}",
    ]
    lines = [
        "# yaml-language-server: $schema=schema.json",
        f"# Everything that is not set here is read from {extends}. Take the # away from what you change.",
        "# `saldo check` says what is wrong; `saldo schema --out schema.json` lets an editor help.",
        f"extends: {extends}",
        f"name: {name}",
        f"title: {_quoted(f'{sections.title or sections.name}, changed')}",
        "",
        f"# period: {{from: {sections.period.from_}, to: {sections.period.to}}}",
        f"# places: [{places}]    # municipalities, by name or code; all if left out",
        f"# calendar: {{closure_weeks: [{', '.join(sections.calendar.closure_weeks)}]}}",
        "",
        *_offers(scenario),
        *rules,
        "",
        *_section_of_version(scenario),
    ]
    return "\n".join(lines) + "\n"


def _offers(scenario: Scenario) -> list[str]:
    """Return the values that are most often changed, commented out, as they stand now."""
    lines: list[str] = []
    open_path: list[str] = []
    for key, meaning in sorted(_OFFERED):
        rows = _rows(scenario, key)
        if not rows or key.startswith(f"{KEY}."):
            continue
        *path, last = key.split(".")
        shared = next((n for n, pair in enumerate(zip(path, open_path, strict=False)) if pair[0] != pair[1]), None)
        shared = min(len(path), len(open_path)) if shared is None else shared
        lines += [f"# {'  ' * depth}{path[depth]}:" for depth in range(shared, len(path))]
        open_path = path
        different = "" if len({row.value for row in rows}) == 1 else "; one number here sets the whole table"
        lines.append(f"# {'  ' * len(path)}{last}: {_plain(rows[0].value)}    # {meaning} [{rows[0].unit}]{different}")
    return [*lines, ""]


def _section_of_version(scenario: Scenario) -> list[str]:
    """Return the section that says the version of the file, with what is offered in it."""
    lines = [f"{KEY}:", f"  {FIELD}: {PRESENT}    # of the form of this file; it stays"]
    for key, meaning in _OFFERED:
        rows = _rows(scenario, key)
        if rows and key.startswith(f"{KEY}."):
            # Without a blank behind the #: what is left stands in line with the version, however it is taken away.
            lines.append(f"  #{key.removeprefix(f'{KEY}.')}: {_plain(rows[0].value)}    # {meaning} [{rows[0].unit}]")
    return lines


def _rows(scenario: Scenario, key: str) -> list[Value]:
    """Return the value of a key, or those of the table that it names."""
    values = scenario.proposal.values
    return [values.row(one) for one in values if one == key or one.startswith(f"{key}.")]


def _plain(number: float) -> str:
    return one_reading(f"{number:.12g}")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
