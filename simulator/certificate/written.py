"""A certificate as text for a reader, and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from simulator.certificate.again import TAKEN_OVER
from simulator.certificate.certify import MACHINE, PROGRAM, Certificate
from simulator.certificate.compare import Difference
from simulator.errors import InputError

MOST_LINES = 20
"""Differences of a file that the text tells; JSON holds all."""
FORMS = (".json", ".txt")


def text_of(certificate: Certificate, most: int = MOST_LINES) -> str:
    """Return a certificate as text.

    Args:
        certificate: The certificate.
        most: Differences of a file that are told.
    """
    return "\n".join(_lines(certificate, most))


def _lines(certificate: Certificate, most: int) -> Iterator[str]:
    yield f"{result_of(certificate)}  {certificate.run}"
    yield from _head(certificate)
    if certificate.impossible:
        yield "The run cannot be made again:"
        yield from (f"  {line}" for line in certificate.impossible.splitlines())
    if certificate.checks:
        yield "Its own hashes and sums:"
        yield from (f"  {fault}" for fault in certificate.checks)
    for name, differences in certificate.files.items():
        yield from _file(name, differences, most)
    yield from _foot(certificate)


def _head(certificate: Certificate) -> Iterator[str]:
    """Yield what was done, by whom and when, and with which versions."""
    yield "Replay certificate" if certificate.rerun else "Check of hashes and sums; the run was not made again"
    yield f"  run        {certificate.folder}"
    who = f"{certificate.by}, login {certificate.login}" if certificate.by else f"login {certificate.login}"
    yield f"  by         {who}"
    yield f"  when       {certificate.when:%Y-%m-%d %H:%M:%S} UTC"
    yield f"  made with  {_versions(certificate.made_with)}"
    yield f"  again with {_versions(certificate.again_with)}"
    if not certificate.same_program:
        yield "  The run was made by another program or by other versions of its packages; it is compared all the same."
    elif not certificate.same_machine:
        yield "  The run was made on another machine; numbers may differ in the last bits of their decimals."


def _foot(certificate: Certificate) -> Iterator[str]:
    """Yield what was compared and what was not."""
    if certificate.rerun and not certificate.impossible:
        yield f"Compared: {len(certificate.compared)} files, {len(certificate.files)} of them differ."
    for why in dict.fromkeys(certificate.left.values()):
        names = [name for name, reason in certificate.left.items() if reason == why]
        yield f"Not compared, {why}: {', '.join(names)}."
    if certificate.rerun:
        yield "Taken from the record, since a second run cannot have it in common with the first:"
        yield from (f"  {name}: {what}" for name, what in TAKEN_OVER.items())


def _file(name: str, differences: tuple[Difference, ...], most: int) -> Iterator[str]:
    yield f"{name}: {len(differences)} {'difference' if len(differences) == 1 else 'differences'}"
    yield from (f"  {difference}" for difference in differences[:most])
    if len(differences) > most:
        yield f"  and {len(differences) - most} more; --out FILE.json holds all"


def result_of(certificate: Certificate) -> str:
    """Return the result in a word."""
    return "OK" if certificate.same else "DIFFERS"


def _versions(versions: Mapping[str, Any]) -> str:
    packages = versions.get("packages")
    told = ", ".join(f"{name} {number}" for name, number in packages.items()) if isinstance(packages, Mapping) else "?"
    commit = f" ({versions['commit']})" if versions.get("commit") else ""
    return (
        f"saldo {versions.get('version')}{commit}, Python {versions.get('python')}, {told}, {versions.get('platform')}"
    )


def content_of(certificate: Certificate) -> dict[str, Any]:
    """Return a certificate as data for JSON, with every difference."""
    return {
        "result": "same" if certificate.same else "differs",
        "run": certificate.run,
        "folder": str(certificate.folder),
        "by": certificate.by or None,
        "login": certificate.login,
        "when": certificate.when.isoformat(timespec="seconds"),
        "made_again": certificate.rerun and not certificate.impossible,
        "cannot_be_made_again": certificate.impossible or None,
        "made_with": {name: certificate.made_with.get(name) for name in (*PROGRAM, *MACHINE)},
        "again_with": {name: certificate.again_with.get(name) for name in (*PROGRAM, *MACHINE)},
        "same_program": certificate.same_program,
        "hashes_and_sums": list(certificate.checks),
        "compared": list(certificate.compared),
        "not_compared": dict(certificate.left),
        "differences": {
            name: [{"where": one.where, "kept": one.kept, "again": one.again} for one in differences]
            for name, differences in certificate.files.items()
        },
        "taken_from_the_record": TAKEN_OVER if certificate.rerun else {},
    }


def refuse_place(out: Path, run: Path) -> None:
    """Check before any work that a certificate can be written to a file.

    Raises:
        InputError: It would lie in the folder of the run, is there already, or is of no known form.
    """
    wrong = ""
    if out.suffix not in FORMS:
        wrong = f"must end in {' or '.join(FORMS)}"
    elif out.exists():
        wrong = "is there already; a certificate replaces nothing, so choose another name"
    elif not out.absolute().parent.is_dir():
        wrong = f"there is no folder {out.absolute().parent} to write to"
    elif out.absolute().resolve().is_relative_to(run.resolve()):
        wrong = "lies in the folder of the run, which is left as it is; choose another folder"
    if wrong:
        raise InputError.one(wrong, str(out), "--out")


def write_certificate(certificate: Certificate, out: Path) -> None:
    """Write a certificate as text or as JSON, by the ending of the name; both hold every difference."""
    if out.suffix == ".json":
        text = json.dumps(content_of(certificate), indent=1, ensure_ascii=False)
    else:
        most = max((len(differences) for differences in certificate.files.values()), default=0)
        text = text_of(certificate, most)
    out.write_text(f"{text}\n", encoding="utf-8", newline="\n")
