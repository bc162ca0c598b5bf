"""The sample corpus: what it holds, and what Dateline finds in it against the facts it was written from.

Right answers of stories and dates ship with it (`story` in the file). Places and figures are compared with the
facts outside the project; where those are absent the tests skip and say so.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dateline.homes import SAMPLE, sample_store
from dateline.store import Snapshot

FACTS = Path(__file__).resolve().parents[3] / "shared" / "sample" / "facts.csv"
needs_facts = pytest.mark.skipif(not FACTS.exists(), reason=f"the facts are not there: {FACTS}")

# Reached 2026-11 (in brackets), less a hundredth. Lower one only by saying so in CHANGELOG.md.
FLOORS = {
    "place": 0.92,  # .937
    "country": 0.96,  # .970
    "event day": 0.82,  # .838
    "killed": 0.95,  # .968
    "stories b3 f1": 0.96,  # .979
    "topic": 0.79,  # .809
}
WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \((\d{1,2}) ([A-Z][a-z]+)\)")


@cache
def briefs() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]


@cache
def snapshot() -> Snapshot:
    found = sample_store().latest()
    assert found is not None
    return found


@cache
def table(name: str) -> pd.DataFrame:
    return snapshot().frame(name)


@cache
def ids() -> dict[str, str]:
    """The article id of each fact."""
    texts = {(b["title"], b["text"]): b["fact"] for b in briefs()}
    rows = table("articles")
    return {texts[t, x]: i for i, t, x in zip(rows["id"], rows["title"], rows["text"], strict=True)}


@cache
def facts() -> dict[str, dict[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_every_report_has_its_brief_of_forty_to_a_hundred_and_twenty_words() -> None:
    assert len(briefs()) == 309
    assert len({b["fact"] for b in briefs()}) == 309
    assert len({b["story"] for b in briefs()}) >= 144
    lengths = {b["fact"]: len(b["text"].split()) for b in briefs()}
    assert {f: n for f, n in lengths.items() if not 40 <= n <= 120} == {}


def test_six_desks_share_the_work_and_no_coordinates_ship() -> None:
    shares = Counter(b["source"] for b in briefs())
    assert sorted(shares) == [f"Desk {x}" for x in "ABCDEF"]
    assert min(shares.values()) >= 45
    assert all(b["published"] is None for b in briefs() if b["source"] == "Desk C")
    assert {key for b in briefs() for key in b} == {
        *("fact", "title", "text", "source", "published", "kind", "language", "story")
    }


def test_no_two_briefs_share_a_sentence() -> None:
    sentences = Counter(
        s for b in briefs() for s in re.split(r"(?<=[.!?]) ", b["text"]) if len(s.split()) > 5
    )
    assert [s for s, n in sentences.items() if n > 1] == []


def test_a_weekday_beside_a_date_is_the_right_one() -> None:
    months = {date(2025, m, 1).strftime("%B"): m for m in range(1, 13)}
    wrong = []
    for b in briefs():
        for day, number, month in WEEKDAY.findall(b["text"]):
            years = {int(b["published"][:4]), int(b["published"][:4]) - 1} if b["published"] else {2024, 2025}
            if not any(date(y, months[month], int(number)).strftime("%A") == f"{day}day" for y in years):
                wrong.append((b["fact"], day, number, month))
    assert wrong == []


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))


def _happened(fact: str) -> pd.DataFrame:
    rows = table("mentions")
    return rows[(rows["article"] == ids()[fact]) & rows["here"].fillna(False)]


def _place_of(fact: str) -> tuple[str, str, float, float] | None:
    """The first place of the facts that is a point of a country: name, ISO2, latitude, longitude."""
    name, country, lat, lon = facts()[fact]["places"].split(" / ")[0].split("|")
    return (name, country, float(lat), float(lon)) if country and lat else None


def _right_place(fact: str, name: str, country: str, lat: float, lon: float) -> bool:
    """A place where it happened lies within 50 km of the facts' (150 km for a division, the country for a country)."""
    for m in _happened(fact).itertuples():
        if m.country is pd.NA or m.country != country:
            continue
        if m.precision == 4:
            if m.name == name:
                return True
        elif m.lat is not pd.NA and _km(m.lat, m.lon, lat, lon) <= (50 if m.precision <= 2 else 150):
            return True
    return False


def places() -> tuple[float, float]:
    """Share of briefs whose first place is found, and of those placed in its country."""
    known = {fact: place for fact in ids() if (place := _place_of(fact))}
    right = sum(_right_place(fact, *place) for fact, place in known.items())
    country = sum(place[1] in set(_happened(fact)["country"].dropna()) for fact, place in known.items())
    return right / len(known), country / len(known)


def event_days() -> float:
    """Share of the briefs about one day whose event interval, known to the day or weekend, holds it."""
    rows = table("events").set_index("article")
    days = {
        f: r["event_date"] for f, r in facts().items() if re.fullmatch(r"\d{4}-\d\d-\d\d", r["event_date"])
    }
    right = 0
    for fact, day in days.items():
        e = rows.loc[ids()[fact]]
        if e["granularity"] is not pd.NA and e["granularity"] in ("day", "time", "weekend"):
            right += e["first"] <= date.fromisoformat(day) <= e["last"]
    return right / len(days)


def killed() -> float:
    """Share of the reports with a figure of killed for which the same figure is found."""
    rows = table("events").set_index("article")["killed"]
    known = {f: int(r["killed"]) for f, r in facts().items() if r["killed"]}
    return sum(rows.loc[ids()[f]] is not pd.NA and rows.loc[ids()[f]] == n for f, n in known.items()) / len(
        known
    )


def topics() -> float:
    """Share of the reports whose first topic is the facts'."""
    rows = table("events").set_index("article")["topic"]
    known = {f: r["topic"] for f, r in facts().items() if r["topic"]}
    return sum(rows.loc[ids()[f]] == code for f, code in known.items()) / len(known)


def stories() -> float:
    """B³ F1 of the stories against the file's own."""
    told = table("stories").set_index("article")["story"]
    gold = {ids()[b["fact"]]: b["story"] for b in briefs()}
    precision = recall = 0.0
    for one, story in gold.items():
        same_told = {a for a in gold if told.loc[a] == told.loc[one]}
        same_gold = {a for a, s in gold.items() if s == story}
        both = len(same_told & same_gold)
        precision += both / len(same_told) / len(gold)
        recall += both / len(same_gold) / len(gold)
    return 2 * precision * recall / (precision + recall)


@needs_facts
def test_places_come_out_of_the_gazetteer() -> None:
    right, country = places()
    assert right >= FLOORS["place"]
    assert country >= FLOORS["country"]


@needs_facts
def test_event_days() -> None:
    assert event_days() >= FLOORS["event day"]


@needs_facts
def test_figures_of_killed() -> None:
    assert killed() >= FLOORS["killed"]


@needs_facts
def test_topics() -> None:
    assert topics() >= FLOORS["topic"]


def test_stories() -> None:
    assert stories() >= FLOORS["stories b3 f1"]


if __name__ == "__main__":
    right, country = places()
    figures = (right, country, event_days(), killed(), stories(), topics())
    for name, value in zip(FLOORS, figures, strict=True):
        print(f"{name:<15} {value:.3f}")
