"""The line of a unit as a graph, read in a number of questions that does not grow with it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import QuerySet

from collegium.base import time
from collegium.base.indicators import look_up
from collegium.connect.queries import roster
from collegium.intend import policies
from collegium.intend.enums import NodeKind, Standing
from collegium.intend.models import (
    Challenge,
    Commitment,
    Intent,
    IntentLink,
    Point,
    PointServes,
    RoleHolding,
    Vision,
    WorkRole,
)
from collegium.intend.models.line import Standable
from collegium.intend.promise_enums import PromiseState
from collegium.intend.queries.carriers import StillHere, list_carriers
from collegium.intend.queries.serving import list_units_with_promises
from collegium.intend.throughline import gaps as gap_rules
from collegium.intend.throughline import sight
from collegium.intend.throughline.gaps import Gap
from collegium.intend.throughline.graph import Graph, Node, build
from collegium.people import policies as people_policies
from collegium.people.actors import Actor, operator_of
from collegium.people.enums import Role, UnitKind
from collegium.people.models import Unit
from collegium.people.models.dated import holds_on
from collegium.people.places import Place
from collegium.people.queries import places, staff, structure

_LEFT_OUT = (PromiseState.RELEASED,)
_DONE = (PromiseState.KEPT, PromiseState.PARTLY)
TITLE_LIMIT = 160
Thing = TypeVar("Thing", bound=Standable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a node stands for: the kind and id of its row, and the unit whose page it has."""

    kind: str
    id: uuid.UUID
    unit_id: uuid.UUID
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line of a unit, for somebody: what they may see of it, and what is missing on all of it.

    `inside` holds the ids of the units the line is about; what stands above them belongs to others. `wishes` says what
    hope needs and is missing, for each intent at which something is.
    """

    graph: Graph
    targets: dict[str, Target]
    gaps: tuple[Gap, ...]
    inside: frozenset[str]
    slugs: dict[uuid.UUID, str] = field(default_factory=dict)
    units: dict[uuid.UUID, str] = field(default_factory=dict)
    with_line: frozenset[str] = frozenset()
    wishes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class _Reader:
    """Gathers nodes and edges."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.nodes: list[Node] = []
        self.edges: list[tuple[str, str]] = []
        self.targets: dict[str, Target] = {}
        self.own = {place.unit_id} | structure.ids_within([place.unit_id], time.today())

    def read(self) -> None:
        """Read everything."""
        community = {"community_id": self.place.community_id}
        stands: dict[str, Any] = {**community, "unit_id__in": structure.inside(self.place.unit_id, time.today())}
        above = structure.ids_above(self.own, time.today()) - self.own
        published = {**community, "unit_id__in": above, "standing": Standing.PUBLISHED}
        intents = list(_standing(Intent, stands).select_related("text"))
        links = list(
            IntentLink.objects.filter(**community, withdrawn_at__isnull=True).values_list("upper_id", "lower_id")
        )
        challenges = list(_standing(Challenge, stands).order_by("by_on", "id"))
        challenges += _standing(Challenge, published).order_by("by_on", "id")
        intents += self._intents_above(intents, challenges, links, community)
        visions = list(_standing(Vision, stands))
        missing = {each.vision_id for each in intents if each.vision_id} - {each.id for each in visions}
        visions += _standing(Vision, {**community, "id__in": missing, "standing": Standing.PUBLISHED})
        points = list(Point.objects.filter(**stands).exclude(standing=Standing.WITHDRAWN).order_by("created_at", "id"))
        points += Point.objects.filter(**published).order_by("created_at", "id")
        roles = list(
            WorkRole.objects.on(time.today())
            .filter(holds_on(time.today(), "group__"), group__unit_id__in=stands["unit_id__in"], **community)
            .select_related("group")
            .order_by("title", "id")
        )
        here = self._still_here(challenges, points)
        for vision in visions:
            self._add_standing(vision, NodeKind.VISION)
        for intent in intents:
            self._add_standing(intent, NodeKind.INTENT, is_believed=bool(intent.text.parts.get("belief")))
            self._edge(intent.vision_id, intent.id)
        self.edges += [(upper.hex, lower.hex) for upper, lower in links]
        for challenge in challenges:
            self._add_challenge(challenge, here)
        self._add_points(points, here)
        self._add_roles(roles)
        self._add_promises(
            list(Commitment.objects.filter(**stands).exclude(state__in=_LEFT_OUT).order_by("due_on", "id"))
        )

    def _intents_above(
        self,
        intents: list[Intent],
        challenges: list[Challenge],
        links: list[tuple[uuid.UUID, uuid.UUID]],
        community: dict[str, uuid.UUID],
    ) -> list[Intent]:
        """Return the published intents of other units that these lead to, however far up."""
        uppers: dict[uuid.UUID, list[uuid.UUID]] = {}
        for upper, lower in links:
            uppers.setdefault(lower, []).append(upper)
        known = {each.id for each in intents}
        front = list(known | {each.intent_id for each in challenges if each.intent_id})
        found = set(front)
        while front:
            for upper in uppers.get(front.pop(), ()):
                if upper not in found:
                    found.add(upper)
                    front.append(upper)
        wanted = {**community, "id__in": found - known, "standing": Standing.PUBLISHED}
        return list(_standing(Intent, wanted).select_related("text"))

    def _still_here(self, challenges: list[Challenge], points: list[Point]) -> StillHere:
        rows: list[Challenge | Point] = [*challenges, *points]
        people = {each for row in rows for each in (row.owner_id, row.second_owner_id) if each}
        return StillHere(people, {row.unit_id for row in rows}, time.today())

    # --- adding -------------------------------------------------------------------------------------------------------
    def _add(self, node: Node, target: Target) -> None:
        self.nodes.append(node)
        self.targets[node.id] = target

    def _edge(self, upper_id: uuid.UUID | None, lower_id: uuid.UUID) -> None:
        if upper_id is not None:
            self.edges.append((upper_id.hex, lower_id.hex))

    def _add_standing(self, row: Standable, kind: NodeKind, *, is_believed: bool = False) -> None:
        is_living = row.standing == Standing.PUBLISHED
        node = Node(
            id=row.id.hex,
            kind=kind,
            title=row.title,
            unit=row.unit_id.hex,
            is_living=is_living,
            is_believed=is_believed,
        )
        self._add(node, Target(kind=kind, id=row.id, unit_id=row.unit_id, state="" if is_living else "draft"))

    def _add_challenge(self, row: Challenge, here: StillHere) -> None:
        is_living = row.standing == Standing.PUBLISHED and row.closed_at is None
        state = "draft" if not row.is_public else row.outcome or ("started" if row.started_at else "")
        node = Node(
            id=row.id.hex,
            kind=NodeKind.CHALLENGE,
            title=row.title,
            unit=row.unit_id.hex,
            owners=_present(here, row.owner_id, row.unit_id),
            seconds=_present(here, row.second_owner_id, row.unit_id),
            is_living=is_living,
        )
        self._add(node, Target(kind=NodeKind.CHALLENGE, id=row.id, unit_id=row.unit_id, state=state))
        self._edge(row.intent_id, row.id)

    def _add_points(self, points: list[Point], here: StillHere) -> None:
        for row in points:
            is_living = row.standing == Standing.PUBLISHED
            node = Node(
                id=row.id.hex,
                kind=row.kind,
                title=row.title,
                unit=row.unit_id.hex,
                owners=_present(here, row.owner_id, row.unit_id),
                seconds=_present(here, row.second_owner_id, row.unit_id),
                is_living=is_living,
                is_act=is_living and row.kind == NodeKind.ACTION,
            )
            self._add(node, Target(kind=row.kind, id=row.id, unit_id=row.unit_id, state="" if is_living else "draft"))
        rows = PointServes.objects.filter(community_id=self.place.community_id, lower__in=[row.id for row in points])
        for lower, *uppers in rows.values_list("lower_id", "vision_id", "intent_id", "challenge_id", "point_id"):
            for upper in uppers:
                self._edge(upper, lower)

    def _add_roles(self, roles: list[WorkRole]) -> None:
        holders: dict[uuid.UUID, list[str]] = {}
        held = RoleHolding.objects.on(time.today()).filter(role__in=[role.id for role in roles])
        for role_id, person_id in held.filter(person__erased_at__isnull=True).values_list("role_id", "person_id"):
            holders.setdefault(role_id, []).append(person_id.hex)
        for role in roles:
            unit_id = role.group.unit_id
            owners = tuple(sorted(holders.get(role.id, ())))
            target = Target(kind=NodeKind.ROLE, id=role.group_id, unit_id=unit_id)  # its page is the group's
            self._add(
                Node(id=role.id.hex, kind=NodeKind.ROLE, title=role.title, unit=unit_id.hex, owners=owners), target
            )
            self._edge(role.challenge_id, role.id)
            self._edge(role.goal_id, role.id)
            for place, text in enumerate(role.obligations):
                key = f"{role.id.hex}o{place}"
                self._add(
                    Node(
                        id=key,
                        kind=NodeKind.OBLIGATION,
                        title=str(text)[:TITLE_LIMIT],
                        unit=unit_id.hex,
                        owners=owners,
                    ),
                    target,
                )
                self.edges.append((role.id.hex, key))

    def _add_promises(self, promises: list[Commitment]) -> None:
        carriers = list_carriers(promises)
        for row in promises:
            carried = carriers[row.id]
            is_done = row.state in _DONE
            node = Node(
                id=row.id.hex,
                kind=NodeKind.COMMITMENT,
                title=" ".join(row.what.split())[:TITLE_LIMIT],
                unit=row.unit_id.hex,
                owners=tuple(each.person_id.hex for each in carried.owners),
                seconds=(carried.second.person_id.hex,) if carried.second else (),
                is_living=row.state == PromiseState.MADE,
                is_act=row.state == PromiseState.MADE or is_done,
            )
            target = Target(kind=NodeKind.COMMITMENT, id=row.id, unit_id=row.unit_id, state=row.state)
            self._add(node, target)
            self._edge(row.challenge_id, row.id)
            self._edge(row.goal_id, row.id)
            self._edge(row.by_role_id, row.id)
            self._add_parts(row, node, target)

    def _add_parts(self, row: Commitment, node: Node, target: Target) -> None:
        """A promise says its strategy, its pathway and its standard itself; each is a point behind the other."""
        upper = node.id
        for kind, text in (
            (NodeKind.STRATEGY, row.strategy),
            (NodeKind.PATHWAY, row.pathway),
            (NodeKind.STANDARD, row.standard),
        ):
            if not text.strip():
                continue
            key = f"{row.id.hex}{kind}"
            title = " ".join(text.split())[:TITLE_LIMIT]
            self._add(Node(id=key, kind=kind, title=title, unit=node.unit, is_living=node.is_act), target)
            self.edges.append((upper, key))
            upper = key


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """All of a line, whoever asks: nothing of it is shown before it is asked who may see it."""

    graph: Graph
    targets: dict[str, Target]
    own: frozenset[str]
    units: dict[uuid.UUID, Unit]


