"""XML documents read without expanding, loading or following anything: a tree, or in words why there is none.

Feeds, OPML and sitemaps come from strangers. A document type is let pass where it declares nothing (RSS 0.91 has
one); entities of the document's own pass where each is a short literal. No external part is ever opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from .encodings import NotText, decode

# What may stand before the root: the declaration, instructions, comments, white space.
_BEFORE_TYPE = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE\b", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
# `<!ENTITY nbsp "&#160;">`: one character by its number, or a few plain ones.
_LITERAL = re.compile(
    r"""<!ENTITY\s+[\w.:-]+\s+(?:"(?:&\#\w{1,8};|[^&%"<>]{0,32})"|'(?:&\#\w{1,8};|[^&%'<>]{0,32})')\s*>""",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,300}\?>", re.IGNORECASE)
_REFUSED = "the document declares XML entities of its own, which are not expanded; remove its DOCTYPE"


# A tag with more attributes, or elements nested deeper, is written to exhaust a reader, not to be read.
_ATTRIBUTES, _DEPTH = 256, 1_000


class Refused(ValueError):
    """A document that is not read; the message is the reason."""


def text_of(data: bytes) -> str:
    """The characters of a document in whatever encoding. Raises Refused for what is no text."""
    try:
        return decode(data).text.lstrip("\ufeff \t\r\n")
    except NotText as problem:
        raise Refused(f"this is {problem}, not an XML document") from None


def refuse_entities(text: str) -> None:
    """Raise Refused where the document type declares more than short literals.

    Nested entities (an expansion bomb), external ones (a file or address to be opened), parameter entities and
    literals long enough to swell a document by repetition are all declared with ``<!ENTITY`` there.
    """
    if not _BEFORE_TYPE.match(text):
        return
    for found in _ENTITY.finditer(text):
        if not _LITERAL.match(text, found.start()):
            raise Refused(_REFUSED)


def tree(data: bytes) -> Any:
    """The root element of a document, broken ones mended as far as they go. Raises Refused with the reason.

    Nesting over 256 elements ends the reading there; comments and instructions are left out.
    """
    from lxml import etree  # type: ignore[import-untyped]

    text = text_of(data)
    refuse_entities(text)
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(utf8(text), parser)
    except (etree.LxmlError, ValueError) as problem:
        raise Refused(f"the XML cannot be read: {_first_line(problem)}") from None
    if root is None:
        raise Refused("the XML has no root element")
    return root


def utf8(text: str) -> bytes:
    """The document as UTF-8, without the declaration that may say otherwise."""
    declaration = _DECLARATION.match(text)
    return text[declaration.end() if declaration else 0 :].encode("utf-8", "replace")


def refuse_excess(data: bytes) -> None:
    """Raise Refused for nesting and attributes in excess; ``data`` is UTF-8, checked up to its first error."""
    from xml.parsers import expat

    depth = 0

    def start(_: str, attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise Refused(f"elements are nested more than {_DEPTH} deep")
        if len(attributes) > 2 * _ATTRIBUTES:
            raise Refused(f"an element has more than {_ATTRIBUTES} attributes")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    with suppress(expat.ExpatError):
        parser.Parse(data, True)


def local(element: Any) -> str:
    """An element's name without its namespace or prefix, in lower case; "" for what is no element."""
    return local_name(element.tag) if isinstance(element.tag, str) else ""


def local_name(tag: str) -> str:
    """The last part of a qualified name, in lower case."""
    return re.split(r"[}:]", tag)[-1].lower()


def walk(root: Any) -> Iterator[tuple[str, Any]]:
    """("start" or "end", element) of every element, in order."""
    from lxml import etree

    yield from etree.iterwalk(root, events=("start", "end"))


def words(element: Any) -> str:
    """The text inside an element, white space made single."""
    return " ".join("".join(element.itertext()).split())


def _first_line(problem: Exception) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0].removesuffix(" (<string>, line 1)")[
        :160
    ]
