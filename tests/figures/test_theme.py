"""The colours: contrast, one a topic, apart for the colour-blind, equal to those of the page's theme."""

import itertools
import tomllib
from pathlib import Path

import pytest

from dateline.figures import theme

ROOT = Path(__file__).resolve().parents[2]

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
CVD = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    channels = [v / 255 for v in theme.rgba(colour)[:3]]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]


def contrast(a: str, b: str) -> float:
    light, dark = sorted(
        (sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (a, b)),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: list[float]) -> list[float]:
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [
        sum(m * v for m, v in zip(row, rgb, strict=True)) / w for row, w in zip(matrix, white, strict=True)
    ]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def distance(a: str, b: str, sight: str) -> float:
    """CIE 1976 difference as seen with that sight; 2.3 is just noticeable."""
    seen = []
    for colour in (a, b):
        rgb = linear(colour)
        dim = [max(0.0, min(1.0, sum(m * v for m, v in zip(row, rgb, strict=True)))) for row in CVD[sight]]
        seen.append(lab(dim))
    return sum((p - q) ** 2 for p, q in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize("dark", [False, True])
def test_text_is_readable_on_every_ground(dark: bool) -> None:
    c = theme.palette(dark)
    for text, ground in itertools.product((c.text, c.muted), (c.paper, c.raised, c.land)):
        assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(c.accent, c.paper) >= 4.5
    for shade in c.areas:
        assert contrast(c.text, shade) >= 4.5 or shade == c.areas[-1], shade


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sight", CVD)
def test_hues_stay_apart(dark: bool, sight: str) -> None:
    hues = [pair[dark] for pair in theme.HUES.values()]
    assert len(hues) <= 8
    closest = min((distance(a, b, sight), a, b) for a, b in itertools.combinations(hues, 2))
    assert closest[0] >= 12, closest


@pytest.mark.parametrize("dark", [False, True])
def test_bars_stand_out_from_the_page(dark: bool) -> None:
    c = theme.palette(dark)
    assert min(contrast(theme.topic_colour(code, dark), c.paper) for code in theme.HUES) >= 2.2


def test_every_top_concept_has_one_colour_and_other_codes_a_grey() -> None:
    codes = [f"medtop:{n:02}000000" for n in range(1, 18)]
    for dark in (False, True):
        assert set(theme.palette(dark).topics) == set(codes)
        assert len({theme.topic_colour(code, dark) for code in codes}) == 17
        for code in (None, "", "medtop:20000001"):
            red, green, blue, _ = theme.rgba(theme.topic_colour(code, dark))
            assert max(red, green, blue) - min(red, green, blue) < 16
    assert set(theme.SHORT) == set(theme.HUES)


def test_the_pages_theme_has_the_same_colours() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert "base" not in config, "a base would switch the reader's own choice of light or dark off"
    for name, c in (("light", theme.LIGHT), ("dark", theme.DARK)):
        page = config[name]
        assert page["primaryColor"] == page["linkColor"] == c.accent
        assert page["backgroundColor"] == c.paper
        assert page["secondaryBackgroundColor"] == c.raised
        assert page["textColor"] == c.text
        assert page["borderColor"] == c.rule
        assert page["chartCategoricalColors"] == [c.topics[code] for code in theme.HUES]
    assert "://" not in str(config)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ('<a href="javascript:x">y</a>', '&lt;a href="javascript:x"&gt;y&lt;/a&gt;'),
        ("a & b", "a &amp; b"),
        ("two\nlines\u2028three\x00", "two lines three"),
        ("\u202eturned \ud800lone", "turned lone"),
        ("x" * 300, "x" * 199 + "…"),
        (None, "None"),
        ("", ""),
    ],
)
def test_plain_text_for_plotly(raw: object, shown: str) -> None:
    assert theme.plain(raw) == shown
    theme.plain(raw).encode()
