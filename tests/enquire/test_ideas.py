"""Change ideas: told by one school, tried by others, their numbers added up only where that is allowed."""

from __future__ import annotations

import datetime as dt
import math
import random
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collegium.base import time
from collegium.enquire.charting import effects
from collegium.enquire.charting.effects import Apart
from collegium.enquire.enums import Fidelity, Numbers, Setting
from collegium.enquire.errors import Invalid, NotAllowed, NotFound
from collegium.enquire.models import Enquiry, Idea, IdeaOutcome, Measure, Point, TrialMeasure
from collegium.enquire.policies import Standing
from collegium.enquire.presenters import ideas as presenter
from collegium.enquire.queries import counting, own
from collegium.enquire.queries import ideas as queries
from collegium.enquire.services import ideas as services
from collegium.enquire.services.ideas import Told, Tried
from collegium.people.enums import UnitKind
from collegium.people.models import Person, Unit
from tests import factories as make
from tests.enquire.rows import make_enquiry, make_measure, make_segment, make_trial

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 1, 5)
SINCE = MONDAY + dt.timedelta(weeks=8)
IN = Standing(owns=True)


def weeks(measure: Measure, levels: list[float], of: int | None = 40, title: str = "") -> None:
    """Write a number a week."""
    segment = make_segment(measure, title)
    Point.objects.bulk_create(
        Point(
            community=measure.community,
            segment=segment,
            on=MONDAY + dt.timedelta(weeks=week),
            value=round(level * of) if of else level,
            denominator=of,
        )
        for week, level in enumerate(levels)
    )


def drawn(before: float, after: float, seed: int = 1) -> list[float]:
    dice = random.Random(seed)
    return [sum(dice.random() < level for _each in range(40)) / 40 for level in [before] * 8 + [after] * 8]


class World:
    """A district with an idea that was told in its first school."""

    def __init__(self) -> None:
        self.community = make.make_community()
        self.district = make.make_unit(self.community, kind=UnitKind.DISTRICT)
        self.ada, self.first = self.school("Hill")
        self.enquiry = make_enquiry(self.first, self.ada)
        self.measure = make_measure(self.enquiry)
        told = Told(title="Greet at the door", how="Say each name")
        self.idea = services.tell_idea(
            actor=make.actor_of(self.ada), enquiry=self.enquiry, standing=IN, told=told, outcomes=[self.measure]
        )
        self.outcome = IdeaOutcome.objects.get(idea=self.idea)

    def school(self, name: str) -> tuple[Person, Unit]:
        unit = make.make_unit(self.community, name, within=self.district)
        person = make.make_person(self.community, name, "Reader", account=True)
        make.make_post(person, unit)
        return person, unit

    def attach(self, enquiry: Enquiry, measure: Measure | None = None, **more: Any) -> None:
        trial = make_trial(self.idea, enquiry, since=SINCE, **more)
        if measure:
            TrialMeasure.objects.create(community=self.community, trial=trial, outcome=self.outcome, measure=measure)

    def replicate(self, name: str, levels: list[float], **more: Any) -> Enquiry:
        person, unit = self.school(name)
        enquiry = make_enquiry(unit, person)
        measure = make_measure(enquiry)
        weeks(measure, levels)
        self.attach(enquiry, measure, **more)
        return enquiry

    def page(self, person: Person | None = None) -> presenter.IdeaPage:
        actor = make.actor_of(person or self.ada)
        return presenter.present_idea(actor, queries.get_idea_for(actor, self.idea.id))


@pytest.fixture
def world() -> World:
    return World()


# --- telling and trying -----------------------------------------------------------------------------------------------
def test_an_idea_is_told_tried_elsewhere_and_read_on_one_page(world: World) -> None:
    ben, other = world.school("Dale")
    client = Client()
    client.force_login(ben.account)
    story = reverse("enquire:idea", args=[world.idea.id])
    text = client.get(story).content.decode()
    assert "Say each name" in text
    begin = f"{reverse('enquire:enquiry_add', args=[other.slug])}?title=Greet+at+the+door"
    assert begin in text
    begun = client.post(
        f"{begin}&idea={world.idea.id}", {"title": "Greet here", "question": "Does it?", "template": "pdsa"}
    )
    enquiry = Enquiry.objects.get(unit=other)
    keep = reverse("enquire:trial_keep", args=[enquiry.id, world.idea.id])
    assert begun["Location"] == keep
    measure = make_measure(enquiry)
    said = {"since": "2026-03-02", "setting": "secondary", "fidelity": "mostly", "context": "Long *corridors*"}
    assert client.post(keep, {**said, "context": ""}).status_code == 422
    assert client.post(keep, {**said, f"outcome-{world.outcome.id}": str(measure.id)})["Location"] == story
    text = client.get(story).content.decode()
    assert "Tried in 1 place so far" in text
    assert "Long <em>corridors</em>" in text
    assert client.get(keep).content.decode().count("Long *corridors*") == 1
    client.post(keep, {**said, "context": "Short ones"})
    assert "Short ones" in client.get(story).content.decode()
    assert not TrialMeasure.objects.exists()


