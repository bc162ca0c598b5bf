"""Terms: the words and word pairs that set some articles apart from others.

Weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words", equations 15,
16 and 22): how much more often a term occurs here than there, in units of its standard error, so that neither the rare
nor the common are favoured. A term counts once an article, which keeps one long text from speaking for all; the prior
is the term's share in all articles together and weighs as much as the smaller of the two sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[Any]

# So much of a text is read: its title and the beginning, where news says what it is about.
READ: Final = 600
_LEAST_Z = 1.96  # one in forty by chance
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*")


def _words(text: str) -> frozenset[str]:
    """The words of a string as a set."""
    return frozenset(text.split())


_COMMON = _words(
    """
    a about above after again against ago all almost along already also although always am among an and another any
    are around as at away back be became because become been before began behind being below between both but by
    called came can cannot come could day days did do does doing done down during each early either else end enough
    even ever every expected far few first five for former four found from further gave get give given go going got
    had half has have having he held her here hers him himself his how however i if in including into is it its
    itself just keep kept known last late later least less like long made make making man many may me might more
    most mr mrs ms much must my near nearly never new next no nor not now of off often old on once one only onto or
    other others our out over own part people per place put rather same say saying says second see seen set several
    she should show shows since six small so some soon still such take taken takes tell ten than that the their them
    themselves then there these they thing this those though three through time times to today together told too
    took toward towards two under until up upon us use used very want wants was way we week weeks well went were
    what when where whether which while who whole whose why will with within without won't would year years yesterday
    yet you your said according added among told reported report monday tuesday wednesday thursday friday saturday
    sunday january february march april june july august september october november december news
    и в во не на но что с со по как это из у за от до к для так был была были было его ее их он она они мы вы о об при
    или же бы если уже ещё также только года году год лет после через который которые ve bir bu da de için ile olarak
    daha çok olan gibi kadar sonra ama en o ki və üçün ilə olan edib olub görə
    """
)


def terms_of(text: str) -> dict[str, str]:
    """The words of three letters and more and the pairs of neighbours in ``text``, small → as it is first written.

    Common words, and pairs across one, are left out.
    """
    found: dict[str, str] = {}
    words = [(m.group().lower(), m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    kept = [w if len(w[0]) > 2 and w[0] not in _COMMON else None for w in words]
    for word in kept:
        if word:
            _note(found, word[0], word[1])
    for one, two in pairwise(kept):
        # "in Baku, Georgia said" is no pair: nothing but a blank may stand between two words.
        if one and two and two[2] - one[3] == 1 and text[one[3]] == " ":
            _note(found, f"{one[0]} {two[0]}", f"{one[1]} {two[1]}")
    return found


def _note(found: dict[str, str], term: str, written: str) -> None:
    # A word that is anywhere written small is no name.
    if written == term or term not in found:
        found[term] = written


class Wording:
    """The terms of some articles: ``keys`` (the articles' numbers) with their texts."""

    def __init__(self, keys: Sequence[int] | Numbers, texts: Iterable[str]) -> None:
        self.keys = np.asarray(keys, dtype=np.int64)
        self.written: dict[str, str] = {}
        number: dict[str, int] = {}
        ids: list[int] = []
        owners: list[int] = []
        for owner, text in enumerate(texts):
            for term, written in terms_of(text).items():
                ids.append(number.setdefault(term, len(number)))
                owners.append(owner)
                if written == term or term not in self.written:
                    self.written[term] = written
        self.terms = list(number)
        self._ids = np.array(ids, dtype=np.int64)
        self._owners = np.array(owners, dtype=np.int64)

    def counts(self, among: Numbers) -> Numbers:
        """How many of the articles hold each term; ``among`` flags the articles, in the order of ``keys``."""
        counted: Numbers = np.bincount(self._ids[among[self._owners]], minlength=len(self.terms))
        return counted


def log_odds(here: Numbers, there: Numbers) -> Numbers:
    """The z-score of each term: how far its log-odds ``here`` lie above those ``there``; both count articles."""
    here, there = here.astype(np.float64), there.astype(np.float64)
    n, m = here.sum(), there.sum()
    both = here + there
    mass = max(min(n, m), 1.0)
    prior = mass * both / max(both.sum(), 1.0)
    a, b = here + prior, there + prior
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.log(a / (n + mass - a)) - np.log(b / (m + mass - b))
        score: Numbers = apart / np.sqrt(1.0 / a + 1.0 / b)
    return np.nan_to_num(score, nan=0.0, posinf=0.0, neginf=0.0)


COLUMNS: Final = ("term", "articles", "share", "elsewhere", "score")


def apart(wording: Wording, here: Numbers, there: Numbers, *, limit: int = 20) -> pd.DataFrame:
    """The terms that set the articles flagged ``here`` apart from those flagged ``there``, the most telling first.

    Columns: term, articles (of those here), share (0..1 of those here), elsewhere (0..1 of those there), score (z).
    Empty where either side has no article. A word is left out where a pair that holds it says the same.
    """
    size, others = int(here.sum()), int(there.sum())
    if not size or not others:
        return _frame([])
    mine, theirs = wording.counts(here), wording.counts(there)
    scores = log_odds(mine, theirs)
    least = 2 if size < 100 else 3
    candidates = np.flatnonzero((mine >= least) & (scores >= _LEAST_Z))
    order = candidates[np.lexsort((candidates, -scores[candidates]))]
    rows: list[dict[str, Any]] = []
    said: list[tuple[set[str], int]] = []
    for k in order:
        words, count = set(wording.terms[k].split(" ")), int(mine[k])
        if any(
            (words <= other or other <= words) and 2 * min(count, n) >= max(count, n) for other, n in said
        ):
            continue
        said.append((words, count))
        rows.append(
            {
                "term": wording.written[wording.terms[k]],
                "articles": count,
                "share": count / size,
                "elsewhere": int(theirs[k]) / others,
                "score": float(scores[k]),
            }
        )
        if len(rows) == limit:
            break
    return _frame(rows)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"articles": "int64", "share": "float64", "elsewhere": "float64", "score": "float64"}
    )
