"""Recording, undoing, conflicts, rights; and what an atlas shows then."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from dateline.article import SCHEMAS
from dateline.corrections import (
    Conflict,
    Draft,
    NotACorrection,
    anchor_of,
    corrections,
    record,
    redo,
    reject_subject,
    undo,
)
from dateline.filters import Filters
from dateline.query import Atlas
from dateline.rights import NotAllowed
from dateline.store import Snapshot, Store
from tests.corrections.conftest import ANNA, BORIS, FLOOD, FLOOD_AGAIN, QUIET, READER, STRIKE

VIENNA_VA: dict[str, Any] = {
    "place": "g4791160",
    "name": "Vienna",
    "kind": "settlement",
    "geonameid": 4791160,
    "country": "US",
    "admin1": "US.VA",
    "lat": 38.9012,
    "lon": -77.2653,
    "precision": 1,
}


def draft(
    kind: str, words: str, text: str, article: str, subject: str | None = None, /, **after: Any
) -> Draft:
    start = text.index(words)
    anchor = anchor_of(text, start, start + len(words))
    return Draft(kind, article, subject or words, after, anchor=anchor)


def latest(store: Store) -> Snapshot:
    found = store.latest()
    assert found is not None
    return found


def rows(store: Store, article: str, table: str = "mentions") -> list[dict[str, Any]]:
    found = Atlas(latest(store)).article(article)
    assert found is not None
    frame: pd.DataFrame = found[table]
    return frame.astype("object").where(frame.notna(), None).to_dict("records")


def of(found: list[dict[str, Any]], words: str) -> list[dict[str, Any]]:
    return [row for row in found if row["surface"] == words]


def test_another_place_is_shown_on_every_page(store: Store) -> None:
    before = of(rows(store, FLOOD.id), "Vienna")
    assert [m["country"] for m in before] == ["AT"]
    made = record(
        store, ANNA, [draft("mention", "Vienna", FLOOD.text, FLOOD.id, **VIENNA_VA)], seen=latest(store)
    )
    (after,) = of(rows(store, FLOOD.id), "Vienna")
    assert (after["place"], after["country"], after["corrected"]) == ("g4791160", "US", made.rows[0].id)
    assert after["lat"] == pytest.approx(38.9012)
    atlas = Atlas(latest(store))
    mentioned = atlas.places(Filters(scope="mentions"))
    assert "g4791160" in set(mentioned["place"])
    evidence = atlas.evidence(Filters(scope="mentions"), limit=None)
    assert list(evidence.loc[evidence["corrected"].notna(), "place"]) == ["g4791160"]


def test_the_tables_of_findings_stay_as_they_were(store: Store) -> None:
    first = latest(store)
    record(store, ANNA, [draft("mention", "Vienna", FLOOD.text, FLOOD.id, removed=True)], seen=first)
    last = latest(store)
    assert {t: v for t, v in last.tables.items() if t != "corrections"} == dict(first.tables)
    assert not of(rows(store, FLOOD.id), "Vienna")
    # A pinned link shows what was so then.
    pinned = Atlas(first).article(FLOOD.id)
    assert pinned is not None
    assert "Vienna" in set(pinned["mentions"]["surface"])


def test_not_where_it_happened_and_it_happened_here(store: Store) -> None:
    safi = [m for m in rows(store, FLOOD.id) if m["place"] and m["here"]]
    assert {m["name"] for m in safi} >= {"Safi"}
    change = draft(
        "mention", "Vienna", FLOOD.text, FLOOD.id, role="where", here=True, place="g2761369",
        name="Vienna", kind="settlement", geonameid=2761369, country="AT", admin1="AT.09", lat=48.2, lon=16.4,
        precision=1,
    )  # fmt: skip
    record(store, ANNA, [change], seen=latest(store))
    assert "AT" in set(Atlas(latest(store)).countries(Filters())["country"])
    gone = draft("mention", "Tbilisi", STRIKE.text, STRIKE.id, here=False, role="mention", everywhere=True)
    record(store, ANNA, [gone], seen=latest(store))
    assert not any(m["here"] for m in of(rows(store, STRIKE.id), "Tbilisi"))
    atlas = Atlas(latest(store))
    assert "GE" not in set(atlas.countries(Filters())["country"])
    assert "GE" in set(atlas.countries(Filters(scope="mentions"))["country"])


def test_everywhere_takes_in_the_same_words_and_no_others(store: Store) -> None:
    change = draft("mention", "Safi", FLOOD.text, FLOOD.id, removed=True, everywhere=True)
    record(store, ANNA, [change], seen=latest(store))
    left = {m["surface"] for m in rows(store, FLOOD.id)}
    assert "Safi" not in left
    assert "Morocco" in left


def test_another_date_moves_the_event(store: Store) -> None:
    change = draft(
        "date", "14 December 2025", FLOOD.text, FLOOD.id,
        value="2025-12-13", first="2025-12-13", last="2025-12-13", granularity="day", of="event", chosen=True,
    )  # fmt: skip
    record(store, ANNA, [change], seen=latest(store))
    found = Atlas(latest(store)).article(FLOOD.id)
    assert found is not None
    assert pd.Timestamp(found["first"]).date() == date(2025, 12, 13)
    on_day = Filters(first=date(2025, 12, 13), last=date(2025, 12, 13))
    assert list(Atlas(latest(store)).articles(on_day)["id"]) == [FLOOD.id]


def test_not_the_events_date_leaves_it_to_the_next(store: Store) -> None:
    record(
        store,
        ANNA,
        [draft("date", "14 December 2025", FLOOD.text, FLOOD.id, of="reference")],
        seen=latest(store),
    )
    found = Atlas(latest(store)).article(FLOOD.id)
    assert found is not None
    assert found["first"] is None or pd.Timestamp(found["first"]).date() != date(2025, 12, 14)


def test_another_figure(store: Store) -> None:
    killed = next(t for t in rows(store, FLOOD.id, "tolls") if t["kind"] == "killed")
    words = killed["surface"]
    change = draft("toll", words, FLOOD.text, FLOOD.id, "killed", low=40, high=40, qualifier="exact")
    record(store, ANNA, [change], seen=latest(store))
    found = Atlas(latest(store)).articles(Filters())
    row = found[found["id"] == FLOOD.id].iloc[0]
    assert (row["killed"], row["killed_said"], row["injured"]) == (40, "40", 14)
    record(
        store,
        ANNA,
        [draft("toll", words, FLOOD.text, FLOOD.id, "killed", reference=True)],
        seen=latest(store),
    )
    found = Atlas(latest(store)).articles(Filters())
    assert pd.isna(found[found["id"] == FLOOD.id].iloc[0]["killed"])
    ledger = Atlas(latest(store)).tolls(Atlas(latest(store)).article(FLOOD.id)["story"])  # type: ignore[index]
    assert (40, True) in set(zip(ledger["low"], ledger["reference"], strict=True))


def test_topics_are_added_and_taken_off(store: Store) -> None:
    first = rows(store, STRIKE.id, "topics")[0]["code"]
    sport = Draft("topic", STRIKE.id, "medtop:15000000", {"label": "sport", "first": True})
    record(store, ANNA, [sport], seen=latest(store))
    assert [t["code"] for t in rows(store, STRIKE.id, "topics")][:2] == ["medtop:15000000", first]
    assert STRIKE.id in set(Atlas(latest(store)).articles(Filters(topics=("medtop:15000000",)))["id"])
    off = [Draft("topic", STRIKE.id, c, {"removed": True}) for c in ("medtop:15000000", first)]
    record(store, ANNA, off, seen=latest(store))
    assert not {"medtop:15000000", first} & {t["code"] for t in rows(store, STRIKE.id, "topics")}


def story_of(store: Store, article: str) -> str:
    found = Atlas(latest(store)).article(article)
    assert found is not None
    return str(found["story"])


def test_stories_are_merged_and_split_and_links_follow(store: Store) -> None:
    flood, strike = story_of(store, FLOOD.id), story_of(store, STRIKE.id)
    assert flood == story_of(store, FLOOD_AGAIN.id) != strike
    merge = Draft("story", FLOOD.id, flood, {"merge": [FLOOD.id, STRIKE.id]})
    merged = record(store, ANNA, [merge], seen=latest(store))
    assert {story_of(store, a.id) for a in (FLOOD, FLOOD_AGAIN, STRIKE)} == {flood}
    atlas = Atlas(latest(store))
    assert atlas.heirs(strike)["story"].tolist() == [flood]
    assert atlas.counts(Filters()).stories == 2
    undo(store, BORIS, [merged.rows[0].id])
    assert story_of(store, STRIKE.id) == strike
    split = Draft("story", FLOOD.id, flood, {"split": [FLOOD_AGAIN.id], "rest": [FLOOD.id]})
    apart = record(store, ANNA, [split], seen=latest(store))
    assert story_of(store, FLOOD.id) == flood
    assert story_of(store, FLOOD_AGAIN.id) == f"c{apart.rows[0].id}"


def test_a_reject_that_was_looked_at_leaves_the_list(store: Store) -> None:
    (reject,) = Atlas(latest(store)).rejects().to_dict("records")
    change = Draft("reject", None, reject_subject(reject), {"fine": True}, {"excerpt": reject["excerpt"]})
    made = record(store, ANNA, [change], seen=latest(store))
    atlas = Atlas(latest(store))
    assert atlas.rejects().empty
    assert atlas.rejects(fine=True)["corrected"].tolist() == [made.rows[0].id]
    undo(store, ANNA, [made.rows[0].id])
    assert len(Atlas(latest(store)).rejects()) == 1


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    """All that an atlas shows of the findings."""
    atlas = Atlas(latest(store))
    return {
        table: atlas._ask(f'SELECT * FROM "{table}" ORDER BY ALL')
        .drop(columns="run", errors="ignore")
        .astype(str)
        .to_dict("records")
        for table in ("mentions", "dates", "tolls", "topics", "events", "stories", "rejects")
    }


def some_drafts() -> list[Draft]:
    return [
        draft("mention", "Vienna", FLOOD.text, FLOOD.id, **VIENNA_VA),
        draft("mention", "Tbilisi", STRIKE.text, STRIKE.id, removed=True),
        draft("date", "14 December 2025", FLOOD.text, FLOOD.id, of="statement"),
        Draft("topic", FLOOD.id, "medtop:15000000", {"label": "sport", "first": True}),
        Draft("story", FLOOD.id, "s", {"merge": [FLOOD.id, STRIKE.id]}),
    ]


def test_undo_restores_exactly_and_redo_brings_back(store: Store) -> None:
    before = everything(store)
    made = record(store, ANNA, some_drafts(), seen=latest(store))
    changed = everything(store)
    assert changed != before
    undo(store, BORIS, [c.id for c in made.rows], note="a mistake")
    assert everything(store) == before
    # Twice is once.
    assert undo(store, BORIS, [made.rows[0].id]).rows == ()
    redo(store, ANNA, [c.id for c in made.rows])
    assert everything(store) == changed
    assert redo(store, ANNA, [made.rows[0].id]).rows == ()


def test_nothing_is_ever_taken_out_of_the_table(store: Store) -> None:
    made = record(store, ANNA, some_drafts(), seen=latest(store))
    undo(store, BORIS, [made.rows[0].id])
    book = corrections(latest(store))
    assert {c.id for c in made.rows} < {c.id for c in book}
    assert (book[-1].undoes, book[-1].who, book[-1].after) == (made.rows[0].id, "boris", {})


def test_the_later_of_two_wins_field_by_field(store: Store) -> None:
    record(store, ANNA, [draft("mention", "Vienna", FLOOD.text, FLOOD.id, **VIENNA_VA)], seen=latest(store))
    second = record(
        store,
        ANNA,
        [draft("mention", "Vienna", FLOOD.text, FLOOD.id, here=False, role="mention")],
        seen=latest(store),
    )
    (row,) = of(rows(store, FLOOD.id), "Vienna")
    assert (row["country"], row["here"], row["corrected"]) == ("US", False, second.rows[0].id)
    undo(store, ANNA, [second.rows[0].id])
    (row,) = of(rows(store, FLOOD.id), "Vienna")
    assert (row["country"], row["here"]) == ("US", True)


def test_what_someone_else_corrected_since_is_told_and_nothing_written(store: Store) -> None:
    seen = latest(store)
    record(store, ANNA, [draft("mention", "Vienna", FLOOD.text, FLOOD.id, removed=True)], seen=seen)
    mine = [draft("mention", "Vienna", FLOOD.text, FLOOD.id, **VIENNA_VA)]
    with pytest.raises(Conflict, match="anna has corrected the same"):
        record(store, BORIS, mine, seen=seen)
    assert len(corrections(latest(store))) == 1
    # Another subject is no conflict; and whoever has seen it may decide.
    record(store, BORIS, [draft("mention", "Tbilisi", STRIKE.text, STRIKE.id, removed=True)], seen=seen)
    record(store, BORIS, mine, seen=latest(store))
    assert len(corrections(latest(store))) == 3


def test_readers_write_nothing(store: Store) -> None:
    change = [draft("mention", "Vienna", FLOOD.text, FLOOD.id, removed=True)]
    with pytest.raises(NotAllowed, match="guest may not correct"):
        record(store, READER, change, seen=latest(store))
    made = record(store, ANNA, change, seen=latest(store))
    for back in (undo, redo):
        with pytest.raises(NotAllowed):
            back(store, READER, [made.rows[0].id])
    assert len(corrections(latest(store))) == 1


def test_a_clock_set_back_does_not_make_the_newest_the_oldest(store: Store) -> None:
    change = [draft("mention", "Vienna", FLOOD.text, FLOOD.id, removed=True)]
    record(store, ANNA, change, seen=latest(store), now=datetime(2026, 1, 1, tzinfo=UTC))
    record(
        store,
        ANNA,
        [draft("mention", "Vienna", FLOOD.text, FLOOD.id, **VIENNA_VA)],
        seen=latest(store),
        now=datetime(2020, 1, 1, tzinfo=UTC),
    )
    assert of(rows(store, FLOOD.id), "Vienna")[0]["country"] == "US"


def test_what_is_no_correction_is_refused(store: Store) -> None:
    text = FLOOD.text
    for bad in (
        Draft("weather", FLOOD.id, "x", {"removed": True}),
        draft("mention", "Vienna", text, FLOOD.id),
        draft("mention", "Vienna", text, FLOOD.id, role="somewhere"),
        draft("mention", "Vienna", text, FLOOD.id, place="g1"),
        draft("mention", "Vienna", text, FLOOD.id, **(VIENNA_VA | {"lat": 91})),
        draft("mention", "Vienna", text, FLOOD.id, **(VIENNA_VA | {"lat": float("nan")})),
        draft("mention", "Vienna", text, FLOOD.id, colour="red"),
        draft("date", "Friday", text, FLOOD.id, value="x", first="2025-12-14", last="2025-12-13", granularity="day"),
        draft("date", "Friday", text, FLOOD.id, first="14.12.2025"),
        draft("toll", "37", text, FLOOD.id, "killed", low=5, high=4, qualifier="exact"),
        draft("toll", "37", text, FLOOD.id, "killed", low=-1),
        Draft("mention", FLOOD.id, "Vienna", {"removed": True}),
        Draft("story", FLOOD.id, "s", {"split": [FLOOD.id]}),
        Draft("topic", None, "medtop:15000000", {"removed": True}),
    ):  # fmt: skip
        with pytest.raises(NotACorrection):
            record(store, ANNA, [bad], seen=latest(store))
    with pytest.raises(NotACorrection, match="there is no correction"):
        undo(store, ANNA, ["0" * 16])
    assert corrections(latest(store)) == []


def test_a_correction_whose_words_are_gone_is_an_orphan_and_kept(store: Store) -> None:
    lost = Draft(
        "mention", FLOOD.id, "Atlantis", {"removed": True}, anchor=anchor_of("in Atlantis now", 3, 11)
    )
    elsewhere = draft("mention", "Vienna", FLOOD.text, "f" * 16, removed=True)
    made = record(store, ANNA, [lost, elsewhere], seen=latest(store))
    states = Atlas(latest(store)).overlay.states()
    assert [states[c.id] for c in made.rows] == ["orphaned", "orphaned"]


def test_corrections_outlive_another_annotation(store: Store) -> None:
    """As a newer version would leave it: offsets, places and spans differ, the article is the same."""
    change = draft("mention", "Vienna", FLOOD.text, FLOOD.id, **VIENNA_VA)
    off = draft("mention", "Tbilisi", STRIKE.text, STRIKE.id, removed=True)
    made = record(store, ANNA, [change, off], seen=latest(store))
    frame = latest(store).frame("mentions")
    # Vienna is not found any more, and Tbilisi is cut otherwise.
    frame = frame[frame["surface"] != "Vienna"]
    tbilisi = frame["surface"] == "Tbilisi"
    start = STRIKE.text.index("in Tbilisi")
    frame.loc[tbilisi, "start"] = start
    frame.loc[tbilisi, "surface"] = "in Tbilisi"
    with store.writing() as commit:
        commit.replace("mentions", frame[SCHEMAS["mentions"].names])
        commit.publish()
    (vienna,) = of(rows(store, FLOOD.id), "Vienna")
    assert (vienna["country"], vienna["corrected"]) == ("US", made.rows[0].id)
    assert FLOOD.text[vienna["start"] : vienna["end"]] == "Vienna"
    assert not of(rows(store, STRIKE.id), "in Tbilisi")


def test_an_article_without_findings_opens_too(store: Store) -> None:
    record(
        store, ANNA, [Draft("topic", QUIET.id, "medtop:15000000", {"label": "sport", "first": True})],
        seen=latest(store),
    )  # fmt: skip
    assert rows(store, QUIET.id, "topics")[0]["label"] == "sport"
