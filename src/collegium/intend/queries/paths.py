"""The way a unit has chosen to begin, and where trust stands there: from what was published, never from answers."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from collegium.base import time
from collegium.intend import policies
from collegium.intend.enums import Standing, StepKind
from collegium.intend.errors import NotFound
from collegium.intend.models import Intent, Revisit, TrustPath, TrustStep, Vision
from collegium.intend.models.paths import WHY_LIMIT
from collegium.intend.queries.circles import KINDS
from collegium.intend.trusting import Evidence, Suggestion, suggest
from collegium.listen.queries import heartbeat
from collegium.people.actors import Actor
from collegium.people.models import Person, Post, UnitRole
from collegium.people.models.dated import holds_on
from collegium.people.places import Place
from collegium.people.queries import structure
from collegium.science.measurement.change import Verdict

FACET = "trust"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What the guidance says on a day, and from which result. `is_hidden` says that the reader may not see that one."""

    suggestion: Suggestion
    evidence: Evidence | None
    source: str
    pulse_id: uuid.UUID | None
    is_hidden: bool = False


def read_guidance(actor: Actor, place: Place) -> Guidance:
    """Return what the guidance says to the actor on the day: what they may not see counts as not known."""
    wave = heartbeat.get_latest(place.unit_id, place.as_of)
    is_hidden = wave is not None and not heartbeat.can_view_beats(actor, place)
    if wave is None or is_hidden:
        nothing = suggest(None, place.as_of)
        return Guidance(suggestion=nothing, evidence=None, source="", pulse_id=None, is_hidden=is_hidden)
    closed_on = localtime(wave.closes_at).date()
    evidence = Evidence(closed_on=closed_on)
    if FACET in {each.key for each in wave.report.facets}:
        found = wave.report.facet(FACET)
        mean = found.mean.mean if found.mean.mean is not None and found.mean.mean.band is None else None
        interval = found.interval if mean is not None else None
        evidence = Evidence(
            closed_on=closed_on,
            n=found.n,
            mean=mean.value if mean is not None else None,
            low=interval.low if interval else None,
            high=interval.high if interval else None,
            fell=any(each.report.facet == FACET and each.report.verdict is Verdict.DOWN for each in wave.changes),
        )
    suggestion = suggest(evidence, place.as_of)
    return Guidance(suggestion=suggestion, evidence=evidence, source=wave.title, pulse_id=wave.pulse_id)


# --- the plan ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A path with its steps; `here` are those of their people who still work in the unit or have a role in it."""

    path: TrustPath
    steps: tuple[TrustStep, ...]
    here: frozenset[uuid.UUID]

    @property
    def current(self) -> TrustStep | None:
        """The first step that is not done."""
        return next((step for step in self.steps if step.done_on is None), None)

    def lacks_owner(self, step: TrustStep) -> bool:
        """Say whether nobody sees to an open step, or nobody who is still here."""
        return step.done_on is None and step.owner_id not in self.here

    def lacks_second(self, step: TrustStep) -> bool:
        """Say whether only one person could carry an open step."""
        return step.done_on is None and step.second_id not in self.here


def find_open(unit_id: uuid.UUID) -> TrustPath | None:
    """Return the path that a unit is on."""
    return TrustPath.objects.filter(unit_id=unit_id, left_at__isnull=True).select_related("unit", "chosen_by").first()


def get_open(place: Place) -> TrustPath:
    """Return the path that a unit is on; NotFound when it is on none."""
    path = find_open(place.unit_id)
    if path is None:
        raise NotFound
    return path


def read_plan(place: Place) -> Plan | None:
    """Return the path that a unit is on with its steps."""
    path = find_open(place.unit_id)
    if path is None:
        return None
    steps = tuple(TrustStep.objects.filter(path=path).select_related("owner", "second").order_by("place"))
    named = {person_id for step in steps for person_id in (step.owner_id, step.second_id) if person_id}
    return Plan(path=path, steps=steps, here=list_here(place, named))


def list_left(place: Place) -> list[TrustPath]:
    """Return the paths that a unit was on before, the latest first."""
    rows = TrustPath.objects.filter(unit_id=place.unit_id, left_at__isnull=False)
    return list(rows.select_related("chosen_by").order_by("-chosen_at", "id"))


def get_step(place: Place, step_id: uuid.UUID) -> TrustStep:
    """Return a step of the path that a unit is on; NotFound for any other."""
    rows = TrustStep.objects.filter(id=step_id, path__unit_id=place.unit_id, path__left_at__isnull=True)
    step = rows.select_related("path__unit", "owner", "second").first()
    if step is None:
        raise NotFound
    return step


def get_step_to_do(actor: Actor, place: Place, step_id: uuid.UUID) -> TrustStep:
    """Return a step to somebody who may report it; NotAllowed with the reason for others."""
    step = get_step(place, step_id)
    policies.check_can_do_step(actor, place, (step.owner_id, step.second_id))
    return step


