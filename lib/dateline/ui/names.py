"""Names: what a code of the address is called on screen."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from dateline.findings.topics import read_concepts, read_subjects


@lru_cache(maxsize=1)
def _topics() -> dict[str, str]:
    return dict(read_concepts()) | {subject.code: subject.label for subject in read_subjects()}


def topic(code: str | None) -> str:
    """An IPTC label, its first letter in capitals; "No topic" for none."""
    label = _topics().get(code or "", code or "no topic")
    return label[:1].upper() + label[1:]


@lru_cache(maxsize=256)
def language(code: str) -> str:
    """A language's English name."""
    return str(Locale("en").languages.get(code, code)) if code != "und" else "Unknown language"


@lru_cache(maxsize=4096)
def place(code: str) -> str:
    """A region's or settlement's name with what it lies in: "Georgia", "Adjara, Georgia", "South Caucasus"."""
    from dateline.gazetteer import load

    found = load().place(code)
    if found is None:
        return code
    if found.country and code != found.country:
        return f"{found.name}, {place(found.country)}"
    return found.name


@lru_cache(maxsize=4096)
def alternative(code: str, name: str) -> str:
    """A place as the news names it, to be told from its namesakes: "Vienna, Virginia", "the district Safi, Morocco".

    ``name`` serves where no place bears the code.
    """
    from dateline.findings.places.reasons import called
    from dateline.gazetteer import load

    found = load().place(code)
    if found is None:
        return name or code
    return f"{_AREAS.get(found.kind, '')}{called(found)}"


_AREAS = {"division": "the first-order division ", "district": "the district "}


@lru_cache(maxsize=4096)
def of_its_kind(code: str) -> str:
    """A place by its kind and name alone: "the district Safi", "the town Safi"."""
    from dateline.gazetteer import load

    found = load().place(code)
    return code if found is None else f"{_AREAS.get(found.kind, 'the town ')}{found.name}"


@lru_cache(maxsize=4096)
def around(one: object, other: object) -> bool:
    """Whether two codes are a town and the area around it: of one division, one of them an area."""
    from dateline.gazetteer import load

    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    a, b = load().place(one), load().place(other)
    if a is None or b is None or a.country != b.country or a.admin1 != b.admin1:
        return False
    return {a.kind, b.kind} in (
        {"settlement", "district"},
        {"settlement", "division"},
        {"division", "district"},
    )


def of(code: str) -> str:
    """The name of any code that filters carry."""
    if code.startswith("medtop:"):
        return topic(code).lower()
    if len(code) in (2, 3) and code.islower():
        return language(code)
    return place(code)
