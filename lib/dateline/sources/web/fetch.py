"""Fetching: one address to one whole answer, politely and within limits, or a Failure that says why not.

Redirects are followed here, hop by hop, so that every hop is parsed, checked, resolved and permitted anew. No
cookie is kept, no proxy or credential of the environment is used, and only ``gzip`` and ``deflate`` are unpacked.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from .address import Address, Refused
from .clock import Clock, never
from .connection import Backend, Resolver, Transport, look_up
from .failure import Failure, Stopped
from .hosts import Hosts, in_time
from .settings import WebSettings
from .unpacking import ACCEPTED, Unpacker, too_large

MAX_REDIRECTS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# These pass: too many requests, a gateway or a server that is down for the moment.
_PASSING = frozenset({429, 502, 503, 504})
_FIRST_WAIT = 1.0
# Forms that hold no article: not worth their bytes.
_UNREADABLE = ("image/", "audio/", "video/", "font/", "application/pdf")
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html, */*;q=0.5"

# httpx logs every address it asks at the level INFO, keys in its query included.
logging.getLogger("httpx").setLevel(logging.WARNING)

Gate = Callable[[Address], float]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said an answer is known by: ``ETag`` and ``Last-Modified``, as sent; "" where it said none."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """The headers that ask for the answer only if it changed."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in said.items() if value}

    def __bool__(self) -> bool:
        return bool(self.etag or self.modified)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: where it came from after redirects, the plain bytes, the declared type and charset.

    ``unchanged`` where the server says that it is the one that the validators know; the body is empty then.
    """

    address: Address
    body: bytes
    content_type: str = ""
    charset: str = ""
    validators: Validators = field(default_factory=Validators)
    unchanged: bool = False


class Client:
    """One polite client. ``gate`` is asked before each request: it returns the host's delay or raises Failure."""

    def __init__(
        self,
        settings: WebSettings,
        *,
        clock: Clock | None = None,
        resolver: Resolver = look_up,
        context: ssl.SSLContext | None = None,
        stop: Callable[[], bool] = never,
        hosts: Hosts | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.stop = stop
        self.hosts = hosts or Hosts(self.clock)
        self._backend = Backend(resolver, self.clock, allow_private=settings.allow_private)
        self._http = httpx.Client(
            transport=Transport(
                self._backend, context or httpx.create_ssl_context(trust_env=False), settings.hosts
            ),
            headers={"User-Agent": settings.user_agent, "Accept-Encoding": ACCEPTED, "Accept": _ACCEPT},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            follow_redirects=False,
            trust_env=False,
            timeout=httpx.Timeout(settings.read, connect=settings.connect),
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def abort(self) -> None:
        """Break every connection, so that no thread waits on one any longer."""
        self._backend.abort()

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def get(
        self,
        address: Address,
        gate: Gate | None = None,
        *,
        known: Mapping[str, Validators] | None = None,
        redirects: int = MAX_REDIRECTS,
        cut_at: int | None = None,
    ) -> Answer:
        """The answer of ``address``, redirects followed.

        ``known`` are the validators of addresses (as text) whose answer is remembered; ``cut_at`` takes the first
        so many bytes of a longer answer instead of refusing it. Raises Failure and Stopped.
        """
        gate = gate or (lambda _: self.settings.delay)
        seen = {address}
        for _ in range(redirects + 1):
            validators = (known or {}).get(str(address), Validators())
            found = self._patiently(address, gate(address), validators, cut_at)
            if isinstance(found, Answer):
                return found
            try:
                address = address.joined(found)
            except Refused as refusal:
                raise Failure("address", f"it redirects to {found[:80]!r}: {refusal}") from None
            if address in seen:
                raise Failure("redirects", f"it redirects in a circle, back to {address}"[:200])
            seen.add(address)
        raise Failure("redirects", f"it redirects more than {redirects} times")

    def _patiently(
        self, address: Address, delay: float, validators: Validators, cut_at: int | None
    ) -> Answer | str:
        """An answer or the address it redirects to, tried again while the failure may pass."""
        for tried in range(self.settings.retries + 1):
            if self.stop():
                raise Stopped
            try:
                with self.hosts.turn(address.host, delay, self.stop):
                    return self._once(address, validators, cut_at)
            except Failure as failure:
                wait = self._wait(failure, tried)
                if failure.wait is not None and failure.wait > self.settings.longest_wait:
                    self.hosts.close(address.host, failure.wait)
                if wait is None:
                    raise
                self.clock.wait(wait, self.stop)
        raise AssertionError("the last try returns or raises")

    def _wait(self, failure: Failure, tried: int) -> float | None:
        """Seconds before the next try: what the server asks for, else twice as long each time, spread by chance."""
        if not failure.passing or tried >= self.settings.retries:
            return None
        backoff = _FIRST_WAIT * 2**tried * (0.5 + self.clock.chance())
        wait = max(failure.wait or 0.0, backoff)
        return wait if wait <= self.settings.longest_wait else None

    def _once(self, address: Address, validators: Validators, cut_at: int | None) -> Answer | str:
        headers = validators.headers()
        try:
            with (
                self._backend.within(self.settings.timeout),
                self._http.stream("GET", str(address), headers=headers) as response,
            ):
                return self._read(address, response, validators, cut_at)
        except httpx.HTTPError as error:
            raise _in_words(error) from None
        except (httpx.InvalidURL, UnicodeError, ValueError):
            raise Failure("address", "this is no address a server understands") from None

    def _read(
        self, address: Address, response: httpx.Response, validators: Validators, cut_at: int | None
    ) -> Answer | str:
        status = response.status_code
        if status in _REDIRECTS and response.headers.get("Location"):
            return str(response.headers["Location"])
        if status == 304 and validators:
            return Answer(address, b"", validators=validators, unchanged=True)
        if status != 200:
            raise self._refusal(response)
        kind, charset = _content_type(response.headers.get("Content-Type", ""))
        if kind.startswith(_UNREADABLE):
            raise Failure("form", f"this is {kind}, not a page, a feed or a table")
        body = self._body(response, cut_at)
        said = Validators(
            response.headers.get("ETag", "")[:500], response.headers.get("Last-Modified", "")[:100]
        )
        return Answer(address, body, kind, charset, said)

    def _refusal(self, response: httpx.Response) -> Failure:
        status = response.status_code
        phrase = httpx.codes.get_reason_phrase(status)
        words = f"the server answers {status}{f' {phrase}' if phrase else ''}"
        passing = status in _PASSING
        wait = _retry_after(response.headers.get("Retry-After"), self.clock.now()) if passing else None
        if wait is not None:
            words += f" and asks to come back in {in_time(wait)}"
        return Failure("status", words, passing=passing, status=status, wait=wait)

    def _body(self, response: httpx.Response, cut_at: int | None) -> bytes:
        limit = self.settings.max_bytes
        declared = response.headers.get("Content-Length", "")
        if cut_at is None and declared.isdigit() and len(declared) < 20 and int(declared) > limit:
            raise too_large(limit)
        unpacker = Unpacker(response.headers.get("Content-Encoding", ""), limit)
        for chunk in response.iter_raw():
            self._backend.left()
            if self.stop():
                raise Stopped
            unpacker.add(chunk)
            if cut_at is not None and unpacker.size >= cut_at:
                return unpacker.so_far()[:cut_at]
        return unpacker.finish()


def _in_words(error: httpx.HTTPError) -> Failure:
    """httpx's failure as ours."""
    if isinstance(error, httpx.ConnectTimeout):
        return Failure("timeout", "the server does not answer", passing=True)
    if isinstance(error, httpx.TimeoutException):
        return Failure("timeout", "the server stopped sending", passing=True)
    if isinstance(error, httpx.ConnectError):
        return Failure("connect", f"there is no connection ({_plain(error)})", passing=True)
    if isinstance(error, httpx.RemoteProtocolError):
        if "without" in str(error):
            return Failure("cut", f"the answer is cut short ({_plain(error)})", passing=True)
        return Failure("protocol", f"the answer is not HTTP ({_plain(error)})")
    if isinstance(error, httpx.NetworkError):
        return Failure("cut", "the connection broke", passing=True)
    return Failure("protocol", f"the request failed ({_plain(error)})")


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _content_type(header: str) -> tuple[str, str]:
    """("text/html", "windows-1251") of a Content-Type header."""
    from email.message import Message

    message = Message()
    message["Content-Type"] = " ".join(header[:300].split())
    try:
        charset = message.get_content_charset("") or ""
    except (LookupError, UnicodeError, ValueError):
        charset = ""
    return message.get_content_type() if header else "", charset


def _retry_after(header: str | None, now: float) -> float | None:
    """The seconds of a Retry-After header, a number or a date; None where it says nothing one can follow."""
    written = (header or "").strip()
    if not written:
        return None
    if written.isascii() and written.isdigit():
        return float(min(int(written[:10]), 10**9))
    try:
        return max(0.0, parsedate_to_datetime(written).timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
