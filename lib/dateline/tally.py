"""Tally: how many articles, stories and killed a place or a country has, over the mentions of a selection.

The counts are distinct ones (an article once a place, a toll once a story), which a database answers with hash tables
of a million keys. Over arrays that are sorted once, by place (or country), story and article, a key is new where it
differs from the one before: a pass over the memory, about ten times as fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of the groups that occur, in the order of their numbers.

    ``killed`` is -1 where no story of the group gives a figure; ``confidence`` is the mean over the mentions.
    """

    group: Numbers
    articles: Numbers
    stories: Numbers
    killed: Numbers
    precision: Numbers
    confidence: Numbers


class Tally:
    """The articles and mentions of a snapshot as arrays; articles, stories, places and countries are numbered from 0.

    ``mentions`` has the columns article, story, place, country (-1: none), precision, here, finest and confidence,
    a row a place of an article, sorted by place, story, article. ``articles`` has story, event and published (flags:
    the day is known), a row an article in the order of its number. ``killed`` is a figure a story, -1 unknown;
    ``order`` holds the stories' numbers in the order they are shown.
    """

    def __init__(
        self,
        mentions: Mapping[str, Numbers],
        articles: Mapping[str, Numbers],
        killed: Numbers,
        order: Numbers,
    ) -> None:
        self._m = mentions
        self._a = articles
        self._killed = killed
        self._order = order
        self.articles = len(articles["story"])
        country = mentions["country"]
        # A country has many places: its rows are sorted anew, so that an article named twice stays together.
        by_country = np.lexsort((mentions["article"], mentions["story"], country))
        self._by_country = by_country[country[by_country] >= 0].astype(np.int32)
        self._placed = {"happened": self._flags(mentions["here"]), "mentions": self._flags(None)}

    def _flags(self, among: Flags | None) -> Flags:
        flags = np.zeros(self.articles, dtype=np.bool_)
        flags[self._m["article"] if among is None else self._m["article"][among]] = True
        return flags

    # -- articles ---------------------------------------------------------------------------------------------

    def loaded(self, hits: Flags | None) -> int:
        """How many articles are selected; ``hits`` flags them, None selects all."""
        return self.articles if hits is None else int(hits.sum())

    def placed(self, hits: Flags | None, scope: str) -> int:
        """How many of the selected articles have a place in scope."""
        flags = self._placed[scope]
        return int((flags if hits is None else flags & hits).sum())

    def dated(self, hits: Flags | None, axis: str) -> int:
        """How many of the selected articles have a day on the axis."""
        flags = self._a[axis]
        return int((flags if hits is None else flags & hits).sum())

    def stories(self, hits: Flags | None) -> Numbers:
        """How many selected articles each story has, by its number."""
        story = self._a["story"]
        return np.bincount(story if hits is None else story[hits], minlength=len(self._order))

    def shown(self, selected: Numbers) -> Numbers:
        """The numbers of the stories with a selected article, in the order they are shown."""
        shown: Numbers = self._order[selected[self._order] > 0]
        return shown

    # -- mentions ---------------------------------------------------------------------------------------------

    def kept(self, hits: Flags | None, *, within: Numbers | None, here: bool, finest: bool) -> Flags:
        """Flags of the mentions that count: of selected articles, and among the row numbers ``within`` (None: all)."""
        m = self._m
        if within is None:
            kept = m["here"].copy() if here else np.ones(len(m["here"]), dtype=np.bool_)
        else:
            kept = np.zeros(len(m["here"]), dtype=np.bool_)
            kept[within] = True
        if finest:
            kept &= m["finest"]
        if hits is not None:
            kept &= hits[m["article"]]
        return kept

    def by_place(self, kept: Flags) -> Counted:
        """Counts a place."""
        return self._counted("place", np.flatnonzero(kept))

    def by_country(self, kept: Flags) -> Counted:
        """Counts a country; mentions that lie in none do not count."""
        return self._counted("country", self._by_country[kept[self._by_country]])

    def _counted(self, group: str, rows: Numbers) -> Counted:
        """Counts of the rows, which come sorted by group, story, article."""
        of, story, article = (self._m[name][rows] for name in (group, "story", "article"))
        starts = _changes(of)
        tells = starts | _changes(story)
        first = np.flatnonzero(starts)
        # The toll of a story counts where the story first appears in the group.
        killed = np.where(tells, self._killed[story], -1)
        known = killed >= 0
        return Counted(
            group=of[first],
            articles=_sums(starts | _changes(article), first),
            stories=_sums(tells, first),
            killed=np.where(_sums(known, first) > 0, _sums(np.where(known, killed, 0), first), -1),
            precision=np.minimum.reduceat(self._m["precision"][rows], first)
            if len(first)
            else np.zeros(0, dtype=np.int8),
            confidence=_sums(self._m["confidence"][rows], first, np.float64)
            / np.maximum(np.diff(np.append(first, len(rows))), 1),
        )


def _changes(values: Numbers) -> Flags:
    """Where a value differs from the one before it; the first always does."""
    flags = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=flags[1:])
    return flags


def _sums(values: Numbers, first: Numbers, dtype: Any = np.int64) -> Numbers:
    """Sums of the runs that begin at ``first``."""
    if not len(first):
        return np.zeros(0, dtype=dtype)
    sums: Numbers = np.add.reduceat(values, first, dtype=dtype)
    return sums
