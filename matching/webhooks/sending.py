"""One POST to a partner's server, which may be slow, wrong or hostile: bounded in time and size, led nowhere.

The connection goes to an address that was looked at, and looks nothing up again; TLS still proves the name.
Redirects are not followed, proxies and cookies are not known.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Self

from matching.webhooks.addresses import Address, AddressRefused, Resolve, addresses_of
from matching.webhooks.places import Place, url_place

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import HTTPResponse

USER_AGENT = "SmartPick-Webhooks/1"
ADDRESSES_TRIED = 2


class Limits(NamedTuple):
    """Seconds to connect, seconds for all of an attempt, and bytes read of an answer."""

    connect: float = 3.0
    whole: float = 10.0
    answer: int = 4096


LIMITS = Limits()


class Outcome(NamedTuple):
    """``status`` None: nothing was answered, and ``error`` says why, fit to be shown."""

    status: int | None
    error: str
    milliseconds: int
    answer: bytes = b""

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def request_send(
    *,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    private: bool,
    resolve: Resolve | None = None,
    limits: Limits = LIMITS,
    tls: ssl.SSLContext | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Outcome:
    """Send it once. Never raises for what the other side does: the outcome says it."""
    began = clock()

    def left() -> float:
        return limits.whole - (clock() - began)

    place = url_place(url)
    status, error, answer = None, "", b""
    try:
        addresses = addresses_of(
            place.host, place.port, private=private, resolve=resolve, seconds=limits.connect
        )
        connection = _connect(place, addresses[:ADDRESSES_TRIED], limits, tls, left)
        status, answer = _exchange(connection, place, headers, body, limits, left)
        if 300 <= status < 400:
            error = "Redirects are not followed."
    except AddressRefused as refused:
        error = str(refused)
    except Exception as fault:
        error = _words(fault, late=left() <= 0)
    return Outcome(status, error, round((clock() - began) * 1000), answer)


def _connect(
    place: Place,
    addresses: list[Address],
    limits: Limits,
    tls: ssl.SSLContext | None,
    left: Callable[[], float],
) -> "HTTPConnection":
    """To the first address that takes it."""
    # Web processes never send: only who does loads it.
    from urllib3.connection import HTTPConnection, HTTPSConnection  # noqa: PLC0415

    failed: Exception = TimeoutError()
    for address in addresses:
        # It holds for TCP and then for all of the handshake: together no longer than is left.
        timeout = max(min(limits.connect, left() / 2), 0.001)
        connection: HTTPConnection
        if place.scheme == "https":
            context = tls or ssl.create_default_context()
            connection = HTTPSConnection(
                str(address), place.port, timeout=timeout, server_hostname=place.host, ssl_context=context
            )
        else:
            connection = HTTPConnection(str(address), place.port, timeout=timeout)
        try:
            connection.connect()
        except Exception as fault:
            connection.close()
            failed = fault  # the next address may do
        else:
            return connection
    raise failed


def _exchange(
    connection: "HTTPConnection",
    place: Place,
    headers: Mapping[str, str],
    body: bytes,
    limits: Limits,
    left: Callable[[], float],
) -> tuple[int, bytes]:
    whole = {**headers, "Host": place.authority, "User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    connection.timeout = limits.whole
    try:
        with _Deadline(connection, left()) as deadline:
            connection.request("POST", place.target, body, whole, preload_content=False, decode_content=False)
            response = connection.getresponse()
            if deadline.over:  # headers that were cut off look like headers that ended
                raise TimeoutError
            return response.status, _answer_read(response, limits.answer)
    finally:
        connection.close()


def _answer_read(response: "HTTPResponse", most: int) -> bytes:
    """As far as it comes: whoever said 2xx in time took the event, whatever it goes on to say."""
    from urllib3.exceptions import HTTPError  # noqa: PLC0415

    try:
        return response.read(most)
    except (HTTPError, OSError):
        return b""


class _Deadline:
    """Cuts the connection when the time is over, whatever it is at: a timeout of the socket begins anew with
    every byte, so that a server which sends one a second would hold us for as long as it likes."""

    def __init__(self, connection: "HTTPConnection", seconds: float) -> None:
        assert connection.sock is not None
        self._socket = connection.sock
        self._timer = threading.Timer(max(seconds, 0.0), self._cut)
        self._timer.daemon = True
        self.over = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _cut(self) -> None:
        self.over = True
        try:
            # Of the plain socket also under TLS: what TLS has in its hands is not to be touched from here.
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
        except OSError:
            return  # over already


def _words(fault: Exception, *, late: bool) -> str:
    """What went wrong, without what the other side wrote."""
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError  # noqa: PLC0415

    kinds: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
        ((NewConnectionError,), "No connection."),  # first: to the library it is one that took too long
        ((ConnectTimeoutError, TimeoutError), "No connection in time."),
        ((ssl.SSLError,), "TLS failed."),
        ((OSError,), "The connection broke."),
    )
    if late:
        return "No answer in time."
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"The certificate was refused: {fault.verify_message}."[:200]
    return next((words for kind, words in kinds if isinstance(fault, kind)), "The answer was not HTTP.")
