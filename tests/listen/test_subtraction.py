"""Adding and subtracting: from everything that is published, nobody works out a group smaller than k.

Schools, teams and alliances are made up by chance, with who answers, who comes and goes, and who looks on.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from collegium.listen import instruments
from collegium.listen.cells import Asked, Organisation, ReportingPlan, Spot, plan_reporting
from collegium.listen.enums import ReportingLevel
from collegium.listen.publishing.coarsening import Page
from collegium.listen.publishing.working_out import Earlier, ViewAsked, WorkedOut, count_sheets, form_plan, work_out
from collegium.listen.reporting import Moved
from collegium.people.enums import UnitKind
from collegium.science.disclosure.audit import audit_figures
from collegium.science.disclosure.release import Decision, ReleasedMean
from tests.listen import worlds

K = 5
FEWEST = K + 1
INSTRUMENT = instruments.read(worlds.SMALL)
LEVELS = list(ReportingLevel)[:4]


@dataclass
class Town:
    """Schools with teams in an alliance and a district that overlap, and everybody's place."""

    kinds: dict[uuid.UUID, str]
    holds: list[tuple[uuid.UUID, uuid.UUID]]
    roots: list[uuid.UUID]
    people: dict[uuid.UUID, Asked]
    dice: random.Random

    def organisation(self, root: uuid.UUID) -> Organisation:
        held, waiting = {root}, [root]
        while waiting:
            upper = waiting.pop()
            new = {low for up, low in self.holds if up == upper} - held
            held |= new
            waiting.extend(new)
        kinds = {unit: kind for unit, kind in self.kinds.items() if unit in held}
        return Organisation(root, kinds, [tie for tie in self.holds if tie[0] in held])

    def plan(self, root: uuid.UUID, levels: set[ReportingLevel] | None = None) -> ReportingPlan:
        organisation = self.organisation(root)
        asked = [
            person
            for person in self.people.values()
            if person.unit_id in organisation.kinds and (levels is None or person.level in levels)
        ]
        return plan_reporting(organisation, asked, fewest=FEWEST)

    def join(self, unit: uuid.UUID) -> None:
        person = uuid.UUID(int=self.dice.getrandbits(128))
        self.people[person] = Asked(person, unit, self.dice.choice(LEVELS))


def town(seed: int, *, schools: int, size: int) -> Town:
    dice = random.Random(seed)

    def new() -> uuid.UUID:
        return uuid.UUID(int=dice.getrandbits(128))

    alliance, district = new(), new()
    made = Town({alliance: UnitKind.ALLIANCE, district: UnitKind.DISTRICT}, [], [alliance, district], {}, dice)
    for number in range(schools):
        school = new()
        made.kinds[school] = UnitKind.SCHOOL
        made.roots.append(school)
        uppers = [alliance, district] if dice.random() < 0.5 else [(alliance, district)[number % 2]]
        made.holds += [(upper, school) for upper in uppers]
        units = [school]
        for _team in range(dice.randint(0, 4)):
            team = new()
            made.kinds[team] = UnitKind.TEAM
            made.holds.append((school, team))
            units.append(team)
        for unit in units:
            for _person in range(dice.randint(0, size)):
                made.join(unit)
    return made


def publish(
    place: Town, plan: ReportingPlan, answers: Mapping[uuid.UUID, int], earlier: list[Earlier] | None = None
) -> WorkedOut:
    """Publish what these people say, each one number for both items."""
    spots = [Spot(str(cell.number), cell.mixed_in, cell.parts) for cell in plan.cells]
    sheets = [(cell.number, answers[person]) for cell in plan.cells for person in cell.people if person in answers]
    counts = {spot.key: 0 for spot in spots}
    for cell, _answer in sheets:
        counts[str(cell)] += 1
    views = [ViewAsked(key=f"{v.unit_id}:{v.level}", kind=v.kind, cells=v.cells, asked=v.asked) for v in plan.views]
    near = place.organisation(place.roots[0]).near()
    atoms = form_plan(spots, counts, near, views, FEWEST)
    # The second item is reversed: turned round it says the same.
    table = np.array([[answer, 6 - answer] for _cell, answer in sheets], dtype=np.int64).reshape(len(sheets), 2)
    moments = count_sheets(INSTRUMENT, [cell for cell, _answer in sheets], table)
    return work_out(INSTRUMENT, moments, atoms, views, earlier or [], K)


