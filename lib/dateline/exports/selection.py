"""The selection that is exported: its words, counts, mentions and stories, each asked for once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

import pandas as pd

from dateline.exports.rows import COLUMNS, STORY_COLUMNS, records, web_address
from dateline.filters import Filters, View, link_query
from dateline.query import Atlas, Counts

# Where `dateline serve` answers unless it is told otherwise.
HOME: Final = "http://localhost:8501"


@dataclass(frozen=True)
class Selection:
    """Filters on one snapshot. ``called`` names codes of regions and topics; ``home`` is the dashboard's address."""

    atlas: Atlas
    filters: Filters
    called: Callable[[str], str] = str
    home: str = HOME

    @cached_property
    def counts(self) -> Counts:
        """How many articles, and of how many what is known."""
        return self.atlas.counts(self.filters)

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """The mentions behind the selection, newest article first, with COLUMNS; only http and https addresses."""
        frame = self.atlas.evidence(self.filters, limit=None)[list(COLUMNS)]
        return frame.assign(url=frame["url"].map(web_address))

    def stories(self, limit: int) -> list[dict[str, Any]]:
        """The newest stories as records of STORY_COLUMNS with ``published`` (first day) and ``url`` (or None)."""
        frame = self.atlas.stories(self.filters, limit=limit)[list(STORY_COLUMNS)]
        told = self._told
        return [{**row, **told.get(row["story"], _UNTOLD)} for row in records(frame)]

    @cached_property
    def _told(self) -> dict[str, dict[str, Any]]:
        """story → when the selection's articles first told it, and the address of the first that has one."""
        frame = self.atlas.articles(self.filters, limit=max(self.counts.loaded, 1))
        told: dict[str, dict[str, Any]] = {}
        # Newest first: the last one read of a story is the first that told it.
        for row in records(frame[["story", "published_on", "url"]]):
            before = told.setdefault(row["story"], dict(_UNTOLD))
            before["published"] = row["published_on"] or before["published"]
            before["url"] = web_address(row["url"]) or before["url"]
        return told

    @property
    def words(self) -> str:
        """The selection as a sentence."""
        story = self.filters.story
        titles = self.atlas.story_titles([story]) if story else {}
        return self.filters.to_words(lambda code: titles.get(code) or self.called(code))

    @property
    def denominators(self) -> str:
        """ "143 of 309 loaded · 121 placed · 118 dated · 96 stories"."""
        n = self.counts
        return f"{n.loaded:,} of {n.total:,} loaded · {n.placed:,} placed · {n.dated:,} dated · {n.stories:,} stories"

    @property
    def at(self) -> datetime:
        """When the snapshot was committed: a file made twice of the same data is the same file."""
        return datetime.fromisoformat(self.atlas.snapshot.at)

    def link(self, page: str = "overview", **changes: Any) -> str:
        """The address that opens the selection, or a part of it, in the dashboard, pinned to this snapshot."""
        view = View(snapshot=self.atlas.snapshot.name)
        return f"{self.home.rstrip('/')}/?{link_query(page, self.filters.but(**changes), view)}"


_UNTOLD: Final[dict[str, Any]] = {"published": None, "url": None}
