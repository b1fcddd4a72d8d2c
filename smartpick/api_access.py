"""Who may ask what how often: scopes, networks and rates, for every view by its ``required_scope``.

A view with ``any_scope`` is for whoever has a key, whatever the key is for.
"""

import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from matching.api.key_rules import address_group, network_allows, rate_parse
from matching.api.keys import key_of

if TYPE_CHECKING:
    # It reads the settings that name this module.
    from rest_framework.views import APIView


class ScopeRequired(BasePermission):
    """A key needs the view's scope and one of its networks; without a key the scope needs an anonymous rate.

    A view that names no scope is closed to all, unless it says ``any_scope``: then any key opens it. One with
    ``key_required`` is closed to callers without a key.
    """

    message: str

    def has_permission(self, request: Request, view: "APIView") -> bool:
        scope = getattr(view, "required_scope", None)
        key = key_of(request)
        if key is None:
            return scope in settings.API_ANONYMOUS_RATES and not getattr(view, "key_required", False)
        if not network_allows(key.networks, address_of(request)):
            self.message = "This key may not be used from this network."
            return False
        if getattr(view, "any_scope", False):
            return True
        self.message = f"This key lacks the scope {scope}."
        return scope in key.scopes


class ScopeThrottle(BaseThrottle):
    """Fixed windows counted in the cache: a key by its own rate, an address by the scope's anonymous rate.

    A caller may use two windows' worth around the seam of two windows; that is the price of one counter.
    """

    clock = staticmethod(time.time)

    def allow_request(self, request: Request, view: "APIView") -> bool:
        scope = getattr(view, "required_scope", None)
        key = key_of(request)
        if key is not None:
            caller, rate = f"key:{key.pk}", rate_parse(key.rate)
        elif scope is not None:
            caller = f"{scope}:{address_group(address_of(request))}"
            rate = rate_parse(settings.API_ANONYMOUS_RATES[scope])
        else:  # schema and docs
            return True
        now = self.clock()
        window, self.left = int(now // rate.seconds), rate.seconds - now % rate.seconds
        used = _count(f"rate:{caller}:{rate.seconds}:{window}", rate.seconds)
        request._request.rate_limit_headers = {  # type: ignore[attr-defined]
            "RateLimit-Limit": str(rate.limit),
            "RateLimit-Remaining": str(max(0, rate.limit - used)),
            "RateLimit-Reset": str(int(self.left) + 1),
        }
        return used <= rate.limit

    def wait(self) -> float:
        return self.left


def address_of(request: Request) -> str:
    """The caller's address, as far as our own proxies vouch for it (NUM_PROXIES)."""
    return ScopeThrottle().get_ident(request)


def _count(name: str, seconds: int) -> int:
    try:
        return cache.incr(name)
    except ValueError:  # the window's first request, unless another comes between
        return 1 if cache.add(name, 1, timeout=seconds + 1) else cache.incr(name)
