"""Two pages of a wave can be subtracted: no difference may be about fewer than k, whatever the groups."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import combinations

import numpy as np
import pytest

from collegium.connect.report_words import write_response
from collegium.connect.reporting import Layer, Report, Rules, Seen, Web, make_report, make_web
from collegium.connect.reporting.grouping import Groups, can_stand_beside, merge_small
from collegium.connect.reporting.seen import Page
from collegium.science.disclosure.audit import audit_figures
from collegium.science.networks.network import NO_GROUP, Network
from collegium.science.results import BoolArray, FloatArray, IntArray

K = 5
RULES = Rules(k=K, draws=2)
LEVELS = ("classroom", "middle", "senior")


# --- any alliance -----------------------------------------------------------------------------------------------------
def make_alliance(seed: int, *, ties: bool = False) -> Web:
    """Make up a few schools of any size with teams and levels, and an office that belongs to none of them."""
    dice = np.random.default_rng(seed)
    sizes = dice.choice([1, 2, 3, 4, 6, 8, 11, 15, 20], size=dice.integers(1, 4))
    school = np.repeat(np.arange(len(sizes)), sizes)
    school = np.concatenate((school, np.full(dice.integers(0, 4), NO_GROUP)))
    n = len(school)
    level = dice.choice(3, size=n, p=dice.dirichlet([3, 1.5, 1]))
    # Those who lead a school often are a team of their own, which is what makes two ways of grouping risky.
    team = np.where((level == 2) & (dice.random() < 0.5), 2, dice.choice(2, size=n)) + 3 * np.maximum(school, 0)
    answered = dice.random(n) < dice.choice([0.4, 0.7, 0.9, 1.0])
    edges = np.argwhere((dice.random((n, n)) < 0.1) & answered[:, None] & ~np.eye(n, dtype=np.bool_))
    layer = Layer(key="advice", title="Advice", network=Network(n=n, edges=edges if ties else edges[:0]))
    return make_web(
        n,
        [layer],
        school=school,
        team=np.where(school == NO_GROUP, NO_GROUP, team),
        level=level,
        has_post=level > 0,
        answered=answered,
        schools=[f"School {place}" for place in range(len(sizes))],
        teams=[f"Team {place}" for place in range(3 * len(sizes))],
        levels=LEVELS,
    )


def pages_of(web: Web) -> Iterator[tuple[BoolArray, Page]]:
    """Who is on each page of a wave: that of the whole, and of every school of k people."""
    parts = [core for place in range(len(web.schools)) if (core := web.in_school(place)).sum() >= K]
    yield web.asked, "whole" if parts else "only"
    for core in parts:
        yield core, "part"


def see_all(web: Web) -> list[Seen]:
    return [Seen(web=web, layer=web.layers[0], core=core, rules=RULES, page=page) for core, page in pages_of(web)]


def tables_of(seen: Seen) -> Iterator[Groups]:
    """The groups that a page counts ties between."""
    if seen.groups.can_be_compared:
        yield seen.groups
    if seen.levels_between is not None:
        yield seen.levels_between


def figures_of(pages: list[Seen], *, posts: bool = False) -> list[frozenset[int]]:
    """Everybody of whom some page says how many answered, as sets of people.

    Of those with and without posts it says only how many ties of its own people lead to them.
    """
    found = []
    for seen in (each for each in pages if each.can_compare):
        found.append(seen.counted)
        found += [groups.codes == place for groups in tables_of(seen) for place in range(len(groups))]
        if posts and seen.posts_can_stand:
            found += [seen.counted & seen.web.has_post, seen.counted & ~seen.web.has_post]
    return list({frozenset(np.flatnonzero(each).tolist()) for each in found if each.any()})


def is_safe(web: Web, figures: list[frozenset[int]]) -> bool:
    """Ask the audit of all that was published, cell by cell; a cell where nobody answered is as good as one answer."""
    cells: dict[tuple[bool, ...], list[int]] = {}
    for person in range(web.n):
        cells.setdefault(tuple(person in figure for figure in figures), []).append(person)
    inside = {cell: people for cell, people in cells.items() if any(cell)}
    people: dict[Hashable, int] = {cell: max(int(web.answered[each].sum()), 1) for cell, each in inside.items()}
    held = [[cell for cell in inside if cell[place]] for place in range(len(figures))]
    found = audit_figures(held, people, k=K)
    assert found.is_complete
    return found.is_safe


def test_no_numbers_of_people_can_be_subtracted_down_to_fewer_than_k() -> None:
    tables = 0
    for seed in range(2000):
        web = make_alliance(seed)
        pages = see_all(web)
        assert is_safe(web, figures_of(pages)), f"the alliance of seed {seed}"
        assert all(is_safe(web, figures_of([page], posts=True)) for page in pages), f"a page of seed {seed}"
        tables += sum(seen.levels_between is not None for seen in pages)
    assert tables > 400, "safe because there is hardly anything to read would be no proof"


def test_the_audit_finds_what_careless_pages_would_give_away() -> None:
    """Each page merged by itself is not enough: the same audit says so of many of the same alliances."""
    found = 0
    for seed in range(300):
        web = make_alliance(seed)
        pages = [
            Seen(web=web, layer=web.layers[0], core=core, rules=RULES, page="only") for core, _page in pages_of(web)
        ]
        found += not is_safe(web, figures_of(pages))
    assert found > 30


# --- ties -------------------------------------------------------------------------------------------------------------
def classes_of(pages: list[Seen], n: int) -> IntArray:
    """Number those whom no page tells apart alike."""
    sets = figures_of(pages, posts=True)
    table = np.array([[person in each for each in sets] for person in range(n)])
    _, found = np.unique(table, axis=0, return_inverse=True)
    return found.reshape(-1)


def blocks_of(seen: Seen) -> Iterator[tuple[BoolArray, BoolArray]]:
    """Whose ties to whom a page counts."""
    yield seen.counted, seen.counted
    if seen.posts_can_stand:
        yield seen.counted, seen.counted & seen.web.has_post
    for groups in tables_of(seen):
        for one in range(len(groups)):
            for other in range(len(groups)):
                yield groups.codes == one, groups.codes == other


def follows(known: FloatArray, asked: FloatArray) -> BoolArray:
    """Mark which rows are sums and differences of known ones."""
    _left, strengths, right = np.linalg.svd(known, full_matrices=False)
    basis = right[strengths > 1e-9 * strengths.max()]
    rest = asked - asked @ basis.T @ basis
    found: BoolArray = np.abs(rest).max(axis=1) < 1e-7
    return found


def test_no_numbers_of_ties_can_be_subtracted_down_to_those_of_fewer_than_k() -> None:
    asked = 0
    for seed in range(400):
        web = make_alliance(seed)
        pages = [seen for seen in see_all(web) if seen.can_compare]
        if not pages:
            continue
        classes = classes_of(pages, web.n)
        count = int(classes.max()) + 1
        members = np.eye(count)

        def row(one: FloatArray, other: FloatArray) -> FloatArray:
            return np.outer(one, other).ravel()

        def marks(people: BoolArray, classes: IntArray = classes, members: FloatArray = members) -> FloatArray:
            found: FloatArray = members[np.unique(classes[people])].sum(axis=0)
            return found

        known = np.array([row(marks(one), marks(other)) for seen in pages for one, other in blocks_of(seen)])
        told = np.bincount(classes[web.answered], minlength=count)
        inside = [place for place in range(count) if any(seen.counted[classes == place].any() for seen in pages)]
        few = [
            members[list(each)].sum(axis=0)
            for size in (1, 2, 3)
            for each in combinations(inside, size)
            if told[list(each)].sum() < K
        ]
        rows = [row(each, each) for each in few]
        for seen in pages:
            rows += [row(each, marks(seen.counted)) for each in few if (each <= marks(seen.counted)).all()]
            rows += [row(marks(seen.counted), each) for each in few if (each <= marks(seen.counted)).all()]
        asked += len(rows)
        assert not rows or not follows(known, np.array(rows)).any(), f"the alliance of seed {seed}"
    assert asked > 1000


# --- what that means --------------------------------------------------------------------------------------------------
def office_and_schools(office: int) -> Web:
    """Two schools of twelve and eight, and an office that names and is named by everybody."""
    n = 20 + office
    school = [0] * 12 + [1] * 8 + [NO_GROUP] * office
    edges = [(one, (one + 1) % 12) for one in range(12)] + [(12 + one, 12 + (one + 1) % 8) for one in range(8)]
    edges += [(one, other) for one in range(20, n) for other in range(n) if one != other]
    layer = Layer(key="advice", title="Advice", network=Network.of(n, edges))
    return make_web(n, [layer], school=school, schools=["Great Orrin", "Little Orrin"])


def whole(web: Web) -> Report:
    return make_report(web, rules=RULES, page="whole")


def test_the_few_of_an_office_are_in_no_number_beside_the_pages_of_schools() -> None:
    found = whole(office_and_schools(2))
    section = found.layers[0].section("schools")
    assert section is not None
    assert section.between is not None
    assert (section.between.parts, section.between.sizes) == ((("Great Orrin",), ("Little Orrin",)), (12, 8))
    assert (found.people, found.answered, found.layers[0].ties) == (20, 20, 20)
    assert "A few more were asked" in write_response(found)


def test_an_office_of_k_is_a_group_of_its_own() -> None:
    found = whole(office_and_schools(5))
    section = found.layers[0].section("schools")
    assert section is not None
    assert section.between is not None
    assert section.between.parts == (("Great Orrin",), ("Little Orrin",), ("",))
    assert not found.leaves_out
    assert "A few more" not in write_response(found)


def test_without_pages_of_schools_the_few_are_put_together_with_others() -> None:
    found = make_report(office_and_schools(2), rules=RULES)
    section = found.layers[0].section("schools")
    assert section is not None
    assert section.between is not None
    assert section.between.parts == (("Great Orrin",), ("Little Orrin", ""))
    assert found.people == 22


def test_who_answered_of_fewer_than_k_is_not_said() -> None:
    web = office_and_schools(0)
    told = np.arange(20) < 15
    half = make_web(20, web.layers, school=web.school, schools=web.schools, answered=told)
    found = make_report(half, half.in_school(1), rules=RULES, page="part")
    assert found.layers == ()
    assert write_response(found).startswith("Fewer than 5 of 8 people answered.")


# --- rows and columns -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("people", "may"),
    [
        ({(0, 0): 9, (1, 1): 5, (0, 1): 1}, False),  # a team of leaders alone: leaders less that team is one person
        ({(0, 0): 9, (1, 1): 5, (0, 1): 5}, True),
        ({(0, 0): 9, (1, 1): 5}, True),  # rows and columns are the same groups
        ({(0, 0): 9, (0, 1): 1, (1, 0): 4, (1, 1): 6}, True),  # nobody knows who of a row is in which column
    ],
)
def test_two_ways_of_grouping_stand_side_by_side_where_nothing_small_is_left_over(
    people: dict[tuple[int, int], int], may: bool
) -> None:
    rows, columns = np.array([cell for cell, count in people.items() for _ in range(count)]).T
    assert can_stand_beside(rows, columns, told=np.ones(len(rows), dtype=np.bool_), k=K) == may


def test_the_few_join_those_of_no_school_before_they_are_left_out() -> None:
    codes = np.array([0] * 8 + [1] * 2 + [NO_GROUP] * 6)
    everybody = np.ones(16, dtype=np.bool_)
    found = merge_small(codes, ["Hill", "Dale"], counted=everybody, k=K, have_pages=True)
    assert found.parts == (("Hill",), ("", "Dale"))
    found = merge_small(codes[:10], ["Hill", "Dale"], counted=everybody[:10], k=K, have_pages=True)
    assert found.parts == (("Hill",),)
    assert (found.codes[8:] == NO_GROUP).all()
