"""The head of a brief: marks, title, key figures, the estimate in words, and the proposal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from simulator.report.blocks import Block, Heading, KeyFigures, Masthead, Paragraph, foreign
from simulator.report.known import bare_amount, effect_amount, sign_is_open, stated
from simulator.report.sections.register import register_reasons
from simulator.report.sections.telling import Telling
from simulator.report.sections.timing import main_year
from simulator.report.stated import point_text, span_text
from simulator.report.story import LEAST_KR, direction
from simulator.report.weeks import meeting_days_of
from simulator.results.statements import OPEN

NAMED_FROM_SHARE = 0.05
"""Types are named in the text from this share of the conversations that change form."""
LEAST_LATER = 0.5
"""Conversations held later are named from so many on."""
FEW_LATE_SHARE = 0.01
"""Share of the replications of municipalities in which queues may last longer without a word about it."""


def head(telling: Telling) -> Iterator[Block]:
    """Yield the head of the brief: marks, title, why it is a draft, and on more than one page the key figures."""
    yield masthead(telling)
    yield Heading(1, title_of(telling))
    yield from draft_reasons(telling)
    if not telling.short:
        yield KeyFigures(tuple(key_figures(telling)))


def estimate(telling: Telling) -> Iterator[Block]:
    """Yield the estimate in words, with what is not known, and the line that the minister can say."""
    yield Heading(2, telling.say("estimate.heading"))
    addition = fixed_addition(telling)
    if telling.short:
        yield Paragraph(" ".join(filter(None, [*estimate_sentences(telling), addition])), "lead")
        return
    yield Paragraph(" ".join(estimate_sentences(telling)), "lead")
    if addition:
        yield Paragraph(addition)
    yield Paragraph(speech_line(telling), "speech", telling.say("estimate.speech"))


def proposal(telling: Telling) -> Iterator[Block]:
    """Yield what is compared with what."""
    yield Heading(2, telling.say("proposal.heading"))
    yield Paragraph(" ".join(proposal_sentences(telling)))


def title_of(telling: Telling) -> str:
    """Return the title of the run in the language of the document, or one by what the run changes."""
    titles = (telling.run.headline.get(key) for key in telling.words.tree["titles"])
    given = next((title for title in titles if title), "")
    named = foreign(str(given)).strip() if given else ""
    return named or telling.say(f"title.{_title_key(telling)}", period=telling.period)


def _title_key(telling: Telling) -> str:
    """Return what a title says, by what the run changes; of a run that does not tell it, that the form changes."""
    if telling.run.headline.get("small_cells"):
        return "form"
    story = telling.story
    volume = "fewer" if story.held_change < 0 else "more"
    return {"both": f"form_{volume}", "volume": volume}.get(story.change, story.change)


def run_id(telling: Telling) -> str:
    """Return the id of the run; that of its folder where the manifest gives none."""
    return foreign(str(telling.run.manifest.get("run_id") or telling.run.folder.resolve().name))


def masthead(telling: Telling) -> Masthead:
    """Return the head line: kind and draft, run and date of knowledge."""
    kind = telling.say("kind_draft" if telling.story.draft_reasons else "kind")
    marks = [telling.say("run", run=run_id(telling))]
    known = telling.run.manifest.get("known_as_of")
    if known:
        marks.append(telling.say("known", day=telling.words.day(date.fromisoformat(str(known)))))
    return Masthead(kind, tuple(marks))


def draft_reasons(telling: Telling) -> Iterator[Paragraph]:
    """Yield why the document is a draft."""
    for reason in telling.story.draft_reasons:
        if reason == "register":
            label = telling.say("draft_reasons.label")
            yield from (Paragraph(told, "draft", label) for told in register_reasons(telling))
            continue
        values: dict[str, object] = {}
        key = reason
        if reason == "unexplained":
            values["share"] = telling.percent(max(map(abs, telling.story.unexplained.values())))
            values["limit"] = telling.percent(telling.story.tolerated_share)
        if reason == "extrapolated":
            facts = telling.run.headline["extrapolated"]
            names = [telling.words.key_name(str(fact).replace(", ", ".")) for fact in facts]
            key = reason if all(names) else "extrapolated_some"
            values = {"facts": "; ".join(names), "count": len(names)}
        yield Paragraph(telling.say(f"draft_reasons.{key}", **values), "draft", telling.say("draft_reasons.label"))


def key_figures(telling: Telling) -> Iterator[tuple[str, str]]:
    """Yield the figures that the reader takes away, with their words."""
    story, words = telling.story, telling.words
    yield effect_figure(telling)
    if story.lasting_kr is not None:
        yield signed_magnitude(telling, story.lasting_kr), telling.say("key.lasting")
    yield from changed_conversations(telling)
    if story.direction != "none":
        yield telling.years(story.person_years), telling.say(f"key.years_{story.direction}")
        per = story.per_conversation_kr
        if story.change == "form" and abs(per) >= 0.5:
            yield words.text("about", number=telling.per_conversation(per)), telling.say(f"key.per_{direction(per)}")


def changed_conversations(telling: Telling) -> Iterator[tuple[str, str]]:
    """Yield how many conversations change, with their words."""
    story, words = telling.story, telling.words
    if story.change in ("form", "both"):
        yield telling.count(story.converted), telling.say("key.converted")
    elif story.change == "reverse":
        yield telling.count(story.reverse), telling.say("key.reverse")
    elif story.change == "none":
        yield words.noted(story.converted, words.number(0)), telling.say("key.no_change")
    if story.change in ("volume", "both"):
        key = "fewer" if story.held_change < 0 else "more"
        yield telling.count(story.held_change), telling.say(f"key.{key}")
        if story.volume_beside:
            yield signed_magnitude(telling, story.volume_kr), telling.say("key.beside")


def effect_figure(telling: Telling) -> tuple[str, str]:
    """Return the headline with its words, and its range where one was set."""
    story, words = telling.story, telling.words
    label = telling.say(f"key.effect_{story.direction}")
    if story.permanent and story.direction != "none":
        label = telling.say("key.whole", label=label)
    if story.direction == "none":
        return words.kr(story.effect_kr), label
    told = stated(telling.run)
    if told is None:
        return signed_magnitude(telling, story.effect_kr), label
    if told.sign == OPEN:
        return point_text(words, told), telling.say("key.effect_open")
    sign = words.tree["numbers"]["minus"] if story.direction == "loss" else "+"
    return f"{sign}{bare_amount(telling.run, telling.words)}", f"{label}; {span_text(words, told)}"


def signed_magnitude(telling: Telling, kr: float) -> str:
    """Return the order of magnitude of an amount [kr] with its sign."""
    sign = {"loss": telling.words.tree["numbers"]["minus"], "gain": "+", "none": ""}[direction(kr)]
    return f"{sign}{telling.words.magnitude_kr(kr)}"


def estimate_sentences(telling: Telling) -> Iterator[str]:
    """Yield the sentences of the estimate, chosen by what the run says."""
    story = telling.story
    yield from change_sentences(telling)
    yield effect_sentence(telling)
    if story.direction != "none" and not sign_is_open(telling.run):
        yield telling.say(f"estimate.people.{story.direction}", years=telling.years(story.person_years))
    if story.lasting_kr is not None:
        amount = telling.words.magnitude_kr(story.lasting_kr)
        yield telling.say(f"estimate.lasting.{direction(story.lasting_kr)}", amount=amount)
    if story.direction != "none":
        yield telling.say(f"estimate.scope.{story.direction}")
    beside = direction(story.volume_kr)
    if story.volume_beside and beside != "none" and story.change in ("volume", "both"):
        amount = telling.words.magnitude_kr(story.volume_kr)
        yield telling.say(f"estimate.beside.{beside}", amount=amount)


def change_sentences(telling: Telling) -> Iterator[str]:
    """Yield what happens to the conversations."""
    story = telling.story
    volume = "fewer" if story.held_change < 0 else "more"
    # What changes most is told first.
    both = ("form", f"also_{volume}") if story.converted > abs(story.held_change) else (volume, "also_form")
    for key in {"both": both, "volume": (volume,)}.get(story.change, (story.change,)):
        yield telling.say(
            f"estimate.change.{key}",
            period=telling.period,
            converted=telling.count(story.converted),
            reverse=telling.count(story.reverse),
            count=telling.count(story.held_change),
        )
    if story.change in ("volume", "both") and story.waiting_change >= 0.5:
        yield telling.say("estimate.waiting", count=telling.count(story.waiting_change))
        yield from afterwards(telling)


def afterwards(telling: Telling) -> Iterator[str]:
    """Yield what becomes of the queue after the period, as far as the run goes on."""
    later = telling.run.mean("held_later", "proposal") - telling.run.mean("held_later", "baseline")
    if later >= LEAST_LATER:
        yield telling.say("estimate.later", count=telling.count(later))
    last = telling.run.headline.get("last_simulated_date")
    if not last:
        return
    day = telling.words.day(date.fromisoformat(str(last)))
    if float(telling.run.headline.get("not_cleared_share") or 0) > FEW_LATE_SHARE:
        yield telling.say("estimate.not_cleared", day=day)
    elif later >= LEAST_LATER and telling.run.headline.get("utilisation"):
        share = telling.percent(telling.run.mean("utilisation"))
        yield telling.say("estimate.cleared", day=day, share=share)


def effect_sentence(telling: Telling) -> str:
    """Return what it does to the public balance."""
    story = telling.story
    if story.direction == "none":
        beside = story.volume_beside and direction(story.volume_kr) != "none"
        return telling.say("estimate.effect.none_form" if beside else "estimate.effect.none")
    concept = concept_phrase(telling)
    price = telling.run.headline.get("price_year")
    year = main_year(telling)
    when = telling.say("estimate.year", year=year) if year else ""
    return telling.say(
        f"estimate.effect.{'open' if sign_is_open(telling.run) else story.direction}",
        amount=effect_amount(telling.run, telling.words),
        concept=concept + (telling.say("estimate.price", year=price) if price else ""),
        year=telling.say("estimate.whole") if story.permanent else when,
    )


def concept_phrase(telling: Telling) -> str:
    """Return after what the figure is reckoned: the words of the concept, and of what the scenario adds to it."""
    phrase = telling.words.find(f"brief.estimate.concept.{telling.story.concept}") or ""
    also = (telling.words.find(f"brief.estimate.also.{name}") for name in telling.run.headline.get("also") or ())
    return "".join([str(phrase), *(str(part) for part in also if part)])


def fixed_addition(telling: Telling) -> str:
    """Return the fixed addition: what is not known of digital conversations, or what the volume rests on."""
    parts = []
    story = telling.story
    in_part = abs(story.volume_kr) >= LEAST_KR and not story.volume_beside and story.change == "both"
    if story.changes_form or story.change == "reverse":
        amount = telling.words.mio_kr(story.form_kr, plus=True)
        parts.append(telling.say("estimate.fixed.form_part" if in_part else "estimate.fixed.form", amount=amount))
    if story.change in ("volume", "both"):
        parts.append(telling.say("estimate.fixed.volume"))
    return " ".join(parts)


def speech_line(telling: Telling) -> str:
    """Return the line that the minister can say."""
    story = telling.story
    amount = bare_amount(telling.run, telling.words)
    if story.lasting_kr is not None and direction(story.lasting_kr) == story.direction:
        amount = telling.words.text("a_year", amount=telling.words.magnitude_kr(story.lasting_kr))
    per = telling.per_conversation(story.per_conversation_kr)
    if story.change == "none":
        return telling.say("estimate.speech_line.none")
    if sign_is_open(telling.run):
        return telling.say("estimate.speech_line.open", amount=effect_amount(telling.run, telling.words))
    kind = "form" if story.change == "form" else "other"
    if story.change == "reverse" and story.direction == "none":
        kind = "reverse"
    if kind == "other" and story.direction == "none" and story.volume_beside:
        return telling.say("estimate.speech_line.other_beside", beside=telling.words.magnitude_kr(story.volume_kr))
    return telling.say(f"estimate.speech_line.{kind}_{story.direction}", amount=amount, per=per)


def proposal_sentences(telling: Telling) -> Iterator[str]:
    """Yield what is compared, on how many days, for which types, and what was digital already."""
    yield telling.say("proposal.compare_short" if telling.short else "proposal.compare", period=telling.period)
    yield meeting_days(telling)
    by_type = telling.run.headline.get("converted_by_type") or {}
    counts = {name: telling.run.mean("converted_by_type", name) for name in by_type}
    large = [
        name
        for name in counts
        if telling.story.changes_form and counts[name] >= NAMED_FROM_SHARE * sum(counts.values())
    ]
    if large:
        names = [telling.words.name("types", name) for name in sorted(large, key=lambda name: -counts[name])]
        yield telling.say("proposal.types", types=telling.words.listed(names))
    exception, choice = (telling.run.step(f"digital_by_{reason}") for reason in ("exception", "own_choice"))
    which = "both" if min(exception, choice) >= 0.5 else "exception" if exception >= 0.5 else "choice"
    if telling.story.changes_form and exception + choice >= 0.5:
        counts_of = {"exception": telling.count(exception), "choice": telling.count(choice)}
        yield telling.say(f"proposal.already.{which}", **counts_of)
    rule = telling.words.find(f"brief.proposal.contact_rule.{telling.run.headline.get('contact_rule')}")
    if rule and not telling.short:
        yield str(rule)


def meeting_days(telling: Telling) -> str:
    """Return on how many days conversations are held, by kind of office where they differ."""
    kinds = telling.run.headline.get("meeting_days") or {}
    days = {kind: telling.run.mean("meeting_days", kind) for kind in kinds}
    most = meeting_days_of(telling.run)
    if most == 0:
        return telling.say("proposal.no_meeting_days")
    after = {kind: telling.run.mean("meeting_days_proposal", kind) for kind in kinds}
    if "meeting_days_proposal" in telling.run.headline and after != days:
        change = {"before": telling.words.number(most), "after": telling.words.number(max(after.values()))}
        return telling.say("proposal.meeting_days_change", **change)
    if len(set(days.values())) == 1:
        weeks = telling.weeks(most)
        return telling.say("proposal.meeting_days", days=telling.words.number(most), weeks=weeks)
    named = (
        telling.say(
            "proposal.kind_days",
            kind=telling.words.name("office_kinds_held_by", kind),
            days=telling.words.number(count),
        )
        for kind, count in days.items()
    )
    return telling.say("proposal.meeting_days_by_kind", kinds=telling.words.listed(named))
