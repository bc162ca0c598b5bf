"""The table of outlets and its look-ups."""

from __future__ import annotations

import re

import pytest

from dateline.sources.outlets import by_domain, by_name, country_of, name_of_address, outlets


def test_the_table_is_sound() -> None:
    rows = outlets()
    names = [name.casefold() for row in rows for name in {row.name, *row.aliases}]
    domains = [domain for row in rows for domain in row.domains]
    assert len(rows) >= 150
    assert sorted({n for n in names if names.count(n) > 1}) == []
    assert sorted({d for d in domains if domains.count(d) > 1}) == []
    for row in rows:
        assert re.fullmatch(r"[A-Z]{2}", row.country)
        assert row.domains
        assert all(re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,6}", domain) for domain in row.domains)


@pytest.mark.parametrize(
    ("name", "url", "country"),
    [
        ("AnewZ", None, "AZ"),
        ("anewz", None, "AZ"),
        ("the guardian", None, "GB"),
        ("РИА Новости", None, "RU"),
        (None, "https://en.civil.ge/archives/1", "GE"),
        ("kun.uz", None, "UZ"),
        ("An unknown paper", "https://www.aa.com.tr/en/x", "TR"),
        ("An unknown paper", "https://nowhere.example/x", None),
        (None, None, None),
        ("", "http://[broken", None),
    ],
)
def test_country(name: str | None, url: str | None, country: str | None) -> None:
    assert country_of(name, url) == country


def test_addresses() -> None:
    assert name_of_address("https://www.bbc.co.uk/news/1") == "BBC News"
    assert name_of_address("https://www.valley-post.example/1") == "valley-post.example"
    assert name_of_address("news/1") is None
    # A host that merely ends with the letters of a domain is another's.
    assert by_domain("notapa.az") is None
    assert by_name("notapa.az") is None
