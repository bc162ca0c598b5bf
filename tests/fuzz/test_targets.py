"""Every way in, with its seeds bent out of shape: never an error, whatever the bytes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import SEEDS, TARGETS

# A fuzzer runs these for minutes; here each has its moment.
EXAMPLES = {"places": 12, "topics": 15, "anything": 40, "page": 30, "text": 40}

_BITS = (
    b"<",
    b">",
    b"&",
    b'"',
    b"\x00",
    b"\xff\xfe",
    b"]]>",
    b"<!ENTITY",
    b"\r\n\r\n",
    b"2025-02-31",
    b"9" * 30,
    b"%s",
    "İ".encode(),
)


def bent(seed: bytes) -> st.SearchStrategy[bytes]:
    """The seed with a stretch replaced, repeated, cut off or taken out."""
    spot = st.integers(0, len(seed))
    patch = st.one_of(st.binary(max_size=12), st.sampled_from(_BITS))
    replaced = st.builds(
        lambda at, length, new, times: seed[:at] + new * times + seed[at + length :],
        spot, st.integers(0, 40), patch, st.integers(0, 3),
    )  # fmt: skip
    repeated = st.builds(lambda at, length: seed[: at + length] + seed[at:], spot, st.integers(0, 200))
    return st.one_of(replaced, repeated, spot.map(lambda at: seed[:at]))


def test_every_target_has_seeds() -> None:
    assert TARGETS.keys() == SEEDS.keys()


@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    for seed in (*SEEDS[name], b"", b"\x00", b"\xff" * 9, "\ud800".encode("utf-8", "surrogatepass")):
        TARGETS[name](seed)


@pytest.mark.parametrize("name", TARGETS)
def test_bent_seeds(name: str) -> None:
    @settings(
        max_examples=EXAMPLES.get(name, 60),
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.one_of(st.binary(max_size=300), *map(bent, SEEDS[name])))
    def run(data: bytes) -> None:
        TARGETS[name](data)

    run()
