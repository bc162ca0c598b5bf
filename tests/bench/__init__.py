"""Benchmarks: ``make bench`` prints how fast and how large Dateline is on this machine."""
