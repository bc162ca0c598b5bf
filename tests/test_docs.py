"""The documents say what is so: commands, parameters, pages, files, links, figures.

``python -m tests.test_docs`` writes the tables of figures anew, from the floors of ``tests/gold`` and ``tests/sample``.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dateline import exports, filters
from dateline.sources import limits
from tests.gold import test_dates, test_pages, test_places, test_stories, test_tolls, test_topics
from tests.sample import test_sample

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
README = ROOT / "README.md"
DOCUMENTS = sorted(
    path for pattern in ("*.md", "docs/**/*.md", "data/**/*.md") for path in ROOT.glob(pattern)
)
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def text(path: Path | str) -> str:
    return (ROOT / path).read_text("utf-8")


def table(path: Path | str, head: str) -> list[list[str]]:
    """The cells of the Markdown table whose first column is called ``head``, without its head."""
    rows: list[list[str]] = []
    for line in text(path).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if rows and not cells:
            break
        if rows or (cells and cells[0] == head):
            rows.append(cells)
    assert rows, f"{path} has no table whose first column is {head!r}"
    return rows[2:]


def code(cell: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", cell)


# -- the command line ------------------------------------------------------------------------------------------


@cache
def commands() -> dict[str, set[str]]:
    """The command line as it is: command → its options."""
    import typer.main

    from dateline.cli import app

    group: Any = typer.main.get_command(app)
    return {
        name: {
            option
            for one in (command, *getattr(command, "commands", {}).values())
            for parameter in one.params
            for option in parameter.opts
            if option.startswith("--")
        }
        for name, command in group.commands.items()
    }


def shell_lines() -> Iterator[str]:
    """The README's examples that call ``dateline``, in order: lines of its shell blocks and of its table."""
    block = False
    for line in text(README).splitlines():
        if line.startswith("```"):
            block = line == "```sh"
        elif block and line.startswith("dateline "):
            yield line
        elif line.startswith("| `dateline "):
            yield code(line)[0]


def test_the_table_of_commands_is_the_command_line() -> None:
    rows = table(README, "command")
    told = {code(row[0])[0].split()[1]: set(_OPTION.findall(" ".join(row))) for row in rows}
    assert told == commands()


def test_no_document_speaks_of_an_option_that_is_not_there() -> None:
    wrong = []
    for path in DOCUMENTS:
        for call in re.findall(r"dateline (\w+)([^`\n]*)", text(path)):
            if call[0] in commands():
                wrong += [
                    f"{path.name}: dateline {call[0]} {option}"
                    for part in [call[1].split(" | ")[0]]
                    for option in _OPTION.findall(part)
                    if option not in commands()[call[0]]
                ]
    assert wrong == []


def test_what_make_is_asked_for_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    asked = {
        name for path in DOCUMENTS for name in re.findall(r"(?:`|^)make (\w+)", text(path), re.MULTILINE)
    } - {"PORT"}
    assert {"run", "test"} <= asked <= targets


