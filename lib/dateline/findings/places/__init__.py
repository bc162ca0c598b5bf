"""Places in a text: recognise the toponyms, resolve them to the gazetteer, say what part each plays.

``find`` is the way in for one text, ``find_all`` for many. ``learned``, ``resolve`` and ``roles`` each return plain
records, so that another model can take the place of one without the others noticing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.article import Mention
from dateline.findings.places import inflected, inflected_context, inflected_roles, learned, recognise
from dateline.findings.places.recognise import Tokens, Toponym, tokenise
from dateline.findings.places.resolve import HOPELESS, Choice, borrow, choose
from dateline.findings.places.roles import assign, measured_from, precision
from dateline.findings.places.unlisted import Unlisted, features
from dateline.gazetteer import Gazetteer, Place

__all__ = ["Passage", "find", "find_all"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be read: ``sentences`` are [start, end) spans that cover it.

    ``source_country`` is the ISO code of the outlet's home; ``language`` decides how names are found, and how a
    place is named where the text uses another of its names.
    """

    text: str
    sentences: Sequence[tuple[int, int]]
    source_country: str | None = None
    language: str = "en"


def find(
    text: str,
    sentences: Sequence[tuple[int, int]],
    *,
    gazetteer: Gazetteer,
    source_country: str | None = None,
    language: str = "en",
) -> list[Mention]:
    """The toponyms of one text in order, resolved; the arguments are those of ``Passage``."""
    return find_all([Passage(text, sentences, source_country, language)], gazetteer=gazetteer)[0]


def find_all(passages: Sequence[Passage], *, gazetteer: Gazetteer) -> list[list[Mention]]:
    """The toponyms of each passage in order, resolved.

    Passages read together are read faster; none changes what is found in another.
    """
    texts = [tokenise(passage.text, passage.sentences) for passage in passages]
    found = _recognised(texts, [passage.language for passage in passages], gazetteer)
    return [
        _resolved(passage, tokens, *held, gazetteer)
        for passage, tokens, held in zip(passages, texts, found, strict=True)
    ]


_Recognised = tuple[list[Toponym], list[Unlisted]]


def _recognised(texts: Sequence[Tokens], languages: Sequence[str], gazetteer: Gazetteer) -> list[_Recognised]:
    """The toponyms the gazetteer knows, and those it does not; by the model for English, by rules for the rest."""
    english = [n for n, language in enumerate(languages) if language == "en" and len(texts[n])]
    found = dict(zip(english, learned.toponyms([texts[n] for n in english], gazetteer), strict=True))
    for number, (tokens, language) in enumerate(zip(texts, languages, strict=True)):
        if number not in found:
            other = language in inflected.LANGUAGES
            names = (
                inflected.toponyms(tokens, gazetteer, language)
                if other
                else recognise.toponyms(tokens, gazetteer)
            )
            found[number] = names, features(tokens, names)
    return [found[number] for number in range(len(texts))]


def _resolved(
    passage: Passage, tokens: Tokens, found: list[Toponym], lacking: list[Unlisted], gazetteer: Gazetteer
) -> list[Mention]:
    if not len(tokens):
        return []
    language, home = passage.language, passage.source_country
    if language in inflected.LANGUAGES:
        choices = inflected_context.settle(tokens, found, home, gazetteer, language)
        parts = inflected_roles.assign(tokens, found, [choice.place for choice in choices], language)
    else:
        choices = choose(tokens, found, home)
        parts = assign(tokens, found, [choice.place for choice in choices])
    spans = list(passage.sentences) or [(0, len(passage.text))]
    mentions = [
        (_mention if choice.confidence >= HOPELESS else _unresolved)(
            tokens, toponym, choice, role, spans[min(toponym.sentence, len(spans) - 1)], language
        )
        for toponym, choice, role in zip(found, choices, parts, strict=True)
    ]
    for feature in lacking:
        near = borrow(
            found, choices, feature.start, feature.sentence, tokens.text[feature.start : feature.end]
        )
        mentions.append(_without_place(tokens, feature, near, spans[min(feature.sentence, len(spans) - 1)]))
    return sorted(mentions, key=lambda mention: mention.start)


