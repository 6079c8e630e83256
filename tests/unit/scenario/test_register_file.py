"""Writing a register: new values are added, what nobody uses is retired, and what people wrote stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from simulator.facts.standing import Standing
from simulator.facts.tree import Faults
from simulator.scenario.register import Register, read_register
from simulator.scenario.register_file import Wanted, Written, updated

DAY = date(2022, 1, 14)
SCALE = Wanted("demand.scale", 1.05, "factor; assumption, paper", "2 judgement")
MINUTES = Wanted("delivery.minutes", 80.0, "minutes; derived, paper", "3 derived", Standing(owner="an office", grade=3))


def read(path: Path) -> Register:
    faults = Faults()
    found = read_register(path, {}, faults, lenient=True)
    faults.stop_if_any()
    return found


def again(path: Path, text: str, *wanted: Wanted, used: tuple[str, ...] = ()) -> Written:
    path.write_text(text, encoding="utf-8")
    register = read(path) if text else Register()
    return updated(text, register, wanted, (*used, *(one.key for one in wanted)), DAY)


def test_a_new_register_asks_for_every_value_and_signs_none(tmp_path: Path) -> None:
    found = again(tmp_path / "r.yaml", "", SCALE, MINUTES)
    assert found.added == ("demand.scale", "delivery.minutes") and not found.retired
    assert "value: 1.05  # factor; assumption, paper" in found.text and "grade:  # 2 judgement by rule" in found.text
    (tmp_path / "r.yaml").write_text(found.text, encoding="utf-8")
    register = read(tmp_path / "r.yaml")
    assert register.entries["delivery.minutes"].standing == Standing(owner="an office", grade=3)
    assert not any(entry.standing.signed_off_by for entry in register.entries.values())
    assert again(tmp_path / "r.yaml", found.text, SCALE, MINUTES) == Written(found.text, (), (), ())


MINE = """# ours
demand.scale:   # the important one
  value: 1,1    # see the file
  signed_off_by: A. B.
  signed_off_on: 14.1.2022
# about minutes
delivery.minutes: {owner: "x # y", value: 75}
old.key: {owner: 'a: b', note: "10 # 20"}  # keep
"""


def test_what_people_wrote_stays_and_what_is_unused_is_retired(tmp_path: Path) -> None:
    found = again(tmp_path / "r.yaml", MINE, SCALE, MINUTES)
    assert found.retired == ("old.key",) and found.moved == ("delivery.minutes",) and not found.added
    kept = MINE.splitlines()
    assert found.text.splitlines()[:6] == kept[:6], "a signed number stays, and so do comments"
    assert 'delivery.minutes: {owner: "x # y", value: 80}' in found.text.splitlines()
    (tmp_path / "r.yaml").write_text(found.text, encoding="utf-8")
    register = read(tmp_path / "r.yaml")
    (old,) = register.retired
    assert (old.key, old.retired_on, old.standing.owner, old.standing.note) == (
        "old.key",
        "2022-01-14",
        "a: b",
        "10 # 20",
    )
    assert "# keep" in found.text
    assert again(tmp_path / "r.yaml", found.text, SCALE, MINUTES).text == found.text


def test_what_is_used_again_comes_back_with_what_was_written(tmp_path: Path) -> None:
    gone = again(tmp_path / "r.yaml", MINE, MINUTES)
    assert "demand.scale" in gone.retired
    back = again(tmp_path / "r.yaml", gone.text, SCALE, MINUTES)
    (tmp_path / "r.yaml").write_text(back.text, encoding="utf-8")
    register = read(tmp_path / "r.yaml")
    assert back.added == ("demand.scale",)
    entry = register.entries["demand.scale"]
    assert (entry.standing.signed_off_by, entry.standing.signed_value) == ("A. B.", 1.1)
    assert {one.key for one in register.retired} == {"demand.scale", "old.key"}, "nothing is lost"


def test_a_published_number_in_the_register_stays_while_it_is_used(tmp_path: Path) -> None:
    found = again(tmp_path / "r.yaml", MINE, SCALE, MINUTES, used=("old.key",))
    assert not found.retired and found.text.splitlines()[-1] == MINE.splitlines()[-1]


def test_one_entry_may_stand_for_both_arms(tmp_path: Path) -> None:
    arms = [Wanted(f"{arm}.demand.scale", 1.0, "factor", "1 guess") for arm in ("baseline", "proposal")]
    found = again(tmp_path / "r.yaml", MINE, *arms, MINUTES)
    assert not found.added and found.retired == ("old.key",)
