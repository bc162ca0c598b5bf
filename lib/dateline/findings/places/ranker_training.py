"""Train the ranker: ``python -m dateline.findings.places.ranker_training --gold DIR [--out FILE] [--ablation]``.

DIR holds the gold files ``*.jsonl`` (see ``dateline.evaluation.places`` for a row). Each document trains with its gold
spans and with the spans the recogniser finds; texts put together from the gazetteer join them. Needs lightgbm, which
the run time does not. The same tables, gold and seed give the same weights.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import numpy as np

from dateline import shipped
from dateline.findings import sentences
from dateline.findings.places import ranker as ranking
from dateline.findings.places import recognise
from dateline.findings.places.ranker import COLUMNS, Ranker, Sheet
from dateline.findings.places.ranker_texts import Text, part, texts, wires
from dateline.findings.places.recognise import Tokens, Toponym, tokenise
from dateline.findings.places.trees import Forest
from dateline.gazetteer import Gazetteer, Place, load
from dateline.gazetteer.distance import kilometres
from dateline.gazetteer.names import key_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SEED = 7
DEPTH = 5
NEAR_KM = 161.0
# A candidate within 161 km that is not the gold's own place counts this much of it.
NEARLY = 0.3
FOLDS = 5
RANKED: dict[str, Any] = {
    "num_leaves": 24,
    "max_depth": DEPTH,
    "learning_rate": 0.08,
    "min_data_in_leaf": 40,
    "lambda_l2": 5.0,
    "min_sum_hessian_in_leaf": 1.0,
    "feature_fraction": 0.5,
    "max_bin": 63,
}
ROUNDS = 140
TRUSTED: dict[str, Any] = {
    **RANKED,
    "num_leaves": 8,
    "max_depth": 3,
    "learning_rate": 0.06,
    "objective": "binary",
    "lambda_l2": 20.0,
}
TRUSTED_ROUNDS = 70
# How much the texts put together from the gazetteer weigh beside the news, and how many there are.
TEXTS, WIRES, TEXT_WEIGHT, WIRE_WEIGHT = 900, 1600, 0.1, 1.0


@dataclass(slots=True)
class Example:
    """A document as one way of spans sees it: its rows, and how right each row is.

    ``grade`` is 1 for the gold's own place, less for another nearby; ``right`` counts the uses a row is right for,
    ``uses`` those with gold of each unit; ``missed`` the gold toponyms with coordinates that no span has. ``spans`` is
    ``gold`` or ``found``; ``about`` marks units of the name an encyclopedic text is about.
    """

    corpus: str
    document: str
    spans: str
    page: Sheet | None
    grade: Floats
    right: Floats
    uses: Floats
    missed: int
    weight: float = 1.0
    about: NDArray[np.bool_] | None = None


MADE_UP = ("texts", "wires")
Gold = dict[str, Any]


def is_right(gold: Gold, place: Place) -> bool:
    """Whether ``place`` is the gold's, or within 161 km of it."""
    if gold.get("geonameid") and gold["geonameid"] == place.geonameid:
        return True
    if _km(gold, place) <= NEAR_KM:
        return True
    page = unquote(str(gold.get("page") or "")).rsplit("/", 1)[-1].replace("_", " ")
    return bool(page) and page == place.name and place.precision in (4, 5)


def _km(gold: Gold, place: Place) -> float:
    if place.lat is None or place.lon is None:
        return math.inf
    return kilometres(gold["lat"], gold["lon"], place.lat, place.lon)


def gold_spans(tokens: Tokens, golds: Sequence[Gold], gazetteer: Gazetteer) -> list[tuple[Toponym, Gold]]:
    """The gold toponyms that the gazetteer has a candidate for, as the recogniser would hand them on."""
    pairs: list[tuple[Toponym, Gold]] = []
    for gold in sorted(golds, key=lambda g: int(g["start"])):
        first = bisect_left(tokens.ends, gold["start"] + 1)
        if first >= len(tokens) or tokens.starts[first] >= gold["end"]:
            continue
        last = max(first, min(bisect_left(tokens.ends, gold["end"]), len(tokens) - 1))
        key = key_of(tokens.text[gold["start"] : gold["end"]])
        candidates = gazetteer.candidates(key) or gazetteer.candidates(key.removeprefix("the "))
        if candidates:
            toponym = recognise._toponym(tokens, first, last, key, candidates, False)
            toponym.start, toponym.end = gold["start"], gold["end"]
            pairs.append((toponym, gold))
    found = [toponym for toponym, _ in pairs]
    recognise._mark_datelines(tokens, found)
    for toponym in found:
        recognise._describe(tokens, toponym)
    recognise._share_sorts(tokens, found)
    return pairs


