"""From conversations to kroner: which conversations change form, and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simulator.report.chain import Part, is_product, place_of, way_to_converted
from simulator.report.drawing import Face, Sheet
from simulator.report.known import bare_amount
from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.story import Story, count_word
from simulator.report.style import GAIN, HAIRLINE, INK, LOSS_TEXT, NAVY, PAPER, QUIET, WITHDRAWN, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Term = tuple[str, str, str]
"""Sign before, number and words of a term of the chain of kroner."""

COLORS = {"loss": LOSS_TEXT, "gain": GAIN, "none": NAVY}
KINDS = ("change", "level")
"""What a part is called among the numbers that are drawn, by whether it is a level."""
THICK = 0.66
"""Thickness of a bar as a share of its row."""


class _Waterfall:
    """Rows from the top down: the words, the bar, the number."""

    def __init__(self, sheet: Sheet, words: Words, parts: list[Part], top: float) -> None:
        self.sheet, self.words, self.parts, self.top = sheet, words, parts, top
        self.points = sheet.size.text
        narrow = sheet.size.name == "column"
        self.row = sheet.line_height(self.points) * {"column": 1.5, "page": 1.42, "slide": 1.95}[sheet.size.name]
        self.labels = {part.name: words.text(f"figures.bridge.parts.{part.name}") for part in parts}
        widest = max(sheet.measure(label, self.points, "Semibold") for label in self.labels.values())
        limit = sheet.width * (0.44 if narrow else 0.42)
        self.left = sheet.margin + min(widest, limit) + 0.8 * self.points / 72
        number = max(sheet.measure(self.number(part), self.points, "Semibold") for part in parts)
        self.width = sheet.width - sheet.margin - self.left - number - 0.6 * self.points / 72
        most = max([abs(part.count) for part in parts if part.total] or [0.0])
        self.scale = self.width / most if most else 0.0

    def number(self, part: Part) -> str:
        """Return the number of a row: a level without sign, a change with its sign."""
        return self.words.number(part.count, place_of(self.parts), plus=not part.total)

    def draw(self) -> float:
        """Draw all rows and return the level below the last [inches]."""
        level = 0.0
        for index, part in enumerate(self.parts):
            middle = self.top - (index + 0.5) * self.row
            after = part.count if part.total else level + part.count
            self._label(part, middle)
            self._bar(part, (0.0 if part.total else level, after), middle)
            if index + 1 < len(self.parts):
                at = self.left + self.scale * after
                half = self.row * THICK / 2
                self.sheet.line((at, middle - half), (at, middle - self.row + half), QUIET, 0.5)
            level = after
        bottom = self.top - len(self.parts) * self.row
        self.sheet.line((self.left, self.top), (self.left, bottom), INK, 0.6)
        return bottom

    def _label(self, part: Part, middle: float) -> None:
        room = self.left - self.sheet.margin - 0.5 * self.points / 72
        points = self.sheet.fitting(self.labels[part.name], room, self.points, "Semibold")
        at = (self.sheet.margin, middle)
        self.sheet.text(at, self.labels[part.name], points, _face(part), anchor=("left", "center"))

    def _bar(self, part: Part, ends: tuple[float, float], middle: float) -> None:
        low, high = min(ends) * self.scale, max(ends) * self.scale
        thick = self.row * THICK
        color, hatch, edge = (NAVY, "", "") if part.total else (WITHDRAWN, "////", PAPER)
        self.sheet.box((self.left + low, middle - thick / 2), high - low, thick, color, hatch, edge)
        at = (self.left + high + 0.4 * self.points / 72, middle)
        self.sheet.text(at, self.number(part), self.points, _face(part), anchor=("left", "center"))


def _face(part: Part) -> Face:
    return "Semibold" if part.total else "Regular"


def terms_of(run: Run, words: Words) -> list[Term]:
    """Return the chain of kroner as terms: conversations x days, person-years x value, and the result."""
    story = Story(run)
    side = "gain" if story.direction == "gain" else "loss"
    years = abs(story.person_years)
    result = words.units(f"{_signed_amount(story, words)}")
    terms: list[Term] = []
    if is_product(run):
        days = words.number(abs(run.step("loss_per_conversation_days")), 2)
        terms += [
            ("", words.number(story.converted, place_of(way_to_converted(run))), _term(words, "conversations")),
            ("×", days, _term(words, f"days_{side}")),
        ]
    sign = "=" if terms else ""
    terms += [
        (sign, words.number(years, 0 if years >= 9.95 else 1), _term(words, f"person_years_{side}")),
        ("×", words.number(run.step("value_per_person_year_kr")), _term(words, "value")),
        ("=", result, _term(words, "result")),
    ]
    return terms


def _term(words: Words, name: str) -> str:
    return words.text(f"figures.bridge.terms.{name}")


def _signed_amount(story: Story, words: Words) -> str:
    kr = story.effect_kr
    if abs(kr) < 95_000:
        return words.kr(kr, plus=True)
    return words.mio_kr(kr, 1 if abs(kr) < 99.5e6 else 0, plus=True)


def _strip(sheet: Sheet, terms: list[Term], top: float, color: str) -> float:
    """Set the terms side by side, the numbers on one line and their words below; return the lowest level."""
    points = sheet.size.text
    sign_width = 1.7 * points / 72
    signs = sum(bool(sign) for sign, _, _ in terms)
    wide = (sheet.width - 2 * sheet.margin - signs * sign_width) / len(terms)
    large = min(sheet.fitting(number, wide * 0.96, points * 1.55, "Semibold") for _, number, _ in terms)
    base = top - 1.35 * large / 72
    left, lowest = sheet.margin, base
    for index, (sign, number, told) in enumerate(terms):
        if sign:
            sheet.text((left + sign_width / 2, base), sign, points * 1.2, color=QUIET, anchor=("center", "baseline"))
            left += sign_width
        last = index == len(terms) - 1
        middle = left + wide / 2
        sheet.text((middle, base), number, large, "Semibold", color if last else NAVY, ("center", "baseline"))
        lines = sheet.wrap(told, wide * 0.98, points * 0.92)
        below = base - 0.35 * points / 72
        height = sheet.paragraph((middle, below), lines, points * 0.92, "Regular", QUIET, "center")
        lowest = min(lowest, below - height)
        left += wide
    return lowest


def _list(sheet: Sheet, terms: list[Term], top: float, color: str) -> float:
    """Set the terms below each other, words at the left and numbers at the right; return the lowest level."""
    points = sheet.size.text
    step = sheet.line_height(points) * 1.18
    right = sheet.width - sheet.margin
    widest = max(sheet.measure(number, points, "Semibold") for _, number, _ in terms)
    for index, (sign, number, told) in enumerate(terms):
        base = top - (index + 0.85) * step
        last = index == len(terms) - 1
        room = right - widest - 2.2 * points / 72 - sheet.margin
        size = sheet.fitting(told, room, points)
        sheet.text((sheet.margin, base), told, size)
        if sign:
            sheet.text((right - widest - points / 72, base), sign, points, color=QUIET, anchor=("right", "baseline"))
        sheet.text((right, base), number, points, "Semibold", color if last else NAVY, ("right", "baseline"))
        if last:
            sheet.line((sheet.margin, base + step * 0.7), (right, base + step * 0.7), INK)
    return top - len(terms) * step


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure."""
    story = Story(run)
    amount = bare_amount(story.run, words)
    # Where changed numbers count as well, the amount is not that of changed form alone.
    form = "form" if story.change == "form" or (story.changes_form and story.volume_beside) else "other"
    if story.change == "none":
        return words.text("figures.bridge.title.none")
    converted = count_word(words, story.converted)
    return words.sentence(f"figures.bridge.title.{form}_{story.direction}", converted=converted, amount=amount)


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: a waterfall of conversations, and below it the chain of kroner."""
    narrow = size.name == "column"
    sheet = Sheet(size, height=6.0)
    top = sheet.heading(title(run, words), words.text("figures.bridge.below"))
    parts = way_to_converted(run)
    bottom = _Waterfall(sheet, words, parts, top).draw()
    line = sheet.line_height(size.text)
    level = bottom - 0.55 * line
    sheet.line((sheet.margin, level), (sheet.width - sheet.margin, level), HAIRLINE, 0.6)
    sheet.paragraph(
        (sheet.margin, level - 0.25 * line), [words.text("figures.bridge.chain")], size.text, "Regular", QUIET
    )
    arrange = _list if narrow else _strip
    sheet.crop(arrange(sheet, terms_of(run, words), level - 1.35 * line, COLORS[Story(run).direction]))
    return sheet.figure


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    parts = way_to_converted(run)
    decimals = place_of(parts)
    rows = "; ".join(
        f"{words.text(f'figures.bridge.parts.{part.name}').lower()} {words.number(part.count, decimals)}"
        for part in parts
    )
    terms = " ".join(f"{sign} {number} {told}".strip() for sign, number, told in terms_of(run, words))
    return words.text("figures.bridge.alt", title=title(run, words), rows=rows, terms=terms)


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: the way to the conversations that change form, and the chain of kroner."""
    story = Story(run)
    parts = [
        _row(KINDS[part.total], part.name, words.text(f"figures.bridge.parts.{part.name}"), part.count)
        for part in way_to_converted(run)
    ]
    side = "gain" if story.direction == "gain" else "loss"
    terms: list[tuple[str, float, str]] = []
    if is_product(run):
        terms += [("conversations", story.converted, "conversations")]
        terms += [(f"days_{side}", abs(run.step("loss_per_conversation_days")), "days")]
    terms += [(f"person_years_{side}", abs(story.person_years), "person_years")]
    terms += [("value", run.step("value_per_person_year_kr"), "kr"), ("result", story.effect_kr, "kr")]
    return parts + [_row("term", name, _term(words, name), value, unit) for name, value, unit in terms]


def _row(kind: str, name: str, told: str, value: float, unit: str = "conversations") -> Mapping[str, object]:
    return {"kind": kind, "name": name, "label": told, "value": value, "unit": unit}
