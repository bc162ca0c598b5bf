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
    from dateline.store import Store

    if store is not None:
        # Said now, in one line, and not by the first page somebody opens.
        os.environ["DATELINE_STORE"] = str(Store(store).folder.resolve())
    _check_address(host, port)
    with progress("Preparing") as tell:
        prepare(tell)
    typer.echo(f"Dateline: http://{host}:{port}  (stop with Ctrl+C)")
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