def example(
    corpus: str,
    document: str,
    spans: str,
    tokens: Tokens,
    pairs: Sequence[tuple[Toponym, Gold | None]],
    missed: int,
    home: str | None = None,
) -> Example:
    """A document's rows and grades; ``pairs`` are toponyms with their gold, None where they have none."""
    pairs = [pair for pair in pairs if pair[0].candidates]
    found = [toponym for toponym, _ in pairs]
    none = np.zeros(0)
    if not found:
        return Example(corpus, document, spans, None, none, none, none, missed)
    page = ranking.sheet(found, ranking.wording(tokens, found), home)
    grade, right, uses, about = [], [], [], []
    for unit in page.units:
        golds = [g for g in (pairs[i][1] for i in unit.members) if g is not None and g.get("lat") is not None]
        graded = np.zeros(len(unit.candidates))
        counted = np.zeros(len(unit.candidates))
        for gold in golds:
            good, own = _graded(gold, [c.place for c in unit.candidates])
            graded += np.maximum(own, NEARLY * good)
            counted += good
        grade.append(graded / max(1, len(golds)))
        right.append(counted)
        uses.append(len(golds))
        about.append(any(g.get("about") for g in golds))
    return Example(
        corpus,
        document,
        spans,
        page,
        np.concatenate(grade),
        np.concatenate(right),
        np.array(uses, dtype=np.float64),
        missed,
        about=np.array(about),
    )


def _graded(gold: Gold, places: Sequence[Place]) -> tuple[Floats, Floats]:
    """Which of ``places`` are right, and which are the gold's own: by id, else the nearest."""
    good = np.array([is_right(gold, place) for place in places], dtype=np.float64)
    number = gold.get("geonameid")
    if number and any(place.geonameid == number for place in places):
        return good, np.array([float(place.geonameid == number) for place in places])
    if number or not good.any():
        return good, np.zeros(len(places))
    far = np.array([_km(gold, place) if good[i] else math.inf for i, place in enumerate(places)])
    far = np.where(np.isinf(far) & (good > 0), 0.0, far)
    return good, (far <= far.min() + 5.0).astype(np.float64)


def news(folder: Path, gazetteer: Gazetteer) -> list[Example]:
    """The gold files' documents, with gold spans and with found spans."""
    made: list[Example] = []
    for path in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        corpus = path.name.partition(".")[0]
        for row in rows:
            placed = [t for t in row["toponyms"] if t.get("lat") is not None]
            tokens = tokenise(row["text"], sentences.split(row["text"]))
            pairs = gold_spans(tokens, row["toponyms"], gazetteer)
            missed = len(placed) - sum(g.get("lat") is not None for _, g in pairs)
            made.append(example(corpus, row["id"], "gold", tokens, pairs, missed))
            found = _found(tokens, row["toponyms"], gazetteer)
            missed = len(placed) - sum(g is not None and g.get("lat") is not None for _, g in found)
            made.append(example(corpus, row["id"], "found", tokens, found, missed))
    return made


def _found(tokens: Tokens, golds: Iterable[Gold], gazetteer: Gazetteer) -> list[tuple[Toponym, Gold | None]]:
    by_span = {(t["start"], t["end"]): t for t in golds}
    return [(t, by_span.get((t.start, t.end))) for t in recognise.toponyms(tokens, gazetteer)]


def encyclopedic(gazetteer: Gazetteer, count: int, *, held_out: bool) -> list[Example]:
    """Texts about one of several places of a name, with gold and found spans by turns."""
    return _examples(gazetteer, "texts", texts(gazetteer, count, held_out=held_out, seed=SEED), TEXT_WEIGHT)


