"""Reviews, from opening to what follows for the unit."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.base.models import Event, Job
from collegium.guide import judgements
from collegium.guide.enums import ReviewState, Whom
from collegium.guide.errors import Conflict, Invalid, NotAllowed, NotFound
from collegium.guide.models import Agreement, Dissenting, JudgementBox, Review, Seat
from collegium.guide.presenters.own import build_waiting
from collegium.guide.queries import moves, own
from collegium.guide.queries import reviews as queries
from collegium.guide.queries.system import read_system_for
from collegium.guide.services import agreeing, judging, opening_reviews
from collegium.people.enums import Level, Role, UnitKind
from collegium.people.models import Person, Unit
from collegium.people.services import persons
from tests import factories as make
from tests.guide import review_worlds as worlds
from tests.guide.review_worlds import AFTER, NOW, World
from tests.people.worlds import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return worlds.build()


def read(person: Person, review: Review, at: dt.datetime = AFTER) -> str:
    with time.at(at):
        response = client_of(person).get(reverse("guide:review", args=[review.id]))
    assert response.status_code == 200
    return response.content.decode()


# --- opening ----------------------------------------------------------------------------------------------------------
def test_it_asks_everybody_here_and_writes_down_whom(world: World) -> None:
    review = worlds.open_review(world)
    assert (review.asked, review.state, review.file.version) == (8, ReviewState.JUDGING, 1)
    assert set(Seat.objects.values_list("person_id", flat=True)) == {person.id for person in world.staff}
    newcomer = make.make_person(world.unit.community, account=True)
    make.make_post(newcomer, world.unit)
    with pytest.raises(NotAllowed, match="review_asks_others"):
        worlds.judge(newcomer, review, "developing")
    assert Event.objects.get(verb="review.opened").unit_id == world.unit.id


def test_a_narrower_circle_is_asked_if_it_is_large_enough(world: World) -> None:
    group = make.make_group(world.unit)
    for person in world.staff[:6]:
        make.make_membership(person, group)
    assert worlds.open_review(world, whom=Whom.GROUP, group=group).asked == 6
    leads = [make.make_person(world.unit.community) for _number in range(5)]
    for person in leads:
        make.make_post(person, world.unit, level=Level.MIDDLE)
    assert worlds.open_review(world, "school_stage", whom=Whom.LEADERS).asked == 6, "with the steward"


def test_it_refuses_what_would_tell_single_people_or_cannot_end(world: World) -> None:
    small = worlds.build(5)
    with pytest.raises(Invalid, match="review_too_few"):
        worlds.open_review(small)
    with pytest.raises(Invalid, match="review_closes_past"):
        worlds.open_review(world, closes_at=NOW)
    with pytest.raises(Invalid, match="review_closes_past"):
        worlds.open_review(world, closes_at=NOW + dt.timedelta(days=91))
    worlds.open_review(world)
    with pytest.raises(Conflict, match="review_under_way"):
        worlds.open_review(world)
    member = World(world.unit, world.staff[0], world.staff)
    with pytest.raises(NotAllowed):
        worlds.open_review(member, "school_stage")
    team = make.make_unit(world.unit.community, kind=UnitKind.TEAM)
    with pytest.raises(Invalid, match="review_not_for_kind"):
        worlds.open_review(World(team, make.steward_of(team), []), "alliance")


# --- judging ----------------------------------------------------------------------------------------------------------
def test_everybody_judges_once_and_the_spread_is_counted_when_it_closes(world: World) -> None:
    review = worlds.open_review(world)
    for person, level in zip(world.staff, ["beginning"] * 2 + ["developing"] * 4 + ["leading"], strict=False):
        worlds.judge(person, review, level)
    worlds.judge(world.staff[7], review, {"enquiry": "embedding"})
    with pytest.raises(Conflict, match="review_judged_already"):
        worlds.judge(world.staff[0], review, "leading")
    assert worlds.close(review, NOW).state == ReviewState.JUDGING, "before its time"
    worlds.close(review)
    assert review.state == ReviewState.TALKING
    assert review.result["n"] == 8
    assert review.result["counts"]["enquiry"] == [2, 4, 1, 1]
    assert review.result["counts"]["openness"] == [2, 4, 0, 1]
    assert JudgementBox.objects.count() == 0
    assert judging.close(report=lambda *_said: None, review_id=str(review.id)) == {"closed": 0}
    shown = read(world.steward, review)
    assert "People are spread from Beginning to Leading." in shown
    assert "8 of 8 judged" in shown
    assert "One more could not tell." in shown
    with pytest.raises(Conflict, match="review_over"):
        worlds.judge(world.staff[0], review, "leading", AFTER)


def test_of_fewer_than_six_nothing_is_kept_and_the_page_says_so(world: World) -> None:
    review = worlds.open_review(world)
    for person in world.staff[:5]:
        worlds.judge(person, review, "leading")
    worlds.close(review)
    assert review.result == {"withheld": True}
    shown = read(world.steward, review)
    assert "Fewer than 6 people judged, so the spread is not shown" in shown
    assert "What people judged:" not in shown
    worlds.agree_all(world.steward, review, "leading")
    assert worlds.finish(world.steward, review).state == ReviewState.AGREED


def test_of_a_claim_of_which_fewer_than_six_could_tell_nothing_is_kept(world: World) -> None:
    review = worlds.open_review(world)
    for person in world.staff[:5]:
        worlds.judge(person, review, "leading")
    for person in world.staff[5:]:
        worlds.judge(person, review, {"openness": "beginning"})
    worlds.close(review)
    assert review.result == {"n": 8, "counts": {"openness": [3, 0, 0, 5]}}
    assert read(world.steward, review).count("Fewer than 6 people could tell, so the spread is not shown.") == 10


def test_before_it_closes_nobody_sees_a_spread_or_talks(world: World) -> None:
    review = worlds.open_review(world)
    for person in world.staff[:7]:
        worlds.judge(person, review, "leading")
    shown = read(world.steward, review, NOW)
    assert "At least 5 of 8 have judged" in shown
    assert "What people judged" not in shown
    assert "The conversation opens when" in shown
    with time.at(NOW):
        assert not worlds.find(world.staff[0], review).may_talk(make.actor_of(world.staff[0]))
    assert worlds.find(world.staff[0], worlds.close(review), AFTER).may_talk(make.actor_of(world.staff[0]))


def test_the_time_closes_it_and_a_lost_key_is_said(world: World) -> None:
    review = worlds.open_review(world)
    for person in world.staff:
        worlds.judge(person, review, "leading")
    with time.at(AFTER):
        judging.do_what_is_due()
        judging.do_what_is_due()
    assert Job.objects.filter(name=judging.CLOSE_JOB).count() == 1
    for box in JudgementBox.objects.all():
        judgements.BOXES.model.objects.filter(id=box.id).update(number=box.number + 7)  # type: ignore[attr-defined]
    assert worlds.close(review).result == {"lost": True}
    assert "not the keys" in read(world.steward, review)


def test_stopping_deletes_unread_what_people_judged(world: World) -> None:
    review = worlds.open_review(world)
    worlds.judge(world.staff[0], review, "leading")
    with time.at(NOW):
        opening_reviews.stop_review(
            actor=make.actor_of(world.steward), found=worlds.find(world.steward, review), why="The wrong one"
        )
    review.refresh_from_db()
    assert (review.state, JudgementBox.objects.count(), Seat.objects.filter(has_judged=True).count()) == (
        ReviewState.STOPPED, 0, 0,
    )  # fmt: skip
    assert "The wrong one" in read(world.staff[0], review)
    worlds.open_review(world)


# --- talking and agreeing ---------------------------------------------------------------------------------------------
def closed(world: World, key: str = "learning_community") -> Review:
    review = worlds.open_review(world, key)
    for person in world.staff:
        worlds.judge(person, review, "developing")
    return worlds.close(review)


def test_leads_write_down_what_was_agreed_and_anybody_asked_may_dissent_in_their_own_words(world: World) -> None:
    review = closed(world)
    found = worlds.find(world.steward, review, AFTER)
    claim = found.definition.claims[0]
    lead = world.staff[1]
    make.make_role(lead, world.unit, Role.LEAD)
    with time.at(AFTER):
        agreeing.agree(
            actor=make.actor_of(lead), found=worlds.find(lead, review, AFTER), claim=claim, level="developing",
            why="The last two plans.",
        )  # fmt: skip
        agreeing.dissent(
            actor=make.actor_of(world.staff[2]), found=worlds.find(world.staff[2], review, AFTER), claim=claim,
            text="Ask the cleaners.",
        )  # fmt: skip
        with pytest.raises(NotAllowed, match="review_asks_others"):
            agreeing.dissent(actor=make.actor_of(world.steward), found=found, claim=claim, text="No")
        with pytest.raises(NotAllowed, match="review_leads_only"):
            agreeing.agree(
                actor=make.actor_of(world.staff[3]), found=worlds.find(world.staff[3], review, AFTER), claim=claim,
                level="leading",
            )  # fmt: skip
    shown = read(world.staff[0], review)
    assert "Agreed: Developing" in shown
    assert "The last two plans." in shown
    assert "Ask the cleaners." in shown
    assert world.staff[2].full_name in shown


def test_where_people_cannot_agree_that_is_what_stands(world: World) -> None:
    review = closed(world)
    found = worlds.find(world.steward, review, AFTER)
    by = {"actor": make.actor_of(world.steward), "found": found, "claim": found.definition.claims[0]}
    with time.at(AFTER):
        with pytest.raises(Invalid, match="review_say_why"):
            agreeing.agree(**by, level="")  # type: ignore[arg-type]
        with pytest.raises(Invalid, match="review_level_unknown"):
            agreeing.agree(**by, level="soft")  # type: ignore[arg-type]
        with pytest.raises(Conflict, match="review_claims_open"):
            agreeing.finish(actor=make.actor_of(world.steward), found=found)
        agreeing.agree(**by, level="", why="Between developing and leading.")  # type: ignore[arg-type]
    assert "We could not agree" in read(world.staff[0], review)


def test_a_finished_review_stays_as_it_is(world: World) -> None:
    review = worlds.go_through(world, "learning_community", "embedding")
    at = NOW + dt.timedelta(days=9)
    with pytest.raises(Conflict, match="review_finished"):
        worlds.agree_all(world.steward, review, "leading", at)
    with time.at(at), pytest.raises(Conflict, match="review_finished"):
        opening_reviews.stop_review(
            actor=make.actor_of(world.steward), found=worlds.find(world.steward, review, at), why="Late"
        )
    assert set(Agreement.objects.values_list("level", flat=True)) == {"embedding"}


def test_the_next_review_stands_beside_the_last(world: World) -> None:
    worlds.go_through(world, "learning_community", "developing")
    later = NOW + dt.timedelta(days=300)
    review = worlds.open_review(world, at=later)
    for person in world.staff:
        worlds.judge(person, review, "embedding", later)
    assert "Last time" not in read(world.staff[0], review, later), "people judge by what they see, not by the last time"
    worlds.close(review, later + dt.timedelta(days=8))
    worlds.agree_all(world.steward, review, "embedding", later + dt.timedelta(days=8))
    shown = read(world.staff[0], review, later + dt.timedelta(days=8))
    assert "Agreed: Embedding" in shown
    assert "last time: Developing (10 Mar 2026)" in shown
    assert "Last time: Shared values and vision" in shown


# --- what follows -----------------------------------------------------------------------------------------------------
def test_a_stage_follows_and_the_list_says_which(world: World) -> None:
    worlds.go_through(world, "school_stage", "binding")
    after = NOW + dt.timedelta(days=9)
    found = queries.find_outcomes(world.unit.id, after.date())
    assert {sets: row.outcome for sets, row in found.items()} == {"stage": "binding"}
    assert queries.find_outcomes(world.unit.id, NOW.date()) == {}, "not before it was finished"
    with time.at(after):
        page = client_of(world.staff[0]).get(reverse("guide:reviews", args=[world.unit.slug])).content.decode()
    assert "Binding" in page


def suggested(unit: Unit, person: Person) -> set[str]:
    """Return what would be sensible once a review of `NOW` is finished, whether it is shown, waits or stands by."""
    at = AFTER + dt.timedelta(days=2)
    with time.at(at):
        choice = moves.suggest_for(make.actor_of(person), make.place_of(unit, at.date())).choice
    return {move.key for move in (*choice.moves, *choice.waiting, *choice.beside)}


@pytest.mark.parametrize(
    ("level", "phase", "gone"),
    [
        ("beginning", "beginning", {"share_the_leading"}),
        ("developing", "evolving", set()),
        ("leading", "mature", {"fit_the_work_to_each_school", "gather_the_heads"}),
    ],
)
def test_the_guide_suggests_to_an_alliance_what_fits_its_phase(
    level: str, phase: str, gone: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    community = make.make_community()
    alliance = make.make_unit(community, kind=UnitKind.ALLIANCE)
    steward = make.steward_of(alliance)
    world = World(alliance, steward, worlds.build(6, community=community, within=alliance).staff)
    _let_every_move_hold(monkeypatch)
    before = suggested(alliance, steward)
    assert worlds.go_through(world, "alliance", level).outcome == phase
    assert before - suggested(alliance, steward) == gone


@pytest.mark.parametrize(
    ("stage", "gone"),
    [
        ("bartering", {"own_it_together", "let_ability_lead"}),
        ("bonding", {"agree_what_we_value", "grow_your_own"}),
    ],
)
def test_the_guide_suggests_to_a_school_what_fits_its_stage(
    stage: str, gone: set[str], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _let_every_move_hold(monkeypatch)
    before = suggested(world.unit, world.steward)
    worlds.go_through(world, "school_stage", stage)
    assert before - suggested(world.unit, world.steward) == gone


def _let_every_move_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the conditions of every move hold, so that nothing but the phase tells them apart."""
    monkeypatch.setattr("collegium.guide.moves.model.Move.holds", lambda _move, _readings: True)


