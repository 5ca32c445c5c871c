"""What somebody values, thinks and does: their own page, and what a circle of them shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base.own_part import Section
from collegium.base.panels import PanelContent, Sentence
from collegium.base.sentences import join
from collegium.intend.enums import Side
from collegium.intend.models import Mindscape
from collegium.intend.queries import circles, mindscapes, values
from collegium.intend.queries.circles import Choice, Gathering
from collegium.intend.queries.mindscapes import Kindred, Own, Shared
from collegium.people.actors import Actor
from collegium.people.presenters.persons import KnownFact

TITLES: dict[Side, Any] = {
    Side.HEART: gettext_lazy("Heart: what we value"),
    Side.HEAD: gettext_lazy("Head: what we think makes it so"),
    Side.HAND: gettext_lazy("Hand: what we do"),
}
OWN_TITLES: dict[Side, Any] = {
    Side.HEART: gettext_lazy("Heart: what I value"),
    Side.HEAD: gettext_lazy("Head: what I think makes it so"),
    Side.HAND: gettext_lazy("Hand: what I do"),
}
EXAMPLES: dict[Side, Any] = {
    Side.HEART: gettext_lazy("Such as “Every child is known by name.”"),
    Side.HEAD: gettext_lazy("Such as “Children learn most from what they can explain to another.”"),
    Side.HAND: gettext_lazy("Such as “I greet each of them at the door.”"),
}


# --- one's own --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """A statement of one's own, who sees it, and what can be done with it."""

    body: str
    is_shared: bool
    shared_with: str
    is_named: bool
    echoes: str
    circle_url: str
    change_url: str
    share_url: str
    take_back_url: str
    delete_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSide:
    """One of the three, with what one wrote there."""

    key: str
    title: str
    example: str
    rows: tuple[OwnRow, ...]
    write_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleLink:
    """A circle of one's own that has begun."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyValuesPage:
    """What one values, thinks and does."""

    sides: tuple[OwnSide, ...]
    circles: tuple[CircleLink, ...]
    can_share: bool


def present_my_values(actor: Actor) -> MyValuesPage:
    """Return everything that one wrote, and the circles one is in."""
    own = mindscapes.list_own(actor)
    begun = circles.list_own_circles(actor)
    here = {circle.id for circle in begun}
    return MyValuesPage(
        sides=tuple(
            OwnSide(
                key=side.value,
                title=str(OWN_TITLES[side]),
                example=str(EXAMPLES[side]),
                rows=tuple(_own_row(each, here) for each in own if each.row.side == side),
                write_url=f"{reverse('intend:my_value_write')}?side={side.value}",
            )
            for side in Side
        ),
        circles=tuple(
            CircleLink(name=circles.name_of(circle), url=reverse("intend:circle", args=[circle.id])) for circle in begun
        ),
        can_share=bool(circles.list_choices(actor)),
    )


def _own_row(own: Own, here: set[Any]) -> OwnRow:
    row = own.row
    args = [row.id]
    circle = row.circle
    return OwnRow(
        body=row.body,
        is_shared=circle is not None,
        shared_with=circles.name_of(circle) if circle else "",
        is_named=row.is_named,
        echoes=write_echoes(own.echoes) if circle else "",
        circle_url=reverse("intend:circle", args=[circle.id]) if circle and circle.id in here else "",
        change_url=reverse("intend:my_value_change", args=args),
        share_url=reverse("intend:my_value_share", args=args),
        take_back_url=reverse("intend:my_value_take_back", args=args),
        delete_url=reverse("intend:my_value_delete", args=args),
    )


def write_echoes(count: int) -> str:
    """Return how many others see a statement so too, in words."""
    if not count:
        return ""
    return ngettext("%(n)s other sees it so too", "%(n)s others see it so too", count) % {"n": count}


def around_own() -> dict[str, Any]:
    """Return where a form about one's own statements is opened from."""
    return {
        "kicker": _("My part"),
        "back_url": reverse("intend:my_values"),
        "back_title": _("My values"),
        "home_url": reverse("people:my_part"),
        "home_title": _("My part"),
    }


def sharing_consequences(choices: Sequence[Choice]) -> tuple[str, ...]:
    """Return what somebody should know before they share."""
    small = [choice.name for choice in choices if choice.is_recognisable]
    told = [
        _("The people of the group, team or school that you choose read it. Nobody else does, whatever their post."),
        _("They mark what they see so too. Marks are counted and not named."),
        _("Without your name it stands “from all of us”. Whoever knows how you put things may still guess."),
        _("You can take it back at any time; then it is yours alone again, and the marks are forgotten."),
    ]
    if small:
        told.insert(
            3,
            _("Fewer than %(n)s others are in %(names)s: there it is easily guessed who wrote what.")
            % {"names": join(small), "n": circles.OTHERS},
        )
    return tuple(told)


