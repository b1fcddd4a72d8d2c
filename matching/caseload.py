"""Whose reviews, lists and people a member of staff sees: an advisor hers, a lead her organisation's.

Nothing here asks for a permission: which pages a person opens at all is the groups' matter
(``matching/advisors.py``); which rows stand on them is decided here, for every page, search, count and link.
What nobody sent is nobody's to read, superusers apart.
"""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db.models import Exists, OuterRef, Q, QuerySet

from applicants.models import Profile
from matching.models import (
    AdvisorGroup,
    Match,
    MatchRun,
    Membership,
    Organisation,
    OutcomeReport,
    Review,
    SavedList,
)

Reader = AbstractBaseUser | AnonymousUser
LEAD = Membership.Role.LEAD
# Neither is waiting for anybody.
CLOSED = (Review.State.WITHDRAWN, Review.State.APPROVED)


def _staff(user: Reader) -> bool:
    return isinstance(user, User) and user.is_active and user.is_staff


def _all(user: Reader) -> bool:
    return _staff(user) and isinstance(user, User) and user.is_superuser


def organisations_of(user: Reader) -> QuerySet[Organisation]:
    """Where she is a member, in any role; a superuser is at home in each."""
    if _all(user):
        return Organisation.objects.all()
    if not _staff(user):
        return Organisation.objects.none()
    return Organisation.objects.filter(
        Exists(Membership.objects.filter(user=user.pk, organisation=OuterRef("pk")))
    )


def organisations_led(user: Reader) -> QuerySet[Organisation]:
    if _all(user):
        return Organisation.objects.all()
    if not _staff(user):
        return Organisation.objects.none()
    led = Membership.objects.filter(user=user.pk, organisation=OuterRef("pk"), role=LEAD)
    return Organisation.objects.filter(Exists(led))


def may_lead(user: Reader, organisation: Organisation) -> bool:
    return organisations_led(user).filter(pk=organisation.pk).exists()


def reviews_visible(user: Reader) -> QuerySet[Review]:
    """Those she may open. Who left an organisation sees none of its reviews, her own included."""
    if _all(user):
        return Review.objects.all()
    if not _staff(user):
        return Review.objects.none()
    member = Membership.objects.filter(user=user.pk, organisation=OuterRef("organisation"))
    return Review.objects.filter(Exists(member.filter(role=LEAD)) | (Q(advisor=user.pk) & Exists(member)))


def reviews_pool(user: Reader) -> QuerySet[Review]:
    """Those without an advisor that she could take: of her group, or of no group. She sees no name there."""
    waiting = Review.objects.filter(advisor__isnull=True).exclude(state__in=CLOSED)
    if _all(user):
        return waiting
    if not _staff(user):
        return Review.objects.none()
    member = Membership.objects.filter(user=user.pk, organisation=OuterRef("organisation"))
    hers = member.filter(Q(role=LEAD) | Q(group=OuterRef("group")))
    return waiting.filter(Exists(hers) | (Q(group__isnull=True) & Exists(member)))


def lists_visible(user: Reader) -> QuerySet[SavedList]:
    """Lists under a review of hers; one that was taken back is its owner's alone again."""
    if _all(user):
        return SavedList.objects.all()
    under = reviews_visible(user).exclude(state=Review.State.WITHDRAWN)
    return SavedList.objects.filter(Exists(under.filter(saved_list=OuterRef("pk"))))


def matches_visible(user: Reader) -> QuerySet[Match]:
    if _all(user):
        return Match.objects.all()
    return Match.objects.filter(Exists(lists_visible(user).filter(match=OuterRef("pk"))))


def runs_visible(user: Reader) -> QuerySet[MatchRun]:
    if _all(user):
        return MatchRun.objects.all()
    return MatchRun.objects.filter(Exists(matches_visible(user).filter(run=OuterRef("pk"))))


def profiles_visible(user: Reader) -> QuerySet[Profile]:
    if _all(user):
        return Profile.objects.all()
    return Profile.objects.filter(Exists(lists_visible(user).filter(match__profile=OuterRef("pk"))))


def reports_visible(user: Reader) -> QuerySet[OutcomeReport]:
    """Reports that may be counted, of lists she sees. What is told for oneself alone is shown to nobody."""
    told = OutcomeReport.objects.filter(consented_at__isnull=False)
    if _all(user):
        return told
    return told.filter(Exists(lists_visible(user).filter(pk=OuterRef("saved_list"))))


def staff_visible(user: Reader) -> QuerySet[User]:
    """Colleagues: the members of organisations she leads, and herself."""
    if _all(user):
        return User.objects.all()
    if not _staff(user):
        return User.objects.none()
    led = Membership.objects.filter(organisation__in=organisations_led(user), user=OuterRef("pk"))
    return User.objects.filter(Q(pk=user.pk) | Exists(led))


def group_for_new(organisation: Organisation) -> AdvisorGroup | None:
    """The group that lists sent from now on go to; None: whoever of the organisation is free takes them."""
    return AdvisorGroup.objects.filter(organisation=organisation, takes_new=True).first()
