"""Where nothing changed and nobody differs, pages hardly ever say "clearly": simulated schools, whole pages of them.

People keep what is lasting about them and answer anew, as in the demo's model. A page is a school in one wave beside
the wave before: four facets judged together. No database.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from collegium.listen import instruments
from collegium.listen.demo import answering, story
from collegium.listen.demo.answering import Minds, Respondent
from collegium.listen.publishing.working_out import count_sheets
from collegium.listen.reporting import (
    Moved,
    Rules,
    Survey,
    compare_groups,
    compare_levels,
    compare_waves,
    make_survey,
    report_view,
)
from collegium.science.disclosure.atoms import form_atoms
from collegium.science.measurement.change import Verdict

HEARTBEAT = instruments.get_shipped("heartbeat")
FACETS = tuple(facet.key for facet in HEARTBEAT.facets)
RATE = 0.05
SURE = 0.999  # how often chance alone may fail the test: one time in a thousand


@dataclass
class World:
    """Some groups of people, who think what they think; the dice of what they say and who answers."""

    seed: int
    sizes: Mapping[str, int]
    middle: float = story.USUAL
    people: dict[str, list[Respondent]] = field(init=False)

    def __post_init__(self) -> None:
        self.dice = np.random.default_rng([2005, self.seed])
        middle = dict.fromkeys(FACETS, self.middle)
        self.people = {
            group: [Respondent(uuid.UUID(bytes=self.dice.bytes(16)), middle) for _ in range(size)]
            for group, size in self.sizes.items()
        }

    def wave(self, rate: float, half: int | None = None) -> Survey:
        """Let so many of each group answer today; of a half, where only that is asked."""
        cells: list[str] = []
        chosen: list[Respondent] = []
        for group, people in self.people.items():
            asked = people if half is None else people[half::2]
            some = self.dice.permutation(len(asked))[: round(rate * len(asked))]
            chosen += [asked[place] for place in some]
            cells += [group] * len(some)
        answers = answering.answer(HEARTBEAT, chosen, Minds(self.seed), self.dice)
        numbers = {group: number for number, group in enumerate(self.sizes)}
        moments = count_sheets(HEARTBEAT, [numbers[cell] for cell in cells], answers)
        views = {group: [str(number)] for group, number in numbers.items()}
        counts = {str(number): cells.count(group) for group, number in numbers.items()}
        return make_survey(moments, form_atoms(counts, [], views, k=6), Rules())


@dataclass
class Tally:
    """How many claims were false, of how many there might have been, and on how many pages stood one."""

    claims: int = 0
    comparisons: int = 0
    pages: int = 0
    false_pages: int = 0

    def add(self, false: int, of: int) -> None:
        self.claims += false
        self.comparisons += of
        self.pages += 1
        self.false_pages += false > 0

    def __str__(self) -> str:
        low, high = stats.binomtest(self.false_pages, self.pages).proportion_ci(0.95, method="exact")
        return (
            f"{self.claims} of {self.comparisons} claims ({self.claims / self.comparisons:.1%}), "
            f"{self.false_pages} of {self.pages} pages ({low:.1%} to {high:.1%})"
        )

    def check_claims(self) -> None:
        assert self.claims <= RATE * self.comparisons, str(self)

    def check_pages(self) -> None:
        assert self.false_pages <= stats.binom.ppf(SURE, self.pages, RATE), str(self)


SCHOOLS = [(60, 0.8), (60, 1.0), (30, 0.9), (14, 0.8), (10, 1.0)]


def waves_of(worlds: int, size: int, rate: float) -> Iterator[tuple[Survey, Survey]]:
    for seed in range(worlds):
        world = World(seed * 1000 + size, {"hill": size})
        yield world.wave(rate), world.wave(rate)


def count_verdicts(before: Survey, after: Survey, asked: int, moved: Moved) -> tuple[int, int]:
    changes = compare_waves(before, after, ["hill"], moved={"hill": moved}, asked={"hill": (asked, asked)})
    return sum(change.verdict is not Verdict.UNCLEAR for change in changes), len(changes)


def test_of_300_schools_where_nothing_changed_hardly_any_reads_clearly_up_or_down() -> None:
    tally = Tally()
    for size, rate in SCHOOLS:
        for before, after in waves_of(60, size, rate):
            tally.add(*count_verdicts(before, after, size, Moved(joined=0, left=0)))
    assert tally.pages == 300
    tally.check_claims()
    tally.check_pages()


def test_where_another_half_of_the_staff_is_asked_each_time_the_halves_are_not_taken_for_the_same_people() -> None:
    tally = Tally()
    for seed in range(100):
        world = World(seed, {"hill": 50})
        before, after = world.wave(0.9, half=0), world.wave(0.9, half=1)
        tally.add(*count_verdicts(before, after, 25, Moved(joined=25, left=25)))
    tally.check_claims()
    tally.check_pages()


def test_a_change_as_large_as_the_demos_is_found_in_nearly_every_school() -> None:
    """Few false claims are worth nothing where true ones are missed."""
    found = 0
    for seed in range(50):
        world = World(seed, {"hill": 60})
        before = world.wave(0.8)
        fallen = {facet: story.USUAL - 0.8 * (facet == "trust") for facet in FACETS}
        world.people["hill"] = [Respondent(person.person_id, fallen) for person in world.people["hill"]]
        changes = compare_waves(
            before, world.wave(0.8), ["hill"], moved={"hill": Moved(joined=0, left=0)}, asked={"hill": (60, 60)}
        )
        found += next(change for change in changes if change.facet == "trust").verdict is Verdict.DOWN
    assert found >= 48


# --- beside each other ------------------------------------------------------------------------------------------------
def test_schools_that_think_alike_are_hardly_ever_told_apart() -> None:
    sizes = {"thorn": 60, "castle": 60, "kestrel": 35, "brindle": 40, "oak": 31, "orrin": 10}
    tally = Tally()
    for seed in range(60):
        survey = World(seed, sizes).wave(0.8)
        found = [compare_groups(survey, list(sizes), facet) for facet in FACETS]
        tally.add(sum(one.pairs_apart for one in found), sum(one.pairs for one in found))
    tally.check_claims()


@pytest.mark.parametrize("rate", [0.8, 1.0])
def test_levels_that_think_alike_are_hardly_ever_said_to_differ(rate: float) -> None:
    sizes = {"classroom": 36, "middle": 10, "support": 14}
    tally = Tally()
    for seed in range(60):
        survey = World(seed, sizes).wave(rate)
        tally.add(len(compare_levels(survey, {level: level for level in sizes})), 3 * len(FACETS))
    tally.check_claims()
    tally.check_pages()


def test_intervals_of_levels_that_think_alike_nearly_always_meet_even_where_all_answered() -> None:
    """Readers compare intervals by eye, so those must not be too narrow either."""
    sizes = {"classroom": 36, "middle": 10, "support": 14}
    tally = Tally()
    for seed in range(60):
        survey = World(seed, sizes).wave(1.0)
        reports = [report_view(survey, level, asked=size) for level, size in sizes.items()]
        intervals = [[report.facet(facet).interval for report in reports] for facet in FACETS]
        pairs = [pair for each in intervals for pair in combinations(filter(None, each), 2)]
        tally.add(sum(not one.overlaps(other) for one, other in pairs), len(pairs))
    tally.check_claims()
