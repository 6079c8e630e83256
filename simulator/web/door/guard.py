"""The guard at the door: who may ask, what may be asked, and how much may be sent.

The page is for the person who started it. A site that is open in the same browser can send requests to this address
too, so a request is answered only if it names this address as its host, carries the token in its path, and was not
sent by another site. What is sent is read here, up to a limit and within a time, before anything looks at it.
"""

from __future__ import annotations

import asyncio
import hmac
import os
import re
import sys
import time
import traceback
from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulator.web.words import page_languages, page_words

TRACEBACK_SWITCH: Final = "SALDO_TRACEBACK"
JSON_BYTES: Final = 1_000_000
UPLOAD_BYTES: Final = 2_000_000
UPLOAD: Final = "/api/upload"
BODY_SECONDS: Final = 10.0
"""Time in which all that is sent must have come."""
AT_WORK: Final = 32
"""Requests that are answered at the same time."""
UNREAD_SECONDS: Final = 60.0
"""Time in which a client must take a piece of the answer."""
LINGER_SECONDS: Final = 0.3
"""Time for a client to read why it is refused, before the line is cut on what it still sends."""
SECURITY_HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
METHODS: Final = ("GET", "HEAD", "POST")
PLAIN_PATH: Final = re.compile(r"(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*/?")
"""What may stand behind the token: nothing is decoded, and no part begins with a dot."""


@dataclass(frozen=True)
class Limits:
    """How much and how long.

    Attributes:
        body_seconds: Time in which all that is sent must have come [s].
        at_work: Requests that are answered at the same time.
        unread_seconds: Time in which a client must take a piece of the answer [s].
    """

    body_seconds: float = BODY_SECONDS
    at_work: int = AT_WORK
    unread_seconds: float = UNREAD_SECONDS


@dataclass
class Pulse:
    """When the page was last heard of.

    Attributes:
        last: Seconds of the monotonic clock.
    """

    last: float = field(default_factory=time.monotonic)

    def beat(self) -> None:
        """Note that the page was heard of now."""
        self.last = time.monotonic()

    def silent(self) -> float:
        """Return for how long nothing was heard [s]."""
        return time.monotonic() - self.last


