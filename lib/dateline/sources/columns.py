"""Which column of a table, or field of a JSON object, holds what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from .timestamps import to_iso

# Best first: a table with `text` and `description` keeps its body in `text`.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "body",
        "content",
        "full_text",
        "fulltext",
        "article",
        "article_text",
        "articlebody",
        "content_text",
        "story",
        "maintext",
        "main_text",
        "description",
        "summary",
        "lead",
        "abstract",
        "content_html",
        "текст",
        "содержание",
        "metin",
        "içerik",
        "mətn",
    ),
    "title": ("title", "headline", "heading", "subject", "заголовок", "başlık", "başlıq"),
    "published": (
        "published",
        "date",
        "pubdate",
        "published_at",
        "publishedat",
        "publication_date",
        "date_published",
        "datepublished",
        "publish_date",
        "date_publish",
        "datetime",
        "timestamp",
        "time",
        "created",
        "created_at",
        "day",
        "dct",
        "дата",
        "tarih",
        "tarix",
    ),
    "url": ("url", "link", "address", "href", "permalink", "web_url", "source_url", "ссылка"),
    "source": (
        "source",
        "outlet",
        "publisher",
        "source_name",
        "media",
        "media_name",
        "newspaper",
        "site",
        "site_name",
        "domain",
        "источник",
        "kaynak",
        "mənbə",
    ),
    "id": ("id", "guid", "article_id", "uid", "uuid"),
    "kind": ("kind",),
    "language": ("language", "lang", "язык", "dil"),
    "source_country": ("source_country", "sourcecountry", "outlet_country"),
    "locator": ("locator",),
}
_ROLES = {name: role for role, names in NAMES.items() for name in names}


def _key(name: str) -> str:
    return name.strip().strip("\ufeff").casefold().replace(" ", "_").replace("-", "_")


def role_of(name: str) -> str | None:
    """``text``, ``title``, ``published`` … for a column called ``name``, or None."""
    return _ROLES.get(_key(name))


# Words that name a role inside a longer column name ("Article headline", "Date (UTC)"), and words that take it back.
_PARTS = {
    "headline": "title", "title": "title", "заголовок": "title", "başlık": "title", "başlıq": "title",
    "text": "text", "body": "text", "fulltext": "text", "текст": "text", "metin": "text", "mətn": "text",
    "published": "published", "publication": "published", "pubdate": "published", "date": "published",
    "дата": "published", "tarih": "published", "tarix": "published",
    "url": "url", "link": "url", "permalink": "url", "ссылка": "url",
    "outlet": "source", "publisher": "source", "newspaper": "source", "источник": "source", "kaynak": "source",
}  # fmt: skip
_NOT = frozenset(
    {
        *(
            "id",
            "length",
            "count",
            "number",
            "type",
            "kind",
            "format",
            "score",
            "size",
            "hash",
            "code",
            "alt",
        ),
        *(
            "modified",
            "updated",
            "changed",
            "crawled",
            "scraped",
            "accessed",
            "retrieved",
            "added",
            "expires",
        ),
        *(
            "event",
            "language",
            "lang",
            "country",
            "image",
            "img",
            "photo",
            "video",
            "author",
            "category",
            "section",
        ),
    }
)
# What a guess by values looks at.
SAMPLE_ROWS = 50
_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)
# The roles a user may name.
ROLES = tuple(NAMES)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column holds what: ``roles`` maps role to column; ``samples`` shows three values of every column.

    ``guessed`` are the roles that were guessed, by name or by value; the others the user said. ``problem`` says in
    words why the table cannot be read with these roles, "" where it can.
    """

    form: str
    columns: tuple[str, ...]
    roles: Mapping[str, str]
    samples: Mapping[str, tuple[str, ...]]
    guessed: tuple[str, ...] = ()
    problem: str = ""


def parse(written: str) -> dict[str, str]:
    """``title=Headline,text=Body text`` as a mapping of role to column name.

    Raises ValueError with one line for a role that is none, a column that is empty and a role named twice.
    """
    found: dict[str, str] = {}
    starts = list(re.finditer(r"(?:^|,)\s*([A-Za-z_]+)\s*=", written))
    if not starts or written[: starts[0].start()].strip():
        raise ValueError(f"{written!r} names no columns; write them as title=Headline,text=Body")
    for at, start in enumerate(starts):
        role = start.group(1).lower()
        end = starts[at + 1].start() if at + 1 < len(starts) else len(written)
        column = written[start.end() : end].strip()
        if role not in NAMES:
            raise ValueError(f"{role!r} is no role of a column; the roles are {', '.join(ROLES)}")
        if not column:
            raise ValueError(f"no column is named for {role}")
        if role in found:
            raise ValueError(f"{role} is named twice")
        found[role] = column
    return found


