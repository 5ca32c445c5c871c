"""The interface for programs: the routes of all rooms under one address, and how refusals are said (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from collegium.base.errors import CollegiumError, Invalid, NotFound, word
from collegium.enquire import api as enquire
from collegium.guide import api as guide
from collegium.people import api as people
from collegium.people.errors import TokenNeeded
from collegium.people.sign_in_errors import TooManyRequests

FIELDS: Mapping[str, str] = enquire.FIELDS
WAIT_S = 60

api = NinjaAPI(
    title="Collegium",
    version="1",
    urls_namespace="api",
    docs_url=None,
    auth=people.TokenAuth(),
    throttle=people.EachToken("300/m"),
)
for _room in (people, guide, enquire):
    api.add_router("", _room.router)


def answer(status: int, code: str, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """Return a refusal that a program can read: the code for itself, the words for whoever looks after it."""
    said = {"type": "about:blank", "title": title, "status": status, "code": code, "detail": detail, **more}
    response = JsonResponse({key: value for key, value in said.items() if value != ""}, status=status)
    response["Content-Type"] = "application/problem+json"
    if status == TokenNeeded.status:
        response["WWW-Authenticate"] = "Bearer"
    if status == TooManyRequests.status:
        response["Retry-After"] = str(WAIT_S)
    return response


@api.exception_handler(CollegiumError)
def refuse(request: HttpRequest, error: CollegiumError) -> HttpResponse:
    """Say what a room refused, and which value it is about."""
    words = word(error)
    return answer(error.status, error.code, words.happened, words.to_do, field=FIELDS.get(error.code, ""))


@api.exception_handler(ValidationError)
def refuse_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which values are of the wrong shape."""
    wrong = [{"field": str(each["loc"][-1]), "detail": str(each["msg"])} for each in error.errors]
    first = wrong[0]
    return answer(
        Invalid.status, "bad_shape", _("What was sent is not of the right shape."), first["detail"],
        field=first["field"], errors=wrong,
    )  # fmt: skip


@api.exception_handler(HttpError)
def refuse_request(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say what is wrong before any room is asked."""
    known: dict[int, type[CollegiumError]] = {404: NotFound, 429: TooManyRequests}
    if error.status_code in known:
        return refuse(request, known[error.status_code]())
    return answer(error.status_code, "bad_request", _("What was sent could not be read."), str(error))
