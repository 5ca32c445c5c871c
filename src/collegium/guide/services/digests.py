"""Choosing how often the digest comes, ending it by its link, and letting the worker send those that are due."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from collegium.base import jobs, tenancy, time
from collegium.guide.enums import Often
from collegium.guide.errors import NotFound
from collegium.guide.models import DigestChoice
from collegium.guide.queries import digests as queries
from collegium.people import stop_links
from collegium.people.actors import Actor
from collegium.people.models import Community, Person

SEND_JOB = "guide.send_digests"
MORNING, EVENING = 7, 18  # digests are sent between these hours
_SALT = "collegium.guide.digest"


def choose_often(*, actor: Actor, often: str) -> None:
    """Say how often the actor gets the digest; the next one comes on the next Monday that is due."""
    _keep(actor.community_id, actor.person_id, often=Often(often), made_on=time.today())


def _keep(community_id: uuid.UUID, person_id: uuid.UUID, **values: object) -> None:
    with transaction.atomic():
        DigestChoice.objects.update_or_create(
            person_id=person_id, defaults=values, create_defaults={"community_id": community_id, **values}
        )


def stop_path(person: Person) -> str:
    """Return the address that ends the digest of a person."""
    return reverse("guide:digest_stop", args=[stop_links.write_token(person, _SALT)])


def check_stop(token: str) -> tuple[uuid.UUID, uuid.UUID]:
    """Return the community and the person that the link of a mail was written for; NotFound for any other text."""
    return stop_links.read_token(token, _SALT)


def stop(token: str) -> None:
    """End the digest of whoever the link of a mail was written for."""
    community_id, person_id = check_stop(token)
    with tenancy.community_scope(community_id):
        if not Person.objects.filter(id=person_id, community_id=community_id).exists():
            raise NotFound
        _keep(community_id, person_id, often=Often.NEVER)


def do_what_is_due() -> None:
    """Let the worker send what is due, by day; nothing is started twice. No demo writes to anybody."""
    if not MORNING <= localtime(time.now()).hour < EVENING:
        return
    with tenancy.across_communities():
        for community_id in Community.objects.filter(is_demo=False).values_list("id", flat=True):
            is_due = queries.list_due(community_id, time.today()).exists()
            if is_due and jobs.is_wanted(SEND_JOB, community_id=community_id):
                jobs.enqueue(SEND_JOB, community_id=community_id, started_by=None, community=str(community_id))


def claim(person: Person, day: dt.date) -> DigestChoice | None:
    """Take a digest in hand before it is made, so that nobody gets two; None where somebody else has."""
    with transaction.atomic():
        row, is_new = DigestChoice.objects.get_or_create(
            person=person, defaults={"community_id": person.community_id, "made_on": day}
        )
        start = queries.get_start(Often(row.often), day)
        left = DigestChoice.objects.filter(id=row.id, made_on__lt=start).exclude(often=Often.NEVER)
        return row if is_new or left.update(made_on=day) else None


def note_said(row: DigestChoice, fingerprint: str) -> None:
    """Keep what tells whether the next digest would say the same."""
    DigestChoice.objects.filter(id=row.id).update(said=fingerprint)


def forget_person(person_id: uuid.UUID) -> None:
    """Forget how often somebody wanted the digest."""
    DigestChoice.objects.filter(person_id=person_id).delete()
