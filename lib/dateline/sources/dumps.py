"""Pasted pages: one text in which an article, briefs, headlines and the interface run together.

``split`` tells them apart by general signals (see ``lines`` for single lines and ``cohesion`` for neighbours);
``read_dump`` makes articles and rejects of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice

from dateline.article import Article, Reject

from . import cohesion
from .hints import Hints, language_of
from .limits import TEXT_LIMIT, in_words
from .lines import BOILERPLATE, CUT, HEADLINE, PROSE, STAMP, WORD, Line, read_lines
from .outlets import Outlet, by_domain, by_name, is_plain_word
from .tables import BRIEF_WORDS

# A paragraph joins the item before it from these log odds on (see cohesion.score).
JOIN = 0.3
# How much the paragraph after next counts.
AHEAD = 0.3
# A stray paragraph is taken in when what follows it leans on what precedes it this strongly.
BRIDGE = 3.0
# An item is the beginning of the next one from this sum on (see _leans).
REUNITE = 0.4
# A last paragraph that opens like news of its own stays with its article from these log odds on.
STAY = 2.5
# An article that may lose its last paragraph has more lines; a brief has so many words.
_SHORTEST_ARTICLE, _SHORTEST_BRIEF, _MOST_SHED = 3, 14, 5
# A shorter text is too little to call a repetition.
_SHORTEST_PREFIX = 20
# The paragraphs of an article that say whether the one above opens it.
_FAR = 30
# A headline and a paragraph share this much (see cohesion.related), so the headline is the paragraph's.
TIED = 0.7
# Over a brief among other headed briefs it takes more than one common word.
TIED_AMONG_MANY = 1.0
# What such a headline adds for the paragraphs below it; a time line under it makes it an article's head.
BARE_HEADLINE, DATED_HEADLINE = 1.3, 2.0
_SURE_OF_LANGUAGE = 200


@dataclass(frozen=True, slots=True)
class Item:
    """``lines`` are the item's own, a headline apart from its paragraphs; ``published`` where a time line says it."""

    lines: tuple[Line, ...]
    title: Line | None = None
    published: str | None = None

    @property
    def text(self) -> str:
        """The paragraphs, a line each."""
        return "\n".join(line.text for line in self.lines)

    @property
    def kind(self) -> str:
        """``article`` for several paragraphs or a long one, ``headline`` for a title alone, else ``brief``."""
        if all(line.kind == HEADLINE for line in self.lines):
            return "headline"
        return "article" if len(self.lines) > 1 or len(self.text.split()) >= BRIEF_WORDS else "brief"


@dataclass(frozen=True, slots=True)
class Dump:
    """A page taken apart: items in their order, lines of the interface, and lines that double another."""

    items: tuple[Item, ...]
    boilerplate: tuple[Line, ...]
    doubles: tuple[tuple[Line, int], ...]
    stamps: tuple[Line, ...] = ()


def split(text: str) -> Dump:
    """Take a pasted page apart."""
    lines = read_lines(text)
    doubles = _doubles(lines)
    doubled = {line.number for line, _ in doubles}
    kept = [line for line in lines if line.number not in doubled]
    body = [line for line in kept if line.kind in (PROSE, HEADLINE, CUT)]
    groups = _grouped(body, kept, doubled)
    items = _titled(groups, lines)
    stamps = [line for line in lines if line.kind == STAMP]
    return Dump(
        tuple(_dated(items, stamps)),
        tuple(line for line in lines if line.kind == BOILERPLATE),
        tuple(doubles),
        tuple(stamps),
    )


def _plain(text: str) -> str:
    return " ".join(word.casefold() for word in WORD.findall(text))


