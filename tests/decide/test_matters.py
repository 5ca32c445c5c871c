"""Matters: who may ask, who takes part, who reads; proposals with every wording; whose decision it is."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.decide.enums import Method, Readers, Stage, Voice
from collegium.decide.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.decide.models import Matter, Norms, Part, Proposal, ProposalVersion
from collegium.decide.presenters import lists
from collegium.decide.presenters import matters as presenter
from collegium.decide.presenters import norms as norms_presenter
from collegium.decide.presenters import proposals as proposal_presenter
from collegium.decide.queries import matters as queries
from collegium.decide.queries import norms as norm_queries
from collegium.decide.queries import standing
from collegium.decide.services import closing, matters, norms, outcomes, polls, proposals, voting
from collegium.decide.services.matters import Asked, Whom
from collegium.decide.services.outcomes import Words
from collegium.people.enums import UnitKind
from tests import factories as make
from tests.decide import worlds
from tests.decide.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build()


# --- asking, reading --------------------------------------------------------------------------------------------------
def test_whoever_asks_facilitates_and_everybody_here_may_ask(world: World) -> None:
    asked = worlds.ask(make.actor_of(world.cleo), world.unit, question="  Why   now? ")
    assert (asked.question, asked.facilitator, asked.second) == ("Why now?", world.cleo, None)
    with pytest.raises(NotAllowed, match="matter_of_others"):
        worlds.ask(make.actor_of(world.colleague), world.unit)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"question": " "}, "text_missing"),
        ({"question": "x" * 201}, "text_too_long"),
        ({"decide_by": dt.date(2020, 1, 1)}, "decide_by_past"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(world: World, more: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        worlds.ask(make.actor_of(world.ada), world.unit, **{"question": "Q?", **more})  # type: ignore[arg-type]
    assert Matter.objects.count() == 1


def test_two_different_people_facilitate(world: World) -> None:
    with pytest.raises(Invalid, match="facilitators_same"):
        worlds.ask(make.actor_of(world.ada), world.unit, facilitator=world.ben, second=world.ben)


def test_a_matter_without_anybody_who_votes_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="nobody_takes_part"):
        matters.ask(
            actor=make.actor_of(world.ada),
            unit=world.unit,
            asked=Asked(question="Q?"),
            whom=[Whom(person=world.guest, voice=Voice.VOICE)],
        )


@pytest.mark.parametrize(("readers", "sees"), [(Readers.UNIT, False), (Readers.COMMUNITY, True)])
def test_others_read_what_is_open_to_them(readers: str, sees: bool) -> None:
    world = worlds.build(readers=readers)
    assert len(lists.present_unit(make.actor_of(world.colleague), make.place_of(world.unit), 1).open) == sees
    if sees:
        assert world.found(world.colleague).standing.voice is None
    else:
        with pytest.raises(NotFound):
            world.found(world.colleague)
    with pytest.raises(NotFound):
        queries.get_matter_for(make.actor_of(worlds.build().steward), world.matter.id)


def test_what_is_for_those_involved_others_of_the_unit_do_not_find() -> None:
    world = worlds.build(readers=Readers.INVOLVED)
    Part.objects.filter(unit=world.unit).delete()
    Part.objects.create(community=world.unit.community, matter=world.matter, person=world.cleo)
    late = make.make_person(world.unit.community)
    make.make_post(late, world.unit)
    with pytest.raises(NotFound):
        world.found(late)
    assert lists.present_unit(make.actor_of(late), make.place_of(world.unit), 1).open == ()
    assert world.found(world.cleo).standing.voice == Voice.VOTE
    assert world.found(world.steward).standing.stewards


def test_who_is_added_by_name_has_what_they_were_added_with(world: World) -> None:
    matters.add_part(**world.by(world.ada), matter=world.matter, whom=Whom(person=world.cleo, voice=Voice.VOICE))
    found = {each.person_id: each.voice for each in standing.list_taking_part(world.matter, time.today())}
    assert found[world.cleo.id] == found[world.guest.id] == Voice.VOICE
    assert found[world.ada.id] == Voice.VOTE
    assert len(found) == 5
    assert world.found(world.cleo).standing.voice == Voice.VOICE
    with pytest.raises(Conflict, match="takes_part_already"):
        matters.add_part(**world.by(world.ada), matter=world.matter, whom=Whom(person=world.cleo))


def test_only_those_who_facilitate_run_it(world: World) -> None:
    for person in (world.cleo, world.guest):
        with pytest.raises(NotAllowed, match="facilitators_only"):
            matters.move(**world.by(person), matter=world.matter, stage=Stage.IDEAS)
    for person, stage in ((world.ben, Stage.IDEAS), (world.steward, Stage.DECIDING)):
        matters.move(**world.by(person), matter=world.matter, stage=stage)
    with pytest.raises(Invalid, match="stage_by_itself"):
        matters.move(**world.by(world.ada), matter=world.matter, stage=Stage.REVIEW)
    unit_part = Part.objects.get(unit=world.unit)
    with pytest.raises(Conflict, match="nobody_takes_part"):
        matters.remove_part(**world.by(world.ada), matter=world.matter, part=unit_part)


def test_a_closed_matter_takes_nothing_more(world: World) -> None:
    with pytest.raises(Invalid, match="why_missing"):
        matters.close(**world.by(world.ada), matter=world.matter, why=" ")
    matters.close(**world.by(world.ada), matter=world.matter, why="The timetable settled it.")
    page = presenter.present_matter(make.actor_of(world.cleo), world.found(world.cleo))
    assert "The timetable settled it." in page.background
    assert (page.is_closed, page.propose_url, page.talk.write_url) == (True, "", "")
    with pytest.raises(NotAllowed, match="matter_closed"):
        world.propose(world.ada)
    with pytest.raises(Conflict, match="matter_closed"):
        matters.move(**world.by(world.ada), matter=world.matter, stage=Stage.IDEAS)


# --- proposals --------------------------------------------------------------------------------------------------------
def test_every_wording_of_a_proposal_stays_with_its_reason(world: World) -> None:
    made = world.propose(world.guest, "Friday", "We meet on Fridays at three.")
    change = {"proposal": made, "title": "Friday", "text": "We meet on Fridays at two."}
    with pytest.raises(NotAllowed, match="proposal_of_another"):
        proposals.amend(**world.by(world.cleo), **change, why="Earlier", written_from=1)
    with pytest.raises(Invalid, match="why_missing"):
        proposals.amend(**world.by(world.guest), **change, why=" ", written_from=1)
    proposals.amend(**world.by(world.guest), **change, why="Buses leave at three.", written_from=1)
    with pytest.raises(Conflict, match="proposal_moved_on"):
        proposals.amend(**world.by(world.ada), **change, why="Also", written_from=1)
    with pytest.raises(Invalid, match="proposal_same"):
        proposals.amend(**world.by(world.ada), **change, why="Also", written_from=2)
    found = queries.get_proposal_for(make.actor_of(world.cleo), made.id)
    page = proposal_presenter.present_proposal(make.actor_of(world.cleo), found)
    (version,) = page.versions
    assert [str(stretch.words).strip() for stretch in version.changes if stretch.mark != "kept"] == ["three.", "two."]
    assert (page.amend_url, version.why) == ("", "Buses leave at three.")
    proposals.withdraw(**world.by(world.guest), proposal=made, why="Another is better.")
    with pytest.raises(Conflict, match="proposal_withdrawn"):
        proposals.amend(**world.by(world.guest), **change, why="Back", written_from=2)
    assert ProposalVersion.objects.count() == 2


def test_numbers_of_proposals_count_up(world: World) -> None:
    assert [world.propose(person).number for person in (world.ada, world.ben, world.guest)] == [1, 2, 3]
    world.matter.refresh_from_db()
    assert world.matter.proposed_at is not None


# --- norms and decision rights ----------------------------------------------------------------------------------------
def test_the_latest_wording_of_how_a_group_decides_holds(world: World) -> None:
    actor, words = make.actor_of(world.steward), norms.Words(how="By consent.")
    norms.write_norms(actor=actor, unit=world.unit, words=words)
    norms.write_norms(actor=actor, unit=world.unit, words=norms.Words(how="By consent, on Fridays."))
    norms.write_norms(actor=actor, unit=world.unit, group=world.group, words=norms.Words(how="By advice."))
    with pytest.raises(NotAllowed):
        norms.write_norms(actor=make.actor_of(world.cleo), unit=world.unit, words=words)
    found = norm_queries.list_norms_for(make.actor_of(world.cleo), make.place_of(world.unit))
    assert [row.how for row in found] == ["By consent, on Fridays.", "By advice."]
    assert norm_queries.get_norms(world.unit.id, world.group.id).how == "By advice."  # type: ignore[union-attr]
    assert Norms.objects.count() == 3


def test_a_decision_that_sits_higher_needs_a_reason_and_can_be_asked_down(world: World) -> None:
    district = make.make_unit(world.unit.community, kind=UnitKind.DISTRICT)
    make.contain(district, world.unit)
    actor = make.actor_of(world.steward)
    line = {"actor": actor, "unit": world.unit, "what": "Which books are bought", "lowest": UnitKind.TEAM}
    with pytest.raises(Invalid, match="right_needs_reason"):
        norms.write_right(**line, holder=district)
    with pytest.raises(Invalid, match="right_elsewhere"):
        norms.write_right(**line, holder=make.make_unit(world.unit.community), reason="Why not")
    right = norms.write_right(**line, holder=district, reason="One contract for all.")
    matter = norms.ask_to_move_down(actor=make.actor_of(world.cleo), right=right, why="Teams know their pupils.")
    assert matter.moves_right == right
    assert (matter.facilitator, Proposal.objects.get(matter=matter).text) == (world.cleo, "Teams know their pupils.")
    low = norms.write_right(
        **{**line, "what": "Who covers"},
        holder=make.make_unit(world.unit.community, kind=UnitKind.TEAM, within=world.unit),
    )
    with pytest.raises(Conflict, match="right_is_lowest"):
        norms.ask_to_move_down(actor=actor, right=low, why="Lower still")
    norms.withdraw_right(actor=actor, right=right)
    place = make.place_of(world.unit)
    assert [row.what for row in norm_queries.list_rights_for(actor, place)] == ["Who covers"]
    with pytest.raises(NotFound):
        norm_queries.get_right_for(actor, place, right.id)


def test_an_accepted_request_changes_the_register_by_itself(world: World) -> None:
    district = make.make_unit(world.unit.community, kind=UnitKind.DISTRICT)
    make.contain(district, world.unit)
    actor, place = make.actor_of(world.steward), make.place_of(world.unit)
    line = {"actor": actor, "unit": world.unit, "what": "Which books are bought", "lowest": UnitKind.TEAM}
    right = norms.write_right(**line, holder=district, reason="One contract for all.")
    for step in ("school", "each team"):
        matter = norms.ask_to_move_down(actor=make.actor_of(world.cleo), right=right, why="Teams know.")
        words = {"statement": "Yes.", "reasons": f"To {step}.", "review_on": time.today() + dt.timedelta(days=9)}
        standing = queries.get_matter_for(make.actor_of(world.cleo), matter.id).standing
        with pytest.raises(Conflict, match="move_not_carried"):
            outcomes.publish(
                actor=make.actor_of(world.cleo), matter=matter, standing=standing, words=Words(**words, moves=True)
            )
        matter.refresh_from_db()
        poll = polls.open_poll(
            actor=make.actor_of(world.cleo),
            matter=matter,
            standing=standing,
            opening=polls.Opening(
                method=Method.MAJORITY,
                question="Down?",
                closes_at=time.now() + dt.timedelta(days=1),
                proposal=Proposal.objects.get(matter=matter),
            ),
        )
        voting.cast_open(actor=make.actor_of(world.ben), poll=poll, marks="yes")
        with time.at(poll.closes_at):
            closing.close(report=lambda _done, _total, _step="": None, poll_id=str(poll.id))
        poll.refresh_from_db()
        outcomes.publish(
            actor=make.actor_of(world.cleo),
            matter=matter,
            standing=standing,
            words=Words(**words, moves=True, poll=poll),
        )
        right.refresh_from_db()
        assert (right.decided_in, right.moved_because) == (matter, f"To {step}.")
    assert (right.holder, right.each, right.reason) == (world.unit, UnitKind.TEAM, "")
    (row,) = norms_presenter.present_rights(make.actor_of(world.cleo), place).rows
    assert (row.holder, row.is_higher) == (f"Each team in {world.unit.name}", False)
    assert row.decided_url == reverse("decide:matter", args=[matter.id])
    with pytest.raises(Conflict, match="right_is_lowest"):
        norms.ask_to_move_down(actor=actor, right=right, why="Lower still")
    changed = norms.write_right(**line, holder=world.unit, each=UnitKind.TEAM, right=right)
    assert changed.decided_in == matter, "other words of the same line keep where it was decided"
    changed = norms.write_right(**line, holder=world.unit, reason="We saw otherwise.", right=right)
    assert (changed.decided_in, changed.moved_because, changed.each) == (None, "", "")


def test_a_request_that_is_declined_or_whose_line_is_gone_moves_nothing(world: World) -> None:
    steward = make.actor_of(world.steward)
    line = {"actor": steward, "unit": world.unit, "what": "Books", "lowest": UnitKind.TEAM, "holder": world.unit}
    right = norms.write_right(**line, reason="One budget.")
    matter = norms.ask_to_move_down(actor=make.actor_of(world.cleo), right=right, why="Teams know.")
    standing = queries.get_matter_for(make.actor_of(world.cleo), matter.id).standing
    words = {"statement": "No.", "reasons": "Not yet.", "review_on": time.today() + dt.timedelta(days=9)}
    norms.withdraw_right(actor=steward, right=right)
    by = {"actor": make.actor_of(world.cleo), "matter": matter, "standing": standing}
    with pytest.raises(Conflict, match="right_is_gone"):
        outcomes.publish(**by, words=Words(**words, moves=True))
    outcomes.publish(**by, words=Words(**words))
    right.refresh_from_db()
    assert (right.each, right.decided_in) == ("", None)


# --- size -------------------------------------------------------------------------------------------------------------
def test_lists_and_pages_take_as_many_statements_whatever_there_is(world: World) -> None:
    counts: list[tuple[int, int]] = []
    actor = make.actor_of(world.ada)
    for number in (1, 3, 30):
        while Matter.objects.count() < number:
            worlds.ask(actor, world.unit)
        while Proposal.objects.filter(matter=world.matter).count() < number:
            world.propose(world.ben)
        with CaptureQueriesContext(connection) as of_list:
            lists.present_unit(actor, make.place_of(world.unit), 1)
        with CaptureQueriesContext(connection) as of_page:
            presenter.present_matter(actor, world.found(world.ada))
        counts.append((len(of_list), len(of_page)))
    assert len(set(counts)) == 1, counts
