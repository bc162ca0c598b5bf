"""Which stretches of a text are toponyms: the longest gazetteer names, kept or dropped by their context.

One pass over the tokens; each rule looks at a few neighbours, so the time grows with the text's length only.
A learned recogniser may take the place of ``toponyms`` as long as it returns the same records.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dateline.findings.places import words
from dateline.gazetteer import Candidate, Gazetteer
from dateline.gazetteer.names import TOKEN, fold, without_possessive

LOWER, TITLE, UPPER, UNCASED, DIGIT = range(5)
_ABBREVIATED = frozenset(["st", "mt", "ft", "ste", "dr"])
_ARTICLES = frozenset(["al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "es", "ez", "er", "et", "ed"])
# Persian and Urdu join a name to what it is named after with -i- or -e-: "Mazar-i-Sharif".
_IZAFE = frozenset(["i", "e", "ye"])
PARTICLES = frozenset(
    [
        "of",
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "al",
        "the",
        "and",
        "da",
        "do",
        "dos",
        "du",
        "des",
        "le",
        "les",
        "di",
        "von",
        "van",
        "am",
        "on",
        "upon",
        "en",
        "sur",
        "a",
        "y",
        *_ARTICLES,
        *_IZAFE,
    ]
)
_ACRONYMS = frozenset(
    [
        "us",
        "uk",
        "uae",
        "usa",
        "drc",
        "nyc",
        "prc",
        "ussr",
        "png",
        "ksa",
        "gbao",
        "trnc",
        "dprk",
        "dc",
        "la",
        "fata",
    ]
)
_NOT_IN_NAMES = frozenset(
    ["republic", "department", "districts", "states", "provinces", "regions", "counties"]
)
_BEFORE_A_TOWN = ("the", "downtown")
# A town must be this well known to be meant by a word that is also a country's adjective.
ADJECTIVE_YIELDS = 7.0
_DATELINE = re.compile(r"[^\n]{0,70}?(?:\([^)\n]{2,30}\)\s*)?(?:—|–|--|\s-\s|‒|:(?=\s))")


LOCAL_BODY = "in the name of a body of its own"


@dataclass(slots=True)
class Tokens:
    """The tokens of a text in columns: spans, folded forms, folded forms without 's, shapes, sentence numbers."""

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)
    bare: list[str | None] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)
    first: list[bool] = field(default_factory=list)
    surfaces: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)

    def gap(self, left: int) -> str:
        """What stands between token ``left`` and the next one."""
        return self.gaps[left]

    def linked(self, left: int) -> bool:
        """Whether token ``left`` and the next one can belong to one name."""
        gap = self.gaps[left]
        if gap in (" ", "-", "\u00a0", "‑", "\n", "–"):
            return True
        return gap in (". ", ".") and (
            self.folded[left] in _ABBREVIATED or self.ends[left] - self.starts[left] == 1
        )

    def beside(self, left: int) -> bool:
        """Whether nothing but space, a hyphen or an abbreviation's full stop parts token ``left`` from the next."""
        if not 0 <= left < len(self.starts) - 1:
            return False
        gap = self.gaps[left]
        return gap in (" ", "-", "\u00a0", "\n") or (
            gap == ". " and (self.folded[left] in words.TITLES or self.ends[left] - self.starts[left] == 1)
        )

    def surface(self, index: int) -> str:
        """Token ``index`` as written."""
        return self.surfaces[index]


@dataclass(slots=True)
class Toponym:
    """A stretch of text that names a place: tokens [first, last], its span, and what it may mean.

    ``form`` is ``name`` or ``adjectival``; ``evidence`` says in a word why it was kept.
    """

    first: int
    last: int
    start: int
    end: int
    key: str
    form: str
    candidates: tuple[Candidate, ...]
    sentence: int
    qualifier: str | None = None
    sort: str | None = None
    dateline: bool = False
    evidence: str = ""
    possessive: bool = False
    weighed: tuple[int, float, Candidate | None] = (0, 0.0, None)
    listed: bool = False
    shared_sort: bool = False
    towns: tuple[Candidate, ...] = ()


_shape_cache: dict[str, tuple[str, str | None, int]] = {}


def _shape(token: str) -> tuple[str, str | None, int]:
    known = _shape_cache.get(token)
    if known is None:
        bare = without_possessive(token)
        core = bare or token
        if core[0].isdigit():
            shape = DIGIT
        elif core.islower():
            shape = LOWER
        elif core.isupper() and len(core) > 1:
            shape = UPPER
        elif core[0].isupper() or any(c.isupper() for c in core[1:]):
            shape = TITLE
        elif core[0] != core[0].swapcase():
            shape = LOWER
        else:
            shape = UNCASED
        known = (fold(token), fold(bare) if bare else None, shape)
        if len(_shape_cache) > 100_000:
            _shape_cache.clear()
        _shape_cache[token] = known
    return known


