"""Of what a time expression is the date: the event told, somebody's saying so, or something it is compared to."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.findings.dates import timex
from dateline.findings.dates.grammar import Expression
from dateline.findings.dates.lexicon import CLASSES, words_of

_SAYING = words_of(
    "said says say saying told tells announced announces announcing stated states confirmed confirms "
    "reported reports added warned warns declared claimed noted tweeted insisted acknowledged denied "
    "explained reiterated stressed emphasised emphasized disclosed revealed predicted quoted posted "
    "commented testified argued recalled admitted conceded cautioned pledged alleged according speaking spoke "
    "urged appealed condemned criticised criticized accused blamed demanded praised hailed apologised apologized dated"
)
# What, between a verb of saying and a date, means that the date belongs to what is said.
_CLAUSE = words_of(
    ', " “ ” ; : that which who when after before as he she they it was were is are has have had will would did be '
    "been drove ran fled found caught fired opened sank burst tore saw sent put led killed burned launched struck hit "
    "fell rose left shot met took came went began blew broke swept held won lost died following during"
)
_NOT_VERBS = words_of(
    "united related hundred unidentified armed allied unnamed injured wounded so-called red bed"
)
_OUTLETS = words_of(
    "statement interview report briefing conference speech address remarks tweet letter message bulletin "
    "announcement communique post telegram testimony reporters journalists broadcast"
)
_OUTLET_GAP = words_of("on late early issued released published made aired sent here")
# "Gave the figure on Thursday", "issued denials on Friday": a verb of giving with one of these as its object.
_GIVING = words_of(
    "gave put issued released published raised revised updated lowered offered made sent presented provided posted"
)
_GIVEN = words_of(
    "figure figures toll number numbers count estimate estimates details account denial denials statement statements "
    "report reports warning warnings findings results data apology list names information version confirmation update"
)
# Without one of these nobody is said to have told anything.
_TELLING = _SAYING | _OUTLETS | _GIVING
_TO_WHOM = words_of("to for of by on")
_OPENERS = words_of('on late early later earlier also in by " “ — – - ( [ and but meanwhile , separately')
_COMPARED = words_of("since than versus born founded established built elected unlike like")
_COMPARED_GAP = words_of("in on the late early mid at of that to with from")
_AUXILIARIES = words_of("had has have was were is are would will could did")
_DETERMINERS = words_of("the a an its his her their our 's ’s ' ’")
_SAYING_ABROAD: dict[str, tuple[str, ...]] = {
    "ru": ("сообщил", "заявил", "сказал", "рассказал", "объявил", "отметил", "подтвердил"),
    "tr": ("söyledi", "açıkladı", "bildirdi", "dedi", "duyurdu", "belirtti"),
    "az": ("bildirib", "deyib", "açıqlayıb", "bildirdi", "dedi", "söyləyib", "vurğulayıb"),
}
_DATE_CLASSES = frozenset(
    CLASSES[name] for name in ("weekday", "month", "abbr", "today", "yesterday", "tomorrow")
)
_SAID_IN = words_of(
    "in during earlier last"
)  # what a month or a quarter of saying so stands behind: "said in January"
_STALE = timedelta(days=366)
_REACH = 14  # tokens


def role(expression: Expression, value: str, reference: date | None, language: str) -> tuple[str, str]:
    """``event``, ``statement`` or ``reference``, and why in words."""
    _, last, granularity = timex.interval(value)
    if value.endswith("_REF"):
        return "reference", "a vague time"
    if granularity == "year" and _is_attribute(expression):
        return "reference", "the year belongs to the name of something"
    if _is_compared(expression):
        return "reference", "the starting point of a comparison"
    if reference and last and _is_background(last, granularity, reference):
        return "reference", "background, well before the day of writing"
    if _is_said(expression, granularity, language):
        return "statement", "the date of a verb of saying"
    return "event", "the date of what happened"


def _is_attribute(expression: Expression) -> bool:
    """ "The 2020 Second Karabakh War", "Russia's 2022 war": a year between a determiner and a noun."""
    determined = expression.word(-1).lower() in _DETERMINERS or expression.codes.startswith("1")
    return determined and expression.word(1).isalpha()


def _is_compared(expression: Expression) -> bool:
    """ "Since 2001", "compared with March", "up from 2019", "born in"."""
    words = expression.tokens.words
    at, skipped = expression.first - 1, 0
    while at >= 0 and skipped < 2 and words[at].lower() in _COMPARED_GAP:
        at, skipped = at - 1, skipped + 1
    word = words[at].lower() if at >= 0 else ""
    after = words[at + 1].lower()
    if after in ("in", "at") and _is_figure(words, at) and "from" in words[max(at - 5, 0) : at]:
        return True  # "up to 9.4% from 9.1% in October"
    if word in _COMPARED or "compared" in words[max(at - 8, 0) : at + 1]:
        return True
    return word in ("up", "down") and after == "from"


def _is_figure(words: list[str], at: int) -> bool:
    """Whether a figure ends at a place: "9.1%", "9 per cent", "$4 billion"."""
    return at > 0 and (words[at][:1].isdigit() or words[at] in _FIGURE_ENDS)


_FIGURE_ENDS = words_of("% percent cent billion million tonnes barrels dollars points")


def _is_background(last: date, granularity: str, reference: date) -> bool:
    """A year gone by, any decade, or a day more than a year ago."""
    if granularity in ("decade", "century"):
        return True
    return last < (reference if granularity == "year" else reference - _STALE)


def _is_said(expression: Expression, granularity: str, language: str) -> bool:
    """Whether the date hangs on a verb of saying, before it or behind it; "said October sales" does not."""
    if language != "en":
        return _is_statement_abroad(expression, language)
    if granularity not in ("day", "time", "week"):
        first = expression.tokens.words[expression.first].lower()
        if first not in _SAID_IN and expression.word(-1).lower() not in _SAID_IN:
            return False
    if heads_a_report(expression):
        return True
    nearby = expression.tokens.low[max(expression.first - _REACH, 0) : expression.last + 3 * _REACH]
    if _TELLING.isdisjoint(nearby):
        return False
    return (
        _said_before(expression)
        or _said_after(expression)
        or _in_an_outlet(expression)
        or _gave_figures(expression)
    )


def _is_verb(word: str) -> bool:
    """Whether a word, not one of saying, looks like a finite verb or participle or opens a clause."""
    return word in _CLAUSE or (
        len(word) > 4 and word.endswith("ed") and word.islower() and word not in _NOT_VERBS
    )


def _said_before(expression: Expression) -> bool:
    """ "Officials said on Monday": a verb of saying with nothing but its own complements in between."""
    words, low, codes = expression.tokens.words, expression.tokens.low, expression.tokens.codes
    if expression.word(1) in ("'s", "’s"):
        return False  # "said Thursday's blaze was arson"
    for at in range(expression.first - 1, max(expression.first - _REACH, 0) - 1, -1):
        word = low[at]
        if word in _SAYING:
            # "Said the blast late on Thursday had caused damage": what follows is the blast's verb.
            inside = expression.first - at > 2 and expression.word(1) in _AUXILIARIES
            return not (inside or _is_gerund(words[at + 1]))
        # Another date in between is the statement's, this one is of what is said.
        if _is_verb(words[at]) or word in _CLAUSE or codes[at] in _DATE_CLASSES:
            return False
    return False


def _gave_figures(expression: Expression) -> bool:
    """ "Gave the figure on Thursday", "put the toll at 31 on Monday"."""
    words, low = expression.tokens.words, expression.tokens.low
    given = -1
    for at in range(expression.first - 1, max(expression.first - _REACH, 0) - 1, -1):
        word = low[at]
        if word in _GIVEN:
            given = at
        elif word in _GIVING:
            return 0 < given - at <= 4
        elif _is_verb(words[at]):
            return False
    return False


def _is_gerund(word: str) -> bool:
    """ "Reported hearing shots on Thursday": right behind a verb of saying it opens what is said."""
    return word.endswith("ing") and word.islower() and len(word) > 4


def _near_start(expression: Expression) -> bool:
    """Whether so few tokens stand before it that looking at all of them costs nothing, however long the sentence."""
    return expression.first <= _REACH


def heads_a_report(expression: Expression) -> bool:
    """ "NEW YORK, Dec. 14 (Agency) -", "IZMIR, Türkiye, 2 June —": the day a report was filed, behind a place that
    begins in capitals."""
    if _is_filed(expression):
        return True
    if not _near_start(expression) or expression.word(1) not in _HEAD_ENDS:
        return False
    before = expression.tokens.words[: expression.first]
    names = [word for word in before if word.isalpha()]
    return (
        0 < len(names) <= 5
        and names[0].isupper()
        and len(names[0]) > 1
        and all(name[0].isupper() for name in names)
    )


_HEAD_ENDS = words_of("- – — ( _ :")


def _is_filed(expression: Expression) -> bool:
    """ "Dec. 14 (Agency) -": a day with its agency and a dash."""
    words, last = expression.tokens.words, expression.last
    return (
        expression.word(1) == "("
        and words[last + 2 : last + 3] == [")"]
        and words[last + 1][:1].isupper()
        and words[last + 3 : last + 4] in (["-"], ["–"], ["—"])
    )


def _said_after(expression: Expression) -> bool:
    """ "Police on Sunday said", "On Sunday, police said": the next verb, past no comma unless the date comes first."""
    words = expression.tokens.words
    at = expression.last
    if _near_start(expression) and all(word.lower() in _OPENERS for word in words[: expression.first]):
        return _first_verb_says(words, at)
    while at < len(words) and (words[at] == ")" or words[at].endswith("ly") or words[at] == "also"):
        at += 1
    return at < len(words) and words[at] in _SAYING


def _first_verb_says(words: list[str], at: int) -> bool:
    """Whether the first verb from a place on is one of saying."""
    for word in words[at : at + 2 * _REACH]:
        if word in _SAYING:
            return True
        if word != "," and _is_verb(word):
            return False
    return False


def _in_an_outlet(expression: Expression) -> bool:
    """ "In a statement on Monday", "told reporters in Rabat on Monday"."""
    words = expression.tokens.words
    for at in range(expression.first - 1, max(expression.first - 6, 0) - 1, -1):
        word = words[at].lower()
        if word in _OUTLETS:
            return True
        if at > 2 and words[at - 1].lower() in _TO_WHOM and words[at - 2].lower() in _OUTLETS:
            return True  # "in a letter to the court on Monday", "a report for lenders"
        if at > 3 and words[at - 2].lower() in _TO_WHOM and words[at - 3].lower() in _OUTLETS:
            return True
        place = words[at][:1].isupper() or word in ("in", "to", "the")
        if word not in _OUTLET_GAP and not place:
            return False
    return False


def _is_statement_abroad(expression: Expression, language: str) -> bool:
    """The same for Russian, Turkish and Azerbaijani: a verb of saying close by in the same clause."""
    verbs = _SAYING_ABROAD.get(language, ())
    words = expression.tokens.words
    before = words[max(expression.first - 6, 0) : expression.first]
    for nearby in (reversed(before), words[expression.last : expression.last + 8]):
        for word in nearby:
            if word in (",", ".", ";", ":"):
                break
            if word.lower().startswith(verbs):
                return True
    return False
