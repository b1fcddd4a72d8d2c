"""Who belongs to which organisation, and the rights that come and go with it.

An account works at the desk when it is of the staff (a superuser says so, on its page) and in a group. The
groups of advisors follow from memberships and from nothing else: in the transaction that writes one.
"""

from datetime import datetime

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from matching.advisors import ADVISORS, LEADS
from matching.caseload import CLOSED
from matching.models import AdvisorGroup, Membership, Organisation, Review
from matching.review.services import review_release

GROUP_OF_ROLE = {Membership.Role.ADVISOR: ADVISORS, Membership.Role.LEAD: LEADS}


@transaction.atomic
def groups_keep(user: User) -> None:
    """Puts the account into the groups that its memberships bring, and takes it out of the others."""
    roles = set(Membership.objects.filter(user=user).values_list("role", flat=True))
    for role, name in GROUP_OF_ROLE.items():
        group, _made = Group.objects.get_or_create(name=name)
        if role in roles:
            user.groups.add(group)
        else:
            user.groups.remove(group)


@receiver((post_save, post_delete), sender=Membership, dispatch_uid="matching.membership_groups")
def membership_changed(*, instance: Membership, **_: object) -> None:
    """However a membership comes or goes: by its page, with its organisation or with its account."""
    groups_keep(instance.user)


@transaction.atomic
def membership_end(*, membership: Membership, by: User, now: datetime) -> int:
    """Takes her place away. Reviews she had go back to those who may take them; how many."""
    hers = Review.objects.filter(advisor=membership.user_id, organisation=membership.organisation_id)
    released = [
        review_release(review=review, advisor=by, now=now) for review in hers.exclude(state__in=CLOSED)
    ]
    hers.filter(state__in=CLOSED).update(advisor=None)  # who approved it stands there by name
    membership.delete()
    return len(released)


@transaction.atomic
def group_take_new(*, group: AdvisorGroup) -> None:
    """From now on new lists of the organisation go to this group, and to no other."""
    Organisation.objects.select_for_update().get(pk=group.organisation_id)
    AdvisorGroup.objects.filter(organisation=group.organisation_id, takes_new=True).exclude(
        pk=group.pk
    ).update(takes_new=False)
    group.takes_new = True
    group.save(update_fields=["takes_new"])
