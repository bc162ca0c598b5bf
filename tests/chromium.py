"""Chromium for the browser tests: where it is, and installing Debian's where it is missing.

``python -m tests.chromium`` is the first step of ``make test``. It fails only with CI=true, where a run without the
browser tests would be no run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# A sandbox of its own needs rights that containers do not give; the map needs WebGL, here in software.
FLAGS = [
    *("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"),
]


def path() -> Path | None:
    """The browser's program, or None where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return Path(found) if found else None


def required() -> bool:
    """Whether a missing browser is a failure."""
    return os.environ.get("CI", "").lower() == "true"


def install() -> str | None:
    """Install Debian's package; None when it worked, else why not."""
    if shutil.which("apt-get") is None:
        return "there is no apt-get here to install it with"
    if os.geteuid() != 0:
        return "installing it needs root: apt-get install chromium"
    print("Installing Debian's chromium for the browser tests …", flush=True)
    quiet = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.PIPE,
        "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    }
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        done = subprocess.run(command, check=False, **quiet)  # type: ignore[call-overload]
        if done.returncode:
            lines = done.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
            return f"`{' '.join(command)}` failed: {lines[-1]}"
    return None if path() else "it was installed, but there is no program `chromium`"


def main() -> int:
    """Make sure there is a browser, or say why there is none."""
    if path():
        return 0
    why = install()
    if why is None:
        return 0
    print(f"No Chromium: {why}. Browser tests {'fail' if required() else 'are skipped'}.", flush=True)
    return 1 if required() else 0


if __name__ == "__main__":
    sys.exit(main())
