"""``python -m tests.fuzz``: every target of :mod:`tests.fuzz.targets` run by atheris, a process each, for a while.

``--seconds N`` in all (default 660), ``--only NAME``, ``--json FILE``. Inputs that made a target raise, or take longer
than ten seconds, are kept under ``tests/fuzz/seeds/NAME/`` and from then on replayed by ``tests/fuzz/test_seeds.py``.
Exit code 1 when there was any. What the fuzzer learnt lies in ``.cache/fuzz`` and is taken up the next time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.fuzz.targets import SEEDS, TARGETS

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).with_name("seeds")
CORPUS = ROOT / ".cache" / "fuzz"
# A parser that thinks longer than this about a few kilobytes is a fault, too.
SLOWEST = 10
LONGEST_INPUT = 8192


@dataclass(frozen=True)
class Outcome:
    """What became of one target: executions, seconds, edges of the code that were reached, inputs that broke it."""

    target: str
    executions: int
    seconds: float
    edges: int
    broke: int


def fuzz(target: str, seconds: int) -> Outcome:
    """One target in a process of its own."""
    corpus = CORPUS / target
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in (*SEEDS[target], *(path.read_bytes() for path in (KEPT / target).glob("*"))):
        (corpus / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    with tempfile.TemporaryDirectory() as found:
        start = time.monotonic()
        command = [
            sys.executable,
            "-m",
            "tests.fuzz.worker",
            target,
            str(corpus),
            f"-artifact_prefix={found}/",
        ]
        command += [f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-max_len={LONGEST_INPUT}"]
        command += ["-rss_limit_mb=4096", "-print_final_stats=1"]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False
        )
        broke = [_keep(target, path) for path in Path(found).iterdir()]
        if done.returncode and not broke:
            print(done.stderr[-3000:], file=sys.stderr)
        if broke:
            print(_fault(done.stderr), file=sys.stderr)
        executions = re.search(r"number_of_executed_units: (\d+)", done.stderr)
        edges = re.findall(r"cov: (\d+)", done.stderr)
        return Outcome(
            target,
            int(executions.group(1)) if executions else len(re.findall(r"^#\d+", done.stderr, re.MULTILINE)),
            round(time.monotonic() - start, 1),
            int(edges[-1]) if edges else 0,
            len(broke) or int(done.returncode != 0),
        )


def _keep(target: str, artifact: Path) -> Path:
    data = artifact.read_bytes()
    kept = KEPT / target / hashlib.sha1(data, usedforsecurity=False).hexdigest()[:16]
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(data)
    return kept


def _fault(output: str) -> str:
    """The traceback in the output, or its end."""
    at = output.find("Uncaught Python exception")
    return output[at : at + 4000] if at >= 0 else output[-2000:]


def main() -> int:
    """See the module."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz")
    asked.add_argument("--seconds", type=int, default=660)
    asked.add_argument("--only", choices=TARGETS, action="append")
    asked.add_argument("--json", type=Path)
    options = asked.parse_args()
    names = options.only or list(TARGETS)
    each = max(5, options.seconds // len(names))
    outcomes = []
    for name in names:
        outcome = fuzz(name, each)
        outcomes.append(outcome)
        print(
            f"{name:<12} {outcome.executions:>9,} runs  {outcome.seconds:>6.1f} s  {outcome.edges:>6,} edges  "
            f"{outcome.broke} broke it",
            flush=True,
        )
    total, seconds = sum(o.executions for o in outcomes), sum(o.seconds for o in outcomes)
    broke = sum(o.broke for o in outcomes)
    print(f"{'all':<12} {total:>9,} runs  {seconds:>6.1f} s  {broke} inputs broke a target")
    if options.json:
        options.json.write_text(json.dumps([asdict(o) for o in outcomes], indent=1) + "\n")
    return int(broke > 0)


if __name__ == "__main__":
    sys.exit(main())
