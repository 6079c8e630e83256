"""Made-up runs on disk, consistent within themselves, with the files and columns of a real one."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.unit.report import made_up_money as money
from tests.unit.report.shapes import KINDS, TYPES, Shape


def write_run(folder: Path, shape: Shape) -> Path:
    """Write a made-up run into a folder and return it."""
    (folder / "tables").mkdir(parents=True)
    _write_json(folder / "headline.json", headline(shape))
    _write_json(folder / "manifest.json", manifest(shape))
    for name, rows in tables(shape).items():
        with (folder / "tables" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def estimate(mean: float, control: float | None = None, spread: float = 0.0) -> dict[str, float | None]:
    """Return an estimate as the headline holds it."""
    low, high = (mean * (1 + spread), mean * (1 - spread)) if spread else (None, None)
    return {"mean": mean, "std_error": abs(mean) * 0.004, "low": low, "high": high, "control": control}


def headline(shape: Shape) -> dict[str, Any]:
    """Return the content of headline.json."""
    return {**figures(shape), **circumstances(shape), **({} if shape.before else newer(shape))}


def newer(shape: Shape) -> dict[str, Any]:
    """Return what headline.json says of kroner since accounts and steps are known."""
    concepts = money.by_concept(shape).items()
    return {
        "price_year": 2021,
        "also": list(shape.also),
        "no_show_hours": estimate(shape.converted * 0.04),
        "saldo_mio_kr_by_concept": {name: None if mio is None else estimate(mio) for name, mio in concepts},
        "saldo_mio_kr_by_step": money.by_step(shape),
        "measure": money.measure(shape),
    }


def arms(shape: Shape) -> dict[str, dict[str, float]]:
    """Return what became of the conversations, by arm."""
    due = shape.held * 1.064
    base = {
        "due": due,
        "held": shape.held,
        "physical": shape.physical,
        "phone": (shape.held - shape.physical) * 0.98,
        "video": (shape.held - shape.physical) * 0.02,
        "no_show": 3_010 * shape.scale,
        "lapsed": 910 * shape.scale,
        "cancelled": 40 * shape.scale,
        "waiting_start": 6_120 * shape.scale,
    }
    base["waiting_end"] = base["waiting_start"] + due - shape.held - base["lapsed"] - base["cancelled"]
    factor = shape.held_factor
    proposal = dict(
        base,
        held=shape.held * factor,
        waiting_end=base["waiting_end"] + shape.waiting,
        physical=(shape.physical - shape.converted) * factor,
        phone=(base["phone"] + shape.converted * 0.9) * factor,
        video=(base["video"] + shape.converted * 0.1) * factor,
    )
    # What is neither held nor waits was called off.
    proposal["cancelled"] += base["held"] - proposal["held"] - shape.waiting
    return {"baseline": base, "proposal": proposal}


def figures(shape: Shape) -> dict[str, Any]:
    """Return the figures of headline.json."""
    spread = SPREAD if shape.spread else 0.0
    weeks = shape.form_kr / shape.value_kr * 52
    years = shape.effect_kr / shape.value_kr
    per = -shape.form_kr / shape.converted if shape.converted else None
    mio = {
        "employment_effect": estimate(shape.effect_kr / 1e6, shape.effect_kr / 1e6 * 1.004, spread),
        "caseworker_time": estimate(shape.time_kr / 1e6),
        "no_shows": estimate(0.0),
        "travel": estimate(shape.travel_kr * 0.78 / 1e6),
        "net": estimate((shape.effect_kr + shape.time_kr + shape.travel_kr * 0.78) / 1e6),
        "form": estimate(shape.form_kr / 1e6),
        "volume": estimate(shape.volume_kr / 1e6),
    }
    return {
        "conversations": arms(shape),
        "converted": estimate(shape.converted, shape.converted * 1.004),
        "reverse": estimate(shape.reverse),
        "converted_by_type": {name: shape.converted * share for name, (_, _, share) in TYPES.items()},
        "converted_by_group": {"dagpenge": shape.converted},
        "employment_weeks": estimate(weeks),
        "full_time_person_years": years,
        "saldo_mio_kr": mio,
        "kr_per_converted_conversation": per,
        "caseworker_hours": {"municipal": shape.converted * 0.21, "a_kasse": shape.converted * 0.035},
        "employment_days_per_converted_conversation": shape.days_per_conversation if shape.converted else None,
        "trial_effect_share_per_meeting": shape.days_per_conversation / 7 / (5 / 6.5) if shape.converted else None,
        "identified_product": {"days_per_conversation": shape.days_per_conversation, "kr_per_conversation": per},
    }


def circumstances(shape: Shape) -> dict[str, Any]:
    """Return what headline.json says of the run besides its figures."""
    weeks = set(shape.weeks)
    meeting = sum(day.isoweekday() < 6 and day.isocalendar()[:2] in weeks for day in shape.days())
    return {
        "scenario": shape.name.replace("_", "-"),
        "title": "A title in English",
        **({"title_da": shape.title} if shape.title else {}),
        "period": {"from": shape.period[0].isoformat(), "to": shape.period[1].isoformat()},
        "meeting_days": dict.fromkeys(KINDS, meeting),
        "calibrated": [{"key": key, "value": value, "to": to} for key, value, to in shape.calibrated],
        "unexplained_share": {"converted": shape.unexplained, "employment_effect": shape.unexplained},
        "published": shape.published,
        "draft": bool(shape.extrapolated),
        "extrapolated": list(shape.extrapolated),
        "seed": 1,
        "replications": 5,
        "draws": 1024 if shape.spread else 0,
        "knowledge": knowledge(shape) if shape.spread else None,
        "engine": "fast",
        "concept": shape.concept,
    }


SPREAD = 0.72
"""Half the range of a run with draws, as a share of its estimate."""
DRAWN = "effects.params.relative_effect"


def knowledge(shape: Shape) -> dict[str, Any]:
    """Return what a run with draws says of its range."""
    effect = shape.effect_kr / 1e6
    ends = {
        name: {"value": effect * (1 + part), "std_error": 0.02}
        for name, part in zip(("low", "high"), (SPREAD, -SPREAD), strict=True)
    }
    distribution = {"name": "uniform", "low": 0.62, "high": 0.94}
    return {
        "called": "span",
        "sign": "assumed",
        "share_between": 0.95,
        "employment_effect_mio_kr": {"mean": {"value": effect, "std_error": 0.01}, "sd": 2.1, **ends},
        "exact": {"mean_mio_kr": effect, "sd_mio_kr": 2.1, "draws_less_exact_mio_kr": 0.0, "std_error_mio_kr": 0.01},
        "loss_exceeds": [{"mio_kr": 0.0, "share": 1.0}, {"mio_kr": 5.0, "share": 0.5}, {"mio_kr": 10.0, "share": 0.0}],
        "uncertain": [
            {
                "key": DRAWN,
                "distribution": distribution,
                "mean": 0.78,
                "sd": 0.09,
                "unit": "share",
                "value": 0.78,
                "source": "",
                "simulates": False,
            }
        ],
        "correlations": [],
        "design": "sobol",
        "draws": 1024,
        "simulations": 0,
        "replications_of_each": 1,
    }


def manifest(shape: Shape) -> dict[str, Any]:
    """Return the content of manifest.json."""
    sources = {
        "beu-448": {"title": "BEU alm.del 2020-21, svar på spørgsmål 448, 31 August 2021", "date": "2021-08-31"},
        "beu-558": {"title": "BEU alm.del 2020-21, svar på spørgsmål 558, 26 August 2021", "date": "2021-08-26"},
        "star-form-2024": {"title": "STAR, Flere ledige vælger telefoniske samtaler", "date": "2024-06-27"},
        "epidemic-note-2021": {
            "title": "Epidemikommissionens indstilling, December 2021, quoting the ministry",
            "date": "2021-12-17",
        },
    }
    return {
        "run_id": f"2026-11-21-{shape.name.replace('_', '-')}-7f3a",
        "version": "0.1.0",
        "known_as_of": "2021-12-17",
        "command": f"saldo run scenarios/{shape.name}.yaml",
        "seed": 1,
        "time": {"started": "2026-11-21T09:30:00+00:00", "ended": "2026-11-21T09:31:07+00:00"},
        "sources": sources,
    }


def tables(shape: Shape) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of a run by name."""
    return {
        "steps": steps(shape),
        "saldo": money.saldo(shape),
        **({} if shape.before else {"concepts": money.concepts(shape), "law_comments": money.law_comments(shape)}),
        "conversations": list(conversations(shape)),
        "calendar": list(calendar(shape)),
        "assumptions": assumptions(shape),
    }


