"""Exports: every mention once with its sentence, no formula, no script, no dot on a centroid; read back by others."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from dateline.article import make_article
from dateline.exports import COLUMNS, FINEST_AREA, FORMATS, calendar, rows, write
from dateline.filters import Filters
from dateline.ingest import ingest
from dateline.query import Atlas
from dateline.store import Store
from tests.icalendar import Calendar, read_calendar

TEXTS = {
    "=cmd|' /C calc'!A0": "Floods killed 12 people in Safi, Morocco, on Sunday (14 December), officials said.",
    "+49 30 1234": "A bridge over the Danube in Vienna, Austria, was closed on 5 December 2025.",
    "@SUM(A1)": 'Ministers of Kazakhstan met in Moscow on Monday, "a first step", one of them said.',
    "-2+3": "Snow fell all over Switzerland on Friday.",
    "Ordinary": "Nobody knows why onions cost so much, traders said.",
}
HOSTILE = (
    "<script>alert(1)</script> & <img src=x onerror=alert(2)> ]]> \"';"
    "BEGIN:VEVENT\r\nX:\u202e${x} $[name] {{7*7}}"
)
KML = {"k": "http://www.opengis.net/kml/2.2"}


def atlas_of(items: list[object], folder: Path) -> Atlas:
    snapshot = ingest(items, Store(folder)).snapshot  # type: ignore[arg-type]
    assert snapshot is not None
    return Atlas(snapshot)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    items = [
        make_article(
            text,
            title=title,
            source="=Desk",
            published="2025-12-15",
            kind="brief",
            locator="test",
            url=f"https://example.org/{number}",
        )
        for number, (title, text) in enumerate(TEXTS.items())
    ]
    return atlas_of([*items], tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Two articles written by an enemy."""
    items = [
        make_article(
            f"Flood in Safi, Morocco, killed two people on 14 December 2025 {HOSTILE}",
            title=f"{n} {HOSTILE}",
            source=HOSTILE,
            published="2025-12-15",
            url=url,
        )
        for n, url in enumerate(("javascript:alert(3)", 'https://example.org/"><script>alert(4)</script>'))
    ]
    return atlas_of([*items], tmp_path_factory.mktemp("attacked"))


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def xml(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


# -- tables ----------------------------------------------------------------------------------------------------


def test_a_table_has_every_column_and_no_formula(atlas: Atlas) -> None:
    rows = table(write(atlas, Filters(), "csv"))
    assert tuple(rows[0]) == COLUMNS
    assert {row["title"] for row in rows} == {f"'{title}" for title in TEXTS if title != "Ordinary"}
    for row in rows:
        for name, value in row.items():
            # Numbers may be negative; text may not begin as a formula.
            assert name in ("lat", "lon") or not value.startswith(("=", "+", "-", "@", "\t", "\r")), (
                name,
                value,
            )
    assert float(next(row["lon"] for row in rows if row["name"] == "Safi")) == pytest.approx(-9.24, abs=0.1)


@given(
    st.text(max_size=20), st.sampled_from(["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", " =1", "＝1"])
)
def test_no_text_is_left_a_formula(tail: str, head: str) -> None:
    assert rows.cell(head + tail) == "'" + head + tail
    assert rows.cell(f"a{head}") == f"a{head}"


def test_a_row_is_a_mention_with_the_sentence_around_it(atlas: Atlas) -> None:
    rows = table(write(atlas, Filters(), "csv"))
    assert {row["name"] for row in rows} >= {"Safi", "Vienna", "Switzerland"}
    for row in rows:
        assert row["surface"] in row["sentence"]
        assert row["sentence"] in TEXTS[row["title"].removeprefix("'")]
    safi = next(row for row in rows if row["name"] == "Safi")
    assert (safi["first"], safi["published_on"], safi["killed"]) == ("2025-12-14", "2025-12-15", "12")


def test_a_selection_is_all_that_is_written(atlas: Atlas) -> None:
    for form in FORMATS:
        if form not in ("parquet", "xlsx"):
            assert b"Vienna" not in write(atlas, Filters(regions=("MA",)), form)
    assert {row["country"] for row in table(write(atlas, Filters(regions=("AT",)), "csv"))} == {"AT"}
    assert table(write(atlas, Filters(regions=("JP",)), "csv")) == []
    assert json.loads(write(atlas, Filters(regions=("JP",)), "geojson"))["features"] == []


def test_nothing_selected_is_a_whole_file_in_every_format(atlas: Atlas) -> None:
    nothing = Filters(regions=("JP",))
    assert parquet(write(atlas, nothing, "parquet")).num_rows == 0
    assert len(sheets(write(atlas, nothing, "xlsx"))["Mentions"]) == 1
    assert xml(write(atlas, nothing, "kml")).findall(".//k:Placemark", KML) == []
    assert read_calendar(write(atlas, nothing, "ics")).events == []
    assert feedparser.parse(write(atlas, nothing, "rss")).entries == []
    assert "No article of the selection has a day" in write(atlas, nothing, "html").decode()


def parquet(data: bytes):  # type: ignore[no-untyped-def]
    import pyarrow.parquet as pq

    return pq.read_table(io.BytesIO(data))


def test_parquet_is_the_same_table_with_types(atlas: Atlas) -> None:
    found = parquet(write(atlas, Filters(scope="mentions"), "parquet"))
    told = table(write(atlas, Filters(scope="mentions"), "csv"))
    assert tuple(found.column_names) == COLUMNS
    assert found.num_rows == len(told)
    assert found["first"].to_pylist() == [
        date.fromisoformat(r["first"]) if r["first"] else None for r in told
    ]
    assert found["killed"].to_pylist() == [int(r["killed"]) if r["killed"] else None for r in told]
    # What reads Parquet runs no formulas: the texts are as they were.
    assert set(found["title"].to_pylist()) == set(TEXTS) - {"Ordinary"}
    assert found.schema.metadata[b"snapshot"].decode() == atlas.snapshot.name


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("which", ["atlas", "attacked"])
def test_a_workbook_holds_no_formula_and_no_link(which: str, request: pytest.FixtureRequest) -> None:
    data = write(request.getfixturevalue(which), Filters(), "xlsx")
    found = sheets(data)
    assert list(found) == ["Mentions", "Stories", "About"]
    assert tuple(found["Mentions"][0]) == COLUMNS
    for rows_of in found.values():
        for row in rows_of:
            assert not any(isinstance(v, str) and v.startswith(("=", "+", "-", "@")) for v in row)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in packed.namelist():
            part = packed.read(name)
            assert b"<f>" not in part
            assert b"<hyperlink" not in part
            xml(part)


def test_the_sheets_hold_what_the_table_holds(atlas: Atlas) -> None:
    found = sheets(write(atlas, Filters(), "xlsx"))
    told = table(write(atlas, Filters(), "csv"))
    assert [[str(v) for v in row[:3]] for row in found["Mentions"][1:]] == [
        [row["article"], row["story"], row["title"]] for row in told
    ]
    assert len(found["Stories"]) - 1 == atlas.counts(Filters()).stories


# -- maps ------------------------------------------------------------------------------------------------------


def test_only_places_of_a_spot_have_a_point(atlas: Atlas) -> None:
    features = json.loads(write(atlas, Filters(scope="mentions"), "geojson"))["features"]
    assert {f["properties"]["precision"] < FINEST_AREA for f in features} == {True, False}
    for feature in features:
        assert feature["type"] == "Feature"
        point = feature["geometry"]
        if feature["properties"]["precision"] >= FINEST_AREA:
            assert point is None
        elif point is not None:
            lon, lat = point["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
    (safi,) = (f for f in features if f["properties"]["name"] == "Safi")
    assert safi["geometry"]["coordinates"] == pytest.approx([-9.24, 32.30], abs=0.1)
    # A reader of GeoJSON takes NaN for a broken file.
    assert "lat" not in safi["properties"]
    json.dumps(features, allow_nan=False)


def test_kml_has_a_placemark_a_place_of_an_article(atlas: Atlas) -> None:
    filters = Filters(scope="mentions")
    root = xml(write(atlas, filters, "kml"))
    spots, areas = root.findall("k:Document/k:Folder", KML)
    told = {(r["article"], r["place"]): r for r in table(write(atlas, filters, "csv"))}
    fine = {key for key, row in told.items() if int(row["precision"]) < FINEST_AREA}
    assert len(spots.findall("k:Placemark", KML)) == len(fine)
    assert len(areas.findall("k:Placemark", KML)) == len(told) - len(fine)
    assert areas.findall(".//k:Point", KML) == []
    (safi,) = (p for p in spots if (p.findtext("k:name", "", KML)).startswith("Safi"))
    lon, lat = map(float, safi.findtext("k:Point/k:coordinates", "", KML).split(","))
    assert (lon, lat) == pytest.approx((-9.24, 32.30), abs=0.1)
    assert safi.findtext("k:TimeSpan/k:begin", "", KML) == "2025-12-14"
    described = html.fromstring(safi.findtext("k:description", "", KML))
    assert "Floods killed 12 people in Safi" in described.text_content()
    # The schema has the parts of a placemark in this order.
    order = ["name", "description", "TimeSpan", "ExtendedData", "Point"]
    for mark in root.iterfind(".//k:Placemark", KML):
        present = [etree.QName(child).localname for child in mark]
        assert present == [name for name in order if name in present]


# -- calendars and feeds ---------------------------------------------------------------------------------------


def events(atlas: Atlas, filters: Filters | None = None) -> Calendar:
    return read_calendar(write(atlas, filters or Filters(), "ics"))


def test_a_dated_story_is_an_all_day_event(atlas: Atlas) -> None:
    found = events(atlas)
    stories = atlas.stories(Filters(), limit=100)
    assert len(found.events) == int(stories["first"].notna().sum())
    by_title = {event.text("SUMMARY"): event for event in found.events}
    bridge = by_title["+49 30 1234"]
    assert (bridge.day("DTSTART"), bridge.day("DTEND")) == (date(2025, 12, 5), date(2025, 12, 6))
    assert bridge.text("STATUS") == "CONFIRMED"
    assert bridge.text("URL") == "https://example.org/1"
    assert "Vienna" in bridge.text("LOCATION")


def test_an_uncertain_date_says_so(tmp_path: Path) -> None:
    item = make_article(
        "A bridge over the Danube in Vienna, Austria, was closed in October 2025.",
        title="Bridge, closed; again",
        published="2025-12-15",
    )
    (event,) = events(atlas_of([item], tmp_path)).events
    assert (event.day("DTSTART"), event.day("DTEND")) == (date(2025, 10, 1), date(2025, 11, 1))
    assert event.text("STATUS") == "TENTATIVE"
    assert event.text("X-DATELINE-GRANULARITY") == "month"
    assert event.text("SUMMARY") == "Bridge, closed; again (some time in 1-31 October 2025)"
    assert event.text("DESCRIPTION").startswith("Date uncertain: 1-31 October 2025, known only to the month")


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=300))
def test_calendar_text_survives_folding_and_escaping(written: str) -> None:
    value = calendar.text(written)
    line = "".join(calendar.folded(f"SUMMARY:{value}")).encode()
    held = read_calendar(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n" + line + b"END:VCALENDAR\r\n"
    )
    (told,) = (p.value for p in held.properties if p.name == "SUMMARY")
    wanted = "\n".join(rows.flat(part) for part in re.split(r"\r\n|[\r\n]", rows.clean(written)))
    assert told == wanted


