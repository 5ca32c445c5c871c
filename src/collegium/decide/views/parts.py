"""Who takes part in a matter."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from collegium.decide.enums import Voice
from collegium.decide.forms.matters import AddManyForm, AddPersonForm
from collegium.decide.presenters import frame
from collegium.decide.queries import choosing
from collegium.decide.queries import matters as queries
from collegium.decide.services import matters as services
from collegium.decide.services.matters import Whom
from collegium.people.forms.changes import ConfirmForm, SearchForm
from collegium.people.queries import persons
from collegium.people.views.frame import ActorRequest, answer_form, get_or_post, pick, sent, signed_in


@get_or_post
@signed_in
def part_add_person(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Let one more person take part."""
    found = queries.get_matter_to_run(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]
    search = SearchForm(
        request.GET,
        label=_("Find the person"),
        hint=_("A name, for people of this unit. For people of other units, their whole email address."),
    )
    candidates = persons.list_candidates(request.actor, found.place, search.text) if search.text else []

    def act(cleaned: dict[str, Any]) -> str:
        whom = Whom(person=cleaned["person"], voice=Voice(cleaned["voice"]))
        services.add_part(actor=request.actor, matter=found.matter, standing=found.standing, whom=whom)
        return frame.address_of(found.matter)

    page = frame.form_of_matter(
        found,
        heading=_("Add somebody whom it affects"),
        lede=_("A guest with a voice and no vote reads and writes here like everybody else."),
        submit=_("Add them"),
    )
    form = AddPersonForm(sent(request), found=candidates)
    return pick(request, form=form, search=search, page=page, act=act, done=_("They take part now."))


@get_or_post
@signed_in
def part_add_many(request: ActorRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Let everybody of a unit or a group take part."""
    found = queries.get_matter_to_run(request.actor, matter_id)
    request.place = found.place  # type: ignore[attr-defined]
    who = choosing.list_who(request.actor, found.place)

    def act(cleaned: dict[str, Any]) -> str:
        key = cleaned["whom"]
        whom = Whom(unit=who.units.get(key), group=who.groups.get(key), voice=Voice(cleaned["voice"]))
        services.add_part(actor=request.actor, matter=found.matter, standing=found.standing, whom=whom)
        return frame.address_of(found.matter)

    page = frame.form_of_matter(
        found,
        heading=_("Add a unit or a group"),
        lede=_("Everybody who works there takes part, those who come later too."),
        submit=_("Add them"),
    )
    form = AddManyForm(sent(request), whom=who.choices())
    return answer_form(request, form=form, page=page, act=act, done=_("They take part now."))


@get_or_post
@signed_in
def part_remove(request: ActorRequest, matter_id: uuid.UUID, part_id: uuid.UUID) -> HttpResponse:
    """Let somebody take part no more."""
    found = queries.get_matter_to_run(request.actor, matter_id)
    part = queries.get_part_for(found.matter, part_id)
    request.place = found.place  # type: ignore[attr-defined]

    def act(_cleaned: dict[str, Any]) -> str:
        services.remove_part(actor=request.actor, matter=found.matter, standing=found.standing, part=part)
        return frame.address_of(found.matter)

    page = frame.form_of_matter(
        found,
        heading=_("Let them take part no more?"),
        lede=found.matter.question,
        submit=_("Take them off"),
        is_danger=True,
        consequences=(_("What they wrote stays, and so does a vote they are on the roll of."),),
    )
    return answer_form(request, form=ConfirmForm(sent(request)), page=page, act=act, done=_("They are taken off."))
