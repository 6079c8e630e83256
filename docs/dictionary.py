"""Write docs/dictionary.md from simulator/results/dictionary.yaml: `python docs/dictionary.py`.

The dictionary is the one place that says what a column or a key means; code orders and checks the tables by it, and a
test tells when this page and it differ.
"""

from __future__ import annotations

from pathlib import Path

from simulator.results.dictionary import DRIVEN, INFORMATION, OF_A_CASE, ON_REQUEST, Said, dictionary, records

PAGE = Path(__file__).with_name("dictionary.md")
HEAD = """# Data dictionary

Written by `python docs/dictionary.py` from `simulator/results/dictionary.yaml`; change that file, not this page.

A share is 0 to 1, never a percentage. Minus is a loss to the public balance. An empty cell, or null in a record, says
that there is no such number. A column of kind *text* may hold a day, as 2021-12-19. Tables are UTF-8, parted by commas,
with a decimal point; nothing cumulative is stored, so rows may be added up.
"""
GROUPS = (
    ("Records of a run", "`*` stands for names that the run itself gives, such as arms, types, groups and years. An "
     "*estimate* is `{mean, std_error, low, high, control}`: `std_error` of the events, `low` and `high` the range "
     "from knowledge, null where no value carries a distribution, `control` the closed-form chain."),
    ("Tables of every run", "In `tables/NAME.csv`, the larger ones also as Parquet."),
    ("Tables on request", "With `--log`."),
    ("Tables of what drives a run", "Left out with `--no-brief`."),
    ("Tables of what is not known", "Of a scenario with a section for a decision or a trial."),
    ("Tables of a case", "Of a case and not of a run: what was said to whom, the entries of its journal, what was "
     "foretold, and what came."),
)  # fmt: skip


def page() -> str:
    """Return the text of the page."""
    tables = dictionary()
    named = (*ON_REQUEST, *DRIVEN, *INFORMATION, *OF_A_CASE)
    every = {name: said for name, said in tables.items() if name not in named}
    some = [{name: tables[name] for name in names} for names in (ON_REQUEST, DRIVEN, INFORMATION, OF_A_CASE)]
    parts = [HEAD]
    for (title, told), group in zip(GROUPS, (records(), every, *some), strict=True):
        parts += [f"## {title}\n\n{told}\n", *(_table(name, said) for name, said in group.items())]
    return "\n".join(parts)


def _table(name: str, said: Said) -> str:
    lines = [f"### {name}", "", "| name | kind | unit | sign | meaning |", "|---|---|---|---|---|"]
    for key, one in said.items():
        cells = (f"`{key}`", one["kind"], one["unit"], one["sign"], one["meaning"].replace("|", "\\|"))
        lines.append(f"| {' | '.join(cells)} |".replace("|  |", "| |").replace("|  |", "| |"))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
