"""``python -m tests.bench.finding_peers TOOL``: one peer in a process of its own, asked and answering in lines of JSON.

A first line says that the tool has loaded, or what it lacks. Asked ``{"rows": […]}`` it reads the rows once and answers
with ``found``, an answer a row, and the ``seconds`` of processor time. Standard library only until a tool is named:
this runs in the peers' environment, which has nothing of Dateline.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

Row = dict[str, Any]
Read = Callable[[list[Row]], list[Any]]
FOLDS = 5


def dateparser() -> Read:
    """dateparser.search: English, sentence by sentence (a whole article takes it minutes), relative to the day of
    writing; a value is the day it gives.
    """
    from dateparser.search import search_dates

    def one(row: Row) -> list[tuple[int, int, str]]:
        settings: dict[str, Any] = {"RETURN_AS_TIMEZONE_AWARE": False}
        if row.get("dct"):
            settings["RELATIVE_BASE"] = datetime.fromisoformat(row["dct"][:10])
        spans = []
        for start, end in row["sentences"]:
            at = start
            for words, day in search_dates(row["text"][start:end], languages=["en"], settings=settings) or ():
                found = row["text"].find(words, at, end)
                if found >= 0:
                    at = found + len(words)
                    spans.append((found, at, day.date().isoformat()))
        return spans

    return lambda rows: [one(row) for row in rows]


def timexy() -> Read:
    """timexy in a blank English pipeline of spaCy; its values are written out to the second."""
    import spacy
    import timexy as package  # noqa: F401 - registers its pipe

    reader = spacy.blank("en")
    reader.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    value = re.compile(r'value="([^"]*?)(?:T00:00:00)?"')

    def one(row: Row) -> list[tuple[int, int, str]]:
        found = []
        for entity in reader(row["text"]).ents:
            told = value.search(entity.kb_id_)
            # Of the kinds that are scored: a duration is no date.
            if told and 'type="DATE"' in entity.kb_id_:
                found.append((entity.start_char, entity.end_char, told[1]))
        return found

    return lambda rows: [one(row) for row in rows]


def logistic() -> Read:
    """TF-IDF of words and pairs and logistic regression, the label of each row told by a model that saw the others:
    five folds over all rows together. Only the telling is timed, by the rows' own clock.
    """
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold
    from sklearn.pipeline import make_pipeline

    def read(rows: list[Row]) -> list[Any]:
        texts = np.array([f"{row['title']}\n{row['text']}" for row in rows], dtype=object)
        labels = np.array([row["medtop_ok"][0] for row in rows])
        told: list[Any] = [None] * len(rows)
        for learnt, asked in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(texts, labels):
            model = make_pipeline(
                TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
                LogisticRegression(C=20, max_iter=300),
            )
            model.fit(texts[learnt], labels[learnt])
            began = time.process_time()
            answers = model.predict(texts[asked])
            TELLING.append(time.process_time() - began)
            for n, answer in zip(asked.tolist(), answers.tolist(), strict=True):
                told[n] = answer
        return told

    return read


# Seconds of a tool that times itself; else the whole call counts.
TELLING: list[float] = []


def linkage() -> Read:
    """TF-IDF and average linkage, cut at each of many thresholds: the answer is a list of (threshold, labels)."""
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    def read(rows: list[Row]) -> list[Any]:
        table = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=1).fit_transform(
            f"{row['title']}\n{row['text']}" for row in rows
        )
        apart = np.clip(1 - (table @ table.T).toarray(), 0, None)
        answers = []
        for threshold in np.arange(0.6, 0.96, 0.01).round(2).tolist():
            grouping = AgglomerativeClustering(
                n_clusters=None, distance_threshold=threshold, metric="precomputed", linkage="average"
            )
            answers.append((threshold, grouping.fit_predict(apart).tolist()))
        return answers

    return read


TOOLS: dict[str, Callable[[], Read]] = {
    "dateparser": dateparser,
    "timexy": timexy,
    "logistic": logistic,
    "linkage": linkage,
}


def main() -> int:
    # What libraries print goes where it does no harm to the lines of JSON.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    try:
        read = TOOLS[sys.argv[1]]()
    except ImportError as error:
        print(json.dumps({"missing": f"{error}"}), file=answers, flush=True)
        return 1
    print(json.dumps({"loaded": True}), file=answers, flush=True)
    for line in sys.stdin:
        TELLING.clear()
        began = time.process_time()
        found = read(json.loads(line)["rows"])
        seconds = sum(TELLING) or time.process_time() - began
        print(json.dumps({"found": found, "seconds": seconds}), file=answers, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
