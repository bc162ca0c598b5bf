"""One sentence while it is read for tolls: its tokens, its groups of people, and which of them are told of."""

from __future__ import annotations

from dateline.findings.quantities import SINGULAR, Group, Tokens, groups_of, tokens_of, united
from dateline.findings.tolls.harm import BE, GAME, HAVE, INTRANSITIVE, PASSIVE_ONLY, SUB


class Sentence:
    """What is known while one sentence is read: its tokens, groups, and which of them are already told of."""

    __slots__ = ("_game", "groups", "piece", "span", "starts", "taken", "text", "tokens", "told")

    def __init__(self, text: str, first: int, last: int, span: tuple[int, int]) -> None:
        self.text = text
        self.span = span
        self.piece = (first, last)
        self.tokens = tokens_of(text, first, last)
        self.groups = _with_bare_members(self.tokens, groups_of(self.tokens))
        self.starts = {g.first: k for k, g in enumerate(self.groups)}
        self.taken: set[int] = set()
        self.told: list[tuple[Group, str, str, float]] = []
        self._game: bool | None = None

    @property
    def game(self) -> bool:
        """Whether it speaks of a game."""
        if self._game is None:
            self._game = bool(GAME.search(self.text, *self.piece))
        return self._game

    def tell(self, members: list[int], kind: str, rule: str, confidence: float) -> None:
        """Record that the people of ``members`` (indexes of groups) came to that harm."""
        self.taken.update(members)
        self.told.append((united([self.groups[k] for k in members]), kind, rule, confidence))


def is_part(low: tuple[str, ...], first: int) -> bool:
    """Whether the group that begins at a token is a part of one named before: "including two", "among them two"."""
    before = low[max(first - 2, 0) : first]
    return before[-1:] != () and (before[-1] in SUB or before in (("among", "them"), (",", "among")))


def _with_bare_members(tokens: Tokens, groups: list[Group]) -> list[Group]:
    """Add the member of a list that shares its determiner: "his mother and father", "his wife and baby daughter"."""
    full: list[Group] = []
    taken = {g.first for g in groups}
    for group in groups:
        full.append(group)
        j = group.last
        if group.counted or tokens.low[j : j + 1] != ("and",) or j + 1 in taken:
            continue
        for k in range(j + 1, min(len(tokens), j + 6)):
            word = tokens.low[k]
            if word in SINGULAR and group.head in SINGULAR:
                full.append(Group(j + 1, k + 1, 1, 1, "exact", False, word, False))
                break
            if k in taken or not (word.isalnum() or "-" in word):
                break
    return full


def object_of(s: Sentence, i: int) -> list[int]:
    """Indexes of the groups that start at token ``i`` (a few adverbs may come first) and are named together."""
    low = s.tokens.low
    while i < len(low) and (low[i] in ("also", "as", "up") or low[i].endswith("ly")) and i not in s.starts:
        i += 1
    if i not in s.starts:
        return []
    members = [s.starts[i]]
    while True:
        group = s.groups[members[-1]]
        nxt = joined(s, group.last)
        if nxt is None or nxt in s.taken or _has_own_verb(s, s.groups[nxt]):
            break
        members.append(nxt)
    last = s.groups[members[-1]]
    if low[last.last : last.last + 1] == ("'s",) or low[last.last - 1].endswith(("'s", "s'")):
        return []
    return members


def joined(s: Sentence, j: int) -> int | None:
    """The group that token ``j`` joins to the one before it, by "and", a comma or "along with"."""
    low, n = s.tokens.low, len(s.tokens)
    stop = min(n, j + 6)
    if j < n and low[j] in ("in", "on", "at", "aboard", "from") and not _is_day(low, j + 1):
        while j < stop and low[j] not in (",", "and", "along"):
            j += 1
        placed = True
    else:
        placed = False
    if j < n and low[j] == ",":
        j += 1
        if placed and low[j : j + 1] not in (("along",), ("and",)):
            return None
    if low[j : j + 2] in (("along", "with"), ("together", "with")):
        j += 2
    elif low[j : j + 3] == ("as", "well", "as"):
        j += 3
    elif j < n and low[j] in ("and", "plus"):
        j += 1
    elif low[j - 1 : j] != (",",) or j not in s.starts or not _list_goes_on(s, s.groups[s.starts[j]]):
        return None
    return s.starts.get(j)


def _is_day(low: tuple[str, ...], j: int) -> bool:
    return j < len(low) and low[j].endswith("day")


def _list_goes_on(s: Sentence, group: Group) -> bool:
    """After a comma a group belongs to a list only where an "and" with one more follows; else it is an apposition."""
    low, j = s.tokens.low, group.last
    if group.head == "":
        return False
    if low[j : j + 1] == (",",):
        j += 1
    return low[j : j + 1] == ("and",) and (j + 1 in s.starts or _modified(s, j + 1) is not None)


def _modified(s: Sentence, j: int) -> int | None:
    """Token of a person without a determiner, as at the end of a list: "his wife and 19-month-old daughter"."""
    low = s.tokens.low
    for k in range(j, min(len(low), j + 5)):
        if low[k] in SINGULAR:
            return k
        if not (low[k].isalnum() or low[k] in "-" or "-" in low[k]):
            return None
    return None


def _has_own_verb(s: Sentence, group: Group) -> bool:
    """The group is the subject of what follows it, so it is not part of the object before it."""
    ahead = s.tokens.low[group.last : group.last + 4]
    if not ahead:
        return False
    if ahead[0] in BE or ahead[0] in HAVE or ahead[0] in ("remain", "remained", "suffered", "sustained"):
        return True
    return any(w in PASSIVE_ONLY or w in INTRANSITIVE for w in ahead[:2])


def state_total(s: Sentence, group: Group, kind: str, rule: str) -> None:
    """Record a total that the text states as such, which outranks a count of some of the victims."""
    s.taken.update(k for k, g in enumerate(s.groups) if group.first <= g.first < group.last)
    s.told.append((group, kind, rule, 0.97))


def is_other(s: Sentence, group: Group) -> bool:
    """A bare number that is a year, a share, or a comparison ("one lower than feared")."""
    after = s.tokens.low[group.last : group.last + 1]
    if group.head:
        return False
    year = 1900 <= group.low <= 2099 and group.qualifier == "exact"
    return year or after in (
        ("%",),
        ("percent",),
        ("dollars",),
        ("euros",),
        ("pounds",),
        ("lari",),
        ("rupees",),
        ("roubles",),
        ("lower",),
        ("higher",),
        ("fewer",),
        ("less",),
        ("more",),
        ("times",),
    )
