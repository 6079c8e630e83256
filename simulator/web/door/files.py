"""What is read from a run for the page: panels and downloads; by names of a list, which are never used as paths."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.responses import FileResponse, Response

from simulator.web import downloads, views
from simulator.web.position import Position, Reader
from simulator.web.views import calendar


def panel_of(run: Path, panel: str, language: str) -> Any:
    """Return what a panel shows of a run.

    Args:
        run: Folder of the run.
        panel: Name of the panel.
        language: Language of the words.

    Raises:
        InputError: There is no such panel.
    """
    return views.panel_of(run, panel, language)


def calendar_of(reader: Reader, position: Position, language: str) -> Any:
    """Return the days and rules of a position, and what can be edited; nothing is simulated.

    Args:
        reader: Reads the scenario.
        position: The position.
        language: Language of the words.

    Raises:
        InputError: The position is wrong.
    """
    return calendar.calendar_of(reader(position), language)


def answer_of(run: Path, name: str, language: str) -> Response:
    """Return a file of a run as an answer.

    Args:
        run: Folder of the run.
        name: What is asked for, such as `figures/bridge.svg`.
        language: Language of what is drawn or written.

    Raises:
        InputError: There is no such file.
    """
    return _answer(downloads.download(run, name, language))


def scenario_of(reader: Reader, position: Position) -> Response:
    """Return a position as a file that runs on the command line, as an answer.

    Args:
        reader: Reads the scenario.
        position: The position.

    Raises:
        InputError: The position is wrong.
    """
    return _answer(downloads.scenario_file(position, reader(position)))


def _answer(download: tuple[str, str, bytes | Path]) -> Response:
    """Return a file as an answer that a browser keeps and does not show."""
    name, media, content = download
    if isinstance(content, Path):
        return FileResponse(content, media_type=media, filename=name)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=media, headers=headers)