# --- alliances --------------------------------------------------------------------------------------------------------
def test_an_alliance_runs_it_in_its_schools_and_each_keeps_its_own() -> None:
    community = make.make_community()
    alliance = make.make_unit(community, kind=UnitKind.ALLIANCE)
    first, second = (worlds.build(7, community=community, within=alliance) for _number in range(2))
    small = worlds.build(3, community=community, within=alliance)
    steward = make.steward_of(alliance)
    world = World(alliance, steward, [*first.staff, *second.staff, *small.staff])
    whole = worlds.open_review(world, "alliance", in_schools=True)
    parts = {row.unit_id: row for row in Review.objects.filter(part_of=whole)}
    assert set(parts) == {first.unit.id, second.unit.id}, "three people would be told apart"
    assert (whole.asked, parts[first.unit.id].asked) == (17, 7)
    with pytest.raises(NotFound):
        worlds.find(second.staff[0], parts[first.unit.id])
    own_part = parts[first.unit.id]
    for person in first.staff:
        worlds.judge(person, own_part, "developing")
    worlds.close(own_part)
    worlds.agree_all(first.steward, own_part, "developing")
    assert queries.count_shared_levels(whole) == {}
    worlds.finish(first.steward, own_part, is_shared=True)
    assert queries.count_shared_levels(whole)["trust"] == {"developing": 1}
    told = read_system_for(make.actor_of(steward), make.place_of(alliance, AFTER.date()))
    assert {each.id: each.phase for each in told.schools} == {
        first.unit.id: "evolving", second.unit.id: "", small.unit.id: "",
    }  # fmt: skip
    told = read_system_for(make.actor_of(second.staff[0]), make.place_of(alliance, AFTER.date()))
    assert {each.phase for each in told.schools} == {""}, "the phase of a school is for those who see its guide"
    worlds.close(whole)
    shown = read(steward, whole)
    assert "Agreed in schools that share it:" in shown
    assert first.unit.name in shown
    assert small.unit.name not in shown


