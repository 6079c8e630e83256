"""What a replay of several years says in words: its statement, its note and its description."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.report.language import Words, rounded
from simulator.report.months import Months, held_by_year, months_of
from simulator.report.reading import Run

FIGURE = "figures.replay"
WHOLE_BELOW = 999.5
"""Counts below this are told as they are."""


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure: where the model misses what was published, or how the share moves."""
    found = months_of(run)
    misses = {
        year: int(rounded(100 * found.shares[year], 0) - rounded(100 * share, 0))
        for year, share in found.published.items()
    }
    if not misses:
        return _course(found, words)
    missed = sorted((year for year in misses if misses[year]), key=lambda year: abs(misses[year]))
    if not missed:
        return words.text(f"{FIGURE}.title.hit", years=words.listed(str(year) for year in sorted(misses)))
    sides = {year: words.text(f"{FIGURE}.sides.{'under' if misses[year] < 0 else 'over'}") for year in missed}
    first, *others = (
        words.text(
            f"{FIGURE}.title.{'first' if number == 0 else 'other'}",
            points=abs(misses[year]),
            side=sides[year],
            year=year,
        )
        for number, year in enumerate(missed)
    )
    return words.text(f"{FIGURE}.title.missed", misses=words.listed([first, *others]))


def _course(found: Months, words: Words) -> str:
    """Return how the digital share moves from the first year to the last."""
    shares = list(found.shares.items())
    (first, start), (last, end) = shares[0], shares[-1]
    key = "level" if words.share(start) == words.share(end) else "course"
    return words.text(f"{FIGURE}.title.{key}", first=first, last=last, start=words.share(start), end=words.share(end))


def count_told(words: Words, count: float) -> str:
    """Return a number of conversations to three digits, and never a part of one."""
    return words.number(abs(count)) if abs(count) < WHOLE_BELOW else words.roughly(count, 3)


def calibrated_note(run: Run, words: Words) -> str:
    """Return what is calibrated in the run; empty where nothing is."""
    keys = [str(entry["key"]) for entry in run.headline.get("calibrated") or ()]
    names = dict.fromkeys(words.key_name(".".join(key.split(".")[:2])) or words.key_name(key) for key in keys)
    listed = words.listed(words.quoted(name) for name in names if name)
    return words.text(f"{FIGURE}.calibrated", names=listed) if listed else ""


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    found = months_of(run)
    years = words.listed(
        words.text(
            f"{FIGURE}.alt.{'both' if year in found.published else 'model'}", year=year, **_shares(found, words, year)
        )
        for year in found.shares
    )
    held = words.listed(
        words.text(f"{FIGURE}.alt.held", year=year, count=count_told(words, count))
        for year, count in held_by_year(found.months).items()
    )
    parts = [f"{title(run, words)}.", words.text(f"{FIGURE}.alt.shares", years=years)]
    parts.append(words.text(f"{FIGURE}.alt.volumes", years=held))
    if found.backlog:
        count = count_told(words, found.backlog.most)
        parts.append(words.text(f"{FIGURE}.alt.peak", count=count, day=words.day(found.backlog.on)))
        if found.backlog.gone_by:
            parts.append(words.text(f"{FIGURE}.alt.gone", day=words.day(found.backlog.gone_by)))
    return " ".join(parts)


def _shares(found: Months, words: Words, year: int) -> dict[str, str]:
    shares = {"model": found.shares[year], "published": found.published.get(year, 0.0)}
    return {name: words.share(share) for name, share in shares.items()}


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: shares by month and year, conversations held, and who waits longer."""
    found = months_of(run)
    rows: list[Mapping[str, object]] = []
    for month in found.months:
        values = (
            ("digital_share_model", month.share, "share"),
            ("held", month.held, "conversations"),
            ("more_waiting", month.more_waiting, "conversations"),
        )
        rows += [_row(name, month.first.year, month.first.month, value, unit) for name, value, unit in values]
    for name, shares in (("model", found.shares), ("published", found.published)):
        rows += [_row(f"digital_share_{name}", year, "", share, "share") for year, share in shares.items()]
    return rows


def _row(quantity: str, year: int, month: object, value: object, unit: str) -> Mapping[str, object]:
    return {"quantity": quantity, "year": year, "month": month, "value": value, "unit": unit}
