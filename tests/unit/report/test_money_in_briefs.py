"""Kroner in a brief: steps, accounts and authorities, when they fall, the choice of concept, and the law comments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.effects import LINES
from simulator.facts.read import listing, plain_of
from simulator.report.columns import BESIDE, PUBLIC, STEPS, whole_column, year_columns
from simulator.report.language import NO_BREAK, Words
from simulator.report.sections.concepts import WHY_MISSING, why_missing
from simulator.report.sections.telling import Telling
from simulator.report.sections.timing import stretch
from simulator.report.sections.years import GROUP_OF
from simulator.report.story import SOCIAL, STATED, Story
from simulator.results import concepts as results_of_concepts
from simulator.results.law_comments import KINDS, sorting
from simulator.results.money import PUBLIC as AUTHORITIES_TOLD
from simulator.results.money import STEPS as STEPS_TOLD
from simulator.results.steps import STATED as STATED_IN_STEPS
from simulator.saldo.accounts import ACCOUNTS, AUTHORITIES, RETURN_FLOW, RUNNING_COSTS, TAXES, TRANSFERS
from simulator.saldo.beside import BESIDE as LINES_BESIDE
from simulator.saldo.concept import PARTS, concept_named, concept_names
from simulator.saldo.concepts import regneprincipper
from tests.unit.demand.made_up import scenario_of
from tests.unit.report.conftest import BriefOf, RunOf
from tests.unit.report.danish_text import told
from tests.unit.report.shapes import SHAPES


def plain(brief_of: BriefOf, shape: str) -> str:
    return told(brief_of(shape, "md"), "md")


def rows_of(text: str, caption: str) -> list[list[str]]:
    """Return the rows of a table below its caption, cells without marks."""
    after = text.split(caption, 1)[1].split("\n\n", 2)[1]
    return [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in after.splitlines()[2:]]


def test_the_three_steps_stand_in_table_2_and_the_effect_of_work_is_in_the_third_alone(brief_of: BriefOf) -> None:
    text = plain(brief_of, "published")
    assert "mio. kr., 2021-pl (+ forbedrer, − svækker saldoen)" in text
    rows = rows_of(text, "Økonomiske konsekvenser for det offentlige")
    assert [row[0] for row in rows] == [
        "Umiddelbar virkning",
        "Efter skat og tilbageløb",
        "Adfærd: overførsler",
        "Adfærd: skat og AM-bidrag",
        "Adfærd: tilbageløb",
        "Adfærd: driftsudgifter",
        "Efter skat, tilbageløb og adfærd",
        "heraf stat",
        "heraf kommuner",
        "heraf regioner",
    ]
    assert rows[0][1:] == rows[1][1:] == rows[-1][1:] == ["0"] * 4
    assert rows[2][1:] == ["−0,1", "−2,7", "−0,7", "−3,5"]
    assert rows[6][1:] == ["−0,2", "−3,8", "−1,0", "−5,0"]
    assert "en beregningsteknisk fordeling efter kontiene" in text
    assert "findes derfor kun i det sidste trin" in text and "I lovbemærkninger vendes fortegnet" in text
    assert "Uden for saldoen: a-kasserne sparer ca. 350 timer." in text


def test_the_rows_of_behaviour_and_those_of_authorities_add_up_to_the_last_step(brief_of: BriefOf) -> None:
    for shape in ("published", "fewer_talks", "counted_time", "lasting", "transfers"):
        rows = {row[0]: row[1:] for row in rows_of(plain(brief_of, shape), "konsekvenser for det offentlige")}
        [last] = [cells for name, cells in rows.items() if name in REACHED]
        behaviour = [cells for name, cells in rows.items() if name.startswith("Adfærd")]
        parts = [[rows["Efter skat og tilbageløb"], *behaviour], [rows[f"heraf {name}"] for name in AUTHORITIES_DA]]
        for part in parts:
            for column, whole in zip(zip(*part, strict=True), last, strict=True):
                assert sum(map(number, column)) == pytest.approx(number(whole), abs=0.06 * len(part)), shape


REACHED = ("Efter skat, tilbageløb og adfærd", "Overførsler efter adfærd, før skat og tilbageløb")
AUTHORITIES_DA = ("stat", "kommuner", "regioner")


def number(cell: str) -> float:
    """Return the number of a cell in Danish form."""
    return float(cell.replace(".", "").replace(",", ".").replace("−", "-"))


def test_what_the_scenario_counts_beside_is_in_the_first_steps_and_not_in_the_estimate(brief_of: BriefOf) -> None:
    text = plain(brief_of, "counted_time")
    rows = {row[0]: row[1:] for row in rows_of(text, "konsekvenser for det offentlige")}
    assert rows["Umiddelbar virkning"] == ["+0,4", "0", "0", "+0,4"]
    assert rows["heraf frigjort sagsbehandlertid"][-1] == "+0,3"
    assert rows["heraf sparet befordringsgodtgørelse"][-1] == "+0,1"
    assert rows["Efter skat og tilbageløb"][-1] == "+0,4"
    assert rows["Efter skat, tilbageløb og adfærd"][-1] == "−4,6"
    assert rows["heraf skønnet, virkning af beskæftigelse"][-1] == "−5,0"
    assert "svækket i størrelsesordenen 5 mio. kr." in text and "med fradrag for fortrængning (2021-pl)" in text
    assert "værdien af frigjort sagsbehandlertid til +0,30 mio. kr. og sparet befordringsgodtgørelse til" in text
    assert "ved færre udeblivelser)" in text


def test_an_older_run_has_the_table_that_it_can_have(brief_of: BriefOf) -> None:
    text, accounts = plain(brief_of, "published_before"), plain(brief_of, "fewer_talks_before")
    assert "| **Virkning på den offentlige saldo** | **−0,2** | **−3,8** | **−1,0** | **−5,0** |" in text
    assert "| Indkomstskat |" in accounts and "heraf stat" in accounts and "heraf kommuner" in accounts
    for old in (text, accounts):
        assert not re.search("Umiddelbar|Hvad valget|lovbemærkningerne|midlertidigt|regioner", old)


def test_a_temporary_measure_names_the_years_that_move_and_no_structural_effect(brief_of: BriefOf) -> None:
    text = plain(brief_of, "published")
    assert (
        "Forslaget er midlertidigt og flytter den faktiske saldo i finansårene 2021, 2022 og 2023, hovedsagelig i "
        "2022. Der forudsættes ingen strukturel virkning, og den varige virkning er derfor 0." in text
    )
    assert "midlertidigt" not in plain(brief_of, "null").split("## Følsomhed")[0]


def test_a_rule_that_lasts_has_three_named_figures(brief_of: BriefOf) -> None:
    text = plain(brief_of, "lasting")
    assert "Finansårsvirkningen er −0,65 mio. kr. i 2022, −1,5 mio. kr. i 2023 og −1,7 mio. kr. i 2024." in text
    assert "Helårsvirkningen er −1,7 mio. kr., regnet for 2024, det første år, hvor reglen er fuldt indfaset" in text
    assert "Den varige virkning er −1,7 mio. kr. om året. Beløbene er ikke tilbagediskonteret." in text
    assert "Som varig regel svækker forslaget den offentlige saldo i størrelsesordenen 1,7 mio. kr. om året" in text
    assert "i alt omkring 1,7 mio. kr. om året«" in text and "ingen strukturel" not in text
    rows = text.split("Økonomiske konsekvenser for det offentlige", 1)[1]
    assert "| Finansår | 2022 | 2023 | 2024 | Varig |" in rows and "2025" not in rows.split("##")[0]
    assert "varig virkning pr. år" in text.split("### Til lovbemærkningerne")[1]


def test_a_rule_that_lasts_in_a_run_too_short_says_until_when_it_must_go(brief_of: BriefOf) -> None:
    text = plain(brief_of, "lasting_short")
    assert "Finansårsvirkningen er −0,65 mio. kr. i 2022." in text
    assert "for kort til at vise helårsvirkning og varig virkning" in text
    assert "perioden skal gå mindst til 31. december 2024." in text
    assert "| Finansår | 2022 | 2023 | 2024 | 2025 | 2026 | I alt |" in text and "| Varig" not in text
    half = plain(brief_of, "lasting_half_year")
    assert "perioden skal gå mindst til 31. december 2024." in half and "Finansårsvirkningen" not in half


def test_years_in_a_sentence_are_a_list_or_a_stretch(run_of: RunOf, words: Words) -> None:
    telling = Telling(run_of("published"), words)
    assert stretch(telling, ["2021", "2022", "2023"]) == "2021, 2022 og 2023"
    assert stretch(telling, ["2021", "2022", "2023", "2024"]) == "2021 til 2024"
    assert stretch(telling, ["2021", "2022", "2023", "2030"]) == "2021, 2022, 2023 og 2030"


def test_columns_are_years_and_their_whole(run_of: RunOf) -> None:
    one_off, lasting = Story(run_of("published")), Story(run_of("lasting"))
    years = [str(year) for year in range(2021, 2029)]
    columns = year_columns(one_off, years)
    assert [column.heading for column in columns] == [*years[:5], "later"]
    by_year = dict.fromkeys(years, 2.0)
    assert [column.of(by_year) for column in (*columns, whole_column(one_off, years))] == [2, 2, 2, 2, 2, 6, 16]
    assert [column.heading for column in year_columns(lasting, ["2022", "2023", "2024", "2025"])] == [
        "2022",
        "2023",
        "2024",
    ]
    assert whole_column(lasting, years).of(by_year) == 2.0


def test_every_concept_stands_side_by_side_with_the_chosen_one_marked(brief_of: BriefOf) -> None:
    text = plain(brief_of, "published")
    rows = rows_of(text, "Samme kørsel under hvert begreb")
    assert len(rows) == 7 and [row for row in rows if row[0].endswith("(valgt)")] == [
        [
            "Notatets begreb, én værdi pr. fuldtidsår (valgt)",
            "overførsler, skatter, tilbageløb og driftsudgifter; kun ændret form",
            "−5,0",
            "0",
        ]
    ]
    figures = {row[0]: row[1:] for row in rows}
    assert figures["Overførsler alene"] == ["overførsler", "−3,5", "+1,5"]
    missing = figures["Ministeriernes regneprincipper"]
    assert "ingen strukturel virkning af et midlertidigt forslag" in missing[0] and missing[1:] == ["–", "–"]
    assert "går fra −2,5 mio. kr. til −5,1 mio. kr., og det valgte begreb giver −5,0 mio. kr." in text
    assert "satser pr. fuldtidsperson er ikke udfyldt" in plain(brief_of, "lasting")
    assert "så valget betyder intet i denne kørsel" in plain(brief_of, "null")


def test_the_reasons_for_a_missing_figure_are_those_of_the_program() -> None:
    week = type("Week", (), {"scenario": scenario_of(""), "groups": ("dagpenge",)})()
    assert why_missing(regneprincipper.missing(week)) == "temporary"
    week.scenario = scenario_of("period: {from: 2022-01-01, to: 2022-12-31, permanent: true}\n")
    assert why_missing(regneprincipper.missing(week)) == "empty"
    source = results_of_concepts.__file__
    assert source is not None
    assert WHY_MISSING["beyond"] in Path(source).read_text(encoding="utf-8")
    assert why_missing("something else") == "unknown"


def test_the_law_comments_have_every_authority_the_kinds_asked_for_and_their_sign(brief_of: BriefOf) -> None:
    text = plain(brief_of, "published")
    after = text.split("### Til lovbemærkningerne")[1]
    assert "mio. kr., 2021-pl (+ merudgift eller mindreindtægt)" in after
    rows = rows_of(after, "Økonomiske konsekvenser til lovbemærkningerne")
    assert [row[0] for row in rows] == [
        *("Stat", "drift", "overførsler", "anlæg", "skatter og afgifter"),
        *("Kommuner", "drift", "overførsler", "anlæg", "skatter og afgifter"),
        *("Regioner", "drift", "overførsler", "anlæg", "Det offentlige i alt"),
    ]
    assert rows[-1][1:] == ["+0,2", "+3,8", "+1,0", "0", "0", "+5,0"]
    assert rows[0][4:] == ["0", "0", "+2,1"] and rows[5][4:] == ["0", "0", "+2,9"]
    assert all(row[1:] == ["0"] * 6 for row in rows[10:14])
    assert "budgetgaranti +0,50 mio. kr. (driftsudgifter)" in after
    assert "anden kompensation +2,3 mio. kr. (overførsler til borgere)" in after
    assert "kommunernes pris- og lønudvikling (driftsudgifter)" in after


def test_the_law_comments_show_the_three_steps(brief_of: BriefOf) -> None:
    rows = rows_of(plain(brief_of, "counted_time"), "Økonomiske konsekvenser til lovbemærkningerne")
    assert rows[-1][-3:] == ["−0,4", "−0,4", "+4,6"]
    kommuner = next(row for row in rows if row[0] == "Kommuner")
    assert kommuner[-3:] == ["−0,4", "−0,4", "+2,5"]


def test_a_social_figure_is_never_called_the_public_balance(brief_of: BriefOf) -> None:
    text = plain(brief_of, "social")
    claims = re.sub(r"[^.|:]*\b(?:ikke|uden for|på) (?:virkningen på )?den offentlige saldo[^.|]*", "", text)
    assert "offentlige saldo" not in claims and "offentlige finanser" not in claims.split("## Bilag")[0]
    assert "give et samfundsøkonomisk tab i størrelsesordenen 5 mio. kr." in text
    assert "Tallet er ikke virkningen på den offentlige saldo." in text
    assert "har derfor ingen tal til lovbemærkningerne" in text and "heraf stat" not in text


def test_a_concept_before_tax_is_not_called_after_tax(brief_of: BriefOf) -> None:
    text = plain(brief_of, "transfers")
    assert "svækket i størrelsesordenen 5 mio. kr. i overførsler før skat og tilbageløb (2021-pl)" in text
    assert "Efter skat, tilbageløb og adfærd" not in text
    assert "| **Overførsler efter adfærd, før skat og tilbageløb** |" in text


def test_a_value_that_the_accounts_come_to_has_no_source_and_no_range(brief_of: BriefOf) -> None:
    text = plain(brief_of, "lasting")
    assert "| × værdi pr. fuldtidsår, kr. | 300.000 | gennemsnit af kontiene |" in text
    assert "| Værdi pr. fuldtidsår, kr. | 0 | 150.000 | 300.000 | 600.000 |" in text
    assert "uden for spænd" not in text


def test_rates_that_the_concept_does_not_rest_on_are_folded(brief_of: BriefOf) -> None:
    note, accounts, transfers = (plain(brief_of, shape) for shape in ("published", "lasting", "transfers"))
    assert "Satser, der kun bruges til fordelingen på konti og til de andre begreber (4 værdier)" in note
    assert "Ydelse pr. måned" not in note and "| Prisniveau, som alle beløb står i | 2021 | 2019 til 2026 |" in note
    assert "| Ydelse pr. måned før skat (2 værdier) | 19.322 til 19.351 kr. pr. måned |" in accounts
    assert (
        re.search(r"\| oplyst, afledt \| [-\d]+ \| 2 kilder \|", accounts)
        and "| Bundskat, 2022 | 12,1 pct. |" in accounts
    )
    assert "Satser, der kun bruges til de andre begreber (2 værdier)" in accounts
    assert "Bundskat" not in transfers and "de andre begreber (3 værdier)" in transfers
    assert "Satser" not in plain(brief_of, "published_before")


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if not SHAPES[shape].before])
def test_no_kroner_by_type_or_group_are_printed(brief_of: BriefOf, shape: str) -> None:
    text = plain(brief_of, shape)
    tables = "\n".join(line for line in text.split("## Forudsætninger")[0].splitlines() if line.startswith("|"))
    assert not re.search("samtaler i a-kassen|dagpengemodtagere|sygedagpenge|Odense|Aarhus", tables)


def test_the_report_knows_every_word_of_the_accounts(words: Words) -> None:
    sorts = sorting()
    named = {
        "accounts": (*ACCOUNTS, *sorts),
        "authorities": AUTHORITIES,
        "lines": (*LINES, *LINES_BESIDE),
        "saldo_steps": STEPS_TOLD,
        "concepts": concept_names(),
        "concept_parts": PARTS,
        "kinds": KINDS,
        "compensation": {row["compensation"] for row in sorts.values()} | {"dut", "budgetgaranti", "anden", "ingen"},
        "indexation": {row["indexation"] for row in sorts.values()} | {"none"},
        "missing": (*WHY_MISSING, "unknown"),
        "account_groups": (*GROUP_OF.values(), "return_flow_and_insurance"),
    }
    unknown = {
        kind: [name for name in names if words.find(f"names.{kind}.{name}") is None] for kind, names in named.items()
    }
    assert not {kind: names for kind, names in unknown.items() if names}


def test_the_report_sorts_accounts_and_concepts_as_the_program_does() -> None:
    assert set(GROUP_OF) == set(ACCOUNTS)
    for group, accounts in {"transfers": TRANSFERS, "taxes": TAXES, "return_flow": RETURN_FLOW}.items():
        assert {account for account, name in GROUP_OF.items() if name == group} == set(accounts)
    assert GROUP_OF[RUNNING_COSTS[0]] == "running_costs"
    assert (PUBLIC, STEPS, BESIDE) == (AUTHORITIES_TOLD, STEPS_TOLD, LINES_BESIDE)
    assert set(STATED_IN_STEPS) < set(STATED) < set(concept_names())
    assert [name for name in concept_names() if "production" in concept_named(name).includes] == [SOCIAL]


NOT_READ = ("saldo.published", "saldo.ladder.published")
"""Beginnings of values that are printed figures for comparison, and no assumption of a run."""


def test_every_value_behind_the_kroner_has_a_danish_name(words: Words) -> None:
    rows = [row for row in scenario_of("").baseline.values if row.startswith(("saldo.", "effects."))]
    assert len(rows) > 200
    assert not [row for row in rows if not row.startswith(NOT_READ) and not words.key_name(row)]
    facts = plain_of(listing("money")), plain_of(listing("taxes")), plain_of(listing("benefits"))
    units = set(re.findall(r"'unit': '([^']+)'", str(facts)))
    assert not [unit for unit in units if unit not in words.tree["names"]["value_units"] and unit not in PER_CENT]


PER_CENT = ("share", "growth", "factor")


def test_a_rate_is_named_with_its_group_and_year(words: Words) -> None:
    named = words.key_name("saldo.benefit_mix.jobparat.kontanthjaelp_with_children")
    assert named == "Andel af gruppen på hver sats, job- og uddannelsesparate, kontanthjælp til forsørgere"
    assert words.key_name("saldo.tax.bottom_tax.year_2022") == "Bundskat, 2022"
    assert words.key_name("saldo.social.discount_rate.year_36") == "Samfundsøkonomisk kalkulationsrente, fra år 36"
    ladder = words.key_name("saldo.ladder.starting_weeks.jobparat.weeks_13")
    assert ladder.endswith("job- og uddannelsesparate, 13 uger i forvejen")


def test_words_are_laid_over_only_where_a_concept_has_its_own(words: Words) -> None:
    assert words.seen_as("note") is words
    social = words.seen_as("social")
    assert social.text("brief.key.effect_loss") != words.text("brief.key.effect_loss")
    assert social.text("brief.key.converted") == words.text("brief.key.converted")
    assert social.seen_as("social").text("brief.key.effect_loss") == social.text("brief.key.effect_loss")
    assert NO_BREAK in words.mio_kr(1e6)