def steps(shape: Shape) -> list[dict[str, Any]]:
    """Return the chain from conversations to kroner."""
    digital = shape.held - shape.physical
    years = shape.effect_kr / shape.value_kr
    stated = shape.before or shape.concept == "note"
    rows = [
        ("due_baseline", shape.held * 1.064, "conversations", "simulation"),
        ("held_baseline", shape.held, "conversations", "simulation"),
        ("digital_by_exception", digital * 0.551, "conversations", "simulation"),
        ("digital_by_own_choice", digital * 0.449, "conversations", "simulation"),
        ("digital_by_order", 0.0, "conversations", "simulation"),
        ("physical_baseline", shape.physical, "conversations", "simulation"),
        ("share_that_changes_form", shape.converted_share, "share", "simulation"),
        ("converted", shape.converted, "conversations", "simulation"),
        ("loss_per_conversation_days", shape.days_per_conversation if shape.converted else 0, "days", "simulation"),
        ("employment_weeks", years * 52, "weeks", "simulation"),
        ("person_years", years, "person_years", "simulation"),
        ("value_per_person_year_kr", shape.value_kr, "kr", "beu-448" if stated else "simulation"),
        ("employment_effect_kr", shape.effect_kr, "kr", "simulation"),
        ("kr_per_converted", shape.form_kr / shape.converted if shape.converted else "", "kr", "simulation"),
    ]
    return [
        {"order": number + 1, "step": step, "value": value, "unit": unit, "source": source}
        for number, (step, value, unit, source) in enumerate(rows)
    ]


