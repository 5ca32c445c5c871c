"""The board as anybody reads it: no sign-in, no cookie, cacheable; in a page, in a frame, as a feed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from collegium.intend.presenters.feeds import write_atom
from collegium.intend.presenters.public_board import PublicBoardPage, present_public_board
from collegium.intend.queries import boards

KEPT_S = 300
PLAIN: dict[str, Any] = {"appearance": None, "messages": ()}  # as the device has it: nothing is asked of a cookie


def _found(address: str) -> tuple[PublicBoardPage, list[str]]:
    found = boards.find_public(address)
    return present_public_board(found), found.board.hosts


def cacheable(request: HttpRequest, etag: str, response: HttpResponse) -> HttpResponse:
    """Let caches keep what anybody reads for some minutes, and ask then whether it has changed."""
    if request.headers.get("If-None-Match", "").removeprefix("W/") == etag:
        response = HttpResponseNotModified()
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT_S)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def public_board(request: HttpRequest, address: str) -> HttpResponse:
    """Show the board to anybody."""
    page, _hosts = _found(address)
    return cacheable(request, page.etag, render(request, "intend/public_board.html", {"page": page, **PLAIN}))


@require_safe
def public_board_frame(request: HttpRequest, address: str) -> HttpResponse:
    """Show the board inside the page of a website that its unit has named."""
    page, hosts = _found(address)
    response = render(request, "intend/public_board_frame.html", {"page": page, **PLAIN})
    response = cacheable(request, page.etag, response)
    if hosts:
        response._csp_replace = {"frame-ancestors": hosts}  # type: ignore[attr-defined]  # noqa: SLF001 its interface
        response.xframe_options_exempt = True
    return response


@require_safe
def public_board_feed(request: HttpRequest, address: str) -> HttpResponse:
    """Return the board as an Atom feed."""
    page, _hosts = _found(address)
    return cacheable(
        request, page.etag, HttpResponse(write_atom(page), content_type="application/atom+xml; charset=utf-8")
    )
