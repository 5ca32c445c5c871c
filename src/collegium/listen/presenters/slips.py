"""The slips of a pulse: the page that offers them, and the words that are printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base import time
from collegium.listen.enums import PulseState
from collegium.listen.models import Pulse
from collegium.listen.presenters.answering import code_url
from collegium.listen.printing import Poster, PrintedGroup, PrintedSlip, SlipWords
from collegium.listen.queries.slips import SlipGroup
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.frame import UnitFrame, frame_of

HALF = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group and how many slips are printed for it."""

    name: str
    slips: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipsPage:
    """What there is to print, and the address that a shared device opens."""

    unit: UnitFrame
    title: str
    k: int
    groups: tuple[GroupRow, ...]
    slips: int
    left_out: int
    is_open: bool
    watch_url: str
    listen_url: str
    poster_url: str
    shared_address: str


def present_slips(actor: Actor, place: Place, pulse: Pulse, groups: list[SlipGroup]) -> SlipsPage:
    """Return the page of what there is to print."""
    return SlipsPage(
        unit=frame_of(actor, place),
        title=pulse.title,
        k=pulse.k,
        groups=tuple(GroupRow(name=name_group(group), slips=len(group.codes)) for group in groups),
        slips=sum(len(group.codes) for group in groups),
        left_out=sum(group.left_out for group in groups),
        is_open=pulse.state == PulseState.OPEN and time.now() <= pulse.closes_at,
        watch_url=reverse("listen:pulse_watch", args=[place.slug, pulse.id]),
        listen_url=reverse("listen:unit_listen", args=[place.slug]),
        poster_url=reverse("listen:poster", args=[place.slug, pulse.id]),
        shared_address=settings.BASE_URL + code_url(pulse.id, is_shared=True),
    )


def name_group(group: SlipGroup) -> str:
    """Say whom the slips of a group are for: units and levels, never a person."""
    return "; ".join(
        _("%(unit)s (%(levels)s)") % {"unit": unit, "levels": ", ".join(str(level.label) for level in levels)}
        for unit, levels in group.parts
    )


# --- what is printed --------------------------------------------------------------------------------------------------
def slip_words(pulse: Pulse) -> SlipWords:
    """Return what every slip says."""
    return SlipWords(
        title=pulse.title,
        label=_("Your code, for one sheet:"),
        how=_("Scan the picture with a phone, or type the code where the poster leads."),
        fine=_("Anonymous: nobody knows who draws which slip. Answer until %(closes)s.")
        % {"closes": write_moment(pulse.closes_at)},
    )


def printed_groups(pulse: Pulse, groups: Iterable[SlipGroup]) -> list[PrintedGroup]:
    """Return the slips as they are printed. The code stands behind a #, which no browser sends to a server."""
    address = settings.BASE_URL + code_url(pulse.id)
    printed = []
    for group in groups:
        count = len(group.codes)
        note = ngettext(
            "%(count)s slip. Cut along the lines, fold, and hand it out in this group only.",
            "%(count)s slips. Cut along the lines, fold, mix, and let people of this group draw one each.",
            count,
        )
        slips = tuple(
            PrintedSlip(code=f"{code[:HALF]} {code[HALF:]}", address=f"{address}#{code}") for code in group.codes
        )
        printed.append(PrintedGroup(heading=name_group(group), note=note % {"count": count}, slips=slips))
    return printed


def present_poster(pulse: Pulse) -> Poster:
    """Return what the poster says."""
    return Poster(
        kicker=pulse.unit.name,
        title=pulse.title,
        steps=(
            _("1. Scan this picture with your phone."),
            _("2. Type the code on your slip."),
            _("3. Answer what you can, and hand in."),
        ),
        address=settings.BASE_URL + code_url(pulse.id),
        promise=_("Answers are kept without names, times or order. The first page says who can see what."),
        dates=_("Open until %(closes)s. Everybody sees the results on %(results)s.")
        % {"closes": write_moment(pulse.closes_at), "results": write_moment(pulse.results_at)},
    )


def write_moment(at: dt.datetime) -> str:
    """Return a moment as people write it."""
    local = timezone.localtime(at)
    return f"{formats.date_format(local, 'DATE_FORMAT')}, {formats.time_format(local, 'TIME_FORMAT')}"
