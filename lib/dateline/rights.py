"""Rights: who acts, and whether they may write.

A reader looks; an editor also adds articles and corrects findings. The functions that write ask
:func:`require_editor` themselves, so that no page, however it was reached, can forget to.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import Final, Literal

Role = Literal["reader", "editor"]
ROLES: Final[tuple[Role, ...]] = ("reader", "editor")


class NotAllowed(Exception):
    """The actor may not do this; the message is one line for the screen."""


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
