"""Tables with columns of many names."""

from __future__ import annotations

import io
import json
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.article import Article, Reject
from dateline.sources import read_bytes

LONG = "The pump broke on Monday.\nThe village has carried water from the river since then."


def rows(name: str, data: str | bytes) -> list[Article]:
    found = list(read_bytes(name, data.encode() if isinstance(data, str) else data))
    assert not [item for item in found if isinstance(item, Reject)], found
    return [item for item in found if isinstance(item, Article)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["paste", "a.csv"])
def test_delimiters(delimiter: str, name: str) -> None:
    lines = [["Headline", "Body", "pubDate", "Link", "Publisher"]]
    lines.append(["A pump", "The pump broke.", "15 Dec 2025", "https://apa.az/1", "APA"])
    (article,) = rows(name, "\n".join(delimiter.join(line) for line in lines))
    assert (article.title, article.text, article.published) == ("A pump", "The pump broke.", "2025-12-15")
    assert (article.url, article.source, article.source_country) == ("https://apa.az/1", "APA", "AZ")


def test_quoted_cells_keep_their_lines() -> None:
    (article,) = rows("a.csv", f'title,text\nPump,"{LONG}"\n')
    assert (article.kind, article.text) == ("article", LONG)


def test_kinds() -> None:
    found = rows(
        "a.jsonl", "\n".join(json.dumps(r) for r in [{"title": "A"}, {"text": "One line."}, {"text": LONG}])
    )
    assert [a.kind for a in found] == ["headline", "brief", "article"]
    assert found[0].text == "A"


def test_the_best_text_column_wins() -> None:
    (article,) = rows("a.json", json.dumps([{"description": "short", "text": "long and full", "title": "T"}]))
    assert article.text == "long and full"


def test_an_api_answer() -> None:
    answer = {
        "status": "ok",
        "articles": [
            {
                "source": {"id": None, "name": "Kun.uz"},
                "title": "T",
                "content": "Words here",
                "publishedAt": "2025-12-15T01:00:00+05:00",
            }
        ],
    }
    (article,) = rows("answer.json", json.dumps(answer))
    assert (article.source, article.source_country) == ("Kun.uz", "UZ")
    assert article.published == "2025-12-15T01:00:00+05:00"


def test_a_pretty_printed_array() -> None:
    assert len(rows("x", json.dumps([{"text": "One."}, {"text": "Two."}], indent=2))) == 2


def test_one_object() -> None:
    assert [a.text for a in rows("x.json", json.dumps({"text": "One.", "title": "T"}, indent=2))] == ["One."]


def test_ids_are_kept() -> None:
    assert rows("x.jsonl", '{"id": 17, "text": "One."}')[0].id == "17"


def test_markup_in_cells() -> None:
    (article,) = rows(
        "x.jsonl", json.dumps({"text": "<p>One &amp; two.</p><script>x()</script><p>Three.</p>"})
    )
    assert article.text == "One & two.\nThree."


def test_rows_that_are_too_short_or_too_long() -> None:
    found = list(read_bytes("a.csv", b"title,text,url\nA,One\nB\nC,Two,u,v\n"))
    assert [item.text for item in found if isinstance(item, Article)] == ["One"]
    assert [(r.position, r.reason) for r in found if isinstance(r, Reject)] == [
        ("line 3", "the row has 1 cells where the header has 3"),
        ("line 4", "the row has 4 cells where the header has 3"),
    ]


def test_parquet() -> None:
    sink = io.BytesIO()
    table = {
        "text": ["One.", None],
        "headline": ["A", "B"],
        "date": [datetime(2025, 12, 15, 14), None],
        "other": [1, 2],
    }
    pq.write_table(pa.table(table), sink)
    found = rows("anything", sink.getvalue())
    assert [(a.title, a.text, a.kind, a.published) for a in found] == [
        ("A", "One.", "brief", "2025-12-15T14:00:00"),
        ("B", "B", "headline", None),
    ]


def test_prose_with_commas_is_no_table() -> None:
    text = "Text, title, and date: what an editor asks for.\nNothing, she said, is ever in that order, or in time."
    assert all("\n" in a.text or a.kind != "headline" for a in rows("paste", text))
    assert rows("paste", text)[0].text.startswith("Text, title")


def test_a_json_line_that_is_no_object() -> None:
    found = list(read_bytes("a.jsonl", b'{"text": "One."}\n[1]\n{"text": "Two."}\n'))
    assert [getattr(item, "position", "") for item in found] == ["", "line 2", ""]
