"""Makes a certificate: checks a kept run by its own sums and hashes, makes it again, and compares the two."""

from __future__ import annotations

import getpass
import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from simulator.certificate.again import TAKEN_OVER, Recipe, id_hash, made_again, recipe_of
from simulator.certificate.compare import NOTHING, Difference, compared_files, compared_json, exactly, nearly
from simulator.errors import InputError, RunError
from simulator.report import format_names, make_brief
from simulator.report.edition import Edition
from simulator.report.language import languages
from simulator.report.pictures import USUAL_LANGUAGE
from simulator.results.folder import MANIFEST
from simulator.results.read import KeptRun
from simulator.results.record import PACKAGES, commit, version_of
from simulator.results.save import now
from simulator.results.verify import faults_of
from simulator.scenario import Scenario

Jobs: TypeAlias = Callable[[Scenario, str], int]
Watched: TypeAlias = Callable[[int, str], AbstractContextManager[Callable[[], None]]]
"""Shows how far a piece of work has come: number of steps and what is done."""
PROGRAM = ("version", "commit", "packages")
MACHINE = ("python", "platform")
FIGURES = "figures/"
DOCUMENTS = ("brief.", "brief-", "tabeller.", FIGURES)
BRIEF = re.compile(r"brief(?P<short>-short)?(?:\.(?P<language>[a-z]{2}))?\.(?P<format>[a-z]+)")
ADDED = ": was not written by the run"
WRITTEN_LATER = "documents and figures that were written from the run later"
DRAWN_LATER = "drawn beside those of the run, which its record does not list"
OTHER_PROGRAM = "documents and figures of another program, or of other versions of its packages"


@dataclass(frozen=True)
class Certificate:
    """What a verification found.

    Attributes:
        run: Scenario and id of the run.
        folder: Where it lies.
        by: Who asked for it, where that was said.
        login: Name of the login that it was made under.
        when: When it was made.
        made_with: Versions that the run was made with, as its record says.
        again_with: Versions that it was made again with.
        checks: What its own hashes and sums say is wrong.
        files: Differences by file, of the files that differ.
        compared: Files that were compared.
        left: Files that were not compared, and why.
        impossible: Why it could not be made again; empty where it was.
        rerun: Whether it was to be made again.
    """

    run: str
    folder: Path
    by: str
    login: str
    when: datetime
    made_with: Mapping[str, Any]
    again_with: Mapping[str, Any]
    checks: tuple[str, ...] = ()
    files: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    compared: tuple[str, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    impossible: str = ""
    rerun: bool = True

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.checks or self.files or self.impossible)

    @property
    def same_program(self) -> bool:
        """Whether the same program made both."""
        return all(self.made_with.get(name) == self.again_with[name] for name in PROGRAM)

    @property
    def same_machine(self) -> bool:
        """Whether numbers must be the same to their last bit."""
        return self.same_program and all(self.made_with.get(name) == self.again_with[name] for name in MACHINE)


def certified(
    kept: KeptRun, by: str, jobs: Jobs, watched: Watched, *, rerun: bool = True, facts: Path | None = None
) -> Certificate:
    """Return the certificate of a kept run.

    Args:
        kept: The run.
        by: Who asks for it; empty where that is not said.
        jobs: Gives the number of threads or processes for a scenario and an engine.
        watched: Shows how far the work has come.
        rerun: Whether the run is made again; else its own hashes and sums alone are looked at.
        facts: The facts file with the numbers that a run with confidential values does not hold.
    """
    made_with = {name: kept.record.get(name) for name in (*PROGRAM, *MACHINE)}
    head = (kept.name, kept.folder, by, _login(), now(), made_with, _versions())
    checks = tuple(faults_of(kept))
    if not rerun:
        later = {fault: fault.removesuffix(ADDED) for fault in checks if _is_later(fault)}
        left = dict.fromkeys(later.values(), WRITTEN_LATER)
        return Certificate(*head, tuple(fault for fault in checks if fault not in later), left=left, rerun=False)
    try:
        bare = Certificate(*head, checks)
        recipe = recipe_of(kept, jobs, facts)
        recipe = replace(recipe, documents=recipe.documents and bare.same_program)
        steps = recipe.ready().steps
        with tempfile.TemporaryDirectory(prefix="saldo-verify-") as folder, watched(steps, "replications") as step:
            return _compared(bare, recipe, Path(folder), step)
    except (InputError, RunError) as wrong:
        return Certificate(*head, checks, impossible=str(wrong))


