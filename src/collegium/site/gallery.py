"""The gallery: every component in every state, beside the call that draws it. Shown in the demo and while developing.

Each example is a small template in templates/site/gallery/. What is drawn and what is read are the same file, so the
gallery cannot show a call that does not work.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.text import slugify
from django.utils.translation import gettext as _

from collegium.site import gallery_data


@dataclass(frozen=True, slots=True)
class Example:
    """One component: drawn, and the call that drew it."""

    title: str
    note: str
    drawn: str
    call: str


@dataclass(frozen=True, slots=True)
class Section:
    """Components that belong together."""

    title: str
    examples: tuple[Example, ...]

    @property
    def slug(self) -> str:
        """The section's anchor."""
        return slugify(self.title)


def show(request: HttpRequest) -> HttpResponse:
    """Show the gallery; `?dir=rtl` turns the page round, to see that nothing depends on the direction of reading."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    if request.GET.get("say"):
        messages.success(request, _("This is what a page says after something worked."))
    page = {
        "sections": list_sections(request),
        "shell": gallery_data.make_shell(),
        "direction": "rtl" if request.GET.get("dir") == "rtl" else "",
    }
    return render(request, "site/gallery.html", page)


def list_sections(request: HttpRequest) -> list[Section]:
    """Draw every example."""
    context = gallery_data.make_context()
    return [
        Section(
            str(title), tuple(_draw(request, name, str(about), str(note), context) for name, about, note in entries)
        )
        for title, entries in gallery_data.SECTIONS
    ]


def _draw(request: HttpRequest, name: str, title: str, note: str, context: dict[str, object]) -> Example:
    template = get_template(f"site/gallery/{name}.html")
    # Django's own template objects keep what they were read from.
    call = str(template.template.source).strip()  # type: ignore[attr-defined]
    return Example(title, note, template.render(context, request), call)
