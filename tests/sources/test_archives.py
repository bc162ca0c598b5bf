"""Gzip and zip: read in memory, contained, bounded; bombs, links and locked files refused."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.article import Article, Reject
from dateline.sources import archives, read_bytes
from dateline.sources.limits import ARCHIVE_ENTRIES

GOOD = "A tunnel under the Hamza pass was opened to lorries on Thursday, the road agency said."
OTHER = "The price of salt doubled in Khorog over the winter, traders said on Monday."


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, data in files:
            info = zipfile.ZipInfo("placeholder")
            info.filename, info.compress_type = name, method
            archive.writestr(info, data)
    return sink.getvalue()


def both(data: bytes, name: str = "a.zip", **said: int) -> tuple[list[Article], list[Reject]]:
    items = list(read_bytes(name, data, **said))  # type: ignore[arg-type]
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Reject)]


def test_a_zip_of_texts_tables_and_gzip() -> None:
    data = zipped(
        ("folder/", b""),
        ("folder/one.txt", GOOD.encode()),
        ("two.csv.gz", gzip.compress(f"title,text\nSalt,{OTHER.replace(',', ';')}\n".encode())),
        (".hidden.txt", b"nobody reads this line at all, not even here."),
        ("__MACOSX/one.txt", b"nor this one, which a packer of a certain kind adds."),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(40)),
    )
    articles, rejects = both(data)
    assert [(a.text, a.locator) for a in articles] == [
        (GOOD, "a.zip!/folder/one.txt"),
        (OTHER.replace(",", ";"), "a.zip!/two.csv.gz"),
    ]
    assert [(r.locator, r.reason) for r in rejects] == [
        ("a.zip!/picture.png", "this is a PNG image, not a text, a page, a feed or a table")
    ]


@pytest.mark.parametrize(
    "path", ["../up.txt", "a/../../up.txt", "/etc/up.txt", "..\\up.txt", "C:/up.txt", "C:\\up.txt"]
)
def test_paths_that_lead_out(path: str) -> None:
    articles, rejects = both(zipped((path, GOOD.encode()), ("in.txt", OTHER.encode())))
    assert [a.text for a in articles] == [OTHER]
    assert [r.reason for r in rejects] == ["the file's path leads out of the archive"]


def test_a_link() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert [r.reason for r in both(sink.getvalue())[1]] == ["this is a link or a device, not a file"]


def test_a_locked_file() -> None:
    data = bytearray(zipped(("a.txt", GOOD.encode())))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data[at] |= 1
    assert "encrypted" in both(bytes(data))[1][0].reason


def test_a_method_that_may_take_any_memory() -> None:
    assert "method" in both(zipped(("a.txt", GOOD.encode()), method=zipfile.ZIP_LZMA))[1][0].reason


def test_one_archive_inside_another_is_not_read() -> None:
    inner = zipped(("a.txt", GOOD.encode()))
    for data, name in (
        (zipped(("b.zip", inner)), "a zip archive inside a zip archive is not read"),
        (gzip.compress(inner), "a zip archive inside a gzip archive is not read"),
        (gzip.compress(gzip.compress(GOOD.encode())), "a gzip archive inside a gzip archive is not read"),
        (zipped(("b.gz", gzip.compress(inner))), "a zip archive inside a gzip archive is not read"),
    ):
        articles, rejects = both(data)
        assert (articles, [r.reason for r in rejects]) == ([], [name])


def test_bombs() -> None:
    ratio = zipped(("zeros.txt", bytes(20 * 1024 * 1024)), ("in.txt", OTHER.encode()))
    articles, rejects = both(ratio)
    assert "bomb" in rejects[0].reason
    assert [a.text for a in articles] == [OTHER]
    total = zipped(*((f"{n}.txt", f"{GOOD} {n} ".encode() * 20) for n in range(20)))
    articles, rejects = both(total, limit=5_000)
    assert articles
    assert "unpacks to more than the limit" in rejects[-1].reason
    assert "unpacks to more than" in both(gzip.compress(b" " * 5_000), limit=1_000)[1][0].reason


def test_a_size_that_lies_hides_nothing() -> None:
    data = bytearray(zipped(("a.txt", b"x" * 5_000)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    assert "more than the limit of 1 kB" in both(bytes(data), limit=1_024)[1][0].reason


def test_too_many_files() -> None:
    data = zipped(*((f"{n}", b"") for n in range(ARCHIVE_ENTRIES + 1)))
    assert f"more than {ARCHIVE_ENTRIES} files" in both(data)[1][0].reason


def test_an_empty_archive() -> None:
    assert [r.reason for r in both(zipped())[1]] == ["the zip archive holds no files"]


def test_a_file_without_a_name_is_read() -> None:
    articles, _ = both(zipped(("", GOOD.encode())))
    assert [article.text for article in articles] == [GOOD]


def test_a_name_of_control_characters_is_shown_plainly() -> None:
    articles, _ = both(zipped(("a\x1b[31m\n.txt", GOOD.encode())))
    assert articles[0].locator == "a.zip!/a�[31m�.txt"


def test_gzip_of_several_members() -> None:
    data = gzip.compress(GOOD.encode()) + gzip.compress(b"\n\n" + OTHER.encode())
    articles, rejects = both(data, "a.txt.gz")
    assert not rejects
    assert GOOD in "".join(a.text for a in articles)
    assert OTHER in "".join(a.text for a in articles)
    _, rejects = both(gzip.compress(GOOD.encode()) + b"garbage", "a.txt.gz")
    assert [r.reason for r in rejects] == ["what follows the gzip archive is not read"]


def test_office_documents_are_named() -> None:
    word = zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"))
    assert "a Word document" in both(word, "a.docx")[1][0].reason
    sheet = zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x/>"))
    assert "an OpenDocument spreadsheet" in both(sheet, "a.ods")[1][0].reason


WHOLE = zipped(("a.txt", GOOD.encode() * 3), ("b.csv", b"title,text\nA,B\n"))


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8), st.integers(0, len(WHOLE)))
def test_damage_is_a_reject_and_never_an_error(at: int, bytes_: bytes, cut: int) -> None:
    for data in (WHOLE[:at] + bytes_ + WHOLE[at + len(bytes_) :], WHOLE[:cut]):
        assert list(read_bytes("a.zip", data)) or not data.strip()


@given(st.binary(max_size=200))
def test_gunzip_raises_only_its_refusal(rest: bytes) -> None:
    packed = zlib.compress(rest, wbits=31)
    for data in (b"\x1f\x8b" + rest, packed + rest, packed[: len(rest) % len(packed)]):
        try:
            archives.gunzip(data, 100)
        except archives.Refused as refusal:
            assert str(refusal)
