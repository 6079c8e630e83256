"""The financial years in which the effect of a conversation falls."""

from __future__ import annotations

from datetime import date

from simulator.calendars.span import DAYS_A_YEAR


def year_shares(ordinal: int, first_year_share: float) -> dict[int, float]:
    """Return the share of the effect of a conversation that falls in each financial year.

    Args:
        ordinal: Ordinal of the day of the conversation.
        first_year_share: Share that comes evenly over the 365 days from that day [0-1]; the rest over the next 365.

    Returns:
        Shares by year; they add up to 1. Years without any are left out.
    """
    shares: dict[int, float] = {}
    for stretch, share in ((0, first_year_share), (1, 1.0 - first_year_share)):
        start = ordinal + stretch * DAYS_A_YEAR
        for year in range(date.fromordinal(start).year, date.fromordinal(start + DAYS_A_YEAR).year + 1):
            low = max(start, date(year, 1, 1).toordinal())
            high = min(start + DAYS_A_YEAR, date(year + 1, 1, 1).toordinal())
            if share > 0 and high > low:
                shares[year] = shares.get(year, 0.0) + share * (high - low) / DAYS_A_YEAR
    return shares
