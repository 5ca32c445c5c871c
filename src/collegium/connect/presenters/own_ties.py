"""What is somebody's own: what they said, whether they are drawn, who may see their name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from collegium.base import time
from collegium.base.own_part import Section
from collegium.base.panels import PanelContent, Sentence
from collegium.connect.enums import WaveOrigin, WaveState
from collegium.connect.models import NamePermission
from collegium.connect.queries import own_ties, waves
from collegium.connect.queries.own_ties import OwnTie, OwnWave
from collegium.people.actors import Actor
from collegium.people.presenters.persons import KnownFact


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow:
    """One tie that one said, and where it is withdrawn."""

    name: str
    how_often: str
    withdraw_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerGroup:
    """What one said of one kind of tie."""

    title: str
    ties: tuple[TieRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveCard:
    """What one said in one survey or import."""

    title: str
    unit_name: str
    day: dt.date
    says: str
    is_open: bool
    counted: str
    groups: tuple[LayerGroup, ...]
    answer_url: str
    withdraw_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """Somebody who may see one's name, or everybody of a unit."""

    name: str
    is_unit: bool
    hide_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MyTiesPage:
    """The page of one's own ties."""

    waves: tuple[WaveCard, ...]
    is_shown: bool
    shown_url: str
    names: tuple[NameRow, ...]
    colleague_url: str
    unit_url: str


def present_my_ties(actor: Actor) -> MyTiesPage:
    """Return everything that is the reader's own here."""
    permissions = own_ties.list_permissions(actor)
    has_units = bool(_units_left(actor, permissions))
    return MyTiesPage(
        waves=tuple(_card(wave) for wave in own_ties.list_own_waves(actor)),
        is_shown=own_ties.is_shown(actor),
        shown_url=reverse("connect:my_mark"),
        names=tuple(_name_row(row) for row in permissions),
        colleague_url=reverse("connect:my_name_colleague"),
        unit_url=reverse("connect:my_name_unit") if has_units else "",
    )


def _units_left(actor: Actor, permissions: list[NamePermission]) -> list[tuple[str, str]]:
    taken = {row.unit_id for row in permissions}
    return [(str(unit.id), unit.name) for unit in own_ties.list_units_to_let_see(actor) if unit.id not in taken]


def list_unit_choices(actor: Actor) -> list[tuple[str, str]]:
    """Return the teams and schools whose people one can let see one's name, and does not yet."""
    return _units_left(actor, own_ties.list_permissions(actor))


def _card(own: OwnWave) -> WaveCard:
    wave, member = own.wave, own.member
    is_open = member.asked and waves.is_taking_answers(wave, time.now())
    return WaveCard(
        title=wave.title,
        unit_name=wave.unit.name,
        day=wave.closes_at.date(),
        says=_says(own, is_open),
        is_open=is_open,
        counted=ngettext("%(n)s tie", "%(n)s ties", len(own.ties)) % {"n": len(own.ties)},
        groups=tuple(
            LayerGroup(title=title, ties=tuple(_tie_row(tie) for tie in ties))
            for title, ties in groupby(own.ties, key=lambda tie: tie.layer)
        ),
        answer_url=reverse("connect:answer", args=[wave.id]) if is_open else "",
        withdraw_url=reverse("connect:my_ties_withdraw", args=[wave.id]) if own.ties or member.answered else "",
    )


def _says(own: OwnWave, is_open: bool) -> str:
    if own.ties:
        return ""
    if own.wave.state == WaveState.STOPPED:
        return _("It was stopped, and what had been handed in was deleted.")
    if own.wave.origin == WaveOrigin.IMPORTED:
        return _("You are in this file, and it holds nothing that you said.")
    if own.member.answered:
        return _("You handed in, and named nobody.")
    if own.member.draft:
        return _("You have begun, and not handed in yet. Nothing counts until you do.")
    if not own.member.asked:
        return _("You were not asked, and are in it because somebody of that school named you.")
    return _("You have not handed in.") if is_open else _("You handed nothing in, or have withdrawn it.")


def _tie_row(tie: OwnTie) -> TieRow:
    return TieRow(
        name=tie.name or _("somebody whose name has been erased"),
        how_often=tie.how_often,
        withdraw_url=reverse("connect:my_tie_withdraw", args=[tie.id]),
    )


def _name_row(row: NamePermission) -> NameRow:
    name = row.unit.name if row.unit is not None else row.viewer.full_name if row.viewer is not None else ""
    return NameRow(name=name, is_unit=row.unit is not None, hide_url=reverse("connect:my_name_hide", args=[row.id]))


# --- on other pages ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """A tie survey that asks the reader now."""

    title: str
    unit_name: str
    why: str
    minutes: str
    closes_at: dt.datetime
    has_answered: bool
    has_begun: bool
    url: str


def build_ties(actor: Actor) -> PanelContent | None:
    """Say which tie surveys ask one now, and where one's own ties are; nothing where there are none."""
    asking = waves.list_asking(actor)
    count = own_ties.count_own_ties(actor)
    if not asking and not count.waves:
        return None
    minutes = waves.minutes_of(*(member.wave for member in asking))
    rows = [
        AskedRow(
            title=member.wave.title,
            unit_name=member.wave.unit.name,
            why=member.wave.why,
            minutes=minutes[member.wave_id],
            closes_at=member.wave.closes_at,
            has_answered=member.answered,
            has_begun=bool(member.draft),
            url=reverse("connect:answer", args=[member.wave_id]),
        )
        for member in asking
    ]
    context = {"asking": rows, "said": count, "url": reverse("connect:my_ties")}
    waiting = tuple(Sentence(f"{row.title} ({row.unit_name})", row.url) for row in rows if not row.has_answered)
    return PanelContent("connect/panels/ties.html", context, sentences=waiting)


SECTIONS = (Section("connect.ties", gettext_lazy("Who you turn to"), 20, build_ties),)


def list_known(actor: Actor) -> tuple[KnownFact, ...]:
    """Say what this room knows of one, for the page about one's own data."""
    count = own_ties.count_own_ties(actor)
    said = (
        ngettext("%(n)s tie", "%(n)s ties", count.ties) % {"n": count.ties},
        ngettext("in %(n)s survey or file", "in %(n)s surveys or files", count.waves) % {"n": count.waves},
    )
    names = tuple(_name_row(row).name for row in own_ties.list_permissions(actor))
    url = reverse("connect:my_ties")
    return (
        KnownFact(
            term=_("Whom you turn to"),
            values=(" ".join(said),) if count.waves else (),
            seen_by=_("Only you. Others see marks without names on a map"),
            source=_("You, or a file that a steward brought in"),
            change_url=url if count.waves else "",
        ),
        KnownFact(
            term=_("Who may see your name on maps"),
            values=names,
            seen_by=_("Only you"),
            source=_("You"),
            change_url=url,
        ),
    )
