"""Visions and intents: drafted by members, published by those who lead, reworded with a reason, withdrawn and kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from collegium.base import time
from collegium.intend.enums import Standing
from collegium.intend.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.intend.models import Conversation, Dissent, IntentLink, SignOn, Vision
from collegium.intend.queries import line as queries
from collegium.intend.queries import names, own_line
from collegium.intend.services import conversing, line
from collegium.people.enums import Role, UnitKind
from collegium.people.services import persons
from tests import factories as make
from tests.intend import worlds

pytestmark = pytest.mark.django_db


def refused(code: str, error: type[Exception] = Invalid) -> object:
    return pytest.raises(error, match=f"^{code}$")


def test_a_draft_is_for_members_until_it_is_published() -> None:
    world = worlds.build()
    member, lead = make.actor_of(world.staff[0]), make.actor_of(world.lead)
    place = make.place_of(world.school)
    vision = line.write_vision(actor=member, unit=world.school, parts={"title": " A  school ", "body": "We read."})
    assert (vision.title, vision.standing) == ("A school", Standing.DRAFT)
    above = make.actor_of(worlds.lead_of(world.district))
    assert queries.list_visions_for(member, place) == [vision]
    assert queries.list_visions_for(above, place) == []
    with pytest.raises(NotFound):
        queries.get_vision_for(above, place, vision.id)
    with refused("leads_only", NotAllowed):
        line.publish(actor=member, thing=vision)
    line.publish(actor=lead, thing=vision)
    assert queries.get_vision_for(above, place, vision.id) == vision
    with refused("standing_published_already", Conflict):
        line.publish(actor=lead, thing=vision)


def test_what_is_withdrawn_stays_with_its_reason_and_changes_no_more() -> None:
    world = worlds.build()
    lead, place = make.actor_of(world.lead), make.place_of(world.school)
    vision = worlds.write_vision(world.school, world.lead)
    with refused("withdrawal_reason_missing"):
        line.withdraw(actor=lead, thing=vision, because=" ")
    line.withdraw(actor=lead, thing=vision, because="We merged two schools.")
    assert queries.list_visions_for(lead, place) == []
    assert queries.list_withdrawn_for(lead, place) == [vision]
    wording = line.Wording(parts={"title": "New", "body": "New."}, reason="Late", from_version=1)
    for act in (
        lambda: line.reword(actor=lead, thing=vision, wording=wording),
        lambda: line.publish(actor=lead, thing=vision),
        lambda: line.withdraw(actor=lead, thing=vision, because="Again"),
    ):
        with refused("standing_withdrawn", Conflict):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Vision.objects.filter(id=vision.id).update(withdrawn_because="")


def test_a_withdrawn_draft_stays_among_members() -> None:
    world = worlds.build()
    draft = worlds.write_vision(world.school, world.lead, publish=False)
    line.withdraw(actor=make.actor_of(world.staff[0]), thing=draft, because="We wrote another.")
    above = make.actor_of(worlds.lead_of(world.district))
    assert queries.list_withdrawn_for(above, make.place_of(world.school)) == []
    with pytest.raises(NotFound):
        queries.get_vision_for(above, make.place_of(world.school), draft.id)


def test_members_reword_drafts_and_leads_what_is_published() -> None:
    world = worlds.build()
    member, lead = make.actor_of(world.staff[0]), make.actor_of(world.lead)
    intent = worlds.write_intent(world.school, world.lead, publish=False)
    wording = line.Wording(
        parts={**intent.text.parts, "title": "Read for life"}, reason="Pupils said so.", from_version=1
    )
    line.reword(actor=member, thing=intent, wording=wording)
    assert intent.title == "Read for life"
    line.publish(actor=lead, thing=intent)
    second = line.Wording(parts={**intent.text.parts, "title": "Read"}, reason="Shorter", from_version=2)
    with refused("leads_only", NotAllowed):
        line.reword(actor=member, thing=intent, wording=second)
    line.reword(actor=lead, thing=intent, wording=second)
    assert intent.text.version == 3


def test_an_intent_looks_forward_and_comes_from_a_vision_that_stands() -> None:
    world = worlds.build()
    lead = make.actor_of(world.lead)
    parts = {"title": "Read", "direction": "Forward"}
    with refused("horizon_past"):
        line.write_intent(actor=lead, unit=world.school, parts=parts, horizon_on=time.today())
    vision = worlds.write_vision(world.school, world.lead)
    line.withdraw(actor=lead, thing=vision, because="Old")
    with refused("serves_unknown"):
        line.write_intent(actor=lead, unit=world.school, parts=parts, vision=vision)
    hidden = worlds.write_vision(world.district, worlds.lead_of(world.district), publish=False)
    outsider = make.actor_of(worlds.lead_of(make.make_unit(world.community)))
    with refused("serves_unknown"):
        line.check_serves_vision(outsider, hidden)
    with refused("text_part_missing"):
        line.write_intent(actor=lead, unit=world.school, parts={"title": "Read", "direction": " "})


def test_a_conversation_is_kept_in_three_lines() -> None:
    world = worlds.build()
    member = make.actor_of(world.staff[0])
    kept = conversing.record_conversation(
        actor=member,
        unit=world.school,
        held_on=time.today(),
        who="Two teams",
        format="team",
        outcome="One.\n\n  Two. \nThree.",
    )
    assert kept.outcome == "One.\nTwo.\nThree."
    said = {"unit": world.school, "who": "", "format": "team"}
    with refused("conversation_too_long"):
        conversing.record_conversation(actor=member, held_on=time.today(), outcome="1\n2\n3\n4", **said)
    with refused("conversation_to_come"):
        conversing.record_conversation(
            actor=member, held_on=time.today() + dt.timedelta(days=1), outcome="One.", **said
        )
    other = make.actor_of(world.staff[1])
    with refused("leads_only", NotAllowed):
        conversing.withdraw_conversation(actor=other, conversation=kept)
    conversing.withdraw_conversation(actor=member, conversation=kept)
    assert queries.list_conversations_for(member, make.place_of(world.school)) == []
    assert Conversation.objects.count() == 1, "it is withdrawn, not deleted"


def test_whoever_sees_it_otherwise_is_heard_until_they_take_it_back() -> None:
    world = worlds.build()
    member, other, lead = (make.actor_of(each) for each in (*world.staff, world.lead))
    place = make.place_of(world.school)
    intent = worlds.write_intent(world.school, world.lead)
    said = conversing.say_dissent(actor=member, intent=intent, body="It comes too soon.")
    with refused("dissent_said_already", Conflict):
        conversing.say_dissent(actor=member, intent=intent, body="Again")
    with refused("only_yourself", NotAllowed):
        conversing.withdraw_dissent(actor=lead, dissent=said)
    with refused("leads_only", NotAllowed):
        conversing.answer_dissent(actor=other, dissent=said, answer="No")
    conversing.answer_dissent(actor=lead, dissent=said, answer="We begin with one class.")
    assert queries.list_dissent_for(other, place, intent) == [said]
    outsider = make.actor_of(worlds.lead_of(world.district))
    assert queries.list_dissent_for(outsider, place, intent) == []
    conversing.withdraw_dissent(actor=member, dissent=said)
    assert queries.list_dissent_for(lead, place, intent) == []
    conversing.say_dissent(actor=member, intent=intent, body="Still too soon.")


def test_intents_serve_several_above_and_never_in_a_circle() -> None:
    world = worlds.build()
    alliance = make.make_unit(world.community, kind=UnitKind.ALLIANCE)
    make.contain(alliance, world.school)
    for unit in (world.district, alliance):
        make.make_role(world.lead, unit, Role.LEAD)
    lead = make.actor_of(world.lead)
    ours = worlds.write_intent(world.school, world.lead)
    beside = worlds.write_intent(world.school, world.lead, "Write together")
    upper = worlds.write_intent(world.district, world.lead, "Read everywhere")
    allied = worlds.write_intent(alliance, world.lead, "Read across schools")
    draft = worlds.write_intent(alliance, world.lead, "Not yet", publish=False)
    first = conversing.link_intent(actor=lead, lower=ours, upper=upper, kind="adopts")
    conversing.link_intent(actor=lead, lower=ours, upper=allied, kind="serves", note="In our own way.")
    conversing.link_intent(actor=lead, lower=upper, upper=allied, kind="serves")
    for lower, above, code, error in (
        (ours, ours, "link_to_itself", Invalid),
        (ours, beside, "link_within_unit", Invalid),
        (ours, draft, "link_not_published", Invalid),
        (ours, upper, "link_there_already", Conflict),
        (allied, ours, "link_in_a_circle", Invalid),
        (allied, upper, "link_in_a_circle", Invalid),
    ):
        with refused(code, error):
            conversing.link_intent(actor=lead, lower=lower, upper=above, kind="serves")
    links = queries.list_links_for(lead, ours)
    assert [link.upper for link in links.above] == [upper, allied]
    assert [link.lower for link in queries.list_links_for(lead, allied).below] == [ours, upper]
    conversing.unlink_intent(actor=lead, link=first)
    with refused("standing_withdrawn", Conflict):
        conversing.unlink_intent(actor=lead, link=first)
    conversing.link_intent(actor=lead, lower=ours, upper=upper, kind="serves")
    with pytest.raises(IntegrityError), transaction.atomic():
        IntentLink.objects.create(community=world.community, lower=ours, upper=ours, kind="serves")


def test_names_are_read_by_whom_people_lets_see_them() -> None:
    world = worlds.build()
    beside = make.make_unit(world.community, within=world.district)
    far = make.make_person(world.community)
    make.make_post(far, beside)
    member = world.staff[0]
    ids = [member.id, far.id, None]
    assert set(names.get_names_for(make.actor_of(world.staff[1]), ids)) == {member.id}
    assert set(names.get_names_for(make.actor_of(far), ids)) == {far.id}
    assert set(names.get_names_for(make.actor_of(worlds.lead_of(world.district)), ids)) == {member.id, far.id}
    group = make.make_group(world.school)
    for person in (far, member):
        make.make_membership(person, group)
    assert set(names.get_names_for(make.actor_of(far), ids)) == {member.id, far.id}
    stranger = make.actor_of(worlds.lead_of(make.make_unit(make.make_community())))
    assert names.get_names_for(stranger, ids) == {}


def test_what_is_somebodys_own_goes_with_them_and_their_words_stay() -> None:
    world = worlds.build()
    member, second = world.staff
    actor = make.actor_of(member)
    intent = worlds.write_intent(world.school, world.lead)
    conversing.say_dissent(actor=actor, intent=intent, body="Too soon.")
    challenge = worlds.write_challenge(world.school, world.lead, owner=member, second_owner=second)
    SignOn.objects.create(community=world.community, challenge=challenge, person=member)
    draft = line.write_vision(actor=actor, unit=world.school, parts={"title": "Read", "body": "We read."})
    dumped = own_line.dump(member.id)
    assert dumped["owned"] == ["Every pupil reads"]
    assert dumped["seen_otherwise"][0]["said"] == "Too soon."
    assert dumped["worded"][0]["parts"]["body"] == "We read."
    persons.erase_person(actor=actor, person=member)
    assert not Dissent.objects.exists()
    assert not SignOn.objects.exists()
    challenge.refresh_from_db()
    assert (challenge.owner_id, challenge.second_owner_id) == (second.id, None)
    draft.refresh_from_db()
    assert (draft.created_by_id, draft.text.parts["body"]) == (None, "We read.")
    assert own_line.dump(member.id) == {"owned": [], "signed_on": [], "seen_otherwise": [], "worded": []}
