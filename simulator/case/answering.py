"""Makes a version of the answer: the control at once, the simulation behind it, and the documents a ministry sends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from simulator import pipeline
from simulator.bridge import figure_named
from simulator.bridge.levels import Jobs
from simulator.bridge.moved import Moved, changes_between
from simulator.bridge.unlike import unlike
from simulator.case.changes import Differs, differing
from simulator.case.desk import Desk
from simulator.case.documents import earlier_content, issue_of, write_stamped
from simulator.case.journal import Entry
from simulator.case.said_before import FIGURE, Beside, Said, beside, said_before
from simulator.case.state import Figures, Version, shortened, state_of
from simulator.case.writing import new_folder
from simulator.errors import InputError
from simulator.facts.tree import Faults
from simulator.plan import CONTROL, Plan
from simulator.report.answers.issue import ChangedAssumption
from simulator.report.language import MIO, read_words
from simulator.results import Run
from simulator.results.read import KeptRun, kept_run
from simulator.results.record import Occasion
from simulator.results.save import Place, now, save
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.confidential import confidential_keys
from simulator.scenario.layers import file_layers, named_file
from simulator.uncertainty.knowledge import Ready

Watched: TypeAlias = Callable[[int, str], AbstractContextManager[Callable[[], None]]]
"""Shows how far a piece of work has come: number of steps and what is done."""
CONFIDENTIAL = "the run has confidential figures, which it does not keep"


def _one(_scenario: Scenario, _engine: str) -> int:
    return 1


@dataclass(frozen=True)
class Request:
    """What is asked of a new version.

    Attributes:
        sets: Settings laid over those in force.
        unset: Keys whose settings are taken back.
        why: Why anything is changed; empty where nobody said.
        engine: Engine of the run.
        replications: Number of draws of events; that of the scenario where None.
        seed: Seed of all chance; that of the scenario where None.
        again: Whether to answer although nothing changed.
        command: What was typed.
        jobs: Gives the number of threads or processes for a scenario and an engine; it changes nothing but the time.
    """

    sets: tuple[str, ...] = ()
    unset: tuple[str, ...] = ()
    why: str = ""
    engine: str = "fast"
    replications: int | None = None
    seed: int | None = None
    again: bool = False
    command: str = "saldo case answer"
    jobs: Jobs = _one


@dataclass(frozen=True)
class Prepared:
    """A version that is ready to be run.

    Attributes:
        scenario: Its scenario, with the settings in force.
        settings: These settings.
        plan: How it is run.
        differs: What it says otherwise than the version before.
        before: The version before; None where there is none.
        jobs: Gives the number of threads or processes.
    """

    scenario: Scenario
    settings: tuple[str, ...]
    plan: Plan
    differs: tuple[Differs, ...]
    before: Version | None
    jobs: Jobs


@dataclass(frozen=True)
class Answered:
    """A version that was made.

    Attributes:
        version: The version.
        said: What was issued before on the subject.
        beside: The version beside the latest of it; None where nothing was.
        moved: What changed since the version before; None where there is none.
    """

    version: Version
    said: tuple[Said, ...]
    beside: Beside | None
    moved: Moved | None


def prepared(desk: Desk, request: Request) -> Prepared:
    """Return a version that is ready to be run.

    Raises:
        InputError: The scenario or a setting is wrong, nothing changed, or nobody says why something did.
    """
    settings = settings_in_force(desk.state.settings, request.sets, request.unset)
    scenario = read_scenario(desk.case.path / desk.heading.scenario, settings, discreet=True)
    _refuse_secret_settings(scenario, settings)
    plan = pipeline.plan_of(
        scenario, request.seed, request.replications, request.engine, jobs=request.jobs(scenario, request.engine)
    )
    before = desk.state.latest
    differs = () if before is None else differing(desk.case.version(before.number).run, scenario, _secrets_in(scenario))
    if before is not None and not differs and not request.again and before.said["heading"] == desk.heading.content():
        message = f"nothing changed since v{before.number}; change something with -S, or answer --again"
        raise InputError.one(message, str(desk.case.path))
    return Prepared(scenario, settings, pipeline.with_draws(plan, scenario, None), differs, before, request.jobs)


def _refuse_secret_settings(scenario: Scenario, settings: Sequence[str]) -> None:
    """Refuse to keep a confidential number among the settings of a case.

    Raises:
        InputError: A setting gives one.
    """
    secret = confidential_keys(scenario)
    for setting in settings:
        key = key_of(setting)
        if any(one == key or one.startswith(f"{key}.") for one in secret):
            message = "is confidential, and a case keeps its settings; change it in the facts file that holds it"
            raise InputError.one(message, "command line", key)


def _secrets_in(scenario: Scenario) -> Path | None:
    """Return the facts file of a scenario with confidential values, which no kept run holds."""
    if not scenario.confidential:
        return None
    named = named_file(file_layers(Path(scenario.path), Faults()), "facts")
    return None if named is None else named[0]


def settings_in_force(before: Sequence[str], sets: Sequence[str], unset: Sequence[str]) -> tuple[str, ...]:
    """Return the settings of the version before with others laid over them, and some taken back.

    Raises:
        InputError: A setting that is to be taken back is not in force.
    """
    known = {key_of(text): text for text in before}
    for key in unset:
        if key not in known:
            told = ", ".join(known) or "none"
            raise InputError.one(f"`{key}` is not set in this case; in force: {told}", path="--unset")
        del known[key]
    for text in sets:
        known.pop(key_of(text), None)
        known[key_of(text)] = text
    return tuple(known.values())


def key_of(setting: str) -> str:
    """Return the key of a setting."""
    return setting.partition("=")[0].strip()


def refuse_without_why(ready: Prepared, request: Request) -> None:
    """Refuse a change that nobody gives a reason for.

    Raises:
        InputError: Something changed and `why` is empty; names what.
    """
    if ready.before is None or not ready.differs or request.why.strip():
        return
    told = ", ".join(one.key for one in ready.differs[:5])
    more = f" and {len(ready.differs) - 5} more" if len(ready.differs) > 5 else ""
    raise InputError.one(f"{told}{more} changed since v{ready.before.number}; say why: --why TEXT", path="--why")


def first_figure(ready: Prepared) -> Run:
    """Return the run of the control alone, which takes a moment."""
    return Ready(ready.scenario, replace(ready.plan, engine=CONTROL, draws=0)).run()


def answered(desk: Desk, ready: Prepared, request: Request, watched: Watched) -> Answered:
    """Make a version: run it, set it beside what was said before, write its documents, and note it.

    Args:
        desk: The case.
        ready: The version.
        request: What was asked.
        watched: Shows how far it has come.

    Raises:
        InputError: The case was changed by somebody meanwhile, or the run cannot be made.
        RunError: A law is broken, or something cannot be written.
    """
    number = (desk.state.latest.number if desk.state.latest else 0) + 1
    started, before = now(), _bytes_of(desk)
    with new_folder(desk.case.version(number).path, replaces=False) as aside:
        run = _run(ready, watched)
        desk.refuse_unless_held()  # saving makes the folders above it, and must not where the drive is gone
        occasion = Occasion(request.command, ready.settings, started, now())
        save(run, Place(aside / "run"), occasion)
        kept = kept_run(aside / "run")
        made = _beside_others(desk, kept, ready, watched)
        said = _said(desk, ready, request, kept, made)
        _write_documents(desk, number, said, aside)
        if _bytes_of(desk) != before:
            message = "was changed by somebody while the answer was made; nothing was written, run it again"
            raise InputError.one(message, str(desk.case.path))
        desk.refuse_unless_held()
    desk.write("answered", number, said)
    return Answered(desk.state.version(number), made.said, made.beside, made.moved)


def _run(ready: Prepared, watched: Watched) -> Run:
    work = Ready(ready.scenario, ready.plan)
    with watched(work.steps, "replications") as step:
        return work.run(step)


@dataclass(frozen=True)
class _Made:
    """A version beside what was said before."""

    said: tuple[Said, ...]
    beside: Beside | None
    moved: Moved | None
    why_not: str


def _beside_others(desk: Desk, kept: KeptRun, ready: Prepared, watched: Watched) -> _Made:
    """Set a version beside the one before, and beside the latest figure that was issued on the subject."""
    said = said_before(desk.asked.cases, desk.heading.subject, desk.case.name)
    moved, why_not, found = None, "", None
    with watched(0, "what moved the figure") as step:
        if ready.before is not None:
            moved, why_not = _since(desk.case.version(ready.before.number).run, kept, ready, step)
        if said:
            found = _same_as_before(desk, said[-1], kept, moved)
            found = found or beside(said[-1], kept.folder, step, jobs=ready.jobs)
    return _Made(said, found, moved, why_not)


def _since(old: Path, kept: KeptRun, ready: Prepared, step: Callable[[], None]) -> tuple[Moved | None, str]:
    """Return what changed since the version before, or why it cannot be worked out: that must not stop an answer."""
    if ready.scenario.confidential:
        return None, CONFIDENTIAL
    try:
        return changes_between(old, kept.folder, figure_named(FIGURE), step=step, jobs=ready.jobs), ""
    except InputError as wrong:
        return None, str(wrong)


def _same_as_before(desk: Desk, said: Said, kept: KeptRun, moved: Moved | None) -> Beside | None:
    """Return the bridge that is known already where the latest figure is that of the version before."""
    latest = desk.state.latest
    if latest is None or said.case.name != desk.case.name or said.version.number != latest.number:
        return None
    return Beside(said, unlike(kept_run(desk.case.version(said.version.number).run), kept), moved)


def _said(desk: Desk, ready: Prepared, request: Request, kept: KeptRun, made: _Made) -> dict[str, Any]:
    """Return what the journal says of a version: all that its documents say beside its run."""
    figures, moved = figures_of(kept), made.moved
    why = shortened(request.why)
    return {
        "heading": desk.heading.content(),
        "settings": list(ready.settings),
        "why": why,
        "figures": figures.content(),
        "step": str(read_words("da").find(f"brief.estimate.concept.{figures.concept}") or "").strip(),
        "changed_since": ready.before.number if ready.before else None,
        "before_kr": ready.before.figures.mio_kr * MIO if ready.before else None,
        "changes": _changes(ready, why, desk.asked.by) if moved is None else _moved(moved, why, desk.asked.by),
        "effects_missing": made.why_not,
        "rest_kr": 0.0 if moved is None else float(moved.figure.units(moved.rest)),
        "earlier": [earlier_content(one.earlier()) for one in made.said],
        "moved": [list(pair) for pair in (made.beside.by_block() if made.beside else ())],
    }


def _changes(ready: Prepared, why: str, by: str) -> list[dict[str, Any]]:
    """Return what changed without what it does to the figure: a run with confidential values is not made again."""
    secret = confidential_keys(ready.scenario)
    told = (one for one in ready.differs if one.key not in secret)
    return [asdict(ChangedAssumption(one.key, "", str(one.before), str(one.after), None, why, by)) for one in told]


def _moved(moved: Moved, why: str, by: str) -> list[dict[str, Any]]:
    found = (
        ChangedAssumption(row.key, row.unit, row.before, row.after, float(moved.figure.units(row.effect)), why, by)
        for row in moved.rows
    )
    return [asdict(one) for one in found]


def figures_of(kept: KeptRun) -> Figures:
    """Return the figure of a kept run."""
    headline = kept.headline
    effect, period = headline["saldo_mio_kr"]["employment_effect"], headline["period"]
    return Figures(
        mio_kr=effect["mean"],
        low=effect["low"],
        high=effect["high"],
        control_mio_kr=effect["control"],
        converted=headline["converted"]["mean"],
        concept=headline["concept"],
        price_year=headline.get("price_year"),
        period=(date.fromisoformat(period["from"]), date.fromisoformat(period["to"])),
        run_id=str(kept.record["run_id"]),
        engine=headline["engine"],
    )


def _write_documents(desk: Desk, number: int, said: dict[str, Any], aside: Path) -> None:
    """Write the documents of a version that is not noted yet."""
    entry = Entry(len(desk.state.entries) + 1, "answered", desk.now(), desk.asked.by, number, said, "")
    version = state_of((*desk.state.entries, entry)).version(number)
    (aside / "documents").mkdir()
    write_stamped(aside / "run", issue_of(desk.case, version), aside / "documents")


def _bytes_of(desk: Desk) -> tuple[bytes, ...]:
    """Return the files that people edit, to find out whether somebody does meanwhile."""
    files = (desk.case.heading, desk.case.path / desk.heading.scenario)
    return tuple(file.read_bytes() if file.is_file() else b"" for file in files)
