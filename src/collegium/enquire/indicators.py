"""What this room can measure about a unit: whether it finds things out, together, and says what it found."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from collegium.base import time
from collegium.base.indicators import Indicator, Meaning, Reader, Reading
from collegium.enquire import policies
from collegium.enquire.queries import counting, ideas

NOT_SAID = Reading(value=None)


def read_running(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return how many enquiries were running at the end of a day."""
    return Reading(value=float(counting.count_running(unit_id, as_of)))


def read_second(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return the share of running enquiries that two people own; nothing of days before: owners keep no history."""
    running = counting.count_running(unit_id, as_of) if as_of == time.today() else 0
    if not running:
        return NOT_SAID
    return Reading(value=counting.count_with_second(unit_id, as_of) / running, n=running)


def read_silent(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return how many running enquiries nobody has touched for a term; nothing where none runs, or of days before."""
    running = counting.count_running(unit_id, as_of) if as_of == time.today() else 0
    if not running:
        return NOT_SAID
    return Reading(value=float(counting.count_silent(unit_id, as_of)), n=running)


def read_ended(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return how many enquiries were closed with a finding in a year."""
    return Reading(value=float(counting.count_ended(unit_id, as_of)))


def read_replicated(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return how many ideas that are tried here were tried elsewhere too."""
    return Reading(value=float(ideas.count_replicated(unit_id, as_of)))


def read_kept_alone(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    """Return how many enquiries of the last year adopted what they tried, and nobody elsewhere has tried it."""
    return Reading(value=float(counting.count_kept_alone(unit_id, as_of)))


_ROWS: tuple[tuple[str, object, str, Reader, Meaning], ...] = (
    (
        "running",
        _("Enquiries that are running"),
        "count",
        read_running,
        Meaning(
            definition=_("Enquiries of the unit and of the units inside it that have begun and are not closed."),
            formula=_("Enquiries begun by the end of the day, less those closed by then."),
            how_to_read=_("Whether people are finding something out together at the moment."),
            how_not_to_read=_("Not as the more the better: few with a finding teach more than many that fade."),
        ),
    ),
    (
        "second_owner",
        _("Enquiries that two people own"),
        "percent",
        read_second,
        Meaning(
            definition=_("Of the running enquiries, the part that has a second owner beside the first."),
            formula=_("Running enquiries with two owners, divided by all running ones."),
            how_to_read=_("The rest would stop if one person left."),
            how_not_to_read=_("Not as a judgement of those who own one alone: ask who could stand beside them."),
        ),
    ),
    (
        "silent",
        _("Enquiries silent for a term"),
        "count",
        read_silent,
        Meaning(
            definition=_("Running enquiries in which nothing has been written or entered for thirteen weeks."),
            formula=_("Running enquiries last worked on more than 91 days ago."),
            how_to_read=_("Each is worth a question to its owners: go on, get help, or close it with what is known?"),
            how_not_to_read=_("Not as neglect: what is measured once a year is silent in between."),
        ),
    ),
    (
        "ended",
        _("Enquiries that ended with a finding this year"),
        "count",
        read_ended,
        Meaning(
            definition=_("Enquiries closed within a year. Each closes with a finding: adopted, adapted or abandoned."),
            formula=_("Enquiries closed in the 365 days up to the day."),
            how_to_read=_("What has been learned to the end. An idea that was abandoned for a reason counts the same."),
            how_not_to_read=_("Not as success of ideas: it says nothing of how many worked."),
        ),
    ),
    (
        "replicated",
        _("Ideas tried here and elsewhere"),
        "count",
        read_replicated,
        Meaning(
            definition=_("Change ideas that at least two units have tried, one of them this unit or inside it."),
            formula=_("Ideas with trials in two or more units by the end of the day, at least one of them here."),
            how_to_read=_("What worked once may have worked by chance or by place: a second place begins to tell."),
            how_not_to_read=_("Not as spread for its own sake: an idea that was tried and dropped counts the same."),
        ),
    ),
    (
        "kept_alone",
        _("Adopted here, tried nowhere else"),
        "count",
        read_kept_alone,
        Meaning(
            definition=_(
                "Enquiries closed within a year that adopted what they tried, which nobody elsewhere has tried."
            ),
            formula=_(
                "Enquiries that ended with “adopt” in the 365 days up to the day, less those whose idea is tried in "
                "another unit."
            ),
            how_to_read=_("Each could be told as an idea, for another school to try with measures of its own."),
            how_not_to_read=_("Not as a fault of those who adopted it: others have to be asked."),
        ),
    ),
)

INDICATORS = tuple(
    Indicator(
        f"enquire.{name}",
        title,
        measure,
        read,
        order=510 + place,
        page="enquire:unit_enquire",
        visible=policies.can_view_enquiries,
        at_home=False,
        meaning=meaning,
    )
    for place, (name, title, measure, read, meaning) in enumerate(_ROWS)
)
