"""`saldo explore`: prints where the page is, stops cleanly, and says what is wrong before anything is served."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from simulator import cli
from simulator.cli import explore
from simulator.web.door import start
from simulator.web.door.server import Server, bound
from simulator.web.door.start import kept_address
from tests.unit.web.stand_in import MadeUpRooms, write_scenario

ROOT = Path(__file__).parents[3]


def _said(*words: str) -> Result:
    return CliRunner().invoke(cli.group, ["explore", *words])


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_scenario(tmp_path / "a.yaml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(start, "Rooms", MadeUpRooms)
    return tmp_path


BOTTOM_UP = Path(__file__).parents[3] / "scenarios" / "christmas-2021-bottom-up.yaml"


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_it_prints_its_address_and_stops_cleanly(home: Path, tmp_path: Path, how: signal.Signals, code: int) -> None:
    """One line on stdout when it answers; afterwards nothing of it is left."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-m", "tests.unit.web.stand_in", "explore", "a.yaml", "--no-open"]
    around = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    with subprocess.Popen(command, env=around, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None and started.stderr is not None
        address = started.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", address)
        with urlopen(f"{address}api/start") as answer:
            assert b'"opened":{"id":"a.yaml"' in answer.read()
        with pytest.raises(HTTPError, match="403"):
            urlopen(address[:-2] + "/")
        assert [path.name[:11] for path in temporary.iterdir()] == ["saldo-page-"]
        started.send_signal(how)
        said = started.communicate(timeout=20)
    assert (said[0], started.returncode) == ("", code)
    assert said[1].splitlines() == ["Ctrl-C stops it.", *(["interrupted"] if code else [])]
    assert not list(temporary.iterdir())


def _serve_once(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Let the page be made and not served; return what it would be served with."""
    seen: list[tuple[Any, ...]] = []

    def serve(started: Any, wish: Any, lay: Any, say: Any, rooms: Any = None) -> int:
        seen.append((started, wish))
        say(f"http://127.0.0.1:{wish.port or 1}/token/#{wish.state}")
        return 0

    monkeypatch.setattr(start, "serve", serve)
    return seen


def test_an_address_that_was_kept_opens_the_same_view(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _serve_once(monkeypatch)
    result = _said("http://127.0.0.1:8765/an-old-token/#da&a.yaml&demand.scale=1.1", "--no-open")
    assert result.exit_code == 0
    assert result.stdout == "http://127.0.0.1:8765/token/#da&a.yaml&demand.scale=1.1\n"
    assert (seen[0][1].port, seen[0][1].state) == (8765, "da&a.yaml&demand.scale=1.1")


def test_options_reach_the_page(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = _serve_once(monkeypatch)
    words = ["--seed", "3", "--replications", "2", "--draws", "9", "--port", "9000", "--language", "en", "--no-open"]
    assert _said(*words).exit_code == 0
    started, wish = seen[0]
    assert (started.options.seed, started.options.replications, started.options.draws) == (3, 2, 9)
    assert (wish.port, wish.opens, started.language, started.root) == (9000, False, "en", home)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["none.yaml"], "there is no such file"),
        (["."], "is a folder without"),
        (["empty.yaml"], "nothing at its top"),
        (["a.yaml", "-S", "demand.scal=2"], "did you mean"),
        (["a.yaml", "-S", "nonsense"], "not a setting"),
        (["a.yaml", "--replications", "0"], "replications"),
        (["a.yaml", "--seed", "-1"], "seed"),
        (["-S", "demand.scale=2"], "needs a scenario"),
        ([str(BOTTOM_UP), "--draws", "1000"], "a power of two"),
        (["a.yaml", "--port", "80"], "allowed: 1024 to 65535"),
        (["a.yaml", "--port", "70000"], "allowed: 1024 to 65535"),
        (["a.yaml", "--port", "-1"], "allowed: 1024 to 65535"),
        (["a.yaml", "--language", "fr"], "allowed: da, en"),
        (["https://127.0.0.1:8765/t/"], "is not an address of the page"),
        (["http://evil.example:8765/t/"], "is not an address of the page"),
        (["http://127.0.0.1/t/"], "is not an address of the page"),
        (["http://127.0.0.1:99999/t/"], "is not an address of the page"),
        (["http://[::1/t/"], "is not an address of the page"),
        (["a.yaml", "--over", "demand.scale"], "--over: says what moves"),
        (["a.yaml", "--system", "linux"], "--system: says for which system"),
        (["--static", "x.html"], "--static: a page without a server needs"),
        (["a.yaml", "--shortcut", "none"], "is not a folder"),
        (["none.yaml", "--shortcut", "."], "there is no such file"),
        (["a.yaml", "--shortcut", ".", "--system", "beos"], "allowed: linux, macos, windows"),
        (["secret.yaml"], "confidential"),
    ],
)
def test_what_is_wrong_is_told_at_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str
) -> None:
    more = "effects:\n  params:\n    scale: {value: 0.3, confidential: true, source: epidemic-note-2021}\n"
    write_scenario(home / "secret.yaml", more=more)
    (home / "empty.yaml").write_text("", encoding="utf-8")
    monkeypatch.setattr(Server, "run", lambda *_: pytest.fail("it was served"))
    result = _said(*words, "--no-open")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr and "Traceback" not in result.stderr


def test_a_port_in_use_is_told(home: Path) -> None:
    taken = bound(0)
    try:
        result = _said("a.yaml", "--no-open", "--port", str(taken.getsockname()[1]))
    finally:
        taken.close()
    assert result.exit_code == 2
    assert "cannot be used" in result.stderr and "give another" in result.stderr


def test_a_missing_extra_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = _said("a.yaml")
    assert result.exit_code == 1
    assert 'pip install "saldo[web]"' in result.stderr


def test_a_shortcut_starts_the_same(home: Path) -> None:
    words = ["a.yaml", "-S", "demand.scale=1.1", "--seed", "5", "--language", "en", "--shortcut", "."]
    result = _said(*words, "--system", "macos")
    assert (result.exit_code, result.stdout) == (0, "A double click on saldo.command opens the page.\n")
    text = Path("saldo.command").read_text(encoding="utf-8")
    assert "--from-icon --seed 5 -S demand.scale=1.1 --language en -- a.yaml" in text
    assert str(home) in text
    assert _said(*words, "--system", "macos").exit_code == 2


def test_what_goes_wrong_after_a_double_click_is_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(start, "open_browser", lambda address: shown.append(address) or True)
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    assert _said("<b>none.yaml", "--from-icon").exit_code == 2
    (page,) = home.glob("saldo-*.html")
    assert shown == [page.as_uri()]
    text = page.read_text(encoding="utf-8")
    assert "&lt;b&gt;none.yaml" in text and "<b>" not in text


def test_no_browser_of_a_terminal_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(start.webbrowser, "open", lambda _: pytest.fail("opened"))
    assert not start.open_browser("http://127.0.0.1:1/")


def test_a_page_without_a_server_is_written_by_its_room(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told what it will take before it begins, and what it has written."""
    asked: list[Any] = []

    class Planned:
        steps = 12

        def __init__(self, base: Any, over: tuple[str, ...]) -> None:
            asked.extend([base.id, over])

        def __str__(self) -> str:
            return "4 simulations of 3 replications"

        def write(self, out: Path, language: str, _step: Any, force: bool) -> str:
            asked.extend([out, language, force])
            return "written"

    monkeypatch.setattr("simulator.web.static.plan_static", Planned)
    result = _said("a.yaml", "--static", "x.html", "--over", "demand.scale", "--language", "en", "--force")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "written\n", "4 simulations of 3 replications\n")
    assert asked == ["a.yaml", ("demand.scale",), Path("x.html"), "en", True]


def test_what_is_no_address_is_a_path() -> None:
    assert kept_address("scenarios/a.yaml") is None
    assert kept_address("http://localhost:8765/x/") == (8765, "")


def test_a_double_click_is_the_same_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[list[str]] = []
    monkeypatch.setattr(cli, "main", said.append)
    monkeypatch.setattr(sys, "argv", ["saldo-explore", "a.yaml"])
    explore.from_icon()
    assert said == [["explore", "--from-icon", "a.yaml"]]