def guess(names: Iterable[str], rows: Sequence[Sequence[Any]] = ()) -> dict[str, str]:
    """Role to column name: by the name (the one first in NAMES wins), then by words in it, then by the values.

    ``rows`` are the first rows in the order of ``names``; without them only names count.
    """
    names = list(names)
    found: dict[str, str] = {}
    for name in names:
        role = role_of(name)
        if role and (role not in found or _rank(role, name) < _rank(role, found[role])):
            found[role] = name
    for name in names:
        role = _role_in(name)
        if role and role not in found and name not in found.values():
            found[role] = name
    return {**found, **_by_values(names, rows[:SAMPLE_ROWS], found)} if rows else found


def chosen(
    names: Sequence[str], said: Mapping[str, str], rows: Sequence[Sequence[Any]] = ()
) -> tuple[dict[str, str], str]:
    """The guess with what the user said put first, and in words what is wrong with it ("" where nothing is)."""
    keys = {_key(name): name for name in reversed(names)}
    told: dict[str, str] = {}
    for role, column in said.items():
        if _key(column) not in keys:
            return {}, f"there is no column {column[:60]!r} to take the {role} from; {_listed(names)}"
        told[role] = keys[_key(column)]
    guessed = {r: c for r, c in guess(names, rows).items() if r not in told and c not in told.values()}
    roles = {**guessed, **told}
    if roles.keys() & {"text", "title"}:
        return roles, ""
    return (
        roles,
        f"no column holds a text or a title (text, body, content, title, headline …); {_listed(names)}",
    )


def _listed(names: Sequence[str]) -> str:
    found = ", ".join(repr(name[:40]) for name in names[:12]) or "none"
    return f"the columns are {found}{f' and {len(names) - 12} more' if len(names) > 12 else ''}"


def _role_in(name: str) -> str | None:
    words = re.findall(r"[^\W\d_]+", _key(name))
    if not 1 < len(words) <= 4 or _NOT & set(words):
        return None
    return next((_PARTS[word] for word in reversed(words) if word in _PARTS), None)


def _by_values(
    names: Sequence[str], rows: Sequence[Sequence[Any]], known: Mapping[str, str]
) -> dict[str, str]:
    """Roles still open, told by what stands in the columns still free; only what is plain to see."""
    values: dict[str, list[Any]] = {}
    for at, name in enumerate(names):
        if name not in known.values() and not _NOT & set(re.findall(r"[^\W\d_]+", _key(name))):
            cells = [row[at] for row in rows if at < len(row) and _filled(row[at])]
            if len(cells) * 2 > len(rows):
                values[name] = cells
    found: dict[str, str] = {}
    addresses = [name for name, cells in values.items() if _mostly(_ADDRESS.match(str(c)) for c in cells)]
    days = [n for n, cells in values.items() if n not in addresses and _mostly(map(_is_day, cells))]
    if "url" not in known and len(addresses) == 1:
        found["url"] = addresses[0]
    if "published" not in known and len(days) == 1:
        found["published"] = days[0]
    words = {
        name: median(len(str(cell).split()) for cell in cells)
        for name, cells in values.items()
        if name not in (*addresses, *days) and len({str(c) for c in cells}) * 2 > len(cells)
    }
    longest = max(words, key=lambda name: words[name], default=None)
    if "text" not in known and longest and words[longest] >= 25:
        found["text"] = longest
        del words[longest]
    titles = [name for name, count in words.items() if 4 <= count <= 20]
    if "title" not in known and len(titles) == 1:
        found["title"] = titles[0]
    return found


def _filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _mostly(tests: Iterable[object]) -> bool:
    results = [bool(test) for test in tests]
    return bool(results) and sum(results) * 10 >= 9 * len(results)


def _is_day(cell: object) -> bool:
    # A bare number is a figure before it is an epoch.
    return not isinstance(cell, (int, float)) and not str(cell).isdigit() and to_iso(cell) is not None


def _rank(role: str, name: str) -> int:
    return NAMES[role].index(_key(name))
