"""One target under atheris: ``python -m tests.fuzz.worker TARGET CORPUS [libFuzzer's options]``."""

from __future__ import annotations

import sys
import warnings

import atheris

# What is instrumented is what the fuzzer sees of the code: ours, and the parsers in Python that it calls.
_SEEN = ["dateline", "feedparser", "htmldate", "warcio"]


def main() -> None:
    """Hands over to libFuzzer, which ends the process."""
    warnings.simplefilter("ignore")
    with atheris.instrument_imports(include=_SEEN):
        from tests.fuzz.targets import TARGETS

        target = TARGETS[sys.argv.pop(1)]
        # What a target imports, loads and builds on its first call counts for no input's time, and is seen, too.
        target(b"A ferry sank off Poti, Georgia, on Sunday.")
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
