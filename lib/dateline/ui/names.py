"""Names: what a code of the address is called on screen."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from dateline.findings.topics import read_concepts


@lru_cache(maxsize=1)
def _topics() -> dict[str, str]:
    return dict(read_concepts())


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
    kind = {"division": "the first-order division ", "district": "the district "}.get(found.kind, "")
    return f"{kind}{called(found)}"


def of(code: str) -> str:
    """The name of any code that filters carry."""
    if code.startswith("medtop:"):
        return topic(code).lower()
    if len(code) in (2, 3) and code.islower():
        return language(code)
    return place(code)
