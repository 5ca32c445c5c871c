"""One's own digest: what it says now, how often it comes, and the link that ends it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from collegium.guide.forms.digests import OftenForm
from collegium.guide.presenters.digest import present_digest
from collegium.guide.queries import digests as queries
from collegium.guide.services import digests
from collegium.people.presenters.forms import FormPage
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, sent, signed_in


@get_or_post
@signed_in
def my_digest(request: ActorRequest) -> HttpResponse:
    """Choose how often the digest comes, and read what it says now."""

    def act(cleaned: dict[str, Any]) -> str:
        digests.choose_often(actor=request.actor, **cleaned)
        return reverse("guide:my_digest")

    page = FormPage(
        kicker=_("My part"),
        back_url=reverse("people:my_part"),
        back_title=_("My part"),
        heading=_("Your digest"),
        lede=_("What waits for you and how your unit stands, in one email. It says what these pages say, and no more."),
        submit=_("Save"),
    )
    form = OftenForm(sent(request), initial={"often": queries.get_often(request.actor.person_id)})
    return answer_form(
        request, form=form, page=page, act=act, done=_("Saved."), template="guide/my_digest.html",
        extra={"digest": present_digest(request.actor)},
    )  # fmt: skip


@csrf_exempt
@get_or_post
def digest_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the digest of whoever the link was written for: by a button, or by the mail program itself (RFC 8058)."""
    is_done = request.method == "POST"
    if is_done:
        digests.stop(token)
    else:
        digests.check_stop(token)
    return render(request, "guide/digest_stop.html", {"is_done": is_done})
