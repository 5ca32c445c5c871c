"""What can be chosen on the forms of this room."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from collegium.base import time
from collegium.decide.models import Matter
from collegium.people.actors import Actor
from collegium.people.models import Group, Person, Post, Unit
from collegium.people.models.dated import holds_on
from collegium.people.places import Place
from collegium.people.queries import groups, structure, units

MOST_PEOPLE, MOST_UNITS, MOST_GROUPS = 500, 60, 60


@dataclass(frozen=True, slots=True)
class Who:
    """Units and groups that can take part, by the value on a form."""

    units: dict[str, Unit]
    groups: dict[str, Group]

    def choices(self) -> list[tuple[str, str]]:
        """Return them for a form, units first."""
        return [
            *((key, _("Everybody in %(name)s") % {"name": unit.name}) for key, unit in self.units.items()),
            *((key, _("The group %(name)s") % {"name": group.name}) for key, group in self.groups.items()),
        ]


def list_who(actor: Actor, place: Place) -> Who:
    """Return the units and groups that can take part in a matter of a unit: itself, those in it, its groups."""
    unit = units.get_unit_for(actor, place)
    inside = Unit.objects.on(place.as_of).filter(id__in=structure.ids_within([place.unit_id], place.as_of))
    found_groups = groups.list_groups(actor, place)[:MOST_GROUPS]
    return Who(
        units={f"unit:{each.id}": each for each in [unit, *inside.order_by("name", "id")[:MOST_UNITS]]},
        groups={f"group:{each.id}": each for each in found_groups},
    )


def list_people(place: Place, *also: Person | None) -> list[Person]:
    """Return who can facilitate a matter of a unit: those who work there, by name, and who does it already."""
    today = time.today()
    posts = Post.objects.on(today).filter(unit_id__in=structure.inside(place.unit_id, today))
    there = Person.objects.filter(id__in=posts.values("person_id"), erased_at__isnull=True)
    roles = Person.objects.filter(
        holds_on(today, "roles__"), roles__unit_id=place.unit_id, erased_at__isnull=True
    ).distinct()
    found = {person.id: person for person in there.order_by("family_name", "given_name", "id")[:MOST_PEOPLE]}
    found |= {person.id: person for person in [*roles, *also] if person is not None and not person.erased_at}
    return sorted(found.values(), key=lambda person: (person.family_name, person.given_name, str(person.id)))


def list_facilitators(matter: Matter, place: Place) -> list[Person]:
    """Return who can facilitate a matter that is there already."""
    return list_people(place, matter.facilitator, matter.second)
