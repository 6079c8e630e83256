"""Fill the figures of README.md and docs/*.md from runs: `python docs/fill.py` measures, then writes.

A figure stands between `<!-- m NAME KEY FORMAT -->` and `<!-- /m -->`. NAME is a scenario, one of its VARIANTS, or a
bridge between two scenarios. KEY
is a dotted path into what was measured, or two joined by a minus for their difference. FORMAT is n (number), p (per
cent), d (percentage points with their sign) or t (day), and a number of decimals. What was measured is kept in
docs/measured.json, so that `python docs/fill.py --text` writes without running, and a test can tell when text and
source differ. `python docs/fill.py NAME ...` measures those alone and keeps the rest.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
MEASURED = HERE / "measured.json"
PAGES = (ROOT / "README.md", *sorted(HERE.glob("*.md")))
MARK = re.compile(r"(<!-- m (\S+) (\S+) ([npdt])(\d) -->)(.*?)(<!-- /m -->)", flags=re.DOTALL)
MINUS = "\u2212"
PICTURES = {"christmas-2021": ("bridge", "bridge.png"), "history-2019-2023": ("replay", "history.png")}
"""Figure of a scenario that a page shows, and its file here."""

JOBCENTRE_TYPES = "types: [jobsamtale, opfoelgning]"
IN_2021 = ("period.from=2021-01-01", "period.to=2021-12-31")
IN_2023 = ("period.from=2023-01-01", "period.to=2023-12-31")
SPRING = f"{{rule: digital_only, from: 2021-05-16, to: 2021-07-31, {JOBCENTRE_TYPES}}}"
AUTUMN = f"{{rule: physical_only, from: 2021-08-01, to: 2021-12-18, {JOBCENTRE_TYPES}, exception_share: 0.33}}"
SEVEN_MONTHS = f"{{rule: physical_only, from: 2021-01-01, to: 2021-07-31, {JOBCENTRE_TYPES}, exception_share: 0.95}}"
FIRST_TOO = f"{{rule: citizen_chooses, from: 2023-03-22, {JOBCENTRE_TYPES}}}"
NOT_BEFORE = f"{{rule: physical_only, from: 2023-03-22, {JOBCENTRE_TYPES}, spell_to_days: 182}}"
VARIANTS = {
    "history-2021": IN_2021,
    "history-2021-spring-digital": (*IN_2021, f"proposal.attendance.rules=[{SPRING}]"),
    "history-2021-autumn-33": (*IN_2021, f"proposal.attendance.rules=[{AUTUMN}]"),
    "history-2021-both": (*IN_2021, f"proposal.attendance.rules=[{SPRING}, {AUTUMN}]"),
    "history-2021-95-and-33": (*IN_2021, f"proposal.attendance.rules=[{SEVEN_MONTHS}, {AUTUMN}]"),
    "history-2023": IN_2023,
    "history-2023-first-too": (*IN_2023, f"attendance.rules=[{FIRST_TOO}]"),
    "history-2023-exceptions-33": (*IN_2023, "attendance.exception_share={jobsamtale: 0.33, opfoelgning: 0.33}"),
    "history-2023-scale-1.1": (*IN_2023, "attendance.take_up_scale=1.1"),
    "history-2023-45-for-all": (*IN_2023, "attendance.take_up={jobsamtale: 0.45, opfoelgning: 0.45}"),
    "history-2023-not-before-six-months": (*IN_2023, f"attendance.rules=[{NOT_BEFORE}]"),
}
"""Settings of runs that docs/history.md compares, by name: one year of history-2019-2023, one replication."""

BRIDGES = {"bottom-up-to-published": ("christmas-2021-bottom-up", "christmas-2021")}
"""Bridges between the runs of two scenarios, by name: the old and the new."""
BRIDGE_PICTURE = "bridge-of-runs.png"
KEPT_OF_A_STEP = ("in_order", "alone", "in_reverse")
KEPT_OF_A_BRIDGE = ("interaction", "program_and_facts", "total")

VALUED = "christmas-2021"
"""The scenario whose accounts docs/money.md shows."""
PUBLISHED = "scenarios/christmas-2021.yaml"
SCALES = ("--vary", "attendance.take_up_scale", "--vary", "effects.params.scale")
FORGOTTEN = ("-S", "attendance.take_up_scale=1", "-S", "effects.params.scale=1")
PAIR = ("--target", "converted=10000", "--target", "saldo=-5.0")
TURNED = ("effects.params.relative_effect", "effects.params.scale", "saldo.value_per_person_year_kr")
CROSSED = ("-S", "trial.contamination={control_gets_treated: 0.3, treated_gets_control: 0}")


def trial_command(design: str, size: int, sets: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the command that simulates trials of a design where a digital conversation keeps nothing."""
    scenario = f"scenarios/trial-{'encouragement-2022' if design == 'encouragement' else 'digital-2021'}.yaml"
    where = ("-S", "places=[Midtjylland]", "-S", "effects.params.relative_effect=0")
    sized = ("--design", design, "--outcome", "weeks_in_52", "-S", f"trial.persons_per_arm=[{size}]")
    return ("trial", scenario, *where, *sized, *sets, "--json")