def test_a_feed_has_an_item_a_story(atlas: Atlas) -> None:
    found = feedparser.parse(write(atlas, Filters(), "rss", home="https://desk.example/atlas/"))
    assert not found.bozo
    assert found.version == "rss20"
    stories = atlas.stories(Filters(), limit=100)
    assert [entry.title for entry in found.entries] == list(stories["title"])
    assert len({entry.id for entry in found.entries}) == len(stories)
    for entry, story in zip(found.entries, stories["story"], strict=True):
        assert entry.link.startswith("https://desk.example/atlas/?page=stories&")
        # What the link says is the same selection with the story.
        filters, dropped = Filters.from_query(parse_qs(urlsplit(entry.link).query))
        assert (filters, dropped) == (Filters(story=story), [])
        assert entry.published_parsed[:3] == (2025, 12, 15)


def test_the_dashboard_reads_its_own_feed_as_articles(atlas: Atlas) -> None:
    from dateline.article import Article
    from dateline.sources import read_bytes

    again = list(read_bytes("feed.xml", write(atlas, Filters(), "rss")))
    assert {item.title for item in again if isinstance(item, Article)} >= {"+49 30 1234", "-2+3"}


# -- the report ------------------------------------------------------------------------------------------------


def report(atlas: Atlas, filters: Filters | None = None) -> html.HtmlElement:
    return html.document_fromstring(write(atlas, filters or Filters(), "html").decode())


