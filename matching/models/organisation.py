from django.conf import settings
from django.db import models
from django.db.models import Q


class Organisation(models.Model):
    """Who advises: a school's office, a firm, a charity. Its advisors see its own applicants alone."""

    name = models.CharField(max_length=120, unique=True)
    about = models.CharField(
        max_length=300, blank=True, help_text="What applicants read before they send a list."
    )
    takes_lists = models.BooleanField(default=True, help_text="Whether applicants may send lists to it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.CheckConstraint(name="organisation_named", condition=~Q(name="")),)

    def __str__(self) -> str:
        return self.name


class AdvisorGroup(models.Model):
    """Advisors of one organisation who share a pool of lists."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=80)
    takes_new = models.BooleanField(
        "takes new lists", default=False, help_text="Lists that are sent from now on go to this group."
    )

    class Meta:
        verbose_name = "group of advisors"
        verbose_name_plural = "groups of advisors"
        ordering = ("organisation", "name")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "name"], name="advisor_group_name_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(takes_new=True), name="advisor_group_one_takes_new"
            ),
            models.CheckConstraint(name="advisor_group_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A member of staff in an organisation: an advisor with her own lists, or a lead who sees all of it."""

    class Role(models.TextChoices):
        ADVISOR = "advisor", "advisor"
        LEAD = "lead", "lead"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(
        AdvisorGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=8, choices=Role, default=Role.ADVISOR)

    class Meta:
        ordering = ("organisation", "user")
        constraints = (
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=("advisor", "lead"))),
        )

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"