def test_its_own_page_tells_it_with_a_measure(world: World) -> None:
    client = Client()
    client.force_login(world.ada.account)
    url = reverse("enquire:idea_tell", args=[world.enquiry.id])
    said = {"title": "Doors", "how": "Stand there"}
    assert client.post(url, said).status_code == 422
    done = client.post(url, {**said, "outcomes": [str(world.measure.id)]})
    idea = Idea.objects.get(title="Doors")
    assert done["Location"] == reverse("enquire:trial_keep", args=[world.enquiry.id, idea.id])
    assert "Doors" in client.get(reverse("enquire:enquiry", args=[world.enquiry.id])).content.decode()
    assert "Doors" in client.get(reverse("enquire:trial_pick", args=[world.enquiry.id])).content.decode()
    change = reverse("enquire:idea_change", args=[idea.id])
    assert client.post(change, {**said, "title": "Better doors"}).status_code == 302
    assert "Better doors" in client.get(reverse("enquire:unit_ideas", args=[world.first.slug])).content.decode()


def test_what_is_not_theirs_is_refused(world: World) -> None:
    ben, _unit = world.school("Dale")
    tried = Tried(since=SINCE, setting=Setting.PRIMARY, fidelity=Fidelity.AS_TOLD, context="Here")
    theirs = {"actor": make.actor_of(ben), "enquiry": world.enquiry, "standing": Standing()}
    with pytest.raises(NotAllowed):
        services.keep_trial(**theirs, idea=world.idea, tried=tried)
    with pytest.raises(NotAllowed):
        services.tell_idea(**theirs, told=Told(title="x", how="y"), outcomes=[world.measure])
    own_one = {"actor": make.actor_of(world.ada), "enquiry": world.enquiry, "standing": IN}
    elsewhere = make_measure(make_enquiry(world.first, world.ada))
    wrong = Tried(**{**vars_of(tried), "measures": {world.outcome.id: elsewhere}})
    with pytest.raises(Invalid):
        services.keep_trial(**own_one, idea=world.idea, tried=wrong)
    later = Tried(**{**vars_of(tried), "since": time.today() + dt.timedelta(days=1)})
    with pytest.raises(Invalid):
        services.keep_trial(**own_one, idea=world.idea, tried=later)
    for outcomes in ([], [elsewhere]):
        with pytest.raises(Invalid):
            services.tell_idea(**own_one, told=Told(title="x", how="y"), outcomes=outcomes)
    stranger = make.make_person(make.make_community())
    with pytest.raises(NotFound):
        queries.get_idea_for(make.actor_of(stranger), world.idea.id)


def vars_of(tried: Tried) -> dict[str, Any]:
    return {name: getattr(tried, name) for name in ("since", "setting", "fidelity", "context", "adaptation")}


# --- what it says -----------------------------------------------------------------------------------------------------
def test_places_that_measured_alike_are_added_up(world: World) -> None:
    for place in range(5):
        world.replicate(f"School {place}", drawn(0.5, 0.7, place))
    (outcome,) = world.page().outcomes
    assert outcome.sentence.startswith("In 5 places together: +2")
    assert "It has become better. In one more place like these it may lie between" in outcome.sentence
    assert outcome.warnings == ("Before and after in the same place: whatever else changed at that time is in it too.",)
    (figure,) = world.page().figures
    assert [row.label for row in figure.rows][-1] == "All together"
    assert len(figure.rows) == 6
    assert [len(row.cells) for row in world.page().matrix] == [1] * 5


def test_what_cannot_be_compared_stands_apart_with_its_reason(world: World) -> None:
    world.replicate("Fits", drawn(0.5, 0.7))
    world.replicate("Short", drawn(0.5, 0.7)[:10])
    person, unit = world.school("Counts")
    counting_one = make_enquiry(unit, person)
    world.attach(counting_one, make_measure(counting_one, numbers="count"))
    down = make_enquiry(unit, person)
    world.attach(down, make_measure(down, direction="down"))
    world.attach(make_enquiry(unit, person))
    page = world.page()
    assert [row.cells[0] for row in page.matrix][1:] == [
        "too few periods",
        "other kind of numbers",
        "the other way is better here",
        "not measured here",
    ]
    (outcome,) = page.outcomes
    assert outcome.sentence.startswith("In the one place that measured it:")
    assert "Counts (other kind of numbers)" in outcome.warnings[0]
    assert page.figures == ()


def test_of_one_or_two_places_of_a_kind_nothing_is_said(world: World) -> None:
    for place in range(3):
        world.replicate(f"School {place}", drawn(0.5, 0.7, place), fidelity="mostly")
    world.replicate("Other", drawn(0.5, 0.5), setting="secondary")
    kinds = {row.kind: row for row in world.page().outcomes[0].kinds}
    assert kinds["Primary school"].value.startswith("+")
    assert kinds["Mostly, with changes"].places == 3
    assert (kinds["Secondary school"].value, kinds["Secondary school"].words) == ("", "1 place: too few to say")
    assert "With fewer than five places" in world.page().outcomes[0].warnings[0]