SIZES = {"by_citizen": 900, "encouragement": 9000, "by_jobcentre": 9000, "stepped_wedge": 6000}
"""Persons per arm at which docs/trials.md shows both powers, by design."""
ANSWERS = {
    "tornado-christmas-2021": ("sensitivity", PUBLISHED, "--json"),
    "turns-christmas-2021": ("breakeven", PUBLISHED, "--json", *(word for key in TURNED for word in ("--only", key))),
    "information": ("voi", "scenarios/decision-digital-2022.yaml", "--json"),
    "calibrated-christmas-2021": ("calibrate", PUBLISHED, *FORGOTTEN, *PAIR, *SCALES, "--json"),
    **{f"trial-{design}": trial_command(design, size) for design, size in SIZES.items()},
    **{f"trial-{design}-crossed": trial_command(design, size, CROSSED) for design, size in SIZES.items()},
}
"""Commands whose answers the pages quote, by name. A dot in a key is written as a stroke."""
RIVALS = "rivals-"
"""What the names of figures of `saldo rivals` begin with."""
VARIED = "history-2019-2023"
KEPT_OF_VARIANTS = ("digital_share_by_year", "converted", "saldo_mio_kr")


def scenarios_named() -> list[str]:
    """Return the scenarios that the pages name, in order."""
    found = [mark.group(2) for page in PAGES for mark in MARK.finditer(page.read_text(encoding="utf-8"))]
    return list(dict.fromkeys(found))


def command_of(name: str, out: str) -> list[str]:
    """Return the words after `saldo` that run a scenario or a variant."""
    if name not in VARIANTS:
        return ["run", f"scenarios/{name}.yaml", "--out", out]
    settings = [word for setting in VARIANTS[name] for word in ("-S", setting)]
    return ["run", f"scenarios/{VARIED}.yaml", *settings, "--replications", "1", "--no-brief", "--out", out]


def rivals(name: str) -> dict[str, Any]:
    """Return the rows of `saldo rivals` for a scenario, by effect model; NAME is `rivals-` and the scenario's."""
    command = [sys.executable, "-m", "simulator", "rivals", f"scenarios/{name.removeprefix(RIVALS)}.yaml", "--json"]
    told = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout
    return {row["model"]: row for row in json.loads(told)}


def answer(name: str) -> dict[str, Any]:
    """Return what a command answers, as far as the pages quote it: its rows by key."""
    command = [sys.executable, "-m", "simulator", *ANSWERS[name]]
    told = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout
    return ANSWERED[ANSWERS[name][0]](json.loads(told))


def of_sensitivity(record: dict[str, Any]) -> dict[str, Any]:
    """Return the figure at both ends of each assumption, and what the analysis cost."""
    kept = ("today", "evaluations", "simulations", "replications")
    rows = {spelled(row["name"]): row for row in record["rows"]}
    return {key: record[key] for key in kept} | rows


