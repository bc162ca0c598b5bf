"""A real ``dateline serve`` on a free port, for one test or for all of a session."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# The first start on a machine builds the gazetteer's index and the sample.
PATIENCE = 180.0
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    """A dashboard that answers at ``url`` (no slash at its end); its atlas lies in ``store``."""

    url: str
    store: Path
    log: Path


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A dashboard whose store (not made yet) and log lie in ``folder``; its output is printed when it fails."""
    server = Server(f"http://127.0.0.1:{(port := _free_port())}", folder / "atlas", folder / "server.log")
    command = [sys.executable, "-m", "dateline", "serve", "--port", str(port), "--host", "127.0.0.1"]
    with server.log.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, "DATELINE_STORE": str(server.store)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(server, process)
        yield server
    except BaseException:
        print(f"--- output of {' '.join(command)}\n{server.log.read_text('utf-8', 'replace')}")
        raise
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"dateline serve ended with exit code {process.returncode}")
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            # Nobody listens yet; a process has no event to wait for.
            time.sleep(0.1)
    raise RuntimeError(f"dateline serve did not answer within {PATIENCE:.0f} s")
