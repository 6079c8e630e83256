"""Every key of a scenario is in exactly one block, and an order names each block once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from simulator.bridge.blocks import ASSIGNED, BLOCKS, ENGINE, NAMES, block_of, order_named, pieces
from simulator.errors import InputError, RunError
from simulator.facts.read import catalogue
from simulator.scenario import read_scenario
from simulator.scenario.schema import ArmSections, ScenarioSections
from simulator.scenario.structure import fields_of, section_of

SHIPPED = sorted((Path(__file__).parents[3] / "scenarios").glob("*.yaml"))


def structure_keys(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Yield the dotted key of every field of the schema that holds no section."""
    for name, info in fields_of(model).items():
        below = f"{path}.{name}" if path else name
        section = section_of(info)
        yield from structure_keys(section, below) if section else [below]


def every_key() -> list[str]:
    arms = [f"{arm}.{key}" for arm in ("baseline", "proposal") for key in structure_keys(ArmSections)]
    return [*structure_keys(ScenarioSections), *arms, *catalogue()]


@pytest.mark.parametrize("key", every_key())
def test_every_key_of_schema_and_facts_is_in_a_block(key: str) -> None:
    """A key that is added to the schema or the facts must be given its block in simulator/bridge/blocks.py."""
    assert block_of(key) in (*BLOCKS, NAMES)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_piece_of_a_shipped_scenario_is_in_a_block(path: Path) -> None:
    tree = read_scenario(path).resolved(everything=True)
    assert {block_of(key) for key, _ in pieces(tree)} <= {*BLOCKS, NAMES}


def test_no_key_is_assigned_twice_and_every_block_has_keys() -> None:
    counted = Counter(key for keys in ASSIGNED.values() for key in keys)
    assert [key for key, count in counted.items() if count > 1] == []
    assert tuple(ASSIGNED) == (*BLOCKS, NAMES)
    assert "other" not in ASSIGNED and "rest" not in ASSIGNED


def test_only_effects_and_saldo_take_keys_that_nobody_has_named() -> None:
    """Elsewhere a new key must be assigned by hand, so whole sections are not given away."""
    sections = {key.split(".")[0] for key in every_key()} - {"baseline", "proposal"}
    whole = {key for keys in ASSIGNED.values() for key in keys if "." not in key}
    spread = {name for name in sections if len({block_of(key) for key in every_key() if key.split(".")[0] == name}) > 1}
    assert whole & spread == {"saldo"}
    assert not {"calendar", "closures", "demand", "delivery", "attendance", "infection"} & whole


@pytest.mark.parametrize(
    ("key", "block"),
    [
        ("period.from", "calendar"),
        ("proposal.calendar.customary.december_24", "calendar"),
        ("closures.carry_share", "calendar"),
        ("places", "volume"),
        ("demand.contact.observed.jobsamtale.dagpenge.week_0", "volume"),
        ("demand.contact_rule", "volume"),
        ("demand.contact_changes", "rules"),
        ("demand.closed_groups", "rules"),
        ("proposal.delivery.capacity", "volume"),
        ("delivery.run_on_weeks.most", "method"),
        ("attendance.take_up.jobsamtale.dagpenge", "form"),
        ("proposal.attendance.take_up_scale", "form"),
        ("attendance.rules", "rules"),
        ("baseline.law", "rules"),
        ("infection.links", "form"),
        ("infection.worth.lost_share", "effect"),
        ("effects.model", "effect"),
        ("effects.fading.kept_per_meeting", "effect"),
        ("saldo.concept", "value"),
        ("saldo.benefit.dagpenge_highest.year_2021", "value"),
        ("saldo.growth.wages.year_2022", "prices"),
        ("saldo.price_year", "prices"),
        ("saldo.price_level", "prices"),
        ("facts.extrapolate", "method"),
        (ENGINE, "method"),
        ("control.tolerated_unexplained_share", "method"),
        ("published.converted", NAMES),
        ("trial.significance", NAMES),
    ],
)
def test_keys_are_where_an_economist_looks_for_them(key: str, block: str) -> None:
    assert block_of(key) == block


@pytest.mark.parametrize("key", ["weather", "attendance.mood", "demand", "proposal", "proposal.closures.mood", ""])
def test_an_unknown_key_is_in_no_block(key: str) -> None:
    with pytest.raises(RunError, match="is in no block"):
        block_of(key)


def test_pieces_keep_a_number_with_its_range_whole() -> None:
    leaf = {"value": 1.0, "unit": "share", "layer": "facts"}
    tree = {"attendance": {"take_up_scale": leaf, "rules": [{"rule": "suspended"}]}, "period": {"from": "x"}}
    assert dict(pieces(tree)) == {
        "attendance.take_up_scale": leaf,
        "attendance.rules": [{"rule": "suspended"}],
        "period.from": "x",
    }


def test_an_order_is_read() -> None:
    assert order_named(None) == BLOCKS
    assert order_named(" Method, rules,prices,value,effect,form,volume,calendar") == BLOCKS[::-1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["`` is not a block", "calendar, volume"]),
        ("calendar", ["volume, form, effect, value, prices, rules, method is missing"]),
        (",".join((*BLOCKS, "form")), ["form stands more than once"]),
        (
            ",".join((*BLOCKS[:-1], "methods")),
            ["`methods` is not a block", "did you mean method?", "method is missing"],
        ),
        (",".join((*BLOCKS, "rest")), ["`rest` is not a block"]),
    ],
)
def test_a_wrong_order_names_all_its_faults(text: str, words: list[str]) -> None:
    with pytest.raises(InputError) as wrong:
        order_named(text)
    told = str(wrong.value)
    assert all(word in told for word in (*words, "--order", "each once"))
