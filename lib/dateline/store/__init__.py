"""The store: Delta Lake tables in a folder, and the snapshots that say which version of each belongs together.

Layout::

    store.json                 {"format": 2}
    tables/articles/ …         one Delta table a schema of `dateline.article.SCHEMAS`
    sums/000001.json           the digests of the files that this commit added
    snapshots/000001.json      which version of each table the snapshot is; written last, never changed
    pins/NAME                  the name of a snapshot to keep
    lock                       held by the one process that writes
    damaged/ …                 what `dateline check --repair` put aside

Readers never look at a table's newest version, only at the versions a snapshot names. So a commit over many
tables becomes visible at once, when its snapshot file appears, and a commit that dies half-way was never there:
the next writer rolls the tables back to the last snapshot before it adds anything. Readers are never blocked.
"""

from __future__ import annotations

from .commit import REWRITTEN, Commit
from .errors import Busy, StoreError
from .folder import Store
from .formats import FORMAT
from .snapshot import Hold, Snapshot, digest, fitted, to_arrow

__all__ = [
    "FORMAT",
    "REWRITTEN",
    "Busy",
    "Commit",
    "Hold",
    "Snapshot",
    "Store",
    "StoreError",
    "digest",
    "fitted",
    "to_arrow",
]
