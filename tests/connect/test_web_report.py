"""What a report says of webs whose truth is known, and what it must never say of anybody."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.connect.report_words import write_headlines, write_line, write_response
from collegium.connect.reporting import (
    Figure,
    Layer,
    Report,
    Rules,
    Seen,
    Web,
    compare_reports,
    draw_groups,
    draw_people,
    make_report,
    make_web,
    wholes,
)
from collegium.connect.reporting.chance import Chance, compare
from collegium.connect.reporting.changing import Known, add_change
from collegium.connect.reporting.documents import (
    read_group_map,
    read_people_map,
    read_report,
    write_group_map,
    write_people_map,
    write_report,
)
from collegium.connect.reporting.resting import list_leaving
from collegium.connect.section_words import say_of_section
from collegium.science.networks.chance import compare_with_chance
from collegium.science.networks.mixing import ei_index
from collegium.science.networks.network import Network
from collegium.science.networks.whole import reciprocity

QUICK = Rules(draws=5)


def advice(n: int, edges: list[tuple[int, int]], **more: Any) -> Layer:
    return Layer(key="advice", title="Advice", network=Network.of(n, edges), **more)


def two_teams(outward: int = 6) -> Web:
    """Teams of eight, each in a ring; so many of the first turn to one person of the second, and to nobody else."""
    ring = [(place, (place + 1) % 8) for place in range(8)] + [(8 + place, 8 + (place + 1) % 8) for place in range(8)]
    across = [(person, 8) for person in range(outward)]
    return make_web(16, [advice(16, ring + across)], team=[0] * 8 + [1] * 8, teams=["English", "Science"])


def figures_of(report: Report) -> Iterator[Figure]:
    for layer in report.layers:
        yield from (layer.headline.carriers, layer.headline.leaver, layer.headline.inside)
        for section in layer.sections:
            yield from section.figures


def say(report: Report) -> list[str]:
    return [said.sentence for said in write_headlines(report.layers[0], report.k)]


# --- the three numbers ------------------------------------------------------------------------------------------------
def test_the_headline_says_on_whom_it_rests_and_who_stays_inside() -> None:
    report = make_report(two_teams(), rules=QUICK)
    head = report.layers[0].headline
    assert head.apart == "team"
    assert head.leaver.value == 6, "six have their only tie to the other team through person 8"
    assert head.inside.value == 10, "two of the first team and all of the second turn to no one outside"
    assert say(report) == [
        "Half of all advice runs through 5 of 16 people.",
        "If one colleague left, 6 others would lose their only tie to another team.",
        "10 people turn to no one outside their team.",
    ]
    assert head.leaver.chance is not None


def test_without_teams_it_is_about_the_rest() -> None:
    star = [(person, 0) for person in range(1, 9)]
    report = make_report(make_web(9, [advice(9, star)]), rules=QUICK)
    assert report.layers[0].headline.apart == "rest"
    assert say(report)[1] == "If one colleague left, nearly all others would be cut off from the rest."


def test_fewer_than_k_are_said_in_words() -> None:
    report = make_report(two_teams(outward=4), rules=QUICK)
    assert report.layers[0].headline.leaver.value is None
    assert say(report)[1] == "Whoever left, fewer than 5 colleagues would lose their only tie to another team."


def test_each_kind_of_tie_is_reported_by_itself() -> None:
    web = two_teams()
    ties = web.layers[0].network
    layers = [
        Layer(key="advice", title="Advice", network=ties),
        Layer(key="confidence", title="In confidence", network=ties),
        Layer(key="groups", title="Groups", network=ties, origin="known"),
    ]
    report = make_report(make_web(16, layers, team=web.team, teams=web.teams), rules=QUICK)
    assert [(layer.key, layer.is_confidential) for layer in report.layers] == [
        ("advice", False),
        ("confidence", True),
        ("groups", False),
    ]
    assert all(figure.chance is None for figure in report.layers[2].sections[0]), "nobody chose what is known"


def test_each_number_stands_beside_the_chance_that_can_be_another() -> None:
    """Where all are named as often as they are, how unequally that is can be no other; how mutual it is can."""
    web = two_teams()
    report = make_report(web, rules=Rules(draws=40)).layers[0]
    kept = {figure.key: figure.chance.kept for section in report.sections for figure in section if figure.chance}
    followed = {"unnamed", "isolates", "to_no_post", "top_tenth", "gini", "centralisation"}
    assert {key for key, chance in kept.items() if chance == "choices"} == followed - {"to_no_post"}
    drawn = {key for key, chance in kept.items() if chance == "degrees"}
    assert {"largest", "parts", "two_steps", "mutual", "returned", "closed", "innermost", "team_inside"} <= drawn
    assert report.headline.carriers.chance is not None
    assert report.headline.leaver.chance is not None
    assert (report.headline.carriers.chance.kept, report.headline.leaver.chance.kept) == ("choices", "degrees")


def test_webs_of_the_same_degrees_are_those_of_the_method_and_always_the_same() -> None:
    web = two_teams()
    section = make_report(web, rules=Rules(draws=40)).layers[0].section("reach")
    figure = section.find("returned") if section else None
    ties = Seen(web=web, layer=web.layers[0], core=web.asked, rules=QUICK).inner
    expected = compare_with_chance(
        ties, {"returned": lambda drawn: reciprocity(drawn).edgewise}, draws=40, seed=zlib.crc32(ties.digest.encode())
    )["returned"]
    assert figure is not None
    assert figure.chance is not None
    assert figure.chance.expected == pytest.approx(expected.mean)
    assert 0 < figure.chance.expected < 1
    assert "all asked as often" in write_line(figure, k=5).by_chance


@pytest.mark.parametrize("measure", [wholes._gini, wholes._centralisation])
def test_nothing_at_all_is_a_number_that_chance_may_give(measure: Callable[[Network], float]) -> None:
    ring = Network.of(6, [(person, (person + 1) % 6) for person in range(6)])
    assert compare([ring] * 3, measure, "choices") == Chance(expected=0.0, low=0.0, high=0.0)


def test_posts_are_held_against_whom_people_turn_to() -> None:
    edges = [(person, 12 + person % 6) for person in range(12)] + [
        (12 + place, 12 + (place + 1) % 6) for place in range(6)
    ]
    web = make_web(
        18,
        [advice(18, edges)],
        level=[0] * 12 + [1] * 6,
        levels=["classroom", "middle"],
        has_post=[False] * 12 + [True] * 6,
    )
    section = make_report(web, rules=QUICK).layers[0].section("levels")
    assert section is not None
    values = {figure.key: figure.value for figure in section}
    assert (values["to_no_post"], values["upwards"], values["downwards"]) == (0, pytest.approx(12 / 18), 0)
    assert values["post_standing"] == 1
    assert "top_without_post" not in values, "two of eighteen are too few to say it of"


# --- who did not answer -----------------------------------------------------------------------------------------------
def test_below_half_only_what_stands_is_said() -> None:
    web = two_teams()
    told = np.zeros(16, dtype=np.bool_)
    told[[0, 1, 2, 3, 4, 8, 9]] = True
    kept = [edge for edge in web.layers[0].network.edges.tolist() if told[edge[0]]]
    half = make_web(16, [advice(16, kept)], team=web.team, teams=web.teams, answered=told)
    report = make_report(half, rules=QUICK)
    assert not report.is_whole
    said = {figure.key for figure in figures_of(report) if figure.value is not None}
    assert {"named", "density"} <= said
    assert not said & {
        "carriers",
        "leaver",
        "largest",
        "two_steps",
        "mutual",
        "closed",
        "unnamed",
        "top_tenth",
        "points",
    }
    assert list_leaving(Seen(web=half, layer=half.layers[0], core=half.asked, rules=QUICK)) == {}
    assert "fewer than half" in write_response(report)


def test_a_warning_stands_beside_what_the_missing_bend() -> None:
    web = two_teams()
    for missing, care in ((1, "missing"), (6, "many_missing")):
        told = np.arange(16) >= missing
        kept = [edge for edge in web.layers[0].network.edges.tolist() if told[edge[0]]]
        report = make_report(
            make_web(16, [advice(16, kept)], team=web.team, teams=web.teams, answered=told), rules=QUICK
        )
        largest = report.layers[0].sections[0].find("largest")
        assert largest is not None
        assert largest.cares == (care,)
        steps = report.layers[0].sections[0].find("two_steps")
        assert steps is not None
        assert steps.least is not None
        assert steps.most is not None
        assert steps.least <= steps.most


def test_the_words_say_between_what_a_number_lies() -> None:
    figure = Figure(
        key="mutual", kind="share", value=0.2, n=40, low=-0.1, high=0.31, least=0.18, most=0.24, cares=("missing",)
    )
    assert write_line(figure, k=5).spans == ("very likely 0% to 31%", "had all answered, 18% to 24%")
    assert write_line(replace(figure, least=0.2, most=0.2), k=5).spans == ("very likely 0% to 31%",)
    assert write_line(replace(figure, value=None, cares=("response",)), k=5).spans == ()


def test_ties_across_are_set_beside_people_dealt_out_anew() -> None:
    web = two_teams()
    section = make_report(web, rules=Rules(draws=99)).layers[0].section("teams")
    figure = section.find("team_ei") if section else None
    expected = ei_index(web.layers[0].network, web.team, permutations=99)
    assert figure is not None
    assert figure.chance is not None
    assert figure.value == expected.index.value == pytest.approx(-16 / 22 + 6 / 22)
    assert (figure.p, figure.chance.expected) == (expected.chance.p, expected.chance.mean)
    assert figure.p is not None
    assert figure.p < 0.1
    line = write_line(figure, k=5)
    assert line.value == "−0.45"
    assert re.fullmatch(r"0\.0\d \(−0\.\d\d to 0\.\d\d\), p 0\.0\d", line.chance)
    assert line.spans == ("very likely −1.00 to 0.28",)
    assert write_line(replace(figure, p=0.004), k=5).chance.endswith("p under 0.01")


def test_what_is_counted_in_whole_numbers_is_written_so_everywhere() -> None:
    chance = Chance(expected=3.0, low=2.0, high=4.0)
    line = write_line(Figure(key="schools_joined", kind="count", value=3, n=9, of=10, before=2, chance=chance), k=5)
    assert (line.value, line.before, line.chance) == ("3 of 10", "2", "3 (2 to 4)")
    line = write_line(Figure(key="innermost", kind="count", value=3, n=9, of=8, before=2), k=5)
    assert (line.value, line.before) == ("3 (8 people)", "2")


@pytest.mark.parametrize("people", [0, 1, 4])
def test_of_fewer_than_k_nothing_is_said(people: int) -> None:
    edges = [(one, other) for one in range(people) for other in range(people) if one != other]
    report = make_report(make_web(people, [advice(people, edges)]), rules=QUICK)
    assert report.layers == ()
    assert report.people == people


def test_everybody_alone_is_said_and_breaks_nothing() -> None:
    report = make_report(make_web(12, [advice(12, [])], team=[0] * 6 + [1] * 6, teams=["A", "B"]), rules=QUICK)
    assert report.layers[0].headline.carriers.cares == ("undefined",)
    assert say(report) == [
        "Whoever left, nobody would lose their only tie to another team.",
        "Nobody turns to anyone outside their team.",
    ]


# --- whatever the web -------------------------------------------------------------------------------------------------
@st.composite
def webs(draw: st.DrawFn) -> Web:
    n = draw(st.integers(0, 26))
    person = st.integers(0, max(n - 1, 0))
    pairs = draw(
        st.sets(st.tuples(person, person).filter(lambda pair: pair[0] != pair[1]), max_size=60 if n > 1 else 0)
    )
    told = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    teams = draw(st.lists(st.integers(-1, 3), min_size=n, max_size=n))
    schools = draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n))
    return make_web(
        n,
        [advice(n, [pair for pair in pairs if told[pair[0]]]), advice(n, list(pairs), origin="known")],
        team=teams,
        school=schools,
        level=draw(st.lists(st.integers(-1, 2), min_size=n, max_size=n)),
        has_post=draw(st.lists(st.booleans(), min_size=n, max_size=n)),
        answered=told,
        shown=draw(st.lists(st.booleans(), min_size=n, max_size=n)),
        teams=["English", "Science", "Office", "Site"],
        schools=["North", "South", "West"],
        levels=["classroom", "middle", "senior"],
    )


@settings(max_examples=25, deadline=None)
@given(webs())
def test_no_number_of_people_below_k_and_no_group_below_k_is_ever_in_it(web: Web) -> None:
    report = make_report(web, rules=Rules(draws=2))
    for figure in figures_of(report):
        if figure.kind == "people" and figure.key != "carriers" and figure.value:
            assert figure.value >= report.k
            assert figure.of is None or not 0 < figure.of - figure.value < report.k
    for layer in report.layers:
        for section in layer.sections:
            assert section.between is None or min(section.between.answered) >= report.k
    assert report.declined is None or report.declined == 0 or report.declined >= report.k


@settings(max_examples=25, deadline=None)
@given(webs())
def test_it_can_be_written_down_read_again_and_put_into_words(web: Web) -> None:
    report = make_report(web, rules=Rules(draws=2))
    assert read_report(write_report(report)) == report
    assert make_report(web, rules=Rules(draws=2)) == report, "the same ties, the same words"
    for layer in report.layers:
        assert all(said.sentence for said in write_headlines(layer, report.k))
        for section in layer.sections:
            say_of_section(section, layer, report.k)
            assert all(write_line(figure, k=report.k).value for figure in section)


@settings(max_examples=25, deadline=None)
@given(webs())
def test_who_declined_is_on_no_map_and_moves_nobody_on_it(web: Web) -> None:
    drawn = draw_people(web, web.asked)
    assert web.shown[drawn.people].all()
    without = [
        (one, other) for one, other in web.layers[1].network.edges.tolist() if web.shown[one] and web.shown[other]
    ]
    told = [edge for edge in web.layers[0].network.edges.tolist() if web.shown[edge[0]] and web.shown[edge[1]]]
    layers = [advice(web.n, told), advice(web.n, without, origin="known")]
    same = draw_people(make_web(web.n, layers, team=web.team, teams=web.teams, shown=web.shown), web.asked)
    assert write_people_map(same)["x"] == write_people_map(drawn)["x"]
    assert write_people_map(read_people_map(write_people_map(drawn))) == write_people_map(drawn)


# --- maps -------------------------------------------------------------------------------------------------------------
def test_what_is_said_in_confidence_has_no_line_between_people() -> None:
    ties = two_teams().layers[0].network
    layers = [Layer(key=key, title=key, network=ties) for key in ("advice", "confidence")]
    web = make_web(16, layers, team=[0] * 8 + [1] * 8, teams=["English", "Science"])
    assert [lines.key for lines in draw_people(web, web.asked).lines] == ["advice"]
    seen = Seen(web=web, layer=web.layers[0], core=web.asked, rules=QUICK)
    groups = draw_groups(web, seen.teams)
    assert [lines.key for lines in groups.lines] == ["advice", "confidence"], "teams show it together"
    assert write_group_map(read_group_map(write_group_map(groups))) == write_group_map(groups)


def test_a_line_between_people_says_neither_who_asks_nor_how_often() -> None:
    there = make_web(6, [advice(6, [(0, 1), (1, 0), (2, 3)])])
    back = make_web(6, [advice(6, [(1, 0), (3, 2)])])
    drawn = [draw_people(web, web.asked) for web in (there, back)]
    assert drawn[0].lines[0].ends.tolist() == drawn[1].lines[0].ends.tolist() == [[0, 1], [2, 3]]
    assert drawn[0].lines[0].counts is None


def test_the_next_map_begins_where_the_last_ended() -> None:
    web = two_teams()
    first = draw_people(web, web.asked)
    start = np.column_stack((first.x, first.y)).astype(np.float64)
    second = draw_people(web, web.asked, start=start)
    moved = np.hypot(second.x - first.x, second.y - first.y)
    assert np.median(moved) < 1500


# --- since the last time ----------------------------------------------------------------------------------------------
def test_each_figure_stands_beside_what_it_was() -> None:
    before, after = make_report(two_teams(), rules=QUICK), make_report(two_teams(), rules=QUICK)
    compared = compare_reports(after, before, "Last spring")
    head = compared.layers[0].headline
    assert (head.leaver.before, head.inside.before) == (6, 10)
    assert "Last spring: 6." in write_headlines(compared.layers[0], 5, "Last spring")[1].beside


def known(web: Web, who: list[str | None]) -> list[Known]:
    return [Known(seen=Seen(web=web, layer=layer, core=web.asked, rules=QUICK), who=tuple(who)) for layer in web.layers]


def test_ties_are_kept_lost_and_made() -> None:
    names: list[str | None] = [f"person {number}" for number in range(16)]
    edges = two_teams().layers[0].network.edges.tolist()
    later = make_web(16, [advice(16, [*edges[:-4], (1, 9), (2, 9)])], team=[0] * 8 + [1] * 8, teams=["A", "B"])
    report = add_change(make_report(later, rules=QUICK), known(two_teams(), names), known(later, names))
    section = report.layers[0].section("change")
    assert section is not None
    values = {figure.key: figure.value for figure in section}
    assert (values["before"], values["kept"], values["lost"], values["made"]) == (22, 18, 4, 2)
    assert values["people_left"] == values["people_new"] == 0
    assert say_of_section(section, report.layers[0], 5) == "Of 22 ties there were, 18 are there still."


def test_what_went_with_one_who_left_is_theirs() -> None:
    names: list[str | None] = [f"person {number}" for number in range(16)]
    later = [*names[:8], "somebody new", *names[9:]]
    report = add_change(make_report(two_teams(), rules=QUICK), known(two_teams(), names), known(two_teams(), later))
    section = report.layers[0].section("change")
    assert section is not None
    assert section.find("people_left") is not None
    assert section.find("people_left").value is None  # type: ignore[union-attr]
    assert section.find("lost_by_leaving") is section.find("made_by_joining") is None


def test_a_report_holds_no_number_of_anybody() -> None:
    """Every array in it would be one: a report has none, and no person in any of its tuples."""

    def walk(value: Any) -> Iterator[Any]:
        yield value
        if is_dataclass(value):
            for field in fields(value):
                yield from walk(getattr(value, field.name))
        elif isinstance(value, tuple):
            for each in value:
                yield from walk(each)

    assert not any(isinstance(each, np.ndarray) for each in walk(make_report(two_teams(), rules=QUICK)))