def of_information(told: dict[str, Any]) -> dict[str, Any]:
    """Return by prior what each option, everything and each assumption or group is worth, and what a trial is."""
    found: dict[str, Any] = {"kr_of_1_kr_a_year": told["kr_of_1_kr_a_year"]}
    for row in told["voi"]:
        worth = row["share"] if row["measure"] == "best_share" else row["a_year_mio_kr"]
        measured = found.setdefault(spelled(row["prior"]), {}).setdefault(row["measure"], {})
        measured[spelled(row["subject"] or "all")] = worth
        if row["measure"] == "evpi":
            measured["horizon"] = row["horizon_mio_kr"]
    for row in told["trial_worth"]:
        found[spelled(row["prior"])]["trial"] = row
    return found


def of_trial(record: dict[str, Any]) -> dict[str, Any]:
    """Return both powers of the outcome that a trial is planned for, and the checks of its analysis."""
    row = next(row for row in record["power"] if row["outcome"] == record["outcome"])
    kept = ("persons_per_arm", "effect", "closed_form_power", "simulated_power", "simulated_std_error", "simulations")
    checks = {one["check"]: one for one in record["checks"] if one["outcome"] == record["outcome"]}
    shares = {name: one["share"] for name, one in checks.items()}
    errors = {f"{name}_error": one["std_error"] for name, one in checks.items()}
    return {key: row[key] for key in kept} | shares | errors


