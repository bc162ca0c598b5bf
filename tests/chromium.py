"""Chromium for the browser tests: where it is, and ``python -m tests.chromium`` to install it on Debian as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

USUAL = Path("/usr/bin/chromium")
_APT = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


def path() -> Path | None:
    """The browser to drive, or None where there is none."""
    if USUAL.exists():
        return USUAL
    found = shutil.which("chromium")
    return Path(found) if found else None


def required() -> bool:
    """Whether a missing browser is a failure and no reason to skip: under continuous integration."""
    return os.environ.get("CI", "").lower() in ("true", "1")


def why_not() -> str | None:
    """Why this machine cannot install it by itself; None where it can."""
    if shutil.which("apt-get") is None:
        return "this is no Debian-like system"
    if os.geteuid() != 0:
        return "only root may install it; run: sudo apt-get install chromium"
    return None


def install() -> str | None:
    """Install Debian's chromium; what went wrong, or None."""
    print("Installing chromium for the browser tests (once, a few minutes on a slow line) …", flush=True)
    if _apt("install", "--yes", "--no-install-recommends", "chromium") is None:
        return None
    # A fresh image has no package lists yet, or lists of files that are gone.
    return _apt("update") or _apt("install", "--yes", "--no-install-recommends", "chromium")


def _apt(*arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["apt-get", "--quiet=2", *arguments],
            env=_APT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=900,
        )
    except subprocess.TimeoutExpired:
        return f"apt-get {arguments[0]} took longer than 15 minutes"
    if not done.returncode:
        return None
    said = [line for line in done.stderr.splitlines() if line.startswith("E:")]
    return f"apt-get {arguments[0]}: {said[0] if said else f'exit code {done.returncode}'}"


def main() -> int:
    """See to it that there is a browser; the exit code: 1 only where one is required and missing."""
    if path() is not None:
        return 0
    why = why_not() or install()
    if why is None and path() is not None:
        return 0
    print(f"No chromium: {why or 'the package brought none'}.", end=" ", file=sys.stderr)
    if required():
        print("CI=true asks for the browser tests.", file=sys.stderr)
        return 1
    print("The browser tests will be skipped.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