# --- side by side -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class SharedRow:
    """A statement in a circle, who it is from, and the button that says that one sees it so too."""

    anchor: str
    body: str
    writer: str
    is_own: bool
    echoes: str
    is_echoed: bool
    echo_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindredRow:
    """Statements that say nearly the same."""

    rows: tuple[SharedRow, ...]
    people: str
    are_several: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSide:
    """One of the three, with what the circle shares there."""

    title: str
    kindred: tuple[KindredRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CirclePage:
    """What a circle puts side by side."""

    name: str
    people: str
    is_recognisable: bool
    fewest: int
    sides: tuple[SharedSide, ...]
    has_any: bool
    statement: StatementTop
    home_url: str
    home_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTop:
    """How far a circle's statement of values has come."""

    url: str
    word_url: str
    exists: bool
    wording: int
    signed: str
    asks_reader: bool


def present_circle(actor: Actor, gathering: Gathering) -> CirclePage:
    """Return what a circle shares, by heart, head and hand."""
    shared = mindscapes.list_shared(actor, gathering)
    sides = tuple(
        SharedSide(title=str(TITLES[side]), kindred=tuple(_kindred(gathering, each) for each in shared[side]))
        for side in Side
    )
    return CirclePage(
        name=gathering.name,
        people=write_people(gathering.people),
        is_recognisable=gathering.is_recognisable,
        fewest=circles.OTHERS,
        sides=sides,
        has_any=any(side.kindred for side in sides),
        statement=_statement_top(actor, gathering),
        home_url=reverse("intend:unit_values", args=[gathering.place.slug]),
        home_title=_("What we stand for"),
    )


def write_people(count: int) -> str:
    """Return how many people there are, in words."""
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": count}


def _kindred(gathering: Gathering, kindred: Kindred) -> KindredRow:
    said = _("%(n)s of %(of)s") % {"n": kindred.people, "of": max(gathering.people, kindred.people)}
    return KindredRow(
        rows=tuple(_shared_row(gathering, each) for each in kindred.statements),
        people=said,
        are_several=len(kindred.statements) > 1,
    )


def _shared_row(gathering: Gathering, shared: Shared) -> SharedRow:
    return SharedRow(
        anchor=f"s-{shared.id}",
        body=shared.body,
        writer=shared.writer,
        is_own=shared.is_own,
        echoes=write_echoes(shared.echoes - shared.is_echoed),
        is_echoed=shared.is_echoed,
        echo_url=reverse("intend:circle_echo", args=[gathering.circle.id, shared.id]),
    )


def _statement_top(actor: Actor, gathering: Gathering) -> StatementTop:
    worded = values.read_statement(actor, gathering)
    args = [gathering.circle.id]
    signed = ""
    if worded is not None:
        signed = write_signed(len(worded.latest.signers), worded.people)
    return StatementTop(
        url=reverse("intend:values_statement", args=args),
        word_url=reverse("intend:values_word", args=args),
        exists=worded is not None,
        wording=worded.latest.version.number if worded else 0,
        signed=signed,
        asks_reader=worded is not None and not worded.latest.is_signed_by_reader,
    )


def write_signed(signers: int, people: int) -> str:
    """Return how many have signed, in words."""
    return _("signed by %(n)s of %(of)s") % {"n": signers, "of": people}


# --- on other pages ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """A statement of values that waits for the reader's signature."""

    name: str
    url: str


def build_values(actor: Actor) -> PanelContent | None:
    """Say what there is to sign; nothing for somebody who belongs nowhere and wrote nothing."""
    to_sign = [
        ToSign(name=circles.name_of(row.circle), url=reverse("intend:values_statement", args=[row.circle_id]))
        for row in values.list_unsigned(actor)
    ]
    own = mindscapes.list_own(actor)
    if not (to_sign or own or actor.member_of):
        return None
    context = {"to_sign": to_sign, "written": len(own), "url": reverse("intend:my_values")}
    said = tuple(Sentence(_("%(name)s: a statement of values") % {"name": row.name}, row.url) for row in to_sign)
    return PanelContent("intend/panels/own_values.html", context, sentences=said)


SECTIONS = (Section("intend.values", gettext_lazy("What you value"), 60, build_values),)


def list_known(actor: Actor) -> tuple[KnownFact, ...]:
    """Say what is held of one's values, for the page about one's own data."""
    own = mindscapes.list_own(actor)
    signed = values.dump_signatures(actor.person_id)
    shared = sum(each.row.circle_id is not None for each in own)
    said = _("%(n)s statements, %(shared)s of them shared") % {"n": len(own), "shared": shared}
    return (
        KnownFact(
            term=_("What you value, think and do"),
            values=(said,) if own else (),
            seen_by=_("Only you, until you share one with a group, team or school"),
            source=_("You"),
            change_url=reverse("intend:my_values"),
        ),
        KnownFact(
            term=_("Statements of values you signed"),
            values=tuple(row["text"][:80] for row in signed),
            seen_by=_("The people of the group, team or school whose statement it is"),
            source=_("You"),
        ),
    )


def prefill(mindscape: Mindscape) -> dict[str, str]:
    """Return what a form begins with."""
    return {"side": mindscape.side, "body": mindscape.body}
