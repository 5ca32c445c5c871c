"""Which challenge an enquiry serves: an open one of its unit or of one above."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from collegium.base import time
from collegium.enquire.errors import Invalid
from collegium.enquire.models import Enquiry
from collegium.enquire.presenters import enquiries as presenter
from collegium.enquire.queries import enquiries as queries
from collegium.enquire.services import enquiries as services
from collegium.enquire.services.enquiries import Said
from collegium.intend.models import Challenge
from tests import factories as make
from tests.enquire.rows import make_enquiry
from tests.intend import worlds
from tests.intend.worlds import Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Line:
    return worlds.build()


def begin(world: Line, challenge: Challenge) -> Enquiry:
    said = Said(title="Doors", question="Does it help?", challenge=challenge)
    return services.begin(actor=make.actor_of(world.staff[0]), unit=world.school, said=said)


def test_a_challenge_is_chosen_on_the_page_and_linked_from_the_enquiry(world: Line) -> None:
    challenge = worlds.write_challenge(world.school, world.lead, "Every pupil reads aloud")
    client = Client()
    client.force_login(world.staff[0].account)
    url = reverse("enquire:enquiry_add", args=[world.school.slug])
    assert "Every pupil reads aloud" in client.get(url).content.decode()
    sent = {"title": "Partners", "question": "Does it help?", "template": "pdsa"}
    assert client.post(url, {**sent, "challenge": str(world.school.id)}).status_code == 422
    page = client.post(url, {**sent, "challenge": str(challenge.id)}, follow=True).content.decode()
    assert reverse("intend:challenge", args=[world.school.slug, challenge.id]) in page
    enquiry = Enquiry.objects.get()
    assert enquiry.challenge == challenge
    client.post(reverse("enquire:enquiry_change", args=[enquiry.id]), {**sent, "challenge": ""})
    enquiry.refresh_from_db()
    assert enquiry.challenge is None


def test_one_of_the_district_can_be_served_and_everybody_who_reads_the_enquiry_sees_it(world: Line) -> None:
    challenge = worlds.write_challenge(world.district, worlds.lead_of(world.district), "Every school reads")
    enquiry = begin(world, challenge)
    actor = make.actor_of(world.staff[1])
    page = presenter.present_enquiry(actor, queries.get_enquiry_for(actor, enquiry.id))
    assert page.challenge == "Every school reads"
    assert world.district.slug in page.challenge_url


def test_drafts_and_those_of_other_schools_or_communities_are_refused(world: Line) -> None:
    beside = make.make_unit(world.community, within=world.district)
    elsewhere = worlds.build()
    for wrong in (
        worlds.write_challenge(world.school, world.lead, publish=False),
        worlds.write_challenge(beside, worlds.lead_of(beside)),
        worlds.write_challenge(elsewhere.school, elsewhere.lead),
    ):
        with pytest.raises(Invalid) as told:
            begin(world, wrong)
        assert told.value.code == "enquiry_challenge_elsewhere"
    assert not Enquiry.objects.exists()


def test_one_that_closes_meanwhile_stays_and_can_be_kept(world: Line) -> None:
    challenge = worlds.write_challenge(world.school, world.lead)
    enquiry = begin(world, challenge)
    Challenge.objects.filter(id=challenge.id).update(closed_at=time.now(), outcome="met")
    challenge.refresh_from_db()
    actor = make.actor_of(world.staff[0])
    found = queries.get_enquiry_for(actor, enquiry.id)
    assert queries.list_challenges(found) == [challenge]
    said = Said(title="Doors", question="Does it still?", owner=world.staff[0], challenge=challenge)
    services.change(actor=actor, enquiry=found.enquiry, standing=found.standing, said=said)
    enquiry.refresh_from_db()
    assert (enquiry.challenge, enquiry.question) == (challenge, "Does it still?")
    other = make_enquiry(world.school, world.staff[0])
    assert queries.list_challenges(queries.get_enquiry_for(actor, other.id)) == []
    with pytest.raises(Invalid):
        begin(world, challenge)
