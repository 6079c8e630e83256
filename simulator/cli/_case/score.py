"""Set predictions beside data that arrived, and keep the score."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli._case._asked import clock_option, where_option, who, who_option
from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.case.forecasts import Score


@click.command(
    "score",
    epilog="""\b
Examples:
  saldo case score --data jobindsats.csv --by "A. B."
  saldo case score spm-412 --data jobindsats.csv --dry-run
  saldo case score""",
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--data", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Outcomes as CSV; below.")
@click.option("--dry-run", is_flag=True, help="Print the score and keep nothing.")
@click.option("--drafts", is_flag=True, help="Score predictions of versions that were not sent, too.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Write each pair to a file.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON and nothing else.")
@clock_option
@who_option
@where_option
def command(names: tuple[str, ...], data: Path | None, **options: Any) -> None:
    """Score the predictions of issued answers, of all cases or of the cases NAME; without --data print the book.

    FILE has the columns measure,place,year,month,value,source,published, and where needed types and role (naive for
    the figure of a plain forecast to compare with). What was published before a prediction was made does not count.
    """
    from simulator.case.folder import case_named, cases_folder, refuse_no_folder

    root = cases_folder(options["cases"])
    refuse_no_folder(root)
    for name in names:
        case_named(root, name)
    if data is None:
        _book(root, names)
        return
    found = _scored(root, names, data, options)
    if not options["dry_run"]:
        _keep(root, found, data, options)
    _say(found, options)


def _scored(root: Path, names: Sequence[str], data: Path, options: dict[str, Any]) -> list[Score]:
    from simulator.case.forecasts import forecasts_of, score_of
    from simulator.forecast import read_outcomes

    outcomes = read_outcomes(data)
    forecasts = forecasts_of(root, names, drafts=options["drafts"])
    if not forecasts:
        message = "no issued answer carries predictions; add them with `saldo case predict` before it is sent"
        raise InputError.one(message, str(root))
    return [score_of(forecast, outcomes) for forecast in forecasts]


def _keep(root: Path, found: Sequence[Score], data: Path, options: dict[str, Any]) -> None:
    from simulator.case.desk import Asked, on_desk
    from simulator.case.forecasts import keep_score

    by = who(options["by"])
    for name in dict.fromkeys(score.forecast.case.name for score in found):
        with on_desk(Asked(root, name, by, options["clock_is_right"]), "keeps a score") as desk:
            for score in found:
                if score.forecast.case.name == name and score.scores.pairs:
                    keep_score(desk, score, data)


def _say(found: Sequence[Score], options: dict[str, Any]) -> None:
    from simulator.case.writing import write_whole
    from simulator.forecast import content_of, pairs_csv, plain

    if options["csv_file"] is not None:
        texts = [pairs_csv(score.scores) for score in found]
        write_whole(options["csv_file"], _joined(texts, [_name(score) for score in found]))
    if options["as_json"]:
        content = [{"answer": _name(score), **content_of(score.scores)} for score in found]
        click.echo(json.dumps(content, indent=1, ensure_ascii=False))
        return
    for score in found:
        click.echo(f"{_name(score)}, made {score.forecast.issued}\n{plain(score.scores)}\n")


def _name(score: Score) -> str:
    return f"{score.forecast.case.name} v{score.forecast.version.number}"


def _joined(texts: Sequence[str], names: Sequence[str]) -> str:
    """Return tables of several answers as one, each line with its answer."""
    heads = texts[0].splitlines()[0]
    lines = [f"{name},{line}" for text, name in zip(texts, names, strict=True) for line in text.splitlines()[1:]]
    return "\n".join([f"answer,{heads}", *lines]) + "\n"


def _book(root: Path, names: Sequence[str]) -> None:
    from simulator.case.forecasts import kept_scores

    found = list(kept_scores(root, names))
    if not found:
        click.echo("no score is kept; set predictions beside data with --data FILE")
    for case, entry, said in found:
        pairs = len(said["scores"].get("pairs", ()))
        click.echo(f"{entry.at.astimezone():%Y-%m-%d}  {case.name} v{entry.version}  {pairs} outcomes, {said['data']}")
