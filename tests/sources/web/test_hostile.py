"""Whatever bytes a server sends, there is an answer, an article or a reject: never another exception."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.article import Article, Reject
from dateline.sources.web import WebSettings, connection, harvest
from dateline.sources.web.address import parse
from dateline.sources.web.failure import Failure
from dateline.sources.web.fetch import Client
from dateline.sources.web.networks import IP
from dateline.sources.web.unpacking import Unpacker

from . import texts
from .server import Hands, answer

FUZZ = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
QUICK = WebSettings(allow_private=True, delay=0.0, retries=0, read=2.0, max_bytes=100_000)


class Wire:
    """In place of a network: each connection is answered with ``said``, and then closed."""

    said = b""

    def connect(self, ip: IP, port: int, timeout: float | None) -> socket.socket:
        ours, theirs = socket.socketpair()
        threading.Thread(target=self._answer, args=(theirs, self.said), daemon=True).start()
        return ours

    def _answer(self, wire: socket.socket, said: bytes) -> None:
        with wire:
            try:
                wire.settimeout(2)
                wire.recv(65_536)
                wire.sendall(said)
                wire.shutdown(socket.SHUT_WR)
                while wire.recv(65_536):
                    pass
            except OSError:
                pass


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    wire = Wire()
    monkeypatch.setattr(connection, "_connected", wire.connect)
    return wire


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client(QUICK, clock=Hands().clock()) as client:
        yield client


def asked(client: Client) -> bytes | Failure:
    try:
        return client.get(parse("http://127.0.0.1/")).body
    except Failure as failure:
        assert str(failure)
        assert failure.kind in Failure.KINDS
        return failure


names = st.sampled_from(
    [
        b"Content-Length",
        b"Transfer-Encoding",
        b"Content-Encoding",
        b"Content-Type",
        b"Location",
        b"Retry-After",
        b"ETag",
    ]
)
values = st.one_of(
    st.sampled_from(
        [
            b"5",
            b"chunked",
            b"gzip",
            b"text/html; charset=\xff",
            b"/x",
            b"-1",
            b"",
            b"9" * 400,
            b"//[",
            b"\xd0\xb4",
        ]
    ),
    st.binary(max_size=20),
)


@FUZZ
@given(said=st.binary(max_size=300))
def test_any_bytes(wire: Wire, client: Client, said: bytes) -> None:
    wire.said = said
    asked(client)


@FUZZ
@given(
    status=st.sampled_from([b"200", b"301", b"304", b"503", b"99", b"-1", b"100", b"1000"]),
    headers=st.lists(st.tuples(names, values), max_size=5),
    body=st.binary(max_size=200),
)
def test_any_headers(
    wire: Wire, client: Client, status: bytes, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    wire.said = b"HTTP/1.1 " + status + b" Said\r\n" + lines + b"\r\n" + body
    asked(client)


@FUZZ
@given(words=st.binary(max_size=5000), cut=st.integers(0, 80), step=st.integers(1, 50))
def test_unpacking_gives_the_whole_or_nothing(words: bytes, cut: int, step: int) -> None:
    packed = gzip.compress(words, mtime=0)
    sent = packed[: max(0, len(packed) - cut)]
    unpacker = Unpacker("gzip", 10_000)
    try:
        for at in range(0, len(sent), step):
            unpacker.add(sent[at : at + step])
        found = unpacker.finish()
    except Failure as failure:
        assert failure.kind in ("cut", "form")
        assert cut
    else:
        assert found == (words if sent else b"")


@settings(FUZZ, max_examples=60)
@given(
    at=st.integers(0, 3000),
    instead=st.binary(max_size=8),
    form=st.sampled_from(["page", "feed", "opml", "sitemap"]),
)
def test_a_damaged_document_is_articles_or_rejects(wire: Wire, at: int, instead: bytes, form: str) -> None:
    whole = {
        "page": texts.page(),
        "feed": texts.rss(("One", "http://127.0.0.1/1"), ("Two", "/2")),
        "opml": texts.opml("http://127.0.0.1/a"),
        "sitemap": texts.sitemap(("http://127.0.0.1/a", "2025-11-01")),
    }[form].encode()
    at %= len(whole)
    body = whole[:at] + instead + whole[at + len(instead) :]
    wire.said = answer(body)
    chosen = replace(QUICK, full=bool(at % 2))
    with Client(chosen, clock=Hands().clock()) as client:
        items = list(harvest(["http://127.0.0.1/doc"], chosen, client=client))
    assert items
    assert all(isinstance(item, Article | Reject) for item in items)
