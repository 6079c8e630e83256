"""What can be taken home: the scenario as set, and of a run its headline, folder, figures, tables and documents.

A name that the page asks for is looked up in a list of what there is, and never used as a path. The folder of a run
stays as it is: what is drawn or written on request lies in a folder beside it, and is drawn in another process, since
what draws and writes needs several times the memory of the page's server.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Final

from simulator.errors import EXIT_WRONG_INPUT, InputError, RunError
from simulator.report.language import languages
from simulator.report.pictures import USUAL_LANGUAGE
from simulator.report.plugs import fits, plug_names
from simulator.report.reading import Run, read_run
from simulator.report.style import SIZES
from simulator.report.tables import data_table
from simulator.scenario import Scenario
from simulator.scenario.resolved import series_file
from simulator.web.position import Position, as_file

Download = tuple[str, str, bytes | Path]
"""Name of the file, its media type, and its content or where it lies."""

MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "text/yaml; charset=utf-8",
    "zip": "application/zip",
}
DANISH: Final = "da"
"""A table with semicolons and decimal commas, as a Danish spreadsheet opens it."""
PICTURES: Final = ("svg", "png")
FORMS: Final = {"full": "brief", "short": "brief-short"}
"""Forms of a brief, and what its files are called."""
TEXTS: Final = ("pdf", "docx", "html", "md")
ON_REQUEST: Final = "asked"
"""Ends the name of the folder, beside that of the run, that holds what was drawn or written on request."""
UNDATED: Final = (1980, 1, 1, 0, 0, 0)
FILE_RIGHTS: Final = 0o644 << 16
MOST_SECONDS: Final = 180
_ONE_AT_A_TIME: Final = Lock()
"""Each takes a processor and two hundred megabytes; a page that asks for many at once waits for them in turn."""


def scenario_file(position: Position, scenario: Scenario) -> Download:
    """Return a position as a file that runs on the command line; with its own series of incidence, both in a zip.

    Args:
        position: The position.
        scenario: The same, read.
    """
    text = as_file(position, scenario).encode()
    series = series_file(scenario)
    if series is None:
        return f"{scenario.name}.yaml", MEDIA["yaml"], text
    files = {f"{scenario.name}/{scenario.name}.yaml": text, f"{scenario.name}/{series.name}": series.read_bytes()}
    return f"{scenario.name}.zip", MEDIA["zip"], _zipped(files)


def download(run: Path, name: str, language: str) -> Download:
    """Return what is asked for of a run by its name: `run.zip`, `figures/bridge.svg`, `brief/short.pdf` and others.

    Args:
        run: Folder of the run.
        name: One of `names_of`.
        language: Language of what is drawn or written.

    Raises:
        InputError: The run has no such thing, or there is no such language.
        RunError: It could not be drawn or written.
    """
    found = _makers(read_run(run)).get(name)
    if found is None:
        raise InputError.one(f"there is no {name[:80]!r} of this run", path="file")
    if language not in languages():
        raise InputError.one(f"no language {language[:20]!r}; allowed: {', '.join(languages())}", path="language")
    return found(language)


def names_of(run: Path) -> tuple[str, ...]:
    """Return the names of all that can be taken home of a run."""
    return tuple(_makers(read_run(run)))


def figures_of(run: Run) -> tuple[str, ...]:
    """Return the names of the figures that fit a run."""
    return tuple(name for name in plug_names("figures") if fits(name, run))


def tables_of(run: Run) -> tuple[str, ...]:
    """Return the names of the tables of a run."""
    return tuple(sorted(path.stem for path in (run.folder / "tables").glob("*.csv")))


def _makers(run: Run) -> dict[str, Callable[[str], Download]]:
    """Return what makes each thing that can be taken home, by its name, given a language."""
    folder, stem = run.folder, str(run.headline.get("scenario") or "run")
    found: dict[str, Callable[[str], Download]] = {
        "headline.json": lambda _: ("headline.json", MEDIA["json"], (folder / "headline.json").read_bytes()),
        "run.zip": lambda _: (f"{stem}.zip", MEDIA["zip"], run_zip(folder, stem)),
    }
    for table in tables_of(run):
        found[f"tables/{table}.csv"] = _kept(folder / "tables" / f"{table}.csv", f"{stem}-{table}.csv")
        found[f"tables/{DANISH}/{table}.csv"] = _danish(folder, stem, table)
    for figure in figures_of(run):
        for ending in PICTURES:
            found[f"figures/{figure}.{ending}"] = _figure(folder, stem, figure, ending)
    for form in FORMS:
        for ending in TEXTS:
            found[f"brief/{form}.{ending}"] = _brief(folder, stem, form, ending)
    found["brief/full.xlsx"] = _brief(folder, stem, "full", "xlsx")
    return found


def _kept(path: Path, name: str) -> Callable[[str], Download]:
    return lambda _: (name, MEDIA[path.suffix[1:]], path)


def _danish(folder: Path, stem: str, table: str) -> Callable[[str], Download]:
    return lambda _: (f"{stem}-{table}-{DANISH}.csv", MEDIA["csv"], data_table(folder, table, DANISH))


def _figure(folder: Path, stem: str, name: str, ending: str) -> Callable[[str], Download]:
    def made(language: str) -> Download:
        kept = folder / "figures" / f"{name}.{ending}"
        if language == USUAL_LANGUAGE and kept.is_file():
            return f"{stem}-{name}.{ending}", MEDIA[ending], kept
        out = _beside(folder) / language
        file = out / f"{name}.{ending}"
        if not file.is_file():
            _elsewhere("draw_figure", folder, (name, "page", language), file)
        return f"{stem}-{name}-{language}.{ending}", MEDIA[ending], file

    return made


def _brief(folder: Path, stem: str, form: str, ending: str) -> Callable[[str], Download]:
    def made(language: str) -> Download:
        out = _beside(folder) / language
        name = _brief_name(form, ending, language)
        kept = folder / name
        file = kept if kept.is_file() else out / name
        if not file.is_file():
            _elsewhere("write_brief", folder, (form, ending, language), file)
        return f"{stem}-{name}", MEDIA[ending], file

    return made


def _brief_name(form: str, ending: str, language: str) -> str:
    return f"{FORMS[form]}.{ending}" if language == USUAL_LANGUAGE else f"{FORMS[form]}.{language}.{ending}"


def _beside(folder: Path) -> Path:
    """Return the folder beside that of a run in which what is made on request lies."""
    return folder.parent / f"{folder.name}-{ON_REQUEST}"


def _elsewhere(maker: str, folder: Path, asked: Sequence[str], file: Path) -> None:
    """Draw or write in another process, whose memory is given back when it is done; the files appear whole.

    Raises:
        InputError: What is asked for does not fit the run.
        RunError: It failed, or took too long.
    """
    if not _ONE_AT_A_TIME.acquire(timeout=MOST_SECONDS):
        raise RunError("other documents are still being made; ask again")
    try:
        if not file.is_file():  # who waited may have waited for this one
            _made_elsewhere((maker, str(folder), *asked, str(file.parent)))
    finally:
        _ONE_AT_A_TIME.release()


def _made_elsewhere(words: Sequence[str]) -> None:
    call = (sys.executable, "-m", "simulator.web.downloads", *words)
    try:
        done = subprocess.run(call, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired as late:
        raise RunError(f"the document took more than {MOST_SECONDS} seconds; ask again") from late
    told = done.stderr.strip().replace(f"{Path(words[1]).parent}{os.sep}", "")  # no folder of this machine
    if done.returncode == EXIT_WRONG_INPUT:
        raise InputError.one(told[-500:], path="file")
    if done.returncode:
        raise RunError(f"the document could not be made: {(told.splitlines() or ['no reason'])[-1]}")


def draw_figure(folder: Path, name: str, size: str, language: str, out: Path) -> list[Path]:
    """Draw a figure of a run as SVG and PNG, with what it draws as CSV, into a folder of its own; return the files.

    Args:
        folder: Folder of the run, which stays as it is.
        name: Name of the figure.
        size: `column`, `page` or `slide`.
        language: Language of the words.
        out: Folder; made where there is none.

    Raises:
        InputError: There is no such figure, size or language, or the figure does not fit the run.
    """
    from simulator.report.drawn_files import write_drawn
    from simulator.report.language import read_words
    from simulator.report.pictures import Pictures

    if size not in SIZES:
        raise InputError.one(f"no size {size!r}; allowed: {', '.join(SIZES)}", path="size")
    drawn = Pictures(read_run(folder), read_words(language)).drawn(name, size)
    return _moved_into(out, lambda made: write_drawn(made, name, size, drawn))


def write_brief(folder: Path, form: str, ending: str, language: str, out: Path) -> list[Path]:
    """Write the brief of a run in a form and format into a folder of its own, and return the file.

    Args:
        folder: Folder of the run, which stays as it is.
        form: `full` or `short`.
        ending: Name of the format, such as `pdf`.
        language: Language of the brief.
        out: Folder; made where there is none.

    Raises:
        InputError: There is no such form, format or language, or the run keeps back what it would say.
    """
    from simulator.report.brief import make_brief
    from simulator.report.edition import Edition

    if form not in FORMS:
        raise InputError.one(f"no form {form!r}; allowed: {', '.join(FORMS)}", path="form")
    return _moved_into(out, lambda made: make_brief(folder, (ending,), language, Edition(form=form, into=made)))


def _moved_into(out: Path, make: Callable[[Path], list[Path]]) -> list[Path]:
    """Make files in a folder beside, and move them into place, so that none is there by half."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as beside:
        made = make(Path(beside))
        return [path.replace(out / path.name) for path in made]


def run_zip(folder: Path, name: str) -> bytes:
    """Return the folder of a run as a zip in which all lies below one name; the same run gives the same bytes.

    Args:
        folder: Folder of the run.
        name: Name of the folder in the zip.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return _zipped({f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths})


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            told = zipfile.ZipInfo(name, UNDATED)
            told.external_attr = FILE_RIGHTS
            told.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(told, content)
    return stream.getvalue()


MAKERS: Final = {"draw_figure": draw_figure, "write_brief": write_brief}


def main(given: Sequence[str]) -> int:
    """Draw or write what the server asks of this process: a maker, a run folder, three words and a folder."""
    maker, folder, *words, out = given
    try:
        MAKERS[maker](Path(folder), words[0], words[1], words[2], Path(out))
    except InputError as wrong:
        sys.stderr.write(f"{wrong}\n")
        return EXIT_WRONG_INPUT
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
