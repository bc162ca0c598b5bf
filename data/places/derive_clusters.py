"""Derive clusters.csv.gz: words used alike in news, told by what stands beside them.

Counts the neighbours (two to each side, punctuation counts) of every word over a collection of news articles (JSON
lines with a ``text`` field, gzipped), weighs them by positive pointwise mutual information, takes 80 dimensions by
singular value decomposition, and groups the words by k-means at three grains. Only words and numbers leave this
script, no text. Needs scipy and scikit-learn.

``python derive_clusters.py ARTICLES.jsonl.gz``
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from dateline.findings.places.clues import cluster_key
from dateline.gazetteer.names import TOKEN

GRAINS = (48, 200, 800)
LEAST, NEIGHBOURS, DIMENSIONS = 12, 6000, 80
_PIECE = re.compile(TOKEN.pattern + r'|\n|[.,;:()"“”—–-]')


def pieces(path: Path) -> list[list[str]]:
    """The words and marks of each article."""
    known: dict[str, str] = {}
    read = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            found = []
            for piece in _PIECE.findall(json.loads(line)["text"]):
                if piece not in known:
                    known[piece] = cluster_key(piece) if piece[0].isalnum() else piece
                found.append(known[piece])
            read.append(found)
    return read


def vectors(read: list[list[str]], words: list[str], beside: list[str]) -> Any:
    """A row of unit length for each word."""
    from scipy import sparse
    from scipy.sparse.linalg import svds

    word, near = ({name: n for n, name in enumerate(names)} for names in (words, beside))
    centre, context = (
        np.concatenate(
            [np.array([held.get(piece, -1) for piece in found] + [-1], np.int32) for found in read]
        )
        for held in (word, near)
    )
    parts = []
    for offset in (-1, 1, -2, 2):
        other = np.roll(context, -offset)
        both = (centre >= 0) & (other >= 0)
        ones = np.ones(both.sum(), np.float32)
        parts.append(
            sparse.coo_matrix((ones, (centre[both], other[both])), (len(words), len(beside))).tocsr()
        )
    counts = sparse.hstack(parts).tocoo()
    rows = np.asarray(counts.sum(1)).ravel() + 1e-9
    columns = np.asarray(counts.sum(0)).ravel() + 1e-9
    smooth = columns**0.75 * (counts.sum() / (columns**0.75).sum())
    weight = np.log(counts.data * counts.sum() / (rows[counts.row] * smooth[counts.col]))
    kept = weight > 0
    table = sparse.coo_matrix((weight[kept], (counts.row[kept], counts.col[kept])), counts.shape).tocsr()
    left, size, _ = svds(table, k=DIMENSIONS, random_state=1)
    made = left * np.sqrt(size)
    return made / (np.linalg.norm(made, axis=1, keepdims=True) + 1e-9)


def main() -> None:
    """Write the table beside this script."""
    from sklearn.cluster import MiniBatchKMeans

    read = pieces(Path(sys.argv[1]))
    tally = Counter(piece for found in read for piece in found)
    words = [piece for piece, count in tally.most_common() if count >= LEAST]
    rows = vectors(read, words, [piece for piece, _ in tally.most_common(NEIGHBOURS)])
    grains = [
        MiniBatchKMeans(grain, random_state=1, n_init=3, batch_size=4096, max_iter=60).fit(rows).labels_
        for grain in GRAINS
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["word", "a", "b", "c"])
    writer.writerows(
        sorted(
            (word, *numbers)
            for word, *numbers in zip(words, *grains, strict=True)
            if word.strip("^")[0].isalnum()
        )
    )
    packed = gzip.compress(buffer.getvalue().encode(), 9, mtime=0)
    Path(__file__).with_name("clusters.csv.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
