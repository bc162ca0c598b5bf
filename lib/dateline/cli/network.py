"""The network: the options of every command that reads from the web, and the settings they come to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.console import Unusable

if TYPE_CHECKING:
    from dateline.sources.web import WebSettings

FullOption = Annotated[bool, typer.Option("--full", help="Fetch the page of each entry of a feed.")]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Let addresses of this machine and private networks be read.")
]
ContactOption = Annotated[
    str | None, typer.Option("--contact", help="Your mail or web address, told to the servers that are read.")
]
DelayOption = Annotated[
    float | None, typer.Option("--delay", help="Seconds between two requests of one host (1).")
]
TimeoutOption = Annotated[
    float | None, typer.Option("--timeout", help="Seconds that one answer may take (60).")
]
SizeOption = Annotated[
    int | None, typer.Option("--max-bytes", help="Bytes that one answer may have, unpacked (10 MiB).")
]


def settings(*, allow_private: bool, **said: Any) -> WebSettings:
    """What the environment says, and over it what the options do; an option that is None says nothing."""
    from dateline.sources.web import from_environment

    try:
        base = from_environment()
        given = {name: value for name, value in said.items() if value is not None}
        return replace(base, allow_private=allow_private or base.allow_private, **given)
    except ValueError as error:
        raise Unusable(str(error)) from None
