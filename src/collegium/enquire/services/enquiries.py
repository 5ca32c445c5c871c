"""Enquiries: begun, changed, moved from stage to stage, written about, and forgotten of a person."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from collegium.base import prose, time
from collegium.enquire import policies
from collegium.enquire.enums import Ending, NoteKind, Stage, Template
from collegium.enquire.errors import Invalid
from collegium.enquire.models import Enquiry, EnquiryMember, Measure, Point, PointImport, PracticeDraft, StageNote
from collegium.enquire.models.enquiries import TITLE_LIMIT
from collegium.enquire.policies import Standing
from collegium.intend.enums import Standing as Published
from collegium.intend.models import Challenge
from collegium.people.actors import Actor
from collegium.people.models import Group, Person, Unit
from collegium.people.services.writing import check_open, check_same_community, locate, record, tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said about an enquiry, and who is in it."""

    title: str
    question: str
    template: Template = Template.CLASSROOM
    aim: str = ""
    challenge: Challenge | None = None
    owner: Person | None = None
    second_owner: Person | None = None
    critical_friend: Person | None = None
    team: Sequence[Person] = ()
    group: Group | None = None


def tidy_text(text: str, *, required: bool = False) -> str:
    """Return a longer text as it is kept."""
    tidied = prose.tidy(text)
    if required and not tidied:
        raise Invalid("enquiry_text_missing")
    return tidied


@transaction.atomic
def begin(*, actor: Actor, unit: Unit, said: Said) -> Enquiry:
    """Begin an enquiry in a unit. Whoever begins it owns it unless somebody else is named."""
    policies.check_can_begin(actor, locate(unit))
    check_open(unit, time.today())
    enquiry = Enquiry(community_id=actor.community_id, unit=unit, created_by_id=actor.recorded_id)
    _fill(actor, enquiry, said)
    if enquiry.owner_id is None and enquiry.second_owner_id != actor.recorded_id:
        enquiry.owner_id = actor.recorded_id
    _check_friend(enquiry)
    enquiry.save(force_insert=True)
    _set_team(enquiry, said.team)
    record(actor, "enquiry.begun", enquiry, unit_id=unit.id, title=enquiry.title)
    return enquiry


@transaction.atomic
def change(*, actor: Actor, enquiry: Enquiry, standing: Standing, said: Said) -> Enquiry:
    """Change what is said about an enquiry, and who is in it."""
    _check_administer(actor, enquiry, standing)
    _fill(actor, enquiry, said)
    _check_friend(enquiry)
    enquiry.touched_at = time.now()
    enquiry.save()
    _set_team(enquiry, said.team)
    record(actor, "enquiry.changed", enquiry, unit_id=enquiry.unit_id, title=enquiry.title)
    return enquiry


@transaction.atomic
def move(*, actor: Actor, enquiry: Enquiry, standing: Standing, stage: Stage) -> Enquiry:
    """Move an enquiry to a stage, forwards or back."""
    check_work(actor, enquiry, standing)
    enquiry.stage, enquiry.touched_at = stage, time.now()
    enquiry.save(update_fields=["stage", "touched_at"])
    record(actor, "enquiry.moved", enquiry, unit_id=enquiry.unit_id, title=enquiry.title, stage=stage.value)
    return enquiry


