"""Which column of a table, or field of a JSON object, holds what."""

from __future__ import annotations

from collections.abc import Iterable

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


def guess(names: Iterable[str]) -> dict[str, str]:
    """Role to column name; where several columns fit a role, the one named first in NAMES."""
    found: dict[str, str] = {}
    for name in names:
        role = role_of(name)
        if role and (role not in found or _rank(role, name) < _rank(role, found[role])):
            found[role] = name
    return found


def _rank(role: str, name: str) -> int:
    return NAMES[role].index(_key(name))