def of_breakeven(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the value of each assumption for each goal."""
    found: dict[str, Any] = {}
    for row in rows:
        found.setdefault(spelled(row["key"]), {"today": row["today"]})[row["goal"]] = row["value"]
    return found


def of_calibrate(record: dict[str, Any]) -> dict[str, Any]:
    """Return the value of each assumption that was found."""
    return {spelled(row["key"]): row for row in record["values"]}


def spelled(key: str) -> str:
    """Return a key without dots, which lead to the next level, and without strokes, which take a difference."""
    return key.replace(".", "/").replace("-", "_")


ANSWERED = {
    "sensitivity": of_sensitivity,
    "breakeven": of_breakeven,
    "calibrate": of_calibrate,
    "voi": of_information,
    "trial": of_trial,
}


def measure(folder: Path, names: Sequence[str]) -> dict[str, Any]:
    """Run scenarios, as the README says, and return their headlines; keep the figures that the pages show."""
    measured: dict[str, Any] = {}
    for name in names:
        if name in BRIDGES:
            measured[name] = measure_bridge(folder, name)
            continue
        if name.startswith(RIVALS):
            measured[name] = rivals(name)
            continue
        if name in ANSWERS:
            measured[name] = answer(name)
            continue
        out = folder / name
        run_once(folder, name)
        headline = json.loads((out / "headline.json").read_text(encoding="utf-8"))
        kept = KEPT_OF_VARIANTS if name in VARIANTS else tuple(headline)
        measured[name] = {key: headline[key] for key in kept}
        if name == VALUED:
            measured[name] |= from_accounts(out)
        if name == VARIED:
            measured[name] |= from_months(out)
        if name in PICTURES:
            figure, file = PICTURES[name]
            shutil.copy(out / "figures" / f"{figure}.png", HERE / file)
    return measured


def run_once(folder: Path, name: str) -> None:
    """Run a scenario or a variant into its folder, unless it is there already."""
    if not (folder / name).is_dir():
        saldo(*command_of(name, str(folder / name)))


def saldo(*words: str) -> None:
    """Run a command of the program and wait for it."""
    subprocess.run([sys.executable, "-m", "simulator", *words], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def measure_bridge(folder: Path, name: str) -> dict[str, Any]:
    """Build a bridge by the engine of its runs and by the control, and return the figures of both; keep its picture."""
    for end in BRIDGES[name]:
        run_once(folder, end)
    ends = [str(folder / end) for end in BRIDGES[name]]
    found = {}
    for engine, words in (("simulated", ()), ("control", ("--engine", "control", "--no-figure"))):
        out = folder / f"{name}-{engine}"
        saldo("bridge", *ends, "--out", str(out), *words)
        found[engine] = figures_of_bridge(json.loads((out / "bridge.json").read_text(encoding="utf-8")))
    shutil.copy(folder / f"{name}-simulated" / "bridge.png", HERE / BRIDGE_PICTURE)
    return found


def figures_of_bridge(record: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of a bridge, without what differs from run to run."""
    steps = {
        block: {column: step[column] for column in KEPT_OF_A_STEP} | {"changes": len(step["changes"])}
        for block, step in record["steps"].items()
    }
    ends = {end: {"figure": record[end]["figure"]} for end in ("old", "new")}
    beside = {end: record["program_and_facts"][end] for end in ("old", "new")}
    kept = {key: record[key] for key in KEPT_OF_A_BRIDGE}
    return {**ends, "steps": steps, **kept, "program_and_facts": beside}


def with_points(measured: dict[str, Any]) -> dict[str, Any]:
    """Return what was measured, each variant with its percentage points above the year as it stands [0-1]."""
    for name in VARIANTS:
        year = name.split("-")[1]
        both = (measured[name], measured[f"history-{year}"])
        shares = [found(one, f"digital_share_by_year.proposal.{year}") for one in both]
        measured[name]["points"] = shares[0] - shares[1]
    return measured


def from_accounts(folder: Path) -> dict[str, Any]:
    """Return what a person-year of work gives by group and account, `all` included, under the rules of 2022 [kr]."""
    found: dict[str, Any] = {}
    with (folder / "tables" / "accounts.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["year"] == "2022" and row["weeks_on_benefit_from"] in ("", "0.0"):
                sums = found.setdefault(row["group"], {"all": 0.0})
                for account in (row["account"], "all"):
                    sums[account] = sums.get(account, 0.0) + float(row["kr_per_person_year"])
    found["union_mix"] = (17 * found["dagpenge"]["all"] + 16 * found["jobparat"]["all"]) / 33
    return {"person_year": found}


def from_months(folder: Path) -> dict[str, Any]:
    """Return conversations held by arm and year, all kinds of office, and jobcentres' digital share by month."""
    held: dict[str, dict[str, float]] = {"baseline": {}, "proposal": {}}
    share = {}
    with (folder / "tables" / "months.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            of_arm, count = held[row["arm"]], float(row["held"])
            of_arm[row["year"]] = of_arm.get(row["year"], 0.0) + count
            if row["arm"] == "proposal" and row["office_kind"] == "jobcentre":
                share[f"{row['year']}_{int(row['month']):02}"] = 1 - float(row["physical"]) / count
    return {"held_by_year": held, "digital_share_by_month": share}


def rendered(measured: dict[str, Any], name: str, key: str, kind: str, decimals: int) -> str:
    """Return a figure as the pages print it."""
    first, *rest = [found(measured[name], path) for path in key.split("-")]
    value = first - sum(rest) if rest else first
    if value is None:
        return "none"
    if kind == "t":
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    text = f"{abs(value) * (100 if kind in 'pd' else 1):,.{decimals}f}"
    sign = MINUS if value < 0 and text.strip("0.,") else "+" if kind == "d" and text.strip("0.,") else ""
    return f"{sign}{text}{' per cent' if kind == 'p' else ''}"


def found(tree: Any, path: str) -> Any:
    """Return what stands under a dotted path."""
    for part in path.split("."):
        tree = tree[part]
    return tree


def filled(text: str, measured: dict[str, Any]) -> str:
    """Return a page with every figure written anew."""

    def figure(mark: re.Match[str]) -> str:
        value = rendered(measured, mark.group(2), mark.group(3), mark.group(4), int(mark.group(5)))
        return mark.group(1) + value + mark.group(7)

    return MARK.sub(figure, text)


def main() -> None:
    """Measure what is named, or everything, or nothing with --text, and write the pages."""
    every = scenarios_named()
    names = [word for word in sys.argv[1:] if word != "--text"]
    strange = sorted(set(names) - set(every))
    if strange:
        sys.exit(f"fill.py: no page names {', '.join(strange)}; named are: {', '.join(every)}")
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    if "--text" not in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            measured |= measure(Path(folder), names or every)
        kept = with_points({name: measured[name] for name in every})
        MEASURED.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for page in PAGES:
        page.write_text(filled(page.read_text(encoding="utf-8"), measured), encoding="utf-8")


if __name__ == "__main__":
    main()