def _read_whole(place: Place) -> _Whole:
    reader = _Reader(place)
    reader.read()
    needed = Unit.objects.filter(id__in={each.unit_id for each in reader.targets.values()})
    units = {unit.id: unit for unit in needed.only("id", "name", "slug", "kind")}
    own = frozenset(each.hex for each in reader.own)
    graph = build(reader.nodes, reader.edges)
    graph = graph.keep(graph.up_from(key for key, node in graph.nodes.items() if node.unit in own))
    return _Whole(graph=graph, targets=reader.targets, own=own, units=units)


def read_line_for(actor: Actor, place: Place) -> Line:
    """Return the line of a unit and all within it, with what it leads to above, for somebody inside.

    What is missing is looked for on all of it, so that a promise that somebody may not read is not called missing to
    them; they are told of gaps at what they may see.
    """
    policies.check_can_view_throughline(actor, place)
    read = look_up(("intend whole", place.unit_id), lambda: _read_whole(place))
    whole, targets, units = read.graph, read.targets, read.units
    promises_of = _units_with_promises(actor, place, units.values())
    seen = {
        key
        for key, target in targets.items()
        if key in whole.nodes
        and (target.state not in ("draft", PromiseState.PROPOSED) or policies.can_view_drafts_of(actor, target.unit_id))
        and (target.kind not in (NodeKind.COMMITMENT, NodeKind.ROLE) or target.unit_id in promises_of)
    }
    inside = read.own
    found = gap_rules.find_gaps(whole)
    return Line(
        graph=whole.keep(seen),
        targets={key: target for key, target in targets.items() if key in seen},
        gaps=tuple(gap for gap in found if gap.of in seen and whole.nodes[gap.of].unit in inside),
        inside=inside,
        slugs={unit.id: unit.slug for unit in units.values()},
        units={unit.id: unit.name for unit in units.values()},
        with_line=sight.people_with_line(whole),
        wishes=gap_rules.find_wishes(whole),
    )


