"""Whether the words around a time expression look back or ahead."""

from __future__ import annotations

import re

from dateline.findings.dates.resolve import FUTURE, NO_TENSE, PAST

_REACH = 160  # characters looked at to either side
_MARKER = re.compile(
    r"""\b(?:
      (?P<future>will|shall|won['’]t|going\ to|to\ be|(?:is|are|was|were|be|been)\ (?:due|expected|scheduled|set|slated|planned|to)
        |plans?\ to|planning|planned|scheduled|expected|expects?|slated|due|until|upcoming|ahead\ of|begins|starts|opens|takes\ effect
        |meets|expires?|hopes?\ to|intends?\ to|agreed\ to|vowed\ to|deadline|calls?\ for|payable|would)
      |(?P<past>was|were|had|did|said|told|been|came|went|took|made|left|began|fell|rose|met|held|hit|struck|shot|found|gave|got|ran|won
        |lost|sent|saw|set|put|led|cut|blew|broke|brought|fought|spoke|wrote|rocked|became|sold|bought|\w{2,}ed)
    )\b|(?P<ahead>['’]ll\b)""",
    re.VERBOSE | re.IGNORECASE,
)


def tense(text: str, sentence: tuple[int, int], start: int, end: int) -> int:
    """PAST, FUTURE or NO_TENSE of the verb nearest before the span, else of the first after it, in its sentence."""
    left = max(sentence[0], start - _REACH)
    last = None
    for match in _MARKER.finditer(text, left, start):
        last = match
    if last is None:
        last = _MARKER.search(text, end, min(sentence[1], end + _REACH))
    if last is None:
        return NO_TENSE
    return PAST if last["past"] else FUTURE
