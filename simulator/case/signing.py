"""What people do with a version: check it blind, clear it, send it, withdraw it."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

from simulator.case.desk import Desk
from simulator.case.documents import STAMP
from simulator.case.state import Version, shortened
from simulator.case.status import CLEARET, KONTROLREGNET, OVERSENDT, UDGAAET
from simulator.case.writing import files_in, new_folder
from simulator.errors import Fault, InputError
from simulator.recalculation import Filled, content_of, read_filled, to_be_given
from simulator.report.language import MIO
from simulator.report.reading import read_run
from simulator.report.story import Story
from simulator.report.workbook.blind import BlindHeading, blind_workbook


def cleared(desk: Desk, number: int | None) -> Version:
    """Clear a version that was checked: nobody clears work of their own, and no draft.

    Raises:
        InputError: It is not checked, the wrong person clears it, or its run is a draft; with all reasons.
    """
    version = desk.version(number, CLEARET)
    approver = desk.heading.roles.get("approver", "")
    where, by = str(desk.case.path), desk.asked.by
    faults = []
    if _same(by, version.by):
        faults.append(Fault(where, 0, 0, "--by", f"{by} made v{version.number}; somebody else clears it"))
    if approver and not _same(by, approver):
        faults.append(Fault(where, 0, 0, "--by", f"the approver of this case is {approver}, as case.yaml says"))
    reasons = Story(read_run(desk.case.version(version.number).run)).draft_reasons
    if reasons:
        message = f"the run is a draft ({', '.join(reasons)}); see the head of the note for what to do"
        faults.append(Fault(where, 0, 0, f"v{version.number}", message))
    if faults:
        raise InputError(faults)
    desk.write("cleared", version.number, {})
    return desk.state.version(version.number)


def sent(desk: Desk, number: int | None, recipient: str) -> Version:
    """Note that a version was sent, and lock its documents as they are; a version sent before is replaced.

    Raises:
        InputError: It is not cleared.
    """
    version = desk.version(number, OVERSENDT)
    folder = desk.case.version(version.number)
    with new_folder(folder.as_sent) as aside:
        for path in sorted(folder.documents.iterdir()):
            if path.name != STAMP:
                shutil.copyfile(path, aside / path.name)
                (aside / path.name).chmod(0o444)
    said = {"recipient": recipient or desk.heading.to(), "files": files_in(folder.as_sent)}
    desk.write("sent", version.number, said)
    return desk.state.version(version.number)


def withdrawn(desk: Desk, number: int | None, why: str) -> Version:
    """Withdraw a version, with the reason.

    Raises:
        InputError: It is no longer in force, or no reason is given.
    """
    if not why.strip():
        raise InputError.one("is empty; say why the version is withdrawn", path="--why")
    version = desk.version(number, UDGAAET)
    desk.write("withdrawn", version.number, {"why": shortened(why)})
    return desk.state.version(version.number)


def refuse_own_check(desk: Desk, version: Version) -> None:
    """Refuse a check by who made the version, or by another than the assurer of the case.

    Raises:
        InputError: The wrong person checks it.
    """
    by, assurer = desk.asked.by, desk.heading.roles.get("assurer", "")
    if _same(by, version.by):
        raise InputError.one(f"{by} made v{version.number}; a second person checks it", str(desk.case.path), "--by")
    if assurer and not _same(by, assurer):
        message = f"the assurer of this case is {assurer}, as case.yaml says"
        raise InputError.one(message, str(desk.case.path), "--by")


def blind_workbook_of(desk: Desk, number: int | None, language: str) -> tuple[bytes, str]:
    """Return the workbook that a second person fills in, without a number of the version, and what they are given.

    Raises:
        InputError: The version cannot be checked any more.
    """
    version, heading = desk.version(number, KONTROLREGNET), desk.heading
    asked = BlindHeading(desk.case.name, heading.file_number, version.number, heading.question)
    run = desk.case.version(version.number).run
    return blind_workbook(run, asked, language), to_be_given(run)


def checked(desk: Desk, number: int | None, file: Path) -> tuple[Version, Filled]:
    """Note what a second person found who filled in the chain blind.

    A version is checked where the two figures agree, no factor hides another one, and not every factor was given by the
    analyst.

    Args:
        desk: The case.
        number: The version; the latest where left out.
        file: The workbook that was filled in.

    Raises:
        InputError: The version cannot be checked any more, the wrong person checks it, or the workbook is wrong.
    """
    version = desk.version(number, KONTROLREGNET)
    refuse_own_check(desk, version)
    filled = read_filled(file, desk.case.version(version.number).run)
    if not _same(filled.filled_by, desk.asked.by):
        message = f"was filled in by {filled.filled_by}, not by {desk.asked.by}; who filled it in hands it in"
        raise InputError.one(message, str(file), "--by")
    within = filled.agrees and not filled.cancels and filled.checked > 0
    share = filled.difference_share
    said = {**content_of(filled), "file": file.name, "within": within, "difference_share": share}
    desk.write("checked", version.number, said)
    return desk.state.version(version.number), filled


def checked_by_figure(desk: Desk, number: int | None, mio_kr: float) -> Version:
    """Note the figure of a second person who worked the chain out on paper, of a run that keeps figures back.

    Such a run has no blind workbook: it would take the confidential numbers, or give them back.

    Args:
        desk: The case.
        number: The version; the latest where left out.
        mio_kr: Their figure [mio. kr.], minus is a loss.

    Raises:
        InputError: The version cannot be checked any more, the wrong person checks it, or it has a blind workbook.
    """
    version = desk.version(number, KONTROLREGNET)
    refuse_own_check(desk, version)
    run = read_run(desk.case.version(version.number).run)
    if not run.keeps_figures_back:
        message = "is for a run with confidential figures; this one is checked blind: --blind FILE, then --filled FILE"
        raise InputError.one(message, str(desk.case.path), "--figure")
    figures, tolerated = version.figures, Story(run).tolerated_share
    ours = figures.mio_kr if figures.control_mio_kr is None else figures.control_mio_kr
    share = abs(mio_kr - ours) / abs(ours) if ours else float(mio_kr != 0)
    said = {"theirs_kr": mio_kr * MIO, "control_kr": ours * MIO, "tolerated_share": tolerated}
    desk.write(
        "checked", version.number, {**said, "on_paper": True, "difference_share": share, "within": share <= tolerated}
    )
    return desk.state.version(version.number)


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    """Return a name without what people write now so, now so: case, blanks, and the dots of initials."""
    return "".join(unicodedata.normalize("NFC", name).replace(".", "").split()).casefold()
