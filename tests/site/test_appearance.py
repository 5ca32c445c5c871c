"""Light and dark, usual and high contrast: kept in a cookie, there from the first byte, never a way out of the site."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from collegium.site import appearance

ADDRESS = "/appearance"


def test_a_choice_is_kept_and_leads_back() -> None:
    client = Client()
    response = client.post(ADDRESS, {"theme": "dark", "next": "/people?page=2"})
    assert (response.status_code, response["Location"]) == (302, "/people?page=2")
    assert client.cookies["collegium_theme"].value == "dark"
    assert client.cookies["collegium_theme"]["httponly"]
    assert "collegium_contrast" not in client.cookies


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_it_never_leads_out_of_the_site(address: str) -> None:
    assert Client().post(ADDRESS, {"theme": "dark", "next": address})["Location"] == "/"


def test_only_what_is_offered_is_kept() -> None:
    client = Client()
    client.post(ADDRESS, {"theme": "plaid", "contrast": "more"})
    assert "collegium_theme" not in client.cookies
    assert client.cookies["collegium_contrast"].value == "more"
    assert Client().get(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    ("cookies", "attributes"),
    [
        ({}, []),
        ({"collegium_theme": "dark"}, ['data-theme="dark"']),
        ({"collegium_theme": "auto", "collegium_contrast": "more"}, ['data-contrast="more"']),
        ({"collegium_theme": '"><script>'}, []),
    ],
)
def test_the_page_comes_in_its_theme(cookies: dict[str, str], attributes: list[str]) -> None:
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    page = render_to_string("site/base_plain.html", appearance.read(request) | {"request": request})
    root = page[page.index("<html") : page.index("<head")]
    assert [
        word for word in root.rstrip(" >\n").split() if word.startswith(("data-theme", "data-contrast"))
    ] == attributes
    assert page.count('aria-pressed="true"') == 2
