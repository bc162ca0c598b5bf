"""The outlets that are known: names, aliases, domains, home countries (``data/outlets.csv``)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from dateline import shipped

TABLE = shipped.path("outlets.csv")


# Names that are words of the language too: in a running line they are taken for those words.
_WORDS = frozenset(
    {
        "time", "report", "trend", "spot", "orient",
        "independent", "guardian", "punch", "dawn", "sabah", "bild", "petra",
        "duvar", "vlast", "mehr", "kabar", "turan", "orda", "current time", "times", "national", "insider", "diplomat",
        "economist", "reviews", "day", "map", "spa", "zeit online", "exclusive", "specter", "spiegel", "fars",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outlet:
    """``country`` is ISO 3166-1 alpha-2; a ``wire`` is an agency that other outlets quote by name."""

    name: str
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    country: str
    wire: bool


@cache
def outlets() -> tuple[Outlet, ...]:
    """Every row of the table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Outlet(
                row["name"],
                tuple(filter(None, row["aliases"].split("|"))),
                tuple(filter(None, row["domains"].split("|"))),
                row["country"],
                row["wire"] == "1",
            )
            for row in csv.DictReader(lines)
        )


def _key(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


@cache
def _by_name() -> dict[str, Outlet]:
    table: dict[str, Outlet] = {}
    for outlet in outlets():
        for name in (outlet.name, *outlet.aliases):
            table.setdefault(_key(name), outlet)
    return table


@cache
def _by_domain() -> dict[str, Outlet]:
    return {domain: outlet for outlet in outlets() for domain in outlet.domains}


def by_name(name: str | None) -> Outlet | None:
    """The outlet called ``name`` (case and a leading "the" do not count) or of the domain ``name``."""
    if not name:
        return None
    return _by_name().get(_key(name)) or by_domain(name)


def is_plain_word(name: str) -> bool:
    """Whether an outlet's name in a running line is more likely a common word or a bare pair of letters."""
    return _key(name) in _WORDS or len(name) < 3


def by_domain(host: str) -> Outlet | None:
    """The outlet of a host or one of its subdomains: ``www.`` and ``en.`` fall away one label at a time."""
    labels = host.casefold().strip().strip(".").split(".")
    if len(labels) > 8:
        return None
    for first in range(len(labels) - 1):
        outlet = _by_domain().get(".".join(labels[first:]))
        if outlet:
            return outlet
    return None


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def name_of_address(url: str | None) -> str | None:
    """The outlet's name for an address, or its bare host where the table does not know it."""
    host = _host(url)
    if not host:
        return None
    outlet = by_domain(host)
    return outlet.name if outlet else host.removeprefix("www.")


def country_of(name: str | None, url: str | None = None) -> str | None:
    """The home country (ISO 3166-1 alpha-2) of an outlet by its name, else by its address; None if unknown."""
    outlet = by_name(name) or by_domain(_host(url))
    return outlet.country if outlet else None
