from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .list_entry import ListEntry
from .review import Review
from .saved_list import SavedList

KINDS = ("add", "remove", "tier", "signal", "lock", "note", "ask")
OF_A_PROGRAM = ("add", "remove", "tier", "signal", "lock")
PATCH_STATES = ("draft", "sent", "accepted", "declined", "withdrawn")


class ReviewPatch(models.Model):
    """One change that an advisor proposes. A draft is hers; sent, the applicant takes it or leaves it.

    ``private``: the applicant never sees it. ``effect``: what the list brings with it and without, as
    reckoned when it was sent.
    """

    class Kind(models.TextChoices):
        ADD = "add", "add a program"
        REMOVE = "remove", "take a program off"
        TIER = "tier", "move to another tier"
        SIGNAL = "signal", "move a signal"
        LOCK = "lock", "keep on the list"
        NOTE = "note", "note"
        ASK = "ask", "ask for a fact"

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        SENT = "sent", "sent"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"

    class Reason(models.TextChoices):
        KNOWS = "knows", "I know how this program selects"
        MATCHED = "matched", "Applicants like this one matched there"
        REFUSED = "refused", "Applicants like this one were not read there"
        RULE = "rule", "A rule we hold is wrong or missing"
        TIES = "ties", "A tie that the model does not see"
        FIT = "fit", "The program's mission fits more, or less, than the model sees"
        LETTERS = "letters", "Letters or experience weigh more, or less, here"
        OTHER = "other", "Another reason"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="patches")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=150)
    kind = models.CharField(max_length=6, choices=Kind)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    private = models.BooleanField(default=False, help_text="For the desk alone.")
    program = models.ForeignKey("programs.Program", on_delete=models.PROTECT, null=True, related_name="+")
    other = models.ForeignKey(
        "programs.Program", on_delete=models.PROTECT, null=True, related_name="+",
        help_text="The program that gives its signal to the first.",
    )  # fmt: skip
    tier_from = models.CharField(max_length=8, choices=ListEntry.Tier, blank=True)
    tier_to = models.CharField(max_length=8, choices=ListEntry.Tier, blank=True)
    signal = models.CharField(max_length=8, choices=ListEntry.Signal, blank=True)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)
    text = models.TextField(max_length=1000, blank=True)
    field = models.CharField(max_length=60, blank=True, help_text="The member of the profile asked for.")
    effect = models.JSONField(null=True)
    answer = models.CharField(max_length=500, blank=True, help_text="What the applicant said to it.")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text="When it was accepted, declined or withdrawn.")

    class Meta:
        verbose_name = "proposed change"
        ordering = ("review", "id")
        indexes = (models.Index(fields=["kind", "state"], name="patch_kind_state"),)
        constraints = (
            models.CheckConstraint(name="patch_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="patch_state_known", condition=Q(state__in=PATCH_STATES)),
            models.CheckConstraint(
                name="patch_names_program",
                condition=~Q(kind__in=OF_A_PROGRAM) | Q(program__isnull=False),
            ),
            models.CheckConstraint(
                name="patch_tier_whole",
                condition=~Q(kind="tier") | (~Q(tier_to="") & ~Q(tier_to=F("tier_from")) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="patch_note_says", condition=~Q(kind__in=("note", "ask")) | ~Q(text="") | ~Q(field="")
            ),
            models.CheckConstraint(
                name="patch_private_kinds", condition=Q(private=False) | Q(kind__in=("tier", "note"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.state})"


class AdvisorMark(models.Model):
    """What an advisor's word changed beside a program and no scoring may change back: its tier, or a lock."""

    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="marks")
    program = models.ForeignKey("programs.Program", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=(("tier", "tier"), ("lock", "lock")))
    tier = models.CharField(max_length=8, choices=ListEntry.Tier, blank=True)
    private = models.BooleanField(default=False)
    patch = models.OneToOneField(ReviewPatch, on_delete=models.CASCADE, related_name="mark")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "advisor's mark"
        constraints = (
            models.UniqueConstraint(
                fields=["saved_list", "program", "kind", "private"],
                condition=Q(withdrawn_at__isnull=True),
                name="mark_once",
            ),
            models.CheckConstraint(
                name="mark_whole", condition=Q(kind="tier") & ~Q(tier="") | Q(kind="lock", tier="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.program_id}"
