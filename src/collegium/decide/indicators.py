"""What this room can measure about a unit: whether it is flat when it decides, and vertical when it carries out."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from collegium.base.indicators import Indicator, Meaning, Reader, Reading
from collegium.decide.queries import checks
from collegium.decide.queries.checks import Portion
from collegium.people import policies

_SHARE, _DAYS = "percent", "count"


def _share(count: Callable[[uuid.UUID, dt.date], Portion]) -> Reader:
    def read(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
        found = count(unit_id, as_of)
        return Reading.share(found.some, found.all)

    return read


def _median(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    value, n = checks.get_median_days(unit_id, as_of)
    return Reading(value=value, n=n)


def _review_past(unit_id: uuid.UUID, as_of: dt.date) -> Reading:
    found = checks.count_review_past(unit_id, as_of)
    return Reading(value=float(found.some) if found.all else None, n=found.all)


_FEW = _("Not as a ranking of units: most take few decisions here in a year, and one more changes the share.")

INDICATORS = (
    Indicator(
        "decide.involved",
        _("Decisions in which those affected had a vote"),
        _SHARE,
        _share(checks.count_involved),
        order=410,
        page="decide:unit_decide",
        visible=policies.can_view_people,
        at_home=False,
        meaning=Meaning(
            definition=_("Of the decisions published in a year, those in which a whole unit or group had a vote."),
            formula=_(
                "Outcomes of matters in which a unit or a group has a vote, divided by all outcomes of the year."
            ),
            how_to_read=_("A high share says that decisions are taken with those whom they affect."),
            how_not_to_read=_FEW,
        ),
    ),
    Indicator(
        "decide.days",
        _("Days from a proposal to its answer"),
        _DAYS,
        _median,
        order=411,
        page="decide:unit_decide",
        visible=policies.can_view_people,
        at_home=False,
        meaning=Meaning(
            definition=_("How long it takes from the first proposal of a matter until its first outcome."),
            formula=_("Median of the days between both, over the matters whose first outcome was published in a year."),
            how_to_read=_("Weeks are usual. Months say that proposals are left lying."),
            how_not_to_read=_("Not as the shorter the better: a far-reaching decision needs its time."),
        ),
    ),
    Indicator(
        "decide.reviewed",
        _("Decisions that were looked at again when they were due"),
        _SHARE,
        _share(checks.count_reviewed),
        order=412,
        page="decide:unit_decide",
        visible=policies.can_view_people,
        at_home=False,
        meaning=Meaning(
            definition=_("Of the decisions of a year whose day of review has come, those that were reviewed."),
            formula=_("Reviewed outcomes, divided by outcomes whose day of review has come."),
            how_to_read=_("A review that keeps, changes or reverses a decision is worth the same: somebody looked."),
            how_not_to_read=_FEW,
        ),
    ),
    Indicator(
        "decide.review_past",
        _("Decisions whose review is past"),
        "count",
        _review_past,
        order=414,
        page="decide:unit_decide",
        visible=policies.can_view_people,
        at_home=False,
        meaning=Meaning(
            definition=_("Decisions that were to be looked at again more than two weeks ago, and have not been."),
            formula=_("Outcomes without a review whose day of review lies more than 14 days back."),
            how_to_read=_("Each was promised a second look: hold it, or say when it will be held."),
            how_not_to_read=_("Not as a bad decision: nobody knows yet how it turned out."),
        ),
    ),
    Indicator(
        "decide.carried_out",
        _("Steps of decisions that were carried out"),
        _SHARE,
        _share(checks.count_carried_out),
        order=413,
        page="decide:unit_decide",
        visible=policies.can_view_people,
        at_home=False,
        meaning=Meaning(
            definition=_("Of the steps of a year's decisions that are due, those whose promise is recorded as kept."),
            formula=_("Kept promises that carry out an outcome, divided by all of them that are due."),
            how_to_read=_("It counts what those whom it was promised to say, not what those who promised say."),
            how_not_to_read=_("Not as the diligence of people: a step may have turned out to be the wrong one."),
        ),
    ),
)
