"""Tolls told by verbs with their object: "killed 37 people", "left 17 dead"."""

from __future__ import annotations

from dateline.findings.quantities import words_in
from dateline.findings.tolls.harm import ACTIVE, ADVERBS, BE, CAUSE, PASSIVE_ONLY
from dateline.findings.tolls.sentence import Sentence, object_of

_MONTHS = frozenset(
    words_in("january february march april may june july august september october november december")
)


_ARMED = frozenset(
    words_in("men soldiers troops fighters sailors marines guerrillas policemen militants comrades")
)
# Verbs that tell of harm by the state they leave people in: "left 17 dead", "forced 200 families to leave".
LEAVING = frozenset(
    words_in(
        "left leaving leaves leave claimed claiming forced forcing driven drove driving lost losing made making "
        "treated treating"
    )
)
_HURTS = frozenset(words_in("burns wounds injuries fractures shock smoke bruises cuts poisoning"))
_MODALS = frozenset(
    words_in("would could will might may can should must cannot 'll won't to not never don't doesn't didn't")
)


def only_thought_of(low: tuple[str, ...], i: int) -> bool:
    """ "Could kill thousands", "planned to kill ten", "don't kill": nothing has happened yet."""
    if low[i] not in _BARE or not i:
        return False
    return low[i - 1] in _MODALS and low[max(i - 3, 0) : i] != ("went", "on", "to")


_BARE = frozenset(words_in("kill injure wound hurt displace evacuate die"))


def read_active(s: Sentence, i: int, word: str) -> None:
    """ "killed 37 people", "left 17 dead", "claimed 37 lives", "forced 200 families to leave"."""
    low = s.tokens.low
    if is_passive(s, i) or only_thought_of(low, i):
        return
    members = object_of(s, i + 1)
    if not members:
        members = _object_after_pair(s, i)
    if not members or any(k in s.taken for k in members):
        return
    last = s.groups[members[-1]].last
    if word in ACTIVE:
        if (
            low[i - 1 : i] in (("or",), ("and",))
            and low[i - 2 : i - 1]
            and low[i - 2] in ACTIVE
            and ACTIVE[low[i - 2]] != ACTIVE[word]
        ):
            return
        if s.game and ACTIVE[word] != "killed":
            return
        if not _counts(s, members, ACTIVE[word]):
            return
        if word in ("hurt", "hurting") and (_is_business(s, members) or not _is_bodily(s, members)):
            return
        s.tell(
            members, ACTIVE[word], f"the object of “{word}”", 0.95 if s.groups[members[0]].counted else 0.8
        )
        return
    state = _state_after(low, last, word)
    if state:
        s.tell(members, state, f"“{word}” in that state", 0.95)


def _is_bodily(s: Sentence, members: list[int]) -> bool:
    """Whether a hurt is one of the body: people are counted, or something that wounds is named."""
    return any(s.groups[k].counted for k in members) or CAUSE.search(s.text, *s.span) is not None


def _is_business(s: Sentence, members: list[int]) -> bool:
    """ "Hurt 20 smaller lenders": those a business is hurt in are no injured."""
    return s.groups[members[-1]].head in _BUSINESS


_BUSINESS = frozenset(
    words_in(
        "lenders exporters importers makers producers retailers suppliers investors buyers sellers traders "
        "growers brokers lender exporter maker producer retailer dealers insurers developers"
    )
)


def _object_after_pair(s: Sentence, i: int) -> list[int]:
    """ "killed and injured", "killing at once": the object one conjunct further is not this verb's alone."""
    low = s.tokens.low
    if low[i + 1 : i + 2] == ("off",):
        return []
    if low[i + 1 : i + 2] == ("between",):
        return object_of(s, i + 1)
    return []


def _state_after(low: tuple[str, ...], j: int, verb: str) -> str | None:
    ahead = low[j : j + 5]
    if verb == "claimed":
        return "killed" if low[j - 1] == "victims" else None
    if verb in ("treated", "treating"):
        return "injured" if ahead[:1] == ("for",) and any(w in _HURTS for w in ahead) else None
    if verb in ("lost", "losing"):
        return "killed" if low[j - 1] in _ARMED else None
    if verb.startswith(("forc", "dr")):
        leaving = ahead[:1] == ("to",) and any(
            w in ("flee", "leave", "evacuate", "move", "abandon") for w in ahead
        )
        out = ahead[:1] in (("from",), ("out",)) and any(w in ("homes", "their") for w in ahead)
        return "displaced" if leaving or out else None
    for w in ahead:
        if w in ("dead",):
            return "killed"
        if w in ("injured", "wounded", "hurt"):
            return "injured"
        if w == "missing":
            return "missing"
        if w in ("homeless", "displaced"):
            return "displaced"
        if w not in ("more", "others", "other", "people", "and", "seriously", "badly", "critically"):
            return None
    return None


def is_passive(s: Sentence, i: int) -> bool:
    """An auxiliary stands before the participle: "were killed", "were shot and killed", "have been killed"."""
    low = s.tokens.low
    if low[i] not in PASSIVE_ONLY and low[i] != "trapped":
        return False
    j = i - 1
    if (
        j >= 1
        and low[j] in ("and", "or")
        and (low[j - 1].endswith("ed") or low[j - 1] in ("shot", "beaten", "hurt", "run", "hit", "struck"))
    ):
        j -= 2
    steps = 0
    while j >= 0 and steps < 4:
        if low[j] in BE or low[j] in ("get", "got", "gets"):
            return True
        if low[j] in ADVERBS or low[j].endswith("ly") or low[j] in ("confirmed", "reported"):
            j, steps = j - 1, steps + 1
            continue
        return False
    return False


def _counts(s: Sentence, members: list[int], kind: str) -> bool:
    """A group of unnamed size is not counted where its verb needs none, and a bare number may be of things."""
    group = s.groups[members[-1]]
    ahead = s.tokens.low[group.last : group.last + 3]
    if (
        group.head == ""
        and ahead
        and ahead[0] in ("hours", "days", "weeks", "months", "years", "km", "kilometres", "miles")
    ):
        return False
    return kind != "displaced" or any(s.groups[k].counted for k in members)


def has_object(s: Sentence, i: int) -> bool:
    """An object that is no counted group follows: "killed the deal", "killed many people's interest"."""
    nxt = s.tokens.low[i + 1] if i + 1 < len(s.tokens) else ""
    if nxt in ("the", "his", "her", "its", "their", "many", "any", "a", "an") or (
        nxt == "off" and s.tokens.low[i] == "killed"
    ):
        return True
    raw = s.tokens.raw[i + 1] if nxt else ""
    return raw[:1].isupper() and not nxt.endswith("day") and nxt not in _MONTHS
