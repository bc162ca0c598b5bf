"""How much is read: sizes in bytes, so that one careless locator cannot fill the memory."""

from __future__ import annotations

# A file is refused by its size alone, before a byte of it is read.
FILE_LIMIT = 200 * 1024 * 1024
# A pasted page is one text held in memory and compared with itself; a novel is 1 MB.
TEXT_LIMIT = 5 * 1024 * 1024
# trafilatura builds a tree some fifty times the size of the page.
PAGE_LIMIT = 20 * 1024 * 1024
FEED_LIMIT = 50 * 1024 * 1024
# What one OPML file or sitemap may list; the sitemap protocol has the same bound.
LIST_LIMIT = 50_000
# A zip archive: how many files, and how many times its packed size one may grow to (from RATIO_FROM bytes on).
ARCHIVE_ENTRIES = 10_000
ARCHIVE_RATIO = 200
RATIO_FROM = 10 * 1024 * 1024
# A sheet of a workbook from its first cell to its last, the empty ones included.
SHEET_CELLS = 4_000_000
# The characters of raw text a reject keeps.
EXCERPT_LIMIT = 300


def in_words(size: int) -> str:
    """A size in bytes as a reader says it: ``300 MB``, ``12 kB``, ``7 bytes``."""
    if size >= 1024 * 1024:
        return f"{size / 1024 / 1024:.0f} MB" if size % (1024 * 1024) == 0 else f"{size / 1024 / 1024:.1f} MB"
    return f"{size // 1024} kB" if size >= 1024 else f"{size} bytes"
