"""What the rest of a Russian, Azerbaijani or Turkish text says about which of several places a name means, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.findings.places.inflected_words import TEXTS
from dateline.findings.places.readings import Reader, reader_of
from dateline.findings.places.reasons import called
from dateline.findings.places.recognise import Tokens, Toponym
from dateline.findings.places.resolve import Choice, choose
from dateline.gazetteer import Gazetteer

# How sure a name with one likely place is, by how well known that place is to readers of the language: about the
# share that was right among labelled sentences.
_SURE = ((8.0, 0.98), (6.0, 0.95), (float("-inf"), 0.85))
# How many characters away a country is still beside a name, and how much less known a place there may be, in
# orders of magnitude, to be meant for it; the same for a country named anywhere in the text.
_BESIDE, _FAR_BESIDE, _FAR = 20, 3.0, 0.7


def settle(
    tokens: Tokens, found: Sequence[Toponym], home: str | None, gazetteer: Gazetteer, language: str
) -> list[Choice]:
    """A choice for each toponym. The resolver is asked only where one may still be any of several places."""
    reader = reader_of(gazetteer, language)
    named = {t.candidates[0].place.code for t in found if t.candidates[0].place.kind == "country"}
    if all(len(toponym.candidates) == 1 for toponym in found):
        choices = [_only(reader, toponym) for toponym in found]
    else:
        choices = choose(tokens, found, home)
    return [
        _with_rivals(reader, choice, toponym.key, named)
        if len(toponym.candidates) == 1 and toponym.form == "name" and choice.place.kind != "country"
        else choice
        for toponym, choice in zip(found, choices, strict=True)
    ]


def _only(reader: Reader, toponym: Toponym) -> Choice:
    place = toponym.candidates[0].place
    strength = reader.strength(toponym.candidates[0])
    sure = next(confidence for least, confidence in _SURE if strength >= least)
    if toponym.form == "adjectival":
        return Choice(place, sure, f"adjective of {place.name}")
    return Choice(place, sure, f"{called(place)}: the only place known by that name")


def _with_rivals(reader: Reader, choice: Choice, key: str, named: set[str]) -> Choice:
    place = choice.place
    others = [c.place for _, c in reader.rivals(key) if c.place.code != place.code]
    if not others:
        return choice
    foreign = next((other for other in others if other.country != place.country), None)
    against = f" — not {called(foreign)}" if foreign is not None else ""
    if foreign is not None and place.country in named:
        because = "the text names its country"
    else:
        because = (
            f"the best known of {len(others) + 1} places of that name to readers of {TEXTS[reader.language]}"
        )
    losers = tuple((other, 0.0) for other in others[:5])
    return replace(choice, rule=f"{called(place)}{against}: {because}", losers=losers)


def heed_countries(reader: Reader, found: list[Toponym]) -> None:
    """Put a name into the country the text names beside it, or elsewhere where the name may nearly as well be there."""
    said = [t for t in found if t.candidates[0].place.kind == "country"]
    named = {t.candidates[0].place.code for t in said}
    if not named:
        return
    at = {id(t): index for index, t in enumerate(found)}
    for toponym in found:
        best = toponym.candidates[0].place
        if (
            toponym.form != "name"
            or best.kind not in ("settlement", "district", "division")
            or best.country in named
        ):
            continue
        index = at[id(toponym)]
        beside = {
            other.candidates[0].place.code
            for other in found[max(0, index - 1) : index + 2]
            if other is not toponym
            and other.candidates[0].place.kind == "country"
            and min(abs(other.start - toponym.end), abs(toponym.start - other.end)) <= _BESIDE
        }
        rivals = reader.rivals(toponym.key)
        for score, candidate in rivals:
            country, place = candidate.place.country, candidate.place
            far = rivals[0][0] - score
            if place.kind != "settlement" and place.kind != best.kind:
                continue
            if (country in beside and far <= _FAR_BESIDE) or (country in named and far <= _FAR):
                toponym.candidates = (candidate,)
                break