class RefusedError(Exception):
    """A request that is not answered: status and reason."""

    def __init__(self, status: int, reason: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, headers


class Guard:
    """Lets a request through to the app, or says why not. See the chapter above."""

    def __init__(self, app: ASGIApp, token: str, port: int, pulse: Pulse, limits: Limits | None = None) -> None:
        self.app = app
        self.token = token.encode()
        self.hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self.pulse = pulse
        self.limits = limits or Limits()
        self.at_work = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        telling = _Telling(send, self.limits.unread_seconds)
        self.at_work += 1
        try:
            await self._answer(scope, receive, telling)
        except RefusedError as refused:
            await _refuse(refused, scope, receive, telling)
        except Exception:
            if os.environ.get(TRACEBACK_SWITCH):
                traceback.print_exc(file=sys.stderr)
            if not telling.begun:
                await broken()(scope, receive, telling)
        finally:
            self.at_work -= 1

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if self.at_work > self.limits.at_work:
            raise RefusedError(503, "too many requests at once; try again", {"retry-after": "1"})
        self._check_sender(headers)
        method = scope["method"]
        if method not in METHODS:
            raise RefusedError(405, "allowed: GET, HEAD, POST", {"allow": ", ".join(METHODS)})
        path = self._behind_token(scope["raw_path"])
        if method == "POST":
            self._check_post(headers, path)
        body = await self._body(headers, receive, _limit(method, path))
        self.pulse.beat()
        inner = {**scope, "path": path, "raw_path": path.encode()}
        await self.app(inner, _given(body, receive), send)

    def _check_sender(self, headers: Headers) -> None:
        """Refuse another address, and other sites; a browser that says nothing of sites is old or no browser."""
        if len(headers.getlist("host")) != 1 or headers["host"].lower() not in self.hosts:
            raise RefusedError(421, "this is not the address of the page")
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            raise RefusedError(403, "another site may not use the page")

    def _behind_token(self, raw: bytes) -> str:
        """Return the path behind the token, which begins with a slash."""
        _, _, rest = raw.partition(b"/")
        token, slash, behind = rest.partition(b"/")
        if not raw.startswith(b"/") or not hmac.compare_digest(token, self.token):
            raise RefusedError(403, "token")
        path = (slash + behind).decode("ascii", "replace")
        if not PLAIN_PATH.fullmatch(path):
            raise RefusedError(404, "there is nothing here")
        if not path:
            raise RefusedError(307, "the address ends with a slash", {"location": f"/{self.token.decode()}/"})
        return path

    def _check_post(self, headers: Headers, path: str) -> None:
        origins = headers.getlist("origin")
        if any(origin not in {f"http://{host}" for host in self.hosts} for origin in origins):
            raise RefusedError(403, "another site may not use the page")
        wanted = "text/yaml" if path == UPLOAD else "application/json"
        if headers.get("content-type", "").partition(";")[0].strip().lower() != wanted:
            raise RefusedError(415, f"allowed: content-type {wanted}")

    async def _body(self, headers: Headers, receive: Receive, limit: int) -> bytes:
        """Return all that is sent; reads at most the limit and one piece more."""
        declared = headers.get("content-length", "0")
        if not declared.isascii() or not declared.isdigit() or len(declared) > 20 or int(declared) > limit:
            raise RefusedError(413, f"more than {limit} bytes")
        body = bytearray()
        try:
            async with asyncio.timeout(self.limits.body_seconds):
                more = True
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise RefusedError(400, "the sender hung up")
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > limit:
                        raise RefusedError(413, f"more than {limit} bytes")
        except TimeoutError:
            raise RefusedError(408, "it took too long to be sent") from None
        return bytes(body)


def broken(language: str = "en") -> Response:
    """Return the answer to a request on which the program failed; it tells nothing of where."""
    return JSONResponse({"faults": [{"path": "", "message": _words(language)["failed"]}]}, 500)


class _Telling:
    """Sends an answer with the headers that every answer has, to who reads it."""

    def __init__(self, send: Send, unread_seconds: float) -> None:
        self.send = send
        self.unread_seconds = unread_seconds
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                headers[name] = value
        async with asyncio.timeout(self.unread_seconds):
            await self.send(message)


async def _refuse(refused: RefusedError, scope: Scope, receive: Receive, send: Send) -> None:
    headers = {**(refused.headers or {}), "connection": "close"}
    answer: Response
    if refused.reason == "token":
        answer = HTMLResponse(_page_without_token(), 403, headers)
    else:
        fault = {"faults": [{"path": "", "message": refused.reason}]}
        answer = JSONResponse(fault, refused.status, headers)
    if refused.status in (408, 413):
        await _answer_and_linger(answer, send)
    else:
        await answer(scope, receive, send)


async def _answer_and_linger(answer: Response, send: Send) -> None:
    """Send a whole answer, and wait before the line is cut, or what is still being sent would cut it first."""
    await send({"type": "http.response.start", "status": answer.status_code, "headers": answer.raw_headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    await asyncio.sleep(LINGER_SECONDS)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _limit(method: str, path: str) -> int:
    if method != "POST":
        return 0
    return UPLOAD_BYTES if path == UPLOAD else JSON_BYTES


def _given(body: bytes, receive: Receive) -> Receive:
    """Return how the app is given what was read; afterwards it hears of nothing but a client that hung up."""
    rest: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def given() -> Message:
        return rest.pop() if rest else await receive()

    return given


def _page_without_token() -> str:
    """Return a page that says what to do, in every language; it holds nothing that was sent."""
    told = "".join(f'<p lang="{language}">{_words(language)["no_token"]}</p>' for language in page_languages())
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>saldo</title>'
    return f'<!doctype html><html lang="da"><head>{head}</head><body><main><h1>saldo</h1>{told}</main></body></html>'


def _words(language: str) -> dict[str, str]:
    found: dict[str, str] = page_words(language)["door"]
    return found
