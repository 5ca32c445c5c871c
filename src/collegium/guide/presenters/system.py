"""A district or an alliance as one picture, and the same as a table."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.guide import system_layout, system_svg
from collegium.guide.moves.model import PHASES
from collegium.guide.queries.system import DECISION, ENQUIRY, INTENT, School, Shared, System, read_system_for
from collegium.guide.system_layout import Drawn, Point, Thing
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

MOST_NAMED = 5
# Of more schools than that, the picture of everything leaves out weaker lines, and those of what joins more than many.
CROWDED, MANY = 60, 12
MOST_LINES, MOST_LINES_CROWDED = 240, 120
LAYERS = {
    "ties": gettext_lazy("Ties"),
    "support": gettext_lazy("Support"),
    "intents": gettext_lazy("Intents"),
    "enquiries": gettext_lazy("Enquiries"),
    "decisions": gettext_lazy("Decisions"),
}
_LAYER_OF = {INTENT: "intents", ENQUIRY: "enquiries", DECISION: "decisions"}
PHASE_TITLES = {
    "beginning": gettext_lazy("Beginning"),
    "evolving": gettext_lazy("Evolving"),
    "mature": gettext_lazy("Mature"),
    "": gettext_lazy("Phase not yet told"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that the picture can be narrowed to."""

    title: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A school in the table."""

    name: str
    url: str
    phase: str
    ties: str
    support: str
    shared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingRow:
    """Something that schools share, in the table."""

    title: str
    url: str
    kind: str
    schools: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPage:
    """The picture, what it says in a few sentences, and the same as a table."""

    unit: UnitFrame
    sentences: tuple[str, ...]
    choices: tuple[Choice, ...]
    picture: SafeString
    svg_url: str
    file: str
    rows: tuple[Row, ...]
    things: tuple[ThingRow, ...]
    notes: tuple[str, ...]
    ties_url: str


def present_system(actor: Actor, place: Place, chosen: str) -> SystemPage:
    """Return the page; `chosen` narrows the picture to one kind of line, anything else shows all."""
    frame, system = frame_of(actor, place), read_system_for(actor, place)
    urls = _urls_of(system, frame.query)
    drawn = draw(place, system, chosen, urls)
    url = reverse("guide:system", args=[place.slug])
    picture = system_svg.write_svg(drawn, with_links=True)
    narrowed = f"{frame.query}{'&' if frame.query else '?'}show={chosen}" if chosen in LAYERS else frame.query
    return SystemPage(
        unit=frame,
        sentences=_sentences(system),
        choices=_choices(url, frame.query, chosen),
        picture=mark_safe(picture),  # noqa: S308 it was escaped where it was written
        svg_url=reverse("guide:system_svg", args=[place.slug]) + narrowed,
        file=f"{place.slug}-system",
        rows=_rows(system, urls),
        things=tuple(_thing_row(each, system, place.slug) for each in system.shared),
        notes=_notes(system, drawn),
        ties_url=reverse("connect:web", args=[place.slug, system.between.wave_id]) if system.between else "",
    )


def write_file(actor: Actor, place: Place, chosen: str) -> str:
    """Return the picture as a file."""
    return system_svg.write_svg(draw(place, read_system_for(actor, place), chosen, {}), with_links=False)


def _urls_of(system: System, query: str) -> dict[uuid.UUID, str]:
    return {each.id: reverse("people:unit_home", args=[each.slug]) + query for each in system.schools}


def draw(place: Place, system: System, chosen: str, urls: Mapping[uuid.UUID, str]) -> Drawn:
    """Lay the picture out; marks without an address do not open."""

    def shows(layer: str) -> bool:
        return chosen not in LAYERS or chosen == layer

    number_of = {each.id: number for number, each in enumerate(system.schools)}
    is_crowded = chosen not in LAYERS and len(system.schools) > CROWDED
    blocks = [(phase, [each for each in system.schools if each.phase == phase]) for phase in (*PHASES, "")]
    shared = [each for each in system.shared if shows(_LAYER_OF[each.kind])]
    ties = system.between.ties if system.between and shows("ties") else {}
    return system_layout.lay_out(
        title=_("%(unit)s as one system") % {"unit": place.name},
        blocks=[
            (str(PHASE_TITLES[phase]), [_point(number_of[each.id], each, urls) for each in held])
            for phase, held in blocks
            if held
        ],
        ties={
            (number_of[one], number_of[other]): count
            for (one, other), count in ties.items()
            if one in number_of and other in number_of
        },
        supports=sorted((number_of[one], number_of[other]) for one, other in system.supports)
        if shows("support")
        else [],
        things=[
            _thing(len(number_of) + number, each, place.slug, number_of, is_crowded=is_crowded)
            for number, each in enumerate(shared)
        ],
        most_lines=MOST_LINES_CROWDED if is_crowded else MOST_LINES,
    )


def _point(key: int, school: School, urls: Mapping[uuid.UUID, str]) -> Point:
    return Point(key=key, title=school.name, url=urls.get(school.id, ""), is_faint=not school.is_open)


def _thing(key: int, shared: Shared, slug: str, number_of: Mapping[uuid.UUID, int], *, is_crowded: bool) -> Thing:
    """Place something shared. What joins very many says how many, and has lines where it is looked at by itself."""
    n = len(shared.schools)
    has_lines = not shared.joins_all and not (is_crowded and n > MANY)
    note = "" if has_lines else ngettext("%(n)s school", "%(n)s schools", n) % {"n": n}
    if shared.joins_all:
        note = _("all schools")
    if not n:
        note = _("no school has joined it yet")
    return Thing(
        key=key,
        kind=cast(Literal["intent", "enquiry", "decision"], shared.kind),
        title=f"{shared.title} ({note})" if note else shared.title,
        url=_url_of(shared, slug),
        joins=frozenset(number_of[school] for school in shared.schools) if has_lines else frozenset(),
    )


def _url_of(shared: Shared, slug: str) -> str:
    """Return the page of something shared; intents are those of the unit itself."""
    if shared.kind == INTENT:
        return reverse("intend:intent", args=[slug, shared.id])
    return reverse({ENQUIRY: "enquire:enquiry", DECISION: "decide:matter"}[shared.kind], args=[shared.id])


def _choices(url: str, query: str, chosen: str) -> tuple[Choice, ...]:
    joint = "&" if query else "?"
    whole = Choice(title=_("Everything"), url=url + query, is_chosen=chosen not in LAYERS)
    return (
        whole,
        *(
            Choice(title=str(title), url=f"{url}{query}{joint}show={key}", is_chosen=chosen == key)
            for key, title in LAYERS.items()
        ),
    )


# --- words ------------------------------------------------------------------------------------------------------------
def _sentences(system: System) -> tuple[str, ...]:
    """Say what the picture shows, without putting any school before another."""
    n = len(system.schools)
    said = [ngettext("%(n)s school.", "%(n)s schools.", n) % {"n": n}]
    if system.between and n > 1:
        joined = len({frozenset(pair) for pair in system.between.ties})
        pairs = n * (n - 1) // 2
        told = {"joined": number_format(joined), "pairs": number_format(pairs)}
        told["day"] = date_format(system.between.closed_on)
        said.append(_("In %(joined)s of %(pairs)s pairs somebody turns to somebody, as asked until %(day)s.") % told)
    alone = _without_support(system)
    if alone:
        words = _("Nobody of another school supports %(names)s, as far as is written down here.")
        said.append(words % {"names": name_some(alone)})
    return tuple(said)


def _without_support(system: System) -> list[str]:
    """Return the schools, among those the reader may see into, that nobody of another school supports (L1)."""
    supported = {other for _one, other in system.supports}
    return [each.name for each in system.schools if each.is_open and each.id not in supported]


def _notes(system: System, drawn: Drawn) -> tuple[str, ...]:
    notes = []
    if drawn.left_out_lines:
        notes.append(
            ngettext(
                "%(n)s weaker line is left out of the picture; the table has it.",
                "%(n)s weaker lines are left out of the picture; the table has them.",
                drawn.left_out_lines,
            )
            % {"n": drawn.left_out_lines}
        )
    if drawn.left_out_things:
        notes.append(
            ngettext(
                "%(n)s more thing that is shared stands in the table alone.",
                "%(n)s more things that are shared stand in the table alone.",
                drawn.left_out_things,
            )
            % {"n": drawn.left_out_things}
        )
    if system.between is None:
        notes.append(_("Who turns to whom between schools is not known yet: a tie survey of all of them would tell."))
    else:
        notes += [
            _("%(names)s are told together in Connect, being of too few people to tell apart: they have no lines here.")
            % {"names": name_some([part or _("people of no school") for part in parts])}
            for parts in system.between.merged
        ]
    if any(not each.is_open for each in system.schools):
        notes.append(_("An empty mark is a school that you may not look into: of it only shared things are shown."))
    return tuple(notes)


def name_some(names: Sequence[str]) -> str:
    """Return names as a list; of very many the first and how many more."""
    shown = list(names[:MOST_NAMED])
    more = len(names) - len(shown)
    if more:
        shown.append(_("%(n)s more") % {"n": more})
    return shown[0] if len(shown) == 1 else _("%(list)s and %(last)s") % {
        "list": ", ".join(shown[:-1]), "last": shown[-1],
    }  # fmt: skip


# --- the table --------------------------------------------------------------------------------------------------------
def _rows(system: System, urls: Mapping[uuid.UUID, str]) -> tuple[Row, ...]:
    names = {each.id: each.name for each in system.schools}
    ties = system.between.ties if system.between else {}
    turns_to: dict[uuid.UUID, list[tuple[int, str]]] = defaultdict(list)
    turned_to: dict[uuid.UUID, list[tuple[int, str]]] = defaultdict(list)
    for (one, other), count in ties.items():
        if one in names and other in names:
            turns_to[one].append((count, names[other]))
            turned_to[other].append((count, names[one]))
    supports: dict[uuid.UUID, list[str]] = defaultdict(list)
    supported: dict[uuid.UUID, list[str]] = defaultdict(list)
    for one, other in system.supports:
        supports[one].append(names[other])
        supported[other].append(names[one])
    shared: dict[uuid.UUID, list[str]] = defaultdict(list)
    for thing in system.shared:
        for school in thing.schools:
            shared[school].append(thing.title)
    # Words are looked up once and not for each of many schools.
    to, by = _("turns to %(names)s"), _("is turned to by %(names)s")
    gives, has = _("supports %(names)s"), _("is supported by %(names)s")
    phases = {phase: str(title) for phase, title in PHASE_TITLES.items()} | {"": _("not yet told")}
    return tuple(
        Row(
            name=each.name,
            url=urls[each.id],
            phase=phases[each.phase],
            ties=_say((to, _count_names(turns_to[each.id])), (by, _count_names(turned_to[each.id]))),
            support=_say((gives, sorted(supports[each.id])), (has, sorted(supported[each.id]))),
            shared="; ".join(shared[each.id]),
        )
        for each in system.schools
    )


def _count_names(counted: list[tuple[int, str]]) -> list[str]:
    return [f"{name} ({count})" for count, name in sorted(counted, key=lambda each: (-each[0], each[1]))]


def _say(*said: tuple[str, list[str]]) -> str:
    return "; ".join(words % {"names": name_some(names)} for words, names in said if names)


def _thing_row(shared: Shared, system: System, slug: str) -> ThingRow:
    names = [each.name for each in system.schools if each.id in shared.schools]
    return ThingRow(
        title=shared.title,
        url=_url_of(shared, slug),
        kind=str({INTENT: _("intent"), ENQUIRY: _("enquiry"), DECISION: _("decision")}[shared.kind]),
        schools=_("all schools") if shared.joins_all else name_some(names) if names else _("none yet"),
    )
