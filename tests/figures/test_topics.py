import pandas as pd

from dateline.figures import theme, topics

ROWS = [
    ("medtop:11000000", "politics and government", 10, 0.2, 20, -10),
    ("medtop:16000000", "conflict, war and peace", 30, 0.6, 0, 30),
    ("medtop:15000000", "<img src=x>", 10, 0.2, None, None),
    ("medtop:03000000", "disaster", 4, 0.1, 2, 2),
]
FRAME = pd.DataFrame(ROWS, columns=["code", "label", "articles", "share", "previous", "change"])


def test_longest_first_in_the_topics_colours_with_the_change() -> None:
    drawn = topics.bars(FRAME, dark=False)
    (bar,) = drawn.data
    assert list(bar.x) == [30, 10, 10, 4]
    assert bar.customdata[0][0] == "medtop:16000000"
    assert list(bar.marker.color) == [theme.topic_colour(c[0]) for c in bar.customdata]
    texts = [t.split("<")[0].strip() for t in bar.text]
    assert texts == ["30", "10", "10", "4"]
    assert "new" in bar.text[0]
    assert "−50 %" in bar.text[1]
    assert bar.text[2] == "10"
    assert "+100 %" in bar.text[3]
    assert "articles" in drawn.layout.xaxis.title.text


def test_labels_are_escaped() -> None:
    drawn = topics.bars(FRAME, dark=True)
    assert "<img" not in drawn.to_json()
    assert "&lt;img src=x&gt;" in drawn.layout.yaxis.ticktext


def test_what_is_not_selected_fades() -> None:
    (bar,) = topics.bars(FRAME, dark=False, selected=["medtop:11000000"]).data
    faded = ["rgba" in colour for colour in bar.marker.color]
    assert faded == [code[0] != "medtop:11000000" for code in bar.customdata]


def test_missing_figures_of_every_pandas_kind() -> None:
    frame = FRAME.astype({"previous": "Int64", "change": "Int64", "articles": "int64"})
    assert topics.bars(frame, dark=False).data[0].text == topics.bars(FRAME, dark=False).data[0].text


def test_nothing_to_draw_says_so() -> None:
    drawn = topics.bars(FRAME.head(0), dark=True)
    assert not drawn.data
    assert drawn.layout.annotations[0].text == "No topics in this selection"


FINER = pd.DataFrame(
    [
        ("medtop:20000056", "armed conflict", "medtop:16000000", 12, 0.2, 6, 6),
        ("medtop:20000073", "<b>peace</b>", "medtop:16000000", 9, 0.1, 0, 9),
        ("medtop:20000002", "arts", "medtop:01000000", 3, 0.1, 0, 3),
    ],
    columns=["code", "label", "parent", "articles", "share", "previous", "change"],
)


def test_tiles_lie_in_their_parents_and_say_the_change() -> None:
    (tiles,) = topics.tree(FRAME, FINER, dark=False).data
    parent = dict(zip(tiles.ids, tiles.parents, strict=True))
    assert parent["medtop:20000056"] == "medtop:16000000"
    assert parent["medtop:16000000"] == "all"
    # A tile whose parent is not on screen would make plotly draw nothing at all.
    assert set(tiles.parents) - {""} <= set(tiles.ids)
    assert "medtop:20000002" not in parent
    text = dict(zip(tiles.ids, tiles.text, strict=True))
    assert text["medtop:20000056"] == "12 · +100 %"
    assert text["medtop:20000073"] == "9 · new"
    assert tiles.values[0] == 54
    assert "<b>peace" not in "".join(tiles.labels)


def test_no_tiles_without_topics() -> None:
    drawn = topics.tree(FRAME.head(0), FINER.head(0), dark=True)
    assert not drawn.data
    assert drawn.layout.annotations[0].text == "No topics in this selection"


def test_ink_stands_out() -> None:
    assert topics.ink("#ffffff") == "#000000"
    assert topics.ink("#971e0a") == "#ffffff"
    assert topics.blend("#000000", "#ffffff", 0.5) == "#808080"
