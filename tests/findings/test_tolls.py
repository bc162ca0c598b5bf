"""Tolls: what is counted, for whom, with which qualifier, and what is no toll."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.article import TOLL_KINDS, Toll
from dateline.findings import sentences, tolls
from dateline.findings.tolls import finder
from tests.findings.toll_sentences import FINAL, HELD, LAST, MORE, TUNED, Row


def found(text: str) -> list[Toll]:
    return tolls.find(text, [(0, len(text))])


def figures(text: str) -> set[tuple[str, int]]:
    return {(t.kind, t.low) for t in found(text) if not t.reference}


FIGURES = [
    ("The blast killed 37 people.", {("killed", 37)}),
    ("Thirty-seven miners were killed in the blast.", {("killed", 37)}),
    ("Two hundred and fifty villagers died when the dam broke.", {("killed", 250)}),
    ("A lorry hit a wall, killing 12 and wounding 30.", {("killed", 12), ("injured", 30)}),
    ("The raid left 17 dead.", {("killed", 17)}),
    ("Floods claimed 37 lives.", {("killed", 37)}),
    ("Eleven sailors lost their lives.", {("killed", 11)}),
    ("Rescuers found the bodies of five climbers.", {("killed", 5)}),
    ("The death toll rose to 37.", {("killed", 37)}),
    ("The number of injured rose to 120 overnight.", {("injured", 120)}),
    ("The crash left nine people dead, bringing the dead to 40.", {("killed", 9), ("killed", 40)}),
    ("None of the 20 passengers survived.", {("killed", 20)}),
    ("Officials raised to 133 the number of people killed at the hall.", {("killed", 133)}),
    ("A dozen hikers were injured.", {("injured", 12)}),
    ("Fourteen people are still missing after the storm.", {("missing", 14)}),
    ("The flood displaced 2,300 people.", {("displaced", 2300)}),
    ("Some 400 families were forced to leave.", {("displaced", 400)}),
    ("Fifty people were taken to hospital.", {("injured", 50)}),
    ("Nobody was hurt.", {("injured", 0)}),
    ("Nobody was killed or hurt, the brigade said.", {("killed", 0), ("injured", 0)}),
    ("There were no reports of casualties.", {("killed", 0), ("injured", 0)}),
    ("A girl was killed by a falling tree.", {("killed", 1)}),
    ("Both men died in the crash.", {("killed", 2)}),
]


@pytest.mark.parametrize(("text", "wanted"), FIGURES)
def test_figures(text: str, wanted: set[tuple[str, int]]) -> None:
    assert figures(text) == wanted


LISTS = [
    ("Gunmen killed three soldiers and a civilian driver.", 4),
    ("A man and his two sons were killed.", 3),
    ("A farmer, his wife and their baby were killed.", 3),
    ("The explosion killed 30 people on the bus and 4 on the street.", 34),
    ("The nine tourists were killed on the slope, along with two guides.", 11),
    ("A family of five was killed in the fire.", 5),
]


@pytest.mark.parametrize(("text", "total"), LISTS)
def test_a_list_is_one_toll(text: str, total: int) -> None:
    assert [(t.kind, t.low, t.high, t.qualifier) for t in found(text)] == [("killed", total, total, "exact")]


QUALIFIERS = [
    ("At least 37 people died.", 37, None, "at least", False),
    ("More than 400 workers were killed.", 400, None, "more than", False),
    ("About 60 people were killed.", 60, 60, "about", False),
    ("Nearly 60 people were killed.", 60, 60, "nearly", False),
    ("Between 12 and 15 people were killed.", 12, 15, "between", False),
    ("Up to 20 people were killed.", 20, 20, "up to", False),
    ("Dozens of passengers were killed.", 24, None, "dozens", True),
    ("Hundreds of people were killed.", 200, None, "hundreds", True),
    ("Several people were killed.", 3, None, "several", True),
    ("Tens of thousands of people were killed.", 20_000, None, "tens of thousands", True),
]


@pytest.mark.parametrize(("text", "low", "high", "qualifier", "vague"), QUALIFIERS)
def test_qualifiers(text: str, low: int, high: int | None, qualifier: str, vague: bool) -> None:
    (toll,) = found(text)
    assert (toll.low, toll.high, toll.qualifier, toll.vague) == (low, high, qualifier, vague)


NONE = [
    "The company lost 37 million dollars.",
    "Investigators are looking for $40 million missing from the accounts.",
    "A gorilla was killed after a child fell into its enclosure.",
    "Thousands of sheep died in the frost.",
    "The striker was injured in the second half and will be missing for three weeks.",
    "The plan is not dead yet, two people close to the talks said.",
    "Hundreds of children were taken from their homes by the occupying army.",
    "The minister killed the proposal on Friday.",
    "The composer died in 1976 at his home.",
    "Fourteen houses were destroyed.",
    "The index dipped to 50, missing expectations of 52.",
    "",
]


@pytest.mark.parametrize("text", NONE)
def test_no_toll(text: str) -> None:
    assert found(text) == []


def test_a_part_is_not_the_total() -> None:
    text = "At least 37 people, including 12 children, were killed and 20 others injured."
    own = tolls.own(found(text))
    assert (own["killed"].low, own["killed"].high, own["killed"].surface) == (37, None, "At least 37 people")
    assert own["injured"].low == 20


def test_the_total_outranks_new_deaths() -> None:
    text = "Two more people died in hospital. That brought the death toll to 17."
    assert tolls.own(tolls.find(text, [(0, 33), (34, len(text))]))["killed"].low == 17


def test_an_older_count_is_a_reference() -> None:
    found_ = found("The death toll rose to 37, up from 21 the night before.")
    assert {(t.low, t.reference) for t in found_} == {(37, False), (21, True)}
    assert tolls.own(found_)["killed"].low == 37


def test_an_older_event_is_a_reference() -> None:
    text = "The quake killed 12 people. A tremor in 1988 killed 25,000 people."
    both = tolls.find(text, [(0, 27), (28, len(text))])
    assert [(t.low, t.reference) for t in both] == [(12, False), (25_000, True)]
    assert tolls.own(both)["killed"].low == 12


@pytest.mark.parametrize(
    "text",
    [
        "It was the worst crash since 1996, when 64 people died.",
        "The war in which 30,000 people died is long over.",
        "Smoking kills 8,000 people each year.",
        "About 250,000 men die of it a year.",
        "The earlier count of 25 dead was wrong.",
        "The museum marks the massacre of 1943, in which 149 villagers died.",
        "Twenty years ago 56 workers were killed here.",
    ],
)
def test_history_and_rates_are_references(text: str) -> None:
    assert [t.reference for t in found(text)] == [True]
    assert tolls.own(found(text)) == {}


def test_a_correction_leaves_the_older_figure_behind() -> None:
    both = found("The death toll, earlier put at 21, stands at 26.")
    assert {(t.low, t.reference) for t in both} == {(21, True), (26, False)}


def test_the_whole_counts_not_the_part_named_first() -> None:
    assert figures("Eight of the 16 people killed were French.") == {("killed", 16)}
    assert figures("Eight of the 16 people died.") == {("killed", 8)}


@pytest.mark.parametrize(
    "text",
    [
        "Don't kill the 12 patients, he joked.",
        "The G7 is dead, he said.",
        "Toll said quarterly profit was 49 cents per share.",
        "The closure stranded thousands of passengers and hurt exporters.",
        "Twelve lobsters were left to die.",
        "Regulators got 29 fatality reports.",
        "There are no victims in this crime.",
        "The storm could kill thousands.",
        "The court sentenced three men to death.",
        "Three players were hurt in training.",
        "Three suspects fled the scene.",
        "Two regulatory bodies oversee the banks.",
        "The two bodies said prices would stay high.",
        "If the couple die, their house goes to the state.",
        "They tried to keep the patient from dying of shock.",
        "Several contractors said their business had been hurt.",
        "One person briefed on the talks described the deal as dead.",
        "Many people treated their savings as lost.",
        "Toyota (7203.T) displaced its rival as the largest maker.",
        "Two of the firm's rigs were evacuated.",
    ],
)
def test_figures_of_speech_and_of_thought(text: str) -> None:
    assert figures(text) == set()


def test_ages_and_hours_are_no_victims() -> None:
    text = "A mother of three, aged 31, died when fire broke out at 17:40 on 5 May."
    assert [(t.kind, t.low) for t in found(text)] == [("killed", 1)]


def test_the_attacker_is_not_the_toll() -> None:
    text = "Police shot and killed the attacker. He had killed four people."
    assert tolls.own(tolls.find(text, [(0, 36), (37, len(text))]))["killed"].low == 4


def test_sentence_and_rule_are_given() -> None:
    text = "It rained. The flood killed two people."
    (toll,) = tolls.find(text, [(0, 10), (11, len(text))])
    assert toll.sentence == (11, len(text))
    assert text[toll.start : toll.end] == "two people"
    assert "object" in toll.rule


_PIECES = st.sampled_from(
    [
        "killed",
        "dead",
        "injured",
        "37",
        "at",
        "least",
        "people",
        ",",
        "and",
        "were",
        "was",
        "the",
        "a",
        "man",
        ".",
        "including",
        "12",
        "children",
        "toll",
        "rose",
        "to",
        "1,5",
        "missing",
        "no",
        "١٢",
        "\u200f",
        "�",
        "$",
        "“",
        "2025",
        "died",
        "hospital",
        "left",
        "of",
        "them",
        "-",
    ]
)


@given(st.lists(_PIECES, max_size=40).map(" ".join))
def test_spans_index_the_text(text: str) -> None:
    for toll in found(text):
        assert 0 <= toll.start < toll.end <= len(text)
        assert text[toll.start : toll.end] == toll.surface
        assert toll.kind in TOLL_KINDS
        assert toll.low >= 0
        assert toll.high is None or toll.high >= toll.low
        assert 0 < toll.confidence <= 1


LONG = [
    ("killed 12 people and ", 4),
    ("37 ", 0),
    ("dead", 0),
    ("a-", 0),
    ("killed ", 0),
    ("قتل 12 شخصا يوم الاثنين ", 0),
    ("\u202bkilled 3 people\u202c ", 2),
]


@pytest.mark.parametrize(("unit", "least"), LONG, ids=[unit.strip()[:8] for unit, _ in LONG])
def test_a_line_without_end_is_read_in_pieces(unit: str, least: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a sentence, none of its pieces is longer than a bound, and together they are the sentence."""
    pieces: list[tuple[int, int]] = []
    read = finder._read

    def noted(text: str, first: int, last: int, span: tuple[int, int]) -> finder.Sentence:
        pieces.append((first, last))
        return read(text, first, last, span)

    monkeypatch.setattr(finder, "_read", noted)
    text = unit * (250_000 // len(unit)) + "killed"
    tolls = found(text)
    assert len(tolls) >= least
    assert max((last - first for first, last in pieces), default=0) <= 4_000
    assert sum(last - first for first, last in pieces) in (0, len(text))


@pytest.mark.parametrize(
    "text", ["", " ", "\ud800 killed 3", "\x00", "٣ killed ٣", "killed ²", "\u200f" * 50, "-", "$"]
)
def test_odd_text_is_no_error(text: str) -> None:
    for toll in found(text):
        assert toll.surface == text[toll.start : toll.end]


def _scores(rows: Sequence[Row]) -> dict[str, float]:
    """Precision and recall a kind over own sentences, and the share of empty rows with a figure."""
    hits: Counter[str] = Counter()
    given: Counter[str] = Counter()
    due: Counter[str] = Counter()
    alarms = 0
    for text, wanted in rows:
        own = {k: t.low for k, t in tolls.own(tolls.find(text, sentences.split(text))).items()}
        hits.update(kind for kind, low in own.items() if wanted.get(kind) == low)
        given.update(own.keys())
        due.update(wanted.keys())
        alarms += not wanted and bool(own)
    scores = {f"{k} precision": hits[k] / given[k] for k in given} | {
        f"{k} recall": hits[k] / due[k] for k in due
    }
    return scores | {"false alarms": alarms / sum(not wanted for _, wanted in rows)}


@pytest.mark.parametrize(
    ("rows", "floors"),
    [
        (TUNED, {"killed precision": 0.97, "killed recall": 0.97, "injured recall": 0.97}),
        (MORE, {"killed precision": 0.95, "killed recall": 0.95, "injured recall": 0.95}),
        (HELD, {"killed precision": 0.96, "killed recall": 0.96, "injured recall": 0.95}),
        (
            LAST,
            {
                "killed precision": 0.96,
                "killed recall": 0.92,
                "injured precision": 0.95,
                "injured recall": 0.88,
            },
        ),
        (
            FINAL,
            {
                "killed precision": 0.96,
                "killed recall": 0.92,
                "injured precision": 0.95,
                "injured recall": 0.88,
            },
        ),
    ],
    ids=["tuned", "more", "held", "last", "final"],
)
def test_own_sentences(rows: Sequence[Row], floors: dict[str, float]) -> None:
    """As they came, before any mending: killed .95 precision, .83 recall, 5 false alarms in 40 (tuned and held);
    .91, .91 and 2 in 30 (more); 1.00, .92 and 2 in 25 (last)."""
    scores = _scores(rows)
    assert {key: scores[key] for key, floor in floors.items() if scores[key] < floor} == {}
    assert scores["false alarms"] <= 0.02


def test_there_are_enough_own_sentences() -> None:
    rows = (*TUNED, *MORE, *HELD, *LAST, *FINAL)
    assert len(rows) >= 240 and sum(not wanted for _, wanted in rows) >= 80
    assert len({text for text, _ in rows}) == len(rows)
