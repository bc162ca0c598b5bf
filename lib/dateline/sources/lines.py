"""The lines of a pasted page, each told by its form: prose, headline, boilerplate, time line, cut-off teaser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from . import lexicon
from .timestamps import find

PROSE, HEADLINE, BOILERPLATE, STAMP, CUT = "prose", "headline", "boilerplate", "stamp", "cut"

WORD = re.compile(r"\w+(?:[’'ʼ\-]\w+)*")
_LETTER = re.compile(r"[^\W\d_]")
_ENDS = re.compile(r"[.!?…:;։。！？؟۔][\"'”’»)\]]*\s*$")
_CUT_OFF = re.compile(
    r"\s*(?:\.{2,}|…)\s*(?:\[?(?:read more|more|читать далее|далее|devamı|davamı)\]?)?\s*[\])»>]*\s*$",
    re.IGNORECASE,
)
_ADDRESS_ONLY = re.compile(r"^(?:https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|(?:[#@]\w+[\s,]*)+)$")
_RELATIVE = re.compile(
    r"\b(?:\d+|an?|one)\s+(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?)\s+(?:ago|read)\b|\b\d+\s*(?:мин|минут\w*|час\w*|дн\w*)\s+назад\b"
    r"|\b\d+\s+(?:dakika|saat|gün|dəqiqə)\s+(?:önce|əvvəl)\b|\b[\d.,]+\s*[kK]?\s+(?:views?|comments?|shares?|likes?|просмотр\w*|комментари\w*|görüntülenme|baxış|yorum|şərh)\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"©|\(c\)\s*\d{4}|all rights reserved|все права защищены|tüm hakları saklıdır"
    r"|bütün hüquqlar qorunur|copyright\s+\d{4}",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^(?:photo|photos|image|picture|video|source|credit|file photo"
    r"|фото|видео|источник|fotoğraf|foto|kaynak|mənbə|şəkil)\s*[:/©]",
    re.IGNORECASE,
)
_TAGS = re.compile(r"^(?:tags?|topics?|keywords?|теги|метки|etiketler|teqlər|açar sözlər)\s*:", re.IGNORECASE)
_POINTER = re.compile(
    r"^(?:read(?:\s+(?:more|also|next|on))?|also read|see also|more|related|watch|listen|читайте(?:\s+также)?|"
    r"подробнее|"
    r"смотрите(?:\s+также)?|ayrıca okuyun|ilgili haber|devamını oku|həmçinin oxu(?:yun)?|oxu(?:yun)?)\s*[:|»>→]",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(r"\s+[|/>›»•·]\s+|\t+")
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029\x0b\x0c\x85]")
# What a browser puts between the cells of a menu when it is copied.
_GAP = re.compile(r"\t+|[ \u00a0]{4,}")
_BULLET = re.compile(r"^\s*(?:[•◦▪‣*–—-]|\d{1,2}[.)])\s+")
_NAME_LINE = re.compile(r"^(?:[A-ZА-ЯЁİÜÖŞÇĞƏ][\w.’'-]*,?(?:\s+(?:and|in|at|и|в|ve|və))?(?:\s+|$)){2,7}$")
_QUOTES = "\"'“”«»„‘’"
_SHORT, _LONG_HEADLINE, _LONG_INTERFACE = 3, 22, 32
_LONGEST_MENU = 400
# The form of a line is told by its beginning and its end; a line of a megabyte is prose anyway.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` counts from 1 in the page as pasted; ``gap`` says that a blank line stands above it."""

    number: int
    text: str
    kind: str
    gap: bool = False
    published: str | None = None
    opens_rest: bool = False
    inside: bool = False

    @property
    def whole(self) -> str:
        """The text of a cut-off line without its ellipsis, else the text."""
        return _CUT_OFF.sub("", self.text) if self.kind == CUT else self.text