def _without_place(
    tokens: Tokens, feature: Unlisted, near: Choice | None, sentence: tuple[int, int]
) -> Mention:
    """A toponym the gazetteer lacks: a span with a kind and no place, roughly where a town named beside it lies."""
    surface = tokens.text[feature.start : feature.end]
    about = near.place if near else None
    return Mention(
        start=feature.start,
        end=feature.end,
        surface=surface,
        form="name",
        name=" ".join(surface.split()),
        kind=feature.kind,
        place=None,
        geonameid=None,
        country=about.country if about else None,
        admin1=about.admin1 if about else None,
        lat=about.lat if about else None,
        lon=about.lon if about else None,
        precision=2 if about else None,
        role="mention",
        confidence=near.confidence if near else 0.0,
        sentence=(int(sentence[0]), int(sentence[1])),
        rule=near.rule if near else _lacking_rule(feature.kind),
    )


def _lacking_rule(kind: str) -> str:
    if kind == "place":
        return "a place by the words around it; not in the gazetteer"
    return f"a {kind} by its last word; not in the gazetteer"


def _unresolved(
    tokens: Tokens, toponym: Toponym, choice: Choice, role: str, sentence: tuple[int, int], language: str
) -> Mention:
    """A toponym that could be any of several places, or none the gazetteer knows: a span with its candidates."""
    mention = _mention(tokens, toponym, choice, role, sentence, language)
    best = {"place": choice.place.code, "name": choice.place.name, "country": choice.place.country}
    return replace(
        mention,
        name=" ".join(mention.surface.split()),
        place=None,
        geonameid=None,
        country=None,
        admin1=None,
        lat=None,
        lon=None,
        precision=None,
        # What is nowhere on the map is no scene either.
        role="mention" if role == "where" else role,
        rule=f"left open: {choice.rule}",
        alternatives=({**best, "score": choice.confidence}, *mention.alternatives),
    )


def _mention(
    tokens: Tokens, toponym: Toponym, choice: Choice, role: str, sentence: tuple[int, int], language: str
) -> Mention:
    place = choice.place
    return Mention(
        start=toponym.start,
        end=toponym.end,
        surface=tokens.text[toponym.start : toponym.end],
        form=toponym.form,
        name=_usual_name(tokens, toponym, choice, language),
        kind=place.kind,
        place=place.code,
        geonameid=place.geonameid,
        country=place.country,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        precision=_precision(tokens, toponym, place, language),
        role=role,
        confidence=choice.confidence,
        sentence=(int(sentence[0]), int(sentence[1])),
        rule=choice.rule,
        # In "10 km north of Gori" the direction counts from the town and is no part of it.
        qualifier=None
        if place.kind == "settlement" and measured_from(tokens, toponym)
        else toponym.qualifier,
        alternatives=tuple(
            {"place": loser.code, "name": loser.name, "country": loser.country, "score": share}
            for loser, share in choice.losers
        ),
    )


def _precision(tokens: Tokens, toponym: Toponym, place: Place, language: str) -> int | None:
    if language in inflected.LANGUAGES:
        return inflected_roles.precision(tokens, toponym, place, language)
    return precision(tokens, toponym, place)


def _usual_name(tokens: Tokens, toponym: Toponym, choice: Choice, language: str) -> str:
    """A settlement goes by the name the English text uses ("Palmyra"); all else by the gazetteer's name."""
    place = choice.place
    if place.kind != "settlement" or language != "en":
        return place.name
    surface = tokens.text[toponym.start : toponym.end]
    if not surface.replace("\n", " ").isprintable() or "\n" in surface:
        return place.name
    if any(c.isalpha() and ord(c) > 0x24F and not 0x1E00 <= ord(c) < 0x1F00 for c in surface):
        return place.name
    return surface.title() if surface.isupper() and len(surface) > 3 else surface
