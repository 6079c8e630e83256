"""`saldo figure RUN NAME`: draws what is asked for, names the files, and refuses the rest in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from tests.unit.report.made_up_places import collection, feature, placed_run, polygon, square, written


def figure(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["figure", *map(str, arguments)])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a made-up run with tables of places and rules."""
    return placed_run(tmp_path_factory.mktemp("figure")).folder


def test_a_figure_is_drawn_into_the_run_folder(run: Path) -> None:
    result = figure(run, "bridge", "--size", "column")
    assert result.exit_code == 0, result.output
    files = ("bridge-column.svg", "bridge-column.png", "bridge.csv")
    assert result.output.splitlines() == [str(run / "figures" / name) for name in files]
    assert (run / "figures" / "bridge.csv").read_text(encoding="utf-8").startswith("kind,name,label,value,unit\n")
    assert (run / "figures" / "bridge-column.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("options", "stem"),
    [
        ((), "municipalities"),
        (("--size", "slide"), "municipalities-slide"),
        (("--quantity", "held"), "municipalities-held-proposal"),
        (("--quantity", "digital_share", "--arm", "baseline"), "municipalities-digital-share-baseline"),
        (("--date", "2021-12-22"), "municipalities-rules-2021-12-22-proposal"),
    ],
)
def test_a_map_is_drawn_where_it_is_wanted(run: Path, tmp_path: Path, options: tuple[str, ...], stem: str) -> None:
    result = figure(run, "municipalities", *options, "--out", tmp_path / "maps")
    assert result.exit_code == 0, result.output
    files = [f"{stem}.svg", f"{stem}.png", f"{stem.removesuffix('-slide')}.csv"]
    assert result.output.splitlines() == [str(tmp_path / "maps" / name) for name in files]
    told = (tmp_path / "maps" / f"{stem}.svg").read_text(encoding="utf-8")
    assert ("Fysiske møder, der undgås, efter kommune</title>" in told) == (
        stem in ("municipalities", "municipalities-slide")
    )
    assert {path.name for path in (tmp_path / "maps").iterdir()} == set(files)


def test_a_map_is_drawn_on_the_polygons_of_a_file(run: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", collection(feature("Odense", polygon(square(10.2, 55.3)), "name")))
    result = figure(run, "municipalities", "--geometry", path, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert "Hver kommune er ét lige stort felt" not in (tmp_path / "municipalities.svg").read_text(encoding="utf-8")


def test_a_table_is_printed_and_nothing_drawn(tmp_path: Path) -> None:
    folder = placed_run(tmp_path, "rising", ("101", "461")).folder
    result = figure(folder, "municipalities", "--table")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[3:] == [
        "Kommune                  Færre fysiske møder pr. 1.000 indbyggere",
        "København                1,0",
        "Odense                   1,0",
        "Alle kommuner i kørslen  1,0",
    ]
    assert not (folder / "figures").exists()


def test_a_run_without_tables_of_places_says_so(tmp_path: Path) -> None:
    folder = placed_run(tmp_path).folder
    (folder / "tables" / "places.csv").unlink()
    assert figure(folder, "municipalities").exit_code == 0
    assert figure(folder, "municipalities", "--table").output.startswith("Kørslen har ingen tal efter kommune\n")


def in_run(*arguments: str) -> Callable[[Path, Path], tuple[str | Path, ...]]:
    return lambda run, _: (run, *arguments)


MAP = "municipalities"
WRONG: dict[str, tuple[Callable[[Path, Path], tuple[str | Path, ...]], str]] = {
    "no run": (lambda _, other: (other / "none", MAP), "no such folder; give the folder of a finished run"),
    "no finished run": (lambda _, other: (other, MAP), "no headline.json here; give the folder of a finished run"),
    "no figure": (
        in_run("pie"),
        "no figure 'pie'; available: breakeven, bridge, calendar, conversations,",
    ),
    "no size": (in_run(MAP, "--size", "poster"), "no size 'poster'; available: column, page, slide"),
    "no size of a figure": (in_run("bridge", "--size", "A4"), "no size 'A4'; available: column, page, slide"),
    "no language": (in_run(MAP, "--language", "sv"), "no language 'sv'; allowed: da, en"),
    "no quantity": (
        in_run(MAP, "--quantity", "kr"),
        "no quantity 'kr'; allowed: physical_avoided, held, digital_share",
    ),
    "no arm": (in_run(MAP, "--quantity", "held", "--arm", "both"), "no arm 'both'; allowed: baseline, proposal"),
    "no date": (in_run(MAP, "--date", "22.12.2021"), "'22.12.2021' is no date; write it as YYYY-MM-DD"),
    "no such day": (in_run(MAP, "--date", "2021-12-32"), "'2021-12-32' is no date; write it as YYYY-MM-DD"),
    "before the period": (
        in_run(MAP, "--date", "2021-12-18"),
        "2021-12-18 lies outside the period of the run; allowed: 2021-12-19 to 2022-01-16",
    ),
    "arm of a difference": (in_run(MAP, "--arm", "baseline"), "physical_avoided compares the arms; leave --arm out"),
    "quantity of rules": (in_run(MAP, "--date", "2021-12-22", "--quantity", "held"), "shows no quantity"),
    "arm of another figure": (in_run("bridge", "--arm", "baseline"), "--arm: only the figure municipalities takes it"),
    "date of another figure": (in_run("bridge", "--date", "2021-12-22"), "--date: only the figure municipalities"),
    "quantity of another": (in_run("calendar", "--quantity", "held"), "--quantity: only the figure municipalities"),
    "shapes of another": (in_run("calendar", "--geometry", "a.json"), "--geometry: only the figure municipalities"),
    "table of another figure": (in_run("bridge", "--table"), "--table: only the figure municipalities takes it"),
    "file of a table": (in_run(MAP, "--table", "--out", "maps"), "--out: --table prints and draws nothing"),
    "no shapes": (in_run(MAP, "--geometry", "none.geojson"), "none.geojson  no such file; give a GeoJSON"),
    "no place for files": (lambda run, _: (run, MAP, "--out", run / "headline.json"), "is a file, or lies within one"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_is_refused_in_one_line(run: Path, tmp_path: Path, name: str) -> None:
    arguments, told = WRONG[name]
    result = figure(*arguments(run, tmp_path))
    assert result.exit_code == 2
    assert told in result.stderr and len(result.stderr.splitlines()) == 1 and not result.stdout
    assert "Traceback" not in result.stderr


def test_shapes_that_are_no_geojson_are_refused(run: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(["none"]), encoding="utf-8")
    result = figure(run, MAP, "--geometry", path)
    assert result.exit_code == 2 and "not a FeatureCollection" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_help_shows_examples() -> None:
    result = figure("--help")
    assert result.exit_code == 0
    assert "saldo figure outputs/christmas-2021/RUN municipalities --date 2021-12-20 --arm baseline" in result.output
