"""Whether the words around a time expression look back or ahead."""

from __future__ import annotations

from itertools import takewhile

from dateline.findings.dates.context import FUTURE, NO_TENSE, PAST
from dateline.findings.dates.grammar import Expression
from dateline.findings.dates.lexicon import words_of

_REACH = 28  # tokens looked at to either side

_AHEAD = words_of(
    "will shall would ll planning planned plans scheduled expected expects slated upcoming begins starts "
    "opens meet meets expires deadline payable effective supposed"
)
# Ahead only with "to" behind them: "hopes to", "set to", "due to expire".
_AHEAD_WITH_TO = words_of(
    "plan hope hopes intends intend agreed vowed set due going ready wants want aims promised"
)
# What "to" and a verb behind look ahead from: "an agreement to buy the bank in January".
_INTENT = words_of(
    "agreement plan plans decision deal bid offer proposal order orders intention decided voted vowed promised "
    "pledged threatened agreed ordered"
)
_BACK = words_of(
    "was were had did said told been came went took made left began fell rose met held hit struck shot "
    "found gave got ran won lost sent saw set put led cut blew broke brought fought spoke wrote became "
    "sold bought built paid drove flew"
)
_NO_INFINITIVE = words_of("a an the his her its their this that these those")
_PARTICIPLES = words_of("held made heard sent sold built met put set paid taken given chosen begun done due")
_NOT_VERBS = words_of(
    "need indeed speed feed breed weed bleed seed deed hundred unprecedented united limited wicked sacred "
    "naked rugged unidentified unspecified unexpected unlimited exceed proceed succeed bed red shed"
)
_TELLING = _AHEAD | _AHEAD_WITH_TO | _BACK | _PARTICIPLES | {"Will", "won", "to"}
_DEADLINES = words_of("until till effective starting beginning")

# Verb endings of the other languages, ahead and back; Russian also has words of its own for what is planned.
_ENDINGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ru": (("состоится", "состоятся", "пройдет", "пройдёт", "пройдут", "будет", "будут", "планируется", "планирует",
            "начнется", "начнётся", "откроется", "ются", "ятся", "ется", "ится", "ют", "ят", "ут"),
           ("л", "ла", "ло", "ли", "лся", "лась", "лось", "лись")),
    "tr": (("acak", "ecek", "acaktır", "ecektir", "acağını", "eceğini", "acaklar", "ecekler"),
           ("dı", "di", "du", "dü", "tı", "ti", "tu", "tü", "dılar", "diler")),
    "az": (("acaq", "əcək", "acaqdır", "əcəkdir", "acağını", "əcəyini"),
           ("ıb", "ib", "ub", "üb", "dı", "di", "du", "dü", "ışdır", "işdir", "uşdur", "üşdür")),
}  # fmt: skip


def tense(expression: Expression, language: str = "en") -> int:
    """PAST, FUTURE or NO_TENSE of the verb nearest before the expression, else of the first after it."""
    words = expression.tokens.words
    if language == "en" and _is_deadline(words, expression.first, expression.last):
        return FUTURE
    if language == "ru" and words[expression.first - 1].lower() in ("к", "ко") and expression.first:
        return FUTURE
    if language != "en":
        return _tense_abroad(expression, language)
    first, last = expression.first, expression.last
    for at in range(first - 1, max(first - _REACH, 0) - 1, -1):
        word = words[at]
        if (word in _TELLING or word[-2:] == "ed") and (found := _verb(words, at)) is not None:
            return found
    for at in range(last, min(last + _REACH, len(words))):
        word = words[at]
        if (word in _TELLING or word[-2:] == "ed") and (found := _verb(words, at)) is not None:
            return found
    return NO_TENSE


def _tense_abroad(expression: Expression, language: str) -> int:
    """The verb of the date's own clause, the part up to a comma either way; else the nearest one outside."""
    words = expression.tokens.words
    after = words[expression.last : expression.last + _REACH]
    before = words[max(expression.first - _REACH, 0) : expression.first][::-1]
    inside = [list(takewhile(lambda word: word not in _PAUSES, side)) for side in (after, before)]
    for side in (*inside, before, after):
        for word in side:
            found = _ending(word, language)
            if found is not None:
                return found
    return NO_TENSE


_PAUSES = words_of(", ; : . ( ) — –")


def _is_deadline(words: list[str], first: int, last: int) -> bool:
    """ "Until Friday", "as soon as Tuesday", "by May" where nothing had happened by then."""
    word = words[first - 1].lower() if first else ""
    if word in _DEADLINES:
        return True
    if last < len(words) and words[last] == "deadline":
        return True
    if word == "as" and first > 2:
        return words[first - 3].lower() == "as"
    return word == "by" and not any(
        back in ("had", "were", "was") for back in words[max(first - _REACH, 0) : first]
    )


def _verb(words: list[str], at: int) -> int | None:
    """What the English word at a place says of time; None where it is no verb that tells."""
    word = words[at]
    nearby = words[at + 1] if at + 1 < len(words) else ""
    if word in _AHEAD_WITH_TO and nearby == "to" and words[max(at - 2, 0) : at] != ["had", "been"]:
        return FUTURE
    if word == "to" and at and words[at - 1] in _INTENT and nearby.islower() and nearby not in _NO_INFINITIVE:
        return FUTURE
    if word == "won" and nearby in ("'", "’"):
        return FUTURE
    participle = word in _PARTICIPLES or (word.endswith("ed") and len(word) > 3)
    if participle and word.islower() and word not in _NOT_VERBS:
        return _participle(words, at)
    if word in _AHEAD or word == "Will":
        return FUTURE
    if word in _BACK:
        return PAST
    return None


def _participle(words: list[str], at: int) -> int:
    """A participle's time is its auxiliary's: "will be named", "is heard", "was expected", "had been due"."""
    back = at - 1
    if back >= 0 and words[back].endswith("ly"):
        back -= 1
    auxiliary = words[back].lower() if back >= 0 else ""
    further = words[back - 1].lower() if back >= 1 else ""
    if auxiliary == "be":
        return FUTURE if further in ("will", "shall", "would", "to", "not", "also") else NO_TENSE
    if words[at] in _AHEAD or words[at] in _AHEAD_WITH_TO:
        return PAST if auxiliary == "been" and further == "had" else _ahead_or_back(words, at)
    return NO_TENSE if auxiliary in ("is", "are") else PAST


def _ahead_or_back(words: list[str], at: int) -> int:
    """ "Expected" looks ahead by itself, "agreed" and "set" only before "to"."""
    return FUTURE if words[at] in _AHEAD or words[at] == "due" else PAST


def _ending(word: str, language: str) -> int | None:
    """The tense of a Russian, Turkish or Azerbaijani verb by its ending."""
    ahead, back = _ENDINGS.get(language, ((), ()))
    low = word.lower()
    if low.endswith(ahead):
        return FUTURE
    return PAST if len(low) > 4 and low.endswith(back) else None
