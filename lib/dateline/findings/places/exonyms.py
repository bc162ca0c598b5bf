"""What Russian, Azerbaijani and Turkish call places, and their adjectives: the table ``exonyms.csv``.

A name of the table means one place, so it goes before whatever else the gazetteer knows by that name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from dateline.gazetteer import tables
from dateline.gazetteer.names import key_of


@dataclass(frozen=True, slots=True)
class Exonyms:
    """Of one language: folded name → place code, folded adjective or word for people → place code, and how
    many tokens the longest name has that starts with a folded token.
    """

    names: dict[str, str] = field(default_factory=dict)
    adjectives: dict[str, str] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)


@lru_cache(maxsize=8)
def exonyms(language: str) -> Exonyms:
    """The table's rows of a language."""
    read = Exonyms()
    for line in tables.rows("exonyms.csv"):
        if line["language"] != language:
            continue
        for name in tables.split(line["names"]):
            key = key_of(name)
            read.names[key] = line["place"]
            head = key.partition(" ")[0]
            read.heads[head] = max(read.heads.get(head, 0), key.count(" ") + 1)
        for word in (*tables.split(line["adjectives"]), *tables.split(line["people"])):
            read.adjectives[key_of(word)] = line["place"]
    return read
