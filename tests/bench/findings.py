"""Dates, tolls, topics and stories beside other tools: the same texts, one run, accuracy and speed.

``python -m tests.bench.findings [--gold DIR] [--articles FILE.jsonl.gz] [--limit N] [--peers PYTHON] [--json FILE]``.
Every tool has one core. Peers run in processes and an environment of their own. dateparser's search and timexy find
dates; TF-IDF with logistic regression tells topics; TF-IDF with average linkage groups stories, at the threshold that
suits the gold best. Nothing else that counts tolls was found, so they stand alone. A peer that is not installed is said
to be missing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from dateline import evaluation
from dateline.article import day_of
from dateline.evaluation import dates as scored_dates
from dateline.evaluation.stories import b_cubed
from dateline.evaluation.stories import evaluate as evaluate_stories
from dateline.evaluation.tolls import evaluate as evaluate_tolls
from dateline.evaluation.topics import evaluate as evaluate_topics
from dateline.findings import dates, language, sentences, tolls, topics
from tests.bench import annotating, dates_and_tolls, stories
from tests.bench.figures import Figure, table

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold"
PEERS = ROOT / ".venv-peers" / "bin" / "python"
ALONE = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS")} | {"PYTHONHASHSEED": "0"}
# Articles a second, all four together on one core.
LEAST_TOGETHER = 1_000
PASSES = 3
TOGETHER = 64
Row = dict[str, Any]


class Missing(RuntimeError):
    """A tool that is not installed here; the text says what lacks."""


def ask(python: Path, tool: str, rows: Sequence[Row]) -> tuple[list[Any], float]:
    """What a peer found in each row, and its seconds of processor time. Raises Missing."""
    if not python.exists():
        raise Missing(f"no interpreter at {python}: make bench-findings installs it")
    asked = subprocess.run(
        [str(python), "-m", "tests.bench.finding_peers", tool],
        cwd=ROOT,
        env={**os.environ, **ALONE},
        input=json.dumps({"rows": rows}) + "\n",
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in asked.stdout.splitlines()]
    if not lines or "missing" in lines[0]:
        raise Missing(lines[0]["missing"] if lines else f"it ended with exit code {asked.returncode}")
    if len(lines) < 2:
        raise Missing(f"it ended with exit code {asked.returncode} before it had answered")
    return lines[1]["found"], lines[1]["seconds"]


def best_of(run: Callable[[], object], passes: int = PASSES) -> float:
    """Seconds of processor time of the quickest pass."""
    spent = []
    for _ in range(passes):
        began = time.process_time()
        run()
        spent.append(time.process_time() - began)
    return max(min(spent), 1e-9)


def together(rows: Sequence[Row]) -> Iterator[Figure]:
    """Articles a second of each part, and of all of them one after the other: sentences and language included."""
    split = [sentences.split(row["text"]) for row in rows]
    texts = [(row.get("title") or "", row["text"]) for row in rows]
    days = [day_of(row.get("date") or row.get("published")) for row in rows]

    def read_dates() -> None:
        for row, spans, day in zip(rows, split, days, strict=True):
            dates.find(row["text"], spans, day)

    def read_topics() -> None:
        for n in range(0, len(texts), TOGETHER):
            topics.find_all(texts[n : n + TOGETHER])

    def read_all() -> None:
        for n in range(0, len(rows), TOGETHER):
            for row, day in zip(rows[n : n + TOGETHER], days[n : n + TOGETHER], strict=True):
                text = row["text"]
                spans, spoken = sentences.split(text), language.detect(text)
                dates.find(text, spans, day, spoken)
                tolls.find(text, spans)
            topics.find_all(texts[n : n + TOGETHER])

    parts: dict[str, Callable[[], object]] = {
        "language": lambda: [language.detect(row["text"]) for row in rows],
        "sentences": lambda: [sentences.split(row["text"]) for row in rows],
        "dates": read_dates,
        "tolls": lambda: [tolls.find(r["text"], s) for r, s in zip(rows, split, strict=True)],
        "topics": read_topics,
    }
    for name, run in parts.items():
        yield Figure(name, len(rows) / best_of(run), "articles/s")
    all_four = best_of(read_all)
    yield Figure("all of these together", len(rows) / all_four, f"articles/s (wanted: {LEAST_TOGETHER:,})")
    words = best_of(lambda: [row["text"].split() for row in rows])
    yield Figure("… as many times as splitting at white space", all_four / words, "×")


def of_dates(gold: Path, peers: Path, limit: int | None) -> Iterator[Figure]:
    """Strict, relaxed and value F1, and sentences a second."""
    for path in (gold / "dates" / "timebank.dev.jsonl", gold / "dates" / "aquaint.dev.jsonl"):
        if not path.exists():
            continue
        rows = list(islice(evaluation.read(path), limit))
        read = [(row["text"], sentences.split(row["text"]), day_of(row.get("dct"))) for row in rows]
        count = sum(len(spans) for _, spans, _ in read)
        seconds = best_of(partial(_dates_of, read))
        yield from _of_spans(f"{path.stem[:8]} Dateline", scored_dates.evaluate(rows), count / seconds)
        asked = [{**row, "sentences": spans} for row, (_, spans, _) in zip(rows, read, strict=True)]
        for tool in ("dateparser", "timexy"):
            try:
                found, spent = ask(peers, tool, asked)
            except Missing as problem:
                print(f"{tool} is missing: {problem}")
                continue
            spans = [sorted((a, b, v) for a, b, v in of_row) for of_row in found]
            scores = scored_dates.score(zip(rows, spans, strict=True))
            yield from _of_spans(f"{path.stem[:8]} {tool}", scores, count / spent)


def _dates_of(read: Sequence[tuple[str, list[tuple[int, int]], date | None]]) -> None:
    for text, spans, day in read:
        dates.find(text, spans, day)


def _of_spans(who: str, scores: dict[str, float], speed: float) -> Iterator[Figure]:
    for measure in ("strict_f1", "relaxed_f1", "value_f1"):
        yield Figure(f"{who}, {measure.partition('_')[0]}", scores[measure], "F1")
    yield Figure(f"{who}, speed", speed, "sentences/s")


def of_tolls(gold: Path) -> Iterator[Figure]:
    """Precision and recall on the labelled sentences; there is no peer."""
    path = gold / "tolls" / "sentences.dev.jsonl"
    for file in [path] if path.exists() else sorted((gold / "tolls").glob("sentences*.jsonl")):
        rows = list(evaluation.read(file))
        for name, value in evaluate_tolls(rows).items():
            yield Figure(f"Dateline, {name.replace('_', ' ')}", value, "")


def _spread(rows: list[Row], limit: int | None) -> list[Row]:
    """So many rows from all over a file, which may be sorted by label."""
    return rows[:: max(len(rows) // limit, 1)][:limit] if limit else rows


def of_topics(gold: Path, peers: Path, limit: int | None) -> Iterator[Figure]:
    """How often the first topic is right, and articles a second."""
    sets = {
        p.name.partition(".")[0]: _spread(list(evaluation.read(p)), limit)
        for p in sorted((gold / "topics").glob("*.jsonl"))
    }
    rows = [row for of_set in sets.values() for row in of_set]
    if not rows:
        return
    for name, of_set in sets.items():
        yield Figure(
            f"{name} Dateline (its weights have seen these)", evaluate_topics(of_set)["accuracy"], "right"
        )
    texts = [(row.get("title") or "", row["text"]) for row in rows]
    seconds = best_of(
        lambda: [topics.find_all(texts[n : n + TOGETHER]) for n in range(0, len(texts), TOGETHER)]
    )
    yield Figure("Dateline, speed", len(rows) / seconds, "articles/s")
    try:
        found, spent = ask(peers, "logistic", rows)
    except Missing as problem:
        print(f"TF-IDF and logistic regression are missing: {problem}")
        return
    told = iter(found)
    for name, of_set in sets.items():
        right = [next(told) in row["medtop_ok"] for row in of_set]
        yield Figure(
            f"{name} TF-IDF + logistic regression, cross-validated", sum(right) / len(right), "right"
        )
    yield Figure("TF-IDF + logistic regression, speed", len(rows) / spent, "articles/s")


def of_stories(gold: Path, peers: Path) -> Iterator[Figure]:
    """B³ F1 at one threshold for all sets, and articles a second."""
    sets = {
        p.name.partition(".")[0]: list(evaluation.read(p)) for p in sorted((gold / "stories").glob("*.jsonl"))
    }
    answers: dict[str, list[tuple[float, float]]] = {}
    for name, rows in sets.items():
        began = time.process_time()
        f1 = evaluate_stories(rows)["f1"]
        yield Figure(f"{name} Dateline", f1, "B³ F1")
        yield Figure(f"{name} Dateline, speed", len(rows) / (time.process_time() - began), "articles/s")
        try:
            found, spent = ask(peers, "linkage", rows)
        except Missing as problem:
            print(f"TF-IDF and average linkage are missing: {problem}")
            continue
        right = [str(row["cluster"]) for row in rows]
        answers[name] = [
            (threshold, _f1(*b_cubed(right, list(map(str, labels))))) for threshold, labels in found
        ]
        yield Figure(
            f"{name} TF-IDF + average linkage, speed, a threshold",
            len(found) * len(rows) / spent,
            "articles/s",
        )
    if answers:
        sums = {
            t: sum(dict(of_set)[t] for of_set in answers.values()) for t, _ in next(iter(answers.values()))
        }
        best = max(sums, key=lambda t: sums[t])
        for name, of_set in answers.items():
            yield Figure(
                f"{name} TF-IDF + average linkage, one threshold", dict(of_set)[best], f"B³ F1 at {best}"
            )
            yield Figure(f"{name} … its own threshold", max(f for _, f in of_set), "B³ F1")


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.findings", description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument(
        "--articles", type=Path, help="JSON lines of title, text, date; else the large corpus or the sample"
    )
    parser.add_argument("--limit", type=int, help="so many rows of each gold file of dates and topics")
    parser.add_argument("--peers", type=Path, default=PEERS, metavar="PYTHON")
    parser.add_argument("--sizes", type=int, nargs="*", default=(), help="group so many articles, too (slow)")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = (
        list(islice(evaluation.read(options.articles), 2_000))
        if options.articles
        else list(annotating.corpora(2_000))[-1][1]
    )
    sections: dict[str, list[Figure]] = {}

    def show(title: str, figures: Iterator[Figure]) -> None:
        sections[title] = list(figures)
        print(table(title, sections[title]) + "\n", flush=True)

    show(f"Speed, one core, {len(rows):,} articles", together(rows))
    show("Dates", of_dates(options.gold, options.peers, options.limit))
    show("Tolls: no other tool that counts them was found", of_tolls(options.gold))
    show("Topics", of_topics(options.gold, options.peers, options.limit))
    show("Stories", of_stories(options.gold, options.peers))
    show("Growth", dates_and_tolls.growth())
    if options.sizes and stories.TEXTS.exists():
        show("Stories, large", stories.measure(stories.TEXTS, tuple(options.sizes)))
    if options.json:
        options.json.write_text(
            json.dumps({k: [asdict(f) for f in v] for k, v in sections.items()}, indent=1) + "\n"
        )
    return int(any(f.met is False for of in sections.values() for f in of))


if __name__ == "__main__":
    sys.exit(main())
