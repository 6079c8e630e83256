"""The shape of a scenario: everything in it that is not a plain number with a unit.

Numbers with a unit (shares, rates, minutes, kroner) are *values*: each has a row in
`simulator/facts/*.yaml` with unit, range, source and date, and a scenario changes it
under the same key. What is left is structure (period, places, rules, names) and stands
here as frozen models; unknown keys are refused.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from simulator.scenario.prior import NAME, Prior
from simulator.scenario.section import (
    Concept,
    CustomaryDay,
    DrawDesign,
    EffectModel,
    GroupName,
    IsoWeek,
    LawName,
    OfficeKind,
    OrderName,
    PlaceCode,
    Section,
    TimeProfile,
    TypeName,
)
from simulator.scenario.trial import TrialSection

RuleKind = Literal["physical_only", "citizen_chooses", "office_chooses", "digital_only", "suspended"]
StockSeries = Literal["adjusted", "unadjusted", "constant"]
ContactRule = Literal["observed", "statutory"]
Realised = Literal["none", "dut", "full"]
Addition = Literal["running_costs", "caseworker_time", "displacement", "deadweight"]


class Dated(Section):
    """Something in force from a day to a day, both included; open where a day is left out. A draft is not confirmed."""

    name: str = ""
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    source: str = ""
    draft: bool = False


class Period(Section):
    """The days that the estimate is about, both included; of a permanent measure its first years."""

    from_: date = Field(alias="from")
    to: date
    permanent: bool = False


class Trigger(Section):
    """Puts a rule in force where the incidence is high: per 100,000 inhabitants in the seven days that end on a day.

    The situation is judged on every `review_days`-th day from the rule's first day on. After `days_at_least` days in a
    row at or above `at_least_per_100k` the rule takes force; after `days_below` days in a row below `below_per_100k`
    (the same number where left out) it ends. Both take effect `delay_days` later, the first on a working day.
    """

    at_least_per_100k: float = Field(gt=0)
    below_per_100k: float | None = Field(default=None, gt=0)
    days_at_least: int = Field(default=1, ge=1, le=60)
    days_below: int = Field(default=7, ge=1, le=60)
    review_days: int = Field(default=1, ge=1, le=92)
    delay_days: int = Field(default=1, ge=0, le=60)
    area: Literal["municipality", "region", "country"] = "municipality"


class AttendanceRule(Dated):
    """Who decides the form, for which conversations, where and when. The last that applies wins.

    Empty `types`, `groups` or `places` means all. Spell bounds are whole days since the spell began, the lower
    included, the upper not. `from` and `to` are days on which a conversation is held, or with `applies_by: called`
    days on which the citizen was called to it, which is the day that it fell due; `held_from` and `held_to` then bound
    the day held.
    """

    rule: RuleKind
    applies_by: Literal["held", "called"] = "held"
    held_from: date | None = None
    held_to: date | None = None
    conversations: Literal["all", "first", "later"] = "all"
    trigger: Trigger | None = None
    types: tuple[TypeName, ...] = ()
    groups: tuple[GroupName, ...] = ()
    places: tuple[PlaceCode, ...] = ()
    spell_from_days: int = Field(default=0, ge=0)
    spell_to_days: int | None = Field(default=None, ge=1)
    exception_share: float | None = Field(default=None, ge=0, le=1)
    take_up: float | None = Field(default=None, ge=0, le=1)
    when_suspended: Literal["wait", "cancel"] = "wait"


class Order(Section):
    """An order or recommendation of the authorities, usable by its name: rules with their days."""

    title: str
    source: str
    draft: bool = False
    rules: tuple[AttendanceRule, ...]


class RuleSet(Section):
    """The law as it stood on a day, by name."""

    from_: date = Field(alias="from")
    title: str
    changes: str
    source: str
    draft: bool = False


class ContactChange(Dated):
    """A change of how often conversations fall due, laid over the contact rule in its days."""

    types: tuple[TypeName, ...] = ()
    groups: tuple[GroupName, ...] = ()
    spell_from_days: int = Field(default=0, ge=0)
    spell_to_days: int | None = Field(default=None, ge=1)
    conversations_per_year: float | None = Field(default=None, ge=0, le=260)
    scale: float | None = Field(default=None, ge=0)
    law: bool = False


class ContactLaw(ContactChange):
    """Dated law on how often conversations fall due, for one of the contact rules or both."""

    rule: Literal["statutory", "observed", "both"] = "both"


class ClosedGroup(Dated):
    """Groups that nobody new enters; who is there stays until the spell ends. The baseline's hold for both arms."""

    groups: tuple[GroupName, ...]


