"""One-click sign-in for the people of the demo. Whoever holds a link is that person, so links exist nowhere else."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base import tenancy, time
from collegium.people.enums import GroupRole, Level, Role, UnitKind
from collegium.people.errors import NotFound
from collegium.people.models import Account, Community, GroupMembership, Person, Post, UnitRole
from collegium.people.services import accounts

SALT = "collegium.demo.sign-in"
_LEADING = (Level.SENIOR, Level.EXECUTIVE)


def make_links(community: Community) -> list[tuple[str, Person, str]]:
    """Return five people of the demo who each see the house from another place: what they are, who, and the path."""
    with tenancy.community_scope(community.id):
        found = [
            (_("Teacher"), _first(_in_posts(Level.CLASSROOM).filter(roles=None).exclude(id__in=_facilitators()))),
            (_("Team facilitator"), _first(_facilitators().filter(roles=None))),
            (_("Principal"), _first(_with_role(UnitKind.SCHOOL).filter(id__in=_in_posts(*_LEADING)))),
            (_("Alliance leader"), _first(_with_role(UnitKind.ALLIANCE))),
            (_("Governor"), _first(_in_posts(Level.GOVERNANCE))),
        ]
        return [(label, person, path_of(person)) for label, person in found if person is not None]


def path_of(person: Person) -> str:
    """Return the path that signs in as this person."""
    return reverse("demo_sign_in", args=[signing.dumps(str(person.id), salt=SALT)])


def open_link(token: str) -> tuple[Account, uuid.UUID]:
    """Return the account and the person that a link is for; NotFound for any other link, and outside a demo."""
    if not settings.DEMO:
        raise NotFound
    try:
        person_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotFound from None
    with tenancy.across_communities():
        person = Person.objects.filter(id=person_id, community__is_demo=True, erased_at__isnull=True).first()
        account = accounts.ensure_account(person.email, is_proven=True) if person else None
        if person is None or account is None:
            raise NotFound
        accounts.link_persons(account)
        return account, person.id


def _in_posts(*levels: Level) -> QuerySet[Person]:
    return Person.objects.filter(id__in=Post.objects.on(time.today()).filter(level__in=levels).values("person"))


def _with_role(kind: UnitKind) -> QuerySet[Person]:
    roles = UnitRole.objects.on(time.today()).filter(unit__kind=kind, role__in=[Role.STEWARD, Role.LEAD])
    return Person.objects.filter(id__in=roles.values("person"))


def _facilitators() -> QuerySet[Person]:
    memberships = GroupMembership.objects.on(time.today()).filter(role=GroupRole.FACILITATOR)
    return Person.objects.filter(id__in=memberships.values("person"))


def _first(persons: QuerySet[Person]) -> Person | None:
    return persons.exclude(email="").order_by("family_name", "given_name", "id").first()
