"""Stories: which articles tell the same event.

Articles become weighted terms (``words``); those that share rarer ones and were published near each other are
compared (``pairs``), and a learned score says how likely two tell one event (``score``). Near duplicates come first,
then average linkage down to one threshold, the same for all collections (``linkage``). When articles are added, only
they and the stories they touch are grouped anew; names outlive that (``ledger``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from dateline.stories import linkage, pairs, score, words
from dateline.stories.item import Item, age, items_of, items_of_texts, ordinal
from dateline.stories.ledger import Ledger, carried, story_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["THRESHOLD", "Item", "cluster", "group", "group_texts", "story_id"]

THRESHOLD = 0.36


def group(
    articles: pd.DataFrame,
    mentions: pd.DataFrame,
    tolls: pd.DataFrame,
    events: pd.DataFrame,
    before: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every article of ``articles`` with its story, as ``article``, ``story`` and ``former``, in the order given.

    ``articles`` has ``id``, ``title``, ``text`` and ``published_on``; ``mentions`` and ``tolls`` are the tables of
    that name; ``events`` has ``article``, ``first`` and ``last``. ``before`` is an earlier answer: its articles keep
    their stories where no new one touches them. ``former`` names, apart by blanks and oldest first, the stories that
    an article was in before a merge or a split; missing where there was none. The answer does not depend on the order
    of rows.
    """
    known = _ledger(before)
    active = _active(articles, known)
    items = sorted(items_of(articles[active], mentions, tolls, events), key=age)
    return _frame([str(i) for i in articles["id"]], _regrouped(items, known))


def group_texts(articles: pd.DataFrame) -> pd.DataFrame:
    """As ``group``, from ``id``, ``title``, ``text`` and a ``published`` (or ``date``) where there is one."""
    items = sorted(items_of_texts(articles), key=age)
    found = carried(Ledger(), [[items[n].id for n in members] for members in cluster(items)])
    return _frame([str(i) for i in articles["id"]], found)


def cluster(items: Sequence[Item], threshold: float = THRESHOLD) -> list[list[int]]:
    """Indexes of ``items`` (sorted by ``age``) by story, each in order, the stories by their first."""
    return _clustered(items, words.rows_of(items), threshold)


def _clustered(items: Sequence[Item], rows: words.Rows, threshold: float) -> list[list[int]]:
    found = pairs.find(rows, [item.day for item in items])
    return linkage.groups(items, found, score.scores(found, items), threshold)


def _regrouped(items: Sequence[Item], known: Ledger) -> Ledger:
    """The ledger with the new ones among ``items`` in it: they and the stories they touch are grouped anew."""
    import numpy as np

    fresh = np.array([item.id not in known.story for item in items], dtype=np.bool_)
    if not fresh.any():
        return known
    rows = words.rows_of(items)
    if not fresh.all():
        found = pairs.find(rows, [item.day for item in items], fresh)
        # an average that reaches the threshold has a pair that does
        near = score.scores(found, items) >= THRESHOLD
        touched = {
            known.story.get(items[n].id) for n in (*found.left[near].tolist(), *found.right[near].tolist())
        }
        chosen = np.flatnonzero(
            [known.story.get(item.id) in touched or fresh[n] for n, item in enumerate(items)]
        )
        items, rows = [items[n] for n in chosen.tolist()], rows.take(chosen)
    groups = _clustered(items, rows, THRESHOLD)
    return carried(known, [[items[n].id for n in members] for members in groups])


def _active(articles: pd.DataFrame, known: Ledger) -> NDArray[np.bool_]:
    """The new articles, those within their window, and all of a story that has any of these."""
    import numpy as np

    ids = [str(i) for i in articles["id"]]
    fresh = np.array([i not in known.story for i in ids], dtype=np.bool_)
    days = [ordinal(day) for day in articles["published_on"]]
    new = {day for day, is_new in zip(days, fresh.tolist(), strict=True) if is_new}
    if None in new or fresh.all():
        return np.ones(len(ids), dtype=np.bool_)
    reached = np.unique([d for day in new if day for d in range(day - pairs.WINDOW, day + pairs.WINDOW + 1)])
    near = fresh | np.isin(np.array([-1 if day is None else day for day in days]), reached)
    near |= np.array([day is None for day in days], dtype=np.bool_)
    stories = {known.story.get(i) for i, is_near in zip(ids, near.tolist(), strict=True) if is_near} - {None}
    return near | np.array([known.story.get(i) in stories for i in ids], dtype=np.bool_)


def _ledger(before: pd.DataFrame | None) -> Ledger:
    if before is None or before.empty:
        return Ledger()
    articles = [str(a) for a in before["article"]]
    former: list[Any] = list(before["former"]) if "former" in before else [None] * len(articles)
    return Ledger(
        dict(zip(articles, (str(s) for s in before["story"]), strict=True)),
        {a: tuple(str(f).split()) for a, f in zip(articles, former, strict=True) if not pd.isna(f)},
    )


def _frame(articles: Sequence[str], ledger: Ledger) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article": articles,
            "story": [ledger.story[a] for a in articles],
            "former": [" ".join(ledger.former[a]) if a in ledger.former else None for a in articles],
        },
        dtype="str",
    )
