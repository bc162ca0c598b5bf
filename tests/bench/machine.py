"""The machine the figures belong to."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
import psutil

from tests.bench.figures import seconds

_PACKAGES = ("duckdb", "deltalake", "pyarrow", "pandas", "numpy", "streamlit", "pydeck")


def describe() -> dict[str, str]:
    """What it is, in words."""
    return {
        "CPU": f"{_model()}, {os.cpu_count()} cores",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "packages": ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
        "load": f"{os.getloadavg()[0]:.1f} at the start (figures of a busy machine are too high)",
    }


def _model() -> str:
    # Not every system has the file, nor every processor a name in it.
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def sorting() -> float:
    """Seconds to sort a million numbers: the yardstick that tells a slow machine from slow code."""
    numbers = np.random.default_rng(1).random(1_000_000)
    return seconds(lambda: np.sort(numbers), 7)
