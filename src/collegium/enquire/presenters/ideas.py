"""Change ideas: the list of a unit, and the story of one, which another school can act on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from collegium.base.figures import Profile
from collegium.enquire import policies
from collegium.enquire.charting import effects
from collegium.enquire.charting.effects import Found
from collegium.enquire.enums import Fidelity, Setting
from collegium.enquire.models import Idea, IdeaOutcome
from collegium.enquire.presenters import replication
from collegium.enquire.presenters.frame import address_of as enquiry_address
from collegium.enquire.presenters.replication import MatrixRow, OutcomeShown
from collegium.enquire.queries import ideas as queries
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.enquire.queries.ideas import FoundIdea, Tried
from collegium.people.actors import Actor
from collegium.people.places import Place
from collegium.people.presenters.forms import FormPage
from collegium.people.presenters.frame import UnitFrame, frame_of
from collegium.people.queries import units

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaRow:
    """An idea in a list."""

    title: str
    url: str
    whose: str
    schools: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaList:
    """The ideas that were told or tried in a unit."""

    unit: UnitFrame
    rows: tuple[IdeaRow, ...]
    page: Page[Idea]


@dataclass(frozen=True, slots=True, kw_only=True)
class PickPage:
    """The ideas that an enquiry could try."""

    unit: UnitFrame
    title: str
    url: str
    rows: tuple[IdeaRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialShown:
    """Where an idea was tried, in words."""

    where: str
    url: str
    setting: str
    since: dt.date
    fidelity: str
    context: str
    adaptation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaPage:
    """The story of an idea."""

    unit: UnitFrame
    title: str
    how: str
    why: str
    created_at: dt.datetime
    origin: str
    origin_url: str
    schools: int
    outcomes: tuple[OutcomeShown, ...]
    figures: tuple[Profile, ...]
    outcome_titles: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    trials: tuple[TrialShown, ...]
    change_url: str
    begin_url: str


def address_of(idea: Idea, name: str = "idea") -> str:
    """Return a page of an idea."""
    return reverse(f"enquire:{name}", args=[idea.id])


def form_of_idea(found: FoundIdea, **texts: Any) -> FormPage:
    """Return what stands around a form about an idea."""
    return FormPage(
        kicker=found.place.name,
        home_url=reverse("people:unit_home", args=[found.place.slug]),
        home_title=found.place.name,
        back_url=address_of(found.idea),
        back_title=found.idea.title,
        **texts,
    )


def present_ideas(actor: Actor, place: Place, number: int) -> IdeaList:
    """Return the ideas that were told or tried in a unit."""
    page = Paginator(queries.list_ideas_of(actor, place), PAGE).get_page(number)
    return IdeaList(
        unit=frame_of(actor, place),
        rows=tuple(_row(row, address_of(row)) for row in page.object_list),
        page=page,
    )


def present_pick(actor: Actor, found: FoundEnquiry) -> PickPage:
    """Return the ideas that an enquiry could try, the newest first."""
    rows = queries.list_ideas(actor)[: queries.MOST_IDEAS]
    return PickPage(
        unit=frame_of(actor, found.place),
        title=found.enquiry.title,
        url=enquiry_address(found.enquiry),
        rows=tuple(_row(row, enquiry_address(found.enquiry, "trial_keep", row.id)) for row in rows),
    )


def present_idea(actor: Actor, found: FoundIdea) -> IdeaPage:
    """Return the story of an idea."""
    row = found.idea
    outcomes, tried = queries.list_outcomes(row), queries.list_tried(row)
    results = [_find_effects(one, tried) for one in outcomes]
    readable = queries.read_readable(actor, [each.trial.enquiry for each in tried])
    shown = tuple(replication.present_outcome(one, tried, each) for one, each in zip(outcomes, results, strict=True))
    origin = row.origin
    return IdeaPage(
        unit=frame_of(actor, found.place),
        title=row.title,
        how=row.how,
        why=row.why,
        created_at=row.created_at,
        origin=origin.title if origin else "",
        origin_url=enquiry_address(origin) if origin and origin.id in readable else "",
        schools=len({each.trial.enquiry.unit_id for each in tried}),
        outcomes=shown,
        figures=tuple(
            figure
            for one, each in zip(outcomes, results, strict=True)
            if (figure := replication.draw_forest(one, tried, each))
        ),
        outcome_titles=tuple(one.title for one in outcomes),
        matrix=replication.present_matrix(outcomes, tried, results),
        trials=tuple(_trial(each, is_readable=each.trial.enquiry_id in readable) for each in tried),
        change_url=address_of(row, "idea_change") if policies.can_share(actor, found.place, found.standing) else "",
        begin_url=_begin_url(actor, row),
    )


def _find_effects(outcome: IdeaOutcome, tried: Sequence[Tried]) -> list[Found]:
    return [effects.find_effect(each.measured.get(outcome.id), each.trial.since, outcome) for each in tried]


def _row(row: Any, url: str) -> IdeaRow:
    return IdeaRow(title=row.title, url=url, whose=row.unit.name, schools=row.schools)


def _trial(tried: Tried, *, is_readable: bool) -> TrialShown:
    row = tried.trial
    return TrialShown(
        where=row.enquiry.unit.name,
        url=enquiry_address(row.enquiry) if is_readable else "",
        setting=str(Setting(row.setting).label),
        since=row.since,
        fidelity=str(Fidelity(row.fidelity).label),
        context=row.context,
        adaptation=row.adaptation,
    )


def _begin_url(actor: Actor, idea: Idea) -> str:
    """Return where the reader begins an enquiry that tries the idea: in the unit that is closest to them."""
    slug = units.get_home_slug(actor)
    if slug is None:
        return ""
    question = _("Does it help here too?")
    handed = {"title": idea.title, "question": f"{question} {idea.title}", "idea": str(idea.id)}
    return f"{reverse('enquire:enquiry_add', args=[slug])}?{urlencode(handed)}"
