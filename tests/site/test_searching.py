"""A search finds a name however its letters are written."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import connection

from collegium.people.models import Person
from collegium.site import searching
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = ("Özlem", "ŁUKASZ", "Ångström", "Иван", "ΑΘΗΝΑ", "Nguyễn", "Šárka", "عبد", "O'Brien")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_in_capitals_and_in_small_letters_whole_and_in_part(name: str) -> None:
    community = factories.make_community()
    wanted = factories.make_person(community, name)
    factories.make_person(community, "Beatrix")
    for text in (name, name.upper(), name.lower(), name.upper()[1:], name.lower()[:-1]):
        assert list(Person.objects.filter(given_name__icontains=text)) == [wanted], text


def test_what_a_pattern_would_mean_is_only_a_letter() -> None:
    community = factories.make_community()
    wanted = factories.make_person(community, "100% Ö_Ä")
    factories.make_person(community, "1000 ÖxÄ")
    for text in ("0% ö_ä", "ö_", "% Ö", "ä' OR 1=1"):
        found = [] if "OR" in text else [wanted]
        assert list(Person.objects.filter(given_name__icontains=text)) == found, text


def test_accents_are_found_however_they_are_composed() -> None:
    assert searching.fold(unicodedata.normalize("NFD", "ÖZLEM")) == "özlem"
    assert searching.contains("Weißenfels", searching.fold("WEISSEN"))
    assert searching.contains(None, "x") is None


def test_plain_letters_take_the_way_of_the_database() -> None:
    sql = str(Person.objects.filter(given_name__icontains="ada").query)
    assert searching.FUNCTION not in sql
    if connection.vendor == "sqlite":
        assert searching.FUNCTION in str(Person.objects.filter(given_name__icontains="ö").query)
