"""The server waits for nobody for ever, survives who hangs up, takes so many and no more, and stops when told."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.web.door.guard import Limits
from simulator.web.door.server import Patience, bound
from tests.unit.web.stand_in import TOKEN, Running, parted, running, write_scenario

POSITION = {"positions": [{"base": "scenarios/a.yaml"}]}


@pytest.mark.parametrize("sent", [b"", b"GET ", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "])
def test_a_request_that_never_comes_is_not_waited_for(page: Running, sent: bytes) -> None:
    begun = time.monotonic()
    assert page.raw(sent) == b""
    assert time.monotonic() - begun < 3


def test_a_second_request_that_never_comes_is_not_waited_for(page: Running) -> None:
    begun = time.monotonic()
    head = f"GET /{TOKEN}/api/jobs HTTP/1.1\r\nHost: {page.host}\r\n\r\n".encode()
    assert page.raw(head + b"GET /").startswith(b"HTTP/1.1 200")
    assert time.monotonic() - begun < 3


def test_two_requests_on_one_line_are_both_answered(page: Running) -> None:
    head = f"GET /{TOKEN}/api/jobs HTTP/1.1\r\nHost: {page.host}\r\n\r\n".encode()
    assert page.raw(head + head, wait=1).count(b"HTTP/1.1 200") == 2


def test_who_hangs_up_in_the_middle_disturbs_nobody(page: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    page.ask("POST", "/api/open", {"id": "scenarios/a.yaml"})
    monkeypatch.setattr(page.desk, "wait", 0.1)
    body = b'{"positions": [{"base": "scenarios/a.yaml"}]}'
    head = f"POST /{TOKEN}/api/value HTTP/1.1\r\nHost: {page.host}\r\nContent-Type: application/json\r\n"
    for sent in (head.encode(), f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body):
        with socket.create_connection(("127.0.0.1", page.port)) as line:
            line.sendall(sent)
    assert page.json("POST", "/api/value", POSITION)[0] == 200


def test_two_hundred_at_once_are_answered_or_told_to_wait(page: Running) -> None:
    """Nobody is left without an answer, and afterwards the page is there as before."""
    head = f"GET /{TOKEN}/api/jobs HTTP/1.1\r\nHost: {page.host}\r\nConnection: close\r\n\r\n".encode()
    with ThreadPoolExecutor(50) as threads:
        found = [parted(one)[0] for one in threads.map(lambda _: page.raw(head), range(200))]
    assert set(found) <= {200, 503} and found.count(200) >= 60
    assert page.json("GET", "/api/jobs")[0] == 200


def test_too_many_lines_are_told_so(page: Running) -> None:
    """Lines on which nothing comes are closed soon, so that they keep nobody out for long."""
    lines = [socket.create_connection(("127.0.0.1", page.port), timeout=2) for _ in range(70)]
    try:
        told = [line.recv(4096) for line in lines]
    finally:
        for line in lines:
            line.close()
    refused = [one for one in told if one]
    assert 1 <= len(refused) <= 8 and all(one.startswith(b"HTTP/1.1 503") for one in refused)
    assert page.json("GET", "/api/jobs")[0] == 200


def test_too_many_questions_are_told_to_wait(tmp_path: Path) -> None:
    write_scenario(tmp_path / "scenarios" / "a.yaml")
    with running(tmp_path, Limits(at_work=2)) as page, ThreadPoolExecutor(8) as threads:
        page.ask("POST", "/api/open", {"id": "scenarios/a.yaml"})
        page.desk.wait = 0.2
        found = [one[0] for one in threads.map(lambda _: page.ask("POST", "/api/value", POSITION), range(8))]
    assert set(found) == {200, 503}


def test_it_stops_when_the_page_says_so(tmp_path: Path) -> None:
    with running(tmp_path) as page:
        assert page.json("POST", "/api/quit", {}) == (200, {"stopped": True})
        with pytest.raises(ConnectionRefusedError):
            for _ in range(100):
                page.raw(b"GET / HTTP/1.1\r\n\r\n", wait=0.2)
                time.sleep(0.05)


def test_it_stops_by_itself_when_the_page_was_closed(tmp_path: Path) -> None:
    """Who asks without the token is not the page."""
    with running(tmp_path, patience=Patience(silence_seconds=0.5)) as page:
        begun = time.monotonic()
        while time.monotonic() - begun < 0.8:
            assert page.json("GET", "/api/jobs")[0] == 200
            time.sleep(0.1)
        with pytest.raises(ConnectionRefusedError):
            for _ in range(50):
                page.raw(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", wait=0.2)
                time.sleep(0.1)


def test_a_port_in_use_is_told(page: Running) -> None:
    with pytest.raises(InputError, match=f"--port: port {page.port} cannot be used"):
        bound(page.port)


def test_it_listens_to_this_machine_alone(page: Running) -> None:
    made = bound(0)
    assert made.getsockname()[0] == "127.0.0.1"
    made.close()
