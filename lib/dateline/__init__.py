"""Dateline: a news atlas. Where, when, to how many and about what, each dot with its sentence behind it."""

__version__ = "0.1.0"
