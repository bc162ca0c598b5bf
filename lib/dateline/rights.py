"""Rights: who acts, whether they may write, and how an editor is told from a reader.

A reader looks; an editor also adds articles and corrects findings. The functions that write ask
:func:`require_editor` themselves, so that no page, however it was reached, can forget to.
"""

from __future__ import annotations

import getpass
import hmac
import ipaddress
import re
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Role = Literal["reader", "editor"]
ROLES: Final[tuple[Role, ...]] = ("reader", "editor")

# A shorter token could be guessed within the attempts that are allowed.
SHORTEST_TOKEN: Final = 16
LONGEST_NAME: Final = 60
TOKEN, MAILS = "DATELINE_EDITOR_TOKEN", "DATELINE_EDITORS"


class NotAllowed(Exception):
    """The actor may not do this; the message is one line for the screen."""


class WeakToken(ValueError):
    """The token of the environment is too short; the message says what to set, never the token."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a name as it stands in the tables (an account, a mail address), and a role of ROLES."""

    name: str
    role: Role


def local_actor() -> Actor:
    """Whoever runs the command line on this machine: an editor, since the files are theirs anyway."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError, ImportError):
        # A container's user often has no name.
        name = "local user"
    return Actor(name, "editor")


def require_editor(actor: Actor, what: str = "write to this atlas") -> None:
    """Raises NotAllowed unless the actor is an editor; ``what`` completes "may not …"."""
    if actor.role != "editor":
        raise NotAllowed(f"{actor.name} may not {what}: sign in as an editor.")


def is_loopback(host: str) -> bool:
    """True for an address, or a Host header, that means this machine and no other."""
    name = host.strip().lower()
    # A port goes, an IPv6 address comes out of its brackets; one without them has more than one colon.
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    if name.rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class SignIn:
    """How this server tells editors: by a ``token`` they know, by the mail addresses of an OpenID Connect login."""

    token: str = field(default="", repr=False)
    mails: frozenset[str] = frozenset()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> SignIn:
        """As DATELINE_EDITOR_TOKEN and DATELINE_EDITORS say (addresses apart by commas or blanks); WeakToken."""
        token = environment.get(TOKEN, "").strip()
        if token and len(token) < SHORTEST_TOKEN:
            raise WeakToken(f"{TOKEN} is shorter than {SHORTEST_TOKEN} characters: set a longer one.")
        mails = re.split(r"[\s,;]+", environment.get(MAILS, ""))
        return cls(token, frozenset(mail.casefold() for mail in mails if "@" in mail))

    def __bool__(self) -> bool:
        """True where there is any way to sign in; then nobody is an editor without."""
        return bool(self.token or self.mails)

    def knows_token(self, written: str) -> bool:
        """Whether it is the token, in a time that does not tell how much of it is right."""
        given = written.strip().encode("utf-8", "surrogatepass")
        return bool(self.token) and hmac.compare_digest(given, self.token.encode("utf-8", "surrogatepass"))

    def knows_mail(self, claims: Mapping[str, object]) -> bool:
        """Whether the claims of a login carry a listed address that its provider does not call unverified."""
        mail = claims.get("email")
        if not isinstance(mail, str) or claims.get("email_verified", True) not in (True, "true"):
            return False
        return mail.strip().casefold() in self.mails


def signed_name(written: str) -> str:
    """A name that somebody gave with the token, fit for a table and a screen; "editor" for none."""
    return (
        " ".join("".join(c if c.isprintable() else " " for c in written).split())[:LONGEST_NAME] or "editor"
    )


class Attempts:
    """Wrong tokens, counted a caller and in all, so that guessing takes longer than anybody lives.

    ``most`` within ``period`` seconds a caller, ten times as many over all callers; ``clock`` counts seconds.
    """

    def __init__(
        self,
        most: int = 5,
        period: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        callers: int = 1000,
    ) -> None:
        self._most, self._period, self._clock, self._callers = most, period, clock, callers
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque(maxlen=10 * most)
        self._lock = threading.Lock()

    def wait(self, caller: str) -> float:
        """Seconds until the caller may try again; 0 for now."""
        with self._lock:
            now = self._clock()
            own = self._left(self._wrong.get(caller, deque()), self._most, now)
            return max(own, self._left(self._all, 10 * self._most, now))

    def failed(self, caller: str) -> None:
        """The caller's token was wrong."""
        with self._lock:
            now = self._clock()
            self._wrong.setdefault(caller, deque(maxlen=self._most)).append(now)
            self._wrong.move_to_end(caller)
            self._all.append(now)
            while len(self._wrong) > self._callers:
                self._wrong.popitem(last=False)

    def _left(self, times: deque[float], most: int, now: float) -> float:
        if len(times) < most:
            return 0.0
        return max(0.0, times[-most] + self._period - now)
