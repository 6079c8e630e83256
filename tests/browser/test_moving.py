"""What a reader does with the page: move, undo, compare, edit a closure, take it home; all as the command line says."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import expect

from simulator.cli import group
from simulator.web.words import page_words
from tests.browser.conftest import Open
from tests.browser.served import BOTTOM_UP, CHRISTMAS, Served
from tests.browser.viewed import CONVERTED, EFFECT, KR, SCALE, TAKE_UP, headline_of, said_by_a_run, settings_in


def test_a_slider_moved_by_keyboard_moves_the_figure(opened: Open) -> None:
    """At once, to the digits of a run; undone and done again by keyboard."""
    view = opened()
    view.holds_what_a_run_says()
    before = view.figure(KR).inner_text()
    slider = view.slider(EFFECT)
    slider.focus()
    for key in ("ArrowRight", "PageUp", "ArrowRight"):
        view.page.keyboard.press(key)
    expect(view.figure(KR)).not_to_have_text(before)
    expect(view.row(EFFECT).get_by_text(view.words["sheet"]["slider"]["badges"]["changed"], exact=True)).to_be_visible()
    assert settings_in(view.page.url)
    view.holds_what_a_run_says()
    moved = view.figure(KR).inner_text()
    expect(slider).to_be_focused()
    for _ in range(3):
        view.page.keyboard.press("Control+z")
    expect(view.figure(KR)).to_have_text(before)
    assert not settings_in(view.page.url)
    for _ in range(3):
        view.page.keyboard.press("Control+Shift+z")
    expect(view.figure(KR)).to_have_text(moved)
    view.button("header", "undo").click()
    view.page.go_back()
    view.row(EFFECT).get_by_role("button").first.wait_for()


def test_a_slider_that_needs_a_simulation_says_so_meanwhile(opened: Open) -> None:
    view = opened(f"#language=da&column=A&base={CHRISTMAS}&{SCALE}=0.4")
    view.holds_what_a_run_says()
    view.slider(TAKE_UP).focus()
    view.page.keyboard.press("PageDown")
    expect(view.page.get_by_text(view.words["states"]["control_running"], exact=True)).to_be_visible()
    view.holds_what_a_run_says()
    assert len(settings_in(view.page.url)) == 2


def test_a_typed_value_out_of_range_is_marked(opened: Open) -> None:
    view = opened()
    field = view.row(EFFECT).get_by_role("textbox")
    field.fill("0,5")
    field.press("Enter")
    view.holds_what_a_run_says()
    assert settings_in(view.page.url) == (f"{EFFECT}=0.5",) or settings_in(view.page.url) == (f"{EFFECT}=0.50",)
    field = view.row(SCALE).get_by_role("textbox")
    field.fill("1.25")
    field.press("Enter")
    badges = view.words["sheet"]["slider"]["badges"]
    expect(view.row(SCALE).get_by_text(badges["outside"], exact=True)).to_be_visible()
    field.fill("nogle")
    field.press("Enter")
    expect(view.row(SCALE).get_by_text("nogle")).to_be_visible()
    assert field.get_attribute("aria-invalid") == "true"
    view.holds_what_a_run_says()


def test_an_address_that_was_kept_opens_the_same_view(opened: Open) -> None:
    """Of a scenario that is not the first, in English, with draws; its range stands there."""
    state = f"#language=en&theme=dark&column=X&base={BOTTOM_UP}&places=[Samsø]&{SCALE}=0.2&column=Y&base={CHRISTMAS}"
    view = opened(state)
    expect(view.page.get_by_role("button", name="X", exact=True)).to_have_attribute("aria-pressed", "true")
    view.wait_until_simulated()
    assert view.page.locator("html").get_attribute("lang") == "en"
    assert settings_in(view.page.url) == ("places=[Samsø]", f"{SCALE}=0.2")
    again = opened(view.page.url[view.page.url.index("#") :])
    again.wait_until_simulated()
    expect(again.figure(KR)).to_have_text(view.figure(KR).inner_text())
    assert "DKK" in again.figure(KR).inner_text().replace("\N{NO-BREAK SPACE}", " ")


def test_two_scenarios_stand_side_by_side(opened: Open) -> None:
    view = opened()
    view.wait_until_simulated()
    view.button("columns", "add").click()
    view.slider(SCALE).focus()
    view.page.keyboard.press("End")
    expect(view.figure(KR)).to_have_text(said_by_a_run((f"{SCALE}=1.00",))[KR])
    table = view.page.get_by_role("table", name=view.words["compare"]["figures"])
    row = table.get_by_role("row").filter(
        has=view.page.get_by_role("rowheader", name=view.words["figures"]["names"][KR], exact=True)
    )
    texts = [said_by_a_run(())[KR], said_by_a_run(settings_in(view.page.url, 1))[KR]]
    expect(row.get_by_role("cell")).to_have_text(texts)
    difference = table.get_by_text(view.words["compare"]["difference"].format(first="A"))
    expect(difference).to_be_visible()
    view.page.get_by_role("button", name=view.words["columns"]["remove"].format(name="B")).click()
    expect(view.figure(KR)).to_have_text(texts[0])
    expect(table).to_be_hidden()
    view.page.keyboard.press("Control+z")
    expect(view.figure(KR)).to_have_text(texts[1])


def test_a_concept_is_chosen_by_its_name(opened: Open) -> None:
    """One that has no figure here cannot be chosen; the way back takes the setting away."""
    view = opened()
    view.wait_until_simulated()
    select = view.row("saldo.concept").get_by_role("combobox")
    expect(select.locator("option:disabled")).to_have_count(1)
    select.select_option("with_running_costs")
    view.holds_what_a_run_says()
    assert settings_in(view.page.url) == ("saldo.concept=with_running_costs",)
    select.select_option("note")
    assert settings_in(view.page.url) == ()


def test_another_scenario_is_opened_beside(opened: Open) -> None:
    view = opened()
    view.wait_until_simulated()
    view.button("header", "open").click()
    view.page.get_by_label(view.words["opening"]["beside"]).check()
    view.page.get_by_role("searchbox").last.fill("bottom-up")
    view.page.get_by_role("dialog").get_by_role("button").filter(has_text="bottom-up").click()
    expect(view.page.get_by_role("button", name="B", exact=True)).to_have_attribute("aria-pressed", "true")
    assert BOTTOM_UP in view.page.url.replace("%2F", "/") and CHRISTMAS in view.page.url.replace("%2F", "/")


def test_a_week_is_closed_on_the_calendar(opened: Open) -> None:
    """The week of 3 January, in which conversations are held."""
    view = opened()
    view.wait_until_simulated()
    before = view.figure(CONVERTED).inner_text()
    view.tab("calendar").click()
    words = page_words("da")["views"]["calendar"]
    view.page.get_by_role("checkbox", name=words["week_on"].format(week="1, 2022")).check()
    expect(view.figure(CONVERTED)).not_to_have_text(before)
    assert "2022-W01" in settings_in(view.page.url)[0]
    view.holds_what_a_run_says()


def test_a_closure_on_chosen_days_without_a_source_is_marked(opened: Open) -> None:
    view = opened()
    view.wait_until_simulated()
    view.tab("calendar").click()
    words = page_words("da")["views"]["calendar"]
    for day in ("2022-01-05", "2022-01-06"):
        view.page.locator(f'button[data-date="{day}"]').click()
    picked = words["picked"].format(**{"from": "5. januar 2022", "to": "6. januar 2022"})
    expect(view.page.get_by_text(picked)).to_be_visible()
    view.page.get_by_role("button", name=words["add_closure"], exact=True).click()
    view.page.get_by_role("button", name=words["save"], exact=True).click()
    view.page.wait_for_url(lambda address: "2022-01-06" in address)
    view.holds_what_a_run_says()
    expect(view.page.get_by_role("tabpanel").get_by_text(words["no_source"], exact=True)).to_be_visible()


def test_what_is_set_runs_on_the_command_line(opened: Open, served: Served, tmp_path: Path) -> None:
    """The downloaded file gives the headline of the page's own run, byte for byte."""
    view = opened(f"#language=da&column=A&base={CHRISTMAS}&{EFFECT}=0.25&calendar.closure_weeks=[2021-W51]")
    view.holds_what_a_run_says()
    with view.page.expect_download() as heard:
        view.button("header", "download").click()
    heard.value.save_as(tmp_path / "mine.yaml")
    done = CliRunner().invoke(group, ["run", str(tmp_path / "mine.yaml"), "--no-brief", "--out", str(tmp_path / "run")])
    assert done.exit_code == 0, done.output
    view.tab("files").click()
    view.page.get_by_role("tabpanel").get_by_text(page_words("da")["views"]["files"]["headline"]).first.wait_for()
    jobs = served.told("api/jobs")["jobs"]
    mine = [job for job in jobs if job["kind"] == "tell" and job["state"] == "done"]
    told = [served.ask(f"api/headline/{job['result']['run']}")[1] for job in mine]
    assert (tmp_path / "run" / "headline.json").read_bytes() in told
    figure = headline_of(settings_in(view.page.url))["saldo_mio_kr"]["employment_effect"]["mean"]
    kept = json.loads((tmp_path / "run" / "headline.json").read_bytes())
    assert kept["saldo_mio_kr"]["employment_effect"]["mean"] == figure
