"""A web server the tests start: every byte it answers, and when, is the test's to say."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address

from dateline.sources.web.clock import Clock
from dateline.sources.web.networks import IP


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked: the target (path and query) and the headers, their names in lower case."""

    target: str
    headers: dict[str, str]


Handler = Callable[[Request, socket.socket], None]
Answer = bytes | Handler


def answer(body: str | bytes = b"", status: int = 200, **headers: str) -> bytes:
    """A whole answer with its length; ``content_type="text/html"`` is a header."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    named.setdefault("Content-Length", str(len(data)))
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in named.items())]
    return ("\r\n".join((*lines, "Connection: close", "", ""))).encode("latin-1") + data


def moved(to: str, status: int = 302) -> bytes:
    """A redirect."""
    return answer(b"", status, location=to)


def zipped(body: str | bytes, **headers: str) -> bytes:
    """An answer packed with gzip."""
    data = body.encode() if isinstance(body, str) else body
    return answer(gzip.compress(data), content_encoding="gzip", **headers)


@dataclass(slots=True)
class Site:
    """A server on the loopback address; ``site["/feed"] = …`` is an answer, or several for one request each."""

    host: str = "127.0.0.1"
    context: ssl.SSLContext | None = None
    asked: list[Request] = field(default_factory=list)
    _routes: dict[str, list[Answer]] = field(default_factory=dict)
    _wire: socket.socket = field(init=False)
    _threads: list[threading.Thread] = field(default_factory=list)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self._wire = socket.create_server((self.host, 0), family=family)
        self._start(self._accept)

    @property
    def port(self) -> int:
        return int(self._wire.getsockname()[1])

    def url(self, path: str = "/", host: str | None = None) -> str:
        name = host or (f"[{self.host}]" if ":" in self.host else self.host)
        return f"{'https' if self.context else 'http'}://{name}:{self.port}{path}"

    def __setitem__(self, target: str, said: Answer | list[Answer]) -> None:
        self._routes[target] = list(said) if isinstance(said, list) else [said]

    def targets(self) -> list[str]:
        """What was asked, robots.txt aside."""
        return [request.target for request in self.asked if request.target != "/robots.txt"]

    def close(self) -> None:
        with suppress(OSError):
            self._wire.shutdown(socket.SHUT_RDWR)
        self._wire.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                wire, _ = self._wire.accept()
            except OSError:
                return
            self._start(self._serve, wire)

    def _serve(self, wire: socket.socket) -> None:
        with suppress(OSError), wire:
            wire.settimeout(5)
            plain = self.context.wrap_socket(wire, server_side=True) if self.context else wire
            with plain:
                request = _request(plain)
                if request is None:
                    return
                self.asked.append(request)
                said = self._said(request)
                if isinstance(said, bytes):
                    plain.sendall(said)
                else:
                    said(request, plain)

    def _said(self, request: Request) -> Answer:
        with self._guard:
            answers = self._routes.get(request.target) or [answer("no such page", 404)]
            return answers.pop(0) if len(answers) > 1 else answers[0]


def _request(wire: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = wire.recv(65_536)
        # A client that says hello in TLS to a server that speaks none waits for us: we hang up.
        if not more or more.startswith(b"\x16"):
            return None
        data += more
    first, *lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return Request(first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs})


@dataclass(slots=True)
class Hands:
    """A clock that moves when someone sleeps, and by ``tick`` seconds with each look; ``slept`` keeps the waits."""

    at: float = 1000.0
    tick: float = 0.0
    slept: list[float] = field(default_factory=list)

    def look(self) -> float:
        self.at += self.tick
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def clock(self) -> Clock:
        # Noon of 1 December 2025; the chance in the middle leaves a wait as long as it is meant to be.
        return Clock(self.look, lambda: 1_764_590_400.0, self.sleep, lambda: 0.5)


def loopback(host: str, port: int) -> list[IP]:
    """A resolver for which every name is this machine."""
    return [ip_address("127.0.0.1")]
