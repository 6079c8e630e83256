"""What lies below the folder of the start is offered and opened, and nothing else is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.web.door.browse import MOST_FOUND, below, name_of, places
from simulator.web.door.lobby import Lobby, Started
from simulator.web.opened import Options
from simulator.web.position import Reader
from tests.unit.web.stand_in import write_scenario


def _lobby(root: Path) -> Lobby:
    return Lobby(Started(root, Options(replications=1)), Reader(), root / ".uploads")


def _ids(root: Path) -> list[str]:
    return [one.id for one in places(root)]


def _run(folder: Path) -> Path:
    write_scenario(folder / "scenario.resolved.yaml", title="A run")
    (folder / "headline.json").write_text(
        '{"seed": 4, "replications": 2, "draws": 0, "engine": "fast", "converted": {"mean": 1.5}}', encoding="utf-8"
    )
    return folder


def test_a_danish_title_stands_beside_the_other(tmp_path: Path) -> None:
    write_scenario(tmp_path / "a.yaml", title="An own title")
    path = tmp_path / "a.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\ntitle_da: En titel\n", encoding="utf-8")
    told = places(tmp_path)[0].told()
    assert (told["title"], told["title_da"]) == ("An own title", "En titel")


def test_scenarios_and_runs_are_found_with_their_titles(tmp_path: Path) -> None:
    write_scenario(tmp_path / "b.yaml", title="Jul: »æøå« <b>")
    write_scenario(tmp_path / "scenarios" / "a.yaml")
    _run(tmp_path / "outputs" / "a" / "1")
    found = {one.id: (one.kind, one.title) for one in places(tmp_path)}
    assert found == {
        "b.yaml": ("scenario", "Jul: »æøå« <b>"),
        "scenarios/a.yaml": ("scenario", "A title"),
        "outputs/a/1": ("run", "A run"),
    }


@pytest.mark.parametrize(
    "text",
    ["", "a: 1\n", "scenario: a.yaml\nvary: []\nperiod: x\n", "- 1\n", "\x00\xff", "x" * 200_000, "  period: {}\n"],
)
def test_what_is_no_scenario_is_not_offered(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.yaml").write_bytes(text.encode("latin-1"))
    assert _ids(tmp_path) == []


def test_the_search_ends(tmp_path: Path) -> None:
    write_scenario(tmp_path / "1/2/3/4/deep.yaml")
    write_scenario(tmp_path / "1/2/3/4/5/too-deep.yaml")
    write_scenario(tmp_path / ".hidden" / "a.yaml")
    write_scenario(tmp_path / ".a.yaml")
    assert _ids(tmp_path) == ["1/2/3/4/deep.yaml"]
    (tmp_path / "1" / "round").symlink_to(tmp_path)
    assert _ids(tmp_path) == ["1/2/3/4/deep.yaml"]
    text = (tmp_path / "1/2/3/4/deep.yaml").read_text(encoding="utf-8")
    for number in range(MOST_FOUND + 20):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    assert len(_ids(tmp_path)) == MOST_FOUND


def test_a_link_that_leads_out_is_neither_offered_nor_opened(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    secret = write_scenario(outside / "secret.yaml")
    _run(outside / "run")
    inside = write_scenario(root / "a.yaml")
    (root / "link.yaml").symlink_to(secret)
    (root / "run").symlink_to(outside / "run")
    (root / "folder").symlink_to(outside)
    (root / "same.yaml").symlink_to(inside)
    (root / "gone.yaml").symlink_to(root / "nowhere.yaml")
    (root / "round.yaml").symlink_to(root / "round.yaml")
    assert _ids(root) == ["a.yaml", "same.yaml"]
    for name in ("link.yaml", "run", "folder/secret.yaml", "folder", "gone.yaml", "round.yaml"):
        with pytest.raises(InputError, match="nothing that can be opened lies there"):
            _lobby(root).open(name)
    assert _lobby(root).open("same.yaml").kind == "scenario"


@pytest.mark.parametrize(
    "name",
    [
        "../outside.yaml",
        "scenarios/../../outside.yaml",
        "ABSOLUTE",
        "/etc/passwd",
        "",
        ".",
        "..",
        ".hidden.yaml",
        "scenarios/.x/a.yaml",
        "scenarios\\a.yaml",
        "C:\\a.yaml",
        "a.yaml\0.png",
        "none.yaml",
        "x" * 5000,
        "scenarios/a.yaml/b",
    ],
)
def test_no_other_name_opens_anything(tmp_path: Path, name: str) -> None:
    write_scenario(tmp_path / "outside.yaml")
    write_scenario(tmp_path / "root" / "scenarios" / "a.yaml")
    write_scenario(tmp_path / "root" / ".hidden.yaml")
    wanted = str(tmp_path / "outside.yaml") if name == "ABSOLUTE" else name
    with pytest.raises(InputError, match="nothing that can be opened lies there") as wrong:
        below(tmp_path / "root", wanted)
    assert len(str(wrong.value)) < 500


def test_what_the_command_line_named_is_open_wherever_it_lies(tmp_path: Path) -> None:
    outside = write_scenario(tmp_path / "outside" / "a.yaml")
    (tmp_path / "root").mkdir()
    lobby = _lobby(tmp_path / "root")
    base = lobby.lay_first(outside, ("effects.params.scale=0.3",))
    assert (base.id, base.sets) == (outside.as_posix(), ("effects.params.scale=0.3",))
    assert lobby.open(base.id) is base
    assert lobby.position({"base": base.id, "sets": []}).base is base
    with pytest.raises(InputError, match="nothing that can be opened"):
        lobby.open(write_scenario(tmp_path / "outside" / "b.yaml").as_posix())


def test_a_name_is_a_path_from_the_folder_of_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert name_of(Path("scenarios/../a.yaml"), tmp_path) == "a.yaml"
    assert name_of(tmp_path / "b" / "a.yaml", tmp_path) == "b/a.yaml"


def test_a_run_is_run_again_as_it_was_made_and_shows_its_headline(tmp_path: Path) -> None:
    _run(tmp_path / "r")
    lobby = Lobby(Started(tmp_path, Options()), Reader(), tmp_path / ".uploads")
    told = lobby.told(lobby.open("r"))
    assert (told["kind"], told["title"], told["headline"]["converted"]) == ("run", "A run", {"mean": 1.5})
    assert (lobby.bases["r"].asked.seed, lobby.bases["r"].asked.replications) == (4, 2)


@pytest.mark.parametrize("headline", ["", "[]", "{", '{"seed": 1, "confidential": {}, "replications": 1, "draws": 0}'])
def test_a_run_that_cannot_be_told_is_refused(tmp_path: Path, headline: str) -> None:
    _run(tmp_path / "r")
    (tmp_path / "r" / "headline.json").write_text(headline, encoding="utf-8")
    with pytest.raises(InputError):
        _lobby(tmp_path).open("r")


def test_a_confidential_run_is_refused_by_name(tmp_path: Path) -> None:
    _run(tmp_path / "r")
    text = '{"seed": 1, "replications": 1, "draws": 0, "engine": "fast", "confidential": {}}'
    (tmp_path / "r" / "headline.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="confidential: is a run with confidential values"):
        _lobby(tmp_path).open("r")


def test_a_confidential_scenario_is_refused(tmp_path: Path) -> None:
    more = "effects:\n  params:\n    scale: {value: 0.3, confidential: true, source: epidemic-note-2021}\n"
    write_scenario(tmp_path / "a.yaml", more=more)
    with pytest.raises(InputError, match="confidential"):
        _lobby(tmp_path).open("a.yaml")


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="is a folder without"):
        _lobby(tmp_path).open("empty")


def test_a_folder_that_cannot_be_read_hides_nothing_else(tmp_path: Path) -> None:
    write_scenario(tmp_path / "closed" / "a.yaml")
    write_scenario(tmp_path / "open" / "a.yaml")
    (tmp_path / "closed").chmod(0)
    try:
        assert "open/a.yaml" in _ids(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o755)


def test_a_scenario_that_was_changed_is_read_again(tmp_path: Path) -> None:
    write_scenario(tmp_path / "a.yaml", title="Before")
    lobby = _lobby(tmp_path)
    assert lobby.told(lobby.open("a.yaml"))["title"] == "Before"
    write_scenario(tmp_path / "a.yaml", title="After")
    assert lobby.told(lobby.open("a.yaml"))["title"] == "After"
    shutil.move(tmp_path / "a.yaml", tmp_path / "b.yaml")
    with pytest.raises(InputError):
        lobby.open("a.yaml")
    assert os.fspath(lobby.open("b.yaml").path).endswith("b.yaml")
