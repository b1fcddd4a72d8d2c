"""Who may ask what how often: scopes, networks and rates, for every view by its ``required_scope``.

A view with ``any_scope`` is for whoever has a key, whatever the key is for.
"""

import time
from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from matching.api.counting import address_of, limit_tell, used_count
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
        key = key_of(request)
        scope = getattr(view, "required_scope", None)
        if key is None:
            return scope in settings.API_ANONYMOUS_RATES and not getattr(view, "key_required", False)
        if not network_allows(key.networks, address_of(request)):
            self.message = "This key may not be used from this network."
        elif getattr(view, "any_scope", False) or scope in key.scopes:
            return True
        else:
            self.message = f"This key lacks the scope {scope}."
        _refusal_count(request, view)
        return False


class ScopeThrottle(BaseThrottle):
    """A key by its own rate, an address by the scope's anonymous rate."""

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
        used = used_count(caller, rate, self.clock())
        self.left = used.seconds_left
        limit_tell(request, used)
        return used.within

    def wait(self) -> float:
        return self.left


def _refusal_count(request: Request, view: "APIView") -> None:
    """A refused request counts like any other. Raises Throttled."""
    throttle = ScopeThrottle()
    if not throttle.allow_request(request, view):
        raise Throttled(throttle.wait())