def held(plan: ReportingPlan, found: WorkedOut, answers: Mapping[uuid.UUID, int]) -> dict[str, frozenset[uuid.UUID]]:
    """Return who is in every view that was published."""
    home = {cell.number: {person for person in cell.people if person in answers} for cell in plan.cells}
    atoms = [frozenset().union(*(home[int(cell)] for cell in atom)) for atom in found.plan.atoms]
    return {key: frozenset().union(*(atoms[place] for place in found.plan.views[key])) for key in found.documents}


def classes(figures: list[frozenset[uuid.UUID]]) -> tuple[list[list[tuple[int, ...]]], dict[tuple[int, ...], int]]:
    """Return figures as cells, a cell being everybody who is in the same figures."""
    inside: dict[tuple[int, ...], int] = {}
    for person in frozenset().union(*figures):
        key = tuple(place for place, figure in enumerate(figures) if person in figure)
        inside[key] = inside.get(key, 0) + 1
    return [[key for key in inside if place in key] for place in range(len(figures))], inside


# --- one wave ---------------------------------------------------------------------------------------------------------
# Each town has a pulse for its alliance, its district and each of its schools: two thousand pulses and more in all.
@settings(max_examples=450, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 2**32),
    st.integers(1, 4),
    st.integers(1, 12),
    st.floats(0.2, 1.0),
    st.integers(0, 3),
)
def test_within_a_pulse_no_group_below_k_can_be_worked_out(
    seed: int, schools: int, size: int, rate: float, attackers: int
) -> None:
    place = town(seed, schools=schools, size=size)
    for root in place.roots:
        plan = place.plan(root)
        answers = {person: place.dice.randint(1, 5) for person in place.people if place.dice.random() < rate}
        found = publish(place, plan, answers)
        views = held(plan, found, answers)
        if not views:
            continue
        figures, people = classes(list(views.values()))
        one = {place.dice.choice(list(people)): 1}  # a reader who has answered
        assert audit_figures(figures, people, k=K, known=one).is_safe
        assert all(len(group) > K for group in views.values())
        # Readers who put their heads together know more, and still face whoever is left of k + 1.
        together = dict.fromkeys(place.dice.sample(list(people), min(attackers, len(people))), 1)
        if len(together) > 1:
            assert audit_figures(figures, people, k=FEWEST - len(together), known=together).is_safe


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(2, 4), st.integers(3, 12))
def test_the_largest_attack_is_one_that_the_audit_finds(seed: int, schools: int, size: int) -> None:
    """Publishing what was withheld is found at once: the audit is not blind."""
    place = town(seed, schools=schools, size=size)
    plan = place.plan(place.roots[0])
    answers = dict.fromkeys(place.people, 3)
    found = publish(place, plan, answers)
    views = held(plan, found, answers)
    largest = max(views.values(), key=len, default=frozenset())
    if len(largest) <= FEWEST:
        return
    somebody = sorted(largest)[: K - 1]
    figures, people = classes([*views.values(), largest - frozenset(somebody)])
    assert not audit_figures(figures, people, k=K).is_safe


