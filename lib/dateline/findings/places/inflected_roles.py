"""What part a place plays in a Russian, Azerbaijani or Turkish sentence, told by its case and the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.findings.places.inflected_words import BY_LANGUAGE, Words, starts
from dateline.findings.places.recognise import LOWER, Tokens, Toponym
from dateline.gazetteer import Place
from dateline.gazetteer.names import fold

_NEAR_BEFORE = frozenset(["под", "близ", "около", "возле", "вблизи", "у", "недалеко"])
_NEAR_AFTER = tuple(
    map(fold, ("yaxınlığ", "yakınlar", "yakının", "ətraf", "açıklar", "çevresin", "merkezli"))
)
_AT = frozenset(["в", "во", "на", "по"])
_AWAY = frozenset(["из", "от", "до", "к", "ко", "между", "с", "со", "через", "о", "об", "за", "для", "над"])
_MOTION = (
    *("прибы", "отправ", "вылет", "вылете", "поездк", "направ", "приеха", "летевш", "въех", "приле", "верну"),
    *("эвакуир", "поезд", "рейс", "доставл", "экспорт", "импорт", "переех", "едет", "выех"),
)
_STRUCK = (
    *("обстрел", "удар", "бомбардиров", "штурм", "взят", "осад", "посети", "посеща", "охвати", "затопи"),
    *("потряс", "накры", "уничтож", "разруш"),
)
_STRUCK_TURKIC = tuple(
    map(
        fold, ("zərb", "hücum", "raket", "bomba", "saldır", "füze", "girdi", "vurul", "zərər", "düştü", "yağ")
    )
)
# Places too wide to be a scene unless something happens.
_WIDE = frozenset(["macro-region", "continent", "sea", "ocean", "gulf", "disputed", "lake", "river"])
_BETWEEN = tuple(map(fold, ("arasın", "sınırınd", "sərhədind")))
_JOINED = frozenset(["və", "ve", "ilə", "ile", ",", "-", "–", "и", "да"])
_MOST_BACK = 4


def assign(tokens: Tokens, found: Sequence[Toponym], places: Sequence[Place], language: str) -> list[str]:
    """The role of each toponym, in order; one of ``dateline.article.ROLES``."""
    words = BY_LANGUAGE[language]
    one = _russian if language == "ru" else _turkic
    given: list[str] = []
    for toponym, place in zip(found, places, strict=True):
        if toponym.dateline:
            given.append("dateline")
        elif toponym.form == "adjectival":
            given.append("origin")
        else:
            given.append(one(tokens, toponym, place, words))
    if language == "ru":
        _follow_the_left(tokens, found, given)
    else:
        _follow_the_right(tokens, found, given)
    return given


def precision(tokens: Tokens, toponym: Toponym, place: Place, language: str) -> int | None:
    """The place's own precision; 2 for "под Ереваном", "Bakı yaxınlığında", somewhere about the settlement."""
    if place.precision != 1:
        return place.precision
    if language == "ru":
        before = toponym.first - 1
        if before > 0 and tokens.folded[before] == "от":
            before -= 1
        near = (
            before >= 0
            and tokens.sentence[before] == toponym.sentence
            and tokens.folded[before] in _NEAR_BEFORE
        )
    else:
        after = toponym.last + 1
        near = after < len(tokens) and tokens.sentence[after] == toponym.sentence
        near = near and tokens.folded[after].startswith(_NEAR_AFTER)
    return 2 if near else 1


def _speaks(tokens: Tokens, toponym: Toponym, place: Place, words: Words) -> bool:
    """A capital or a country followed by a verb of saying."""
    after = toponym.last + 1
    return (
        (place.capital or place.kind in ("country", "disputed"))
        and after < len(tokens)
        and tokens.sentence[after] == toponym.sentence
        and starts(tokens.folded[after], words.speech)
    )


