"""The command line as a user runs it: exit codes, one-line errors, bad input, pipes."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dateline import cli
from dateline.store import Store

GOOD = {
    "id": "a1",
    "text": "Floods killed 12 people in Safi, Morocco, on Sunday (14 December), officials said.",
}
FACTS = {
    "id": "a2",
    "text": "=HYPERLINK(1) A quake shook Vienna, Austria, on 5 December 2025.",
    "title": "=1+1",
}


def dateline(
    *arguments: object, stdin: bytes | None = None, code: int = 0
) -> subprocess.CompletedProcess[bytes]:
    """Run the command; its exit code must be ``code`` and no traceback may be seen."""
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=240,
        check=False,
    )
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert done.returncode == code, said
    return done


def rows(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.splitlines()]


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(r).encode() + b"\n" for r in records)


class Inside:
    """Runs the command in this process: quicker, for all that does not hang on being a process."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[bytes]) -> None:
        self._patch = patch
        self._capture = capture

    def __call__(self, *arguments: object, stdin: bytes = b"", code: int = 0) -> tuple[bytes, list[str]]:
        """What it printed, and the lines it said on standard error."""
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main([str(a) for a in arguments])
        printed, said = self._capture.readouterr()
        assert ended.value.code == code, said
        return printed, said.decode().splitlines()


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Inside:
    return Inside(monkeypatch, capsysbinary)


def test_help_names_every_command_of_the_design() -> None:
    said = dateline("--help").stdout.decode()
    for command in ("read", "annotate", "stories", "ingest", "export", "evaluate", "serve"):
        assert command in said


def test_read_annotate_and_stories_in_a_pipe(tmp_path: Path) -> None:
    table = tmp_path / "news.csv"
    table.write_text('title,text,published\nFlood,"' + str(GOOD["text"]) + '",2025-12-15\n', "utf-8")
    articles = dateline("read", table, "--source", "Desk A").stdout
    (article,) = rows(articles)
    assert (article["source"], article["published"]) == ("Desk A", "2025-12-15")
    (found,) = rows(dateline("annotate", stdin=articles).stdout)
    assert found["id"] == article["id"]
    assert {(p["surface"], p["country"]) for p in found["places"]} >= {("Safi", "MA")}
    assert [(t["kind"], t["low"]) for t in found["tolls"]] == [("killed", 12)]
    (story,) = rows(dateline("stories", stdin=articles).stdout)
    assert story["id"] == article["id"]
    # What `read` printed is read again as it is.
    again = tmp_path / "articles.jsonl"
    again.write_bytes(articles)
    assert rows(dateline("read", again).stdout) == [article]


def test_two_workers_find_what_one_finds_in_the_same_order() -> None:
    data = lines(*({**GOOD, "id": f"a{n}", "published": "2025-12-15"} for n in range(70)))
    one = dateline("annotate", stdin=data).stdout
    assert dateline("annotate", "--workers", 2, stdin=data).stdout == one


def test_a_bad_line_is_reported_and_the_rest_kept(inside: Inside) -> None:
    data = lines(GOOD) + b"{broken\n" + lines({"id": "x"}, FACTS)
    printed, said = inside("annotate", stdin=data)
    assert [r["id"] for r in rows(printed)] == ["a1", "a2"]
    assert [line.split(",")[1].split(":")[0] for line in said] == [" line 2", " line 3"]
    assert inside("annotate", "--strict", stdin=data, code=1) == (printed, said)
    inside("annotate", stdin=b"{broken\n", code=2)