def _is_later(fault: str) -> bool:
    """Return whether this is a document that was written from the run once it was whole."""
    return fault.endswith(ADDED) and fault.startswith(DOCUMENTS)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a login without a name
        return "unknown"


def _versions() -> dict[str, Any]:
    return {
        "version": version_of("saldo"),
        "commit": commit(),
        "packages": {name: version_of(name) for name in PACKAGES},
        "python": platform.python_version(),
        "platform": platform.platform(terse=True),
    }


def _compared(bare: Certificate, recipe: Recipe, folder: Path, step: Callable[[], None]) -> Certificate:
    """Return a certificate with what the run made again says otherwise."""
    run = made_again(recipe, folder, step)
    kept = recipe.kept.folder
    here, there = _files(kept), _files(folder)
    left = {name: OTHER_PROGRAM for name in sorted(here) if name.startswith(DOCUMENTS) and not bare.same_program}
    listed = recipe.kept.record.get("files") or {}
    drawn_later = {name for name in here - there if name.startswith(FIGURES) and name not in listed}
    left |= dict.fromkeys(sorted(drawn_later - set(left)), DRAWN_LATER)
    files: dict[str, tuple[Difference, ...]] = {MANIFEST: tuple(_record(recipe, folder, id_hash(run), bare))}
    # A run that was made without documents, and has some that were asked for later, lacks none of the others.
    kept_some = any(name.startswith(DOCUMENTS) for name in listed)
    never = set() if kept_some else {name for name in there - here if name.startswith(DOCUMENTS)}
    for name in sorted((here | there) - {MANIFEST} - set(left) - never):
        files[name] = tuple(_file(name, kept, folder, bare))
    same = drawn_later | {name for name in files if not files[name] and name.startswith(DOCUMENTS)}
    return Certificate(
        *(bare.run, bare.folder, bare.by, bare.login, bare.when, bare.made_with, bare.again_with),
        # A document may be written again, later or in another language: what it says is what counts.
        checks=tuple(fault for fault in bare.checks if fault.partition(": ")[0] not in same),
        files={name: differences for name, differences in files.items() if differences},
        compared=tuple(files),
        left=left,
    )


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _record(recipe: Recipe, folder: Path, hashed: str, bare: Certificate) -> Iterator[Difference]:
    """Yield what the record says otherwise, but for what a second run cannot have in common with the first."""
    made = KeptRun(folder).record
    kept = recipe.kept.record
    one, other = (
        {key: said for key, said in record.items() if key not in (*TAKEN_OVER, "files")} for record in (kept, made)
    )
    yield from compared_json(one, other, exactly if bare.same_machine else nearly)
    if bare.same_program and str(kept["run_id"]).rpartition("-")[2] != hashed:
        yield Difference("run_id", str(kept["run_id"]), f"an id that ends in {hashed}: scenario or plan were changed")


def _file(name: str, kept: Path, again: Path, bare: Certificate) -> Iterator[Difference]:
    """Yield where a file of the run differs from that of the run made again."""
    if not (kept / name).is_file():
        yield Difference("", NOTHING, "a file")
    elif not (again / name).is_file():
        if not _is_made_later(name, kept, again):
            yield Difference("", "a file", NOTHING)
    elif not (BRIEF.fullmatch(name) and _is_made_later(name, kept, again)):
        yield from compared_files(kept / name, again / name, exactly if bare.same_machine else nearly)


def _is_made_later(name: str, kept: Path, again: Path) -> bool:
    """Return whether a brief is the one that the run made again gives, in its form and language."""
    found = BRIEF.fullmatch(name)
    language = USUAL_LANGUAGE if found is None else found["language"] or USUAL_LANGUAGE
    if found is None or found["format"] not in format_names() or language not in languages():
        return False
    written = (kept / name).read_bytes()
    if (again / name).is_file() and (again / name).read_bytes() == written:
        return True
    form = "short" if found["short"] else "full"
    with tempfile.TemporaryDirectory(prefix="saldo-verify-") as aside:
        copy = Path(shutil.copytree(again, Path(aside) / "run"))
        for internal in (False, True):
            edition = Edition(form=form, internal=internal)
            (path,) = make_brief(copy, (found["format"],), language, edition)
            if path.read_bytes() == written:
                return True
    return False
