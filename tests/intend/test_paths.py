"""How a unit begins: what was published of trust decides what is suggested, the unit decides what is done."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collegium.base import events, time
from collegium.base.models import Event
from collegium.intend.enums import Path, Standing, StepKind
from collegium.intend.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.intend.models import Intent, TrustPath, TrustStep, Vision
from collegium.intend.queries import paths
from collegium.intend.services import paths as services
from collegium.intend.services import texts
from collegium.intend.trusting import Reason, Suggested
from collegium.listen.models import PublishedView, Pulse
from collegium.people import erasure
from collegium.people.models import Post
from tests import factories as make
from tests.intend import staffroom
from tests.intend.staffroom import Staffroom

pytestmark = pytest.mark.django_db


def choose(room: Staffroom, path: str = Path.TRUST_FIRST, why: str = "") -> TrustPath:
    return services.choose_path(actor=room.keeper, unit=room.school, path=path, why=why)


def step_of(path: TrustPath, kind: StepKind) -> TrustStep:
    return TrustStep.objects.select_related("path__unit").get(path=path, kind=kind)


def finish(room: Staffroom, path: TrustPath, *kinds: StepKind) -> None:
    for kind in kinds:
        services.finish_step(actor=room.keeper, step=step_of(path, kind), learned=f"What {kind} taught us.")


def soon(days: int = 30) -> dt.date:
    return time.today() + dt.timedelta(days=days)


# --- what is suggested ------------------------------------------------------------------------------------------------
def test_it_says_not_known_where_nothing_was_published() -> None:
    room = staffroom.build()
    guidance = paths.read_guidance(room.keeper, make.place_of(room.school))
    assert (guidance.suggestion.path, guidance.suggestion.reason) == (Suggested.UNKNOWN, Reason.NEVER_ASKED)
    staffroom.tell_trust(room.school, 2.4)
    PublishedView.objects.update(n=None)
    guidance = paths.read_guidance(room.keeper, make.place_of(room.school))
    assert guidance.suggestion.path is Suggested.UNKNOWN, "a result that is withheld says nothing"


def test_a_result_that_is_not_out_yet_says_nothing() -> None:
    room = staffroom.build()
    staffroom.tell_trust(room.school, 2.4)
    Pulse.objects.update(results_at=time.now() + dt.timedelta(hours=1))
    guidance = paths.read_guidance(room.keeper, make.place_of(room.school))
    assert guidance.suggestion.reason is Reason.NEVER_ASKED


def test_low_trust_suggests_trust_first_with_what_it_rests_on() -> None:
    room = staffroom.build()
    staffroom.tell_trust(room.school, 2.4)
    guidance = paths.read_guidance(room.actor(0), make.place_of(room.school))
    assert guidance.suggestion.path is Suggested.TRUST_FIRST
    assert guidance.evidence is not None
    assert (guidance.evidence.mean, guidance.evidence.n) == (2.4, 40)
    assert guidance.evidence.high is not None
    assert guidance.evidence.high < 3.5
    assert guidance.source == "Heartbeat of autumn"


def test_trust_that_clearly_fell_suggests_trust_first_even_where_it_is_high() -> None:
    room = staffroom.build()
    staffroom.tell_trust(room.school, 4.0, before=4.8)
    guidance = paths.read_guidance(room.keeper, make.place_of(room.school))
    assert guidance.suggestion.reason is Reason.FELL
    staffroom.tell_trust(room.school, 4.1, days_ago=20)
    guidance = paths.read_guidance(room.keeper, make.place_of(room.school))
    assert guidance.suggestion.path is Suggested.VISION_FIRST


def test_whoever_may_not_see_the_result_does_not_learn_it_from_the_guidance() -> None:
    room = staffroom.build()
    staffroom.tell_trust(room.school, 2.4)
    guidance = paths.read_guidance(make.actor_of(room.outsider), make.place_of(room.school))
    assert guidance.is_hidden
    assert guidance.evidence is None
    assert guidance.suggestion.path is Suggested.UNKNOWN


# --- what is chosen ---------------------------------------------------------------------------------------------------
def test_a_unit_may_choose_otherwise_and_says_why() -> None:
    room = staffroom.build()
    staffroom.tell_trust(room.school, 2.4)
    with pytest.raises(Invalid, match="path_why_missing"):
        choose(room, Path.VISION_FIRST, why="  ")
    path = choose(room, Path.VISION_FIRST, why="The merger will not wait.")
    assert (path.suggested, path.why) == ("trust", "The merger will not wait.")
    assert path.evidence["mean"] == 2.4
    assert path.evidence["reason"] == "low"
    kinds = list(TrustStep.objects.filter(path=path).order_by("place").values_list("kind", flat=True))
    assert kinds == ["vision", "strategy", "action", "trust", "revisit", "use"]


def test_what_is_suggested_needs_no_reason_and_neither_does_not_known() -> None:
    room, other = staffroom.build(), staffroom.build()
    staffroom.tell_trust(room.school, 2.4)
    assert choose(room).why == ""
    assert choose(other, Path.VISION_FIRST).suggested == "unknown"


def test_a_unit_is_on_one_path_and_leaves_it_with_a_reason() -> None:
    room = staffroom.build()
    path = choose(room)
    with pytest.raises(Conflict, match="path_chosen_already"):
        choose(room)
    with pytest.raises(Invalid, match="text_missing"):
        services.leave_path(actor=room.keeper, path=path, because=" ")
    services.leave_path(actor=room.keeper, path=path, because="We begin anew.")
    with pytest.raises(Conflict, match="path_left_already"):
        services.leave_path(actor=room.keeper, path=path, because="Again")
    step = step_of(path, StepKind.TRUST)
    with pytest.raises(Conflict, match="path_left_already"):
        services.finish_step(actor=room.keeper, step=step, learned="Too late")
    with pytest.raises(NotFound):
        paths.get_step(make.place_of(room.school), step.id)
    assert choose(room, Path.VISION_FIRST)
    assert [left.left_because for left in paths.list_left(make.place_of(room.school))] == ["We begin anew."]


def test_leads_and_stewards_of_the_unit_choose_and_plan() -> None:
    room = staffroom.build()
    path = choose(room)
    step = step_of(path, StepKind.TRUST)
    for other in (room.actor(0), make.actor_of(room.outsider)):
        with pytest.raises(NotAllowed):
            services.choose_path(actor=other, unit=room.school, path=Path.TRUST_FIRST)
        with pytest.raises(NotAllowed):
            services.leave_path(actor=other, path=path, because="No")
        with pytest.raises(NotAllowed):
            services.plan_step(actor=other, step=step, owner_id=room.people[0].id, second_id=None, due_on=soon())
        with pytest.raises(NotAllowed):
            services.finish_step(actor=other, step=step, learned="Much")


# --- steps ------------------------------------------------------------------------------------------------------------
def test_a_step_has_two_people_of_the_unit_and_a_day_to_come() -> None:
    room = staffroom.build()
    step = step_of(choose(room), StepKind.TRUST)
    one, other = room.people[:2]
    for owner, second, due_on, code in (
        (one, one, soon(), "step_two_people"),
        (one, other, time.today() - dt.timedelta(days=1), "step_due_in_past"),
        (room.outsider, other, soon(), "step_of_others"),
        (one, room.outsider, soon(), "step_of_others"),
    ):
        with pytest.raises(Invalid) as refused:
            services.plan_step(actor=room.keeper, step=step, owner_id=owner.id, second_id=second.id, due_on=due_on)
        assert refused.value.code == code
    services.plan_step(actor=room.keeper, step=step, owner_id=one.id, second_id=room.lead.id, due_on=time.today())
    plan = paths.read_plan(make.place_of(room.school))
    assert plan is not None
    assert not plan.lacks_owner(plan.steps[0])
    assert not plan.lacks_second(plan.steps[0])
    assert plan.lacks_owner(plan.steps[1])


def test_a_step_whose_owner_left_asks_for_a_new_one() -> None:
    room = staffroom.build()
    step = step_of(choose(room), StepKind.TRUST)
    one, other = room.people[:2]
    services.plan_step(actor=room.keeper, step=step, owner_id=one.id, second_id=other.id, due_on=soon())
    assert [each.id for each in paths.list_own_steps(room.actor(1))] == [step.id]
    Post.objects.filter(person=one).update(ends_on=time.today())
    plan = paths.read_plan(make.place_of(room.school))
    assert plan is not None
    assert plan.lacks_owner(plan.steps[0])
    assert not plan.lacks_second(plan.steps[0])
    assert paths.dump(one.id)["steps"][0]["part"] == "owner"
    assert paths.dump(other.id)["steps"][0]["part"] == "second"
    assert paths.dump(room.lead.id)["paths_chosen"][0]["path"] == "trust"
    erasure.forget_person(other.id)
    step.refresh_from_db()
    assert (step.owner_id, step.second_id) == (one.id, None)


def test_steps_are_taken_one_after_the_other_with_what_was_learned() -> None:
    room = staffroom.build()
    path = choose(room)
    with pytest.raises(Conflict, match="step_too_early"):
        finish(room, path, StepKind.VISION)
    with pytest.raises(Invalid, match="step_learned_missing"):
        services.finish_step(actor=room.keeper, step=step_of(path, StepKind.TRUST), learned=" \n ")
    finish(room, path, StepKind.TRUST, StepKind.VISION)
    with pytest.raises(Conflict, match="step_done_already"):
        finish(room, path, StepKind.TRUST)
    with pytest.raises(Conflict, match="step_not_last"):
        services.undo_step(actor=room.keeper, step=step_of(path, StepKind.TRUST))
    undone = services.undo_step(actor=room.keeper, step=step_of(path, StepKind.VISION))
    assert (undone.done_on, undone.learned) == (None, "What vision taught us.")


def test_its_owner_or_second_person_reports_a_step() -> None:
    room = staffroom.build()
    path = choose(room)
    step = step_of(path, StepKind.TRUST)
    services.plan_step(
        actor=room.keeper, step=step, owner_id=room.people[0].id, second_id=room.people[1].id, due_on=soon()
    )
    services.finish_step(actor=room.actor(1), step=step, learned="We talked.")
    services.undo_step(actor=room.actor(0), step=step)
    with pytest.raises(NotAllowed):
        paths.get_step_to_do(room.actor(2), make.place_of(room.school), step.id)


# --- revisiting -------------------------------------------------------------------------------------------------------
def publish(room: Staffroom, kind: type[Vision] | type[Intent]) -> Vision | Intent:
    part = "body" if kind is Vision else "direction"
    return kind.objects.create(
        community=room.community,
        unit=room.school,
        title=kind.__name__,
        text=texts.write_text(room.keeper, {part: "As it was."}),
        standing=Standing.PUBLISHED,
        published_at=time.now(),
    )


def test_revisiting_opens_vision_and_intent_again_and_ends_when_each_is_settled() -> None:
    room = staffroom.build()
    path = choose(room)
    finish(room, path, StepKind.TRUST, StepKind.VISION, StepKind.STRATEGY, StepKind.ACTION)
    step = step_of(path, StepKind.REVISIT)
    with pytest.raises(Conflict, match="nothing_to_revisit"):
        finish(room, path, StepKind.REVISIT)
    vision, intent = publish(room, Vision), publish(room, Intent)
    with pytest.raises(Conflict, match="revisit_not_settled"):
        finish(room, path, StepKind.REVISIT)
    services.reopen_text(actor=room.keeper, step=step, text=vision.text, learned="Parents want in.")
    services.reopen_text(
        actor=room.keeper, step=step, text=intent.text, learned="It held.", stands_because="It fits still."
    )
    assert [each.is_settled for each in paths.list_revisited(step)] == [False, True]
    texts.reword_text(room.keeper, vision.text, {"body": "With parents."}, reason="Parents want in.", from_version=1)
    first, second = paths.list_revisited(step)
    assert (first.is_vision, first.is_reworded, first.is_settled) == (True, True, True)
    assert (second.is_vision, second.is_reworded) == (False, False)
    finish(room, path, StepKind.REVISIT, StepKind.USE)
    plan = paths.read_plan(make.place_of(room.school))
    assert plan is not None
    assert plan.current is None


def test_only_published_texts_of_the_unit_are_revisited() -> None:
    room, other = staffroom.build(), staffroom.build()
    step = step_of(choose(room), StepKind.REVISIT)
    elsewhere = publish(other, Vision)
    with pytest.raises(NotFound):
        services.reopen_text(actor=room.keeper, step=step, text=elsewhere.text, learned="Much")
    mine = publish(room, Vision)
    with pytest.raises(NotAllowed):
        services.reopen_text(actor=room.actor(0), step=step, text=mine.text, learned="Much")
    wrong = step_of(TrustPath.objects.get(unit=room.school), StepKind.ACTION)
    with pytest.raises(NotFound):
        services.reopen_text(actor=room.keeper, step=wrong, text=mine.text, learned="Much")


def test_the_trail_tells_what_happened_in_words() -> None:
    room = staffroom.build()
    path = choose(room)
    step = step_of(path, StepKind.TRUST)
    services.plan_step(actor=room.keeper, step=step, owner_id=room.people[0].id, second_id=None, due_on=soon())
    finish(room, path, StepKind.TRUST)
    services.undo_step(actor=room.keeper, step=step)
    services.leave_path(actor=room.keeper, path=path, because="Else")
    for event in Event.objects.all():
        assert str(events.get_phrase(event.verb)).format(who="Ada", **event.data)
        assert event.unit_id == room.school.id


@pytest.mark.parametrize("named", [0, 1, 6])
def test_a_plan_is_read_in_so_many_queries_whoever_carries_it(named: int) -> None:
    room = staffroom.build()
    path = choose(room)
    for step in TrustStep.objects.filter(path=path).select_related("path__unit")[:named]:
        services.plan_step(actor=room.keeper, step=step, owner_id=room.people[0].id, second_id=None, due_on=soon())
    place = make.place_of(room.school)
    with CaptureQueriesContext(connection) as asked:
        paths.read_plan(place)
    assert len(asked) == (4 if named else 2)
