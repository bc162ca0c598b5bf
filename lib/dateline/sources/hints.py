"""What the user said about a locator, and the article made of it and of what the item says itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dateline.article import Article, Reject, iso_day, make_article

from .limits import EXCERPT_LIMIT
from .outlets import country_of, name_of_address

_SPACE = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Hints:
    """``locator`` as given; ``source`` names the outlet for every item; ``date`` (ISO 8601) serves undated items.

    ``columns`` says which column of a table holds what (role to column name) where the user knows better than the
    guess. ``url`` is where an archive says a page came from; an address that the page names itself wins.
    """

    locator: str
    source: str | None = None
    date: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None

    def __post_init__(self) -> None:
        if self.date is not None and iso_day(self.date) is None:
            raise ValueError(f"the date {self.date!r} is no ISO 8601 day that exists (such as 2025-12-15)")

    def article(
        self,
        text: str,
        *,
        title: str = "",
        kind: str = "article",
        url: str | None = None,
        source: str | None = None,
        source_country: str | None = None,
        published: str | None = None,
        language: str | None = None,
    ) -> Article:
        """The article of an item; what the user said of the outlet wins, what the item says of its date wins."""
        outlet = self.source or source or name_of_address(url)
        return make_article(
            clean(text),
            title=clean(title),
            kind=kind,
            url=url or None,
            source=outlet,
            source_country=source_country or country_of(outlet, url),
            published=published or self.date,
            language=short_language(language) or language_of(f"{title}\n{text}"),
            locator=self.locator,
        )

    def reject(self, reason: str, *, position: str = "", excerpt: str = "", kind: str = "broken") -> Reject:
        """A reject of this locator, its excerpt cut to the limit."""
        return Reject(self.locator, position, clean(reason), clean(excerpt)[:EXCERPT_LIMIT], kind)


def language_of(text: str) -> str | None:
    """The language of a text (ISO 639-1), None where it has no letters."""
    from dateline.findings.language import detect

    found = detect(text)
    return None if found == "und" else found


def clean(text: str) -> str:
    """``text`` without lone surrogates (no UTF-8 file can hold them), NUL and outer white space."""
    return _SURROGATE.sub("�", text.replace("\x00", "")).strip()


def one_line(text: str) -> str:
    """``text`` with every run of white space made one space."""
    return _SPACE.sub(" ", text).strip()


def short_language(tag: str | None) -> str | None:
    """``en`` for ``en-GB`` or ``EN_us``; None for what is no language tag."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?:[-_].*)?\s*$", tag or "")
    return found.group(1).lower() if found else None