class Closure(Dated):
    """Days on which offices are closed. Planned: the contact clock stops. Unplanned: conversations wait."""

    planned: bool = True
    office_kinds: tuple[OfficeKind, ...] = ()
    places: tuple[PlaceCode, ...] = ()


class CapacityChange(Dated):
    """A factor on the caseworker minutes of offices in some days."""

    scale: float = Field(ge=0)
    office_kinds: tuple[OfficeKind, ...] = ()
    places: tuple[PlaceCode, ...] = ()


class CalendarSection(Section):
    """Closure weeks, such as `2021-W51`, and switches of the customary closing days."""

    closure_weeks: tuple[IsoWeek, ...] = ()
    customary: dict[CustomaryDay, bool] = Field(default_factory=dict)


class ClosuresSection(Section):
    """Closures of offices by dates."""

    periods: tuple[Closure, ...] = ()


class DemandSection(Section):
    """Which contact rule and which series of stocks is used, dated changes of the contact rule, and closed groups."""

    contact_rule: ContactRule = "observed"
    contact_changes: tuple[ContactChange, ...] = ()
    closed_groups: tuple[ClosedGroup, ...] = ()
    stock_series: StockSeries = "adjusted"


class AttendanceSection(Section):
    """Attendance rules: orders by their name in `facts/orders.yaml`, and rules of the scenario's own.

    They are laid over the dated law of `facts/attendance_rules.yaml`, orders first; `law: false` leaves that out.
    """

    orders: tuple[OrderName, ...] = ()
    rules: tuple[AttendanceRule, ...] = ()
    law: bool = True


class RunOn(Section):
    """Whole weeks simulated after the period: at least, and at most while the queues of the arms have not met."""

    least: int = Field(default=4, ge=4, le=520)
    most: int = Field(default=12, ge=4, le=520)


class DeliverySection(Section):
    """Capacity changes, the order in which types are served (smaller first; 0 by default), and the simulated span."""

    capacity: tuple[CapacityChange, ...] = ()
    priority: dict[TypeName, int] = Field(default_factory=dict)
    warm_up_weeks: int = Field(default=6, ge=4, le=104)
    run_on_weeks: RunOn = RunOn()


class RelativeEffectRule(Section):
    """Another share of the physical effect for some conversations. The last that applies wins; empty means all."""

    relative_effect: float = Field(ge=0, le=2)
    types: tuple[TypeName, ...] = ()
    groups: tuple[GroupName, ...] = ()
    forms: tuple[Literal["phone", "video"], ...] = ()
    spell_from_weeks: int = Field(default=0, ge=0)
    spell_to_weeks: int | None = Field(default=None, ge=1)


class EffectsSection(Section):
    """The effect model, by the name of its file in `simulator/effects/`, and exceptions to its relative effect."""

    model: EffectModel = "constant_loss"
    relative_effect_rules: tuple[RelativeEffectRule, ...] = ()


