"""Reads the text of a file that people name, and says what is wrong where that cannot be done."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from simulator.errors import Fault, InputError

LARGEST_FILE_BYTES = 1_000_000
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
"""What people may call a file or folder that is made for them."""
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Windows cannot hold files of these names."""


def is_name(text: str) -> bool:
    """Return whether a file or folder can be called so everywhere."""
    return NAME.fullmatch(text) is not None and text not in RESERVED


def near_name(text: str) -> str:
    """Return "; did you mean ...?" with a name that is like a text that is none, or nothing."""
    hint = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64]
    return f"; did you mean {hint}?" if is_name(hint) else ""


def is_file(path: Path) -> bool:
    """Return whether there is such a file; False too where no file can have such a name."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Return whether there is such a folder; False too where none can have such a name."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def text_of_file(path: Path, name: str) -> str:
    """Return the text of a small file in UTF-8, without its byte order mark.

    Args:
        path: The file.
        name: How faults name it.

    Raises:
        InputError: If there is no such file, or it is a folder, too large, or not UTF-8.
    """
    try:
        if path.is_dir():
            raise InputError.one("is a folder; give a scenario file (.yaml)", name)
        if not path.is_file():
            raise InputError.one("there is no such file" + _near(path), name)
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise InputError.one(f"is larger than {LARGEST_FILE_BYTES // 1_000_000} MB; no scenario is", name)
        content = path.read_bytes()
    except (OSError, ValueError) as wrong:
        raise InputError.one(f"cannot be read: {getattr(wrong, 'strerror', None) or wrong}", name) from wrong
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError([Fault(name, 1, 1, "", "is written in UTF-16; save it as UTF-8")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        before = content[: wrong.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"byte 0x{content[wrong.start]:02X} is not UTF-8 (perhaps Windows-1252); save the file as UTF-8"
        raise InputError([Fault(name, line, column, "", message)]) from wrong


def _near(path: Path) -> str:
    if not path.parent.is_dir():
        return f"; there is no folder {path.parent}"
    names = [other.name for other in sorted(path.parent.glob("*.y*ml"))[:500]]
    close = get_close_matches(path.name, names, 1) or get_close_matches(f"{path.name}.yaml", names, 1)
    return f"; did you mean {path.parent / close[0]}?" if close else ""
