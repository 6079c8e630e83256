"""A facts folder of a few rows, so that tests of the entrance do not move with the shipped figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.errors import Fault, InputError
from simulator.scenario import Scenario, read_scenario

FILES = {
    "sources.yaml": """
none-found: {title: none, url: "", date: 2026-11-21}
paper: {title: A paper, url: "https://example.org", date: 2020-01-01}
""",
    "words.yaml": """
types:
  cv_samtale: {office_kind: a_kasse, da: CV-samtaler, en: CV conversations}
  jobsamtale: {office_kind: jobcentre, da: jobsamtaler, en: job conversations}
  rehabiliteringsmoede: {office_kind: rehabilitation_team, da: møder i rehabiliteringsteamet, en: team meetings}
groups:
  dagpenge: {da: dagpengemodtagere, en: dagpenge recipients}
  ressourceforloeb: {da: ressourceforløb, en: ressourceforløb}
office_kinds: {jobcentre: {da: jobcentre}, a_kasse: {da: a-kasser}, rehabilitation_team: {da: rehabiliteringsteam}}
forms: {physical: {da: fysisk}, phone: {da: telefon}, video: {da: video}}
spell_classes: {"0-3": 0, "4": 4}
""",
    "attendance_rules.yaml": """
- {name: physical attendance, rule: physical_only, source: paper}
- {from: 2022-01-01, rule: citizen_chooses, types: [jobsamtale], spell_from_days: 182, source: paper}
""",
    "customary.yaml": """
closures:
  - {switch: december_24, month: 12, day: 24}
""",
    "values.yaml": """
demand:
  scale: {value: 1, unit: factor, low: 0.9, high: 1.1, kind: assumption, source: paper, date: 2020-01-01, reason: r}
attendance:
  take_up:
    dagpenge: {value: 0.45, unit: share, low: 0.25, high: 0.6, kind: fact, source: paper, date: 2020-01-01}
    ressourceforloeb: {value: 0.25, unit: share, kind: fact, source: paper, date: 2020-01-01}
  take_up_scale: {value: 1, unit: factor, kind: assumption, source: none-found, date: 2020-01-01, reason: r}
delivery:
  minutes: {value: 80, unit: minutes, low: 60, high: 105, kind: fact, source: paper, date: 2020-01-01}
effects:
  params:
    scale: {value: 1, unit: factor, kind: assumption, source: none-found, date: 2020-01-01, reason: r}
    weeks: {dagpenge: {value: 0.75, unit: weeks, low: -1, high: 1, kind: fact, source: paper, date: 2020-01-01}}
    relative_effect:
      cv_samtale: {value: 0.65, unit: share, low: 0, high: 1, kind: derived, source: paper, date: 2020-01-01}
      jobsamtale: {value: 0.75, unit: share, low: 0, high: 1, kind: derived, source: paper, date: 2020-01-01}
saldo:
  value_kr:
    unit: kr per person-year
    kind: fact
    source: paper
    values:
      - {value: 300000, published: 2021-08-31, date: 2021-08-31}
      - {value: 290000, published: 2020-08-31, date: 2020-08-31}
      - {value: 320000, published: 2023-08-31, date: 2023-08-31}
  price_index:
    year_2020: {value: 100, unit: index, kind: fact, source: paper, date: 2021-01-01, published: 2021-01-01}
    year_2021: {value: 102, unit: index, kind: fact, source: paper, date: 2022-01-01, published: 2022-01-01}
""",
    "municipalities.csv": """municipality_code,name
101,København
461,Odense
492,Ærø
540,Sønderborg
580,Aabenraa
751,Aarhus
""",
}
PERIOD = "period: {from: 2021-12-19, to: 2022-01-16}\n"


def write_facts(folder: Path) -> Path:
    """Write the facts into a new folder below another, and return it."""
    facts = folder / "facts"
    facts.mkdir(exist_ok=True)
    for name, text in FILES.items():
        (facts / name).write_text(text, encoding="utf-8")
    return facts


class Desk:
    """A folder with facts, where a test writes scenarios and reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.facts = write_facts(folder)

    def write(self, text: str | bytes, name: str = "mine.yaml") -> Path:
        """Write a file."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, text: str | bytes, *sets: str) -> Scenario:
        """Read a scenario; a period is put before it where it has none."""
        if isinstance(text, str) and "period:" not in text:
            text = PERIOD + text
        return self.open(self.write(text), *sets)

    def open(self, path: Path, *sets: str) -> Scenario:
        """Read a scenario file."""
        return read_scenario(path, sets, facts_folder=self.facts)

    def faults(self, text: str | bytes, *sets: str) -> tuple[Fault, ...]:
        """Return the faults of a scenario that must be refused."""
        try:
            self.read(text, *sets)
        except InputError as wrong:
            return wrong.faults
        raise AssertionError("was not refused")

    def fault(self, text: str | bytes, *sets: str) -> Fault:
        """Return the only fault of a scenario that must be refused."""
        found: Sequence[Fault] = self.faults(text, *sets)
        assert len(found) == 1, "\n".join(map(str, found))
        return found[0]