class Regneprincipper(Section):
    """The slots of the ministries' method: kroner per full-time person by group, which a ministry fills.

    Attributes:
        counts: Whether the scale is per person in structural employment or per full-time recipient.
        kr_per_full_time_person: The scale by group, in the scenario's price level [kr per full-time person-year].
        marginal_up_to: Full-time persons up to which the scale holds; no bound where left out.
        source: Where the scale comes from; needed where a slot is filled.
    """

    counts: Literal["structural_employment", "full_time_recipients"] = "full_time_recipients"
    kr_per_full_time_person: dict[GroupName, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    marginal_up_to: float | None = Field(default=None, gt=0)
    source: str = ""


class SaldoSection(Section):
    """The concept of the headline and what is added to it, when the effect falls, and what becomes of time and travel.

    Saved caseworker time, fewer no-shows and saved travel reimbursement are lines of their own, each switched on alone.
    """

    concept: Concept = "note"
    also: tuple[Addition, ...] = ()
    time_profile: TimeProfile = "two_years"
    caseworker_time_realised: Realised = "none"
    no_shows_realised: Realised = "none"
    travel_counted: bool = False
    regneprincipper: Regneprincipper = Regneprincipper()


class FactsSection(Section):
    """A ministry's own figures laid over the shipped ones, and what to do where a series ends.

    Attributes:
        file: The figures, relative to the scenario; `facts: FILE` is short for it.
        confidential: Whether all of them are used and nowhere written, but those that say otherwise.
        extrapolate: Whether a series is carried on where it ends.
    """

    file: str | None = None
    confidential: bool = False
    extrapolate: bool = False


class RegisterSection(Section):
    """The register in which values are signed off; in force, what is not signed marks a document as a draft.

    Attributes:
        file: The register, relative to the scenario; `register: FILE` is short for it.
        in_force: Whether used assumptions must be signed; so they must wherever a file is named.
    """

    file: str | None = None
    in_force: bool = False


class InfectionSection(Section):
    """A series of incidence (a file, or `ssi-weekly`), and what it moves: nothing where `links` is empty.

    Infections that are spared become kroner only where a price is given.
    """

    series: str | None = None
    links: tuple[Literal["take_up", "illness", "worth"], ...] = ()
    kr_per_infection: float | None = Field(default=None, ge=0)


class Correlation(Section):
    """How far two uncertain values go together: the correlation of their ranks, or of their normal scores."""

    one: str
    other: str
    correlation: float = Field(ge=-1, le=1)
    of: Literal["ranks", "normal_scores"] = "ranks"
    source: str = ""
    reason: str = ""


class UncertaintySection(Section):
    """How uncertain values go together; their distributions stand with the values."""

    correlations: tuple[Correlation, ...] = ()


class RunSection(Section):
    """Seed, number of replications, and number and design of the draws of uncertain values.

    With `std_error_kr` replications are made until the standard error of the employment effect is as small, at most
    `replications` of them. Draws are made only where a value carries a distribution.
    """

    seed: int = Field(default=1, ge=0, le=2**32 - 1)
    replications: int = Field(default=100, ge=1, le=100_000)
    std_error_kr: float | None = Field(default=None, gt=0)
    draws: int = Field(default=1024, ge=0, le=2**16)
    design: DrawDesign = "sobol"


class ArmSections(Section):
    """What may differ between baseline and proposal, and is read by the stages of the simulation.

    `law` is the law of each day, or a rule set of `facts/law.yaml` on all days; in an arm's block, in the period.
    """

    law: LawName = "in-force"
    calendar: CalendarSection = CalendarSection()
    closures: ClosuresSection = ClosuresSection()
    demand: DemandSection = DemandSection()
    attendance: AttendanceSection = AttendanceSection()
    delivery: DeliverySection = DeliverySection()


class Option(Section):
    """One way to decide: rules laid over those of the baseline as `proposal` is; left out, the scenario's own proposal.

    It holds rules and other structure. Numbers stand for all options and are written at the top of the file.
    """

    name: str = Field(pattern=NAME)
    title: str = ""
    title_da: str = ""
    source: str = ""
    proposal: ArmSections | None = None


class DecisionSection(Section):
    """What is to be decided: options beside the baseline, and what is believed before anything more is learnt.

    Without options the proposal is weighed against the baseline; without priors those of `facts/priors.yaml` hold.
    """

    baseline_title: str = ""
    baseline_title_da: str = ""
    options: tuple[Option, ...] = ()
    priors: tuple[Prior, ...] = ()


class ScenarioSections(ArmSections):
    """The whole structure of a scenario file, but for its two arms."""

    name: str = Field(pattern=NAME)
    title: str = ""
    title_da: str = ""
    question: str = ""
    note: str = ""
    published: dict[str, float] = Field(default_factory=dict)
    period: Period
    places: tuple[PlaceCode, ...] = ()
    known_as_of: date | None = None
    facts: FactsSection = FactsSection()
    register_: RegisterSection = Field(default=RegisterSection(), alias="register")
    effects: EffectsSection = EffectsSection()
    saldo: SaldoSection = SaldoSection()
    infection: InfectionSection = InfectionSection()
    uncertainty: UncertaintySection = UncertaintySection()
    trial: TrialSection = TrialSection()
    decision: DecisionSection = DecisionSection()
    run: RunSection = RunSection()
