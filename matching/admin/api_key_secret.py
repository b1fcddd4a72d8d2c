"""A key's new secret, on a page of its own: the earlier one works on for as long as the partner needs."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from matching.models import ApiKey

if TYPE_CHECKING:
    from matching.admin.api_key import ApiKeyAdmin

OVERLAPS = (("0", "not at all: it is in wrong hands"), ("1", "1 day"), ("7", "7 days"), ("30", "30 days"))


class OverlapForm(forms.Form):
    overlap = forms.ChoiceField(
        choices=OVERLAPS,
        initial="7",
        widget=forms.RadioSelect,
        label="How long the earlier secret works on",
    )


def new_secret_view(request: HttpRequest, model_admin: "ApiKeyAdmin", key_id: str) -> HttpResponse:
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    # The API's modules load the REST framework: only who changes a secret pays for it.
    from matching.api.keys import KeyClosed, api_key_rotate  # noqa: PLC0415

    key = get_object_or_404(ApiKey, pk=key_id)
    form = OverlapForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, model_admin, "rotate", title="A new secret", key=key, form=form)
    days, earlier, now = int(form.cleaned_data["overlap"]), key.prefix, timezone.now()
    try:
        secret = api_key_rotate(key=key, now=now, overlap=timedelta(days=days))
    except KeyClosed as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:matching_apikey_change", args=[key.pk]))
    model_admin.log_change(
        request, key, f"New secret. The earlier one, {earlier}, works for {days} days more."
    )
    return secret_page(request, model_admin, key, secret, title="The new secret")


def secret_page(
    request: HttpRequest, model_admin: "ApiKeyAdmin", key: ApiKey, secret: str, *, title: str
) -> TemplateResponse:
    """The secret is in this one response: not in a message, a session or a log."""
    response = _page(request, model_admin, "secret", title=title, key=key, secret=secret)
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, model_admin: "ApiKeyAdmin", page: str, **context: object) -> TemplateResponse:
    shared = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts}
    return TemplateResponse(request, f"admin/matching/apikey/{page}.html", {**shared, **context})