def test_the_alliance_sets_weights_with_a_reason_and_they_hold_in_its_schools() -> None:
    community = make.make_community()
    alliance = make.make_unit(community, kind=UnitKind.ALLIANCE)
    school = worlds.build(6, community=community, within=alliance)
    steward = make.steward_of(alliance)
    world = World(alliance, steward, school.staff)
    definition = queries.get_offered(make.place_of(alliance), "alliance").definition
    by = {"actor": make.actor_of(steward), "unit": alliance, "definition": definition}
    with time.at(NOW):
        with pytest.raises(Invalid, match="weights_say_why"):
            agreeing.set_weights(**by, weights={"trust": 5}, reason=" ")  # type: ignore[arg-type]
        with pytest.raises(Invalid, match="weights_range"):
            agreeing.set_weights(**by, weights={"trust": 6}, reason="So")  # type: ignore[arg-type]
        agreeing.set_weights(**by, weights={"trust": 5, "vision": 5}, reason="Trust carries the rest.")  # type: ignore[arg-type]
    whole = worlds.open_review(world, "alliance", in_schools=True)
    part = Review.objects.get(part_of=whole)
    for review, person in ((whole, steward), (part, school.steward)):
        worlds.close(review)
        worlds.agree_all(person, review, "beginning")
        for key in ("trust", "vision"):
            found = worlds.find(person, review, AFTER)
            with time.at(AFTER):
                agreeing.agree(
                    actor=make.actor_of(person), found=found, claim=queries.get_claim(found, key), level="developing"
                )
        worlds.finish(person, review)
        assert review.weights["trust"] == 5
        assert review.outcome == "evolving", "two of eight claims, with 10 of 16 of the weight"
    shown = read(school.staff[0], part)
    assert "Trust carries the rest." in shown
    assert "Weights of 2 Mar 2026" in shown


