"""What answers at each address, and how what is wrong is told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from simulator.web.door import files
from simulator.web.door.page_files import PAGE
from simulator.web.position import Position
from simulator.web.shelf import Shelf
from simulator.web.words import page_words
from tests.unit.web.stand_in import Running, running, write_scenario

POSITION = {"base": "scenarios/a.yaml", "sets": [["effects.params.scale", "0.3"]]}


@pytest.fixture(autouse=True)
def is_open(page: Running) -> None:
    assert page.json("POST", "/api/open", {"id": "scenarios/a.yaml"})[0] == 200


def test_a_title_with_markup_stays_text(page: Running) -> None:
    """It travels as JSON, which no browser reads as a page."""
    status, headers, body = page.ask("POST", "/api/open", {"id": "scenarios/a.yaml"})
    told = json.loads(body)
    assert (status, headers["content-type"]) == (200, "application/json")
    assert told["title"] == told["title_da"] == "A <img src=x onerror=alert(1)> title"
    assert set(told) == {"id", "kind", "title", "title_da", "name", "question", "rows", "headline"}


def test_figures_of_several_positions_come_with_their_differences(page: Running) -> None:
    asked = {"positions": [POSITION, {"base": "scenarios/a.yaml"}], "language": "en"}
    status, told = page.json("POST", "/api/value", asked)
    assert status == 200
    assert [one["position"]["sets"] for one in told["values"]] == [POSITION["sets"], []]
    assert [one["language"] for one in told["differences"]] == ["en"]
    assert page.json("POST", "/api/value", {"positions": [POSITION]})[1]["differences"] == []
    status, sooner = page.json("POST", "/api/figures", {"positions": asked["positions"]})
    assert status == 200 and [one["key"] for one in sooner["values"]] == [one["key"] for one in told["values"]]


def test_sheet_and_moves(page: Running) -> None:
    for name in ("sheet", "changes"):
        assert page.json("POST", f"/api/{name}", {"position": POSITION})[1]["position"] == POSITION
    assert page.json("POST", "/api/moves", {"position": POSITION}) == (
        200,
        {"moves": [{"key": "effects.params.scale"}]},
    )


def test_the_page_holds_what_it_is_told_at_the_start(tmp_path: Path) -> None:
    """As data that ends nothing; where it cannot be told the page asks, and is told why."""
    title = "A </script><script>alert(1)</script> title"
    file = write_scenario(tmp_path / "scenarios" / "a.yaml", title=title)
    plain = (PAGE / "index.html").read_text(encoding="utf-8")
    head, tail = re.split(r'(?<=id="told">)(?=</script>)', plain)
    with running(tmp_path) as page:
        page.lobby.lay_first(file, ())
        body = page.ask("GET", "/")[2].decode()
        told = body.removeprefix(head).removesuffix(tail)
        assert "<" not in told and json.loads(told) == page.json("GET", "/api/start")[1]
        assert json.loads(told)["opened"]["title"] == title
    with running(tmp_path) as page:
        page.lobby.lay_first(file, ())
        file.write_text("name: [", encoding="utf-8")
        page.lobby.reader._read = Shelf(1)  # it is not at hand any more
        assert page.ask("GET", "/")[2].decode() == plain
        assert page.json("GET", "/api/start")[0] == 422


def test_the_words_of_a_language_are_asked_for(page: Running) -> None:
    status, words = page.json("GET", "/api/words?language=en")
    assert (status, words["page"]) == (200, page_words("en")["page"])
    assert page.json("GET", "/api/words?language=fr")[0] == 422


def test_jobs_are_asked_for_looked_at_and_cancelled(page: Running) -> None:
    status, job = page.json("POST", "/api/jobs", {"kind": "tell", "position": POSITION, "client": "column A"})
    assert (status, job["kind"], job["client"]) == (200, "tell", "column A")
    assert page.json("GET", f"/api/jobs/{job['id']}") == (200, job)
    assert job in page.json("GET", "/api/jobs")[1]["jobs"]
    assert page.json("POST", f"/api/jobs/{job['id']}/cancel", {})[1]["state"] == "cancelled"
    assert page.json("GET", "/api/jobs/none")[0] == 404
    assert page.json("POST", "/api/jobs/none/cancel", {})[0] == 422


@pytest.mark.parametrize(
    ("path", "body", "fault"),
    [
        ("/api/value", b"{", "body"),
        ("/api/value", b"[" * 100_000, "body"),
        ("/api/value", [1], "body"),
        ("/api/value", {}, "positions"),
        ("/api/value", {"positions": []}, "positions"),
        ("/api/value", {"positions": [POSITION] * 7}, "positions"),
        ("/api/value", {"positions": [3]}, "position"),
        ("/api/figures", {}, "positions"),
        ("/api/figures", {"positions": [{"base": "none.yaml"}]}, "none.yaml"),
        ("/api/value", {"positions": [{"base": "none.yaml"}]}, "none.yaml"),
        ("/api/value", {"positions": [POSITION], "language": "fr"}, "language"),
        ("/api/value", {"positions": [POSITION], "language": ["da"]}, "language"),
        ("/api/sheet", {"position": {"base": "scenarios/a.yaml", "sets": [["a"]]}}, "sets"),
        ("/api/sheet", {"position": {"base": "scenarios/a.yaml", "sets": [["extends", "x"]]}}, "extends"),
        ("/api/sheet", {"position": {"base": "scenarios/a.yaml", "sets": 3}}, "position"),
        ("/api/open", {"id": 3}, "id"),
        ("/api/open", {"id": "../a.yaml"}, "../a.yaml"),
        ("/api/jobs", {"kind": "steal", "position": POSITION}, "kind"),
        ("/api/jobs", {"kind": {}, "position": POSITION}, "kind"),
        ("/api/jobs", {"kind": "tell", "position": POSITION, "client": "x" * 65}, "client"),
        ("/api/jobs", {"kind": "tell", "position": POSITION, "client": 3}, "client"),
    ],
)
def test_what_is_wrong_is_told(page: Running, path: str, body: Any, fault: str) -> None:
    before = len(page.work.asked)
    status, told = page.json("POST", path, body)
    assert status == 422
    assert [one["path"] for one in told["faults"]] == [fault]
    assert all(one["message"] and str(page.root) not in str(one) for one in told["faults"])
    assert len(page.work.asked) == before


def test_the_files_of_the_page_are_a_list(page: Running) -> None:
    """Each has its media type; a module that is part of a program has no address, nor has what lies in the folder."""
    found = {name: page.ask("GET", f"/page/{name}") for name in ("main.js", "page.css", "panels/all.js")}
    index = page.ask("GET", "/")
    assert {
        name: (status, headers["content-type"].partition(";")[0]) for name, (status, headers, _) in found.items()
    } == {
        "main.js": (200, "text/javascript"),
        "page.css": (200, "text/css"),
        "panels/all.js": (200, "text/javascript"),
    }
    assert (index[0], index[1]["content-type"]) == (200, "text/html; charset=utf-8")
    for name in ("nodes.js", "panels.css", "panels/map.js", "static.js", "index.html", "panels", "late.js"):
        assert page.ask("GET", f"/page/{name}")[0] == 404, name


@pytest.fixture
def behind(page: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    """Rooms that are asked for files and panels; returns what they were asked."""
    asked: list[Any] = []
    (tmp_path / "map.svg").write_text("<svg/>", encoding="utf-8")

    def download(run: Path, name: str, language: str) -> tuple[str, str, bytes | Path]:
        asked.append((run.name, name, language))
        return ("Kort å.svg", "image/svg+xml", tmp_path / "map.svg" if name.endswith("svg") else b"a;b")

    def scenario_file(position: Position, scenario: Any) -> tuple[str, str, bytes | Path]:
        return f"{scenario.name}.yaml", "text/yaml; charset=utf-8", b"name: a"

    monkeypatch.setattr(files.downloads, "download", download)
    monkeypatch.setattr(files.downloads, "scenario_file", scenario_file)
    monkeypatch.setattr(files.views, "panel_of", lambda run, panel, language: {"panel": panel, "language": language})
    monkeypatch.setattr(files.calendar, "calendar_of", lambda scenario, language: {"of": scenario.name})
    return asked


def test_files_of_a_run_are_kept_and_not_shown(page: Running, behind: list[Any]) -> None:
    for name in ("figures/map.svg", "tables/da/saldo.csv"):
        status, headers, body = page.ask("GET", f"/api/files/r1/{name}?language=en")
        assert status == 200 and body in (b"<svg/>", b"a;b")
        assert headers["content-disposition"].startswith("attachment; filename*=utf-8''kort%20%c3%a5.svg")
    assert behind == [("run", "figures/map.svg", "en"), ("run", "tables/da/saldo.csv", "en")]
    assert page.json("GET", "/api/files/none/run.zip")[0] == 404


def test_panels_the_calendar_and_the_scenario(page: Running, behind: list[Any]) -> None:
    assert page.json("GET", "/api/views/r1/years") == (200, {"panel": "years", "language": "da"})
    assert page.json("GET", "/api/views/none/years")[0] == 404
    assert page.json("POST", "/api/calendar", {"position": POSITION}) == (200, {"of": "a"})
    status, headers, body = page.ask("POST", "/api/scenario", {"position": POSITION})
    assert (status, headers["content-type"], body) == (200, "text/yaml; charset=utf-8", b"name: a")
    assert (
        page.ask("POST", "/api/scenario", {"position": {"base": "scenarios/a.yaml", "sets": [["demand.x", "1"]]}})[0]
        == 422
    )


def test_the_headline_comes_as_it_is_kept(page: Running) -> None:
    page.work.folder.mkdir(exist_ok=True)
    text = b'{"converted":  1.50,\n "a": null}\n'
    (page.work.folder / "headline.json").write_bytes(text)
    assert page.ask("GET", "/api/headline/r1")[2] == text
    assert page.json("GET", "/api/headline/r2")[0] == 404


def test_two_clients_do_not_disturb_each_other(page: Running, tmp_path: Path) -> None:
    write_scenario(page.root / "scenarios" / "b.yaml", title="B")
    assert page.json("POST", "/api/open", {"id": "scenarios/b.yaml"})[1]["title"] == "B"
    asked = {"positions": [{"base": f"scenarios/{name}.yaml"} for name in "ab"]}
    keys = [one["key"] for one in page.json("POST", "/api/value", asked)[1]["values"]]
    assert len(set(keys)) == 2
    (page.root / "scenarios" / "b.yaml").unlink()


@pytest.mark.parametrize("path", ["value", "open", "jobs", "sheet"])
def test_half_a_letter_is_no_text(page: Running, path: str) -> None:
    """JSON can write half a pair of surrogates, which no file, hash or answer can."""
    half = b'"\\ud800"'
    told = b'{"id": %b, "kind": "tell", "position": {"base": %b}, "positions": [{"base": %b}]}' % (half, half, half)
    status, answer = page.json("POST", f"/api/{path}", told)
    assert (status, answer["faults"][0]["path"]) == (422, "body")
