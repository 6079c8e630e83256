"""The annex: what is not identified, the calendar, law comments, the assumptions, and how to run it again."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.report.blocks import Block, Heading, Paragraph, foreign
from simulator.report.bound import constant
from simulator.report.reading import Run, quantity
from simulator.report.sections.assumptions import assumptions_table, used
from simulator.report.sections.law_comments import law_comments
from simulator.report.sections.opening import run_id
from simulator.report.sections.reckoning import figure
from simulator.report.sections.register import register_list
from simulator.report.sections.telling import Telling
from simulator.report.story import LEAST_KR

RELATIVE_EFFECT = "effects.params.relative_effect"


def annex(telling: Telling) -> Iterator[Block]:
    """Yield the annex."""
    yield Heading(2, telling.say("annex.heading"))
    yield Heading(3, telling.say("annex.identified"))
    yield Paragraph(" ".join(identification(telling)))
    calibrated = telling.run.headline.get("calibrated") or []
    if calibrated:
        yield Heading(3, telling.say("annex.calibrated_heading"))
        for index in range(len(calibrated)):
            yield Paragraph(calibrated_sentence(telling, index))
    yield Heading(3, telling.say("annex.calendar"))
    yield figure(telling, "calendar")
    if telling.run.held:
        yield figure(telling, "conversations")
    yield from law_comments(telling)
    yield Heading(3, telling.say("annex.assumptions"))
    yield assumptions_table(telling)
    yield from register_list(telling)
    yield Heading(3, telling.say("annex.again"))
    yield from again(telling)


def identification(telling: Telling) -> Iterator[str]:
    """Yield what the figures can and cannot tell of the effect of digital conversations."""
    story = telling.story
    if not story.changes_form:
        yield telling.say("annex.not_applicable")
        return
    if abs(story.per_conversation_kr) >= LEAST_KR:
        key = "product" if telling.run.headline.get("published") and story.is_public else "product_plain"
        days, kr = telling.days(story.days_per_conversation), telling.per_conversation(story.per_conversation_kr)
        yield telling.say(f"annex.{key}", days=days, kr=kr)
        trial = telling.run.mean("trial_effect_share_per_meeting")
        if trial:
            yield telling.say("annex.trial", share=telling.words.share(trial))
    yield from reading_of_product(telling)


def reading_of_product(telling: Telling) -> Iterator[str]:
    """Yield how the run splits the product: by its values of the relative effect."""
    kept = [
        quantity(row, "value")
        for row in telling.run.table("assumptions")
        if row["key"].startswith(RELATIVE_EFFECT) and used(row.get("used", ""))
    ]
    if not kept:
        return
    low, high = min(kept), max(kept)
    if high - low > 0.005:
        yield telling.say("annex.part_range", low=telling.percent(low), high=telling.percent(high))
    elif low <= 0:
        yield telling.say("annex.all_lost")
    elif abs(low - 1) < 0.005:
        yield telling.say("annex.nothing_lost")
    else:
        key = "part_lost" if low < 1 else "more_kept"
        yield telling.say(f"annex.{key}", share=telling.percent(low))


def calibrated_sentence(telling: Telling, index: int) -> str:
    """Return that a value was chosen so that the run meets a published figure."""
    item = telling.run.headline["calibrated"][index]
    name = telling.words.key_name(str(item.get("key", ""))) or f"`{foreign(str(item.get('key', '')))}`"
    value = telling.number(telling.run.number("calibrated", index, "value") or 0.0)
    target = target_name(telling, str(item.get("to") or ""))
    if not target:
        return telling.say("annex.calibrated_plain", name=name, value=value)
    return telling.say("annex.calibrated", name=name, value=value, target=target)


def target_name(telling: Telling, to: str) -> str:
    """Return what a value was calibrated to: the name of the figure and, where given, its value."""
    key, _, value = to.replace(":", "=").partition("=")
    known = telling.words.find(f"names.targets.{key.strip()}")
    if known is None:
        return ""
    try:
        number = telling.number(as_published(telling.run, key.strip(), float(value)))
    except ValueError:
        return str(known)
    return telling.say("annex.target_value", name=known, value=number)


def as_published(run: Run, key: str, target: float) -> float:
    """Return a figure that was calibrated to as the run holds what was published, where it does."""
    held = run.number("published", key)
    return held if held is not None and held == target else constant(target)


def again(telling: Telling) -> Iterator[Paragraph]:
    """Yield how to run it again, and how to write the brief again."""
    headline = telling.run.headline
    engine = str(headline.get("engine", "fast"))
    seed, replications = headline.get("seed", 1), headline.get("replications", 1)
    told = telling.run.number
    yield Paragraph(
        telling.say(
            "annex.again_text" if engine != "control" else "annex.again_control",
            run=run_id(telling),
            scenario=foreign(str(headline.get("scenario", ""))),
            version=telling.run.manifest.get("version") or telling.say("no_value"),
            seed=telling.words.number(told("seed") or 1),
            replications=telling.words.number(told("replications") or 1),
            engine=telling.words.name("engines", engine),
        )
    )
    command = f"saldo run scenario.resolved.yaml --seed {seed} --replications {replications} --engine {engine}"
    draws = headline.get("draws")
    yield Paragraph(telling.say("annex.again_command", command=f"{command} --draws {draws}" if draws else command))
    yield Paragraph(telling.say("annex.brief_command"))
