"""Pages about what went wrong: what happened, what was kept, what to do, and never a blank one."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory

from collegium.base.errors import CollegiumError, Conflict, Invalid, NotAllowed, NotFound
from collegium.site import views


@pytest.mark.parametrize("error", [NotFound(), NotAllowed(), Conflict(), Invalid(), CollegiumError("form_expired")])
def test_every_refusal_has_a_page_with_one_heading_and_a_way_on(error: CollegiumError) -> None:
    response = views.error_page(RequestFactory().get("/"), error)
    page = response.content.decode()
    assert response.status_code == error.status
    assert page.count("<h1>") == 1
    assert 'href="/"' in page
    assert error.code not in page


def test_a_broken_server_still_shows_a_page() -> None:
    request = RequestFactory().get("/")
    request.actor = object()  # type: ignore[attr-defined] the frame would fall over this
    with pytest.raises(AttributeError):
        views.error_page(request, NotFound())
    response = views.server_error(request)
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong on our side" in page
    assets = re.findall(r'"/static/([^"]+)"', page)
    assert assets
    assert all(finders.find(asset) for asset in assets)


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_says_so() -> None:
    response = Client().get("/nowhere/at/all")
    assert response.status_code == 404
    assert b"We cannot find that" in response.content
