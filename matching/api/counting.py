"""How often somebody asked: fixed windows, counted in the cache.

The cache is Redis where there is one; else it is each process's own, and so is the count: a site with several
processes and without Redis lets so many times the rate pass.
"""

import math
from typing import NamedTuple

from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from matching.api.key_rules import Rate


class Used(NamedTuple):
    """What a caller has used of its limit in this window, with the request that is being answered."""

    limit: int
    used: int
    seconds_left: float

    @property
    def within(self) -> bool:
        return self.used <= self.limit


def used_count(caller: str, rate: Rate, now: float) -> Used:
    """Count one request more.

    A caller may use two windows' worth around the seam of two windows; that is the price of one counter.
    """
    window = int(now // rate.seconds)
    used = _count(f"rate:{caller}:{rate.seconds}:{window}", rate.seconds)
    return Used(rate.limit, used, rate.seconds - now % rate.seconds)


def limit_tell(request: Request, used: Used) -> None:
    """The answer, whatever it will be, says in its headers how far the caller is."""
    request._request.rate_limit_headers = {  # type: ignore[attr-defined]
        "RateLimit-Limit": str(used.limit),
        "RateLimit-Remaining": str(max(0, used.limit - used.used)),
        "RateLimit-Reset": str(math.floor(used.seconds_left) + 1),
    }


def address_of(request: Request) -> str:
    """The caller's address, as far as our own proxies vouch for it (NUM_PROXIES)."""
    return str(BaseThrottle().get_ident(request))


def _count(name: str, seconds: int) -> int:
    try:
        return cache.incr(name)
    except ValueError:  # the window's first request, unless another comes between
        return 1 if cache.add(name, 1, timeout=seconds + 1) else cache.incr(name)
