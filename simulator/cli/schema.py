"""Print the JSON Schema of scenario files, with which an editor helps to write one."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="""\b
Example:
  saldo schema --out scenarios/schema.json
and, as the first line of a scenario beside it:
  # yaml-language-server: $schema=schema.json"""
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write a file instead.")
def command(out: Path | None) -> None:
    """Print the JSON Schema of scenario files: all keys, their units and what they may be."""
    import json

    from simulator.scenario.json_schema import scenario_schema

    text = json.dumps(scenario_schema(), ensure_ascii=False, indent=2)
    if out is None:
        click.echo(text)
        return
    out.write_text(text + "\n", encoding="utf-8", newline="\n")
    click.echo(f"The schema is written to {out}.")