def words_of(text: str) -> list[str]:
    """The words of ``text``, case-folded, in order."""
    return [word.casefold().replace("i̇", "i") for word in WORD.findall(text)]


def read_lines(text: str) -> list[Line]:
    """Every line of a page that holds something, told by its form and by its neighbours."""
    raw = _unwrapped(text)
    kinds = [_kind(line) for _, line, _ in raw]
    kinds = _navigation(kinds, [line for _, line, _ in raw])
    return [
        Line(
            number,
            line,
            kind,
            gap,
            find(line) if kind == STAMP else None,
            kind == BOILERPLATE and opens_rest(line),
            kind == BOILERPLATE and is_inside(line),
        )
        for (number, line, gap), kind in zip(raw, kinds, strict=True)
    ]


def opens_rest(line: str) -> bool:
    """Whether a boilerplate line opens what comes after an article ("Related", "Читайте также")."""
    return line.casefold().strip(" :>»|-–—").removesuffix(":") in lexicon.AFTER


def is_inside(line: str) -> bool:
    """Whether a boilerplate line stands within an article: an advertisement, a picture's credit, a pointer."""
    return (
        bool(_CREDIT.match(line) or _POINTER.match(line)) or line.casefold().strip(" .:-—") in lexicon.WITHIN
    )


def _unwrapped(text: str) -> list[tuple[int, str, bool]]:
    """(number, line, blank line above) of the lines with something in them; hard-wrapped paragraphs made whole."""
    lines = [_menu(line) or " ".join(line.split()) for line in _BREAK.split(text)]
    blocks: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(lines, start=1):
        if line:
            blocks[-1].append((number, line))
        elif blocks[-1]:
            blocks.append([])
    wrapped = _is_wrapped([[line for _, line in block] for block in blocks])
    found: list[tuple[int, str, bool]] = []
    for block in filter(None, blocks):
        if wrapped and len(block) > 1:
            found.append((block[0][0], " ".join(line for _, line in block), True))
        else:
            found.extend((number, line, at == 0) for at, (number, line) in enumerate(block))
    return found


def _menu(line: str) -> str | None:
    """A menu pasted as one line, its entries apart by tabs or wide gaps, with bars between them; else None."""
    if len(line) > _LONGEST_MENU or not _GAP.search(line):
        return None
    entries = [" ".join(entry.split()) for entry in _GAP.split(line) if entry.strip()]
    if len(entries) < 3 or any(len(entry.split()) > _SHORT or _ENDS.search(entry) for entry in entries):
        return None
    return " | ".join(entries)


def _is_wrapped(blocks: list[list[str]]) -> bool:
    """Whether lines were broken at a fixed width: they stop in mid-sentence and go on in lower case."""
    inner = [(a, b) for block in blocks for a, b in pairwise(block)]
    if len(inner) < 4 or len(blocks) < 2:
        return False
    broken = sum(
        not _ENDS.search(a[-20:]) and (b[:1].islower() or len(a) >= 55) and 40 <= len(a) <= 100
        for a, b in inner
    )
    return broken * 10 >= 7 * len(inner)


def _kind(line: str) -> str:
    """The kind of a line by itself."""
    if len(line) > _LONGEST:
        return PROSE if _LETTER.search(line) else BOILERPLATE
    words = words_of(line)
    if is_stamp(line, words):
        return STAMP
    if is_boilerplate(line, words):
        return BOILERPLATE
    if _CUT_OFF.search(line[-40:]) and len(words) >= 4:
        return CUT
    return HEADLINE if is_headline(line, words) else PROSE


