"""The server: a socket of this machine alone, connections that are not waited for, and a clean stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

import uvicorn
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from simulator.errors import InputError
from simulator.web.door.guard import SECURITY_HEADERS, Pulse

HERE: Final = "127.0.0.1"
MOST_CONNECTIONS: Final = 64
WAIT_SECONDS: Final = 10.0
"""A connection on which no request begins for so long is closed."""
HEAD_BYTES: Final = 16_384
"""Most of a request line with its headers."""
STOP_SECONDS: Final = 3
"""Time for what is being answered when the server stops."""


@dataclass(frozen=True)
class Patience:
    """How long and how much a server waits for.

    Attributes:
        seconds: A connection on which no request begins for so long is closed [s].
        connections: Connections at the same time.
        silence_seconds: The server ends when the page was not heard of for so long [s]; None never.
    """

    seconds: float = WAIT_SECONDS
    connections: int = MOST_CONNECTIONS
    silence_seconds: float | None = None


def bound(port: int) -> socket.socket:
    """Return a socket of this machine alone.

    Args:
        port: Number of the port; 0 for one that is free.

    Raises:
        InputError: The port is in use, or may not be used.
    """
    # Named as TCP, or the loop lets the system hold a short piece back until the one before it was acknowledged: 40 ms.
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform == "win32":
        made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((HERE, port))
        made.listen()  # at once, or another program could still take the port
    except OSError as wrong:
        made.close()
        message = f"port {port} cannot be used ({wrong.strerror}); give another, or none for one that is free"
        raise InputError.one(message, path="--port") from wrong
    return made


class Server(uvicorn.Server):
    """Serves an app until it is stopped, by Ctrl-C or the end of its process, by the page, or after long silence.

    Attributes:
        stopped_by: The signal that stopped it; 0 where it was none.
    """

    def __init__(self, app: ASGIApp, pulse: Pulse, ready: Callable[[], None], patience: Patience | None = None) -> None:
        self.patience = patience or Patience()
        super().__init__(_config(app, self.patience))
        self.pulse = pulse
        self.ready = ready
        self.stopped_by = 0

    def stop(self) -> None:
        """Stop, as soon as what is being answered is answered."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets)
        await run_in_threadpool(self.pulse.beat)  # the first thread is slow to begin, and nobody waits for it yet
        self.ready()

    async def on_tick(self, counter: int) -> bool:
        """Return whether it is time to stop."""
        silence = self.patience.silence_seconds
        silent = silence is not None and self.pulse.silent() > silence
        return await super().on_tick(counter) or silent

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Hear what asks a process to end; unlike the inherited one, leave what follows to the caller."""
        alone = threading.current_thread() is threading.main_thread()  # no other thread hears signals
        heard = [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGBREAK", signal.SIGINT)] if alone else []
        before = {one: signal.signal(one, self._hear) for one in dict.fromkeys(heard)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        if self.should_exit:
            self.force_exit = True
        self.stopped_by = self.stopped_by or number
        self.should_exit = True


def _config(app: ASGIApp, patience: Patience) -> uvicorn.Config:
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what a sender does wrong is told to the sender alone
    connection = type("Connection", (_Connection,), {"patience": patience})
    return uvicorn.Config(
        app,
        http=connection,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=HEAD_BYTES,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


class _Connection(H11Protocol):
    """A connection that is not waited for for ever."""

    patience = Patience()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, unless there are too many."""
        super().connection_made(transport)
        self._before: object = None
        self._watch: asyncio.TimerHandle | None = None
        if len(self.connections) > self.patience.connections:
            self._say(503, "Too many connections.")
        else:
            self._watch = self.loop.call_later(self.patience.seconds, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let a connection go."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, with the headers that every answer has."""
        self._say(400, msg)

    def _look(self) -> None:
        """Close the connection where no request was at work, and none has begun since the last look."""
        given_up = self.transport.is_closing()  # of an answer that is not read, which would never close by itself
        at_work = self.cycle is not None and not self.cycle.response_complete and not given_up
        if not at_work and self.cycle is self._before:
            self.transport.abort()
            return
        self._before = self.cycle
        self._watch = self.loop.call_later(self.patience.seconds, self._look)

    def _say(self, status: int, message: str) -> None:
        headers = {"content-type": "text/plain; charset=utf-8", "connection": "close", **SECURITY_HEADERS}
        lines = [f"HTTP/1.1 {status} ", f"content-length: {len(message)}", *(f"{k}: {v}" for k, v in headers.items())]
        self.transport.write("\r\n".join([*lines, "", message]).encode())
        self.transport.close()
