"""Web addresses: what a locator names exactly (scheme, host, port, target), or in words why it is refused.

The host comes out as a resolver and a server see it: lower case, ASCII (IDNA 2008 with the mapping of UTS 46), no
trailing dot, and an IPv4 address in whatever notation (``2130706433``, ``0x7f.1``, ``0177.0.0.1``, full-width digits)
as four decimal numbers, by the rules of the WHATWG URL standard, so that nothing passes a check in disguise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
# No server needs more, and a link of a hostile page may be of any length.
LONGEST = 4096

_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff]")
# The characters of RFC 3986 that stay as they are in a path and a query.
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/?")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_DOT = re.compile(r"%2[eE]")
_BRACKETED = re.compile(r"\[[^\[\]]*\](?::\d*)?")
_NUMBER = re.compile(r"(?:0[xX][0-9A-Fa-f]*|[0-9]+)")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


class Refused(ValueError):
    """An address that is not fetched; the message is the reason, in words."""


@dataclass(frozen=True, slots=True)
class Address:
    """``host`` is a name or an IP address (IPv6 without brackets); ``target`` is path and query, percent-encoded."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        return f"{self.origin}{self.target}"

    @property
    def origin(self) -> str:
        """``https://example.org``, with the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    def joined(self, reference: str) -> Address:
        """The address that ``reference`` means on this page. Raises Refused."""
        written = reference.strip()
        if len(written) > LONGEST:
            raise Refused("the address is too long")
        try:
            return parse(urljoin(str(self), written))
        except ValueError as error:
            raise error if isinstance(error, Refused) else Refused("this is no web address") from None


def is_address(locator: str) -> bool:
    """Whether a locator says that it lies on the web."""
    return locator.strip()[:8].lower().startswith(("http://", "https://"))


def parse(locator: str) -> Address:
    """The address of a locator. Raises Refused with the reason."""
    written = locator.strip()
    if len(written) > LONGEST:
        raise Refused("the address is too long")
    if _CONTROL.search(written) or "\\" in written:
        raise Refused("the address holds blanks, control characters or backslashes")
    try:
        parts = urlsplit(written)
        scheme, netloc, port = parts.scheme.lower(), parts.netloc, parts.port
    except ValueError:
        raise Refused("this is no web address") from None
    if scheme not in PORTS:
        raise Refused(f"only http and https are read, not {scheme[:20] or 'an address without a scheme'}")
    if "@" in netloc:
        raise Refused("the address holds a user name or password, which is not sent")
    if "[" in netloc and not _BRACKETED.fullmatch(netloc):
        raise Refused("this is no web address")
    if port == 0:
        raise Refused("port 0 cannot be asked")
    host = _host(parts.hostname or "", bracketed=netloc.startswith("["))
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    return Address(scheme, host, port or PORTS[scheme], _without_dots(_encoded(parts.path)) + query)


def _without_dots(path: str) -> str:
    """The path with ``.`` and ``..`` followed (RFC 3986, 5.2.4), so that robots.txt is asked for what is sent."""
    out: list[str] = []
    segments = _DOT.sub(".", path).split("/")[1:] or [""]
    for segment in segments:
        if segment == "..":
            del out[-1:]
        elif segment != ".":
            out.append(segment)
    if segments[-1] in (".", ".."):
        out.append("")
    return "/" + "/".join(out)


def _encoded(part: str) -> str:
    """The path or query with every other character percent-encoded as UTF-8; escapes that are there stay."""
    if not part:
        return ""
    out: list[str] = []
    at = 0
    for found in _ESCAPE.finditer(part):
        out += (_quoted(part[at : found.start()]), found.group())
        at = found.end()
    return "".join((*out, _quoted(part[at:])))


def _quoted(text: str) -> str:
    return "".join(c if c in _PLAIN else "".join(f"%{byte:02X}" for byte in c.encode()) for c in text)


def _host(written: str, *, bracketed: bool) -> str:
    if not written:
        raise Refused("the address names no host")
    if bracketed:
        try:
            return str(IPv6Address(written)) if "%" not in written else _no_host(written)
        except AddressValueError:
            _no_host(written)
    name = _ascii(written).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return str(_ipv4(labels, written))
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        _no_host(written)
    return name


def _no_host(written: str) -> str:
    raise Refused(f"{written[:60]!r} is no host")


def _ascii(written: str) -> str:
    """The host in ASCII: a name of letters in any script through IDNA."""
    if written.isascii():
        return written.lower()
    import idna

    try:
        return idna.encode(written, uts46=True, transitional=False).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        # Digits in other scripts that fold to an IPv4 address are no name, yet they are understood.
        import unicodedata

        folded = unicodedata.normalize("NFKC", written).replace("。", ".").lower()
        return folded if folded.isascii() else _no_host(written)


def _ipv4(labels: list[str], written: str) -> IPv4Address:
    """The address of one to four numbers, decimal, octal or hexadecimal; the last one fills what is left."""
    numbers = [_number(label) for label in labels]
    last = numbers[-1] if numbers else None
    if last is None or len(numbers) > 4 or any(n is None or n > 255 for n in numbers[:-1]):
        raise Refused(f"{written[:60]!r} is no host")
    if last >= 256 ** (5 - len(numbers)):
        raise Refused(f"{written[:60]!r} is no host")
    return IPv4Address(sum((n or 0) << 8 * (3 - at) for at, n in enumerate(numbers[:-1])) + last)


def _number(label: str) -> int | None:
    if not _NUMBER.fullmatch(label) or len(label) > 20:
        return None
    try:
        if label[:2].lower() == "0x":
            return int(label[2:] or "0", 16)
        return int(label, 8) if label.startswith("0") and len(label) > 1 else int(label)
    except ValueError:
        return None
