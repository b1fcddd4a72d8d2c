"""Whether what a partner wrote is an address we may send to, and its one way of being written."""

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from matching.webhooks.addresses import Address, address_public

LONGEST = 500
PORTS = (443, 8443)
DEFAULT_PORTS = {"https": 443, "http": 80}
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
# Names that by agreement lead to no public host.
INSIDE = (
    "localhost",
    "local",
    "internal",
    "lan",
    "home",
    "corp",
    "intranet",
    "arpa",
    "onion",
    "test",
    "invalid",
)


class UrlRefused(ValueError):
    """The message says why, fit to be shown."""


class Place(NamedTuple):
    """Where a URL leads: ``target`` is what is asked of the server, ``authority`` its name for it."""

    scheme: str
    host: str
    port: int
    authority: str
    target: str


def url_clean(text: str, *, private: bool) -> str:
    """The URL as it is kept. Nothing is looked up: that is done each time something is sent.

    ``private``: the site sends anywhere, also by http and to any port. Raises UrlRefused.
    """
    if not text or len(text) > LONGEST:
        raise UrlRefused(f"1 to {LONGEST} characters.")
    if re.search(r"[\x00-\x20\x7f\\]", text):
        raise UrlRefused("No spaces, control characters or backslashes.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise UrlRefused("This is not a URL.") from None
    scheme = parts.scheme.lower()
    if scheme != "https" and not (private and scheme == "http"):
        raise UrlRefused("It has to begin with https://.")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise UrlRefused("No name or password in it: deliveries are signed.")
    if "#" in text:
        raise UrlRefused("No fragment (#): it is never sent.")
    if not (parts.path + parts.query).isascii():
        raise UrlRefused("Path and query have to be percent-encoded.")
    if port == 0 or (port is not None and not private and port not in PORTS):
        raise UrlRefused(f"The port has to be {' or '.join(map(str, PORTS))}.")
    host = _host(parts.hostname or "", private=private)
    netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    clean = urlunsplit((scheme, netloc, parts.path or "/", parts.query, ""))
    if len(clean) > LONGEST:
        raise UrlRefused(f"At most {LONGEST} characters, its host in ASCII.")
    return clean


def url_place(url: str) -> Place:
    """Where a URL leads that ``url_clean`` gave."""
    parts = urlsplit(url)
    target = urlunsplit(("", "", parts.path, parts.query, ""))
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    return Place(parts.scheme, parts.hostname or "", port, parts.netloc, target)


def _host(host: str, *, private: bool) -> str:
    if address := _literal(host):
        if not private and not address_public(address):
            raise UrlRefused("This address is not public.")
        return f"[{address}]" if address.version == 6 else str(address)
    name = host.rstrip(".")
    try:
        ascii_name = name.encode("idna").decode().lower() if not name.isascii() else name.lower()
    except UnicodeError:
        raise UrlRefused("This host's name cannot be written in ASCII.") from None
    labels = ascii_name.split(".")
    if len(ascii_name) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise UrlRefused("It needs the name of a host.")
    if NUMBER.fullmatch(labels[-1]):
        raise UrlRefused("An address of numbers has to be written as four of them.")
    if not private and (len(labels) == 1 or labels[-1] in INSIDE):
        raise UrlRefused("This host is not on the public internet.")
    return ascii_name


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