def test_the_report_says_what_was_selected_and_of_how_many(atlas: Atlas) -> None:
    filters = Filters(regions=("MA",), first=date(2025, 12, 1), last=date(2025, 12, 31))
    page = report(atlas, filters)
    text = page.text_content()
    assert filters.to_words() in text
    assert "1 of 5 loaded · 1 placed · 1 dated · 1 stories" in text
    assert len(page.findall(".//article")) == 1
    assert page.findtext(".//mark") == "Safi"
    assert len(page.findall(".//circle")) == 1
    assert page.find(".//path[@class='land']") is not None


def test_the_report_asks_for_nothing_and_runs_nothing(atlas: Atlas, attacked: Atlas) -> None:
    for page in (report(atlas), report(attacked)):
        assert page.xpath("//script | //img | //iframe | //link | //object | //embed | //base | //form") == []
        assert page.xpath("//@src | //@onerror | //@onload | //@onclick | //@srcset | //@background") == []
        assert not re.search(r"url\(|@import", page.findtext(".//style") or "")
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "default-src 'none'" in policy
        for link in page.xpath("//a"):
            assert urlsplit(link.get("href")).scheme in ("http", "https")
            assert "noopener" in link.get("rel")


def test_two_reports_of_the_same_data_are_the_same(atlas: Atlas) -> None:
    for form in FORMATS:
        if form != "xlsx":
            assert write(atlas, Filters(), form) == write(atlas, Filters(), form)


