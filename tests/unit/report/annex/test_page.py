"""The annex: its three parts, bound numbers, what it says when a trial is worth it or nothing is to be known."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.report.annex.page import compose
from simulator.report.blocks import Document, Figure, Heading, Masthead, Table, plain, spans
from simulator.report.bound import evaluated
from simulator.report.language import read_words
from simulator.report.reading import read_run
from simulator.report.story import words_for
from tests.unit.report.danish_text import assert_danish
from tests.unit.report.made_up_information import PRIORS, Trial, write_information
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.printed import loose_numbers, printed, without_digits
from tests.unit.report.shapes import SHAPES

VOI = ("voi", "trial_sizes", "trial_worth")
TRIAL = ("trial_design", "trial_power", "trial_checks")
DANISH_OPTIONS = ("baseline", "kun digitalt", "efter seks måneder")
TRIALS = {
    "worth": Trial(options=DANISH_OPTIONS),
    "not worth": Trial(options=DANISH_OPTIONS, worth=False),
    "same": Trial(options=DANISH_OPTIONS, same=True),
    "fails": Trial(options=DANISH_OPTIONS, holds=False, answers=False),
    "one prior": Trial(options=DANISH_OPTIONS, priors=(("flat", 1.0),)),
    "five priors": Trial(options=DANISH_OPTIONS, priors=(*PRIORS.items(), ("fjerde", 0.2), ("femte", 0.1))),
}
FolderOf = Callable[..., Path]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> FolderOf:
    """Folder of a made-up run with its tables, by the name of its trial and of its shape."""

    @cache
    def made(trial: str, shape: str = "published", only: tuple[str, ...] = ()) -> Path:
        path = write_run(tmp_path_factory.mktemp("annex") / "run", SHAPES[shape])
        return write_information(path, SHAPES[shape], TRIALS[trial], only)

    return made


def document_of(folder: Path, language: str = "da", digits: bool = True) -> Document:
    run, words = read_run(folder), read_words(language)
    return compose(run, words_for(run, words if digits else without_digits(words)))


def text_of(document: Document) -> str:
    return "\n".join(plain(text) for text in printed(document)).replace("\N{NO-BREAK SPACE}", " ")


def names_of(document: Document) -> list[str]:
    return [block.name for block in document.blocks if isinstance(block, Table)]


def table_of(document: Document, name: str) -> Table:
    (found,) = (block for block in document.blocks if isinstance(block, Table) and block.name == name)
    return found


def rows_of(table: Table) -> dict[str, list[str]]:
    cells = [[plain(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in line.cells] for line in table.lines]
    return {name: rest for name, *rest in cells}


def test_three_parts_are_opened_by_a_sentence_each(folder: FolderOf) -> None:
    document = document_of(folder("worth"))
    headings = [plain(block.text) for block in document.blocks if isinstance(block, Heading)]
    assert headings == [
        "Hvad vi ikke ved, hvad det koster, og hvad det koster at finde ud af det",
        "Hvad vi ikke ved",
        "Hvad det koster ikke at vide det",
        "Hvad det koster at finde ud af det",
    ]
    text = text_of(document)
    assert "Valget hænger mest på »Andel af effekten, som en digital samtale bevarer«." in text
    assert "ligger i spændet 0 til 100 pct., og evidensen er »gæt«." in text
    assert "Uvisheden koster i forventning 5,6 mio. kr. til 16,0 mio. kr. om året" in text
    line = "Det kræver 37.826 personer i hver gruppe at vise et procentpoints forskel i afgangen til job inden uge 26"
    assert f"{line}, og svaret foreligger 14. juni 2023." in text
    assert "Et forsøg er pengene værd, uanset hvad man tror på forhånd." in text
    assert names_of(document) == ["unknown", "voi", "trial_worth", "trial_power"]
    assert document.dense


def test_priors_stand_side_by_side_with_their_standard_errors(folder: FolderOf) -> None:
    table = table_of(document_of(folder("worth")), "voi")
    assert [plain(column) for column in table.columns[1::2]] == [
        "Bevarer kun lidt: om året",
        "Alt lige sandsynligt: om året",
        "Næsten som et møde: om året",
    ]
    rows = rows_of(table)
    assert rows["Værdien af at vide alt"][:2] == ["5,6 (0,2)", "46,5 (1,4)"]
    assert rows["Chance for bedst: som i dag"][::2] == ["76 pct.", "50 pct.", "66 pct."]
    assert rows["Værdi: som i dag"] == ["0"] * 6
    assert rows["samlet: effekten af en samtale"][0] == "4,8 (0,1)"


def test_more_than_three_priors_have_a_second_table(folder: FolderOf) -> None:
    document = document_of(folder("five priors"))
    assert names_of(document)[1:3] == ["voi", "voi-2"]
    assert [plain(one) for one in table_of(document, "voi-2").columns][1:] == [
        "fjerde: om året",
        "fjerde: i alt",
        "femte: om året",
        "femte: i alt",
    ]


def test_the_horizon_is_told_where_the_run_holds_it(folder: FolderOf, tmp_path: Path) -> None:
    path = write_information(write_run(tmp_path / "run", SHAPES["published"]), SHAPES["published"], TRIALS["worth"])
    with (path / "tables" / "assumptions.csv").open("a", encoding="utf-8") as file:
        file.write("decision.horizon_years,10,number,5,20,none-found,2026-11-22,assumption,facts,1,both\n")
    assert "Bevarer kun lidt: over 10 år" in text_of(document_of(path))


def test_a_trial_that_is_not_worth_it_is_said_so(folder: FolderOf) -> None:
    document = document_of(folder("not worth"))
    assert "Et forsøg er ikke pengene værd, uanset hvad man tror på forhånd" in text_of(document)
    assert {row[0] for row in rows_of(table_of(document, "trial_worth")).values()} == {"ikke pengene værd"}
    assert rows_of(table_of(document, "trial_worth"))["Bevarer kun lidt"][-2:] == ["ingen", "ingen"]


def test_a_trial_may_be_worth_it_under_some_priors_alone(folder: FolderOf, tmp_path: Path) -> None:
    path = write_information(write_run(tmp_path / "run", SHAPES["published"]), SHAPES["published"], TRIALS["worth"])
    _rewrite(path, "trial_worth", lambda rows: rows[0].update(best_persons_per_arm="0", net_gain_mio_kr="-1"))
    expected = "under »Alt lige sandsynligt« og »Næsten som et møde«, men ikke under »Bevarer kun lidt«."
    assert expected in text_of(document_of(path))


def test_the_best_option_on_average_is_told_by_prior(folder: FolderOf, tmp_path: Path) -> None:
    assert "Bedst i gennemsnit er »som i dag«, uanset" in text_of(document_of(folder("worth")))
    path = write_information(write_run(tmp_path / "run", SHAPES["published"]), SHAPES["published"], TRIALS["worth"])
    _rewrite(path, "voi", lambda rows: rows[1].update(a_year_mio_kr="7"))
    told = "»kun digitalt« under »Bevarer kun lidt«; »som i dag« under »Alt lige sandsynligt« og »Næsten som et møde«."
    assert f"hænger på, hvad man tror på forhånd: {told}" in text_of(document_of(path))


def test_no_number_of_persons_may_be_enough(tmp_path: Path) -> None:
    path = write_information(write_run(tmp_path / "run", SHAPES["published"]), SHAPES["published"], TRIALS["worth"])
    _rewrite(path, "trial_design", lambda rows: rows[0].update(value=""))
    assert "Intet antal personer, som forsøget kan nå, viser et procentpoints forskel" in text_of(document_of(path))


def test_titles_of_a_scenario_and_the_design_are_told_where_the_folder_has_them(tmp_path: Path) -> None:
    path = write_information(write_run(tmp_path / "run", SHAPES["published"]), SHAPES["published"], TRIALS["worth"])
    scenario = """
