"""A statement of values with its wordings and who signed which; and what a unit carries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base import prose
from collegium.intend.models import Circle, TextVersion, ValuesStatement
from collegium.intend.presenters.mindscapes import CircleLink, write_people, write_signed
from collegium.intend.presenters.tabs import TabLink, tabs_of
from collegium.intend.queries import circles, texts, values
from collegium.intend.queries.circles import Gathering
from collegium.intend.queries.texts import Stretch
from collegium.intend.queries.values import Worded, Wording
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingRow:
    """One wording: who wrote it, when and why, who signed it, and what it changed."""

    number: int
    by: str
    at: dt.datetime
    reason: str
    signed: str
    signers: tuple[str, ...]
    left: str
    is_signed_by_reader: bool
    changes: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """The statement of a circle, as its people see it."""

    name: str
    people: str
    body: SafeString
    latest: WordingRow
    earlier: tuple[WordingRow, ...]
    signed_before: int | None
    carried: str
    is_latest_carried: bool
    sign_url: str
    take_off_url: str
    word_url: str
    circle_url: str
    home_url: str
    home_title: str


def present_statement(gathering: Gathering, worded: Worded) -> StatementPage:
    """Return the statement of a circle."""
    args = [gathering.circle.id]
    wordings = [worded.latest, *worded.earlier]
    before: list[Wording | None] = [*worded.earlier, None]
    rows = [_row(each, earlier, worded.people) for each, earlier in zip(wordings, before, strict=True)]
    statement = worded.statement
    return StatementPage(
        name=gathering.name,
        people=write_people(gathering.people),
        body=prose.to_html(_body(worded.latest.version)),
        latest=rows[0],
        earlier=tuple(rows[1:]),
        signed_before=None if worded.latest.is_signed_by_reader else worded.last_signed_by_reader,
        carried=_carried(statement),
        is_latest_carried=statement.carried_id == worded.latest.version.id,
        sign_url=reverse("intend:values_sign", args=args),
        take_off_url=reverse("intend:values_take_name_off", args=args),
        word_url=reverse("intend:values_word", args=args),
        circle_url=reverse("intend:circle", args=args),
        home_url=reverse("intend:unit_values", args=[gathering.place.slug]),
        home_title=_("What we stand for"),
    )


def _body(version: TextVersion) -> str:
    return str(version.parts.get("body", ""))


def _row(wording: Wording, earlier: Wording | None, people: int) -> WordingRow:
    version = wording.version
    writer = version.written_by
    left = wording.signed_since_left
    return WordingRow(
        number=version.number,
        by=writer.full_name if writer is not None and writer.erased_at is None else _("a colleague"),
        at=version.written_at,
        reason=version.reason,
        signed=write_signed(len(wording.signers), people),
        signers=wording.signers,
        left=ngettext("and %(n)s who has left since", "and %(n)s who have left since", left) % {"n": left}
        if left
        else "",
        is_signed_by_reader=wording.is_signed_by_reader,
        changes=tuple(texts.compare(_body(earlier.version), _body(version))) if earlier else (),
    )


def _carried(statement: ValuesStatement) -> str:
    if statement.carried is None:
        return ""
    return _("signed by %(n)s of %(of)s") % {"n": statement.carried_by, "of": statement.carried_of}


def around(gathering: Gathering, *, exists: bool) -> dict[str, Any]:
    """Return where the form that words a statement is opened from."""
    args = [gathering.circle.id]
    circle_url = reverse("intend:circle", args=args)
    return {
        "kicker": gathering.name,
        "home_url": circle_url if exists else reverse("intend:unit_values", args=[gathering.place.slug]),
        "home_title": _("What we value") if exists else _("What we stand for"),
        "back_url": reverse("intend:values_statement", args=args) if exists else circle_url,
        "back_title": _("Our statement of values") if exists else _("What we value"),
    }


# --- what a unit carries ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedRow:
    """A statement that more than half of a circle have signed."""

    name: str
    body: SafeString
    signed: str
    since: dt.date | None
    wording: int
    is_of_unit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitValuesPage:
    """What the people of a unit stand for together."""

    unit: UnitFrame
    tabs: tuple[TabLink, ...]
    rows: tuple[CarriedRow, ...]
    own: tuple[CircleLink, ...]
    my_url: str
    can_begin: bool


def present_unit_values(actor: Actor, place: Place) -> UnitValuesPage:
    """Return what a unit and its groups carry, and the circles there that the reader is in."""
    own = [circle for circle in circles.list_own_circles(actor) if _is_here(circle, place)]
    return UnitValuesPage(
        unit=frame_of(actor, place),
        tabs=tabs_of(actor, place, "values"),
        rows=tuple(
            CarriedRow(
                name=circles.name_of(row.circle),
                body=prose.to_html(_body(row.carried)),
                signed=_carried(row),
                since=row.carried_on,
                wording=row.carried.number,
                is_of_unit=row.circle.unit_id == place.unit_id,
            )
            for row in values.list_carried(place)
            if row.carried is not None
        ),
        own=tuple(
            CircleLink(name=circles.name_of(circle), url=reverse("intend:circle", args=[circle.id])) for circle in own
        ),
        my_url=reverse("intend:my_values"),
        can_begin=place.unit_id in actor.member_of and place.kind in circles.KINDS,
    )


def _is_here(circle: Circle, place: Place) -> bool:
    home_id = circle.group.unit_id if circle.group is not None else circle.unit_id
    return home_id == place.unit_id
