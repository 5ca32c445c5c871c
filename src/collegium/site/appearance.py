"""Light or dark, usual or high contrast: chosen by a form, kept in a cookie, known before the first byte of a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

A_YEAR_S = 365 * 24 * 3600
AUTO = "auto"
THEMES = {AUTO: _("As my device"), "light": _("Light"), "dark": _("Dark")}
CONTRASTS = {AUTO: _("As my device"), "usual": _("Usual contrast"), "more": _("High contrast")}
COOKIES = {"theme": THEMES, "contrast": CONTRASTS}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of the switch."""

    value: str
    title: object
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Appearance:
    """What this browser asked for; `theme` and `contrast` are empty where the device decides."""

    theme: str
    contrast: str

    @property
    def themes(self) -> tuple[Option, ...]:
        """The themes to choose from."""
        return tuple(Option(value, title, value == (self.theme or AUTO)) for value, title in THEMES.items())

    @property
    def contrasts(self) -> tuple[Option, ...]:
        """The contrasts to choose from."""
        return tuple(Option(value, title, value == (self.contrast or AUTO)) for value, title in CONTRASTS.items())


def read(request: HttpRequest) -> dict[str, object]:
    """Give templates the `appearance`; a cookie that holds anything else than a known value counts as none."""
    chosen = {name: request.COOKIES.get(f"collegium_{name}", AUTO) for name in COOKIES}
    kept = {name: value if value != AUTO and value in COOKIES[name] else "" for name, value in chosen.items()}
    return {"appearance": Appearance(**kept)}


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go back to the page it was made on."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    for name, values in COOKIES.items():
        if (value := request.POST.get(name)) in values:
            response.set_cookie(
                f"collegium_{name}",
                str(value),
                max_age=A_YEAR_S,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
    return response
