"""Ledger: the names of stories, and how they outlive new articles, merges and splits.

A story is named after its earliest article when it is first seen and keeps that name. Where two grow together, the
one with more of the articles lends its name; where one falls apart, the larger part keeps it. An article that came to
another story by either remembers the former one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ledger:
    """``story`` of each article, and ``former``: the stories it was in before, oldest first."""

    story: dict[str, str] = field(default_factory=dict)
    former: dict[str, tuple[str, ...]] = field(default_factory=dict)


def story_id(article: str) -> str:
    """The id of a new story whose earliest article is ``article``."""
    return f"s{article[:12]}" if re.fullmatch(r"[0-9a-f]{12,}", article) else f"s-{article}"


def carried(before: Ledger, groups: Sequence[Sequence[str]]) -> Ledger:
    """The ledger after ``groups`` of articles (each in order of age) were formed; articles in none stay."""
    names = _kept_names(before.story, groups)
    used = {*before.story.values(), *(story for former in before.former.values() for story in former)}
    story, former = dict(before.story), dict(before.former)
    for n, members in enumerate(groups):
        name = names.get(n) or _new_name(members, used)
        used.add(name)
        for article in members:
            was = before.story.get(article)
            if was is not None and was != name:
                former[article] = (*(f for f in former.get(article, ()) if f != name), was)
            story[article] = name
    return Ledger(story, former)


def _kept_names(story: Mapping[str, str], groups: Sequence[Sequence[str]]) -> dict[int, str]:
    """Group → the name it keeps. Most articles first; a tie goes to the group, and then the story, that comes first."""
    shares: Counter[tuple[int, str]] = Counter()
    for n, members in enumerate(groups):
        shares.update((n, story[article]) for article in members if article in story)
    names: dict[int, str] = {}
    taken: set[str] = set()
    for n, name in sorted(shares, key=lambda share: (-shares[share], share)):
        if n not in names and name not in taken:
            names[n] = name
            taken.add(name)
    return names


def _new_name(members: Sequence[str], used: set[str]) -> str:
    """After the earliest article whose name is free: the story it once began may live on without it."""
    # The second round is for ids that begin alike: the short form of one may be another's.
    for name in (*map(story_id, members), *(f"s-{article}" for article in members)):
        if name not in used:
            return name
    number = 2
    while (name := f"{story_id(members[0])}-{number}") in used:
        number += 1
    return name
