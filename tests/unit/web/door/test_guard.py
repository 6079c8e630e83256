"""Who does not get in: other hosts, other sites, no token, odd paths, too much, too slow."""

from __future__ import annotations

import asyncio
import time

import pytest
from starlette.responses import Response
from starlette.types import Message

from simulator.web.door.guard import JSON_BYTES, SECURITY_HEADERS, UPLOAD_BYTES, Guard, Limits, Pulse
from tests.unit.web.stand_in import TOKEN, Running, parted

OPEN = {"id": "scenarios/a.yaml"}


def _get(page: Running, target: str, *lines: str) -> tuple[int, dict[str, str], bytes]:
    head = [f"GET {target} HTTP/1.1", *(lines or (f"Host: {page.host}",)), "Connection: close", "", ""]
    return parted(page.raw("\r\n".join(head).encode("latin-1")))


def test_the_person_who_started_it_gets_in(page: Running) -> None:
    status, told = page.json("GET", "/api/start")
    assert (status, told["language"], told["opened"]) == (200, "da", None)
    assert [one["id"] for one in page.json("GET", "/api/places")[1]["places"]] == ["scenarios/a.yaml"]
    assert page.ask("GET", "/api/start", host=f"localhost:{page.port}")[0] == 200
    assert page.ask("GET", "/api/start", sec_fetch_site="same-origin", origin=f"http://{page.host}")[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "127.0.0.1.evil.example:PORT",
        "0.0.0.0:PORT",
        "[::1]:PORT",
        "127.0.0.1:PORT.evil.example",
        "evil@127.0.0.1:PORT",
        "",
    ],
)
def test_another_host_is_refused(page: Running, host: str) -> None:
    """A name that an attacker lets point to this machine is another host (DNS rebinding)."""
    status, _, _ = _get(page, f"/{TOKEN}/api/start", f"Host: {host.replace('PORT', str(page.port))}")
    assert status == 421


def test_two_hosts_or_none_are_refused(page: Running) -> None:
    own = f"Host: {page.host}"
    assert _get(page, f"/{TOKEN}/api/start", own, "Host: evil.example")[0] == 400
    assert _get(page, f"/{TOKEN}/api/start", own, own)[0] == 400
    assert _get(page, f"/{TOKEN}/api/start", "X: y")[0] == 400
    assert parted(page.raw(f"GET /{TOKEN}/api/start HTTP/1.0\r\n\r\n".encode()))[0] == 421


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/api/start",
        f"/{TOKEN[:-1]}/api/start",
        f"/{TOKEN}x/",
        f"/{TOKEN.upper()}/",
        f"/?token={TOKEN}",
        f"//{TOKEN}/",
        f"/api/start?{TOKEN}",
        f"http://evil.example/{TOKEN}/api/start",
        f"http://HOST/{TOKEN}/",
        "*",
        "/favicon.ico",
        f"/%{ord(TOKEN[0]):x}{TOKEN[1:]}/",
        "/" + "x" * 9000,
    ],
)
def test_without_its_token_nobody_gets_in(page: Running, target: str) -> None:
    status, headers, body = _get(page, target.replace("HOST", page.host))
    assert status == 403
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert b"Start <code>saldo explore</code>" in body and b"use the address that it prints" in body
    assert TOKEN.encode() not in body and b"evil" not in body and b"xxxx" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/page/../../app.py",
        "/page/%2e%2e/%2e%2e/app.py",
        "/page/..%2f..%2fapp.py",
        "/page/..\\app.py",
        "/page/.hidden",
        "//etc/passwd",
        "/page//numbers.js",
        "/page/numbers.js%00.html",
        "/page/numbers.js;x",
        "/./api/start",
        "/page/numbers.py",
        "/page/",
        "/page",
        "/app.py",
        "/api",
        "/api/files/r1/../../x",
        "/api/views/r1/%2e%2e",
    ],
)
def test_no_path_leads_out(page: Running, path: str) -> None:
    status, _, body = _get(page, f"/{TOKEN}{path}")
    assert status == 404
    assert b"simulator" not in body and b"root:" not in body


def test_the_address_without_its_slash_leads_to_the_page(page: Running) -> None:
    status, headers, _ = _get(page, f"/{TOKEN}")
    assert (status, headers["location"]) == (307, f"/{TOKEN}/")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:PORT", "http://127.0.0.1", ""])
def test_another_site_cannot_send(page: Running, origin: str) -> None:
    before = len(page.work.asked)
    asked = {"kind": "tell", "position": {"base": "scenarios/a.yaml"}}
    assert page.ask("POST", "/api/jobs", asked, origin=origin.replace("PORT", str(page.port)))[0] == 403
    assert len(page.work.asked) == before


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_even_look(page: Running, site: str) -> None:
    """A page on another port of this machine is of the same site, and still another one."""
    assert page.ask("GET", "/api/start", sec_fetch_site=site)[0] == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_form_cannot_send(page: Running, kind: str) -> None:
    """A form of another site can send these kinds without asking first."""
    assert page.ask("POST", "/api/open", OPEN, content_type=kind)[0] == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "BREW"])
def test_other_methods_are_refused(page: Running, method: str) -> None:
    assert page.ask(method, "/api/start")[0] == 405


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/start"), ("GET", "/api/open"), ("GET", "/api/quit")])
def test_an_address_has_its_method(page: Running, method: str, path: str) -> None:
    assert page.ask(method, path, {} if method == "POST" else None)[0] == 405
    assert page.json("GET", "/api/start")[0] == 200


