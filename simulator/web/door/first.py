"""What the page is told first: enough to show a figure and its sliders at once, made before anybody asks.

Words of one language, what was opened, its figure and its sliders; the page asks for all else when its first figure is
there.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from simulator.errors import InputError
from simulator.results.record import version_of
from simulator.web.door.guard import JSON_BYTES, UPLOAD_BYTES
from simulator.web.position import MOST_SETTINGS, Position
from simulator.web.words import page_words

if TYPE_CHECKING:
    from simulator.web.door.house import Desk
    from simulator.web.door.lobby import Lobby

MOST_POSITIONS: Final = 6
LIMITS: Final = {
    "json_bytes": JSON_BYTES,
    "upload_bytes": UPLOAD_BYTES,
    "positions": MOST_POSITIONS,
    "settings": MOST_SETTINGS,
}
NOTHING: Final[dict[str, Any]] = {"value": None, "sheet": None}
SPOKEN: Final = ("page", "views")


class First:
    """What the page is told when it starts.

    The figure is worked out again only when what was opened has been simulated, since then it is another.
    """

    def __init__(self, desk: Desk, lobby: Lobby) -> None:
        """Take what values, and what is open."""
        self._desk, self._lobby = desk, lobby
        self._figure: tuple[bool, str] | None = None

    def told(self) -> str:
        """Return what the page is told, as JSON.

        Raises:
            InputError: What was opened cannot be read any more.
        """
        language, first = self._lobby.started.language, self._lobby.first
        told = {
            "language": language,
            "words": {language: words_of(language)},
            "opened": None if first is None else self._lobby.told(first),
            "version": version_of("saldo"),
            "limits": LIMITS,
        }
        figure = _text(NOTHING) if first is None else self._figured(Position(first), language)
        return f'{_text(told)[:-1]},"first":{figure}}}'

    def _figured(self, position: Position, language: str) -> str:
        simulated = self._desk.has(position)
        if self._figure is None or self._figure[0] != simulated:
            self._figure = simulated, _text(self._figure_of(position, language))
        return self._figure[1]

    def _figure_of(self, position: Position, language: str) -> dict[str, Any]:
        """Return figure and sliders; nothing where they are wrong, which the page is told where it asks."""
        with suppress(InputError):
            value, sheet = self._desk.value(position, language), self._desk.sheet(position, language)
            return {"value": value, "sheet": {**sheet, "assumptions": []}}
        return NOTHING


def words_of(language: str) -> dict[str, Any]:
    """Return the words of a language, as far as the page speaks them itself.

    Raises:
        InputError: There is no such language.
    """
    words = page_words(language)
    return {**{name: words[name] for name in SPOKEN}, "desk": {"keys": words["desk"]["keys"]}}


def _text(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
