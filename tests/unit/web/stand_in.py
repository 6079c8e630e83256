"""A page with made-up rooms behind the door, so that the door is tested alone: in a thread, or as a program."""

from __future__ import annotations

import json
import re
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator import cli
from simulator.web.door import start
from simulator.web.door.app import Lock, make_app
from simulator.web.door.guard import Limits, Pulse
from simulator.web.door.house import House
from simulator.web.door.lobby import Lobby, Started
from simulator.web.door.server import Patience, Server, bound
from simulator.web.door.start import Rooms
from simulator.web.opened import Options
from simulator.web.position import Position, Reader, told_of

TOKEN = "a-token-that-nobody-can-guess"
FULL = """\
saldo: 1
name: {name}
title: '{title}'
period: {{from: 2021-12-19, to: 2022-01-16}}
proposal:
  attendance:
    rules:
      - {{name: digital, from: 2021-12-19, to: 2022-01-16, rule: office_chooses, source: epidemic-note-2021}}
"""


def write_scenario(path: Path, title: str = "A title", more: str = "") -> Path:
    """Write a scenario file that can be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    name = re.sub("[^a-z]+", "-", path.stem).strip("-")
    path.write_text(FULL.format(name=name or "a", title=title) + more, encoding="utf-8")
    return path


class MadeUpDesk:
    """Answers with what it was asked."""

    def __init__(self) -> None:
        self.breaks = False
        self.wait = 0.0
        self.simulated = False

    def value(self, position: Position, language: str) -> dict[str, Any]:
        if self.breaks:
            raise ZeroDivisionError("a path: " + __file__)
        time.sleep(self.wait)
        return {"position": told_of(position), "key": position.key, "language": language}

    def figures(self, position: Position) -> dict[str, Any]:
        return {"position": told_of(position), "key": position.key}

    def difference(self, positions: Sequence[Position], language: str) -> list[dict[str, Any]]:
        return [{"of": one.key, "language": language} for one in positions[1:]]

    def has(self, position: Position) -> bool:
        return self.simulated

    def sheet(self, position: Position, language: str) -> dict[str, Any]:
        return {"position": told_of(position), "sliders": [{"key": "a"}], "assumptions": [{"key": "a"}]}

    def changes(self, position: Position, language: str) -> dict[str, Any]:
        return {"position": told_of(position), "rows": []}

    def moves(self, position: Position, language: str) -> list[dict[str, Any]]:
        return [{"key": key} for key, _ in position.sets]


@dataclass
class MadeUpWork:
    """Does nothing, and remembers what it was asked."""

    folder: Path
    asked: list[dict[str, Any]] = field(default_factory=list)
    closed: bool = False

    def ask(self, kind: str, position: Position, language: str = "da", **options: Any) -> dict[str, Any]:
        self.asked.append({"id": f"j{len(self.asked)}", "kind": kind, "state": "queued", **options})
        return self.asked[-1]

    def job(self, id: str) -> dict[str, Any] | None:
        return next((one for one in self.asked if one["id"] == id), None)

    def jobs(self) -> list[dict[str, Any]]:
        return self.asked

    def cancel(self, id: str) -> dict[str, Any] | None:
        found = self.job(id)
        return None if found is None else found | {"state": "cancelled"}

    def run_of(self, id: str) -> Path | None:
        return self.folder if id == "r1" else None

    def close(self) -> None:
        self.closed = True


@dataclass
class Running:
    """A page that answers.

    Attributes:
        port: Its port.
        root: Folder below which things are opened.
        desk: Its desk.
        work: Its work.
        server: The server.
        lobby: What is open.
    """

    port: int
    root: Path
    desk: MadeUpDesk
    work: MadeUpWork
    server: Server
    lobby: Lobby

    @property
    def host(self) -> str:
        """What stands in the header Host."""
        return f"127.0.0.1:{self.port}"

    def raw(self, sent: bytes, *, wait: float = 3.0, most: int = 1 << 20) -> bytes:
        """Return all that is answered to some bytes, until the line is closed or nothing comes for a while."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as line:
            found = bytearray()
            try:
                line.sendall(sent)
                while len(found) < most and (piece := line.recv(65536)):
                    found += piece
            except (TimeoutError, ConnectionError):
                pass
        return bytes(found)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of an answer.

        Args:
            method: GET or POST.
            path: Path behind the token.
            body: JSON where it is no bytes.
            headers: Other headers; `_` stands for `-`.
        """
        sent = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"host": self.host, "connection": "close"}
        if method == "POST":
            given |= {"content-type": "application/json", "content-length": str(len(sent))}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} /{TOKEN}{path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "", ""]
        return parted(self.raw("\r\n".join(lines).encode() + sent))

    def json(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Return status and what the JSON of an answer says."""
        status, _, text = self.ask(method, path, body, **headers)
        return status, json.loads(text)


def parted(answer: bytes) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of an answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) if ": " in line else (line, "") for line in lines)
    return int(first.split()[1]) if first else 0, headers, body


@contextmanager
def running(root: Path, limits: Limits | None = None, patience: Patience | None = None) -> Iterator[Running]:
    """Serve a page of made-up rooms in a thread."""
    reader, pulse, begun = Reader(), Pulse(), threading.Event()
    lobby = Lobby(Started(root, Options(replications=1)), reader, root / ".uploads")
    desk, work, made = MadeUpDesk(), MadeUpWork(root / "run"), bound(0)
    port = int(made.getsockname()[1])
    house = House(desk, work, lobby, lambda: server.stop())
    server = Server(make_app(house, Lock(TOKEN, pulse, limits), port), pulse, begun.set, patience)
    thread = threading.Thread(target=server.run, args=([made],))
    thread.start()
    try:
        assert begun.wait(5)
        yield Running(port, root, desk, work, server, lobby)
    finally:
        server.stop()
        thread.join(10)
        made.close()
        assert not thread.is_alive()


class MadeUpRooms(Rooms):
    """The rooms of `saldo explore`, made up."""

    def made(self, reader: Reader, runs: Path) -> tuple[Any, Any]:
        runs.mkdir(parents=True)
        return MadeUpDesk(), MadeUpWork(runs)


if __name__ == "__main__":
    start.Rooms = MadeUpRooms  # type: ignore[misc]
    cli.main(sys.argv[1:])
