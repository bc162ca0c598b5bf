"""A few kills in every run of the tests; two hundred of them are ``make soak``."""

from __future__ import annotations

from pathlib import Path

import pytest

from .killing import killed


@pytest.mark.slow
def test_processes_killed_at_random_moments_leave_a_whole_store(tmp_path: Path) -> None:
    done = killed(tmp_path / "atlas", kills=8, seed=20251214)
    assert done.kills == 8
