"""Run a plan of many runs, and ask what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.errors import InputError, RunError

if TYPE_CHECKING:
    from simulator.sweeps.course import Outcome, Watch
    from simulator.sweeps.events import Executor
    from simulator.sweeps.jobs import Compiled

PLAN = "PLAN"
"""The verb that is meant where none is named."""
LIMITS_OF_JOBS = (1, 256)


class Sweep(click.Group):
    """`saldo sweep PLAN`, and the verbs that read what it wrote."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is no verb for a plan."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [PLAN, *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how a plan is run, and how its rows are read."""
        formatter.write_usage("saldo sweep", "PLAN [OPTIONS]")
        for usage in ("show DIR [--json]", 'query DIR "SQL" [--json]', "export DIR --csv FILE"):
            formatter.write_usage("saldo sweep", usage, prefix=" " * len("Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of a plan."""
        self.commands[PLAN].format_options(ctx, formatter)


@click.group(
    cls=Sweep,
    epilog="""\b
Examples:
  saldo sweep scenarios/plans/kill-test.yaml --dry-run
  saldo sweep scenarios/plans/kill-test.yaml --out outputs/kill-test --jobs 2
  saldo sweep scenarios/plans/kill-test.yaml --out outputs/kill-test --resume
  saldo sweep show outputs/kill-test
  saldo sweep query outputs/kill-test "SELECT scenario, avg(employment_effect_kr) FROM sweep GROUP BY scenario"
  saldo sweep export outputs/kill-test --csv kill-test.csv""",
)
def command() -> None:
    """Run PLAN: many runs over scenarios, values, dates, places and effect models, into one folder of rows.

    Values that only change what conversations are worth are valued over one simulation; everything else is simulated
    again. Whatever happens on the way, what is finished is kept, and --resume makes the rest, each row once. The rows
    are the same with any number of processes, here or on a cluster. `show`, `query` and `export` read what is finished,
    also while the sweep goes on.
    """


@command.command(PLAN, hidden=True)
@click.argument("plan", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Default: outputs/sweeps/NAME.")
@click.option("--jobs", type=int, metavar="N", help="Processes of this machine; all processors where left out.")
@click.option("--resume", is_flag=True, help="Go on with the sweep in DIR.")
@click.option("--cluster", metavar="ADDRESS", help="Scheduler of dask.distributed, such as tcp://10.0.0.5:8786.")
@click.option("--dry-run", is_flag=True, help="Say what it would take, from one small probe, and run nothing else.")
def run(plan: Path, out: Path | None, jobs: int | None, **options: Any) -> None:
    """Run a plan; see `saldo sweep --help`."""
    from simulator.results.folder import OUTPUTS
    from simulator.sweeps.compiling import compile_plan
    from simulator.sweeps.course import swept

    processes = _processes(jobs, options["cluster"])
    made = compile_plan(plan)
    _say_conversions(made)
    if options["dry_run"]:
        _say_estimate(made, processes)
        return
    folder = out or OUTPUTS / "sweeps" / made.plan.name
    with _watch() as watch:
        outcome = swept(made, folder, _executor(processes, options["cluster"]), watch, resume=options["resume"])
    _say_outcome(outcome, folder)


@command.command("show")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON and nothing else.")
def show(folder: Path, as_json: bool) -> None:
    """Say how far the sweep in DIR has come, and what its rows hold."""
    import json

    from simulator.sweeps.reading import state_of
    from simulator.sweeps.telling import content_of_state, plain_state

    state = state_of(folder)
    click.echo(json.dumps(content_of_state(state), indent=1, ensure_ascii=False) if as_json else plain_state(state))


@command.command("query")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("sql", metavar="SQL")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as JSON and nothing else.")
def query(folder: Path, sql: str, as_json: bool) -> None:
    """Answer one SELECT over the finished rows of DIR, which are the table `sweep`.

    A name with a dot stands in double quotes: "effects.params.scale". Nothing can be changed.
    """
    from simulator.sweeps.reading import asked
    from simulator.sweeps.telling import json_rows, plain_rows

    answer = asked(folder, sql)
    click.echo(json_rows(answer) if as_json else plain_rows(answer))


@command.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The file.")
def export(folder: Path, csv_file: Path) -> None:
    """Write the finished rows of DIR to a CSV file, in the order of the plan."""
    from simulator.sweeps.reading import export as written
    from simulator.sweeps.reading import state_of

    rows, all_rows = written(folder, csv_file), state_of(folder).rows[0]
    click.echo(f"{rows:,} of {all_rows:,} rows in {csv_file}")


def _processes(jobs: int | None, cluster: str | None) -> int:
    import os

    if jobs is not None and cluster is not None:
        raise InputError.one("a cluster has its own workers; give --jobs or --cluster", path="--jobs")
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    low, high = LIMITS_OF_JOBS
    if jobs is not None and not low <= jobs <= high:
        raise InputError.one(f"{jobs} is out of range; allowed: {low} to {high}", path="--jobs")
    return usable if jobs is None else jobs


def _executor(processes: int, cluster: str | None) -> Executor:
    if cluster is not None:
        from simulator.sweeps.executors.cluster import Cluster

        return Cluster(cluster)
    from simulator.sweeps.executors.here import Here
    from simulator.sweeps.valuing import compile_engine

    return Here(processes, compile_engine)


@contextmanager
def _watch() -> Iterator[Watch]:
    """Give who is told how a sweep goes: a bar where someone is looking."""
    from simulator.cli._pace import pace
    from simulator.sweeps.course import Watch

    with ExitStack() as stack:
        told: list[Any] = [lambda _rows: None]

        def begin(missing: int) -> None:
            told[0] = stack.enter_context(pace(missing))

        yield Watch(begin, lambda rows: told[0](rows), lambda sentence: click.echo(sentence, err=True))


def _say_conversions(made: Compiled) -> None:
    """Say what was converted in the plan and its scenarios, where they are of an older version."""
    from simulator.cli._versions import tell_changes
    from simulator.scenario import read_scenario

    plan = made.plan
    tell_changes([] if plan.reading is None else [plan.reading])
    for path in plan.paths.values():
        tell_changes(read_scenario(path).files)


def _say_estimate(made: Compiled, processes: int) -> None:
    from simulator.sweeps.estimate import estimate_of
    from simulator.sweeps.telling import plain_estimate

    click.echo(plain_estimate(estimate_of(made), processes))


def _say_outcome(outcome: Outcome, folder: Path) -> None:
    click.echo(f"{outcome.finished:,} of {outcome.rows:,} rows are kept, {outcome.made:,} of them made now: {folder}")
    if outcome.aside:
        told = "\n".join(f"  {job}: {why}" for job, why in outcome.aside.items())
        raise RunError(f"{len(outcome.aside)} jobs were set aside, all others are done\n{told}")
    if outcome.finished < outcome.rows:
        raise RunError("some rows are missing; go on with --resume")