# -- texts written by an enemy ---------------------------------------------------------------------------------


def test_hostile_texts_stay_texts_in_every_format(attacked: Atlas) -> None:
    shown = rows.flat(HOSTILE)
    page = report(attacked)
    assert shown in " ".join(page.text_content().split())
    kml = xml(write(attacked, Filters(), "kml"))
    for mark in kml.iterfind(".//k:Placemark", KML):
        described = html.fromstring(f"<div>{mark.findtext('k:description', '', KML)}</div>")
        assert described.xpath("//script | //img | //@onerror") == []
        assert "$[" not in mark.findtext("k:description", "", KML)
    feed = xml(write(attacked, Filters(), "rss"))
    for item in feed.iterfind(".//item"):
        for part in ("title", "description"):
            assert html.fromstring(f"<div>{item.findtext(part)}</div>").xpath("//script | //img") == []
    assert feedparser.parse(write(attacked, Filters(), "rss"), sanitize_html=False).entries
    found = events(attacked)
    assert len(found.events) == attacked.counts(Filters()).stories
    for form in ("csv", "geojson", "kml", "ics", "rss", "html"):
        assert not re.search(
            rb"""(?:href=|URL:|link>|"url": ?)['"]?\s*javascript""", write(attacked, Filters(), form)
        )


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)",
        " data:text/html,x",
        "https://",
        "http://[",
        "ftp://example.org/",
        "//example.org",
        "https://example.org/a b",
        'https://example.org/"x',
        "https://example.org/\n",
        "https:\\\\example.org",
        "vbscript:x",
        None,
        7,
    ],
)
def test_only_web_addresses_are_addresses(bad: object) -> None:
    assert rows.web_address(bad) is None or rows.web_address(bad) == "https://example.org/"
    assert rows.web_address("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"


def test_half_a_character_does_not_stop_an_export(tmp_path: Path) -> None:
    item = make_article(
        "Floods in Safi, Morocco \ud83d, on Sunday.".encode("utf-8", "replace").decode(), title="x"
    )
    atlas = atlas_of([item], tmp_path)
    for form in FORMATS:
        assert write(atlas, Filters(), form)
    assert b"Safi" in write(atlas, Filters(), "csv")
