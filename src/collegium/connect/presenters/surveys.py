"""The pages of those who open tie surveys and follow them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base import time
from collegium.base.models import Job
from collegium.connect import policies
from collegium.connect.enums import WaveState
from collegium.connect.models import TieWave
from collegium.connect.queries import asking, waves
from collegium.connect.queries.waves import Progress
from collegium.connect.services.opening import FEWEST
from collegium.listen.instruments.shipped import TIES
from collegium.listen.presenters.pulses_opening import OpeningPage
from collegium.people.actors import Actor
from collegium.people.enums import UnitKind
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.presenters.work import watch

SCHOOL_AND_BELOW = frozenset({UnitKind.TEAM, UnitKind.SCHOOL})


def around(place: Place) -> dict[str, Any]:
    """Return where a question about a tie survey is asked from."""
    return {
        "kicker": place.name,
        "back_url": reverse("connect:waves", args=[place.slug]),
        "back_title": _("Tie surveys"),
        "home_url": reverse("connect:unit_connect", args=[place.slug]),
        "home_title": _("Connect"),
    }


def write_state(wave: TieWave, now: dt.datetime) -> str:
    """Return how far a survey has come, as one word that templates know."""
    if wave.state == WaveState.OPEN:
        return "scheduled" if now < wave.opens_at else "open" if now < wave.closes_at else "closing"
    return str(wave.state)


def write_progress(progress: Progress) -> str:
    """Return how many have answered, in words."""
    if progress.asked < FEWEST:
        return _("not shown (fewer than %(n)s people)") % {"n": FEWEST}
    return _("%(answered)s of %(asked)s (%(percent)s%%)") % {
        "answered": progress.answered,
        "asked": progress.asked,
        "percent": progress.percent,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRow:
    """A survey in the list of a unit."""

    title: str
    url: str
    state: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    answered: str
    from_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyList:
    """The tie surveys of a unit."""

    unit: UnitFrame
    rows: tuple[SurveyRow, ...]
    add_url: str
    can_run: bool


def present_surveys(actor: Actor, place: Place) -> SurveyList:
    """Return the list of tie surveys of a unit."""
    rows = waves.list_surveys_for(actor, place)
    progress = waves.count_progress(rows, place)
    now = time.now()
    can_run = policies.can_open_wave(actor, place)
    is_free = all(row.state not in (WaveState.OPENING, WaveState.OPEN) for row in rows)
    return SurveyList(
        unit=frame_of(actor, place),
        rows=tuple(
            SurveyRow(
                title=row.title,
                url=reverse("connect:wave", args=[place.slug, row.id]),
                state=write_state(row, now),
                opens_at=row.opens_at,
                closes_at=row.closes_at,
                answered=write_progress(progress[row.id]),
                from_unit=_from(row, place),
            )
            for row in rows
        ),
        add_url=reverse("connect:wave_add", args=[place.slug]) if can_run and is_free else "",
        can_run=can_run,
    )


def _from(wave: TieWave, place: Place) -> str:
    """The unit above that opened a survey; nothing where the unit itself did."""
    return wave.unit.name if wave.unit_id != place.unit_id else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFormPage(FormPage):
    """The form that opens a survey, with who would be asked."""

    unit: UnitFrame
    asked: str
    nowhere: str
    questions_url: str

    @property
    def template(self) -> str:
        """The form of a survey has its own page."""
        return "connect/wave_form.html"


def present_form(actor: Actor, place: Place) -> SurveyFormPage:
    """Return what stands around the form that opens a survey."""
    whom = (place.unit_id, asking.USUAL_LEVELS, time.today())
    asked, nowhere = asking.count_asked(*whom), asking.count_without_address(*whom)
    texts = around(place)
    return SurveyFormPage(
        **texts,
        unit=frame_of(actor, place),
        heading=_("Open a tie survey"),
        lede=_("It asks everybody whom they turn to, by name. What comes of it is shown as a map without names."),
        submit=_("Open it"),
        asked=ngettext("%(n)s person is asked", "%(n)s people are asked", asked) % {"n": asked},
        nowhere=_write_nowhere(nowhere),
        questions_url=reverse("listen:instrument", args=[place.slug, TIES]),
    )


def _write_nowhere(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(n)s of them has no email address here and cannot sign in to answer. Give them one first.",
        "%(n)s of them have no email address here and cannot sign in to answer. Give them one first.",
        number,
    ) % {"n": number}


def present_opening(actor: Actor, place: Place, wave: TieWave) -> OpeningPage:
    """Show how far the opening of a survey of many has come."""
    job = waves.get_opening_job(wave) if wave.state == WaveState.OPENING else None
    return OpeningPage(
        **watch(job, is_under_way=job is not None and job.state in Job.UNDER_WAY),
        doing=_("Writing down who is asked"),
        unit=frame_of(actor, place),
        title=wave.title,
        room=_("Tie surveys"),
        room_url=reverse("connect:waves", args=[place.slug]),
        poll_url=reverse("connect:wave_opening", args=[place.slug, wave.id]),
        next_url=reverse("connect:wave", args=[place.slug, wave.id]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPage:
    """A survey, for those of its unit: what it asks, and how far it has come."""

    unit: UnitFrame
    title: str
    from_unit: str
    why: str
    state: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    questions: tuple[str, ...]
    answered: str
    share: Progress | None
    nowhere: str
    reminders: str
    may_name_partners: bool
    answer_url: str
    stop_url: str
    result_url: str
    list_url: str


def present_survey(actor: Actor, place: Place, wave: TieWave) -> SurveyPage:
    """Return the page of one survey."""
    progress = waves.count_progress([wave], place)[wave.id]
    state = write_state(wave, time.now())
    is_under_way = wave.state in (WaveState.OPENING, WaveState.OPEN) and wave.unit_id == place.unit_id
    can_stop = is_under_way and policies.can_run_wave(actor, place)
    return SurveyPage(
        unit=frame_of(actor, place),
        title=wave.title,
        from_unit=_from(wave, place),
        why=wave.why,
        state=state,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        questions=tuple(layer.prompt for layer in waves.list_layers(wave)),
        answered=write_progress(progress),
        share=progress if progress.asked >= FEWEST else None,
        nowhere=_write_nowhere(progress.without_address) if state in ("scheduled", "open") else "",
        reminders=_write_reminders(wave),
        may_name_partners=wave.may_name_partners,
        answer_url=reverse("connect:answer", args=[wave.id]) if state == "open" and waves.asks(actor, wave) else "",
        stop_url=reverse("connect:wave_stop", args=[place.slug, wave.id]) if can_stop else "",
        result_url=reverse("connect:unit_connect", args=[place.slug]) if wave.state == WaveState.CLOSED else "",
        list_url=reverse("connect:waves", args=[place.slug]),
    )


def _write_reminders(wave: TieWave) -> str:
    planned = len(wave.remind_before_hours)
    if not planned:
        return ""
    return _("%(sent)s of %(planned)s sent. They go by themselves, and nobody sees to whom.") % {
        "sent": wave.reminders_sent,
        "planned": planned,
    }
