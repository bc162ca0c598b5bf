"""Upkeep of a store: checked, repaired, compacted, vacuumed."""

from __future__ import annotations

from .check import Fault, State, check
from .repair import repair
from .vacuum import KEEP, KEEP_DAYS, Compacted, Vacuumed, compact, vacuum

__all__ = [
    "KEEP",
    "KEEP_DAYS",
    "Compacted",
    "Fault",
    "State",
    "Vacuumed",
    "check",
    "compact",
    "repair",
    "vacuum",
]