def short_wires(gazetteer: Gazetteer, count: int, *, held_out: bool) -> list[Example]:
    """Short wire reports of well-known places."""
    return _examples(gazetteer, "wires", wires(gazetteer, count, held_out=held_out, seed=SEED), WIRE_WEIGHT)


def _examples(gazetteer: Gazetteer, corpus: str, made_up: Sequence[Text], weight: float) -> list[Example]:
    made: list[Example] = []
    for number, text in enumerate(made_up):
        golds: list[Gold] = [
            {
                "start": start,
                "end": end,
                "lat": place.lat,
                "lon": place.lon,
                "geonameid": place.geonameid,
                "about": place is text.about,
            }
            for start, end, place in text.names
        ]
        tokens = tokenise(text.text, sentences.split(text.text))
        spans = "gold" if number % 2 else "found"
        pairs: Sequence[tuple[Toponym, Gold | None]] = (
            gold_spans(tokens, golds, gazetteer) if number % 2 else _found(tokens, golds, gazetteer)
        )
        made.append(example(corpus, f"{corpus} {number}", spans, tokens, pairs, 0, text.home))
        made[-1].weight = weight
    return made


@dataclass(frozen=True, slots=True)
class Setting:
    """What is trained on: names of columns left out, stages, and the learner: ``trees`` or ``logistic``."""

    without: tuple[str, ...] = ()
    stages: int = 2
    learner: str = "trees"
    rounds: int = ROUNDS


def _columns(without: Sequence[str]) -> list[int]:
    """The numbers of the columns whose names do not begin with one of ``without``."""
    return [i for i, name in enumerate(COLUMNS) if not name.startswith(tuple(without) or ("\0",))]


def _training_rows(
    examples: Sequence[Example], rows: Sequence[Floats | None]
) -> tuple[Floats, Floats, NDArray[np.intp], Floats, Floats]:
    """Rows, grades, units' first rows, weights and starting scores, of the units with a choice and a right answer."""
    taken, grades, sizes, weights, offsets = [], [], [], [], []
    for case, table in zip(examples, rows, strict=True):
        if case.page is None or table is None:
            continue
        for number, start in enumerate(case.page.starts):
            end = start + len(case.page.units[number].candidates)
            if end - start > 1 and case.grade[start:end].any():
                taken.append(table[start:end])
                grades.append(case.grade[start:end])
                sizes.append(end - start)
                offsets.append(ranking.stated(case.page)[start:end])
                weights.append(case.weight * math.sqrt(case.uses[number]))
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.intp)
    weight = np.repeat(weights, sizes)
    return np.vstack(taken), np.concatenate(grades), starts, weight, np.concatenate(offsets)


def fit_ranking(examples: Sequence[Example], rows: Sequence[Floats | None], setting: Setting) -> Any:
    """A model of ``rows`` whose scores' softmax gives the right candidates their share: a lightgbm booster."""
    table, grade, starts, weight, offset = _training_rows(examples, rows)
    columns = _columns(setting.without)
    sizes = np.diff(np.append(starts, len(grade)))
    unit = np.repeat(np.arange(len(starts)), sizes)

    def slope(scores: Floats, _: Any) -> tuple[Floats, Floats]:
        share = ranking.shares(scores + offset, starts, unit)
        aim = grade * share
        aim /= np.add.reduceat(aim, starts)[unit]
        return (share - aim) * weight, np.maximum(share * (1 - share), 1e-4) * weight

    if setting.learner == "logistic":
        return _fit_linear(table[:, columns], slope), columns
    lightgbm = importlib.import_module("lightgbm")
    settled = {"num_threads": 1, "verbose": -1, "seed": SEED, "deterministic": True, "force_row_wise": True}
    booster = lightgbm.train(
        {**RANKED, **settled, "objective": slope},
        lightgbm.Dataset(table[:, columns], label=grade > 0),
        num_boost_round=setting.rounds,
    )
    return booster, columns