def list_opened(actor: Actor) -> frozenset[uuid.UUID]:
    """Return the units whose people, and so whose line, the actor may see: their own, and what is within those led."""
    led = [unit_id for unit_id, roles in actor.given.items() if {Role.STEWARD, Role.LEAD, Role.SUPPORTER} & roles]
    within = structure.ids_within(led, time.today()) if led else frozenset()
    return within | actor.member_of | frozenset(actor.given)


def _units_with_promises(actor: Actor, place: Place, units: Iterable[Unit]) -> set[uuid.UUID]:
    """Return the units whose promises the actor may read: those they belong to or look after, and what is within."""
    if actor.is_operator or people_policies.can_view_people_below(actor, place):
        return {unit.id for unit in units}
    return list_units_with_promises(actor)


# --- line of sight ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class SightRow:
    """How many of a unit's people have a line; None where that is not said."""

    unit: Unit
    coverage: sight.Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Coverage of the whole, and of what it is made of: teams of a school, schools of a larger unit."""

    whole: sight.Coverage
    rows: list[SightRow]
    own: bool | None


def read_sight(actor: Actor, place: Place, line: Line) -> Sight:
    """Return what share of people has a living line to an intent; names are told to nobody, one's own to oneself."""
    posts = staff.list_main_posts(place.unit_id, time.today())
    homes = {post.person_id.hex: post.unit_id for post in posts}
    parts = _parts_of(place, set(homes.values()))
    by_part = {person: parts.get(unit_id, place.unit_id).hex for person, unit_id in homes.items()}
    units = {unit.id.hex: unit for unit in Unit.objects.filter(id__in={*parts.values(), place.unit_id})}
    rows = [
        SightRow(unit=units[each.unit], coverage=each)
        for each in sight.cover(by_part, line.with_line)
        if each.unit != place.unit_id.hex
    ]
    return Sight(
        whole=sight.cover_whole(by_part, line.with_line, unit=place.unit_id.hex),
        rows=sorted(rows, key=lambda row: (row.unit.name, str(row.unit.id))),
        own=actor.person_id.hex in line.with_line if actor.person_id.hex in homes else None,
    )


