import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.figures import viewport
from dateline.figures.viewport import FRAME, PHONE, WORLD, Labels, fit_view, pixels

NO_COUNTRY = pd.DataFrame({"country": pd.Series([], dtype=str)})
CAUCASUS = [(40.4, 49.9), (41.7, 44.8), (40.2, 44.5), (39.8, 46.8), (43.0, 41.0)]


def points(*at: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(at, columns=["lat", "lon"], dtype=float)


def shown(view: viewport.View, lat: float, lon: float, frame: viewport.Size = FRAME) -> bool:
    (x, y), (mx, my) = pixels(lat, lon, view[2]), pixels(*view)
    return abs(x - mx) <= frame[0] / 2 + 1 and abs(y - my) <= frame[1] / 2 + 1


degrees = st.tuples(st.floats(-60, 75), st.floats(-170, 170))


@given(st.lists(degrees, min_size=1, max_size=4))
def test_a_few_places_are_all_in_view(at: list[tuple[float, float]]) -> None:
    view = fit_view(points(*at), NO_COUNTRY)
    assert 0.9 <= view[2] <= 8
    if view[2] > 0.9:
        assert all(shown(view, *p) for p in at if p != (0.0, 0.0))


def test_one_place_far_away_does_not_spoil_the_view() -> None:
    view = fit_view(points(*CAUCASUS, (-33.9, 151.2)), NO_COUNTRY)
    assert all(shown(view, *p) for p in CAUCASUS)
    assert view[2] > 4


def test_a_country_is_shown_whole_but_a_very_wide_one_does_not_widen() -> None:
    alone = fit_view(points(), pd.DataFrame({"country": ["MA"]}))
    assert shown(alone, 35.7, -5.9)
    assert shown(alone, 30.4, -9.6)
    beside = fit_view(points(*CAUCASUS), pd.DataFrame({"country": ["RU"]}))
    assert beside == fit_view(points(*CAUCASUS), NO_COUNTRY)
    assert fit_view(points(), pd.DataFrame({"country": ["RU"]}))[2] < 2.5


def test_odd_input() -> None:
    assert fit_view(points(), NO_COUNTRY) == WORLD
    assert fit_view(points((float("nan"), 3.0)), pd.DataFrame({"country": ["ZZ", None]})) == WORLD
    assert fit_view(points((41.7, 44.8)), NO_COUNTRY) == (41.7, 44.8, 6.0)


def test_a_phone_sees_as_much() -> None:
    view = fit_view(points(*CAUCASUS), NO_COUNTRY, frame=PHONE)
    assert all(shown(view, *p, PHONE) for p in CAUCASUS)
    assert view[2] < fit_view(points(*CAUCASUS), NO_COUNTRY)[2]


@given(st.lists(degrees, max_size=40))
def test_labels_never_overlap(at: list[tuple[float, float]]) -> None:
    labels = Labels(WORLD)
    set_ = [p for p in at if labels.place(*p, left=4, right=60, half=9)]
    assert len(set_) == len(labels.taken)
    for i, a in enumerate(labels.taken):
        for b in labels.taken[:i]:
            assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


@pytest.mark.parametrize(
    ("lat", "lon", "x", "y"), [(0, 0, 256, 256), (0, -180, 0, 256), (85.051129, 180, 512, 0.2)]
)
def test_web_mercator(lat: float, lon: float, x: float, y: float) -> None:
    assert pixels(lat, lon, 0) == pytest.approx((x, y), abs=0.5)


def test_a_narrow_map_shows_the_places_of_half_the_world() -> None:
    world = [(4.6, -74.1), (35.7, 139.7), (51.5, -0.1), (-1.3, 36.8), (-6.2, 106.8), (28.6, 77.2)]
    view = fit_view(points(*world), NO_COUNTRY, frame=PHONE)
    assert all(shown(view, *p, PHONE) for p in world)
