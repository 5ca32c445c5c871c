"""The conversation on an enquiry: for everybody who reads it, until it is closed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from collegium.base import time
from collegium.enquire import talking
from collegium.enquire.errors import NotFound
from collegium.enquire.models import Enquiry, EnquiryMember
from collegium.people.models import Person
from tests import factories as make
from tests.enquire.rows import make_enquiry
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


def read(person: Person, enquiry: Enquiry) -> str:
    response = client_of(person).get(reverse("enquire:enquiry", args=[enquiry.id]))
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_unit_and_the_team_talk_until_the_enquiry_is_closed() -> None:
    community = make.make_community()
    unit = make.make_unit(community)
    ada, cem, guest, outsider = (make.make_person(community, name, account=True) for name in ("Ada", "Cem", "G", "O"))
    for person in (ada, cem):
        make.make_post(person, unit)
    for person in (guest, outsider):
        make.make_post(person, make.make_unit(community))
    enquiry = make_enquiry(unit, ada)
    EnquiryMember.objects.create(community=community, enquiry=enquiry, person=guest)
    write = reverse("talk:write", args=[talking.KIND, enquiry.id])
    for person, text in ((cem, "Try it at two doors."), (guest, "We did, on Mondays.")):
        client_of(person).post(write, {"text": text})
        assert text in read(ada, enquiry)
    subject = talking.load(make.actor_of(ada), enquiry.id)
    assert subject.can_moderate
    assert set(subject.list_people()) == {ada.id, guest.id}
    with pytest.raises(NotFound):
        talking.load(make.actor_of(outsider), enquiry.id)
    Enquiry.objects.filter(id=enquiry.id).update(ending="adopt", closed_at=time.now(), finding="It helps.")
    page = read(ada, enquiry)
    assert "We did, on Mondays." in page
    assert write not in page
