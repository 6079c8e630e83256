"""What the register of assumptions says of the document: why it is a draft, and every assumption that makes it one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from simulator.report.blocks import Block, Heading, Line, Paragraph, Table, foreign
from simulator.report.register import draft_items, under_register
from simulator.report.sections.telling import Telling
from simulator.report.sections.values import base_key
from simulator.results.standing import Status

NAMED = 4
"""At most so many assumptions are named in a reason; all of them stand in the table."""
ORDER: tuple[Status, ...] = ("expired", "changed", "unsigned")


def register_reasons(telling: Telling) -> Iterator[str]:
    """Yield why the register makes the document a draft, a sentence for each reason."""
    groups = _groups(telling)
    for status in ORDER:
        names = [name for name, of in groups if of == status]
        if not names:
            continue
        told = "; ".join(names[:NAMED]) + (telling.words.text("register.among") if len(names) > NAMED else "")
        count = sum(found for (_, of), found in groups.items() if of == status)
        number = "one" if count == 1 else "many"
        yield telling.words.text(f"register.reasons.{status}_{number}", count=telling.words.number(count), names=told)


def _groups(telling: Telling) -> dict[tuple[str, Status], int]:
    """Return how many assumptions make the document a draft, by what they are called together and by the reason."""
    items = draft_items(telling.run)
    of_base = Counter((_base(telling, key), status) for key, status in items)
    named: Counter[tuple[str, Status]] = Counter()
    for key, status in items:
        alone = of_base[_base(telling, key), status] == 1
        named[assumption_name(telling, key if alone else _base(telling, key)), status] += 1
    return dict(sorted(named.items(), key=lambda item: ORDER.index(item[0][1])))


def _base(telling: Telling, key: str) -> str:
    """Return the beginning of a key that the language has a word for; the key itself where it has none."""
    return base_key(telling, key) if telling.words.key_name(key) else key


def register_list(telling: Telling) -> Iterator[Block]:
    """Yield the table of all assumptions that make the document a draft; nothing where none does."""
    groups, words = _groups(telling), telling.words
    if not groups:
        return
    lines = [
        Line((name if count == 1 else words.text("register.several", name=name, count=count), reason(telling, status)))
        for (name, status), count in groups.items()
    ]
    yield Heading(3, words.text("register.heading"))
    yield Paragraph(words.text("register.explained" if under_register(telling.run) else "register.expired"))
    yield Table(
        caption=telling.numbered("table", words.text("register.caption")),
        columns=tuple(words.find("register.columns")),
        lines=tuple(lines),
        numeric=(False, False),
        notes=(words.text("register.remark"),),
    )


def reason(telling: Telling, status: Status) -> str:
    """Return why an assumption makes the document a draft, in a word or two."""
    return telling.words.text(f"register.status.{status}")


def assumption_name(telling: Telling, key: str) -> str:
    """Return what an assumption is called, with its arm; its key where the language has no word for it."""
    arm, _, own = key.partition(".")
    if arm not in ("baseline", "proposal"):
        return telling.words.key_name(key) or f"`{foreign(key)}`"
    name = telling.words.key_name(own) or f"`{foreign(own)}`"
    return f"{name}, {telling.words.text(f'arms.{arm}').lower()}"
