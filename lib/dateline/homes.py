"""Homes: where the atlas, the sample and the caches live on this machine, and opening them."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path, user_data_path

from dateline import __version__
from dateline.article import Article, Reject
from dateline.filters import Members
from dateline.query import Atlas
from dateline.store import Snapshot, Store

PROJECT: Final = Path(__file__).resolve().parents[2]
APP: Final = PROJECT / "app.py"
SAMPLE: Final = PROJECT / "data" / "sample" / "articles.jsonl"

Tell = Callable[[str, int], None]


def default_store() -> Path:
    """The user's own atlas: DATELINE_STORE, or a folder in the user's data directory."""
    named = os.environ.get("DATELINE_STORE")
    return Path(named) if named else user_data_path("dateline") / "atlas"


def cache() -> Path:
    """What can be built again: DATELINE_CACHE, or the user's cache directory."""
    named = os.environ.get("DATELINE_CACHE")
    return Path(named) if named else user_cache_path("dateline")


def sample_store(tell: Tell | None = None) -> Store:
    """The sample corpus as an atlas of its own, built on first use (a few seconds) and kept in the cache."""
    from dateline.ingest import ingest

    folder = cache() / f"sample-{_sample_version()}"
    if not (folder / "built").exists():
        from dateline.store import Store as _Store

        building = folder.with_name(folder.name + f".{os.getpid()}")
        shutil.rmtree(building, ignore_errors=True)
        ingest(_sample(), _Store(building), progress=tell)
        (building / "built").touch()
        try:
            building.replace(folder)
        except OSError:
            # Another process was faster; its copy is as good.
            shutil.rmtree(building, ignore_errors=True)
    return Store(folder)


def _sample() -> Iterator[Article | Reject]:
    from dateline.sources import read

    return read([str(SAMPLE)])


@lru_cache(maxsize=1)
def _sample_version() -> str:
    """Changes with the corpus, the version and every module that decides what is found in it."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=6)
    code = Path(__file__).parent
    for path in sorted([SAMPLE, *code.rglob("*.py"), *(PROJECT / "data").rglob("*.*")]):
        if "ui" not in path.parts and "figures" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def prepare(tell: Tell | None = None) -> None:
    """Build what the dashboard needs and is not there yet: the gazetteer's index and the sample atlas."""
    from dateline import gazetteer

    say = tell or (lambda stage, done: None)
    say("Building the gazetteer's index (once)", 0)
    gazetteer.load()
    say("Building the sample atlas (once)", 0)
    sample_store(tell)


def members() -> Members:
    """What lies in each macro-region, for the filters."""
    from dateline.gazetteer import load

    inside = load().members
    return Members({code: (m["countries"], m["divisions"], (code,)) for code, m in inside.items()})


def known_place(code: str) -> bool:
    """Whether the gazetteer has the code."""
    from dateline.gazetteer import load

    return load().place(code) is not None


def find_snapshot(name: str | None, store: Path | None = None) -> tuple[Snapshot | None, bool]:
    """The snapshot a link or a newcomer gets, and whether it is the sample.

    A pinned ``name`` is looked for in the user's atlas and then in the sample; without one, the user's newest
    snapshot is shown, and the sample as long as it holds no article.
    """
    own = Store(store or default_store())
    sample = sample_store()
    if name:
        if found := own.snapshot(name):
            return found, False
        return sample.snapshot(name), True
    if (found := own.latest()) and found.articles:
        return found, False
    return sample.latest(), True


def open_atlas(store: Path | None, name: str | None = None) -> Atlas | None:
    """The atlas in a folder (None: the user's own, or the sample), at a pinned snapshot or the newest."""
    if store is not None:
        place = Store(store)
        snapshot = place.snapshot(name) if name else place.latest()
    else:
        snapshot, _ = find_snapshot(name)
    return Atlas(snapshot, members()) if snapshot else None
