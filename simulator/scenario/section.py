"""What every section of a scenario is made of: a closed and frozen model, and words that stand for known things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True)
class Word:
    """Marks a text as a word: types, groups, office_kinds, places, weeks, customary, orders, laws and such."""

    kind: str


TypeName = Annotated[str, Word("types")]
GroupName = Annotated[str, Word("groups")]
OfficeKind = Annotated[str, Word("office_kinds")]
PlaceCode = Annotated[str, Word("places")]
IsoWeek = Annotated[str, Word("weeks")]
CustomaryDay = Annotated[str, Word("customary")]
OrderName = Annotated[str, Word("orders")]
LawName = Annotated[str, Word("laws")]
EffectModel = Annotated[str, Word("effect_models")]
Concept = Annotated[str, Word("concepts")]
TimeProfile = Annotated[str, Word("time_profiles")]
DrawDesign = Annotated[str, Word("draw_designs")]
TrialDesign = Annotated[str, Word("trial_designs")]
DistributionName = Annotated[str, Word("distributions")]


class Section(BaseModel):
    """A part of a scenario: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
