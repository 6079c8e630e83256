"""Workers of a cluster of dask.distributed, wherever they are: they send figures back, and need no disk in common.

A worker that is killed in the middle of its work is no loss: the scheduler gives the work to another. Work that ends
its worker again and again comes back once more when all else is done, alone, and is then set aside.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Generator, Iterator
from typing import Any

from simulator.errors import InputError, RunError
from simulator.sweeps.events import Event, Made, Order, SetAside, Work
from simulator.sweeps.jobs import Task

PARTS_AT_ONCE = 4
"""Parts of a job that a worker does before it sends them back."""
AHEAD = 2
"""Pieces of work a thread of the cluster that are handed out at a time."""
MADE_ONCE_MORE = ("lost", "pending")
"""Work whose worker ended after it was done and before it was fetched: the scheduler gives it out again."""
PATIENCE_SECONDS = 20


class Cluster:
    """The executor; see `Executor`."""

    def __init__(self, address: str) -> None:
        self.address = address

    def run(self, orders: Iterator[Order], work: Work) -> Generator[Event, None, None]:
        """Yield parts and failures as they come."""
        client = _client(self.address)
        try:
            yard = _Yard(client, work, self.address)
            threads = max(sum(client.nthreads().values()), 1)
            yield from yard.run(_pieces(orders), AHEAD * threads)
            yard.alone = True
            while yard.again:
                yield from yard.run(iter([yard.again.popleft()]), 1)
        finally:
            client.close()


class _Yard:
    """The work that is out, and what ended its workers."""

    def __init__(self, client: Any, work: Work, address: str) -> None:
        self.client, self.work, self.address = client, work, address
        self.again: deque[Order] = deque()
        self.aside: set[int] = set()
        self.alone = False

    def run(self, pieces: Iterator[Order], most: int) -> Iterator[Event]:
        """Yield what comes of the pieces, with so many out at a time."""
        import distributed

        dask: Any = distributed
        out: dict[Any, Order] = {}
        arriving = dask.as_completed(loop=self.client.loop, raise_errors=False)
        while True:
            for piece in pieces:
                future = self.client.submit(_done, self.work, piece.task, piece.parts, pure=False)
                out[future] = piece
                arriving.add(future)
                if len(out) >= most:
                    break
            if not out:
                return
            future = next(arriving)
            if future.status in MADE_ONCE_MORE:
                arriving.add(future)
                continue
            yield from self._hear(future, out.pop(future))

    def _hear(self, future: Any, piece: Order) -> Iterator[Event]:
        from distributed import KilledWorker

        number = piece.task.number
        if future.status == "finished":
            try:
                yield from (Made(number, part, figures) for part, figures in future.result())
            except OSError as gone:
                raise self._gone() from gone
            return
        error = future.exception() if future.status == "error" else None
        if error is None:
            raise self._gone()
        if isinstance(error, KilledWorker) and not self.alone:
            self.again.append(piece)
        elif number not in self.aside:
            self.aside.add(number)
            yield SetAside(number, _reason(error, isinstance(error, KilledWorker)))

    def _gone(self) -> RunError:
        return RunError(f"the cluster at {self.address} went away; what is finished is kept: go on with --resume")


def _client(address: str) -> Any:
    try:
        import distributed
    except ImportError as missing:
        raise RunError("dask.distributed is not installed; install saldo with its extra: saldo[cluster]") from missing
    dask: Any = distributed
    try:
        _knock(address)
        return dask.Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as wrong:
        message = f"no scheduler answers at `{address}`; start one with `dask scheduler`, and give its address"
        raise InputError.one(f"{message}, such as tcp://10.0.0.5:8786", path="--cluster") from wrong


def _knock(address: str) -> None:
    """Try whether anybody answers: a client that finds nobody leaves threads behind that can block the next.

    Raises:
        OSError: Nobody does.
        ValueError: It is no address.
    """
    from distributed.comm.addressing import parse_address, parse_host_port

    scheme, place = parse_address(address)
    if scheme in ("tcp", "tls"):
        socket.create_connection(parse_host_port(place), PATIENCE_SECONDS).close()


def _pieces(orders: Iterator[Order]) -> Iterator[Order]:
    for order in orders:
        for first in range(0, len(order.parts), PARTS_AT_ONCE):
            yield Order(order.task, order.parts[first : first + PARTS_AT_ONCE])


def _done(work: Work, task: Task, parts: tuple[int, ...]) -> list[tuple[int, Any]]:
    return list(work(task, parts))


def _reason(error: BaseException, killed: bool) -> str:
    if killed:
        return "ended every worker that it was given to, perhaps for want of memory"
    return str(error) if isinstance(error, (InputError, RunError)) else f"{type(error).__name__}: {error}"
