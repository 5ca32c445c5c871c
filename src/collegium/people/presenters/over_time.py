"""How the staff of a unit changes over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collegium.base.figures import Distribution, Moment, Series, Share
from collegium.people import tenure
from collegium.people.actors import Actor
from collegium.people.models import Post
from collegium.people.places import Place
from collegium.people.presenters.frame import PersonLink, UnitFrame, frame_of, link_person
from collegium.people.queries import staff

YEARS = 5
POINTS = 13  # a school year's worth of months, twice as far apart
MONTHS_APART = 3
TIMELINE_LIMIT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """One school year in the table."""

    label: str
    started: int
    left: int
    people: int
    is_present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingOrGoing:
    """Somebody who started or left."""

    on: dt.date
    person: PersonLink
    title: str
    unit_name: str
    has_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTimePage:
    """The page."""

    unit: UnitFrame
    headcount: Series
    lengths: Distribution
    years: tuple[YearRow, ...]
    timeline: tuple[ComingOrGoing, ...]
    unknown: int
    is_empty: bool


def present_over_time(actor: Actor, place: Place) -> OverTimePage:
    """Work the page out from the spans of everybody's time here."""
    spans = staff.list_spans(place.unit_id, place.as_of)
    counts, unknown = tenure.count_lengths(spans, place.as_of)
    frame = frame_of(actor, place)
    return OverTimePage(
        unit=frame,
        headcount=_headcount(spans, place.as_of),
        lengths=_lengths(counts, unknown),
        years=tuple(_year(year, place.as_of) for year in tenure.tell_years(spans, place.as_of, YEARS)),
        # Of a district the years say more than its many names would.
        timeline=_timeline(place) if frame.lists_people else (),
        unknown=unknown,
        is_empty=not spans,
    )


def _headcount(spans: Sequence[staff.Span], day: dt.date) -> Series:
    days = [_months_before(day, MONTHS_APART * step) for step in range(POINTS - 1, -1, -1)]
    counts = [tenure.count_on(spans, point) for point in days]
    change = counts[-1] - counts[0]
    words = {"now": counts[-1], "n": abs(change), "then": date_format(days[0], "YEAR_MONTH_FORMAT")}
    if change == 0:
        sentence = _("%(now)s people, as many as in %(then)s.") % words
    elif change > 0:
        sentence = _("%(now)s people, %(n)s more than in %(then)s.") % words
    else:
        sentence = _("%(now)s people, %(n)s fewer than in %(then)s.") % words
    return Series(
        title=_("How many work here"),
        moments=tuple(
            Moment(label=date_format(point, "YEAR_MONTH_FORMAT"), value=count)
            for point, count in zip(days, counts, strict=True)
        ),
        sentence=sentence,
        style="count",
    )


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, 28))


def _lengths(counts: list[int], unknown: int) -> Distribution:
    labels = [_("Less than 1 year"), _("1 to 3 years"), _("3 to 10 years"), _("10 years or more")]
    shares = [Share(label=label, count=count) for label, count in zip(labels, counts, strict=True)]
    if unknown:
        shares.append(Share(label=_("Start not known"), count=unknown))
    total = sum(share.count for share in shares)
    new = counts[0]
    return Distribution(
        title=_("How long people have been here"),
        shares=tuple(shares),
        sentence=ngettext(
            "%(new)s person has been here for less than a year.",
            "%(new)s people have been here for less than a year.",
            new,
        )
        % {"new": new},
        counted=ngettext("%(n)s person", "%(n)s people", total) % {"n": total},
    )


def _year(year: tenure.Year, day: dt.date) -> YearRow:
    return YearRow(
        label=f"{year.starts_on.year}–{year.starts_on.year + 1}",
        started=year.started,
        left=year.left,
        people=year.people,
        is_present=year.ends_on == day,
    )


def _timeline(place: Place) -> tuple[ComingOrGoing, ...]:
    since = tenure.years_before(place.as_of, 2)
    rows = []
    for post in staff.list_comings_and_goings(place, since, TIMELINE_LIMIT):
        if post.starts_on is not None and since < post.starts_on <= place.as_of:
            rows.append(_coming(post, post.starts_on, has_left=False))
        if post.ends_on is not None and since < post.ends_on <= place.as_of:
            rows.append(_coming(post, post.ends_on, has_left=True))
    unique = {(row.person.url, row.title, row.on, row.has_left): row for row in rows}
    return tuple(sorted(unique.values(), key=lambda row: (row.on, row.person.name), reverse=True)[:TIMELINE_LIMIT])


def _coming(post: Post, day: dt.date, *, has_left: bool) -> ComingOrGoing:
    return ComingOrGoing(
        on=day,
        person=link_person(post.person_id, post.person.full_name),
        title=post.title,
        unit_name=post.unit.name,
        has_left=has_left,
    )
