"""Which addresses a webhook may lead to: the public internet's alone, unless the site says otherwise.

A partner chooses where our server connects. Without these rules it could be sent to what only our server
reaches: its own ports, its neighbours, and the service that hands a cloud machine its keys.
"""

import ipaddress
import socket
import threading
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# All addresses a name leads to, as text. Replaced in tests alone.
Resolve = Callable[[str, int], list[str]]

# The special-purpose registries of IANA, said here once more: what Python calls global changes with its
# version. And one address outside them that is a cloud's own service on every machine there.
SPECIAL_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    )
)  # fmt: skip
# Of IPv6 only what is handed out to networks (2000::/3), and of that nothing that holds an IPv4 address in
# itself (6to4, Teredo): a gateway would unpack it. Mapped addresses and NAT64 lie outside.
UNICAST_V6 = ipaddress.IPv6Network("2000::/3")
SPECIAL_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


class AddressRefused(Exception):
    """The name leads nowhere, or not to the public internet. The message is fit to be shown."""


def address_public(address: Address) -> bool:
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in SPECIAL_V4)
    return address in UNICAST_V6 and not any(address in network for network in SPECIAL_V6)


def addresses_of(
    host: str, port: int, *, private: bool, resolve: Resolve | None = None, seconds: float = 3.0
) -> list[Address]:
    """Where a host is, looked up once; one address that is not public refuses them all.

    Whoever connects has to take one of these and look up nothing again: a name may answer otherwise the
    second time. ``private``: any address will do. Raises AddressRefused.
    """
    found = _looked_up(host, port, resolve or _ask, seconds)
    try:
        addresses = [ipaddress.ip_address(each.partition("%")[0]) for each in found]
    except ValueError:
        raise AddressRefused("The host's name leads to no address.") from None
    if not addresses:
        raise AddressRefused("The host's name leads to no address.")
    if not private and not all(address_public(address) for address in addresses):
        raise AddressRefused("The host's name leads to an address that is not public.")
    return list(dict.fromkeys(addresses))


def _ask(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(where[0]) for *_, where in found]


def _looked_up(host: str, port: int, resolve: Resolve, seconds: float) -> list[str]:
    """In a thread of its own: the system's resolver takes no time limit, and a slow name server is no
    reason to wait. A thread that is left behind ends with the resolver's own limits."""
    answer: list[list[str]] = []

    def look() -> None:
        try:
            answer.append(resolve(host, port))
        except (OSError, UnicodeError):
            answer.append([])

    thread = threading.Thread(target=look, name="webhook-resolve", daemon=True)
    thread.start()
    thread.join(seconds)
    if not answer:
        raise AddressRefused("The host's name could not be looked up in time.")
    return answer[0]