def _fit_linear(table: Floats, slope: Callable[[Floats, Any], tuple[Floats, Floats]]) -> Any:
    """Conditional logistic regression by gradient descent on standardised columns, for comparison."""
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    scaled = (table - mean) / spread
    weight = np.zeros(table.shape[1])
    speed = np.zeros_like(weight)
    for _ in range(600):
        step = scaled.T @ slope(scaled @ weight, None)[0] / len(table) + 1e-4 * weight
        speed = 0.9 * speed - 0.5 * step
        weight = weight + speed

    class Linear:
        def predict(self, rows: Floats, **_: Any) -> Floats:
            scores: Floats = (rows - mean) / spread @ weight
            return scores

    return Linear()


def _apply(model: Any, examples: Sequence[Example], rows: Sequence[Floats | None]) -> list[Floats | None]:
    """Each example's shares by a model that ``fit_ranking`` made."""
    booster, columns = model
    given = [table for table in rows if table is not None]
    scores = booster.predict(np.vstack(given)[:, columns], num_threads=1) if given else np.zeros(0)
    made: list[Floats | None] = []
    at = 0
    for case, table in zip(examples, rows, strict=True):
        if case.page is None or table is None:
            made.append(None)
            continue
        own = scores[at : at + len(table)] + ranking.stated(case.page)
        made.append(ranking.shares(own, case.page.starts, case.page.unit))
        at += len(table)
    return made


def _rows(examples: Sequence[Example], shares: Sequence[Floats | None]) -> list[Floats | None]:
    return [
        None
        if case.page is None or share is None
        else ranking.rows_of(case.page, ranking.ties(case.page), share)
        for case, share in zip(examples, shares, strict=True)
    ]


def _guesses(examples: Sequence[Example]) -> list[Floats | None]:
    return [None if case.page is None else case.page.weight for case in examples]


def fold_of(document: str, folds: int, salt: str = "") -> int:
    """The fold of a document: the same for all its ways of spans."""
    return int(part(f"{salt}{document}") * folds)


def _out_of_fold(
    examples: Sequence[Example], rows: Sequence[Floats | None], setting: Setting
) -> list[Floats | None]:
    """Each example's shares by a model that has not seen its document."""
    fold = [fold_of(case.document, FOLDS, "inner ") for case in examples]
    made: list[Floats | None] = [None] * len(examples)
    for number in range(FOLDS):
        train = [i for i, f in enumerate(fold) if f != number]
        test = [i for i, f in enumerate(fold) if f == number]
        model = fit_ranking([examples[i] for i in train], [rows[i] for i in train], setting)
        shares = _apply(model, [examples[i] for i in test], [rows[i] for i in test])
        for i, share in zip(test, shares, strict=True):
            made[i] = share
    return made


@dataclass(frozen=True, slots=True)
class Trained:
    """The models of each stage, and that of the confidence where one was asked for."""

    stages: list[Any]
    trusted: Any = None

    def shares(self, examples: Sequence[Example]) -> tuple[list[Floats | None], list[Floats | None]]:
        """The rows the last stage saw, and its shares."""
        shares = _guesses(examples)
        rows: list[Floats | None] = []
        for model in self.stages:
            rows = _rows(examples, shares)
            shares = _apply(model, examples, rows)
        return rows, shares


def learn(examples: Sequence[Example], setting: Setting, *, confidence: bool = False) -> Trained:
    """All stages; a later one learns from what the one before says of documents it has not seen."""
    shares = _guesses(examples)
    rows: list[Floats | None] = []
    stages = []
    for stage in range(setting.stages):
        rows = _rows(examples, shares)
        stages.append(fit_ranking(examples, rows, setting))
        if confidence or stage + 1 < setting.stages:
            shares = _out_of_fold(examples, rows, setting)
    return Trained(stages, fit_confidence(examples, rows, shares) if confidence else None)


def _sure_lines(
    examples: Sequence[Example], rows: Sequence[Floats | None], shares: Sequence[Floats | None]
) -> tuple[Floats, Floats, Floats]:
    """A line of SURENESS for each unit of the news and the wires, the share of its uses that are right, and
    how many these are."""
    lines, rights, uses = [], [], []
    for case, table, share in zip(examples, rows, shares, strict=True):
        if case.page is None or table is None or share is None or case.corpus == MADE_UP[0]:
            continue
        top, line = ranking.sureness(case.page, table, share)
        known = case.uses > 0
        lines.append(line[known])
        rights.append((case.right[top] / np.maximum(case.uses, 1))[known])
        uses.append(case.uses[known])
    return np.vstack(lines), np.concatenate(rights), np.concatenate(uses)


