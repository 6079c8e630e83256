"""The addresses of the page, and what answers at each. What may be asked at all is decided before, in `guard.py`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.errors import InputError, RunError
from simulator.facts.spelling import allowed
from simulator.web.door.files import answer_of, calendar_of, panel_of, scenario_of
from simulator.web.door.first import MOST_POSITIONS, words_of
from simulator.web.door.guard import Guard, Limits, Pulse, broken
from simulator.web.door.house import House
from simulator.web.door.page_files import INDEX, PageFile, page_files, with_told
from simulator.web.position import Position
from simulator.web.words import page_languages

KINDS: Final = ("deliver", "tell", "drivers", "keep")
LONGEST_CLIENT: Final = 64
Told = Mapping[str, Any]
Answer = Callable[[House, Told], Any]


@dataclass(frozen=True)
class Lock:
    """What keeps others out.

    Attributes:
        token: Has to stand first in every path.
        pulse: Is told when the page is heard of.
        limits: How much and how long.
    """

    token: str
    pulse: Pulse
    limits: Limits | None = None


def make_app(house: House, lock: Lock, port: int) -> Guard:
    """Return the app with its guard before it.

    Args:
        house: What the page asks.
        lock: What keeps others out.
        port: Port of the server.
    """
    handlers: Any = {InputError: _wrong, RunError: _failed, 404: _nothing, 405: _nothing, Exception: _broken}
    app = Starlette(
        routes=[*_page_routes(), *_routes()],
        exception_handlers=handlers,
    )
    app.state.house = house
    return Guard(app, lock.token, port, lock.pulse, lock.limits)


def _routes() -> list[Route]:
    asked: dict[str, Answer] = {
        "open": _open,
        "sheet": lambda house, told: house.desk.sheet(_position(house, told), _language(house, told)),
        "changes": lambda house, told: house.desk.changes(_position(house, told), _language(house, told)),
        "figures": _figures,
        "value": _value,
        "moves": _moves,
        "calendar": _calendar,
        "jobs": _ask,
    }
    return [
        Route("/api/start", _start, methods=["GET"]),
        Route("/api/places", _places, methods=["GET"]),
        Route("/api/words", _words, methods=["GET"]),
        Route("/api/upload", _upload, methods=["POST"]),
        Route("/api/scenario", _scenario, methods=["POST"]),
        Route("/api/quit", _quit, methods=["POST"]),
        Route("/api/jobs", _jobs, methods=["GET"]),
        *(Route(f"/api/{name}", _asked(answer), methods=["POST"]) for name, answer in asked.items()),
        Route("/api/jobs/{id}", _job, methods=["GET"]),
        Route("/api/jobs/{id}/cancel", _cancel, methods=["POST"]),
        Route("/api/views/{run}/{panel}", _view, methods=["GET"]),
        Route("/api/headline/{run}", _headline, methods=["GET"]),
        Route("/api/files/{run}/{rest:path}", _file, methods=["GET"]),
    ]


def _page_routes() -> list[Route]:
    """Return an address for each file of the page; what is not there when the server starts has none."""
    files = page_files()
    index = files.pop(INDEX)
    named = {address: _page_file(file) for address, file in files.items()} | {INDEX: _index(index)}
    return [Route(address, answer, methods=["GET"]) for address, answer in named.items()]


def _index(file: PageFile) -> Callable[[Request], Any]:
    """Return what answers with the page and what it is told when it starts; what went wrong it is told when it asks."""

    def told(house: House) -> bytes:
        with suppress(InputError, RunError):
            return with_told(file.content, house.first.told())
        return file.content

    async def answer(request: Request) -> Response:
        return Response(await run_in_threadpool(told, _house(request)), media_type=file.media)

    return answer


def _page_file(file: PageFile) -> Callable[[Request], Any]:
    async def answer(_request: Request) -> Response:
        return Response(file.content, media_type=file.media)

    return answer


def _asked(answer: Answer) -> Callable[[Request], Any]:
    """Return what answers a question that is JSON, in a thread of its own, so that nobody else waits."""

    async def answered(request: Request) -> Response:
        told = _table(await request.body())
        return JSONResponse(await run_in_threadpool(answer, _house(request), told))

    return answered


def _open(house: House, told: Told) -> Any:
    name = told.get("id")
    if not isinstance(name, str):
        raise InputError.one("must be the name of something in the list", path="id")
    return house.lobby.told(house.lobby.open(name))


def _figures(house: House, told: Told) -> Any:
    return {"values": [house.desk.figures(position) for position in _positions(house, told)]}


def _value(house: House, told: Told) -> Any:
    positions, language = _positions(house, told), _language(house, told)
    values = [house.desk.value(position, language) for position in positions]
    differences = house.desk.difference(positions, language) if len(positions) > 1 else []
    return {"values": values, "differences": differences}


def _moves(house: House, told: Told) -> Any:
    found = house.desk.moves(_position(house, told), _language(house, told))
    return {"moves": found} if isinstance(found, list) else found


def _calendar(house: House, told: Told) -> Any:
    return calendar_of(house.lobby.reader, _position(house, told), _language(house, told))


def _ask(house: House, told: Told) -> Any:
    kind, client = told.get("kind"), told.get("client")
    if kind not in KINDS:
        raise InputError.one(f"{str(kind)[:40]!r} is not a kind of job; {allowed(KINDS)}", path="kind")
    if not (client is None or (isinstance(client, str) and len(client) <= LONGEST_CLIENT)):
        raise InputError.one(f"must be a text of at most {LONGEST_CLIENT} letters", path="client")
    options = {} if client is None else {"client": client}
    return house.work.ask(str(kind), _position(house, told), _language(house, told), **options)


async def _start(request: Request) -> Response:
    return Response(await run_in_threadpool(_house(request).first.told), media_type="application/json")


async def _places(request: Request) -> Response:
    return JSONResponse({"places": await run_in_threadpool(_house(request).lobby.places)})


async def _words(request: Request) -> Response:
    return JSONResponse(await run_in_threadpool(words_of, _language(_house(request), dict(request.query_params))))


async def _upload(request: Request) -> Response:
    lobby, content = _house(request).lobby, await request.body()
    name = request.query_params.get("name", "")[:200]
    return JSONResponse(await run_in_threadpool(lambda: lobby.told(lobby.upload(name, content))))


async def _scenario(request: Request) -> Response:
    told, house = _table(await request.body()), _house(request)
    position = _position(house, told)
    return await run_in_threadpool(scenario_of, house.lobby.reader, position)


async def _quit(request: Request) -> Response:
    _house(request).stop()
    return JSONResponse({"stopped": True})


async def _jobs(request: Request) -> Response:
    return JSONResponse({"jobs": _house(request).work.jobs()})


async def _job(request: Request) -> Response:
    return _told(_house(request).work.job(request.path_params["id"]))


async def _cancel(request: Request) -> Response:
    return _told(await run_in_threadpool(_house(request).work.cancel, request.path_params["id"]))


async def _headline(request: Request) -> Response:
    folder = _run(request)
    return Response((folder / "headline.json").read_bytes(), media_type="application/json")


async def _view(request: Request) -> Response:
    house, panel, folder = _house(request), request.path_params["panel"], _run(request)
    language = _language(house, dict(request.query_params))
    return JSONResponse(await run_in_threadpool(panel_of, folder, panel, language))


async def _file(request: Request) -> Response:
    house, folder = _house(request), _run(request)
    language = _language(house, dict(request.query_params))
    return await run_in_threadpool(answer_of, folder, request.path_params["rest"], language)


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


def _run(request: Request) -> Path:
    """Return the folder of the run that is asked for."""
    folder = _house(request).work.run_of(request.path_params["run"])
    if folder is None:
        raise InputError.one("there is no such run; ask for it again", path="run")
    return folder


def _table(body: bytes) -> Told:
    try:
        found = json.loads(body)
        json.dumps(found, ensure_ascii=False).encode()  # half a pair of surrogates is no text
    except (ValueError, RecursionError):
        raise InputError.one("is not JSON", path="body") from None
    if not isinstance(found, dict):
        raise InputError.one("must be a table", path="body")
    return found


def _position(house: House, told: Told) -> Position:
    return house.lobby.position(told.get("position"))


def _positions(house: House, told: Told) -> Sequence[Position]:
    found = told.get("positions")
    if not isinstance(found, list) or not 1 <= len(found) <= MOST_POSITIONS:
        raise InputError.one(f"must be a list of 1 to {MOST_POSITIONS} positions", path="positions")
    return [house.lobby.position(one) for one in found]


def _language(house: House, told: Told) -> str:
    language = told.get("language", house.lobby.started.language)
    if language not in page_languages():
        raise InputError.one(f"{str(language)[:20]!r} is no language; {allowed(page_languages())}", path="language")
    return str(language)


def _told(found: dict[str, Any] | None) -> Response:
    if found is None:
        raise InputError.one("there is no such job", path="id")
    return JSONResponse(found)


async def _wrong(request: Request, wrong: InputError) -> Response:
    faults = [_house(request).lobby.shown(fault) for fault in wrong.faults]
    gone = any(fault["path"] in ("run", "id") for fault in faults) and request.method == "GET"
    return JSONResponse({"faults": faults}, 404 if gone else 422)


async def _failed(_request: Request, wrong: RunError) -> Response:
    return JSONResponse({"faults": [{"path": "", "message": str(wrong)}]}, 500)


async def _broken(request: Request, _wrong: Exception) -> Response:
    return broken(_house(request).lobby.started.language)


async def _nothing(_request: Request, wrong: Exception) -> Response:
    status = getattr(wrong, "status_code", 404)
    return JSONResponse({"faults": [{"path": "", "message": "there is nothing here"}]}, status)
