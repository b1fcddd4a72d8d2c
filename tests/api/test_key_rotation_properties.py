"""Whatever is done with a key, in whatever order: a secret opens it exactly as long as was said."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from matching.api.key_rules import OVERLAP_MOST
from matching.api.keys import _opened_by, api_key_create, api_key_revoke, api_key_rotate
from matching.models import RetiredSecret
from tests.matching.factories import NOW

MINUTES = st.integers(0, 5 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
ROTATE = st.tuples(st.just("rotate"), MINUTES)
WAIT = st.tuples(st.just("wait"), MINUTES)
STEPS = st.lists(st.one_of(ROTATE, ROTATE, WAIT, WAIT), max_size=7)


class TestRotation(TestCase):
    @examples(max_examples=25)
    @given(STEPS, st.booleans())
    def test_secret_opens_as_long_as_was_said(
        self, steps: list[tuple[str, timedelta]], revoked: bool
    ) -> None:
        key, secret = api_key_create(name="partner", scopes=["match"])
        now, present = NOW, secret
        ends: dict[str, datetime] = {}
        for what, span in [*steps, *([("revoke", timedelta(0))] if revoked else [])]:
            if what == "wait":
                now += span
            elif what == "rotate":
                ends = {old: min(end, now + span) for old, end in ends.items()} | {present: now + span}
                present = api_key_rotate(key=key, now=now, overlap=span)
            else:
                api_key_revoke(key=key)

            for old, end in ends.items():
                assert (_opened_by(old, now) == key) == (end > now and not key.revoked)
            assert (_opened_by(present, now) == key) == (not key.revoked)

        kept = RetiredSecret.objects.filter(api_key=key)
        assert kept.count() <= len(ends)
        assert all(retired.until <= now + OVERLAP_MOST for retired in kept)
