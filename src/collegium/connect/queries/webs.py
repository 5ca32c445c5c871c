"""A wave as plain arrays, for working out what it says."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from django.utils.timezone import localdate

from collegium.base import shared_work
from collegium.connect.models import Tie, TieLayer, TieWave, WaveMember
from collegium.connect.reporting.seen import Page, Seen
from collegium.connect.reporting.web import Layer, Rules, Web, make_web
from collegium.people.enums import Level
from collegium.people.models import GroupMembership
from collegium.people.models.dated import holds_on
from collegium.people.queries import units
from collegium.science.networks.network import NO_GROUP, Network
from collegium.science.results import BoolArray, IntArray

LARGEST_GROUP = 30  # in what more than so many do together, nobody is tied to everybody


@dataclass(frozen=True, kw_only=True, eq=False)
class WaveWeb:
    """A wave as a web: everybody has the place of their number, and units the place of their names in it."""

    web: Web
    persons: tuple[uuid.UUID | None, ...]
    numbers: IntArray
    school_ids: tuple[uuid.UUID, ...]
    data_hash: str

    @property
    def place_of(self) -> dict[uuid.UUID, int]:
        """The place of each person who is known."""
        return {person: place for place, person in enumerate(self.persons) if person is not None}


@dataclass(frozen=True, kw_only=True, eq=False)
class Core:
    """A unit that a wave says something about, who belongs to it, and which page of the wave its page is."""

    unit_id: uuid.UUID
    people: BoolArray
    page: Page

    def see(self, web: Web, rules: Rules) -> list[Seen]:
        """Return every layer as it is seen from the unit."""
        return [Seen(web=web, layer=layer, core=self.people, rules=rules, page=self.page) for layer in web.layers]


def list_cores(wave: TieWave, read: WaveWeb) -> dict[uuid.UUID, Core]:
    """Return the units a wave says something about: its own, and schools of at least k."""
    web, k = read.web, Rules().k
    schools = {
        school_id: core
        for place, school_id in enumerate(read.school_ids)
        if school_id != wave.unit_id and (core := web.in_school(place)).sum() >= k
    }
    whole = Core(unit_id=wave.unit_id, people=web.asked, page="whole" if schools else "only")
    parts = {unit_id: Core(unit_id=unit_id, people=core, page="part") for unit_id, core in schools.items()}
    return {wave.unit_id: whole, **parts}


def load_web(wave: TieWave, *, only: str = "") -> WaveWeb:
    """Read the members, layers and ties of a wave; of one layer only where its key is given."""
    members = list(WaveMember.objects.filter(wave=wave).order_by("number"))
    school_ids = _distinct(member.school_id for member in members)
    team_ids = _distinct(member.team_id for member in members)
    names = units.get_names([*school_ids, *team_ids])
    place = {member.id: number for number, member in enumerate(members)}
    known = [each for each in shared_work.list_together() if only in ("", each.key)]
    layers = [] if only and known else _read_layers(wave, place, only)
    layers += [layer for each in known if (layer := _known_layer(each, wave, members))]
    levels = list(Level.values)
    web = make_web(
        len(members),
        layers,
        school=_codes([member.school_id for member in members], school_ids),
        team=_codes([member.team_id for member in members], team_ids),
        level=_codes([member.level or None for member in members], levels),
        has_post=[member.has_post for member in members],
        asked=[member.asked for member in members],
        answered=[member.answered for member in members],
        shown=[member.shown for member in members],
        schools=[names[unit_id].name for unit_id in school_ids],
        teams=[names[unit_id].name for unit_id in team_ids],
        levels=levels,
    )
    return WaveWeb(
        web=web,
        persons=tuple(member.person_id for member in members),
        numbers=np.array([member.number for member in members], dtype=np.int64),
        school_ids=tuple(school_ids),
        data_hash=_hash(web),
    )


def _distinct(ids: Iterable[uuid.UUID | None]) -> list[uuid.UUID]:
    return sorted({each for each in ids if each is not None})


def _codes(values: Sequence[Any], known: Sequence[Any]) -> list[int]:
    places = {value: place for place, value in enumerate(known)}
    return [NO_GROUP if value is None else places[value] for value in values]


def _read_layers(wave: TieWave, place: dict[uuid.UUID, int], only: str) -> list[Layer]:
    asked = TieLayer.objects.filter(wave=wave, key=only) if only else TieLayer.objects.filter(wave=wave)
    layers = list(asked.order_by("position", "key"))
    rows: dict[uuid.UUID, list[tuple[int, int, float]]] = defaultdict(list)
    ties = Tie.objects.filter(layer__in=layers).values_list("layer_id", "source_id", "target_id", "weight")
    for layer_id, source, target, weight in ties.iterator():
        rows[layer_id].append((place[source], place[target], weight))
    return [_layer(layer, rows[layer.id], len(place)) for layer in layers]


def _layer(layer: TieLayer, rows: list[tuple[int, int, float]], n: int) -> Layer:
    table = np.array(rows, dtype=np.float64).reshape(-1, 3)
    has_weights = bool(layer.labels) or bool(len(table) and (table[:, 2] != 1).any())
    network = Network(n=n, edges=table[:, :2].astype(np.int64), weights=table[:, 2] if has_weights else None)
    labels = tuple((float(weight), str(label)) for weight, label in layer.labels)
    return Layer(key=layer.key, title=layer.title, network=network, origin=layer.origin, labels=labels)  # type: ignore[arg-type]


def _known_layer(kind: shared_work.Together, wave: TieWave, members: Sequence[WaveMember]) -> Layer | None:
    """Return who did something together on the day the wave closed: a layer of its own, never mixed with others."""
    place = {member.person_id: number for number, member in enumerate(members) if member.person_id}
    together = (
        sorted({place[person] for person in people if person in place})
        for people in kind.find(wave.community_id, localdate(wave.closes_at))
    )
    pairs = {pair for people in together if len(people) <= LARGEST_GROUP for pair in combinations(people, 2)}
    if not pairs:
        return None
    both = np.array(sorted(pairs | {(other, one) for one, other in pairs}), dtype=np.int64)
    return Layer(key=kind.key, title=str(kind.title), network=Network(n=len(members), edges=both), origin="known")


def find_in_groups(community_id: uuid.UUID, day: dt.date) -> list[list[uuid.UUID]]:
    """Return the people of each group on a day."""
    memberships = GroupMembership.objects.on(day).filter(holds_on(day, "group__"), community_id=community_id)
    groups: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for group_id, person_id in memberships.order_by("id").values_list("group_id", "person_id"):
        groups[group_id].append(person_id)
    return list(groups.values())


def _hash(web: Web) -> str:
    """Name what a web holds: the same people where they stand, the same ties."""
    taken = hashlib.sha256()
    for array in (web.school, web.team, web.level, web.has_post, web.asked, web.answered, web.shown):
        taken.update(array.tobytes())
    for layer in web.layers:
        taken.update(f"{layer.key}\0{layer.origin}\0{layer.network.digest}\n".encode())
    return taken.hexdigest()