def tokenise(text: str, sentences: Sequence[tuple[int, int]]) -> Tokens:
    """The tokens of ``text`` with the number of the sentence each begins in."""
    matches = list(TOKEN.finditer(text))
    surfaces = [match[0] for match in matches]
    starts = [match.start() for match in matches]
    ends = [match.end() for match in matches]
    shaped = [_shape(surface) for surface in surfaces]
    sentence: list[int] = []
    first: list[bool] = []
    # Both lists are in order, so one walk along the sentences numbers all tokens.
    bounds = [*(start for start, _ in sentences[1:]), len(text) + 1]
    number, previous = 0, -1
    for start in starts:
        while start >= bounds[number]:
            number += 1
        sentence.append(number)
        first.append(number != previous)
        previous = number
    return Tokens(
        text,
        starts,
        ends,
        [folded for folded, _, _ in shaped],
        [bare for _, bare, _ in shaped],
        [shape for _, _, shape in shaped],
        sentence,
        first,
        surfaces,
        [text[end:start] for end, start in zip(ends, starts[1:], strict=False)],
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """The gazetteer's matches in a text, and for each the rules' verdict: ``keep``, ``doubt``, or why not (``_judge``).

    ``backed`` tells whether the words beside a match name its wider place; ``capitals`` are the sentences written
    in capitals.
    """

    found: list[Toponym]
    verdicts: list[str]
    backed: list[bool]
    capitals: set[int]


def judged(tokens: Tokens, gazetteer: Gazetteer) -> Judged:
    """The gazetteer's matches in a tokenised text, none overlapping another, with the rules' verdicts."""
    found = _matches(tokens, gazetteer)
    capitals = _capital_sentences(tokens)
    _mark_datelines(tokens, found)
    _mark_lists(tokens, found)
    at = {toponym.first: toponym for toponym in found}
    _towns_after_all(tokens, found, at)
    persons = _persons(tokens, found, gazetteer, at)
    backed = [_backed(tokens, toponym, at) for toponym in found]
    verdicts = [_judge(tokens, toponym, gazetteer, persons, capitals, at) for toponym in found]
    # One use per article: what stands beside a clear use of the same name is that place as well.
    clear = {t.key for t, v in zip(found, verdicts, strict=True) if v == "keep" and t.form == "name"}
    clear |= {key.partition(" ")[2] for key in clear if key.partition(" ")[0] in _ARTICLES}
    for number, toponym in enumerate(found):
        if verdicts[number] == "doubt" and toponym.key in clear:
            toponym.evidence = "named clearly elsewhere in the article"
            verdicts[number] = "keep"
    return Judged(found, verdicts, backed, capitals)


def toponyms(tokens: Tokens, gazetteer: Gazetteer) -> list[Toponym]:
    """The toponyms of a tokenised text by the rules alone, in order, none overlapping another."""
    view = judged(tokens, gazetteer)
    kept = [t for t, verdict in zip(view.found, view.verdicts, strict=True) if verdict == "keep"]
    return settled(tokens, kept, view, {index for t in kept for index in range(t.first, t.last + 1)})


def settled(tokens: Tokens, kept: list[Toponym], view: Judged, taken: set[int]) -> list[Toponym]:
    """``kept`` in order, sort words shared along lists; ``taken`` are the tokens that names already hold."""
    if not any(is_local(toponym) for toponym in kept):
        # With no town named in its own right, the town in the name of its court or hospital places the article.
        local = (toponym for toponym in view.found if toponym.evidence == LOCAL_BODY)
        kept = [*kept, *(t for t in local if taken.isdisjoint(range(t.first, t.last + 1)))]
    kept = sorted(kept, key=lambda toponym: toponym.start)
    _share_sorts(tokens, kept)
    return kept


def stretch_of(
    tokens: Tokens, first: int, last: int, match: Toponym | None, gazetteer: Gazetteer
) -> Toponym | None:
    """The toponym of the tokens [first, last]: ``match`` where it is the same stretch; None for an unknown name."""
    if match is None:
        match = _named(tokens, first, last, gazetteer)
    if match is not None and match.sort is None:
        _describe(tokens, match)
    return match


def _named(tokens: Tokens, first: int, last: int, gazetteer: Gazetteer) -> Toponym | None:
    """A stretch looked up whole, then without the word for its sort, the article or the direction at its edges."""
    for head, tail in ((first, last), *_without_edges(tokens, first, last)):
        middle = tokens.folded[head:tail]
        for ending in (tokens.bare[tail], tokens.folded[tail]):
            if ending is None:
                continue
            parts = [*middle, ending]
            found = gazetteer.candidates(" ".join(parts)) or _transliterated(gazetteer, parts)
            if tail < last and tokens.folded[last] in words.DIVISION_WORDS:
                found = (
                    tuple(c for c in found if c.place.kind in ("division", "district", "disputed")) or found
                )
            if found:
                possessive = tokens.bare[last] is not None
                toponym = _toponym(tokens, first, last, " ".join(parts), found, possessive)
                if tail < last:
                    toponym.sort = tokens.folded[last]
                elif head > first + 1 and tokens.folded[head - 1] == "of":
                    toponym.sort = tokens.folded[first]
                return toponym
    return None


def _without_edges(tokens: Tokens, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The inner stretches that may bear the name: of "Safi Province", "the Gambia", "City of Derry"."""
    sorts = words.DIVISION_WORDS | words.SETTLEMENT_WORDS | words.FEATURES
    if first < last and tokens.folded[last] in sorts and tokens.bare[last - 1] is None:
        yield first, last - 1
    if first < last and (tokens.folded[first] == "the" or tokens.folded[first] in words.DIRECTIONS):
        yield first + 1, last
    if first + 1 < last and tokens.folded[first + 1] == "of" and tokens.folded[first] in sorts:
        yield first + 2, last


def _matches(tokens: Tokens, gazetteer: Gazetteer) -> list[Toponym]:
    found: list[Toponym] = []
    shapes, folded = tokens.shapes, tokens.folded
    count = len(shapes)
    index = 0
    while index < count:
        shape = shapes[index]
        if shape == DIGIT or (
            shape == LOWER and (folded[index] not in _ARTICLES or not _starts_lower(tokens, index))
        ):
            index += 1
            continue
        match = _longest(tokens, gazetteer, index)
        if match is None:
            index += 1
            continue
        found.append(match)
        index = match.last + 1
    return found


def _starts_lower(tokens: Tokens, index: int) -> bool:
    """Whether a lower-case token opens a name: "al-Hasakah"."""
    return (
        tokens.folded[index] in _ARTICLES
        and index + 1 < len(tokens.starts)
        and tokens.gaps[index] == "-"
        and tokens.shapes[index + 1] in (TITLE, UPPER)
    )


def _longest(tokens: Tokens, gazetteer: Gazetteer, index: int) -> Toponym | None:
    head = gazetteer.longest(tokens.folded[index])
    bare = tokens.bare[index]
    if bare is not None:
        head = max(head, 1 if gazetteer.longest(bare) else 0)
    if not head:
        return None
    last = index
    while last + 1 < len(tokens.starts) and last - index + 1 < head and tokens.linked(last):
        last += 1
    for stop in range(last, index - 1, -1):
        if stop > index and tokens.shapes[stop] in (LOWER, DIGIT):
            continue
        middle = tokens.folded[index:stop]
        if any(
            tokens.shapes[k] == LOWER and tokens.folded[k] not in PARTICLES for k in range(index + 1, stop)
        ):
            continue
        for ending, possessive in ((tokens.bare[stop], True), (tokens.folded[stop], False)):
            if ending is None:
                continue
            key = " ".join([*middle, ending]) if middle else ending
            candidates = gazetteer.candidates(key) or _transliterated(gazetteer, [*middle, ending])
            if candidates:
                return _toponym(tokens, index, stop, key, candidates, possessive)
    return None


def _transliterated(gazetteer: Gazetteer, parts: list[str]) -> tuple[Candidate, ...]:
    """What a name may mean in its other spellings: "ash-Shaddadi" as "al-Shaddadi", "-i-" as "-e-" and as nothing."""
    for position, part in enumerate(parts[:-1]):
        if part in _ARTICLES:
            others = [[other] for other in ("al", "el", *_assimilated(parts[position + 1])) if other != part]
        elif part in _IZAFE and position:
            others = [*([other] for other in ("e", "i") if other != part), []]
        else:
            continue
        for other in others:
            key = " ".join([*parts[:position], *other, *parts[position + 1 :]])
            if candidates := gazetteer.candidates(key):
                return candidates
    return ()


def _assimilated(noun: str) -> tuple[str, ...]:
    """The article as Arabic speaks it before ``noun``: "ash" before "shaddadi", "ez" before "zor"."""
    if noun[:2] in ("sh", "th", "dh"):
        return ("a" + noun[:2], "e" + noun[:2])
    return ("a" + noun[0], "e" + noun[0]) if noun[:1] in "dlnrstz" and noun else ()


def _toponym(
    tokens: Tokens, first: int, last: int, key: str, candidates: tuple[Candidate, ...], possessive: bool
) -> Toponym:
    start, end = tokens.starts[first], tokens.ends[last]
    if possessive:
        written = without_possessive(tokens.surface(last))
        end = tokens.starts[last] + len(written or "")
    form, meant, towns, weighed = _readings(key, candidates)
    toponym = Toponym(
        first,
        last,
        start,
        end,
        key,
        form,
        meant,
        tokens.sentence[first],
        possessive=possessive,
        towns=towns,
        weighed=weighed,
    )
    return _as_abbreviation(tokens, toponym)


_Weighed = tuple[int, float, Candidate | None]
_Readings = tuple[str, tuple[Candidate, ...], tuple[Candidate, ...], _Weighed]
_readings_known: dict[str, tuple[tuple[Candidate, ...], _Readings]] = {}


def _readings(key: str, candidates: tuple[Candidate, ...]) -> _Readings:
    """The form of a name, what it means in that form, the towns an adjective may be after all, and the best known."""
    held = _readings_known.get(key)
    if held is not None and held[0] is candidates:
        return held[1]
    names = tuple(c for c in candidates if c.match not in ("adjective", "people"))
    towns: tuple[Candidate, ...] = ()
    if names and len(names) < len(candidates) and max(map(known, names), default=0.0) < ADJECTIVE_YIELDS:
        # "Thai" and "Spanish" are small towns somewhere; the adjective is what a text means.
        names, towns = (), names
    meant = names or tuple(c for c in candidates if c.match in ("adjective", "people"))
    best = max(meant, key=known)
    made = ("name" if names else "adjectival", meant, towns, (len(meant), known(best), best))
    if len(_readings_known) > 50_000:
        _readings_known.clear()
    _readings_known[key] = candidates, made
    return made


def _as_abbreviation(tokens: Tokens, toponym: Toponym) -> Toponym:
    """``toponym`` as the short form of a state where it is written as one: "Scranton, Pa." with its full stop."""
    short = tuple(c for c in toponym.candidates if c.match == "abbreviation")
    if not short:
        return toponym
    text, end = tokens.text, toponym.end
    stopped = text[end : end + 1] == "." or text[end - 1 : end] == "."
    after_comma = toponym.first > 0 and tokens.gaps[toponym.first - 1] == ", "
    if stopped and (after_comma or text[toponym.start : end].count(".") >= 2):
        toponym.candidates = short
    if all(c.match == "abbreviation" for c in toponym.candidates) and text[end : end + 1] == ".":
        toponym.end += text[end - 1 : end] != "."
    return toponym


def _capital_sentences(tokens: Tokens) -> set[int]:
    """Sentences written in capitals or in headline style, where capitals prove nothing."""
    capitals = [
        number for number, shape in zip(tokens.sentence, tokens.shapes, strict=True) if shape == UPPER
    ]
    if not capitals:
        return set()
    upper = Counter(capitals)
    all_ = Counter(
        number
        for number, shape in zip(tokens.sentence, tokens.shapes, strict=True)
        if number in upper and shape in (LOWER, TITLE, UPPER)
    )
    return {number for number, count in upper.items() if all_[number] >= 3 and count * 10 >= all_[number] * 8}


def _mark_datelines(tokens: Tokens, found: list[Toponym]) -> None:
    """Mark the names that open a line and are parted from it by a dash: "TBILISI, 26 February —"."""
    text = tokens.text
    open_until = -1
    for toponym in found:
        if toponym.start <= open_until:
            toponym.dateline = True
            continue
        # Looking back is bounded, so that one long line costs no more than many short ones.
        nearest = max(0, toponym.start - 40)
        line = text.rfind("\n", nearest, toponym.start) + 1
        opens = (line > 0 or nearest == 0) and not text[line : toponym.start].strip("\"“'( \t*")
        # In a text without line breaks the dateline opens a sentence, after the headline.
        if not opens and not (tokens.first[toponym.first] and toponym.start < 400):
            continue
        match = _DATELINE.match(text, toponym.end)
        if match and _dateline_tail(match[0]):
            toponym.dateline = True
            open_until = match.end()


def _dateline_tail(tail: str) -> bool:
    """Whether what stands between a name and a dash can stand in a dateline: names, a date, an agency."""
    if tail.lstrip().startswith(("-", "—", "–", "‒")) and not tail.startswith((" ", ",", "(")):
        # "Moscow-based" and "Paris–Dakar" are no datelines; "LONDON—" with a following space is rare enough.
        return tail.startswith(("—", "--"))
    if tail.endswith(":") and not ("," in tail and any(c.isdigit() for c in tail)):
        # A colon closes a dateline only after a date: "Vienna, December 5: …".
        return False
    inner = re.sub(r"\([^)]*\)|[,.;/]|(?:—|–|--|-|‒|:)\s*$", " ", tail)
    return all(part[0].isupper() or part[0].isdigit() or part in ("and", "of") for part in inner.split())


def _persons(tokens: Tokens, found: list[Toponym], gazetteer: Gazetteer, at: dict[int, Toponym]) -> set[str]:
    """Keys that the text uses rather as a person's last name than as a place: after a title or a given name."""
    balance: dict[str, int] = {}
    for toponym in found:
        if toponym.first != toponym.last or toponym.form != "name":
            continue
        if _person_here(tokens, toponym, gazetteer, at) or _speaks(tokens, toponym):
            vote = 1
        elif _placed(tokens, toponym) or toponym.dateline or container(tokens, toponym, at):
            vote = -1
        else:
            continue
        balance[toponym.key] = balance.get(toponym.key, 0) + vote
    return {key for key, votes in balance.items() if votes > 0}


def _speaks(tokens: Tokens, toponym: Toponym) -> bool:
    """A little-known name that says something is a person: "Kelly said"."""
    after = toponym.last + 1
    return (
        _weight(toponym) < 6.5
        and after < len(tokens.starts)
        and tokens.gaps[toponym.last] == " "
        and tokens.folded[after] in words.PERSONAL_VERBS
        and not toponym.possessive
    )


def _after_person_word(tokens: Tokens, toponym: Toponym) -> bool:
    before = toponym.first - 1
    if before < 0 or not tokens.beside(before) or tokens.sentence[before] != toponym.sentence:
        return False
    if tokens.gaps[before] == "-":
        return False
    word = tokens.folded[before]
    if word in words.TITLES and tokens.shapes[before] == TITLE:
        return True
    return tokens.shapes[before] == TITLE and (word in words.GIVEN_NAMES or word in words.FIRST_NAMES)


def _judge(
    tokens: Tokens,
    toponym: Toponym,
    gazetteer: Gazetteer,
    persons: set[str],
    capitals: set[int],
    at: dict[int, Toponym],
) -> str:
    """``keep``, ``doubt`` (kept only where another use in the article is clear), or why not.

    ``person``, ``body`` and ``case`` are sure: part of a person's or of a newspaper's, club's or bank's name, or not
    written as a name; ``inside`` is part of another body's name, ``drop`` any other doubt.
    """
    if _names_a_body(tokens, toponym):
        return "body"
    _extend(tokens, toponym)
    _describe(tokens, toponym)
    if not _written_as_a_name(tokens, toponym, capitals):
        return "case"
    if toponym.first == toponym.last and toponym.key in words.MONTHS_AND_DAYS:
        return "drop"
    if toponym.dateline and toponym.form == "name" and _weight(toponym) >= 4:
        toponym.evidence = "dateline"
        return "keep"
    if toponym.form == "adjectival":
        return "inside" if _inside_body(tokens, toponym) else "keep"
    if _all_abbreviations(toponym):
        return "keep" if _abbreviation_fits(tokens, toponym) else "drop"
    if _person_here(tokens, toponym, gazetteer, at):
        return "person"
    if _inside_body(tokens, toponym):
        if _of_a_town(tokens, toponym):
            toponym.evidence = LOCAL_BODY
        return "body" if _of_body(tokens, toponym) or _never_local(tokens, toponym) else "inside"
    if toponym.key in persons and _weight(toponym) < 7.5 and not _backed(tokens, toponym, at):
        return "person"
    return _by_likelihood(tokens, toponym, gazetteer, capitals, at)


def _names_a_body(tokens: Tokens, toponym: Toponym) -> bool:
    """Whether the name is a body's of many countries: "NATO", "the European Union"."""
    bodies = [c for c in toponym.candidates if c.place.kind == "body"]
    if not bodies:
        return False
    written = tokens.text[toponym.start : toponym.end]
    return len(bodies) == len(toponym.candidates) or toponym.first < toponym.last or written.isupper()


def _extend(tokens: Tokens, toponym: Toponym) -> None:
    """Take a capitalised sort word into the name: "Oaxaca State", "Safi Province"."""
    after = toponym.last + 1
    if toponym.form != "name" or toponym.possessive or after >= len(tokens.starts):
        return
    if tokens.gaps[toponym.last] != " " or tokens.shapes[after] != TITLE or tokens.bare[after] is not None:
        return
    if tokens.folded[after] not in words.DIVISION_WORDS or tokens.folded[after] in _NOT_IN_NAMES:
        return
    areas = tuple(c for c in toponym.candidates if c.place.kind in ("division", "district", "disputed"))
    if areas:
        toponym.candidates = areas
        toponym.last, toponym.end = after, tokens.ends[after]
        toponym.sort = tokens.folded[after]


def _describe(tokens: Tokens, toponym: Toponym) -> None:
    """Fill in the qualifier ("northern") and the sort word ("province") beside the name."""
    before, after = toponym.first - 1, toponym.last + 1
    toponym.qualifier = _direction(tokens, toponym)
    if after < len(tokens.starts) and tokens.beside(after - 1) and not toponym.possessive:
        word = tokens.folded[after]
        if word in words.DIVISION_WORDS or word in words.SETTLEMENT_WORDS:
            toponym.sort = word
    if before >= 1 and tokens.folded[before] == "of" and tokens.beside(before):
        word = tokens.folded[before - 1]
        # In "the Penha district of Rio de Janeiro" it is Penha that is the district.
        named = before >= 2 and tokens.shapes[before - 2] in (TITLE, UPPER) and tokens.beside(before - 2)
        if not named and (word in words.DIVISION_WORDS or word in words.SETTLEMENT_WORDS):
            toponym.sort = word


def _direction(tokens: Tokens, toponym: Toponym) -> str | None:
    """The part of the place that is meant: "northern X", "north-western X", "the north-west of X", "X's north"."""
    before, after = toponym.first - 1, toponym.last + 1
    if before >= 0 and tokens.beside(before) and tokens.folded[before] in words.DIRECTIONS:
        return tokens.text[tokens.starts[_compass_start(tokens, before)] : tokens.ends[before]].lower()
    part = before - 1
    joined = part >= 0 and tokens.folded[before] == "of" and tokens.beside(before) and tokens.beside(part)
    if joined and tokens.folded[part] in words.PARTS:
        return tokens.text[tokens.starts[_compass_start(tokens, part)] : tokens.ends[part]].lower()
    if toponym.possessive and after < len(tokens.starts) and tokens.gaps[toponym.last] == " ":
        last = after + (after + 1 < len(tokens.starts) and tokens.gaps[after] == "-")
        following = (
            tokens.folded[last + 1] if last + 1 < len(tokens.starts) and tokens.gaps[last] == " " else ""
        )
        if tokens.folded[last] in words.PARTS and following not in words.COASTAL:
            return tokens.text[tokens.starts[after] : tokens.ends[last]].lower()
    return None


def _compass_start(tokens: Tokens, last: int) -> int:
    """The first token of a direction that ends in token ``last``: "north" of "north-western"."""
    joined = last > 0 and tokens.gaps[last - 1] == "-" and tokens.folded[last - 1] in words.DIRECTIONS
    return last - 1 if joined else last


def _written_as_a_name(tokens: Tokens, toponym: Toponym, capitals: set[int]) -> bool:
    """False for words whose case says they are no names: "us", "OF", "IS" among capitals."""
    if toponym.first != toponym.last:
        return True
    surface = tokens.surface(toponym.first)
    core = (without_possessive(surface) or surface).replace(".", "")
    if toponym.key in ("us", "la", "dc"):
        return core in ("US", "LA", "DC") and (toponym.sentence not in capitals or "." in surface)
    if core.isupper() and 1 < len(core) <= 3:
        if toponym.dateline and len(core) == 3 and _weight(toponym) >= 5:
            return True
        return toponym.key in _ACRONYMS or _all_abbreviations(toponym) or "." in surface
    if core.isupper() and toponym.sentence not in capitals and not toponym.dateline:
        least = 4.0 if len(core) > 4 else 5.0
        return toponym.key in _ACRONYMS or _weight(toponym) >= least or _all_abbreviations(toponym)
    return len(core) > 2 or _all_abbreviations(toponym)


def _all_abbreviations(toponym: Toponym) -> bool:
    return all(c.match == "abbreviation" for c in toponym.candidates)


def _abbreviation_fits(tokens: Tokens, toponym: Toponym) -> bool:
    """A short form of a state counts after a comma ("Scranton, Pa."), or where its own stops show it ("N.Y.")."""
    surface = tokens.text[toponym.start : toponym.end]
    if surface.count(".") >= 2:
        return True
    before = toponym.first - 1
    return (
        before >= 0
        and tokens.gaps[before] == ", "
        and tokens.shapes[before] in (TITLE, UPPER)
        and (surface.endswith(".") or surface.isupper())
    )


def _weight(toponym: Toponym) -> float:
    """How well known the best candidate is: the order of magnitude of its population, more for wider places."""
    return best_known(toponym)[0]


def best_known(toponym: Toponym) -> tuple[float, Candidate]:
    """The best known of the candidates, and how well it is known."""
    count, weight, best = toponym.weighed
    if best is None or count != len(toponym.candidates):
        best = max(toponym.candidates, key=known)
        weight = known(best)
        toponym.weighed = len(toponym.candidates), weight, best
    return weight, best


def known(candidate: Candidate) -> float:
    """The order of magnitude of a place's population, raised for countries, wider areas and capitals."""
    place = candidate.place
    digits = len(str(place.population))
    size = digits - 1 + place.population / 10**digits if place.population else 0.0
    if place.kind == "country":
        size = max(size, 6.0) + 2.0
    elif place.kind in ("macro-region", "continent", "ocean", "sea", "gulf", "strait", "canal", "disputed"):
        size = 8.0
    elif place.kind in ("settlement", "district"):
        size += 1.5 if place.capital else 0.0
    elif place.kind == "division":
        size = max(size, 5.0)
    else:
        size = max(size, 6.0)
    if candidate.match in ("alternate", "foreign"):
        size -= 1.0
    return size


def _person_here(tokens: Tokens, toponym: Toponym, gazetteer: Gazetteer, at: dict[int, Toponym]) -> bool:
    """Whether the neighbours make the name part of a person's: "Mr Jordan", "Paris Hilton", "Jack London"."""
    if _after_person_word(tokens, toponym):
        # "President Georgia" is no one; but "Prime Minister India" is not written either.
        return True
    first, last = toponym.first, toponym.last
    single = first == last
    if (
        single
        and toponym.key in words.GIVEN_NAMES
        and not toponym.possessive
        and _person_follows(tokens, last)
    ):
        return True
    before = first - 1
    if before < 0 or tokens.shapes[before] != TITLE or tokens.gaps[before] not in (" ", ". "):
        return False
    if tokens.sentence[before] != toponym.sentence or tokens.bare[before] is not None:
        return False
    word = tokens.folded[before]
    if word in words.PREMODIFIERS or word in words.BODIES or word in words.SETTLEMENT_WORDS:
        return False
    initial = len(word) == 1 and tokens.gaps[before] == ". "
    if tokens.gaps[before] == ". " and not initial:
        return False
    if initial:
        return True
    if gazetteer.common.get(word, 0.0) > 0.3 or (tokens.first[before] and _weight(toponym) >= 7):
        return False
    if before in at and at[before].form == "adjectival":
        return False
    return _weight(toponym) < 8


def _person_follows(tokens: Tokens, last: int) -> bool:
    after = last + 1
    if after >= len(tokens.starts) or tokens.gaps[last] != " " or tokens.shapes[after] != TITLE:
        return False
    word = tokens.folded[after]
    beyond = after + 1
    if beyond < len(tokens.starts) and tokens.gaps[after] == " " and tokens.folded[beyond] in words.BODIES:
        return False
    return not (
        word in words.BODIES
        or word in words.STREETS
        or word in words.FEATURES
        or word in words.TITLES
        or word in words.PREMODIFIERS
        or word in words.SETTLEMENT_WORDS
        or word in words.DIVISION_WORDS
    )


def _inside_body(tokens: Tokens, toponym: Toponym) -> bool:
    """Whether the name is a part of the name of a body, an event, a street or a natural feature."""
    if toponym.key in ("us", "uk"):
        # "the U.S. Department of …": the country's short form stands for itself in front of its bodies.
        return False
    if _of_body(tokens, toponym):
        return True
    if _full_district(toponym):
        # "Anderson County Jail", "Laurel County School District": the county's own bodies name the county.
        return False
    steps = 0
    if toponym.possessive:
        return False
    index = toponym.last + 1
    while index < len(tokens.starts) and steps < 4 and tokens.gaps[index - 1] in (" ", "-", "\u00a0", " & "):
        shape, word = tokens.shapes[index], tokens.folded[index]
        if shape not in (TITLE, UPPER):
            break
        bare = tokens.bare[index] or word
        if steps == 0 and (word in words.LOCAL_BODIES or bare in words.LOCAL_BODIES):
            return False
        if steps == 0 and word in words.PUBLIC_BODIES and toponym.candidates[0].place.kind == "division":
            return False
        if word in words.BODIES or bare in words.BODIES:
            return True
        if steps == 0 and toponym.form == "name" and (word in words.STREETS or word in words.FEATURES):
            return True
        steps += 1
        index += 1
    return False


def _never_local(tokens: Tokens, toponym: Toponym) -> bool:
    """Whether the name is part of a newspaper's, a club's or a company's: it says nothing of where."""
    for index in range(toponym.last + 1, min(len(tokens.starts), toponym.last + 4)):
        if tokens.gaps[index - 1] != " " or tokens.shapes[index] not in (TITLE, UPPER):
            return False
        if tokens.folded[index] in words.NEVER_LOCAL:
            return True
    return False


def is_local(toponym: Toponym) -> bool:
    """Whether a name most likely means a town, a district or a division."""
    best = max(toponym.candidates, key=known)
    return toponym.form == "name" and best.place.kind in ("settlement", "district", "division")


def _of_a_town(tokens: Tokens, toponym: Toponym) -> bool:
    """Whether the body that holds the name is a town's own: "Batumi City Court", "the High Court of Bolu"."""
    best = max(toponym.candidates, key=known)
    if best.place.kind not in ("settlement", "division") or not best.place.country or known(best) < 4:
        return False
    if all(c.place.kind != "settlement" for c in toponym.candidates):
        return False
    if _of_body(tokens, toponym):
        return tokens.folded[toponym.first - 2] in words.TOWN_BODIES
    for index in range(toponym.last + 1, min(len(tokens.starts), toponym.last + 5)):
        if tokens.gaps[index - 1] not in (" ", "-") or tokens.shapes[index] != TITLE:
            return False
        word = tokens.folded[index]
        if word in words.TOWN_BODIES:
            return True
        if word == "company":
            return index > toponym.last + 1 and tokens.folded[index - 1] in words.UTILITIES
        if word in words.BODIES or word not in words.CIVIC | words.UTILITIES:
            return False
    return False


def _of_body(tokens: Tokens, toponym: Toponym) -> bool:
    """Whether a body's name ends in the toponym: "Bank of Mexico", "University of New York"."""
    before = toponym.first - 1
    if before < 1 or tokens.folded[before] not in ("of", "for") or not tokens.beside(before):
        return False
    return (
        tokens.shapes[before - 1] == TITLE
        and tokens.beside(before - 1)
        and tokens.folded[before - 1] in words.BODIES_OF
    )


def _by_likelihood(
    tokens: Tokens, toponym: Toponym, gazetteer: Gazetteer, capitals: set[int], at: dict[int, Toponym]
) -> str:
    """How likely a name is meant as a place, from how well known it is and what stands around it."""
    weight = _weight(toponym)
    single = toponym.first == toponym.last
    share = gazetteer.common.get(toponym.key, 0.0) if single and toponym.key not in _ACRONYMS else 0.0
    backed = _backed(tokens, toponym, at)
    placed = _placed(tokens, toponym) or (toponym.listed and share < 0.1)
    opening = tokens.first[toponym.first] or toponym.sentence in capitals
    if single and toponym.key in words.DIRECTIONS:
        return "drop"
    if single and _hyphenated(tokens, toponym) and weight < 8:
        return "drop"
    if toponym.key in words.NO_PLACES or _names_an_illness(tokens, toponym):
        return "drop"
    if single and weight < 5.5 and not backed and _part_of_a_longer_name(tokens, toponym, at):
        return "drop"
    if backed and (placed or share < 0.2):
        toponym.evidence = "its wider place is named beside it"
        return "keep"
    if single and (toponym.key in words.NEVER_ALONE or toponym.key in words.FIRST_NAMES or share > 0.5):
        return "doubt" if placed and not opening else "drop"
    if share > 0.1 and (opening or not placed) and weight < 7:
        return "doubt"
    if weight >= 5 or _full_district(toponym):
        return "keep"
    if placed and weight >= 3 and not opening:
        return "keep"
    if placed or toponym.sort:
        return "keep" if weight >= 2.5 else "doubt"
    return "doubt"


def _names_an_illness(tokens: Tokens, toponym: Toponym) -> bool:
    """ "Marburg virus", "Lyme disease"."""
    after = toponym.last + 1
    return (
        after < len(tokens.starts)
        and tokens.gaps[toponym.last] == " "
        and tokens.folded[after] in ("virus", "ebolavirus", "disease", "fever", "strain", "syndrome", "flu")
    )


def _part_of_a_longer_name(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym]) -> bool:
    """Whether a little-known name runs on into another capitalised word: "Abu Salim", "Bir an-Naaja"."""
    after = toponym.last + 1
    if after >= len(tokens.starts) or toponym.possessive or tokens.sentence[after] != toponym.sentence:
        return False
    if tokens.gaps[toponym.last] not in (" ", "-"):
        return False
    word = tokens.folded[after]
    if word in _ARTICLES and after + 1 < len(tokens.starts):
        return tokens.gaps[after] == "-" and tokens.shapes[after + 1] == TITLE
    if tokens.shapes[after] != TITLE or after in at or word in words.MONTHS_AND_DAYS:
        return False
    local = words.LOCAL_BODIES | words.DIVISION_WORDS | words.SETTLEMENT_WORDS | words.PREMODIFIERS
    return word not in local and (tokens.bare[after] or word) not in words.LOCAL_BODIES


def _full_district(toponym: Toponym) -> bool:
    """Whether the name is a district's with its sort word: "Laurel County"."""
    return toponym.first < toponym.last and any(
        c.place.kind == "district" and c.match == "main" for c in toponym.candidates
    )


def _hyphenated(tokens: Tokens, toponym: Toponym) -> bool:
    """Whether a hyphen ties the name to another capitalised word: "Diaz-Balart"."""
    before, after = toponym.first - 1, toponym.last + 1
    if before >= 0 and tokens.gaps[before] == "-" and tokens.shapes[before] in (TITLE, LOWER):
        return True
    return after < len(tokens.starts) and tokens.gaps[toponym.last] == "-" and tokens.shapes[after] == TITLE


def _placed(tokens: Tokens, toponym: Toponym) -> bool:
    """Whether a placing preposition or a sort word stands before the name."""
    after = toponym.last + 1
    if (
        after < len(tokens.starts)
        and tokens.gaps[toponym.last] == " "
        and tokens.folded[after] in words.LOCALS
    ):
        return not toponym.possessive
    before = toponym.first - 1
    for _ in range(3):
        if before >= 0 and (
            tokens.folded[before] in words.DIRECTIONS or tokens.folded[before] in _BEFORE_A_TOWN
        ):
            before -= 1
    if before < 0 or tokens.sentence[before] != toponym.sentence:
        return False
    return tokens.folded[before] in words.PLACING or toponym.sort is not None


def _towns_after_all(tokens: Tokens, found: list[Toponym], at: dict[int, Toponym]) -> None:
    """Turn adjectives back into towns where the wider place follows somewhere in the text: "Norman, Oklahoma"."""
    meant = {
        toponym.key
        for toponym in found
        if toponym.towns
        and (wider := container(tokens, toponym, at)) is not None
        and inside(toponym.towns, wider.candidates)
    }
    for toponym in found:
        if toponym.key in meant and toponym.towns:
            toponym.form, toponym.candidates = "name", toponym.towns


def _share_sorts(tokens: Tokens, kept: list[Toponym]) -> None:
    """Give A and B of "A, B and C counties" the sort word of C."""
    ends = {toponym.last: toponym for toponym in kept}
    for toponym in reversed(kept):
        after = toponym.last + 1
        follows = tokens.folded[after : after + 1] == [toponym.sort]
        if not toponym.shared_sort and not (follows and toponym.sort in words.PLURAL_DIVISIONS):
            continue
        before = previous(tokens, toponym)
        head = ends.get(before) if before is not None else None
        if head is not None and head.sort is None and not head.possessive:
            head.sort, head.shared_sort = toponym.sort, True


def _mark_lists(tokens: Tokens, found: list[Toponym]) -> None:
    """Mark the names a location preposition governs, the later ones of a list with the first: "in A, B and C"."""
    ends: dict[int, Toponym] = {}
    for toponym in found:
        ends[toponym.last] = toponym
        first = toponym.first - 1
        if first >= 0 and tokens.sentence[first] == toponym.sentence and tokens.gaps[first] == " ":
            toponym.listed = tokens.folded[first] in words.LOCATIVE
        before = previous(tokens, toponym)
        head = ends.get(before) if before is not None else None
        toponym.listed |= head is not None and head.form == "name" and head.listed


def previous(tokens: Tokens, toponym: Toponym) -> int | None:
    """The last token of what stands before the name in a list: A of "A and B", "A, B" and "A, and B"."""
    before = toponym.first - 1
    if before < 0 or tokens.sentence[before] != toponym.sentence:
        return None
    if tokens.gaps[before] == ", ":
        return before
    joined = tokens.folded[before] in ("and", "or") and tokens.gaps[before] == " "
    if joined and before and tokens.gaps[before - 1] in (" ", ", "):
        return before - 1
    return None


def _backed(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym]) -> bool:
    """Whether "X, Y" follows and X has a candidate inside Y."""
    wider = container(tokens, toponym, at)
    return wider is not None and bool(inside(toponym.candidates, wider.candidates))


def container(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym]) -> Toponym | None:
    """The name that follows after a comma or in brackets: Y of "X, Y" and of "X (Y)"."""
    after = toponym.last + 1
    if after >= len(tokens.starts) or tokens.text[toponym.end : tokens.starts[after]] not in (", ", " ("):
        return None
    wider = at.get(after)
    return wider if wider is not None and wider.form == "name" else None


def inside(
    candidates: tuple[Candidate, ...], wider: tuple[Candidate, ...]
) -> list[tuple[Candidate, Candidate]]:
    """The pairs of a candidate and a country or division that holds it."""
    return [
        (candidate, area)
        for area in wider
        if area.place.kind not in ("settlement", "district")
        for candidate in candidates
        if area.place.code != candidate.place.code
        and area.place.code in (candidate.place.country, candidate.place.admin1)
    ]