# --- the critical friend ----------------------------------------------------------------------------------------------
def test_a_critical_friend_reads_and_comments_and_does_not_judge(world: World) -> None:
    review = worlds.open_review(world)
    friend = make.make_person(world.unit.community, account=True)
    with pytest.raises(NotFound):
        worlds.find(friend, review)
    with time.at(NOW):
        by = {"actor": make.actor_of(world.steward), "found": worlds.find(world.steward, review)}
        with pytest.raises(Invalid, match="review_friend_asked"):
            opening_reviews.invite_friend(**by, person=world.staff[0])  # type: ignore[arg-type]
        opening_reviews.invite_friend(**by, person=friend)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="review_asks_others"):
        worlds.judge(friend, review, "leading")
    worlds.close(review)
    assert worlds.find(friend, review, AFTER).may_talk(make.actor_of(friend))
    shown = read(friend, review)
    assert friend.full_name in shown
    assert "I see it differently" not in shown
    persons.erase_person(actor=make.actor_of(friend), person=friend)
    review.refresh_from_db()
    assert review.friend is None


# --- one's own --------------------------------------------------------------------------------------------------------
def test_my_part_asks_until_one_has_judged_and_the_export_never_says_what(world: World) -> None:
    review = worlds.open_review(world)
    person = world.staff[0]
    with time.at(NOW):
        page = client_of(person).get(reverse("people:my_part")).content.decode()
        content = build_waiting(make.actor_of(person))
    assert "A review asks you" in page
    assert reverse("guide:review_judge", args=[review.id]) in page
    assert content is not None
    assert [each.text for each in content.sentences] == [f"Learning community ({world.unit.name})"]
    worlds.judge(person, review, "leading")
    with time.at(NOW):
        assert queries.list_waiting(make.actor_of(person)) == []
    dumped = own.dump_reviews(person.id)
    assert dumped["asked"] == [{"unit": world.unit.name, "review": "Learning community", "has_judged": True}]
    assert "leading" not in str(dumped)