def _russian(tokens: Tokens, toponym: Toponym, place: Place, words: Words) -> str:
    governor = _governor(tokens, toponym)
    before = toponym.first - 1
    beside = (
        before >= 0 and tokens.sentence[before] == toponym.sentence and tokens.gap(before) in (" ", "\u00a0")
    )
    previous = tokens.folded[before] if beside else ""
    if governor is None and _speaks(tokens, toponym, place, words):
        return "government"
    if beside and (
        starts(previous, words.offices) or (governor is None and _office_before(tokens, before, words))
    ):
        return "origin"
    if governor is not None:
        word = tokens.folded[governor]
        if word in _NEAR_BEFORE or (word == "от" and _measured(tokens, governor)):
            return "where"
        if word == "из" and governor and starts(tokens.folded[governor - 1], words.offices):
            return "origin"
        if word in ("с", "со") and governor and tokens.folded[governor - 1].startswith("границ"):
            return "where"
        if word in _AWAY:
            return "mention"
        if governor != before and any(
            starts(tokens.folded[k], words.offices) for k in range(governor + 1, toponym.first)
        ):
            return "origin"
        if place.kind in _WIDE and not _happens(tokens, toponym, words):
            return "mention"
        if word in _AT and (governor != before or toponym.evidence != "acc"):
            return "mention" if governor == before and _moves(tokens, toponym, governor) else "where"
        return "mention"
    return "where" if previous.startswith(_STRUCK) else "mention"


