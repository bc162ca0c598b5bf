"""Which IP addresses may be asked."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.sources.web import networks

PUBLIC = [
    "8.8.8.8",
    "93.184.215.14",
    "100.63.255.255",
    "172.32.0.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00::1",
]
PUBLIC += ["::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]
PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "::1",
    "fd12::1",
]
PRIVATE += [
    "::ffff:10.0.0.1",
    "64:ff9b::192.168.0.1",
    "2002:7f00:1::",
    "::ffff:0:127.0.0.1",
    "fd12::5efe:10.0.0.1",
]
PRIVATE += ["::127.0.0.1", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1"]
NEVER = [
    "0.0.0.0",
    "0.1.2.3",
    "169.254.169.254",
    "169.254.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
]
NEVER += ["198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"]
NEVER += ["168.63.129.16", "100.100.100.200", "fd00:ec2::254", "fd20:ce::254"]
NEVER += [
    "::",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "100::1",
    "64:ff9b:1::1",
    "3fff::1",
    "5f00::1",
]
NEVER += [
    "::ffff:169.254.169.254",
    "64:ff9b::169.254.169.254",
    "2002:a9fe:a9fe::1",
    "4000::1",
    "::ffff:0.0.0.0",
]


@pytest.mark.parametrize("written", PUBLIC)
def test_public_addresses_are_asked(written: str) -> None:
    assert networks.problem(ipaddress.ip_address(written)) is None


@pytest.mark.parametrize("written", PRIVATE)
def test_private_addresses_are_asked_only_where_opened(written: str) -> None:
    ip = ipaddress.ip_address(written)
    assert networks.problem(ip)
    assert networks.problem(ip, allow_private=True) is None


@pytest.mark.parametrize("written", NEVER)
def test_others_are_never_asked(written: str) -> None:
    ip = ipaddress.ip_address(written)
    assert networks.problem(ip)
    assert networks.problem(ip, allow_private=True)


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public_for_us(ip: networks.IP) -> None:
    if ip.is_private or ip.is_loopback or ip.is_multicast or ip.is_link_local or ip.is_reserved:
        carries = isinstance(ip, ipaddress.IPv6Address) and int(ip) >> 112 in (0, 0x64, 0x2002)
        assert networks.problem(ip) or carries


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_an_ipv6_one_is_judged_alike(ip: ipaddress.IPv4Address) -> None:
    outside = networks.problem(ip) is None
    for written in (f"::ffff:{ip}", f"64:ff9b::{ip}"):
        assert (networks.problem(ipaddress.ip_address(written)) is None) == outside