def _parts_of(place: Place, unit_ids: set[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return for each unit the part of the place it counts with: its school in a larger unit, else itself."""
    if place.kind in (UnitKind.TEAM, UnitKind.SCHOOL):
        return {unit_id: unit_id for unit_id in unit_ids}
    return roster.list_schools_of_units(place.unit_id, time.today())


def _standing(model: type[Thing], stands: dict[str, Any]) -> QuerySet[Thing]:
    rows: QuerySet[Thing] = model._default_manager.filter(**stands)  # noqa: SLF001 Django's own name
    return rows.exclude(standing=Standing.WITHDRAWN).order_by("created_at", "id")


def _present(here: StillHere, person_id: uuid.UUID | None, unit_id: uuid.UUID) -> tuple[str, ...]:
    return (person_id.hex,) if person_id is not None and here.has(person_id, unit_id) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The line of a unit and its line of sight, for numbers that no reader asks for."""

    line: Line
    sight: Sight


def find_today(unit_id: uuid.UUID, as_of: dt.date) -> Today | None:
    """Return the line of a unit as it stands today, for whoever has asked who may see it; the past is not kept."""
    return look_up(("intend line", unit_id), lambda: _read_today(unit_id)) if as_of == time.today() else None


def _read_today(unit_id: uuid.UUID) -> Today:
    unit = Unit.objects.get(id=unit_id)
    actor, place = operator_of(unit.community_id), places.locate(unit, time.today())
    line = read_line_for(actor, place)
    return Today(line=line, sight=read_sight(actor, place, line))
