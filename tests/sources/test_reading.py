"""Locators, forms, and bad input: one clear line each, the rest of the batch kept."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.article import KINDS, Article, Reject
from dateline.sources import SCHEME_READERS, read, read_bytes
from dateline.sources.limits import EXCERPT_LIMIT, FILE_LIMIT

GOOD = "A tunnel under the Hamza pass was opened to lorries on Thursday, the road agency said."
RUSSIAN = (
    "В Душанбе после ремонта открыли мост через реку Варзоб, движение по нему запустили в среду.\n"
    "Ремонт моста продолжался полтора года, его дважды останавливали из-за паводков."
)


def articles(items: object) -> list[Article]:
    return [item for item in items if isinstance(item, Article)]  # type: ignore[attr-defined]


def rejects(items: object) -> list[Reject]:
    return [item for item in items if isinstance(item, Reject)]  # type: ignore[attr-defined]


def only(items: object) -> Reject:
    """The one reject of input that gives nothing else; its reason is one line."""
    (found,) = list(items)  # type: ignore[call-overload]
    assert isinstance(found, Reject)
    assert found.reason
    assert "\n" not in found.reason
    assert len(found.excerpt) <= EXCERPT_LIMIT
    return found


BROKEN: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "the file is empty"),
    "blank": ("a.txt", b" \r\n\t\n", "the file is empty"),
    "mark only": ("a.txt", b"\xef\xbb\xbf", "the file is empty"),
    "image": ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "this is a PNG image"),
    "pdf": ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "this is a PDF document"),
    "executable": ("a", b"\x7fELF\x02\x01\x01" + bytes(64), "this is an executable"),
    "binary": ("a.dat", bytes(range(256)) * 40, "this is a binary file"),
    "nothing but NUL": ("a.txt", bytes(5000), "this is a binary file"),
    "truncated gzip": (
        "a.csv",
        gzip.compress(b"title,text\na,b\n" * 500)[:40],
        "the gzip archive is cut short",
    ),
    "damaged gzip": ("a.csv", b"\x1f\x8b\x08\x00" + b"\xff" * 60, "the gzip archive is damaged"),
    "wrong columns": ("a.csv", b"name,age\nAnna,7\n", "no column holds a text or a title"),
    "no rows": ("a.json", b"[]", "the JSON holds no articles"),
    "broken document": ("a.json", b'[{"text": "x",]', "broken JSON"),
    "a number": ("a.json", b"17", "a JSON array of articles is expected, not a number"),
    "deep": ("a.json", b"[" * 200_000, "broken JSON"),
    "no entries": (
        "a.xml",
        b'<rss version="2.0"><channel><title>T</title></channel></rss>',
        "the feed has no entries",
    ),
    "no article": (
        "a.html",
        b"<html><head><title>T</title></head><body><nav>Home</nav></body></html>",
        "no article text",
    ),
    "cut parquet": ("a.parquet", b"PAR1" + b"\x00" * 40, "the Parquet file cannot be read"),
    "no news": ("a.txt", b"Home\nNews\nSport\n", "the page holds no article"),
}


@pytest.mark.parametrize("case", [name for name in BROKEN if name != "no news"])
def test_unusable_input_is_one_clear_reject(case: str) -> None:
    name, data, reason = BROKEN[case]
    found = only(read_bytes(name, data))
    assert reason in found.reason
    assert found.locator == name


def test_a_page_without_news_says_so_after_its_lines() -> None:
    name, data, reason = BROKEN["no news"]
    found = rejects(read_bytes(name, data))
    assert [r.position for r in found] == ["line 1", "line 2", "line 3", ""]
    assert reason in found[-1].reason


def test_wrong_columns_are_named() -> None:
    found = only(read_bytes("a.csv", b"name,age\nAnna,7\n"))
    assert "'name', 'age'" in found.reason
    assert found.position == "line 1"


def test_parquet_with_wrong_columns() -> None:
    sink = io.BytesIO()
    pq.write_table(pa.table({"x": [1], "y": ["b"]}), sink)
    assert "'x', 'y'" in only(read_bytes("a.parquet", sink.getvalue())).reason


def test_broken_json_on_line_7() -> None:
    lines = [json.dumps({"text": f"{GOOD} {n}"}) for n in range(1, 11)]
    lines[6] = '{"text": "cut'
    items = list(read_bytes("a.jsonl", "\n".join(lines).encode()))
    assert len(articles(items)) == 9
    (found,) = rejects(items)
    assert (found.position, found.locator) == ("line 7", "a.jsonl")
    assert found.reason.startswith("broken JSON at column 10")


def test_a_day_that_does_not_exist() -> None:
    table = f"title,text,date\nA,{GOOD[:-1]},2025-02-28\nB,Other words here,31 February 2025\nC,More words there,\n"
    items = list(read_bytes("a.csv", table.encode()))
    found = rejects(items)
    # The first row's text has a comma too many.
    assert [r.position for r in found] == ["line 2", "line 3"]
    assert found[1].reason == "'31 February 2025' in column 'date' is no date that exists"
    assert [(a.title, a.published) for a in articles(items)] == [("C", None)]


@pytest.mark.parametrize(
    "value", ["2025-02-31", "31.02.2025", "31 February 2025", "Feb 31, 2025", "31 февраля 2025", "soon"]
)
def test_dates_that_are_none(value: str) -> None:
    items = list(read_bytes("a.jsonl", json.dumps({"text": GOOD, "date": value}).encode()))
    assert value in only(items).reason


def test_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(GOOD * 10)
    assert "larger than the limit of 100 bytes" in only(read([str(path)], limit=100)).reason
    assert (
        "larger than the limit of 100 bytes"
        in only(read(["-"], stdin=io.BytesIO(b"x" * 101), limit=100)).reason
    )
    assert "larger than the limit" in only(read_bytes("long.txt", b"x" * 101, limit=100)).reason
    bomb = gzip.compress(b" " * 5_000)
    assert "unpacks to more than" in only(read_bytes("a.csv.gz", bomb, limit=1_000)).reason


def test_a_file_of_300_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(300 * 1024 * 1024)
    assert only(read([str(path)])).reason.startswith("the file is 300 MB, larger than the limit of 200 MB")
    assert FILE_LIMIT == 200 * 1024 * 1024


def test_a_plain_text_over_its_own_limit() -> None:
    assert "larger than 5 MB" in only(read_bytes("a.txt", b"word word\n" * 600_000)).reason


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<rss version="2.0"><channel><title>T</title><item><title>&d;</title></item></channel></rss>"""
PEEK = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>T</title><item><title>&a;</title></item></channel></rss>"""


@pytest.mark.parametrize("data", [BOMB, PEEK])
def test_entities_are_not_expanded(data: bytes) -> None:
    assert "XML entities of its own" in only(read_bytes("feed.xml", data)).reason


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r", "cp866"],
)
def test_encodings(encoding: str) -> None:
    (article,) = articles(read_bytes("a.txt", RUSSIAN.encode(encoding)))
    assert article.text == RUSSIAN
    assert article.language == "ru"


def test_a_byte_order_mark_of_the_other_end() -> None:
    (article,) = articles(read_bytes("a.txt", b"\xfe\xff" + GOOD.encode("utf-16-be")))
    assert article.text == GOOD


def test_stray_nul_bytes_are_said() -> None:
    items = list(read_bytes("a.txt", (GOOD + "\x00").encode()))
    assert [a.text for a in articles(items)] == [GOOD]
    assert "NUL" in rejects(items)[0].reason


def test_a_folder_goes_on_after_a_file_that_fails(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text(
        "The price of salt doubled in Khorog over the winter, traders said."
    )
    (tmp_path / "one.txt").write_text(GOOD)
    (tmp_path / ".hidden.txt").write_text("nobody reads this, not even the reader of folders.")
    (tmp_path / "a-link.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    calls: list[tuple[str, int, int]] = []
    items = list(read([str(tmp_path)], progress=lambda *call: calls.append(call)))
    assert [Path(a.locator or "").name for a in articles(items)] == ["two.txt", "one.txt"]
    assert [(Path(r.locator).name, r.reason) for r in rejects(items)] == [
        ("a-link.txt", "there is no such file or folder"),
        ("pipe.txt", "this is neither a file nor a folder"),
    ]
    assert [call[1:] for call in calls] == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text(GOOD)
    path.chmod(0)
    assert "permission denied" in only(read([str(path)])).reason


def test_permission_denied_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.txt"
    path.write_text(GOOD)

    def closed(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    assert only(read([str(path)])).reason == "the file may not be read (permission denied)"


def test_a_closed_folder_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text(GOOD)
    listed = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "access", lambda *_: False)
    items = list(read([str(tmp_path)]))
    assert [r.reason for r in rejects(items)] == ["the folder may not be read (permission denied)"]
    assert len(articles(items)) == 1


def test_locators(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert only(read([str(tmp_path / "none.txt")])).reason == "there is no such file or folder"
    assert only(read([str(tmp_path / "empty")])).reason == "the folder holds no files"
    assert only(read(["a\x00b"])).reason
    assert only(read(["a pasted text " * 500])).reason
    assert "loopback" in only(read(["http://127.0.0.1:9/feed"])).reason
    assert "cannot be read" in only(read(["ftp://example.org/feed"])).reason
    assert [a.text for a in articles(read(["-"], stdin=io.BytesIO(GOOD.encode())))] == [GOOD]


def test_a_scheme_can_be_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        SCHEME_READERS, "memory", lambda address, hints: iter([hints.article(f"Text of {address}")])
    )
    assert [a.text for a in articles(read(["memory://one"]))] == ["Text of memory://one"]


def test_the_same_text_twice(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(GOOD)
    items = list(read([str(tmp_path)]))
    assert len(articles(items)) == 1
    assert rejects(items)[0].kind == "duplicate"
    assert "one.txt" in rejects(items)[0].reason


def test_a_date_of_the_user_that_is_none() -> None:
    with pytest.raises(ValueError, match="2025-02-31"):
        read(["x.txt"], date="2025-02-31")
    with pytest.raises(ValueError, match="form"):
        read_bytes("x", b"y", form="novel")


def test_gzip_is_unpacked() -> None:
    (article,) = articles(read_bytes("a.csv.gz", gzip.compress(b"title,text\nOne,Two words\n")))
    assert (article.title, article.text) == ("One", "Two words")


def test_articles_come_back_as_they_were(tmp_path: Path) -> None:
    pages = Path(__file__).parent / "pages"
    first = articles(read([str(pages)], date="2025-01-02"))
    out = tmp_path / "articles.jsonl"
    out.write_text("".join(json.dumps(a.to_dict(), ensure_ascii=False) + "\n" for a in first))
    assert articles(read([str(out)])) == first
    assert articles(read_bytes("paste", out.read_bytes())) == first


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["x", "x.csv", "x.json", "x.jsonl", "x.xml", "x.html", "x.parquet"]),
)
def test_any_bytes(data: bytes, name: str) -> None:
    check(name, data)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(
        [
            "",
            "{",
            '{"text":"',
            "[",
            '[{"title":',
            "<html><p>",
            "<rss><channel><item><title>",
            "<feed>",
            "title,text\n",
            "PAR1",
            "text\tdate\n",
        ]
    ),
    st.text(max_size=200),
)
def test_any_text_after_any_beginning(start: str, text: str) -> None:
    check("x", (start + text).encode("utf-8", "surrogatepass"))


def check(name: str, data: bytes) -> None:
    items = list(read_bytes(name, data))
    assert items
    for item in items:
        if isinstance(item, Article):
            assert item.text.strip()
            assert item.kind in KINDS
            json.dumps(item.to_dict(), ensure_ascii=False).encode("utf-8")
        else:
            assert "\n" not in item.reason
            json.dumps(item.to_dict(), ensure_ascii=False).encode("utf-8")
    again = list(read_bytes(name, data))
    assert [i.id for i in articles(items)] == [i.id for i in articles(again)]
