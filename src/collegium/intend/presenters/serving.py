"""What is promised for a challenge or a goal, on its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.intend.enums import Standing
from collegium.intend.models import Challenge, Point
from collegium.intend.presenters.promises import PromiseRow, present_row
from collegium.intend.queries.carriers import list_carriers
from collegium.intend.queries.serving import list_places_to_promise, list_serving_for
from collegium.people.actors import Actor
from collegium.people.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingBox:
    """The promises that serve something, and where to make another."""

    rows: tuple[PromiseRow, ...]
    more: int
    reads_all: bool
    add: tuple[tuple[str, str], ...]


def present_serving(actor: Actor, place: Place, served: Challenge | Point) -> ServingBox | None:
    """Return what is promised for a challenge or a goal; None for a draft, which nobody can promise anything for."""
    is_draft = served.standing == Standing.DRAFT if isinstance(served, Point) else not served.is_public
    if is_draft:
        return None
    found = list_serving_for(actor, place, served)
    carriers = list_carriers(found.promises)
    own = list_places_to_promise(actor, place, served)
    return ServingBox(
        rows=tuple(present_row(row, carriers[row.id], of_unit=place) for row in found.promises),
        more=found.count - len(found.promises),
        reads_all=found.reads_all,
        add=tuple(
            (
                _("Promise something for it")
                if len(own) == 1
                else _("Promise something for it at %(unit)s") % {"unit": each.name},
                f"{reverse('intend:promise_add', args=[each.slug])}?serves={served.id}",
            )
            for each in own
        ),
    )
