"""The command line: `saldo VERB`. A verb is a file of this folder, and nothing here works out a figure.

A file `run.py` with a click command named `command` is the verb `saldo run`; there is no list to add it to.
The first line of its docstring is its line in `saldo --help`, read as text: help opens no verb, so it does
not wait for numpy. Files that serve several verbs are named in `NO_VERBS` or begin with an underscore.

How a verb ends is decided here once: see `exit_of`.
"""

from __future__ import annotations

import difflib
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module, metadata
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

import click

from simulator.errors import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_WRONG_INPUT, InputError, RunError
from simulator.interrupts import was_interrupted

FOLDER: Final = Path(__file__).parent
NO_VERBS: Final = frozenset({"faults", "progress"})
TRACEBACK_SWITCH: Final = "SALDO_TRACEBACK"


def verbs() -> dict[str, Path]:
    """Return the file of each verb by name, in alphabetical order; none is opened."""
    files = {path.stem: path for path in sorted(FOLDER.glob("*.py"))}
    return {name: path for name, path in files.items() if not name.startswith("_") and name not in NO_VERBS}


def summary(path: Path) -> str:
    """Return the first line of the docstring of a verb's file, without importing it."""
    with path.open(encoding="utf-8") as lines:
        return lines.readline().strip().strip('"').strip()


def exit_of(error: BaseException) -> tuple[int, str]:
    """Return the exit code of an error that ended a verb, and what to say on stderr.

    Wrong input is 2 and all its faults, one a line; Ctrl-C is 130; everything else is 1.
    """
    if was_interrupted(error):
        return EXIT_INTERRUPTED, "interrupted"
    match error:
        case InputError():
            return EXIT_WRONG_INPUT, str(error)
        case RunError():
            return EXIT_FAILED, f"error: {error}"
        case OSError():
            return EXIT_FAILED, f"error: {error.filename or 'file'}: {error.strerror or error}"
    what = " ".join(f"{type(error).__name__}: {error}".split())
    hint = "" if os.environ.get(TRACEBACK_SWITCH) else f"\nset {TRACEBACK_SWITCH}=1 and run again to see where"
    return EXIT_FAILED, f"internal error: {what}{hint}"


class Verbs(click.Group):
    """The group of verbs: looks for them in the folder and opens only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs."""
        return list(verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb and return its command; None where there is no such verb."""
        if cmd_name not in verbs():
            return None
        command = import_module(f"{__name__}.{cmd_name}").command
        assert isinstance(command, click.Command), f"simulator/cli/{cmd_name}.py has no click command named command"
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb that was typed, or suggest one (click does so from 8.5 only)."""
        typed = args[0]
        if typed not in verbs() and not typed.startswith("-"):
            near = difflib.get_close_matches(typed, verbs(), n=1)
            hint = f' Did you mean "{near[0]}"?' if near else ""
            raise click.UsageError(f'There is no verb "{typed}".{hint}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs and their first lines."""
        rows = [(name, summary(path)) for name, path in verbs().items()]
        if rows:
            with formatter.section("Verbs"):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Call the verb; an error of ours becomes its exit code and its lines on stderr."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise  # click ends these well, a reader that went away (`saldo ... | head`) without a word
        except (Exception, KeyboardInterrupt) as error:
            if os.environ.get(TRACEBACK_SWITCH):
                traceback.print_exc()
            code, message = exit_of(error)
            click.echo(message, err=True)
            ctx.exit(code)


def _print_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:
    """Print the version of the installed distribution and stop."""
    if asked and not ctx.resilient_parsing:
        try:
            version = metadata.version("saldo")
        except metadata.PackageNotFoundError:
            version = "of a source folder that is not installed"
        click.echo(f"saldo {version}")
        ctx.exit()


@click.group(
    cls=Verbs,
    subcommand_metavar="VERB ...",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  saldo run scenarios/christmas-2021.yaml
  saldo run scenarios/christmas-2021.yaml --engine control --json
  saldo run scenarios/christmas-2021.yaml -S effects.params.relative_effect=0.5
  saldo check scenarios/null.yaml

Exit codes: 0 done, 1 the run failed, 2 the input is wrong, 130 interrupted.""",
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
def group() -> None:
    """Estimate what rules on the form of employment-service conversations do to the public balance.

    A scenario names two sets of rules and a period; a run holds every conversation under both and values
    the difference. Minus is a loss to the public balance.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the program with its exit code.

    Args:
        arguments: What was typed after `saldo`; the program's own arguments where it is left out.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    group.main(args=None if arguments is None else list(arguments), prog_name="saldo")
