"""Inviting people: a mail that says where to sign in. It holds no secret; signing in sends the code."""

from __future__ import annotations

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from collegium.people import policies
from collegium.people.actors import Actor
from collegium.people.errors import Conflict, Invalid
from collegium.people.models import Community, Person
from collegium.people.queries import persons
from collegium.people.services import accounts
from collegium.people.services.writing import record


@transaction.atomic
def invite_person(*, actor: Actor, person: Person, sign_in_url: str) -> None:
    """Give a person an account and, once that is kept, send them the address of the sign-in page."""
    if not actor.is_operator:  # who may invite people that no unit has taken in yet
        policies.check_can_look_after_person(actor, persons.get_whereabouts(person))
    if person.erased_at is not None:
        raise Conflict("person_erased")
    if not person.email:
        raise Invalid("email_missing")
    accounts.ensure_account(person.email)
    community = Community.objects.get(id=person.community_id)
    context = {"person": person, "community": community, "sign_in_url": sign_in_url}
    subject = " ".join(render_to_string("people/email/invitation_subject.txt", context).split())
    text = render_to_string("people/email/invitation.txt", context)
    email = person.email
    transaction.on_commit(lambda: send_mail(subject, text, None, [email]))
    record(actor, "person.invited", person, person_id=person.id)