def list_own_steps(actor: Actor) -> list[TrustStep]:
    """Return the open steps that the actor sees to, or would."""
    rows = TrustStep.objects.filter(path__left_at__isnull=True, done_on__isnull=True, community_id=actor.community_id)
    own = rows.filter(owner_id=actor.person_id) | rows.filter(second_id=actor.person_id)
    return list(own.select_related("path__unit").order_by("due_on", "place", "id"))


# --- who could carry a step -------------------------------------------------------------------------------------------
def _posts(place: Place, day: dt.date) -> dict[str, object]:
    """A school or team is small enough to offer all its people; above it only those who work in the unit itself."""
    if place.kind in KINDS:
        return {"unit_id__in": structure.inside(place.unit_id, day)}
    return {"unit_id": place.unit_id}


def list_here(place: Place, person_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return those of some people who work in the unit, or within it, or have a role in it today."""
    if not person_ids:
        return frozenset()
    today = time.today()
    of = {"person_id__in": person_ids, "person__erased_at__isnull": True}
    posts = Post.objects.filter(holds_on(today), unit_id__in=structure.inside(place.unit_id, today), **of)
    roles = UnitRole.objects.filter(holds_on(today), unit_id=place.unit_id, **of)
    return frozenset(posts.values_list("person_id", flat=True)) | frozenset(roles.values_list("person_id", flat=True))


def list_carriers(place: Place) -> list[Person]:
    """Return who could see to a step, by name."""
    today = time.today()
    posts = Post.objects.filter(holds_on(today), **_posts(place, today)).values("person_id")
    roles = UnitRole.objects.filter(holds_on(today), unit_id=place.unit_id).values("person_id")
    people = Person.objects.filter(community_id=place.community_id, erased_at__isnull=True)
    found = people.filter(id__in=posts) | people.filter(id__in=roles)
    return list(found.order_by("family_name", "given_name", "id"))


# --- revisiting -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Revisited:
    """A published text of the unit, and what a step of revisiting has made of it."""

    row: Vision | Intent
    revisit: Revisit | None

    @property
    def is_vision(self) -> bool:
        """Whether it is a vision; otherwise it is an intent."""
        return isinstance(self.row, Vision)

    @property
    def is_reworded(self) -> bool:
        """Whether it has a later wording than when it was opened again."""
        return self.revisit is not None and self.row.text.version > self.revisit.from_version

    @property
    def is_settled(self) -> bool:
        """Whether it was reworded, or somebody said why it stands."""
        return self.revisit is not None and (self.is_reworded or bool(self.revisit.stands_because))


def list_revisited(step: TrustStep) -> list[Revisited]:
    """Return what there is to revisit: the published visions of the unit, then its intents."""
    if step.kind != StepKind.REVISIT:
        return []
    of = {"unit_id": step.path.unit_id, "standing": Standing.PUBLISHED}
    visions = Vision.objects.filter(**of).select_related("text").order_by("published_at", "id")
    intents = Intent.objects.filter(**of).select_related("text").order_by("published_at", "id")
    opened = {row.text_id: row for row in Revisit.objects.filter(step=step).select_related("opened_by")}
    rows: list[Vision | Intent] = [*visions, *intents]
    return [Revisited(row=row, revisit=opened.get(row.text_id)) for row in rows]


def get_to_revisit(step: TrustStep, text_id: uuid.UUID) -> Revisited:
    """Return one of the texts that a step revisits; NotFound for any other."""
    for each in list_revisited(step):
        if each.row.text_id == text_id:
            return each
    raise NotFound


def get_learned_before(step: TrustStep) -> str:
    """Return what the step before this one taught, as much of it as stands beside a text."""
    before = TrustStep.objects.filter(path=step.path, place=step.place - 1)
    return (before.values_list("learned", flat=True).first() or "")[:WHY_LIMIT]


# --- for the person themselves ----------------------------------------------------------------------------------------
def dump(person_id: uuid.UUID) -> dict[str, Any]:
    """Return what is held of a person's part in how units begin, for the file that they take away."""
    steps = TrustStep.objects.filter(Q(owner_id=person_id) | Q(second_id=person_id)).select_related("path__unit")
    chosen = TrustPath.objects.filter(chosen_by_id=person_id).select_related("unit").order_by("chosen_at", "id")
    return {
        "steps": [
            {
                "unit": step.path.unit.name,
                "step": step.kind,
                "part": "owner" if step.owner_id == person_id else "second",
                "due_on": step.due_on.isoformat() if step.due_on else None,
                "done_on": step.done_on.isoformat() if step.done_on else None,
            }
            for step in steps.order_by("due_on", "id")
        ],
        "paths_chosen": [
            {"unit": path.unit.name, "path": path.path, "why": path.why, "chosen_at": path.chosen_at.isoformat()}
            for path in chosen
        ],
    }
