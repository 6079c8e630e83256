"""Several modules as one program: names kept apart, all forms of import, and nothing twice that two programs share."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from simulator.web.door.page_files import PAGE
from simulator.web.script import as_data, as_module, in_one, order


def test_modules_keep_their_names_to_themselves(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text("const own = 1;\nexport function one() {\n  return own;\n}\n")
    (tmp_path / "two.js").write_text('import { one as first } from "./one.js";\nconst own = 2;\nown + first();\n')
    text = in_one(tmp_path, "two.js")
    assert "const { one: first } = in_one;" in text.replace("const {one", "const { one").replace("first}", "first }")
    assert "import" not in text and "export" not in text
    assert text.index("in_one = ") < text.index("in_two = ")


def test_a_second_program_takes_from_the_first_what_both_use(tmp_path: Path) -> None:
    """Also where it lies in another folder, imports a module whole, and over several lines."""
    (tmp_path / "later").mkdir()
    files = {
        "state.js": "let count = 0;\nexport function counted() {\n  return (count += 1);\n}\n",
        "main.js": 'import { counted } from "./state.js";\ncounted();\nexport const seen = counted();\n',
        "later/own.js": "export const own = 5;\nexport async function waits() {}\n",
        "later/all.js": 'import {\n  counted as more,\n} from "../state.js";\nimport * as own from "./own.js";\n'
        "export const told = [more(), own.own, typeof own.waits];\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    programs = {
        "main.js": as_module(tmp_path, "main.js"),
        "later/all.js": as_module(tmp_path, "later/all.js", "main.js"),
    }
    for name, text in programs.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "state.js").unlink()
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    code = (
        'const one = await import("./main.js"), two = await import("./later/all.js"); console.log(one.seen, two.told)'
    )
    done = subprocess.run(
        [_node(), "--input-type=module", "-e", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "2 [ 3, 5, 'function' ]"


def test_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text('import { two } from "./two.js";\nexport const one = two;\n')
    (tmp_path / "two.js").write_text('import { one } from "./one.js";\nexport const two = one;\n')
    with pytest.raises(AssertionError, match="circle"):
        in_one(tmp_path, "one.js")


def test_the_panels_share_their_modules_with_the_page() -> None:
    page, panels = order(PAGE, "main.js"), order(PAGE, "panels/all.js")
    first, second = as_module(PAGE, "main.js"), as_module(PAGE, "panels/all.js", "main.js")
    shared = set(page) & set(panels)
    assert "nodes.js" in shared
    for name in {*page, *panels}:
        made = f"const in_{name.removesuffix('.js').replace('/', '_')} = (() => {{"
        assert ((first + second).count(made), first.count(made)) == (1, name in page), name


def test_a_text_of_a_scenario_cannot_end_its_element() -> None:
    evil = {"title": "</script><img src=x onerror=alert(1)>\u2028<!--"}
    text = as_data(evil)
    assert "<" not in text and json.loads(text) == evil


def _node() -> str:
    """Return the JavaScript that playwright brings."""
    driver = pytest.importorskip("playwright._impl._driver").compute_driver_executable()
    return str(driver[0] if isinstance(driver, tuple) else driver)
