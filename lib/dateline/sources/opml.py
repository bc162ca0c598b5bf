"""OPML: the list of feeds that a feed reader exports, folders kept. Nothing is fetched here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.article import Reject

from . import documents
from .hints import Hints
from .limits import LIST_LIMIT
from .problems import Problem

# Where an outline keeps its address, best first; readers differ in capitals.
_ADDRESSES = ("xmlurl", "url")
_TITLES = ("title", "text")


@dataclass(frozen=True, slots=True)
class OpmlEntry:
    """A feed of the list: its title ("" where none), its http(s) address, its folders from outer to inner by " / "."""

    title: str
    address: str
    folder: str = ""


def read_opml(data: bytes) -> tuple[list[OpmlEntry], list[Problem]]:
    """The feeds of an OPML file in their order, each address once, and what could not be one. Never raises."""
    try:
        root = documents.tree(data)
    except documents.Refused as refusal:
        return [], [Problem(str(refusal))]
    if documents.local(root) != "opml":
        return [], [Problem(f"an OPML file begins with <opml>, not with <{documents.local(root)[:40]}>")]
    entries, problems = _outlines(root)
    if not entries and not problems:
        problems.append(Problem("the OPML file lists no feeds"))
    return entries, problems


def _outlines(root: Any) -> tuple[list[OpmlEntry], list[Problem]]:
    entries: list[OpmlEntry] = []
    problems: list[Problem] = []
    folders: list[str] = []
    seen: dict[str, int] = {}
    number = 0
    for event, element in documents.walk(root):
        if documents.local(element) != "outline":
            continue
        if event == "end":
            folders.pop()
            continue
        number += 1
        said = {documents.local_name(key): value for key, value in element.attrib.items()}
        title = next((" ".join(said[key].split()) for key in _TITLES if said.get(key, "").strip()), "")
        written = next((said[key].strip() for key in _ADDRESSES if said.get(key, "").strip()), "")
        found = _listed(title, written, folders, bool(len(element)), f"outline {number}", seen)
        folders.append("" if written else title)
        if isinstance(found, Problem):
            problems.append(found)
        elif found and len(entries) >= LIST_LIMIT:
            problems.append(Problem(f"only the first {LIST_LIMIT} feeds are taken", f"outline {number}"))
            break
        elif found:
            seen[found.address] = number
            entries.append(found)
    return entries, problems


def _listed(
    title: str, written: str, folders: list[str], has_children: bool, position: str, seen: dict[str, int]
) -> OpmlEntry | Problem | None:
    """The feed of an outline; None for a folder."""
    if not written:
        return None if has_children else Problem("the outline has no address of a feed", position, title)
    address = web_address(written)
    if address is None:
        return Problem("the outline's address is no http or https address", position, written)
    if address in seen:
        return Problem(f"the same address as outline {seen[address]}", position, written)
    return OpmlEntry(title, address, " / ".join(filter(None, folders)))


def web_address(written: str) -> str | None:
    """An http(s) address, ``feed:`` and white space taken off; None for what is none."""
    from urllib.parse import urlsplit

    address = written.strip()
    if address.lower().startswith("feed://"):
        address = "http://" + address[7:]
    elif address.lower().startswith("feed:"):
        address = address[5:]
    try:
        parts = urlsplit(address)
        known = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return address if known and not any(c.isspace() or ord(c) < 32 for c in address) else None


def read_list(data: bytes, hints: Hints) -> Iterator[Reject]:
    """An OPML list read from a file: its feeds are not fetched, and one reject says so."""
    entries, problems = read_opml(data)
    if entries:
        said = f"{len(entries)} feeds" if len(entries) > 1 else "one feed"
        yield hints.reject(f"the list names {said}, which are not fetched here", excerpt=entries[0].address)
    yield from (problem.reject(hints) for problem in problems)
