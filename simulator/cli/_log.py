"""The log of assumptions of a scenario or a run, and the register that is written from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.scenario.register_file import Wanted, Written

TEXTS = ("owner", "expiry", "signed_off_by", "signed_off_on", "note")


class Log:
    """The values of a scenario or run, as rows of the table of assumptions.

    Attributes:
        name: Name of the scenario.
        rows: All rows; those that were read have `used`.
        day: Day on which a value must still hold, as an ISO date: that of the run, or today.
        in_force: Whether a register is in force.
    """

    def __init__(self, path: Path, sets: tuple[str, ...]) -> None:
        """Read a scenario file or the folder of a run.

        Raises:
            InputError: Neither can be read, or settings are given for a run.
        """
        from simulator.facts.files import is_folder

        if is_folder(path):
            if sets:
                raise InputError.one("-S cannot change a run that is saved; give a scenario file", str(path))
            self._take_run(path)
        else:
            self._take_scenario(path, sets)

    def _take_run(self, path: Path) -> None:
        from simulator.results.read import kept_run

        kept = kept_run(path)
        self.name = str(kept.record["scenario"])
        self.rows: list[dict[str, Any]] = _records(kept.table("assumptions"))
        self.day = str((kept.record.get("time") or {}).get("started", ""))[:10] or date.today().isoformat()
        self.in_force = bool(kept.record.get("register_in_force"))

    def _take_scenario(self, path: Path, sets: tuple[str, ...]) -> None:
        from simulator.pipeline import reads_of
        from simulator.results.numbers import assumptions_table
        from simulator.scenario import read_scenario

        scenario = read_scenario(path, sets)
        scenario.baseline.values.used.update(reads_of(scenario))
        self.name = scenario.name
        self.rows = _records(assumptions_table(scenario))
        self.day = date.today().isoformat()
        self.in_force = scenario.sections.register_.in_force

    def table(self) -> list[dict[str, str]]:
        """Return the log."""
        from simulator.results.log import log_rows

        return log_rows(self.rows, self.day)

    def write(self, file: Path) -> Written:
        """Write a register of the values that were read, or bring one up to date.

        Raises:
            InputError: What stands in the file is no register; with all faults.
        """
        from simulator.facts.files import is_file, text_of_file
        from simulator.facts.tree import Faults
        from simulator.results.standing import is_used, key_of
        from simulator.scenario.register import Register, read_register
        from simulator.scenario.register_file import updated

        faults, register, text = Faults(), Register(), ""
        if is_file(file):
            text = text_of_file(file, str(file))
            units = {str(row["key"]): str(row["unit"]) for row in self.rows}
            register = read_register(file, units, faults, lenient=True) if _says_something(text) else register
            faults.stop_if_any()
            if not register.block_style:
                raise InputError.one("has several entries on one line; write each key on a line of its own", str(file))
        used = [key_of(row) for row in self.rows if is_used(row)]
        written = updated(text, register, [*self._wanted()], used, date.today())
        _replace(file, written.text)
        return written

    def _wanted(self) -> list[Wanted]:
        from simulator.results.standing import NEEDS_NONE, is_used

        return [_wanted(row) for row in self.rows if is_used(row) and row["kind"] != NEEDS_NONE]


def _records(frame: Any) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def _says_something(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _wanted(row: dict[str, Any]) -> Wanted:
    from simulator.facts.standing import Standing
    from simulator.results.log import grade_in_words
    from simulator.results.standing import key_of
    from simulator.scenario.register_file import Wanted

    spread = "" if row["low"] != row["low"] or row["high"] != row["high"] else f", {row['low']:g} to {row['high']:g}"
    remark = " ".join(f"{row['unit']}{spread}; {row['kind']}, {row['source']}".split())
    given = int(row["grade"]) if int(row["grade_given"] or 0) else 0
    owner, expiry, by, on, note = (str(row[name] or "") for name in TEXTS)
    grade = grade_in_words(row).removesuffix(", by rule")
    return Wanted(key_of(row), float(row["value"]), remark, grade, Standing(owner, given, expiry, by, on, note=note))


def _replace(file: Path, text: str) -> None:
    """Write a file so that it is there whole or as it was."""
    import os

    aside = file.with_name(f".{file.name}.writing-{os.getpid()}")
    try:
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(file)
    except OSError as wrong:
        aside.unlink(missing_ok=True)
        raise InputError.one(f"cannot be written: {wrong.strerror}", str(file), "--write") from wrong


def refuse_register(file: Path, scenario: Path) -> None:
    """Check before any work that a register can be written.

    Raises:
        InputError: It would lie in the folder of a run, or there is no such folder.
    """
    from simulator.facts.files import is_folder

    wrong = ""
    if is_folder(file):
        wrong = "is a folder; give a file, such as register.yaml"
    elif file.suffix not in (".yaml", ".yml"):
        wrong = "must end in .yaml or .yml"
    elif not file.absolute().parent.is_dir():
        wrong = f"there is no folder {file.absolute().parent} to write to"
    elif is_folder(scenario) and file.absolute().resolve().is_relative_to(scenario.resolve()):
        wrong = "lies in the folder of the run, which is left as it is; choose another folder"
    elif file.exists() and scenario.exists() and file.samefile(scenario):
        wrong = "is the scenario itself; give another file"
    if wrong:
        raise InputError.one(wrong, str(file), "--write")
