"""`saldo run`: what is printed, what is written, what is refused, and how it is interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import simulator
from simulator.cli import group

ROOT = Path(__file__).parents[3]
CHRISTMAS = str(ROOT / "scenarios" / "christmas-2021.yaml")
SMALL = ("-S", "places=[Samsø]", "--replications", "1", "--no-brief")


def saldo(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments), prog_name="saldo")


def test_the_headline_is_printed_and_a_folder_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = saldo("run", CHRISTMAS, *SMALL)
    assert result.exit_code == 0, result.output
    for words in (
        "converted conversations",
        "employment effect, mio. kr.",
        "kr. lost per converted",
        "full-time person-years",
        "Calibrated: attendance.take_up_scale",
        "is one product",
        "Published: 10,000 converted",
        "Control:",
        "Kept in: outputs",
    ):
        assert words in result.output
    (folder,) = (tmp_path / "outputs" / "christmas-2021").iterdir()
    assert (folder / "manifest.json").is_file()
    assert not (folder / "brief.html").exists()


def test_json_prints_the_headline_and_nothing_else(tmp_path: Path) -> None:
    result = saldo("run", CHRISTMAS, *SMALL, "--json", "--out", str(tmp_path / "run"))
    assert result.stdout == (tmp_path / "run" / "headline.json").read_text(encoding="utf-8")
    assert json.loads(result.stdout)["replications"] == 1
    assert result.stderr == ""


def test_the_python_interface_gives_the_same_numbers(tmp_path: Path) -> None:
    result = saldo("run", CHRISTMAS, *SMALL, "--seed", "7", "--json", "--out", str(tmp_path / "run"))
    run = simulator.run(CHRISTMAS, seed=7, replications=1, sets=["places=[Samsø]"])
    assert json.loads(result.stdout) == json.loads(json.dumps(run.headline))
    saldo_csv = (tmp_path / "run" / "tables" / "saldo.csv").read_text(encoding="utf-8")
    assert run.tables["saldo"].to_csv(index=False, lineterminator="\n") == saldo_csv
    assert run.folder is None


def test_a_kept_run_can_be_run_again(tmp_path: Path) -> None:
    first = saldo("run", CHRISTMAS, *SMALL, "--out", str(tmp_path / "one"))
    again = saldo("run", str(tmp_path / "one"), "--replications", "1", "--no-brief", "--out", str(tmp_path / "two"))
    assert (first.exit_code, again.exit_code) == (0, 0), again.output
    for name in ("headline.json", "tables/saldo.csv", "tables/conversations.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_force_is_needed_to_replace_a_run(tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "run"))
    assert saldo("run", CHRISTMAS, "--engine", "control", "--no-brief", *out).exit_code == 0
    refused = saldo("run", CHRISTMAS, "--engine", "control", "--no-brief", *out)
    assert (refused.exit_code, "--force" in refused.stderr) == (2, True)
    assert saldo("run", CHRISTMAS, "--engine", "control", "--no-brief", "--force", *out).exit_code == 0


def test_the_control_answers_for_the_whole_country(tmp_path: Path) -> None:
    result = saldo("run", CHRISTMAS, "--engine", "control", "--json", "--no-brief", "--out", str(tmp_path / "run"))
    headline = json.loads(result.stdout)
    assert 9_500 < headline["converted"]["mean"] < 10_500
    assert headline["converted"]["std_error"] is None
    rows = (tmp_path / "run" / "tables" / "conversations.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.yaml"], "there is no such file"),
        ([], "Missing argument"),
        ([CHRISTMAS, "--engine", "quick"], "allowed: fast, reference, control"),
        ([CHRISTMAS, "--draws", "100"], "no value of the scenario carries a distribution"),
        ([CHRISTMAS, "--seed", "-1"], "0 to 4294967295"),
        ([CHRISTMAS, "--replications", "0"], "replications: 0 is out of range"),
        ([CHRISTMAS, "--jobs", "0"], "jobs: 0 is out of range"),
        ([CHRISTMAS, "--replications", "many"], "not a valid integer"),
        ([CHRISTMAS, "-S", "demand.scal=2"], "did you mean scale"),
        ([CHRISTMAS, "-S", "period.to=2021-12-01"], "period"),
        ([CHRISTMAS, "-S", "attendance.take_up_scale=4"], "above 1"),
        ([CHRISTMAS, "-S", "period.from=2031-01-01", "-S", "period.to=2031-02-01"], "facts.extrapolate"),
        ([CHRISTMAS, "--engine", "control", "--log"], "simulates nothing"),
        ([CHRISTMAS, "--out", __file__], "is a file"),
        ([CHRISTMAS, "--out", str(ROOT / "simulator")], "is not empty"),
    ],
)
def test_wrong_input_is_refused_and_nothing_is_written(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = saldo("run", *arguments)
    assert result.exit_code == 2, result.output
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_all_faults_of_the_options_are_named_at_once() -> None:
    result = saldo("run", CHRISTMAS, "--engine", "quick", "--seed", "-1", "--replications", "0", "--jobs", "0")
    assert len(result.stderr.splitlines()) == 4


def hear_interrupts() -> None:
    """Undo what a shell does to commands in the background: they start deaf to interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def has_begun(process: subprocess.Popen[str], engine: str) -> bool:
    """Return whether a run is at work: the reference has processes of its own, the fast engine its compiler loaded."""
    files = Path(f"/proc/{process.pid}")
    if engine == "reference":
        return len((files / "task" / str(process.pid) / "children").read_text().split()) > 1
    return "llvmlite" in (files / "maps").read_text()


def wait_until_begun(process: subprocess.Popen[str], engine: str) -> None:
    """Wait until a run is at work."""
    for _ in range(600):
        if has_begun(process, engine):
            return
        time.sleep(0.1)
    pytest.fail("the run does not begin")


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes as Linux lists them")
@pytest.mark.parametrize("later_seconds", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("engine", ["reference", "fast"])
def test_an_interrupted_run_leaves_nothing(tmp_path: Path, engine: str, later_seconds: float) -> None:
    """In the middle of more replications than can be done meanwhile; what is compiled is compiled before."""
    simulator.run(CHRISTMAS, replications=1, sets=["places=[Samsø]"], engine=engine)
    options = ("--engine", engine, "--jobs", "2", "--replications", "10000", "--out", str(tmp_path / "a" / "run"))
    command = [sys.executable, "-m", "simulator", "run", CHRISTMAS, *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hear_interrupts,
    ) as process:
        try:
            wait_until_begun(process, engine)
            time.sleep(later_seconds)
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does
            out, error = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, out, error) == (130, "", "interrupted\n")
    assert list(tmp_path.iterdir()) == []


def test_the_package_is_light_until_a_run_is_asked_for() -> None:
    code = "import sys, simulator; sys.exit('numpy' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
