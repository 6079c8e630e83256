"""`saldo explore` as a process of its own, in a folder of its own, and the Chromium that looks at it."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
CHRISTMAS, BOTTOM_UP, MARKED = "scenarios/christmas-2021.yaml", "scenarios/christmas-2021-bottom-up.yaml", "marked.yaml"
PLACE, REPLICATIONS = "places=[Frederiksberg]", 2
"""Enough conversations that a step of a slider is seen in the printed figure, and no more."""
TITLE = "<img src=x onerror=document.title=1> <script>alert(1)</script> & <b>fed</b>"
NAMED = "SALDO_CHROMIUM"
"""Variable that names the Chromium; where it is set the browser must be there."""
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
WITHOUT_THE_NET = ("--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
FLAGS = ("--no-sandbox", "--disable-gpu", *WITHOUT_THE_NET)


def chromium() -> str | None:
    """Return the path of the Chromium of this machine; None where there is none and none was named."""
    if os.environ.get(NAMED):
        return os.environ[NAMED]
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@dataclass(frozen=True)
class Served:
    """A server that answers.

    Attributes:
        address: Where the page is.
        process: The server.
        folder: The folder that it was started in.
    """

    address: str
    process: subprocess.Popen[str]
    folder: Path

    @property
    def port(self) -> int:
        """Port of the server."""
        found = urlsplit(self.address).port
        assert found is not None
        return found

    def ask(self, path: str, told: Any = None, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        """Return status and answer of a request below the token; a POST where something is told."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            sent = None if told is None else json.dumps(told).encode()
            said = {"Content-Type": "application/json", **(headers or {})}
            line.request("GET" if sent is None else "POST", urlsplit(self.address).path + path, sent, said)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def told(self, path: str, told: Any = None) -> Any:
        """Return the answer to a request that must be answered, as data."""
        status, answer = self.ask(path, told)
        assert status == 200, answer.decode()
        return json.loads(answer)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve the published case in one municipality from a folder; stop it by Ctrl-C, which must leave nothing."""
    shutil.copytree(ROOT / "scenarios", folder / "scenarios", ignore=shutil.ignore_patterns("expected", "plans"))
    titles = f"title: '{TITLE}'\ntitle_da: '{TITLE}'\n"
    (folder / MARKED).write_text(f"extends: {CHRISTMAS}\nname: marked\nplaces: [Samsø]\n{titles}", encoding="utf-8")
    options = ["-S", PLACE, "--replications", str(REPLICATIONS), "--no-open"]
    temporary = folder / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", "explore", CHRISTMAS, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, process.communicate()[1]
        yield Served(address, process, folder)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=20)
    finally:
        process.kill()
    assert (process.returncode, said) == (130, ("", "Ctrl-C stops it.\ninterrupted\n"))
    assert sorted(path.name for path in folder.iterdir()) == ["marked.yaml", "scenarios", "temporary"]
    assert not list(temporary.glob("saldo*")), "runs that were kept for the page go with it"