def fit_confidence(
    examples: Sequence[Example], rows: Sequence[Floats | None], shares: Sequence[Floats | None]
) -> Any:
    """A model of how likely a unit's best row is right, from shares of documents not seen: a lightgbm booster."""
    lightgbm = importlib.import_module("lightgbm")
    lines, right, uses = _sure_lines(examples, rows, shares)
    settled = {"num_threads": 1, "verbose": -1, "seed": SEED, "deterministic": True, "force_row_wise": True}
    # A unit counts for its right uses and for its wrong ones.
    table = np.vstack((lines, lines))
    label = np.concatenate((np.ones(len(lines)), np.zeros(len(lines))))
    weight = np.concatenate((right * uses, (1 - right) * uses))
    kept = weight > 0
    return lightgbm.train(
        {**TRUSTED, **settled},
        lightgbm.Dataset(table[kept], label=label[kept], weight=np.sqrt(weight[kept])),
        num_boost_round=TRUSTED_ROUNDS,
    )


def padded(booster: Any, depth: int, columns: Sequence[int], offset: float = 0.0) -> Forest:
    """A booster's trees as full ones of one depth; its column numbers led back through ``columns``."""
    trees = booster.dump_model()["tree_info"]
    nodes = 2**depth - 1
    column = np.zeros((len(trees), nodes), dtype=np.intp)
    threshold = np.full((len(trees), nodes), np.inf)
    leaf = np.zeros((len(trees), nodes + 1))

    def fill(number: int, node: dict[str, Any], at: int, level: int) -> None:
        if "leaf_value" in node or "split_index" not in node:
            spread = 2 ** (depth - level)
            first = (at + 1) * spread - 1 - nodes
            leaf[number, first : first + spread] = node.get("leaf_value", 0.0)
            return
        assert node["decision_type"] == "<=" and level < depth
        column[number, at] = columns[node["split_feature"]]
        threshold[number, at] = node["threshold"]
        fill(number, node["left_child"], 2 * at + 1, level + 1)
        fill(number, node["right_child"], 2 * at + 2, level + 1)

    for number, tree in enumerate(trees):
        fill(number, tree["tree_structure"], 0, 0)
    leaf[0] += offset
    return Forest(column, threshold, leaf, depth)


def compiled(trained: Trained) -> Ranker:
    """The trained boosters as the run time reads them."""
    first, second = (padded(booster, DEPTH, columns) for booster, columns in trained.stages)
    trusted = padded(trained.trusted, TRUSTED["max_depth"], range(len(ranking.SURENESS)))
    return Ranker(first, second, trusted)


def accuracy(examples: Sequence[Example], shares: Sequence[Floats | None]) -> dict[tuple[str, str], float]:
    """(corpus, spans) → share of all gold toponyms with coordinates whose best candidate is right."""
    right: Counter[tuple[str, str]] = Counter()
    whole: Counter[tuple[str, str]] = Counter()
    for case, share in zip(examples, shares, strict=True):
        name = (case.corpus, case.spans)
        whole[name] += case.missed + int(case.uses.sum())
        if case.page is None or share is None:
            continue
        for number, start in enumerate(case.page.starts):
            end = start + len(case.page.units[number].candidates)
            right[name] += int(case.right[start + int(np.argmax(share[start:end]))])
    return {name: right[name] / count for name, count in whole.items() if count}


def about_right(examples: Sequence[Example], shares: Sequence[Floats | None]) -> float:
    """Of the uses of the names that encyclopedic texts are about, the share placed right."""
    right = whole = 0.0
    for case, share in zip(examples, shares, strict=True):
        if case.page is None or share is None or case.about is None:
            continue
        for number in np.flatnonzero(case.about):
            start = case.page.starts[number]
            end = start + len(case.page.units[number].candidates)
            right += case.right[start + int(np.argmax(share[start:end]))]
            whole += case.uses[number]
    return right / whole if whole else 0.0