def _post(path: str, host: str, length: str, kind: str = "application/json") -> bytes:
    lines = [f"POST /{TOKEN}{path} HTTP/1.1", f"Host: {host}", f"Content-Type: {kind}", length, "", ""]
    return "\r\n".join(lines).encode()


def test_a_large_body_is_refused_before_it_is_sent(page: Running) -> None:
    begun = time.monotonic()
    head = _post("/api/upload?name=x.yaml", page.host, "Content-Length: 100000000", "text/yaml")
    assert parted(page.raw(head + b"x" * 1000))[0] == 413
    assert parted(page.raw(_post("/api/open", page.host, f"Content-Length: {JSON_BYTES + 1}")))[0] == 413
    assert time.monotonic() - begun < 3


def test_a_large_body_in_pieces_is_refused_after_two_megabytes(page: Running) -> None:
    head = _post("/api/upload?name=x.yaml", page.host, "Transfer-Encoding: chunked", "text/yaml")
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    told = parted(page.raw(head + piece * (UPLOAD_BYTES // 0x10000 + 1)))
    assert told[0] == 413 and b"2000000" in told[2]


def test_what_is_sent_with_a_get_is_refused(page: Running) -> None:
    assert page.ask("GET", "/api/start", b"x" * 10, content_length="10")[0] == 413


def test_a_body_that_comes_too_slowly_is_refused(page: Running) -> None:
    head = _post("/api/open", page.host, "Content-Length: 100")
    begun = time.monotonic()
    assert parted(page.raw(head + b"{"))[0] == 408
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", "9" * 30, "1, 2", "²"])
def test_a_length_that_is_none_is_refused(page: Running, length: str) -> None:
    head = _post("/api/open", page.host, "X: y").replace(b"X: y", b"Content-Length: " + length.encode())
    assert parted(page.raw(head + b"{}"))[0] in (400, 413)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01",
        b"GET\r\n\r\n",
        b"GET / HTTP/x\r\n\r\n",
        b"A" * 40_000,
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 9000,
        b"GET /\xc3\xa6 HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_what_is_no_request_is_told_so(page: Running, sent: bytes) -> None:
    status, headers, _ = parted(page.raw(sent))
    assert status == 400
    assert {name: value.lower() for name, value in SECURITY_HEADERS.items()}.items() <= headers.items()


def test_pieces_of_a_wrong_size_are_told_so(page: Running) -> None:
    head = _post("/api/open", page.host, "Transfer-Encoding: chunked")
    assert parted(page.raw(head + b"zz\r\nhello"))[0] in (400, 408)


def test_every_answer_has_its_headers(page: Running) -> None:
    wanted = {name: value.lower() for name, value in SECURITY_HEADERS.items()}
    asked = [("GET", "/api/start", None), ("GET", "/api/none", None), ("GET", "/page/main.js", None)]
    asked += [("POST", "/api/open", {"id": 3}), ("PUT", "/", None), ("POST", "/api/open", b"x" * (JSON_BYTES + 1))]
    found = [page.ask(*one) for one in asked]
    assert [status for status, _, _ in found] == [200, 404, 200, 422, 405, 413]
    assert all(wanted.items() <= headers.items() for _, headers, _ in found)
    assert wanted.items() <= _get(page, "/")[1].items()
    assert all("server" not in headers for _, headers, _ in found)


def test_an_error_of_the_program_tells_no_path(page: Running, capfd: pytest.CaptureFixture[str]) -> None:
    page.ask("POST", "/api/open", OPEN)
    page.desk.breaks = True
    try:
        status, told = page.json("POST", "/api/value", {"positions": [{"base": "scenarios/a.yaml"}]})
    finally:
        page.desk.breaks = False
    assert status == 500
    assert [fault["message"][:36] for fault in told["faults"]] == ["Der opstod en fejl i programmet. Sid"]
    assert page.json("POST", "/api/value", {"positions": [{"base": "scenarios/a.yaml"}]})[0] == 200
    assert capfd.readouterr() == ("", "")


def test_an_error_is_told_on_stderr_where_that_is_asked(
    page: Running, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    page.ask("POST", "/api/open", OPEN)
    monkeypatch.setenv("SALDO_TRACEBACK", "1")
    monkeypatch.setattr(page.desk, "breaks", True)
    assert page.ask("POST", "/api/value", {"positions": [{"base": "scenarios/a.yaml"}]})[0] == 500
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_who_does_not_read_the_answer_keeps_nobody_out() -> None:
    """A download that is never read would hold its place among those at work for ever."""

    async def never_read(_message: Message) -> None:
        await asyncio.Event().wait()

    async def nothing_sent() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    guard = Guard(Response("long"), TOKEN, 8765, Pulse(), Limits(unread_seconds=0.05))
    headers = [(b"host", b"127.0.0.1:8765")]
    raw = f"/{TOKEN}/".encode()
    scope = {"type": "http", "method": "GET", "path": raw.decode(), "raw_path": raw, "headers": headers}

    async def asked() -> None:
        async with asyncio.timeout(2):
            await guard(scope, nothing_sent, never_read)

    asyncio.run(asked())
    assert guard.at_work == 0