def conversations(shape: Shape) -> Iterator[dict[str, Any]]:
    """Yield conversations held, by arm, week, place, type and form."""
    cells = len(shape.weeks) * len(shape.places)
    digital = shape.held - shape.physical
    per_arm = {
        "baseline": (shape.physical, digital * 0.98, digital * 0.02),
        "proposal": tuple(
            shape.held_factor * count
            for count in (
                shape.physical - shape.converted,
                digital * 0.98 + shape.converted * 0.9,
                digital * 0.02 + shape.converted * 0.1,
            )
        ),
    }
    for arm, counts in per_arm.items():
        for number, (year, week) in enumerate(shape.weeks):
            tilt = 1 + 0.1 * ((number % 3) - 1) if len(shape.weeks) > 2 else 1.0 + 0.08 * (2 * number - 1)
            for place in shape.places:
                for name, (kind, group, share) in TYPES.items():
                    for form, count in zip(("physical", "phone", "video"), counts, strict=True):
                        yield {
                            "arm": arm,
                            "year": year,
                            "week": week,
                            "office_kind": kind,
                            "municipality_code": place,
                            "type": name,
                            "group": group,
                            "spell_class": "5-25",
                            "form": form,
                            "state": "held",
                            "count": count * tilt * share / cells,
                        }


def calendar(shape: Shape) -> Iterator[dict[str, Any]]:
    """Yield the day ledger of the period."""
    for day in shape.days():
        closed = day.isocalendar()[:2] in shape.closure_weeks
        kind_of_day = (
            "weekend"
            if day.isoweekday() > 5
            else "customary_closure"
            if (day.month, day.day) in ((12, 24), (12, 31))
            else ("closure_week" if closed else "weekday")
        )
        for kind in KINDS:
            yield {
                "date": day.isoformat(),
                "office_kind": kind,
                "place": "",
                "class": kind_of_day,
                "rule": "",
                "meeting_day": int(kind_of_day == "weekday"),
                "reason": "closure week" if closed else "",
                "source": "",
                "arm": "both",
            }


def values(shape: Shape) -> list[tuple[Any, ...]]:
    """Return keys with value, unit, range, kind and source."""
    return [
        ("saldo.value_per_person_year_kr", 300000, "kr per person-year", 250000, 330000, "fact", "beu-448"),
        ("effects.params.scale", 0.4213, "factor", 0.3, 1.3, "assumption", "none-found"),
        (
            "effects.params.relative_effect.jobsamtale.phone",
            shape.relative_effect,
            "share",
            0,
            1,
            "assumption",
            "none-found",
        ),
        ("attendance.take_up_scale", 0.853, "factor", 0.7, 1.1, "assumption", "none-found"),
        ("attendance.take_up.jobsamtale.dagpenge", 0.45, "share", 0.25, 0.6, "fact", "star-form-2024"),
        ("delivery.digital_saves_minutes", 15, "minutes", 0, 30, "fact", "beu-558"),
        ("demand.contact.observed.jobsamtale.dagpenge.week_4", 10, "per year", 8, 12, "fact", "none-found"),
        ("demand.weekly_exit_hazard.dagpenge.week_26", 0.0175, "per week", 0.012, 0.025, "derived", "own-derivation"),
        ("closures.carry_share", 0, "share", 0, 1, "assumption", "epidemic-note-2021"),
        ("saldo.price_level", 2021, "year", 2019, 2026, "assumption", "own-derivation"),
        ("saldo.benefit.dagpenge_highest.year_2021", 19322, "kr per month", "", "", "fact", "beu-448"),
        ("saldo.benefit.dagpenge_highest.year_2022", 19351, "kr per month", "", "", "derived", "beu-558"),
        ("saldo.tax.bottom_tax.year_2022", 0.1209, "share", "", "", "fact", "beu-558"),
        ("saldo.displacement.sensitivity_share", 0.5, "share", 0.25, 1, "assumption", "none-found"),
        ("some.new_key_without_words", 1.5, "factor", "", "", "assumption", "none-found"),
    ]


def assumptions(shape: Shape) -> list[dict[str, Any]]:
    """Return values with unit, range and source."""
    calibrated = {key for key, _, _ in shape.calibrated}
    return [
        {
            "key": key,
            "value": value,
            "unit": unit,
            "low": low,
            "high": high,
            "source": source,
            "date": "2021-08-31",
            "kind": "calibrated" if key in calibrated else kind,
            "layer": "facts",
            "used": 1,
            "arm": "both",
        }
        for key, value, unit, low, high, kind, source in values(shape)
    ]
