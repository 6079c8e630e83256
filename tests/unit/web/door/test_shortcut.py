"""A double click starts the page: what the starter says is run as a desktop runs it, whatever the folder is called."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from simulator.errors import InputError
from simulator.web.door import shortcut
from simulator.web.door.shortcut import TEXTS, Starter, write_starter
from tests.unit.web.stand_in import write_scenario

ODD = "Jul & 'nytår' \"100%\" $HOME `æ` \\ø;"
ROOT = Path(__file__).parents[4]


def _entry(path: Path) -> dict[str, str]:
    """Return the keys of a desktop entry, as a desktop reads them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    return {key: value.replace("\\\\", "\\") for key, value in (line.split("=", 1) for line in lines[1:])}


def test_what_the_starter_of_linux_says_opens_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a browser that writes down the address; the page answers there, and stops when told."""
    folder, seen, browser = tmp_path / ODD, tmp_path / "seen", tmp_path / "browser"
    write_scenario(folder / "å & b.yaml")
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {seen}.new && mv {seen}.new {seen}\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setattr(shortcut, "PROGRAM", ("-m", "tests.unit.web.stand_in", "explore", "--from-icon"))
    entry = _entry(write_starter(Starter(sys.executable, folder, ("--", "å & b.yaml")), tmp_path, "linux"))
    assert entry["Terminal"] == "false" and "\\" not in entry["Name"]
    # Inside double quotes a shell takes away the same backslashes as the specification.
    command = entry["Exec"].replace("%%", "%")
    around = os.environ | {"PYTHONPATH": str(ROOT), "BROWSER": str(browser), "TMPDIR": str(tmp_path)}
    with subprocess.Popen(["/bin/sh", "-c", f"exec {command}"], cwd=entry["Path"], env=around) as started:
        deadline = time.monotonic() + 30
        while not seen.exists() and time.monotonic() < deadline and started.poll() is None:
            time.sleep(0.05)
        try:
            with urlopen(f"{seen.read_text(encoding='utf-8')}api/start") as answer:
                assert "å & b.yaml".encode() in answer.read()
        finally:
            started.terminate()
    assert started.returncode == 0


def test_what_the_starter_of_macos_says_is_a_script(tmp_path: Path) -> None:
    folder, said = tmp_path / ODD, tmp_path / "said"
    folder.mkdir()
    path = write_starter(Starter(str(tmp_path / "p y"), folder, ("-S", "a='b' \"c\" $d")), tmp_path, "macos")
    (tmp_path / "p y").write_text(f'#!/bin/sh\npwd > {said}\nprintf "%s\\n" "$@" >> {said}\n', encoding="utf-8")
    (tmp_path / "p y").chmod(0o755)
    subprocess.run([path], check=True)
    lines = said.read_text(encoding="utf-8").splitlines()
    assert lines == [str(folder), *shortcut.PROGRAM, "-S", "a='b' \"c\" $d"]
    assert path.name == "saldo.command"


def test_what_the_starter_of_windows_says(tmp_path: Path) -> None:
    """A per cent sign is doubled, and a window closes at once; the file is read as UTF-8."""
    starter = Starter("C:\\Program Files\\Python\\python.exe", Path("K:\\Økonomi 100%"), ("--", "å.yaml"))
    lines = write_starter(starter, tmp_path, "windows").read_bytes().decode().split("\r\n")
    assert lines[:2] == ["@echo off", "chcp 65001 >nul"]
    assert lines[2].startswith('cd /d "K:\\Økonomi 100%%"')
    assert lines[3] == (
        'start "" "C:\\Program Files\\Python\\python.exe" "-m" "simulator" "explore" "--from-icon" "--" "å.yaml"'
    )


def test_an_interpreter_without_a_window_is_taken_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "pythonw.exe").write_bytes(b"")
    assert shortcut.windowless(str(tmp_path / "python.exe")) == str(tmp_path / "pythonw.exe")
    assert shortcut.windowless("/usr/bin/python3") == "/usr/bin/python3"


@pytest.mark.parametrize("system", TEXTS)
def test_a_file_that_is_there_is_kept_unless_told(tmp_path: Path, system: str) -> None:
    starter = Starter(sys.executable, tmp_path)
    path = write_starter(starter, tmp_path, system)
    assert path.stat().st_mode & 0o111 == 0o111
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="--force replaces it"):
        write_starter(starter, tmp_path, system)
    assert path.read_text(encoding="utf-8") == "mine"
    write_starter(starter, tmp_path, system, force=True)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_wrong_starters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="allowed: linux, macos, windows"):
        write_starter(Starter("python", tmp_path), tmp_path, "beos")
    with pytest.raises(InputError, match="is not a folder"):
        write_starter(Starter("python", tmp_path), tmp_path / "none")
    with pytest.raises(InputError, match="line feed"):
        write_starter(Starter("python", tmp_path, ("a\nTerminal=true",)), tmp_path)