def _doubles(lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """Lines said in full elsewhere: cut-off teasers by their beginning, whole lines by being the same."""
    plain = {line.number: _plain(line.whole) for line in lines if line.kind in (PROSE, HEADLINE, CUT)}
    wholes = sorted((plain[line.number], line.number) for line in lines if line.kind in (PROSE, HEADLINE))
    found: list[tuple[Line, int]] = []
    first: dict[str, int] = {}
    for line in lines:
        text = plain.get(line.number, "")
        if len(text) < _SHORTEST_PREFIX:
            continue
        if line.kind == CUT:
            whole = _starting_with(text, wholes) or first.get(text)
            if whole is not None:
                found.append((line, whole))
                continue
        elif text in first:
            found.append((line, first[text]))
            continue
        first.setdefault(text, line.number)
    return found


def _starting_with(prefix: str, wholes: Sequence[tuple[str, int]]) -> int | None:
    at = bisect_left(wholes, (prefix, 0))
    if at < len(wholes) and wholes[at][0].startswith(prefix):
        return wholes[at][1]
    # The cut may fall inside the last word or leave a letter of it; drop that word and ask again.
    shorter = prefix.rpartition(" ")[0]
    if len(shorter) < 2 * _SHORTEST_PREFIX:
        return None
    at = bisect_left(wholes, (shorter, 0))
    return wholes[at][1] if at < len(wholes) and wholes[at][0].startswith(shorter) else None


def _grouped(body: Sequence[Line], kept: Sequence[Line], doubled: set[int]) -> list[list[Line]]:
    """Lines in items: paragraphs that continue each other together, headlines alone."""
    prose = [line for line in body if line.kind == PROSE]
    terms = {line.number: cohesion.terms_of(line.text) for line in body if line.kind != HEADLINE}
    ambience = cohesion.Ambience([terms[line.number] for line in prose])
    layout = _Layout.of(kept, doubled)
    groups: list[list[Line]] = []
    running: list[tuple[list[Line], cohesion.Group]] = []
    for at, line in enumerate(body):
        if line.kind != PROSE:
            groups.append([line])
            continue
        current = running[-1] if running else None
        beyond = body[at + 1] if at + 1 < len(body) and body[at + 1].kind == PROSE else None
        following = terms[beyond.number] if beyond and beyond.number not in layout.breaks else None
        if current and _joins(current, line, groups, (terms[line.number], following), ambience, layout):
            _take(current, line, groups, terms)
        elif (bridge := _bridge(running, line, groups, terms, ambience, layout)) is not None:
            _merge(running, bridge, groups)
            _take(running[-1], line, groups, terms)
        else:
            fresh: list[Line] = [line]
            groups.append(fresh)
            running.append((fresh, cohesion.Group()))
            running[-1][1].add(line.number, terms[line.number])
    whole = _reunited(groups, terms, ambience, layout)
    return [part for group in whole for part in _shed(group, terms, ambience, layout)]


def _reunited(
    groups: Sequence[list[Line]],
    terms: dict[int, cohesion.Terms],
    ambience: cohesion.Ambience,
    layout: _Layout,
) -> list[list[Line]]:
    """Neighbouring items made one where a later paragraph of the second leans on the first: a lede and its article."""
    # From the end, so that an article is whole before the paragraph above it is asked.
    found: list[deque[Line]] = []
    for group in reversed(groups):
        if found and _leans(group, list(islice(found[-1], _FAR)), terms, ambience, layout):
            found[-1].extendleft(reversed(group))
        else:
            found.append(deque(group))
    return [list(group) for group in reversed(found)]


def _shed(
    group: list[Line],
    terms: dict[int, cohesion.Terms],
    ambience: cohesion.Ambience,
    layout: _Layout,
) -> list[list[Line]]:
    """The item, and the briefs pasted right behind it: last paragraphs that open like news and lean on nothing."""
    shed: list[list[Line]] = []
    while (
        len(shed) < _MOST_SHED
        and len(group) > _SHORTEST_ARTICLE
        and group[-1].kind == group[-2].kind == PROSE
    ):
        last = terms[group[-1].number]
        before = cohesion.Group()
        for line in group[:-1]:
            if line.kind == PROSE:
                before.add(line.number, terms[line.number])
        if (
            len(last.text.split()) < _SHORTEST_BRIEF
            or not cohesion.stands_alone(before, last, ambience)
            or cohesion.score(before, last, ambience) + layout.bias(group[0], group[-1]) >= STAY
        ):
            break
        shed.append([group[-1]])
        group = group[:-1]
    return [group, *reversed(shed)]


def _leans(
    above: Sequence[Line],
    below: Sequence[Line],
    terms: dict[int, cohesion.Terms],
    ambience: cohesion.Ambience,
    layout: _Layout,
) -> bool:
    if len(below) < 2 or above[-1].kind != PROSE or below[0].kind != PROSE:
        return False
    if below[0].number in layout.breaks or below[0].number in layout.soft:
        return False
    group = cohesion.Group()
    for line in above[-6:]:
        if line.kind == PROSE:
            group.add(line.number, terms[line.number])
    body = [terms[line.number] for line in below if line.kind == PROSE]
    values = [cohesion.score(group, paragraph, ambience) for paragraph in body[:4]]
    if -cohesion.RESTATED in values:
        return False
    direct = 0.4 * max(values[0], -1.5) + layout.bias(above[0], below[0])
    if len(above) == 1:
        told = cohesion.heralds(terms[above[0].number], body)
        return max(max(values[1:], default=-1.0), told) + direct >= REUNITE
    # The longer the first already is, the likelier the second is an item of its own.
    return max(values[1:], default=-1.0) + direct >= REUNITE + 1.0


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the page's form says: which lines follow a break, and whether blank lines separate items."""

    breaks: frozenset[int]
    soft: frozenset[int]
    blanks_tell: bool
    headed: dict[int, float]

    @classmethod
    def of(cls, kept: Sequence[Line], doubled: set[int]) -> _Layout:
        breaks: set[int] = set()
        soft: set[int] = set()
        headed: dict[int, float] = {}
        headline: Line | None = None
        stamped = False
        pending = ""
        previous: Line | None = None
        for line in kept:
            if line.kind == BOILERPLATE:
                if line.opens_rest:
                    pending = "break"
                elif not line.inside:
                    pending = pending or "soft"
            elif line.kind == STAMP:
                pending = pending or ("soft" if previous and previous.kind == PROSE else "")
                stamped = headline is not None
            elif line.kind == HEADLINE:
                headline, stamped = line, False
            elif line.kind == CUT:
                headline = None
            elif line.kind == PROSE:
                if headline and _tie(headline, [line]) >= TIED:
                    headed[line.number] = DATED_HEADLINE if stamped else BARE_HEADLINE
                headline, stamped = None, False
                if pending == "break":
                    breaks.add(line.number)
                elif pending == "soft":
                    soft.add(line.number)
                pending = ""
            previous = line
        inner = [line.gap for line in kept[1:] if line.kind == PROSE]
        gaps = sum(inner)
        return cls(
            frozenset(breaks), frozenset(soft), bool(inner) and 0.15 <= gaps / len(inner) <= 0.85, headed
        )

    def bias(self, first: Line, line: Line) -> float:
        """What the form adds to the words when ``line`` is to join the item that begins with ``first``.

        A blank line where blank lines tell, interface lines in between, a headline over the item.
        """
        blank = (-1.0 if line.gap else 0.8) if self.blanks_tell else 0.0
        return blank + self.headed.get(first.number, 0.0) - (1.0 if line.number in self.soft else 0.0)


def _joins(
    current: tuple[list[Line], cohesion.Group],
    line: Line,
    groups: Sequence[list[Line]],
    terms: tuple[cohesion.Terms, cohesion.Terms | None],
    ambience: cohesion.Ambience,
    layout: _Layout,
) -> bool:
    """Whether a paragraph goes on with the running item, over a sub-heading where the words are strong enough."""
    if line.number in layout.breaks:
        return False
    value = cohesion.score(current[1], terms[0], ambience) + layout.bias(current[0][0], line)
    if terms[1] and value > -cohesion.RESTATED / 2:
        # The paragraph after this one leans on the item too, or it does not.
        ahead = cohesion.score(current[1], terms[1], ambience) + layout.headed.get(current[0][0].number, 0.0)
        value += AHEAD * max(-2.0, min(3.0, ahead))
    if groups[-1] is current[0]:
        return value >= JOIN
    between = len(groups) - 1 - _index(groups, current[0])
    # A headline in between ends what the one above it promised.
    value -= layout.headed.get(current[0][0].number, 0.0)
    # One headline in between may be a sub-heading: only a long article has one, and it must not open a fresh item.
    return between == 1 and len(current[0]) >= 3 and groups[-1][0].kind == HEADLINE and value >= JOIN + 1.0


def _index(groups: Sequence[list[Line]], wanted: list[Line]) -> int:
    return next(at for at in range(len(groups) - 1, -1, -1) if groups[at] is wanted)


def _take(
    current: tuple[list[Line], cohesion.Group],
    line: Line,
    groups: list[list[Line]],
    terms: dict[int, cohesion.Terms],
) -> None:
    """Add a paragraph to an item, and the sub-heading that stands between them."""
    while groups[-1] is not current[0]:
        between = groups.pop()
        current[0].extend(between)
    current[0].append(line)
    current[1].add(line.number, terms[line.number])


def _bridge(
    running: Sequence[tuple[list[Line], cohesion.Group]],
    line: Line,
    groups: Sequence[list[Line]],
    terms: dict[int, cohesion.Terms],
    ambience: cohesion.Ambience,
    layout: _Layout,
) -> int | None:
    """The item, one or two back, that this paragraph continues over a stray paragraph; None if none."""
    for back in (2, 3):
        if len(running) < back or len(groups) < back:
            return None
        item = running[-back]
        stray = running[-back + 1 :]
        if len(item[0]) < 2 or any(len(lines) > 1 for lines, _ in stray):
            return None
        if any(groups[-at] is not running[-at][0] for at in range(1, back + 1)):
            return None
        numbers = {line.number, *(lines[0].number for lines, _ in stray)}
        if numbers & (layout.breaks | layout.soft):
            return None
        if cohesion.score(item[1], terms[line.number], ambience) + layout.bias(
            item[0][0], line
        ) >= BRIDGE + 0.6 * (back - 2):
            return len(running) - back
    return None


def _merge(running: list[tuple[list[Line], cohesion.Group]], at: int, groups: list[list[Line]]) -> None:
    lines, group = running[at]
    for stray, other in running[at + 1 :]:
        lines.extend(stray)
        for near in other.near:
            group.add(stray[0].number, near)
        groups.pop()
    del running[at + 1 :]


def _titled(groups: Sequence[list[Line]], lines: Sequence[Line]) -> list[Item]:
    """Items with the headline that stands right above them and speaks of the same; other headlines alone."""
    order = {line.number: at for at, line in enumerate(lines)}
    pairs = [
        at
        for at in range(len(groups) - 1)
        if _is_headline(groups[at])
        and not _is_headline(groups[at + 1])
        and _adjacent(groups[at], groups[at + 1], lines, order)
    ]
    ties = {at: _tie(groups[at][0], groups[at + 1]) for at in pairs}
    # A page that sets a headline over every teaser says so by its form; a few shared words confirm it.
    bodies = sum(not _is_headline(group) for group in groups)
    regular = (
        len(pairs) >= 3
        and len(pairs) * 10 >= 9 * bodies
        and sum(v > 0 for v in ties.values()) * 2 >= len(pairs)
    )
    taken = {
        at
        for at in pairs
        if regular or ties[at] >= (TIED if len(groups[at + 1]) > 1 or len(pairs) == 1 else TIED_AMONG_MANY)
    }
    items: list[Item] = []
    for at, group in enumerate(groups):
        if at in taken:
            continue
        items.append(Item(tuple(group), groups[at - 1][0] if at - 1 in taken else None))
    return items


def _is_headline(group: Sequence[Line]) -> bool:
    return len(group) == 1 and group[0].kind == HEADLINE


def _adjacent(
    above: Sequence[Line], below: Sequence[Line], lines: Sequence[Line], order: dict[int, int]
) -> bool:
    """Whether nothing but time lines and the interface stands between a headline and a paragraph."""
    between = lines[order[above[0].number] + 1 : order[below[0].number]]
    return all(line.kind in (STAMP, BOILERPLATE) and not line.opens_rest for line in between)


def _tie(headline: Line, body: Sequence[Line]) -> float:
    return cohesion.related(headline.text, [cohesion.terms_of(line.text) for line in body[:3]])


def _dated(items: Sequence[Item], stamps: Sequence[Line]) -> Iterator[Item]:
    """Items with the date of their time line; one date on a page is every item's."""
    dated = [(line.number, line.published) for line in stamps if line.published]
    days = {published[:10] for _, published in dated if published}
    if len(days) <= 1:
        published = dated[0][1] if dated else None
        for item in items:
            yield Item(item.lines, item.title, published)
        return
    after = _stamps_follow(items, dated[0][0])
    numbers = [number for number, _ in dated]
    for item in items:
        first, last = (item.title or item.lines[0]).number, item.lines[-1].number
        inside = bisect_left(numbers, first)
        if inside < len(numbers) and numbers[inside] <= last:
            yield Item(item.lines, item.title, dated[inside][1])
            continue
        at = bisect_left(numbers, last) if after else inside - 1
        yield Item(item.lines, item.title, dated[at][1] if 0 <= at < len(dated) else None)


def _stamps_follow(items: Sequence[Item], first_stamp: int) -> bool:
    """Whether a page writes the time under an item rather than over it."""
    if not items:
        return False
    first = items[0]
    return first.lines[-1].number < first_stamp and (first.title is not None or first.kind != "headline")


def read_dump(text: str, hints: Hints) -> Iterator[Article | Reject]:
    """The articles, briefs and headlines of a pasted page; what was left out follows as rejects, line by line."""
    if len(text) > TEXT_LIMIT:
        yield hints.reject(f"the text is larger than {in_words(TEXT_LIMIT)}; split it into pages")
        return
    dump = split(text)
    if not dump.items and not dump.boilerplate and not dump.stamps:
        yield hints.reject("the text is empty")
        return
    source = hints.source or outlet_of(text, dump)
    page_day = None if all(item.published for item in dump.items) else reference_day(text)
    page_language = language_of(text[:4_000])
    for item in dump.items:
        yield hints.article(
            item.text,
            title=item.title.text if item.title else item.text if item.kind == "headline" else "",
            kind=item.kind,
            source=source,
            published=item.published or page_day,
            # A title of six words is too little to tell a language by.
            language=page_language if len(item.text) < _SURE_OF_LANGUAGE else language_of(item.text),
        )
    yield from _rejects(dump, hints)
    if not dump.items:
        yield hints.reject("the page holds no article, brief or headline", excerpt=text[:300])


def _rejects(dump: Dump, hints: Hints) -> Iterator[Reject]:
    left_out = [
        *(
            (line, "a line of the page's interface, not of its news", "boilerplate")
            for line in dump.boilerplate
        ),
        *((line, "a byline or time line; its date was read", "boilerplate") for line in dump.stamps),
        *((line, _doubled(line, whole), "duplicate") for line, whole in dump.doubles),
    ]
    for line, reason, kind in sorted(left_out, key=lambda entry: entry[0].number):
        yield hints.reject(reason, position=f"line {line.number}", excerpt=line.text, kind=kind)


def _doubled(line: Line, whole: int) -> str:
    return f"cut short; line {whole} has the whole of it" if line.kind == CUT else f"the same as line {whole}"


def reference_day(text: str) -> str | None:
    """The day a page was written as its own text tells it (a weekday beside a day and month); None if not."""
    from dateline.findings.dates import reference_date

    # The head of a very long paste is enough, and no page of news is longer.
    found = reference_date(text[:500_000], latest=datetime.now(UTC).date())
    return found[0].isoformat() if found and isinstance(found[0], date) else None


_TOLD = re.compile(
    r"\b(?:told|with|to|by|tells|on|for)\s+((?:the\s+)?[A-ZА-ЯЁİÜÖŞÇĞƏ][\w.\-]*(?:\s+[A-ZА-ЯЁİÜÖŞÇĞƏ][\w.\-]*){0,3})"
    r"|\b([A-ZА-ЯЁİÜÖŞÇĞƏ][\w.\-]*(?:\s+[A-ZА-ЯЁİÜÖŞÇĞƏ][\w.\-]*){0,3})(?:['’]s)?\s+(?:reports?|reported|correspondent|reporter|writes|programme|program|"
    r"сообщает|передает|передаёт|пишет|bildirir|xəbər verir|bildiriyor|bildirdi|yazıyor)\b"
    r"|(?:сообщает|передает|передаёт|пишет|корреспондент\w*|агентству|изданию)\s+[«\"]?([A-ZА-ЯЁİÜÖŞÇĞƏ][\w.\-]*(?:\s+[A-ZА-ЯЁ][\w.\-]*){0,2})"
)
_NAMED_RUN = re.compile(r"[A-ZА-ЯЁİÜÖŞÇĞƏ][\w.’'\-/]*(?:\s+(?:of|the)?\s*[A-ZА-ЯЁİÜÖŞÇĞƏ][\w.’'\-/]*){0,4}")
_HOST = re.compile(r"\b((?:[a-z0-9-]+\.)+[a-z]{2,6})\b", re.IGNORECASE)
_RIGHTS_OF = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?,?\s*)?([^.,|©\d]{3,40})", re.IGNORECASE
)


