from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from rest_framework_api_key.admin import APIKeyModelAdmin
from rest_framework_api_key.models import APIKey

from matching.models import ApiKey
from matching.models.api_key import SCOPES
from programs.admin.base import DeskAdmin, NoDelete

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
        "expiry_date",
        "last_used_at",
        "created",
    )
    list_filter = ("revoked",)
    search_fields = ("name", "prefix")
    actions = ("revoke",)

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        return GIVEN if obj is None else ("prefix", *GIVEN, "revoked", "created", "last_used_at")

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        if obj is None:
            return ()
        fixed = ("prefix", "created", "last_used_at")
        return (
            (*fixed, "name", "scopes", "rate", "networks", "expiry_date", "revoked") if obj.revoked else fixed
        )

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        if change:
            obj.save()
            return
        # The API's modules load the REST framework: only who makes a key pays for it.
        from matching.api.keys import api_key_create  # noqa: PLC0415

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
        """The secret is in this one response: not in a message, a session or a log."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "API key made",
            "key": obj,
            "secret": obj.secret_once,  # type: ignore[attr-defined]
        }
        response = TemplateResponse(request, "admin/matching/apikey/secret.html", context)
        response["Cache-Control"] = "no-store"
        return response

    @admin.action(description="Revoke selected keys (cannot be undone)", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: Any) -> None:
        for key in queryset.filter(revoked=False):
            key.revoked = True
            key.save(update_fields=["revoked"])
            self.log_change(request, key, "Revoked.")
        self.message_user(request, "Revoked: the keys no longer open anything.")

    @admin.display(description="scopes")
    def scopes_words(self, key: ApiKey) -> str:
        return ", ".join(key.scopes)

    @admin.display(description="usable", boolean=True)
    def usable(self, key: ApiKey) -> bool:
        return not (key.revoked or key.has_expired)
