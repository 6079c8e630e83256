"""By keyboard, by a screen reader, on paper, in the dark, and on any width from 320 to 2560 pixels."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from simulator.web.words import page_words
from tests.browser.conftest import Open
from tests.browser.served import CHRISTMAS
from tests.browser.viewed import KR, SCALE, View

AXE = Axe()
PHONE, WIDE = 390, 1280
MAIN = 20
"""More sliders than are shown first."""
SLIDERS = """() => [...document.querySelectorAll('[role=slider]')].map(one => ({
  key: one.closest('[data-key]').dataset.key,
  name: (one.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.textContent || '').join(' ').trim(),
  text: one.getAttribute('aria-valuetext'), tab: one.tabIndex,
  now: Number(one.getAttribute('aria-valuenow')), low: Number(one.getAttribute('aria-valuemin')), high: Number(one.getAttribute('aria-valuemax')),
}))"""  # noqa: E501
IN_DIALOG = "() => Boolean(document.activeElement.closest('dialog')) || document.activeElement === document.body"
FOCUSED = """() => { const one = document.activeElement; const style = getComputedStyle(one); const box = one.getBoundingClientRect();
  return { tag: one.tagName, role: one.getAttribute('role'), text: one.textContent.trim(), key: one.closest('[data-key]')?.dataset.key,
    seen: box.width > 0 && box.height > 0, marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none' }; }"""  # noqa: E501
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page, context: str | None = None) -> list[str]:
    """Return what axe-core finds wrong, once no figure is pale because another one is being worked out."""
    expect(page.locator(".stale")).to_have_count(0)
    found = AXE.run(page, context=context).response["violations"]
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:150]}" for one in found]


@pytest.mark.parametrize("language", ["da", "en"])
def test_nothing_keeps_anybody_out(opened: Open, language: str) -> None:
    """No violation in the sense of axe-core, in both languages, light and dark, on a screen and a phone."""
    view = opened(f"#language={language}&column=A&base={CHRISTMAS}&{SCALE}=1.5&column=B&base={CHRISTMAS}")
    view.wait_until_simulated()
    for theme in ("light", "dark"):
        view.page.get_by_label(view.words["header"]["theme"]).select_option(theme)
        for width in (WIDE, PHONE):
            view.page.set_viewport_size({"width": width, "height": 900})
            assert violations(view.page) == [], (theme, width)


def test_no_panel_keeps_anybody_out(opened: Open) -> None:
    """Each of them is shown, has no violation, and is no wider than a small phone."""
    view = opened()
    view.wait_until_simulated()
    ask_job = page_words("da")["views"]["ui"]["ask_job"]
    for name in view.words["panels"]["names"]:
        look_at(view, name)
        ask = view.page.get_by_role("tabpanel").get_by_role("button", name=ask_job, exact=True)
        if ask.count():
            ask.first.click()
            expect(ask).to_have_count(0, timeout=30_000)
            look_at(view, name)
        assert violations(view.page, "#panel") == [], name
        view.page.set_viewport_size({"width": 320, "height": 700})
        assert view.page.evaluate(TOO_WIDE) <= 0, name
        view.page.set_viewport_size({"width": WIDE, "height": 900})


def look_at(view: View, name: str) -> None:
    """Look at a panel, and wait until it is shown."""
    view.tab(name).click()
    panel = view.page.get_by_role("tabpanel")
    expect(panel).not_to_have_attribute("aria-busy", "true", timeout=30_000)
    for text in (view.words["panels"]["failed"], view.words["panels"]["waits"]):
        expect(panel.get_by_text(text)).to_have_count(0, timeout=30_000)


def test_every_slider_has_a_name_and_a_value_in_words(opened: Open) -> None:
    view = opened()
    expect(view.slider(SCALE)).to_be_visible()
    for group in view.page.locator("details.group > summary").all():
        group.click()
    expect(view.page.get_by_role("slider").nth(MAIN)).to_be_attached()
    sliders: list[dict[str, Any]] = view.page.evaluate(SLIDERS)
    for one in sliders:
        assert one["name"] and one["text"] and one["tab"] == 0, one
        assert one["low"] <= one["now"] <= one["high"], one
    slider = view.slider(SCALE)
    before, text = slider.get_attribute("aria-valuenow"), slider.get_attribute("aria-valuetext")
    slider.press("End")
    assert slider.get_attribute("aria-valuenow") != before
    assert slider.get_attribute("aria-valuetext") != text
    spoken = view.page.locator("[aria-live=polite]").filter(has_text=view.words["announce"]["alone"].split()[0])
    expect(spoken.first).to_be_attached(timeout=5_000)


def test_the_keyboard_reaches_everything_in_order(opened: Open) -> None:
    """The way past the head comes first; focus is seen where it is; a dialog keeps it and gives it back."""
    view = opened()
    view.wait_until_simulated()
    page, stops = view.page, []
    for _ in range(40):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    assert stops[0]["text"] == view.words["header"]["skip"]
    assert all(stop["tag"] != "BODY" and stop["seen"] and stop["marked"] for stop in stops)
    texts = [stop["text"] for stop in stops]
    buttons = [view.words["header"][name] for name in ("open", "download", "quit")]
    assert [texts.index(text) for text in buttons] == sorted(texts.index(text) for text in buttons)
    keys = [stop["key"] for stop in stops if stop["role"] == "slider"]
    assert SCALE in keys and len(keys) == len(set(keys)) > 5
    opener = view.button("header", "open")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=view.words["opening"]["title"])
    for _ in range(12):
        assert page.evaluate(IN_DIALOG)
        page.keyboard.press("Tab")
    assert violations(page, "dialog") == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


@pytest.mark.parametrize("width", [320, 2560])
def test_no_width_has_to_be_scrolled_sideways(opened: Open, width: int) -> None:
    view = opened(f"#language=da&column=A&base={CHRISTMAS}&column=B&base={CHRISTMAS}&{SCALE}=0.4")
    view.page.set_viewport_size({"width": width, "height": 900})
    view.wait_until_simulated()
    assert view.page.evaluate(TOO_WIDE) <= 0
    box = view.figure(KR).bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_paper_has_figures_and_no_buttons(opened: Open) -> None:
    view = opened(f"#language=da&theme=dark&column=A&base={CHRISTMAS}&{SCALE}=0.4")
    view.wait_until_simulated()
    view.page.emulate_media(media="print")
    expect(view.figure(KR)).to_be_visible()
    expect(view.button("header", "open")).to_be_hidden()
    expect(view.button("columns", "add")).to_be_hidden()
    white = view.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert white in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
