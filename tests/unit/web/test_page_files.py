"""The files of the page: no script or style inside the markup, small rooms, words that are there, their own tests."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from simulator.web.door.page_files import page_files
from simulator.web.words import page_words

PAGE = Path(__file__).parents[3] / "simulator" / "web" / "page"
INDEX = (PAGE / "index.html").read_text(encoding="utf-8")
MODULES = {path.name: path.read_text(encoding="utf-8") for path in sorted(PAGE.glob("*.js"))}
STYLES = {path.name: path.read_text(encoding="utf-8") for path in sorted(PAGE.glob("*.css"))}
TESTS = sorted((Path(__file__).parent / "page").glob("*.test.mjs"))
FILE_LINES, FUNCTION_LINES, LINE = 400, 40, 120
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(\"style\""
    r"|https?://(?!www\.w3\.org)"
)
FUNCTION = re.compile(r"^(?:export )?(?:async )?function (\w+)(?:.*\n)*?^}", re.MULTILINE)
OF_OTHERS = ("static",)
"""Files that begin so belong to the page without a server."""


def _imports(text: str) -> set[str]:
    return set(re.findall(r"from \"\./(\w+\.js)\"", text))


def test_the_markup_holds_no_script_and_no_style_of_its_own() -> None:
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", INDEX)
    assert re.findall(r"<script ([^>]*)>(.*?)</script>", INDEX) == [
        ('type="module" src="page/main.js"', ""),
        ('type="application/json" id="told"', ""),  # what is told stands here, which no browser runs
    ]


def test_what_the_page_starts_with_is_one_style_and_one_program() -> None:
    """Both are announced in the markup, so that nothing is fetched only when something else has been read."""
    served = page_files()
    named = re.findall(r"<(link|script) [^>]*(?:href|src)=\"((?!data:)[^\"]+)\"", INDEX)
    assert named == [("link", "page/page.css"), ("script", "page/main.js")]
    program = served["/page/main.js"].content.decode()
    assert not re.search(r"^import ", program, re.MULTILINE)
    assert re.findall(r"import\(\"\./([^\"]*)\"\)", program) == ["panels/all.js"]
    assert set(served) == {"/", "/page/page.css", "/page/main.js", "/page/panels/all.js"}
    assert served["/page/page.css"].content.decode() == STYLES["page.css"] + "\n" + STYLES["panels.css"]


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith(OF_OTHERS)])
def test_modules_are_small_and_build_no_markup(name: str) -> None:
    text = MODULES[name]
    assert len(text.splitlines()) < FILE_LINES
    assert [line for line in text.splitlines() if len(line) > LINE] == []
    assert not FORBIDDEN.findall(text)
    long = [one[1] for one in FUNCTION.finditer(text) if one[0].count("\n") + 1 >= FUNCTION_LINES]
    assert not long
    assert _imports(text) <= set(MODULES)


def test_what_the_page_without_a_server_shares_knows_nothing_of_the_server() -> None:
    shared, left = set(), {"slider.js", "interval.js", "numbers.js"}
    while left:
        name = left.pop()
        shared.add(name)
        left |= _imports(MODULES[name]) - shared
    assert not shared & {"api.js", "state.js", "main.js", "jobs.js"}


def test_styles_are_small() -> None:
    lines = STYLES["page.css"].splitlines()
    assert len(lines) < FILE_LINES and [line for line in lines if len(line) > LINE] == []


def test_every_colour_has_a_name() -> None:
    """A colour that stands outside the list of names does not turn dark with the rest."""
    rules = re.sub(r"--[\w-]+:[^;]+;", "", STYLES["page.css"])
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) == set()


def test_names_of_colours_that_are_used_are_there() -> None:
    text = STYLES["page.css"]
    made = set(re.findall(r"(--[\w-]+):", text))
    assert set(re.findall(r"var\((--[\w-]+)", text)) <= made


@pytest.mark.parametrize("language", ["da", "en"])
def test_panels_and_figures_have_their_words(language: str) -> None:
    words = page_words(language)["page"]
    panels = re.search(r"PANELS = \[(.*?)\]", MODULES["panels.js"], re.DOTALL)
    figures = re.findall(r"name: \"(\w+)\", decimals", MODULES["figures.js"])
    badges = re.search(r"return \[\n(.*?)\]\.filter", MODULES["slider.js"], re.DOTALL)
    assert panels and badges and figures
    assert set(re.findall(r"\"(\w+)\"", panels[1])) == set(words["panels"]["names"])
    assert set(figures) == set(words["figures"]["names"])
    assert set(re.findall(r"&& \"(\w+)\"", badges[1])) == set(words["sheet"]["slider"]["badges"])


def test_modules_do_what_their_own_tests_say() -> None:
    """Runs `page/*.test.mjs` with the JavaScript that playwright brings; no browser is needed for them."""
    driver = pytest.importorskip("playwright._impl._driver").compute_driver_executable()
    node = driver[0] if isinstance(driver, tuple) else driver
    ended = subprocess.run([node, "--test", *map(str, TESTS)], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stdout
    passed = re.search(r"^. pass (\d+)$", ended.stdout, re.MULTILINE)
    assert passed is not None and int(passed[1]) >= len(TESTS)