def test_erasure_deletes_dissent_and_keeps_the_count(world: World) -> None:
    review = closed(world)
    person = world.staff[2]
    found = worlds.find(person, review, AFTER)
    with time.at(AFTER):
        agreeing.dissent(actor=make.actor_of(person), found=found, claim=found.definition.claims[0], text="No")
        persons.erase_person(actor=make.actor_of(person), person=person)
    assert Dissenting.objects.count() == 0
    review.refresh_from_db()
    assert review.result["n"] == 8


# --- pages ------------------------------------------------------------------------------------------------------------
def test_people_judge_on_a_page_with_the_evidence_first(world: World) -> None:
    review = worlds.open_review(world)
    client = client_of(world.staff[0])
    url = reverse("guide:review_judge", args=[review.id])
    with time.at(NOW):
        page = client.get(url).content.decode()
        assert page.index("We don’t know yet:") < page.index('type="radio"')
        assert "This would tell: The questionnaire on the learning community." in page
        assert client.post(url, {"shared_values": "leading"}).status_code == 422
        keys = [claim.key for claim in queries.read_file(review.file).claims]
        response = client.post(url, dict.fromkeys(keys[:-1], "leading") | {keys[-1]: "-"})
        assert response.status_code == 302
        assert client.post(url, dict.fromkeys(keys, "leading")).status_code == 422, "once"
        assert client.get(url).status_code == 302, "there is nothing to fill in any more"
    assert Seat.objects.filter(has_judged=True).count() == 1


def test_a_steward_opens_one_from_the_list_in_two_steps(world: World) -> None:
    client = client_of(world.steward)
    with time.at(NOW):
        page = client.get(reverse("guide:reviews", args=[world.unit.slug])).content.decode()
        url = reverse("guide:review_open", args=[world.unit.slug, "school_stage"])
        assert url in page
        assert "in_schools" not in client.get(url).content.decode()
        response = client.post(url, {"whom": "all", "closes_at": "2026-03-09T16:00", "about": "Lesson study"})
    assert response.status_code == 302
    review = Review.objects.get()
    assert (review.key, review.about) == ("school_stage", "Lesson study")
    assert "Lesson study" in read(world.staff[0], review, NOW)


def test_the_pages_take_as_many_statements_whatever_they_hold() -> None:
    counts = []
    for people in (6, 9, 12):
        world = worlds.build(people)
        review = closed(world)
        worlds.agree_all(world.steward, review, "developing")
        for person in world.staff[: people // 3]:
            found = worlds.find(person, review, AFTER)
            with time.at(AFTER):
                agreeing.dissent(actor=make.actor_of(person), found=found, claim=found.definition.claims[0], text="No")
        client = client_of(world.steward)
        read(world.steward, review)
        with (
            time.at(AFTER),
            CaptureQueriesContext(
                connection,
            ) as caught,
        ):
            client.get(reverse("guide:review", args=[review.id]))
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts
