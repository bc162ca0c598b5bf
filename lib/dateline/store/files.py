"""Files written whole or not at all, on disk before anything builds on them, and their digests."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

# Files that are being written carry this prefix; one that is found later was left by a dead process.
UNFINISHED = ".new-"


def write_new(path: Path, content: Mapping[str, object]) -> None:
    """Write a JSON file whole or not at all, and on disk before this returns. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
        sync_folder(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """The folder's list of names, on disk. Where a system cannot say so for a folder, nothing is done."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def checksum(path: Path) -> str:
    """BLAKE2b of the file's bytes, 32 hexadecimal digits. Raises OSError."""
    seen = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            seen.update(part)
    return seen.hexdigest()


def settled(path: Path) -> str:
    """The file's digest, once its bytes are on disk. Raises OSError."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return checksum(path)


def put_aside(store: Path, path: Path) -> Path:
    """Move a file or folder of a store into its folder ``damaged``, under its own place there; where it went.

    Nothing that lies there is ever overwritten. Raises OSError.
    """
    goal = store / "damaged" / path.relative_to(store)
    goal.parent.mkdir(parents=True, exist_ok=True)
    number = 1
    while goal.exists():
        number += 1
        goal = goal.with_name(f"{path.name}.{number}")
    path.rename(goal)
    return goal
