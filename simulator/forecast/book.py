"""Predictions as a case keeps them: plain JSON, read back as they were written."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from simulator.errors import InputError
from simulator.facts.read import words
from simulator.forecast.measures import MEASURES, place_named
from simulator.forecast.prediction import ARMS, Prediction

KINDS = ("events", "knowledge", "none")
NUMBERS = ("value", "sd", "std_error")
MAYBE = ("low", "high", "nominal")

WORDS = {"measure": MEASURES, "kind": KINDS, "arm": ARMS}


def content_of_predictions(predictions: Sequence[Prediction]) -> list[dict[str, Any]]:
    """Return predictions as JSON can hold them."""
    return [asdict(one) | {"types": list(one.types)} for one in predictions]


def predictions_from(content: object, where: str) -> tuple[Prediction, ...]:
    """Return the predictions that JSON holds.

    Args:
        content: What `content_of_predictions` gave.
        where: Name of the file, for messages.

    Raises:
        InputError: It is something else; says which prediction and what is wrong with it.
    """
    if not isinstance(content, list):
        raise InputError.one("must hold a list of predictions", where)
    return tuple(_prediction(one, where, f"predictions[{number}]") for number, one in enumerate(content, start=1))


def _prediction(content: object, where: str, path: str) -> Prediction:
    names = {field.name for field in fields(Prediction)}
    if not isinstance(content, Mapping) or set(content) != names:
        raise InputError.one(f"must hold {', '.join(sorted(names))} and nothing else", where, path)
    types = content["types"]
    wrong = [name for name in (*NUMBERS, *MAYBE) if not _is_number(content[name], name in MAYBE)]
    wrong += [name for name in ("year", "month") if not _is_whole(content[name], name == "month")]
    wrong += [name for name, may in WORDS.items() if content[name] not in may]
    if not isinstance(types, list) or any(one not in tuple(words()["types"]) for one in types):
        wrong.append("types")
    if not isinstance(content["complete"], bool):
        wrong.append("complete")
    if not isinstance(content["run_id"], str) or not _is_place(content["place"]):
        wrong.append("place or run_id")
    if not wrong and not _is_range(content):
        wrong.append("low and high")
    if wrong:
        raise InputError.one(f"cannot be read: {', '.join(wrong)}; it is not as it was written", where, path)
    return Prediction(**{**content, "types": tuple(types)})


def _is_number(value: object, maybe: bool) -> bool:
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return value is None and maybe
    return math.isfinite(value)


def _is_whole(value: object, maybe: bool) -> bool:
    if value is None:
        return maybe
    return isinstance(value, int) and not isinstance(value, bool) and (not maybe or 1 <= value <= 12)


def _is_range(content: Mapping[str, Any]) -> bool:
    """Return whether the range holds the value, or there is none."""
    low, high = content["low"], content["high"]
    if low is None or high is None:
        return low is high and content["kind"] == KINDS[2]
    return bool(low <= content["value"] <= high) and content["kind"] != KINDS[2]


def _is_place(value: object) -> bool:
    try:
        return isinstance(value, str) and place_named(value) == value
    except ValueError:
        return False
