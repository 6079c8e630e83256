"""The page that is mailed: one file that asks nothing of anybody, opened from a disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from simulator.cli import group
from simulator.web.words import page_words
from tests.browser.conftest import WIDE
from tests.browser.served import CHRISTMAS, PLACE, REPLICATIONS, ROOT
from tests.browser.test_reachable import PHONE, TOO_WIDE, violations
from tests.browser.viewed import CONVERTED, KR, SCALE, TAKE_UP, View, said_by_a_run

WORDS = page_words("da")["static"]
OVER = ("--over", f"{SCALE}=0.1,0.3,0.5", "--over", f"{TAKE_UP}=0.8,0.9")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("static") / "jul.html"
    asked = ["explore", str(ROOT / CHRISTMAS), "-S", PLACE, "--replications", str(REPLICATIONS), "--static", str(path)]
    done = CliRunner().invoke(group, [*asked, *OVER])
    assert done.exit_code == 0, done.output
    assert path.stat().st_size < 2_000_000
    return path


@pytest.fixture
def mailed(browser: Browser, file: Path) -> Iterator[View]:
    """Open the file; it may ask for nothing but itself."""
    context = browser.new_context(viewport=WIDE, permissions=[])  # type: ignore[arg-type]
    page: Page = context.new_page()
    view, asked = View(page), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: view.wrong.append(str(error)))
    page.on("console", lambda said: view.wrong.append(said.text) if said.type == "error" else None)
    page.goto(file.as_uri())
    yield view
    context.close()
    assert {url.partition("#")[0] for url in asked if not url.startswith("data:")} == {file.as_uri()}
    assert not view.wrong


def set_to(view: View, key: str, text: str) -> None:
    """Type a value into the field of a slider."""
    field = view.row(key).get_by_role("textbox")
    field.fill(text)
    field.press("Enter")


def test_its_sliders_go_from_one_computed_figure_to_the_next(mailed: View) -> None:
    """To the digits of a run, of what is valued and of what is simulated; the address holds where they stand."""
    set_to(mailed, SCALE, "0,1")
    set_to(mailed, TAKE_UP, "0,8")
    mailed.slider(SCALE).press("ArrowRight")
    mailed.slider(TAKE_UP).press("End")
    expect(mailed.page.get_by_text(WORDS["stop"], exact=True)).to_be_visible()
    said = said_by_a_run((f"{SCALE}={mailed.slider(SCALE).get_attribute('aria-valuenow')}", f"{TAKE_UP}=0.9"))
    for name in (KR, CONVERTED):
        expect(mailed.figure(name)).to_have_text(said[name])
    again = mailed.page.context.new_page()
    again.goto(mailed.page.url)
    expect(View(again).figure(KR)).to_have_text(said[KR])


def test_between_them_it_says_that_it_interpolates_and_how_far_off_it_may_be(mailed: View) -> None:
    set_to(mailed, SCALE, "0,5")
    set_to(mailed, TAKE_UP, "0,85")
    told = mailed.page.get_by_text(WORDS["interpolated"].partition("{")[0]).first
    expect(told).to_have_text(re.compile(r"[1-9][\d.,]*\s(mio\.\s)?kr\.$"))
    set_to(mailed, TAKE_UP, "0,9")
    expect(mailed.page.get_by_text(WORDS["stop"], exact=True)).to_be_visible()


def test_it_keeps_nobody_out(mailed: View) -> None:
    for language in ("da", "en"):
        for theme, width in (("light", WIDE["width"]), ("dark", PHONE)):
            mailed.page.get_by_role("combobox").first.select_option(theme)
            mailed.page.set_viewport_size({"width": width, "height": 900})
            assert violations(mailed.page) == [], (language, theme, width)
        mailed.page.set_viewport_size({"width": 320, "height": 700})
        assert mailed.page.evaluate(TOO_WIDE) <= 0
        mailed.page.get_by_role(
            "button", name=page_words(language)["page"]["header"]["other_language"], exact=True
        ).click()
    for slider in mailed.page.get_by_role("slider").all():
        assert slider.get_attribute("aria-valuetext") and slider.get_attribute("aria-labelledby")
