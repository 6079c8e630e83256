"""The written files: no path of one machine, every path that the README names, every test in a folder of its kind."""

from __future__ import annotations

import re

import pytest

from tests.conftest import KINDS
from tests.house.reading import PACKAGE, ROOT, by_room, named, text_files

MACHINE_FOLDERS = ("home", "root", "work", "tmp", "Users", "mnt", "opt")
MACHINE_PATH = re.compile(r"(?<![\w.\-/)}:])/(?:" + "|".join(MACHINE_FOLDERS) + r")/\w|\b[A-Z]:\\\w")
NEIGHBOUR = "../" + "shared"
CODE_PATH = re.compile(r"`([\w.\-]+(?:/[\w.\-]+)+/?)`")
ROOMS = by_room(text_files())
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("room", ROOMS)
def test_no_file_leans_on_one_machine(room: str) -> None:
    lines = [(path, line) for path in ROOMS[room] for line in path.read_text(encoding="utf-8").splitlines()]
    found = [f"{named(path)}: {line}" for path, line in lines if NEIGHBOUR in line or MACHINE_PATH.search(line)]
    assert not found, "\n".join(found)


def test_the_check_sees_paths_of_a_machine() -> None:
    for folder in MACHINE_FOLDERS:
        assert MACHINE_PATH.search(f'open("/{folder}/a")')
    assert not MACHINE_PATH.search("https://ast.dk/home/a and docs/work/a")


def test_every_path_in_the_readme_exists() -> None:
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8") if readme.exists() else ""
    paths = {*CODE_PATH.findall(text), *LINK.findall(text)}
    missing = sorted(path for path in paths if not path.startswith("outputs/") and not (ROOT / path).exists())
    assert not missing, f"README.md names what is not there: {missing}"


def test_every_test_stands_in_a_folder_of_its_kind() -> None:
    strays = [
        named(path) for path in (ROOT / "tests").rglob("test_*.py") if path.parts[len(ROOT.parts) + 1] not in KINDS
    ]
    assert not strays, f"a test has a kind, one of {KINDS}: {strays}"


def test_unit_tests_mirror_the_package() -> None:
    unit = ROOT / "tests" / "unit"
    folders = {path.parent.relative_to(unit) for path in unit.rglob("test_*.py")}
    assert not [str(folder) for folder in folders if not (PACKAGE / folder).is_dir()]