def test_two_trials_in_one_place_are_said_to_be(world: World) -> None:
    enquiry = world.replicate("Twice", drawn(0.5, 0.7))
    again = make_enquiry(enquiry.unit, enquiry.owner)
    measure = make_measure(again)
    weeks(measure, drawn(0.5, 0.7, 2))
    world.attach(again, measure)
    assert any("Two of them are in the same place" in text for text in world.page().outcomes[0].warnings)


def test_shares_of_few_count_for_nobody(world: World) -> None:
    person, unit = world.school("Small")
    enquiry = make_enquiry(unit, person)
    measure = make_measure(enquiry)
    weeks(measure, [0.5] * 16, of=4)
    world.attach(enquiry, measure)
    (row,) = world.page(person).matrix
    assert row.cells == ("too few periods",)


def test_groups_are_added_up_and_counts_need_all_of_them(world: World) -> None:
    measure = make_measure(world.enquiry, numbers="count", title="Late")
    outcome = IdeaOutcome(numbers="count", direction="up", title="Late")
    weeks(measure, [10.0] * 16, of=None, title="a")
    weeks(measure, [10.0] * 8 + [30.0] * 7, of=None, title="b")
    (measured,) = queries.measures.list_by_id([measure.id])
    found = effects.find_effect(measured, SINCE, outcome)
    assert found.effect is not None
    assert (found.effect.n_before, found.effect.n_after) == (8, 7)
    assert found.effect.value == pytest.approx(math.log(2))
    shown = effects.show_effect(found.effect, Numbers.COUNT)
    assert shown is not None
    assert shown.value == pytest.approx(100)
    Measure.objects.filter(id=measure.id).update(numbers="average")
    (measured,) = queries.measures.list_by_id([measure.id])
    average = IdeaOutcome(numbers="average", direction="up", title="Late")
    assert effects.find_effect(measured, SINCE, average).apart is Apart.SEVERAL_AVERAGES


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    """Five schools of forty pupils a week, whose true effects differ a little about 15 points: 200 times over."""
    covered = 0
    for seed in range(200):
        dice = np.random.default_rng(seed)
        found = []
        for before in (0.45, 0.5, 0.55, 0.5, 0.6):
            after = before + 0.15 + dice.normal(0, 0.02)
            values = np.concatenate([dice.binomial(40, before, 10), dice.binomial(40, after, 10)])
            effect = effects.before_after(values, np.full(20, 40), changed=10)
            found.append(effects.Found(effect))
        interval = effects.add_up(found).mean.interval
        assert interval is not None
        covered += interval.low <= 0.15 <= interval.high
    assert 183 <= covered <= 198, covered


# --- counting, speed, persons -----------------------------------------------------------------------------------------
def test_the_story_asks_as_often_for_many_places_as_for_one(world: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            world.page()
        return len(asked)

    world.replicate("School", drawn(0.5, 0.7))
    one = count()
    for place in range(3):
        world.replicate(f"School {place}", drawn(0.5, 0.7))
    assert count() == one


def test_what_was_adopted_and_tried_nowhere_else_is_counted(world: World) -> None:
    today = time.today()
    Enquiry.objects.filter(id=world.enquiry.id).update(ending="adopt", finding="It helps", closed_at=time.now())
    world.attach(world.enquiry, world.measure)
    assert counting.count_kept_alone(world.first.id, today) == 1
    assert queries.count_replicated(world.first.id, today) == 0
    other = world.replicate("Dale", drawn(0.5, 0.7))
    assert counting.count_kept_alone(world.first.id, today) == 0
    assert [queries.count_replicated(unit.id, today) for unit in (world.first, other.unit, world.district)] == [1] * 3
    assert queries.count_replicated(world.first.id, today - dt.timedelta(days=1)) == 0
    assert counting.count_kept_alone(world.first.id, today - dt.timedelta(days=1)) == 0
    Enquiry.objects.filter(id=other.id).update(ending="adopt", finding="Here too", closed_at=time.now())
    assert counting.count_kept_alone(other.unit_id, today) == 0


def test_who_told_and_tried_is_in_their_data_and_is_forgotten(world: World) -> None:
    tried = Tried(since=SINCE, setting=Setting.PRIMARY, fidelity=Fidelity.AS_TOLD, context="Here")
    services.keep_trial(
        actor=make.actor_of(world.ada), enquiry=world.enquiry, standing=IN, idea=world.idea, tried=tried
    )
    held = own.dump(world.ada.id)
    assert (held["ideas"][0]["how"], held["ideas_tried"][0]["context"]) == ("Say each name", "Here")
    services.forget_person(world.ada.id)
    held = own.dump(world.ada.id)
    assert (held["ideas"], held["ideas_tried"]) == ([], [])
    assert Idea.objects.filter(created_by__isnull=True).count() == 1
