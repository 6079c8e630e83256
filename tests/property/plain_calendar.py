"""Worlds whose calendar knows no holiday, custom or closure: every weekday is a meeting day, in every office."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator import pipeline
from simulator.calendars import Calendar
from simulator.delivery import offices_of
from simulator.pipeline import World
from simulator.scenario import Scenario


def weekdays_only(calendar: Calendar) -> Calendar:
    """Return a calendar in which all offices are open on all weekdays."""
    days = np.broadcast_to(calendar.weekday, calendar.open.shape).copy()
    return replace(calendar, clock=days, open=days, closings=())


def prepared_without_holidays(scenario: Scenario) -> World:
    """Return the world of a scenario, on weekdays only."""
    world = pipeline.prepare(scenario)
    calendars = (weekdays_only(world.calendars[0]), weekdays_only(world.calendars[1]))
    offices = offices_of(scenario, world.population, calendars, world.span)
    return replace(world, setting=replace(world.setting, calendars=calendars), offices=offices)