BAD = {
    "empty.txt": (b"", "empty"),
    "binary.txt": (bytes(range(256)) * 40, ""),
    "columns.csv": (b"a,b\n1,2\n", "column"),
    "broken.jsonl": (lines(*([GOOD] * 6)) + b"{\n" + lines(FACTS), "line 7"),
    "february.csv": (
        b"text,date\nA quake shook Vienna on Monday evening in the dark.,2025-02-31\n",
        "2025-02-31",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_with_file_and_place(inside: Inside, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(BAD[name][0])
    refused = tmp_path / "rejects.jsonl"
    _, said = inside("read", file, "--rejects", refused, code=0 if name == "broken.jsonl" else 2)
    assert len(said) == 1
    assert name in said[0]
    assert BAD[name][1] in said[0]
    assert any(r["kind"] == "broken" for r in rows(refused.read_bytes()))


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-16-le", "utf-8-sig"])
def test_texts_of_other_encodings_are_read(inside: Inside, tmp_path: Path, encoding: str) -> None:
    text = (
        "В Баку прошла встреча министров энергетики трёх стран, сообщили во вторник власти Азербайджана.\n"
        * 3
    )
    file = tmp_path / "page.txt"
    file.write_bytes(text.encode(encoding))
    assert "Азербайджана" in inside("read", file)[0].decode()


def test_a_300_mb_text_is_refused_without_being_read(inside: Inside, tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as out:
        out.truncate(300 * 2**20)
    _, (said,) = inside("read", file, code=2)
    assert "large.txt" in said
    assert "MB" in said


def test_ingest_keeps_the_rest_of_the_batch_and_records_the_reject(inside: Inside, tmp_path: Path) -> None:
    good, bad, store = tmp_path / "good.jsonl", tmp_path / "bad.csv", tmp_path / "atlas"
    good.write_bytes(lines(GOOD, FACTS))
    bad.write_bytes(b"a,b\n1,2\n")
    done = dateline("ingest", good, bad, "--store", store, "--strict", code=1)
    assert b"2 kept" in done.stdout
    snapshot = Store(store).latest()
    assert snapshot is not None
    assert len(snapshot.frame("articles")) == 2
    assert "bad.csv" in snapshot.frame("rejects")["locator"].iloc[0]
    assert b"0 kept, 2 there before" in inside("ingest", good, bad, "--store", store)[0]
    assert len(Store(store).snapshots()) == 1

    table = list(csv.DictReader(io.StringIO(inside("export", "--store", store)[0].decode())))
    assert {"Safi", "Vienna"} <= {row["name"] for row in table}
    assert all(not value.startswith("=") for row in table for value in row.values())
    printed, (said,) = inside(
        "export", "--store", store, "--filters", "region=AT&axis=x", "--format", "geojson"
    )
    features = json.loads(printed)["features"]
    assert {f["properties"]["country"] for f in features} == {"AT"}
    # A country has no point: a dot on its centroid would say what nobody wrote.
    assert {f["properties"]["precision"]: f["geometry"] is None for f in features} == {1: False, 4: True}
    assert "axis=x" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "nowhere.txt"], "nowhere.txt"),
        (["read", "-", "--date", "2025-02-31"], "2025-02-31"),
        (["evaluate", "moods", "x"], "moods"),
        (["evaluate", "places", "nowhere.jsonl"], "nowhere.jsonl"),
        (["export", "--format", "xls"], "xls"),
        (["sing"], "sing"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_code_2(
    inside: Inside, arguments: list[str], said: str
) -> None:
    _, (line,) = inside(*arguments, code=2)
    assert said in line


def test_a_store_that_is_a_file_is_one_line(inside: Inside, tmp_path: Path) -> None:
    good, store = tmp_path / "good.jsonl", tmp_path / "atlas"
    good.write_bytes(lines(GOOD))
    store.write_text("x")
    _, (said,) = inside("ingest", good, "--store", store, code=2)
    assert "is a file" in said
    # A folder cannot be made below a file, for root either.
    _, (said,) = inside("ingest", good, "--store", store / "below", code=2)
    assert str(store) in said


def test_evaluate_prints_figures_and_json(inside: Inside, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl.gz"
    row = {
        "id": "1",
        "text": GOOD["text"],
        "kind": "toll",
        "killed_ok": [12],
        "injured_ok": [None],
        "killed": 12,
    }
    with gzip.open(gold, "wb") as out:
        out.write(lines(row))
    figures = json.loads(inside("evaluate", "tolls", gold, "--json")[0])
    assert any(value == 1.0 for value in figures.values())
    assert b"killed" in inside("evaluate", "tolls", gold)[0]
    gold.write_bytes(gzip.compress(b"{\n"))
    _, (said,) = inside("evaluate", "tolls", gold, code=2)
    assert "line 1" in said


def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    table = tmp_path / "many.jsonl"
    table.write_bytes(lines(*({"text": f"{GOOD['text']} Report {n}."} for n in range(5_000))))
    shell = f"'{sys.executable}' -m dateline read '{table}' | head -1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, timeout=120, check=True)
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("atlas of the tests")
    (folder / "good.jsonl").write_bytes(lines(GOOD, FACTS))
    dateline("ingest", folder / "good.jsonl", "--store", folder / "store")
    return folder / "store"


def test_fields_that_are_no_text_are_said_and_left_out(inside: Inside) -> None:
    odd = {**GOOD, "id": 7, "title": ["x"], "language": 5, "published": "2025-02-31"}
    printed, said = inside("annotate", stdin=lines(odd))
    (found,) = rows(printed)
    assert (found["id"], found["language"]) == (7, "en")
    assert [line.partition("line 1: ")[2].split()[0] for line in said] == ["title", "language", "published"]
    assert "2025-02-31" in said[2]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[1]", "no JSON object"),
        (b'"text"', "no JSON object"),
        (b"{}", "lacks id and text"),
        (b'{"id": null, "text": "x"}', "lacks id"),
        (b'{"id": "a", "text": 5}', "lacks text"),
        (b'{"id": "a", "text": "\xff"}', "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
    ],
)
def test_lines_that_are_no_article_say_why(inside: Inside, line: bytes, reason: str) -> None:
    for command in ("annotate", "stories"):
        printed, said = inside(command, stdin=line + b"\n", code=2)
        assert printed == b""
        assert len(said) == 1
        assert said[0].startswith("dateline: standard input, line 1: ")
        assert reason in said[0]


def test_story_ids_go_out_as_they_came_in(inside: Inside) -> None:
    texts = [{"id": 1, "text": GOOD["text"]}, {"id": "b", "text": FACTS["text"]}, {"text": "no id"}]
    printed, said = inside("stories", "--strict", stdin=lines(*texts), code=1)
    assert {row["id"] for row in rows(printed)} == {1, "b"}
    assert len(said) == 1


def test_nothing_in_is_nothing_out(inside: Inside) -> None:
    for command in ("annotate", "stories"):
        assert inside(command, stdin=b"\n\n") == (b"", [])


def test_half_a_character_survives_the_pipe(inside: Inside) -> None:
    printed, _ = inside("annotate", stdin=b'{"id": "\\ud83d", "text": "Floods in Safi."}\n')
    assert rows(printed)[0]["id"] == "\ud83d"


def test_filters_that_mean_nothing_are_said_one_by_one(inside: Inside, atlas: Path) -> None:
    link = "http://localhost:8501/map?region=ZZ&region=MA&date=2025-02-31&precision=9&colour=red&q=a?b"
    _, said = inside("export", "--store", atlas, "--filters", link)
    for bad in ("region=ZZ", "date=2025-02-31", "precision=9", "colour"):
        assert [line for line in said if bad in line], bad
    assert all(line.startswith("dateline: --filters ") for line in said)
    assert not [line for line in said if "MA" in line or "a?b" in line]


def test_a_snapshot_or_an_atlas_that_is_not_there(inside: Inside, atlas: Path, tmp_path: Path) -> None:
    _, (said,) = inside("export", "--store", atlas, "--filters", "data=9-00000000", code=2)
    assert "9-00000000" in said
    assert str(atlas) in said
    _, (said,) = inside("export", "--store", tmp_path / "none", code=2)
    assert "dateline ingest" in said


def test_files_that_cannot_be_written_are_named(inside: Inside, atlas: Path, tmp_path: Path) -> None:
    out = tmp_path / "none" / "out.csv"
    _, (said,) = inside("export", "--store", atlas, "--out", out, code=2)
    assert str(out) in said
    page = tmp_path / "page.jsonl"
    page.write_bytes(lines(GOOD))
    _, (said,) = inside("read", page, "--rejects", out, code=2)
    assert str(out) in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    page = tmp_path / "page.jsonl"
    page.write_bytes(lines(GOOD))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dateline", "read", str(page)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"dateline: standard output: No space left on device\n"


def test_serve_says_at_once_what_stands_in_its_way(inside: Inside, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        _, (said,) = inside("serve", "--host", "127.0.0.1", "--port", port, code=2)
        assert f"port {port} is taken" in said
    _, (said,) = inside("serve", "--host", "no.such.host.invalid", code=2)
    assert "no.such.host.invalid" in said
    (tmp_path / "file").touch()
    _, (said,) = inside("serve", "--store", tmp_path / "file", code=2)
    assert "is a file" in said


def test_a_fault_of_our_own_is_one_line_too(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(row: object) -> None:
        raise RuntimeError("first\nsecond")

    monkeypatch.setattr("dateline.annotate.annotate_articles", fail)
    _, (said,) = inside("annotate", stdin=lines(GOOD), code=2)
    assert "RuntimeError: first second" in said
    assert "DATELINE_TRACEBACK" in said
    monkeypatch.setenv("DATELINE_TRACEBACK", "1")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines(GOOD))))
    with pytest.raises(RuntimeError):
        cli.main(["annotate"])


def test_a_mistyped_option_is_one_line(inside: Inside) -> None:
    for arguments in (
        ["read"],
        ["read", "--bogus"],
        ["annotate", "--workers", "x"],
        ["serve", "--port", "0"],
    ):
        _, said = inside(*arguments, code=2)
        assert len(said) == 1
        assert f"dateline {arguments[0]} --help" in said[0]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.skipif(
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN, reason="this shell keeps Ctrl-C to itself"
)
def test_ctrl_c_is_one_line() -> None:
    command = [sys.executable, "-m", "dateline", "annotate"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        # Its complaint about the first line tells that it is at work.
        process.stdin.write(b"{broken\n")
        process.stdin.flush()
        assert b"line 1" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b"dateline: stopped\n"
        assert process.wait(30) == 130


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everything"
)
def test_folders_without_permission(inside: Inside, tmp_path: Path) -> None:
    closed, page = tmp_path / "closed", tmp_path / "page.jsonl"
    closed.mkdir()
    page.write_bytes(lines(GOOD))
    closed.chmod(0)
    try:
        for arguments in (["read", closed], ["ingest", page, "--store", closed / "atlas"]):
            _, (said,) = inside(*arguments, code=2)
            assert "closed" in said
    finally:
        closed.chmod(0o700)


def test_a_short_command_loads_nothing_heavy() -> None:
    program = (
        "import sys, dateline.cli, dateline.article, dateline.annotate, dateline.engines;"
        "print([m for m in ('pandas', 'pyarrow', 'duckdb', 'deltalake', 'streamlit') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
