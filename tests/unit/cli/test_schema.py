"""`saldo schema`: the JSON Schema names every key of the models and of the facts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from simulator.cli import group
from simulator.facts.read import catalogue
from simulator.scenario.json_schema import DAY_PATTERN, NUMBER_PATTERN, WHOLE_PATTERN, scenario_schema
from simulator.scenario.schema import ArmSections, ScenarioSections


def follow(schema: dict[str, Any], path: list[str]) -> dict[str, Any]:
    for part in path:
        schema = schema.get("anyOf", [schema])[0]["properties"][part]
    return schema


def test_printed_and_written_alike(tmp_path: Path) -> None:
    printed = CliRunner().invoke(group, ["schema"])
    written = CliRunner().invoke(group, ["schema", "--out", str(tmp_path / "schema.json")])
    assert printed.exit_code == written.exit_code == 0
    text = (tmp_path / "schema.json").read_text(encoding="utf-8")
    assert json.loads(printed.stdout) == json.loads(text) == scenario_schema()


def test_every_key_is_in_it() -> None:
    schema = scenario_schema()
    assert {"extends", "baseline", "proposal", "period"} <= set(schema["properties"])
    assert {info.alias or name for name, info in ScenarioSections.model_fields.items()} <= set(schema["properties"])
    arm = schema["$defs"]["arm"]
    assert set(ArmSections.model_fields) <= set(arm["properties"])
    for key in catalogue():
        reference = follow(schema, key.split("."))["$ref"]
        assert reference.rpartition("/")[2] in schema["$defs"]
        assert ("effects" in arm["properties"]) is False
    rule = follow(arm, ["attendance", "rules"])
    assert {"from", "to", "rule", "take_up"} <= set(rule["items"]["properties"])


def test_every_reference_leads_somewhere() -> None:
    schema = scenario_schema()
    references = set(re.findall(r'"\$ref": "#/\$defs/([^"]+)"', json.dumps(schema)))
    assert references <= set(schema["$defs"])


def test_numbers_may_be_texts_in_the_spelling_that_is_read() -> None:
    for text in ("0,65", "65 %", "-0.2", "1e6", "10 000", "65 pct."):
        assert re.match(NUMBER_PATTERN, text), text
    for text in ("x", "", "1,2,3", "nan"):
        assert not re.match(NUMBER_PATTERN, text), text
    assert re.match(WHOLE_PATTERN, "10.000") and not re.match(WHOLE_PATTERN, "1,5")
    assert re.match(DAY_PATTERN, "19.12.2021") and re.match(DAY_PATTERN, "2021-12-19")
    take_up = follow(scenario_schema(), ["attendance", "rules"])["items"]["properties"]["take_up"]
    assert NUMBER_PATTERN in json.dumps(take_up, ensure_ascii=False).replace("\\\\", "\\")
