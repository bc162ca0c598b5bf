"""Serving: ``dateline serve``, the dashboard."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from dateline.cli.console import StoreOption, Unusable, app, progress


@app.command()
def serve(
    store: StoreOption = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8501,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "localhost",
) -> None:
    """Open the dashboard on http://localhost:8501."""
    from dateline.homes import APP, prepare
    from dateline.rights import SignIn, WeakToken, is_loopback
    from dateline.store import Store

    try:
        ways = SignIn.from_environment(os.environ)
    except WeakToken as error:
        raise Unusable(str(error)) from None

    if store is not None:
        # Said now, in one line, and not by the first page somebody opens.
        os.environ["DATELINE_STORE"] = str(Store(store).folder.resolve())
    _check_address(host, port)
    with progress("Preparing") as tell:
        prepare(tell)
    typer.echo(f"Dateline: http://{host}:{port}  (stop with Ctrl+C)")
    if not is_loopback(host):
        typer.echo(_said_to_others(bool(ways)))
    sys.stdout.flush()
    command = [
        sys.executable,
        "-m",
        "dateline.ui.server",
        "run",
        str(APP),
        "--server.port",
        str(port),
        "--server.address",
        host,
    ]
    os.chdir(APP.parent)
    os.execv(sys.executable, command)  # noqa: S606 the arguments are ours; exec keeps Ctrl+C and exit codes simple


def _said_to_others(signed: bool) -> str:
    """What others may do with a dashboard that they reach, in one line."""
    if signed:
        return "Others can read it; editors sign in under Sources. Use it behind HTTPS: docs/security.md."
    return "Others can read it, and nobody can write: DATELINE_EDITOR_TOKEN or DATELINE_EDITORS lets editors sign in."


def _check_address(host: str, port: int) -> None:
    import errno
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why = f"port {port} is taken: stop what listens there, or choose another with --port (make run PORT=…)"
            raise Unusable(why) from None
        raise Unusable(f"cannot listen on {host}, port {port}: {error.strerror}") from None
