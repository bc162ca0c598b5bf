"""Places in Russian, Azerbaijani and Turkish texts: floors over labelled sentences, traps, and what holds for any text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.article import ROLES, Mention
from dateline.findings import places, sentences
from dateline.findings.places import cases
from dateline.gazetteer import load
from dateline.gazetteer.names import fold

SENTENCES = Path(__file__).parent / "inflected"
LANGUAGES = ("ru", "az", "tr")


def find(text: str, language: str) -> list[Mention]:
    return places.find(text, sentences.split(text), gazetteer=load(), language=language)


def labelled(language: str, half: str) -> Iterator[dict[str, Any]]:
    for line in (SENTENCES / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["half"] == half:
            yield row


def f1(language: str, half: str) -> tuple[float, float]:
    """F1 of exact spans, and of exact spans with the right place."""
    spans = right = total = 0
    for row in labelled(language, half):
        found = {(m.start, m.end): m.place for m in find(row["text"], language)}
        total += len(found) + len(row["places"])
        for place in row["places"]:
            span = (place["start"], place["end"])
            spans += span in found
            right += span in found and found[span] in (place["place"], *place.get("also", ()))
    return 2 * spans / total, 2 * right / total


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_agree_with_their_sentences(language: str) -> None:
    gazetteer = load()
    for half in ("dev", "test"):
        for row in labelled(language, half):
            for place in row["places"]:
                assert row["text"][place["start"] : place["end"]] == place["surface"]
                assert place["role"] in ROLES
                assert place["place"] is None or gazetteer.place(place["place"]) is not None
    empty = sum(not row["places"] for row in labelled(language, "dev"))
    assert empty >= 18
