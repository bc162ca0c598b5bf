"""The Sources page tells no reader where on the server's disk a file lies."""

import pytest

from dateline.ui.reading import file_name
from tests.app.conftest import Open


@pytest.mark.parametrize(
    ("locator", "name"),
    [
        ("/srv/desk/pages/monday.html", "monday.html"),
        ("pages/monday/", "monday"),
        ("C:\\pages\\monday.html", "monday.html"),
        ("pasted page", "pasted page"),
        ("https://desk.example/feed/1", "https://desk.example/feed/1"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_a_file_is_told_by_its_name(locator: str, name: str) -> None:
    assert file_name(locator) == name


def test_the_sample_is_told_by_its_name(opened: Open) -> None:
    app = opened("sources")
    table = next(frame.value for frame in app.dataframe if "When (UTC)" in frame.value.columns)
    assert table["From"].tolist() == ["articles.jsonl"]
