"""What the queue tells of a review, a cell each. All of it is read: nothing is worked out here."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import DateField, F, FloatField, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from matching.models import Review
from matching.presentation.numbers import dollars
from matching.review.queue import words

from .queue_filters import today

# What has no number comes after all that have one, whichever end one begins from first.
NO_SHARE = Value(-1.0, output_field=FloatField())
NO_DAY = Value(date.max, output_field=DateField())


class QueueColumns:
    """Display methods of the queue's admin."""

    @admin.display(description="danger", ordering="danger")
    def danger_told(self, review: Review) -> str:
        level = words.danger_level(review.danger)
        why = format_html_join("", "<li>{}</li>", ((reason,) for reason in reasons(review)))
        return format_html(
            '<b class="danger danger--{}"><svg viewBox="0 0 17 9" aria-hidden="true">{}</svg> {}</b>'
            '<ul class="danger__why">{}</ul>',
            level.name, marks(level.marks), level.word, why,
        )  # fmt: skip

    @admin.display(description="applicant", ordering="saved_list__owner__last_name")
    def applicant(self, review: Review) -> str:
        """The account's name; a list is sent by an account only."""
        owner = review.saved_list.owner
        name = (owner.get_full_name() or owner.get_username()) if owner else "account gone"
        return format_html('{} <span class="code">{}</span>', name, review.code)

    @admin.display(description="code", ordering="code")
    def code_alone(self, review: Review) -> str:
        """In the pool nobody is named before somebody took the list."""
        return format_html('<span class="code">{}</span>', review.code)

    @admin.display(description="state", ordering="state")
    def state_told(self, review: Review) -> str:
        flags = format_html_join("", '<span class="flag">{}</span>', ((flag,) for flag in flags_of(review)))
        return format_html("{}{}", review.get_state_display(), flags)

    @admin.display(description="no interview", ordering=Coalesce(F("p_none"), NO_SHARE))
    def none_share(self, review: Review) -> str:
        return words.share_words(review.p_none)

    @admin.display(description="match", ordering=Coalesce(F("p_match"), NO_SHARE))
    def match_share(self, review: Review) -> str:
        return words.share_words(review.p_match)

    @admin.display(description="strict fails", ordering="strict_fails")
    def strict(self, review: Review) -> str:
        return number(review.strict_fails)

    @admin.display(description="deadline", ordering=Coalesce(F("deadline"), NO_DAY))
    def deadline_told(self, review: Review) -> str:
        day, far = words.deadline_words(review.deadline, today())
        return format_html("{} <small>{}</small>", day, far) if day else words.NO_NUMBER

    @admin.display(description="signals unused", ordering="unused_signals")
    def signals(self, review: Review) -> str:
        return number(review.unused_signals)

    @admin.display(description="over budget", ordering="over_budget_usd")
    def over_budget(self, review: Review) -> str:
        return number(review.over_budget_usd, words.budget_words(review.over_budget_usd))

    @admin.display(description="facts missing", ordering="missing_facts")
    def missing(self, review: Review) -> str:
        return number(review.missing_facts)

    @admin.display(description="programs", ordering="programs")
    def program_count(self, review: Review) -> str:
        return f"{review.programs:,}"

    @admin.display(description="fees", ordering=Coalesce(F("cost_usd"), Value(-1)))
    def cost(self, review: Review) -> str:
        return words.NO_NUMBER if review.cost_usd is None else dollars(review.cost_usd)

    @admin.display(description="advisor", ordering="advisor__last_name")
    def advisor_told(self, review: Review) -> str:
        advisor = review.advisor
        name = (advisor.get_full_name() or advisor.get_username()) if advisor else "nobody yet"
        return format_html("{} <small>{}</small>", name, review.group.name) if review.group else name

    @admin.display(description="group", ordering="group__name")
    def group_told(self, review: Review) -> str:
        return review.group.name if review.group else ""

    @admin.display(description="waiting", ordering="submitted_at")
    def waiting(self, review: Review) -> str:
        told = words.waiting_words(review.submitted_at, timezone.now())
        return format_html('<time datetime="{}">{}</time>', f"{review.submitted_at:%Y-%m-%d}", told)

    @admin.display(description="take it")
    def take(self, review: Review) -> str:
        """A button of the form around the table: the address it goes to is the list's own."""
        address = reverse("admin:matching_review_claim", args=[review.pk])
        label = f"Claim {review.code}"
        return format_html(
            '<button type="submit" class="claim" formaction="{}{}" aria-label="{}">Claim</button>',
            address, "?view=pool", label,
        )  # fmt: skip


FIGURES = (
    "none_share", "match_share", "strict", "deadline_told", "signals", "over_budget", "missing",
    "program_count", "cost",
)  # fmt: skip
MINE_COLUMNS = ("danger_told", "applicant", "state_told", *FIGURES, "waiting")
ORGANISATION_COLUMNS = ("danger_told", "applicant", "state_told", *FIGURES, "advisor_told", "waiting")
POOL_COLUMNS = ("danger_told", "code_alone", "take", *FIGURES, "group_told", "waiting")


def number(value: int, told: str = "") -> str:
    """Nothing to see to steps back: what is there stands out."""
    return told or f"{value:,}" if value else format_html('<span class="zero">{}</span>', 0)


def reasons(review: Review) -> tuple[str, ...]:
    return words.danger_reasons(review, today())


def flags_of(review: Review) -> list[str]:
    """What the state alone does not say."""
    flags = []
    if review.stale_since is not None:
        flags.append(f"out of date: {review.stale_reason}" if review.stale_reason else "out of date")
    if review.snoozed_until is not None and review.snoozed_until > today():
        until = f"snoozed until {review.snoozed_until:%-d %b}"
        flags.append(f"{until}: {review.snooze_note}" if review.snooze_note else until)
    return flags


def marks(filled: int) -> Any:
    """Three bars, as many full as the danger is high."""
    bars = ((6 * at, 6 - 3 * at, 3 + 3 * at, "on" if at < filled else "off") for at in range(3))
    return format_html_join("", '<rect x="{}" y="{}" width="4" height="{}" class="{}"/>', bars)
