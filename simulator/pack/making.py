"""Packs a run: looks whether it is whole, takes from each file what stays, and zips it the same way each time."""

from __future__ import annotations

import contextlib
import getpass
import io
import json
import platform
import re
import tempfile
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from simulator.errors import InputError, RunError
from simulator.pack.cleaned import cleaned, is_draft, with_documents
from simulator.pack.left_out import FILE, LeftOut, told
from simulator.results.folder import MANIFEST
from simulator.results.read import KeptRun, kept_run
from simulator.results.verify import faults_of

ADDED = ": was not written by the run"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The day that every file of a zip carries: the first that a zip can tell."""
LEVEL = 9
SHORTEST_NAME = 4
"""Names of machines and people that are shorter may stand in any text by chance."""
_OF_A_MACHINE = re.compile(rb"(?:/home/|/Users/|/root/|/tmp/|[A-Za-z]:\\Users\\)[\w.-]{2,}")


def packed(folder: Path) -> dict[str, bytes]:
    """Return the files of a pack by name, in the order of the zip.

    Args:
        folder: Folder of a finished run.

    Raises:
        InputError: It is no run, or a file of it is missing or was changed.
        RunError: A file would carry a path or a name of this machine.
    """
    kept = kept_run(folder)
    faults = faults_of(kept)
    damaged = [fault for fault in faults if not fault.endswith(ADDED)]
    if damaged:
        message = (
            f"is not as the run wrote it: {'; '.join(damaged[:5])}; a pack holds what was run and nothing else; "
            "make the run again, or put back what was changed"
        )
        raise InputError.one(message, str(folder))
    later = [LeftOut(fault.removesuffix(ADDED), "later") for fault in faults]
    files, left_out = _chosen(kept)
    left_out += later
    files[FILE] = told(str(kept.record.get("run_id", "")), kept.headline, left_out).encode()
    files[MANIFEST] = _record(kept, files)
    _refuse_traces(files, kept)
    return dict(sorted(files.items()))


def write_pack(folder: Path, out: Path, *, force: bool = False) -> Path:
    """Write the pack of a run; whole or not at all.

    Args:
        folder: Folder of a finished run.
        out: The zip.
        force: Whether it may take the place of a file.

    Raises:
        InputError: It is no run, it is damaged, or the place is not free.
        RunError: It cannot be written, or a file would carry a path or a name of this machine.
    """
    _refuse_place(folder, out, force=force)
    content = zipped(packed(folder))
    aside = None
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
            aside = Path(file.name)
            file.write(content)
        aside.chmod(0o644)
        aside.replace(out)
    except OSError as wrong:
        raise RunError(f"{out} could not be written: {wrong.strerror or wrong}") from wrong
    finally:
        if aside is not None:
            aside.unlink(missing_ok=True)
    return out


def zipped(files: dict[str, bytes]) -> bytes:
    """Return files as a zip; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            into.writestr(entry, content, compresslevel=LEVEL)
    return made.getvalue()


def _chosen(kept: KeptRun) -> tuple[dict[str, bytes], list[LeftOut]]:
    """Return the files that stay, cleaned, and what does not."""
    files: dict[str, bytes] = {}
    left_out = [LeftOut(MANIFEST, "paths")]
    draft = is_draft(kept.folder)
    for name in kept.record["files"]:
        if name == "log.txt":
            left_out.append(LeftOut(name, "commands"))
        elif name.endswith(".parquet"):
            left_out.append(LeftOut(name, "copy"))
        elif draft and name.startswith(("brief", "tabeller.")):
            left_out.append(LeftOut(name, "draft"))
        else:
            content, reasons = cleaned(name, (kept.folder / name).read_bytes())
            left_out += [LeftOut(name, reason) for reason in reasons]
            if content is not None:
                files[name] = content
    files, gone = with_documents(files, {one.why for one in left_out})
    return files, [*left_out, *(LeftOut(name, "people") for name in gone)]


RECORDED = (
    *("run_id", "scenario", "version", "commit", "packages", "seed", "replications", "draws", "engine"),
    *("register_in_force", "known_as_of", "sources"),
)
"""What of the record of a run is handed out."""


def _record(kept: KeptRun, files: dict[str, bytes]) -> bytes:
    record = {name: kept.record.get(name) for name in RECORDED}
    record["files"] = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    return (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode()


def _refuse_traces(files: dict[str, bytes], kept: KeptRun) -> None:
    """Refuse a pack with a path or a name of this machine: text that people wrote may hold one.

    Raises:
        RunError: A file does.
    """
    names = tuple(name.encode() for name in _traces(kept))
    for name, content in files.items():
        found = next((one for one in names if one in content), None)
        if found is None and not name.endswith((".png", ".pdf", ".docx", ".xlsx")):
            match = _OF_A_MACHINE.search(content)
            found = match[0] if match else None
        if found is not None:
            told_as = found.decode("utf-8", "replace")
            raise RunError(f"{name} holds {told_as!r}, a path or name of a machine; nothing was packed; take it out of "
                           "the scenario's texts and run again")  # fmt: skip


def _traces(kept: KeptRun) -> Iterator[str]:
    """Yield what must not stand in a pack: where the run and the scenario lie, the home folder, the machine."""
    yield str(kept.folder.resolve())
    scenario = Path(str(kept.record.get("scenario_file", "")))
    if scenario.is_absolute() and len(scenario.parts) > 2:
        yield str(scenario.parent)
    if platform.node() and len(platform.node()) >= SHORTEST_NAME and platform.node() != "localhost":
        yield platform.node()
    with contextlib.suppress(OSError, KeyError, RuntimeError):
        yield from (name for name in (f"{Path.home()}/", f"/{getpass.getuser()}/") if len(name) > SHORTEST_NAME)


def _refuse_place(folder: Path, out: Path, *, force: bool) -> None:
    if out.is_dir():
        raise InputError.one("is a folder; give the name of a file, such as pack.zip", str(out), "--out")
    if out.exists() and not force:
        raise InputError.one("is there already; choose another name, or replace it with --force", str(out), "--out")
    if not out.parent.is_dir():
        raise InputError.one(f"cannot be made: there is no folder {out.parent}", str(out), "--out")
    if folder.is_dir() and out.resolve().is_relative_to(folder.resolve()):
        raise InputError.one("lies in the folder of the run, which is left as it is; give another", str(out), "--out")
