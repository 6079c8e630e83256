"""A value of a plan as the text that `-S` reads, and as a number where it is one."""

from __future__ import annotations

import json
from functools import lru_cache

from simulator.facts.spelling import decimal
from simulator.facts.tree import Listing, Node, Scalar


def setting_of(node: Node) -> str:
    """Return what is written as one line; lists and tables in brackets."""
    return _text(node, "")


@lru_cache(maxsize=65536)
def number_of(text: str) -> float | None:
    """Return the number that a setting is; None where it is none."""
    try:
        return decimal(text)
    except ValueError:
        return None


def _text(node: Node, inside: str) -> str:
    if isinstance(node, Scalar):
        plain = not node.quoted and not (inside and set(node.text) & set(",[]{}:#"))
        return node.text if plain else json.dumps(node.text, ensure_ascii=False)
    if isinstance(node, Listing):
        return f"[{', '.join(_text(item, 'list') for item in node.items)}]"
    pairs = (f"{key}: {_text(child, 'table')}" for key, child in node.entries.items())
    return f"{{{', '.join(pairs)}}}"
