"""Settings: how the web is read. Sizes in bytes, times in seconds."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from dateline import __version__

CONTACT_VARIABLE = "DATELINE_CONTACT"
PRIVATE_VARIABLE = "DATELINE_ALLOW_PRIVATE"
# The name that robots.txt knows Dateline by.
ROBOT = "Dateline"

_PRINTABLE = re.compile(r"[\x20-\x7e]*")


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How the web is read.

    ``contact`` is an address (mail or web) for the owner of a site that is read. ``full`` fetches the page of each
    entry of a feed. ``allow_private`` opens loopback and private networks. ``delay`` seconds lie between two
    requests of one host, more where its robots.txt asks for more. ``connect`` and ``read`` bound one wait,
    ``timeout`` one answer from the first byte asked to the last byte read, ``max_bytes`` its size both packed and
    unpacked. ``retries`` are the further tries after a failure that may pass, ``longest_wait`` the longest a server
    may make us wait before one. ``pages`` bounds what is read of a sitemap, newest first, ``hosts`` how many are
    asked side by side.
    """

    contact: str = ""
    full: bool = False
    allow_private: bool = False
    delay: float = 1.0
    connect: float = 10.0
    read: float = 20.0
    timeout: float = 60.0
    max_bytes: int = 10 * 1024 * 1024
    retries: int = 2
    longest_wait: float = 60.0
    pages: int = 200
    hosts: int = 8

    def __post_init__(self) -> None:
        if (
            not _PRINTABLE.fullmatch(self.contact)
            or len(self.contact) > 200
            or set(self.contact) & set("()\\")
        ):
            raise ValueError("the contact is one short line of plain letters, such as desk@example.org")
        if not 0 <= self.delay <= 3600:
            raise ValueError("the delay lies between 0 and 3600 seconds")
        if not 0 < self.timeout <= 3600:
            raise ValueError("the timeout lies between 0 and 3600 seconds")
        if self.max_bytes < 1 or self.hosts < 1 or self.retries < 0 or self.pages < 1:
            raise ValueError("sizes and numbers begin with 1")

    @property
    def user_agent(self) -> str:
        """``Dateline/0.1.0 (+desk@example.org)``."""
        return f"{ROBOT}/{__version__}" + (f" (+{self.contact.strip()})" if self.contact.strip() else "")


def from_environment() -> WebSettings:
    """The settings where nobody says otherwise. Raises ValueError for a contact that is none."""
    return WebSettings(
        contact=os.environ.get(CONTACT_VARIABLE, ""), allow_private=os.environ.get(PRIVATE_VARIABLE) == "1"
    )
