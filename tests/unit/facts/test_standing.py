"""Who answers for a value: what facts say, and the step of evidence that follows where none is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.facts.grades import grade_of
from simulator.facts.read import catalogue
from simulator.facts.standing import NOTHING, Standing, grades


def test_there_are_five_steps_each_with_its_evidence() -> None:
    assert [(step.number, step.name) for step in grades()] == [
        (1, "guess"), (2, "judgement"), (3, "derived"), (4, "published"), (5, "official"),
    ]  # fmt: skip
    assert all(len(step.evidence) > 20 for step in grades())


@pytest.mark.parametrize(
    ("kind", "source", "step"),
    [
        ("assumption", "none-found", 1),
        ("assumption", "scenario christmas-2021", 1),
        ("assumption", "command line", 1),
        ("assumption", "minister-letter-2020", 2),
        ("assumption", "own-derivation", 2),
        ("calibrated", "epidemic-note-2021", 2),
        ("calibrated", "scenario mine", 2),
        ("derived", "lab-31", 3),
        ("fact", "own-derivation", 3),
        ("fact", "beu-558", 4),
        ("fact", "Own count of the ministry", 4),
        ("fact", "lab-31", 5),
        ("fact", "dst-auks01-4q21", 5),
        ("fact", "hurtigt-i-gang-2", 5),
    ],
)
def test_the_step_follows_from_kind_and_source(kind: str, source: str, step: int) -> None:
    assert grade_of(kind, source, 0) == (step, False)
    assert grade_of(kind, source, 4) == (4, True), "one that was given holds"


def test_a_signature_holds_for_its_number_alone() -> None:
    signed = Standing(signed_off_by="A. B.", signed_off_on="2022-01-14", signed_value=0.873)
    assert signed.holds_for(0.873) and not signed.holds_for(0.87)
    assert not NOTHING.holds_for(0.0)


def read(folder: Path, fields: str) -> Standing:
    leaf = f"a: {{b: {{value: 2, unit: factor, source: x, date: 2020-01-01, {fields}}}}}\n"
    (folder / "values.yaml").write_text(leaf, encoding="utf-8")
    return catalogue(folder)["a.b"].standing


def test_a_fact_may_say_who_answers_for_it(tmp_path: Path) -> None:
    fields = "owner: an office, grade: official, expiry: 31.12.2026, signed_off_by: A, signed_off_on: 2022-01-14"
    assert read(tmp_path, fields) == Standing("an office", 5, "2026-12-31", "A", "2022-01-14", 2.0)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("grade: 6", "`6` is no step of evidence; allowed: 1 guess, 2 judgement"),
        ("grade: oficial", "did you mean official?"),
        ("grade: [1]", "is no step of evidence"),
        ("expiry: 2022-02-30", "a.b.expiry: `2022-02-30` is a day that does not exist"),
        ("expiry: [2022]", "must be a day"),
        ("signed_off_by: A", "a.b.signed_off_on: has no day"),
        ("signed_off_on: 2022-01-14", "a.b.signed_off_by: is missing"),
        ("expiry: 2022-01-13, signed_off_by: A, signed_off_on: 2022-01-14", "lies before the day of the signature"),
        ("ownr: A", "unknown key"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, fields: str, words: str) -> None:
    with pytest.raises(InputError) as wrong:
        read(tmp_path, fields)
    assert words in str(wrong.value)


def test_shipped_facts_name_nobody() -> None:
    named = [row.key for row in catalogue().values() if row.standing.owner or row.standing.signed_off_by]
    assert named == [], "owners and signatures are the users' to write"
