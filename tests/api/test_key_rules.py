import pytest
from django.core.exceptions import ValidationError

from matching.api.key_rules import (
    Rate,
    address_group,
    network_allows,
    networks_validate,
    rate_parse,
    rate_validate,
)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("120/min", (120, 60)), ("5/s", (5, 1)), (" 9999999/day ", (9999999, 86400)), ("2/hour", (2, 3600))],
)
def test_rate_parse(text: str, rate: tuple[int, int]) -> None:
    assert rate_parse(text) == Rate(*rate)


@pytest.mark.parametrize(
    "text", ["", "0/min", "-1/min", "1.5/min", "10", "10/week", "10/min/min", "1e3/min", "\u0661/min"]
)
def test_rate_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a rate"):
        rate_parse(text)
    with pytest.raises(ValidationError):
        rate_validate(text)


@pytest.mark.parametrize("networks", [["192.0.2.0/24"], ["2001:db8::/32", "10.0.0.1"], []])
def test_networks_taken(networks: list[str]) -> None:
    networks_validate(networks)


@pytest.mark.parametrize(
    "networks", [None, "192.0.2.0/24", {}, [5], [None], ["here"], ["192.0.2.1/24"], [["10.0.0.1"]]]
)
def test_networks_refused(networks: object) -> None:
    with pytest.raises(ValidationError):
        networks_validate(networks)


@pytest.mark.parametrize(
    ("networks", "address", "allowed"),
    [
        ([], "203.0.113.9", True),
        ([], "not an address", True),
        (["192.0.2.0/24"], "192.0.2.255", True),
        (["192.0.2.0/24"], "192.0.3.0", False),
        (["192.0.2.0/24"], "::ffff:192.0.2.1", True),
        (["192.0.2.0/24"], "not an address", False),
        (["2001:db8::/32"], "192.0.2.1", False),
    ],
)
def test_network_allows(networks: list[str], address: str, allowed: bool) -> None:
    assert network_allows(networks, address) is allowed


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("rubbish", "unknown"),
    ],
)
def test_address_group(address: str, group: str) -> None:
    assert address_group(address) == group
