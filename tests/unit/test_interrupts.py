"""Ctrl-C is heard at the end of what must not be left half made, and known again under another error's name."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from simulator.cli import exit_of
from simulator.errors import EXIT_FAILED, EXIT_INTERRUPTED
from simulator.interrupts import undisturbed, was_interrupted


@pytest.fixture(autouse=True)
def hears() -> Iterator[None]:
    """Hear Ctrl-C as a terminal's command does; what a shell starts in the background is deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("threads", [0, 1])
def test_ctrl_c_is_heard_at_the_end_of_the_block(threads: int) -> None:
    """With another thread too: it takes the signal that the main thread blocks, and Python hands it on."""
    done, stay = [], threading.Event()
    others = [threading.Thread(target=stay.wait, daemon=True) for _ in range(threads)]
    for other in others:
        other.start()
    with pytest.raises(KeyboardInterrupt), undisturbed():
        os.kill(os.getpid(), signal.SIGINT)
        done.append(sum(range(100_000)))
    stay.set()
    assert len(done) == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_nothing_is_heard_where_nothing_was_sent() -> None:
    with undisturbed():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_block_in_another_thread_leaves_the_handler_alone() -> None:
    def work() -> None:
        with undisturbed():
            seen.append(signal.getsignal(signal.SIGINT))

    seen: list[object] = []
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [signal.default_int_handler]


def test_an_interrupt_is_known_under_another_name() -> None:
    """As when it comes in the middle of making a class."""
    try:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as stopped:
            raise RuntimeError("calling __set_name__") from stopped
    except RuntimeError as error:
        assert was_interrupted(error)
        assert exit_of(error) == (EXIT_INTERRUPTED, "interrupted")
    assert not was_interrupted(RuntimeError("by itself"))
    assert exit_of(OSError(28, "No space left on device", "file"))[0] == EXIT_FAILED
