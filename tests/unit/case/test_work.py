"""A case worked in by several people, on runs of the control in one municipality."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from simulator.case import answering
from simulator.case import journal as journal_module
from simulator.case.folder import CaseFolder
from simulator.case.journal import read_journal
from simulator.case.state import State, state_of
from simulator.cli import group
from simulator.report.workbook.asking import chain_of
from simulator.report.workbook.blind import FILLED_BY, FILLED_ON, VALUE, rows_of
from simulator.results.save import now
from tests.unit.pack.planted import found_in

ROOT = Path(__file__).parents[3]
A, C, G = "A. B.", "C. D.", "G. H."
Say = Callable[..., Result]


def say(cases: Path, *words: str, by: str = A) -> Result:
    who = [] if words[0] in ("log", "show") else ["--by", by]
    return CliRunner().invoke(group, ["case", *words, *who, "--cases", str(cases)])


def done(cases: Path, *words: str, by: str = A) -> str:
    result = say(cases, *words, by=by)
    assert result.exit_code == 0, f"{words}\n{result.output}\n{result.stderr}"
    return result.stdout


def refused(cases: Path, *words: str, by: str = A) -> str:
    """Return what a verb that is refused says; it has changed nothing."""
    before = _bytes(cases)
    result = say(cases, *words, by=by)
    assert result.exit_code == 2, f"{words}\n{result.output}\n{result.stderr}"
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert _bytes(cases) == before
    return result.stderr


def _bytes(cases: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(cases.rglob("*")) if path.is_file()}


def state(cases: Path) -> State:
    return state_of(read_journal(CaseFolder(cases / "spm-1")))


def filled(cases: Path, by: str = C, factor: float = 1.0) -> str:
    """Write the blind workbook of the latest version, fill in our own values, and return its name."""
    latest = state(cases).versions[-1].number
    file = cases.parent / f"blind-{latest}-{factor}-{by[0]}.xlsx"
    if file.exists():
        return str(file)
    done(cases, "check", "spm-1", "--blind", str(file))
    chain = chain_of(CaseFolder(cases / "spm-1").version(latest).run)
    book = openpyxl.load_workbook(file)
    front, cells = book.worksheets[0], book.worksheets[1]
    front.cell(FILLED_BY[0] + 1, FILLED_BY[1] + 1).value = by
    front.cell(FILLED_ON[0] + 1, FILLED_ON[1] + 1).value = now().date()
    for at, (one, row) in enumerate(zip(chain.asked, rows_of(chain), strict=True)):
        cells.cell(row + 1, VALUE + 1).value = None if one.ours is None else one.ours * (factor if at == 0 else 1.0)
    book.save(file)
    return str(file)


def new_words(name: str, scenario: str) -> list[str]:
    head = ["--question", "Hvad koster det?", "--asker", "FIU", "--file-number", "2021-1", "--deadline", "1.1.2030"]
    return ["new", name, *head, "--scenario", scenario, "--assurer", C, "--approver", G]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("scenario") / "small.yaml"
    text = (ROOT / "scenarios" / "christmas-2021.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("period:", "places: [Samsø]\nperiod:", 1), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory, small: Path) -> Path:
    """A folder of cases with one case and its first version; not to be changed."""
    cases = tmp_path_factory.mktemp("cases") / "cases"
    done(cases, *new_words("spm-1", str(small)))
    done(cases, "answer", "spm-1", "--engine", "control")
    return cases


@pytest.fixture
def cases(answered: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(answered, tmp_path / "cases"))


def text_of(cases: Path, version: int, name: str = "notat.pdf") -> str:
    file = CaseFolder(cases / "spm-1").version(version).documents / name
    if name.endswith(".pdf"):
        return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    return " ".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)


def test_from_draft_to_sent_and_replaced(cases: Path) -> None:
    """Each step by who may take it; each document says where it stands."""
    assert "is udkast and cannot become clearet" in refused(cases, "clear", "spm-1", by=G)
    done(cases, "check", "spm-1", "--filled", filled(cases), by=C)
    assert "is kontrolregnet and cannot become oversendt" in refused(cases, "send", "spm-1")
    for same in (A, "a.b.", "A B"):
        assert "somebody else clears it" in refused(cases, "clear", "spm-1", by=same)
    assert f"the approver of this case is {G}" in refused(cases, "clear", "spm-1", by="X. Y.")
    done(cases, "clear", "spm-1", by=G)
    cleared = (CaseFolder(cases / "spm-1").version(1).documents / "notat.docx").read_bytes()
    done(cases, "send", "spm-1")
    assert "oversendt and locked" in refused(cases, "check", "spm-1", "--blind", str(cases.parent / "x.xlsx"))
    assert "is oversendt already" in refused(cases, "send", "spm-1") or "locked" in refused(cases, "send", "spm-1")
    done(cases, "answer", "spm-1", "--engine", "control", "-S", "effects.params.scale=0.5", "--why", "half")
    assert [one.status for one in state(cases).versions] == ["oversendt", "udkast"]
    done(cases, "check", "spm-1", "--filled", filled(cases), by=C)
    done(cases, "clear", "spm-1", by=G)
    done(cases, "send", "spm-1")
    assert [one.status for one in state(cases).versions] == ["udgaaet", "oversendt"]
    assert "UDGÅET, erstattet af v2" in text_of(cases, 1)
    assert "UDGÅET, erstattet af v2" in text_of(cases, 1, "svar.pdf")
    assert "UDGÅET" not in text_of(cases, 2)
    assert "half" in text_of(cases, 2)
    sent = CaseFolder(cases / "spm-1").version(1).as_sent / "notat.docx"
    assert sent.read_bytes() == cleared
    sent.chmod(0o644)
    sent.write_bytes(b"other")
    assert "notat.docx: was changed after it was sent" in done(cases, "show", "spm-1")


def test_a_second_person_who_finds_something_else(cases: Path) -> None:
    assert "a second person checks it" in refused(cases, "check", "spm-1", "--filled", filled(cases), by=A)
    assert f"the assurer of this case is {C}" in refused(cases, "check", "spm-1", "--filled", filled(cases), by="X. Y.")
    assert "who filled it in hands it in" in refused(cases, "check", "spm-1", "--filled", filled(cases, by=G), by=C)
    result = say(cases, "check", "spm-1", "--filled", filled(cases, factor=3.0), by=C)
    assert result.exit_code == 1
    found = state(cases).versions[0]
    assert found.status == "udkast"
    assert found.checked is not None
    assert found.checked["difference_share"] > found.checked["tolerated_share"]


def test_a_change_needs_a_reason_and_is_listed_with_its_effect(cases: Path) -> None:
    change = ["answer", "spm-1", "--engine", "control", "-S", "effects.params.scale=0.1278"]
    assert "effects.params.scale changed since v1; say why" in refused(cases, *change)
    told = done(cases, *change, "--why", "half of it")
    one, two = state(cases).versions
    assert "Changed since v1" in told
    assert [change["key"] for change in two.said["changes"]] == ["effects.params.scale"]
    assert two.said["changes"][0]["why"] == "half of it"
    moved = round((two.figures.mio_kr - one.figures.mio_kr) * 1e6, 2)
    assert two.said["changes"][0]["effect_kr"] == pytest.approx(moved, abs=0.011)
    assert "nothing changed since v2" in refused(cases, "answer", "spm-1", "--engine", "control")
    assert "is not set in this case" in refused(cases, "answer", "spm-1", "--unset", "demand.scale")
    done(cases, "answer", "spm-1", "--engine", "control", "--unset", "effects.params.scale", "--why", "back")
    assert state(cases).versions[2].figures.mio_kr == one.figures.mio_kr
    assert state(cases).settings == ()


def test_an_edit_of_the_scenario_by_hand_needs_a_reason_too(cases: Path) -> None:
    file = cases / "spm-1" / "scenario.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("value: 0.2556", "value: 0.5"), encoding="utf-8")
    assert "effects.params.scale changed" in refused(cases, "answer", "spm-1", "--engine", "control")
    done(cases, "answer", "spm-1", "--engine", "control", "--why", "new calibration")


def test_an_edit_while_the_answer_is_made_stops_it(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, file = answering._run, cases / "spm-1" / "scenario.yaml"
    before = set(_bytes(cases))

    def edited(*arguments: object) -> object:
        file.write_text(file.read_text(encoding="utf-8") + "\n# a colleague\n", encoding="utf-8")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(answering, "_run", edited)
    result = say(cases, "answer", "spm-1", "--engine", "control", "--again")
    assert result.exit_code == 2
    assert "changed by somebody while the answer was made" in result.stderr
    assert set(_bytes(cases)) == before


def test_a_question_on_the_same_subject_is_told_what_was_said(cases: Path, small: Path) -> None:
    done(cases, "check", "spm-1", "--filled", filled(cases), by=C)
    done(cases, "clear", "spm-1", by=G)
    done(cases, "send", "spm-1", "--to", "the committee")
    done(cases, *new_words("beu-2", str(small)))
    told = done(
        cases, "answer", "beu-2", "--engine", "control", "-S", "demand.scale=1.1", "-S", "effects.params.scale=0.3"
    )
    assert "Said before on this subject" in told
    assert "spm-1 v1, to the committee" in told
    version = state_of(read_journal(CaseFolder(cases / "beu-2"))).versions[0]
    moved = dict(version.said["moved"])
    assert set(moved) == {"volume", "effect"}
    difference = version.figures.mio_kr - state(cases).versions[0].figures.mio_kr
    assert sum(moved.values()) == pytest.approx(difference * 1e6, abs=0.011)
    shutil.rmtree(CaseFolder(cases / "spm-1").version(1).run)
    told = done(cases, "answer", "beu-2", "--engine", "control", "--again")
    assert "no bridge:" in told
    assert "v1 has no run" in refused(cases, "clear", "spm-1", by=G)


def test_a_run_on_the_same_subject_tells_what_was_said(
    cases: Path, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(cases, "check", "spm-1", "--filled", filled(cases), by=C)
    done(cases, "clear", "spm-1", by=G)
    done(cases, "send", "spm-1")
    words = ["run", str(small), "--engine", "control", "--no-brief", "-S", "demand.scale=1.1", "--json"]
    alone = CliRunner().invoke(group, [*words, "--out", str(tmp_path / "alone")])
    monkeypatch.setenv("SALDO_CASES", str(cases))
    told = CliRunner().invoke(group, [*words, "--out", str(tmp_path / "told")])
    assert told.exit_code == 0
    assert told.stdout == alone.stdout
    assert "Said before on this subject" in told.stderr
    assert "volume" in told.stderr
    assert alone.stderr == ""
    (cases / "spm-1" / "journal" / "0001-opened.json").write_text("", encoding="utf-8")
    told = CliRunner().invoke(group, [*words, "--out", str(tmp_path / "damaged")])
    assert told.exit_code == 0
    assert "what was said before cannot be told" in told.stderr


def test_a_case_with_a_confidential_figure_keeps_it_nowhere(tmp_path: Path, small: Path) -> None:
    """From the question to the cleared answer; the number stands in the facts file alone."""
    shutil.copy(small, tmp_path / "small.yaml")
    own = "saldo: 1\nconfidential: true\nsaldo.value_per_person_year_kr: {value: 348213.77, low: 250000, high: 400000, "
    own += "unit: kr per person-year, source: memo, date: 2021-12-01, reason: the memo}\n"
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(
        "saldo: 1\nextends: small.yaml\nname: mine\nfacts: own.yaml\n", encoding="utf-8"
    )
    cases = tmp_path / "cases"
    done(cases, *new_words("spm-1", str(tmp_path / "mine.yaml")))
    told = done(cases, "answer", "spm-1", "--engine", "control")
    told += done(cases, "answer", "spm-1", "--engine", "control", "-S", "effects.params.scale=0.5", "--why", "x")
    change = ["answer", "spm-1", "-S", "saldo.value_per_person_year_kr=348213.77", "--why", "x"]
    assert "a case keeps its settings" in refused(cases, *change)
    assert "is for a run with confidential figures" not in refused(
        cases, "check", "spm-1", "--blind", str(tmp_path / "x.xlsx")
    )
    ours = state(cases).versions[1].figures.control_mio_kr
    assert ours is not None
    assert say(cases, "check", "spm-1", "--figure", str(ours * 1.5), by=C).exit_code == 1
    done(cases, "check", "spm-1", "--figure", str(ours * 1.001), by=C)
    told += done(cases, "clear", "spm-1", by=G)
    found = {place for path in cases.rglob("*") if path.is_file() for place in found_in(str(path), path.read_bytes())}
    assert found == set()
    assert "348" not in told


def test_documents_elsewhere_in_another_language(cases: Path, tmp_path: Path) -> None:
    before = _bytes(cases)
    out = tmp_path / "out"
    words = ["case", "write", "spm-1", "--cases", str(cases), "--language", "en", "--format", "md"]
    result = CliRunner().invoke(group, [*words, "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    assert {path.suffix for path in out.iterdir()} == {".md"}
    assert len(list(out.iterdir())) == 4
    for wrong, part in ((["--out", str(cases / "spm-1" / "x")], "inside the case"), (["--version", "9"], "v1")):
        result = CliRunner().invoke(group, [*words, "--out", str(out), *wrong])
        assert result.exit_code == 2
        assert part in result.stderr
    assert _bytes(cases) == before


def test_an_answer_is_made_where_the_run_before_cannot_be_run_any_more(cases: Path) -> None:
    """What changed is listed all the same, without what each change does."""
    file = CaseFolder(cases / "spm-1").version(1).run / "tables" / "saldo.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("0", "1", 1), encoding="utf-8")
    change = ["answer", "spm-1", "--engine", "control", "-S", "effects.params.scale=0.3", "--why", "x"]
    assert "is not told" in done(cases, *change)
    said = state(cases).versions[1].said
    assert [(one["key"], one["effect_kr"]) for one in said["changes"]] == [("effects.params.scale", None)]


def test_two_cases_with_one_name(cases: Path, small: Path) -> None:
    assert "there is a case `spm-1` already" in refused(cases, *new_words("spm-1", str(small)))
    shutil.copytree(cases / "spm-1", cases / "spm-3")
    assert "was opened as spm-1: a copy, or renamed" in refused(cases, "answer", "spm-3", "--again")


def test_a_clock_set_back(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    early = now() - timedelta(days=2)
    monkeypatch.setattr(journal_module, "now", lambda: early)
    assert "set the clock" in refused(cases, "withdraw", "spm-1", "--why", "x")
    done(cases, "withdraw", "spm-1", "--why", "x", "--clock-is-right")


def test_a_register_edited_into_nonsense_is_mended(cases: Path) -> None:
    file = cases / "spm-1" / "issued.csv"
    right = file.read_text(encoding="utf-8")
    file.write_text(right.replace("udkast", "oversendt"), encoding="utf-8")
    for words in (("withdraw", "spm-1", "--why", "x"), ("log", "spm-1")):
        assert "status: was changed by hand" in refused(cases, *words)
    done(cases, "log", "spm-1", "--restore")
    assert file.read_text(encoding="utf-8") == right


def test_a_drive_that_vanishes_while_a_version_is_cleared(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done(cases, "check", "spm-1", "--filled", filled(cases), by=C)
    real = journal_module._write_through

    def vanish(path: Path, text: str) -> None:
        real(path, text)
        cases.rename(cases.with_name("away"))

    monkeypatch.setattr(journal_module, "_write_through", vanish)
    result = say(cases, "clear", "spm-1", by=G)
    assert result.exit_code == 1
    assert "could not be written" in result.stderr
    assert "Traceback" not in result.output
    cases.with_name("away").rename(cases)
    monkeypatch.undo()
    assert state(cases).versions[0].status == "kontrolregnet"
    done(cases, "clear", "spm-1", by=G)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["answer", "../spm-1"], "is not a name of a case"),
        (["answer", "spm-2"], "did you mean spm-1"),
        (["answer", "spm-1", "-S", "effects.params.scal=1"], "did you mean"),
        (["answer", "spm-1", "--engine", "quick"], "quick"),
        (["check", "spm-1"], "give one of --blind FILE"),
        (["check", "spm-1", "--filled", "none.xlsx"], "none.xlsx"),
        (["clear", "spm-1", "--version", "7"], "has no version v7; allowed: v1"),
        (["withdraw", "spm-1", "--why", " "], "say why"),
        (["predict", "spm-1", "--measure", "happiness"], "happiness"),
        (["score", "spm-1", "--data", "none.csv"], "none.csv"),
        (["log", "--restore"], "needs the name of a case"),
        (["show", "spm-x"], "there is no case"),
    ],
)
def test_wrong_input_is_told_and_changes_nothing(cases: Path, words: list[str], part: str) -> None:
    assert part in refused(cases, *words, by=C if words[0] == "check" else A)


def test_nobody_works_without_a_name(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SALDO_BY", raising=False)
    result = CliRunner().invoke(group, ["case", "withdraw", "spm-1", "--why", "x", "--cases", str(cases)])
    assert result.exit_code == 2
    assert "say who does it" in result.stderr
