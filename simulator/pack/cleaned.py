"""What of each file of a run is handed out: tables and the scenario without notes, names and the internal split."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from simulator.facts.secrets import BLACK
from simulator.report import make_brief
from simulator.report.brief import FORMS, STEMS, file_name
from simulator.report.edition import Edition
from simulator.report.language import languages
from simulator.report.reading import read_run
from simulator.report.story import Story

TABLES = "tabeller.xlsx"
NAMES = ("owner", "signed_off_by")
NOTES = ("note",)
NOT_SCENARIO = ("note", "owner", "signed_off_by", "signed_off_on", "layer")
"""Keys that are left out of the scenario in full, wherever they stand."""
SPLIT = ("type", "group")
Cleaned = tuple[bytes | None, tuple[str, ...]]
"""A file as it is handed out, None where it is not; and the reasons for what was left out of it."""


def is_draft(folder: Path) -> bool:
    """Return whether the documents of a run are drafts."""
    return bool(Story(read_run(folder)).draft_reasons)


def cleaned(name: str, content: bytes) -> Cleaned:
    """Return a file as it is handed out.

    Args:
        name: Its name in the folder of the run.
        content: Its bytes.
    """
    clean = CLEANED.get(name)
    return (content, ()) if clean is None else clean(content)


def with_documents(files: dict[str, bytes], reasons: set[str]) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of a pack, and those that go; where names were replaced, documents are made again without them.

    Args:
        files: The files, cleaned.
        reasons: Why something was left out.
    """
    if "names" not in reasons:
        return files, []
    briefs = [name for name in files if name.startswith("brief")]
    with tempfile.TemporaryDirectory(prefix="saldo-pack-") as aside:
        folder = Path(aside)
        for name, content in {**files, "manifest.json": b"{}"}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        for name in briefs:
            _make(folder, name)
        gone = [name for name in files if name == TABLES]
        return {name: (folder / name).read_bytes() for name in files if name not in gone}, gone


def _make(folder: Path, name: str) -> None:
    """Write one brief again from what stands in a folder."""
    ending = name.rpartition(".")[2]
    for language in languages():
        for form in FORMS:
            if file_name(ending, language, STEMS[form]) == name:
                make_brief(folder, (ending,), language, Edition(form=form))


def _assumptions(content: bytes) -> Cleaned:
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    frame["layer"] = ["facts file" if cell.startswith("facts file ") else cell for cell in frame["layer"]]
    named = any((frame[name] != "").any() for name in (*NAMES, *NOTES))
    if not named:
        return _csv(frame), ()
    for name in NAMES:
        frame[name] = [BLACK if cell else "" for cell in frame[name]]
    return _csv(frame.assign(**dict.fromkeys(NOTES, ""))), ("names",)


def _saldo(content: bytes) -> Cleaned:
    """Return the table of kroner summed over types and groups."""
    frame = pd.read_csv(io.BytesIO(content), keep_default_na=False, dtype={"year": str})
    order = list(frame.columns)
    by = [name for name in order if name not in (*SPLIT, "kr")]
    summed = frame.groupby(by, sort=False, as_index=False)["kr"].sum()
    return _csv(summed.assign(**dict.fromkeys(SPLIT, ""))[order]), ("split",)


def _control(content: bytes) -> Cleaned:
    """Return the control without its products of kroner by type and group."""
    text = content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    lines = text.splitlines(keepends=True)
    kept = [line for line, row in zip(lines[1:], rows, strict=True) if not _is_split(row)]
    return "".join([lines[0], *kept]).encode(), ("split",) if len(kept) < len(rows) else ()


def _is_split(row: dict[str, str]) -> bool:
    return row["quantity"].endswith("_kr") and bool(row["type"] or row["group"])


def _scenario(content: bytes) -> Cleaned:
    """Return the scenario in full without notes, layers and names; none of it where lines do not tell it."""
    text = content.decode()
    lines = [line for line in text.splitlines(keepends=True)[1:] if _key(line) not in NOT_SCENARIO]
    stripped = "".join(lines)
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        same = yaml.load(stripped, Loader=loader) == _without(yaml.load(text, Loader=loader))
    except yaml.YAMLError:
        same = False
    return (stripped.encode(), ("people",)) if same else (None, ("unsafe",))


def _key(line: str) -> str:
    return line.strip().removeprefix("- ").partition(":")[0]


def _without(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _without(below) for key, below in tree.items() if key not in NOT_SCENARIO}
    return [_without(one) for one in tree] if isinstance(tree, list) else tree


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode()


CLEANED: dict[str, Callable[[bytes], Cleaned]] = {
    "tables/assumptions.csv": _assumptions,
    "tables/saldo.csv": _saldo,
    "tables/control.csv": _control,
    "scenario.resolved.yaml": _scenario,
}
"""Files that are not handed out as they are."""
