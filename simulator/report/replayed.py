"""What a replay of several years says in words: its statement, its note and its description."""

from __future__ import annotations

from simulator.report.language import Words, rounded
from simulator.report.months import Months, held_by_year, months_of
from simulator.report.reading import Run

FIGURE = "figures.replay"


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
        words.text(f"{FIGURE}.alt.held", year=year, count=words.roughly(count, 3))
        for year, count in held_by_year(found.months).items()
    )
    parts = [f"{title(run, words)}.", words.text(f"{FIGURE}.alt.shares", years=years)]
    parts.append(words.text(f"{FIGURE}.alt.volumes", years=held))
    if found.backlog:
        count = words.roughly(found.backlog.most, 3)
        parts.append(words.text(f"{FIGURE}.alt.peak", count=count, day=words.day(found.backlog.on)))
        if found.backlog.gone_by:
            parts.append(words.text(f"{FIGURE}.alt.gone", day=words.day(found.backlog.gone_by)))
    return " ".join(parts)


def _shares(found: Months, words: Words, year: int) -> dict[str, str]:
    shares = {"model": found.shares[year], "published": found.published.get(year, 0.0)}
    return {name: words.share(share) for name, share in shares.items()}
