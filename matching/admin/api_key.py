from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from rest_framework_api_key.admin import APIKeyModelAdmin
from rest_framework_api_key.models import APIKey

from matching.admin.api_key_secret import new_secret_view, secret_page
from matching.models import ApiKey
from matching.models.api_key import SCOPES
from programs.admin.base import DeskAdmin, NoDelete

SOON = timedelta(days=30)
GIVEN = ("name", "scopes", "rate", "networks", "expiry_date")

# The library's own keys open nothing here; a second kind of key on the desk would only mislead.
assert issubclass(APIKeyModelAdmin, admin.ModelAdmin)  # its module registers them when it is imported
admin.site.unregister(APIKey)


class Networks(forms.CharField):
    """Networks a line each, as the list the model keeps."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return str(super().clean(value)).split()

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != str(data or "").split()


class ApiKeyForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    scopes = forms.MultipleChoiceField(
        choices=[(scope, scope) for scope in SCOPES], widget=forms.CheckboxSelectMultiple
    )
    networks = Networks(
        required=False,
        help_text="Where it may be used from, one network a line (CIDR). Empty: from anywhere.",
    )

    class Meta:
        model = ApiKey
        fields = ("name", "scopes", "rate", "networks", "expiry_date", "revoked")
        help_texts = {
            "rate": "Requests a period, as in 120/min. Redis counts them for the whole site; without Redis "
            "each web process counts for itself, and so many times the rate gets through."
        }


class EndsFilter(admin.SimpleListFilter):
    """Keys somebody should be told of before they stop working."""

    title = "end"
    parameter_name = "ends"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("soon", f"within {SOON.days} days"), ("over", "expired")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> QuerySet[ApiKey]:
        now = timezone.now()
        if self.value() == "soon":
            return queryset.filter(expiry_date__range=(now, now + SOON), revoked=False)
        return queryset.filter(expiry_date__lt=now) if self.value() == "over" else queryset


@admin.register(ApiKey)
class ApiKeyAdmin(NoDelete, DeskAdmin[ApiKey]):
    """A key is shown once, when it is made; afterwards it is revoked, never deleted with what it stored."""

    form = ApiKeyForm
    list_display = (
        "name",
        "prefix",
        "scopes_words",
        "rate",
        "usable",
        "ends",
        "last_used_at",
        "created",
    )
    list_filter = ("revoked", EndsFilter)
    search_fields = ("name", "prefix")
    actions = ("revoke",)

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        return GIVEN if obj is None else ("prefix", "earlier", *GIVEN, "revoked", "created", "last_used_at")

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        if obj is None:
            return ()
        fixed = ("prefix", "earlier", "created", "last_used_at")
        return (
            (*fixed, "name", "scopes", "rate", "networks", "expiry_date", "revoked") if obj.revoked else fixed
        )

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        # The API's modules load the REST framework: only who makes or changes a key pays for it.
        from matching.api.keys import api_key_create, api_key_revoke  # noqa: PLC0415

        if change:
            obj.save()
            if obj.revoked:
                api_key_revoke(key=obj)
            return
        made = form.cleaned_data
        key, secret = api_key_create(
            name=made["name"],
            scopes=made["scopes"],
            rate=made["rate"],
            networks=made["networks"],
            expires=made["expiry_date"],
        )
        obj.pk, obj.prefix = key.pk, key.prefix
        obj._state.adding = False
        obj.secret_once = secret  # type: ignore[attr-defined]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= {"show_save_and_add_another": False, "show_save_and_continue": not kwargs.get("add")}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: Any = None) -> HttpResponse:
        secret = obj.secret_once  # type: ignore[attr-defined]
        return secret_page(request, self, obj, secret, title="API key made")

    def get_urls(self) -> list[URLPattern]:
        @self.admin_site.admin_view
        def secret(request: HttpRequest, key_id: str) -> HttpResponse:
            return new_secret_view(request, self, key_id)

        return [path("<str:key_id>/secret/", secret, name="matching_apikey_secret"), *super().get_urls()]

    @admin.action(description="Revoke selected keys (cannot be undone)", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: Any) -> None:
        from matching.api.keys import api_key_revoke  # noqa: PLC0415

        for key in queryset.filter(revoked=False):
            api_key_revoke(key=key)
            self.log_change(request, key, "Revoked.")
        self.message_user(request, "Revoked: the keys no longer open anything.")

    @admin.display(description="scopes")
    def scopes_words(self, key: ApiKey) -> str:
        return ", ".join(key.scopes)

    @admin.display(description="usable", boolean=True)
    def usable(self, key: ApiKey) -> bool:
        return not (key.revoked or key.has_expired)

    @admin.display(description="expires", ordering="expiry_date")
    def ends(self, key: ApiKey) -> str:
        if (end := key.expiry_date) is None:
            return "never"
        now = timezone.now()
        if end < now:
            return f"{_day(end)}, over"
        days = (end.astimezone(UTC).date() - now.astimezone(UTC).date()).days
        soon = ", today" if not days else f", in {days} day{'' if days == 1 else 's'}"
        return f"{_day(end)}{soon if end - now <= SOON and not key.revoked else ''}"

    @admin.display(description="earlier secrets")
    def earlier(self, key: ApiKey) -> str:
        now = timezone.now()
        lines = [
            f"{retired.prefix} {'works' if retired.until > now else 'worked'} until {_minute(retired.until)}"
            for retired in key.retired_secrets.all()
        ]
        return "; ".join(lines) or "none"


def _day(at: datetime) -> str:
    return f"{at.astimezone(UTC):%-d %b %Y}"


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%-d %b %Y, %H:%M} UTC"
