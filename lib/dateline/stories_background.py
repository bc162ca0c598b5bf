"""Count how many news texts use each word: ``python -m dateline.stories_background TEXTS.jsonl.gz [--out FILE]``.

Writes ``data/stories/background.csv.gz``: a stemmed word and the number of texts that hold it, words in fewer than
three texts left out; the row with an empty word is the number of texts.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dateline.stories.words import BACKGROUND, words_of

_LEAST = 3


def count(path: Path) -> tuple[int, Counter[str]]:
    """The number of texts in a JSONL file (may be gzipped) and in how many of them each stemmed word stands."""
    texts = 0
    words: Counter[str] = Counter()
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words.update(words_of(row.get("title") or "", row["text"]))
            texts += 1
    return texts, words


def write(texts: int, words: Counter[str], path: Path) -> None:
    """Write the table, reproducibly: no time stamp in the gzip header."""
    rows = sorted((word, n) for word, n in words.items() if n >= _LEAST and word.isascii())
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(("word", "texts"))
    table.writerow(("", texts))
    table.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(buffer.getvalue().encode(), mtime=0))


def main(argv: Sequence[str] | None = None) -> None:
    """Count the words of a file of articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--out", type=Path, default=BACKGROUND)
    options = parser.parse_args(argv)
    write(*count(options.texts), options.out)


if __name__ == "__main__":
    main()
