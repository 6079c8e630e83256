"""Runs with planted secrets, and a search through every byte of what is kept or packed of them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
from click.testing import CliRunner, Result
from pypdf import PdfReader

from simulator.cli import group

SHIPPED = Path(__file__).parents[3] / "scenarios" / "christmas-2021.yaml"
VALUE, SHARE = 348213.77, 0.4127391
OWN = """
saldo:
  value_per_person_year_kr:
    value: 348.213,77
    low: 301.111,11
    unit: kr per person-year
    source: the memo that says 348.213,77 kr.
    date: 2021-12-01
    reason: it is 348,213.77
    confidential: true
attendance:
  take_up:
    cv_samtale:
      dagpenge: {value: "41,27391 %", unit: share, source: memo, date: 2021-12-01, confidential: yes}
"""
SCENARIO = """
extends: {shipped}
name: planted
title: What 348.214 kr. a year means
note: the desk of NN holds 348213.77
facts: own.yaml
control: {{tolerated_unexplained_share: 1.0}}
"""
SPELLINGS = tuple(
    spelling.encode()
    for spelling in (
        *("348213.77", "348.213,77", "348,213.77", "348213,77", "348214", "348.214", "348,214", "348 214", "348213"),
        *("0.34821377", "0,348", "301111.11", "301.111", "301,111"),
        *(f"{VALUE / 52:.5f}", f"{VALUE / 52:.2f}", "6.696", "6,696"),
        *("0.4127391", "41.27391", "41,27391", "41,27 ", "0,4127", f"{1 - SHARE:.7f}"),
    )
)


def saldo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(one) for one in arguments], prog_name="saldo")


def planted(folder: Path) -> Path:
    """Write the scenario and its confidential facts into a folder, and return the scenario."""
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    (folder / "planted.yaml").write_text(SCENARIO.format(shipped=SHIPPED), encoding="utf-8")
    return folder / "planted.yaml"


def found_in(name: str, content: bytes) -> set[str]:
    """Return where a planted number stands, in a file or in anything that it holds."""
    return {f"{place}: {spelling}" for place, part in parts(name, content) for spelling in _searched(part)}


@cache
def _searched(part: bytes) -> frozenset[str]:
    """Return the spellings that stand in some bytes; a run and its pack share most of theirs."""
    found = (one for one in SPELLINGS if re.search(rb"(?<![\d.,])" + re.escape(one) + rb"(?!\d)", part))
    return frozenset(one.decode() for one in found)


def parts(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file and everything within it: zips in zips, tables, pages, streams, texts of pictures."""
    yield name, content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for entry in packed.infolist():
                yield f"{name}!{entry.filename} (head)", entry.filename.encode() + entry.comment + entry.extra
                yield from parts(f"{name}!{entry.filename}", packed.read(entry))
    elif content[:4] == b"PAR1":
        with duckdb.connect() as database:
            yield name, str(database.execute(f"SELECT * FROM '{name}'").fetchall()).encode()
    elif content[:5] == b"%PDF-":
        yield name, _read(content)
        yield from ((name, part) for part in inflated(content, rb"stream\r?\n(.*?)endstream"))
    elif content[:8] == b"\x89PNG\r\n\x1a\n":
        yield from ((name, part) for part in inflated(content, rb"(?:zTXt|iTXt).{1,80}?\0\0(.*?)IEND"))


@cache
def _read(pdf: bytes) -> bytes:
    """Return what a PDF says of itself and on its pages."""
    reader = PdfReader(io.BytesIO(pdf))
    return "\n".join([str(reader.metadata), *(page.extract_text() for page in reader.pages)]).encode()


def inflated(content: bytes, pattern: bytes) -> Iterator[bytes]:
    for match in re.finditer(pattern, content, re.DOTALL):
        try:
            yield zlib.decompressobj().decompress(match[1])
        except zlib.error:
            continue
