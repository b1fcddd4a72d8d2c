"""Where our server may connect: the public internet, looked up once."""

import ipaddress
import socket
import threading

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matching.webhooks.addresses import (
    SPECIAL_V4,
    SPECIAL_V6,
    AddressRefused,
    address_public,
    addresses_of,
)

PUBLIC = (
    "93.184.215.14",
    "8.8.8.8",
    "1.1.1.1",
    "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
    "2a00:1450:4001::1",
)
# Each range by its own name, apart from the code's list: private, loopback, link-local, carrier's, 6to4 …
CLOSED = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32", "169.254.169.254/32",
    "100.100.100.200/32", "168.63.129.16/32",
    "::/128", "::1/128", "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32",
    "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fd00:ec2::254/128", "fe80::/10",
    "fec0::/10", "ff00::/8",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_address_public_is_so(address: str) -> None:
    assert address_public(ipaddress.ip_address(address))


@given(data=st.data())
@pytest.mark.parametrize("network", CLOSED)
def test_address_of_a_closed_range_is_never_public(network: str, data: st.DataObject) -> None:
    closed = ipaddress.ip_network(network)
    offset = data.draw(st.integers(0, closed.num_addresses - 1))

    assert not address_public(closed[offset])
    assert not address_public(closed[0])
    assert not address_public(closed[-1])


@given(st.integers(0, 2**32 - 1))
@example(int(ipaddress.IPv4Address("127.0.0.1")))
@example(int(ipaddress.IPv4Address("169.254.169.254")))
def test_address_of_ipv4_in_ipv6_is_never_public(number: int) -> None:
    """Mapped, compatible, NAT64, 6to4, Teredo: a gateway could unpack any of them."""
    for prefix, shift in (("::ffff:0:0", 0), ("::", 0), ("64:ff9b::", 0), ("2002::", 80), ("2001::", 0)):
        wrapped = ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) + (number << shift))
        assert not address_public(wrapped)


@given(st.ip_addresses(v=4))
def test_address_public_is_no_more_than_python_calls_global(address: ipaddress.IPv4Address) -> None:
    if address_public(address):
        assert address.is_global
        assert [address.is_private, address.is_multicast, address.is_reserved] == [False] * 3
        assert not any(address in network for network in SPECIAL_V4)


@given(st.ip_addresses(v=6))
def test_address_public_of_ipv6_is_handed_out_to_networks(address: ipaddress.IPv6Address) -> None:
    if address_public(address):
        assert address.is_global
        assert str(address)[0] in "23"
        assert not any(address in network for network in SPECIAL_V6)


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"])
@pytest.mark.parametrize("first", [True, False])
def test_addresses_of_a_name_with_one_inside_are_refused(inside: str, first: bool) -> None:
    answer = [inside, PUBLIC[0]] if first else [PUBLIC[0], inside]

    with pytest.raises(AddressRefused, match="not public"):
        addresses_of("office.example.org", 443, private=False, resolve=lambda host, port: answer)
    assert len(addresses_of("office.example.org", 443, private=True, resolve=lambda host, port: answer)) == 2


def test_addresses_of_asks_once_and_drops_repeats() -> None:
    asked: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return [PUBLIC[0], PUBLIC[0], PUBLIC[3]]

    found = addresses_of("office.example.org", 8443, private=False, resolve=resolve)

    assert [str(address) for address in found] == [PUBLIC[0], PUBLIC[3]]
    assert asked == [("office.example.org", 8443)]


@pytest.mark.parametrize("answer", [[], ["nonsense"], socket.gaierror("no such name"), UnicodeError()])
def test_addresses_of_a_name_that_leads_nowhere(answer: object) -> None:
    def resolve(host: str, port: int) -> list[str]:
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, list)
        return answer

    with pytest.raises(AddressRefused, match="no address"):
        addresses_of("office.example.org", 443, private=True, resolve=resolve)


def test_addresses_of_a_slow_name_server_is_not_waited_for() -> None:
    free = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        free.wait(20)
        return [PUBLIC[0]]

    with pytest.raises(AddressRefused, match="in time"):
        addresses_of("office.example.org", 443, private=False, resolve=resolve, seconds=0.05)
    free.set()


def test_addresses_of_this_machine_by_its_own_resolver() -> None:
    assert ipaddress.ip_address("127.0.0.1") in addresses_of("127.0.0.1", 80, private=True)
    with pytest.raises(AddressRefused, match="not public"):
        addresses_of("localhost", 443, private=False)
