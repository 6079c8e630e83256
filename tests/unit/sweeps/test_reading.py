"""The rows of a sweep: asked in SQL that can change and read nothing else, shown and exported while others are made."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.sweeps.course import Watch, swept
from simulator.sweeps.reading import asked, export, state_of
from tests.unit.sweeps.hand_made import GRID, compiled_of, easy
from tests.unit.sweeps.test_course import AtOnce, files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("plan")
    swept(compiled_of(GRID, home), home / "sweep", AtOnce(), Watch(), work=easy)
    return home / "sweep"


def test_rows_are_asked_in_sql(folder: Path) -> None:
    answer = asked(
        folder, 'SELECT "demand.scale" AS scale, count(*) AS n, max(converted) FROM sweep GROUP BY 1 ORDER BY 1'
    )
    assert answer.to_numpy().tolist() == [[0.9, 6, 0], [1.0, 6, 1], [1.1, 6, 2]]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM sweep",
        "DROP VIEW sweep",
        "CREATE TABLE a AS SELECT 1",
        "COPY sweep TO 'stolen.csv'",
        "SELECT 1; SELECT 2",
        "SET enable_external_access = true",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "PRAGMA version",
        "SELECT * FROM read_csv('secret.csv')",
        "SELECT * FROM 'secret.csv'",
        "SELECT * FROM read_text('secret.csv')",
        "SELECT * FROM glob('*')",
        "SELEKT 1",
        "SELECT nothing FROM sweep",
        "SELECT demand.scale FROM sweep",
        "",
    ],
)
def test_nothing_can_be_changed_and_no_other_file_be_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    before = files(folder)
    with pytest.raises(InputError) as wrong:
        asked(folder, sql)
    assert "\n" not in str(wrong.value)
    assert files(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_a_name_with_a_dot_is_explained(folder: Path) -> None:
    with pytest.raises(InputError, match="write names with dots in double quotes, such as"):
        asked(folder, "SELECT demand.scale FROM sweep")


def test_what_is_finished_can_be_read_while_the_rest_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    seen: list[tuple[int, int]] = []

    def look(_rows: int) -> None:
        count = int(asked(folder, "SELECT count(*) FROM sweep").iloc[0, 0])
        assert export(folder, tmp_path / "rows.csv") == count == state_of(folder).rows[1]
        seen.append((count, len((tmp_path / "rows.csv").read_text(encoding="utf-8").splitlines())))

    swept(compiled_of(GRID, tmp_path), folder, AtOnce(), Watch(rows=look), work=easy)
    assert seen == [(count, count + 1) for count in (4, 6, 10, 12, 16, 18)]


def test_before_the_first_part_there_are_no_rows(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    with pytest.raises(KeyboardInterrupt):
        swept(compiled_of(GRID, tmp_path), folder, AtOnce(0), Watch(), work=easy)
    assert asked(folder, "SELECT count(*) FROM sweep").iloc[0, 0] == 0
    assert export(folder, tmp_path / "rows.csv") == 0
    head = "row,scenario,demand.scale,effects.params.scale,employment_effect_kr,converted\n"
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8") == head


def test_a_folder_without_a_sweep(tmp_path: Path) -> None:
    for read in (state_of, lambda folder: asked(folder, "SELECT 1"), lambda folder: export(folder, tmp_path / "a.csv")):
        with pytest.raises(InputError, match="holds no sweep"):
            read(tmp_path)


def test_an_export_goes_nowhere_else(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder, or lies in none"):
        export(folder, tmp_path)
    with pytest.raises(InputError, match="is a folder, or lies in none"):
        export(folder, tmp_path / "none" / "rows.csv")
    export(folder, tmp_path / "it's.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["it's.csv"]
