"""Failures: why an address gave nothing, in words a reader understands, and whether another try may help."""

from __future__ import annotations


class Failure(Exception):
    """``kind`` is one of KINDS; the message is the reason; ``passing`` where a later try may succeed.

    ``status`` is the HTTP status where there was an answer; ``wait`` the seconds a server asked us to stay away.
    """

    KINDS = (
        "address",
        "dns",
        "private",
        "connect",
        "timeout",
        "tls",
        "cut",
        "protocol",
        "status",
        "robots",
        "size",
        "redirects",
        "form",
        "stopped",
    )

    def __init__(
        self, kind: str, reason: str, *, passing: bool = False, status: int = 0, wait: float | None = None
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.passing = passing
        self.status = status
        self.wait = wait


class Stopped(Exception):
    """The caller's ``stop`` said so; nothing is wrong with the address."""
