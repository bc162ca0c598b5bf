"""One client against a server that answers well, badly, slowly, falsely and without end."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import repeat
from pathlib import Path

import pytest

from dateline.sources.web import WebSettings
from dateline.sources.web.address import parse
from dateline.sources.web.failure import Failure
from dateline.sources.web.fetch import Client, Validators
from dateline.sources.web.unpacking import RATIO

from .server import Hands, Request, Site, answer, loopback, moved, zipped

# A key and its certificate for the name news.test, made for these tests: they protect nothing.
CERTIFICATE = Path(__file__).with_name("news.test.pem")

Get = Callable[..., bytes]


@pytest.fixture
def get(site: Site, hands: Hands, settings: WebSettings) -> Iterator[Get]:
    clients: list[Client] = []

    def getting(path: str = "/", **said: object) -> bytes:
        client = Client(replace(settings, **said), clock=hands.clock(), resolver=loopback)  # type: ignore[arg-type]
        clients.append(client)
        return client.get(parse(path if "://" in path else site.url(path))).body

    yield getting
    for client in clients:
        client.close()


def failure(get: Get, *path: str, **said: object) -> Failure:
    with pytest.raises(Failure) as caught:
        get(*path, **said)
    return caught.value


def raw(*parts: bytes) -> Callable[[Request, socket.socket], None]:
    """An answer sent as it is, part by part."""

    def send(_: Request, wire: socket.socket) -> None:
        for part in parts:
            wire.sendall(part)

    return send


def endless(head: bytes, part: bytes) -> Callable[[Request, socket.socket], None]:
    """An answer that ends only when the client goes away."""
    return lambda _, wire: [wire.sendall(p) for p in (head, *repeat(part, 100_000))] and None


def dripping(head: bytes, part: bytes) -> Callable[[Request, socket.socket], None]:
    """An answer of small parts, each of which arrives by itself."""

    def send(_: Request, wire: socket.socket) -> None:
        apart = threading.Event()
        for each in (head, *repeat(part, 10_000)):
            wire.sendall(each)
            apart.wait(0.002)

    return send


HEAD = b"HTTP/1.1 200 OK\r\n"


def test_what_is_asked_names_the_reader_and_carries_nothing_else(site: Site, get: Get) -> None:
    site["/"] = answer("words")
    assert get("/", contact="desk@valleypost.example") == b"words"
    (request,) = site.asked
    assert request.headers["user-agent"].startswith("Dateline/")
    assert request.headers["user-agent"].endswith(" (+desk@valleypost.example)")
    assert request.headers["accept-encoding"] == "gzip, deflate"
    assert request.headers["host"] == f"127.0.0.1:{site.port}"
    assert not request.headers.keys() & {"cookie", "authorization", "referer"}


@pytest.mark.parametrize("contact", ["a\r\nX: y", "x" * 300, "de\u0301sk", "a) b"])
def test_a_contact_is_one_plain_line(contact: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        WebSettings(contact=contact)


def test_cookies_are_not_kept(site: Site, client: Client) -> None:
    site["/"] = answer("words", set_cookie="session=1; Path=/")
    for _ in range(2):
        client.get(parse(site.url("/")))
    assert all("cookie" not in request.headers for request in site.asked)


def test_the_environment_names_no_proxy(site: Site, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site["/"] = answer("words")
    assert get("/") == b"words"


def test_chunked_and_http_1_0_answers(site: Site, get: Get) -> None:
    site["/chunked"] = raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n", b"1\r\n!\r\n0\r\n\r\n")
    site["/old"] = raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n", b"wor", b"ds")
    assert get("/chunked") == b"words!"
    assert get("/old") == b"words"


def test_packed_answers(site: Site, get: Get) -> None:
    words = b"words " * 1000
    site["/gzip"] = zipped(words)
    site["/members"] = answer(gzip.compress(words) + gzip.compress(b"more"), content_encoding="x-gzip")
    site["/zlib"] = answer(zlib.compress(words), content_encoding="deflate")
    site["/raw"] = answer(zlib.compress(words)[2:-4], content_encoding="deflate")
    site["/padded"] = answer(gzip.compress(words) + b"\0" * 20, content_encoding="gzip")
    assert get("/members") == words + b"more"
    assert [get(path) for path in ("/gzip", "/zlib", "/raw", "/padded")] == [words] * 4


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "gzip, br", "compress", "x"])
def test_codings_that_were_not_asked_for_are_refused(site: Site, get: Get, coding: str) -> None:
    site["/"] = answer(b"....", content_encoding=coding)
    assert failure(get).kind == "form"


def test_damaged_and_cut_packing(site: Site, get: Get) -> None:
    packed = gzip.compress(b"words of a report " * 100)
    site["/damaged"] = answer(packed[:20] + b"\xff\xff" + packed[22:], content_encoding="gzip")
    site["/cut"] = answer(packed[:-9], content_encoding="gzip")
    assert failure(get, "/damaged").kind == "form"
    assert failure(get, "/cut").kind == "cut"


def test_a_bomb_is_refused_by_its_ratio_and_by_its_size(site: Site, get: Get) -> None:
    bomb = gzip.compress(b"\0" * 15_000_000)
    assert RATIO * len(bomb) < 15_000_000
    site["/"] = answer(bomb, content_encoding="gzip")
    assert "bomb" in str(failure(get))
    site["/"] = answer(gzip.compress(bytes(range(256)) * 200), content_encoding="gzip")
    assert str(failure(get, max_bytes=10_000)) == "the packed answer unpacks to more than 9 kB"
    site["/"] = answer(gzip.compress(gzip.compress(b"\0" * 15_000_000)), content_encoding="gzip")
    assert get("/")[:2] == b"\x1f\x8b"


def test_a_size_that_is_declared_or_sent_is_refused(site: Site, get: Get) -> None:
    site["/declared"] = raw(HEAD + b"Content-Length: 99999999999\r\n\r\n")
    site["/endless"] = endless(HEAD + b"\r\n", b"words " * 1000)
    site["/chunks"] = endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"6\r\nwords \r\n")
    for path in ("/declared", "/endless", "/chunks"):
        found = failure(get, path, max_bytes=50_000)
        assert (found.kind, found.passing) == ("size", False)
        assert str(found) == "the answer is larger than 48 kB"


@pytest.mark.parametrize(
    "said",
    [
        HEAD + b"Content-Length: 100\r\n\r\nwords",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n64\r\nwords",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nwords\r\n",
        HEAD + b"Content-Le",
        b"",
    ],
)
def test_a_cut_answer_is_tried_again_and_then_refused(site: Site, get: Get, said: bytes) -> None:
    site["/"] = raw(said)
    found = failure(get)
    assert (found.kind, found.passing) == ("cut", True)
    assert len(site.asked) == 3
    site["/"] = [raw(said), answer("whole")]
    assert get("/") == b"whole"


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"220 mail.example ESMTP\r\n\r\n",
        HEAD + b"Content-Length: minus one\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nwords",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"A\0: b\r\n\r\n",
    ],
)
def test_what_is_not_http_is_refused_at_once(site: Site, get: Get, said: bytes) -> None:
    site["/"] = raw(said)
    assert failure(get).kind == "protocol"
    assert len(site.asked) == 1


def test_a_flood_of_headers_is_refused(site: Site, get: Get) -> None:
    site["/many"] = endless(HEAD, b"X-Flood: " + b"y" * 1000 + b"\r\n")
    site["/long"] = endless(HEAD + b"X-Flood: ", b"y" * 1000)
    assert failure(get, "/many").kind == failure(get, "/long").kind == "protocol"


def test_a_slow_drip_ends_at_the_deadline_wherever_it_drips(site: Site, hands: Hands, get: Get) -> None:
    hands.tick = 0.5
    for path, head in (
        ("/head", HEAD + b"X: "),
        ("/body", HEAD + b"\r\n"),
        ("/early", HEAD.replace(b"200", b"103")),
    ):
        drip = b"HTTP/1.1 103 Early\r\n\r\n" if path == "/early" else b"y"
        site[path] = dripping(head + (b"\r\n" if path == "/early" else b""), drip)
        found = failure(get, path, timeout=20.0)
        assert (found.kind, found.passing) == ("timeout", False)
    assert len(site.asked) == 3


def test_a_server_that_falls_silent_is_tried_again(site: Site, get: Get) -> None:
    site["/"] = lambda _, wire: wire.recv(1) and None
    found = failure(get, read=0.05)
    assert (found.kind, str(found)) == ("timeout", "the server stopped sending")
    assert len(site.asked) == 3


def test_nobody_listens(hands: Hands, get: Get) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    found = failure(get, f"http://127.0.0.1:{port}/")
    assert (found.kind, found.passing) == ("connect", True)
    assert sum(hands.slept) >= 3.0


def test_redirects_are_followed_and_counted(site: Site, get: Get) -> None:
    for number in range(12):
        site[f"/{number}"] = moved(f"/{number + 1}", (301, 302, 303, 307, 308)[number % 5])
    site["/12"] = answer("there")
    assert get("/2") == b"there"
    assert failure(get, "/1").kind == "redirects"
    assert site.targets()[-1] == "/11"


def test_a_circle_of_redirects_ends(site: Site, get: Get) -> None:
    site["/a"], site["/b"], site["/self"] = moved("/b"), moved("/a"), moved("/self")
    assert failure(get, "/a").kind == failure(get, "/self").kind == "redirects"
    assert site.targets() == ["/a", "/b", "/self"]


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "ftp://valleypost.example/",
        "http://user:secret@127.0.0.1/",
        "gopher://127.0.0.1:70/_x",
    ],
)
def test_a_redirect_to_what_is_no_web_address_is_refused(site: Site, get: Get, to: str) -> None:
    site["/"] = moved(to)
    found = failure(get)
    assert (found.kind, len(site.asked)) == ("address", 1)


@pytest.mark.parametrize("to", ["http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://0/"])
def test_a_redirect_to_what_is_never_asked_is_refused(site: Site, get: Get, to: str) -> None:
    site["/"] = moved(to)
    assert failure(get).kind == "private"


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_may_pass_is_tried_again_with_growing_waits(
    site: Site, hands: Hands, get: Get, status: int
) -> None:
    site["/"] = [answer("", status), answer("", status), answer("words")]
    assert get("/", delay=0.0) == b"words"
    assert hands.slept == [1.0, 2.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 500, 501, 206, 204, 304, 300, 999])
def test_what_does_not_pass_is_told_at_once(site: Site, get: Get, status: int) -> None:
    site["/"] = answer("", status)
    found = failure(get)
    assert (found.kind, found.status, found.passing) == ("status", status, False)
    assert str(status) in str(found)
    assert len(site.asked) == 1


@pytest.mark.parametrize("after", ["30", "Mon, 01 Dec 2025 12:00:30 GMT"])
def test_retry_after_is_waited_for(site: Site, hands: Hands, get: Get, after: str) -> None:
    site["/"] = [answer("", 503, retry_after=after), answer("words")]
    assert get("/", delay=0.0) == b"words"
    assert hands.slept == [30.0]


@pytest.mark.parametrize("after", ["7200", "Mon, 01 Dec 2025 14:00:00 GMT"])
def test_a_host_that_asks_for_a_long_wait_is_left_alone(
    site: Site, client: Client, hands: Hands, after: str
) -> None:
    site["/"] = answer("", 429, retry_after=after)
    with pytest.raises(Failure, match="asks to come back in 2 hours"):
        client.get(parse(site.url("/")))
    with pytest.raises(Failure, match="asked not to be read for 2 hours"):
        client.get(parse(site.url("/other")))
    assert (len(site.asked), hands.slept) == (1, [])


@pytest.mark.parametrize(
    "after", ["soon", "-5", "", "Mon, 99 Dec", "1e9", "9" * 50, "Sat, 01 Nov 2025 12:00:00 GMT"]
)
def test_a_retry_after_that_makes_no_sense_does_no_harm(site: Site, get: Get, after: str) -> None:
    site["/"] = [answer("", 503, retry_after=after), answer("words")]
    try:
        assert get("/") == b"words"
    except Failure as found:
        assert found.wait is not None
        assert found.wait > 60


def test_requests_of_a_host_lie_apart(site: Site, client: Client, hands: Hands) -> None:
    site["/"] = answer("words")
    for _ in range(3):
        client.get(parse(site.url("/")))
    assert hands.slept == [1.0, 1.0]


def test_validators_are_sent_to_their_own_address_only(site: Site, client: Client) -> None:
    site["/old"] = moved("/new")
    site["/new"] = answer("", 304)
    known = {site.url("/new"): Validators('"tag"', "Tue, 25 Nov 2025 08:30:00 GMT")}
    found = client.get(parse(site.url("/old")), known=known)
    assert found.unchanged
    assert found.body == b""
    first, second = site.asked
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"] == '"tag"'
    assert second.headers["if-modified-since"] == "Tue, 25 Nov 2025 08:30:00 GMT"


def test_the_answer_tells_type_charset_and_validators(site: Site, client: Client) -> None:
    site["/"] = answer(
        "x", content_type='Text/HTML; Charset="KOI8-R"', etag='W/"1"', last_modified="yesterday"
    )
    found = client.get(parse(site.url("/")))
    assert (found.content_type, found.charset) == ("text/html", "koi8-r")
    assert found.validators == Validators('W/"1"', "yesterday")


def secure(**said: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def test_a_certificate_has_to_be_valid_and_for_the_name(hands: Hands, settings: WebSettings) -> None:
    names: list[str | None] = []
    context = secure()
    context.sni_callback = lambda _, name, __: names.append(name)
    site = Site(context=context)
    site["/"] = answer("words")
    port = site.port
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    try:
        with Client(settings, clock=hands.clock(), resolver=loopback) as client:
            with pytest.raises(Failure, match="self-signed certificate") as caught:
                client.get(parse(site.url("/", "news.test")))
            assert (caught.value.kind, caught.value.passing) == ("tls", False)
        with Client(settings, clock=hands.clock(), resolver=loopback, context=trusting) as client:
            assert client.get(parse(site.url("/", "news.test"))).body == b"words"
            with pytest.raises(Failure, match=r"certificate is not valid.*other"):
                client.get(parse(site.url("/", "other.test")))
    finally:
        site.close()
    assert names == ["news.test", "news.test", "other.test"]
    assert site.asked[0].headers["host"] == f"news.test:{port}"


def test_a_secure_answer_without_its_farewell_is_cut(hands: Hands, settings: WebSettings) -> None:
    site = Site(context=secure())

    def cut(_: Request, wire: socket.socket) -> None:
        wire.sendall(HEAD + b"Content-Type: text/html\r\n\r\n<p>half of a")
        wire.shutdown(socket.SHUT_RDWR)

    site["/"] = cut
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    try:
        with (
            Client(settings, clock=hands.clock(), resolver=loopback, context=trusting) as client,
            pytest.raises(Failure) as caught,
        ):
            client.get(parse(site.url("/", "news.test")))
        assert caught.value.kind == "cut"
    finally:
        site.close()


def test_a_plain_server_behind_a_secure_address(site: Site, get: Get) -> None:
    site["/"] = answer("words")
    assert failure(get, f"https://127.0.0.1:{site.port}/").kind == "tls"


def test_an_ipv6_address(hands: Hands, settings: WebSettings) -> None:
    try:
        site = Site("::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    site["/"] = answer("words")
    try:
        with Client(settings, clock=hands.clock()) as client:
            assert client.get(parse(site.url("/"))).body == b"words"
        assert site.asked[0].headers["host"] == f"[::1]:{site.port}"
    finally:
        site.close()
