"""Topics: the first concept of short and long texts, scores, and odd input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.findings import topics, topics_training

# Written for this test; none of them is among the ledes that the weights are trained on.
FIRST = [
    (
        "01",
        "Soprano cancels concerts",
        "The singer will miss the opera season after an operation, her agent said.",
    ),
    (
        "01",
        "Exhibition of medieval paintings opens",
        "The museum shows forty altarpieces, many for the first time.",
    ),
    (
        "02",
        "Accountant sentenced for embezzlement",
        "A judge jailed the man for six years for stealing from a charity.",
    ),
    ("02", "Police hold two over pharmacy robbery", "Officers arrested the suspects after a car chase."),
    (
        "03",
        "Coach overturns on icy bend",
        "Nine passengers were killed and twenty injured in the crash, rescuers said.",
    ),
    (
        "03",
        "Tremor damages old town",
        "An earthquake of magnitude 5.4 cracked walls and sent people into the streets.",
    ),
    ("04", "Brewer's shares jump", "Quarterly profit beat forecasts and the company raised its dividend."),
    (
        "04",
        "Two states agree on electricity exports",
        "The contract covers power supplies through the winter.",
    ),
    (
        "05",
        "Pupils sit new maths exam",
        "Teachers say the test is fairer; schools will get the results in July.",
    ),
    (
        "06",
        "Cranes return to drained marsh",
        "Conservationists restored the wetland habitat for the endangered birds.",
    ),
    (
        "07",
        "Clinic to offer free flu vaccine",
        "Doctors urge the elderly to have the jab before the season of infections.",
    ),
    (
        "09",
        "Tram drivers begin strike",
        "The union demands higher wages and called members out for two days.",
    ),
    (
        "10",
        "Island expects record tourist season",
        "Hotels are booked out and holidaymakers arrive by cruise ship.",
    ),
    (
        "11",
        "President dissolves parliament",
        "Voters will elect a new house in June after the coalition lost a vote.",
    ),
    (
        "12",
        "Bishop blesses rebuilt church",
        "Hundreds of worshippers prayed at the first mass in the cathedral.",
    ),
    (
        "13",
        "Probe sends pictures of asteroid",
        "The spacecraft's camera showed scientists a surface full of boulders.",
    ),
    (
        "14",
        "One in four households lives in poverty",
        "The charity says families with many children are hit hardest.",
    ),
    (
        "15",
        "Visitors win after extra time",
        "The striker scored twice in the final and the coach praised his team.",
    ),
    ("16", "Shelling breaks truce", "Artillery fire killed two soldiers on the front line, the army said."),
    ("17", "Frost and fog to stay", "Forecasters expect temperatures below zero and freezing rain."),
]


@pytest.mark.parametrize(("concept", "title", "text"), FIRST)
def test_first_topic(concept: str, title: str, text: str) -> None:
    assert topics.find(title, text)[0].code == f"medtop:{concept}000000"


@pytest.mark.parametrize(("concept", "title", "text"), FIRST)
def test_a_brief_without_its_title_gets_a_topic(concept: str, title: str, text: str) -> None:
    found = topics.find("", f"{title}. {text}")
    assert f"medtop:{concept}000000" in [t.code for t in found[:2]]


def test_scores_fall_and_sum_to_one_at_most() -> None:
    found = topics.find(
        "Strike closes hospital", "Doctors and nurses walked out over pay; patients were sent home."
    )
    top = [t for t in found if t.code not in topics.parents()]
    scores = [t.score for t in top]
    assert found[: len(top)] == top
    assert scores == sorted(scores, reverse=True)
    assert 0 < sum(scores) <= 1
    assert {"medtop:07000000", "medtop:09000000"} <= {t.code for t in found}


def test_the_rule_names_words_of_the_text() -> None:
    first = topics.find("", "The bank raised its interest rate as inflation grew.")[0]
    assert first.label == "economy, business and finance"
    assert "inflation" in first.rule


@pytest.mark.parametrize("text", ["", "  ", "12 34 56", "Да и нет", "٣٤ قتيلا", "\ud800\ud800 \x00"])
def test_nothing_to_go_by_gives_no_topic(text: str) -> None:
    assert topics.find("", text) == []


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_is_answered(title: str, text: str) -> None:
    found = topics.find(title, text)
    codes = [t.code for t in found]
    top = [t for t in found if t.code not in topics.parents()]
    assert len(codes) == len(set(codes))
    assert len(top) <= 4
    assert sum(t.score for t in top) <= 1
    for second in found[len(top) :]:
        assert topics.parents()[second.code] in {t.code for t in top}
        assert 0.6 <= second.score <= 1


def test_what_stands_far_down_a_long_line_is_not_read() -> None:
    line = "the bank and the river " * 200
    assert topics.find("", line) == topics.find("", line + "football cup final " * 50_000)


SECOND = [
    (
        "20000574",
        "Mayoral contest goes to second round",
        "Neither candidate won half of the vote in the election.",
    ),
    (
        "20000424",
        "Tannery blamed for foul stream",
        "Inspectors measured toxic waste and pollution below the outfall.",
    ),
    ("20000139", "Tram leaves rails at crossing", "The derailment and collision injured eleven passengers."),
    ("20000446", "Second case of rabid fever", "The virus has infected a nurse and the disease may spread."),
    ("20000524", "Ferry crews refuse to sail", "Their union called a strike after pay talks failed."),
    ("20001129", "Lanes under snow", "A blizzard with icy winds and heavy snowfall hit the plain."),
]


@pytest.mark.parametrize(("code", "title", "text"), SECOND)
def test_second_level(code: str, title: str, text: str) -> None:
    found = topics.find(title, text)
    assert f"medtop:{code}" in [t.code for t in found]
    assert topics.parents()[f"medtop:{code}"] == found[0].code


def test_every_second_level_concept_lies_under_a_top_one_and_has_terms() -> None:
    subjects = topics.read_subjects()
    assert len(subjects) >= 60
    assert len({s.code for s in subjects}) == len(subjects)
    assert {s.parent for s in subjects} == {code for code, _ in topics.read_concepts()}
    _, second = topics.lexicons()
    assert {k for held in second.values() for k, _ in held} == set(range(len(subjects)))


_NEWS = st.lists(
    st.sampled_from(
        ["the", "bank", "raised", "interest", "rates", "act", "of", "terror", "world", "cup", ",", "é", "’s"]
    ),
    max_size=60,
).map(" ".join)


@given(_NEWS, _NEWS)
def test_known_evidence_is_the_known_part_of_all(title: str, text: str) -> None:
    vocabulary = topics.load().vocabulary
    whole = topics.evidence(title, text)
    known = {term: v for term, v in whole.items() if term in vocabulary.terms}
    assert topics.known_evidence(topics.parts_of(title, text), vocabulary) == pytest.approx(known)


@given(st.lists(st.tuples(_NEWS, _NEWS), max_size=6))
def test_a_batch_is_answered_as_its_articles_are(articles: list[tuple[str, str]]) -> None:
    assert topics.find_all(articles) == [topics.find(title, text) for title, text in articles]


@given(_NEWS, _NEWS)
def test_arrays_add_up_to_what_the_plain_functions_say(title: str, text: str) -> None:
    model = topics.load()
    counts = topics.known_evidence(topics.parts_of(title, text), model.vocabulary)
    scores = topics.top_scores(model, counts, topics.spoken_of(counts, model.lexicon))
    found = [t for t in topics.find(title, text) if t.code not in topics.parents()]
    if scores is not None:
        number = {code: k for k, (code, _) in enumerate(model.concepts)}
        assert [t.score for t in found] == pytest.approx([scores[number[t.code]] for t in found], abs=2e-4)


def test_a_long_batch_mixes_briefs_with_what_says_nothing() -> None:
    brief = ("Ferry sinks off the coast", "Nine people drowned and rescuers searched for survivors.")
    told = topics.find_all([("", ""), brief, ("", "12 34"), brief, ("", "о" * 50), ("x", "y")])
    assert [bool(found) for found in told] == [False, True, False, True, False, False]
    assert told[1] == told[3]
    assert topics.find_all([]) == []


def test_seventeen_concepts_and_every_term_names_one() -> None:
    concepts = topics.read_concepts()
    assert len(concepts) == 17
    lexicon, _ = topics.lexicons()
    spoken = {k for held in lexicon.values() for k, _ in held}
    assert spoken == set(range(17))


def test_training_learns_a_word_the_lexicon_lacks() -> None:
    examples = [topics_training.Example("", f"zorbing {w} day", (14,), 1.0) for w in "abcdef"]
    examples += [topics_training.Example("", f"quibble {w} day", (10,), 1.0) for w in "abcdef"]
    learnt = topics_training.fit(examples, topics_training.Settings(least=2, rounds=40))
    weights = dict(zip(learnt.terms, learnt.weights, strict=True))
    zorb = next(term for term in weights if term.startswith("zorb"))
    assert weights[zorb].argmax() == 14
    assert weights["quibbl"].argmax() == 10


def test_calibration_learns_that_more_terms_mean_more() -> None:
    number = {code: k for k, (code, _) in enumerate(topics.read_concepts())}
    examples = topics_training.read_ledes(number)
    told = [e for e in examples if e.second is not None]
    assert len(told) > 100
    learnt = topics_training.fit(
        [e for e in examples if e.second is None], topics_training.Settings(rounds=20)
    )
    strength, share, _, parent, constant = topics_training.calibrate(learnt, examples)
    assert share > 0
    assert parent > 0
    assert strength + constant < 0


def test_a_text_may_allow_several_concepts() -> None:
    either = [topics_training.Example("", f"zorbing {w}", (3, 14), 1.0) for w in "abcdef"]
    learnt = topics_training.fit(either, topics_training.Settings(least=2, rounds=40))
    assert set(learnt.bias.argsort()[-2:].tolist()) == {3, 14}