def _office_before(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether token ``index`` belongs to an office: "министр транспорта"."""
    before = index - 1
    return (
        before >= 0
        and tokens.sentence[before] == tokens.sentence[index]
        and tokens.gap(before) == " "
        and tokens.shapes[index] == LOWER
        and starts(tokens.folded[before], words.offices)
    )


def _governor(tokens: Tokens, toponym: Toponym) -> int | None:
    """The preposition a name depends on: beside it, or before a few words in lower case ("на юге Ирана")."""
    for k in range(toponym.first - 1, max(-1, toponym.first - 1 - _MOST_BACK), -1):
        if tokens.sentence[k] != toponym.sentence or tokens.gap(k) not in (" ", "\u00a0"):
            return None
        word = tokens.folded[k]
        if word in _AT or word in _AWAY or word in _NEAR_BEFORE:
            return k
        if tokens.shapes[k] != LOWER and not word.endswith(("ои", "ом", "их", "ых")):
            return None
    return None


def _measured(tokens: Tokens, preposition: int) -> bool:
    """Whether "от" belongs to a distance: "в 30 километрах от", "недалеко от"."""
    return preposition > 0 and tokens.folded[preposition - 1].startswith(
        ("километр", "км", "недалеко", "метр", "к")
    )


def _moves(tokens: Tokens, toponym: Toponym, preposition: int) -> bool:
    """Whether a verb of motion before "в" makes a name that does not decline a destination."""
    if toponym.evidence not in ("nom", "acc", "gen"):
        return False
    near = range(max(0, preposition - 5), preposition)
    return any(tokens.sentence[k] == toponym.sentence and tokens.folded[k].startswith(_MOTION) for k in near)


def _follow_the_left(tokens: Tokens, found: Sequence[Toponym], given: list[str]) -> None:
    """B of "в A и B", "A, столице B" and "A, B" has the role of A."""
    for index in range(1, len(found)):
        left, right = found[index - 1], found[index]
        if given[index] != "mention" or given[index - 1] not in ("where", "government", "origin"):
            continue
        if left.form != right.form or left.sentence != right.sentence:
            continue
        between = tokens.text[left.end : right.start].strip()
        if between in ("и", ",", "(", ", в", ", столице", "в", "на", "—", "–", "-") and (
            given[index - 1] != "origin" or between == "и"
        ):
            given[index] = given[index - 1]
    for index in range(len(found) - 1):
        # "Ереван и Баку обменялись": what the second does, the first does.
        between = tokens.text[found[index].end : found[index + 1].start].strip()
        if given[index] == "mention" and given[index + 1] == "government" and between in ("и", ","):
            given[index] = "government"


def _turkic(tokens: Tokens, toponym: Toponym, place: Place, words: Words) -> str:
    after = toponym.last + 1
    case = toponym.evidence
    following = after < len(tokens) and tokens.sentence[after] == toponym.sentence
    word = tokens.folded[after] if following and tokens.gap(toponym.last) == " " else ""
    if word.startswith(_NEAR_AFTER):
        return "where"
    if case == "nom" and word:
        sorted_by = starts(word, words.sorts)
        if place.capital and word.startswith(("yonetim", "hokumet", "hukumet")):
            return "government"
        if not sorted_by and starts(word, words.offices):
            return "origin"
        if word.startswith(("vali", "belediye")):
            return "origin"
        if tokens.shapes[after] == LOWER or sorted_by or starts(word, words.features):
            case = _case_of(word) or case
    if case in ("nom", "abl") and _speaks(tokens, toponym, place, words):
        return "government"
    if word.startswith(_BETWEEN):
        return "mention"
    if place.kind in _WIDE and not _happens(tokens, toponym, words):
        return "mention"
    if case == "loc":
        return "where"
    if case == "abl" and place.kind in ("settlement", "country") and _from_there(tokens, after):
        return "government"
    if case == "gen" and any(
        tokens.sentence[k] == toponym.sentence and starts(tokens.folded[k], words.offices)
        for k in range(after, min(len(tokens), after + 2))
    ):
        return "origin"
    if case in ("dat", "gen") and _eventful(tokens, toponym):
        return "where"
    if case == "gen" and any(
        tokens.sentence[k] == toponym.sentence and _case_of(tokens.folded[k]) == "loc"
        for k in range(after, min(len(tokens), after + 4))
    ):
        return "where"
    if (
        case == "nom"
        and (place.capital or place.kind == "country")
        and _says_at_the_end(tokens, toponym, words)
    ):
        return "government"
    return "mention"


def _happens(tokens: Tokens, toponym: Toponym, words: Words) -> bool:
    """Whether the sentence tells of an event; a sea or a wider area is its scene only then."""
    first, last = toponym.first, toponym.last
    while first > 0 and tokens.sentence[first - 1] == toponym.sentence and toponym.first - first < 30:
        first -= 1
    while (
        last + 1 < len(tokens) and tokens.sentence[last + 1] == toponym.sentence and last - toponym.last < 30
    ):
        last += 1
    return any(tokens.folded[k].startswith(words.events) for k in range(first, last + 1))


def _case_of(word: str) -> str | None:
    """The case of a folded common noun with the possessive: "rayonunda" is loc."""
    if word.endswith(("nda", "nde", "da", "de", "ta", "te", "ndaki", "ndeki")):
        return "loc"
    if word.endswith(("ndan", "nden", "dan", "den")):
        return "abl"
    if word.endswith(("nin", "nun")):
        return "gen"
    return "dat" if word.endswith(("na", "ne")) else None


def _from_there(tokens: Tokens, after: int) -> bool:
    """ "Washington'dan yapılan açıklamada", "Moskova'dan sert açıklama": a statement from a capital."""
    near = range(after, min(len(tokens), after + 3))
    return any(tokens.folded[k].startswith(("aciklama", "bildiris", "aciqlama")) for k in near)


def _eventful(tokens: Tokens, toponym: Toponym) -> bool:
    near = range(toponym.last + 1, min(len(tokens), toponym.last + 6))
    return any(
        tokens.sentence[k] == toponym.sentence and tokens.folded[k].startswith(_STRUCK_TURKIC) for k in near
    )


def _says_at_the_end(tokens: Tokens, toponym: Toponym, words: Words) -> bool:
    """Whether the subject of the sentence speaks: in these languages the verb comes last."""
    before = toponym.first - 1
    joined = (
        before > 0 and tokens.folded[before] in ("ve", "və") and tokens.sentence[before] == toponym.sentence
    )
    if not tokens.first[toponym.first] and not (joined and before < 4):
        return False
    last = toponym.last
    while (
        last + 1 < len(tokens) and tokens.sentence[last + 1] == toponym.sentence and last - toponym.last < 30
    ):
        last += 1
    return any(k > toponym.last and starts(tokens.folded[k], words.speech) for k in (last, last - 1))


def _follow_the_right(tokens: Tokens, found: Sequence[Toponym], given: list[str]) -> None:
    """A of "A və B" and of "A'nın B" has the role of B, whose ending or sort word speaks for both."""
    for index in range(len(found) - 2, -1, -1):
        left, right = found[index], found[index + 1]
        if given[index] != "mention" or left.form != "name" or left.sentence != right.sentence:
            continue
        between = tokens.text[tokens.ends[left.last] : right.start].strip()
        wider = left.evidence == "gen" and tokens.starts[right.first] - left.end < 25
        if between in _JOINED or (wider and given[index + 1] == "where"):
            given[index] = given[index + 1] if given[index + 1] != "dateline" else "mention"