decision:
  baseline_title_da: Alt som *nu*
  options:
  - {name: kun digitalt, title: Digital **only**, title_da: "Alt *digitalt*"}
  priors:
  - {name: flat, title_da: Alt kan ske}
  - {name: mit eget, title_da: Hvad jeg tror}
trial: {design: stepped_wedge}
"""
    (path / "scenario.resolved.yaml").write_text(scenario, encoding="utf-8")
    _rewrite(path, "voi", lambda rows: [row.update(prior="mit eget") for row in rows if row["prior"] == "sceptical"])
    text = text_of(document_of(path))
    assert "Værdi: Alt *digitalt*" in text and "Hvad jeg tror: om året" in text
    assert "Alt lige sandsynligt: om året" in text and "Værdi: Alt som *nu*" in text
    assert "Forsøget: trinvis indførelse, hvor jobcentrene går over efter lodtrækning." in text
    assert "Value: Digital **only**" in text_of(document_of(path, "en"))


def test_a_chance_that_is_nearly_none_is_not_printed_as_none(tmp_path: Path) -> None:
    path = write_information(write_run(tmp_path / "run", SHAPES["published"]), SHAPES["published"], TRIALS["worth"])
    _rewrite(path, "voi", lambda rows: [rows[3].update(share="0.9999"), rows[4].update(share="0.0001")])
    rows = rows_of(table_of(document_of(path), "voi"))
    assert rows["Chance for bedst: som i dag"][0] == "over 99 pct."
    assert rows["Chance for bedst: kun digitalt"][0] == "under 1 pct."


def test_a_scenario_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = write_information(write_run(tmp_path / "run", SHAPES["published"]), SHAPES["published"], TRIALS["worth"])
    (path / "scenario.resolved.yaml").write_text("decision: [", encoding="utf-8")
    with pytest.raises(InputError, match="not readable as YAML"):
        document_of(path)


def test_the_same_option_best_at_every_draw_makes_knowledge_worth_nothing(folder: FolderOf) -> None:
    document = document_of(folder("same"))
    text = text_of(document)
    assert "Uvisheden koster intet: Valget »som i dag« er bedst i alle trækninger" in text
    assert "Der er ingen enkelt forudsætning, som kan ændre valget" in text
    assert "unknown" not in names_of(document)
    assert "Et forsøg er ikke pengene værd" in text


def test_where_the_formula_does_not_hold_it_is_marked_and_said_why(folder: FolderOf) -> None:
    document = document_of(folder("fails"))
    text = text_of(document)
    assert "Så mange kan ikke nås: Optaget giver i alt 46.300." in text
    assert "nogle mødes som den anden gruppe; flere falder fra i den ene gruppe end i den anden." in text
    assert all(
        cell.endswith("*") for row in list(rows_of(table_of(document, "trial_power")).values())[:-1] for cell in row[1:]
    )
    assert "*" not in text_of(document_of(folder("worth")))


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_run_with_half_of_the_tables_says_what_is_missing(folder: FolderOf, language: str) -> None:
    voi, trial = document_of(folder("worth", only=VOI), language), document_of(folder("worth", only=TRIAL), language)
    assert names_of(voi) == ["unknown", "voi", "trial_worth"]
    assert names_of(trial) == ["trial_power"]
    assert "decision" in text_of(trial) and "decision" not in text_of(voi)
    alone = text_of(document_of(folder("worth", only=("voi",)), language))
    assert "trial" in alone


def test_a_run_without_any_table_is_refused_with_the_sections_that_make_them(tmp_path: Path) -> None:
    path = write_run(tmp_path / "run", SHAPES["published"])
    with pytest.raises(InputError, match=r"a section 'decision' .* or 'trial'"):
        document_of(path)


@pytest.mark.parametrize(
    ("trial", "shape"),
    [
        *((trial, "published") for trial in TRIALS),
        *(("worth", shape) for shape in ("null", "gain", "thousandfold", "one_municipality", "partial_loss", "draft")),
    ],
)
def test_every_number_is_bound_and_every_word_is_danish(folder: FolderOf, shape: str, trial: str) -> None:
    path = folder(trial, shape)
    loose = {text: loose_numbers(text) for text in printed(document_of(path, digits=False))}
    assert {text: found for text, found in loose.items() if found} == {}
    document, run = document_of(path), read_run(path)
    for number in document.numbers:
        assert float(number) == pytest.approx(evaluated(number.expression, lambda cell: float(run.value_at(cell))))
    assert_danish(text_of(replace(document, footer="")).replace("`decision`", "").replace("`trial`", ""))


def test_a_draft_is_marked_and_a_calibrated_share_is_not_told(folder: FolderOf) -> None:
    draft = document_of(folder("worth", "draft"))
    (masthead,) = (block for block in draft.blocks if isinstance(block, Masthead))
    assert masthead.kind == "BILAG · UDKAST"
    fitted = rows_of(table_of(document_of(folder("worth", "partial_loss")), "unknown"))
    assert fitted["Andel af effekten, som en digital samtale bevarer"][0] != "78 pct."


def _rewrite(folder: Path, name: str, change: Callable[[list[dict[str, str]]], object]) -> None:
    path = folder / "tables" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _swap_priors(rows: list[dict[str, str]]) -> None:
    other = {"sceptical": "flat", "flat": "sceptical"}
    for row in rows:
        row["prior"] = other.get(row["prior"], row["prior"])


def _swap_evpi(rows: list[dict[str, str]]) -> None:
    first = {row["prior"]: row for row in rows if row["measure"] == "evppi" and row["subject"].endswith("effect")}
    for row in [row for row in rows if row["measure"] == "evpi"]:
        for column in ("a_year_mio_kr", "horizon_mio_kr"):
            row[column], first[row["prior"]][column] = first[row["prior"]][column], row[column]


def _swap_power(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row["closed_form_power"], row["simulated_power"] = row["simulated_power"], row["closed_form_power"]


def _swap_arms(rows: list[dict[str, str]]) -> None:
    told = {row["quantity"]: row for row in rows}
    one, other = told["exit_share_control"], told["exit_share_treated"]
    one["value"], other["value"] = other["value"], one["value"]


def _swap_cost_and_loss(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row["cost_mio_kr"], row["loss_mio_kr"] = row["loss_mio_kr"], row["cost_mio_kr"]


SWAPS = {
    "priors": ("voi", _swap_priors, "a_year_mio_kr", ("Værdien af at vide alt",)),
    "evpi and evppi": ("voi", _swap_evpi, "a_year_mio_kr", ("Værdien af at vide alt", "Uvisheden koster")),
    "closed and simulated": ("trial_power", _swap_power, "power", ("/",)),
    "arms": ("trial_design", _swap_arms, "value", ("kontrolgruppen",)),
    "cost and loss": ("trial_sizes", _swap_cost_and_loss, "cost_mio_kr", ("Bevarer kun lidt",)),
}


@pytest.mark.parametrize("what", SWAPS)
def test_what_is_exchanged_in_the_tables_is_exchanged_in_the_words(what: str, tmp_path: Path) -> None:
    name, swap, column, marks = SWAPS[what]
    path = write_information(write_run(tmp_path / "run", SHAPES["published"]), SHAPES["published"], TRIALS["fails"])
    before = _lines(document_of(path), column)
    _rewrite(path, name, swap)
    after = set(_lines(document_of(path), column))
    told = [line for line in before if any(mark in line for mark in marks)]
    assert told
    assert [line for line in told if line in after and not line.startswith("Næsten")] == []


def _lines(document: Document, column: str) -> list[str]:
    """Return the rows and sentences that write a number of a column, as they are read."""
    texts = [
        text
        for block in document.blocks
        if not isinstance(block, Table)
        for text in printed(replace(document, blocks=(block,)))
    ]
    for block in document.blocks:
        if isinstance(block, Table):
            named = [zip(block.columns, line.cells, strict=True) for line in block.lines]
            texts += [" | ".join(f"{head} {cell}" for head, cell in pairs) for pairs in named]
    return [plain(text) for text in texts if _writes(document, text, column)]


def _writes(document: Document, text: str, column: str) -> bool:
    numbers = (document.numbers[span.number] for span in spans(text) if span.number is not None)
    return any(column in str(number.expression) for number in numbers)


def test_no_figure_stands_in_the_annex(folder: FolderOf) -> None:
    assert not any(isinstance(block, Figure) for block in document_of(folder("worth")).blocks)


@pytest.mark.parametrize(
    ("table", "column", "value", "says"),
    [
        ("voi", "a_year_mio_kr", "meget", "'meget' is not a number"),
        ("voi", "a_year_mio_kr", "nan", "'nan' is not a number"),
        ("voi", "prior", "", "is empty"),
        ("trial_power", "answer_day", "i morgen", "is no day"),
        ("trial_sizes", "net_gain_mio_kr", "", "is empty"),
        ("trial_design", "value", "mange", "'mange' is not a number"),
    ],
)
def test_a_damaged_cell_is_named(tmp_path: Path, table: str, column: str, value: str, says: str) -> None:
    path = write_information(write_run(tmp_path / "run", SHAPES["published"]), SHAPES["published"])
    _rewrite(path, table, lambda rows: rows[0].update({column: value}))
    with pytest.raises(InputError, match=f"{table}.csv:2  {column}: .*{says}"):
        document_of(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = write_information(write_run(tmp_path / "run", SHAPES["published"]), SHAPES["published"])
    _rewrite(path, "trial_worth", lambda rows: [row.pop("net_gain_mio_kr") for row in rows])
    with pytest.raises(InputError, match="no column net_gain_mio_kr"):
        document_of(path)