@dataclass(slots=True)
class Validated:
    """Shares of documents not seen, and confidences: of the lines of ``_sure_lines``, with rights and uses."""

    shares: list[Floats | None]
    confidence: Floats
    right: Floats
    uses: Floats


def cross_validated(
    examples: Sequence[Example],
    always: Sequence[Example],
    setting: Setting,
    fold: Sequence[int],
    *,
    confidence: bool = False,
) -> Validated:
    """``examples`` by folds, each by models trained on the others' documents and on ``always``."""
    made: list[Floats | None] = [None] * len(examples)
    told: list[tuple[Floats, Floats, Floats]] = []
    for number in sorted(set(fold)):
        train = [case for case, f in zip(examples, fold, strict=True) if f != number]
        test = [i for i, f in enumerate(fold) if f == number]
        trained = learn([*train, *always], setting, confidence=confidence)
        cases = [examples[i] for i in test]
        rows, shares = trained.shares(cases)
        for i, share in zip(test, shares, strict=True):
            made[i] = share
        if confidence:
            chosen = [i for i, case in enumerate(cases) if case.spans == "found"]
            lines, right, uses = _sure_lines(
                [cases[i] for i in chosen], [rows[i] for i in chosen], [shares[i] for i in chosen]
            )
            told.append((trained.trusted.predict(lines, num_threads=1), right, uses))
    joined = [np.concatenate(parts) for parts in zip(*told, strict=True)] if told else [np.zeros(0)] * 3
    return Validated(made, *joined)


def calibration(told: Validated) -> tuple[float, list[tuple[float, float, int]]]:
    """Expected calibration error, and for ten bins of confidence: mean confidence, share right, uses."""
    bins = np.minimum((told.confidence * 10).astype(int), 9)
    table = []
    error = 0.0
    for number in range(10):
        inside = bins == number
        uses = told.uses[inside]
        if not uses.sum():
            continue
        sure = float((told.confidence[inside] * uses).sum() / uses.sum())
        right = float((told.right[inside] * uses).sum() / uses.sum())
        table.append((sure, right, int(uses.sum())))
        error += abs(sure - right) * uses.sum() / told.uses.sum()
    return float(error), table


GROUPS: dict[str, tuple[str, ...]] = {
    "size, fame, capital": ("population", "fame", "capital", "prior", "rank"),
    "kind, precision, name match": (
        "settlement",
        "district",
        "division",
        "country",
        "water",
        "other",
        "precision",
        "match",
        "own_name",
        "seat",
    ),
    "the words beside": ("beside", "shared", "holds", "peers", "in_town"),
    "sort words": ("sort", "county"),
    "countries of the others": ("country_",),
    "divisions of the others": ("division_", "joint_division"),
    "distance to the others": ("near_", "joint_near"),
    "unweighed neighbours": ("joint_",),
    "peers by kind": ("alike_",),
    "comparison with rivals": tuple(name for name in COLUMNS if "lead" in name or name.startswith("rival")),
    "the first guess": ("weight",),
}
GROUPS["divisions of the others"] = tuple(
    name
    for name in COLUMNS
    if name.startswith(
        ("division_all", "division_best", "division_b", "division_named", "division_share", "joint_division")
    )
)
GROUPS["countries of the others"] = tuple(name for name in ranking.CONTEXT if name.startswith("country_"))
CORPORA = ("lgl", "geovirus", "trnews", "geowebnews")


def _line(examples: Sequence[Example], shares: Sequence[Floats | None]) -> str:
    scores = accuracy(examples, shares)
    cells = [
        f"{scores.get((corpus, spans), math.nan):.3f}" for spans in ("gold", "found") for corpus in CORPORA
    ]
    return " ".join(cells[:4]) + "  |  " + " ".join(cells[4:])


def _report(
    name: str,
    examples: Sequence[Example],
    always: Sequence[Example],
    test: Sequence[Example],
    setting: Setting,
    folds: int,
) -> None:
    fold = [fold_of(case.document, folds) for case in examples]
    told = cross_validated(examples, always, setting, fold)
    about = about_right(test, learn([*examples, *always], setting).shares(test)[1])
    sys.stdout.write(f"{name:34s} {_line(examples, told.shares)}  |  {about:.3f}\n")
    sys.stdout.flush()


