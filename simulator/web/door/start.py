"""Starts the page: opens what was named, puts the rooms together, and serves until it is stopped."""

from __future__ import annotations

import gc
import html
import os
import signal
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from simulator.errors import InputError
from simulator.streams import unguessable
from simulator.web.door.house import House
from simulator.web.door.lobby import Lobby, Started
from simulator.web.door.scratch import scratch
from simulator.web.given_back import give_back
from simulator.web.position import Reader

SILENCE_SECONDS: Final = 600.0
"""A page that was started by a double click has no terminal to stop it: it ends so long after it was closed."""
PORTS: Final = (1024, 65535)
OWN_HOSTS: Final = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Wish:
    """How the page is to be served.

    Attributes:
        port: Number of the port; 0 for one that is free.
        state: What stands behind `#` in an address that was kept; empty where none was.
        opens: Whether the browser is opened.
        from_icon: Whether it was started by a double click, and ends by itself when the page was closed.
    """

    port: int = 0
    state: str = ""
    opens: bool = True
    from_icon: bool = False

    @property
    def silence_seconds(self) -> float | None:
        """The server ends when the page was not heard of for so long [s]; None never."""
        return SILENCE_SECONDS if self.from_icon else None


def kept_address(text: str) -> tuple[int, str] | None:
    """Return port and state of an address that was kept; None where the text is no address.

    Raises:
        InputError: It is the address of something else.
    """
    if "://" not in text:
        return None
    message = "is not an address of the page, such as http://127.0.0.1:8765/.../#..."
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise InputError.one(message, path=text[:80]) from None
    if parts.scheme != "http" or parts.hostname not in OWN_HOSTS or port is None:
        raise InputError.one(message, path=text[:80])
    return port, parts.fragment


def check_port(port: int) -> None:
    """Refuse a port that nobody may choose.

    Raises:
        InputError: It is out of range.
    """
    low, high = PORTS
    if port and not low <= port <= high:
        raise InputError.one(
            f"{port} is out of range; allowed: {low} to {high}, or 0 for one that is free", path="--port"
        )


def serve(
    started: Started, wish: Wish, lay: Callable[[Lobby], Any], say: Callable[[str], None], rooms: Rooms | None = None
) -> int:
    """Serve the page until it is stopped.

    Args:
        started: Folder, options and language.
        wish: How it is served.
        lay: Opens what the command line named.
        say: Is told the address when it answers.
        rooms: Who makes desk and work.

    Returns:
        The signal that stopped it; 0 where it was none.

    Raises:
        InputError: What was named cannot be opened, or the port be used.
    """
    from simulator.web.door.app import Lock, make_app
    from simulator.web.door.guard import Pulse
    from simulator.web.door.server import Patience, Server, bound

    reader, pulse = Reader(), Pulse()
    with scratch() as folder:
        lobby = Lobby(started, reader, folder / "uploads")
        lay(lobby)
        socket, lock = bound(wish.port), Lock(unguessable(), pulse)
        desk, work = (rooms or Rooms()).made(reader, folder / "runs")
        try:
            house = House(desk, work, lobby, lambda: server.stop())
            _warm(house)
            port = int(socket.getsockname()[1])
            ready = partial(_ready, _address(port, lock.token, wish.state), wish, say)
            server = Server(make_app(house, lock, port), pulse, ready, Patience(silence_seconds=wish.silence_seconds))
            server.run([socket])
        finally:
            work.close()
            socket.close()
    return server.stopped_by


def _warm(house: House) -> None:
    """Work out what the page asks first, so that it is there at once.

    From then on what was loaded is not searched for waste any more, which takes longer than a move of a slider.
    """
    with suppress(InputError):  # the page is told what is wrong where it asks
        house.first.told()
    give_back()
    gc.freeze()


def _address(port: int, token: str, state: str) -> str:
    return f"http://127.0.0.1:{port}/{token}/" + (f"#{state}" if state else "")


class Rooms:
    """Makes the rooms behind the door."""

    def made(self, reader: Reader, runs: Path) -> tuple[Any, Any]:
        """Return desk and work.

        Args:
            reader: Reads positions.
            runs: Folder of the runs that are made for the page.
        """
        from simulator.web.desk.desk import Desk
        from simulator.web.work.queue import Work

        desk = Desk(reader)
        return desk, Work(desk, reader, runs)


def _ready(address: str, wish: Wish, say: Callable[[str], None]) -> None:
    say(address)
    if wish.opens:
        threading.Thread(target=open_browser, args=(address,), daemon=True).start()


def open_browser(address: str) -> bool:
    """Open an address in the browser, and return whether there is one; never a browser of the terminal."""
    windows = sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    return bool(windows) and webbrowser.open(address)


def show_error(message: str) -> Path:
    """Show in the browser why the page could not be started, to someone who has no terminal; return the file."""
    handle, name = tempfile.mkstemp(prefix="saldo-", suffix=".html")
    os.close(handle)
    text = f'<!doctype html><html><meta charset="utf-8"><title>saldo</title><pre>{html.escape(message)}</pre></html>'
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    open_browser(path.as_uri())
    return path


def was_ctrl_c(number: int) -> bool:
    """Return whether a signal is that of Ctrl-C."""
    return number == signal.SIGINT
