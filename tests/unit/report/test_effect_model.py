"""A brief says which effect model stands behind its figure, where it is not the ordinary one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from simulator.report.brief import make_brief
from simulator.scenario.names import names
from tests.unit.report.conftest import FolderOf


def lines_under(model: str | None, kept: Path, folder: Path) -> list[str]:
    shutil.copytree(kept, folder)
    file = folder / "headline.json"
    headline = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(headline | ({"effect_model": model} if model else {})), encoding="utf-8")
    (brief,) = make_brief(folder, ["md"])
    return brief.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("model", sorted(names().known["effect_models"]))
def test_another_model_than_constant_loss_is_named_by_what_it_assumes(
    model: str, folder_of: FolderOf, tmp_path: Path
) -> None:
    before, after = (lines_under(one, folder_of("published"), tmp_path / str(one)) for one in (None, model))
    more = [line for line in after if line and line not in before]
    assert len(more) == (model != "constant_loss"), more
    assert all("forudsat" in line for line in more)
