"""One target under atheris: ``python -m tests.fuzz.worker TARGET CORPUS [libFuzzer's options]``."""

from __future__ import annotations

import sys
import warnings

import atheris

# What is instrumented is what the fuzzer sees of the code: ours, and the parsers in Python that it calls.
with atheris.instrument_imports(include=["dateline", "feedparser", "htmldate", "warcio"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Hands over to libFuzzer, which ends the process."""
    target = TARGETS[sys.argv.pop(1)]
    warnings.simplefilter("ignore")
    # Tables, indexes and weights are loaded once, outside of the time that an input may take.
    target(b"A ferry sank off Poti, Georgia, on Sunday.")
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
