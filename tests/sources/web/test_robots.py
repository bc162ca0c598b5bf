"""robots.txt: what each answer to it means, by RFC 9309."""

from __future__ import annotations

import pytest

from dateline.article import Article, Reject
from dateline.sources.web.address import parse
from dateline.sources.web.failure import Failure
from dateline.sources.web.fetch import Client
from dateline.sources.web.robots import LIMIT, Robots

from . import texts
from .conftest import Read
from .server import Hands, Site, answer, loopback, moved


def permitted(robots: Robots, site: Site, path: str) -> bool:
    try:
        robots.gate(parse(site.url(path)))
    except Failure as failure:
        assert failure.kind == "robots"
        return False
    return True


RULES = """
User-agent: *
Disallow: /
User-agent: dateline
User-agent: other
Disallow: /closed
Allow: /closed/open
Disallow: /*.pdf$
Disallow: /%D0%B4%D0%BE%D0%BC
"""


@pytest.mark.parametrize(
    ("path", "open_"),
    [
        ("/", True),
        ("/closed/1", False),
        ("/closed/open/1", True),
        ("/a.pdf", False),
        ("/a.pdfs", True),
        ("/дом/1", False),
        ("/news/../closed/1", False),
        ("/news/%2e%2e/closed/1", False),
        ("/robots.txt", True),
    ],
)
def test_the_rules_for_dateline_count(site: Site, client: Client, path: str, open_: bool) -> None:
    site["/robots.txt"] = answer(RULES)
    assert permitted(Robots(client), site, path) is open_


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_file_that_is_not_there_permits_all(site: Site, client: Client, status: int) -> None:
    site["/robots.txt"] = answer("", status)
    assert permitted(Robots(client), site, "/closed")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_file_that_cannot_be_had_forbids_all_until_it_can(
    site: Site, client: Client, hands: Hands, status: int
) -> None:
    site["/robots.txt"] = [*[answer("", status)] * 3, answer("User-agent: *\nDisallow: /closed")]
    if status == 500:
        site["/robots.txt"] = [answer("", 500), answer("User-agent: *\nDisallow: /closed")]
    robots = Robots(client)
    assert not permitted(robots, site, "/open")
    asked = len(site.asked)
    assert not permitted(robots, site, "/open")
    assert len(site.asked) == asked
    hands.at += 3600
    assert permitted(robots, site, "/open")
    assert not permitted(robots, site, "/closed")


def test_a_file_is_asked_for_once_a_day_and_origin(site: Site, client: Client, hands: Hands) -> None:
    site["/robots.txt"] = answer("User-agent: *\nDisallow:")
    robots = Robots(client)
    for _ in range(3):
        assert permitted(robots, site, "/a")
    assert len(site.asked) == 1
    hands.at += 25 * 3600
    assert permitted(robots, site, "/a")
    assert len(site.asked) == 2


def test_only_the_first_500_kilobytes_count(site: Site, client: Client) -> None:
    filler = "# a line of words that say nothing\n"
    many = filler * (LIMIT // len(filler))
    site["/robots.txt"] = answer(f"User-agent: *\nDisallow: /early\n{many}\n\nDisallow: /late\n")
    robots = Robots(client)
    assert not permitted(robots, site, "/early")
    assert permitted(robots, site, "/late")


def test_redirects_are_followed_five_times(site: Site, client: Client) -> None:
    for number in range(7):
        site[f"/r{number}"] = moved(f"/r{number + 1}")
    site["/r7"] = answer("User-agent: *\nDisallow: /")
    site["/robots.txt"] = moved("/r3")
    assert not permitted(Robots(client), site, "/a")
    site["/robots.txt"] = moved("/r2")
    assert permitted(Robots(client), site, "/a")


def test_a_redirect_to_an_inner_address_is_no_file(site: Site, client: Client) -> None:
    site["/robots.txt"] = moved("http://169.254.169.254/")
    with pytest.raises(Failure, match="link-local"):
        Robots(client).gate(parse(site.url("/a")))


def test_a_page_in_its_place_permits_all(site: Site, client: Client) -> None:
    site["/robots.txt"] = answer(texts.page(), content_type="text/html")
    assert permitted(Robots(client), site, "/a")


def test_a_byte_order_mark_and_bytes_that_are_no_text(site: Site, client: Client) -> None:
    site["/robots.txt"] = answer(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /closed\r\n\xff\xfe\r\n")
    assert not permitted(Robots(client), site, "/closed")


@pytest.mark.parametrize(
    ("said", "delay"),
    [("5", 5.0), ("0.1", 1.0), ("soon", 1.0), ("-3", 1.0), ("1e9", 1.0), ("nan", 1.0), ("inf", 1.0)],
)
def test_a_crawl_delay_is_kept(site: Site, client: Client, said: str, delay: float) -> None:
    site["/robots.txt"] = answer(f"User-agent: *\nCrawl-delay: {said}\n")
    assert Robots(client).gate(parse(site.url("/a"))) == delay


def test_pages_lie_apart_by_the_crawl_delay(site: Site, read: Read, hands: Hands) -> None:
    site["/robots.txt"] = answer("User-agent: *\nCrawl-delay: 7\n")
    site["/a"], site["/b"] = answer(texts.page("A")), answer(texts.page("B"))
    assert len(read(site.url("/a"), site.url("/b"))) == 2
    assert sum(hands.slept) == 14.0


def test_a_redirect_into_what_is_closed_is_refused(site: Site, read: Read) -> None:
    site["/robots.txt"] = answer("User-agent: *\nDisallow: /closed\n")
    site["/a"] = moved("/closed/a")
    site["/closed/a"] = answer(texts.page())
    (reject,) = read(site.url("/a"))
    assert isinstance(reject, Reject)
    assert "robots.txt" in reject.reason
    assert site.targets() == ["/a"]


def test_another_port_has_rules_of_its_own(site: Site, read: Read) -> None:
    other = Site()
    try:
        site["/robots.txt"] = answer("User-agent: *\nDisallow: /\n")
        site["/a"] = other["/a"] = answer(texts.page())
        closed, open_ = read(site.url("/a"), other.url("/a"))
        assert isinstance(closed, Reject)
        assert isinstance(open_, Article)
    finally:
        other.close()


def test_a_host_that_cannot_be_reached_is_the_reason_itself(client: Client, hands: Hands) -> None:
    client.close()
    with pytest.raises(Failure) as caught:
        Robots(Client(client.settings, clock=hands.clock(), resolver=loopback)).gate(
            parse("http://127.0.0.1:1/a")
        )
    assert caught.value.kind == "connect"
