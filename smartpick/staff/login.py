from allauth.account.utils import get_next_redirect_url
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache


@never_cache
def staff_login(request: HttpRequest) -> HttpResponse:
    """The desk has no login of its own: the site's asks for the second factor and counts wrong guesses."""
    onward = get_next_redirect_url(request) or reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect(f"{reverse('login')}?{urlencode({'next': onward})}")
    if not request.user.is_staff:
        raise PermissionDenied
    return redirect(onward)
