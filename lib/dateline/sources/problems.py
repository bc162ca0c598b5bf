"""What one entry of a listing (OPML, a sitemap) or one member of an archive could not give, and where."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.article import Reject

from .hints import Hints


@dataclass(frozen=True, slots=True)
class Problem:
    """``position`` as in a reject ("outline 7", "line 12", ""); ``reason`` one plain sentence; ``excerpt`` raw."""

    reason: str
    position: str = ""
    excerpt: str = ""

    def reject(self, hints: Hints) -> Reject:
        """The reject of this problem in the locator of ``hints``."""
        return hints.reject(self.reason, position=self.position, excerpt=self.excerpt)
