"""A small organisation with a bit of everything, for tests of pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.test import Client

from collegium.base import time
from collegium.people.enums import Governance, GroupRole, Level, Role, UnitKind
from collegium.people.models import Community, Group, Person, Unit
from tests import factories as make
from tests.people.sign_in.helpers import show


@dataclass
class World:
    """A district with a school of two teams and a small school, in an alliance; and whoever looks."""

    community: Community
    district: Unit
    alliance: Unit
    school: Unit
    other_school: Unit
    team: Unit
    group: Group
    steward: Person
    teacher: Person
    lead: Person
    stranger: Person


def build() -> World:
    """Make the world."""
    community = make.make_community("Estuary")
    district = make.make_unit(community, "Estuary District", kind=UnitKind.DISTRICT, slug="district")
    alliance = make.make_unit(community, "Estuary Alliance", kind=UnitKind.ALLIANCE, slug="alliance")
    school = make.make_unit(community, "Saltmarsh School", slug="saltmarsh", within=district)
    other = make.make_unit(community, "Ferry Road School", slug="ferry-road", within=district)
    make.contain(alliance, school, governance=Governance.AGREEMENT)
    make.contain(school, other, kind="partner")
    team = make.make_unit(community, "Maths team", kind=UnitKind.TEAM, slug="maths", within=school)
    steward = make.make_person(community, "Şule", "Demir", account=True)
    make.make_role(steward, school, Role.STEWARD, starts_on=dt.date(2024, 9, 1))
    make.make_post(steward, school, "Headteacher", level=Level.EXECUTIVE, starts_on=dt.date(2023, 9, 1))
    teacher = make.make_person(community, "Ieuan", "Prys", account=True)
    make.make_post(teacher, team, "Teacher of maths", starts_on=dt.date(2025, 9, 1))
    lead = make.make_person(community, "Wanjiru", "Kamau", account=True)
    make.make_role(lead, school, Role.LEAD)
    make.make_post(lead, team, "Head of maths", level=Level.MIDDLE)
    left = make.make_person(community, "Olga", "Novak")
    make.make_post(
        left, team, "Teacher of physics", starts_on=dt.date(2022, 9, 1), ends_on=time.today() - dt.timedelta(60)
    )
    stranger = make.make_person(community, "Amina", "Sesay", account=True)
    make.make_post(stranger, other, "Teacher")
    group = make.make_group(school, "Fractions", purpose="Everybody is sure of fractions by Year 6")
    make.make_membership(teacher, group, GroupRole.FACILITATOR)
    make.make_membership(left, group, ends_on=time.today() - dt.timedelta(days=60))
    make.make_strength(teacher, "Calming a loud room")
    return World(community, district, alliance, school, other, team, group, steward, teacher, lead, stranger)


def client_of(person: Person | None) -> Client:
    """Return a browser in which the person is signed in, and has just shown who they are."""
    client = Client()
    if person is not None:
        assert person.account is not None
        client.force_login(person.account, backend="allauth.account.auth_backends.AuthenticationBackend")
        show(client, person.account, seconds_ago=0)
    return client