# --- two waves --------------------------------------------------------------------------------------------------------
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(6, 30), st.integers(0, 3), st.integers(0, 3), st.booleans())
# The two who came pull the mean over what would be the edge of a step.
@example(0, 18, 2, 0, True)
def test_the_few_who_come_and_go_stay_hidden_between_waves(
    seed: int, size: int, joiners: int, leavers: int, everybody: bool
) -> None:
    """The worst reader: knows who answered, believes that nobody changed their mind, and does the sums exactly.

    What the whole school's two means leave open of those who came or went must stay as wide as a point each.
    """
    dice = random.Random(seed)
    school = uuid.UUID(int=dice.getrandbits(128))
    place = Town({school: UnitKind.SCHOOL}, [], [school], {}, dice)
    for _person in range(size):
        place.join(school)
    opinions = {person: dice.randint(1, 5) for person in place.people}
    before_plan = place.plan(school)
    before_people = set(place.people)
    before = publish(place, before_plan, opinions)
    for person in dice.sample(sorted(place.people), min(leavers, size - FEWEST)):
        del place.people[person]
    for _person in range(joiners):
        place.join(school)
    for person in place.people:
        opinions.setdefault(person, dice.randint(1, 5))
    now_people = set(place.people)
    moved = Moved(joined=len(now_people - before_people), left=len(before_people - now_people))
    key = f"{school}:"
    silent = 0 if everybody else K
    answers = {person: opinions[person] for person in sorted(now_people)[: max(len(now_people) - silent, 0)]}
    plan = place.plan(school)
    earlier = Earlier(
        pulse_id=school,
        survey=before.survey,
        asked={f"{view.unit_id}:{view.level}": view.asked for view in before_plan.views},
        shown={key: means_of(before, key)},
        pages={key: [Page(means=means_of(before, key), n=size, asked=size, moved=moved.joined + moved.left)]},
        moved={key: moved},
    )
    after = publish(place, plan, answers, [earlier])
    if key not in before.documents or key not in after.documents:
        return
    change = next(iter(after.documents[key].changes)).report
    telling = moved.joined + moved.left
    if 0 < telling < FEWEST and everybody:
        assert change.released.decision is not Decision.SHOW
        assert change.before is None
        facet = after.documents[key].report.facet("openness")
        assert facet.shares is None or facet.shares.shares is None
        assert all(item.shares.shares is None and item.mean is None for item in facet.items)
        assert_hidden(before, after, key, before_people, now_people, opinions)
    if telling == 0 or not everybody:
        assert change.released.decision is Decision.SHOW


def means_of(published: WorkedOut, key: str) -> dict[str, ReleasedMean]:
    """Return the means on the page of a view, if there is one."""
    document = published.documents.get(key)
    return {facet.key: facet.mean for facet in document.report.facets} if document else {}


def assert_hidden(
    before: WorkedOut,
    after: WorkedOut,
    key: str,
    then: set[uuid.UUID],
    now: set[uuid.UUID],
    opinions: Mapping[uuid.UUID, int],
) -> None:
    """Assert that what both means leave open for those who moved, together, is a point for each of them, or all."""
    people = sorted(then | now)
    place = {person: number for number, person in enumerate(people)}
    rows, bounds = [], []
    for wave, members in ((before, then), (after, now)):
        mean = wave.documents[key].report.facet("openness").mean.mean
        if mean is None:
            return
        row = np.zeros(len(people))
        row[[place[person] for person in members]] = 1
        rows += [row, -row]
        bounds += [mean.high * len(members), -mean.low * len(members)]
    for group in (now - then, then - now):
        if not group:
            continue
        target = np.zeros(len(people))
        target[[place[person] for person in group]] = 1
        ends = [
            linprog(sign * target, A_ub=np.array(rows), b_ub=np.array(bounds), bounds=(1, 5)).fun * sign
            for sign in (1, -1)
        ]
        assert ends[1] - ends[0] >= len(group) * 1.0 - 1e-6, "they are pinned down"
        assert ends[0] - 1e-6 <= sum(opinions[person] for person in group) <= ends[1] + 1e-6, "the attack is wrong"


# --- everything fails closed ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("answered", [0, 1, K])
def test_of_too_few_nothing_is_published(answered: int) -> None:
    place = town(4, schools=1, size=9)
    plan = place.plan(place.roots[2])
    answers = dict.fromkeys(sorted(place.people)[:answered], 4)
    assert publish(place, plan, answers).documents == {}
