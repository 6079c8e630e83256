"""The files of the panels: small rooms, no markup built from texts, words that are there, and settings written back."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.web.views import panel_names
from simulator.web.words import page_languages, page_words

PANELS = Path(__file__).parents[3] / "simulator" / "web" / "page" / "panels"
MODULES = {path.name: path.read_text(encoding="utf-8") for path in sorted(PANELS.glob("*.js"))}
STYLE = (PANELS.parent / "panels.css").read_text(encoding="utf-8")
FILE_LINES, FUNCTION_LINES, LINE = 400, 40, 120
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(\"style\"|https?://"
    r"|toFixed|Intl\.|toLocale"
)
FUNCTION = re.compile(r"^(?:export )?(?:async )?function (\w+)(?:.*\n)*?^}", re.MULTILINE)
USED = re.compile(r"\bsaid\(context\)((?:\.\w+)+)")
NAMED = re.compile(r"const (\w+) = said\(context\)((?:\.\w+)*);")


def test_there_is_a_module_for_each_panel() -> None:
    for name in panel_names():
        text = MODULES[f"{name}.js"]
        assert f'export const name = "{name}";' in text
        assert "export async function show(place, context)" in text
    assert set(re.findall(r'import \* as (\w+) from "\./\1\.js";', MODULES["all.js"])) == set(panel_names())


@pytest.mark.parametrize("name", MODULES)
def test_modules_are_small_and_build_no_markup(name: str) -> None:
    text = MODULES[name]
    assert len(text.splitlines()) < FILE_LINES
    assert [line for line in text.splitlines() if len(line) > LINE] == []
    assert not FORBIDDEN.findall(text)
    assert not [one[1] for one in FUNCTION.finditer(text) if one[0].count("\n") + 1 >= FUNCTION_LINES]
    for imported in re.findall(r"from \"\./(\w+\.js)\"", text):
        assert imported in MODULES


def _found(tree: Any, path: str) -> Any:
    for part in path.strip(".").split("."):
        if not isinstance(tree, dict) or part not in tree:
            return tree if isinstance(tree, str) else None
        tree = tree[part]
    return tree


@pytest.mark.parametrize("language", page_languages())
def test_words_that_are_asked_for_are_there(language: str) -> None:
    words = page_words(language)["views"]
    asked = 0
    for name, text in MODULES.items():
        for path in USED.findall(text):
            assert _found(words, path) is not None, (name, path)
        for variable, path in dict.fromkeys(NAMED.findall(text)):
            section = words if not path else _found(words, path)
            for key in re.findall(rf"(?<![.\w]){variable}\.(\w+)\b", text):
                others = [_found(words, other) for one, other in NAMED.findall(text) if one == variable]
                assert any(key in one for one in [section, *others]), (name, variable, key)
                asked += 1
    assert asked > 100


def test_the_style_is_small_and_names_its_colours() -> None:
    assert len(STYLE.splitlines()) < FILE_LINES and [line for line in STYLE.splitlines() if len(line) > LINE] == []
    rules = re.sub(r"--[\w-]+:[^;]+;", "", STYLE)
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) == set()


def test_light_and_dark_name_the_same_colours() -> None:
    blocks = re.findall(r":root[^{]*\{([^}]*)\}", STYLE)
    assert len(blocks) == 3
    assert len({frozenset(re.findall(r"(--[\w-]+):", block)) for block in blocks}) == 1
    assert blocks[1].split() == blocks[2].split()


VALUES: list[Any] = [
    [{"name": "lukning 1", "from": "2022-01-05", "planned": "false", "places": ["Odense", "Ærø"], "source": ""}],
    ["2021-W51", "2021-W52"],
    [],
    [{"name": 'a "b": [c], {d} # e', "why": "line\nbreak", "to": "null", "x": "- y", "z": "yes"}],
    [{"name": "trailing: ", "other": " leading", "plain": "a-b.c_d", "percent": "50 %", "amp": "&x *y !z"}],
]


def test_a_list_that_is_written_on_one_line_reads_back_as_it_was() -> None:
    """As the command line reads a setting: every scalar as its text."""
    node = shutil.which("node") or _brought()
    told = (
        "import { flow } from process.argv[1];".replace("process.argv[1]", repr(str(PANELS / "flow.js")))
        + "import { readFileSync } from 'fs';"
        + "for (const one of JSON.parse(readFileSync(0, 'utf8'))) console.log(JSON.stringify(flow(one)));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "-e", told], input=json.dumps(VALUES), capture_output=True, text=True, check=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [yaml.load(line, Loader=yaml.BaseLoader) for line in lines] == VALUES
    assert not [line for line in lines if "\n" in line]


def _brought() -> str:
    """Return the JavaScript that playwright brings."""
    driver = pytest.importorskip("playwright._impl._driver").compute_driver_executable()
    return str(driver[0] if isinstance(driver, tuple) else driver)
