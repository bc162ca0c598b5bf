"""A store as the first version of Dateline wrote it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from deltalake import write_deltalake

from dateline.store import digest, to_arrow


def write_store_of_format_1(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """One snapshot of the tables, each one Delta version; no digests, no table of versions."""
    (folder / "snapshots").mkdir(parents=True)
    for table, frame in tables.items():
        write_deltalake(folder / "tables" / table, to_arrow(table, frame))
    ids = list(tables["articles"]["id"])
    snapshot = {
        "number": 1,
        "name": f"1-{digest(ids)}",
        "at": "2026-11-01T08:00:00+00:00",
        "tables": dict.fromkeys(sorted(tables), 0),
        "articles": len(ids),
    }
    (folder / "snapshots" / "000001.json").write_text(json.dumps(snapshot, indent=1))
    (folder / "store.json").write_text(json.dumps({"format": 1}, indent=1))
