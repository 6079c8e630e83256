"""Shapes of made-up runs: the size of the published case, and what else a run can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

TYPES = {
    "jobsamtale": ("jobcentre", "dagpenge", 0.62),
    "opfoelgning": ("jobcentre", "sygedagpenge", 0.22),
    "cv_samtale": ("a_kasse", "dagpenge", 0.09),
    "raadighedssamtale": ("a_kasse", "dagpenge", 0.05),
    "rehabiliteringsmoede": ("rehabilitation_team", "jobafklaring", 0.02),
}
KINDS = ("jobcentre", "a_kasse", "rehabilitation_team")
CHRISTMAS = (date(2021, 12, 19), date(2022, 1, 16))
HALF_A_YEAR = (date(2022, 1, 1), date(2022, 6, 30))
THREE_YEARS = (date(2022, 1, 1), date(2024, 12, 31))


@dataclass(frozen=True)
class Shape:
    """What a made-up run is made of. Conversations are counts, amounts are in kr, minus is a loss.

    `before` is a run as they were before accounts and steps were known. `permanent` is `whole` for a rule whose run
    shows a year of full effect, and `short` for one whose run does not.
    """

    name: str
    title: str = ""
    period: tuple[date, date] = CHRISTMAS
    closure_weeks: tuple[tuple[int, int], ...] = ((2021, 51), (2021, 52))
    places: tuple[str, ...] = ("101", "147", "461", "751", "851")
    scale: float = 1.0
    converted_share: float = 0.5557
    days_per_conversation: float = 0.6067
    value_kr: float = 300_000.0
    concept: str = "note"
    before: bool = False
    permanent: str = ""
    also: tuple[str, ...] = ()
    time_kr: float = 0.0
    travel_kr: float = 0.0
    held_factor: float = 1.0
    volume_kr: float = 0.0
    waiting: float = 0.0
    reverse: float = 0.0
    relative_effect: float = 0.0
    spread: bool = False
    calibrated: tuple[tuple[str, float, str], ...] = (
        ("attendance.take_up_scale", 0.853, "converted=10000"),
        ("effects.params.scale", 0.4213, "employment_effect_mio_kr=-5.0"),
    )
    unexplained: float | None = 0.004
    extrapolated: tuple[str, ...] = ()
    published: dict[str, float] = field(default_factory=lambda: {"converted": 10000, "employment_effect_mio_kr": -5.0})

    @property
    def held(self) -> float:
        """Conversations held without the proposal."""
        return 34_200.0 * self.scale

    @property
    def physical(self) -> float:
        """Of these, physical ones."""
        return 17_995.0 * self.scale

    @property
    def converted(self) -> float:
        """Conversations that become digital."""
        return self.physical * self.converted_share

    @property
    def form_kr(self) -> float:
        """Worth of the changed form."""
        return -self.converted * self.days_per_conversation / 7 / 52 * self.value_kr

    @property
    def effect_kr(self) -> float:
        """The headline."""
        return self.form_kr + (0.0 if self.concept == "note" else self.volume_kr)

    @cached_property
    def weeks(self) -> list[tuple[int, int]]:
        """Weeks with meeting days."""
        open_days = [day for day in self.days() if day.isoweekday() < 6]
        weeks = dict.fromkeys(day.isocalendar()[:2] for day in open_days)
        return [week for week in weeks if week not in self.closure_weeks]

    def days(self) -> Iterator[date]:
        """Yield the days of the period."""
        for number in range((self.period[1] - self.period[0]).days + 1):
            yield self.period[0] + timedelta(days=number)


PUBLISHED = Shape("published")
SHAPES = {
    shape.name: shape
    for shape in (
        PUBLISHED,
        Shape("null", converted_share=0.0, published={}, calibrated=(), title="Ingen ændring"),
        Shape("one_week", period=(date(2022, 1, 3), date(2022, 1, 9)), scale=0.5),
        Shape("one_municipality", places=("751",), scale=0.06, published={}),
        Shape("gain", days_per_conversation=-0.1517, relative_effect=1.25, published={}),
        Shape("thousandfold", scale=1000.0),
        Shape(
            "partial_loss",
            relative_effect=0.78,
            spread=True,
            calibrated=(("effects.params.relative_effect", 0.78, "employment_effect_mio_kr=-5.0"),),
        ),
        Shape(
            "suspension",
            title="Suspension af samtaler i foråret 2020",
            period=(date(2020, 3, 12), date(2020, 5, 25)),
            closure_weeks=(),
            scale=14.0,
            converted_share=0.0,
            held_factor=0.05,
            volume_kr=-31_000_000.0,
            waiting=410_000.0,
            published={},
            calibrated=(),
        ),
        Shape(
            "fewer_talks",
            title="Fire samtaler i stedet for seks",
            concept="with_running_costs",
            converted_share=0.0,
            held_factor=0.7,
            volume_kr=-8_400_000.0,
            published={},
            calibrated=(),
        ),
        Shape("published_before", before=True),
        Shape(
            "fewer_talks_before",
            before=True,
            concept="budget",
            converted_share=0.0,
            held_factor=0.7,
            volume_kr=-8_400_000.0,
            published={},
            calibrated=(),
        ),
        Shape("counted_time", time_kr=300_000.0, travel_kr=100_000.0, also=("displacement",)),
        Shape("social", concept="social"),
        Shape("transfers", concept="transfers", calibrated=()),
        Shape("lasting", concept="with_running_costs", permanent="whole", period=THREE_YEARS, closure_weeks=()),
        Shape("lasting_half_year", permanent="short", period=HALF_A_YEAR, closure_weeks=()),
        Shape("lasting_short", permanent="short", period=THREE_YEARS, closure_weeks=()),
        Shape("both", held_factor=0.9, volume_kr=-1_200_000.0, published={}, calibrated=()),
        Shape("reverse", converted_share=0.0, reverse=2_400.0, published={}, calibrated=()),
        Shape("draft", unexplained=0.031, extrapolated=("demand.stock.sygedagpenge", "stocks_new.csv, dagpenge")),
        Shape(
            "year",
            title="Digitale samtaler i hele 2022",
            period=(date(2022, 1, 1), date(2022, 12, 31)),
            closure_weeks=(),
            scale=24.0,
        ),
    )
}
