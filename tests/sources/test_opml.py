"""OPML: feeds, folders, and lists that are broken or hostile."""

from __future__ import annotations

from dateline.sources.opml import OpmlEntry, read_opml, web_address

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Desk</title></head><body>
<outline text="Caucasus"><outline text="Armenia">
  <outline type="rss" text="Hetq" title="Hetq Online" xmlUrl="https://hetq.am/rss" htmlUrl="https://hetq.am/"/>
</outline>
  <outline text="Civil" XMLURL="feed://civil.ge/feed"/>
</outline>
<outline text="Twice" xmlUrl="https://hetq.am/rss"/>
<outline text="A file" xmlUrl="file:///etc/passwd"/>
<outline text="Nothing"/>
</body></opml>"""


def test_feeds_with_their_folders() -> None:
    entries, problems = read_opml(LIST)
    assert entries == [
        OpmlEntry("Hetq Online", "https://hetq.am/rss", "Caucasus / Armenia"),
        OpmlEntry("Civil", "http://civil.ge/feed", "Caucasus"),
    ]
    assert [(p.position, p.reason) for p in problems] == [
        ("outline 5", "the same address as outline 3"),
        ("outline 6", "the outline's address is no http or https address"),
        ("outline 7", "the outline has no address of a feed"),
    ]


def test_a_list_cut_short_keeps_what_it_holds() -> None:
    entries, _ = read_opml(LIST[: LIST.index(b'<outline text="Twice')])
    assert [e.title for e in entries] == ["Hetq Online", "Civil"]


def test_other_encodings() -> None:
    text = '<?xml version="1.0" encoding="windows-1251"?><opml><body><outline text="Газета" xmlUrl="https://a.ru/x"/></body></opml>'
    for data in (text.encode("cp1251"), text.encode("utf-16")):
        assert read_opml(data)[0] == [OpmlEntry("Газета", "https://a.ru/x")]


def test_what_is_no_list_says_so() -> None:
    for data, reason in (
        (b"", "Document is empty"),
        (b"\x89PNG\r\n\x1a\n", "this is a PNG image"),
        (b"<html><body/></html>", "not with <html>"),
        (b"<opml><body/></opml>", "lists no feeds"),
        (b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]><opml>&a;</opml>', "XML entities"),
    ):
        entries, problems = read_opml(data)
        assert not entries
        assert reason in problems[0].reason


def test_addresses() -> None:
    assert web_address(" feed:https://a.org/x ") == "https://a.org/x"
    for bad in ("ftp://a.org", "javascript:alert(1)", "https://", "https://[", "https://a b", "", "//a.org"):
        assert web_address(bad) is None, bad
