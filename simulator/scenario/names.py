"""Which words a scenario may use, and the many ways in which people spell them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from simulator.errors import InputError
from simulator.facts.read import FOLDER, Cell, listing, plain_of, table, words
from simulator.facts.spelling import allowed, did_you_mean, fold, tidy, week

_SINGULAR = {
    "types": "conversation type",
    "groups": "target group",
    "office_kinds": "kind of office",
    "forms": "form",
    "customary": "customary closing day",
    "effect_models": "effect model",
    "concepts": "concept",
    "time_profiles": "time profile",
    "draw_designs": "design of draws",
    "trial_designs": "design of a trial",
    "distributions": "distribution",
    "orders": "order",
    "laws": "law",
}
IN_FORCE = "in-force"
"""The law of each day, beside the rule sets by name."""
_PLUGS = {
    "effect_models": "effects",
    "concepts": "saldo/concepts",
    "time_profiles": "saldo/profiles",
    "draw_designs": "draws/designs",
    "trial_designs": "uncertainty/trials/designs",
    "distributions": "distributions",
}


class Names:
    """The known words of one facts folder, by kind.

    A word is found under its id, its Danish or English name, with Danish letters or ASCII
    spelling; a municipality under its code, its name, and its name with "Kommune".
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        vocabulary = words(folder)
        rows = table("municipalities", folder)
        self.municipalities = {str(row["municipality_code"]): str(row["name"]) for row in rows}
        self.known: dict[str, tuple[str, ...]] = {
            kind: tuple(vocabulary[kind]) for kind in ("types", "groups", "office_kinds", "forms") if kind in vocabulary
        }
        self.known["places"] = tuple(self.municipalities)
        self.known["customary"] = _customary(folder, self.known.get("office_kinds", ()))
        self.known["orders"] = _keys("orders", folder)
        self.known["laws"] = (IN_FORCE, *_keys("law", folder))
        self.known |= {kind: _plugs(plugs) for kind, plugs in _PLUGS.items()}
        self._by_spelling = {kind: _spellings(ids, vocabulary.get(kind, {})) for kind, ids in self.known.items()}
        self._by_spelling["places"] = _place_spellings(self.municipalities)
        self._regions = _regions(rows)

    def resolve(self, kind: str, text: str) -> str:
        """Return the id of a word; for places the municipality code, for weeks such as `2021-W51`.

        Raises:
            ValueError: If the word is not known; names what is allowed.
        """
        if kind == "weeks":
            return week(text)
        if not self._by_spelling.get(kind):  # a facts folder without these words cannot refuse one
            return tidy(text)
        found = self.find(kind, text)
        if found is None:
            raise ValueError(self._refusal(kind, text))
        return found

    def region(self, text: str) -> tuple[str, ...]:
        """Return the municipality codes of a region or landsdel; none where it is a municipality or not known."""
        if self.find("places", text) is not None:
            return ()
        return self._regions.get(_letters(text).removeprefix("region"), ())

    def find(self, kind: str, text: str) -> str | None:
        """Return the id of a word, or None where it is not known."""
        known = self._by_spelling.get(kind, {})
        forms = _place_forms(text) if kind == "places" else (fold(text),)
        return next((known[form] for form in forms if form in known), None)

    def _refusal(self, kind: str, text: str) -> str:
        written = tidy(text)[:60]
        if kind == "places":
            names = self.municipalities.values()
            hint = "; write a list: [Odense, 751]" if "," in written else did_you_mean(written, names)
            return f"`{written}` is not a municipality; allowed: a name or code, such as Odense or 461{hint}"
        known = self.known[kind]
        return f"`{written}` is not a known {_SINGULAR[kind]}; {allowed(known, 20)}{did_you_mean(written, known)}"


@cache
def names(folder: Path = FOLDER) -> Names:
    """Return the words of a facts folder, read once."""
    return Names(folder)


def _spellings(ids: tuple[str, ...], entries: object) -> dict[str, str]:
    found = {fold(word): word for word in ids}
    if isinstance(entries, dict):
        for word, entry in entries.items():
            for language in ("da", "en"):
                label = entry.get(language) if isinstance(entry, dict) else None
                if isinstance(label, str):
                    found.setdefault(fold(label), word)
    return found


def _place_spellings(municipalities: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for letters in ({"æ": "ae", "ø": "oe", "å": "aa"}, {"æ": "ae", "ø": "o", "å": "a"}, {"aa": "a"}):
        for code, name in municipalities.items():
            spelled = name.lower()
            for danish, plain in letters.items():
                spelled = spelled.replace(danish, plain)
            found.setdefault(_letters(spelled), code)
    found.update({code: code for code in municipalities})
    return found


def _place_forms(text: str) -> tuple[str, ...]:
    """Return the spellings under which a municipality is looked for: code, name, "Xs Kommune"."""
    written = tidy(text)
    if written.isdecimal():
        return (written.lstrip("0"),)
    bare = _letters(fold(written))
    without = bare.removesuffix("kommune")
    return (bare, without, without.removesuffix("s")) if without != bare else (bare,)


def _regions(rows: tuple[dict[str, Cell], ...]) -> dict[str, tuple[str, ...]]:
    """Return the municipality codes of each region and landsdel, by its letters; a region goes first."""
    found: dict[str, tuple[str, ...]] = {}
    for column in ("landsdel", "region"):
        codes: dict[str, list[str]] = {}
        for row in rows:
            if row.get(column) is not None:
                codes.setdefault(str(row[column]), []).append(str(row["municipality_code"]))
        for name, those in codes.items():
            found |= {form: tuple(those) for form in _place_spellings({"": name}) if form}
    return found


def _keys(name: str, folder: Path) -> tuple[str, ...]:
    """Return the names of the entries of a facts file; none where a facts folder has no such file."""
    try:
        entries = plain_of(listing(name, folder))
    except InputError:
        return ()
    return tuple(entries) if isinstance(entries, dict) else ()


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))


def _customary(folder: Path, office_kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return the switches of customary.yaml: each alone, and with a kind of office behind it."""
    try:
        rules = plain_of(listing("customary", folder))
    except InputError:
        return ()
    closures = rules.get("closures", []) if isinstance(rules, dict) else []
    switches = dict.fromkeys(str(one["switch"]) for one in closures if isinstance(one, dict) and "switch" in one)
    return (*switches, *(f"{switch}_{kind}" for switch in switches for kind in office_kinds))


def _plugs(folder: str) -> tuple[str, ...]:
    """Return the files of a plug folder of the package by name: their names are the names in a scenario."""
    return tuple(sorted(path.stem for path in (Path(__file__).parent.parent / folder).glob("[a-z]*.py")))
