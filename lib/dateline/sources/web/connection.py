"""Connections: a host is resolved once, its addresses are checked, and the checked address is connected to.

A name that answers with a public address when it is checked and with a private one when it is used (DNS rebinding)
gains nothing, since there is no second look. Every wait is also bounded by the instant at which the whole answer has
to be there, so a server that sends a byte now and then cannot hold a reader.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx

from . import networks
from .clock import Clock
from .failure import Failure
from .networks import IP

Resolver = Callable[[str, int], list[IP]]

# A name may have many addresses; a reader tries a few.
_ADDRESSES = 4


def look_up(host: str, port: int) -> list[IP]:
    """The addresses of a host, by the system's resolver. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(ip_address(str(row[4][0]).partition("%")[0]) for row in found))


class Deadline(threading.local):
    """The instant at which the answer that this thread waits for has to be there."""

    at: float = float("inf")


class Backend(httpcore.NetworkBackend):
    """How httpcore connects: see the module."""

    def __init__(self, resolver: Resolver, clock: Clock, *, allow_private: bool) -> None:
        self._resolver = resolver
        self._clock = clock
        self._allow_private = allow_private
        self._deadline = Deadline()
        self._guard = threading.Lock()
        self._open: set[socket.socket] = set()

    def abort(self) -> None:
        """End every wait on a connection that is open now, in whatever thread."""
        with self._guard:
            for wire in self._open:
                with suppress(OSError):
                    wire.shutdown(socket.SHUT_RDWR)

    def opened(self, wire: socket.socket) -> _Stream:
        """The stream of a socket, which ``abort`` ends."""
        with self._guard:
            self._open.add(wire)
        return _Stream(wire, self)

    def closed(self, wire: socket.socket) -> None:
        """Close a socket, or forget one that became another."""
        with self._guard:
            self._open.discard(wire)
        wire.close()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """All that this thread does inside takes at most so long."""
        self._deadline.at = self._clock.monotonic() + seconds
        try:
            yield
        finally:
            self._deadline.at = float("inf")

    def left(self, timeout: float | None = None) -> float | None:
        """The seconds a wait may take. Raises Failure where none is left."""
        if self._deadline.at == float("inf"):
            return timeout
        left = self._deadline.at - self._clock.monotonic()
        if left <= 0:
            raise Failure("timeout", "the server takes too long over one answer")
        return left if timeout is None else min(left, timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A stream to the first of the host's checked addresses that answers."""
        problem: OSError | None = None
        for ip in self.checked(host, port, timeout)[:_ADDRESSES]:
            try:
                return self.opened(_connected(ip, port, self.left(timeout)))
            except TimeoutError:
                self.left()
                raise httpcore.ConnectTimeout from None
            except OSError as error:
                problem = error
        raise httpcore.ConnectError(problem.strerror or str(problem) if problem else "no address")

    def checked(self, host: str, port: int, timeout: float | None = None) -> list[IP]:
        """The host's addresses, each of which may be asked. Raises Failure where one may not, or there is none."""
        try:
            found = [ip_address(host)]
        except ValueError:
            found = self._resolved(host, port, timeout)
        for ip in found:
            why = networks.problem(ip, allow_private=self._allow_private)
            if why:
                shown = host if str(ip) == host else f"{host} ({ip})"
                open_to_some = networks.problem(ip, allow_private=True) is None
                unless = " without --allow-private" if open_to_some else ""
                raise Failure("private", f"{shown} is {why}, which is not read{unless}")
        return found

    def _resolved(self, host: str, port: int, timeout: float | None) -> list[IP]:
        """The resolver has no time limit of its own, so it is asked in a thread that may be left behind."""
        answers: queue.SimpleQueue[list[IP] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolver(host, port))
            except Exception as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True, name=f"resolve {host}").start()
        try:
            answer = answers.get(timeout=self.left(timeout))
        except queue.Empty:
            raise Failure("dns", f"{host} could not be looked up in time", passing=True) from None
        if isinstance(answer, Exception):
            again = isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN
            words = "cannot be looked up now" if again else "is not known to the name service"
            raise Failure("dns", f"{host} {words}", passing=again) from None
        if not answer:
            raise Failure("dns", f"{host} has no address")
        return answer


def _connected(ip: IP, port: int, timeout: float | None) -> socket.socket:
    family = socket.AF_INET6 if ip.version == 6 else socket.AF_INET
    wire = socket.socket(family, socket.SOCK_STREAM)
    try:
        wire.settimeout(timeout)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire.connect((str(ip), port))
    except BaseException:
        wire.close()
        raise
    return wire


class _Stream(httpcore.NetworkStream):
    """A socket whose waits end at the deadline; an end of TLS without its farewell is an error, not an end."""

    def __init__(self, wire: socket.socket, backend: Backend) -> None:
        self._wire = wire
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._wire.settimeout(self._backend.left(timeout))
        try:
            return self._wire.recv(max_bytes)
        except TimeoutError:
            # Where the whole answer took too long, that is the reason, and another try would take as long.
            self._backend.left()
            raise httpcore.ReadTimeout from None
        except OSError as error:
            raise httpcore.ReadError(str(error)) from None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        try:
            while buffer:
                self._wire.settimeout(self._backend.left(timeout))
                buffer = buffer[self._wire.send(buffer) :]
        except TimeoutError:
            self._backend.left()
            raise httpcore.WriteTimeout from None
        except OSError as error:
            raise httpcore.WriteError(str(error)) from None

    def close(self) -> None:
        self._backend.closed(self._wire)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._wire.settimeout(self._backend.left(timeout))
        try:
            secure = ssl_context.wrap_socket(
                self._wire, server_hostname=server_hostname, suppress_ragged_eofs=False
            )
        except ssl.SSLError as error:
            self.close()
            raise Failure("tls", f"the connection cannot be made safe: {_tls_words(error)}") from None
        except TimeoutError:
            self.close()
            self._backend.left()
            raise httpcore.ConnectTimeout from None
        except OSError as error:
            self.close()
            raise httpcore.ConnectError(str(error)) from None
        self._backend.closed(self._wire)  # wrapping took the descriptor over
        return self._backend.opened(secure)

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return getattr(self._wire, "_sslobj", None)
        if info == "is_readable":
            return _is_readable(self._wire)
        if info in ("client_addr", "server_addr"):
            return self._wire.getsockname() if info == "client_addr" else self._wire.getpeername()
        return self._wire if info == "socket" else None


def _tls_words(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message.rstrip('.')})"
    return (error.reason or "no common protocol").replace("_", " ").lower()


def _is_readable(wire: socket.socket) -> bool:
    """Whether an idle connection has something to read: then the server closed it."""
    import selectors

    with selectors.DefaultSelector() as selector:
        try:
            selector.register(wire, selectors.EVENT_READ)
        except ValueError:
            return True
        return bool(selector.select(0))


class Transport(httpx.HTTPTransport):
    """httpx's transport over a Backend: no proxy, no environment, one protocol, idle connections kept briefly."""

    def __init__(self, backend: Backend, context: ssl.SSLContext, connections: int) -> None:
        super().__init__(verify=context, trust_env=False)
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=None,
            max_keepalive_connections=connections,
            keepalive_expiry=15.0,
            network_backend=backend,
        )