@transaction.atomic
def write_note(
    *, actor: Actor, enquiry: Enquiry, standing: Standing, stage: Stage, text: str, kind: NoteKind = NoteKind.NOTE
) -> StageNote:
    """Write something at a stage."""
    check_work(actor, enquiry, standing)
    note = StageNote.objects.create(
        community_id=enquiry.community_id,
        enquiry=enquiry,
        stage=stage,
        kind=kind,
        text=tidy_text(text, required=True),
        written_by_id=actor.recorded_id,
    )
    touch(enquiry)
    record(actor, "enquiry.noted", enquiry, unit_id=enquiry.unit_id, title=enquiry.title, stage=stage.value)
    return note


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of an enquiry."""

    ending: Ending
    finding: str
    again: str = ""
    who_should_know: str = ""


@transaction.atomic
def close(*, actor: Actor, enquiry: Enquiry, standing: Standing, found: Found) -> Enquiry:
    """Close an enquiry with what was found, whichever way it went; it lives on as a draft to tell others."""
    _check_administer(actor, enquiry, standing)
    enquiry.ending = found.ending
    enquiry.finding = tidy_text(found.finding, required=True)
    enquiry.again, enquiry.who_should_know = tidy_text(found.again), tidy_text(found.who_should_know)
    enquiry.closed_at = enquiry.touched_at = time.now()
    enquiry.save()
    PracticeDraft.objects.create(
        community_id=enquiry.community_id,
        enquiry=enquiry,
        title=enquiry.title,
        finding=enquiry.finding,
        again=enquiry.again,
        who_should_know=enquiry.who_should_know,
        changed_at=enquiry.closed_at,
        changed_by_id=actor.recorded_id,
    )
    record(actor, "enquiry.closed", enquiry, unit_id=enquiry.unit_id, title=enquiry.title, ending=found.ending.value)
    return enquiry


def forget_person(person_id: uuid.UUID) -> None:
    """Take a person out of every team. What they wrote for the team stays, without a name."""
    EnquiryMember.objects.filter(person_id=person_id).delete()
    for field in ("owner", "second_owner", "critical_friend"):
        Enquiry.objects.filter(**{f"{field}_id": person_id}).update(**{field: None})
    StageNote.objects.filter(written_by_id=person_id).update(written_by=None)
    Point.objects.filter(entered_by_id=person_id).update(entered_by=None)
    PointImport.objects.filter(made_by_id=person_id).update(made_by=None)
    Measure.objects.filter(baseline_by_id=person_id).update(baseline_by=None)


# --- shared -----------------------------------------------------------------------------------------------------------
def check_work(actor: Actor, enquiry: Enquiry, standing: Standing) -> None:
    """Raise unless the actor works on the enquiry, which is locked until the end of the transaction."""
    _lock(enquiry)
    policies.check_can_work(actor, locate(enquiry.unit), standing, is_closed=enquiry.closed_at is not None)


def touch(enquiry: Enquiry) -> None:
    """Keep when an enquiry was last worked on."""
    enquiry.touched_at = time.now()
    enquiry.save(update_fields=["touched_at"])


def _check_administer(actor: Actor, enquiry: Enquiry, standing: Standing) -> None:
    _lock(enquiry)
    policies.check_can_administer(actor, locate(enquiry.unit), standing, is_closed=enquiry.closed_at is not None)


def _lock(enquiry: Enquiry) -> None:
    enquiry.closed_at = Enquiry.objects.select_for_update().values_list("closed_at", flat=True).get(id=enquiry.id)


def _fill(actor: Actor, enquiry: Enquiry, said: Said) -> None:
    named = [said.owner, said.second_owner, said.critical_friend, *said.team]
    check_same_community(actor, *(person for person in named if person))
    enquiry.title = tidy(said.title, limit=TITLE_LIMIT)
    enquiry.question = tidy_text(said.question, required=True)
    enquiry.aim = tidy_text(said.aim)
    enquiry.template = said.template
    _serve(enquiry, said.challenge)
    _work_in(enquiry, said.group)
    if said.owner and said.owner == said.second_owner:
        raise Invalid("enquiry_owners_alike")
    enquiry.owner, enquiry.second_owner, enquiry.critical_friend = said.owner, said.second_owner, said.critical_friend


def _serve(enquiry: Enquiry, challenge: Challenge | None) -> None:
    """Let an enquiry serve a challenge that is open; the one it serves already may have closed since."""
    if challenge is not None and challenge.id != enquiry.challenge_id:
        above = locate(enquiry.unit).above
        is_near = challenge.unit_id in {enquiry.unit_id, *above}
        if not is_near or challenge.standing != Published.PUBLISHED or challenge.closed_at is not None:
            raise Invalid("enquiry_challenge_elsewhere")
    enquiry.challenge = challenge


def _work_in(enquiry: Enquiry, group: Group | None) -> None:
    """Let an enquiry be worked on in a group, whose people may come from several schools."""
    is_other = group is not None and group.id != enquiry.group_id
    if group is not None and is_other and group.unit_id not in {enquiry.unit_id, *locate(enquiry.unit).above}:
        raise Invalid("enquiry_group_elsewhere")
    enquiry.group = group


def _check_friend(enquiry: Enquiry) -> None:
    if enquiry.critical_friend_id and enquiry.critical_friend_id in {enquiry.owner_id, enquiry.second_owner_id}:
        raise Invalid("enquiry_friend_owns")


def _set_team(enquiry: Enquiry, team: Sequence[Person]) -> None:
    """Make these people the team; owners and the critical friend are in it anyway."""
    leading = {enquiry.owner_id, enquiry.second_owner_id, enquiry.critical_friend_id}
    wanted = {person.id for person in team} - leading
    rows = EnquiryMember.objects.filter(enquiry=enquiry)
    rows.exclude(person_id__in=wanted).delete()
    there = set(rows.values_list("person_id", flat=True))
    EnquiryMember.objects.bulk_create(
        EnquiryMember(community_id=enquiry.community_id, enquiry=enquiry, person_id=person_id)
        for person_id in sorted(wanted - there)
    )
