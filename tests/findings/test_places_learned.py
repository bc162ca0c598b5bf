"""The learned recogniser: its arithmetic against brute force, and what holds whatever the weights."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.article import Mention
from dateline.findings import places, sentences
from dateline.findings.places import clues, learned, recogniser_training, spans
from dateline.findings.places.recognise import Tokens, tokenise
from dateline.findings.places.tagger import Stretches, Tagger
from dateline.gazetteer import load

TEXTS = [
    "A bus left Ganja for Tbilisi on Monday. Three people were hurt near Marneuli, the police in Georgia said.",
    "SAFI, Morocco — Floods swept through the old town. In Rabat the government met.",
    "Paris Hilton was not in Paris. The Washington Post said nothing about it, nor did Washington.",
    "",
    "no names here, nor any capitals at all",
    "12 34 56",
    "The al-Hasakah road runs on to Deir ez-Zor, and Syrian officials closed it.",
]


def read(text: str) -> list[Mention]:
    return places.find(text, sentences.split(text), gazetteer=load())


def tokens_of(text: str) -> Tokens:
    return tokenise(text, sentences.split(text))


@given(st.lists(st.sampled_from(TEXTS), max_size=6))
@settings(max_examples=25, deadline=None)
def test_texts_read_together_are_read_as_each_alone(texts: list[str]) -> None:
    together = places.find_all(
        [places.Passage(text, sentences.split(text)) for text in texts], gazetteer=load()
    )
    assert together == [read(text) for text in texts]


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_spans_lie_in_the_text_in_order_whatever_it_is(text: str) -> None:
    last = 0
    for mention in read(text):
        assert last <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        last = mention.end


def chain(lengths: list[int], seed: int) -> tuple[Tagger, np.ndarray, Stretches, np.ndarray]:
    rng = np.random.default_rng(seed)
    steps = rng.normal(size=(3, 3)).astype(np.float32)
    tagger = Tagger({}, np.zeros((1, 3), np.float32), [np.zeros((1, 3), np.float32)], steps)
    scores = rng.normal(size=(sum(lengths), 3)).astype(np.float32)
    starts = np.cumsum([0, *lengths[:-1]])
    opens, closes = rng.random(len(lengths)) < 0.5, rng.random(len(lengths)) < 0.5
    return tagger, scores, Stretches(starts, np.array(lengths), opens, closes), steps


@pytest.mark.parametrize(("lengths", "seed"), [([1], 1), ([4], 2), ([2, 5, 1, 3], 3), ([1, 1, 6], 4)])
def test_marginals_are_those_of_all_labellings(lengths: list[int], seed: int) -> None:
    tagger, scores, stretches, steps = chain(lengths, seed)
    got = tagger.marginals(scores, stretches)
    for k, (start, length) in enumerate(zip(stretches.starts, stretches.lengths, strict=True)):
        total, inside = 0.0, np.zeros((length, 3))
        for labels in itertools.product(range(3), repeat=length):
            weight = sum(scores[start + i, label] for i, label in enumerate(labels))
            weight += sum(steps[a, b] for a, b in itertools.pairwise(labels))
            weight += 0.0 if stretches.opens[k] else steps[0, labels[0]]
            weight += 0.0 if stretches.closes[k] else steps[labels[-1], 0]
            share = np.exp(weight)
            total += share
            for i, label in enumerate(labels):
                inside[i, label] += share
        assert got[start : start + length] == pytest.approx((inside / total)[:, 1:], abs=1e-4)


def test_the_likelihoods_slopes_are_right() -> None:
    _, scores, stretches, _ = chain([3, 1, 4, 2], 7)
    rng = np.random.default_rng(0)
    scores, steps, labels = scores.astype(float), rng.normal(size=(3, 3)), rng.integers(0, 3, len(scores))
    order = np.argsort(-stretches.lengths, kind="stable")
    lengths = stretches.lengths[order]
    chains = recogniser_training.Chains(
        stretches.starts[order][:, None] + np.arange(lengths[0]),
        lengths,
        [int((lengths > step).sum()) for step in range(int(lengths[0]))],
        stretches.opens[order],
        stretches.closes[order],
    )

    def value(some: np.ndarray, others: np.ndarray) -> float:
        return recogniser_training.likelihood(some, others, labels, chains)[0]

    _, by_score, by_step = recogniser_training.likelihood(scores, steps, labels, chains)
    for row, label in ((0, 0), (2, 1), (5, 2), (9, 0)):
        moved = np.zeros_like(scores)
        moved[row, label] = 1e-5
        slope = (value(scores + moved, steps) - value(scores - moved, steps)) / 2e-5
        assert by_score[row, label] == pytest.approx(slope, abs=1e-5)
    for one, other in itertools.product(range(3), repeat=2):
        moved = np.zeros((3, 3))
        moved[one, other] = 1e-5
        slope = (value(scores, steps + moved) - value(scores, steps - moved)) / 2e-5
        assert by_step[one, other] == pytest.approx(slope, abs=1e-4)


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 4), st.floats(0, 1)).map(
            lambda t: (t[0], t[0] + t[1], t[2])
        ),
        max_size=20,
    ),
    st.floats(0, 1),
)
def test_chosen_stretches_never_overlap_and_are_likely_enough(
    held: list[tuple[int, int, float]], least: float
) -> None:
    stretches, odds = [(first, last) for first, last, _ in held], [share for _, _, share in held]
    kept = spans.chosen(stretches, odds, least)
    taken = [index for number in kept for index in range(stretches[number][0], stretches[number][1] + 1)]
    assert len(taken) == len(set(taken))
    assert all(odds[number] >= least for number in kept)
    best = max(range(len(held)), key=lambda number: odds[number], default=None)
    if best is not None and odds[best] >= least:
        assert odds[best] in [odds[number] for number in kept]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It rained in Georgetown, Ky. and beyond.", "Ky."),
        ("Nobody came from Pa. that day.", "Pa"),
        ("Georgia's coast flooded.", "Georgia"),
        ("He lives at 12 Main St. in town.", "Main St."),
    ],
)
def test_where_a_name_ends(text: str, name: str) -> None:
    tokens = tokens_of(text)
    words = name.rstrip(".").split()
    last = next(i for i, surface in enumerate(tokens.surfaces) if surface.startswith(words[-1]))
    first = last - len(words) + 1
    end = clues.end_of(tokens, first, last, load())
    assert text[tokens.starts[first] : end] == name


def test_the_rules_sure_verdicts_stand() -> None:
    for text in ("Paris Hilton opened a shop.", "The Washington Post said so.", "He reads the Boston Globe."):
        assert read(text) == []


def test_the_weights_are_small() -> None:
    folder = Path(learned.WEIGHTS).parent
    assert sum(path.stat().st_size for path in folder.glob("*.*z")) < 5_000_000


def test_weights_of_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "recogniser.npz"
    np.savez(path, columns=np.array(["other"]))
    with pytest.raises(ValueError, match="trained on other columns"):
        learned.load(load(), path)


def test_a_line_of_capitals_without_end_is_read_in_one_go() -> None:
    text = "FLOODS IN SAFI AND RABAT " * 4000
    found = read(text)
    assert {m.surface for m in found} <= {"SAFI", "RABAT"}
