"""Upkeep of a store: checked, repaired, compacted, vacuumed."""
