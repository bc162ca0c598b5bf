"""Networks: which IP addresses may be asked, by IANA's registries of special-purpose addresses (RFC 6890 and after).

Public ones may; those of this machine and of a private network only where the user opened them; link-local (where
cloud machines keep their credentials), multicast, reserved and documentation ones never. An IPv6 address that
carries an IPv4 address (mapped, compatible, 6to4, NAT64, ISATAP) is judged by the one it carries too.
"""

from __future__ import annotations

import ipaddress
from functools import cache

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_PRIVATE = {
    "127.0.0.0/8": "an address of this machine (loopback)",
    "::1/128": "an address of this machine (loopback)",
    "10.0.0.0/8": "a private address",
    "172.16.0.0/12": "a private address",
    "192.168.0.0/16": "a private address",
    "fc00::/7": "a private address",
    "100.64.0.0/10": "an address shared behind a provider (CGNAT)",
}
_NEVER = {
    # Virtual machines of clouds ask these for their credentials; each lies in a range that is otherwise open.
    "168.63.129.16/32": "an address of a cloud's metadata",
    "100.100.100.200/32": "an address of a cloud's metadata",
    "fd00:ec2::/32": "an address of a cloud's metadata",
    "fd20:ce::/32": "an address of a cloud's metadata",
    "0.0.0.0/8": "no address of a host",
    "169.254.0.0/16": "a link-local address",
    "192.0.0.0/24": "a reserved address",
    "192.0.2.0/24": "an address for documentation",
    "192.31.196.0/24": "a reserved address",
    "192.52.193.0/24": "a reserved address",
    "192.88.99.0/24": "a reserved address",
    "192.175.48.0/24": "a reserved address",
    "198.18.0.0/15": "an address for tests of networks",
    "198.51.100.0/24": "an address for documentation",
    "203.0.113.0/24": "an address for documentation",
    "224.0.0.0/4": "a multicast address",
    "240.0.0.0/4": "a reserved address",
    "::/128": "no address of a host",
    "64:ff9b:1::/48": "an address of a local translator (NAT64)",
    "100::/64": "an address that discards",
    "100:0:0:1::/64": "a reserved address",
    "2001::/23": "a reserved address",
    "2001:db8::/32": "an address for documentation",
    "3fff::/20": "an address for documentation",
    "5f00::/16": "a reserved address",
    "fe80::/10": "a link-local address",
    "fec0::/10": "a site-local address",
    "ff00::/8": "a multicast address",
}
# All of IPv6 that is handed out to anyone lies here; what lies elsewhere and is in no table is refused.
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")


@cache
def _tables() -> tuple[list[tuple[_Network, str]], list[tuple[_Network, str]]]:
    never = [(ipaddress.ip_network(net), why) for net, why in _NEVER.items()]
    private = [(ipaddress.ip_network(net), why) for net, why in _PRIVATE.items()]
    return never, private


def problem(ip: IP, *, allow_private: bool = False) -> str | None:
    """Why ``ip`` may not be asked, as "a private address"; None where it may."""
    for each in (ip, *_carried(ip)):
        why = _own(each, allow_private)
        if why is not None:
            return why
    return None


def _own(ip: IP, allow_private: bool) -> str | None:
    never, private = _tables()
    for network, why in never:
        if ip.version == network.version and ip in network:
            return why
    for network, why in private:
        if ip.version == network.version and ip in network:
            return None if allow_private else why
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_V6 and not _carried(ip):
        return "a reserved address"
    return None


def _carried(ip: IP) -> list[IP]:
    """The IPv4 addresses an IPv6 address carries."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    number = int(ip)
    low = ipaddress.IPv4Address(number & 0xFFFF_FFFF)
    high = number >> 32
    found: list[IP] = []
    # ::ffff:a.b.c.d mapped, ::ffff:0:a.b.c.d translated, ::a.b.c.d compatible, 64:ff9b::a.b.c.d NAT64
    if high in (0xFFFF, 0xFFFF_0000, 0x64_FF9B << 64) or (high == 0 and number > 1):
        found.append(low)
    if number >> 112 == 0x2002:
        found.append(ipaddress.IPv4Address(number >> 80 & 0xFFFF_FFFF))
    # ISATAP: …:0000:5efe:a.b.c.d and …:0200:5efe:a.b.c.d
    if high & 0xFFFF_FFFF in (0x5EFE, 0x0200_5EFE):
        found.append(low)
    return found
