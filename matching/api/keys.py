"""Keys of partners: who is asking, and how a key is made."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from matching.models import ApiKey

SCHEME = "Api-Key"
CHALLENGE = f'{SCHEME} realm="SmartPick"'
KEY = re.compile(r"[A-Za-z0-9]{8}\.[A-Za-z0-9]{32}")
TOUCH_EVERY = timedelta(minutes=1)
DEFAULT_RATE = "120/min"


class ApiKeyAuthentication(BaseAuthentication):
    """``Authorization: Api-Key prefix.secret`` → ``request.auth``; no header, an anonymous caller."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiKey] | None:
        header = request.META.get("HTTP_AUTHORIZATION", "").strip()
        if not header:
            return None
        scheme, _, secret = header.partition(" ")
        if scheme.lower() != SCHEME.lower():
            raise AuthenticationFailed(f"Authorize as: {SCHEME} prefix.secret")
        key = _key_of(secret.strip())
        key_touch(key=key, now=timezone.now())
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


def _key_of(secret: str) -> ApiKey:
    try:
        if not KEY.fullmatch(secret):
            raise ApiKey.DoesNotExist
        key = ApiKey.objects.get_from_key(secret)
    except ApiKey.DoesNotExist:
        raise AuthenticationFailed("This key is not known, or it was revoked.") from None
    assert isinstance(key, ApiKey)
    if key.has_expired:
        raise AuthenticationFailed("This key has expired.")
    return key


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
