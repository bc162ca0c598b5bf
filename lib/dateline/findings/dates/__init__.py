"""Dates: TIMEX3 expressions in a text, what days they mean, and of what they are the date."""

from dateline.findings.dates.finder import best_interval, find
from dateline.findings.dates.reference import reference_date

__all__ = ["best_interval", "find", "reference_date"]
