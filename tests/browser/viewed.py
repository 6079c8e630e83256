"""The page as a reader sees it: figures, sliders, steps; and what `saldo run` says at the same settings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote_plus

from playwright.sync_api import Locator, Page, expect

import simulator
from simulator.report.language import read_words
from simulator.web.words import page_words
from tests.browser.served import CHRISTMAS, PLACE, REPLICATIONS, ROOT

SCALE, EFFECT, TAKE_UP = "effects.params.scale", "effects.params.relative_effect", "attendance.take_up_scale"
KR, CONVERTED, PERSON_YEARS = "employment_effect_mio_kr", "converted", "person_years"
WRITTEN = {"da": "{} mio. kr.", "en": "DKK {} million"}
SIMULATED_MS = 60_000
"""The first simulation of a process compiles the engine where no cache of it is found."""
NOT_SETTINGS = ("language", "theme", "panel", "column", "base", "chosen")


@dataclass
class View:
    """A page that is open.

    Attributes:
        page: The page in the browser.
        language: The language that it speaks.
        wrong: What the browser said was wrong.
    """

    page: Page
    language: str = "da"
    wrong: list[str] = field(default_factory=list)

    @property
    def words(self) -> dict[str, Any]:
        """The words of the page itself."""
        found: dict[str, Any] = page_words(self.language)["page"]
        return found

    def figure(self, name: str) -> Locator:
        """Return where a key figure stands."""
        label = self.page.get_by_role("term").filter(
            has_text=re.compile(f"^{re.escape(self.words['figures']['names'][name])}$")
        )
        return self.page.locator("dl > div").filter(has=label).locator("strong")

    def slider(self, key: str) -> Locator:
        """Return the slider of an assumption."""
        return self.row(key).get_by_role("slider")

    def row(self, key: str) -> Locator:
        """Return the slider of an assumption with its field, its marks and its reset."""
        return self.page.locator(f'[data-key="{key}"]').first

    def button(self, group: str, name: str) -> Locator:
        """Return a button by its words in a group of the page's words."""
        return self.page.get_by_role("button", name=self.words[group][name], exact=True)

    def tab(self, name: str) -> Locator:
        """Return the tab of a panel."""
        return self.page.get_by_role("tab", name=self.words["panels"]["names"][name], exact=True)

    def wait_until_simulated(self) -> None:
        """Wait until the figures are those of a simulation."""
        expect(self.page.get_by_text(self.words["states"]["simulated"], exact=True)).to_be_visible(timeout=SIMULATED_MS)

    def holds_what_a_run_says(self) -> None:
        """State that the key figures are, to the digit, those of `saldo run` at the settings in the address."""
        self.wait_until_simulated()
        for name, text in said_by_a_run(settings_in(self.page.url), self.language).items():
            expect(self.figure(name)).to_have_text(text)


def settings_in(address: str, column: int = 0) -> tuple[str, ...]:
    """Return the settings of a column of an address, as the command line is given them."""
    parts = [tuple(map(unquote_plus, part.split("=", 1))) for part in address.partition("#")[2].split("&") if part]
    numbers = [sum(key == "column" for key, _ in parts[: at + 1]) - 1 for at in range(len(parts))]
    return tuple(
        f"{key}={value}"
        for (key, value), number in zip(parts, numbers, strict=True)
        if number == column and key not in NOT_SETTINGS
    )


@cache
def said_by_a_run(settings: tuple[str, ...], language: str = "da") -> dict[str, str]:
    """Return the key figures of a run of the published case, printed as its brief prints them."""
    headline = headline_of(settings)
    words = read_words(language)
    return {
        KR: WRITTEN[language].format(words.number(headline["saldo_mio_kr"]["employment_effect"]["mean"], 2)),
        CONVERTED: words.number(headline["converted"]["mean"], 0),
        PERSON_YEARS: words.number(headline["full_time_person_years"]["mean"], 1),
    }


def headline_of(settings: tuple[str, ...]) -> dict[str, Any]:
    """Return the headline of a run of the published case, run as the server of the tests runs it."""
    run = simulator.run(ROOT / CHRISTMAS, replications=REPLICATIONS, sets=(PLACE, *settings))
    return dict(run.headline)
