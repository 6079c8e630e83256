"""Whether a kept run is as it was written: every file by its hash, every sum by its parts."""

from __future__ import annotations

from simulator.errors import InputError
from simulator.results.checks import broken_sums
from simulator.results.read import KeptRun
from simulator.results.record import hashes

SUMMED = ("conversations", "saldo", "steps", "law_comments")
ACCOUNTS = "law_comments"
"""Table that a run of the time before there were accounts lacks, with what its headline says of them."""


def faults_of(run: KeptRun) -> list[str]:
    """Return what is wrong with a kept run, a line each; none where all is well."""
    written, found = run.record.get("files"), hashes(run.folder)
    if not isinstance(written, dict) or not written:
        return ["manifest.json holds no hashes of files"]
    faults = [f"{name}: is missing" for name in written if name not in found]
    faults += [f"{name}: was not written by the run" for name in found if name not in written]
    faults += [
        f"{name}: was changed after the run" for name in written if name in found and found[name] != written[name]
    ]
    try:
        names = [name for name in SUMMED if name != ACCOUNTS or f"tables/{name}.csv" in {*written, *found}]
        faults += broken_sums(run.headline, {name: run.table(name) for name in names})
    except InputError as wrong:
        faults += [str(fault) for fault in wrong.faults]
    except (KeyError, TypeError) as wrong:
        faults.append(f"headline.json: lacks a figure: {wrong}")
    return faults
