"""What a key may say about its rate and its networks. Values in, values out: the model validates by this."""

import ipaddress
import re
from datetime import timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

SECONDS = {"s": 1, "sec": 1, "min": 60, "h": 3600, "hour": 3600, "d": 86400, "day": 86400}
RATE = re.compile(r"([1-9][0-9]{0,6})/(s|sec|min|h|hour|d|day)")
IPV6_SITE = 64
OVERLAP = re.compile(r"0|([1-9][0-9]{0,3})([mhd])")
OVERLAP_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
OVERLAP_MOST = timedelta(days=90)


class Rate(NamedTuple):
    """So many requests in every period of so many seconds."""

    limit: int
    seconds: int


@lru_cache(maxsize=256)
def rate_parse(text: str) -> Rate:
    if not (found := RATE.fullmatch(text.strip())):
        raise ValueError(f"not a rate such as 120/min: {text!r}")
    return Rate(int(found[1]), SECONDS[found[2]])


def rate_validate(text: str) -> None:
    try:
        rate_parse(text)
    except ValueError:
        raise ValidationError(
            {"rate": "Say it as 120/min: a number, a slash and s, min, hour or day."}
        ) from None


def overlap_parse(text: str) -> timedelta:
    """How long an earlier secret stays good: "7d", "12h", "30m", or "0" for not at all."""
    if not (found := OVERLAP.fullmatch(text.strip())):
        raise ValueError(f"not a time such as 7d, 12h, 30m or 0: {text!r}")
    overlap = timedelta(**{OVERLAP_UNITS[found[2]]: int(found[1])}) if found[1] else timedelta(0)
    if overlap > OVERLAP_MOST:
        raise ValueError(f"longer than {OVERLAP_MOST.days}d: {text!r}")
    return overlap


def networks_validate(networks: Any) -> None:
    if not isinstance(networks, list):
        raise ValidationError({"networks": "This is a list of networks."})
    for network in networks:
        try:
            ipaddress.ip_network(network if isinstance(network, str) else "")
        except ValueError:
            raise ValidationError({"networks": f"Not a network such as 192.0.2.0/24: {network}"}) from None


def network_allows(networks: list[str], address: str) -> bool:
    """No network listed: from anywhere. An address that is none is in no network."""
    if not networks:
        return True
    try:
        at = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(at, ipaddress.IPv6Address) and at.ipv4_mapped:
        at = at.ipv4_mapped
    return any(at in ipaddress.ip_network(network) for network in networks)


@lru_cache(maxsize=4096)
def address_group(address: str) -> str:
    """Who counts as one caller: an IPv4 address, or the /64 an IPv6 host may pick its addresses from."""
    try:
        at = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(at, ipaddress.IPv4Address):
        return str(at)
    if at.ipv4_mapped:
        return str(at.ipv4_mapped)
    return str(ipaddress.ip_network((at, IPV6_SITE), strict=False).network_address)
