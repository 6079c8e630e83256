"""The group of verbs: found by file name, imported only when called, ended with the right code."""

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from simulator import cli
from simulator.cli.progress import progress
from simulator.errors import Fault, InputError, RunError

HEAVY = ("numpy", "pandas", "matplotlib", "scipy", "pydantic", "duckdb", "rich", "simpy", "yaml")


def saldo(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "simulator", *arguments], capture_output=True, check=False, env=environment or None
    )


@pytest.fixture
def verb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[], None]], None]]:
    """Return a function that makes `saldo walk` do something."""
    (tmp_path / "walk.py").write_text(
        '"""Walk a little.\n\nAnd on."""\nraise ImportError("opened")\n', encoding="utf-8"
    )
    (tmp_path / "_legs.py").write_text('"""No verb."""\n', encoding="utf-8")
    (tmp_path / "progress.py").write_text('"""No verb."""\n', encoding="utf-8")
    monkeypatch.setattr(cli, "FOLDER", tmp_path)

    def give(action: Callable[[], None]) -> None:
        module = types.ModuleType("simulator.cli.walk")
        module.command = click.Command("walk", callback=action)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "simulator.cli.walk", module)

    yield give


def raising(error: BaseException) -> Callable[[], None]:
    """Return a verb that ends with this error."""

    def action() -> None:
        raise error

    return action


def test_a_verb_is_a_file_and_help_does_not_open_it(verb: object) -> None:
    assert list(cli.verbs()) == ["walk"]
    result = CliRunner().invoke(cli.group, ["--help"])
    assert result.exit_code == 0
    assert "walk  Walk a little.\n" in result.output
    assert "Examples:" in result.output


@pytest.mark.parametrize("path", cli.verbs().values(), ids=lambda path: path.stem)
def test_each_verb_has_a_line_and_a_command(path: Path) -> None:
    assert cli.summary(path).endswith("."), "the first line of the file is its docstring's first sentence"
    context = click.Context(cli.group)
    assert cli.group.get_command(context, path.stem) is not None


def test_a_mistyped_verb_is_suggested_on_every_click(verb: object) -> None:
    result = CliRunner().invoke(cli.group, ["wlak"])
    assert result.exit_code == 2
    assert 'There is no verb "wlak". Did you mean "walk"?' in result.output
    assert "Did you mean" not in CliRunner().invoke(cli.group, ["zzz"]).output


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (InputError([Fault("a.yaml", 1, 2, "x.y", "one"), Fault("a.yaml", 3, 4, "z", "two")]), 2,
         "a.yaml:1:2  x.y: one\na.yaml:3:4  z: two\n"),
        (RunError("a conversation was lost"), 1, "error: a conversation was lost\n"),
        (PermissionError(13, "Permission denied", "out"), 1, "error: out: Permission denied\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (KeyError("a\nb"), 1, "internal error: KeyError: 'a\\nb'\nset SALDO_TRACEBACK=1 and run again to see where\n"),
    ],
)  # fmt: skip
def test_an_error_ends_a_verb_with_its_code_and_no_traceback(
    verb: Callable[[Callable[[], None]], None], error: BaseException, code: int, said: str
) -> None:
    verb(raising(error))
    result = CliRunner().invoke(cli.group, ["walk"])
    assert result.exit_code == code
    assert result.stderr == said
    assert result.stdout == ""


def test_a_traceback_is_shown_on_request(
    verb: Callable[[Callable[[], None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cli.TRACEBACK_SWITCH, "1")
    verb(raising(KeyError("inside")))
    result = CliRunner().invoke(cli.group, ["walk"])
    assert result.exit_code == 1
    assert result.stderr.startswith("Traceback")
    assert "run again" not in result.stderr


def test_a_reader_that_went_away_is_told_nothing(verb: Callable[[Callable[[], None]], None]) -> None:
    verb(raising(BrokenPipeError(32, "Broken pipe")))
    result = CliRunner().invoke(cli.group, ["walk"])
    assert (result.exit_code, result.output) == (1, "")


def test_help_and_version_load_nothing_heavy() -> None:
    code = (
        "import sys\nfrom simulator.cli import main\n"
        "try:\n    main([sys.argv[1]])\n"
        f"finally:\n    loaded = sorted(set({HEAVY}) & set(sys.modules))\n    print(loaded, file=sys.stderr)\n"
    )
    for argument in ("--help", "--version"):
        done = subprocess.run([sys.executable, "-c", code, argument], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "[]\n")
        assert "saldo" in done.stdout


def test_danish_letters_survive_a_plain_c_locale() -> None:
    done = saldo("æøå", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert 'There is no verb "æøå".' in done.stderr.decode("utf-8")
    assert done.stdout == b""


def test_progress_is_silent_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(3, "replications") as step:
        for _ in range(3):
            step()
    assert capsys.readouterr() == ("", "")
