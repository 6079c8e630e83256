"""How the run is made again: command, version, commit, seed and replications; and its sources."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Bullets, Heading, Paragraph, foreign
from simulator.report.sections.opening import run_id
from simulator.report.sections.telling import Telling
from simulator.report.sections.values import rates_last, used

COMMIT_SHOWN = 12
"""Characters of a commit that are told."""


def again(telling: Telling) -> Iterator[Block]:
    """Yield how to run it again, and how to write the brief again."""
    yield Heading(2, telling.say("annex.again"))
    headline = telling.run.headline
    engine = str(headline.get("engine", "fast"))
    seed, replications = headline.get("seed", 1), headline.get("replications", 1)
    told = telling.run.number
    yield Paragraph(
        telling.say(
            "annex.again_text" if engine != "control" else "annex.again_control",
            run=run_id(telling),
            scenario=foreign(str(headline.get("scenario", ""))),
            version=foreign(str(telling.run.manifest.get("version") or telling.say("no_value"))),
            commit=foreign(str(telling.run.manifest.get("commit") or telling.say("no_value"))[:COMMIT_SHOWN]),
            seed=telling.words.number(told("seed") or 1),
            replications=telling.words.number(told("replications") or 1),
            engine=telling.words.name("engines", engine),
        )
    )
    command = f"saldo run scenario.resolved.yaml --seed {seed} --replications {replications} --engine {engine}"
    draws = headline.get("draws")
    yield Paragraph(telling.say("annex.again_command", command=f"{command} --draws {draws}" if draws else command))
    yield Paragraph(telling.say("annex.brief_command"))


def sources(telling: Telling) -> Iterator[Block]:
    """Yield the sources of all values that the run used, those of the rates behind the accounts last."""
    rows = rates_last(row for row in telling.run.table("assumptions") if used(row.get("used", "")))
    titles = dict.fromkeys(filter(None, (telling.run.source_title(row["source"]) for row in rows)))
    yield Heading(2, telling.say("annex.sources"))
    if titles:
        yield Bullets(tuple(f"[[{foreign(title)}]]" for title in titles))
    yield Paragraph(telling.say("basis.no_sources"), "note")
