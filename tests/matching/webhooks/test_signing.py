"""The signature: what a partner computes by the words of the documentation, and nothing else, fits."""

import hmac
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.secrets_box import SealBroken
from matching.webhooks.signing import (
    secret_make,
    secret_seal,
    secrets_good,
    signature_check,
    signature_of,
    signatures_of,
)
from tests.matching.factories import NOW
from tests.matching.webhooks.making import SECRET, webhook_active

AT = 1_800_000_000


def test_signature_is_a_known_one() -> None:
    """Computed once with: printf '1800000000.{"id":1}' | openssl dgst -sha256 -hmac whsec_known"""
    expected = "v1=12746fbe52a8367e0067ed3f6a6d8d890b00ed4c56001c3be387c0665fb749ef"

    assert signature_of(secret="whsec_known", timestamp=AT, body=b'{"id":1}') == expected


@given(secret=st.text(min_size=1), timestamp=st.integers(0, 10**11), body=st.binary(max_size=200))
def test_signature_is_what_the_documentation_says(secret: str, timestamp: int, body: bytes) -> None:
    try:
        key = secret.encode()
    except UnicodeEncodeError:
        return
    independent = hmac.digest(key, str(timestamp).encode() + b"." + body, "sha256").hex()

    assert signature_of(secret=secret, timestamp=timestamp, body=body) == f"v1={independent}"


@given(body=st.binary(max_size=100), at=st.integers(0, 100), off=st.integers(-1000, 1000))
def test_signature_fits_within_five_minutes_alone(body: bytes, at: int, off: int) -> None:
    signature = signature_of(secret=SECRET, timestamp=AT + at, body=body)

    fits = signature_check(
        secret=SECRET, signature=signature, timestamp=str(AT + at), body=body, now=AT + at + off
    )

    assert fits is (abs(off) <= 300)


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("secret", "whsec_another"),
        ("body", b'{"id":2}'),
        ("timestamp", str(AT + 1)),
        ("timestamp", "soon"),
        ("timestamp", ""),
        ("timestamp", "-1"),
        ("signature", ""),
        ("signature", "v1="),
        ("signature", "v0=" + "0" * 64),
        ("signature", "v1=" + "é" * 64),
    ],
)
def test_signature_of_anything_else_does_not_fit(change: str, value: str | bytes) -> None:
    body = b'{"id":1}'
    good = {
        "secret": SECRET,
        "signature": signature_of(secret=SECRET, timestamp=AT, body=body),
        "timestamp": str(AT),
        "body": body,
        "now": AT,
    }
    assert signature_check(**good)  # type: ignore[arg-type]

    assert not signature_check(**{**good, change: value})  # type: ignore[arg-type]


def test_signatures_of_two_secrets_fit_whichever_the_receiver_has() -> None:
    both = signatures_of(secrets_good=["whsec_new", "whsec_old"], timestamp=AT, body=b"{}")

    for secret, fits in (("whsec_new", True), ("whsec_old", True), ("whsec_other", False)):
        assert signature_check(secret=secret, signature=both, timestamp=str(AT), body=b"{}", now=AT) is fits


@pytest.mark.django_db
def test_secrets_good_are_two_until_the_earlier_is_over() -> None:
    webhook = webhook_active(earlier_secret=secret_seal("whsec_old"), earlier_until=NOW)

    assert secrets_good(webhook, now=NOW - timedelta(seconds=1)) == [SECRET, "whsec_old"]
    assert secrets_good(webhook, now=NOW) == [SECRET]
    assert SECRET not in webhook.secret
    webhook.secret = "not sealed by us"
    with pytest.raises(SealBroken):
        secrets_good(webhook, now=NOW)


def test_secret_make_never_gives_the_same_twice() -> None:
    made = {secret_make() for _ in range(50)}

    assert len(made) == 50
    assert all(len(secret) >= 40 and secret.startswith("whsec_") for secret in made)