def ablation(
    examples: Sequence[Example], always: Sequence[Example], test: Sequence[Example], folds: int
) -> None:
    """Print what each part is worth."""
    sys.stdout.write(f"{'':34s} gold spans: {' '.join(CORPORA)}  |  found spans, of all gold  |  texts\n")
    guesses = [
        None
        if c.page is None
        else ranking.shares(c.page.fixed[:, COLUMNS.index("population")], c.page.starts, c.page.unit)
        for c in (*examples, *test)
    ]
    line = _line(examples, guesses[: len(examples)])
    sys.stdout.write(
        f"{'population alone':34s} {line}  |  {about_right(test, guesses[len(examples) :]):.3f}\n"
    )
    best = [None if c.page is None else c.right for c in (*examples, *test)]
    line = _line(examples, best[: len(examples)])
    sys.stdout.write(
        f"{'the best candidate there is':34s} {line}  |  {about_right(test, best[len(examples) :]):.3f}\n"
    )
    _report("two stages", examples, always, test, Setting(), folds)
    _report("one stage", examples, always, test, Setting(stages=1), folds)
    _report("three stages", examples, always, test, Setting(stages=3), folds)
    _report("logistic regression, two stages", examples, always, test, Setting(learner="logistic"), folds)
    _report("without the texts", examples, (), test, Setting(), folds)
    for name, columns in GROUPS.items():
        _report(f"without {name}", examples, always, test, Setting(without=columns), folds)


def validate(examples: Sequence[Example], always: Sequence[Example], folds: int) -> None:
    """Print accuracy and calibration by cross-validation, and with each corpus left out."""
    fold = [fold_of(case.document, folds) for case in examples]
    told = cross_validated(examples, always, Setting(), fold, confidence=True)
    sys.stdout.write(f"by documents, {folds} folds          {_line(examples, told.shares)}\n")
    error, table = calibration(told)
    sys.stdout.write(f"expected calibration error {error:.4f}\n")
    for sure, right, uses in table:
        sys.stdout.write(f"  confidence {sure:.3f}  right {right:.3f}  uses {uses}\n")
    for least in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4):
        low = told.confidence < least
        lost, spared = (told.right * told.uses)[low].sum(), ((1 - told.right) * told.uses)[low].sum()
        sys.stdout.write(f"  left open below {least}: right lost {lost:.0f}, wrong spared {spared:.0f}\n")
    names = sorted({case.corpus for case in examples})
    out = cross_validated(examples, always, Setting(), [names.index(case.corpus) for case in examples])
    sys.stdout.write(f"each corpus left out        {_line(examples, out.shares)}\n")


def main(argv: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Train the ranker of candidate places.")
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold files")
    parser.add_argument(
        "--out", type=Path, default=shipped.path("places", ranking.WEIGHTS), help="where the weights go"
    )
    parser.add_argument(
        "--ablation", action="store_true", help="print what each part is worth; train nothing"
    )
    parser.add_argument(
        "--validate", action="store_true", help="print cross-validated figures before training"
    )
    parser.add_argument("--folds", type=int, default=8)
    given = parser.parse_args(argv)
    gazetteer = load()
    examples = news(given.gold, gazetteer)
    if not examples:
        sys.stderr.write(f"no *.jsonl in {given.gold}\n")
        return 2
    always = encyclopedic(gazetteer, TEXTS, held_out=False) + short_wires(gazetteer, WIRES, held_out=False)
    short = short_wires(gazetteer, 200, held_out=True)
    test = encyclopedic(gazetteer, 400, held_out=True)
    if given.ablation:
        ablation(examples, always, test, given.folds)
        return 0
    if given.validate:
        validate(examples, always, given.folds)
    trained = learn([*examples, *always], Setting(), confidence=True)
    for name, cases in (("texts", test), ("wires", short)):
        sys.stdout.write(f"held-out {name} {about_right(cases, trained.shares(cases)[1]):.3f}\n")
    given.out.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed: whoever reads meanwhile sees the old weights or the new ones.
    beside = given.out.with_suffix(".part.npz")
    ranking.write(compiled(trained), beside)
    beside.replace(given.out)
    sys.stdout.write(f"{given.out}: {given.out.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
