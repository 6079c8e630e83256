"""A planned trial in words: first the line for a committee, then design, intake, power both ways, and its checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from simulator.report.language import read_words
from simulator.uncertainty.trials.record import COVERAGE, TYPE_1
from simulator.uncertainty.wording import Wording, table_text

Record = Mapping[str, Any]


def told_day(day: str, words: Wording) -> str:
    """Return an ISO date in words."""
    return read_words(words.language).day(date.fromisoformat(day))


def whole(number: float, words: Wording) -> str:
    """Return a count of persons."""
    return words.number(number)


def committee_line(record: Record, words: Wording) -> str:
    """Return the line for a committee: persons per arm for one percentage point, and when the answer would come."""
    asked = record["one_point"]
    told = {
        "power": words.told(record["power_aim"], "share"),
        "most": whole(asked["admitted_per_arm"], words),
        "points": words.number(asked["detectable_points"], 2),
    }
    if asked["persons_per_arm"] is None:
        return words.text("trial.line_never", **told)
    told["number"] = whole(asked["persons_per_arm"], words)
    if not asked["answer_day"]:
        return words.text("trial.line_short", **told)
    return words.text("trial.line", **told, day=told_day(asked["answer_day"], words))


def plain(record: Record, words: Wording) -> str:
    """Return all that is told of a trial."""
    parts = [committee_line(record, words), "", _title(record, words), *_design(record, words)]
    parts += ["", _power(record, words)]
    if record["checks"]:
        told = {
            "count": whole(record["simulations"], words),
            "persons": whole(record["checked_per_arm"], words),
            "level": words.told(record["significance"], "share"),
        }
        parts += ["", words.text("trial.checks", **told), _checks(record, words)]
    return "\n".join([*parts, "", *_followers(record, words), *_doubts(record, words), *_last(record, words)])


def _title(record: Record, words: Wording) -> str:
    days = {name: told_day(record["intake"][key], words) for name, key in (("first", "from"), ("last", "to"))}
    return words.text("trial.title", design=words.text(f"trial.designs.{record['design']}"), **days)


def _design(record: Record, words: Wording) -> list[str]:
    found = {row["quantity"]: row["value"] for row in record["quantities"]}
    intake = words.text(
        "trial.intake",
        persons=whole(found["intake_persons"], words),
        per_week=whole(found["intake_persons_per_week"], words),
        clusters=whole(found["clusters"], words),
        size=whole(found["cluster_mean_size"], words),
        cv=words.number(found["cluster_cv"], 2),
        icc=words.number(found["icc"], 4),
        effect=words.number(found["design_effect"], 2),
    )
    arms = words.text(
        "trial.arms",
        control=_per_cent(found["exit_share_control"], words),
        treated=_per_cent(found["exit_share_treated"], words),
        control_weeks=words.number(found["weeks_52_control"], 2),
        treated_weeks=words.number(found["weeks_52_treated"], 2),
        sd=words.number(found["weeks_52_sd"], 2),
        ratio=words.number(found["hazard_ratio"], 4),
        changed=words.number(found["conversations_changed"], 2),
    )
    least = words.text(
        "trial.least",
        power=words.told(record["power_aim"], "share"),
        points=words.number(found["detectable_points"], 2),
        weeks=words.number(found["detectable_weeks"], 2),
    )
    stop = record["intake"]["stop_above_per_100k"]
    lines = [intake, *([] if stop is None else [words.text("trial.stop", number=words.number(stop))]), arms]
    if record["other_model"]:
        lines.insert(0, words.text("trial.staged", model=record["other_model"]))
    if "first_stage" in found:
        lines.append(words.text("trial.first_stage", points=words.number(found["first_stage"] * 100, 1)))
    return [*lines, least]


def _power(record: Record, words: Wording) -> str:
    heads = words.find("trial.heads")
    lines = [list(heads.values())]
    for row in record["power"]:
        decimals = 4 if row["outcome"] == "hazard_ratio" else 2
        tried = row["simulated_power"]
        error = "" if tried is None else f" ± {words.number(row['simulated_std_error'] * 100, 1)}"
        lines.append(
            [
                words.text(f"trial.outcomes.{row['outcome']}"),
                whole(row["persons_per_arm"], words),
                _effect(row["effect"], row, words, decimals),
                _per_cent(row["closed_form_power"], words),
                words.number(None) if tried is None else f"{words.number(tried * 100, 1)}{error}",
                _effect(row["detectable"], row, words, decimals),
                row["answer_day"] or words.number(None),
                _verdict(row, words),
            ]
        )
    return table_text(lines, left=(0, len(heads) - 1))


def _effect(effect: float, row: Mapping[str, Any], words: Wording, decimals: int) -> str:
    unit = words.find("trial.units")[row["effect_unit"]]
    return f"{words.number(effect, decimals)} {unit}".rstrip()


def _verdict(row: Mapping[str, Any], words: Wording) -> str:
    """Return whether the formula agrees with the simulation, and whether it could."""
    agrees = "" if row["agrees"] is None else words.text("trial.agrees" if row["agrees"] else "trial.apart")
    return ", ".join(part for part in (agrees, "" if row["holds"] else words.text("trial.in_doubt")) if part)


def _checks(record: Record, words: Wording) -> str:
    heads = words.find("trial.check_heads")
    outcomes = dict.fromkeys(row["outcome"] for row in record["checks"])
    by_check = {(row["outcome"], row["check"]): row for row in record["checks"]}
    lines = [[heads["outcome"], heads[TYPE_1], heads[COVERAGE]]]
    for outcome in outcomes:
        cells = [by_check[outcome, check] for check in (TYPE_1, COVERAGE)]
        told = [f"{words.number(one['share'] * 100, 1)} ± {words.number(one['std_error'] * 100, 1)}" for one in cells]
        lines.append([words.text(f"trial.outcomes.{outcome}"), *told])
    return table_text(lines)


def _doubts(record: Record, words: Wording) -> list[str]:
    """Return where the formula does not hold, one line a reason."""
    reasons: dict[str, list[str]] = {}
    for row in record["power"]:
        for reason in filter(None, row["why_not"].split("; ")):
            found = reasons.setdefault(reason, [])
            name = words.text(f"trial.outcomes.{row['outcome']}")
            if name not in found:
                found.append(name)
    count, every = len({row["outcome"] for row in record["power"]}), words.text("trial.all_outcomes")
    return [
        words.text(
            "trial.doubts",
            outcomes=every if len(outcomes) == count else ", ".join(outcomes),
            why=words.text(f"trial.why.{reason}"),
        )
        for reason, outcomes in reasons.items()
    ]


def _followers(record: Record, words: Wording) -> list[str]:
    """Return what is said of those who follow an encouragement; nothing where nobody is encouraged."""
    if "followers" not in record:
        return []
    effects = [
        f"{words.text('trial.outcomes.' + one['outcome'])} {_effect(one['effect'], one, words, 2)}"
        for one in record["followers"]
    ]
    shares = [_per_cent(one["coverage"], words) for one in record["followers"] if one["coverage"] is not None]
    covered = words.text("trial.followers_covered", shares=", ".join(shares)) if shares else ""
    strong = words.number(record["first_stage_f"]) if shares else words.number(None)
    return [words.text("trial.followers", effects="; ".join(effects), f=strong, covered=covered)]


def _last(record: Record, words: Wording) -> list[str]:
    if not record["simulations"]:
        return [words.text("trial.pilot", count=whole(record["pilot_replications"], words))]
    lines = []
    if any(record["crossed"]):
        tried = [row for row in record["power"] if row["simulated_power"] is not None]
        below = [row for row in tried if row["simulated_power"] < row["closed_form_power"]]
        crossed = " / ".join(words.told(share, "share") for share in record["crossed"])
        lines.append(words.text("trial.below", crossed=crossed, count=len(below), all=len(tried)))
    share = _per_cent(record["analysis_share_of_time"], words)
    return [*lines, words.text("trial.share", count=whole(record["simulations"], words), share=share)]


def _per_cent(share: float, words: Wording) -> str:
    return words.units(f"{words.number(share * 100, 1)} {words.text('units.per_cent')}")
