"""What once broke a target, replayed: the inputs that the fuzzer kept (``make fuzz``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

KEPT = sorted(path for path in Path(__file__).with_name("seeds").glob("*/*") if path.is_file())


def test_every_kept_input_has_its_target() -> None:
    assert {path.parent.name for path in KEPT} <= TARGETS.keys()


@pytest.mark.parametrize("path", KEPT, ids=[f"{path.parent.name}-{path.name}" for path in KEPT])
def test_what_broke_a_target_breaks_it_no_more(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())
