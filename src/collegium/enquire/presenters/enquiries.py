"""The page of an enquiry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from collegium.enquire import policies, talking
from collegium.enquire.enums import Ending, NoteKind, Stage, Template
from collegium.enquire.models import Enquiry, StageNote
from collegium.enquire.presenters.cycles import CycleShown, Ramp, draw_ramp, present_cycles
from collegium.enquire.presenters.evidence import EvidenceRow, present_evidence
from collegium.enquire.presenters.frame import address_of, name_of
from collegium.enquire.presenters.measures import MeasureShown, present_measures
from collegium.enquire.presenters.progress import ProgressShown, present_progress
from collegium.enquire.prompts import prompt_of
from collegium.enquire.queries import cycles as cycle_queries
from collegium.enquire.queries import enquiries
from collegium.enquire.queries import ideas as idea_queries
from collegium.enquire.queries.enquiries import FoundEnquiry
from collegium.people.actors import Actor
from collegium.people.presenters.frame import PersonLink, UnitFrame, frame_of, link_person
from collegium.talk.presenters.threads import Talk, present_talk


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown:
    """Something that was written at a stage."""

    text: str
    by: str
    at: dt.datetime
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageShown:
    """One of the five stages, with what it asks and what was written at it."""

    key: str
    title: str
    prompt: str
    notes: tuple[NoteShown, ...]
    is_current: bool
    evidence: tuple[EvidenceRow, ...]
    write_url: str
    files_url: str
    link_url: str
    cite_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryPage:
    """An enquiry as its team and its unit see it."""

    unit: UnitFrame
    title: str
    question: str
    aim: str
    challenge: str
    challenge_url: str
    kind: str
    owners: tuple[PersonLink, ...]
    critical_friend: PersonLink | None
    team: tuple[PersonLink, ...]
    needs_second: bool
    stages: tuple[StageShown, ...]
    stage_titles: tuple[str, ...]
    current_stage: int
    move_url: str
    change_url: str
    close_url: str
    ending: str
    finding: str
    again: str
    who_should_know: str
    closed_at: dt.datetime | None
    measures: tuple[MeasureShown, ...]
    enter_url: str
    import_url: str
    csv_url: str
    xlsx_url: str
    measure_add_url: str
    cycles: tuple[CycleShown, ...]
    cycle_add_url: str
    talk: Talk
    ramp: Ramp | None
    glance_url: str
    practice_url: str
    drivers_url: str
    group: str
    group_url: str
    progress: ProgressShown
    ideas: tuple[tuple[str, str, bool], ...]  # title, address, whether it was told here
    tell_url: str
    try_url: str


def present_enquiry(actor: Actor, found: FoundEnquiry, talk_page: int = 1) -> EnquiryPage:
    """Return the page of an enquiry."""
    row, can_work = found.enquiry, _can_work(actor, found)
    notes = enquiries.list_notes(row)
    owners = tuple(link_person(one.id, name_of(one)) for one in (row.owner, row.second_owner) if one and name_of(one))
    friend = row.critical_friend
    can_change = policies.can_administer(actor, found.place, found.standing, is_closed=found.is_closed)
    can_share = policies.can_share(actor, found.place, found.standing)
    evidence = present_evidence(actor, found, can_work=can_work)
    stages, rows = list(Stage), cycle_queries.list_cycles(row)
    has_open = any(not cycle.decision for cycle in rows)
    return EnquiryPage(
        unit=frame_of(actor, found.place),
        title=row.title,
        question=row.question,
        aim=row.aim,
        challenge=row.challenge.title if row.challenge else "",
        challenge_url=_challenge_url(row),
        kind=str(Template(row.template).label),
        owners=owners,
        critical_friend=link_person(friend.id, name_of(friend)) if friend and name_of(friend) else None,
        team=tuple(link_person(person.id, person.full_name) for person in enquiries.list_members(row)),
        needs_second=len(owners) < 2 and not found.is_closed,
        stages=tuple(_stage(found, stage, notes, evidence, can_work=can_work) for stage in stages),
        stage_titles=tuple(str(stage.label) for stage in stages),
        current_stage=stages.index(Stage(row.stage)) + 1,
        move_url=address_of(row, "enquiry_move") if can_work else "",
        change_url=address_of(row, "enquiry_change") if can_change else "",
        close_url=address_of(row, "enquiry_close") if can_change else "",
        ending=str(Ending(row.ending).label) if row.ending else "",
        finding=row.finding,
        again=row.again,
        who_should_know=row.who_should_know,
        closed_at=row.closed_at,
        measures=present_measures(actor, found, rows),
        enter_url=address_of(row, "points_enter") if can_work else "",
        import_url=address_of(row, "points_import") if can_work else "",
        csv_url=address_of(row, "points_export", "csv"),
        xlsx_url=address_of(row, "points_export", "xlsx"),
        measure_add_url=address_of(row, "measure_add") if can_work else "",
        cycles=present_cycles(row, rows, can_work=can_work),
        cycle_add_url=address_of(row, "cycle_add") if can_work and not has_open else "",
        talk=present_talk(actor, talking.subject_of(actor, found), talk_page),
        ramp=draw_ramp(rows),
        glance_url=address_of(row, "enquiry_glance"),
        practice_url=address_of(row, "practice") if row.ending else "",
        drivers_url=address_of(row, "drivers"),
        group=row.group.name if row.group else "",
        group_url=reverse("people:group", args=[row.group.id]) if row.group else "",
        progress=present_progress(actor, found, owners=len(owners), can_work=can_work),
        ideas=_ideas(row),
        tell_url=address_of(row, "idea_tell") if can_share else "",
        try_url=address_of(row, "trial_pick") if can_share else "",
    )


def _ideas(row: Enquiry) -> tuple[tuple[str, str, bool], ...]:
    told = {idea.id: idea for idea in idea_queries.list_told(row)}
    tried = {trial.idea_id: trial.idea for trial in idea_queries.list_trials_of(row)}
    return tuple(
        (idea.title, reverse("enquire:idea", args=[idea.id]), idea.id in told) for idea in (told | tried).values()
    )


def _can_work(actor: Actor, found: FoundEnquiry) -> bool:
    return policies.can_work(actor, found.place, found.standing, is_closed=found.is_closed)


def _challenge_url(row: Enquiry) -> str:
    """A challenge that was published is open to the whole community, also when it is one of a unit above."""
    challenge = row.challenge
    return reverse("intend:challenge", args=[challenge.unit.slug, challenge.id]) if challenge else ""


def _stage(
    found: FoundEnquiry,
    stage: Stage,
    notes: list[StageNote],
    evidence: Mapping[str, tuple[EvidenceRow, ...]],
    *,
    can_work: bool,
) -> StageShown:
    row = found.enquiry
    pages = ("note_add", "evidence_files", "evidence_link", "evidence_cite")
    write, files, link, cite = (address_of(row, name, stage.value) if can_work else "" for name in pages)
    return StageShown(
        key=stage.value,
        title=str(stage.label),
        prompt=prompt_of(Template(row.template), stage),
        notes=tuple(_note(note) for note in notes if note.stage == stage),
        is_current=row.stage == stage and not found.is_closed,
        evidence=evidence.get(stage, ()),
        write_url=write,
        files_url=files,
        link_url=link,
        cite_url=cite,
    )


def _note(note: StageNote) -> NoteShown:
    return NoteShown(
        text=note.text,
        by=name_of(note.written_by),
        at=note.written_at,
        kind="" if note.kind == NoteKind.NOTE else str(NoteKind(note.kind).label),
    )
