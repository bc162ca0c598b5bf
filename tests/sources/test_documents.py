"""XML from strangers: nothing expanded, nothing opened, nothing that takes its time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.article import Article, Reject
from dateline.sources import documents, read_bytes
from dateline.sources.opml import read_opml
from dateline.sources.sitemaps import read_sitemap

FEED = '<rss version="2.0"><channel><title>T</title><item><title>{}</title></item></channel></rss>'
LAUGHS = "".join(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">' for n in range(1, 10))
BOMB = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>' + FEED.format("&l9;")
REFUSED = {
    "laughs": BOMB,
    "laughs behind a comment": f"<!--{'x' * 300_000}-->" + BOMB,
    "one long literal": f'<!DOCTYPE rss [<!ENTITY a "{"x" * 9_000}">]>' + FEED.format("&a;" * 9_000),
    "a file": '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + FEED.format("&a;"),
    "an address": '<!DOCTYPE rss [<!ENTITY a PUBLIC "x" "http://127.0.0.1:9/">]>' + FEED.format("&a;"),
    "a parameter": '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;]>' + FEED.format("x"),
    "lower case": '<!doctype rss [<!entity a "&#x26;b;"><!entity b "c">]>' + FEED.format("&a;"),
}  # fmt: skip
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-32", "utf-8-sig")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("case", REFUSED)
def test_entities_are_refused_in_any_encoding(case: str, encoding: str) -> None:
    if encoding == "utf-16-le" and case == "laughs behind a comment":
        encoding = "utf-16"
    (found,) = read_bytes("feed.xml", REFUSED[case].encode(encoding))
    assert isinstance(found, Reject)
    assert "ha" * 20 not in found.reason


def test_the_same_in_lists_of_feeds_and_pages() -> None:
    for document in REFUSED.values():
        inner = document.replace("rss", "opml")
        assert read_opml(inner.encode())[0] == []
        assert not read_sitemap(document.replace("rss", "urlset").encode()).pages


def test_harmless_types_pass() -> None:
    old = '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Old//DTD RSS 0.91//EN" "http://example.org/rss-0.91.dtd">'
    for prologue in (old, "<!DOCTYPE rss>", '<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>'):
        found = list(read_bytes("feed.xml", (prologue + FEED.format("A title")).encode()))
        assert [item.title for item in found if isinstance(item, Article)] == ["A title"]


def test_an_external_type_is_never_opened(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.dtd"
    path.write_text('<!ENTITY a "from outside">')
    listed = '<opml><body><outline text="&a;" xmlUrl="https://a.org/"/></body></opml>'
    document = f'<!DOCTYPE opml SYSTEM "{path.as_uri()}">{listed}'
    assert "outside" not in str(read_opml(document.encode()))


ATTRIBUTES = " ".join(f"a{n}='1'" for n in range(40_000))
BIG = {
    "deep": FEED.format("<a>" * 300_000),
    "deep and closed": FEED.format("<a>" * 50_000 + "</a>" * 50_000),
    "attributes": f"<rss {ATTRIBUTES}>" + FEED.format("x"),
    "names": "<rss " + " ".join(f"xmlns:a{n}='u{n}'" for n in range(20_000)) + ">",
    "spaces": "<rss>" + " " * 1_000_000 + "<x",
    "open brackets": FEED.format("x").replace("<item>", "<" * 50_000),
    "literals": "<!DOCTYPE rss [" + "".join(f'<!ENTITY a{n} "x">' for n in range(20_000)) + "]>" + FEED.format("&a1;"),
}  # fmt: skip


@pytest.mark.parametrize("case", BIG)
def test_what_is_built_to_exhaust_comes_back(case: str) -> None:
    # Not refused, the first three took minutes.
    assert list(read_bytes("feed.xml", BIG[case].encode()))


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("deep", "more than 1000 deep"),
        ("attributes", "more than 256 attributes"),
        ("names", "more than 256 attributes"),
    ],
)
def test_excess_is_named(case: str, reason: str) -> None:
    (found,) = read_bytes("feed.xml", BIG[case].encode())
    assert isinstance(found, Reject)
    assert reason in found.reason


@given(st.text("<>!?[]&;'\"/ aENTITYDOCTYPE%", max_size=200))
def test_any_markup(text: str) -> None:
    for data in (text.encode(), f"<rss>{text}</rss>".encode(), f"<!DOCTYPE a [{text}".encode()):
        try:
            documents.tree(data)
        except documents.Refused as refusal:
            assert str(refusal)
