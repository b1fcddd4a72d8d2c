"""Keys of partners: who is asking, how a key is made, gets a new secret, and ends."""

import re
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from matching.api.counting import address_of, limit_tell, used_count
from matching.api.key_rules import address_group, rate_parse
from matching.models import ApiKey, RetiredSecret

SCHEME = "Api-Key"
CHALLENGE = f'{SCHEME} realm="SmartPick"'
KEY = re.compile(r"[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}")
TOUCH_EVERY = timedelta(minutes=1)
DEFAULT_RATE = "120/min"


class KeyClosed(Exception):
    """A key that was revoked or has expired gets no new secret."""


class ApiKeyAuthentication(BaseAuthentication):
    """``Authorization: Api-Key prefix.secret`` → ``request.auth``; no header, an anonymous caller.

    Wrong keys are counted by address, and past their limit answered 429. A good one gets in all the same: an
    address may be a whole school's.
    """

    clock = staticmethod(time.time)

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiKey] | None:
        header = request.META.get("HTTP_AUTHORIZATION", "").strip()
        if not header:
            return None
        now = timezone.now()
        try:
            key = _key_of(header, now)
        except AuthenticationFailed:
            self._wrong_count(request)
            raise
        key_touch(key=key, now=now)
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE

    def _wrong_count(self, request: Request) -> None:
        caller = f"wrong:{address_group(address_of(request))}"
        used = used_count(caller, rate_parse(settings.API_RATE_WRONG_KEYS), self.clock())
        limit_tell(request, used)
        if not used.within:
            raise Throttled(used.seconds_left)


def _key_of(header: str, now: datetime) -> ApiKey:
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != SCHEME.lower():
        raise AuthenticationFailed(f"Authorize as: {SCHEME} prefix.secret")
    secret = secret.strip()
    key = _opened_by(secret, now) if KEY.fullmatch(secret) else None
    if key is None:
        raise AuthenticationFailed("This key is not known, or it was revoked.")
    if key.has_expired:
        raise AuthenticationFailed("This key has expired.")
    return key


def _opened_by(secret: str, now: datetime) -> ApiKey | None:
    """The key of its present secret, or of an earlier one whose time is not over."""
    prefix = secret.partition(".")[0]
    key: ApiKey | None = ApiKey.objects.filter(revoked=False, prefix=prefix).first()
    if key is not None:
        return key if key.is_valid(secret) else None
    retired = RetiredSecret.objects.select_related("api_key").filter(
        prefix=prefix, until__gt=now, api_key__revoked=False
    )
    earlier = retired.first()
    if earlier is None or not ApiKey.objects.key_generator.verify(secret, earlier.hashed_key):
        return None
    return earlier.api_key


def key_of(request: Request) -> ApiKey | None:
    """The key a request came with; None for an anonymous caller."""
    return request.auth if isinstance(request.auth, ApiKey) else None


def key_touch(*, key: ApiKey, now: datetime) -> None:
    """Note that the key was used, at most once a minute: reading must not mean writing."""
    stale = now - TOUCH_EVERY
    if key.last_used_at is not None and key.last_used_at > stale:
        return
    unseen = Q(last_used_at__isnull=True) | Q(last_used_at__lte=stale)
    ApiKey.objects.filter(unseen, pk=key.pk).update(last_used_at=now)


def api_key_create(
    *,
    name: str,
    scopes: Iterable[str],
    rate: str = DEFAULT_RATE,
    networks: Iterable[str] = (),
    expires: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key. The second value is its secret, seen this once. Raises ValidationError."""
    key = ApiKey(name=name, scopes=list(scopes), rate=rate, networks=list(networks), expiry_date=expires)
    secret = ApiKey.objects.assign_key(key)
    key.full_clean()
    key.save()
    return key, secret


def key_named(prefix: str) -> ApiKey:
    """The key by the part of a secret that is shown, its present one or an earlier one's.

    Raises ApiKey.DoesNotExist.
    """
    named: ApiKey | None = ApiKey.objects.filter(prefix=prefix).first()
    if named is None:
        named = ApiKey.objects.get(retired_secrets__prefix=prefix)
    assert named is not None
    return named


@transaction.atomic
def api_key_rotate(*, key: ApiKey, now: datetime, overlap: timedelta) -> str:
    """Give the key a new secret, seen this once. Earlier ones open it for the overlap, none of them longer.

    The key stays the same row: what it made, its limits and its webhooks stay. Raises KeyClosed.
    """
    locked = ApiKey.objects.select_for_update().get(pk=key.pk)
    if locked.revoked or locked.has_expired:
        raise KeyClosed("This key was revoked or has expired: make a new one.")
    until = now + overlap
    earlier = RetiredSecret.objects.filter(api_key=locked)
    earlier.filter(until__gt=until).update(until=until)
    earlier.filter(until__lte=now).delete()
    if until > now:
        earlier.create(api_key=locked, prefix=locked.prefix, hashed_key=locked.hashed_key, until=until)
    secret, locked.prefix, locked.hashed_key = ApiKey.objects.key_generator.generate()
    locked.save(update_fields=["prefix", "hashed_key"])
    key.prefix, key.hashed_key = locked.prefix, locked.hashed_key
    return secret


@transaction.atomic
def api_key_revoke(*, key: ApiKey) -> None:
    """End the key for good, whichever of its secrets one has."""
    key.revoked = True
    key.save(update_fields=["revoked"])
    key.retired_secrets.all().delete()
