"""Articles that nobody wrote: seeded, each unlike the last, with a place, a day and now and then a toll."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from dateline.article import Article, make_article

_TOWNS = (
    *(
        "Safi, Morocco",
        "Osh, Kyrgyzstan",
        "Gori, Georgia",
        "Ganja, Azerbaijan",
        "Gyumri, Armenia",
        "Astana, Kazakhstan",
    ),
    *("Bukhara, Uzbekistan", "Khujand, Tajikistan", "Lisbon, Portugal", "Quito, Ecuador", "Vienna, Austria"),
    *("Izmir, Turkey", "Shiraz, Iran", "Kharkiv, Ukraine", "Aleppo, Syria", "Medellin, Colombia"),
)
_EVENTS = (
    "A flood closed the market of {town} on {day}, and {n} people had to leave their homes.",
    "At least {n} people were killed on {day} when a bus left the road near {town}.",
    "The council of {town} voted on {day} to mend {n} schools before winter.",
    "Doctors in {town} counted {n} cases of measles by {day}, the ministry said.",
    "A strike of railway workers in {town} entered its {n}th day on {day}.",
)
_FIRST = date(2026, 1, 1)


def articles(count: int, seed: int) -> Iterator[Article]:
    """``count`` articles; another seed gives others."""
    chosen = random.Random(seed)
    for number in range(count):
        day = _FIRST + timedelta(days=chosen.randrange(300))
        town, n = chosen.choice(_TOWNS), chosen.randrange(2, 90)
        said = chosen.choice(_EVENTS).format(town=town, day=f"{day.day} {day:%B %Y}", n=n)
        yield make_article(
            f"{said} It was number {number} of reading {seed}. Nobody knows yet what comes next.",
            title=f"{town.partition(',')[0]}: report {seed}-{number}",
            source=f"Outlet {chosen.randrange(12)}",
            published=(day + timedelta(days=1)).isoformat(),
            locator="generated",
        )
