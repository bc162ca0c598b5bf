"""The guard: who is connected to is who was checked, whatever the name service says next."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address

import pytest

from dateline.sources.web import WebSettings, connection
from dateline.sources.web.address import parse
from dateline.sources.web.failure import Failure
from dateline.sources.web.fetch import Client
from dateline.sources.web.networks import IP

from .server import Hands, Site, answer, moved

PUBLIC = "93.184.215.14"


class Names:
    """A name service that answers each question with the next of its answers, and then the last."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[IP]:
        self.asked.append(host)
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [ip_address(ip) for ip in said.split()]


@pytest.fixture
def connected(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every address that is connected to; the connection itself goes to the test's server."""
    seen: list[str] = []

    def connect(ip: IP, port: int, timeout: float | None) -> socket.socket:
        seen.append(str(ip))
        return socket.create_connection(("127.0.0.1", site.port), timeout)

    monkeypatch.setattr(connection, "_connected", connect)
    yield seen


def guarded(names: Names, hands: Hands, **said: object) -> Client:
    return Client(replace(WebSettings(), **said), clock=hands.clock(), resolver=names)  # type: ignore[arg-type]


def test_a_name_that_changes_its_answer_is_connected_where_it_was_checked(
    site: Site, hands: Hands, connected: list[str]
) -> None:
    site["/"] = answer("words")
    names = Names(PUBLIC, "127.0.0.1")
    with guarded(names, hands) as client:
        assert client.get(parse("http://rebinds.example/")).body == b"words"
    assert connected == [PUBLIC]
    assert names.asked == ["rebinds.example"]
    assert site.asked[0].headers["host"] == "rebinds.example"


def test_a_second_connection_is_checked_anew(site: Site, hands: Hands, connected: list[str]) -> None:
    site["/"] = answer("words")
    with guarded(Names(PUBLIC, "10.0.0.5"), hands) as client:
        client.get(parse("http://rebinds.example/"))
        with pytest.raises(Failure, match=r"rebinds.example \(10.0.0.5\) is a private address") as caught:
            client.get(parse("http://rebinds.example/"))
    assert caught.value.kind == "private"
    assert connected == [PUBLIC]


@pytest.mark.parametrize(
    "ip", ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:192.168.1.1", "100.64.1.1"]
)
def test_a_name_for_an_inner_address_is_refused(hands: Hands, connected: list[str], ip: str) -> None:
    with guarded(Names(ip), hands) as client, pytest.raises(Failure) as caught:
        client.get(parse("https://inner.example/"))
    assert (caught.value.kind, caught.value.passing, connected) == ("private", False, [])


def test_one_inner_address_among_public_ones_refuses_the_name(hands: Hands, connected: list[str]) -> None:
    with guarded(Names(f"{PUBLIC} 192.168.0.1"), hands) as client, pytest.raises(Failure, match="private"):
        client.get(parse("http://mixed.example/"))
    assert connected == []


def test_a_redirect_to_an_inner_name_is_refused(site: Site, hands: Hands, connected: list[str]) -> None:
    site["/"] = moved("http://localhost:8080/admin")
    with guarded(Names(PUBLIC, "127.0.0.1"), hands) as client, pytest.raises(Failure) as caught:
        client.get(parse("http://outer.example/"))
    assert (caught.value.kind, connected) == ("private", [PUBLIC])


@pytest.mark.parametrize(
    "locator", ["http://127.0.0.1/", "http://0x7f.1/", "http://[::1]/", "http://[::ffff:a00:1]/"]
)
def test_an_inner_address_is_refused_without_a_question(
    hands: Hands, connected: list[str], locator: str
) -> None:
    names = Names(PUBLIC)
    with guarded(names, hands) as client, pytest.raises(Failure) as caught:
        client.get(parse(locator))
    assert (caught.value.kind, names.asked, connected) == ("private", [], [])
    assert "--allow-private" in str(caught.value)


def test_metadata_stays_closed_where_private_addresses_are_open(hands: Hands, connected: list[str]) -> None:
    for ip in ("169.254.169.254", "100.100.100.200", "fd00:ec2::254", "::ffff:169.254.169.254"):
        with guarded(Names(ip), hands, allow_private=True) as client, pytest.raises(Failure) as caught:
            client.get(parse("http://metadata.example/"))
        assert caught.value.kind == "private"
        assert "--allow-private" not in str(caught.value)
    assert connected == []


def test_the_next_address_is_tried_where_one_does_not_answer(
    site: Site, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def connect(ip: IP, port: int, timeout: float | None) -> socket.socket:
        tried.append(str(ip))
        if ip.version == 6:
            raise OSError(101, "Network is unreachable")
        return socket.create_connection(("127.0.0.1", site.port), timeout)

    monkeypatch.setattr(connection, "_connected", connect)
    site["/"] = answer("words")
    with guarded(Names(f"2606:4700::1111 {PUBLIC}"), hands) as client:
        assert client.get(parse("http://both.example/")).body == b"words"
    assert tried == ["2606:4700::1111", PUBLIC]


@pytest.mark.parametrize(
    ("error", "tries"), [(socket.EAI_NONAME, 1), (socket.EAI_AGAIN, 3), (socket.EAI_FAIL, 1)]
)
def test_a_name_that_is_not_known(hands: Hands, error: int, tries: int) -> None:
    asked: list[str] = []

    def unknown(host: str, port: int) -> list[IP]:
        asked.append(host)
        raise socket.gaierror(error, "said")

    with (
        Client(WebSettings(), clock=hands.clock(), resolver=unknown) as client,
        pytest.raises(Failure) as caught,
    ):
        client.get(parse("http://nowhere.example/"))
    assert (caught.value.kind, len(asked)) == ("dns", tries)


def test_a_resolver_that_hangs_is_left(hands: Hands) -> None:
    released = threading.Event()

    def hangs(host: str, port: int) -> list[IP]:
        released.wait(30)
        return []

    settings = WebSettings(connect=0.05, retries=0)
    with Client(settings, clock=hands.clock(), resolver=hangs) as client, pytest.raises(Failure) as caught:
        client.get(parse("http://slow.example/"))
    released.set()
    assert (caught.value.kind, caught.value.passing) == ("dns", True)


def test_the_systems_resolver_knows_this_machine() -> None:
    assert ip_address("127.0.0.1") in connection.look_up("127.0.0.1", 80)