def outlet_of(text: str, dump: Dump) -> str | None:
    """The outlet a page is from: named in its interface, its rights line or its own reporting.

    An agency that is merely quoted does not count. Names are those of ``data/outlets.csv``; one that the
    table does not know counts only in a rights line.
    """
    votes: dict[str, float] = {}

    def vote(outlet: Outlet | None, weight: float) -> None:
        if outlet:
            votes[outlet.name] = votes.get(outlet.name, 0.0) + weight

    rights: str | None = None
    for line in (*dump.boilerplate, *dump.stamps):
        if line.inside:
            # A picture's credit names whose picture it is.
            continue
        found = _RIGHTS_OF.search(line.text[:400])
        if found:
            rights = rights or found.group(1).strip(" -–—").strip() or None
            vote(by_name(found.group(1).strip(" -–—")), 5.0)
        for outlet in _outlets_in(line.text[:400]):
            vote(outlet, 3.0)
        for host in _HOST.findall(line.text[:400]):
            vote(by_domain(host), 3.0)
    for number, found in enumerate(_TOLD.finditer(text[:500_000])):
        if number >= 5_000:
            break
        name = next(filter(None, found.groups()))
        if is_plain_word(name) and not found.group().startswith("told"):
            continue
        teller = by_name(name) or by_name(name.split()[0])
        vote(teller, 0.2 if teller and teller.wire else 1.0)
    for item in dump.items[:1]:
        heading = (item.title or item.lines[0]).text
        if item.title or item.kind == "headline":
            vote(by_name(re.split(r"\s+[-–—|]\s+", heading)[-1]), 2.0)
    best = max(votes, key=lambda name: votes[name], default=None)
    if best is not None and votes[best] >= 1.0:
        return best
    return _rights_name(rights)


def _outlets_in(line: str) -> Iterator[Outlet]:
    """The known outlets that a line names, longest reading first."""
    for found in _NAMED_RUN.finditer(line):
        parts = found.group().split()
        for first in range(len(parts)):
            names = (" ".join(parts[first:last]) for last in range(len(parts), first, -1))
            name = next((name for name in names if by_name(name)), None)
            outlet = by_name(name)
            if name and outlet:
                if name == line or not is_plain_word(name):
                    yield outlet
                break


def _rights_name(name: str | None) -> str | None:
    """A rights line's own name, where it is one: a capital, a few words, no words of the interface."""
    if not name or not name[:1].isupper() or len(name.split()) > 4:
        return None
    from .lexicon import INTERFACE

    return None if any(word.casefold() in INTERFACE for word in name.split()) else name
