from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import AnonymousUser, User

from matching.caseload import Reader, organisations_led
from matching.models import AdvisorGroup, Membership, Organisation

NOBODY = "No account of the staff has this name. Whoever runs the site makes one."
ELSEWHERE = "This group belongs to another organisation."
ALREADY = "She is a member there already."


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """A colleague by her account's name: nobody is offered the names of all accounts."""

    reader: ClassVar[Reader] = AnonymousUser()

    account = forms.CharField(max_length=150, label="Account", help_text="The name she logs in with, whole.")

    class Meta:
        model = Membership
        fields = ("organisation", "group", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        led = organisations_led(self.reader)
        groups = AdvisorGroup.objects.filter(organisation__in=led).select_related("organisation")
        if self.instance.pk:
            groups = groups.filter(organisation=self.instance.organisation_id)
            del self.fields["account"]
        self._narrow("organisation", led)
        self._narrow("group", groups)

    def _narrow(self, name: str, choices: Any) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = choices

    def clean_account(self) -> str:
        name = str(self.cleaned_data["account"]).strip()
        found = User.objects.filter(username=name, is_staff=True, is_active=True).first()
        if found is None:
            raise forms.ValidationError(NOBODY)
        self.instance.user = found
        return name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        organisation: Organisation | None = data.get("organisation")
        if organisation is None and self.instance.pk:
            organisation = self.instance.organisation
        group: AdvisorGroup | None = data.get("group")
        if group and organisation and group.organisation_id != organisation.pk:
            self.add_error("group", ELSEWHERE)
        new = not self.instance.pk and organisation and self.instance.user_id
        if new and Membership.objects.filter(user=self.instance.user_id, organisation=organisation).exists():
            self.add_error("account", ALREADY)
        return data
