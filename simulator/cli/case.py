"""Keep a case: from a question to an answer that was checked, cleared and sent, and what was said before."""

from __future__ import annotations

import difflib
from importlib import import_module
from pathlib import Path

import click

FOLDER = Path(__file__).with_name("_case")
ORDER = (
    "new",
    "answer",
    "check",
    "clear",
    "send",
    "withdraw",
    "show",
    "log",
    "hold",
    "release",
    "predict",
    "score",
    "write",
)
"""The verbs of a case in the order of its day."""


class CaseVerbs(click.Group):
    """The verbs of a case: a file each, opened only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the verbs."""
        return list(ORDER)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb and return its command; None where there is no such verb."""
        if cmd_name not in ORDER:
            return None
        command = import_module(f"simulator.cli._case.{cmd_name}").command
        assert isinstance(command, click.Command), f"simulator/cli/_case/{cmd_name}.py has no command"
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb that was typed, or suggest one."""
        typed = args[0]
        if typed not in ORDER and not typed.startswith("-"):
            near = difflib.get_close_matches(typed, ORDER, n=1)
            hint = f' Did you mean "{near[0]}"?' if near else f" There are: {', '.join(ORDER)}."
            raise click.UsageError(f'There is no verb "case {typed}".{hint}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs and their first lines, without opening them."""
        from simulator.cli import summary

        with formatter.section("Verbs"):
            formatter.write_dl([(name, summary(FOLDER / f"{name}.py")) for name in ORDER])


@click.group(
    cls=CaseVerbs,
    subcommand_metavar="VERB ...",
    epilog="""\b
Examples:
  saldo case new spm-412 --question "Hvad koster det?" --asker FIU --file-number 2021-4567 \\
      --deadline "2021-12-17 15:00" --scenario scenarios/christmas-2021.yaml --by "A. B."
  saldo case answer spm-412 --by "A. B."
  saldo case log""",
)
def command() -> None:
    """Keep a case: a question, its answer in versions, who checked, cleared and sent it, and what was said before.

    A case is a folder of plain files below ./cases (or --cases, or the environment SALDO_CASES), in git or on a shared
    drive. A version goes from udkast over kontrolregnet and clearet to oversendt, and ends as udgået. Whatever ends a
    command on the way, the case is as before it or as after.
    """
