"""A tree as lines: each figure with its arithmetic, in words, in numbers, and then part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor, log10
from typing import Any

from simulator.report.trace.node import Node, Value, from_leaves, nodes, worked_out

FEW = 6
"""A sum of more parts is told as one line, and its parts are not shown one by one where they are leaves."""
SIGNS = {"+": " + ", "-": " - ", "*": " x ", "/": " / "}
DIGITS = 6


def told(value: float, exact: bool) -> str:
    """Return a number in six digits, or in all that it has."""
    if exact:
        return repr(float(value))
    if value == 0 or abs(value) >= 10**DIGITS:
        return f"{value:,.0f}"
    if abs(value) < 1e-4:
        return f"{value:.{DIGITS}g}"
    text = f"{value:,.{max(DIGITS - 1 - floor(log10(abs(value))), 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def lines(trees: Sequence[tuple[str, Node]], exact: bool = False) -> Iterator[str]:
    """Yield figures as lines, each with a heading that may be empty; what stands above already is referred to."""
    told_once = _Lines(exact)
    for at, (heading, node) in enumerate(trees):
        yield from [""] * bool(at)
        yield from [heading] * bool(heading)
        yield from told_once.of(node, 0)
    rests = values([node for _, node in trees])
    if rests:
        yield ""
        yield f"Facts and assumptions ({len(rests)}):"
        yield from (f"  {_value(value)}" for value in rests)


class _Lines:
    def __init__(self, exact: bool) -> None:
        self.exact = exact
        self.seen: set[Node] = set()

    def of(self, node: Node, depth: int) -> Iterator[str]:
        pad = "  " * depth
        unit = f" {node.unit}" if node.unit else ""
        place = f"  [{node.place}]" if node.place else ""
        head = f"{pad}{node.name} = {told(node.value, self.exact)}{unit}{place}"
        if node.sign and node in self.seen:
            yield f"{head}  (as above)"
            return
        self.seen.add(node)
        yield head + (f"  ({node.note})" if node.note else "")
        if node.sign:
            yield from self._arithmetic(node, pad)
            if not _folded(node):
                for part in node.parts:
                    if part.sign or part.place or part.note or part.rests:
                        yield from self.of(part, depth + 1)
        for other in node.also:
            yield f"{pad}  also, {other.name}:"
            yield from self.of(other, depth + 2)

    def _arithmetic(self, node: Node, pad: str) -> Iterator[str]:
        if _folded(node):
            yield f"{pad}  = sum of {len(node.parts)} numbers, {node.parts[0].place} to {node.parts[-1].place}"
            return
        if node.sign == "=":
            yield f"{pad}  = {_name(node.parts[0])}"
            return
        yield f"{pad}  = {_joined(node, [_name(part) for part in node.parts])}"
        numbers = [told(part.value, self.exact) for part in node.parts]
        yield f"{pad}  = {_joined(node, numbers)} = {told(worked_out(node), self.exact)}"


def _name(part: Node) -> str:
    return f"({part.name})" if "/" in part.name else part.name


def _folded(node: Node) -> bool:
    return node.sign == "+" and len(node.parts) > FEW and not any(part.sign for part in node.parts)


def _joined(node: Node, texts: list[str]) -> str:
    match node.sign:
        case "neg":
            return f"-({texts[0]})"
        case "abs":
            return f"|{texts[0]}|"
        case _:
            bracketed = [f"({text})" if text.startswith("-") and at else text for at, text in enumerate(texts)]
            return SIGNS[node.sign].join(bracketed) if texts else "nothing"


def values(trees: Sequence[Node]) -> list[Value]:
    """Return the facts and assumptions that figures rest on, each once, by key."""
    found = {
        (value.key, value.value, value.kind): value for tree in trees for one in nodes(tree) for value in one.rests
    }
    return [found[name] for name in sorted(found)]


def _value(value: Value) -> str:
    spread = f", range {value.low} to {value.high}" if value.low and value.high else ""
    when = f", {value.date}" if value.date else ""
    return f"{value.key} = {value.value} {value.unit}{spread}; {value.kind}; {value.source}{when}".replace("  ", " ")


def as_data(node: Node) -> dict[str, Any]:
    """Return a tree as data, in full precision."""
    data: dict[str, Any] = {"name": node.name, "value": node.value}
    data |= {name: found for name in ("place", "unit", "sign", "note") if (found := getattr(node, name))}
    if node.sign:
        data["worked_out"], data["from_leaves"] = worked_out(node), from_leaves(node)
        data["parts"] = [as_data(part) for part in node.parts]
    if node.also:
        data["also"] = [as_data(other) for other in node.also]
    if node.rests:
        data["rests_on"] = [vars(value) for value in node.rests]
    return data
