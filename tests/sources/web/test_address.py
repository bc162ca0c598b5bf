"""Addresses: what a locator names, in however many disguises."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.sources.web.address import Address, Refused, is_address, parse

SAME = {
    "http://example.org": "http://example.org/",
    "HTTPS://Example.ORG:443/A?b=C#d": "https://example.org/A?b=C",
    "http://example.org.:80/": "http://example.org/",
    " https://example.org/a \n": "https://example.org/a",
    "https://xn--mnchen-3ya.example/": "https://xn--mnchen-3ya.example/",
    "https://München.example/": "https://xn--mnchen-3ya.example/",
    "https://новости.example/дом?q=мир": "https://xn--b1amnebsh.example/%D0%B4%D0%BE%D0%BC?q=%D0%BC%D0%B8%D1%80",
    "https://example.org/a%20b%2Fc": "https://example.org/a%20b%2Fc",
    "https://example.org/100%": "https://example.org/100%25",
    "https://example.org:8443/": "https://example.org:8443/",
    "https://example.org/a/./b/../c/%2e%2E/d": "https://example.org/a/d",
    "https://example.org/../../etc/.": "https://example.org/etc/",
    "https://example.org//a//b": "https://example.org//a//b",
    "https://under_score.example/": "https://under_score.example/",
    "http://[2001:DB8:0:0::1]:8080/a": "http://[2001:db8::1]:8080/a",
    "http://[::ffff:127.0.0.1]/": "http://[::ffff:7f00:1]/",
}
LOOPBACK = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://127.0.1/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    "http://①②⑦.0.0.1/",
]
REFUSED = {
    "ftp://example.org/": "only http and https",
    "file:///etc/passwd": "only http and https",
    "javascript:alert(1)": "only http and https",
    "example.org/feed": "without a scheme",
    "http:///path": "no host",
    "http://": "no host",
    "https://user@example.org/": "user name",
    "https://user:secret@example.org/": "user name",
    "http://example.org@127.0.0.1/": "user name",
    "http://127.0.0.1\\@example.org/": "backslashes",
    "http://exa mple.org/": "blanks",
    "http://example.org/a\r\nHost: inner": "blanks",
    "http://example.org/\x00": "blanks",
    "http://example.org:0/": "port 0",
    "http://example.org:99999/": "no web address",
    "http://example.org:abc/": "no web address",
    "http://[::1/": "no web address",
    "http://[fe80::1%25eth0]/": "no host",
    "http://[::1]extra/": "no",
    "http://256.1.1.1/": "no host",
    "http://1.2.3.4.5/": "no host",
    "http://127.0.0.0x/1/..": "",
    "http://0x1ffffffff/": "no host",
    "http://1..2/": "no host",
    "http://a..b.example/": "no host",
    "http://%31%32%37.0.0.1/": "no host",
    "http://-bad-.example/": "no host",
    "http://" + "a" * 64 + ".example/": "no host",
    "http://example.org/" + "a" * 5000: "too long",
    "": "without a scheme",
}


@pytest.mark.parametrize(("written", "meant"), SAME.items())
def test_an_address_is_written_in_one_way(written: str, meant: str) -> None:
    assert str(parse(written)) == meant


@pytest.mark.parametrize("written", LOOPBACK)
def test_every_notation_of_this_machine_is_seen(written: str) -> None:
    assert parse(written).host == "127.0.0.1"


@pytest.mark.parametrize(("written", "words"), [pair for pair in REFUSED.items() if pair[1]])
def test_what_is_no_web_address_is_refused_with_a_reason(written: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        parse(written)


def test_references_are_joined_and_checked() -> None:
    page = parse("https://example.org/news/today?x=1")
    assert str(page.joined("/feed")) == "https://example.org/feed"
    assert str(page.joined("more#top")) == "https://example.org/news/more"
    assert str(page.joined("//other.example/a")) == "https://other.example/a"
    assert str(page.joined("?y=2")) == "https://example.org/news/today?y=2"
    for bad in ("file:///etc/passwd", "gopher://x/", "https://a@b.example/", "//[", "data:text/html,x"):
        with pytest.raises(Refused):
            page.joined(bad)


def test_what_says_that_it_is_an_address() -> None:
    assert is_address(" HTTPS://example.org")
    assert not is_address("httpsfile.txt")
    assert not is_address("feeds.opml")


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{0}", "0x{0:x}", "0{0:o}"]))
def test_a_number_is_an_ipv4_address(number: int, notation: str) -> None:
    assert parse(f"http://{notation.format(number)}/").host == str(ipaddress.IPv4Address(number))


@given(st.ip_addresses(v=6))
def test_an_ipv6_address_keeps_its_value(ip: ipaddress.IPv6Address) -> None:
    assert ipaddress.ip_address(parse(f"http://[{ip.exploded}]:81/x").host) == ip


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for written in (text, f"http://{text}", f"https://example.org/{text}", f"http://example.org:{text}/"):
        try:
            found = parse(written)
        except Refused:
            continue
        assert parse(str(found)) == found
        assert str(found).isascii()
        assert "@" not in found.origin


@given(st.text(max_size=60))
def test_a_reference_leads_to_an_address_or_is_refused(text: str) -> None:
    try:
        found = Address("https", "example.org", 443, "/a/b").joined(text)
    except Refused:
        return
    assert found.scheme in ("http", "https")


@given(st.text(alphabet="ab%/?#.&=é日 \\", max_size=40))
def test_what_the_client_sends_is_what_was_parsed(path: str) -> None:
    """httpx reads the address as we do: same host, same target."""
    import httpx

    try:
        found = parse(f"https://example.org/{path}")
    except Refused:
        return
    url = httpx.URL(str(found))
    assert (url.scheme, url.host, url.port or 443) == (found.scheme, found.host, found.port)
    assert url.raw_path.decode() == found.target