_PAGE = """\
Ferry town mends its quay
The harbour office of Batumi, Georgia, closed its old quay on Monday (15 December) after a crack was found in it.
The office said divers would look at the quay until Friday. Ferries go from the new pier until then.
Three people were killed when a wall fell near Gori, Georgia, on Sunday, police said on Monday (15 December).
Subscribe to our newsletter
"""
_FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Example Herald</title><item>
<title>Flood closes a road near Osh</title><link>https://example.org/osh</link>
<pubDate>Tue, 16 Dec 2025 08:00:00 GMT</pubDate>
<description>A flood closed the road from Osh to Jalal-Abad in Kyrgyzstan on Monday.</description>
</item></channel></rss>
"""
_HTML = """<!doctype html><html><head><title>Bridge opens</title>
<meta property="article:published_time" content="2025-12-12T08:00:00+04:00"></head>
<body><article><h1>Bridge opens in Yerevan</h1><p>A new bridge over the Hrazdan opened in Yerevan on Friday. The city's
engineers had worked on it for three years, and the first trams crossed it before noon.</p></article></body></html>
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the README's examples name."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "saved-pages").mkdir()
    files = {
        "page.txt": _PAGE,
        "articles.csv": "title,text,date\nSnow in Astana,Snow closed the airport of Astana on Tuesday.,2025-12-17\n",
        "feed.xml": _FEED,
        "saved-pages/bridge.html": _HTML,
        "gold.jsonl": json.dumps(
            {
                "text": "Three people died.",
                "killed": 3,
                "killed_ok": [3],
                "injured": None,
                "injured_ok": [None],
            }
        ),
    }
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.mark.slow
def test_the_readmes_examples_run(desk: Path) -> None:
    environment = {
        **os.environ,
        "DATELINE_STORE": str(desk / "atlas"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    # A watch needs a network (tests/test_watch.py gives it one).
    examples = [line for line in shell_lines() if not line.startswith(("dateline serve", "dateline watch"))]
    assert {line.split()[1] for line in examples} == set(commands()) - {"serve", "watch"}
    for line in examples:
        done = subprocess.run(
            line,
            shell=True,
            cwd=desk,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), line
    assert len((desk / "findings.jsonl").read_text("utf-8").splitlines()) >= 2
    assert json.loads((desk / "georgia.geojson").read_text("utf-8"))["features"]
    assert "Osh" in (desk / "floods.csv").read_text("utf-8")


def test_formats_of_export() -> None:
    row = next(row for row in table(README, "command") if row[0].startswith("`dateline export"))
    assert set(exports.FORMATS) <= {word for cell in code(row[2]) for word in cell.split()}


# -- the address and the pages ---------------------------------------------------------------------------------


def test_every_parameter_of_the_address_is_told() -> None:
    rows = {code(row[0])[0]: row for row in table(README, "parameter")}
    assert list(rows) == ["page", *filters.PARAMETERS]
    shared = [name for row in table("docs/sharing.md", "what") for name in code(row[1])]
    assert sorted(shared) == sorted(rows)
    for name, values in (
        ("axis", filters.AXES),
        ("scope", filters.SCOPES),
        ("metric", filters.METRICS),
        ("map", filters.MAPS),
        ("page", pages()),
    ):
        assert sorted(code(rows[name][2])) == sorted(values)


@pytest.mark.parametrize("name", ["region", "topic", "lang", "precision", "v", "data", "q", "source", "date"])
def test_the_values_told_are_understood(name: str) -> None:
    row = next(row for row in table(README, "parameter") if code(row[0]) == [name])
    values = code(row[2])
    query = {name: values[:2] if name == "date" else values}
    found, dropped = filters.Filters.from_query(query)
    view, dropped_of_view = filters.View.from_query(query)
    assert dropped == dropped_of_view == []
    assert found or view != filters.View()


def test_the_region_codes_told_exist() -> None:
    from dateline.gazetteer import load

    row = next(row for row in table(README, "parameter") if code(row[0]) == ["region"])
    assert [value for value in code(row[2]) if load().place(value) is None] == []


def pages() -> dict[str, str]:
    """The pages of app.py: address → title."""
    return dict(re.findall(r'\("(\w+)", "(\w+)", ":material', text("app.py")))


def test_every_page_is_told() -> None:
    assert len(pages()) >= 6
    assert [row[0].strip("*") for row in table(README, "page")] == list(pages().values())


# -- files, links, paths ---------------------------------------------------------------------------------------


def shipped() -> set[Path]:
    """The files under data/ and static/ that are no README."""
    return {
        path
        for folder in ("data", "static")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not path.name.endswith("README.md") and "__pycache__" not in path.parts
    }


def test_every_data_file_has_its_licence() -> None:
    told: set[Path] = set()
    for files, _, origin, licence, described in table("data/README.md", "file"):
        paths = {(ROOT / "data" / name).resolve() for name in code(files)}
        told |= paths
        assert origin and licence, files
        if link := re.search(r"\(([^)]+)\)", described):
            readme = text(Path("data") / link.group(1))
            assert re.search(r"licen[cs]e|public domain", readme, re.IGNORECASE), link.group(1)
            assert [path.name for path in paths if path.name not in readme] == []
    assert told == shipped()


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in DOCUMENTS:
        body = re.sub(r"```.*?```", "", text(path), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"", body):
            link = "".join(target)
            if link.startswith(("http://", "https://")):
                continue
            file, _, anchor = link.partition("#")
            there = (path.parent / file).resolve() if file else path
            if not there.exists() or (anchor and anchor not in anchors(there)):
                broken.append(f"{path.relative_to(ROOT)}: {link}")
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a document."""
    heads = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def test_every_document_is_reached_from_the_index() -> None:
    index = text("docs/index.md")
    pages_of = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert {page for page in pages_of - {"index.md"} if f"({page})" not in index} == set()


def test_the_house_names_every_part() -> None:
    house = " ".join(row[0] for row in table("CONTRIBUTING.md", "where"))
    package = ROOT / "lib" / "dateline"
    parts = {f"{p.name}/" for p in package.iterdir() if p.is_dir() and p.name != "__pycache__"}
    parts |= {p.name for p in package.glob("*.py")} - {"__init__.py", "__main__.py", "stories_background.py"}
    assert {part for part in parts if f"lib/dateline/{part}" not in house} == set()


def test_no_path_of_one_machine() -> None:
    machine = re.compile(r"(?<![\w.])/(?:(?:work|root|home)\b|tmp/)")
    folders = ("lib", "pages", "scripts", "tests", "docs", "data", ".streamlit", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    kinds = {".py", ".md", ".toml", ".mjs", ".txt", ""}
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files
        if path.suffix in kinds and path != Path(__file__) and "__pycache__" not in path.parts
        for match in machine.finditer(path.read_text("utf-8", "replace"))
    ]
    assert found == []


# -- promises --------------------------------------------------------------------------------------------------


def promises() -> list[list[str]]:
    """The rows of every table of docs/promises.md: promise, what keeps it."""
    lines = [line for line in text("docs/promises.md").splitlines() if line.startswith("| ")]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if "| kept by |" not in line
    ]


def test_every_promise_is_kept_by_a_test_that_is_there() -> None:
    rows = promises()
    assert len(rows) >= 30
    missing = []
    for promise, keepers in rows:
        named = [name for name in code(keepers) if not name.startswith("make ")]
        assert named or "make soak" in keepers, promise
        for name in named:
            path, _, function = name.partition("::")
            there = (ROOT / path).is_file() and re.search(rf"^def {function}\(", text(path), re.MULTILINE)
            missing += [] if function and there else [name]
    assert missing == []


# -- figures ---------------------------------------------------------------------------------------------------


def test_sizes_and_bounds_told() -> None:
    how = text("docs/how-it-works.md")
    for size in (limits.FILE_LIMIT, limits.TEXT_LIMIT, limits.PAGE_LIMIT, limits.FEED_LIMIT):
        assert limits.in_words(size) in how
    sharing = text("docs/sharing.md").replace("\n", " ")
    assert f"At most {filters.MOST_VALUES} values" in sharing
    assert f"{filters.LONGEST_TEXT} characters of searched words" in sharing
    briefs = len(text("data/sample/articles.jsonl").splitlines())
    assert f"{briefs} short briefs" in text(README)


def figure(value: float) -> str:
    """``.926``."""
    return f"{value:.3f}".removeprefix("0")


# What the gold files hold, by their names: texts, then what is counted in them. Compared where they are there.
PLACES = {"lgl": (261, 2380), "geovirus": (109, 1028), "trnews": (69, 657), "geowebnews": (95, 1273)}
DATES = {"timebank": (103, 558), "aquaint": (31, 222)}
STORIES = {"giveme5w1h": (239, 38), "ecbplus": (551, 48)}
TOPICS = {"bbc_news": 1082, "ag_news": 1541, "reuters21578": 694}
NAMES = {
    "lgl": "LGL",
    "geovirus": "GeoVirus",
    "trnews": "TR-News",
    "geowebnews": "GeoWebNews",
    "timebank": "TimeBank",
    "aquaint": "AQUAINT",
    "giveme5w1h": "Giveme5W1H",
    "ecbplus": "ECB+",
    "bbc_news": "BBC News",
    "ag_news": "AG News",
    "reuters21578": "Reuters-21578",
}
TOLLS = (82, 27)
PAGES = (96, {"htmldate_mc": 105, "htmldate_def": 75})
SAMPLE = {
    "place": "first place within 50 km, or its division or country where that is all there is",
    "country": "in the right country",
    "event day": "the event's day",
    "killed": "the same figure of killed",
    "topic": "first topic",
    "stories b3 f1": "stories, B³ F1",
}


def rows_of(name: str) -> list[list[str]]:
    """A table of figures: its head and its rows."""
    if name == "places":
        head = ["collection", "texts", "toponyms", "found", "found and within 161 km", "right where located"]
        told = test_places.scores()
        return [
            [*head, "found, never trained on the collection"],
            *(
                [
                    NAMES[key],
                    *map(str, PLACES[key]),
                    *(figure(told["cross_validated"][key][k]) for k in ("f1", "f1_at_161", "id_or_161")),
                    figure(told["unseen_corpus"][key]["f1"]),
                ]
                for key in PLACES
            ),
        ]
    if name == "dates":
        return [
            ["collection", "texts", "dates and times", "found", "overlapping", "and right value"],
            *(
                [
                    NAMES[key],
                    *map(str, DATES[key]),
                    *(figure(f[k]) for k in ("strict_f1", "relaxed_f1", "value_f1")),
                ]
                for key, f in floors(test_dates.FLOORS)
            ),
        ]
    if name == "tolls":
        f = test_tolls.FLOORS["sentences.dev.jsonl"]
        return [
            ["figure of", "given in", "precision", "recall"],
            *(
                [kind, f"{n} sentences", figure(f[f"{kind}_precision"]), figure(f[f"{kind}_recall"])]
                for kind, n in zip(("killed", "injured"), TOLLS, strict=True)
            ),
        ]
    if name == "topics":
        return [
            ["collection", "texts", "first topic right", "trained on it"],
            *([NAMES[key], str(TOPICS[key]), figure(f), "yes"] for key, f in floors(test_topics.FLOORS)),
            ["the sample corpus", "309", figure(test_sample.FLOORS["topic"]), "no"],
        ]
    if name == "stories":
        return [
            ["collection", "texts", "stories", "B³ F1", "among 5,000 others"],
            *(
                [NAMES[key], *map(str, STORIES[key]), figure(f), figure(test_stories.MIXED_FLOORS[key])]
                for key, f in floors(test_stories.FLOORS)
            ),
            ["the sample corpus", "309", "144", figure(test_sample.FLOORS["stories b3 f1"]), ""],
        ]
    if name == "pages":
        bodies, days = PAGES
        labels = {"htmldate_mc": "news of many sites", "htmldate_def": "blogs, institutions and others"}
        return [
            ["what", "pages", "right"],
            ["text of a saved page, mean F1 of word 4-grams", str(bodies), figure(test_pages.BODY_FLOOR)],
            *(
                [f"day of publication, {labels[key]}", str(days[key]), figure(f)]
                for key, f in floors(test_pages.DAY_FLOORS)
            ),
        ]
    if name == "sample":
        return [
            ["of the sample's briefs, the share with", "at least"],
            *([SAMPLE[key], figure(f)] for key, f in floors(test_sample.FLOORS)),
        ]
    assert name == "summary", name
    return summary()


def summary() -> list[list[str]]:
    """The README's table: what is found, how it is counted, and the floors (of places, what unseen texts gave)."""
    places = list(test_places.scores()["cross_validated"].values())
    dates = [f for _, f in floors(test_dates.FLOORS)]
    tolls = test_tolls.FLOORS["sentences.dev.jsonl"]
    grouped = [f for _, f in floors(test_stories.FLOORS)]

    def span(values: Iterable[float]) -> str:
        low, *_, high = sorted(values)
        return f"{figure(low)} to {figure(high)}"

    return [
        ["what", "counted on", "at least"],
        ["[toponyms](docs/places.md) found (F1)", "4 collections, 534 texts", span(f["f1"] for f in places)],
        ["found and within 161 km (F1)", "the same", span(f["f1_at_161"] for f in places)],
        [
            "[dates](docs/dates.md) found, exact words (F1)",
            "2 collections, 134 texts",
            span(f["strict_f1"] for f in dates),
        ],
        ["found with the right value (F1)", "the same", span(f["value_f1"] for f in dates)],
        [
            "[figures of killed](docs/tolls.md): precision, recall",
            "131 sentences",
            f"{figure(tolls['killed_precision'])}, {figure(tolls['killed_recall'])}",
        ],
        [
            "[first topic](docs/topics.md) right",
            "309 briefs of the sample",
            figure(test_sample.FLOORS["topic"]),
        ],
        ["[stories](docs/stories.md) (B³ F1)", "2 collections, 790 texts", span(grouped)],
    ]


def floors(found: dict[str, Any]) -> list[tuple[str, Any]]:
    """Floors by the bare names of their files."""
    return [(name.removesuffix(".jsonl").removesuffix(".dev"), value) for name, value in found.items()]


def markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *rest = rows
    lines = [head, ["---", *("---:" if len(cell) < 12 else "---" for cell in (rest[0])[1:])], *rest]
    return "\n".join(f"| {' | '.join(row)} |".replace("|  |", "| |") for row in lines)


_FIGURES = re.compile(r"(<!-- figures: (\w+) -->\n)(.*?)(<!-- /figures -->)", re.DOTALL)


def rewritten(document: str) -> str:
    """The document with its tables of figures as the floors have them."""
    return _FIGURES.sub(lambda m: f"{m[1]}{markdown(rows_of(m[2]))}\n{m[4]}", document)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_figures_told_are_the_floors(path: Path) -> None:
    assert text(path) == rewritten(text(path)), "run: python -m tests.test_docs"


def test_every_kind_of_figure_is_told() -> None:
    told = {m[1] for path in DOCUMENTS for m in _FIGURES.findall(text(path))}
    assert told == {"summary", "places", "dates", "tolls", "topics", "stories", "pages", "sample"}


def test_figures_told_in_sentences() -> None:
    source = text("tests/gold/test_dates.py")
    right, dated = re.search(r"right >= (\d+)", source), re.search(r"len\(dated\) == (\d+)", source)
    assert right and dated
    told = re.search(r"<!-- figure: event days -->(.+?)<!--", text("docs/dates.md"))
    assert told and told.group(1) == f"{right.group(1)} of {dated.group(1)}"
    kept_out = re.findall(r"(?<!\d)\.\d{3}\b", test_topics.__doc__ or "")
    assert kept_out and [f for f in kept_out if f not in text("docs/topics.md")] == []


def gold(name: str) -> list[dict[str, Any]]:
    path = GOLD / name
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        return [json.loads(line) for line in lines]


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.is_dir(), reason=f"the gold files are not there: {GOLD}")
def test_the_gold_files_hold_what_is_told() -> None:
    for name, told in PLACES.items():
        rows = gold(f"places/{name}.dev.jsonl")
        assert (len(rows), sum(len(row["toponyms"]) for row in rows)) == told, name
    for name, told in DATES.items():
        rows = gold(f"dates/{name}.dev.jsonl")
        scored = sum(t["type"] in ("DATE", "TIME") for row in rows for t in row["timex"])
        assert (len(rows), scored) == told, name
    for name, told in STORIES.items():
        rows = gold(f"stories/{name}.dev.jsonl")
        assert (len(rows), len({row["cluster"] for row in rows})) == told, name
    assert {name: len(gold(f"topics/{name}.dev.jsonl")) for name in TOPICS} == TOPICS
    rows = gold("tolls/sentences.dev.jsonl")
    assert len(rows) == 131
    assert tuple(sum(r[kind] is not None for r in rows) for kind in ("killed", "injured")) == TOLLS
    assert len(gold("pages/extraction_benchmark.dev.jsonl")) == PAGES[0]
    days = [row["id"].split(":")[0] for row in gold("pages/htmldate.dev.jsonl")]
    assert {name: days.count(name) for name in PAGES[1]} == PAGES[1]
    assert sum(texts for texts, _ in PLACES.values()) == 534
    assert sum(texts for texts, _ in DATES.values()) == 134
    assert sum(texts for texts, _ in STORIES.values()) == 790


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(rewritten(text(document)), "utf-8")