def is_stamp(line: str, words: list[str]) -> bool:
    """A line that is a date, a time or a byline and little else."""
    if not words or len(line) > 140 or _BULLET.match(line):
        return False
    lowered = line.casefold().lstrip(" -–—|·•")
    lead = next((lead for lead in lexicon.BYLINE if lowered.startswith((f"{lead} ", f"{lead}:"))), None)
    by = lead is not None
    if find(line):
        rest = [w for w in words if not any(c.isdigit() for c in w)]
        return len(rest) <= 4 or (len(rest) <= 10 and (by or _NAVIGATION.search(line) is not None))
    if lead is not None and len(words) <= 10 and not _ENDS.search(line):
        name = line.lstrip(" -–—|·•")[len(lead) :].lstrip(": ")
        return lowered[len(lead) : len(lead) + 1] == ":" or _NAME_LINE.match(name) is not None
    return False


def is_boilerplate(line: str, words: list[str]) -> bool:
    """A line of the interface: calls to action, menus, credits, rights, counters, addresses, separators."""
    if not _LETTER.search(line) or not words or _ADDRESS_ONLY.match(line) or opens_rest(line):
        return True
    if _RIGHTS.search(line) or (len(words) <= 14 and (_CREDIT.match(line) or _TAGS.match(line))):
        return True
    if len(words) <= 8 and _RELATIVE.search(line):
        return True
    if len(words) <= 24 and _POINTER.match(line):
        return True
    segments = [part for part in _NAVIGATION.split(line) if part.strip()]
    if len(segments) >= 3 and all(len(part.split()) <= 3 for part in segments):
        return True
    return _speaks_to_reader(line, words)


def _speaks_to_reader(line: str, words: list[str]) -> bool:
    if len(words) > _LONG_INTERFACE or _is_quotation(line):
        return False
    interface = sum(any(part in lexicon.INTERFACE for part in (word, *word.split("-"))) for word in words)
    reader = any(word in lexicon.READER for word in words)
    ourselves = any(word in lexicon.OURSELVES and word.upper() not in line for word in words)
    imperative = words[0] in lexicon.IMPERATIVES
    if line.rstrip().endswith("?") and reader and len(words) <= 16:
        return len(words) <= 6 or any(word in lexicon.OPINION for word in words)
    if reader and len(words) <= 12 and any(word in lexicon.MACHINERY for word in words):
        return True
    if any(word in lexicon.SAYING for word in words[1:]) and len(words) > 8:
        return False
    if reader and interface >= 2:
        return True
    if imperative and ourselves and len(words) <= 12:
        return True
    if (
        imperative
        and (reader or interface >= (2 if len(words) <= 12 else 3))
        and (len(words) <= 4 or interface * 5 >= len(words) or reader)
    ):
        return True
    content = [word for word in words if len(word) > 3 or word in lexicon.INTERFACE]
    return (
        len(words) <= 5
        and interface > 0
        and interface * 3 >= 2 * len(content)
        and not _ENDS.search(line[-4:])
    )


def _is_quotation(line: str) -> bool:
    return line[:1] in _QUOTES and any(mark in line[1:] for mark in _QUOTES)


def is_headline(line: str, words: list[str]) -> bool:
    """A short line that ends like a title: no full stop, one sentence."""
    if len(words) > _LONG_HEADLINE or len(line) > 180 or _BULLET.match(line):
        return False
    if line.rstrip().endswith(("?", "!")):
        return len(words) <= 16 and len(re.findall(r"[.!?]\s", line)) == 0 and line[:1] not in _QUOTES
    if _ENDS.search(line[-6:]):
        return False
    # A quotation whose full stop stands inside was matched above; an open one is a paragraph.
    return len(words) >= 1


def _navigation(kinds: list[str], lines: list[str]) -> list[str]:
    """Runs of very short lines are menus; a lone one of a word or two is a section's label."""
    found = list(kinds)
    counts = [len(WORD.findall(line[:200])) for line in lines]
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end] in (HEADLINE, BOILERPLATE) and counts[end] <= _SHORT:
            end += 1
        if end - at >= 3:
            found[at:end] = [BOILERPLATE] * (end - at)
        for one in range(at, end):
            if counts[one] <= 2:
                found[one] = BOILERPLATE
        at = max(end, at + 1)
    return found
