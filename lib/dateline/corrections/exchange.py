"""Exchange: corrections as JSON lines, written out and taken in again, here or in another atlas of the same articles.

A correction keeps its id, its time and its author, so that a file taken in twice adds nothing the second time, and two
desks that swap files end with the same corrections. Those of articles that an atlas lacks are kept all the same, and
apply as soon as it has read them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dateline.corrections.correction import Correction, NotACorrection, from_dict
from dateline.corrections.recording import RIGHT, append, read
from dateline.corrections.standing import articles_of
from dateline.rights import Actor, require_editor
from dateline.store import Snapshot, Store

# A line that is longer was not written by an export.
LONGEST_LINE = 1_000_000
MOST_PROBLEMS = 100


@dataclass(slots=True)
class Imported:
    """What a file came to: corrections added, known before, without an article here, and lines that are none."""

    added: int = 0
    known: int = 0
    orphaned: int = 0
    problems: list[str] = field(default_factory=list)
    snapshot: Snapshot | None = None

    def words(self) -> str:
        """It in one line."""
        parts = [f"{self.added:,} added", f"{self.known:,} there before"]
        if self.orphaned:
            parts.append(
                f"{self.orphaned:,} of the added are of articles that this atlas does not have: kept, without effect"
            )
        if self.problems:
            parts.append(f"{len(self.problems):,} lines are no corrections")
        return "; ".join(parts)


def to_lines(corrections: Iterable[Correction]) -> Iterator[str]:
    """A JSON object a correction, without the ends of lines."""
    for correction in sorted(corrections, key=lambda c: c.order):
        yield json.dumps(correction.to_dict(), ensure_ascii=False)


def from_lines(lines: Iterable[str]) -> tuple[list[Correction], list[str]]:
    """The corrections of JSON lines, and what is wrong with lines that are none, by their number. Never raises."""
    found: dict[str, Correction] = {}
    problems: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if len(line) > LONGEST_LINE:
                raise NotACorrection("it is far too long")
            row = json.loads(line)
            if not isinstance(row, dict):
                raise NotACorrection("it is no object")
            correction = from_dict(row)
            # The store holds UTF-8; half a surrogate pair is none.
            json.dumps(correction.to_dict(), ensure_ascii=False).encode("utf-8")
            found.setdefault(correction.id, correction)
        except (NotACorrection, UnicodeEncodeError) as problem:
            problems.append(f"line {number}: {problem}")
        except (ValueError, RecursionError):
            problems.append(f"line {number}: it is no JSON")
        except (TypeError, OverflowError, AttributeError):
            problems.append(f"line {number}: a field is not of its kind")
        if len(problems) >= MOST_PROBLEMS:
            problems.append("and maybe more; reading stopped there")
            break
    return list(found.values()), problems


def take_in(store: Store, actor: Actor, lines: Iterable[str]) -> Imported:
    """Add the corrections of a file that the store lacks, in one commit; raises NotAllowed for a reader."""
    require_editor(actor, RIGHT)
    offered, problems = from_lines(lines)
    report = Imported(problems=problems)
    with store.writing() as commit:
        known = {c.id for c in read(commit.read("corrections", _COLUMNS))}
        new = [replace(c, imported_by=actor.name) for c in offered if c.id not in known]
        report.known = len(offered) - len(new)
        report.added = len(new)
        report.orphaned = sum(_homeless(c, commit.known) for c in new)
        if not new:
            report.snapshot = commit.base
            return report
        append(commit, new)
        report.snapshot = commit.publish()
    return report


def _homeless(correction: Correction, articles: Sequence[str] | set[str]) -> bool:
    if correction.kind == "reject" or correction.undoes:
        return False
    named = articles_of(correction) if correction.kind == "story" else {correction.article or ""}
    return not named <= set(articles)


def _columns() -> list[str]:
    from dateline.article import SCHEMAS

    return list(SCHEMAS["corrections"].names)


_COLUMNS = _columns()
