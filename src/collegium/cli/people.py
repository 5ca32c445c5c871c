"""`collegium people`: what whoever runs a server needs before anybody can sign in, and when nobody can any more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from collegium.cli.console import remark, say, say_json, start_with_database

if TYPE_CHECKING:
    from collegium.people.actors import Actor

KINDS = ["school", "district", "trust", "alliance", "state", "team"]
LEVELS = ["classroom", "middle", "senior", "executive", "support", "governance"]
ROLES = ["steward", "lead", "supporter", "guest"]

in_community = click.option("--community", metavar="NAME", help="Which one, where there are several.")
as_json_option = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
unit_option = click.option("--unit", "slug", metavar="SLUG", required=True, help="The unit (collegium people units).")


@click.group()
def people() -> None:
    """Begin a community, add and invite people, give them roles.

    Everything else is done on the pages, by the stewards; rosters bring in whole staffs (collegium roster).

    \b
    Examples:
      collegium people add-community "Wendrill" --unit "Wendrill District" --kind district \\
          --given Marisol --family Echeverri --email m.echeverri@example.org
      collegium people add --unit wendrill-district --given Rohit --family Sanghera --email r.sanghera@example.org
      collegium people give-role r.sanghera@example.org steward --unit wendrill-district
      collegium people invite r.sanghera@example.org
    """


@contextmanager
def acting_in(community: str | None) -> Iterator[Actor]:
    """Act as the operator inside one community."""
    start_with_database()
    from collegium.base import tenancy
    from collegium.people.queries import operator

    with tenancy.across_communities():
        actor = operator.get_operator(community)
    with tenancy.community_scope(actor.community_id):
        yield actor


@people.command("add-community")
@click.argument("name")
@click.option("--unit", "unit_name", required=True, help="The name of its first and topmost unit.")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="What kind of unit that is.")
@click.option("--given", default="", help="The given name of the first steward.")
@click.option("--family", default="", help="The family name of the first steward.")
@click.option("--email", required=True, help="The address that the first steward signs in with.")
def add_community(name: str, unit_name: str, kind: str, given: str, family: str, email: str) -> None:
    """Begin a community with its first unit and its first steward, who can then do all the rest."""
    start_with_database()
    from django.db import transaction

    from collegium.base import tenancy
    from collegium.people.actors import operator_of
    from collegium.people.services import communities, persons, roles, units

    with tenancy.across_communities(), transaction.atomic():
        community = communities.add_community(name=name)
        actor = operator_of(community.id)
        unit = units.add_unit(actor=actor, within=None, kind=kind, name=unit_name)
        person = persons.add_person(actor=actor, unit=unit, given_name=given, family_name=family, email=email)
        roles.give_role(actor=actor, person=person, unit=unit, role="steward")
    say(f"Begun: {community.name}, with the {kind} {unit.name} ({unit.slug}).")
    say(f"{email} can sign in and look after it. Tell them with: collegium people invite {email}")
    remark("A unit should have two stewards. Add a second person and give them the role too.")


@people.command("communities")
@as_json_option
def list_communities(as_json: bool) -> None:
    """List the communities of this site."""
    start_with_database()
    from collegium.base import tenancy
    from collegium.people.queries import operator

    with tenancy.across_communities():
        found = operator.list_communities()
    if as_json:
        say_json([{"id": one.id, "name": one.name, "is_demo": one.is_demo} for one in found])
        return
    for one in found:
        say(f"{one.name}{' (demo)' if one.is_demo else ''}")
    if not found:
        say("None yet. Begin one with: collegium people add-community")


@people.command("units")
@in_community
@as_json_option
def list_units(community: str | None, as_json: bool) -> None:
    """List the units of a community with the slugs that other commands take."""
    with acting_in(community) as actor:
        from collegium.base import time
        from collegium.people.queries import operator

        found = operator.list_units(actor, time.today())
        if as_json:
            say_json([{"slug": one.slug, "kind": one.kind, "name": one.name, "id": one.id} for one in found])
            return
        wide = max((len(one.slug) for one in found), default=0)
        for one in found:
            say(f"{one.slug:<{wide}}  {one.kind:<8}  {one.name}")


@people.command("list")
@in_community
@click.option("--unit", "slug", metavar="SLUG", help="Only the people of this unit and of those inside it.")
@as_json_option
def list_people(community: str | None, slug: str | None, as_json: bool) -> None:
    """List people with their posts and roles."""
    with acting_in(community) as actor:
        from collegium.base import time
        from collegium.people.queries import operator, structure

        today, unit_ids = time.today(), None
        if slug:
            unit = operator.get_unit(actor, slug)
            unit_ids = structure.ids_within([unit.id], today) | {unit.id}
        found = operator.list_persons(actor, today, unit_ids)
    if as_json:
        say_json(
            [
                {"id": one.id, "name": one.name, "email": one.email, "posts": one.posts, "roles": one.roles}
                for one in found
            ]
        )
        return
    for one in found:
        say(f"{one.name}  {one.email or '(no address)'}")
        for line in (*one.posts, *one.roles):
            say(f"    {line}")
    remark(f"{len(found)} people")


@people.command("add")
@in_community
@unit_option
@click.option("--given", default="", help="Their given name.")
@click.option("--family", default="", help="Their family name.")
@click.option("--email", default="", help="The address they sign in with.")
@click.option("--title", default="", help="The title of their post.")
@click.option("--level", type=click.Choice(LEVELS), default="classroom", show_default=True, help="Its level.")
def add_person(community: str | None, slug: str, given: str, family: str, email: str, **post: str) -> None:
    """Add a person to a unit, with a post when a title is given."""
    with acting_in(community) as actor:
        from collegium.people.queries import operator
        from collegium.people.services import persons

        unit = operator.get_unit(actor, slug)
        person = persons.add_person(
            actor=actor, unit=unit, given_name=given, family_name=family, email=email, **_post_of(post)
        )
        say(f"Added {person.full_name} to {unit.name}.")


def _post_of(post: dict[str, str]) -> dict[str, Any]:
    return post if post["title"] else {}


@people.command()
@click.argument("email")
@in_community
def invite(email: str, community: str | None) -> None:
    """Send a person a mail that says where to sign in. It holds no password; they are sent a code when they come."""
    with acting_in(community) as actor:
        from django.conf import settings
        from django.urls import reverse

        from collegium.people.queries import operator
        from collegium.people.services import invitations

        person = operator.get_person(actor, email)
        url = settings.BASE_URL + reverse("account_login")
        invitations.invite_person(actor=actor, person=person, sign_in_url=url)
        remark(f"Sent to {person.email}.")


@people.command("give-role")
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@in_community
@unit_option
def give_role(email: str, role: str, community: str | None, slug: str) -> None:
    """Make a person steward, lead, supporter or guest of a unit."""
    with acting_in(community) as actor:
        from collegium.people.queries import operator
        from collegium.people.services import roles

        unit, person = operator.get_unit(actor, slug), operator.get_person(actor, email)
        roles.give_role(actor=actor, person=person, unit=unit, role=role)
        say(f"{person.full_name} is now {role} of {unit.name}.")


@people.command("end-role")
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@in_community
@unit_option
def end_role(email: str, role: str, community: str | None, slug: str) -> None:
    """End a person's role in a unit from today. The last steward stays until there is another."""
    with acting_in(community) as actor:
        from collegium.base import time
        from collegium.people.enums import Role
        from collegium.people.queries import operator
        from collegium.people.services import roles

        unit, person = operator.get_unit(actor, slug), operator.get_person(actor, email)
        held = operator.get_role(person, unit, Role(role), time.today())
        roles.end_role(actor=actor, role=held)
        say(f"{person.full_name} is no longer {role} of {unit.name}.")
