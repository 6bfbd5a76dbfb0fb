"""Two pages of no subject: the display switch, and (in development) the gallery."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.ui.display import SIZES, Display, remember


# Exempt from the CSRF token so that pages of people who are not signed in carry none and stay small: the worst a
# forged request could do is enlarge the letters, and a request that another site sends is not obeyed anyway.
@csrf_exempt
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Remember text size and contrast, and go back; a script gets 204."""
    size = request.POST.get("size", "m")
    chosen = Display(size if size in SIZES else "m", request.POST.get("contrast") == "1")
    back = request.POST.get("next", "/")
    if not back.isprintable() or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response: HttpResponse
    if request.headers.get("X-Requested-With") == "fetch":
        response = HttpResponse(status=204)
    else:
        response = HttpResponseRedirect(back)
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "cross-site":
        remember(response, chosen, secure=request.is_secure())
    return response
