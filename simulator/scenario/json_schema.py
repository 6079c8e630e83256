"""The JSON Schema of a scenario file, for editors: structure from the models, values from the facts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

from simulator.distributions import distribution_names
from simulator.facts.read import FOLDER, KINDS, catalogue
from simulator.facts.secrets import CONFIDENTIAL
from simulator.facts.units import UNITS, Unit
from simulator.scenario.layers import FILE_ALONE
from simulator.scenario.model import ARMS
from simulator.scenario.names import Names, names
from simulator.scenario.schema import ArmSections, ScenarioSections
from simulator.scenario.split import SHARED
from simulator.scenario.uncertain import FIELD

NUMBER_PATTERN = r"^[-+−]?[0-9][0-9 .]*(,[0-9]+)?([eE][-+]?[0-9]+)?( ?(%|pct\.?))?$"
WHOLE_PATTERN = r"^[-+−]?[0-9]{1,3}([. ]?[0-9]{3})*$|^[0-9]+$"
DAY_PATTERN = r"^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[.-] ?[0-9]{1,2}[.-] ?[0-9]{4})$"
_YES_NO = ["ja", "nej", "yes", "no"]
_Schema = dict[str, Any]


def scenario_schema(facts_folder: Path = FOLDER) -> _Schema:
    """Return the JSON Schema (draft 2020-12) of a scenario file.

    Numbers may also be texts, since `0,65` and `65 %` are read. Any table of values may also be one number.

    Args:
        facts_folder: Where the facts stand.
    """
    known = names(facts_folder)
    whole = _inlined(ScenarioSections.model_json_schema(by_alias=True), known)
    arm = _inlined(ArmSections.model_json_schema(by_alias=True), known)
    units = {_id(row.unit): _unit(row.unit) for row in catalogue(facts_folder).values()}
    for key, row in catalogue(facts_folder).items():
        leaf = {"$ref": f"#/$defs/{_id(row.unit)}", "description": f"[{row.unit}] {row.value:g} in the facts."}
        _put(whole, key.split("."), leaf)
        if not any(f"{key}.".startswith(f"{shared}.") for shared in SHARED):
            _put(arm, key.split("."), leaf)
    properties = whole["properties"]
    properties["extends"] = {"type": "string", "description": "Scenario file that this one lies over."}
    for name in FILE_ALONE:
        properties[name] = {"anyOf": [{"type": "string"}, properties[name]]}
    for name in ARMS:
        properties[name] = {"$ref": "#/$defs/arm", "description": f"What differs in the {name}."}
    whole["required"] = []  # a file that extends another may leave out everything
    parts = {"any_number": _unit(""), "arm": {**arm, "type": ["object", "null"], "title": "Arm"}, **units}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**head, **whole, "title": "saldo scenario", "$defs": parts}


def _inlined(schema: _Schema, known: Names) -> _Schema:
    parts = schema.pop("$defs", {})

    def inline(node: Any, name: str = "") -> Any:
        if isinstance(node, list):
            return [inline(one, name) for one in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            rest = {key: value for key, value in node.items() if key not in {"$ref", "default"}}
            return inline({**parts[node["$ref"].rpartition("/")[2]], **rest})
        if "properties" in node:
            fields = {key: inline(child, key) for key, child in node["properties"].items()}
            return {**node, "properties": fields}
        loosened = _loosened(node, name)
        return loosened if loosened is not node else {key: inline(child, name) for key, child in node.items()}

    found = cast(_Schema, inline(schema))
    _offer_words(found, known)
    return found


def _loosened(node: _Schema, name: str) -> _Schema:
    """Return a schema that takes a number, truth or day in the spelling of people too."""
    match node.get("type"):
        case "number":
            return _with_text(node, NUMBER_PATTERN)
        case "integer":
            return _with_text(node, WHOLE_PATTERN)
        case "boolean":
            return {"anyOf": [{"type": "boolean"}, {"enum": _YES_NO}], **_words_of(node)}
        case "string" if node.get("format") == "date":
            return {"type": "string", "pattern": DAY_PATTERN, **_words_of(node)}
        case "array" if name in {"places", "types", "groups", "office_kinds", "closure_weeks"}:
            one = {"type": ["string", "integer"]}
            return {"anyOf": [{**node, "items": one}, one], **_words_of(node)}
    return node


def _with_text(node: _Schema, pattern: str) -> _Schema:
    number = {key: value for key, value in node.items() if key not in {"title", "description", "default"}}
    return {"anyOf": [number, {"type": "string", "pattern": pattern}], **_words_of(node)}


def _words_of(node: _Schema) -> _Schema:
    return {key: value for key, value in node.items() if key in {"title", "description", "default"}}


def _offer_words(node: Any, known: Names) -> None:
    """Offer the known words where a list wants them; other spellings stay allowed."""
    if isinstance(node, list):
        for child in node:
            _offer_words(child, known)
    if not isinstance(node, dict):
        return
    for name, child in node.get("properties", {}).items():
        if name in {"types", "groups", "office_kinds"} and "anyOf" in child:
            child["examples"] = [[word] for word in known.known.get(name, ())]
    for child in node.values():
        _offer_words(child, known)


def _id(unit: str) -> str:
    return "unit_" + re.sub(r"[^a-z0-9]+", "_", unit.lower())


def _unit(unit: str) -> _Schema:
    """Return the schema of a value in a unit: a number, or a table with its range and source."""
    bounds = UNITS.get(unit, Unit(lowest=None))
    number: _Schema = {"type": "number"}
    if bounds.lowest is not None:
        number["minimum"] = bounds.lowest
    if bounds.highest is not None:
        number["maximum"] = bounds.highest
    either = {"anyOf": [number, {"type": "string", "pattern": NUMBER_PATTERN}]}
    texts = {key: {"type": "string"} for key in ("unit", "source", "date", "reason", "layer", "set_as")}
    table = {
        "type": "object",
        "properties": {
            "value": either,
            "low": either,
            "high": either,
            "kind": {"enum": list(KINDS)},
            FIELD: _distribution(either),
            CONFIDENTIAL: {"anyOf": [{"type": "boolean"}, {"enum": _YES_NO}]},
            **texts,
        },
        "additionalProperties": False,
    }
    return {"anyOf": [*either["anyOf"], table]}


def _distribution(number: _Schema) -> _Schema:
    """Return the schema of a distribution: a name, or a name with its numbers."""
    names = {"enum": list(distribution_names())}
    numbers = {"anyOf": [number, {"type": "array", "items": number}]}
    known = {"name": names, "source": {"type": "string"}}
    table = {"type": "object", "properties": known, "required": ["name"], "additionalProperties": numbers}
    return {"anyOf": [names, table]}


def _put(schema: _Schema, path: list[str], leaf: _Schema) -> None:
    """Put a value into the tables of a schema; a table of values alone may also be one number."""
    for part in path[:-1]:
        tables = schema.setdefault("properties", {})
        if part not in tables:
            table = {"type": "object", "properties": {}, "additionalProperties": False}
            tables[part] = {"anyOf": [table, {"$ref": "#/$defs/any_number"}]}
        schema = tables[part].get("anyOf", [tables[part]])[0]
    schema.setdefault("properties", {})[path[-1]] = leaf
