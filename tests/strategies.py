"""Hypothesis strategies: filters, views and addresses as people and machines write them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from dateline.filters import AXES, MAPS, METRICS, SCOPES, Filters, View

region_codes = st.sampled_from(
    [
        "MA",
        "GE",
        "KZ",
        "AZ.01",
        "US.GA",
        "MA.07",
        "g2537881",
        "g2761369",
        "south-caucasus",
        "caspian-sea",
        "sahel",
    ]
)
topic_codes = st.sampled_from([f"medtop:{n:02d}000000" for n in range(1, 18)])
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
words = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)
source_names = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30
).filter(lambda s: s.strip() and s.isprintable())


def _unique(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, max_size=4, unique=True).map(tuple)


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    """Any filters the dashboard can hold."""
    first, last = sorted([draw(days), draw(days)])
    return Filters(
        regions=draw(_unique(region_codes)),
        first=draw(st.sampled_from([first, None])),
        last=draw(st.sampled_from([last, None])),
        axis=draw(st.sampled_from(AXES)),
        scope=draw(st.sampled_from(SCOPES)),
        topics=draw(_unique(topic_codes)),
        sources=draw(_unique(source_names)),
        languages=draw(_unique(st.sampled_from(["en", "ru", "az", "tr", "kaa"]))),
        text=draw(st.lists(words, max_size=4).map(" ".join)),
        precisions=draw(st.lists(st.integers(1, 5), max_size=5, unique=True).map(tuple)),
        story=draw(st.none() | st.sampled_from(["s0a1b2c3d4e5f", "s-S01"])),
    )


views = st.builds(
    View,
    metric=st.sampled_from(METRICS),
    map=st.sampled_from(MAPS),
    camera=st.none()
    | st.tuples(
        st.floats(-90, 90).map(lambda x: round(x, 4) + 0.0),
        st.floats(-180, 180).map(lambda x: round(x, 4) + 0.0),
        st.floats(0, 20).map(lambda x: round(x, 4) + 0.0),
    ),
    snapshot=st.none() | st.sampled_from(["1-0a1b2c3d", "123-ffffffff"]),
)
