"""Derive common_words.csv: how often a word that is also a place's name is written in lower case.

Counts over a collection of news articles (JSON lines with a ``text`` field, gzipped); a word counts as capitalised only
where no sentence starts with it. Only words and counts leave this script, no text.

``python derive_common.py ARTICLES.jsonl.gz``
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

from dateline import gazetteer
from dateline.gazetteer.names import fold

_WORD = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})(?![\w'’-])")
_STARTS = re.compile(r"[.!?:\"“”()\[\]*•]\s*$|\n\s*$|^\s*$")


def counts(path: Path) -> tuple[Counter[str], Counter[str]]:
    """Occurrences in lower case, and capitalised inside a sentence."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            text = json.loads(line)["text"]
            for match in _WORD.finditer(text):
                word = match[1]
                if word.islower():
                    lower[fold(word)] += 1
                elif word[1:].islower() and not _STARTS.search(
                    text[max(0, match.start() - 4) : match.start()]
                ):
                    capital[fold(word)] += 1
    return lower, capital


def main() -> None:
    """Write the table beside this script."""
    lower, capital = counts(Path(sys.argv[1]))
    known = gazetteer.load()
    with Path(__file__).with_name("common_words.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "lower", "capital"])
        for word, count in sorted(lower.items()):
            # A handful of slips in lower case ("moscow") says nothing; nor does a word no place is called.
            if count >= 5 and count * 10 > capital[word] and known.has(word):
                writer.writerow([word, count, capital[word]])


if __name__ == "__main__":
    main()
