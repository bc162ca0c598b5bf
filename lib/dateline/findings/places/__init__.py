"""Places in a text: recognise the toponyms, resolve them to the gazetteer, say what part each plays.

``find`` is the one way in. ``recognise``, ``resolve`` and ``roles`` each return plain records, so that a learned
model can take the place of one without the others noticing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.article import Mention
from dateline.findings.places import inflected, inflected_context, inflected_roles
from dateline.findings.places.recognise import Tokens, Toponym, tokenise, toponyms
from dateline.findings.places.resolve import HOPELESS, Choice, choose
from dateline.findings.places.roles import assign, precision
from dateline.findings.places.unlisted import Unlisted, features
from dateline.gazetteer import Gazetteer, Place

__all__ = ["find"]


def find(
    text: str,
    sentences: Sequence[tuple[int, int]],
    *,
    gazetteer: Gazetteer,
    source_country: str | None = None,
    language: str = "en",
) -> list[Mention]:
    """The toponyms of ``text`` in order, resolved.

    ``sentences`` are [start, end) spans that cover it; ``source_country`` is the ISO code of the outlet's home;
    ``language`` decides how a place is named where the text uses another of its names.
    """
    tokens = tokenise(text, sentences)
    if not len(tokens):
        return []
    other = language in inflected.LANGUAGES
    found = inflected.toponyms(tokens, gazetteer, language) if other else toponyms(tokens, gazetteer)
    choices = (
        inflected_context.settle(tokens, found, source_country, gazetteer, language)
        if other
        else choose(tokens, found, source_country)
    )
    chosen = [choice.place for choice in choices]
    parts = (
        inflected_roles.assign(tokens, found, chosen, language) if other else assign(tokens, found, chosen)
    )
    spans = list(sentences) or [(0, len(text))]
    mentions = [
        (_mention if choice.confidence >= HOPELESS else _unresolved)(
            tokens, toponym, choice, role, spans[min(toponym.sentence, len(spans) - 1)], language
        )
        for toponym, choice, role in zip(found, choices, parts, strict=True)
    ]
    mentions.extend(
        _without_place(tokens, feature, spans[min(feature.sentence, len(spans) - 1)])
        for feature in features(tokens, found)
    )
    return sorted(mentions, key=lambda mention: mention.start)


def _without_place(tokens: Tokens, feature: Unlisted, sentence: tuple[int, int]) -> Mention:
    """A street or feature the gazetteer lacks: a span with a kind, and no place."""
    surface = tokens.text[feature.start : feature.end]
    return Mention(
        start=feature.start,
        end=feature.end,
        surface=surface,
        form="name",
        name=" ".join(surface.split()),
        kind=feature.kind,
        place=None,
        geonameid=None,
        country=None,
        admin1=None,
        lat=None,
        lon=None,
        precision=None,
        role="mention",
        confidence=0.0,
        sentence=(int(sentence[0]), int(sentence[1])),
        rule=f"a {feature.kind} by its last word; not in the gazetteer",
    )


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
        qualifier=toponym.qualifier,
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
