"""Made-up runs on disk, each written once, and their briefs, each made once."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path

import pytest

from simulator.report.brief import compose
from simulator.report.language import Words, read_words
from simulator.report.pictures import Pictures
from simulator.report.plugs import plug
from simulator.report.reading import Run, read_run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==")
FolderOf = Callable[[str], Path]
RunOf = Callable[[str], Run]
BriefOf = Callable[[str, str], str]


@pytest.fixture(scope="session")
def folder_of(tmp_path_factory: pytest.TempPathFactory) -> FolderOf:
    """Folder of a made-up run by the name of its shape."""

    @cache
    def folder(name: str) -> Path:
        return write_run(tmp_path_factory.mktemp(name) / "run", SHAPES[name])

    return folder


@pytest.fixture(scope="session")
def run_of(folder_of: FolderOf) -> RunOf:
    """Made-up run, read once, by the name of its shape; a run is never written to."""
    return cache(lambda name: read_run(folder_of(name)))


class Undrawn(Pictures):
    """Pictures that say what they show and are not drawn, for tests of text."""

    def svg(self, name: str, size: str = "page") -> str:
        """Return an empty SVG with the words of the figure."""
        told = f"<desc>{escape(self.alt(name))}</desc>"
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 468 200" width="468pt">{told}</svg>'

    def png(self, name: str, size: str = "page") -> bytes:
        """Return a picture of one dot."""
        return DOT


@pytest.fixture(scope="session")
def brief_of(folder_of: FolderOf) -> BriefOf:
    """Text of the brief of a made-up run in a format, without its drawings."""

    @cache
    def brief(name: str, form: str) -> str:
        run = read_run(folder_of(name))
        words = words_for(run, read_words("da"))
        written: bytes = plug("formats", form, "format").write(compose(Telling(run, words)), Undrawn(run, words))
        return written.decode()

    return brief


@pytest.fixture(scope="session")
def words() -> Words:
    """The Danish words."""
    return read_words("da")
