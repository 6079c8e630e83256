"""A scenario file that the reader brings is read alone, spoken of by its own name, and goes when there are many."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import InputError, RunError
from simulator.facts.files import RESERVED
from simulator.web.door.lobby import Lobby, Started
from simulator.web.door.uploads import MOST_KEPT, Uploads, shown_name
from simulator.web.opened import Options
from simulator.web.position import Reader
from tests.unit.web.stand_in import FULL, Running

LONG = "\N{MATHEMATICAL SCRIPT CAPITAL A}" * 100 + ".yaml"
GOOD = FULL.format(name="brought", title="Brought <b>").encode()


def test_a_scenario_that_is_brought_is_open(page: Running) -> None:
    status, told = page.json("POST", "/api/upload?name=My%20own.yaml", GOOD, content_type="text/yaml")
    assert (status, told["kind"], told["title"]) == (200, "scenario", "Brought <b>")
    base = page.lobby.bases[told["id"]]
    assert told["id"].startswith("upload-") and base.path.name == "My own.yaml"
    assert page.json("POST", "/api/sheet", {"position": {"base": told["id"]}})[0] == 200
    assert page.json("POST", "/api/open", {"id": told["id"]}) == (200, told)
    assert page.json("POST", "/api/upload?name=My%20own.yaml", GOOD, content_type="text/yaml")[1] == told


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("extends: christmas-2021\n", "extends"),
        ("extends: ../../etc/passwd\n", "extends"),
        ("extends: [a]\n", "extends"),
        ("facts: own.yaml\n", "facts"),
        ("facts: {file: own.yaml}\n", "facts"),
        ("register: register.yaml\n", "register"),
        ("register: {file: r.yaml}\n", "register"),
        ("infection: {series: /etc/passwd}\n", "infection.series"),
        ("infection:\n  series: own.csv\n", "infection.series"),
        ("baseline: {facts: own.yaml}\n", "baseline.facts"),
        ("baseline: {a: [{infection: {series: own.csv}}]}\n", "baseline.a[1].infection.series"),
    ],
)
def test_it_cannot_name_a_file(tmp_path: Path, text: str, path: str) -> None:
    with pytest.raises(InputError, match="names a file, which an uploaded scenario cannot") as wrong:
        Uploads(tmp_path).take("x.yaml", GOOD + text.encode())
    assert [fault.path for fault in wrong.value.faults] == [path]
    assert all(fault.where == "x.yaml" and fault.line for fault in wrong.value.faults)
    assert not list(tmp_path.iterdir())


def test_the_shipped_series_is_no_file(tmp_path: Path) -> None:
    text = GOOD + b"infection: {series: ssi-weekly}\nfacts: {extrapolate: true}\n"
    assert Uploads(tmp_path).take("x.yaml", text).path.read_bytes() == text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfea\x00",
        b"\xe6\xf8\xe5: 1",
        b"- 1\n",
        b"period: 3\n",
        b"a: [1\n",
        b"&a x: *a\n",
        b"!!python/object:os.system x\n",
        b"[" * 5000,
        b"name: x\x00y\n",
        GOOD.replace(b"office_chooses", b"nobody_chooses"),
        GOOD * 2,
        b"a: " + b"x" * 1_500_000,
    ],
)
def test_what_is_wrong_with_it_is_told_by_its_own_name(page: Running, content: bytes) -> None:
    kept = list(page.lobby.bases)
    status, told = page.json("POST", "/api/upload?name=mine.yaml", content, content_type="text/yaml")
    assert status == 422 and told["faults"]
    assert all(fault["where"].startswith("mine.yaml") for fault in told["faults"])
    assert str(page.root) not in str(told) and "upload-" not in str(told)
    assert list(page.lobby.bases) == kept


def test_a_wrong_setting_of_it_tells_no_folder(page: Running) -> None:
    _, told = page.json("POST", "/api/upload?name=mine.yaml", GOOD, content_type="text/yaml")
    lobby = page.lobby
    with pytest.raises(InputError) as wrong:
        lobby.reader(lobby.position({"base": told["id"], "sets": [["period.to", "2019-01-01"]]}))
    said = [lobby.shown(fault) for fault in wrong.value.faults]
    assert said and str(page.root) not in str(said)


@given(st.text(max_size=200))
def test_any_name_becomes_a_harmless_one(name: str) -> None:
    shown = shown_name(name)
    assert shown.endswith(".yaml") and Path(shown).name == shown and not shown.startswith(".")
    assert shown[:-5].lower() not in RESERVED and len(shown) <= 90 and shown.isprintable()
    assert shown_name(shown) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Jul og nytår.yaml", "Jul og nytår.yaml"),
        ("../../etc/passwd", "passwd.yaml"),
        ("C:\\mine\\a.YML", "a.yaml"),
        ("<img src=x>.yaml", "img src-x.yaml"),
        ("nul.yaml", "scenario.yaml"),
        ("", "scenario.yaml"),
        ("...", "scenario.yaml"),
    ],
)
def test_names_are_kept_as_far_as_they_can(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_the_oldest_goes(tmp_path: Path) -> None:
    lobby = Lobby(Started(tmp_path, Options()), Reader(), tmp_path / "uploads")
    told = [lobby.upload(f"{number}.yaml", GOOD).id for number in range(MOST_KEPT + 2)]
    assert list(lobby.bases) == told[2:]
    assert sorted(path.name for path in (tmp_path / "uploads").iterdir()) == sorted(told[2:])
    with pytest.raises(InputError, match="is not open"):
        lobby.position({"base": told[0]})


def test_a_name_of_long_letters_is_kept_as_far_as_a_file_can_be_called_so(tmp_path: Path) -> None:
    path = Uploads(tmp_path).take(LONG, GOOD).path
    assert path.read_bytes() == GOOD
    assert path.name == LONG[:40] + ".yaml"


def test_a_disk_that_is_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, "no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(RunError, match="cannot be written: no space"):
            Uploads(tmp_path).take("a.yaml", GOOD)
    assert not list(tmp_path.iterdir())
