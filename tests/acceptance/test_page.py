"""The pasted news page, whole tables: every article, place, date, figure and story, and nothing beyond them.

The page and its answers lie outside the project; where they are absent these tests skip and say so.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "acceptance"
PAGE, EXPECTED = SHARED / "anewz-page.txt", SHARED / "anewz-expected.json"

pytestmark = pytest.mark.skipif(
    not PAGE.exists() or not EXPECTED.exists(),
    reason=f"the acceptance page is not there: {PAGE}",
)

# Correct mentions beyond those the answers list, by article; a surplus place that is not named here fails.
EXTRA_PLACES: dict[str, dict[str, str]] = {
    "palmyra": {"U.S.": "whose soldiers and officials they are: role origin, never where it happened"},
    "safi-province": {"Atlantic": "the ocean of the coastal province: a mention, not where it happened"},
    "safi-city": {"Atlantic": "the ocean of the coastal city: a mention, not where it happened"},
}
TOPICS_WITH_OTHER_NAMES = {"politics": "politics and government"}


def _dateline(*arguments: str, stdin: bytes | None = None) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *arguments],
        input=stdin,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def _lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


@cache
def read() -> tuple[bytes, list[dict[str, Any]]]:
    """`dateline read` of the page: its output, as bytes and as rows."""
    data = _dateline("read", str(PAGE))
    return data, _lines(data)


@cache
def rejects() -> list[dict[str, Any]]:
    from dateline.article import Reject
    from dateline.sources import read as read_all

    return [item.to_dict() for item in read_all([str(PAGE)]) if isinstance(item, Reject)]


@cache
def findings() -> dict[str, dict[str, Any]]:
    """`dateline read page | dateline annotate`, by article id."""
    return {row["id"]: row for row in _lines(_dateline("annotate", stdin=read()[0]))}


@cache
def stories() -> dict[str, str]:
    return {row["id"]: row["story"] for row in _lines(_dateline("stories", stdin=read()[0]))}


@cache
def expected() -> dict[str, Any]:
    return json.loads(EXPECTED.read_text("utf-8"))


@cache
def articles() -> dict[str, dict[str, Any]]:
    """The article read for each key of the answers."""
    found = {}
    for wanted in expected()["articles"]:
        matching = [a for a in read()[1] if a["text"].startswith(wanted["starts"])]
        assert len(matching) == 1, (
            f"{wanted['key']}: {len(matching)} articles start with {wanted['starts']!r}"
        )
        found[wanted["key"]] = matching[0]
    return found


def keys() -> list[str]:
    return [a["key"] for a in expected()["articles"]] if EXPECTED.exists() else []


def wanted(key: str) -> dict[str, Any]:
    return next(a for a in expected()["articles"] if a["key"] == key)


def test_articles_and_their_kinds() -> None:
    got = sorted((a["kind"], a["text"][:30]) for a in read()[1])
    headlines = [("headline", h[:30]) for h in expected()["headline_only"]]
    want = sorted([(wanted(k)["kind"], articles()[k]["text"][:30]) for k in keys()] + headlines)
    assert got == want
    for key in keys():
        if "ends" in wanted(key):
            # The answer's ending repeats four words that its page has only once: the rest of it must fit.
            assert articles()[key]["text"].endswith(wanted(key)["ends"].partition(", ")[2])


def test_dropped_lines_and_the_cut_off_duplicate() -> None:
    by_kind = {
        kind: [r["excerpt"] for r in rejects() if r["kind"] == kind] for kind in ("boilerplate", "duplicate")
    }
    assert by_kind["boilerplate"] == expected()["dropped_lines"]
    assert len(by_kind["duplicate"]) == 1
    assert by_kind["duplicate"][0].rstrip(" .…").endswith("Studies and")
    assert len(rejects()) == len(expected()["dropped_lines"]) + 1


def test_reference_date_and_source() -> None:
    assert {a["published"] for a in read()[1]} == {expected()["reference_date"]["value"]}
    assert {(a["source"], a["source_country"]) for a in read()[1]} == {
        ("AnewZ", expected()["source"]["country"])
    }


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def _same_name(place: dict[str, Any], name: str) -> bool:
    return name in (place["name"], place["surface"])


def _place_faults(place: dict[str, Any], want: dict[str, Any]) -> list[str]:
    faults = []
    if place["country"] != want["country"]:
        faults.append(f"country {place['country']}, not {want['country']}")
    allowed = want["precision"] if isinstance(want["precision"], list) else [want["precision"]]
    if place["precision"] not in allowed:
        faults.append(f"precision {place['precision']}, not {want['precision']}")
    if "lat" in want:
        limit = 50 if max(allowed) <= 3 else 400
        if place["lat"] is None or _km(place["lat"], place["lon"], want["lat"], want["lon"]) > limit:
            faults.append(
                f"{place['lat']},{place['lon']} is over {limit} km from {want['lat']},{want['lon']}"
            )
    if "qualifier" in want and place["qualifier"] != want["qualifier"]:
        faults.append(f"qualifier {place['qualifier']}, not {want['qualifier']}")
    return faults


@pytest.mark.parametrize("key", keys())
def test_places(key: str) -> None:
    article, found = wanted(key), findings()[articles()[key]["id"]]["places"]
    faults = []
    for want in article["places"]:
        named = [p for p in found if p["form"] == "name" and _same_name(p, want["name"])]
        if not named:
            faults.append(f"{want['name']}: not found")
        faults += [f"{want['name']}: {fault}" for p in named for fault in _place_faults(p, want)]
        if "role" in want and named and want["role"] not in {p["role"] for p in named}:
            faults.append(f"{want['name']}: role {[p['role'] for p in named]}, not {want['role']}")
    assert faults == []


@pytest.mark.parametrize("key", keys())
def test_no_place_too_many(key: str) -> None:
    article, found = wanted(key), findings()[articles()[key]["id"]]["places"]
    known = {w["name"] for w in article["places"]} | set(EXTRA_PLACES.get(key, {}))
    # An adjective is no event place: "Syrian officials" says where they come from.
    surplus = {
        p["surface"]
        for p in found
        if not any(_same_name(p, name) for name in known)
        and not (p["form"] == "adjectival" and p["role"] in ("origin", "mention"))
    }
    assert surplus == set()
    surfaces = {p["surface"] for p in found}
    assert not surfaces & set(article.get("not_places", ()))
    extra = [p for p in found if p["surface"] in EXTRA_PLACES.get(key, {})]
    assert all(p["role"] != "where" for p in extra)
    event = {p["surface"] for p in found if p["role"] == "where"} | {
        p["name"] for p in found if p["role"] == "where"
    }
    assert not event & set(article.get("not_event_places", ()))


@pytest.mark.parametrize("key", keys())
def test_dates(key: str) -> None:
    found = findings()[articles()[key]["id"]]["dates"]
    of = {(w["text"], w["value"]): w.get("of") for w in wanted(key)["dates"]}
    assert sorted({(d["surface"], d["value"]) for d in found}) == sorted(of)
    for d in found:
        assert of[d["surface"], d["value"]] in (None, d["of"])


@pytest.mark.parametrize("key", keys())
def test_tolls(key: str) -> None:
    found = findings()[articles()[key]["id"]]["tolls"]
    got = sorted((t["kind"], t["low"], t["high"] or 0, t["qualifier"]) for t in found)
    assert got == sorted(
        (w["kind"], w["low"], w["high"] or 0, w["qualifier"]) for w in wanted(key)["casualties"]
    )


@pytest.mark.parametrize("key", keys())
def test_topic(key: str) -> None:
    article = wanted(key)
    names = article.get("topic_any_of") or [article["topic"]]
    first = findings()[articles()[key]["id"]]["topics"][0]["label"]
    assert first in {TOPICS_WITH_OTHER_NAMES.get(name, name) for name in names}


def test_stories() -> None:
    assert len(set(stories().values())) == len(stories()) - sum(len(g) - 1 for g in expected()["stories"])
    story = {key: stories()[articles()[key]["id"]] for key in keys()}
    groups = pd.Series(story).groupby(pd.Series(story)).groups.values()
    assert sorted(sorted(g) for g in groups if len(g) > 1) == sorted(sorted(g) for g in expected()["stories"])
    for one, other in expected()["not_same_story"]:
        assert story[one] != story[other]
