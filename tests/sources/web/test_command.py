"""`dateline read` and `dateline ingest` with web addresses, as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from dateline.store import Store

from . import texts
from .server import Request, Site, answer

POLITE = ("--delay", "0")


def dateline(*arguments: object, code: int = 0, **environment: str) -> tuple[list[dict[str, str]], str]:
    """The command's lines of JSON (or of text, as ``said``) and its errors."""
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *map(str, arguments)],
        capture_output=True,
        timeout=240,
        env={**os.environ, **environment},
    )
    errors = done.stderr.decode()
    assert done.returncode == code, errors
    assert "Traceback" not in errors
    lines = done.stdout.decode().splitlines()
    return [json.loads(line) if line.startswith("{") else {"said": line} for line in lines], errors


def test_read_prints_the_articles_of_a_feed(site: Site) -> None:
    site["/feed"] = answer(texts.rss(("One", site.url("/1"))))
    site["/1"] = answer(texts.page())
    (row,), _ = dateline(
        "read", site.url("/feed"), "--full", "--allow-private", "--contact", "desk@example.org", *POLITE
    )
    assert texts.SENTENCES[3] in row["text"]
    assert row["locator"] == site.url("/feed")
    assert all("(+desk@example.org)" in request.headers["user-agent"] for request in site.asked)


def test_read_refuses_this_machine_unless_it_is_opened(site: Site, tmp_path: Path) -> None:
    site["/feed"] = answer(texts.rss(("One", "https://valleypost.example/1")))
    _, errors = dateline("read", site.url("/feed"), code=2)
    assert "loopback" in errors
    assert "--allow-private" in errors
    assert site.asked == []
    rows, _ = dateline("read", site.url("/feed"), *POLITE, DATELINE_ALLOW_PRIVATE="1")
    assert len(rows) == 1


def test_options_that_make_no_sense_are_one_line(site: Site) -> None:
    for option, value in (("--delay", "-1"), ("--timeout", "0"), ("--max-bytes", "0"), ("--contact", "a\nb")):
        _, errors = dateline("read", site.url("/feed"), option, value, code=2)
        assert len(errors.splitlines()) == 1
    assert site.asked == []


def test_sizes_and_reasons_reach_the_rejects(site: Site, tmp_path: Path) -> None:
    site["/large"] = answer("words " * 10_000)
    rejects = tmp_path / "rejects.jsonl"
    dateline(
        "read", site.url("/large"), site.url("/none"), "--allow-private", "--max-bytes", 20_480, *POLITE,
        "--rejects", rejects, code=2,
    )  # fmt: skip
    reasons = [json.loads(line)["reason"] for line in rejects.read_text().splitlines()]
    assert reasons == ["the answer is larger than 20 kB", "the server answers 404 Not Found"]


def test_ingest_remembers_after_the_articles_are_safe(site: Site, tmp_path: Path) -> None:
    whole = answer(texts.rss(("One", "https://valleypost.example/1")), etag='"1"')

    def feed(request: Request, wire: object) -> None:
        unchanged = request.headers.get("if-none-match") == '"1"'
        wire.sendall(answer("", 304) if unchanged else whole)  # type: ignore[attr-defined]

    site["/feed"] = feed
    (tmp_path / "feeds.opml").write_text(texts.opml(site.url("/feed")))
    store = tmp_path / "atlas"
    for expected in ("1 read: 1 kept", "0 read: 0 kept"):
        (line,), _ = dateline("ingest", tmp_path / "feeds.opml", "--store", store, "--allow-private", *POLITE)
        assert line["said"].startswith(expected)
    snapshot = Store(store).latest()
    assert snapshot is not None
    assert (snapshot.number, snapshot.articles) == (1, 1)
    assert site.asked[-1].headers["if-none-match"] == '"1"'
    # A commit that did not happen is not remembered: with the tables gone the feed is asked for as a whole.
    assert (store / "web.json").exists()
